/* Searching lists, and what a proper list is.
 *
 * Equality is that of equal?.  A walk ends at the first hit, so what lies behind it is not looked at; a list that ends
 * without a hit must be proper.  All operands are borrowed.
 */
#include "equal.h"
#include "operands.h"
#include "sequence.h"

RtValue rt_is_list(RtValue a)
{
    while (a.tag == RT_CONS) a = rt_cdr_of(rt_as_cons(a));
    return rt_from_bool(a.tag == RT_NIL);
}

RtValue rt_member(RtValue a, RtValue b, const RtPlace *at)
{
    RtValue list RT_OWNED = rt_sequence_list(b, "member", at);
    RtValue rest = list;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) {
        if (rt_equal_borrow(a, rt_car_of(rt_as_cons(rest)))) return rt_dup(rest);
    }
    if (rest.tag != RT_NIL) rt_raise_type(at, "member", "a proper list", rt_dup(b));
    return rt_nil();
}

/* The first pair of the association list with the key, borrowed, or nil. */
static RtValue find_pair(RtValue key, RtValue pairs, const RtPlace *at)
{
    RtValue rest = pairs;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) {
        RtValue pair = rt_car_of(rt_as_cons(rest));
        if (pair.tag != RT_CONS) rt_raise_type(at, "assoc", "a pair as element", rt_dup(pair));
        if (rt_equal_borrow(key, rt_car_of(rt_as_cons(pair)))) return pair;
    }
    if (rest.tag != RT_NIL) rt_raise_type(at, "assoc", "a list of pairs", rt_dup(pairs));
    return rest;
}

RtValue rt_assoc(RtValue *args, int64_t count, const RtPlace *at)
{
    if (count != 2) return rt_assoc_named(args, count, "assoc", at);
    RtValue key RT_OWNED = args[0], pairs RT_OWNED = args[1];
    return rt_dup(find_pair(key, pairs, at));
}
