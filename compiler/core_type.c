/* The lattice of core_type.h: join, widening, text. */
#include "core_type.h"

#include <limits.h>

enum { NESTING_MAX = 3 };

CoreType type_any(void) { return (CoreType){TAGS_ALL, KINDS_ALL, INT64_MIN, INT64_MAX, 0, 0, NULL, NULL, NULL, NULL}; }

CoreType type_none(void) { return (CoreType){0}; }

CoreType type_tags(uint32_t tags) { return type_keep_tags(type_any(), tags); }

CoreType type_int(int64_t lo, int64_t hi)
{
    if (lo > hi) return type_none();
    return (CoreType){.tags = TAG_BIT(RT_INT), .lo = lo, .hi = hi};
}

CoreType type_integer(__int128 lo, __int128 hi)
{
    __int128 low = lo < INT64_MIN ? INT64_MIN : lo, high = hi > INT64_MAX ? INT64_MAX : hi;
    CoreType type = low <= high ? type_int((int64_t)low, (int64_t)high) : type_none();
    if (lo < INT64_MIN || hi > INT64_MAX) type.tags |= TAG_BIT(RT_BIGINT);
    return type;
}

const CoreType *type_copy(Arena *arena, CoreType type)
{
    CoreType *copy = arena_alloc(arena, sizeof *copy);
    *copy = type;
    return copy;
}

const CoreType *type_keep(Arena *arena, const CoreType *type)
{
    if (!type) return NULL;
    CoreType copy = *type;
    copy.item = type_keep(arena, type->item);
    copy.element = type_keep(arena, type->element);
    return type_copy(arena, copy);
}

CoreType type_keep_tags(CoreType type, uint32_t tags)
{
    type.tags &= tags;
    if (!(type.tags & TAG_BIT(RT_INT))) type.lo = type.hi = 0;
    if (!(type.tags & TAGS_VECTOR)) {
        type.kinds = 0;
        type.length = type.most = 0;
        type.item = NULL;
        type.record = NULL;
    }
    if (!(type.tags & TAG_BIT(RT_CONS))) {
        type.element = NULL;
        type.cell = NULL;
    }
    return type;
}

enum CoreRep type_rep(const CoreType *type)
{
    if (!type) return REP_VALUE;
    if (type_is_one_tag(type)) return type->tags == TAG_BIT(RT_FLOAT) ? REP_FLOAT : REP_TAGGED;
    uint32_t other = type->tags & ~TAG_BIT(RT_NIL);
    bool is_optional = other != type->tags && !(other & TAGS_IMMEDIATE) && !(other & (other - 1));
    return is_optional ? REP_OPTIONAL : REP_VALUE;
}

uint32_t type_only_tag(const CoreType *type) { return 31 - (uint32_t)__builtin_clz(type->tags); }

CoreType type_of_length(const CoreType *vector)
{
    return type_int(vector->length, vector->most ? vector->most : TYPE_LENGTH_MAX);
}

bool type_equal(const CoreType *a, const CoreType *b)
{
    if (a == b) return true;
    if (!a || !b) return false;
    return a->tags == b->tags && a->kinds == b->kinds && a->lo == b->lo && a->hi == b->hi && a->length == b->length &&
           a->most == b->most && type_equal(a->item, b->item) && type_equal(a->element, b->element) &&
           record_root(a->record) == record_root(b->record) && record_root(a->cell) == record_root(b->cell);
}

/* ---- join ------------------------------------------------------------------------------------------------------ */

typedef struct Join {
    Arena *arena;
    bool is_apart; /* records stay as many as they are */
} Join;

static CoreType join(const Join *j, const CoreType *a, const CoreType *b, int depth);

/* Of what is inside; `a_has` and `b_has`: the type has such values at all. */
static const CoreType *join_inside(const Join *j, bool a_has, const CoreType *a, bool b_has, const CoreType *b,
                                   int depth)
{
    if (!a_has) return b_has ? b : NULL;
    if (!b_has || type_equal(a, b)) return a;
    if (!a || !b || depth >= NESTING_MAX) return NULL;
    return type_copy(j->arena, join(j, a, b, depth + 1));
}

static CoreRecord *join_records(const Join *j, bool a_has, CoreRecord *a, bool b_has, CoreRecord *b)
{
    if (!a_has) return b_has ? b : NULL;
    if (!b_has || record_root(a) == record_root(b)) return a;
    return a && b && !j->is_apart ? record_join(a, b) : NULL;
}

static int64_t larger_most(int64_t a, int64_t b) { return !a || !b ? 0 : a > b ? a : b; }

