/* What the files of the runtime's core tell each other; nothing outside runtime/ needs it.
 *
 * Extension point for the collections (maps, sets and their persistent kinds; RT_PVEC is an RtVector and needs none of
 * this). Freeing and making immortal walk the heap without recursion, so they must learn the children of an object of
 * those types.  Two functions do that; they are weak references, so that a program without collections does not carry
 * them, and must therefore be defined in the same object file as the constructors of these types.
 *
 *   rt_release_collection(tag, object, list)   The object's count has reached zero.  Hands every value it owns to
 *       rt_release_child, gives back its own memory and storage with rt_free.  Of the info word only the low
 *       RT_RELEASE_INFO_BITS bits are still there, the count is not; all other words are untouched.
 *       Storage that only this module knows (hash tables, tree nodes) may be walked directly as long as its depth
 *       is bounded by a small constant.
 *   rt_immortalize_collection(tag, object, list)   The object itself has just become immortal and been counted.
 *       Hands every value in it to rt_immortal_child, and tells rt_count_immortal how many blocks of storage from
 *       rt_alloc (beyond the object) have become immortal with it, each one once.
 */
#ifndef CONSAIR_INTERNAL_H
#define CONSAIR_INTERNAL_H

#include "consair_rt.h"

/* ---- heap.c ---------------------------------------------------------------------------------------------------- */
/* So many live blocks of rt_alloc will never be freed: rt_live_objects leaves them out. */
void rt_count_immortal(int64_t objects);

/* ---- refcount.c ------------------------------------------------------------------------------------------------ */
#define RT_RELEASE_INFO_BITS 15
#define RT_RELEASE_ADDRESS_SHIFT 16 /* in the first word of what waits: of the whole address, whose lowest bits are 0 */
typedef struct RtReleaseList {
    RtObject *first;
    RtStruct *first_struct; /* these wait apart from the others */
} RtReleaseList; /* dead objects that still own their children */
void rt_release_child(RtReleaseList *list, RtValue child); /* drops the child; if that was the last count, lists it */
void rt_release_collection(uint32_t tag, void *object, RtReleaseList *list) __attribute__((weak));
/* All that waits; `before` is what rt_deaths_left was when the first of what dies together died. */
void rt_free_listed(RtReleaseList *list, int64_t before);

typedef struct RtImmortalList { /* values still to be visited */
    RtValue *items;
    size_t length, capacity;
} RtImmortalList;
void rt_immortal_child(RtImmortalList *list, RtValue child);
void rt_immortalize_collection(uint32_t tag, void *object, RtImmortalList *list) __attribute__((weak));

/* ---- struct.c -------------------------------------------------------------------------------------------------- */
static inline size_t rt_struct_size_bytes(uint32_t info)
{
    return (info & ((1u << RT_STRUCT_SIZE_BITS) - 1)) * sizeof(int64_t);
}
/* What the words from the first one on hold; 0: nothing more that is counted. */
static inline uint32_t rt_struct_held(uint32_t info)
{
    return info >> RT_STRUCT_SIZE_BITS & ((1u << RT_HELD_BITS * RT_STRUCT_HELD_MAX) - 1);
}
/* What the word is, given what it holds: not RT_HELD_PLAIN. */
static inline RtValue rt_struct_word(const RtStruct *object, uint32_t info, int word, uint32_t held)
{
    int64_t data = object->words[word];
    if (held == RT_HELD_STRUCT) return rt_make(data ? RT_STRUCT : RT_NIL, data);
    return rt_make(((const uint8_t *)object)[rt_struct_size_bytes(info) - 1 - (size_t)word], data);
}
/* It died: it waits, with its info below the address of the next one. */
static inline void rt_list_dead_struct(RtReleaseList *list, RtStruct *object)
{
    uint64_t word = (uint64_t)(uintptr_t)list->first_struct << RT_RELEASE_ADDRESS_SHIFT | object->info;
    memcpy(object, &word, sizeof word);
    list->first_struct = object;
}
/* All that waits, and what dies with it.  A weak reference, like that to the end of collections: code that makes structs names
 * rt_free_struct, which lies beside it. */
void rt_release_structs(RtReleaseList *list) __attribute__((weak));
/* One of several owners leaves it, and takes those words with counts of their own. */
RT_SLOW RT_NOTHROW void rt_leave_struct(RtStruct *object, uint64_t wanted);
/* The same, but a copy is made, which has these words; the others are nil. */
RT_SLOW RT_NOTHROW RtStruct *rt_leave_struct_shell(RtStruct *object, uint64_t wanted);

