/* What the files of pass `fuse` share (fuse.c says what it does). */
#ifndef CONSAIR_FUSE_H
#define CONSAIR_FUSE_H

#include "compile.h"
#include "types.h"

typedef struct Fuse {
    Compiler *compiler;
    CoreProgram *program;
    Arena *arena; /* of this pass alone */
    const CoreFunction *function; /* whose calls are looked at */
    int budget; /* nodes that may still be added */
} Fuse;

#define FUSE_RANGE_MAX ((int64_t)1 << 47) /* no list is longer than from there below 0 to there above */

enum Quiet { QUIET_OPEN, QUIET_ACTIVE, QUIET_YES, QUIET_NO };

/* How the recursion of a producer ends. */
typedef struct FuseEnd {
    bool is_known; /* it does, if what follows holds for the first call */
    int counter; /* the parameter that steps to a limit, of which the following must be asked; -1: nothing to ask */
    int limit; /* a parameter; -1: the constant */
    const CoreNode *constant;
    bool needs_order; /* the counter must not be past the limit already: it is compared by = */
    bool goes_down;
    bool is_inclusive; /* there is an element for the limit */
} FuseEnd;

typedef struct FuseInfo { /* CoreFunction.scratch */
    bool makes_list; /* a producer: a result is (cons e (f ...)) */
    bool *takes_list; /* by parameter: a consumer, which reads its cdr */
    bool is_mutual; /* others, which it calls, call it */
    enum Quiet quiet;
    bool turns_are_quiet; /* a consumer: whatever the operations in it may do elsewhere */
    bool ends; /* its recursion is known to end: that of a producer that became part of it does */
} FuseInfo;

static inline FuseInfo *fuse_info(const CoreFunction *f) { return f->scratch; }
/* Looks at the function; its scratch becomes what was found. */
void fuse_look_at(Fuse *u, CoreFunction *f);
void fuse_look_at_all(Fuse *u); /* at all of the program */
CoreNode *fuse_atom(Fuse *u, const CoreNode *atom); /* another node for it */

/* fuse_quiet.c */
CoreType fuse_type(Fuse *u, const CoreNode *node); /* of its value */
/* Has evaluating the node no effect, and does it neither raise nor run for ever?  `within`: calls of it are all right. */
bool fuse_is_quiet(Fuse *u, const CoreFunction *within, const CoreNode *node);
bool fuse_function_is_quiet(Fuse *u, CoreFunction *f); /* of one whose recursion ends, whatever its operands */
FuseEnd fuse_find_end(CoreFunction *f);
/* Of a producer that makes one element for each value of a counter that steps by one; is_known: it is such a one. */
FuseEnd fuse_find_length(CoreFunction *f);

/* fuse_steps.c: the function that takes the elements which `producer` makes straight into the turns of `consumer`, whose parameter
 * number `param` is that list: first come the parameters before it, then the producer's, then the others.  NULL: there is none. */
CoreFunction *fuse_functions(Fuse *u, const CoreNode *consuming_call, int param, const CoreNode *producing_call);

/* fuse_lists.c: calls of functions that do what the primitive does, or NULL. */
CoreNode *fuse_producing_call(Fuse *u, const CoreNode *prim);
CoreNode *fuse_consuming_call(Fuse *u, CoreNode *prim);
/* What list->vector makes of a list of that length. */
CoreNode *fuse_filling_call(Fuse *u, const CoreNode *prim, CoreNode *list, CoreNode *length);
/* How many elements the call makes, a sum of its operands, which are atoms; NULL: not known. */
CoreNode *fuse_length_of(Fuse *u, const CoreNode *producing_call);

#endif
