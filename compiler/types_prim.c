/* What primitives make of types.
 *
 * The rows of primitives.def say what kind of value each gives; here is what can be said better when the operands' types
 * are known: the ways in and out of lists and vectors; arithmetic is in types_numbers.c.  An operation that raises gives no value, so
 * its operands may be taken to be of the tags it accepts.
 */
#include "types_internal.h"

#define BIT(name) TAG_BIT(RT_##name)

/* ---- what operations accept -------------------------------------------------------------------------------------- */

static uint32_t tags_of_letter(char letter)
{
    switch (letter) {
    case 'n': return TAGS_NUMBER;
    case 'i': return TAGS_INTEGER;
    case 'x': return BIT(INT);
    case 'c': return BIT(CONS);
    case 'v': return TAGS_VECTOR;
    case 's': return BIT(STRING);
    case 'f': return BIT(CLOSURE);
    default: return TAGS_ALL;
    }
}

uint32_t prim_operand_tags(int primitive, int operand)
{
    const char *letter = primitives[primitive].accepts;
    for (int i = 0; i < operand && *letter && letter[1]; i++) letter++;
    return tags_of_letter(*letter);
}

bool prim_tests_tags(int primitive, uint32_t *tags)
{
    switch (primitive) {
    case PRIM_not:
    case PRIM_is_nil: *tags = BIT(NIL); return true;
    case PRIM_is_atom: *tags = TAGS_ALL & ~BIT(CONS); return true;
    case PRIM_is_cons: *tags = BIT(CONS); return true;
    case PRIM_is_int: *tags = BIT(INT); return true;
    case PRIM_is_integer: *tags = TAGS_INTEGER; return true;
    case PRIM_is_float: *tags = BIT(FLOAT); return true;
    case PRIM_is_number: *tags = TAGS_NUMBER; return true;
    case PRIM_is_vector: *tags = TAGS_VECTOR; return true;
    case PRIM_is_plain_vector: *tags = BIT(VECTOR); return true;
    case PRIM_is_map: *tags = BIT(MAP) | BIT(PMAP); return true;
    case PRIM_is_set: *tags = BIT(SET) | BIT(PSET); return true;
    case PRIM_is_function: *tags = BIT(CLOSURE); return true;
    case PRIM_is_string: *tags = BIT(STRING); return true;
    case PRIM_is_error: *tags = BIT(ERROR); return true;
    case PRIM_is_reduced:
    case PRIM_is_reduced_plain: *tags = BIT(REDUCED); return true;
    default: return false;
    }
}

uint32_t prim_true_tags(int primitive)
{
    uint32_t tags;
    if (prim_tests_tags(primitive, &tags)) return tags;
    switch (primitive) {
    case PRIM_is_symbol:
    case PRIM_is_keyword: return BIT(SYMBOL);
    case PRIM_is_list: return BIT(NIL) | BIT(CONS);
    default: return TAGS_ALL;
    }
}

bool prim_tests_kind(int primitive, uint32_t *kind)
{
    switch (primitive) {
    case PRIM_is_ints_vector: *kind = RT_VECTOR_INTS; return true;
    case PRIM_is_floats_vector: *kind = RT_VECTOR_FLOATS; return true;
    default: return false;
    }
}

/* ---- lists --------------------------------------------------------------------------------------------------------- */

static const CoreType *any_element(void) { return NULL; }

static CoreType list_of(const CoreType *element)
{
    CoreType type = type_tags(BIT(CONS));
    type.element = element;
    return type;
}

/* Is it nil or a proper list?  Then the type of its elements, the empty one for nil alone. */
static bool is_proper(const CoreType *type, CoreType *element)
{
    if (type->tags & ~(BIT(NIL) | BIT(CONS))) return false;
    if (type_has(type, BIT(CONS)) && !type->element) return false;
    *element = type_has(type, BIT(CONS)) ? *type->element : type_none();
    return true;
}

static CoreType or_nil(CoreType type)
{
    type.tags |= BIT(NIL);
    return type;
}

