/* The end of objects: freeing what nobody counts any more.
 *
 * An object dies when its last count goes.  Its children are then dropped, and those that die as well must wait: their
 * number is not bounded (a list of a million lists), and neither the C stack nor fresh memory may be used for them.
 * So they form a list threaded through themselves.  A dead object still needs all its words but the first to find its
 * children; of the first, the count is free and the rest has few significant bits.  The waiting object's first word is
 *
 *     63                                   19 18          15 14             0
 *     | address of the next, bits 3 to 47    |  tag, 4 bits  | info, 15 bits |
 *
 * (user-space addresses have 47 bits on x86-64 and 48 on AArch64; objects are aligned to 8; tags of what is not on the heap are not
 * counted).  For a cons the info bits are the two tags of its halves, 7 bits each.
 * A struct (value.h) waits in a list of its own (struct.c).
 * The chain of cdrs, the common case, never waits: the walk goes straight on to the next cell.  Where both halves are dead cells, the
 * pair itself waits with its cdr, and needs no packing for it: its own count and tags are used no more.
 */
#include "cells.h"
#include "dead_strings.h"
#include "internal.h"
#include "number.h"

#pragma weak rt_free_struct /* as rt_release_structs (internal.h) */

enum {
    TAG_BITS = 4,
    TAG_SHIFT = RT_RELEASE_INFO_BITS,
    ADDRESS_SHIFT = RT_RELEASE_ADDRESS_SHIFT,
    ALIGNMENT = 8,
    HALF_BITS = RT_RELEASE_INFO_BITS / 2, /* a tag of a cons's half */
    HALF_MASK = (1 << HALF_BITS) - 1,
    INFO_MASK = (1 << RT_RELEASE_INFO_BITS) - 1
};

_Static_assert(RT_TAG_COUNT - RT_FIRST_HEAP_TAG <= 1 << TAG_BITS, "a tag must fit the first word of a waiting object");
_Static_assert(1 << (TAG_SHIFT + TAG_BITS) <= ALIGNMENT << ADDRESS_SHIFT, "tag and info fit below the address");
_Static_assert(RT_KIND_BITS + RT_SHIFT_BITS + RT_UNIT_BITS <= RT_RELEASE_INFO_BITS, "all that a vector needs is kept");

/* ---- the list of dead objects ---------------------------------------------------------------------------------- */

static void list_dead(RtReleaseList *list, uint32_t tag, RtObject *object)
{
    if (tag == RT_STRUCT) {
        rt_list_dead_struct(list, (RtStruct *)object);
        return;
    }
    uint64_t info = object->info & INFO_MASK;
    if (tag == RT_CONS) {
        const RtCons *cell = (const void *)object;
        info = cell->car_tag | (uint64_t)cell->cdr_tag << HALF_BITS;
    }
    uint64_t word =
        (uint64_t)(uintptr_t)list->first << ADDRESS_SHIFT | (uint64_t)(tag - RT_FIRST_HEAP_TAG) << TAG_SHIFT | info;
    memcpy(object, &word, sizeof word);
    list->first = object;
}

/* Takes the first waiting object off the list and gives its info word back to it; its tag is the result. */
static uint32_t unlist_dead(RtReleaseList *list, RtObject **out)
{
    RtObject *object = list->first;
    uint64_t word;
    memcpy(&word, object, sizeof word);
    uint32_t tag = ((uint32_t)word >> TAG_SHIFT & ((1u << TAG_BITS) - 1)) + RT_FIRST_HEAP_TAG;
    uint32_t info = (uint32_t)word & INFO_MASK;
    *rt_count_of(object) = 0;
    object->info = info;
    if (tag == RT_CONS) {
        RtCons *cell = (void *)object;
        cell->car_tag = info & HALF_MASK;
        cell->cdr_tag = (uint8_t)(info >> HALF_BITS);
    }
    list->first = (void *)(uintptr_t)(word >> ADDRESS_SHIFT & ~(uint64_t)(ALIGNMENT - 1));
    *out = object;
    return tag;
}

/* Takes one count away; true when it was the last.  v is on the heap. */
static inline bool uncount(RtValue v)
{
    RtObject *object = rt_object(v);
    if (*rt_count_of(object) == 1) return true;
    if (*rt_count_of(object) < RT_STICKY) --*rt_count_of(object);
    return false;
}

static void release_string(RtString *string) { rt_free(string, forget_string(string)); }

