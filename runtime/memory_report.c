/* What CONSAIR_RT=stats and CONSAIR_RT=leaks print at the end of a program.
 *
 * Input: the heap as it is then.  Output: lines on stderr.  Objects carry no type (their references do), so the type of
 * a leaked one is recognised by its shape: each type's invariants hold for its own objects and, but for chance, for no
 * others of that size.  Giving each object a type only for this report would cost a store at each allocation.
 *
 * The peak is that of the bytes handed out by the allocator: whole pieces of up to 64 KiB for each size class, large
 * objects and big numbers exactly.
 */
#include "heap.h"
#include "internal.h"
#include "table.h"
#include <sys/resource.h>

#pragma clang attribute push(__attribute__((minsize)),                                                                 \
                             apply_to = function) /* each executable has it, and runs it once at most */

static int64_t peak_bytes;

void rt_note_memory(void)
{
    int64_t now = rt_heap_carved_bytes() + rt_large_bytes();
    if (now > peak_bytes) peak_bytes = now;
}

void rt_report_stats(int64_t live_objects)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stderr, "consair: peak memory %ld KiB, of that objects %lld KiB; %lld live objects at exit\n",
            usage.ru_maxrss, (long long)((peak_bytes + 1023) / 1024), (long long)live_objects);
#ifdef RT_STRESS
    fprintf(stderr, "consair: %lld objects allocated\n", (long long)rt_allocation_count);
#endif
    fprintf(stderr, "consair: %lld requests for memory\n", (long long)rt_request_count);
}

/* ---- types by shape -------------------------------------------------------------------------------------------- */

/* Does an object of a type with that size fill a block of the size class?  block_bytes 0: a large object. */
static bool fills(size_t size_bytes, size_t block_bytes)
{
    if (block_bytes == 0) return size_bytes > RT_MAX_SMALL;
    return size_bytes <= block_bytes && size_bytes + RT_SIZE_STEP > block_bytes;
}

static bool is_length(int64_t n) { return n >= 0 && n <= INT64_MAX / 64; }

static bool is_cons(const void *object, size_t block_bytes)
{
    const RtCons *cell = object;
    return fills(sizeof *cell, block_bytes) && cell->unused == 0 && cell->car_tag < RT_TAG_COUNT &&
           cell->cdr_tag < RT_TAG_COUNT && (cell->car_tag < RT_FIRST_HEAP_TAG || cell->car) &&
           (cell->cdr_tag < RT_FIRST_HEAP_TAG || cell->cdr);
}

static bool is_string(const void *object, size_t block_bytes)
{
    const RtString *s = object;
    int64_t capacity = rt_string_capacity(s);
    return fills(rt_string_size_bytes(capacity), block_bytes) && s->size_bytes >= 0 && s->size_bytes <= capacity &&
           s->bytes[s->size_bytes] == '\0';
}

static bool is_vector(const void *object, size_t block_bytes)
{
    const RtVector *v = object;
    return (v->rows == 0 || v->kind == RT_VECTOR_VALUES) && is_length(v->length) &&
           v->length <= rt_vector_capacity(v) && fills(rt_vector_block_bytes(v), block_bytes);
}

static bool is_closure(const void *object, size_t block_bytes)
{
    const RtClosure *c = object;
    return c->mark == RT_CLOSURE_MARK && (uintptr_t)c->code > UINT32_MAX && c->arity >= -1 &&
           c->arity <= RT_MAX_DIRECT_ARGS && fills(rt_closure_size_bytes(c->code->capture_count), block_bytes);
}

static bool is_env(const void *object, size_t block_bytes)
{
    const RtEnv *env = object;
    return is_length(env->length) && fills(rt_env_size_bytes(env->length), block_bytes);
}

static bool is_symbol(const void *object, size_t block_bytes)
{
    const RtSymbol *s = object;
    return s->interned == 0 && s->next == NULL && fills(rt_symbol_size_bytes(s->size_bytes), block_bytes) &&
           s->name[s->size_bytes] == '\0';
}

static bool is_bigint(const void *object, size_t block_bytes)
{
    const RtBigint *b = object;
    return fills(sizeof *b, block_bytes) && b->info == 0 && b->z->_mp_alloc > 0 && b->z->_mp_d;
}

static bool is_ratio(const void *object, size_t block_bytes)
{
    const RtRatio *r = object;
    return fills(sizeof *r, block_bytes) && r->info == 0 && mpq_denref(r->q)->_mp_size > 0;
}

static bool is_error(const void *object, size_t block_bytes)
{
    const RtError *e = object;
    return fills(sizeof *e, block_bytes) && e->info <= RT_ERROR_SHOWS_DATA && e->message.tag == RT_STRING;
}

static bool is_table(const void *object, size_t block_bytes)
{
    const RtTable *t = object;
    bool is_of_a_kind = t->entry_bytes == rt_entry_bytes(false) || t->entry_bytes == rt_entry_bytes(true);
    return fills(sizeof *t, block_bytes) && is_of_a_kind && t->live <= t->next;
}

static bool is_struct(const void *object, size_t block_bytes)
{
    const RtStruct *s = object;
    return s->info >> RT_STRUCT_INFO_BITS == 0 && rt_struct_size_bytes(s->info) == block_bytes;
}

/* The strictest shapes first. */
static const struct Shape {
    const char *name;
    bool (*matches)(const void *object, size_t block_bytes);
    size_t least_bytes;
} shapes[] = {
    {"bigint", is_bigint, sizeof(RtBigint)},
    {"cons", is_cons, sizeof(RtCons)},
    {"error", is_error, sizeof(RtError)},
    {"closure", is_closure, sizeof(RtClosure)},
    {"string", is_string, sizeof(RtString)},
    {"vector", is_vector, offsetof(RtVector, items)},
    {"ratio", is_ratio, sizeof(RtRatio)},
    {"symbol", is_symbol, sizeof(RtSymbol)},
    {"map or set", is_table, sizeof(RtTable)},
    {"record", is_struct, sizeof(RtStruct) + sizeof(int64_t)},
    {"environment", is_env, sizeof(RtEnv)},
    {"part of another", NULL, 0}, /* entries and indexes of maps and sets, and whatever is of no type */
};
enum { SHAPES = sizeof shapes / sizeof *shapes };
static int64_t counts_before[SHAPES];

static bool has_shape(const struct Shape *shape, const void *object, size_t block_bytes)
{
    if (!shape->matches) return true;
    return (block_bytes == 0 || block_bytes >= shape->least_bytes) && shape->matches(object, block_bytes);
}

static void classify(void *context, void *object, size_t block_bytes)
{
    int64_t *counts = context;
    if (*rt_count_of(object) & RT_IMMORTAL) return;
    int i = 0;
    while (!has_shape(&shapes[i], object, block_bytes)) i++;
    counts[i]++;
}

void rt_leaks_begin(void)
{
    memset(counts_before, 0, sizeof counts_before);
    rt_heap_each_live(classify, counts_before);
    rt_large_each(classify, counts_before);
}

void rt_report_leaks(int64_t live_objects)
{
    int64_t counts[SHAPES] = {0};
    rt_heap_each_live(classify, counts);
    rt_large_each(classify, counts);
    fprintf(stderr, "consair: %lld live objects\n", (long long)live_objects);
    for (int i = 0; i < SHAPES; i++) {
        int64_t count = counts[i] - counts_before[i];
        if (count > 0) fprintf(stderr, "consair:   %s: %lld\n", shapes[i].name, (long long)count);
    }
}

#pragma clang attribute pop
