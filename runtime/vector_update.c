/* Changing vectors: in place when the vector is unique and can take the item, else in a new block.
 *
 * A packed vector that gets an item of another type becomes a plain one.  A block that has to be replaced because it is
 * full, shared or of the wrong kind is replaced once, with room for half as many items again, so that building a
 * vector item by item is linear.
 */
#include "vector_update.h"
#include "internal.h"

static bool kind_takes(uint32_t kind, RtValue item)
{
    return kind == RT_VECTOR_VALUES || (kind == RT_VECTOR_INTS && item.tag == RT_INT) ||
           (kind == RT_VECTOR_FLOATS && item.tag == RT_FLOAT);
}

static void store_item(RtVector *vector, int64_t index, RtValue item)
{
    if (vector->kind == RT_VECTOR_VALUES) vector->items.values[index] = item;
    else vector->items.ints[index] = item.data; /* the bits of an int or a float */
}

/* A block of the kind and capacity with the items of the old one, which is consumed. */
static RtVector *replace_block(uint32_t tag, RtVector *old, uint32_t kind, int64_t capacity)
{
    RtVector *fresh = rt_alloc(rt_vector_size_bytes(kind, capacity));
    fresh->count = 1;
    fresh->kind = kind;
    fresh->length = old->length;
    fresh->capacity = capacity;
    if (kind != old->kind) { /* unpacked: numbers, nothing to count */
        for (int64_t i = 0; i < old->length; i++) fresh->items.values[i] = rt_vector_item_borrow(old, i);
        rt_drop(rt_from_object(tag, old));
        return fresh;
    }
    memcpy(fresh->items.ints, old->items.ints, rt_vector_size_bytes(kind, old->length) - rt_vector_size_bytes(kind, 0));
    if (old->count == 1) {
        rt_free(old, rt_vector_size_bytes(old->kind, old->capacity));
        return fresh;
    }
    if (kind == RT_VECTOR_VALUES) {
        for (int64_t i = 0; i < fresh->length; i++) rt_dup(fresh->items.values[i]);
    }
    rt_drop(rt_from_object(tag, old));
    return fresh;
}

/* The vector, consumed, as one that is ours alone, takes the item and has room for `needed` items. */
static RtVector *own_vector(RtValue v, RtValue item, int64_t needed)
{
    RtVector *vector = rt_as_vector(v);
    bool takes = kind_takes(vector->kind, item);
    if (takes && vector->count == 1 && needed <= vector->capacity) return vector;
    int64_t capacity = needed > vector->length ? needed + needed / 2 + 2 : needed;
    return replace_block(v.tag, vector, takes ? vector->kind : RT_VECTOR_VALUES, capacity);
}

RtValue rt_vector_push(RtValue vector, RtValue item)
{
    RtVector *owned = own_vector(vector, item, rt_as_vector(vector)->length + 1);
    store_item(owned, owned->length++, item);
    return rt_from_object(vector.tag, owned);
}

RtValue rt_vector_put(RtValue vector, int64_t index, RtValue item)
{
    RtVector *owned = own_vector(vector, item, rt_as_vector(vector)->length);
    RtValue old = rt_vector_item_borrow(owned, index);
    store_item(owned, index, item);
    rt_drop(old);
    return rt_from_object(vector.tag, owned);
}