static CoreType cons(Arena *arena, const CoreType *car, const CoreType *cdr)
{
    CoreType element;
    if (!is_proper(cdr, &element)) return list_of(any_element());
    element = type_join(arena, car, &element);
    return list_of(type_copy(arena, element));
}

static CoreType half(const CoreType *pair, int number, CoreType in_list)
{
    const CoreType *field = type_half(pair, number);
    return field ? type_meet(&in_list, field) : in_list;
}

static CoreType car(const CoreType *list) { return half(list, 0, list->element ? *list->element : type_any()); }

static CoreType cdr(const CoreType *list)
{
    return half(list, 1, list->element ? or_nil(list_of(list->element)) : type_any());
}

static CoreType list(Arena *arena, const CoreType *args, int count)
{
    if (count == 0) return type_tags(BIT(NIL));
    CoreType element = args[0];
    for (int i = 1; i < count; i++) element = type_join_apart(arena, &element, &args[i]);
    return list_of(type_copy(arena, element));
}

static CoreType append(Arena *arena, const CoreType *args, int count)
{
    CoreType joined = type_none(), element;
    bool is_cons = false;
    for (int i = 0; i < count; i++) {
        if (!is_proper(&args[i], &element)) return type_any();
        joined = type_join(arena, &joined, &element);
        is_cons = is_cons || !type_has(&args[i], BIT(NIL));
    }
    if (!joined.tags) return type_tags(BIT(NIL));
    CoreType type = list_of(type_copy(arena, joined));
    return is_cons ? type : or_nil(type);
}

/* The pair that holds the list is itself said to be a list of its elements, and is nothing but appended to. */
static CoreType appender(Arena *arena, const CoreType *args, int count)
{
    CoreType joined = type_none(), element;
    for (int i = 0; i < count; i++) {
        if (!is_proper(&args[i], &element)) return list_of(any_element());
        joined = type_join(arena, &joined, &element);
    }
    return list_of(type_copy(arena, joined));
}

/* The elements of a sequence, as a proper list. */
static CoreType elements(Arena *arena, const CoreType *sequence)
{
    CoreType element;
    if (is_proper(sequence, &element)) return *sequence;
    return or_nil(list_of(type_copy(arena, type_any())));
}

bool type_is_proper_list(const CoreType *type)
{
    CoreType element;
    return type && type->tags && is_proper(type, &element);
}

static CoreType reverse(const CoreType *operand)
{
    CoreType element, type = *operand;
    if (!is_proper(operand, &element)) return type_any();
    type.cell = NULL;
    return type;
}

static CoreType range(Arena *arena, const CoreType *args, int count)
{
    bool all_ints = true;
    int64_t lo = count > 1 ? args[0].lo : 0, hi = count > 1 ? args[0].hi : 0;
    for (int i = 0; i < count; i++) all_ints = all_ints && type_is_int(&args[i]);
    if (!all_ints) {
        CoreType number = type_tags(TAGS_NUMBER);
        return or_nil(list_of(type_copy(arena, number)));
    }
    const CoreType *end = &args[count > 1];
    bool rises = count < 3 || args[2].lo > 0;
    if (!rises) return or_nil(list_of(type_copy(arena, type_tags(BIT(INT)))));
    hi = end->hi > hi ? end->hi - 1 : hi;
    return or_nil(list_of(type_copy(arena, type_int(lo, hi))));
}

/* ---- vectors --------------------------------------------------------------------------------------------------------- */

#define KIND(name) (1u << RT_VECTOR_##name)

/* The kind of a vector that is made of such an item. */
static uint32_t kinds_of_item(const CoreType *item)
{
    uint32_t kinds = 0;
    if (type_has(item, BIT(INT))) kinds |= KIND(INTS);
    if (type_has(item, BIT(FLOAT))) kinds |= KIND(FLOATS);
    if (item->tags & ~(BIT(INT) | BIT(FLOAT))) kinds |= KIND(VALUES);
    return kinds;
}

