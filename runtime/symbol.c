/* Symbols: one object for each name, found by a hash table, and fresh ones that no name leads to.
 *
 * Interned symbols are immortal.  Compiled code has its own as static data and lists them in the section
 * consair_symbols; they enter the table before the first look-up, so that a symbol made at run time is the same
 * object.  A gensym is counted like any other object and never enters the table: no symbol that is read or interned
 * can be eq to it.
 */
#include "internal.h"
#include <stdlib.h>

/* Made by the linker, if any object has the section. */
extern RtSymbol *__start_consair_symbols[] __attribute__((weak, visibility("hidden")));
extern RtSymbol *__stop_consair_symbols[] __attribute__((weak, visibility("hidden")));

enum { FIRST_BUCKETS = 256 };

static struct {
    RtSymbol **buckets; /* NULL: not set up */
    uint32_t bucket_count; /* a power of two */
    uint32_t symbol_count;
} table;

static int64_t gensym_count;

static RtSymbol **make_buckets(uint32_t count)
{
    RtSymbol **buckets = rt_malloc(count * sizeof *buckets);
    memset(buckets, 0, count * sizeof *buckets);
    return buckets;
}

static void grow_table(void)
{
    uint32_t larger_count = table.bucket_count * 2;
    RtSymbol **larger = make_buckets(larger_count);
    for (uint32_t i = 0; i < table.bucket_count; i++) {
        RtSymbol *next;
        for (RtSymbol *symbol = table.buckets[i]; symbol; symbol = next) {
            next = symbol->next;
            RtSymbol **bucket = &larger[symbol->hash & (larger_count - 1)];
            symbol->next = *bucket;
            *bucket = symbol;
        }
    }
    free(table.buckets);
    table.buckets = larger;
    table.bucket_count = larger_count;
}

static void enter_symbol(RtSymbol *symbol)
{
    if (table.symbol_count >= table.bucket_count) grow_table();
    RtSymbol **bucket = &table.buckets[symbol->hash & (table.bucket_count - 1)];
    symbol->next = *bucket;
    *bucket = symbol;
    table.symbol_count++;
}

static RtSymbol *find_symbol(const char *name, size_t size_bytes, uint32_t hash)
{
    for (RtSymbol *symbol = table.buckets[hash & (table.bucket_count - 1)]; symbol; symbol = symbol->next) {
        if (symbol->hash == hash && symbol->size_bytes == size_bytes && memcmp(symbol->name, name, size_bytes) == 0) {
            return symbol;
        }
    }
    return NULL;
}

static void enter_all(RtSymbol **begin, RtSymbol **end)
{
    for (RtSymbol **entry = begin; entry != end; entry++) {
        RtSymbol *symbol = *entry;
        symbol->hash = rt_hash_bytes(symbol->name, symbol->size_bytes); /* the compiler need not know the function */
        enter_symbol(symbol);
    }
}

static void set_up_table(void)
{
    table.bucket_count = FIRST_BUCKETS;
    table.buckets = make_buckets(FIRST_BUCKETS);
    enter_all(__start_consair_symbols, __stop_consair_symbols);
}

void rt_add_symbols(RtSymbol **begin, RtSymbol **end)
{
    if (!table.buckets) set_up_table();
    enter_all(begin, end);
}

static RtSymbol *make_symbol(const char *name, size_t size_bytes)
{
    RtSymbol *symbol = rt_alloc(rt_symbol_size_bytes(size_bytes));
    symbol->count = 1;
    symbol->hash = rt_hash_bytes(name, size_bytes);
    symbol->size_bytes = (uint32_t)size_bytes;
    symbol->interned = 0;
    symbol->next = NULL;
    memcpy(symbol->name, name, size_bytes);
    symbol->name[size_bytes] = '\0';
    return symbol;
}

RtValue rt_intern(const char *name, size_t size_bytes)
{
    if (!table.buckets) set_up_table();
    RtSymbol *symbol = find_symbol(name, size_bytes, rt_hash_bytes(name, size_bytes));
    if (!symbol) {
        symbol = make_symbol(name, size_bytes);
        symbol->interned = 1;
        rt_make_immortal(rt_from_object(RT_SYMBOL, symbol));
        enter_symbol(symbol);
    }
    return rt_from_object(RT_SYMBOL, symbol);
}

RtValue rt_intern_text(const char *name) { return rt_intern(name, strlen(name)); }

RtValue rt_make_symbol(const char *name, size_t size_bytes)
{
    return rt_from_object(RT_SYMBOL, make_symbol(name, size_bytes));
}

RtValue rt_gensym(RtValue *args, int64_t count, const RtPlace *at)
{
    if (count > 0 && args[0].tag != RT_STRING) rt_raise_type(at, "gensym", "a string", rt_dup(args[0]));
    RtText name = {NULL, 0, 0};
    if (count > 0) rt_text_add(&name, rt_as_string(args[0])->bytes, (size_t)rt_as_string(args[0])->size_bytes);
    else rt_text_add_text(&name, "g");
    char suffix[32];
    snprintf(suffix, sizeof suffix, "__%lld", (long long)gensym_count++);
    rt_text_add_text(&name, suffix);
    RtValue symbol = rt_make_symbol(name.bytes, name.size);
    rt_text_free(&name);
    return symbol;
}
