/* An entry of a map or set: a key with its hash, and in maps a value.  24 bytes, 16 in sets. */
#ifndef CONSAIR_ENTRY_H
#define CONSAIR_ENTRY_H

#include "consair_rt.h"

typedef struct RtEntry {
    int64_t key;
    uint32_t hash;
    uint8_t key_tag; /* RT_UNBOUND: a hole, which a removed entry leaves */
    uint8_t value_tag;
    uint16_t unused;
    int64_t value[]; /* 1 in maps */
} RtEntry;

static inline uint32_t rt_entry_bytes(bool has_values)
{
    return (uint32_t)(sizeof(RtEntry) + (has_values ? sizeof(int64_t) : 0));
}
static inline bool rt_is_entry_hole(const RtEntry *entry) { return entry->key_tag == RT_UNBOUND; }
static inline RtValue rt_entry_key(const RtEntry *entry) { return rt_make(entry->key_tag, entry->key); } /* borrowed */
static inline RtValue rt_entry_value(const RtEntry *entry) { return rt_make(entry->value_tag, entry->value[0]); }
static inline void rt_entry_set_value(RtEntry *entry, RtValue value)
{
    entry->value_tag = (uint8_t)value.tag;
    entry->value[0] = value.data;
}
/* Of a set when it has no room for a value. */
static inline void rt_entry_init(RtEntry *entry, uint32_t entry_bytes, RtValue key, RtValue value, uint32_t hash)
{
    *entry = (RtEntry){.key = key.data, .hash = hash, .key_tag = (uint8_t)key.tag, .value_tag = RT_NIL};
    if (entry_bytes > sizeof *entry) rt_entry_set_value(entry, value);
}
static inline void rt_entry_dup(const RtEntry *entry, uint32_t entry_bytes) /* what it holds has one more owner */
{
    if (rt_is_entry_hole(entry)) return;
    rt_dup(rt_entry_key(entry));
    if (entry_bytes > sizeof *entry) rt_dup(rt_entry_value(entry));
}

#endif
