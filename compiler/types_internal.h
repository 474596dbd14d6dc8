/* What the files of pass `types` share: transfer functions of primitives, and what tests and successful operations
 * tell of variables. */
#ifndef CONSAIR_TYPES_INTERNAL_H
#define CONSAIR_TYPES_INTERNAL_H

#include "types.h"

typedef struct VarState { /* CoreVar.scratch while in scope */
    const CoreType *now; /* what is known at this point; the type of the variable or better */
    const CoreNode *init; /* a test or sum whose value it is, or NULL */
} VarState;

typedef struct Undo {
    VarState *state;
    const CoreType *before;
} Undo;

typedef struct Order { /* a <= b - gap, of variables that are ints */
    const CoreVar *a, *b;
    int gap; /* 0 or 1 */
    int mark; /* the trail when it was found */
} Order;
enum { ORDERS_MAX = 8 };

typedef struct TypeBound { /* a counter never passes its limit (types_bounds.c) */
    int counter; /* parameters by number */
    int limit; /* -1: the constant, or a vector's length */
    int64_t offset; /* to be added to the limit */
    int vector; /* a parameter, the length of which is the limit, or -1 */
    bool keeps_vector; /* every turn passes that very vector, or a newer version of it */
    int64_t constant;
    int direction; /* 1: counter <= limit, -1: counter >= limit */
    bool holds;
} TypeBound;

typedef struct TypePace { /* what turns of a loop pass for a parameter (types_pace.c) */
    uint8_t steps;
    int levels; /* sums inside of each other */
    int64_t largest; /* constant step, in either direction */
    int64_t lo, hi; /* constants that it is set to; none: lo > hi */
} TypePace;

typedef struct TypeStep { /* by another operand of a sum */
    const CoreNode *sum;
    int operand, parameter;
    bool is_subtracted;
    bool is_open; /* it may be no int */
    int64_t lo, hi; /* what it was found to be; nothing yet: lo > hi */
} TypeStep;

typedef struct Functions {
    CoreFunction **items;
    int count, capacity;
} Functions;

typedef struct FunctionState { /* CoreFunction.scratch */
    CoreFunction *function;
    bool is_queued, is_running, was_evaluated;
    bool has_changed; /* since its last evaluation began: its operands, or what it calls */
    int changes, start_changes, call_count;
    Functions callers; /* evaluated again when the result grows */
    const CoreType *filled; /* what the pairs given to it as holes may get as cdr (pass trmc) */
    TypeBound *bounds;
    int bound_count;
    CoreRecord **read; /* records whose fields it reads: it is one of their readers */
    int read_count, read_capacity;
    TypePace *paces; /* of parameters, if the function is a loop that is known to end (types_pace.c), or NULL */
    bool is_walk; /* down a list; else in every turn the counter, a parameter, steps */
    int counter;
    TypeStep *steps; /* of parameters, by more than a constant */
    int step_count, step_capacity;
    CoreType *starts; /* of parameters: what other functions pass */
    const CoreNode *restart; /* of a variant: the call with which a turn begins anew in its generic copy */
    bool leaves, next_leaves; /* in other places, too, as sums may overflow; next: of a narrowing round */
    CoreType *next_params, *next_starts, next_result; /* of a narrowing round */
} FunctionState;

typedef struct GlobalState { /* CoreGlobal.scratch */
    int changes;
    CoreType next;
    Functions readers; /* evaluated again when the type grows */
} GlobalState;

enum Mode { GROWING, NARROWING, MARKING };

typedef struct Queue { /* first in, first out: a ring, as none is in it twice */
    CoreFunction **items;
    int first, count;
} Queue;

typedef struct Types {
    CoreProgram *program;
    Arena *arena; /* of the types that evaluation makes: one of the next two, or the program's */
    Arena *turn; /* of one evaluation of a function */
    Arena *scratch; /* of all of them */
    enum Mode mode;
    FunctionState *function; /* being evaluated */
    Queue queues[2]; /* the second one is for those that make many calls */
    Undo *trail;
    int trail_count, trail_capacity;
    TypeLimits limits;
    RecordTable *records;
    Order orders[ORDERS_MAX]; /* found by tests */
    int order_count;
    bool globals_are_open;
    int depth; /* of evaluations inside of others */
} Types;

/* What an arm found out, kept over its end: for the case that the other arm never comes back. */
typedef struct Findings {
    VarState **states;
    const CoreType **types;
    int count;
} Findings;

