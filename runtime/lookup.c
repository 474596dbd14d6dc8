/* Reading collections by key. */
#include "flat.h"
#include "sequence.h"
#include "vector_update.h"

static inline __attribute__((always_inline)) const RtEntry *find(RtValue v, RtValue key)
{
    const RtTable *table = rt_as_table(v);
    uint32_t hash = rt_table_hash(key), place;
    return table->is_tree ? rt_table_find_in_tree(table, key, hash) : rt_flat_find(table, key, hash, &place);
}

/* Most look-ups are of such a key in such a table, and done without a call. */
static inline bool is_quick(RtValue v, RtValue key) { return !rt_as_table(v)->is_tree && rt_is_word(key); }

/* The collection is no map. */
static bool look_up(RtValue v, RtValue key, RtValue *found)
{
    if (!rt_is_set_value(v)) return key.tag == RT_INT && rt_element_at_borrow(v, key.data, found);
    const RtEntry *entry = find(v, key);
    if (entry) *found = rt_dup(rt_entry_key(entry));
    return entry != NULL;
}

bool rt_lookup_borrow(RtValue v, RtValue key, RtValue *found)
{
    if (!rt_is_map_value(v)) return look_up(v, key, found);
    const RtEntry *entry = find(v, key);
    if (entry) *found = rt_dup(rt_entry_value(entry));
    return entry != NULL;
}

static RtValue __attribute__((noinline)) get_slowly(RtValue v, RtValue key, RtValue absent)
{
    RtValue found;
    if (!rt_is_map_value(v)) return look_up(v, key, &found) ? found : rt_dup(absent);
    const RtEntry *entry = find(v, key);
    return rt_dup(entry ? rt_entry_value(entry) : absent);
}

RtValue rt_get_3(RtValue v, RtValue key, RtValue absent)
{
    if (RT_UNLIKELY(!rt_is_map_value(v) || !is_quick(v, key))) return get_slowly(v, key, absent);
    uint32_t place;
    const RtEntry *entry = rt_flat_find_word(rt_as_table(v), key, &place);
    return rt_dup(entry ? rt_entry_value(entry) : absent);
}

RtValue rt_get_2(RtValue v, RtValue key) { return rt_get_3(v, key, rt_nil()); }

RtValue rt_get(RtValue *args, int64_t count, const RtPlace *at)
{
    (void)at;
    return rt_get_3(args[0], args[1], count == 3 ? args[2] : rt_nil());
}

static RtValue __attribute__((noinline)) contains_slowly(RtValue v, RtValue key)
{
    if (rt_is_table_value(v)) return rt_from_bool(find(v, key) != NULL);
    if (!rt_is_vector_value(v) || key.tag != RT_INT) return rt_nil();
    return rt_from_bool(key.data >= 0 && key.data < rt_as_vector(v)->length);
}

RtValue rt_contains(RtValue v, RtValue key)
{
    if (RT_UNLIKELY(!rt_is_table_value(v) || !is_quick(v, key))) return contains_slowly(v, key);
    uint32_t place;
    return rt_from_bool(rt_flat_find_word(rt_as_table(v), key, &place) != NULL);
}
