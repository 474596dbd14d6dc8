/* What the files of the allocator tell each other: heap.c (objects), order.c (of free ones), chunks.c and huge_pages.c (pages), large.c,
 * shortage.c (no memory left), memory_report.c, stress.c. */
#ifndef CONSAIR_HEAP_H
#define CONSAIR_HEAP_H

#include "consair_rt.h"

/* ---- chunks.c: aligned blocks of one size, each cut into objects of one size class ----------------------------- */
enum { RT_CLASS_COUNT = RT_MAX_SMALL / RT_SIZE_STEP + 1 };
enum { RT_CHUNK_BYTES = 2 << 20, RT_CHUNK_HEADER_BYTES = 64 };
typedef struct RtChunk {
    struct RtChunk *next; /* of the same class, or of those nobody uses */
    uint32_t object_bytes;
    uint32_t carved; /* so many objects, the first ones, have been handed to the free list */
    uint32_t waiting; /* scratch: how many of them were found there */
    uint32_t reciprocal; /* 2^32 / object_bytes, rounded up: multiplying takes a tenth of the time of a division */
    uint64_t *waits; /* scratch: which, a bit each; NULL between uses */
} RtChunk;
static inline RtChunk *rt_chunk_of(const void *object)
{
    return (void *)((uintptr_t)object & ~(uintptr_t)(RT_CHUNK_BYTES - 1));
}
static inline uint32_t rt_chunk_index(const RtChunk *chunk, const void *object)
{
    uint64_t offset = (size_t)((const char *)object - (const char *)chunk) - RT_CHUNK_HEADER_BYTES;
    return (uint32_t)(offset * chunk->reciprocal >> 32); /* exact: the error is below index * object_bytes / 2^32 */
}
static inline char *rt_chunk_object(RtChunk *chunk, uint32_t index)
{
    return (char *)chunk + RT_CHUNK_HEADER_BYTES + (size_t)index * chunk->object_bytes;
}
static inline size_t rt_chunk_waits_bytes(const RtChunk *chunk) { return ((size_t)chunk->carved + 63) / 64 * 8; }
static inline void rt_chunk_note_waiting(RtChunk *chunk, const void *object)
{
    uint32_t i = rt_chunk_index(chunk, object);
    chunk->waits[i / 64] |= UINT64_C(1) << i % 64;
}
RtChunk *rt_chunk_take(void); /* NULL: the system has no memory left */
void rt_chunk_give_back(RtChunk *chunk); /* its pages go back to the system at once, its addresses are kept */
bool rt_chunks_unmap(void); /* gives the addresses back too; were there any? */
extern int64_t rt_chunks_retaken; /* how often a chunk was wanted again whose pages had been given back */

/* ---- huge_pages.c: where they are cheap ------------------------------------------------------------------------- */
#define RT_HUGE_PAGE ((size_t)2 << 20) /* bytes */
void rt_huge_pages(void *block, size_t size_bytes); /* those that lie whole in a block that nobody touched yet */
bool rt_huge_page_pays(void); /* the next one, as far as one can tell */
void rt_huge_page_took(int64_t microseconds); /* the first touch of one */

/* ---- order.c ---------------------------------------------------------------------------------------------------- */
/* Objects of this size are handed out by rising address next, if the number wanted pays for it. */
void rt_heap_sort(size_t size_bytes, int64_t wanted);
enum { RT_WAVE = 1 << 13 }; /* objects that die at once */
RT_SLOW void rt_order_wave(int64_t deaths); /* so many, at least RT_WAVE, just did */
void rt_order_forget(size_t number); /* objects of this class are about to go */

/* ---- heap.c ---------------------------------------------------------------------------------------------------- */
extern int64_t rt_deaths_left; /* objects that may be freed before the lists are looked at */
void rt_heap_look(void); /* gives memory back when far more waits than is good for speed */
/* Of a size class, with the number of objects in them. */
RtChunk *rt_heap_chunks(size_t number, int64_t *carved);
bool rt_heap_trim(void); /* gives back all that can be; was there any? */
void rt_heap_each_live(void (*visit)(void *context, void *object, size_t size_bytes),
                       void *context); /* small objects */
int64_t rt_heap_carved_bytes(void);

/* ---- large.c --------------------------------------------------------------------------------------------------- */
void rt_large_each(void (*visit)(void *context, void *object, size_t size_bytes), void *context);
int64_t rt_large_objects(void);
int64_t rt_large_bytes(void);
int64_t rt_large_taken_bytes(void); /* ever */
void rt_count_large_bytes(int64_t bytes); /* of numbers, which are no objects */

/* ---- memory_report.c ------------------------------------------------------------------------------------------- */
void rt_note_memory(void); /* after memory was taken: the most ever */
void rt_report_stats(int64_t live_objects);
void rt_leaks_begin(void); /* what lives now is not leaked */
void rt_report_leaks(int64_t live_objects);

/* ---- shortage.c ------------------------------------------------------------------------------------------------ */
extern int64_t rt_fail_request; /* CONSAIR_RT=fail=N: the N-th request is refused, once; 0: none */
extern int64_t rt_request_count;
bool rt_is_refused(void); /* counts a request */
RtChunk *rt_shortage_chunk(void); /* a chunk although rt_chunk_take gave none; ends the process if there is none */
void rt_shortage_restock(void);
void rt_shortage_begin(void); /* the next safe point raises "out of memory" */

/* ---- stress.c -------------------------------------------------------------------------------------------------- */
extern int64_t rt_allocation_count; /* of small objects; counted in stress builds only */
#ifdef RT_STRESS
void rt_stress_flush(void);
#endif
#if RT_COUNT_BITS < 31
void rt_make_stuck_immortal(void);
#endif

#endif
