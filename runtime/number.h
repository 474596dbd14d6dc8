/* What the files of the number tower share: integer.c, ratio.c, float.c below, arith_slow.c, arith_n.c and the
 * files of the numeric functions (numeric.c and others) above.
 *
 * Type order: an operation with a float operand is done in floats, else with a ratio operand in ratios, else in
 * integers.  The functions here take numbers only; arith_slow.c has checked the operands and the zero divisor, so
 * nothing here raises.
 *
 * A view makes an int look like an mpz (or any exact number like an mpq) without allocation.  It borrows: it is valid
 * as long as both the value and the view structure are, and must not be cleared.
 */
#ifndef CONSAIR_NUMBER_H
#define CONSAIR_NUMBER_H

#include "consair_rt.h"

enum RtArithOp { RT_OP_ADD, RT_OP_SUB, RT_OP_MUL, RT_OP_DIV };

static inline bool rt_is_number_value(RtValue v)
{
    return v.tag == RT_INT || v.tag == RT_FLOAT || v.tag == RT_BIGINT || v.tag == RT_RATIO;
}
static inline bool rt_is_exact_zero(RtValue v) { return v.tag == RT_INT && v.data == 0; }
static inline enum RtOrder rt_order_of_sign(int sign) { return sign < 0 ? RT_LESS : sign > 0 ? RT_GREATER : RT_EQUAL; }

static inline bool rt_is_integer_value(RtValue v) { return v.tag == RT_INT || v.tag == RT_BIGINT; }
static inline uint64_t rt_magnitude(int64_t n) { return n < 0 ? 0 - (uint64_t)n : (uint64_t)n; }

/* Binary: shifts and subtractions.  A division first, where one is much larger. */
static inline uint64_t rt_gcd_of_words(uint64_t a, uint64_t b)
{
    enum { MUCH = 5 }; /* bits */
    if (b != 0 && a >> MUCH > b) a %= b;
    else if (a != 0 && b >> MUCH > a) b %= a;
    if (a == 0 || b == 0) return a | b;
    int shift = __builtin_ctzl(a | b);
    a >>= __builtin_ctzl(a);
    while (b != 0) {
        b >>= __builtin_ctzl(b);
        uint64_t smaller = a < b ? a : b;
        b = a < b ? b - a : a - b;
        a = smaller;
    }
    return a << shift;
}

/* ---- numeric.c ---- */
/* Raises for the first operand that is no number (no integer).  Owned operands: see RT_OWNED_OPERANDS in operands.h. */
void rt_check_numbers_borrow(const RtValue *args, int64_t count, const char *who, const RtPlace *at);
void rt_check_integers_borrow(const RtValue *args, int64_t count, const char *who, const RtPlace *at);

/* A larger result is an error and not an attempt: GMP can only abort when memory or its size field does not suffice. */
#define RT_FEW_LIMBS 4096 /* so few are there, or the process ends (shortage.c) */
#define RT_GMP_WORK 6 /* times the size of the operands: what an operation takes at most, its result included */
#define RT_MAX_INTEGER_BITS ((int64_t)1 << 32)
RT_NORETURN void rt_raise_too_large(const RtPlace *at, const char *who);

/* What code for values of every type does with bigints and ratios.  Whoever makes the first one sets the pointer, NULL
 * before.  So an executable that cannot make any links neither these functions nor GMP: a reference from the code that
 * prints or drops values would link them all. */
typedef struct RtBigintOps {
    void (*release)(void *object); /* its count is zero */
    void (*write)(RtText *out, RtValue borrowed);
} RtBigintOps;
typedef struct RtRatioOps {
    void (*release)(void *object);
    void (*write)(RtText *out, RtValue borrowed);
    double (*to_double)(RtValue borrowed);
    RtValue (*arith)(enum RtArithOp op, RtValue a, RtValue b); /* rt_ratio_arith */
    RtValue (*neg)(RtValue a);
    enum RtOrder (*compare)(RtValue a, RtValue b); /* borrowed, both exact */
    enum RtOrder (*compare_float)(RtValue a, double x); /* borrowed, x finite */
} RtRatioOps;
extern const RtBigintOps *rt_bigint_ops;
extern const RtRatioOps *rt_ratio_ops;

/* ---- integer.c ---- */
typedef struct RtIntegerView {
    mp_limb_t limb;
    mpz_t z;
} RtIntegerView;
mpz_srcptr rt_view_integer_borrow(RtValue v, RtIntegerView *view); /* int or bigint */
RtValue rt_integer_arith(enum RtArithOp op, RtValue a, RtValue b); /* not RT_OP_DIV */
RtValue rt_integer_div(RtValue a, RtValue b); /* b is not 0; may give a ratio */
RtValue rt_integer_neg(RtValue a);
RtValue rt_read_integer(const char *digits, bool negative); /* NUL-terminated decimal digits, any number of them */

/* ---- ratio.c ---- */
RtValue rt_ratio_arith(enum RtArithOp op, RtValue a, RtValue b); /* exact numbers; RT_OP_DIV: b is not 0 */
RtValue rt_ratio_neg(RtValue a);
RtValue rt_ratio_of_integers(RtValue numerator, RtValue denominator); /* denominator not 0; an integer if it divides */
enum RtOrder rt_compare_exact_borrow(RtValue a, RtValue b);
double rt_ratio_to_double_borrow(RtValue ratio);
enum RtOrder rt_compare_ratio_float_borrow(RtValue ratio, double x);

/* ---- number_text.c ---- */
void rt_write_bigint_borrow(RtText *out, RtValue bigint);
void rt_write_ratio_borrow(RtText *out, RtValue ratio);

/* ---- float.c ---- */
double rt_number_to_double_borrow(RtValue v); /* nearest double, ties to even; infinite beyond the largest */
RtValue rt_float_arith(enum RtArithOp op, double x, double y);
enum RtOrder rt_compare_borrow(RtValue a, RtValue b); /* numbers of any type, by exact value */

/* ---- arith_slow.c: whatever the fast paths of hot_arith.c do not do ---- */
RT_RARE rt_neg_rare(RtValue a);
RT_FAIL rt_neg_fail(RtValue a, const RtPlace *at);
RT_RARE rt_add_rare(RtValue a, RtValue b);
RT_FAIL rt_add_fail(RtValue a, RtValue b, const RtPlace *at);
RT_RARE rt_sub_rare(RtValue a, RtValue b);
RT_FAIL rt_sub_fail(RtValue a, RtValue b, const RtPlace *at);
RT_RARE rt_mul_rare(RtValue a, RtValue b);
RT_FAIL rt_mul_fail(RtValue a, RtValue b, const RtPlace *at);
RT_RARE rt_div_rare(RtValue a, RtValue b);
RT_FAIL rt_div_fail(RtValue a, RtValue b, const RtPlace *at);
RT_RARE rt_num_eq_rare(RtValue a, RtValue b);
RT_FAIL rt_num_eq_fail(RtValue a, RtValue b, const RtPlace *at);
RT_RARE rt_lt_rare(RtValue a, RtValue b);
RT_FAIL rt_lt_fail(RtValue a, RtValue b, const RtPlace *at);
RT_RARE rt_gt_rare(RtValue a, RtValue b);
RT_FAIL rt_gt_fail(RtValue a, RtValue b, const RtPlace *at);
RT_RARE rt_lte_rare(RtValue a, RtValue b);
RT_FAIL rt_lte_fail(RtValue a, RtValue b, const RtPlace *at);
RT_RARE rt_gte_rare(RtValue a, RtValue b);
RT_FAIL rt_gte_fail(RtValue a, RtValue b, const RtPlace *at);

#endif
