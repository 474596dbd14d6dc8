/* What the files of the simplifier share: how often variables and functions are used, and what may be done with an expression. */
#ifndef CONSAIR_SIMPLIFY_INTERNAL_H
#define CONSAIR_SIMPLIFY_INTERNAL_H

#include "known_calls.h"
#include "simplify.h"

typedef struct Counts { /* by id, growing */
    uint32_t *items;
    uint32_t limit;
} Counts;

typedef struct Simplifier {
    KnownCalls known;
    CoreProgram *program;
    Counts var_uses; /* LOCAL nodes of what is simplified so far */
    Counts function_uses; /* CALL_KNOWN and FUNCTION nodes */
    Counts is_true; /* variables known not to be nil here */
} Simplifier;

/* simplify_uses.c */
uint32_t *uses_count(Counts *counts, uint32_t id);
uint32_t *uses_of_var(Simplifier *s, const CoreVar *var);
uint32_t *uses_of_function(Simplifier *s, const CoreFunction *f);
void uses_add_node(Simplifier *s, const CoreNode *node, int change); /* of the node itself, not of its parts */
void uses_forget(Simplifier *s, CoreNode *node); /* the simplified expression is dropped */
bool simplify_is_copyable(const Simplifier *s,
                          const CoreNode *node); /* may be computed any number of times, anywhere */
bool simplify_is_discardable(const Simplifier *s, const CoreNode *node,
                             int depth); /* nobody can tell whether it is computed */
CoreNode *simplify_copy(Simplifier *s, const CoreNode *value, const RtPlace *at); /* uncounted */
CoreNode *simplify_copy_counted(Simplifier *s, const CoreNode *value);

#endif
