/* equal?: the same object, or the same kind and content.
 *
 * The comparison does not recurse on the data: pairs that are still to be compared wait on a stack of our own on the
 * heap.  Atoms are compared before they would be put there, and of a list only the rest waits while its first element
 * is being compared, so the stack is as high as the data are nested, not as long as they are.  (The one exception are
 * keys of the same map whose hashes collide: table.c compares those at once, by a nested call.)
 *
 * One and the same object is equal to itself without a look inside, so that a tree with shared subtrees
 * compared with itself is quick (and a collection with a NaN in it is equal to itself, though NaN is not).
 */
#include "equal.h"
#include "consair_rt.h"
#include <stdlib.h>

typedef struct Pair { /* two composites of one kind */
    int64_t a, b;
    int64_t index; /* vectors: items compared so far */
    int64_t tag;
} Pair;

enum { NEAR_PAIRS = 8 };
struct RtEqualList {
    Pair *pairs;
    size_t count, capacity;
    Pair near[NEAR_PAIRS]; /* where they are at first */
};

static RT_SLOW void make_room(RtEqualList *list)
{
    list->capacity *= 4;
    bool is_near = list->pairs == list->near;
    list->pairs = rt_realloc(is_near ? NULL : list->pairs, list->capacity * sizeof *list->pairs);
    if (is_near) memcpy(list->pairs, list->near, sizeof list->near);
}

/* Word by word, as it is read again: words that were just written cannot be read two at a time without waiting. */
static inline void push_pair(RtEqualList *list, int64_t a, int64_t b, int64_t index, int64_t tag)
{
    if (RT_UNLIKELY(list->count == list->capacity)) make_room(list);
    Pair *pair = &list->pairs[list->count++];
    pair->a = a;
    pair->b = b;
    pair->index = index;
    pair->tag = tag;
}

static inline void push_values(RtEqualList *list, RtValue a, RtValue b) { push_pair(list, a.data, b.data, 0, a.tag); }

enum Outcome { DIFFERENT, SAME, UNKNOWN /* composites of the same kind */ };

/* Everything that can be told without a look at children. */
static inline enum Outcome compare_shallow(RtValue a, RtValue b)
{
    const uint32_t composites = 1u << RT_CONS | 1u << RT_VECTOR | 1u << RT_MAP | 1u << RT_SET | 1u << RT_PVEC |
                                1u << RT_PMAP | 1u << RT_PSET | 1u << RT_REDUCED | 1u << RT_ERROR;
    if (a.tag != b.tag) return DIFFERENT;
    if (!(composites >> (a.tag & 31) & 1)) return rt_is_eq(a, b) ? SAME : DIFFERENT;
    if (a.data == b.data) return SAME;
    bool is_vector = a.tag == RT_VECTOR || a.tag == RT_PVEC;
    return is_vector && rt_as_vector(a)->length != rt_as_vector(b)->length ? DIFFERENT : UNKNOWN;
}

bool rt_equal_later(RtEqualList *list, RtValue a, RtValue b)
{
    enum Outcome outcome = compare_shallow(a, b);
    if (outcome == UNKNOWN) push_values(list, a, b);
    return outcome != DIFFERENT;
}

/* Two lists, element by element; of a first element that is a list, too, the elements before what follows it. */
static bool step_list(RtEqualList *list, const RtCons *x, const RtCons *y)
{
    for (;;) {
        RtValue a = rt_car_of(x), b = rt_car_of(y), rest_a = rt_cdr_of(x), rest_b = rt_cdr_of(y);
        enum Outcome first = compare_shallow(a, b);
        if (first == DIFFERENT) return false;
        enum Outcome rest = compare_shallow(rest_a, rest_b);
        if (rest == DIFFERENT) return false;
        bool goes_on = rest == UNKNOWN && first == SAME && rest_a.tag == RT_CONS;
        bool goes_into_first = first == UNKNOWN && a.tag == RT_CONS;
        if (rest == UNKNOWN && !goes_on) push_values(list, rest_a, rest_b);
        if (first == UNKNOWN && !goes_into_first) push_values(list, a, b);
        if (!goes_into_first && !goes_on) return true;
        x = rt_as_cons(goes_on ? rest_a : a);
        y = rt_as_cons(goes_on ? rest_b : b);
    }
}

static bool step_vector(RtEqualList *list, const RtVector *x, const RtVector *y, int64_t index)
{
    while (index < x->length) {
        RtValue a = rt_vector_item_borrow(x, index), b = rt_vector_item_borrow(y, index);
        index++;
        enum Outcome outcome = compare_shallow(a, b);
        if (outcome == DIFFERENT) return false;
        if (outcome == UNKNOWN) {
            if (index < x->length) push_pair(list, (int64_t)x, (int64_t)y, index, RT_VECTOR);
            push_values(list, a, b);
            return true;
        }
    }
    return true;
}

static inline bool step(RtEqualList *list, int64_t x, int64_t y, int64_t index, uint32_t tag)
{
    void *a = (void *)x, *b = (void *)y;
    switch (tag) {
    case RT_CONS: return step_list(list, a, b);
    case RT_VECTOR:
    case RT_PVEC: return step_vector(list, a, b, index);
    case RT_REDUCED: return rt_equal_later(list, ((RtReduced *)a)->value, ((RtReduced *)b)->value);
    case RT_ERROR:
        return rt_equal_later(list, ((RtError *)a)->message, ((RtError *)b)->message) &&
               rt_equal_later(list, ((RtError *)a)->data, ((RtError *)b)->data);
    default:
        if (!rt_table_equal) rt_internal_error("equal?: a collection in a program without collections");
        return rt_table_equal(a, b, list);
    }
}

bool rt_equal_borrow(RtValue a, RtValue b)
{
    enum Outcome outcome = compare_shallow(a, b);
    if (outcome != UNKNOWN) return outcome == SAME;
    RtEqualList list;
    list.pairs = list.near;
    list.count = 0;
    list.capacity = NEAR_PAIRS;
    bool equal = step(&list, a.data, b.data, 0, a.tag);
    while (equal && list.count > 0) {
        const Pair *pair = &list.pairs[--list.count];
        equal = step(&list, pair->a, pair->b, pair->index, (uint32_t)pair->tag);
    }
    if (list.pairs != list.near) free(list.pairs);
    return equal;
}

RT_SLOW int rt_equal_slow(RtValue a, RtValue b) { return rt_equal_borrow(a, b); }