/* ---- types_facts.c ---- */
static inline VarState *type_state(const CoreVar *var) { return var->scratch; }
void types_bind(Types *t, CoreVar *var, const CoreType *type, const CoreNode *init); /* NULL: of a parameter */
void types_know(Types *t, CoreVar *var, CoreType type); /* from here on */
/* Of an operand that was evaluated before, without evaluating it again: of a LOCAL, CONST, or length of a LOCAL; else nothing is known. */
CoreType types_of_atom(Types *t, const CoreNode *node);
void types_undo(Types *t, int mark); /* to a former trail_count */
void types_begin_facts(Types *t); /* none */
void types_take_facts(Types *t, const Types *from);
Findings types_found_since(Types *t, int mark);
void types_know_findings(Types *t, const Findings *found);
/* Can the expression be looked at again later to find out what its value says? */
bool types_is_test(const CoreNode *node);
/* Such a test was evaluated, and its value was true or not. */
void types_assume(Types *t, const CoreNode *test, bool truth);
void types_know_operand(Types *t, const CoreNode *operand, CoreType type);
/* Do tests say that a + more <= b, or >= b when direction is -1?  Both are ints. */
bool types_are_ordered(const Types *t, const CoreVar *a, int64_t more, const CoreVar *b, int direction);
/* What tests of two variables say of their difference, beyond what their ranges do. */
void types_know_difference(const Types *t, const CoreNode *sub, CoreType *type);

/* The variable that a constant is added to or taken from; or NULL. */
const CoreNode *types_moved(const CoreNode *node, int64_t *by);

/* ---- types_bounds.c ---- */
/* Does the same hold of a variant of the function, whose parameters are the same? */
bool types_shares_bound(const FunctionState *state, const TypeBound *b);
void types_find_bounds(Types *t, CoreFunction *f, TypeBound **bounds, int *count);
bool types_starts_within(Types *t, const TypeBound *b, const CoreType *operands,
                         CoreNode *const *args); /* of a call from outside */
bool types_limit_varies(const TypeBound *b,
                        const CoreFunction *f); /* from turn to turn, for all that is known of its parameters */
/* 1: a <= b, -1: a >= b, 0: neither is known from the bounds. */
int types_bound_direction(const CoreFunction *f, const TypeBound *bounds, int count, const CoreNode *a,
                          const CoreNode *b);

/* ---- types_begin.c ---- */
void types_begin(Types *t);
void types_end(Types *t);

/* ---- types_records.c ---- */
void types_begin_record(Types *t, CoreNode *node); /* before the inference, of each node */
void types_end_record(CoreNode *node); /* after it */
/* What an operation on a vector has to do with records: given its operands' types, and its own, which gets its record. */
void types_of_record(Types *t, const CoreNode *prim, const CoreType *operands, CoreType *type);
CoreType types_of_constant(Types *t, const CoreNode *node);

/* ---- types_limits.c ---- */
void types_note_limit(Types *t, int64_t value);
void types_note_limits_of(Types *t, const CoreNode *node); /* its constants, if it compares or divides by them */
/* times: how often this, and types beside it, were widened already. */
CoreType types_widen(Types *t, const CoreType *old, const CoreType *next, int times);

/* ---- types_pace.c ---- */
void types_find_paces(Types *t, CoreFunction *f, FunctionState *state);
void types_begin_steps(Types *t, FunctionState *state); /* of an evaluation */
void types_note_step(FunctionState *state, const CoreNode *sum, const CoreType *operands); /* it was evaluated */
CoreType types_paced(const FunctionState *state, int i, CoreType next); /* what a turn of the loop really passes */

static inline bool type_has(const CoreType *type, uint32_t tags) { return type->tags & tags; }

/* ---- types_numbers.c ---- */
CoreType type_of_number_prim(Arena *arena, int primitive, const CoreType *args,
                             int count); /* one whose result is NUM */

/* ---- types_prim.c ---- */
/* Of the value, given the operands' types (none of them empty); the empty type when the operation always raises. */
CoreType type_of_prim(Arena *arena, int primitive, const CoreType *args, int count);
CoreType type_of_vectors_of_kind(Arena *arena, const CoreType *type, uint32_t kind); /* those of the type */

/* ---- types_int.c: arithmetic on ranges ---- */
CoreType type_int_prim(int primitive, const CoreType *a, const CoreType *b);
enum Relation relation_negated(enum Relation relation);
/* What `a relation b` says of two ints. */
void type_compare_ints(enum Relation relation, CoreType *a, CoreType *b);
/* Is it decided: 1 true, 0 false, -1 open. */
int type_decide(enum Relation relation, const CoreType *a, const CoreType *b);

#endif
