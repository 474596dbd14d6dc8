/* In which order free objects are handed out.
 *
 * Free lists are LIFO: what was freed last is in the cache.  But a list that was sorted, merged or filtered is freed in an order that
 * has nothing to do with addresses, and what is built next from its cells is scattered in the same way: each cell misses all caches when it
 * is made and whenever it is read, and the disorder never ends by itself (twenty rounds over lists of a million: 12 s in place of 0.4).  So
 * who is about to take very many objects, or is found to take them, has their free list sorted by address first.
 *
 * It is found out without counting allocations.  Compiled loops that allocate count their turns down to a look at the free lists (the test
 * was there before: lack of memory calls for a look as well).  Where the first objects of a large class follow each other in disorder, one
 * further down is marked in its second word, which whoever takes the object overwrites.  If somebody did until the next look, the program
 * uses more than the few objects that are in the cache anyway, and from then on disorder is sorted where it is found: from the first object
 * on to where a long run of neighbours begins.  A walk over the chunks of these objects is part of that, so the next one has to wait for
 * turns that pay for both; longer and longer when there was little to sort.  Where many objects die at once, the next look comes soon: what
 * is built next is built from them, and later it would be too late (quicksort of lists of 100,000 takes 0.6 of the time).
 *
 * Rejected: a free list for each page or chunk.  The node of a tree that is rebuilt would not come to where the old one was, which is in
 * the cache, and freeing would need three more instructions.
 */
#include "heap.h"
#include "internal.h"
#include <stdlib.h>

enum {
    TURNS = 1 << 16, /* between looks */
    TURNS_SOON = 1 << 12, /* when a wave has died or an object was marked */
    STRESS_TURNS = 1000, /* then everything is sorted */
    SAMPLE = 64, /* objects; in disorder when most of them are on other pages than the one before */
    PAGE_BYTES = 4096,
    WAVE_PAID = 8, /* objects carved for one that died in a wave */
    MARKED = 1024, /* the object that is marked: the one before are always in the cache */
    PATIENCE = 16, /* looks until an object that nobody takes is marked no longer */
    WALK_PAID = 8, /* objects walked over for one that is wanted */
    RUN = 1 << 16, /* so many neighbours in a row are in order, and so is what follows ... */
    RUN_PAID = 16, /* unless so many for each object that was far from the one before: then all are brought together */
    APART_PAID =
        8, /* neighbours for each object that is apart; then a list that is to be taken whole is left as it is */
    MOST_APART = 1 << 13, /* so many of the first are not enough to call it disorder */
    WORTH_SORTING = 1 << 14, /* objects that were far from the one before */
    MOST_PENALTY = 64,
    FIRST_BYTES = 1 << 20 /* smaller classes stay in the cache */
};
#define MARK INT64_C(0x5e1ec7ed0b7ec75)

typedef struct MarkedObject {
    RtFreeObject object;
    int64_t mark;
} MarkedObject;

int64_t rt_turns_left = TURNS;
static int64_t turns_given = TURNS; /* what it was when the last look ended, less what a wave took off */

static struct Order {
    MarkedObject *marked; /* or NULL */
    int age; /* looks since then */
    bool is_used; /* a marked object was taken ... */
    bool was_used; /* ever */
    int64_t wait; /* turns until it may be sorted again by a look */
    int penalty; /* that is multiplied by this, if not 0 */
} orders[RT_CLASS_COUNT];

/* ---- sorting --------------------------------------------------------------------------------------------------- */

static bool is_far(const RtFreeObject *object, const RtFreeObject *next)
{
    int64_t distance = (const char *)next - (const char *)object;
    return distance > PAGE_BYTES || distance < -PAGE_BYTES;
}

typedef struct Sorted {
    int64_t count; /* objects */
    int64_t far; /* of them */
    int64_t walked; /* objects in their chunks, waiting or not */
} Sorted;

/* Marks the objects up to a long run of neighbours (or all); gives the first one behind them. */
static RtFreeObject *mark_waiting(RtFreeObject *object, bool all, Sorted *sorted)
{
    int64_t run = 0, longest = RUN;
    while (object && (all || run < longest)) {
        RtChunk *chunk = rt_chunk_of(object);
        if (!chunk->waits) {
            chunk->waits = calloc(1, rt_chunk_waits_bytes(chunk));
            if (!chunk->waits) break; /* no memory for it: the others are sorted */
            sorted->walked += chunk->carved;
        }
        rt_chunk_note_waiting(chunk, object);
        sorted->count++;
        run++;
        if (is_far(object, object->next)) {
            run = 0;
            sorted->far++;
            longest += RUN_PAID;
        }
        object = object->next;
    }
    return object;
}

