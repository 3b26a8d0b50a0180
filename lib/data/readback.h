/*
 * Reading back what was just written, for the plain case alone: a top-level
 * block map of words, and flow lists of words, one entry to a line. A word has
 * only ASCII letters, digits, '.', '_', '+' and '-', and begins with a letter,
 * a digit, or '-' and a digit: no reader of YAML takes it for anything but a
 * text. Whoever gets `false` asks libyaml, which is right in all cases and
 * several times slower; the tests hold one against the other.
 */
#ifndef KAM_READBACK_H
#define KAM_READBACK_H

#include "data/doc.h"

/* Do these lines, the last with or without its end, say that the section is this value, and nothing else? */
bool readback_section(struct str lines, const char *key, const struct node *value, const char *eol);

#endif
