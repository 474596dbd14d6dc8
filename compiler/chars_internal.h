/* What the files of pass `chars` share: what a value can be, and where that is looked up. */
#ifndef CONSAIR_CHARS_INTERNAL_H
#define CONSAIR_CHARS_INTERNAL_H

#include "passes.h"

enum CharKinds { /* set of what a value can be; 0: the code does not get there */
                 CHAR_ONE = 1, /* a string of one character: its code point */
                 CHAR_EMPTY = 2, /* "": -1 */
                 CHAR_NIL = 4, /* itself */
                 CHAR_OTHER = 8
};
enum { CHAR_TEXT = CHAR_ONE | CHAR_EMPTY, CHAR_OR_NIL = CHAR_TEXT | CHAR_NIL };

typedef struct CharVar { /* CoreVar.scratch */
    unsigned kinds;
    bool is_code; /* it becomes a code point, or nil */
    int tests; /* that say that it is not nil, around where we are */
    CoreNode *init; /* of a LET, or NULL */
    CoreFunction *function; /* of a parameter, or NULL */
    int number;
} CharVar;

typedef struct CharFunction { /* CoreFunction.scratch */
    bool is_queued;
    const CoreNode **calls; /* of it, all that there are */
    int call_count, call_capacity;
} CharFunction;

enum CharMode {
    CHARS_GROW, /* find out what variables can be */
    CHARS_WANT, /* which of them become code points */
    CHARS_REWRITE
};

typedef struct Chars {
    CoreProgram *program;
    Arena *arena;
    enum CharMode mode;
    CoreFunction **queue; /* CHARS_GROW: functions whose parameters' kinds grew; a ring */
    int queue_first, queue_count;
    CoreVar **wanted; /* CHARS_WANT: those whose sources are still to be looked at */
    int wanted_count, wanted_capacity;
    CoreNode **codes; /* CHARS_REWRITE: what has just its operand's value */
    int code_count, code_capacity;
} Chars;

static inline CharVar *char_var(const CoreVar *var) { return var->scratch; }
static inline bool char_is(unsigned kinds, unsigned among) { return kinds && !(kinds & ~among); }

/* ---- chars.c ---- */
/* What the expression can be.  CHARS_REWRITE: all that stands in it is rewritten, but not how its own value is given.
 * is_test: nobody looks at the value but for whether it is nil. */
unsigned chars_look(Chars *c, CoreNode **child, bool is_test);
/* What gives the value of the expression: behind LET and SEQ, in both branches of IF. */
void chars_each_end(Chars *c, CoreNode **child, void (*visit)(Chars *c, CoreNode **end));
/* CHARS_WANT: variables that the value may come from become code points. */
void chars_want(Chars *c, CoreNode *node);

/* ---- chars_rewrite.c ---- */
/* CHARS_REWRITE: gives the value as a code point; or as what it was. */
void chars_to_code(Chars *c, CoreNode **child);
void chars_to_string(Chars *c, CoreNode **child);
/* A primitive whose operands have these kinds is done on code points: they are wanted as such, or it is rewritten.  False: it is not. */
bool chars_compare(Chars *c, CoreNode **child, const unsigned *kinds, bool is_test);
bool chars_steps_by_one(const CoreNode *substring); /* from i to i + 1 */

#endif
