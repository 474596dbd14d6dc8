/* Making values immortal, with all that can be reached from them: literals, and what test builds with few bits of counts lost. */
#include "internal.h"
#include <stdlib.h>

void rt_immortal_child(RtImmortalList *list, RtValue child)
{
    if (!rt_is_heap(child)) return;
    if (list->length == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        list->items = rt_realloc(list->items, capacity * sizeof *list->items);
        list->capacity = capacity;
    }
    list->items[list->length++] = child;
}

static void immortalize_items(RtImmortalList *list, const RtValue *items, int64_t count)
{
    for (int64_t i = 0; i < count; i++) rt_immortal_child(list, items[i]);
}

static void immortalize_words(RtImmortalList *list, const RtStruct *object)
{
    int word = 0;
    for (uint32_t held = rt_struct_held(object->info); held; held >>= RT_HELD_BITS, word++)
        rt_immortal_child(list, rt_struct_word(object, object->info, word, held & ((1u << RT_HELD_BITS) - 1)));
}

static void immortalize_children(RtImmortalList *list, RtValue v)
{
    switch (v.tag) {
    case RT_CONS:
        rt_immortal_child(list, rt_car_of(rt_as_cons(v)));
        rt_immortal_child(list, rt_cdr_of(rt_as_cons(v))); /* taken next, so a long list keeps this stack short */
        return;
    case RT_CLOSURE: {
        const RtClosure *closure = rt_as_closure(v);
        for (int64_t i = 0; i < closure->code->capture_count; i++) rt_immortal_child(list, rt_capture(closure, i));
        return;
    }
    case RT_VECTOR:
    case RT_PVEC: {
        const RtVector *vector = rt_as_vector(v);
        if (vector->kind != RT_VECTOR_VALUES) return;
        for (int64_t i = 0; i < vector->length; i++) rt_immortal_child(list, rt_vector_value(vector, i));
        return;
    }
    case RT_MAP:
    case RT_SET:
    case RT_PMAP:
    case RT_PSET:
        if (!rt_immortalize_collection) rt_internal_error("a collection in a program without collections");
        rt_immortalize_collection(v.tag, rt_object(v), list);
        return;
    case RT_REDUCED: rt_immortal_child(list, ((RtReduced *)rt_object(v))->value); return;
    case RT_ERROR:
        rt_immortal_child(list, rt_as_error(v)->message);
        rt_immortal_child(list, rt_as_error(v)->data);
        return;
    case RT_ENV: immortalize_items(list, rt_as_env(v)->items, rt_as_env(v)->length); return;
    case RT_STRUCT: immortalize_words(list, rt_object(v)); return;
    default: return;
    }
}

void rt_make_immortal(RtValue v)
{
    RtImmortalList list = {NULL, 0, 0};
    rt_immortal_child(&list, v);
    while (list.length > 0) {
        RtValue next = list.items[--list.length];
        RtObject *object = rt_object(next);
        if (*rt_count_of(object) & RT_IMMORTAL) continue; /* and so is all it reaches */
        *rt_count_of(object) = RT_IMMORTAL;
        rt_count_immortal(1);
        immortalize_children(&list, next);
    }
    free(list.items);
}
