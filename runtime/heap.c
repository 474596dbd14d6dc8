/* The allocator: LIFO free lists, one for each size class of RT_SIZE_STEP bytes, filled from chunks of mmap; large
 * objects by malloc.
 *
 * The inline half (rt_alloc, rt_free) is in consair_rt.h and is five instructions: the cell freed last is the one
 * handed out next, still in the cache.  Here is what happens when a list is empty: a new chunk is cut into objects of
 * that class.  Chunks double from 64 KiB to 1 MiB for each class, so that a small program stays small and a large one
 * calls mmap rarely. They are never returned to the system: a free list would have to be searched for the objects of
 * one chunk.
 *
 * Nothing is counted on the fast path.  The number of live objects follows from what was carved, what waits in the
 * lists, and what became immortal, and is exact.
 */
#include "internal.h"
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    CLASS_COUNT = RT_MAX_SMALL / RT_SIZE_STEP + 1,
    FIRST_CHUNK_BYTES = 64 * 1024,
    LAST_CHUNK_BYTES = 1024 * 1024,
    EXIT_INTERNAL_ERROR = 70
};

RtFreeObject *rt_free_lists[CLASS_COUNT];

static size_t next_chunk_bytes[CLASS_COUNT]; /* 0: the class has no chunk yet */
static int64_t carved_objects; /* of all classes */
static int64_t large_objects; /* live ones */
static int64_t immortal_objects; /* carved or large, never freed */

RT_SLOW void *rt_alloc_refill(size_t size_bytes)
{
    size_t class = (size_bytes + RT_SIZE_STEP - 1) / RT_SIZE_STEP;
    size_t object_bytes = class * RT_SIZE_STEP;
    size_t chunk_bytes = next_chunk_bytes[class] ? next_chunk_bytes[class] : FIRST_CHUNK_BYTES;
    char *chunk = mmap(NULL, chunk_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (chunk == MAP_FAILED) rt_out_of_memory();
    next_chunk_bytes[class] = chunk_bytes < LAST_CHUNK_BYTES ? chunk_bytes * 2 : chunk_bytes;

    size_t count = chunk_bytes / object_bytes;
    carved_objects += (int64_t)count;
    RtFreeObject *list = NULL;
    for (size_t i = count - 1; i > 0; i--) { /* from the end: objects are then handed out by rising address */
        RtFreeObject *object = (void *)(chunk + i * object_bytes);
        object->next = list;
        list = object;
    }
    rt_free_lists[class] = list;
    return chunk;
}

void *rt_alloc_large(size_t size_bytes)
{
    void *object = malloc(size_bytes);
    if (!object) rt_out_of_memory();
    large_objects++;
    return object;
}

void rt_free_large(void *object, size_t size_bytes)
{
    (void)size_bytes;
    large_objects--;
    free(object);
}

void rt_count_immortal(int64_t objects) { immortal_objects += objects; }

int64_t rt_live_objects(void)
{
    int64_t waiting = 0;
    for (size_t class = 0; class < CLASS_COUNT; class ++) {
        for (const RtFreeObject *object = rt_free_lists[class]; object; object = object->next) waiting++;
    }
    return carved_objects - waiting + large_objects - immortal_objects;
}

/* A message without printf, which may want memory that is not there. */
static void print_fatal(const char *text)
{
    size_t size = strlen(text);
    while (size > 0) {
        ssize_t written = write(STDERR_FILENO, text, size);
        if (written <= 0) return;
        text += written;
        size -= (size_t)written;
    }
}

RT_NORETURN void rt_out_of_memory(void)
{
    rt_flush_output();
    print_fatal("error: out of memory\n");
    _exit(1);
}

RT_NORETURN void rt_internal_error(const char *what)
{
    print_fatal("consair: internal error: ");
    print_fatal(what);
    print_fatal("\nThis is a bug in Consair, not in your program; please report it.\n");
    _exit(EXIT_INTERNAL_ERROR);
}
