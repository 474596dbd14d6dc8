/* The passes in order: the table of contents of the compiler.  Each requires the stage before it (core.h). */
#ifndef CONSAIR_PASSES_H
#define CONSAIR_PASSES_H

#include "compile.h"

/* When a pass runs.  Those for speed alone would slow down compiling without optimisation. */
enum PassNeed { PASS_ALWAYS, PASS_OPTIONAL, PASS_FOR_SPEED };

/* name, function, stage after it, need: the one list (pipeline.c runs it, --dump and -fno-PASS take the names) */
#define PASSES(PASS)                                                                                                   \
    PASS(library, pass_library, STAGE_LOWER, PASS_ALWAYS, "definitions of the standard library that the program uses") \
    PASS(resolve, pass_resolve, STAGE_RESOLVE, PASS_ALWAYS, "builtin calls, constant globals, known calls")            \
    PASS(simplify, pass_simplify, STAGE_RESOLVE, PASS_OPTIONAL,                                                        \
         "immediate lambdas, known values and tests, dead bindings")                                                   \
    PASS(inline, pass_inline, STAGE_RESOLVE, PASS_FOR_SPEED,                                                           \
         "small functions and those called once in place of their calls")                                              \
    PASS(higher_order, pass_higher_order, STAGE_RESOLVE, PASS_FOR_SPEED,                                               \
         "copies of functions for the functions they are given")                                                       \
    PASS(unroll, pass_unroll, STAGE_RESOLVE, PASS_FOR_SPEED, "loops of few turns, known how many, are written out")    \
    PASS(prune, pass_prune, STAGE_RESOLVE, PASS_OPTIONAL, "definitions that are used no more")                         \
    PASS(nest, pass_nest, STAGE_RESOLVE, PASS_FOR_SPEED, "loops inside of loops return to them")                       \
    PASS(closures, pass_closures, STAGE_CLOSURES, PASS_ALWAYS, "free variables, closure conversion, lambda lifting")   \
    PASS(fuse, pass_fuse, STAGE_CLOSURES, PASS_FOR_SPEED, "lists that are made to be taken apart once are not made")   \
    PASS(texts, pass_texts, STAGE_CLOSURES, PASS_FOR_SPEED,                                                            \
         "strings that are put together from their ends grow from their fronts")                                       \
    PASS(trmc, pass_trmc, STAGE_CLOSURES, PASS_OPTIONAL,                                                               \
         "lists built from the front: recursion below a cons is a loop")                                               \
    PASS(appends, pass_appends, STAGE_CLOSURES, PASS_OPTIONAL,                                                         \
         "lists that grow at their ends are not walked to there")                                                      \
    PASS(tail, pass_tail, STAGE_TAIL, PASS_ALWAYS, "tail positions, loops, calling conventions")                       \
    PASS(chars, pass_chars, STAGE_TAIL, PASS_FOR_SPEED, "characters that are only looked at are code points")          \
    PASS(merge, pass_merge, STAGE_TAIL, PASS_FOR_SPEED, "turns of a loop that differ in little are one")               \
    PASS(reads, pass_reads, STAGE_TAIL, PASS_FOR_SPEED, "parts that have a name are not read again")                   \
    PASS(patterns, pass_patterns, STAGE_TAIL, PASS_FOR_SPEED,                                                          \
         "structures made to be taken apart are passed as their parts")                                                \
    PASS(specialize, pass_specialize, STAGE_TAIL, PASS_FOR_SPEED, "copies of recursive functions for ints and floats") \
    PASS(accumulate, pass_accumulate, STAGE_TAIL, PASS_FOR_SPEED,                                                      \
         "sums added up on the way: recursion below an addition is a loop")                                            \
    PASS(unfold, pass_unfold, STAGE_TAIL, PASS_FOR_SPEED, "small recursive functions inlined into themselves")         \
    PASS(types, pass_types, STAGE_TAIL, PASS_OPTIONAL,                                                                 \
         "types of variables, operations and results over the whole program")                                          \
    PASS(fuse_vectors, pass_fuse_vectors, STAGE_TAIL, PASS_FOR_SPEED,                                                  \
         "vectors that are made to be read once are not made")                                                         \
    PASS(jam, pass_jam, STAGE_TAIL, PASS_FOR_SPEED, "turns of a loop around a sum of floats run side by side")         \
    PASS(overwrite, pass_overwrite, STAGE_TAIL, PASS_OPTIONAL,                                                         \
         "vector-map puts its results where it read the elements")                                                     \
    PASS(forward, pass_forward, STAGE_TAIL, PASS_OPTIONAL,                                                             \
         "reads past a change elsewhere in a vector read its new version")                                             \
    PASS(borrow, pass_borrow, STAGE_TAIL, PASS_OPTIONAL, "parameters that stay their caller's")                        \
    PASS(unpack, pass_unpack, STAGE_TAIL, PASS_OPTIONAL,                                                               \
         "parts of pairs and vectors read before calls, where the whole then ends")                                    \
    PASS(lend, pass_lend, STAGE_TAIL, PASS_FOR_SPEED, "what is shared is lent where it could be owned")                \
    PASS(rc, pass_rc, STAGE_RC, PASS_ALWAYS, "dup, drop, borrow")                                                      \
    PASS(vacate, pass_vacate, STAGE_RC, PASS_OPTIONAL, "items of vectors that are changed and put back: in place")     \
    PASS(unshare, pass_unshare, STAGE_RC, PASS_FOR_SPEED, "copies of functions for vectors that nobody else holds")    \
    PASS(unique, pass_unique, STAGE_RC, PASS_OPTIONAL, "vectors changed in place without a test")                      \
    PASS(settle, pass_settle, STAGE_RC, PASS_OPTIONAL, "items of vectors changed where they are")                      \
    PASS(parts, pass_parts, STAGE_RC, PASS_FOR_SPEED,                                                                  \
         "results that are taken apart at once are returned as their parts")                                           \
    PASS(structs, pass_structs, STAGE_RC, PASS_FOR_SPEED,                                                              \
         "records whose fields lie in memory like those of structs of C")                                              \
    PASS(reuse, pass_reuse, STAGE_RC, PASS_FOR_SPEED, "records made again in the memory of the old ones")              \
    PASS(frame, pass_frame, STAGE_RC, PASS_FOR_SPEED, "pairs that end before their function returns lie in its frame")

