/* Maps: making them, their keys and values, removing keys. */
#include "collection.h"
#include "operands.h"
#include "sequence.h"
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

static RtValue rt_hash_map_named(RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    return make_map(RT_MAP, who, args, count, at);
}
RT_BOTH_NAMES_NP(rt_hash_map, "hash-map")

RtValue rt_pmap(RtValue *args, int64_t count, const RtPlace *at) { return make_map(RT_PMAP, "#pmap", args, count, at); }

/* Every second value of the entries, from `first` on, as a list. */
static RtValue column(RtValue map, int64_t first)
{
    int64_t count = rt_collection_entries_borrow(map, NULL);
    if (count == 0) return rt_nil();
    RtValue *entries = rt_malloc((size_t)count * sizeof *entries);
    rt_collection_entries_borrow(map, entries);
    RtValue list = rt_nil();
    for (int64_t i = count - 2; i >= 0; i -= 2) list = rt_cons(rt_dup(entries[i + first]), list);
    free(entries);
    return list;
}

static RtValue rt_keys_named(RtValue map, const char *who, const RtPlace *at)
{
    if (!rt_is_map_value(map)) rt_raise_type(at, who, "a map", rt_dup(map));
    return column(map, 0);
}
RT_BOTH_NAMES_1P(rt_keys, "keys")

static RtValue rt_vals_named(RtValue map, const char *who, const RtPlace *at)
{
    if (!rt_is_map_value(map)) rt_raise_type(at, who, "a map", rt_dup(map));
    return column(map, 1);
}
RT_BOTH_NAMES_1P(rt_vals, "vals")

static RtValue rt_dissoc_named(RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    RtValue map = rt_take_operand(&operands);
    if (!rt_is_map_value(map)) rt_raise_type(at, who, "a map", map);
    while (operands.next < count) map = rt_table_remove(map, rt_take_operand(&operands));
    return map;
}
RT_BOTH_NAMES_NP(rt_dissoc, "dissoc")
