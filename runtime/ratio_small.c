/* Ratios of two words: arithmetic without GMP.
 *
 * Nearly all ratios of a program are small, and for these GMP's allocation of two integers, their normalisation and several
 * calls a result take most of the time.  A small ratio keeps both limbs in the object itself; the integers that point to
 * them look to GMP like ones that it may read but did not allocate, so whoever only reads a ratio need not know.
 */
#include "ratio_small.h"

typedef struct Fraction { /* reduced, denominator positive; both no larger than the greatest int */
    int64_t n, d;
} Fraction;

static bool is_word(mpz_srcptr z) { return mpz_size(z) == 1 && mpz_getlimbn(z, 0) <= INT64_MAX; }

static bool fraction_of(RtValue v, Fraction *f)
{
    if (v.tag == RT_INT) {
        *f = (Fraction){v.data, 1};
        return v.data != INT64_MIN;
    }
    if (v.tag != RT_RATIO) return false;
    mpq_srcptr q = rt_as_ratio(v)->q;
    if (!is_word(mpq_numref(q)) || !is_word(mpq_denref(q))) return false;
    int64_t n = (int64_t)mpz_getlimbn(mpq_numref(q), 0);
    *f = (Fraction){mpq_sgn(q) < 0 ? -n : n, (int64_t)mpz_getlimbn(mpq_denref(q), 0)};
    return true;
}

static int64_t gcd(int64_t a, int64_t b)
{
    if (a == 1 || b == 1) return 1;
    return (int64_t)rt_gcd_of_words(rt_magnitude(a), rt_magnitude(b));
}

/* a/b + c/d: with g = gcd(b, d) only g can have factors in common with the numerator (Knuth, volume 2, 4.5.1). */
static bool add(Fraction a, Fraction b, Fraction *sum)
{
    int64_t g = gcd(a.d, b.d), left, right, n, d;
    if (__builtin_mul_overflow(a.n, b.d / g, &left) || __builtin_mul_overflow(b.n, a.d / g, &right)) return false;
    if (__builtin_add_overflow(left, right, &n) || n == INT64_MIN) return false;
    int64_t common = g == 1 ? 1 : gcd(n, g);
    if (__builtin_mul_overflow(a.d / g, b.d / common, &d)) return false;
    *sum = (Fraction){n / common, d};
    return true;
}

static bool multiply(Fraction a, Fraction b, Fraction *product)
{
    int64_t first = gcd(a.n, b.d), second = gcd(b.n, a.d);
    return !__builtin_mul_overflow(a.n / first, b.n / second, &product->n) && product->n != INT64_MIN &&
           !__builtin_mul_overflow(a.d / second, b.d / first, &product->d);
}

static Fraction reciprocal(Fraction f) { return f.n < 0 ? (Fraction){-f.d, -f.n} : (Fraction){f.d, f.n}; }

static bool compute(enum RtArithOp op, Fraction a, Fraction b, Fraction *result)
{
    switch (op) {
    case RT_OP_ADD: return add(a, b, result);
    case RT_OP_SUB: return add(a, (Fraction){-b.n, b.d}, result);
    case RT_OP_MUL: return multiply(a, b, result);
    case RT_OP_DIV: return multiply(a, reciprocal(b), result);
    }
    return false;
}

static void set_word(mpz_ptr z, mp_limb_t *limb, int64_t value)
{
    *limb = rt_magnitude(value);
    z->_mp_alloc = 0;
    z->_mp_size = value < 0 ? -1 : 1;
    z->_mp_d = limb;
}

static RtValue value_of(Fraction f, RtRatio *memory)
{
    if (f.d == 1) {
        if (memory) rt_free(memory, sizeof *memory);
        return rt_from_int(f.n);
    }
    RtRatio *ratio = memory ? memory : rt_alloc(sizeof *ratio);
    ratio->count = 1;
    ratio->info = 0;
    set_word(mpq_numref(ratio->q), &ratio->words[0], f.n);
    set_word(mpq_denref(ratio->q), &ratio->words[1], f.d);
    return rt_from_object(RT_RATIO, ratio);
}

/* The memory of an operand that nobody else holds, or NULL; the operand is then given up. */
static RtRatio *memory_of(RtValue v)
{
    if (v.tag == RT_RATIO && rt_is_unique(v) && rt_ratio_is_small(rt_as_ratio(v))) return rt_as_ratio(v);
    rt_drop(v);
    return NULL;
}

bool rt_small_ratio_arith(enum RtArithOp op, RtValue a, RtValue b, RtValue *result)
{
    Fraction x, y, f;
    if (!fraction_of(a, &x) || !fraction_of(b, &y) || !compute(op, x, y, &f)) return false;
    RtRatio *memory = memory_of(a);
    if (memory) rt_drop(b);
    else memory = memory_of(b);
    *result = value_of(f, memory);
    return true;
}

bool rt_small_ratio_of(RtValue numerator, RtValue denominator, RtValue *result)
{
    Fraction n, d, f;
    if (numerator.tag != RT_INT || denominator.tag != RT_INT || !fraction_of(numerator, &n) ||
        !fraction_of(denominator, &d) || !multiply(n, reciprocal(d), &f))
        return false;
    *result = value_of(f, NULL);
    return true;
}

bool rt_small_ratio_compare(RtValue a, RtValue b, enum RtOrder *order)
{
    Fraction x, y;
    if (!fraction_of(a, &x) || !fraction_of(b, &y)) return false;
    __int128 left = (__int128)x.n * y.d, right = (__int128)y.n * x.d;
    *order = rt_order_of_sign((left > right) - (left < right));
    return true;
}
