/* floor, ceiling, truncate, round: an exact number becomes an integer, a float a whole float.
 *
 * Operands are consumed.  round takes the even neighbour of a number half way between two integers; an exact number is
 * half way if twice its remainder is its denominator.
 */
#include "number.h"

#include <math.h>

enum Rounding { FLOOR, CEILING, TRUNCATE, ROUND };

static double round_float(enum Rounding rounding, double x)
{
    switch (rounding) {
    case FLOOR: return floor(x);
    case CEILING: return ceil(x);
    case TRUNCATE: return trunc(x);
    case ROUND: break;
    }
    return rint(x); /* the rounding mode is never changed: to nearest, ties to even */
}

static void round_half_even(mpz_t result, mpz_srcptr numerator, mpz_srcptr denominator)
{
    mpz_t remainder;
    mpz_init(remainder);
    mpz_fdiv_qr(result, remainder, numerator, denominator);
    mpz_mul_2exp(remainder, remainder, 1);
    int order = mpz_cmp(remainder, denominator);
    if (order > 0 || (order == 0 && mpz_odd_p(result))) mpz_add_ui(result, result, 1);
    mpz_clear(remainder);
}

static RtValue round_ratio(enum Rounding rounding, RtValue ratio)
{
    mpz_srcptr numerator = mpq_numref(rt_as_ratio(ratio)->q), denominator = mpq_denref(rt_as_ratio(ratio)->q);
    mpz_t result;
    mpz_init(result);
    switch (rounding) {
    case FLOOR: mpz_fdiv_q(result, numerator, denominator); break;
    case CEILING: mpz_cdiv_q(result, numerator, denominator); break;
    case TRUNCATE: mpz_tdiv_q(result, numerator, denominator); break;
    case ROUND: round_half_even(result, numerator, denominator); break;
    }
    rt_drop(ratio);
    return rt_integer_from_mpz(result);
}

static RtValue round_number(enum Rounding rounding, RtValue a, const RtPlace *at)
{
    static const char *const names[] = {"floor", "ceiling", "truncate", "round"};
    switch (a.tag) {
    case RT_INT:
    case RT_BIGINT: return a;
    case RT_FLOAT: return rt_from_float(round_float(rounding, rt_float_bits(a)));
    case RT_RATIO: return round_ratio(rounding, a);
    default: rt_raise_type(at, names[rounding], "a number", a);
    }
}

RtValue rt_floor(RtValue a, const RtPlace *at) { return round_number(FLOOR, a, at); }
RtValue rt_ceiling(RtValue a, const RtPlace *at) { return round_number(CEILING, a, at); }
RtValue rt_truncate(RtValue a, const RtPlace *at) { return round_number(TRUNCATE, a, at); }
RtValue rt_round(RtValue a, const RtPlace *at) { return round_number(ROUND, a, at); }
