/* Floats among exact numbers: conversion to the nearest double, and comparison by exact value.
 *
 * GMP's own conversions truncate.  Here an exact number is first reduced to 64 leading bits times a power of two, the
 * lowest bit standing also for all that was cut off ("sticky"); as a double has at least eleven bits fewer, rounding
 * this once, to even on a tie, gives what rounding the exact number gives.  Subnormal results keep fewer bits and are
 * rounded by hand, since rounding to 53 bits first would round twice.
 */
#include "number.h"
#include <math.h>

enum { LEAST_EXPONENT = -1074 }; /* of the smallest positive double */

/* Leading bits of |z|, z not 0: |z| = (result + what sticks to bit 0) * 2^*exponent; all of them when they fit 64. */
static uint64_t leading_bits(mpz_srcptr z, int64_t *exponent)
{
    const mp_limb_t *limbs = mpz_limbs_read(z);
    size_t n = mpz_size(z);
    *exponent = 0;
    if (n == 1) return limbs[0];
    int shift = __builtin_clzl(limbs[n - 1]);
    uint64_t bits = limbs[n - 1];
    uint64_t lost = limbs[n - 2];
    if (shift > 0) {
        bits = bits << shift | lost >> (64 - shift);
        lost <<= shift;
    }
    *exponent = (int64_t)(n - 1) * 64 - shift;
    for (size_t i = n - 2; i-- > 0 && lost == 0;) lost = limbs[i];
    return bits | (lost != 0);
}

/* Nearest double to bits * 2^exponent, bits not 0.  Bit 0 may be sticky only when bit 62 or 63 is set. */
static double compose(uint64_t bits, int64_t exponent)
{
    int64_t leading_exponent = 63 - __builtin_clzl(bits) + exponent;
    if (leading_exponent > 1023) return HUGE_VAL;
    if (leading_exponent >= -1022) return ldexp((double)bits, (int)exponent);
    int64_t cut = LEAST_EXPONENT - exponent; /* bits below the unit of a subnormal */
    if (cut <= 0) return ldexp((double)bits, (int)exponent);
    if (cut > 64) return 0.0;
    uint64_t kept = cut == 64 ? 0 : bits >> cut;
    uint64_t rest = cut == 64 ? bits : bits << (64 - cut) >> (64 - cut);
    uint64_t half = (uint64_t)1 << (cut - 1);
    if (rest > half || (rest == half && (kept & 1))) kept++;
    return ldexp((double)kept, LEAST_EXPONENT);
}

static double bigint_to_double(mpz_srcptr z)
{
    int64_t exponent;
    uint64_t bits = leading_bits(z, &exponent);
    double magnitude = compose(bits, exponent);
    return mpz_sgn(z) < 0 ? -magnitude : magnitude;
}

double rt_ratio_to_double_borrow(RtValue ratio)
{
    mpq_srcptr q = rt_as_ratio(ratio)->q;
    mpz_srcptr n = mpq_numref(q), d = mpq_denref(q);
    size_t n_bits = mpz_sizeinbase(n, 2), d_bits = mpz_sizeinbase(d, 2);
    if (n_bits <= 53 && d_bits <= 53) return mpz_get_d(n) / mpz_get_d(d); /* both exact, one rounding */
    /* Scale so that the integer quotient has 63 or 64 bits; the remainder sticks to its lowest. */
    int64_t shift = 63 - ((int64_t)n_bits - (int64_t)d_bits);
    mpz_t quotient, remainder, divisor;
    mpz_inits(quotient, remainder, divisor, NULL);
    mpz_mul_2exp(quotient, n, (mp_bitcnt_t)(shift > 0 ? shift : 0));
    mpz_mul_2exp(divisor, d, (mp_bitcnt_t)(shift < 0 ? -shift : 0));
    mpz_tdiv_qr(quotient, remainder, quotient, divisor);
    uint64_t bits = mpz_getlimbn(quotient, 0) | (mpz_sgn(remainder) != 0);
    mpz_clears(quotient, remainder, divisor, NULL);
    double magnitude = compose(bits, -shift);
    return mpz_sgn(n) < 0 ? -magnitude : magnitude;
}

double rt_number_to_double_borrow(RtValue v)
{
    switch (v.tag) {
    case RT_INT: return (double)v.data;
    case RT_BIGINT: return bigint_to_double(rt_as_bigint(v)->z);
    case RT_RATIO: return rt_ratio_ops->to_double(v);
    default: return rt_float_bits(v);
    }
}

RtValue rt_float_arith(enum RtArithOp op, double x, double y)
{
    switch (op) {
    case RT_OP_ADD: return rt_from_float(x + y);
    case RT_OP_SUB: return rt_from_float(x - y);
    case RT_OP_MUL: return rt_from_float(x * y);
    case RT_OP_DIV: break;
    }
    return rt_from_float(x / y);
}

static enum RtOrder compare_int_float(int64_t n, double x)
{
    if (x >= 0x1p63) return RT_LESS;
    if (x < -0x1p63) return RT_GREATER;
    int64_t whole = (int64_t)x; /* towards zero; (double)whole is exact, for it has no more bits than x */
    if (n != whole) return n < whole ? RT_LESS : RT_GREATER;
    double fraction = x - (double)whole;
    return rt_order_of_sign((fraction < 0) - (fraction > 0));
}

enum RtOrder rt_compare_ratio_float_borrow(RtValue ratio, double x)
{
    mpq_t exact;
    mpq_init(exact);
    mpq_set_d(exact, x);
    enum RtOrder order = rt_order_of_sign(mpq_cmp(rt_as_ratio(ratio)->q, exact));
    mpq_clear(exact);
    return order;
}

static enum RtOrder compare_exact_float_borrow(RtValue a, double x)
{
    if (isnan(x)) return RT_UNORDERED;
    if (isinf(x)) return x > 0 ? RT_LESS : RT_GREATER;
    if (a.tag == RT_INT) return compare_int_float(a.data, x);
    if (a.tag == RT_BIGINT) return rt_order_of_sign(mpz_cmp_d(rt_as_bigint(a)->z, x));
    return rt_ratio_ops->compare_float(a, x);
}

static enum RtOrder reverse_order(enum RtOrder order)
{
    return order == RT_LESS ? RT_GREATER : order == RT_GREATER ? RT_LESS : order;
}

enum RtOrder rt_compare_borrow(RtValue a, RtValue b)
{
    if (a.tag == RT_FLOAT && b.tag == RT_FLOAT) {
        double x = rt_float_bits(a), y = rt_float_bits(b);
        if (isnan(x) || isnan(y)) return RT_UNORDERED;
        return rt_order_of_sign((x > y) - (x < y));
    }
    if (b.tag == RT_FLOAT) return compare_exact_float_borrow(a, rt_float_bits(b));
    if (a.tag == RT_FLOAT) return reverse_order(compare_exact_float_borrow(b, rt_float_bits(a)));
    return rt_compare_exact_borrow(a, b);
}