static inline void release_dead(RtReleaseList *list, RtValue dead)
{
    if (dead.tag == RT_STRING) { /* holds nothing, so it need not wait */
        release_string(rt_as_string(dead));
        rt_deaths_left--;
    } else {
        list_dead(list, dead.tag, rt_object(dead));
    }
}

void rt_release_child(RtReleaseList *list, RtValue child)
{
    if (rt_is_heap(child) && uncount(child)) release_dead(list, child);
}

static void release_items(RtReleaseList *list, const RtValue *items, int64_t count)
{
    for (int64_t i = 0; i < count; i++) rt_release_child(list, items[i]);
}

/* ---- release, type by type ------------------------------------------------------------------------------------- */

/* The half loses a count.  True when it is a cell and dead; what else is dead goes to the list. */
static inline __attribute__((always_inline)) bool is_dead_cell(RtReleaseList *list, RtCells *cells,
                                                               DeadStrings *strings, const RtCons *cell, RtValue half)
{
    if (!rt_is_heap(half) || !uncount(half)) return false;
    if (half.tag == RT_CONS) return true;
    if (half.tag == RT_STRING) free_string(cells, strings, rt_as_string(half), cell);
    else list_dead(list, half.tag, rt_object(half));
    return false;
}

/* The cell and all cells that die with it. */
static void release_cons(RtReleaseList *list, RtCons *cell)
{
    RtCons *waiting = NULL; /* freed but for themselves and their cdrs, dead cells; linked through their first words */
    RtCells cells = rt_cells_begin();
    DeadStrings strings = {NULL, NULL};
    for (;;) {
        RtValue car = rt_car_of(cell), cdr = rt_cdr_of(cell);
        bool is_car_dead = is_dead_cell(list, &cells, &strings, cell, car);
        bool is_cdr_dead = is_dead_cell(list, &cells, &strings, cell, cdr);
        if (is_car_dead && is_cdr_dead) {
            ((RtFreeObject *)cell)->next = (RtFreeObject *)waiting;
            waiting = cell;
            cell = rt_as_cons(car);
            continue;
        }
        rt_cells_free(&cells, cell);
        if (is_car_dead || is_cdr_dead) {
            cell = rt_as_cons(is_car_dead ? car : cdr);
            continue;
        }
        if (!waiting) break;
        RtCons *pair = waiting;
        waiting = (RtCons *)((RtFreeObject *)pair)->next;
        cell = rt_as_cons(rt_make(RT_CONS, pair->cdr)); /* its tag is gone, but is known */
        rt_cells_free(&cells, pair);
    }
    free_strings(&cells, &strings);
    cells.freed--; /* whoever called counts one */
    rt_cells_end(&cells);
}

/* A record: a vector of values with room for eight at most, whose tags are one word. */
static inline bool is_record(const RtVector *vector)
{
    return vector->kind == RT_VECTOR_VALUES && vector->capacity_shift == 0 &&
           vector->capacity_units - 1u < RT_NEAR_TAGS;
}

/* The bits of its tags that tell which items are on the heap. */
static inline uint64_t heap_items(const RtVector *record, uint64_t tags)
{
    const uint64_t heap_bits = (UINT8_MAX & ~(RT_FIRST_HEAP_TAG - 1)) * (UINT64_MAX / UINT8_MAX);
    int half = 4 * (int)record->length; /* in two steps: eight tags are all bits */
    return tags & heap_bits & ~(UINT64_MAX << half << half);
}

/* The record and the records that die with it, the nodes of a tree. They wait in a list of their own, where the first word is the
 * next one's address and the capacity. */
static void release_records(RtReleaseList *list, RtVector *record)
{
    uint64_t waiting = 0, capacity = record->capacity_units;
    int64_t freed = -1; /* whoever called counts one */
    for (;;) {
        uint64_t tags;
        memcpy(&tags, record->items.values.tags, sizeof tags);
        for (uint64_t items = heap_items(record, tags); items;) {
            int shift = __builtin_ctzll(items) & -8;
            RtValue item = rt_make(tags >> shift & UINT8_MAX, record->items.values.data[shift / 8]);
            items &= ~((uint64_t)UINT8_MAX << shift);
            if (!uncount(item)) continue;
            RtVector *child = rt_object(item);
            if (RT_LIKELY(item.tag == RT_VECTOR && is_record(child))) {
                uint64_t word = waiting << ADDRESS_SHIFT | child->capacity_units;
                memcpy(child, &word, sizeof word);
                waiting = (uint64_t)(uintptr_t)child;
            } else {
                release_dead(list, item);
            }
        }
        rt_free(record, offsetof(RtVector, items.values.data) + capacity * sizeof(int64_t));
        freed++;
        if (!waiting) break;
        record = (void *)(uintptr_t)waiting;
        uint64_t word;
        memcpy(&word, record, sizeof word);
        capacity = (uint8_t)word;
        waiting = word >> ADDRESS_SHIFT;
    }
    rt_deaths_left -= freed;
}

