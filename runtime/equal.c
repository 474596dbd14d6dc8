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

typedef struct Pair {
    RtValue a, b;
    int64_t index; /* vectors: items compared so far */
} Pair;

enum { NEAR_PAIRS = 8 };
struct RtEqualList {
    Pair *pairs;
    size_t count, capacity;
    Pair near[NEAR_PAIRS]; /* where they are at first */
};

static void push_pair(RtEqualList *list, Pair pair)
{
    if (list->count == list->capacity) {
        list->capacity *= 4;
        bool is_near = list->pairs == list->near;
        list->pairs = rt_realloc(is_near ? NULL : list->pairs, list->capacity * sizeof *list->pairs);
        if (is_near) memcpy(list->pairs, list->near, sizeof list->near);
    }
    list->pairs[list->count++] = pair;
}

enum Outcome { DIFFERENT, SAME, UNKNOWN /* composites of the same kind */ };

/* Everything that can be told without a look at children. */
static enum Outcome compare_shallow(RtValue a, RtValue b)
{
    if (a.tag != b.tag) return DIFFERENT;
    switch (a.tag) {
    case RT_CONS:
    case RT_MAP:
    case RT_SET:
    case RT_PMAP:
    case RT_PSET:
    case RT_REDUCED:
    case RT_ERROR: return a.data == b.data ? SAME : UNKNOWN;
    case RT_VECTOR:
    case RT_PVEC:
        if (a.data == b.data) return SAME;
        return rt_as_vector(a)->length == rt_as_vector(b)->length ? UNKNOWN : DIFFERENT;
    default: return rt_is_truthy(rt_eq(a, b)) ? SAME : DIFFERENT;
    }
}

bool rt_equal_later(RtEqualList *list, RtValue a, RtValue b)
{
    enum Outcome outcome = compare_shallow(a, b);
    if (outcome == UNKNOWN) push_pair(list, (Pair){a, b, 0});
    return outcome != DIFFERENT;
}

/* Two lists, element by element, up to the first pair of elements that are composites themselves. */
static bool step_list(RtEqualList *list, RtValue a, RtValue b)
{
    for (;;) {
        const RtCons *x = rt_as_cons(a), *y = rt_as_cons(b);
        enum Outcome first = compare_shallow(rt_car_of(x), rt_car_of(y));
        enum Outcome rest = compare_shallow(rt_cdr_of(x), rt_cdr_of(y));
        if (first == DIFFERENT || rest == DIFFERENT) return false;
        if (rest == UNKNOWN && first == SAME && x->cdr_tag == RT_CONS) {
            a = rt_cdr_of(x);
            b = rt_cdr_of(y);
            continue;
        }
        if (rest == UNKNOWN) push_pair(list, (Pair){rt_cdr_of(x), rt_cdr_of(y), 0});
        if (first == UNKNOWN) push_pair(list, (Pair){rt_car_of(x), rt_car_of(y), 0});
        return true;
    }
}

static bool step_vector(RtEqualList *list, Pair pair)
{
    const RtVector *x = rt_as_vector(pair.a), *y = rt_as_vector(pair.b);
    while (pair.index < x->length) {
        RtValue a = rt_vector_item_borrow(x, pair.index), b = rt_vector_item_borrow(y, pair.index);
        pair.index++;
        enum Outcome outcome = compare_shallow(a, b);
        if (outcome == DIFFERENT) return false;
        if (outcome == UNKNOWN) {
            if (pair.index < x->length) push_pair(list, pair);
            push_pair(list, (Pair){a, b, 0});
            return true;
        }
    }
    return true;
}

static bool step(RtEqualList *list, Pair pair)
{
    switch (pair.a.tag) {
    case RT_CONS: return step_list(list, pair.a, pair.b);
    case RT_VECTOR:
    case RT_PVEC: return step_vector(list, pair);
    case RT_REDUCED:
        return rt_equal_later(list, ((RtReduced *)rt_object(pair.a))->value, ((RtReduced *)rt_object(pair.b))->value);
    case RT_ERROR:
        return rt_equal_later(list, rt_as_error(pair.a)->message, rt_as_error(pair.b)->message) &&
               rt_equal_later(list, rt_as_error(pair.a)->data, rt_as_error(pair.b)->data);
    default:
        if (!rt_table_equal) rt_internal_error("equal?: a collection in a program without collections");
        return rt_table_equal(rt_object(pair.a), rt_object(pair.b), list);
    }
}

bool rt_equal_borrow(RtValue a, RtValue b)
{
    RtEqualList list;
    list.pairs = list.near;
    list.count = 0;
    list.capacity = NEAR_PAIRS;
    bool equal = rt_equal_later(&list, a, b);
    while (equal && list.count > 0) equal = step(&list, list.pairs[--list.count]);
    if (list.pairs != list.near) free(list.pairs);
    return equal;
}

RT_SLOW int rt_equal_slow(RtValue a, RtValue b) { return rt_equal_borrow(a, b); }
