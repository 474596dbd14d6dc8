/* Exact integers: the part of the number tower in which an int may grow into a bigint and a bigint shrink back.
 *
 * Input: ints and bigints, owned unless the name says otherwise.  Output: an int whenever the value fits 64 bits, else
 * a bigint, so that equal integers always have the same type.  The result goes into an operand's own mpz when nobody
 * else holds that operand: a loop that accumulates a large number allocates nothing.
 */
#include "internal.h"
#include "number.h"
#include <stdlib.h>

_Static_assert(GMP_LIMB_BITS == 64 && sizeof(long) == 8, "ints are converted to and from mpz as single limbs");

/* ---- memory ---------------------------------------------------------------------------------------------------- */

static void *gmp_allocate(size_t size_bytes)
{
    void *block = rt_malloc(size_bytes);
    return block;
}

static void *gmp_reallocate(void *block, size_t old_size_bytes, size_t size_bytes)
{
    (void)old_size_bytes;
    void *larger = rt_realloc(block, size_bytes);
    return larger;
}

static void gmp_release(void *block, size_t size_bytes)
{
    (void)size_bytes;
    free(block);
}

void rt_integer_init(void) { mp_set_memory_functions(gmp_allocate, gmp_reallocate, gmp_release); }

/* ---- objects --------------------------------------------------------------------------------------------------- */

const RtBigintOps *rt_bigint_ops;

static void release_bigint(void *object)
{
    RtBigint *bigint = object;
    mpz_clear(bigint->z);
    rt_free(bigint, sizeof *bigint);
}

void rt_bigint_prepare(void)
{
    static const RtBigintOps ops = {.release = release_bigint, .write = rt_write_bigint_borrow};
    rt_bigint_ops = &ops;
}

static RtBigint *make_bigint(void) /* its z is not initialised */
{
    rt_bigint_prepare();
    RtBigint *bigint = rt_alloc(sizeof *bigint);
    bigint->count = 1;
    bigint->info = 0;
    return bigint;
}

/* The object for the result: a unique operand, which is then taken from its variable, or a new one. */
static RtBigint *claim_bigint(RtValue *a, RtValue *b)
{
    RtValue *operands[] = {a, b};
    for (int i = 0; i < 2; i++) {
        RtValue v = *operands[i];
        if (v.tag == RT_BIGINT && rt_is_unique(v)) {
            *operands[i] = rt_nil();
            return rt_as_bigint(v);
        }
    }
    RtBigint *bigint = make_bigint();
    mpz_init(bigint->z);
    return bigint;
}

static RtValue settle_bigint(RtBigint *bigint) /* shrinks to an int when the value fits */
{
    if (!mpz_fits_slong_p(bigint->z)) return rt_from_object(RT_BIGINT, bigint);
    int64_t n = mpz_get_si(bigint->z);
    mpz_clear(bigint->z);
    rt_free(bigint, sizeof *bigint);
    return rt_from_int(n);
}

RtValue rt_integer_from_mpz(mpz_t z)
{
    if (mpz_fits_slong_p(z)) {
        int64_t n = mpz_get_si(z);
        mpz_clear(z);
        return rt_from_int(n);
    }
    RtBigint *bigint = make_bigint();
    bigint->z[0] = z[0];
    return rt_from_object(RT_BIGINT, bigint);
}

mpz_srcptr rt_view_integer_borrow(RtValue v, RtIntegerView *view)
{
    if (v.tag == RT_BIGINT) return rt_as_bigint(v)->z;
    uint64_t bits = (uint64_t)v.data;
    view->limb = v.data < 0 ? 0 - bits : bits;
    return mpz_roinit_n(view->z, &view->limb, v.data < 0 ? -1 : v.data > 0);
}

RtValue rt_integer_arith(enum RtArithOp op, RtValue a, RtValue b)
{
    RtIntegerView a_view, b_view;
    mpz_srcptr x = rt_view_integer_borrow(a, &a_view);
    mpz_srcptr y = rt_view_integer_borrow(b, &b_view);
    RtBigint *result = claim_bigint(&a, &b); /* x and y stay valid: a claimed operand lives on as the result */
    switch (op) {
    case RT_OP_ADD: mpz_add(result->z, x, y); break;
    case RT_OP_SUB: mpz_sub(result->z, x, y); break;
    case RT_OP_MUL: mpz_mul(result->z, x, y); break;
    case RT_OP_DIV: rt_internal_error("rt_integer_arith: division");
    }
    rt_drop(a);
    rt_drop(b);
    return settle_bigint(result);
}

RtValue rt_integer_div(RtValue a, RtValue b)
{
    RtIntegerView a_view, b_view;
    mpz_srcptr x = rt_view_integer_borrow(a, &a_view);
    mpz_srcptr y = rt_view_integer_borrow(b, &b_view);
    bool are_words = a.tag == RT_INT && b.tag == RT_INT; /* small quotients have a way of their own */
    if (are_words || !mpz_divisible_p(x, y)) return rt_ratio_of_integers(a, b);
    RtBigint *result = claim_bigint(&a, &b);
    mpz_divexact(result->z, x, y);
    rt_drop(a);
    rt_drop(b);
    return settle_bigint(result);
}

RtValue rt_integer_neg(RtValue a) { return rt_integer_arith(RT_OP_SUB, rt_from_int(0), a); }

RtValue rt_read_integer(const char *digits, bool negative)
{
    mpz_t z;
    mpz_init_set_str(z, digits, 10);
    if (negative) mpz_neg(z, z);
    return rt_integer_from_mpz(z);
}
