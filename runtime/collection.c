/* The sequence functions: one view of lists, vectors, strings, maps and sets (language.md 10 lists what each does).
 *
 * The elements of a map are two-element vectors, those of a string one-character strings.  Reading borrows and gives
 * fresh counts; lists are built from their end.  %assoc and %conj consume, so that a collection nobody else holds is
 * changed in place.
 */
#include "collection.h"
#include "operands.h"
#include "sequence.h"
#include "table.h"
#include "vector_update.h"

/* ---- elements ---------------------------------------------------------------------------------------------------- */

static bool continues_character(char byte) { return ((unsigned char)byte & 0xc0) == 0x80; }

/* The character that begins at the offset, as a string. */
static RtValue character_at(const RtString *string, int64_t offset)
{
    int64_t end = offset + 1;
    while (end < string->size_bytes && continues_character(string->bytes[end])) end++;
    return rt_character_string(string->bytes + offset, (size_t)(end - offset));
}

/* An entry of a map or set as an element. */
static RtValue entry_element(RtValue table, const RtEntry *entry)
{
    if (rt_is_set_value(table)) return rt_dup(rt_entry_key(entry));
    RtValue pair[2] = {rt_dup(rt_entry_key(entry)), rt_dup(rt_entry_value(entry))};
    return rt_vector(pair, 2);
}

/* The elements but the one inserted first, if it is not wanted. */
static RtValue table_elements(RtValue v, bool with_first)
{
    const RtTable *table = rt_as_table(v);
    RtValue list = rt_nil();
    uint32_t begin = table->first + (with_first ? 0 : 1); /* where the first one is */
    for (uint32_t number = table->next; number > begin;) {
        const RtEntry *entry = rt_table_entry_borrow(table, --number);
        if (entry) list = rt_cons(entry_element(v, entry), list);
    }
    return list;
}

/* The list of the characters from an offset on. */
static RtValue string_elements(const RtString *string, int64_t begin)
{
    RtValue list = rt_nil();
    for (int64_t offset = string->size_bytes - 1; offset >= begin; offset--) {
        if (!continues_character(string->bytes[offset])) list = rt_cons(character_at(string, offset), list);
    }
    return list;
}

/* The list of the elements; nil for what has none. */
static RtValue all_elements(RtValue v)
{
    RtValue list = rt_nil();
    if (v.tag == RT_CONS) return rt_dup(v);
    if (v.tag == RT_STRING) return string_elements(rt_as_string(v), 0);
    if (rt_is_table_value(v)) return table_elements(v, true);
    if (!rt_is_vector_value(v)) return list;
    const RtVector *vector = rt_as_vector(v);
    for (int64_t i = vector->length - 1; i >= 0; i--) list = rt_cons(rt_dup(rt_vector_item_borrow(vector, i)), list);
    return list;
}

/* The list of all elements but the first. */
static RtValue later_elements(RtValue v)
{
    RtValue list = rt_nil();
    if (v.tag == RT_CONS) return rt_as_cons(v)->cdr_tag == RT_CONS ? rt_dup(rt_cdr_of(rt_as_cons(v))) : list;
    if (v.tag == RT_STRING) {
        const RtString *string = rt_as_string(v);
        return rt_string_code_points(string) < 2 ? list : string_elements(string, rt_string_offset(string, 1));
    }
    if (rt_is_table_value(v)) return table_elements(v, false);
    if (!rt_is_vector_value(v)) return list;
    const RtVector *vector = rt_as_vector(v);
    for (int64_t i = vector->length - 1; i >= 1; i--) list = rt_cons(rt_dup(rt_vector_item_borrow(vector, i)), list);
    return list;
}

RtValue rt_seq(RtValue v, const RtPlace *at)
{
    (void)at;
    return all_elements(v);
}

RtValue rt_sequence_list(RtValue v, const char *who, const RtPlace *at)
{
    bool has_elements = v.tag == RT_NIL || v.tag == RT_CONS || v.tag == RT_STRING || rt_is_vector_value(v);
    if (!has_elements && !rt_is_table_value(v)) rt_raise_type(at, who, "a list or another sequence", rt_dup(v));
    return all_elements(v);
}

RtValue rt_next(RtValue v, const RtPlace *at)
{
    (void)at;
    return later_elements(v);
}

RtValue rt_rest(RtValue v, const RtPlace *at)
{
    (void)at;
    return later_elements(v);
}