void pass_library(Compiler *c, CoreProgram *p);
void pass_resolve(Compiler *c, CoreProgram *p);
void resolve_find_constants(Compiler *c, CoreProgram *p); /* sets is_constant of the globals, as pass resolve will */
void pass_simplify(Compiler *c, CoreProgram *p);
void pass_higher_order(Compiler *c, CoreProgram *p);
void pass_inline(Compiler *c, CoreProgram *p);
void pass_unroll(Compiler *c, CoreProgram *p);
void pass_prune(Compiler *c, CoreProgram *p);
void pass_nest(Compiler *c, CoreProgram *p);
void pass_closures(Compiler *c, CoreProgram *p);
void pass_fuse(Compiler *c, CoreProgram *p);
void pass_texts(Compiler *c, CoreProgram *p);
void pass_trmc(Compiler *c, CoreProgram *p);
void trmc_put_call_into_cons(CoreNode *node); /* where a LET keeps them apart for nothing */
void pass_appends(Compiler *c, CoreProgram *p);
void pass_tail(Compiler *c, CoreProgram *p);
void tail_mark_calls(CoreProgram *p); /* what pass tail does; again when calls changed */
void tail_forget_calls(CoreProgram *p); /* the marks */
void pass_chars(Compiler *c, CoreProgram *p);
void pass_merge(Compiler *c, CoreProgram *p);
void pass_reads(Compiler *c, CoreProgram *p);
void pass_patterns(Compiler *c, CoreProgram *p);
void pass_specialize(Compiler *c, CoreProgram *p);
/* specialize_restart.c: to a variant that is a loop */
void specialize_add_restart(CoreProgram *p, CoreFunction *variant, CoreFunction *generic);
void pass_accumulate(Compiler *c, CoreProgram *p);
void pass_unfold(Compiler *c, CoreProgram *p);
void pass_types(Compiler *c, CoreProgram *p);
void pass_fuse_vectors(Compiler *c, CoreProgram *p);
void pass_jam(Compiler *c, CoreProgram *p);
void pass_overwrite(Compiler *c, CoreProgram *p);
void pass_forward(Compiler *c, CoreProgram *p);
void pass_borrow(Compiler *c, CoreProgram *p);
void pass_unpack(Compiler *c, CoreProgram *p);
void pass_lend(Compiler *c, CoreProgram *p);
void pass_rc(Compiler *c, CoreProgram *p);
void pass_vacate(Compiler *c, CoreProgram *p);
void pass_unshare(Compiler *c, CoreProgram *p);
void pass_unique(Compiler *c, CoreProgram *p);
void pass_settle(Compiler *c, CoreProgram *p);
void pass_parts(Compiler *c, CoreProgram *p);
void pass_structs(Compiler *c, CoreProgram *p);
void pass_reuse(Compiler *c, CoreProgram *p);
void pass_frame(Compiler *c, CoreProgram *p);

#endif
