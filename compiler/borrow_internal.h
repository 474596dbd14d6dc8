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
/* Removes the copies that are lent no more than their functions. */
void borrow_take_back_copies(CoreProgram *p);

/* borrow_split.c: calls of `old` become calls of `new`, in one function, or everywhere, and `old` is removed. */
void borrow_replace_calls(CoreFunction *in, const CoreFunction *old, CoreFunction *new);
void borrow_replace_function(CoreProgram *p, const CoreFunction *old, CoreFunction *new);

/* borrow_keep.c: the owned parameters that are taken apart and that every caller keeps. */
int borrow_find_kept(CoreProgram *p, Arena *arena, OwnedParam **found);

/* What a function's result, where it is an object, can be or can be a part of: parameters that are lent, constants, globals; or of none of
 * these. */
enum { RESULT_PARAMS_MAX = 64 };
typedef struct ResultParts {
    uint64_t params; /* bit i: of parameter i */
    bool is_other;
} ResultParts;

/* borrow_results.c: by id of functions. */
ResultParts *borrow_find_result_parts(const CoreProgram *p, Arena *arena);

/* borrow_split.c: adds versions of functions with late parameters; by id of functions, the version of it; NULL: none.
 * lends: by id of parameters, set for those that are lent in such circles; what is owned of them is counted there. */
CoreFunction **borrow_split(CoreProgram *p, Arena *arena, bool *lends);
/* Removes versions of functions that are not lent those parameters after all.  True if there were such. */
bool borrow_take_back_splits(CoreProgram *p, CoreFunction **owners);

#endif
