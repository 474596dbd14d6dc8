/* What arithmetic makes of types: the numbers that primitives give for numbers of known tags and ranges (see types_prim.c). */
#include "types_internal.h"

#define BIT(name) TAG_BIT(RT_##name)

static CoreType arithmetic(Arena *arena, int primitive, const CoreType *a, const CoreType *b)
{
    CoreType type = type_none();
    if (type_has(a, BIT(INT)) && type_has(b, BIT(INT))) type = type_int_prim(primitive, a, b);
    bool exact = type_has(a, TAGS_EXACT) && type_has(b, TAGS_EXACT);
    if (exact && (type_has(a, BIT(BIGINT) | BIT(RATIO)) || type_has(b, BIT(BIGINT) | BIT(RATIO)))) {
        CoreType big = type_tags(type_has(a, BIT(RATIO)) || type_has(b, BIT(RATIO)) ? TAGS_EXACT : TAGS_INTEGER);
        type = type_join(arena, &type, &big);
    }
    if (type_has(a, BIT(FLOAT)) || type_has(b, BIT(FLOAT))) type.tags |= BIT(FLOAT);
    return type;
}

static CoreType division(const CoreType *a, const CoreType *b)
{
    bool exact = type_has(a, TAGS_EXACT) && type_has(b, TAGS_EXACT);
    CoreType type = exact ? type_tags(TAGS_EXACT) : type_none();
    if (type_has(a, BIT(FLOAT)) || type_has(b, BIT(FLOAT))) type.tags |= BIT(FLOAT);
    return type;
}

static bool is_natural(const CoreType *type) { return type_is_int(type) && type->lo >= 0; }

/* Of operations on integers alone.  A rest is smaller than its divisor, and the bits common with a natural number are no more
 * than it has: both are ints however large the other operand is. */
static CoreType integers(Arena *arena, int primitive, const CoreType *a, const CoreType *b)
{
    CoreType type = type_none(), any_int = type_int(INT64_MIN, INT64_MAX);
    bool is_rest = primitive == PRIM_remainder || primitive == PRIM_modulo;
    if (is_rest && type_is_int(b) && type_has(a, BIT(BIGINT))) return type_int_prim(primitive, &any_int, b);
    if (primitive == PRIM_bitwise_and && is_natural(b)) return type_int(0, b->hi);
    if (primitive == PRIM_bitwise_and && is_natural(a)) return type_int(0, a->hi);
    if (type_has(a, BIT(INT)) && type_has(b, BIT(INT))) type = type_int_prim(primitive, a, b);
    if (!type_has(a, BIT(BIGINT)) && !type_has(b, BIT(BIGINT))) return type;
    CoreType big = type_tags(TAGS_INTEGER);
    return type_join(arena, &type, &big);
}

/* The least or greatest of the operands is one of them. */
static CoreType extreme(Arena *arena, int primitive, const CoreType *args, int count)
{
    CoreType type = args[0];
    for (int i = 1; i < count; i++) {
        if (type_is_int(&type) && type_is_int(&args[i])) type = type_int_prim(primitive, &type, &args[i]);
        else type = type_join(arena, &type, &args[i]);
    }
    return type_keep_tags(type, TAGS_NUMBER);
}

static CoreType folded_integers(Arena *arena, int primitive, const CoreType *args, int count)
{
    if (count == 0) return type_tags(BIT(INT));
    CoreType type = args[0];
    for (int i = 1; i < count; i++) type = integers(arena, primitive, &type, &args[i]);
    return type_keep_tags(type, TAGS_INTEGER);
}

static CoreType unary(Arena *arena, int primitive, const CoreType *a)
{
    CoreType type = type_keep_tags(*a, TAGS_NUMBER & ~BIT(INT));
    if (type_has(&type, BIT(BIGINT))) {
        CoreType any = type_tags(TAGS_INTEGER); /* the least int is the negation of a bigint */
        type = type_join(arena, &type, &any);
    }
    CoreType ints = type_keep_tags(*a, BIT(INT));
    if (ints.tags) ints = type_int_prim(primitive, &ints, &ints);
    return type_join(arena, &type, &ints);
}

static CoreType rounded(Arena *arena, const CoreType *a)
{
    CoreType type = type_keep_tags(*a, BIT(INT) | BIT(FLOAT));
    if (!type_has(a, BIT(BIGINT) | BIT(RATIO))) return type;
    CoreType big = type_tags(TAGS_INTEGER);
    return type_join(arena, &type, &big);
}

