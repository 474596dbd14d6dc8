/* Maps: making them, their keys and values, removing keys. */
#include "collection.h"
#include "flat.h"
#include "operands.h"
#include "sequence.h"

enum { FEW_OPERANDS = 64 };

/* Puts a few keys that are all different into an empty map, if their hashes are; false: nothing was done. */
static bool fill_record(RtTable *table, const RtValue *args, int64_t count)
{
    if (count == 0 || count > 2 * RT_FLAT_FEW) return false;
    rt_flat_begin(table, (uint32_t)count / 2);
    const uint32_t entry_bytes = rt_entry_bytes(true);
    char *begin = (char *)table->flat.entries, *end = begin;
    for (const RtValue *key = args; key < args + count; key += 2, end += entry_bytes) {
        uint32_t hash = rt_table_hash(*key);
        const char *other = begin;
        while (other < end && ((const RtEntry *)(const void *)other)->hash != hash) other += entry_bytes;
        if (other < end) {
            rt_flat_free(table);
            table->flat = (RtFlat){.entries = NULL};
            return false;
        }
        rt_entry_init((void *)end, entry_bytes, key[0], key[1], hash);
    }
    table->live = table->next = (uint32_t)count / 2;
    return true;
}

static RtValue make_map(uint32_t tag, const char *who, RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    if (count % 2) rt_raise_message(at, "%s: expected an even number of arguments, got %ld", who, (long)count);
    RtValue map = rt_table_make(tag);
    if (fill_record(rt_as_table(map), args, count)) {
        operands.next = count;
        return map;
    }
    if (count <= FEW_OPERANDS) rt_table_reserve(map, count / 2); /* of many, most may be the same */
    while (operands.next < count) {
        RtValue key = rt_take_operand(&operands);
        map = rt_table_put(map, key, rt_take_operand(&operands), at);
    }
    return map;
}

static RtValue rt_hash_map_named(RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    return make_map(RT_MAP, who, args, count, at);
}
RT_BOTH_NAMES_NP(rt_hash_map, "hash-map")

RtValue rt_pmap(RtValue *args, int64_t count, const RtPlace *at) { return make_map(RT_PMAP, "#pmap", args, count, at); }

/* The keys or the values. */
static RtValue column(RtValue map, RtValue (*part)(const RtEntry *entry))
{
    const RtTable *table = rt_as_table(map);
    RtValue list = rt_nil();
    for (uint32_t number = table->next; number > table->first;) {
        const RtEntry *entry = rt_table_entry_borrow(table, --number);
        if (entry) list = rt_cons(rt_dup(part(entry)), list);
    }
    return list;
}

static RtValue rt_keys_named(RtValue map, const char *who, const RtPlace *at)
{
    if (!rt_is_map_value(map)) rt_raise_type(at, who, "a map", rt_dup(map));
    return column(map, rt_entry_key);
}
RT_BOTH_NAMES_1P(rt_keys, "keys")

static RtValue rt_vals_named(RtValue map, const char *who, const RtPlace *at)
{
    if (!rt_is_map_value(map)) rt_raise_type(at, who, "a map", rt_dup(map));
    return column(map, rt_entry_value);
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