static CoreType join(const Join *j, const CoreType *a, const CoreType *b, int depth)
{
    bool a_int = a->tags & TAG_BIT(RT_INT), b_int = b->tags & TAG_BIT(RT_INT);
    CoreType type = {.tags = a->tags | b->tags, .kinds = a->kinds | b->kinds};
    if (a_int) type.lo = a->lo, type.hi = a->hi;
    if (b_int && (!a_int || b->lo < a->lo)) type.lo = b->lo;
    if (b_int && (!a_int || b->hi > a->hi)) type.hi = b->hi;
    bool a_vector = a->tags & TAGS_VECTOR, b_vector = b->tags & TAGS_VECTOR;
    type.length = a_vector && (!b_vector || a->length < b->length) ? a->length : b->length;
    type.most = !b_vector ? a->most : !a_vector ? b->most : larger_most(a->most, b->most);
    type.item = join_inside(j, a_vector, a->item, b_vector, b->item, depth);
    type.record = join_records(j, a_vector, a->record, b_vector, b->record);
    bool a_pair = a->tags & TAG_BIT(RT_CONS), b_pair = b->tags & TAG_BIT(RT_CONS);
    type.element = join_inside(j, a_pair, a->element, b_pair, b->element, depth);
    type.cell = join_records(j, a_pair, a->cell, b_pair, b->cell);
    return type;
}

CoreType type_join(Arena *arena, const CoreType *a, const CoreType *b)
{
    if (!a->tags) return *b;
    if (!b->tags) return *a;
    return join(&(Join){arena, false}, a, b, 0);
}

CoreType type_join_apart(Arena *arena, const CoreType *a, const CoreType *b)
{
    if (!a->tags) return *b;
    if (!b->tags) return *a;
    return join(&(Join){arena, true}, a, b, 0);
}

CoreType type_meet(const CoreType *a, const CoreType *b)
{
    CoreType type = *b;
    type.tags &= a->tags;
    if (a->lo > type.lo) type.lo = a->lo;
    if (a->hi < type.hi) type.hi = a->hi;
    if (type.lo > type.hi) type.tags &= ~TAG_BIT(RT_INT);
    type.kinds &= a->kinds;
    if (a->length > type.length) type.length = a->length;
    if (a->most && (!type.most || a->most < type.most)) type.most = a->most;
    if (!type.item) type.item = a->item;
    if (!type.element) type.element = a->element;
    if (!type.record) type.record = a->record;
    if (!type.cell) type.cell = a->cell;
    return type_keep_tags(type, TAGS_ALL);
}

/* ---- widening -------------------------------------------------------------------------------------------------- */

static const CoreType *widen_inside(Arena *arena, const CoreType *old, const CoreType *next, const TypeLimits *limits)
{
    if (!old || !next || type_equal(old, next)) return next;
    return type_copy(arena, type_widen(arena, old, next, limits));
}

static int64_t widened_down(int64_t lo, const TypeLimits *limits)
{
    if (lo >= 0) return 0;
    int i = limits ? limits->count : 0;
    while (i > 0 && limits->values[i - 1] > lo) i--;
    return i > 0 ? limits->values[i - 1] : INT64_MIN;
}

static int64_t widened_up(int64_t hi, const TypeLimits *limits)
{
    if (hi <= 0) return 0;
    int i = 0, count = limits ? limits->count : 0;
    while (i < count && limits->values[i] < hi) i++;
    if (i < count) return limits->values[i];
    return hi <= TYPE_LENGTH_MAX ? TYPE_LENGTH_MAX : INT64_MAX;
}

CoreType type_widen(Arena *arena, const CoreType *old, const CoreType *next, const TypeLimits *limits)
{
    CoreType type = *next;
    bool had_int = old->tags & TAG_BIT(RT_INT);
    if (had_int && next->lo < old->lo) type.lo = widened_down(next->lo, limits);
    if (had_int && next->hi > old->hi) type.hi = widened_up(next->hi, limits);
    if (old->tags & TAGS_VECTOR && next->length < old->length) type.length = 0;
    if (old->tags & TAGS_VECTOR && next->most != old->most) type.most = 0;
    type.item = widen_inside(arena, old->item, next->item, limits);
    type.element = widen_inside(arena, old->element, next->element, limits);
    return type;
}

/* ---- constants -------------------------------------------------------------------------------------------------- */

static CoreType constant(Arena *arena, RtValue v, int depth);

enum { CONSTANT_ITEMS_MAX = 1000 };

static CoreType vector_constant(Arena *arena, const RtVector *vector, uint32_t tag, int depth)
{
    CoreType type = {.tags = TAG_BIT(tag), .kinds = 1u << vector->kind};
    type.length = type.most = vector->length;
    if (depth >= NESTING_MAX || vector->length > CONSTANT_ITEMS_MAX) return type;
    CoreType item = type_none();
    for (int64_t i = 0; i < vector->length; i++) {
        CoreType one = constant(arena, rt_vector_item_borrow(vector, i), depth + 1);
        item = type_join(arena, &item, &one);
    }
    type.item = type_copy(arena, item);
    return type;
}

