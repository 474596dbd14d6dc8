/* Finding text in text: string-contains, string-split, string-replace, string-trim, the prefix and suffix tests.
 *
 * All work on bytes (string_parts.h says why) and in linear time: memmem of the C library is linear even for a pattern
 * that nearly matches everywhere.  Results are measured before they are allocated.
 */
#define _GNU_SOURCE /* memmem */
#include "string_parts.h"
#include "unicode_tables.h"

/* The first occurrence in bytes[from .. size_bytes-1] as an offset, or -1. */
static int64_t find_from(const RtString *s, int64_t from, const RtString *part)
{
    const char *found = memmem(s->bytes + from, (size_t)(s->size_bytes - from), part->bytes, (size_t)part->size_bytes);
    return found ? found - s->bytes : -1;
}

RtValue rt_string_contains(RtValue *args, int64_t count, const RtPlace *at)
{
    static const char who[] = "string-contains";
    const RtString *s = rt_expect_string(args[0], who, at);
    const RtString *part = rt_expect_string(args[1], who, at);
    int64_t start = count == 3 ? rt_expect_index(args[2], rt_string_code_points(s), s, who, at) : 0;
    int64_t offset = find_from(s, rt_string_offset(s, start), part);
    return offset < 0 ? rt_nil() : rt_from_int(rt_string_index(s, offset));
}

/* ---- splitting ------------------------------------------------------------------------------------------------- */

typedef struct ListBuilder { /* a list made from its front */
    RtValue first;
    RtCons *last;
} ListBuilder;

static void add_item(ListBuilder *list, RtValue item)
{
    RtValue cell = rt_cons(item, rt_nil());
    if (list->last) rt_cons_set_cdr(list->last, cell);
    else list->first = cell;
    list->last = rt_as_cons(cell);
}

RtValue rt_string_split(RtValue v, RtValue separator, const RtPlace *at)
{
    static const char who[] = "string-split";
    const RtString *s = rt_expect_string(v, who, at), *between = rt_expect_string(separator, who, at);
    if (between->size_bytes == 0) rt_raise_type(at, who, "a separator that is not empty", rt_dup(separator));
    ListBuilder list = {rt_nil(), NULL};
    int64_t begin = 0;
    for (int64_t end; (end = find_from(s, begin, between)) >= 0; begin = end + between->size_bytes) {
        add_item(&list, rt_string_slice_borrow(v, begin, end));
    }
    add_item(&list, rt_string_slice_borrow(v, begin, s->size_bytes));
    return list.first;
}

/* ---- replacing ------------------------------------------------------------------------------------------------- */

static int64_t count_occurrences(const RtString *s, const RtString *part)
{
    int64_t found = 0;
    for (int64_t offset = 0; (offset = find_from(s, offset, part)) >= 0; offset += part->size_bytes) found++;
    return found;
}

static char *put(char *to, const char *bytes, int64_t size)
{
    memcpy(to, bytes, (size_t)size);
    return to + size;
}

RtValue rt_string_replace(RtValue v, RtValue old_text, RtValue new_text, const RtPlace *at)
{
    static const char who[] = "string-replace";
    const RtString *s = rt_expect_string(v, who, at), *old = rt_expect_string(old_text, who, at);
    const RtString *fresh = rt_expect_string(new_text, who, at);
    if (old->size_bytes == 0) rt_raise_type(at, who, "a text to replace that is not empty", rt_dup(old_text));
    int64_t found = count_occurrences(s, old);
    if (found == 0) return rt_dup(v);
    int64_t growth;
    if (__builtin_mul_overflow(found, fresh->size_bytes - old->size_bytes, &growth) || growth > INT64_MAX / 4)
        rt_raise_out_of_memory(at);
    rt_ask_objects(s->size_bytes + growth, 1, at);
    RtString *result = rt_string_make(s->size_bytes + growth);
    int64_t more = rt_string_code_points(fresh) - rt_string_code_points(old);
    rt_string_set_code_points(result, rt_string_code_points(s) + found * more);
    char *to = result->bytes;
    int64_t begin = 0;
    for (int64_t end; (end = find_from(s, begin, old)) >= 0; begin = end + old->size_bytes) {
        to = put(to, s->bytes + begin, end - begin);
        to = put(to, fresh->bytes, fresh->size_bytes);
    }
    put(to, s->bytes + begin, s->size_bytes - begin);
    return rt_from_object(RT_STRING, result);
}

/* ---- both ends ------------------------------------------------------------------------------------------------- */

static bool is_space_at(const char *bytes, int *size)
{
    uint32_t code_point = rt_utf8_decode(bytes, size);
    if (code_point < 0x80) return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
    return rt_unicode_in(code_point, rt_unicode_white_space, rt_unicode_white_space_count);
}

RtValue rt_string_trim(RtValue v, const RtPlace *at)
{
    const RtString *s = rt_expect_string(v, "string-trim", at);
    int64_t begin = 0, end = s->size_bytes;
    int size;
    while (begin < end && is_space_at(s->bytes + begin, &size)) begin += size;
    while (end > begin) {
        int64_t last = end - 1;
        while ((s->bytes[last] & 0xC0) == 0x80) last--;
        if (!is_space_at(s->bytes + last, &size)) break;
        end = last;
    }
    return rt_string_slice_borrow(v, begin, end);
}

RtValue rt_string_has_prefix(RtValue prefix, RtValue v, const RtPlace *at)
{
    static const char who[] = "string-prefix?";
    const RtString *p = rt_expect_string(prefix, who, at), *s = rt_expect_string(v, who, at);
    return rt_from_bool(p->size_bytes <= s->size_bytes && memcmp(p->bytes, s->bytes, (size_t)p->size_bytes) == 0);
}

RtValue rt_string_has_suffix(RtValue suffix, RtValue v, const RtPlace *at)
{
    static const char who[] = "string-suffix?";
    const RtString *p = rt_expect_string(suffix, who, at), *s = rt_expect_string(v, who, at);
    int64_t skipped = s->size_bytes - p->size_bytes;
    return rt_from_bool(skipped >= 0 && memcmp(p->bytes, s->bytes + skipped, (size_t)p->size_bytes) == 0);
}