/* The marked objects by rising address, in front of the list. */
static RtFreeObject *link_marked(RtChunk *chunks, RtFreeObject *list)
{
    for (RtChunk *chunk = chunks; chunk; chunk = chunk->next) {
        for (size_t word = chunk->waits ? rt_chunk_waits_bytes(chunk) / 8 : 0; word-- > 0;) {
            for (uint64_t rest = chunk->waits[word]; rest;) {
                unsigned bit = 63 - (unsigned)__builtin_clzll(rest);
                RtFreeObject *object = (void *)rt_chunk_object(chunk, (uint32_t)(word * 64 + bit));
                rest ^= UINT64_C(1) << bit;
                object->next = list;
                list = object;
            }
        }
        free(chunk->waits);
        chunk->waits = NULL;
    }
    return list;
}

static Sorted sort_class(size_t number, RtChunk *chunks, bool all)
{
    Sorted sorted = {0};
    RtFreeObject *rest = mark_waiting(rt_free_lists[number], all, &sorted);
    rt_free_lists[number] = link_marked(chunks, rest);
    return sorted;
}

/* Do nearly all objects lie next to the one before, on one side or the other?  This walk takes a fraction of the time of sorting, and
 * ends where it is clear that they do not. */
static bool is_in_order(const RtFreeObject *object, int64_t object_bytes)
{
    for (int64_t allowance = MOST_APART; object && allowance > 0; object = object->next) {
        int64_t distance = (const char *)object->next - (const char *)object;
        allowance += distance == object_bytes || distance == -object_bytes ? 1 : -APART_PAID;
    }
    return !object;
}

void rt_heap_sort(size_t size_bytes, int64_t wanted)
{
    size_t number = (size_bytes + RT_SIZE_STEP - 1) / RT_SIZE_STEP;
    int64_t carved;
    RtChunk *chunks = rt_heap_chunks(number, &carved);
    if (carved / WALK_PAID > wanted) return;
    if (rt_stress || !is_in_order(rt_free_lists[number], (int64_t)number * RT_SIZE_STEP))
        sort_class(number, chunks, true);
}

/* ---- looking --------------------------------------------------------------------------------------------------- */

static bool is_in_disorder(const RtFreeObject *object)
{
    int far = 0;
    for (int i = 0; i < SAMPLE; i++) {
        if (!object->next) return false;
        far += is_far(object, object->next);
        object = object->next;
    }
    return far * 2 > SAMPLE;
}

static void mark_below(struct Order *order, RtFreeObject *object)
{
    for (int i = 0; object && i < MARKED; i++) object = object->next;
    order->marked = (MarkedObject *)object;
    order->age = 0;
    if (object) order->marked->mark = MARK;
}

static void look_at_mark(struct Order *order)
{
    bool is_taken = order->marked->mark != MARK;
    if (is_taken) order->is_used = order->was_used = true;
    if (is_taken || ++order->age == PATIENCE) order->marked = NULL;
}

/* Shall the next look come soon? */
static bool look_at_class(size_t number)
{
    struct Order *order = &orders[number];
    int64_t carved;
    RtChunk *chunks = rt_heap_chunks(number, &carved);
    if (carved * (int64_t)(number * RT_SIZE_STEP) < FIRST_BYTES) return false;
    order->wait -= turns_given;
    if (order->marked) look_at_mark(order);
    if (!is_in_disorder(rt_free_lists[number])) return false;
    if (!order->is_used) {
        if (order->marked) return false;
        mark_below(order, rt_free_lists[number]);
        return true;
    }
    if (order->wait > 0) return false;
    Sorted sorted = sort_class(number, chunks, false);
    order->is_used = sorted.far >= WORTH_SORTING;
    if (order->is_used || !order->penalty) order->penalty = 1;
    else if (order->penalty < MOST_PENALTY) order->penalty *= 2;
    order->wait = (sorted.count / 2 + sorted.walked / 4) * order->penalty;
    return false;
}

void rt_order_forget(size_t number) { orders[number].marked = NULL; }

static void look_soon(void)
{
    if (rt_turns_left <= TURNS_SOON) return;
    turns_given -= rt_turns_left - TURNS_SOON;
    rt_turns_left = TURNS_SOON;
}

RT_SLOW void rt_order_wave(int64_t deaths)
{
    look_soon();
    for (size_t number = sizeof(MarkedObject) / RT_SIZE_STEP; number < RT_CLASS_COUNT; number++) {
        const struct Order *order = &orders[number];
        if (!order->was_used || !rt_free_lists[number] || !is_in_disorder(rt_free_lists[number])) continue;
        int64_t carved;
        RtChunk *chunks = rt_heap_chunks(number, &carved);
        if (carved <= deaths * WAVE_PAID) sort_class(number, chunks, false);
    }
}

RT_SLOW void rt_turns_over(void)
{
    if (rt_memory_is_short) return; /* and it is to be found out by every loop */
    rt_turns_left = rt_stress ? STRESS_TURNS : TURNS;
    for (size_t number = sizeof(MarkedObject) / RT_SIZE_STEP; number < RT_CLASS_COUNT; number++) {
        if (rt_stress) rt_heap_sort(number * RT_SIZE_STEP, INT64_MAX);
        else if (rt_free_lists[number] && look_at_class(number)) rt_turns_left = TURNS_SOON;
    }
    turns_given = rt_turns_left;
}
