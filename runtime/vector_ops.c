/* The vector functions beyond reading: make-vector, vector-set, subvector, vector-append, vector->list.
 *
 * Each gives a new vector, or the operand itself changed in place when nobody else holds it; a pvec stays a pvec.  The
 * result is packed when it can be seen cheaply that all its elements are floats or all are ints: pieces of packed
 * vectors are copied as they are, pieces of plain ones are looked through once more.
 */
#include "operands.h"
#include "vector_update.h"

#define MAX_LENGTH (INT64_MAX / 64) /* more is refused before any arithmetic on sizes */
enum { SMALL_NUMBERS = (RT_MAX_SMALL - offsetof(RtVector, items)) / sizeof(int64_t) }; /* a vector from a free list */

/* A short one of numbers, as loops make over and over for points and the like. */
static RtValue make_short(int64_t length, RtValue fill)
{
    RtVector *vector = rt_alloc(rt_vector_size_bytes(fill.tag, length));
    rt_vector_init(vector, fill.tag, length, length);
    for (int64_t i = 0; i < length; i++) vector->items.ints[i] = fill.data;
    return rt_from_object(RT_VECTOR, vector);
}

static bool is_short(RtValue length) { return length.tag == RT_INT && (uint64_t)length.data - 1 < 16; }

static RtValue make_vector(RtValue *args, int64_t count, bool packs_bools, const RtPlace *at)
{
    RtValue length = args[0], fill = count == 2 ? args[1] : rt_nil();
    if (is_short(length) && (fill.tag == RT_INT || fill.tag == RT_FLOAT)) return make_short(length.data, fill);
    if (length.tag == RT_BIGINT || (length.tag == RT_INT && length.data > MAX_LENGTH))
        rt_raise_message(at, "make-vector: expected a length that fits memory, got %V", length);
    if (length.tag != RT_INT || length.data < 0)
        rt_raise_type(at, "make-vector", "a non-negative integer", rt_dup(length));
    uint32_t kind = length.data ? rt_vector_kind_for(fill) : RT_VECTOR_VALUES;
    if (packs_bools && length.data && fill.tag <= RT_BOOL) kind = RT_VECTOR_BOOLS;
    rt_ask_objects(1, rt_vector_size_bytes(kind, length.data), at);
    RtVector *vector = rt_vector_make(kind, length.data);
    bool is_of_numbers = kind == RT_VECTOR_INTS || kind == RT_VECTOR_FLOATS;
    if (is_of_numbers)
        for (int64_t i = 0; i < length.data; i++) vector->items.ints[i] = fill.data;
    else if (kind == RT_VECTOR_BOOLS) memset(vector->items.bools, (int)fill.data, (size_t)length.data);
    else
        for (int64_t i = 0; i < length.data; i++) rt_vector_store(vector, i, rt_dup(fill));
    return rt_from_object(RT_VECTOR, vector);
}

RtValue rt_make_vector(RtValue *args, int64_t count, const RtPlace *at) { return make_vector(args, count, true, at); }

RtValue rt_make_plain_vector(RtValue *args, int64_t count, const RtPlace *at)
{
    return make_vector(args, count, false, at);
}

/* Is it a small vector of numbers of the item's type, full, that others hold as well? */
static inline bool is_copied_whole(const RtVector *vector, RtValue item)
{
    return vector->kind >= RT_VECTOR_INTS && vector->kind == item.tag && vector->count != 1 &&
           vector->length <= SMALL_NUMBERS && rt_vector_capacity(vector) == vector->length;
}

/* The common copy, of a vector that a loop is about to change, in one go: calls would be most of its time, memcpy's too. */
static inline RtValue copy_with(RtValue shared, int64_t index, RtValue item)
{
    enum { PAIR_BYTES = 2 * sizeof(int64_t) };
    RtVector *vector = rt_as_vector(shared);
    int64_t length = vector->length;
    if (length > SMALL_NUMBERS) __builtin_unreachable();
    RtVector *copy = rt_alloc(rt_vector_size_bytes(RT_VECTOR_INTS, length));
    rt_vector_init(copy, vector->kind, length,
                   length); /* not copied: the count was just written, four bytes of what would be read */
    if (length & 1) copy->items.ints[0] = vector->items.ints[0];
    for (int64_t i = length & 1; i < length; i += 2) {
        memcpy(&copy->items.ints[i], &vector->items.ints[i], PAIR_BYTES);
        __asm__("" : "+r"(i)); /* or clang makes a call of it */
    }
    copy->items.ints[index] = item.data;
    if (vector->count < RT_STICKY) vector->count--;
    return rt_from_object(shared.tag, copy);
}

