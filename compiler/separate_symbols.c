/* Symbols without a spelling (gensym) in the constants of several files.
 *
 * In a whole program the two are one symbol, which macros have put there.  Objects that are compiled apart could not agree on it, so that
 * is refused.  Input: the forms of all files, as they were lowered.
 */
#include "collection.h"
#include "frontend.h"
#include "module_internal.h"
#include "separate.h"

#include <stdlib.h>

typedef struct SymbolWalk {
    Compiler *c;
    const void *home; /* of the form being walked */
    PointerMap *homes; /* object: the file that was last found to have it */
    RtValue *queue;
    int count, capacity;
    Arena *arena; /* of the queue */
    const RtPlace *place;
} SymbolWalk;

static void add(SymbolWalk *w, RtValue v)
{
    if (!rt_is_heap(v) || (v.tag == RT_SYMBOL && rt_as_symbol(v)->interned)) return;
    const void *before = pointer_map_find(w->homes, rt_object(v));
    if (before == w->home) return;
    if (v.tag == RT_SYMBOL && before)
        diag_error(w->c, w->place, "%s: a symbol without a spelling cannot be shared by files that are compiled apart",
                   symbol_name(v));
    pointer_map_set(w->homes, rt_object(v), (void *)w->home);
    if (v.tag != RT_SYMBOL) ARENA_PUSH(w->arena, w->queue, w->count, w->capacity, v);
}

static void add_parts(SymbolWalk *w, RtValue v)
{
    if (v.tag == RT_CONS) {
        add(w, rt_cdr_of(rt_as_cons(v)));
        add(w, rt_car_of(rt_as_cons(v)));
    } else if (v.tag == RT_VECTOR || v.tag == RT_PVEC) {
        const RtVector *vector = rt_as_vector(v);
        for (int64_t i = 0; vector->kind == RT_VECTOR_VALUES && i < vector->length; i++)
            add(w, rt_vector_value(vector, i));
    } else if (v.tag == RT_MAP || v.tag == RT_SET || v.tag == RT_PMAP || v.tag == RT_PSET) {
        int64_t count = rt_collection_entries_borrow(v, NULL);
        RtValue *entries = calloc((size_t)count + 1, sizeof *entries);
        if (!entries) rt_out_of_memory();
        rt_collection_entries_borrow(v, entries);
        for (int64_t i = 0; i < count; i++) add(w, entries[i]);
        free(entries);
    }
}

static void walk(CoreNode **child, void *data)
{
    SymbolWalk *w = data;
    const CoreNode *node = *child;
    if (node->kind == CORE_CONST) {
        w->place = node->place;
        add(w, node->u.constant);
        while (w->count) add_parts(w, w->queue[--w->count]);
    }
    core_each_part(*child, walk, w);
}

void separate_check_symbols(Compiler *c, CoreProgram *p)
{
    SymbolWalk w = {.c = c, .homes = pointer_map_new(), .arena = arena_new()};
    for (int i = 0; i < p->toplevel_count; i++) {
        const Module *home = p->toplevel[i]->home;
        w.home = home && home->name ? (const void *)home : p; /* the program stands for its own file */
        walk(&p->toplevel[i]->body, &w);
    }
    pointer_map_free(w.homes);
    arena_free(w.arena);
}
