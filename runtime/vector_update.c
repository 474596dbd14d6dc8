/* Changing vectors: in place when the vector is unique and can take the item, else in a new block.
 *
 * A packed vector that gets an item of another type becomes a plain one; an empty one takes the kind of its first item.
 * A block that has to be replaced because it is full, shared or of the wrong kind is replaced once, with room for half
 * as many items again, so that building a vector item by item is linear.
 */
#include "vector_update.h"
#include "internal.h"

/* The kind that has room for the item as well. */
static uint32_t kind_with(const RtVector *vector, RtValue item)
{
    if (vector->kind == RT_VECTOR_BOOLS && item.tag <= RT_BOOL) return RT_VECTOR_BOOLS;
    uint32_t kind = rt_vector_kind_for(item);
    return vector->length == 0 || vector->kind == kind ? kind : RT_VECTOR_VALUES;
}

/* Both have the same kind; not counted. */
static void copy_items(RtVector *to, const RtVector *from)
{
    size_t length = (size_t)from->length;
    if (from->kind != RT_VECTOR_VALUES) {
        memcpy(to->items.ints, from->items.ints, length * rt_vector_packed_bytes(from->kind));
        return;
    }
    memcpy(to->items.values.data, from->items.values.data, length * sizeof(int64_t));
    memcpy(to->items.values.tags, from->items.values.tags, length < RT_NEAR_TAGS ? length : RT_NEAR_TAGS);
    if (length > RT_NEAR_TAGS)
        memcpy(rt_vector_tag(to, RT_NEAR_TAGS), rt_vector_tag((RtVector *)from, RT_NEAR_TAGS), length - RT_NEAR_TAGS);
}

/* A block of the kind, with room for so many items, with the items of the old one, which is consumed. */
static RtVector *replace_block(uint32_t tag, RtVector *old, uint32_t kind, int64_t room)
{
    RtVector *fresh = rt_vector_make(kind, room);
    fresh->length = old->length;
    if (kind != old->kind) { /* unpacked: nothing to count */
        for (int64_t i = 0; i < old->length; i++) rt_vector_set_value(fresh, i, rt_vector_item_borrow(old, i));
        rt_drop(rt_from_object(tag, old));
        return fresh;
    }
    copy_items(fresh, old);
    if (old->count == 1) {
        rt_free(old, rt_vector_block_bytes(old));
        return fresh;
    }
    if (kind == RT_VECTOR_VALUES) {
        for (int64_t i = 0; i < fresh->length; i++) rt_dup(rt_vector_value(fresh, i));
    }
    rt_drop(rt_from_object(tag, old));
    return fresh;
}

RtVector *rt_vector_own(RtValue v, uint32_t kind, int64_t needed)
{
    RtVector *vector = rt_as_vector(v);
    if (kind == vector->kind && needed <= rt_vector_capacity(vector) && rt_may_change(vector, vector->length)) {
        vector->rows = 0;
        return vector;
    }
    return replace_block(v.tag, vector, kind, needed > vector->length ? needed + needed / 2 + 2 : needed);
}

RtValue rt_vector_push(RtValue vector, RtValue item)
{
    const RtVector *old = rt_as_vector(vector);
    RtVector *owned = rt_vector_own(vector, kind_with(old, item), old->length + 1);
    rt_vector_store(owned, owned->length++, item);
    return rt_from_object(vector.tag, owned);
}

RtValue rt_vector_put(RtValue vector, int64_t index, RtValue item)
{
    const RtVector *shared = rt_as_vector(vector);
    RtVector *owned = rt_vector_own(vector, kind_with(shared, item), shared->length);
    RtValue old = rt_vector_item_borrow(owned, index);
    rt_vector_store(owned, index, item);
    rt_drop(old);
    return rt_from_object(vector.tag, owned);
}
