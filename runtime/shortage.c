/* When memory runs out.
 *
 * Most allocations happen where nothing can be raised: `cons` is inlined and counts as a function that never raises, C
 * code holds half-built results.  So a refused request is served nevertheless, from a reserve, and the error is raised at
 * the next safe point: where the stack's limit is tested, at the entry of functions and in loops that allocate, as for
 * interrupts.  Unwinding then frees what the aborted frames own, and the reserve is filled again from that.
 *
 * Whatever wants much at once asks first (rt_ask_memory), before it has taken anything, and raises by itself.  Only when the
 * reserve is used up too, or when no program runs that could catch an error, the process ends: message, exit status 1.
 *
 * CONSAIR_RT=fail=N refuses the N-th request, once: each fresh piece of a size class, each block of malloc's, each
 * question of rt_ask_memory; in a stress build (stress.c) also each object.
 */
#define _GNU_SOURCE
#include "heap.h"
#include "program.h"
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { RESERVED_CHUNKS = 4 };
#define MALLOC_RESERVE_BYTES ((size_t)2 << 20)
#define ASK_BYTES ((size_t)256 << 10) /* less is not worth a question */

bool rt_memory_is_short;
int64_t rt_fail_request, rt_request_count;

static RtChunk *reserved[RESERVED_CHUNKS]; /* never touched: address space only */
static int reserved_count;
static void *malloc_reserve;

bool rt_is_refused(void) { return ++rt_request_count == rt_fail_request; }

void rt_shortage_begin(void)
{
    if (!rt_is_on_lisp_stack()) rt_out_of_memory(); /* nobody could catch an error */
    rt_memory_is_short = true;
    rt_turns_left = 0;
    rt_update_stack_limit();
}

/* ---- the reserve ----------------------------------------------------------------------------------------------- */

void rt_shortage_restock(void)
{
    if (rt_memory_is_short) return;
    while (reserved_count < RESERVED_CHUNKS) {
        RtChunk *chunk = rt_chunk_take();
        if (!chunk) return;
        reserved[reserved_count++] = chunk;
    }
    if (malloc_reserve) return;
    void *block = mmap(NULL, MALLOC_RESERVE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block != MAP_FAILED) malloc_reserve = block;
}

RtChunk *rt_shortage_chunk(void)
{
    if (rt_heap_trim()) return rt_chunk_take();
    rt_shortage_begin();
    if (reserved_count == 0) rt_out_of_memory();
    return reserved[--reserved_count];
}

/* Gives addresses back for malloc to take, those of the reserve if there are no others; false: nothing is left. */
static bool make_room(void)
{
    rt_heap_trim();
    if (rt_chunks_unmap()) return true;
    rt_shortage_begin();
    if (!malloc_reserve) return false;
    munmap(malloc_reserve, MALLOC_RESERVE_BYTES);
    malloc_reserve = NULL;
    return true;
}

/* ---- malloc for the runtime's own blocks ----------------------------------------------------------------------- */

void *rt_malloc(size_t size_bytes) { return rt_realloc(NULL, size_bytes); }

void *rt_realloc(void *block, size_t size_bytes)
{
    if (rt_is_refused()) rt_shortage_begin();
    for (;;) {
        void *larger = realloc(block, size_bytes ? size_bytes : 1);
        if (larger) return larger;
        if (!make_room()) rt_out_of_memory();
    }
}

/* ---- asking first ---------------------------------------------------------------------------------------------- */

/* So much may be taken without a question to the system, which costs more than some of what the memory is for: little, or,
 * where only the machine sets a limit, a small part of its memory. */
static size_t unasked_bytes(void)
{
    static size_t bytes;
    if (bytes) return bytes;
    bytes = ASK_BYTES;
    struct rlimit limit;
    long pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
    bool is_limited = getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY;
    if (!is_limited && pages > 0 && page_bytes > 0) bytes += (size_t)pages * (size_t)page_bytes / 64;
    return bytes;
}

bool rt_ask_memory(size_t size_bytes)
{
    if (rt_is_refused()) return false;
    if (size_bytes < unasked_bytes()) return true;
    for (;;) {
        void *probe = mmap(NULL, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (probe != MAP_FAILED) {
            munmap(probe, size_bytes);
            return true;
        }
        rt_heap_trim();
        if (!rt_chunks_unmap()) return false;
    }
}

void rt_raise_out_of_memory(const RtPlace *at)
{
    RtValue error = rt_make_error(rt_string_from_text("out of memory"), rt_nil(), at); /* may use the reserve */
    rt_memory_is_short = false;
    rt_update_stack_limit();
    rt_raise(error);
}
