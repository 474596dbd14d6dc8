/* Bit operations on integers of any size, which behave like two's complement with endless copies of the sign bit.
 *
 * Operands are consumed, except by bit-count.  Ints are combined in a machine word; from the first bigint on GMP goes
 * on, whose bit functions have the same two's complement view.
 */
#include "number.h"
#include "operands.h"

enum BitOperation { AND, IOR, XOR };

static int64_t combine_words(enum BitOperation operation, int64_t a, int64_t b)
{
    switch (operation) {
    case AND: return a & b;
    case IOR: return a | b;
    case XOR: break;
    }
    return a ^ b;
}

static void combine_big(enum BitOperation operation, mpz_t result, mpz_srcptr operand)
{
    switch (operation) {
    case AND: mpz_and(result, result, operand); break;
    case IOR: mpz_ior(result, result, operand); break;
    case XOR: mpz_xor(result, result, operand); break;
    }
}

static RtValue combine(enum BitOperation operation, RtValue *args, int64_t count, const RtPlace *at)
{
    static const char *const names[] = {"bitwise-and", "bitwise-ior", "bitwise-xor"};
    RtOperands owned RT_OWNED_OPERANDS = {args, 0, count};
    rt_check_integers_borrow(args, count, names[operation], at);
    int64_t word = operation == AND ? -1 : 0;
    int64_t i = 0;
    for (; i < count && args[i].tag == RT_INT; i++) word = combine_words(operation, word, args[i].data);
    if (i == count) return rt_from_int(word);
    mpz_t result;
    mpz_init_set_si(result, word);
    for (; i < count; i++) {
        RtIntegerView view;
        combine_big(operation, result, rt_view_integer_borrow(args[i], &view));
    }
    return rt_integer_from_mpz(result);
}

RtValue rt_bitwise_and(RtValue *args, int64_t count, const RtPlace *at) { return combine(AND, args, count, at); }
RtValue rt_bitwise_ior(RtValue *args, int64_t count, const RtPlace *at) { return combine(IOR, args, count, at); }
RtValue rt_bitwise_xor(RtValue *args, int64_t count, const RtPlace *at) { return combine(XOR, args, count, at); }

RtValue rt_bitwise_not(RtValue a, const RtPlace *at)
{
    if (a.tag == RT_INT) return rt_from_int(~a.data);
    if (a.tag != RT_BIGINT) rt_raise_type(at, "bitwise-not", "an integer", a);
    mpz_t result;
    mpz_init(result);
    mpz_com(result, rt_as_bigint(a)->z);
    rt_drop(a);
    return rt_integer_from_mpz(result);
}

/* ---- shifts ---------------------------------------------------------------------------------------------------- */

static bool shift_word(int64_t n, int64_t k, int64_t *result) /* false: does not fit */
{
    if (k <= 0) {
        *result = n >> (k < -63 ? 63 : -k); /* copies of the sign come in: floor */
        return true;
    }
    if (k > 62) return false;
    *result = (int64_t)((uint64_t)n << k);
    return *result >> k == n;
}

static RtValue shift_borrow(RtValue n, RtValue k, const RtPlace *at)
{
    RtIntegerView view;
    mpz_srcptr z = rt_view_integer_borrow(n, &view);
    if (mpz_sgn(z) == 0) return n;
    if (k.tag == RT_BIGINT) {
        if (mpz_sgn(rt_as_bigint(k)->z) > 0) rt_raise_too_large(at, "arithmetic-shift");
        return rt_from_int(mpz_sgn(z) < 0 ? -1 : 0);
    }
    if (k.data > RT_MAX_INTEGER_BITS || k.data + (int64_t)mpz_sizeinbase(z, 2) > RT_MAX_INTEGER_BITS)
        rt_raise_too_large(at, "arithmetic-shift");
    if (k.data > 0 && !rt_ask_memory((size_t)k.data / 8 * 2)) rt_raise_out_of_memory(at);
    mpz_t result;
    mpz_init(result);
    if (k.data > 0) mpz_mul_2exp(result, z, rt_magnitude(k.data));
    else mpz_fdiv_q_2exp(result, z, rt_magnitude(k.data));
    return rt_integer_from_mpz(result);
}

RtValue rt_arithmetic_shift(RtValue n, RtValue k, const RtPlace *at)
{
    int64_t shifted;
    if (n.tag == RT_INT && k.tag == RT_INT && shift_word(n.data, k.data, &shifted)) return rt_from_int(shifted);
    RtValue args[] = {n, k};
    RtOperands owned RT_OWNED_OPERANDS = {args, 0, 2};
    rt_check_integers_borrow(args, 2, "arithmetic-shift", at);
    return shift_borrow(n, k, at);
}

/* ---- counting -------------------------------------------------------------------------------------------------- */

RtValue rt_bit_count(RtValue a, const RtPlace *at)
{
    if (a.tag == RT_INT) return rt_from_int(__builtin_popcountl((uint64_t)(a.data < 0 ? ~a.data : a.data)));
    if (a.tag != RT_BIGINT) rt_raise_type(at, "bit-count", "an integer", rt_dup(a));
    mpz_srcptr z = rt_as_bigint(a)->z;
    if (mpz_sgn(z) > 0) return rt_from_int((int64_t)mpz_popcount(z));
    mpz_t complement;
    mpz_init(complement);
    mpz_com(complement, z);
    int64_t ones = (int64_t)mpz_popcount(complement);
    mpz_clear(complement);
    return rt_from_int(ones);
}
