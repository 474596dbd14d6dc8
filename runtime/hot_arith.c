/* Arithmetic on two immediate operands of one type: compiled to bitcode and inlined into user code.
 *
 * Input: two owned values.  Two ints whose result fits, and two floats, are done here; immediate operands need no drop.
 * All else (mixed types, overflow, bigints, ratios) goes to arith_slow.c, whose functions keep the caller's general
 * registers, so that the fast path needs no spills; errors are raised by other ones (RT_RARE, RT_FAIL).  Keep this file free
 * of anything that would make inlining dear.
 */
#include "number.h"

static inline bool both(RtValue a, RtValue b, uint32_t tag) { return a.tag == tag && b.tag == tag; }

typedef void Fail(RtValue a, RtValue b, const RtPlace *at) __attribute__((preserve_most, noreturn));

static inline RtValue or_raise(RtValue rare, Fail *fail, RtValue a, RtValue b, const RtPlace *at)
{
    if (RT_UNLIKELY(rare.tag == RT_UNBOUND)) fail(a, b, at);
    return rare;
}

RtValue rt_add(RtValue a, RtValue b, const RtPlace *at)
{
    int64_t sum;
    if (RT_LIKELY(both(a, b, RT_INT))) {
        if (RT_LIKELY(!__builtin_add_overflow(a.data, b.data, &sum))) return rt_from_int(sum);
    } else if (both(a, b, RT_FLOAT)) {
        return rt_from_float(rt_float_bits(a) + rt_float_bits(b));
    }
    return or_raise(rt_add_rare(a, b), rt_add_fail, a, b, at);
}

RtValue rt_sub(RtValue a, RtValue b, const RtPlace *at)
{
    int64_t difference;
    if (RT_LIKELY(both(a, b, RT_INT))) {
        if (RT_LIKELY(!__builtin_sub_overflow(a.data, b.data, &difference))) return rt_from_int(difference);
    } else if (both(a, b, RT_FLOAT)) {
        return rt_from_float(rt_float_bits(a) - rt_float_bits(b));
    }
    return or_raise(rt_sub_rare(a, b), rt_sub_fail, a, b, at);
}

RtValue rt_mul(RtValue a, RtValue b, const RtPlace *at)
{
    int64_t product;
    if (RT_LIKELY(both(a, b, RT_INT))) {
        if (RT_LIKELY(!__builtin_mul_overflow(a.data, b.data, &product))) return rt_from_int(product);
    } else if (both(a, b, RT_FLOAT)) {
        return rt_from_float(rt_float_bits(a) * rt_float_bits(b));
    }
    return or_raise(rt_mul_rare(a, b), rt_mul_fail, a, b, at);
}

RtValue rt_div(RtValue a, RtValue b, const RtPlace *at)
{
    if (RT_LIKELY(both(a, b, RT_INT))) {
        /* As unsigned, b + 1 > 1 excludes 0 (division by zero) and -1 (which overflows for the least int). */
        if (RT_LIKELY((uint64_t)b.data + 1 > 1) && a.data % b.data == 0) return rt_from_int(a.data / b.data);
    } else if (both(a, b, RT_FLOAT)) {
        return rt_from_float(rt_float_bits(a) / rt_float_bits(b));
    }
    return or_raise(rt_div_rare(a, b), rt_div_fail, a, b, at);
}

RtValue rt_neg(RtValue a, const RtPlace *at)
{
    int64_t negated;
    if (RT_LIKELY(a.tag == RT_INT)) {
        if (RT_LIKELY(!__builtin_sub_overflow((int64_t)0, a.data, &negated))) return rt_from_int(negated);
    } else if (a.tag == RT_FLOAT) {
        return rt_from_float(-rt_float_bits(a));
    }
    RtValue rare = rt_neg_rare(a);
    if (RT_UNLIKELY(rare.tag == RT_UNBOUND)) rt_neg_fail(a, at);
    return rare;
}

#define COMPARISON(name, relation)                                                                                     \
    RtValue name(RtValue a, RtValue b, const RtPlace *at)                                                              \
    {                                                                                                                  \
        if (RT_LIKELY(both(a, b, RT_INT))) return rt_from_bool(a.data relation b.data);                                \
        if (both(a, b, RT_FLOAT)) return rt_from_bool(rt_float_bits(a) relation rt_float_bits(b));                     \
        return or_raise(name##_rare(a, b), name##_fail, a, b, at);                                                     \
    }

COMPARISON(rt_num_eq, ==)
COMPARISON(rt_lt, <)
COMPARISON(rt_gt, >)
COMPARISON(rt_lte, <=)
COMPARISON(rt_gte, >=)