static void release_vector(RtReleaseList *list, RtVector *vector)
{
    if (is_record(vector)) {
        release_records(list, vector);
        return;
    }
    if (vector->kind == RT_VECTOR_VALUES) {
        for (int64_t i = 0; i < vector->length; i++) rt_release_child(list, rt_vector_value(vector, i));
    }
    rt_free(vector, rt_vector_block_bytes(vector));
}

static void release_closure(RtReleaseList *list, RtClosure *closure)
{
    int64_t count = closure->code->capture_count;
    for (int64_t i = 0; i < count; i++) rt_release_child(list, rt_capture(closure, i));
    rt_free(closure, rt_closure_size_bytes(count));
}

static void release_env(RtReleaseList *list, RtEnv *env)
{
    release_items(list, env->items, env->length);
    rt_free(env, rt_env_size_bytes(env->length));
}

static void release_error(RtReleaseList *list, RtError *error)
{
    rt_release_child(list, error->message);
    rt_release_child(list, error->data);
    rt_free(error, sizeof *error);
}

static void release_reduced(RtReleaseList *list, RtReduced *reduced)
{
    rt_release_child(list, reduced->value);
    rt_free(reduced, sizeof *reduced);
}

static void release_object(uint32_t tag, void *object, RtReleaseList *list)
{
    switch (tag) {
    case RT_CONS: release_cons(list, object); return;
    case RT_SYMBOL: rt_free(object, rt_symbol_size_bytes(((RtSymbol *)object)->size_bytes)); return;
    case RT_CLOSURE: release_closure(list, object); return;
    case RT_STRING: release_string(object); return;
    case RT_VECTOR:
    case RT_PVEC: release_vector(list, object); return;
    case RT_BIGINT: rt_bigint_ops->release(object); return;
    case RT_RATIO: rt_ratio_ops->release(object); return;
    case RT_MAP:
    case RT_SET:
    case RT_PMAP:
    case RT_PSET:
        if (!rt_release_collection) rt_internal_error("a collection dies in a program without collections");
        rt_release_collection(tag, object, list);
        return;
    case RT_REDUCED: release_reduced(list, object); return;
    case RT_MACRO: rt_free(object, sizeof(RtMacro)); return;
    case RT_ERROR: release_error(list, object); return;
    case RT_ENV: release_env(list, object); return;
    case RT_STRUCT:
        rt_list_dead_struct(list, object);
        rt_deaths_left++; /* it is counted when it is released */
        return;
    default: rt_internal_error("an object of unknown type is freed");
    }
}

void rt_free_listed(RtReleaseList *list, int64_t before)
{
    for (;;) {
        if (list->first_struct) rt_release_structs(list);
        if (!list->first) break;
        RtObject *object;
        uint32_t tag = unlist_dead(list, &object);
        release_object(tag, object, list);
        rt_deaths_left--;
    }
    if (before - rt_deaths_left >= RT_WAVE) rt_order_wave(before - rt_deaths_left);
    if (RT_UNLIKELY(rt_deaths_left < 0)) rt_heap_look();
}

/* All that dies with the object. */
static RT_SLOW void free_all(uint32_t tag, void *object) /* NULL: it is time to look at the heap */
{
    RtReleaseList list = {NULL, NULL};
    int64_t before = rt_deaths_left--;
    if (object) release_object(tag, object, &list);
    rt_free_listed(&list, before);
}

static RT_SLOW void free_records(uint32_t tag, void *record)
{
    (void)tag;
    RtReleaseList list = {NULL, NULL};
    int64_t before = rt_deaths_left--;
    release_records(&list, record);
    if (RT_UNLIKELY(list.first || rt_deaths_left < 0 || before - rt_deaths_left >= RT_WAVE))
        rt_free_listed(&list, before);
}

static inline void leave_living(RtObject *object)
{
    if (RT_LIKELY(*rt_count_of(object) < RT_STICKY)) --*rt_count_of(object);
}

/* Has the cell one owner, and a car that is not counted? */
static inline bool is_unique_and_plain(const RtCons *cell)
{
    const uint64_t heap_bits = UINT8_MAX & ~(RT_FIRST_HEAP_TAG - 1);
    uint64_t word; /* count, tag of the car */
    memcpy(&word, cell, sizeof word);
    return (word & (heap_bits << 32 | UINT32_MAX)) == 1;
}

