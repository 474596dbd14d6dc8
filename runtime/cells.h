/* Pairs that are made or freed one after the other: their free list, and the counts, are read and written once, so that one does not
 * wait for what the one before has stored.  In between nobody else may take or free pairs. */
#ifndef CONSAIR_CELLS_H
#define CONSAIR_CELLS_H

#include "heap.h"

typedef struct RtCells {
    RtFreeObject *first; /* of the free list */
    int64_t taken, freed;
} RtCells;

enum { RT_CELL_CLASS = sizeof(RtCons) / RT_SIZE_STEP };

static inline RtCells rt_cells_begin(void) { return (RtCells){rt_free_lists[RT_CELL_CLASS], 0, 0}; }

static inline RtCons *rt_cells_take(RtCells *cells)
{
#ifdef RT_STRESS
    return rt_alloc(sizeof(RtCons));
#else
    RtFreeObject *object = cells->first;
    if (RT_LIKELY(object)) {
        cells->first = object->next;
    } else {
        rt_free_lists[RT_CELL_CLASS] = NULL; /* all of it was taken: somebody may look */
        object = rt_alloc_refill(sizeof(RtCons));
        cells->first = rt_free_lists[RT_CELL_CLASS];
    }
    cells->taken++;
    return (RtCons *)object;
#endif
}

static inline void rt_cells_free(RtCells *cells, RtCons *cell)
{
    cells->freed++;
#ifdef RT_STRESS
    rt_free(cell, sizeof *cell);
#else
    RtFreeObject *object = (RtFreeObject *)cell;
    object->next = cells->first;
    cells->first = object;
#endif
}

static inline void rt_cells_end(const RtCells *cells)
{
#ifndef RT_STRESS
    rt_free_lists[RT_CELL_CLASS] = cells->first;
    rt_allocations[RT_CELL_CLASS] += cells->taken;
#endif
    rt_deaths_left -= cells->freed;
}

#endif
