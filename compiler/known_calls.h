/* Calls whose callee is known: what passes `resolve` and `simplify` make of them. */
#ifndef CONSAIR_KNOWN_CALLS_H
#define CONSAIR_KNOWN_CALLS_H

#include "compile.h"

typedef struct KnownCalls {
    Compiler *compiler;
    CoreProgram *program;
    bool warn; /* about operand counts that will raise when the call runs */
} KnownCalls;

/* In a closed world: a builtin's name that the program never defines. */
bool global_is_builtin(const CoreProgram *p, const CoreGlobal *global);
/* The row that does what a builtin does with so many operands, one with a fast path if there is one; PRIM_NONE: it does not take them. */
int builtin_row(int primitive, int count);
const char *builtin_name(int row); /* of the builtin that became this row, or NULL */
bool function_takes(const CoreFunction *f, int count);
/* The call (of kind CALL) as CALL_KNOWN of f, or as it is when f does not take so many operands. */
CoreNode *known_function_call(const KnownCalls *k, CoreNode *call, CoreFunction *f);
/* Warns when f, of another object, does not take so many operands. */
void known_arity_check(const KnownCalls *k, const CoreNode *call, const CoreFunction *f);
/* The call as PRIM or APPLY, or as it is when the builtin does not take so many operands. */
CoreNode *known_builtin_call(const KnownCalls *k, CoreNode *call, int primitive);

#endif
