/* Arithmetic on operands of any type: checks them, drops what an error leaves behind, and dispatches over the types.
 *
 * Input: two owned values of any kind.  Output: an owned number or truth value; or RT_UNBOUND with the operands untouched, and then
 * the function `..._fail` raises the error (RT_RARE).  Since an error skips C frames, the operand that is not
 * blamed is dropped before raising.  The blame goes to the first operand that is no number.
 */
#include "hash.h"
#include "number.h"

static size_t limbs_of(RtValue exact)
{
    if (exact.tag == RT_BIGINT) return mpz_size(rt_as_bigint(exact)->z);
    if (exact.tag == RT_INT) return 1;
    return mpz_size(mpq_numref(rt_as_ratio(exact)->q)) + mpz_size(mpq_denref(rt_as_ratio(exact)->q));
}

/* Two exact numbers are multiplied (all arithmetic on ratios does so) to more than an integer may have. */
static bool is_too_large(enum RtArithOp op, RtValue a, RtValue b)
{
    if (op != RT_OP_MUL && a.tag != RT_RATIO && b.tag != RT_RATIO) return false;
    return limbs_of(a) + limbs_of(b) > RT_MAX_INTEGER_BITS / GMP_LIMB_BITS + 1;
}

/* Is there memory for the result, and for what GMP needs on the way? */
static bool has_memory_for(RtValue a, RtValue b)
{
    size_t limbs = limbs_of(a) + limbs_of(b);
    return RT_LIKELY(limbs < RT_FEW_LIMBS) || rt_ask_memory(limbs * sizeof(mp_limb_t) * RT_GMP_WORK);
}

static RtValue raises(void) { return rt_make(RT_UNBOUND, 0); }

static RtValue float_arith(enum RtArithOp op, RtValue a, RtValue b)
{
    double x = rt_number_to_double_borrow(a), y = rt_number_to_double_borrow(b);
    rt_drop(a);
    rt_drop(b);
    return rt_float_arith(op, x, y);
}

/* All but the arithmetic of two integers: true when *result is there.  What divides integers would bring ratios into programs
 * that only add. */
static bool arith_mixed(enum RtArithOp op, RtValue a, RtValue b, RtValue *result)
{
    if (RT_UNLIKELY(!rt_is_number_value(a) || !rt_is_number_value(b))) *result = raises();
    else if (a.tag == RT_FLOAT || b.tag == RT_FLOAT) *result = float_arith(op, a, b);
    else if (op == RT_OP_DIV && rt_is_exact_zero(b)) *result = raises();
    else if (RT_UNLIKELY(is_too_large(op, a, b)) || !has_memory_for(a, b)) *result = raises();
    else if (a.tag == RT_RATIO || b.tag == RT_RATIO) *result = rt_ratio_ops->arith(op, a, b);
    else return false;
    return true;
}

static RtValue arith(enum RtArithOp op, RtValue a, RtValue b)
{
    RtValue result;
    return arith_mixed(op, a, b, &result) ? result : rt_integer_arith(op, a, b);
}

RtValue rt_add_rare(RtValue a, RtValue b) { return arith(RT_OP_ADD, a, b); }
RtValue rt_sub_rare(RtValue a, RtValue b) { return arith(RT_OP_SUB, a, b); }
RtValue rt_mul_rare(RtValue a, RtValue b) { return arith(RT_OP_MUL, a, b); }
RtValue rt_div_rare(RtValue a, RtValue b)
{
    RtValue result;
    return arith_mixed(RT_OP_DIV, a, b, &result) ? result : rt_integer_div(a, b);
}

RT_NORETURN static void raise_operand(RtValue a, RtValue b, const char *who, const RtPlace *at)
{
    bool is_first = !rt_is_number_value(a);
    rt_drop(is_first ? b : a);
    rt_raise_type(at, who, "a number", is_first ? a : b);
}

RT_NORETURN static void fail(enum RtArithOp op, RtValue a, RtValue b, const RtPlace *at)
{
    static const char *const names[] = {"+", "-", "*", "/"};
    if (!rt_is_number_value(a) || !rt_is_number_value(b)) raise_operand(a, b, names[op], at);
    bool is_by_zero = op == RT_OP_DIV && rt_is_exact_zero(b), is_large = !is_by_zero && is_too_large(op, a, b);
    rt_drop(a);
    rt_drop(b);
    if (is_by_zero) rt_raise_message(at, "division by zero");
    if (is_large) rt_raise_too_large(at, names[op]);
    rt_raise_out_of_memory(at);
}

