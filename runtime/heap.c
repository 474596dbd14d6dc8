/* The allocator of small objects: LIFO free lists, one for each size class of RT_SIZE_STEP bytes, filled from chunks.
 *
 * The inline half (rt_alloc, rt_free) is in consair_rt.h and is five instructions: the cell freed last is the one
 * handed out next, still in the cache.  Here is what happens when a list is empty: the next piece of the class's
 * newest chunk is cut into objects.  Pieces double from 4 KiB to 64 KiB, so that a small program touches little.
 *
 * Memory goes back to the system although nothing is counted on the fast path: when enough objects have died in
 * rt_free_value, and far more waits in the lists than is good for speed, the lists are walked once to find the chunks of
 * which every object waits, and once more to leave these out.  A walk costs as much as freeing what it walks over, so
 * the next one comes after several times as many deaths.  A program that builds and frees the same large structure
 * again and again would only give pages back to take them again: when it does, more may wait (up to MOST_RETAINED).
 * Rejected: live counts in each chunk (two more instructions at each free), and a background thread.
 *
 * The number of live objects follows from what was carved, what waits in the lists, and what became immortal, and is exact.
 */
#include "heap.h"
#include "internal.h"
#include <stdlib.h>
#include <unistd.h>

enum {
    FIRST_PIECE_BYTES = 4 * 1024,
    LAST_PIECE_BYTES = 16 * 1024,
    FIRST_LOOK = 500000, /* deaths */
    WALKS_PAID = 8, /* deaths that pay for walking over one waiting object */
    EXIT_INTERNAL_ERROR = 70
};
#define FIRST_RETAINED ((int64_t)64 << 20) /* bytes that may wait */
#define MOST_RETAINED ((int64_t)256 << 20)

RtFreeObject *rt_free_lists[RT_CLASS_COUNT];
int64_t rt_allocations[RT_CLASS_COUNT];
int64_t rt_deaths_left = FIRST_LOOK;

static struct SizeClass {
    RtChunk *chunks; /* the first is the one being carved */
    size_t piece_bytes; /* of the last piece; 0: none yet */
    int64_t carved; /* objects, of all chunks */
} classes[RT_CLASS_COUNT];
static int64_t carved_objects, carved_bytes; /* of all classes */
static int64_t immortal_objects; /* carved or large, never freed */
static int64_t retained_bytes = FIRST_RETAINED;
static int64_t given_back; /* chunks, the last time any were; compared with rt_chunks_retaken */

static uint32_t chunk_capacity(size_t object_bytes)
{
    return (uint32_t)((RT_CHUNK_BYTES - RT_CHUNK_HEADER_BYTES) / object_bytes);
}

/* ---- taking ---------------------------------------------------------------------------------------------------- */

static RtChunk *add_chunk(struct SizeClass *class, size_t object_bytes)
{
    rt_shortage_restock();
    RtChunk *chunk = rt_chunk_take();
    if (!chunk) chunk = rt_shortage_chunk();
    if (class->chunks) rt_huge_pages(chunk, RT_CHUNK_BYTES); /* a page fault costs as much as thousands of objects */
    uint32_t reciprocal = (uint32_t)((((uint64_t)1 << 32) + object_bytes - 1) / object_bytes);
    *chunk = (RtChunk){.next = class->chunks, .object_bytes = (uint32_t)object_bytes, .reciprocal = reciprocal};
    class->chunks = chunk;
    return chunk;
}

/* How many objects the next piece has. */
static uint32_t piece_count(struct SizeClass *class, const RtChunk *chunk)
{
    if (rt_stress) return 1; /* then each fresh object comes this way */
    if (class->piece_bytes < LAST_PIECE_BYTES)
        class->piece_bytes = class->piece_bytes ? class->piece_bytes * 2 : FIRST_PIECE_BYTES;
    uint32_t count = (uint32_t)(class->piece_bytes / chunk->object_bytes);
    uint32_t left = chunk_capacity(chunk->object_bytes) - chunk->carved;
    return count < left ? count : left;
}

RT_SLOW void *rt_alloc_refill(size_t size_bytes)
{
    size_t number = (size_bytes + RT_SIZE_STEP - 1) / RT_SIZE_STEP;
    struct SizeClass *class = &classes[number];
    size_t object_bytes = number * RT_SIZE_STEP;
    if (rt_is_refused()) rt_shortage_begin();
    RtChunk *chunk = class->chunks;
    if (!chunk || chunk->carved == chunk_capacity(object_bytes)) chunk = add_chunk(class, object_bytes);

    uint32_t count = piece_count(class, chunk);
    RtFreeObject *list = NULL;
    char *first = rt_chunk_object(chunk, chunk->carved);
    for (uint32_t i = count - 1; i > 0; i--) { /* from the end: objects are then handed out by rising address */
        RtFreeObject *object = (void *)(first + i * object_bytes);
        object->next = list;
        list = object;
    }
    chunk->carved += count;
    class->carved += count;
    carved_objects += count;
    carved_bytes += (int64_t)(count * object_bytes);
    rt_free_lists[number] = list;
    rt_note_memory();
    return first;
}

/* ---- giving back ----------------------------------------------------------------------------------------------- */

/* Counts what waits in each chunk of the class; gives their sum. */
static int64_t count_waiting(size_t number)
{
    int64_t waiting = 0;
    for (RtChunk *chunk = classes[number].chunks; chunk; chunk = chunk->next) chunk->waiting = 0;
    for (RtFreeObject *object = rt_free_lists[number]; object; object = object->next) {
        rt_chunk_of(object)->waiting++;
        waiting++;
    }
    return waiting;
}

