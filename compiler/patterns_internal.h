/* Pass patterns: what its two files know of a program.  patterns.c finds which parameters gain, patterns_rewrite.c makes the
 * variants and their calls. */
#ifndef CONSAIR_PATTERNS_INTERNAL_H
#define CONSAIR_PATTERNS_INTERNAL_H

#include "passes.h"

enum { PATTERN_PARTS_MAX = 8, PATTERN_VARIANTS_MAX = 2 };

enum Made { MADE_OTHERWISE, MADE_PAIR, MADE_LIST, MADE_VECTOR };
typedef struct Pattern { /* how an operand was made, and of how many parts */
    uint8_t made, count; /* made: enum Made */
} Pattern;

/* How a parameter is used: whole parts only of pairs and vectors, or of proper lists. */
enum PatternUse { USE_OF_PARTS, USE_OF_LIST, USE_COUNT };
static inline enum PatternUse pattern_use(Pattern pattern)
{
    return pattern.made == MADE_LIST ? USE_OF_LIST : USE_OF_PARTS;
}

typedef struct Variant {
    CoreFunction *function;
    Pattern *patterns; /* for each parameter */
} Variant;

typedef struct Callee { /* CoreFunction.scratch, of what the program had before */
    CoreFunction *function;
    CoreFunction *untouched; /* a copy, which variants are made from; NULL: no parameter gains */
    int size, component; /* of the graph of calls: functions that call each other have the same */
    bool *is_given; /* for each parameter: recursion passes a structure that was just made */
    bool *gains[USE_COUNT]; /* for each parameter: parts are no more work than the structure */
    bool *is_read[USE_COUNT]; /* and they are read, here or where it is passed on to */
    Variant variants[PATTERN_VARIANTS_MAX];
    int variant_count;
} Callee;

typedef struct Patterns {
    Compiler *compiler;
    CoreProgram *program;
    Arena *arena; /* of this pass alone */
    int budget;
    bool has_variants, has_changed; /* changed: calls may be gone */
} Patterns;

/* What a PRIM makes of its operands, or MADE_OTHERWISE. */
Pattern pattern_of_prim(const CoreNode *node);
/* What is read of a value by the PRIM: an index of a vector's part; PART_OF_CAR, PART_OF_CDR; or -1, no part. */
enum { PART_OF_CAR = -2, PART_OF_CDR = -3, NO_PART = -1 };
int pattern_part_read(const CoreNode *node);

/* patterns_rewrite.c: reads of structures that were just made become their parts, in all functions; and where functions' scratch is a
 * Callee, calls that pass structures become calls of variants that take their parts. */
void patterns_rewrite(Patterns *k);

#endif
