/* Hashes of keys, as far as they are found without a call; hash.c has the others. */
#ifndef CONSAIR_HASH_H
#define CONSAIR_HASH_H

#include "consair_rt.h"
#include "equal.h"

static inline uint64_t rt_mix(uint64_t x) /* a bijection that spreads every bit (the finaliser of SplitMix64) */
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}
static inline uint64_t rt_hash_combine(uint64_t sum, uint64_t hash) { return rt_mix(sum * 0x9e3779b97f4a7c15u + hash); }
static inline uint64_t rt_hash_seed(uint32_t tag) { return rt_mix(tag + 0x51ed270b5u); }

static inline uint64_t rt_hash_int(int64_t n) { return rt_mix((uint64_t)n); }
/* Symbols, and objects that are equal to themselves only. */
static inline uint64_t rt_hash_identity(RtValue v) { return rt_hash_combine(rt_hash_seed(v.tag), (uint64_t)v.data); }
static inline uint64_t rt_hash_text(uint32_t hash_of_bytes) { return rt_mix(hash_of_bytes); }

static inline uint64_t rt_hash_word(RtValue v) /* int or symbol */
{
    return v.tag == RT_INT ? rt_hash_int(v.data) : rt_hash_identity(rt_make(RT_SYMBOL, v.data));
}

static inline uint64_t rt_hash_quick(RtValue v)
{
    if (v.tag == RT_INT || v.tag == RT_SYMBOL) return rt_hash_word(v);
    if (v.tag == RT_STRING && rt_as_string(v)->hash) return rt_hash_text(rt_as_string(v)->hash);
    return rt_hash_borrow(v);
}

#endif
