/* Exact fractions: arithmetic with at least one ratio operand, quotients of integers, comparison of exact numbers.
 *
 * Input: ints, bigints and ratios.  Output: a reduced ratio, or the integer when the denominator comes out as 1, so
 * that equal exact numbers always have the same type.  As in integer.c a ratio that nobody else holds gives its
 * storage to the result.
 */
#include "ratio_small.h"

typedef struct RatioView {
    RtIntegerView integer;
    mp_limb_t one;
    mpq_t q;
} RatioView;

static mpq_srcptr view_ratio_borrow(RtValue v, RatioView *view)
{
    if (v.tag == RT_RATIO) return rt_as_ratio(v)->q;
    view->one = 1;
    *mpq_numref(view->q) = *rt_view_integer_borrow(v, &view->integer); /* shares the limbs */
    mpz_roinit_n(mpq_denref(view->q), &view->one, 1);
    return view->q;
}

static void release_ratio(void *object)
{
    RtRatio *ratio = object;
    if (!rt_ratio_is_small(ratio)) mpq_clear(ratio->q);
    rt_free(ratio, sizeof *ratio);
}

static enum RtOrder compare_ratios(RtValue a, RtValue b)
{
    RatioView a_view, b_view;
    enum RtOrder order;
    if (rt_small_ratio_compare(a, b, &order)) return order;
    return rt_order_of_sign(mpq_cmp(view_ratio_borrow(a, &a_view), view_ratio_borrow(b, &b_view)));
}

const RtRatioOps *rt_ratio_ops;

void rt_ratio_prepare(void)
{
    static const RtRatioOps ops = {.release = release_ratio,
                                   .write = rt_write_ratio_borrow,
                                   .to_double = rt_ratio_to_double_borrow,
                                   .arith = rt_ratio_arith,
                                   .neg = rt_ratio_neg,
                                   .compare = compare_ratios,
                                   .compare_float = rt_compare_ratio_float_borrow};
    rt_ratio_ops = &ops;
}

static RtRatio *make_ratio(void) /* its q is not initialised */
{
    rt_ratio_prepare();
    RtRatio *ratio = rt_alloc(sizeof *ratio);
    ratio->count = 1;
    ratio->info = 0;
    return ratio;
}

/* The object for a large result: a unique operand of GMP's, which is then taken from its variable, or a new one. */
static RtRatio *claim_ratio(RtValue *a, RtValue *b)
{
    RtValue *operands[] = {a, b};
    for (int i = 0; i < 2; i++) {
        RtValue v = *operands[i];
        if (v.tag == RT_RATIO && rt_is_unique(v) && !rt_ratio_is_small(rt_as_ratio(v))) {
            *operands[i] = rt_nil();
            return rt_as_ratio(v);
        }
    }
    RtRatio *ratio = make_ratio();
    mpq_init(ratio->q);
    return ratio;
}

static bool is_whole(mpq_srcptr q) { return mpz_cmp_ui(mpq_denref(q), 1) == 0; }

static RtValue integer_of_whole(mpq_t q) /* takes q over */
{
    mpz_t numerator = {*mpq_numref(q)};
    mpz_clear(mpq_denref(q));
    return rt_integer_from_mpz(numerator);
}

static RtValue settle_ratio(RtRatio *ratio)
{
    if (!is_whole(ratio->q)) return rt_from_object(RT_RATIO, ratio);
    RtValue integer = integer_of_whole(ratio->q);
    rt_free(ratio, sizeof *ratio);
    return integer;
}

RtValue rt_ratio_from_mpq(mpq_t q)
{
    if (is_whole(q)) return integer_of_whole(q);
    RtRatio *ratio = make_ratio();
    ratio->q[0] = q[0];
    return rt_from_object(RT_RATIO, ratio);
}

RtValue rt_ratio_of_integers(RtValue numerator, RtValue denominator)
{
    RtIntegerView n_view, d_view;
    RtValue small;
    mpq_t q;
    rt_ratio_prepare();
    if (rt_small_ratio_of(numerator, denominator, &small)) return small;
    mpz_init_set(mpq_numref(q), rt_view_integer_borrow(numerator, &n_view));
    mpz_init_set(mpq_denref(q), rt_view_integer_borrow(denominator, &d_view));
    rt_drop(numerator);
    rt_drop(denominator);
    mpq_canonicalize(q);
    return rt_ratio_from_mpq(q);
}

RtValue rt_ratio_arith(enum RtArithOp op, RtValue a, RtValue b)
{
    RatioView a_view, b_view;
    RtValue small;
    if (rt_small_ratio_arith(op, a, b, &small)) return small;
    mpq_srcptr x = view_ratio_borrow(a, &a_view);
    mpq_srcptr y = view_ratio_borrow(b, &b_view);
    RtRatio *result = claim_ratio(&a, &b); /* x and y stay valid: a claimed operand lives on as the result */
    switch (op) {
    case RT_OP_ADD: mpq_add(result->q, x, y); break;
    case RT_OP_SUB: mpq_sub(result->q, x, y); break;
    case RT_OP_MUL: mpq_mul(result->q, x, y); break;
    case RT_OP_DIV: mpq_div(result->q, x, y); break;
    }
    rt_drop(a);
    rt_drop(b);
    return settle_ratio(result);
}

RtValue rt_ratio_neg(RtValue a)
{
    RtValue none = rt_nil();
    mpq_srcptr x = rt_as_ratio(a)->q;
    RtRatio *result = claim_ratio(&a, &none);
    mpq_neg(result->q, x);
    rt_drop(a);
    return rt_from_object(RT_RATIO, result);
}

enum RtOrder rt_compare_exact_borrow(RtValue a, RtValue b)
{
    if (a.tag == RT_INT && b.tag == RT_INT) return rt_order_of_sign((a.data > b.data) - (a.data < b.data));
    if (a.tag == RT_RATIO || b.tag == RT_RATIO) return rt_ratio_ops->compare(a, b);
    RtIntegerView a_view, b_view;
    return rt_order_of_sign(mpz_cmp(rt_view_integer_borrow(a, &a_view), rt_view_integer_borrow(b, &b_view)));
}
