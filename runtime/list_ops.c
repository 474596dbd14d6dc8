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

/* The first cell of the list whose element is equal to the word, which is compared without a call; else what ends the list. */
static RtValue find_word(RtValue word, RtValue list)
{
    for (; list.tag == RT_CONS; list = rt_cdr_of(rt_as_cons(list))) {
        const RtCons *cell = rt_as_cons(list);
        if (cell->car == word.data && cell->car_tag == word.tag) break;
    }
    return list;
}

static RtValue find_element(RtValue element, RtValue list)
{
    if (rt_is_word(element)) return find_word(element, list);
    while (list.tag == RT_CONS && !rt_equal_borrow(element, rt_car_of(rt_as_cons(list))))
        list = rt_cdr_of(rt_as_cons(list));
    return list;
}

RtValue rt_member(RtValue a, RtValue b, const RtPlace *at)
{
    RtValue list RT_OWNED = rt_sequence_list(b, "member", at);
    RtValue rest = find_element(a, list);
    if (rest.tag != RT_CONS && rest.tag != RT_NIL) rt_raise_type(at, "member", "a proper list", rt_dup(b));
    return rt_dup(rest);
}

static inline bool is_key(RtValue key, bool is_word, RtValue other)
{
    return is_word ? key.data == other.data && key.tag == other.tag : rt_equal_borrow(key, other);
}

/* The first pair of the association list with the key, borrowed, or nil. */
static inline RtValue find_pair(RtValue key, bool is_word, RtValue pairs, const RtPlace *at)
{
    RtValue rest = pairs;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) {
        RtValue pair = rt_car_of(rt_as_cons(rest));
        if (RT_UNLIKELY(pair.tag != RT_CONS)) rt_raise_type(at, "assoc", "a pair as element", rt_dup(pair));
        if (is_key(key, is_word, rt_car_of(rt_as_cons(pair)))) return pair;
    }
    if (RT_UNLIKELY(rest.tag != RT_NIL)) rt_raise_type(at, "assoc", "a list of pairs", rt_dup(pairs));
    return rest;
}

RtValue rt_find_pair(RtValue a, RtValue b, const RtPlace *at)
{
    return rt_dup(rt_is_word(a) ? find_pair(a, true, b, at) : find_pair(a, false, b, at));
}

RtValue rt_assoc(RtValue *args, int64_t count, const RtPlace *at)
{
    if (count != 2) return rt_assoc_named(args, count, "assoc", at);
    RtValue key RT_OWNED = args[0], pairs RT_OWNED = args[1];
    return rt_find_pair(key, pairs, at);
}
