/* Turns that begin anew: a sum of a variant's loop that overflows leaves the loop at once.
 *
 * A variant for ints makes sums that may be bigints, asks whether they are, and goes on in the generic copy if so.  What is computed with
 * such a sum in between would have to work on both.  But a turn that has done nothing yet can as well begin anew in the generic copy,
 * with what it was given:
 *
 *     (if (restart) (f a b) body)
 *
 * (restart) is nil.  Compiled code goes from a sum that overflows to that call, if since then nothing had an effect and the same values
 * are owned (emit_restart_if); so behind the sum there is an int (Levenshtein distances 0.65 of the time, knapsack 0.8).  To types the
 * call can be reached where the variant calls its generic copy in another place, too: else no sum of it can overflow.
 */
#include "passes.h"

static void find_sums(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (core_is_prim(node, PRIM_add) || core_is_prim(node, PRIM_sub) || core_is_prim(node, PRIM_mul) ||
        core_is_prim(node, PRIM_arithmetic_shift))
        *(bool *)data = true;
    core_each_child(node, find_sums, data);
}

void specialize_add_restart(CoreProgram *p, CoreFunction *variant, CoreFunction *generic)
{
    const RtPlace *at = variant->body->place;
    int count = core_param_count(variant);
    bool has_sums = false;
    find_sums(&variant->body, &has_sums);
    if (!has_sums || !variant->self_tail_calls) return;
    CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = core_local(p, at, core_param(variant, i));
    CoreNode *again = core_call_known(p, at, generic, count, args), *test = core_prim(p, at, PRIM_restart, 0, args);
    variant->generic = generic;
    variant->body = core_if(p, at, test, again, variant->body);
}
