/* Arena, growing arrays, pointer-keyed table: what the compiler's own data live in. */
#ifndef CONSAIR_SUPPORT_H
#define CONSAIR_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Arena Arena; /* memory that is freed all at once */
/* Pages that will all be written: one system call in place of a page fault for each.  An older kernel refuses, and the faults come. */
void memory_populate(const char *low, const char *high);
void heap_populate(size_t size_bytes); /* of what malloc hands out next */
Arena *arena_new(void);
void arena_free(Arena *arena);
void *arena_alloc(Arena *arena, size_t size_bytes); /* zeroed, aligned to 16 */
typedef struct ArenaMark { /* a moment in an arena's life */
    void *blocks, *previous;
    char *next, *end;
    size_t block_bytes;
} ArenaMark;
ArenaMark arena_mark(const Arena *arena);
void arena_release(Arena *arena, const ArenaMark *mark); /* gives back all that was allocated since */
char *arena_text(Arena *arena, const char *bytes, size_t size); /* NUL-terminated copy */
char *arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Appends to an array {items, count, capacity} that lives in the arena. */
#define ARENA_PUSH(arena, items, count, capacity, item)                                                                \
    do {                                                                                                               \
        if ((count) == (capacity)) {                                                                                   \
            int new_capacity_ = (capacity) ? 2 * (capacity) : 8;                                                       \
            void *new_items_ = arena_alloc((arena), (size_t)new_capacity_ * sizeof *(items));                          \
            if (count) memcpy(new_items_, (items), (size_t)(count) * sizeof *(items));                                 \
            (items) = new_items_;                                                                                      \
            (capacity) = new_capacity_;                                                                                \
        }                                                                                                              \
        (items)[(count)++] = (item);                                                                                   \
    } while (0)

typedef struct PointerMap PointerMap; /* const void * -> void * */
PointerMap *pointer_map_new(void);
void pointer_map_free(PointerMap *map);
void pointer_map_set(PointerMap *map, const void *key, void *value);
void *pointer_map_find(const PointerMap *map, const void *key); /* NULL when absent */

#endif
