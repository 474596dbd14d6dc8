/* What maps, sets, pmaps and psets are: a hash table that is a value.
 *
 * The entries lie in the order of their insertion (entries.h), an index finds them by the hash of the key (index.h).
 * A table that nobody else holds is changed in place.  Else both are persistent trees: the few nodes on the way to the
 * change are copied and the others shared.  All four types look alike; the entries of a map are a key and a value,
 * those of a set a key.
 */
#ifndef CONSAIR_TABLE_H
#define CONSAIR_TABLE_H

#include "entries.h"
#include "index.h"

typedef struct RtTable {
    uint32_t count;
    uint32_t info;
    uint32_t live; /* entries */
    uint32_t first; /* no entry has a smaller number */
    uint32_t next; /* number of the next entry */
    uint32_t unused;
    RtEntries entries;
    RtIndex index;
} RtTable;

static inline RtTable *rt_as_table(RtValue v) { return rt_object(v); }
static inline bool rt_is_map_value(RtValue v) { return v.tag == RT_MAP || v.tag == RT_PMAP; }
static inline bool rt_is_set_value(RtValue v) { return v.tag == RT_SET || v.tag == RT_PSET; }
static inline bool rt_is_table_value(RtValue v) { return rt_is_map_value(v) || rt_is_set_value(v); }

uint32_t rt_table_hash_borrow(RtValue key);
RtValue rt_table_make(uint32_t tag); /* empty */
/* The entry with the key, borrowed: key, and in maps value; NULL when there is none. */
const RtValue *rt_table_find_borrow(RtValue table, RtValue key);
/* The entry inserted first of those still there; NULL for an empty table. */
const RtValue *rt_table_first_borrow(RtValue table);
/* These consume all operands.  Sets ignore the value, which is then nil. */
RtValue rt_table_put(RtValue table, RtValue key, RtValue value);
RtValue rt_table_remove(RtValue table, RtValue key);

#endif