static RT_SLOW RtValue put_asked(RtValue vector, int64_t index, RtValue item)
{
    size_t bytes = (size_t)rt_as_vector(vector)->length * sizeof(RtValue); /* it may have to be copied */
    return rt_ask_memory(bytes) ? rt_vector_put(vector, index, item) : rt_make(RT_UNBOUND, 0);
}

RtValue rt_vector_set_rare(RtValue vector, RtValue index, RtValue item)
{
    if (!rt_is_vector_value(vector) || index.tag != RT_INT) return rt_make(RT_UNBOUND, 0);
    const RtVector *old = rt_as_vector(vector);
    if ((uint64_t)index.data >= (uint64_t)old->length) return rt_make(RT_UNBOUND, 0);
    return RT_LIKELY(is_copied_whole(old, item)) ? copy_with(vector, index.data, item)
                                                 : put_asked(vector, index.data, item);
}

RtValue rt_settle_rare(RtValue vector, RtValue index, RtValue item)
{
    RtVector *whole = rt_as_vector(vector);
    rt_vector_replace(whole, index.data, item);
    if (rt_as_vector(item)->count == 1) return item;
    int64_t length = rt_as_vector(item)->length;
    if (!rt_ask_memory((size_t)length * sizeof(RtValue))) return rt_make(RT_UNBOUND, 0);
    RtValue own = rt_from_object(item.tag, rt_vector_own(item, rt_as_vector(item)->kind, length));
    rt_vector_set_value(whole, index.data, own);
    return own;
}

void rt_vector_set_fail(RtValue vector, RtValue index, RtValue item, const RtPlace *at)
{
    RtValue owned RT_OWNED = vector, owned_item RT_OWNED = item;
    if (!rt_is_vector_value(vector)) rt_raise_type(at, "vector-set", "a vector", rt_dup(vector));
    if (index.tag != RT_INT && index.tag != RT_BIGINT)
        rt_raise_type(at, "vector-set", "an integer index", rt_dup(index));
    int64_t length = rt_as_vector(vector)->length;
    if (index.tag == RT_BIGINT || index.data < 0 || index.data >= length)
        rt_raise_message(at, "vector-set: index %V out of bounds for length %lld", index, (long long)length);
    rt_raise_out_of_memory(at);
}

/* ---- subvector --------------------------------------------------------------------------------------------------- */

static void check_range(RtValue vector, RtValue start, RtValue end, const RtPlace *at)
{
    if (!rt_is_vector_value(vector)) rt_raise_type(at, "subvector", "a vector", rt_dup(vector));
    if (start.tag != RT_INT && start.tag != RT_BIGINT)
        rt_raise_type(at, "subvector", "an integer index", rt_dup(start));
    if (end.tag != RT_INT && end.tag != RT_BIGINT) rt_raise_type(at, "subvector", "an integer index", rt_dup(end));
    int64_t length = rt_as_vector(vector)->length;
    bool small = start.tag == RT_INT && end.tag == RT_INT;
    if (!small || start.data < 0 || start.data > end.data || end.data > length)
        rt_raise_message(at, "subvector: range %V to %V out of bounds for length %lld", start, end, (long long)length);
}

/* Cuts the items from `end` on off a vector that is ours alone. */
static void truncate_vector(RtVector *vector, int64_t end)
{
    if (vector->kind == RT_VECTOR_VALUES) {
        for (int64_t i = end; i < vector->length; i++) rt_drop(rt_vector_value(vector, i));
    }
    vector->length = end;
}

/* The kind of a vector that gets these items of a vector of values. */
static uint32_t kind_of_range(const RtVector *vector, int64_t start, int64_t end)
{
    uint32_t kind = start < end ? rt_vector_kind_for(rt_vector_value(vector, start)) : RT_VECTOR_VALUES;
    for (int64_t i = start; i < end && kind != RT_VECTOR_VALUES; i++)
        if (rt_vector_kind_for(rt_vector_value(vector, i)) != kind) return RT_VECTOR_VALUES;
    return kind;
}