static CoreType vector_of(Arena *arena, const CoreType *item, uint32_t kinds)
{
    CoreType type = {.tags = BIT(VECTOR), .kinds = kinds};
    type.item = type_copy(arena, *item);
    return type;
}

/* Items of one of the types each; packed when all are of one packed kind. */
static CoreType vector(Arena *arena, const CoreType *args, int count)
{
    CoreType item = type_none();
    uint32_t common = KINDS_ALL, any = 0;
    for (int i = 0; i < count; i++) {
        item = type_join_apart(arena, &item, &args[i]);
        common &= kinds_of_item(&args[i]);
        any |= kinds_of_item(&args[i]);
    }
    if (any & (any - 1)) common |= KIND(VALUES);
    CoreType type = vector_of(arena, &item, count ? common : 0);
    type.length = type.most = count;
    return type;
}

/* Any number of items of one type. */
static CoreType vector_of_many(Arena *arena, const CoreType *item)
{
    uint32_t kinds = kinds_of_item(item);
    if (kinds & (kinds - 1)) kinds |= KIND(VALUES);
    return vector_of(arena, item, kinds);
}

/* As far as the vector says without its record. */
static CoreType any_item(const CoreType *vector)
{
    CoreType type = vector->item ? *vector->item : type_any();
    if (vector->kinds & KIND(VALUES)) return type;
    uint32_t tags = (vector->kinds & KIND(INTS) ? BIT(INT) : 0) | (vector->kinds & KIND(FLOATS) ? BIT(FLOAT) : 0) |
                    (vector->kinds & KIND(BOOLS) ? TAGS_BOOL : 0);
    return type_keep_tags(type, tags);
}

static CoreType vector_item(Arena *arena, const CoreType *vector, const CoreType *index)
{
    CoreType item = any_item(vector);
    const CoreType *field = type_field(arena, vector, index);
    return field ? type_meet(&item, field) : item;
}

static CoreType vector_set(Arena *arena, const CoreType *old, const CoreType *item)
{
    CoreType type = *old;
    uint32_t fitting = kinds_of_item(item);
    type.kinds = old->kinds & (fitting | KIND(VALUES) | (type_has(item, TAGS_BOOL) ? KIND(BOOLS) : 0));
    if ((old->kinds & KIND(BOOLS) && item->tags & ~TAGS_BOOL) || (old->kinds & KIND(INTS) && item->tags & ~BIT(INT)) ||
        (old->kinds & KIND(FLOATS) && item->tags & ~BIT(FLOAT)))
        type.kinds |= KIND(VALUES);
    CoreType was = any_item(old);
    type.item = type_copy(arena, type_join_apart(arena, &was, item));
    return type;
}

static CoreType subvector(const CoreType *old)
{
    CoreType type = *old;
    type.length = type.most = 0;
    type.record = NULL;
    if (type.kinds & KIND(VALUES))
        type.kinds |= KIND(INTS) | KIND(FLOATS); /* looked through again: may be packed now */
    return type;
}

static CoreType vector_append(Arena *arena, const CoreType *args, int count)
{
    CoreType type = count ? args[0] : (CoreType){.tags = BIT(VECTOR)};
    for (int i = 1; i < count; i++) {
        if (!(args[i].tags & TAGS_VECTOR)) return type_none();
        type = type_join(arena, &type, &args[i]);
    }
    if (type.kinds & (type.kinds - 1)) type.kinds |= KIND(VALUES);
    type.most = 0;
    type.record = NULL;
    return type_keep_tags(type, TAGS_VECTOR);
}

static CoreType list_to_vector(Arena *arena, const CoreType *list)
{
    CoreType element;
    if (!is_proper(list, &element)) return type_tags(BIT(VECTOR));
    return vector_of_many(arena, &element);
}

