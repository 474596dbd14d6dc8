/* Sorting numbers by `<`: what `sort` and `vector-sort` do when no comparison function is given.
 *
 * A list becomes a vector, which is packed when all elements are ints or all are floats; the vector is sorted in place
 * (when nobody else holds it) by the merge sort for its kind, and a list is made of it again.  Short runs are sorted by
 * insertion, then merged pairwise, bottom up; a run that already follows the one before it is not moved.  Stable, which
 * shows with numbers that are equal and yet not the same (1 and 1.0, 0.0 and -0.0).  A NaN is less than nothing and
 * nothing is less than it, so where it ends up depends on its neighbours.
 */
#include "number.h"
#include "operands.h"
#include "sequence.h"
#include "vector_update.h"
#include <stdlib.h>

enum { RUN = 12 /* items sorted by insertion */ };

/* Defines NAME_run, which sorts few items, NAME_merge, which merges two neighbouring runs (the left one goes to the
 * scratch first), and NAME, which sorts all. */
#define MERGE_SORT(name, Item, IS_LESS)                                                                                \
    static void name##_run(Item *items, int64_t count)                                                                 \
    {                                                                                                                  \
        for (int64_t i = 1; i < count; i++) {                                                                          \
            Item item = items[i];                                                                                      \
            int64_t place = i;                                                                                         \
            for (; place > 0 && IS_LESS(item, items[place - 1]); place--) items[place] = items[place - 1];             \
            items[place] = item;                                                                                       \
        }                                                                                                              \
    }                                                                                                                  \
    static void name##_merge(Item *items, int64_t middle, int64_t count, Item *scratch)                                \
    {                                                                                                                  \
        if (!IS_LESS(items[middle], items[middle - 1])) return;                                                        \
        memcpy(scratch, items, (size_t)middle * sizeof *items);                                                        \
        int64_t left = 0, right = middle, out = 0;                                                                     \
        while (left < middle && right < count) {                                                                       \
            if (IS_LESS(items[right], scratch[left])) items[out++] = items[right++];                                   \
            else items[out++] = scratch[left++];                                                                       \
        }                                                                                                              \
        memcpy(items + out, scratch + left, (size_t)(middle - left) * sizeof *items);                                  \
    }                                                                                                                  \
    static void name(Item *items, int64_t count)                                                                       \
    {                                                                                                                  \
        for (int64_t i = 0; i < count; i += RUN) name##_run(items + i, count - i < RUN ? count - i : RUN);             \
        if (count <= RUN) return;                                                                                      \
        Item *scratch = rt_malloc((size_t)count * sizeof *scratch);                                                    \
        for (int64_t width = RUN; width < count; width *= 2) {                                                         \
            for (int64_t i = 0; i + width < count; i += 2 * width)                                                     \
                name##_merge(items + i, width, count - i < 2 * width ? count - i : 2 * width, scratch);                \
        }                                                                                                              \
        free(scratch);                                                                                                 \
    }

static inline bool is_less(RtValue a, RtValue b)
{
    if (a.tag == RT_INT && b.tag == RT_INT) return a.data < b.data;
    return rt_compare_borrow(a, b) == RT_LESS;
}
#define BEFORE(a, b) ((a) < (b))

MERGE_SORT(sort_ints, int64_t, BEFORE)
MERGE_SORT(sort_floats, double, BEFORE)
MERGE_SORT(sort_values, RtValue, is_less)

static void sort_mixed(RtVector *vector)
{
    RtValue *items = rt_malloc((size_t)vector->length * sizeof *items + 1);
    for (int64_t i = 0; i < vector->length; i++) items[i] = rt_vector_value(vector, i);
    sort_values(items, vector->length);
    for (int64_t i = 0; i < vector->length; i++) rt_vector_set_value(vector, i, items[i]);
    free(items);
}

/* Sorts a vector that is ours alone and has only numbers. */
static void sort_vector(RtVector *vector)
{
    switch (vector->kind) {
    case RT_VECTOR_INTS: sort_ints(vector->items.ints, vector->length); break;
    case RT_VECTOR_FLOATS: sort_floats(vector->items.floats, vector->length); break;
    default: sort_mixed(vector); break;
    }
}

/* Raises, and drops the vector, when an element is not a number. */
static void check_numbers(RtValue owned, const char *who, const RtPlace *at)
{
    RtValue v RT_OWNED = owned;
    const RtVector *vector = rt_as_vector(v);
    bool is_checked = vector->kind == RT_VECTOR_INTS || vector->kind == RT_VECTOR_FLOATS;
    for (int64_t i = 0; !is_checked && i < vector->length; i++) {
        RtValue item = rt_vector_item_borrow(vector, i);
        if (!rt_is_number_value(item)) rt_raise_type(at, who, "a number", rt_dup(item));
    }
    rt_move(&v);
}

RtValue rt_sort_numbers(RtValue a, const RtPlace *at)
{
    RtValue operand RT_OWNED = a;
    RtValue list = rt_sequence_list(a, "sort", at);
    rt_drop(rt_move(&operand));
    if (!rt_is_truthy(rt_is_list(list))) rt_raise_type(at, "sort", "a proper list", list);
    RtValue vector = rt_list_to_vector(list, at);
    check_numbers(vector, "sort", at);
    sort_vector(rt_as_vector(vector));
    list = rt_vector_to_list(vector, at);
    rt_drop(vector);
    return list;
}

RtValue rt_vector_sort_numbers(RtValue a, const RtPlace *at)
{
    if (!rt_is_vector_value(a)) rt_raise_type(at, "vector-sort", "a vector", a);
    check_numbers(a, "vector-sort", at);
    const RtVector *vector = rt_as_vector(a);
    RtVector *owned = rt_vector_own(a, vector->kind, vector->length);
    sort_vector(owned);
    return rt_from_object(RT_VECTOR, owned); /* also of a pvec, whose layout is the same */
}
