/* Ranges of ints: what arithmetic makes of them, and what comparisons say about them.
 *
 * Everything is computed in 128 bits, where nothing here overflows; what leaves the range of an int is a bigint.
 */
#include "types_internal.h"

#include <limits.h>

typedef __int128 Wide;

static Wide least(Wide a, Wide b) { return a < b ? a : b; }
static Wide greatest(Wide a, Wide b) { return a > b ? a : b; }
static Wide magnitude(Wide a) { return a < 0 ? -a : a; }

/* The hull of the four values that an operation gives at the ends of two ranges: right where it is monotone in each. */
static CoreType of_corners(Wide (*operation)(Wide, Wide), const CoreType *a, const CoreType *b)
{
    Wide corners[4] = {operation(a->lo, b->lo), operation(a->lo, b->hi), operation(a->hi, b->lo),
                       operation(a->hi, b->hi)};
    Wide lo = corners[0], hi = corners[0];
    for (int i = 1; i < 4; i++) {
        lo = least(lo, corners[i]);
        hi = greatest(hi, corners[i]);
    }
    return type_integer(lo, hi);
}

static Wide multiply(Wide a, Wide b) { return a * b; }
/* Of 64-bit ends: a division of 128 bits would need a support library, which the executables do not have. */
static Wide divide(Wide a, Wide b) { return b == -1 ? -a : (int64_t)a / (int64_t)b; }

static CoreType quotient(const CoreType *a, const CoreType *b)
{
    if (b->lo > 0 || b->hi < 0) return of_corners(divide, a, b);
    Wide most = greatest(magnitude(a->lo), magnitude(a->hi)); /* by 1 or -1 */
    if (b->lo >= 0 && a->lo >= 0) return type_integer(0, a->hi);
    if (b->lo >= 0) return type_integer(a->lo, greatest(a->hi, 0));
    return type_integer(-most, most);
}

static CoreType remainder_of(const CoreType *a, const CoreType *b)
{
    Wide most = greatest(magnitude(b->lo), magnitude(b->hi)) - 1;
    Wide lo = a->lo < 0 ? greatest(-most, a->lo) : 0, hi = a->hi > 0 ? least(most, a->hi) : 0;
    return type_integer(lo, hi);
}

static CoreType modulo(const CoreType *a, const CoreType *b)
{
    if (b->lo >= 0) return type_integer(0, a->lo >= 0 ? least(a->hi, (Wide)b->hi - 1) : (Wide)b->hi - 1);
    return type_integer((Wide)b->lo + 1, b->hi > 0 ? (Wide)b->hi - 1 : 0);
}

/* All bits up to the highest one that either may have. */
static Wide all_bits(Wide most)
{
    Wide bits = 1;
    while (bits <= most) bits *= 2;
    return bits - 1;
}

static CoreType bitwise(int primitive, const CoreType *a, const CoreType *b)
{
    if (primitive == PRIM_bitwise_and && (a->lo >= 0 || b->lo >= 0)) {
        Wide hi = a->lo < 0 ? b->hi : b->lo < 0 ? a->hi : least(a->hi, b->hi);
        return type_integer(0, hi);
    }
    if (a->lo >= 0 && b->lo >= 0) return type_integer(0, all_bits(greatest(a->hi, b->hi)));
    return type_int(INT64_MIN, INT64_MAX);
}

static CoreType shift(const CoreType *a, const CoreType *b)
{
    if (b->hi <= 0 && a->lo >= 0) return type_integer(0, b->hi > -64 ? a->hi >> -b->hi : 0);
    if (b->hi <= 0) return type_int(a->lo < 0 ? a->lo : 0, a->hi > 0 ? a->hi : 0);
    if (b->hi > 62) return type_tags(TAGS_INTEGER);
    Wide most = (Wide)1 << b->hi, lo = least(a->lo * most, a->lo), hi = greatest(a->hi * most, a->hi);
    return b->lo < 0 ? type_integer(least(lo, 0), greatest(hi, 0)) : type_integer(lo, hi);
}

static CoreType absolute(const CoreType *a)
{
    Wide lo = a->lo > 0 ? a->lo : a->hi < 0 ? -(Wide)a->hi : 0;
    return type_integer(lo, greatest(magnitude(a->lo), magnitude(a->hi)));
}