/* The vector of a length in this range. */
static CoreType of_length(CoreType vector, int64_t least, int64_t most)
{
    vector.length = least < 0 ? 0 : least;
    vector.most = most < 0 || most >= TYPE_LENGTH_MAX ? 0 : most;
    return vector;
}

/* Numbers from the first operand, or 0, up to the other. */
static CoreType range_vector(Arena *arena, const CoreType *args, int count)
{
    CoreType list = range(arena, args, count), vector = list_to_vector(arena, &list);
    for (int i = 0; i < count; i++)
        if (!type_is_int(&args[i]) || args[i].lo < -TYPE_LENGTH_MAX || args[i].hi > TYPE_LENGTH_MAX) return vector;
    if (count == 1) return of_length(vector, args[0].lo, args[0].hi);
    return count == 2 ? of_length(vector, args[1].lo - args[0].hi, args[1].hi - args[0].lo) : vector;
}

static CoreType make_vector(Arena *arena, const CoreType *args, int count, bool packs_bools)
{
    CoreType nil = type_tags(BIT(NIL));
    const CoreType *fill = count == 2 ? &args[1] : &nil;
    uint32_t kinds = kinds_of_item(fill);
    if (packs_bools && type_has(fill, TAGS_BOOL)) kinds |= KIND(BOOLS);
    if (packs_bools && type_is(fill, TAGS_BOOL)) kinds = KIND(BOOLS);
    CoreType vector = vector_of(arena, fill, kinds);
    return type_is_int(&args[0]) ? of_length(vector, args[0].lo, args[0].hi) : vector;
}

static CoreType vector_to_list(Arena *arena, const CoreType *vector)
{
    CoreType all = type_int(0, TYPE_LENGTH_MAX), item = vector_item(arena, vector, &all);
    if (!(vector->tags & TAGS_VECTOR)) return type_none();
    if (!item.tags) return type_tags(BIT(NIL));
    return or_nil(list_of(type_copy(arena, item)));
}

enum { MAX_CODE_POINT = 0x10ffff };

static CoreType char_code(const CoreType *n)
{
    CoreType range = type_int(0, MAX_CODE_POINT);
    return type_meet(&range, n);
}

/* ---- all ----------------------------------------------------------------------------------------------------------- */

static CoreType by_row(const PrimInfo *info)
{
    static const uint32_t tags[] = {
        [RESULT_ANY] = TAGS_ALL,       [RESULT_BOOL] = TAGS_BOOL,     [RESULT_INT] = BIT(INT),
        [RESULT_NUM] = TAGS_NUMBER,    [RESULT_NIL] = BIT(NIL),       [RESULT_CONS] = BIT(CONS),
        [RESULT_STRING] = BIT(STRING), [RESULT_VECTOR] = BIT(VECTOR), [RESULT_SYMBOL] = BIT(SYMBOL),
        [RESULT_PART] = TAGS_ALL};
    return type_tags(tags[info->result]);
}

CoreType type_of_vectors_of_kind(Arena *arena, const CoreType *type, uint32_t kind)
{
    CoreType result = type_keep_tags(*type, BIT(VECTOR));
    result.kinds &= 1u << kind;
    if (!result.tags || !result.kinds) return type_none();
    result.item = type_copy(arena, any_item(&result));
    return result;
}

/* Comparisons and tests that are decided by the types. */
static CoreType truth(int primitive, const CoreType *args)
{
    uint32_t tags, kind;
    enum Relation relation;
    int is_true = -1;
    if (prim_tests_tags(primitive, &tags)) {
        if (!(args[0].tags & ~tags)) is_true = 1;
        if (!(args[0].tags & tags)) is_true = 0;
    } else if (prim_true_tags(primitive) != TAGS_ALL) {
        if (!(args[0].tags & prim_true_tags(primitive))) is_true = 0;
    } else if (primitive == PRIM_eq) {
        if (!(args[0].tags & args[1].tags)) is_true = 0;
    } else if (prim_relation(primitive, &relation) && type_is_int(&args[0]) && type_is_int(&args[1])) {
        is_true = type_decide(relation, &args[0], &args[1]);
    } else if (prim_tests_kind(primitive, &kind)) {
        if (type_is(&args[0], BIT(VECTOR)) && args[0].kinds == 1u << kind) is_true = 1;
        if (!type_has(&args[0], BIT(VECTOR)) || !(args[0].kinds & 1u << kind)) is_true = 0;
    }
    return type_tags(is_true < 0 ? TAGS_BOOL : is_true ? BIT(BOOL) : BIT(NIL));
}

