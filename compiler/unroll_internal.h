/* Pass unroll: what its two files know.  unroll.c finds how often loops turn, unroll_write.c writes them out. */
#ifndef CONSAIR_UNROLL_INTERNAL_H
#define CONSAIR_UNROLL_INTERNAL_H

#include "passes.h"

enum { TURNS_MAX = 8 }; /* also elements */

enum Kind { KIND_NONE, KIND_INT, KIND_VECTOR, KIND_TRUTH, KIND_ANY }; /* NONE: nothing came here yet */
typedef struct Value {
    enum Kind kind;
    int64_t number; /* the int, the vector's length, 1 or 0 for a truth value */
} Value;

typedef struct Loop { /* CoreFunction.scratch */
    Value *params, result; /* of all calls together */
    bool is_known; /* no stranger calls it */
    const CoreNode *call; /* of itself */
    int size, calls;
    int index, limit; /* numbers of parameters, limit -1: a constant; index -1: it is no such loop */
    bool may_leave; /* before the last turn */
} Loop;

typedef struct Unroll {
    Compiler *compiler;
    CoreProgram *program;
    Arena *arena; /* of this pass alone */
    CoreFunction **functions; /* all of the program */
    int function_count, function_capacity;
    bool is_open; /* anybody may call what has a name */
    const CoreFunction *function; /* whose body is run */
    const CoreFunction *running; /* the loop that is run turn by turn, or NULL */
    Value *next; /* what its call of itself passes */
    bool goes_on; /* it was reached */
    int nested;
    bool is_last; /* values are final: calls may be replaced */
    bool has_changed, has_unrolled;
    int budget;
} Unroll;

/* unroll_write.c: what takes the place of a call of a loop that turns so often with these arguments. */
CoreNode *unroll_write(Unroll *u, const CoreNode *call, const Value *values, int turns);
/* The call of the loop that its body ends in, on one of its paths; NULL: none. */
CoreNode **unroll_find_call(const CoreFunction *loop, CoreNode **child);

#endif
