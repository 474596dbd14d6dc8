/* Limits: what ints are compared with and taken the remainder by, so that a range that keeps growing grows to the next of them first.
 *
 * Without, a counter of an outer loop that stops at 700 would be widened far beyond where an inner loop starts with it, which then has no
 * bound any more; and x = (x a + c) mod m would be any integer, since that is what it is if x is.  What limits leave out is found by
 * narrowing.  They are few, and each is tried for a while only, so no chain of growing ranges is long.
 */
#include "types_internal.h"

static void add(TypeLimits *limits, int64_t value)
{
    int i = limits->count;
    while (i > 0 && limits->values[i - 1] > value) i--;
    if ((i > 0 && limits->values[i - 1] == value) || limits->count == TYPE_LIMITS_MAX) return;
    memmove(&limits->values[i + 1], &limits->values[i], (size_t)(limits->count - i) * sizeof(int64_t));
    limits->values[i] = value;
    limits->count++;
}

/* Loops stop at the value, before or behind it. */
void types_note_limit(Types *t, int64_t value)
{
    if (value <= INT64_MIN + 1 || value >= INT64_MAX - 1) return;
    for (int64_t near = value - 1; near <= value + 1; near++) add(&t->limits, near);
}

void types_note_limits_of(Types *t, const CoreNode *node)
{
    enum Relation relation;
    if (node->kind != CORE_PRIM || node->u.call.count != 2) return;
    int primitive = node->u.call.primitive;
    bool limits = prim_relation(primitive, &relation) || primitive == PRIM_remainder || primitive == PRIM_modulo ||
                  primitive == PRIM_bitwise_and;
    for (int i = 0; limits && i < 2; i++)
        if (core_is_int(node->u.call.args[i])) types_note_limit(t, node->u.call.args[i]->u.constant.data);
}

CoreType types_widen(Types *t, const CoreType *old, const CoreType *next, int times)
{
    return type_widen(t->arena, old, next, times <= TYPE_WIDENINGS_TO_LIMITS ? &t->limits : NULL);
}