static CoreType of_other_prim(Arena *arena, int primitive, const CoreType *args, int count)
{
    if (prim_never_returns(primitive)) return type_none();
    switch (primitive) {
    case PRIM_extend: return list_of(any_element());
    case PRIM_cons: return cons(arena, &args[0], &args[1]);
    case PRIM_car: return car(&args[0]);
    case PRIM_cdr: return cdr(&args[0]);
    case PRIM_list: return list(arena, args, count);
    case PRIM_append:
    case PRIM_append2:
    case PRIM_append_copy: return append(arena, args, count);
    case PRIM_appender:
    case PRIM_append_more: return appender(arena, args, count);
    case PRIM_appended:
        return args[0].element ? (args[0].element->tags ? or_nil(list_of(args[0].element)) : type_tags(BIT(NIL)))
                               : type_any();
    case PRIM_elements: return elements(arena, &args[1]);
    case PRIM_reverse: return reverse(&args[0]);
    case PRIM_range: return range(arena, args, count);
    case PRIM_range_vector: return range_vector(arena, args, count);
    case PRIM_vector: return vector(arena, args, count);
    case PRIM_make_vector: return make_vector(arena, args, count, true);
    case PRIM_make_plain_vector: return make_vector(arena, args, count, false);
    case PRIM_forget: return args[0];
    case PRIM_vector_ref: return vector_item(arena, &args[0], &args[1]);
    case PRIM_vector_set: return vector_set(arena, &args[0], &args[2]);
    case PRIM_subvector: return subvector(&args[0]);
    case PRIM_vector_append: return vector_append(arena, args, count);
    case PRIM_vector_to_list: return vector_to_list(arena, &args[0]);
    case PRIM_string_split: return list_of(type_copy(arena, type_tags(BIT(STRING))));
    case PRIM_string_to_list: return or_nil(list_of(type_copy(arena, type_tags(BIT(STRING)))));
    case PRIM_list_to_vector: return list_to_vector(arena, &args[0]);
    case PRIM_vector_length: return type_of_length(&args[0]);
    case PRIM_check_vector: return type_of_length(&args[1]);
    case PRIM_length:
        if (type_is(&args[0], TAGS_VECTOR)) return type_of_length(&args[0]);
        return type_int(0, TYPE_LENGTH_MAX);
    case PRIM_string_length:
    case PRIM_count:
    case PRIM_count_plain: return type_int(0, TYPE_LENGTH_MAX);
    case PRIM_char_to_integer:
    case PRIM_string_code:
    case PRIM_substring_code: return type_int(0, MAX_CODE_POINT);
    case PRIM_char_code: return char_code(&args[0]);
    default: return by_row(&primitives[primitive]);
    }
}

CoreType type_of_prim(Arena *arena, int primitive, const CoreType *args, int count)
{
    enum { FEW = 16 };
    CoreType accepted_types[FEW], *kept = accepted_types;
    if (count > FEW) kept = arena_alloc(arena, (size_t)count * sizeof *kept);
    for (int i = 0; i < count; i++) {
        kept[i] = type_keep_tags(args[i], prim_operand_tags(primitive, i));
        if (!kept[i].tags) return type_none();
    }
    const PrimInfo *info = &primitives[primitive];
    if (info->result == RESULT_BOOL) return truth(primitive, kept);
    if (info->result == RESULT_NUM) return type_of_number_prim(arena, primitive, kept, count);
    return of_other_prim(arena, primitive, kept, count);
}
