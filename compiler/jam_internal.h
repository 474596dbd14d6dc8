/* Pass jam: what its files share.  jam.c finds loops inside of loops, jam_write.c writes several turns of the outer one side by side. */
#ifndef CONSAIR_JAM_INTERNAL_H
#define CONSAIR_JAM_INTERNAL_H

#include "passes.h"

enum { JAM_COPIES = 4 }; /* turns of the outer loop at a time */

typedef struct Reduction { /* a loop that only computes a value: no call, nothing made; scratch of its function */
    const CoreProgram *program;
    CoreFunction *function;
    CoreNode *turn; /* its only call of itself */
    const CoreNode *test; /* compares its counter with what stays the same */
    int counter, limit; /* index of a parameter; which operand of the test the limit is */
    int64_t step; /* what each turn adds to the counter */
} Reduction;

typedef struct Jam {
    CoreProgram *program;
    CoreFunction *outer;
    const CoreNode *turn; /* of the outer loop: its only call of itself */
    const CoreNode *call; /* in it, of the inner loop */
    const Reduction *inner;
} Jam;

/* Does it call, change and make nothing, and takes few cycles?  It may raise. */
bool jam_is_plain(const CoreProgram *p, const CoreNode *node);
bool jam_contains(const CoreNode *node, const CoreNode *part);
/* The first call of a function, in order of evaluation, or NULL. */
CoreNode **jam_find_call(CoreNode **child, const CoreFunction *function);
/* Writes the turns side by side if what they need can be known ahead. */
bool jam_write(const Jam *jam);

/* ---- jam_write.c --------------------------------------------------------------------------------------------------------- */

typedef struct Copies { /* scratch of a variable: what it is in each copy, or in this turn and in the first one */
    CoreVar *vars[JAM_COPIES];
    bool varies;
} Copies;

enum { THIS_TURN, FIRST_TURN };

typedef struct Writer {
    const Jam *jam;
    CoreProgram *program;
    CoreNode **place; /* where what is written next goes */
    CoreNode **risky; /* from here on an error is no error */
    CoreVar **touched; /* those with a scratch */
    int touched_count, touched_capacity;
    CoreNode **operands[JAM_COPIES]; /* of the inner loop in each turn: atoms */
    CoreNode *first_limit; /* of the inner loop in the first turn: an atom */
    CoreVar *limit; /* the inner loop's new parameter */
} Writer;

/* The scratch of a variable, made when there is none. */
Copies *jam_copies_of(Writer *w, CoreVar *var);
/* The plain expression with the variables of one copy. */
CoreNode *jam_copy_plain(Writer *w, const CoreNode *node, int copy);
CoreNode *jam_copy_atom(Writer *w, const CoreNode *atom);
void jam_write_let(Writer *w, const RtPlace *at, CoreVar *var, CoreNode *init);
/* A function of this name, with room for parameters; the program has not got it yet. */
CoreFunction *jam_function(CoreProgram *p, const CoreFunction *model, int most_params);

/* jam_inner.c: the inner loop for all turns, given its operands in each; NULL: a test depends on the outer turn, or it would need too many
 * registers. */
CoreFunction *jam_write_inner(Writer *w);

#endif