/* ---- stress.c -------------------------------------------------------------------------------------------------- */
/* CONSAIR_RT=stress, or a stress build: fresh objects come one by one, and changing in place is refused now and then. */
extern bool rt_stress;
bool rt_stress_refuses(int64_t length);
/* May the object be changed in place?  `length` says how much it costs if not.  (The inlined fast paths ask it only in a
 * stress build.) */
static inline bool rt_may_change(const void *object, int64_t length)
{
    return *rt_count_of(object) == 1 && !(RT_UNLIKELY(rt_stress) && rt_stress_refuses(length));
}

static inline bool rt_may_change_inlined(const RtVector *vector)
{
#ifdef RT_STRESS
    return rt_may_change(vector, vector->length);
#else
    return vector->count == 1;
#endif
}

/* ---- integer.c -------------------------------------------------------------------------------------------------- */
void rt_integer_init(void); /* lack of memory inside GMP ends in rt_out_of_memory */

/* ---- owned locals ---------------------------------------------------------------------------------------------- */
/* `RtValue v RT_OWNED = ...;` is dropped when its scope ends, also by unwinding: for C code that holds a value while
 * it calls something that raises.  (consair_rt.h makes the landing pads end in rt_resume.) */
static inline void rt_drop_owned(RtValue *v) { rt_drop(*v); }
#define RT_OWNED __attribute__((cleanup(rt_drop_owned)))

/* Raises unless there is memory for so many objects of a size; whatever must be dropped then is RT_OWNED.  For primitives that
 * make as much as their operands say. */
static inline void rt_ask_objects(int64_t count, size_t size_bytes, const RtPlace *at)
{
    size_t total;
    if (__builtin_mul_overflow((size_t)count, size_bytes, &total) || !rt_ask_memory(total)) rt_raise_out_of_memory(at);
}

/* ---- cells and sizes ------------------------------------------------------------------------------------------- */
/* The header of a new cell in one store: count 1 and both tags. */
static inline void rt_cons_init(RtCons *cell, RtValue car, RtValue cdr)
{
    uint64_t header = 1 | (uint64_t)car.tag << 32 | (uint64_t)cdr.tag << 40;
    memcpy(cell, &header, sizeof header);
    cell->car = car.data;
    cell->cdr = cdr.data;
}
static inline void rt_cons_set_cdr(RtCons *cell, RtValue cdr) /* only for a cell nobody else sees */
{
    cell->cdr_tag = (uint8_t)cdr.tag;
    cell->cdr = cdr.data;
}
static inline size_t rt_symbol_size_bytes(size_t name_bytes) { return offsetof(RtSymbol, name) + name_bytes + 1; }
static inline size_t rt_vector_packed_bytes(uint32_t kind) /* of an item, in all kinds but RT_VECTOR_VALUES */
{
    return kind == RT_VECTOR_BOOLS ? 1 : sizeof(int64_t);
}
static inline size_t rt_vector_size_bytes(uint32_t kind, int64_t capacity)
{
    size_t items = (size_t)capacity;
    if (kind != RT_VECTOR_VALUES) return offsetof(RtVector, items) + items * rt_vector_packed_bytes(kind);
    size_t far_tags = items > RT_NEAR_TAGS ? items - RT_NEAR_TAGS : 0;
    return offsetof(RtVector, items.values.data) + items * sizeof(int64_t) + far_tags;
}
/* A header in one store, and the length. */
static inline void rt_vector_init(RtVector *vector, uint32_t kind, int64_t length, int64_t capacity)
{
    uint64_t header = 1 | (uint64_t)rt_vector_info(kind, capacity) << 32;
    memcpy(vector, &header, sizeof header);
    memcpy(&vector->length, &length,
           sizeof length); /* of no type: compiled code reads it as one of its own (emit_item.c) */
}
static inline size_t rt_vector_block_bytes(const RtVector *vector)
{
    return rt_vector_size_bytes(vector->kind, rt_vector_capacity(vector));
}
static inline size_t rt_closure_size_bytes(int64_t captures)
{
    size_t groups = ((size_t)captures + RT_CAPTURES_IN_GROUP - 1) / RT_CAPTURES_IN_GROUP;
    return offsetof(RtClosure, captures) + groups * sizeof(((RtCaptures *)0)->tags) +
           (size_t)captures * sizeof(int64_t);
}
static inline size_t rt_env_size_bytes(int64_t length)
{
    return offsetof(RtEnv, items) + (size_t)length * sizeof(RtValue);
}

#endif
