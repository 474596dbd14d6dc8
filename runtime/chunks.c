/* Chunks: where the size classes get their memory from, and where it goes back to.
 *
 * Input: the wish for a chunk.  Output: RT_CHUNK_BYTES of zero pages, aligned to their size, so that the chunk of an
 * object is found by masking its address.  The one idea: addresses are reserved in large arenas and cost nothing; pages are
 * taken by touching them and given back by madvise.  Returning addresses as well would cost a call more each time and gain
 * nothing but under `ulimit -v`, where rt_chunks_unmap does it when memory is short.
 *
 * A chunk is as large as a huge page and goes back whole: what is kept about it stands outside, or the next fault in it would
 * be one of 512 small ones.
 */
#define _GNU_SOURCE
#include "heap.h"
#include <stdlib.h>
#include <sys/mman.h>

enum { FIRST_ARENA_CHUNKS = 4, MOST_ARENA_CHUNKS = 32 };

typedef struct Arena {
    struct Arena *next;
    char *first;
    size_t chunks;
    uint32_t spare; /* a bit for each chunk whose pages were given back */
} Arena;

static Arena *arenas; /* the newest first */
static size_t spare_chunks; /* of all arenas */
static char *arena_next, *arena_end; /* the part of the newest arena that was never used */
static size_t arena_chunks = FIRST_ARENA_CHUNKS; /* of the next one: small programs leave addresses to others */
int64_t rt_chunks_retaken;

/* Reserves an arena of that many chunks. */
static bool reserve_arena(size_t chunks)
{
    size_t size = (chunks + 1) * RT_CHUNK_BYTES; /* one more, for the alignment */
    Arena *arena = malloc(sizeof *arena);
    if (!arena) return false;
    char *base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) {
        free(arena);
        return false;
    }
    char *first = (char *)(((uintptr_t)base + RT_CHUNK_BYTES - 1) & ~(uintptr_t)(RT_CHUNK_BYTES - 1));
    char *end = first + chunks * RT_CHUNK_BYTES;
    if (first > base) munmap(base, (size_t)(first - base));
    if (base + size > end) munmap(end, (size_t)(base + size - end));
    *arena = (Arena){.next = arenas, .first = first, .chunks = chunks};
    arenas = arena;
    arena_next = first;
    arena_end = end;
    return true;
}

static RtChunk *take_spare(void)
{
    Arena *arena = arenas;
    while (!arena->spare) arena = arena->next;
    int index = __builtin_ctz(arena->spare);
    arena->spare &= arena->spare - 1;
    spare_chunks--;
    rt_chunks_retaken++;
    return (RtChunk *)(arena->first + (size_t)index * RT_CHUNK_BYTES);
}

RtChunk *rt_chunk_take(void)
{
    if (spare_chunks) return take_spare();
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
    madvise(chunk, RT_CHUNK_BYTES, MADV_DONTNEED);
    Arena *arena = arenas;
    while ((uintptr_t)chunk - (uintptr_t)arena->first >= arena->chunks * RT_CHUNK_BYTES) arena = arena->next;
    arena->spare |= (uint32_t)1 << (size_t)((char *)chunk - arena->first) / RT_CHUNK_BYTES;
    spare_chunks++;
}

bool rt_chunks_unmap(void)
{
    if (!spare_chunks) return false;
    for (Arena *arena = arenas; arena; arena = arena->next) {
        for (; arena->spare; arena->spare &= arena->spare - 1)
            munmap(arena->first + (size_t)__builtin_ctz(arena->spare) * RT_CHUNK_BYTES, RT_CHUNK_BYTES);
    }
    spare_chunks = 0;
    return true;
}