static CoreType made_exact(Arena *arena, const CoreType *a)
{
    CoreType type = type_keep_tags(*a, TAGS_EXACT);
    if (!type_has(a, BIT(FLOAT))) return type;
    CoreType exact = type_tags(TAGS_EXACT);
    return type_join(arena, &type, &exact);
}

static CoreType random_number(const CoreType *args, int count)
{
    if (count == 0) return type_tags(BIT(FLOAT));
    if (type_is_int(&args[0]) && args[0].hi > 0) return type_int(0, args[0].hi - 1);
    return type_tags(TAGS_INTEGER);
}

/* Of an int an int, if it is a square; the root of the largest one is ROOT_MAX. */
static CoreType root(const CoreType *a)
{
    enum { ROOT_MAX = 3037000499 };
    if (type_is_float(a)) return type_tags(BIT(FLOAT));
    if (!type_is(a, BIT(INT) | BIT(FLOAT))) return type_tags(TAGS_NUMBER);
    CoreType type = type_int(0, ROOT_MAX);
    type.tags |= BIT(FLOAT);
    return type;
}

static CoreType power(Arena *arena, const CoreType *base, const CoreType *exponent)
{
    enum { SMALL = 8 };
    if (type_is_float(base) || type_is(exponent, BIT(FLOAT) | BIT(RATIO))) return type_tags(BIT(FLOAT));
    if (!type_is(base, TAGS_INTEGER) || !type_is_one_int(exponent) || exponent->lo < 1 || exponent->lo > SMALL)
        return type_tags(TAGS_NUMBER);
    CoreType type = *base;
    for (int64_t i = 1; i < exponent->lo; i++) type = arithmetic(arena, PRIM_mul, &type, base);
    if (exponent->lo % 2 == 0 && type.lo < 0) type.lo = 0;
    return type;
}

/* The greatest common divisor is no greater than either number, unless that is 0. */
static CoreType divisor(const CoreType *a, const CoreType *b)
{
    if (!type_is_int(a) || !type_is_int(b) || a->lo == INT64_MIN || b->lo == INT64_MIN) return type_tags(TAGS_INTEGER);
    int64_t most = 0, sides[4] = {a->hi, -a->lo, b->hi, -b->lo};
    for (int i = 0; i < 4; i++) most = sides[i] > most ? sides[i] : most;
    return type_int(0, most);
}

CoreType type_of_number_prim(Arena *arena, int primitive, const CoreType *args, int count)
{
    switch (primitive) {
    case PRIM_add:
    case PRIM_sub:
    case PRIM_mul: return arithmetic(arena, primitive, &args[0], &args[1]);
    case PRIM_div: return division(&args[0], &args[1]);
    case PRIM_neg:
    case PRIM_abs: return unary(arena, primitive, &args[0]);
    case PRIM_quotient:
    case PRIM_remainder:
    case PRIM_modulo:
    case PRIM_arithmetic_shift: return integers(arena, primitive, &args[0], &args[1]);
    case PRIM_bitwise_not: return integers(arena, primitive, &args[0], &args[0]);
    case PRIM_bitwise_and:
    case PRIM_bitwise_ior:
    case PRIM_bitwise_xor: return folded_integers(arena, primitive, args, count);
    case PRIM_min:
    case PRIM_max: return extreme(arena, primitive, args, count);
    case PRIM_floor:
    case PRIM_ceiling:
    case PRIM_truncate:
    case PRIM_round: return rounded(arena, &args[0]);
    case PRIM_exact: return made_exact(arena, &args[0]);
    case PRIM_sqrt: return root(&args[0]);
    case PRIM_expt: return power(arena, &args[0], &args[1]);
    case PRIM_gcd2: return divisor(&args[0], &args[1]);
    case PRIM_inexact:
    case PRIM_exp:
    case PRIM_log:
    case PRIM_sin:
    case PRIM_cos:
    case PRIM_tan:
    case PRIM_asin:
    case PRIM_acos:
    case PRIM_atan:
    case PRIM_log1:
    case PRIM_atan1:
    case PRIM_atan2: return type_tags(BIT(FLOAT));
    case PRIM_random: return random_number(args, count);
    default: return type_tags(TAGS_NUMBER);
    }
}
