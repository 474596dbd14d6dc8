/* Structural equality and the hash that goes with it, for the collections (`equal?` itself is a primitive). */
#ifndef CONSAIR_EQUAL_H
#define CONSAIR_EQUAL_H

#include "value.h"
#include <string.h>

static inline bool rt_same_bytes(const RtString *a, const RtString *b)
{
    return a->size_bytes == b->size_bytes && memcmp(a->bytes, b->bytes, (size_t)a->size_bytes) == 0;
}
/* A value that is equal to nothing but itself and whose data say which one it is: most keys. */
static inline bool rt_is_word(RtValue v) { return v.tag == RT_INT || v.tag == RT_SYMBOL; }
bool rt_equal_borrow(RtValue a, RtValue b);
uint64_t rt_hash_borrow(RtValue v); /* the same for values that are equal */

/* What equal.c asks of the collections; table.c has it.  Weak, so that `equal?` alone does not drag them into an
 * executable.  Hands each pair of values that has to be equal to rt_equal_later; false: the two differ. */
typedef struct RtEqualList RtEqualList;
bool rt_equal_later(RtEqualList *list, RtValue a, RtValue b); /* false: they differ, as could be seen at once */
bool rt_table_equal(const void *a, const void *b, RtEqualList *list) __attribute__((weak));

#endif
