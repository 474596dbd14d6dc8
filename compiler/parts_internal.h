/* What the two files of pass parts share: parts.c finds the results, parts_write.c writes them down. */
#ifndef CONSAIR_PARTS_INTERNAL_H
#define CONSAIR_PARTS_INTERNAL_H

#include "passes.h"

enum { PARTS_MAX = 6 };

typedef struct Holder { /* scratch of functions and of variables of LETs */
    CoreFunction *function;
    CoreVar *var;
    int component; /* of a function, in the graph of calls */
    bool is_idle; /* of a function: there is nothing in it that may be apart */
    bool is_out;
    int level; /* of a variable: so many cells of the class's list lie in front of what it holds */
    struct Holder *same; /* another member of its class, or NULL: it stands for the class, for which the others are */
    bool is_refused; /* it alone */
    bool is_read, is_made; /* a variable: a part of it, and in the end it is made of them somewhere */
    bool has_function, disagrees, is_vector, is_list, is_optional;
    int calls; /* whose results a variable holds, by weight */
    int count; /* parts, by its makers; 0: none yet */
    int limit; /* so many cells of a list at most, and one less than parts */
    int last; /* largest index that is read of a vector */
    int taken_apart, whole; /* calls, by weight */
    CoreParts *shared; /* of functions that return for one another */
} Holder;

typedef struct Maker {
    Holder *to;
    CoreNode *node;
} Maker;

typedef struct Parts {
    Compiler *compiler;
    CoreProgram *program;
    Arena *arena;
    Holder **holders;
    int count, capacity;
    Maker *makers; /* of this round */
    int maker_count, maker_capacity;
    CoreFunction *function; /* whose body is walked */
    bool is_idle; /* nothing of interest was met in it so far */
} Parts;

static inline Holder *class_of(Holder *holder)
{
    while (holder->same) holder = holder->same;
    return holder;
}

enum PartRead { READ_NONE, READ_CAR, READ_CDR, READ_ITEM };
enum PartRead parts_read(const CoreNode *node); /* which part of its first operand it gives */

/* CoreFunction.parts of the functions whose classes stay; true: one of them has no room for its parts, and has to go. */
bool parts_describe(Parts *k);
void parts_write_down(Parts *k); /* all else, when the classes are found */

#endif