void rt_add_fail(RtValue a, RtValue b, const RtPlace *at) { fail(RT_OP_ADD, a, b, at); }
void rt_sub_fail(RtValue a, RtValue b, const RtPlace *at) { fail(RT_OP_SUB, a, b, at); }
void rt_mul_fail(RtValue a, RtValue b, const RtPlace *at) { fail(RT_OP_MUL, a, b, at); }
void rt_div_fail(RtValue a, RtValue b, const RtPlace *at) { fail(RT_OP_DIV, a, b, at); }

static RtValue beyond_int(enum RtArithOp op, int64_t a, int64_t b)
{
    return rt_integer_arith(op, rt_from_int(a), rt_from_int(b));
}

RtValue rt_add_overflow(int64_t a, int64_t b) { return beyond_int(RT_OP_ADD, a, b); }
RtValue rt_sub_overflow(int64_t a, int64_t b) { return beyond_int(RT_OP_SUB, a, b); }
RtValue rt_mul_overflow(int64_t a, int64_t b) { return beyond_int(RT_OP_MUL, a, b); }

RtValue rt_neg_rare(RtValue a)
{
    switch (a.tag) {
    case RT_INT:
    case RT_BIGINT: return rt_integer_neg(a);
    case RT_RATIO: return rt_ratio_ops->neg(a);
    case RT_FLOAT: return rt_from_float(-rt_float_bits(a));
    default: return raises();
    }
}

void rt_neg_fail(RtValue a, const RtPlace *at) { rt_raise_type(at, "-", "a number", a); }

/* `holds`: the outcomes (enum RtOrder) for which the relation is true. */
static RtValue compare(unsigned holds, RtValue a, RtValue b)
{
    if (RT_UNLIKELY(!rt_is_number_value(a) || !rt_is_number_value(b))) return raises();
    bool result = (rt_compare_borrow(a, b) & holds) != 0;
    rt_drop(a);
    rt_drop(b);
    return rt_from_bool(result);
}

RtValue rt_num_eq_rare(RtValue a, RtValue b) { return compare(RT_EQUAL, a, b); }
RtValue rt_lt_rare(RtValue a, RtValue b) { return compare(RT_LESS, a, b); }
RtValue rt_gt_rare(RtValue a, RtValue b) { return compare(RT_GREATER, a, b); }
RtValue rt_lte_rare(RtValue a, RtValue b) { return compare(RT_LESS | RT_EQUAL, a, b); }
RtValue rt_gte_rare(RtValue a, RtValue b) { return compare(RT_GREATER | RT_EQUAL, a, b); }

void rt_num_eq_fail(RtValue a, RtValue b, const RtPlace *at) { raise_operand(a, b, "=", at); }
void rt_lt_fail(RtValue a, RtValue b, const RtPlace *at) { raise_operand(a, b, "<", at); }
void rt_gt_fail(RtValue a, RtValue b, const RtPlace *at) { raise_operand(a, b, ">", at); }
void rt_lte_fail(RtValue a, RtValue b, const RtPlace *at) { raise_operand(a, b, "<=", at); }
void rt_gte_fail(RtValue a, RtValue b, const RtPlace *at) { raise_operand(a, b, ">=", at); }

/* ---- identity: exact type and value --------------------------------------------------------------------------- */

bool rt_number_eqv(RtValue a, RtValue b) { return a.tag == b.tag && rt_compare_borrow(a, b) == RT_EQUAL; }

static uint64_t hash_mpz(mpz_srcptr z, uint64_t seed)
{
    const mp_limb_t *limbs = mpz_limbs_read(z);
    uint64_t hash = rt_mix(seed + (uint64_t)(mpz_sgn(z) + 1));
    for (size_t i = 0; i < mpz_size(z); i++) hash = rt_mix(hash + limbs[i]);
    return hash;
}

uint64_t rt_number_hash(RtValue number)
{
    switch (number.tag) {
    case RT_INT: return rt_hash_int(number.data);
    case RT_BIGINT: return hash_mpz(rt_as_bigint(number)->z, RT_BIGINT);
    case RT_RATIO: {
        mpq_srcptr q = rt_as_ratio(number)->q;
        return hash_mpz(mpq_denref(q), hash_mpz(mpq_numref(q), RT_RATIO));
    }
    default: /* 0.0 and -0.0 are eqv */
        return rt_mix(rt_float_bits(number) == 0 ? RT_FLOAT : rt_mix((uint64_t)number.data) + RT_FLOAT);
    }
}
