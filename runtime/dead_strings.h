/* Strings that end, alone or with the cells of a list. */
#ifndef CONSAIR_DEAD_STRINGS_H
#define CONSAIR_DEAD_STRINGS_H

#include "cells.h"
#include "internal.h"

/* Nothing refers to it any more; gives its size. */
static inline size_t forget_string(const RtString *string)
{
    if (string == rt_string_at_cursor) rt_string_at_cursor = NULL;
    return rt_string_size_bytes(rt_string_capacity(string));
}

/* Strings that die with cells.  They hold nothing, so they need not wait until a second walk over all of them; those as large as cells
 * go to the same free list.  There they come behind each other if they lie elsewhere, as after a map over a list, and before their cells if
 * they lie beside them, as after a loop that made both: what is built next is to lie in order. */
typedef struct DeadStrings {
    RtFreeObject *first, *last;
} DeadStrings;

static inline bool lies_beside(const RtString *string, const RtCons *cell)
{
    enum { NEAR = 64 };
    return (uintptr_t)string - (uintptr_t)cell + NEAR <= 2 * NEAR;
}

static inline void free_string(RtCells *cells, DeadStrings *strings, RtString *string, const RtCons *cell)
{
    size_t size_bytes = forget_string(string);
    cells->freed++;
#ifndef RT_STRESS
    if ((size_bytes + RT_SIZE_STEP - 1) / RT_SIZE_STEP == RT_CELL_CLASS) {
        RtFreeObject *object = (RtFreeObject *)string;
        bool is_beside = lies_beside(string, cell);
        RtFreeObject **first = is_beside ? &cells->first : &strings->first;
        object->next = *first;
        *first = object;
        if (!is_beside && !strings->last) strings->last = object;
        return;
    }
#endif
    rt_free(string, size_bytes);
}

static inline void free_strings(RtCells *cells, const DeadStrings *strings)
{
    if (!strings->first) return;
    strings->last->next = cells->first;
    cells->first = strings->first;
}

#endif