/* The cell dies, and so does its car, a cell too.  Frees the car's list as long as the cars in there live on, as in a list of associations,
 * which need no list of what dies.  False: what is left of it is the cell's car now, and dies as well. */
static inline bool free_car_list(RtCells *cells, RtCons *cell)
{
    uint32_t tag = RT_CONS;
    RtCons *inner = rt_as_cons(rt_car_of(cell));
    while (tag == RT_CONS && inner->count == 1) {
        if (inner->car_tag >= RT_FIRST_HEAP_TAG) {
            RtObject *car = rt_object(rt_car_of(inner));
            if (*rt_count_of(car) == 1) break;
            leave_living(car);
        }
        tag = inner->cdr_tag;
        RtCons *next = rt_object(rt_cdr_of(inner));
        rt_cells_free(cells, inner);
        inner = next;
    }
    if (tag < RT_FIRST_HEAP_TAG) return true;
    if (inner->count != 1) {
        leave_living((RtObject *)inner);
        return true;
    }
    cell->car_tag = (uint8_t)tag;
    cell->car = (int64_t)(uintptr_t)inner;
    return false;
}

/* Frees cells that die, from this one on, as long as no more than lists of what lives on dies with them.  Gives what dies as well but was
 * not freed, or NULL. */
static inline void *free_list(RtCells *cells, RtCons *cell, uint32_t *tag)
{
    for (;;) {
        if (cell->car_tag >= RT_FIRST_HEAP_TAG) {
            RtObject *car = rt_object(rt_car_of(cell));
            *tag = RT_CONS;
            if (*rt_count_of(car) != 1) leave_living(car);
            else if (cell->car_tag != RT_CONS || !free_car_list(cells, cell)) return cell;
        }
        do {
            *tag = cell->cdr_tag;
            RtCons *next = rt_object(rt_cdr_of(cell));
            rt_cells_free(cells, cell);
            cell = next;
        } while (*tag == RT_CONS && is_unique_and_plain(cell));
        if (*tag < RT_FIRST_HEAP_TAG) return NULL;
        if (cell->count != 1) {
            leave_living((RtObject *)cell);
            return NULL;
        }
        if (*tag != RT_CONS) return cell;
    }
}

/* A list whose elements live on, are no objects, or such lists, is the common case.  It needs few registers, which are all to be kept. */
static RT_SLOW void free_cons(uint32_t any, void *cell)
{
    uint32_t tag = RT_CONS;
    (void)any;
    RtCells cells = rt_cells_begin();
    void *rest = free_list(&cells, cell, &tag);
    rt_cells_end(&cells);
    if (RT_UNLIKELY(cells.freed >= RT_WAVE)) rt_order_wave(cells.freed);
    if (RT_UNLIKELY(rest || rt_deaths_left < 0)) free_all(tag, rest);
}

/* Frees closures that die, from this one on, as long as nothing else dies but one capture of each: a continuation, or what is composed
 * with it.  True when something waits in the list. */
static inline bool free_chain(RtReleaseList *list, RtClosure *closure)
{
    for (;;) {
        RtClosure *next = NULL;
        int64_t count = closure->code->capture_count;
        for (int64_t i = 0; i < count; i++) {
            RtValue capture = rt_capture(closure, i);
            if (!rt_is_heap(capture) || !uncount(capture)) continue;
            if (capture.tag == RT_CLOSURE && !next) next = rt_as_closure(capture);
            else list_dead(list, capture.tag, rt_object(capture));
        }
        rt_free(closure, rt_closure_size_bytes(count));
        if (!next) return list->first || list->first_struct;
        rt_deaths_left--;
        closure = next;
    }
}

static RT_SLOW void free_closure(uint32_t tag, void *closure)
{
    (void)tag;
    RtReleaseList list = {NULL, NULL};
    int64_t before = rt_deaths_left--;
    bool waits = free_chain(&list, closure);
    if (RT_UNLIKELY(waits || rt_deaths_left < 0 || before - rt_deaths_left >= RT_WAVE)) rt_free_listed(&list, before);
}

/* Of a small packed vector; 0: it is something else. */
static inline size_t packed_bytes(uint32_t tag, const RtVector *vector)
{
    if (tag != RT_VECTOR || vector->kind == RT_VECTOR_VALUES) return 0;
    size_t size_bytes = rt_vector_block_bytes(vector);
    return size_bytes <= RT_MAX_SMALL ? size_bytes : 0;
}

