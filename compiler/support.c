/* Arena and pointer table.
 *
 * The arena hands out zeroed memory from a chain of blocks that grow geometrically; nothing is freed before the whole
 * is. A request that is large for a block gets a block of its own, put behind the current one so that the rest of
 * that one stays in use.  The pointer table is open addressing with linear probing, at most half full; entries are
 * never removed, which keeps it free of tombstones.
 */
#define _GNU_SOURCE
#include "support.h"

#include "consair_rt.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BLOCK_MIN_BYTES = 16 << 10, BLOCK_MAX_BYTES = 1 << 20, ALIGNMENT = 16 };

typedef struct Block {
    struct Block *previous;
    size_t size_bytes; /* of the payload, which follows aligned */
} Block;
_Static_assert(sizeof(Block) % ALIGNMENT == 0, "the payload of a block must be aligned");

struct Arena {
    Block *blocks; /* the current one first */
    char *next, *end;
    size_t block_bytes; /* of the next block */
};

void memory_populate(const char *low, const char *high)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), first = ((uintptr_t)low + page - 1) & -page,
              end = (uintptr_t)high & -page;
    if (first < end) madvise((void *)first, end - first, MADV_POPULATE_WRITE);
}

void heap_populate(size_t size_bytes)
{
    char *block = malloc(size_bytes);
    if (block) memory_populate(block, block + size_bytes);
    free(block);
}

static Block *block_new(size_t size_bytes)
{
    if (size_bytes > SIZE_MAX - sizeof(Block)) rt_out_of_memory();
    Block *block = calloc(1, sizeof(Block) + size_bytes);
    if (!block) rt_out_of_memory();
    block->size_bytes = size_bytes;
    return block;
}

Arena *arena_new(void)
{
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena) rt_out_of_memory();
    arena->block_bytes = BLOCK_MIN_BYTES;
    return arena;
}

void arena_free(Arena *arena)
{
    if (!arena) return;
    for (Block *block = arena->blocks; block;) {
        Block *previous = block->previous;
        free(block);
        block = previous;
    }
    free(arena);
}

ArenaMark arena_mark(const Arena *arena)
{
    Block *previous = arena->blocks ? arena->blocks->previous : NULL;
    return (ArenaMark){arena->blocks, previous, arena->next, arena->end, arena->block_bytes};
}

static void pop_blocks(Block **first, const void *until)
{
    while (*first != until) {
        Block *block = *first;
        *first = block->previous;
        free(block);
    }
}

void arena_release(Arena *arena, const ArenaMark *mark)
{
    char *used_end = arena->blocks == mark->blocks ? arena->next : mark->end;
    pop_blocks(&arena->blocks, mark->blocks);
    if (arena->blocks) pop_blocks(&arena->blocks->previous, mark->previous);
    arena->next = mark->next;
    arena->end = mark->end;
    arena->block_bytes = mark->block_bytes;
    if (used_end > mark->next)
        memset(mark->next, 0, (size_t)(used_end - mark->next)); /* what is handed out is zeroed */
}

/* Memory for a request that does not fit in the current block. */
static void *arena_grow(Arena *arena, size_t size_bytes)
{
    if (size_bytes > arena->block_bytes / 4) {
        Block *own = block_new(size_bytes);
        if (arena->blocks) {
            own->previous = arena->blocks->previous;
            arena->blocks->previous = own;
        } else {
            arena->blocks = own;
        }
        return own + 1;
    }
    Block *block = block_new(arena->block_bytes);
    block->previous = arena->blocks;
    arena->blocks = block;
    arena->next = (char *)(block + 1) + size_bytes;
    arena->end = (char *)(block + 1) + block->size_bytes;
    if (arena->block_bytes < BLOCK_MAX_BYTES) arena->block_bytes *= 2;
    return block + 1;
}

void *arena_alloc(Arena *arena, size_t size_bytes)
{
    if (size_bytes > SIZE_MAX - ALIGNMENT) rt_out_of_memory();
    size_bytes = (size_bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if ((size_t)(arena->end - arena->next) < size_bytes || !arena->next) return arena_grow(arena, size_bytes);
    void *result = arena->next;
    arena->next += size_bytes;
    return result;
}

char *arena_text(Arena *arena, const char *bytes, size_t size)
{
    char *copy = arena_alloc(arena, size + 1);
    if (size) memcpy(copy, bytes, size);
    return copy;
}

char *arena_format(Arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) rt_internal_error("arena_format: bad format");
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

/* ---- pointer table ---- */

typedef struct Entry {
    const void *key; /* NULL: free */
    void *value;
} Entry;

struct PointerMap {
    Entry *entries;
    size_t capacity, count; /* capacity is a power of two */
};

static size_t hash_pointer(const void *key)
{
    uint64_t h = (uint64_t)(uintptr_t)key;
    h = (h ^ h >> 32) * 0x9e3779b97f4a7c15u;
    return (size_t)(h ^ h >> 29);
}

/* The entry of the key, or the free one where it belongs. */
static Entry *find_entry(const PointerMap *map, const void *key)
{
    size_t mask = map->capacity - 1;
    size_t i = hash_pointer(key) & mask;
    while (map->entries[i].key && map->entries[i].key != key) i = (i + 1) & mask;
    return &map->entries[i];
}

static void set_capacity(PointerMap *map, size_t capacity)
{
    PointerMap old = *map;
    map->entries = calloc(capacity, sizeof(Entry));
    if (!map->entries) rt_out_of_memory();
    map->capacity = capacity;
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].key) *find_entry(map, old.entries[i].key) = old.entries[i];
    free(old.entries);
}

PointerMap *pointer_map_new(void)
{
    PointerMap *map = calloc(1, sizeof *map);
    if (!map) rt_out_of_memory();
    set_capacity(map, 16);
    return map;
}

void pointer_map_free(PointerMap *map)
{
    if (!map) return;
    free(map->entries);
    free(map);
}

void pointer_map_set(PointerMap *map, const void *key, void *value)
{
    if (2 * (map->count + 1) > map->capacity) set_capacity(map, 2 * map->capacity);
    Entry *entry = find_entry(map, key);
    if (!entry->key) map->count++;
    *entry = (Entry){key, value};
}

void *pointer_map_find(const PointerMap *map, const void *key) { return find_entry(map, key)->value; }
