/* Maps: making them, their keys and values, removing keys. */
#include "collection.h"
#include "flat.h"
#include "operands.h"
#include "sequence.h"

enum { FEW_OPERANDS = 64 };

/* Are there a few keys, and all different, as can be seen at once? */
static bool is_record(const RtValue *args, int64_t count)
{
    if (count == 0 || count > 2 * RT_FLAT_FEW) return false;
    for (int64_t i = 0; i < count; i += 2) {
        if (!rt_is_word(args[i])) return false;
        for (int64_t j = 0; j < i; j += 2)
            if (args[i].data == args[j].data && args[i].tag == args[j].tag) return false;
    }
    return true;
}

static RtValue make_record(uint32_t tag, const RtValue *args, int64_t count)
{
    RtValue map = rt_table_make(tag);
    rt_flat_begin(rt_as_table(map), (uint32_t)count / 2);
    for (int64_t i = 0; i < count; i += 2)
        rt_flat_append(rt_as_table(map), args[i], args[i + 1], rt_table_hash(args[i]), 0);
    return map;
}

static RtValue make_map(uint32_t tag, const char *who, RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    if (count % 2) rt_raise_message(at, "%s: expected an even number of arguments, got %ld", who, (long)count);
    if (is_record(args, count)) {
        operands.next = count;
        return make_record(tag, args, count);
    }
    RtValue map = rt_table_make(tag);
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