static RtValue copy_range(const RtVector *vector, int64_t start, int64_t end)
{
    bool is_packed = vector->kind != RT_VECTOR_VALUES;
    RtVector *copy = rt_vector_make(is_packed ? vector->kind : kind_of_range(vector, start, end), end - start);
    size_t item = rt_vector_packed_bytes(vector->kind);
    if (is_packed) memcpy(copy->items.bools, vector->items.bools + (size_t)start * item, (size_t)(end - start) * item);
    else
        for (int64_t i = start; i < end; i++) rt_vector_store(copy, i - start, rt_dup(rt_vector_value(vector, i)));
    return rt_from_object(RT_VECTOR, copy);
}

RtValue rt_subvector(RtValue a, RtValue b, RtValue c, const RtPlace *at)
{
    RtValue owned RT_OWNED = a;
    check_range(a, b, c, at);
    RtVector *vector = rt_as_vector(a);
    int64_t start = b.data, end = c.data;
    if (start == 0 && end == vector->length) return rt_move(&owned);
    if (start == 0 && vector->count == 1 &&
        end >= rt_vector_capacity(vector) / 2) { /* does not keep much more than it needs */
        truncate_vector(vector, end);
        return rt_move(&owned);
    }
    rt_ask_objects(end - start, sizeof(RtValue), at);
    return rt_from_object(a.tag, rt_object(copy_range(vector, start, end)));
}

/* ---- vector-append ----------------------------------------------------------------------------------------------- */

/* Adds the items of `source` (borrowed) at the end of a vector that has room for them and whose kind takes them. */
static void append_items(RtVector *vector, const RtVector *source)
{
    if (vector->kind != RT_VECTOR_VALUES && vector->kind == source->kind) {
        size_t item = rt_vector_packed_bytes(vector->kind);
        memcpy(vector->items.bools + (size_t)vector->length * item, source->items.bools, (size_t)source->length * item);
    } else {
        for (int64_t i = 0; i < source->length; i++)
            rt_vector_set_value(vector, vector->length + i, rt_dup(rt_vector_item_borrow(source, i)));
    }
    vector->length += source->length;
}

/* The kind that takes the items of all the vectors. */
static uint32_t common_kind(const RtValue *vectors, int64_t count)
{
    uint32_t kind = RT_VECTOR_VALUES;
    bool any = false;
    for (int64_t i = 0; i < count; i++) {
        const RtVector *vector = rt_as_vector(vectors[i]);
        if (vector->length == 0) continue;
        if (any && vector->kind != kind) return RT_VECTOR_VALUES;
        kind = vector->kind;
        any = true;
    }
    return kind;
}

RtValue rt_vector_append(RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    int64_t total = 0;
    for (int64_t i = 0; i < count; i++) {
        if (!rt_is_vector_value(args[i])) rt_raise_type(at, "vector-append", "a vector", rt_dup(args[i]));
        total += rt_as_vector(args[i])->length;
    }
    if (count == 0) return rt_vector(NULL, 0);
    uint32_t kind = common_kind(args, count);
    const RtVector *first = rt_as_vector(args[0]);
    if (total == first->length) return rt_take_operand(&operands);
    bool has_room = first->count == 1 && first->kind == kind && total <= rt_vector_capacity(first);
    if (!has_room) rt_ask_objects(total, 3 * sizeof(RtValue) / 2, at);
    RtVector *joined;
    int64_t next = 0;
    if (first->count == 1) { /* in place, with room to grow: repeated appending is linear */
        joined = rt_vector_own(rt_take_operand(&operands), kind, total);
        next = 1;
    } else {
        joined = rt_vector_make(kind, total);
        joined->length = 0;
    }
    uint32_t tag = args[0].tag;
    for (; next < count; next++) append_items(joined, rt_as_vector(args[next]));
    return rt_from_object(tag, joined);
}

RtValue rt_vector_to_list(RtValue v, const RtPlace *at)
{
    if (!rt_is_vector_value(v)) rt_raise_type(at, "vector->list", "a vector", rt_dup(v));
    const RtVector *vector = rt_as_vector(v);
    rt_ask_objects(vector->length, sizeof(RtCons), at);
    RtValue list = rt_nil();
    for (int64_t i = vector->length - 1; i >= 0; i--) list = rt_cons(rt_dup(rt_vector_item_borrow(vector, i)), list);
    return list;
}
