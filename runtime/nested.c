/* Maps of maps: merge, get-in, assoc-in.
 *
 * A path is a list or vector of keys, one a level.  assoc-in walks down with the levels on an array of its own, not by
 * recursion, and takes each level out of the one above it on the way: so a level that only this map holds is changed in
 * place on the way back up, at any depth.
 */
#include "collection.h"
#include "operands.h"
#include "sequence.h"
#include "table.h"
#include "vector_update.h"

#include <stdlib.h>

/* ---- paths ------------------------------------------------------------------------------------------------------- */

typedef struct Path { /* what is left of it, borrowed */
    RtValue rest;
    int64_t index; /* of a vector */
} Path;

static int64_t path_length(RtValue path, const char *who, const RtPlace *at)
{
    if (rt_is_vector_value(path)) return rt_as_vector(path)->length;
    int64_t length = 0;
    RtValue rest = path;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) length++;
    if (rest.tag != RT_NIL) rt_raise_type(at, who, "a list or vector as path", rt_dup(path));
    return length;
}

static RtValue next_key_borrow(Path *path)
{
    if (rt_is_vector_value(path->rest)) return rt_vector_item_borrow(rt_as_vector(path->rest), path->index++);
    RtValue key = rt_car_of(rt_as_cons(path->rest));
    path->rest = rt_cdr_of(rt_as_cons(path->rest));
    return key;
}

RtValue rt_get_in(RtValue *args, int64_t count, const RtPlace *at)
{
    int64_t length = path_length(args[1], "get-in", at);
    Path path = {args[1], 0};
    RtValue current = rt_dup(args[0]);
    for (int64_t i = 0; i < length; i++) {
        RtValue found = rt_nil();
        bool there = rt_lookup_borrow(current, next_key_borrow(&path), &found);
        rt_drop(current);
        if (!there) return count == 3 ? rt_dup(args[2]) : rt_nil();
        current = found;
    }
    return current;
}

/* ---- assoc-in ---------------------------------------------------------------------------------------------------- */

typedef struct Level {
    RtValue collection; /* owned */
    RtValue key; /* borrowed from the path */
} Level;

typedef struct Levels {
    Level *items;
    int64_t count;
} Levels;

static void drop_levels(Levels *levels)
{
    while (levels->count > 0) rt_drop(levels->items[--levels->count].collection);
    free(levels->items);
}

RtValue rt_assoc_in(RtValue a, RtValue b, RtValue c, const RtPlace *at)
{
    RtValue current RT_OWNED = a, item RT_OWNED = c;
    int64_t length = path_length(b, "assoc-in", at);
    if (length == 0) rt_raise_type(at, "assoc-in", "a path with at least one key", rt_dup(b));
    Levels levels __attribute__((cleanup(drop_levels))) = {rt_malloc((size_t)length * sizeof(Level)), 0};
    Path path = {b, 0};
    for (;;) {
        RtValue key = next_key_borrow(&path), below = rt_nil();
        if (current.tag == RT_NIL) current = rt_table_make(RT_MAP);
        rt_check_assoc_borrow(current, key, "assoc-in", at);
        bool is_last = levels.count == length - 1;
        if (!is_last && rt_lookup_borrow(current, key, &below))
            current =
                rt_assoc_checked(rt_move(&current), rt_dup(key), rt_nil(), at); /* then `below` may be ours alone */
        levels.items[levels.count++] = (Level){rt_move(&current), key};
        if (is_last) break;
        current = below;
    }
    while (levels.count > 0) {
        Level level = levels.items[--levels.count];
        item = rt_assoc_checked(level.collection, rt_dup(level.key), rt_move(&item), at);
    }
    return rt_move(&item);
}

/* ---- merge ------------------------------------------------------------------------------------------------------- */

/* The map, consumed, with the entries of the other one, borrowed. */
static RtValue put_all(RtValue map, RtValue other, const RtPlace *at)
{
    const RtTable *table = rt_as_table(other);
    for (uint32_t number = table->first; number < table->next; number++) {
        const RtEntry *entry = rt_table_entry_borrow(table, number);
        if (entry) map = rt_table_put(map, rt_dup(rt_entry_key(entry)), rt_dup(rt_entry_value(entry)), at);
    }
    return map;
}

RtValue rt_merge(RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    RtValue merged RT_OWNED = rt_nil();
    while (operands.next < count) {
        RtValue map RT_OWNED = rt_take_operand(&operands);
        if (map.tag == RT_NIL) continue;
        if (!rt_is_map_value(map)) rt_raise_type(at, "merge", "a map", rt_move(&map));
        merged = merged.tag == RT_NIL ? rt_move(&map) : put_all(rt_move(&merged), map, at);
    }
    return rt_move(&merged);
}