/* The element of a vector or string; false when there is none, or another type. */
bool rt_element_at_borrow(RtValue v, int64_t index, RtValue *out)
{
    if (index < 0) return false;
    if (rt_is_vector_value(v) && index < rt_as_vector(v)->length) {
        *out = rt_dup(rt_vector_item_borrow(rt_as_vector(v), index));
        return true;
    }
    if (v.tag == RT_STRING && index < rt_string_code_points(rt_as_string(v))) {
        *out = character_at(rt_as_string(v), rt_string_offset(rt_as_string(v), index));
        return true;
    }
    return false;
}

RtValue rt_first(RtValue v, const RtPlace *at)
{
    (void)at;
    RtValue element = rt_nil();
    if (v.tag == RT_CONS) return rt_dup(rt_car_of(rt_as_cons(v)));
    if (rt_is_table_value(v)) {
        const RtEntry *entry = rt_table_first_borrow(v);
        return entry ? entry_element(v, entry) : element;
    }
    rt_element_at_borrow(v, 0, &element);
    return element;
}

/* ---- size and access --------------------------------------------------------------------------------------------- */

static RtValue rt_count_named(RtValue v, const char *who, const RtPlace *at)
{
    if (v.tag == RT_STRING) return rt_from_int(rt_string_code_points(rt_as_string(v)));
    if (rt_is_vector_value(v)) return rt_from_int(rt_as_vector(v)->length);
    if (rt_is_table_value(v)) return rt_from_int(rt_as_table(v)->live);
    if (v.tag != RT_NIL && v.tag != RT_CONS) rt_raise_type(at, who, "a collection", rt_dup(v));
    int64_t count = 0;
    RtValue rest = v;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) count++;
    if (rest.tag != RT_NIL) rt_raise_type(at, who, "a proper list", rt_dup(v));
    return rt_from_int(count);
}
RT_BOTH_NAMES_1P(rt_count, "count")

RtValue rt_is_empty(RtValue v)
{
    if (v.tag == RT_STRING) return rt_from_bool(rt_as_string(v)->size_bytes == 0);
    if (rt_is_vector_value(v)) return rt_from_bool(rt_as_vector(v)->length == 0);
    if (rt_is_table_value(v)) return rt_from_bool(rt_as_table(v)->live == 0);
    return rt_from_bool(v.tag == RT_NIL);
}

RtValue rt_nth_of(RtValue *args, int64_t count, const RtPlace *at)
{
    RtValue v = args[0], element = count == 3 ? args[2] : rt_nil();
    if (args[1].tag != RT_INT || args[1].data < 0) rt_raise_type(at, "%nth", "a non-negative integer", rt_dup(args[1]));
    int64_t index = args[1].data;
    if (v.tag == RT_CONS) {
        for (; index > 0 && v.tag == RT_CONS; index--) v = rt_cdr_of(rt_as_cons(v));
        return rt_dup(v.tag == RT_CONS ? rt_car_of(rt_as_cons(v)) : element);
    }
    return rt_element_at_borrow(v, index, &element) ? element : rt_dup(element);
}

/* ---- adding ------------------------------------------------------------------------------------------------------ */

void rt_check_assoc_borrow(RtValue collection, RtValue key, const char *who, const RtPlace *at)
{
    if (rt_is_map_value(collection)) return;
    if (!rt_is_vector_value(collection)) rt_raise_type(at, who, "a map or vector", rt_dup(collection));
    if (key.tag != RT_INT && key.tag != RT_BIGINT) rt_raise_type(at, who, "an integer index", rt_dup(key));
    long long length = rt_as_vector(collection)->length;
    if (key.tag == RT_BIGINT || key.data < 0 || key.data > length)
        rt_raise_message(at, "%s: index %V out of bounds for length %lld", who, key, length);
}

RtValue rt_assoc_checked(RtValue collection, RtValue key, RtValue item, const RtPlace *at)
{
    if (rt_is_map_value(collection)) return rt_table_put(collection, key, item, at);
    bool is_next = key.data == rt_as_vector(collection)->length;
    return is_next ? rt_vector_push(collection, item) : rt_vector_put(collection, key.data, item);
}