static CoreType list_constant(Arena *arena, RtValue list, int depth)
{
    CoreType element = type_none();
    int length = 0;
    for (; list.tag == RT_CONS; list = rt_cdr_of(rt_as_cons(list))) {
        if (depth >= NESTING_MAX || ++length > CONSTANT_ITEMS_MAX) return type_tags(TAG_BIT(RT_CONS));
        CoreType one = constant(arena, rt_car_of(rt_as_cons(list)), depth + 1);
        element = type_join(arena, &element, &one);
    }
    CoreType type = type_tags(TAG_BIT(RT_CONS));
    if (list.tag == RT_NIL) type.element = type_copy(arena, element);
    return type;
}

static CoreType constant(Arena *arena, RtValue v, int depth)
{
    if (v.tag == RT_INT) return type_int(v.data, v.data);
    if (v.tag == RT_VECTOR || v.tag == RT_PVEC) return vector_constant(arena, rt_as_vector(v), v.tag, depth);
    if (v.tag == RT_CONS) return list_constant(arena, v, depth);
    return v.tag < RT_TAG_COUNT ? type_tags(TAG_BIT(v.tag)) : type_any();
}

CoreType type_of_constant(Arena *arena, RtValue v) { return constant(arena, v, 0); }

/* ---- text ------------------------------------------------------------------------------------------------------ */

static const char *const tag_names[RT_TAG_COUNT] = {
    "nil",   "bool", "int", "float", "cons", "symbol", "closure", "string", "vector", "bigint",
    "ratio", "map",  "set", "pvec",  "pmap", "pset",   "reduced", "macro",  "error",  "env",
};

static const char *bound_text(Arena *arena, int64_t bound)
{
    if (bound == INT64_MIN) return "min";
    if (bound == INT64_MAX) return "max";
    return bound == TYPE_LENGTH_MAX ? "length" : arena_format(arena, "%lld", (long long)bound);
}

/* Does the cell say more of a pair than that it is the head of a list of elements, as is known without it? */
static bool tells_more(const CoreType *pair)
{
    CoreRecord *cell = record_root(pair->cell);
    if (!cell || !cell->number || !pair->element) return cell && cell->number;
    const CoreType *cdr = cell->fields[1];
    return !cdr || !type_is(cdr, TAG_BIT(RT_NIL) | TAG_BIT(RT_CONS)) || record_root(cdr->cell) != cell;
}

static const char *tag_text(Arena *arena, const CoreType *type, uint32_t tag)
{
    static const char *const kinds[] = {"values", "bools", "ints", "floats"};
    const char *name = tag_names[tag];
    if (tag == RT_INT && (type->lo != INT64_MIN || type->hi != INT64_MAX))
        return arena_format(arena, "int[%s,%s]", bound_text(arena, type->lo), bound_text(arena, type->hi));
    if (tag == RT_CONS && tells_more(type))
        return arena_format(arena, "%s#%d", type->element ? "list" : name, record_root(type->cell)->number);
    if (tag == RT_CONS && type->element) return arena_format(arena, "list<%s>", type_text(arena, type->element));
    if (!(TAG_BIT(tag) & TAGS_VECTOR)) return name;
    const char *items = type->item ? type_text(arena, type->item) : NULL, *length = "";
    if (type->kinds && !(type->kinds & (type->kinds - 1)) && type->kinds != 1u << RT_VECTOR_VALUES)
        items = kinds[__builtin_ctz(type->kinds)];
    const CoreRecord *record = record_root(type->record);
    bool is_record = record && record->number;
    if (is_record && !(type->kinds & ~(1u << RT_VECTOR_VALUES))) items = NULL;
    if (is_record) name = arena_format(arena, "%s#%d", name, record->number);
    if (type->most) length = arena_format(arena, "[%lld,%lld]", (long long)type->length, (long long)type->most);
    return items ? arena_format(arena, "%s<%s>%s", name, items, length) : arena_format(arena, "%s%s", name, length);
}

const char *type_text(Arena *arena, const CoreType *type)
{
    if (!type || (type->tags == TAGS_ALL && !type->element && !type->item)) return "any";
    if (!type->tags) return "none";
    const char *text = NULL;
    uint32_t rest = type->tags;
    if ((rest & TAGS_NUMBER) == TAGS_NUMBER && type->lo == INT64_MIN && type->hi == INT64_MAX) {
        text = "number";
        rest &= ~TAGS_NUMBER;
    }
    for (; rest; rest &= rest - 1) {
        const char *one = tag_text(arena, type, (uint32_t)__builtin_ctz(rest));
        text = text ? arena_format(arena, "%s|%s", text, one) : one;
    }
    return text;
}
