/* gcd, lcm, expt.
 *
 * Each stays in machine words as long as the result fits one, and goes on in GMP from there.  The size of a power is
 * estimated before it is computed: one that no memory holds is an error.
 * Floats as bases or fractions as exponents give floats.  An exact base too large or too small for a double is then
 * taken apart into mantissa and exponent, since its power may well be a double: the square root of 10^400 is.
 */
#include "number.h"
#include "operands.h"

#include <math.h>

/* ---- gcd, lcm -------------------------------------------------------------------------------------------------- */

RtValue rt_gcd(RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands owned RT_OWNED_OPERANDS = {args, 0, count};
    rt_check_integers_borrow(args, count, "gcd", at);
    uint64_t word = 0;
    int64_t i = 0;
    for (; i < count && args[i].tag == RT_INT; i++) word = rt_gcd_of_words(word, rt_magnitude(args[i].data));
    if (i == count && word <= INT64_MAX) return rt_from_int((int64_t)word);
    mpz_t result;
    mpz_init_set_ui(result, word);
    for (; i < count; i++) {
        RtIntegerView view;
        mpz_gcd(result, result, rt_view_integer_borrow(args[i], &view));
    }
    return rt_integer_from_mpz(result);
}

RtValue rt_gcd2(RtValue a, RtValue b, const RtPlace *at)
{
    if (a.tag == RT_INT && b.tag == RT_INT) {
        uint64_t word = rt_gcd_of_words(rt_magnitude(a.data), rt_magnitude(b.data));
        if (word <= INT64_MAX) return rt_from_int((int64_t)word);
    }
    return rt_gcd((RtValue[]){a, b}, 2, at);
}

/* Least common multiple of *word and n into *word; false when it does not fit. */
static bool lcm_of_words(uint64_t *word, uint64_t n)
{
    if (*word == 0 || n == 0) {
        *word = 0;
        return true;
    }
    uint64_t multiple;
    if (__builtin_mul_overflow(*word / rt_gcd_of_words(*word, n), n, &multiple)) return false;
    *word = multiple;
    return true;
}

RtValue rt_lcm(RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands owned RT_OWNED_OPERANDS = {args, 0, count};
    rt_check_integers_borrow(args, count, "lcm", at);
    uint64_t word = 1;
    int64_t i = 0;
    while (i < count && args[i].tag == RT_INT && lcm_of_words(&word, rt_magnitude(args[i].data))) i++;
    if (i == count && word <= INT64_MAX) return rt_from_int((int64_t)word);
    mpz_t result;
    mpz_init_set_ui(result, word);
    for (; i < count; i++) {
        RtIntegerView view;
        mpz_lcm(result, result, rt_view_integer_borrow(args[i], &view));
        if ((int64_t)mpz_size(result) > RT_MAX_INTEGER_BITS / GMP_LIMB_BITS) {
            mpz_clear(result);
            rt_raise_too_large(at, "lcm");
        }
    }
    return rt_integer_from_mpz(result);
}

/* ---- expt: exact ----------------------------------------------------------------------------------------------- */

static bool power_of_words(int64_t base, int64_t exponent, int64_t *result) /* exponent >= 0; false: does not fit */
{
    *result = 1;
    for (;;) {
        if ((exponent & 1) && __builtin_mul_overflow(*result, base, result)) return false;
        exponent >>= 1;
        if (exponent == 0) return true;
        if (__builtin_mul_overflow(base, base, &base)) return false;
    }
}

static bool is_odd(RtValue integer)
{
    return integer.tag == RT_INT ? integer.data & 1 : mpz_odd_p(rt_as_bigint(integer)->z);
}

static int sign_of_exact(RtValue v)
{
    if (v.tag == RT_BIGINT) return mpz_sgn(rt_as_bigint(v)->z);
    if (v.tag == RT_RATIO) return mpq_sgn(rt_as_ratio(v)->q);
    return (v.data > 0) - (v.data < 0);
}

static double bits_of(mpz_srcptr z) /* log2 |z|, z not 0 */
{
    long exponent;
    double mantissa = mpz_get_d_2exp(&exponent, z);
    return log2(fabs(mantissa)) + (double)exponent;
}

