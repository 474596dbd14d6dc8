/* Types of a whole program: see types.c. */
#ifndef CONSAIR_TYPES_H
#define CONSAIR_TYPES_H

#include "core.h"

/* Sets type of every variable, of functions' results and of the nodes that types.c names, anew. */
void types_infer(CoreProgram *p);
/* types_bools.c: after inference; changes make-vector where it should not pack, and infers again. */
void types_settle_bools(CoreProgram *p);
void types_clear(CoreProgram *p); /* forgets them */
/* types_prim.c: the tags that an operand must have if the operation does not raise. */
uint32_t prim_operand_tags(int primitive, int operand);

/* types_prim.c: is the primitive a test for some tags, and for nothing else?  Then these. */
bool prim_tests_tags(int primitive, uint32_t *tags);
/* The tags that its only operand can have where it is true. */
uint32_t prim_true_tags(int primitive);
/* Is it a test for vectors that are stored in one way (enum RtVectorKind)?  What it decides may be wrong for an empty one. */
bool prim_tests_kind(int primitive, uint32_t *kind);
/* types_int.c: is the primitive a comparison of two numbers? */
enum Relation { RELATION_LT, RELATION_LTE, RELATION_GT, RELATION_GTE, RELATION_EQ, RELATION_NE };
bool prim_relation(int primitive, enum Relation *relation);
/* types_prim.c: nothing but nil and lists that end in nil? */
bool type_is_proper_list(const CoreType *type);

#endif