static bool is_empty(const RtChunk *chunk) { return chunk->waiting == chunk->carved; }

/* Takes the objects of empty chunks out of the free list; count_waiting has been there. */
static void leave_out_empty(size_t number)
{
    RtFreeObject **end = &rt_free_lists[number];
    for (RtFreeObject *object = *end; object; object = object->next) {
        if (is_empty(rt_chunk_of(object))) continue;
        *end = object;
        end = &object->next;
    }
    *end = NULL;
}

/* Gives the empty chunks of a class back; how many there were. */
static int64_t trim_class(size_t number)
{
    int64_t count = 0;
    for (RtChunk *chunk = classes[number].chunks; chunk; chunk = chunk->next) count += is_empty(chunk);
    if (count == 0) return 0;
    leave_out_empty(number);
    rt_order_forget(number);
    for (RtChunk **place = &classes[number].chunks; *place;) {
        RtChunk *chunk = *place;
        if (!is_empty(chunk)) {
            place = &chunk->next;
            continue;
        }
        *place = chunk->next;
        classes[number].carved -= chunk->carved;
        carved_objects -= chunk->carved;
        carved_bytes -= (int64_t)chunk->carved * chunk->object_bytes;
        rt_chunk_give_back(chunk);
    }
    return count;
}

bool rt_heap_trim(void)
{
    int64_t count = 0;
    for (size_t number = 1; number < RT_CLASS_COUNT; number++) {
        if (count_waiting(number) > 0) count += trim_class(number);
    }
    return count > 0;
}

/* A program that takes back most of what was given back works in waves: let more wait. */
static void adapt_retained(void)
{
    bool in_waves = given_back > 0 && rt_chunks_retaken * 2 >= given_back;
    if (in_waves && retained_bytes < MOST_RETAINED) retained_bytes *= 2;
    rt_chunks_retaken = 0;
}

void rt_heap_look(void)
{
    rt_deaths_left = FIRST_LOOK;
    if (carved_bytes < retained_bytes) return;
    int64_t waiting = 0, waiting_bytes = 0;
    for (size_t number = 1; number < RT_CLASS_COUNT; number++) {
        int64_t count = rt_free_lists[number] ? count_waiting(number) : 0;
        waiting += count;
        waiting_bytes += count * (int64_t)number * RT_SIZE_STEP;
    }
    if (waiting * WALKS_PAID > FIRST_LOOK) rt_deaths_left = waiting * WALKS_PAID;
    if (waiting_bytes < retained_bytes) return;
    adapt_retained();
    if (waiting_bytes < retained_bytes) return;
    given_back = 0;
    for (size_t number = 1; number < RT_CLASS_COUNT; number++) {
        if (rt_free_lists[number]) given_back += trim_class(number);
    }
    rt_deaths_left = FIRST_LOOK;
}

/* ---- counting -------------------------------------------------------------------------------------------------- */

void rt_count_immortal(int64_t objects) { immortal_objects += objects; }

/* What is not to be counted is subtracted: there is no need to know of which class it was. */
static RtAllocations forgotten;

RtAllocations rt_allocated(void)
{
    RtAllocations sum = {rt_allocations[0] - forgotten.objects, rt_large_taken_bytes() - forgotten.bytes};
    for (int64_t number = 1; number < RT_CLASS_COUNT; number++) {
        sum.objects += rt_allocations[number];
        sum.bytes += rt_allocations[number] * number * RT_SIZE_STEP;
    }
    return sum;
}

void rt_forget_allocations(const RtAllocations *since)
{
    RtAllocations now = rt_allocated();
    forgotten.objects += now.objects - since->objects;
    forgotten.bytes += now.bytes - since->bytes;
}

RtChunk *rt_heap_chunks(size_t number, int64_t *carved)
{
    *carved = classes[number].carved;
    return classes[number].chunks;
}

int64_t rt_heap_carved_bytes(void) { return carved_bytes; }

int64_t rt_live_objects(void)
{
#ifdef RT_STRESS
    rt_stress_flush();
#endif
#if RT_COUNT_BITS < 31
    rt_make_stuck_immortal();
#endif
    int64_t waiting = 0;
    for (size_t number = 0; number < RT_CLASS_COUNT; number++) {
        for (const RtFreeObject *object = rt_free_lists[number]; object; object = object->next) waiting++;
    }
    return carved_objects - waiting + rt_large_objects() - immortal_objects;
}

static void visit_chunk(RtChunk *chunk, void (*visit)(void *, void *, size_t), void *context)
{
    for (uint32_t i = 0; i < chunk->carved; i++) {
        if (!(chunk->waits[i / 64] >> i % 64 & 1)) visit(context, rt_chunk_object(chunk, i), chunk->object_bytes);
    }
}

void rt_heap_each_live(void (*visit)(void *context, void *object, size_t size_bytes), void *context)
{
    for (size_t number = 1; number < RT_CLASS_COUNT; number++) {
        RtChunk *chunks = classes[number].chunks;
        for (RtChunk *chunk = chunks; chunk; chunk = chunk->next) {
            chunk->waits = rt_malloc(rt_chunk_waits_bytes(chunk));
            memset(chunk->waits, 0, rt_chunk_waits_bytes(chunk));
        }
        for (RtFreeObject *object = rt_free_lists[number]; object; object = object->next)
            rt_chunk_note_waiting(rt_chunk_of(object), object);
        for (RtChunk *chunk = chunks; chunk; chunk = chunk->next) {
            visit_chunk(chunk, visit, context);
            free(chunk->waits);
            chunk->waits = NULL;
        }
    }
}

/* ---- the end --------------------------------------------------------------------------------------------------- */

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
