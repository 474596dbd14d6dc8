/* Vectors with one item changed or added; vectors and pvecs alike, packed or not. */
#ifndef CONSAIR_VECTOR_UPDATE_H
#define CONSAIR_VECTOR_UPDATE_H

#include "consair_rt.h"

/* Both consume the vector and the item, and change the vector in place when nobody else holds it. */
RtValue rt_vector_push(RtValue vector, RtValue item); /* at the end; amortised O(1) in place */
RtValue rt_vector_put(RtValue vector, int64_t index, RtValue item); /* 0 <= index < length */

#endif
