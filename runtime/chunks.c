/* Chunks: where the size classes get their memory from, and where it goes back to.
 *
 * Input: the wish for a chunk.  Output: RT_CHUNK_BYTES of zero pages, aligned to their size, so that the chunk of an
 * object is found by masking its address.  The one idea: addresses are reserved in large arenas and cost nothing;
 * pages are taken by touching them and given back by madvise, so a chunk that is not used holds one page (for the link
 * to the next).  Returning addresses as well would cost a call more each time and gain nothing but under `ulimit -v`,
 * where rt_chunks_unmap does it when memory is short.
 */
#define _GNU_SOURCE
#include "heap.h"
#include <sys/mman.h>

enum { PAGE_BYTES = 4096, FIRST_ARENA_CHUNKS = 8, MOST_ARENA_CHUNKS = 64 };

static RtChunk *spare; /* chunks whose pages were given back */
static char *arena_next, *arena_end; /* the part of the newest arena that was never used */
static size_t arena_chunks = FIRST_ARENA_CHUNKS; /* of the next one: small programs leave addresses to others */
int64_t rt_chunks_retaken;

/* Reserves an arena of that many chunks. */
static bool reserve_arena(size_t chunks)
{
    size_t size = (chunks + 1) * RT_CHUNK_BYTES; /* one more, for the alignment */
    char *base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) return false;
    char *first = (char *)(((uintptr_t)base + RT_CHUNK_BYTES - 1) & ~(uintptr_t)(RT_CHUNK_BYTES - 1));
    char *end = first + chunks * RT_CHUNK_BYTES;
    if (first > base) munmap(base, (size_t)(first - base));
    if (base + size > end) munmap(end, (size_t)(base + size - end));
    arena_next = first;
    arena_end = end;
    return true;
}

RtChunk *rt_chunk_take(void)
{
    if (spare) {
        RtChunk *chunk = spare;
        spare = chunk->next;
        rt_chunks_retaken++;
        return chunk;
    }
    if (arena_next == arena_end) {
        size_t chunks = arena_chunks;
        while (!reserve_arena(chunks)) {
            if (chunks == 1) return NULL;
            chunks /= 2;
        }
        if (arena_chunks < MOST_ARENA_CHUNKS) arena_chunks *= 2;
    }
    RtChunk *chunk = (RtChunk *)arena_next;
    arena_next += RT_CHUNK_BYTES;
    return chunk;
}

void rt_chunk_give_back(RtChunk *chunk)
{
    madvise((char *)chunk + PAGE_BYTES, RT_CHUNK_BYTES - PAGE_BYTES, MADV_DONTNEED);
    chunk->next = spare;
    spare = chunk;
}

bool rt_chunks_unmap(void)
{
    if (!spare) return false;
    while (spare) {
        RtChunk *chunk = spare;
        spare = chunk->next;
        munmap(chunk, RT_CHUNK_BYTES);
    }
    return true;
}
