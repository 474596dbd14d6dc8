/* Slow paths on purpose, for tests.
 *
 * CONSAIR_RT=stress lets each fresh object come through rt_alloc_refill and makes updates of unique objects copy now and
 * then, as if somebody else held them.  It reaches what is not inlined; a stress build (Meson option `stress`, which
 * defines RT_STRESS) reaches the inlined half as well, and looks for our own mistakes: fresh objects hold garbage, freed
 * ones a pattern, a freed object waits a while before it is used again, and freeing it twice ends the process.
 *
 * With fewer count bits (Meson option `count_bits`), counts stick that no test would ever bring to 2^31.  What is stuck is
 * never freed, so it is remembered here, and no leak: rt_live_objects makes it immortal before it counts.
 */
#include "heap.h"
#include "internal.h"
#include <stdlib.h>

enum {
    SMALL_LENGTH = 64,
    REFUSE_SMALL = 3,
    REFUSE_LARGE = 1021
}; /* copying a large object each time would take for ever */

int64_t rt_allocation_count;

bool rt_stress_refuses(int64_t length)
{
    static uint32_t questions;
    return ++questions % (length <= SMALL_LENGTH ? REFUSE_SMALL : REFUSE_LARGE) == 0;
}

#ifdef RT_STRESS
bool rt_stress = true;

enum { FRESH = 0xA5, FREED = 0x5B, QUEUE = 512 };

static struct Freed {
    void *object;
    size_t size_bytes;
} queue[QUEUE]; /* a ring: the oldest is at queue_next */
static int queue_next;

void *rt_alloc(size_t size_bytes)
{
    rt_allocation_count++;
    if (rt_is_refused()) rt_shortage_begin();
    void *object = rt_alloc_inline(size_bytes);
    memset(object, FRESH, size_bytes);
    return object;
}

/* Freed and not yet used again: the pattern is behind the first word, which links free objects. */
static bool is_freed(const void *object, size_t size_bytes)
{
    const unsigned char *bytes = object;
    for (size_t i = sizeof(RtFreeObject); i < size_bytes; i++) {
        if (bytes[i] != FREED) return false;
    }
    return size_bytes > 2 * sizeof(RtFreeObject);
}

void rt_free(void *object, size_t size_bytes)
{
    if (is_freed(object, size_bytes)) rt_internal_error("an object is freed twice");
    memset(object, FREED, size_bytes);
    struct Freed *oldest = &queue[queue_next];
    queue_next = (queue_next + 1) % QUEUE;
    if (oldest->object) rt_free_inline(oldest->object, oldest->size_bytes);
    *oldest = (struct Freed){object, size_bytes};
}

/* Before live objects are counted. */
void rt_stress_flush(void)
{
    for (int i = 0; i < QUEUE; i++) {
        if (queue[i].object) rt_free_inline(queue[i].object, queue[i].size_bytes);
        queue[i].object = NULL;
    }
}
#else
bool rt_stress;
#endif

#if RT_COUNT_BITS < 31
static struct {
    RtValue *items;
    size_t length, capacity;
} stuck;

void rt_note_stuck(RtValue v)
{
    if (stuck.length == stuck.capacity) {
        stuck.capacity = stuck.capacity ? stuck.capacity * 2 : 64;
        stuck.items = rt_realloc(stuck.items, stuck.capacity * sizeof *stuck.items);
    }
    stuck.items[stuck.length++] = v;
}

void rt_make_stuck_immortal(void)
{
    while (stuck.length > 0) rt_make_immortal(stuck.items[--stuck.length]);
}
#endif
