/* Sets: making them, removing elements. */
#include "operands.h"
#include "sequence.h"
#include "table.h"

static RtValue make_set(uint32_t tag, const RtValue *args, int64_t count)
{
    RtValue set = rt_table_make(tag);
    rt_table_reserve(set, count);
    for (int64_t i = 0; i < count; i++) set = rt_table_put(set, args[i], rt_nil(), NULL);
    rt_table_trim(set); /* most may have been the same */
    return set;
}

RtValue rt_hash_set(RtValue *args, int64_t count) { return make_set(RT_SET, args, count); }

RtValue rt_pset(RtValue *args, int64_t count) { return make_set(RT_PSET, args, count); }

static RtValue rt_disj_named(RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    RtValue set = rt_take_operand(&operands);
    if (!rt_is_set_value(set)) rt_raise_type(at, who, "a set", set);
    while (operands.next < count) set = rt_table_remove(set, rt_take_operand(&operands));
    return set;
}
RT_BOTH_NAMES_NP(rt_disj, "disj")
