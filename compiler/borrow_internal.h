/* What the files of pass `borrow` share. */
#ifndef CONSAIR_BORROW_INTERNAL_H
#define CONSAIR_BORROW_INTERNAL_H

#include "core.h"

typedef struct OwnedParam {
    CoreFunction *function;
    CoreVar *param;
} OwnedParam;

/* borrow_keep.c: where append is given a list that is needed again, it is lent it. */
void borrow_find_copies(CoreProgram *p, Arena *arena);

/* borrow_keep.c: the borrowed parameters that are taken apart and that no caller keeps; gives their number. */
int borrow_find_unkept(CoreProgram *p, Arena *arena, OwnedParam **found);

/* borrow_closures.c: versions of functions that are values, for callers who keep the closure; and what may be lent has a name. */
void borrow_prepare_closures(CoreProgram *p);

/* borrow_keep.c: the owned parameters that are taken apart and that every caller keeps. */
int borrow_find_kept(CoreProgram *p, Arena *arena, OwnedParam **found);

#endif
