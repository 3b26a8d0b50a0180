/*
 * Texts compiled in from the files of the same name beside this header.
 */
#ifndef KAM_BUILTIN_H
#define KAM_BUILTIN_H

extern const char builtin_ethics[];   /* ethics.yaml */
extern const char builtin_model[];    /* model.yaml */
extern const char builtin_playbook[]; /* playbook.yaml */
extern const char builtin_team[];     /* team.yaml: a team to be filled in */

#endif
