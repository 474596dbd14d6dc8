/* sqrt, exponential, logarithms, trigonometry.
 *
 * Operands are consumed, results are those of the C library for the nearest double: infinities and NaN, no errors.
 * Two things are done better than by way of the nearest double.  The root of an exact square is exact.  And root and
 * logarithm of exact numbers beyond the doubles (10^400, 1/10^400) are finite and right: the root from an integer
 * root, which then has hundreds of right bits, the logarithm from mantissa and exponent.
 */
#include "number.h"
#include "operands.h"

#include <math.h>

/* ---- sqrt ------------------------------------------------------------------------------------------------------ */

static RtValue sqrt_of_int(int64_t n)
{
    double root = sqrt((double)n); /* NaN for negative n */
    if (n < 0) return rt_from_float(NAN);
    uint64_t whole = (uint64_t)llround(root); /* < 2^32; for a square the root itself, as its error is far below 1/2 */
    return whole * whole == (uint64_t)n ? rt_from_int((int64_t)whole) : rt_from_float(root);
}

static RtValue exact_root(mpz_srcptr square)
{
    mpz_t root;
    mpz_init(root);
    mpz_sqrt(root, square);
    return rt_integer_from_mpz(root);
}

static RtValue inexact_and_drop(RtValue exact)
{
    double x = rt_number_to_double_borrow(exact);
    rt_drop(exact);
    return rt_from_float(x);
}

static RtValue sqrt_of_bigint_borrow(RtValue a)
{
    mpz_srcptr z = rt_as_bigint(a)->z;
    double nearest = rt_number_to_double_borrow(a);
    if (mpz_sgn(z) < 0) return rt_from_float(NAN);
    if (mpz_perfect_square_p(z)) return exact_root(z);
    return isinf(nearest) ? inexact_and_drop(exact_root(z)) : rt_from_float(sqrt(nearest));
}

static RtValue sqrt_of_ratio_borrow(RtValue a)
{
    mpz_srcptr numerator = mpq_numref(rt_as_ratio(a)->q), denominator = mpq_denref(rt_as_ratio(a)->q);
    double nearest = rt_number_to_double_borrow(a);
    if (mpz_sgn(numerator) < 0) return rt_from_float(NAN);
    if (mpz_perfect_square_p(numerator) && mpz_perfect_square_p(denominator))
        return rt_ratio_of_integers(exact_root(numerator), exact_root(denominator));
    if (isnormal(nearest)) return rt_from_float(sqrt(nearest));
    mpz_t product, copy; /* sqrt (n / d) = sqrt (n * d) / d, and n * d has a thousand bits */
    mpz_init(product);
    mpz_mul(product, numerator, denominator);
    mpz_sqrt(product, product);
    mpz_init_set(copy, denominator);
    return inexact_and_drop(rt_ratio_of_integers(rt_integer_from_mpz(product), rt_integer_from_mpz(copy)));
}

RtValue rt_sqrt(RtValue a, const RtPlace *at)
{
    RtValue root;
    switch (a.tag) {
    case RT_INT: return sqrt_of_int(a.data);
    case RT_FLOAT: return rt_from_float(sqrt(rt_float_bits(a)));
    case RT_BIGINT: root = sqrt_of_bigint_borrow(a); break;
    case RT_RATIO: root = sqrt_of_ratio_borrow(a); break;
    default: rt_raise_type(at, "sqrt", "a number", a);
    }
    rt_drop(a);
    return root;
}

/* ---- logarithms ------------------------------------------------------------------------------------------------ */

typedef struct Logarithm {
    double (*function)(double);
    double of_two;
} Logarithm;

static const Logarithm natural = {log, M_LN2}, binary = {log2, 1.0}, decimal = {log10, 0.30102999566398119521};

/* The logarithm of a positive bigint or ratio. */
static double log_of_exact_borrow(const Logarithm *logarithm, RtValue v)
{
    long exponent, denominator_exponent = 0;
    double mantissa;
    if (v.tag == RT_BIGINT) {
        mantissa = mpz_get_d_2exp(&exponent, rt_as_bigint(v)->z);
    } else {
        mantissa = mpz_get_d_2exp(&exponent, mpq_numref(rt_as_ratio(v)->q));
        mantissa /= mpz_get_d_2exp(&denominator_exponent, mpq_denref(rt_as_ratio(v)->q));
    }
    return logarithm->function(mantissa) + (double)(exponent - denominator_exponent) * logarithm->of_two;
}

static double log_borrow(const Logarithm *logarithm, RtValue v)
{
    double x = rt_number_to_double_borrow(v);
    if ((v.tag != RT_BIGINT && v.tag != RT_RATIO) || isnormal(x)) return logarithm->function(x);
    return signbit(x) ? NAN : log_of_exact_borrow(logarithm, v);
}

RtValue rt_log(RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands owned RT_OWNED_OPERANDS = {args, 0, count};
    rt_check_numbers_borrow(args, count, "log", at);
    if (count == 1) return rt_from_float(log_borrow(&natural, args[0]));
    double base = rt_number_to_double_borrow(args[1]);
    if (base == 2) return rt_from_float(log_borrow(&binary, args[0])); /* exact for powers; a quotient need not be */
    if (base == 10) return rt_from_float(log_borrow(&decimal, args[0]));
    return rt_from_float(log_borrow(&natural, args[0]) / log_borrow(&natural, args[1]));
}

/* ---- functions of one double ----------------------------------------------------------------------------------- */

static RtValue apply_to_float(double (*function)(double), RtValue a, const char *who, const RtPlace *at)
{
    if (!rt_is_number_value(a)) rt_raise_type(at, who, "a number", a);
    double x = rt_number_to_double_borrow(a);
    rt_drop(a);
    return rt_from_float(function(x));
}

RtValue rt_exp(RtValue a, const RtPlace *at) { return apply_to_float(exp, a, "exp", at); }
RtValue rt_sin(RtValue a, const RtPlace *at) { return apply_to_float(sin, a, "sin", at); }
RtValue rt_cos(RtValue a, const RtPlace *at) { return apply_to_float(cos, a, "cos", at); }
RtValue rt_tan(RtValue a, const RtPlace *at) { return apply_to_float(tan, a, "tan", at); }
RtValue rt_asin(RtValue a, const RtPlace *at) { return apply_to_float(asin, a, "asin", at); }
RtValue rt_acos(RtValue a, const RtPlace *at) { return apply_to_float(acos, a, "acos", at); }

RtValue rt_atan(RtValue *args, int64_t count, const RtPlace *at)
{
    if (count == 1) return apply_to_float(atan, args[0], "atan", at);
    RtOperands owned RT_OWNED_OPERANDS = {args, 0, count};
    rt_check_numbers_borrow(args, count, "atan", at);
    return rt_from_float(atan2(rt_number_to_double_borrow(args[0]), rt_number_to_double_borrow(args[1])));
}

/* ---- the same of so many operands, mostly floats ---------------------------------------------------------------- */

RtValue rt_log1(RtValue a, const RtPlace *at)
{
    return a.tag == RT_FLOAT ? rt_from_float(log(rt_float_bits(a))) : rt_log(&a, 1, at);
}

RtValue rt_atan1(RtValue a, const RtPlace *at) { return rt_atan(&a, 1, at); }

RtValue rt_atan2(RtValue y, RtValue x, const RtPlace *at)
{
    bool are_floats = y.tag == RT_FLOAT && x.tag == RT_FLOAT;
    return are_floats ? rt_from_float(atan2(rt_float_bits(y), rt_float_bits(x))) : rt_atan((RtValue[]){y, x}, 2, at);
}
