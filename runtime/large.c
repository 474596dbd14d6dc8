/* Large objects, beyond RT_MAX_SMALL bytes: vectors, strings.
 *
 * They come from malloc, which gives the largest pages of their own and returns these to the system when they are freed.
 * A header in front links the objects, so that a report finds those that were never freed.
 */
#define _GNU_SOURCE
#include "heap.h"
#include "program.h"
#include <stdlib.h>
#include <malloc.h>

typedef struct Large {
    struct Large *next, *previous;
} Large;

#pragma weak mallopt /* a static executable has musl's malloc, which has none */

/* Left alone, malloc gives the end of its heap back at each free that leaves 128 KiB there, to take it again a moment later:
 * a page fault costs more than what a program does with a page.  In a host's process malloc is the host's. */
static void tune_malloc(void)
{
    static bool is_tuned;
    if (is_tuned || !rt_running_program) return;
    is_tuned = true;
    if (!mallopt) return;
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    mallopt(M_TOP_PAD, 256 << 10);
}

static Large *first;
static int64_t objects, bytes, taken_bytes;

static void link_large(Large *large)
{
    large->next = first;
    large->previous = NULL;
    if (first) first->previous = large;
    first = large;
}

static void unlink_large(Large *large)
{
    if (large->next) large->next->previous = large->previous;
    if (large->previous) large->previous->next = large->next;
    else first = large->next;
}

void *rt_alloc_large(size_t size_bytes)
{
    if (size_bytes > (size_t)INT64_MAX) rt_out_of_memory();
    tune_malloc();
    Large *large = rt_malloc(sizeof *large + size_bytes);
    if (size_bytes > RT_HUGE_PAGE) rt_huge_pages(large, sizeof *large + size_bytes);
    link_large(large);
    objects++;
    rt_allocations[0]++;
    rt_count_large_bytes((int64_t)size_bytes);
    return large + 1;
}

void rt_free_large(void *object, size_t size_bytes)
{
    Large *large = (Large *)object - 1;
    unlink_large(large);
    objects--;
    bytes -= (int64_t)size_bytes;
    free(large);
}

void rt_count_large_bytes(int64_t more)
{
    bytes += more;
    if (more <= 0) return;
    taken_bytes += more;
    rt_note_memory();
}

int64_t rt_large_objects(void) { return objects; }

int64_t rt_large_bytes(void) { return bytes; }

int64_t rt_large_taken_bytes(void) { return taken_bytes; }

void rt_large_each(void (*visit)(void *context, void *object, size_t size_bytes), void *context)
{
    for (Large *large = first; large; large = large->next) visit(context, large + 1, 0);
}
