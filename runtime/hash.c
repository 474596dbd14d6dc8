/* The hash of a value: equal values (equal.c) have equal hashes.
 *
 * Composites are folded without recursion: each one that is open has a frame on a stack of our own on the heap, which
 * receives the hashes of its children one after the other.  Sequences fold them in order; maps and sets, whose equality
 * does not depend on the order, add up the mixed hashes of their entries.  Hashes are not kept but for strings:
 * keys are mostly atoms, and a word in each cell would cost all programs.
 */
#include "collection.h"
#include "consair_rt.h"
#include "hash.h"
#include <stdlib.h>

/* ---- atoms ------------------------------------------------------------------------------------------------------- */

static uint64_t hash_string(RtString *string)
{
    if (!string->hash) string->hash = rt_hash_bytes(string->bytes, (size_t)string->size_bytes); /* literals as well */
    return rt_hash_text(string->hash);
}

/* As eq sees functions: those that only view one environment are the same if code and environment are. */
static uint64_t hash_closure(const RtClosure *closure)
{
    if (closure->code->capture_count == 1 && rt_capture(closure, 0).tag == RT_ENV)
        return rt_hash_combine((uint64_t)(uintptr_t)closure->code, (uint64_t)rt_capture(closure, 0).data);
    return rt_mix((uint64_t)(uintptr_t)closure);
}

static uint64_t hash_atom(RtValue v)
{
    switch (v.tag) {
    case RT_NIL:
    case RT_BOOL: return rt_hash_seed(v.tag);
    case RT_INT: return rt_hash_int(v.data);
    case RT_FLOAT:
    case RT_BIGINT:
    case RT_RATIO: return rt_number_hash(v);
    case RT_STRING: return hash_string(rt_as_string(v));
    case RT_CLOSURE: return hash_closure(rt_as_closure(v));
    default: return rt_hash_identity(v); /* symbols and other objects */
    }
}

/* ---- composites -------------------------------------------------------------------------------------------------- */

typedef struct Frame {
    RtValue value; /* lists: what is left */
    RtValue *entries; /* maps and sets: owned array of borrowed values */
    int64_t index; /* children taken so far */
    int64_t count;
    uint64_t sum;
    uint64_t key_hash; /* maps: of the key whose value is next */
} Frame;

enum { NEAR_FRAMES = 4 }; /* keys are seldom nested deeper */
typedef struct Hasher {
    Frame *frames;
    size_t count, capacity;
    Frame near[NEAR_FRAMES]; /* where they are at first */
} Hasher;

static bool is_map(uint32_t tag) { return tag == RT_MAP || tag == RT_PMAP; }
static bool is_table(uint32_t tag) { return is_map(tag) || tag == RT_SET || tag == RT_PSET; }
static bool is_composite(uint32_t tag)
{
    return tag == RT_CONS || tag == RT_VECTOR || tag == RT_PVEC || tag == RT_REDUCED || tag == RT_ERROR ||
           is_table(tag);
}

static int64_t child_count(RtValue v)
{
    if (v.tag == RT_CONS) return -1; /* not known */
    if (v.tag == RT_VECTOR || v.tag == RT_PVEC) return rt_as_vector(v)->length;
    return 1;
}

static void open_frame(Hasher *h, RtValue v)
{
    if (h->count == h->capacity) {
        h->capacity *= 4;
        bool is_near = h->frames == h->near;
        h->frames = rt_realloc(is_near ? NULL : h->frames, h->capacity * sizeof *h->frames);
        if (is_near) memcpy(h->frames, h->near, sizeof h->near);
    }
    Frame frame = {.value = v, .sum = rt_hash_seed(v.tag), .count = child_count(v)};
    if (is_table(v.tag)) {
        frame.count = rt_collection_entries_borrow(v, NULL);
        frame.entries = rt_malloc((size_t)frame.count * sizeof *frame.entries + 1);
        rt_collection_entries_borrow(v, frame.entries);
    }
    h->frames[h->count++] = frame;
}

/* The next child of a composite; false at its end. */
static bool next_child(Frame *frame, RtValue *child)
{
    if (frame->value.tag == RT_CONS) {
        const RtCons *cell = rt_as_cons(frame->value);
        *child = rt_car_of(cell);
        frame->value = rt_cdr_of(cell);
        return true;
    }
    if (frame->count < 0) { /* the end of a list: its tail, if dotted, is the last child */
        *child = frame->value;
        frame->count = 0;
        return true;
    }
    if (frame->index >= frame->count) return false;
    int64_t index = frame->index;
    if (frame->entries) *child = frame->entries[index];
    else if (frame->value.tag == RT_REDUCED) *child = ((const RtReduced *)rt_object(frame->value))->value;
    else if (frame->value.tag == RT_ERROR) *child = rt_as_error(frame->value)->message;
    else *child = rt_vector_item_borrow(rt_as_vector(frame->value), index);
    frame->index++;
    return true;
}

static void take_hash(Frame *frame, uint64_t hash)
{
    if (!frame->entries) frame->sum = rt_hash_combine(frame->sum, hash);
    else if (!is_map(frame->value.tag)) frame->sum += rt_mix(hash);
    else if (frame->index & 1) frame->key_hash = hash;
    else frame->sum += rt_hash_combine(frame->key_hash, hash);
}

uint64_t rt_hash_borrow(RtValue v)
{
    if (!is_composite(v.tag)) return hash_atom(v);
    Hasher h;
    h.frames = h.near;
    h.count = 0;
    h.capacity = NEAR_FRAMES;
    uint64_t result = 0;
    open_frame(&h, v);
    while (h.count > 0) {
        Frame *frame = &h.frames[h.count - 1];
        RtValue child;
        if (next_child(frame, &child)) {
            if (is_composite(child.tag)) open_frame(&h, child);
            else take_hash(frame, hash_atom(child));
            continue;
        }
        result = rt_mix(frame->sum);
        free(frame->entries);
        if (--h.count > 0) take_hash(&h.frames[h.count - 1], result);
    }
    if (h.frames != h.near) free(h.frames);
    return result;
}
