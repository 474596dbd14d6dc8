/* Vectors: making them, and what vector-ref and vector-length do beyond their inlined fast paths.
 *
 * A vector stores its elements as values, or packed as doubles, 64-bit ints or truth values (RtVector.kind); programs
 * cannot tell.  One whose elements are all floats or all ints when it is made is packed; vector_update.c says what changes do
 * to it.  Truth values are packed by make-vector only, because elsewhere a nil is mostly the absence of something.
 * rt_vector_item_borrow reads any kind.  A persistent vector is an RtVector with another tag.
 */
#include "internal.h"
#include "vector_update.h"

RtObject rt_vacant = {RT_IMMORTAL, 0};

RtVector *rt_vector_make(enum RtVectorKind kind, int64_t length)
{
    int64_t capacity = rt_round_capacity(length);
    RtVector *vector = rt_alloc(rt_vector_size_bytes(kind, capacity));
    rt_vector_init(vector, kind, length, capacity);
    return vector;
}

RtValue rt_vector(RtValue *args, int64_t count)
{
    uint32_t kind = count ? rt_vector_kind_for(args[0]) : RT_VECTOR_VALUES;
    for (int64_t i = 1; i < count && kind != RT_VECTOR_VALUES; i++) {
        if (args[i].tag != args[0].tag) kind = RT_VECTOR_VALUES;
    }
    RtVector *vector = rt_vector_make(kind, count);
    for (int64_t i = 0; i < count; i++) {
        if (kind == RT_VECTOR_VALUES) rt_vector_set_value(vector, i, args[i]);
        else vector->items.ints[i] = args[i].data; /* the bits of an int or a float */
    }
    return rt_from_object(RT_VECTOR, vector);
}

RtValue rt_refill(RtValue *args, int64_t count)
{
    rt_drop(args[0]);
    return rt_vector(args + 1, count - 1);
}

RT_SLOW RtValue rt_vector_length_slow(RtValue vector, const RtPlace *at)
{
    if (!rt_is_vector_value(vector)) rt_raise_type(at, "vector-length", "a vector", rt_dup(vector));
    return rt_from_int(rt_as_vector(vector)->length);
}

RtValue rt_part_ref_rare(RtValue vector, RtValue index)
{
    bool is_inside = rt_is_vector_value(vector) && index.tag == RT_INT &&
                     (uint64_t)index.data < (uint64_t)rt_as_vector(vector)->length;
    return is_inside ? rt_vector_item_borrow(rt_as_vector(vector), index.data) : rt_make(RT_UNBOUND, 0);
}

RtValue rt_vector_ref_rare(RtValue vector, RtValue index)
{
    RtValue item = rt_part_ref_rare(vector, index);
    return item.tag == RT_UNBOUND ? item : rt_dup(item);
}

void rt_vector_ref_fail(RtValue vector, RtValue index, const RtPlace *at)
{
    if (!rt_is_vector_value(vector)) rt_raise_type(at, "vector-ref", "a vector", rt_dup(vector));
    if (index.tag != RT_INT && index.tag != RT_BIGINT) {
        rt_raise_type(at, "vector-ref", "an integer index", rt_dup(index));
    }
    int64_t length = rt_as_vector(vector)->length;
    rt_raise_message(at, "vector-ref: index %V out of bounds for length %lld", index, (long long)length);
}

static bool is_wanted(uint64_t wanted, int64_t index) { return index < 64 && wanted >> index & 1; }

RT_SLOW void rt_drop_items(RtVector *vector, uint64_t items)
{
    for (uint64_t rest = items; rest; rest &= rest - 1) rt_drop(rt_vector_value(vector, __builtin_ctzll(rest)));
}

RT_SLOW void rt_open_vector_slow(RtVector *vector, uint64_t wanted)
{
    if (vector->count == 1) {
        for (int64_t i = 0; vector->kind == RT_VECTOR_VALUES && i < vector->length; i++)
            if (!is_wanted(wanted, i)) rt_drop(rt_vector_value(vector, i));
        rt_free(vector, rt_vector_block_bytes(vector));
        return;
    }
    for (int64_t i = 0; i < vector->length && i < 64; i++)
        if (is_wanted(wanted, i)) rt_dup(rt_vector_item_borrow(vector, i));
    rt_drop(rt_from_object(RT_VECTOR, vector));
}

RT_SLOW RtVector *rt_make_shell(RtVector *vector, int64_t length, uint64_t wanted)
{
    RtVector *shell = rt_alloc(rt_vector_size_bytes(RT_VECTOR_VALUES, length));
    rt_vector_init(shell, RT_VECTOR_VALUES, length, length);
    for (int64_t i = 0; i < length; i++)
        rt_vector_set_value(shell, i, is_wanted(wanted, i) ? rt_vector_item_borrow(vector, i) : rt_nil());
    rt_open_vector_slow(vector, wanted);
    return shell;
}

/* Literals lie in memory that may not be written. */
RT_NOTHROW int64_t rt_measure_rows(RtVector *vector)
{
    if (vector->kind != RT_VECTOR_VALUES || vector->count >= RT_STICKY) return 0;
    int64_t least = (1 << RT_ROWS_BITS) - 2;
    for (int64_t i = 0; i < vector->length && least > 0; i++) {
        RtValue row = rt_vector_value(vector, i);
        int64_t length = row.tag == RT_VECTOR ? rt_as_vector(row)->length : 0;
        if (length < least) least = length;
    }
    vector->rows = (uint32_t)least + 1;
    return least;
}

RT_NOTHROW void rt_vector_replace(RtVector *vector, int64_t index, RtValue item)
{
    RtValue old = rt_vector_value(vector, index);
    rt_vector_set_value(vector, index, item);
    rt_keep_rows(vector, item);
    rt_drop(old);
}

RtValue rt_list_to_vector(RtValue a, const RtPlace *at)
{
    int64_t length = 0;
    uint32_t kind = a.tag == RT_CONS ? rt_vector_kind_for(rt_car_of(rt_as_cons(a))) : RT_VECTOR_VALUES;
    RtValue rest = a;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) {
        if (rt_vector_kind_for(rt_car_of(rt_as_cons(rest))) != kind) kind = RT_VECTOR_VALUES;
        length++;
    }
    if (rest.tag != RT_NIL) rt_raise_type(at, "list->vector", "a proper list", a);
    {
        RtValue owned RT_OWNED = a;
        rt_ask_objects(1, rt_vector_size_bytes(kind, length), at);
        owned = rt_nil();
    }
    RtVector *vector = rt_vector_make(kind, length);
    rest = a;
    for (int64_t i = 0; i < length; i++) {
        rt_vector_store(vector, i, rt_dup(rt_car_of(rt_as_cons(rest))));
        rest = rt_cdr_of(rt_as_cons(rest));
    }
    rt_drop(a);
    return rt_from_object(RT_VECTOR, vector);
}