/* numerator^exponent / denominator^exponent, or its reciprocal. */
static RtValue power_of_ratio(mpz_srcptr numerator, mpz_srcptr denominator, uint64_t exponent, bool inverse)
{
    mpq_t q;
    mpq_init(q); /* coprime parts have coprime powers: always canonical but for the sign */
    mpz_pow_ui(inverse ? mpq_denref(q) : mpq_numref(q), numerator, exponent);
    mpz_pow_ui(inverse ? mpq_numref(q) : mpq_denref(q), denominator, exponent);
    if (mpz_sgn(mpq_denref(q)) < 0) {
        mpz_neg(mpq_numref(q), mpq_numref(q));
        mpz_neg(mpq_denref(q), mpq_denref(q));
    }
    return rt_ratio_from_mpq(q);
}

static RtValue exact_power_borrow(RtValue x, RtValue y, const RtPlace *at)
{
    bool inverse = sign_of_exact(y) < 0;
    if (rt_is_exact_zero(y)) return rt_from_int(1);
    if (rt_is_exact_zero(x) && inverse) rt_raise_message(at, "expt: division by zero");
    if (x.tag == RT_INT && (x.data == 0 || x.data == 1)) return x;
    if (x.tag == RT_INT && x.data == -1) return rt_from_int(is_odd(y) ? -1 : 1);
    if (y.tag == RT_BIGINT) rt_raise_too_large(at, "expt");
    RtIntegerView x_view, one_view;
    mpz_srcptr numerator, denominator;
    if (x.tag == RT_RATIO) {
        numerator = mpq_numref(rt_as_ratio(x)->q);
        denominator = mpq_denref(rt_as_ratio(x)->q);
    } else {
        numerator = rt_view_integer_borrow(x, &x_view);
        denominator = rt_view_integer_borrow(rt_from_int(1), &one_view);
    }
    uint64_t exponent = rt_magnitude(y.data);
    if (fmax(bits_of(numerator), bits_of(denominator)) * (double)exponent >= (double)RT_MAX_INTEGER_BITS)
        rt_raise_too_large(at, "expt");
    double result_bytes = fmax(bits_of(numerator), bits_of(denominator)) * (double)exponent / 8;
    if (!rt_ask_memory((size_t)result_bytes * RT_GMP_WORK)) rt_raise_out_of_memory(at);
    return power_of_ratio(numerator, denominator, exponent, inverse);
}

/* ---- expt: floats ---------------------------------------------------------------------------------------------- */

/* |x|^y for a bigint or ratio x beyond the doubles. */
static double power_of_huge_borrow(RtValue x, double y)
{
    long exponent, denominator_exponent = 0;
    long double mantissa;
    if (x.tag == RT_BIGINT) {
        mantissa = mpz_get_d_2exp(&exponent, rt_as_bigint(x)->z);
    } else {
        mantissa = mpz_get_d_2exp(&exponent, mpq_numref(rt_as_ratio(x)->q));
        mantissa /= mpz_get_d_2exp(&denominator_exponent, mpq_denref(rt_as_ratio(x)->q));
    }
    return (double)exp2l((log2l(fabsl(mantissa)) + (long double)(exponent - denominator_exponent)) * y);
}

static double float_power_borrow(RtValue x, RtValue y)
{
    double base = rt_number_to_double_borrow(x), exponent = rt_number_to_double_borrow(y);
    if (y.tag == RT_INT && y.data == 2) return base * base; /* as compiled code has it */
    if (rt_is_integer_value(y)) { /* the nearest double need not be odd when y is */
        double power = pow(fabs(base), exponent);
        return signbit(base) && is_odd(y) ? -power : power;
    }
    bool is_beyond = (x.tag == RT_BIGINT || x.tag == RT_RATIO) && !isnormal(base);
    if (!is_beyond || !isfinite(exponent)) return pow(base, exponent);
    if (!signbit(base)) return power_of_huge_borrow(x, exponent);
    if (exponent != trunc(exponent)) return NAN;
    return copysign(power_of_huge_borrow(x, exponent), fmod(exponent, 2) != 0 ? -1.0 : 1.0);
}

RtValue rt_expt(RtValue x, RtValue y, const RtPlace *at)
{
    int64_t power;
    bool are_words = x.tag == RT_INT && y.tag == RT_INT && y.data >= 0;
    if (are_words && power_of_words(x.data, y.data, &power)) return rt_from_int(power);
    RtValue args[] = {x, y};
    RtOperands owned RT_OWNED_OPERANDS = {args, 0, 2};
    rt_check_numbers_borrow(args, 2, "expt", at);
    if (x.tag == RT_FLOAT || !rt_is_integer_value(y)) return rt_from_float(float_power_borrow(x, y));
    return exact_power_borrow(x, y, at);
}
