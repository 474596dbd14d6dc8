/* Integer division: quotient and remainder truncate, modulo floors (language.md 16).
 *
 * Operands are consumed.  Two ints take the fast path; INT64_MIN / -1 is the one pair of them whose quotient does not fit.
 */
#include "number.h"

#include <limits.h>

enum Division { QUOTIENT, REMAINDER, MODULO };
static const char *const names[] = {"quotient", "remainder", "modulo"};

static bool is_integer(RtValue v) { return v.tag == RT_INT || v.tag == RT_BIGINT; }

static RtValue divide_big(enum Division operation, RtValue a, RtValue b)
{
    RtIntegerView view_a, view_b;
    mpz_srcptr x = rt_view_integer_borrow(a, &view_a);
    mpz_srcptr y = rt_view_integer_borrow(b, &view_b);
    mpz_t result;
    mpz_init(result);
    switch (operation) {
    case QUOTIENT: mpz_tdiv_q(result, x, y); break;
    case REMAINDER: mpz_tdiv_r(result, x, y); break;
    case MODULO: mpz_fdiv_r(result, x, y); break;
    }
    rt_drop(a);
    rt_drop(b);
    return rt_integer_from_mpz(result);
}

static RtValue divide(enum Division operation, RtValue a, RtValue b, const RtPlace *at)
{
    if (!is_integer(a) || !is_integer(b)) {
        RtValue wrong = is_integer(a) ? b : a;
        rt_drop(is_integer(a) ? a : b);
        rt_raise_type(at, names[operation], "an integer", wrong);
    }
    if (b.tag == RT_INT && b.data == 0) {
        rt_drop(a);
        rt_raise_message(at, "%s: division by zero", names[operation]);
    }
    if (a.tag != RT_INT || b.tag != RT_INT || (a.data == INT64_MIN && b.data == -1)) return divide_big(operation, a, b);
    int64_t remainder = a.data % b.data;
    if (operation == QUOTIENT) return rt_from_int(a.data / b.data);
    if (operation == MODULO && remainder != 0 && (remainder < 0) != (b.data < 0)) remainder += b.data;
    return rt_from_int(remainder);
}

RtValue rt_quotient(RtValue a, RtValue b, const RtPlace *at) { return divide(QUOTIENT, a, b, at); }
RtValue rt_remainder(RtValue a, RtValue b, const RtPlace *at) { return divide(REMAINDER, a, b, at); }
RtValue rt_modulo(RtValue a, RtValue b, const RtPlace *at) { return divide(MODULO, a, b, at); }
