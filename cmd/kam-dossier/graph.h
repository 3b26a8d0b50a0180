/*
 * The relationship map as a graph for other programs to draw.
 */
#ifndef KAM_DOSSIER_GRAPH_H
#define KAM_DOSSIER_GRAPH_H

#include <stdio.h>

#include "domain/people.h"

/* Graphviz; nothing that a name says is taken for its language */
void graph_write_dot(const struct people *, const char *title, FILE *);
/* Mermaid, the same */
void graph_write_mermaid(const struct people *, FILE *);

#endif