/* The collection is no map. */
static __attribute__((noinline)) RtValue put_otherwise(RtValue collection, RtValue key, RtValue item, const char *who,
                                                       const RtPlace *at)
{
    if (collection.tag == RT_NIL) return rt_table_put(rt_table_make(RT_MAP), key, item, at);
    RtValue owned RT_OWNED = collection, owned_key RT_OWNED = key, owned_item RT_OWNED = item;
    rt_check_assoc_borrow(collection, key, who, at);
    return rt_assoc_checked(rt_move(&owned), key, rt_move(&owned_item), at); /* the key is an int */
}

RtValue rt_put_named(RtValue collection, RtValue key, RtValue item, const char *who, const RtPlace *at)
{
    if (RT_LIKELY(rt_is_map_value(collection))) return rt_table_put(collection, key, item, at);
    return put_otherwise(collection, key, item, who, at);
}
RT_BOTH_NAMES_3P(rt_put, "assoc")

RtValue rt_assoc_named(RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    if (count % 2 == 0)
        rt_raise_message(at, "%s: expected a collection and pairs of key and value, got %ld arguments", who,
                         (long)count);
    RtValue result RT_OWNED = rt_take_operand(&operands);
    while (operands.next < count) {
        RtValue owned = rt_move(&result), key = rt_take_operand(&operands);
        result = rt_put_named(owned, key, rt_take_operand(&operands), who, at);
    }
    return rt_move(&result);
}

RtValue rt_assoc_n(RtValue *args, int64_t count, const RtPlace *at)
{
    return rt_assoc_named(args, count, "%assoc", at);
}

/* The key and value in an item for a map, with counts of their own: <<k v>> or (k . v). */
static bool split_entry(RtValue item, RtValue *key, RtValue *value)
{
    if (item.tag == RT_CONS) {
        *key = rt_dup(rt_car_of(rt_as_cons(item)));
        *value = rt_dup(rt_cdr_of(rt_as_cons(item)));
        return true;
    }
    if (!rt_is_vector_value(item) || rt_as_vector(item)->length != 2) return false;
    *key = rt_dup(rt_vector_item_borrow(rt_as_vector(item), 0));
    *value = rt_dup(rt_vector_item_borrow(rt_as_vector(item), 1));
    return true;
}

static void conj_map(RtValue *map, RtValue item, const char *who, const RtPlace *at)
{
    RtValue key, value;
    if (!split_entry(item, &key, &value)) rt_raise_type(at, who, "a pair or a vector of key and value", item);
    rt_drop(item);
    *map = rt_table_put(rt_move(map), key, value, at);
}

/* The collection and the item are consumed. */
static RtValue conj_one(RtValue collection, RtValue item, const char *who, const RtPlace *at)
{
    if (rt_is_set_value(collection)) return rt_table_put(collection, item, rt_nil(), at);
    if (collection.tag == RT_NIL || collection.tag == RT_CONS) return rt_cons(item, collection);
    if (rt_is_vector_value(collection)) return rt_vector_push(collection, item);
    RtValue map RT_OWNED = collection;
    if (!rt_is_map_value(collection)) {
        rt_drop(item);
        rt_raise_type(at, who, "a collection", rt_move(&map));
    }
    conj_map(&map, item, who, at);
    return rt_move(&map);
}

RtValue rt_conj_2(RtValue a, RtValue b, const RtPlace *at) { return conj_one(a, b, "%conj", at); }
RtValue rt_conj_2_plain(RtValue a, RtValue b, const RtPlace *at) { return conj_one(a, b, "conj", at); }

static RtValue rt_conj_named(RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    RtValue result = rt_take_operand(&operands);
    while (operands.next < count) result = conj_one(result, rt_take_operand(&operands), who, at);
    return result;
}
RT_BOTH_NAMES_NP(rt_conj, "conj")

RtValue rt_pvec(RtValue *args, int64_t count)
{
    return rt_from_object(RT_PVEC, rt_object(rt_vector(args, count))); /* the same layout */
}

/* ---- reductions that end early ----------------------------------------------------------------------------------- */

RtValue rt_reduced(RtValue v)
{
    RtReduced *reduced = rt_alloc(sizeof *reduced);
    *reduced = (RtReduced){.count = 1, .value = v};
    return rt_from_object(RT_REDUCED, reduced);
}

RtValue rt_is_reduced(RtValue v) { return rt_from_bool(v.tag == RT_REDUCED); }

RtValue rt_unreduced(RtValue v)
{
    if (v.tag != RT_REDUCED) return v;
    RtValue value = rt_dup(((const RtReduced *)rt_object(v))->value);
    rt_drop(v);
    return value;
}
