/* What passes leave to the simplifier, apart from the pass itself. */
#ifndef CONSAIR_SIMPLIFY_H
#define CONSAIR_SIMPLIFY_H

#include "compile.h"

void inline_program(Compiler *c, CoreProgram *p, int rounds); /* inline.c; each round simplifies */

/* fold.c: what is known without running it.  A variable's scratch, if any, is what it is bound to: a LAMBDA, or a PRIM cons
 * or a record, of operands that can be copied. */
enum Truth { TRUTH_UNKNOWN, TRUTH_FALSE, TRUTH_TRUE };
/* Of the node's value; the node may have effects. */
enum Truth fold_truth(const CoreProgram *p, const CoreNode *node);
/* The PRIM cons that made the value, or NULL. */
const CoreNode *fold_pair(const CoreNode *node);
/* A vector made of few operands; its fields are mostly read by constant indices. */
enum { MAX_RECORD_FIELDS = 8 };
bool fold_is_record(const CoreNode *node);
const CoreNode *fold_record(const CoreNode *node); /* that made the value, or NULL */
int fold_field(const CoreNode *record,
               const CoreNode *index); /* which operand of the record, -1: unknown, or out of bounds */
/* Number of elements of a list of pairs that were just made, -1: unknown. */
int fold_list_length(const CoreNode *node);
/* The value of a PRIM with simplified operands: a node that can be copied, owned by nobody yet; NULL: not known.  Never what raises. */
CoreNode *fold_prim(CoreProgram *p, const CoreNode *node);

#endif