CoreType type_int_prim(int primitive, const CoreType *a, const CoreType *b)
{
    switch (primitive) {
    case PRIM_add: return type_integer((Wide)a->lo + b->lo, (Wide)a->hi + b->hi);
    case PRIM_sub: return type_integer((Wide)a->lo - b->hi, (Wide)a->hi - b->lo);
    case PRIM_mul: return of_corners(multiply, a, b);
    case PRIM_neg: return type_integer(-(Wide)a->hi, -(Wide)a->lo);
    case PRIM_abs: return absolute(a);
    case PRIM_quotient: return quotient(a, b);
    case PRIM_remainder: return remainder_of(a, b);
    case PRIM_modulo: return modulo(a, b);
    case PRIM_min: return type_integer(least(a->lo, b->lo), least(a->hi, b->hi));
    case PRIM_max: return type_integer(greatest(a->lo, b->lo), greatest(a->hi, b->hi));
    case PRIM_bitwise_and:
    case PRIM_bitwise_ior:
    case PRIM_bitwise_xor: return bitwise(primitive, a, b);
    case PRIM_bitwise_not: return type_integer(-(Wide)a->hi - 1, -(Wide)a->lo - 1);
    case PRIM_arithmetic_shift: return shift(a, b);
    default: rt_internal_error("type_int_prim: no arithmetic on ints");
    }
}

/* ---- comparisons ------------------------------------------------------------------------------------------------- */

bool prim_relation(int primitive, enum Relation *relation)
{
    switch (primitive) {
    case PRIM_lt: *relation = RELATION_LT; return true;
    case PRIM_lte: *relation = RELATION_LTE; return true;
    case PRIM_gt: *relation = RELATION_GT; return true;
    case PRIM_gte: *relation = RELATION_GTE; return true;
    case PRIM_num_eq: *relation = RELATION_EQ; return true;
    default: return false;
    }
}

enum Relation relation_negated(enum Relation relation)
{
    static const enum Relation negated[] = {
        [RELATION_LT] = RELATION_GTE, [RELATION_LTE] = RELATION_GT, [RELATION_GT] = RELATION_LTE,
        [RELATION_GTE] = RELATION_LT, [RELATION_EQ] = RELATION_NE,  [RELATION_NE] = RELATION_EQ};
    return negated[relation];
}

static CoreType between(Wide lo, Wide hi) { return lo > hi ? type_none() : type_integer(lo, hi); }

/* a <= b - gap */
static void order(CoreType *a, CoreType *b, int gap)
{
    CoreType was_a = *a, was_b = *b;
    *a = between(was_a.lo, least(was_a.hi, (Wide)was_b.hi - gap));
    *b = between(greatest(was_b.lo, (Wide)was_a.lo + gap), was_b.hi);
}

/* a is not the int that b is known to be */
static void exclude(CoreType *a, const CoreType *b)
{
    if (b->lo != b->hi) return;
    Wide lo = a->lo, hi = a->hi;
    if (lo == b->lo) lo++;
    if (hi == b->lo) hi--;
    *a = between(lo, hi);
}

void type_compare_ints(enum Relation relation, CoreType *a, CoreType *b)
{
    CoreType was_a = *a;
    switch (relation) {
    case RELATION_LT: order(a, b, 1); break;
    case RELATION_LTE: order(a, b, 0); break;
    case RELATION_GT: order(b, a, 1); break;
    case RELATION_GTE: order(b, a, 0); break;
    case RELATION_EQ: *a = *b = between(greatest(a->lo, b->lo), least(a->hi, b->hi)); break;
    case RELATION_NE:
        exclude(a, b);
        exclude(b, &was_a);
        break;
    }
}

int type_decide(enum Relation relation, const CoreType *a, const CoreType *b)
{
    CoreType x = *a, y = *b;
    type_compare_ints(relation, &x, &y);
    if (!x.tags || !y.tags) return 0;
    x = *a;
    y = *b;
    type_compare_ints(relation_negated(relation), &x, &y);
    return !x.tags || !y.tags ? 1 : -1;
}
