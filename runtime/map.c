/* Maps: making them, their keys and values, removing keys. */
#include "collection.h"
#include "operands.h"
#include "table.h"

#include <stdlib.h>

static RtValue make_map(uint32_t tag, const char *who, RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    if (count % 2) rt_raise_message(at, "%s: expected an even number of arguments, got %ld", who, (long)count);
    RtValue map = rt_table_make(tag);
    while (operands.next < count) {
        RtValue key = rt_take_operand(&operands);
        map = rt_table_put(map, key, rt_take_operand(&operands));
    }
    return map;
}

RtValue rt_hash_map(RtValue *args, int64_t count, const RtPlace *at)
{
    return make_map(RT_MAP, "%hash-map", args, count, at);
}

RtValue rt_pmap(RtValue *args, int64_t count, const RtPlace *at) { return make_map(RT_PMAP, "#pmap", args, count, at); }

/* Every second value of the entries, from `first` on, as a list. */
static RtValue column(RtValue map, int64_t first)
{
    int64_t count = rt_collection_entries_borrow(map, NULL);
    if (count == 0) return rt_nil();
    RtValue *entries = malloc((size_t)count * sizeof *entries);
    if (!entries) rt_out_of_memory();
    rt_collection_entries_borrow(map, entries);
    RtValue list = rt_nil();
    for (int64_t i = count - 2; i >= 0; i -= 2) list = rt_cons(rt_dup(entries[i + first]), list);
    free(entries);
    return list;
}

RtValue rt_keys(RtValue map, const RtPlace *at)
{
    if (!rt_is_map_value(map)) rt_raise_type(at, "%keys", "a map", rt_dup(map));
    return column(map, 0);
}

RtValue rt_vals(RtValue map, const RtPlace *at)
{
    if (!rt_is_map_value(map)) rt_raise_type(at, "%vals", "a map", rt_dup(map));
    return column(map, 1);
}

RtValue rt_dissoc(RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    RtValue map = rt_take_operand(&operands);
    if (!rt_is_map_value(map)) rt_raise_type(at, "%dissoc", "a map", map);
    while (operands.next < count) map = rt_table_remove(map, rt_take_operand(&operands));
    return map;
}
