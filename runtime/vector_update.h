/* Vectors with items changed or added; vectors and pvecs alike, packed or not. */
#ifndef CONSAIR_VECTOR_UPDATE_H
#define CONSAIR_VECTOR_UPDATE_H

#include "consair_rt.h"

static inline bool rt_is_vector_value(RtValue v) { return v.tag == RT_VECTOR || v.tag == RT_PVEC; }
/* The kind of a new vector that has only items like this one.  Packed truth values come from make-vector alone (vector.c). */
static inline uint32_t rt_vector_kind_for(RtValue item)
{
    return item.tag == RT_INT || item.tag == RT_FLOAT ? item.tag : RT_VECTOR_VALUES;
}
/* Writes over a place whose old item is nobody's; the vector's kind takes the item. */
static inline void rt_vector_store(RtVector *vector, int64_t index, RtValue item)
{
    if (vector->kind == RT_VECTOR_VALUES) rt_vector_set_value(vector, index, item);
    else if (vector->kind == RT_VECTOR_BOOLS) vector->items.bools[index] = (uint8_t)item.data;
    else vector->items.ints[index] = item.data; /* the bits of an int or a float */
}

/* The vector, consumed, as one that is ours alone, of that kind (its own, or RT_VECTOR_VALUES, or any if it is empty),
 * with room for `needed` items; a block that had to grow has room for half as many again. */
RtVector *rt_vector_own(RtValue vector, uint32_t kind, int64_t needed);
/* Both consume the vector and the item, and change the vector in place when nobody else holds it. */
RtValue rt_vector_push(RtValue vector, RtValue item); /* at the end; amortised O(1) in place */
RtValue rt_vector_put(RtValue vector, int64_t index, RtValue item); /* 0 <= index < length */

#endif
