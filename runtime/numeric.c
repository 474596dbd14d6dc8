/* Numbers taken as they are: type tests, sign, order, exactness, and the operand checks that all numeric functions
 * share.
 *
 * The functions consume their operands unless primitives.def says otherwise, and min and max give back one of them,
 * with its type: `(max 1 0.5)` is 1.  Converting between exact numbers and floats loses as little as it can: every
 * finite float is a ratio of integers, and an exact number becomes the nearest double.
 */
#include "number.h"
#include "operands.h"

#include <math.h>

/* ---- checks ---------------------------------------------------------------------------------------------------- */

void rt_check_numbers_borrow(const RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    for (int64_t i = 0; i < count; i++) {
        if (RT_UNLIKELY(!rt_is_number_value(args[i]))) rt_raise_type(at, who, "a number", rt_dup(args[i]));
    }
}

void rt_check_integers_borrow(const RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    for (int64_t i = 0; i < count; i++) {
        if (RT_UNLIKELY(!rt_is_integer_value(args[i]))) rt_raise_type(at, who, "an integer", rt_dup(args[i]));
    }
}

void rt_raise_too_large(const RtPlace *at, const char *who)
{
    rt_raise_message(at, "%s: the result is too large, more than %ld bits", who, RT_MAX_INTEGER_BITS);
}

/* ---- type tests ------------------------------------------------------------------------------------------------ */

RtValue rt_is_integer(RtValue a) { return rt_from_bool(rt_is_integer_value(a)); }
RtValue rt_is_float(RtValue a) { return rt_from_bool(a.tag == RT_FLOAT); }

/* ---- sign and order -------------------------------------------------------------------------------------------- */

RtValue rt_abs(RtValue a, const RtPlace *at)
{
    switch (a.tag) {
    case RT_FLOAT: return rt_from_float(fabs(rt_float_bits(a)));
    case RT_INT: return a.data < 0 ? rt_neg(a, at) : a;
    case RT_BIGINT: return mpz_sgn(rt_as_bigint(a)->z) < 0 ? rt_integer_neg(a) : a;
    case RT_RATIO: return mpq_sgn(rt_as_ratio(a)->q) < 0 ? rt_ratio_ops->neg(a) : a;
    default: rt_raise_type(at, "abs", "a number", a);
    }
}

static bool is_nan(RtValue v) { return v.tag == RT_FLOAT && isnan(rt_float_bits(v)); }

/* The first operand that no other one beats (`wanted` is how the better one compares), or the first NaN. */
static RtValue extreme(enum RtOrder wanted, RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    RtOperands owned RT_OWNED_OPERANDS = {args, 0, count};
    rt_check_numbers_borrow(args, count, who, at);
    int64_t best = 0;
    for (int64_t i = 1; i < count && !is_nan(args[best]); i++) {
        if (is_nan(args[i]) || rt_compare_borrow(args[i], args[best]) == wanted) best = i;
    }
    return rt_dup(args[best]);
}

RtValue rt_min(RtValue *args, int64_t count, const RtPlace *at) { return extreme(RT_LESS, args, count, "min", at); }
RtValue rt_max(RtValue *args, int64_t count, const RtPlace *at) { return extreme(RT_GREATER, args, count, "max", at); }

/* ---- exactness ------------------------------------------------------------------------------------------------- */

RtValue rt_exact(RtValue a, const RtPlace *at)
{
    if (a.tag != RT_FLOAT) {
        if (!rt_is_number_value(a)) rt_raise_type(at, "exact", "a number", a);
        return a;
    }
    double x = rt_float_bits(a);
    if (!isfinite(x)) rt_raise_type(at, "exact", "a finite number", a);
    if (fabs(x) < 0x1p63 && x == trunc(x)) return rt_from_int((int64_t)x);
    mpq_t q;
    mpq_init(q);
    mpq_set_d(q, x); /* exact, and canonical */
    return rt_ratio_from_mpq(q);
}

RtValue rt_inexact(RtValue a, const RtPlace *at)
{
    if (!rt_is_number_value(a)) rt_raise_type(at, "inexact", "a number", a);
    double x = rt_number_to_double_borrow(a);
    rt_drop(a);
    return rt_from_float(x);
}

/* ---- parts of a ratio ------------------------------------------------------------------------------------------ */

static RtValue take_part(RtValue ratio, mpz_srcptr part)
{
    mpz_t copy;
    mpz_init_set(copy, part);
    rt_drop(ratio);
    return rt_integer_from_mpz(copy);
}

RtValue rt_numerator(RtValue a, const RtPlace *at)
{
    if (rt_is_integer_value(a)) return a;
    if (a.tag != RT_RATIO) rt_raise_type(at, "numerator", "an exact number", a);
    return take_part(a, mpq_numref(rt_as_ratio(a)->q));
}

RtValue rt_denominator(RtValue a, const RtPlace *at)
{
    if (rt_is_integer_value(a)) {
        rt_drop(a);
        return rt_from_int(1);
    }
    if (a.tag != RT_RATIO) rt_raise_type(at, "denominator", "an exact number", a);
    return take_part(a, mpq_denref(rt_as_ratio(a)->q));
}
