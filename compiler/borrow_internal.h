/* What the files of pass `borrow` share. */
#ifndef CONSAIR_BORROW_INTERNAL_H
#define CONSAIR_BORROW_INTERNAL_H

#include "core.h"

typedef struct OwnedParam {
    CoreFunction *function;
    CoreVar *param;
} OwnedParam;

/* What of a parameter is counted where it is owned, which does not make it owned. */
enum Lending { LENDS_NOTHING, LENDS_PARTS /* and it as a result */, LENDS_ALL };

/* borrow_keep.c: where append is given a list that is needed again, it is lent it. */
void borrow_find_copies(CoreProgram *p, Arena *arena);

/* borrow_keep.c: the borrowed parameters that are taken apart and that no caller keeps; gives their number. */
int borrow_find_unkept(CoreProgram *p, Arena *arena, OwnedParam **found);

/* borrow_closures.c: versions of functions that are values, for callers who keep the closure; and what may be lent has a name. */
void borrow_prepare_closures(CoreProgram *p);

/* borrow_keep.c: the owned parameters that are taken apart and that every caller keeps. */
int borrow_find_kept(CoreProgram *p, Arena *arena, OwnedParam **found);

/* borrow_split.c: adds versions of functions with late parameters; by id of functions, the version of it; NULL: none.
 * lending: enum Lending by id of parameters, changed for those versions. */
CoreFunction **borrow_split(CoreProgram *p, Arena *arena, uint8_t *lending);
/* Removes versions of functions that are not lent those parameters after all.  True if there were such. */
bool borrow_take_back_splits(CoreProgram *p, CoreFunction **owners);

#endif
