/* range: a list of numbers; and a vector of them, which programs make of that list mostly to walk over indices.
 *
 * Element i is start + i*step, computed like that and not by repeated addition, so floats do not drift; the list ends
 * before the first element that has reached the end.  Three ints, the usual case, are counted by a division.  For
 * all else (big integers, ratios, floats, mixed) the elements are monotone in i also when they are rounded, so
 * the number of them is found by bisection, with the very arithmetic that makes the elements: no estimate can be off
 * by one.
 */
#include "heap.h"
#include "internal.h"
#include "number.h"

#define MAX_ELEMENTS (INT64_MAX / 64) /* no memory holds more */

typedef struct Range {
    RtValue start, end, step; /* borrowed */
    bool descending;
} Range;

RT_NORETURN static void raise_too_long(const RtPlace *at, RtValue end)
{
    rt_raise_message(at, "range: expected an end for which the list fits memory, got %V", end);
}

static RtValue element(const Range *range, int64_t index)
{
    RtValue distance = rt_mul(rt_from_int(index), rt_dup(range->step), NULL);
    return rt_add(rt_dup(range->start), distance, NULL);
}

static bool is_before_end(const Range *range, int64_t index)
{
    RtValue value = element(range, index);
    enum RtOrder order = rt_compare_borrow(value, range->end);
    rt_drop(value);
    return order == (range->descending ? RT_GREATER : RT_LESS);
}

static int64_t count_ints(const Range *range, const RtPlace *at)
{
    uint64_t start = (uint64_t)range->start.data, end = (uint64_t)range->end.data, step = (uint64_t)range->step.data;
    if (range->descending ? range->start.data <= range->end.data : range->start.data >= range->end.data) return 0;
    uint64_t distance = range->descending ? start - end : end - start;
    uint64_t count = (distance - 1) / (range->descending ? -step : step) + 1;
    if (count > MAX_ELEMENTS) raise_too_long(at, range->end);
    return (int64_t)count;
}

static int64_t count_elements(const Range *range, const RtPlace *at)
{
    if (!is_before_end(range, 0)) return 0;
    int64_t inside = 0, beyond = 1;
    while (is_before_end(range, beyond)) {
        inside = beyond;
        beyond *= 2;
        if (beyond > MAX_ELEMENTS) raise_too_long(at, range->end);
    }
    while (beyond - inside > 1) {
        int64_t middle = inside + (beyond - inside) / 2;
        if (is_before_end(range, middle)) inside = middle;
        else beyond = middle;
    }
    return beyond;
}

static void check_number(RtValue v, const RtPlace *at)
{
    if (!rt_is_number_value(v)) rt_raise_type(at, "range", "a number", rt_dup(v));
    if (v.tag == RT_FLOAT && !__builtin_isfinite(rt_float_bits(v))) {
        rt_raise_type(at, "range", "a finite number", v);
    }
}

static bool is_negative(RtValue number) { return rt_compare_borrow(number, rt_from_int(0)) == RT_LESS; }

static void prepare(int64_t elements, const RtPlace *at)
{
    enum { MANY = 100000 };
    rt_ask_objects(elements, sizeof(RtCons), at);
    if (elements > MANY) rt_heap_sort(sizeof(RtCons), elements);
}

static Range make_range(const RtValue *args, int64_t count, const RtPlace *at)
{
    for (int64_t i = 0; i < count; i++) check_number(args[i], at);
    Range range = {.start = count == 1 ? rt_from_int(0) : args[0],
                   .end = args[count == 1 ? 0 : 1],
                   .step = count == 3 ? args[2] : rt_from_int(1)};
    if (rt_compare_borrow(range.step, rt_from_int(0)) == RT_EQUAL) {
        rt_raise_type(at, "range", "a step other than zero", range.step);
    }
    range.descending = is_negative(range.step);
    return range;
}

static bool is_of_ints(const Range *range)
{
    return range->start.tag == RT_INT && range->end.tag == RT_INT && range->step.tag == RT_INT;
}

static int64_t int_element(const Range *range, int64_t index) /* within the range of ints */
{
    return (int64_t)((uint64_t)range->start.data + (uint64_t)index * (uint64_t)range->step.data);
}

RtValue rt_range(RtValue *args, int64_t count, const RtPlace *at)
{
    Range range = make_range(args, count, at);
    RtValue list = rt_nil();
    if (is_of_ints(&range)) {
        int64_t elements = count_ints(&range, at);
        prepare(elements, at);
        for (int64_t i = elements - 1; i >= 0; i--) list = rt_cons(rt_from_int(int_element(&range, i)), list);
        return list;
    }
    int64_t elements = count_elements(&range, at);
    prepare(elements, at);
    for (int64_t i = elements - 1; i >= 0; i--) list = rt_cons(element(&range, i), list);
    return list;
}

RtValue rt_range_vector(RtValue *args, int64_t count, const RtPlace *at)
{
    Range range = make_range(args, count, at);
    if (!is_of_ints(&range)) return rt_list_to_vector(rt_range(args, count, at), at);
    int64_t elements = count_ints(&range, at);
    if (elements == 0) return rt_list_to_vector(rt_nil(), at);
    rt_ask_objects(1, rt_vector_size_bytes(RT_VECTOR_INTS, elements), at);
    RtVector *vector = rt_vector_make(RT_VECTOR_INTS, elements);
    for (int64_t i = 0; i < elements; i++) vector->items.ints[i] = int_element(&range, i);
    return rt_from_object(RT_VECTOR, vector);
}