/* A vector that holds nothing needs no list of what dies, and hardly a register if it is small. */
static RT_SLOW void free_other(uint32_t tag, void *object)
{
    size_t size_bytes = packed_bytes(tag, object);
    if (RT_LIKELY(size_bytes && rt_deaths_left > 0)) {
        rt_deaths_left--;
        rt_free(object, size_bytes);
    } else if (tag == RT_STRUCT) {
        rt_free_struct(object);
    } else {
        free_all(tag, object);
    }
}

/* What loses a count, and may die, behind what was freed: a function that keeps the registers of its operands cannot jump to another one
 * with other operands. */
static RtValue left;

static RT_SLOW void free_left(uint32_t tag, void *object)
{
    (void)tag, (void)object;
    if (rt_is_heap(left) && uncount(left)) {
        if (left.tag == RT_CONS) free_cons(left.tag, rt_object(left));
        else rt_free_value(left.tag, rt_object(left));
    }
    if (RT_UNLIKELY(rt_deaths_left < 0)) free_all(RT_NIL, NULL);
}

static inline bool is_counted_once(RtValue half) { return rt_is_heap(half) && *rt_count_of(rt_object(half)) == 1; }

static inline void leave_half(RtValue half)
{
    if (rt_is_heap(half)) leave_living(rt_object(half));
}

/* An association that dies alone.  What it holds twice may die with it. */
static inline bool is_short(RtValue dead)
{
    if (dead.tag != RT_CONS) return false;
    RtValue car = rt_car_of(rt_as_cons(dead)), cdr = rt_cdr_of(rt_as_cons(dead));
    return !is_counted_once(car) && !is_counted_once(cdr) && car.data != cdr.data;
}

/* Most lists that die are a pair, or a few cells in front of one that lives on, some of them associations: for these, registers are dearer
 * than turns. */
static RT_SLOW_LEAF void free_few(uint32_t tag, void *object)
{
    enum { FEW = 16 };
    RtCons *cell = object;
    for (;;) {
        if (cell->car_tag >= RT_FIRST_HEAP_TAG) {
            RtValue car = rt_car_of(cell);
            if (*rt_count_of(rt_object(car)) != 1) {
                leave_living(rt_object(car));
            } else if (is_short(car)) {
                leave_half(rt_car_of(rt_as_cons(car)));
                leave_half(rt_cdr_of(rt_as_cons(car)));
                rt_free(rt_as_cons(car), sizeof(RtCons));
                rt_deaths_left--;
            } else {
                if (cell == object) RT_JUMP free_cons(tag, object);
                left = rt_from_object(RT_CONS, cell);
                RT_JUMP free_left(tag, object);
            }
        }
        RtValue cdr = rt_cdr_of(cell);
        rt_free(cell, sizeof *cell);
        bool is_time = !(--rt_deaths_left & (FEW - 1));
        if (RT_UNLIKELY(is_time)) {
            left = cdr;
            RT_JUMP free_left(tag, object);
        }
        if (!rt_is_heap(cdr)) return;
        if (*rt_count_of(rt_object(cdr)) != 1) {
            leave_living(rt_object(cdr));
            return;
        }
        if (cdr.tag != RT_CONS) {
            left = cdr;
            RT_JUMP free_left(tag, object);
        }
        cell = rt_as_cons(cdr);
    }
}

RT_SLOW_LEAF void rt_free_value(uint32_t tag, void *object)
{
    uint32_t asked = tag;
    __asm__("" : "+r"(asked)); /* or the tag of cells, known then, would be loaded for the jump */
    if (asked == RT_CLOSURE) RT_JUMP free_closure(tag, object);
    if (asked == RT_VECTOR && is_record(object)) RT_JUMP free_records(tag, object);
    if (asked != RT_CONS) RT_JUMP free_other(tag, object);
    RT_JUMP free_few(tag, object);
}

RT_SLOW void rt_free_plain(RtCons *cell)
{
    RtCells cells = rt_cells_begin();
    uint32_t tag;
    do {
        tag = cell->cdr_tag;
        RtCons *next = rt_as_cons(rt_cdr_of(cell));
        rt_cells_free(&cells, cell);
        cell = next;
    } while (tag != RT_NIL && cell->count == 1);
    rt_cells_end(&cells);
    if (RT_UNLIKELY(cells.freed >= RT_WAVE)) rt_order_wave(cells.freed);
    if (tag != RT_NIL) leave_living((RtObject *)cell);
    if (RT_UNLIKELY(rt_deaths_left < 0)) free_all(RT_NIL, NULL);
}
