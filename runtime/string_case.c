/* string-upcase and string-downcase: the full case mapping of Unicode, the same in every locale.
 *
 * A character may become up to three ("ß" gives "SS").  One mapping looks at its surroundings: a capital sigma at the
 * end of a word becomes the final form of the small one.  ASCII text takes a path of its own.
 */
#include "string_parts.h"
#include "unicode_tables.h"

enum { CAPITAL_SIGMA = 0x3A3, SMALL_FINAL_SIGMA = 0x3C2 };

/* ---- ASCII ----------------------------------------------------------------------------------------------------- */

static RtValue map_ascii(RtValue v, char first, char last)
{
    const RtString *s = rt_as_string(v);
    bool changes = false;
    for (int64_t i = 0; i < s->size_bytes; i++) changes |= s->bytes[i] >= first && s->bytes[i] <= last;
    if (!changes) return rt_dup(v);
    RtString *result = rt_string_make(s->size_bytes);
    rt_string_set_code_points(result, rt_string_code_points(s));
    for (int64_t i = 0; i < s->size_bytes; i++) {
        char c = s->bytes[i];
        result->bytes[i] = c >= first && c <= last ? (char)(c ^ 0x20) : c;
    }
    return rt_from_object(RT_STRING, result);
}

/* ---- any text -------------------------------------------------------------------------------------------------- */

static const RtCaseSpecial *find_special(const RtCaseMapping *mapping, uint32_t code_point)
{
    int low = 0, high = mapping->special_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (code_point > mapping->specials[middle].from) low = middle + 1;
        else high = middle;
    }
    return low < mapping->special_count && mapping->specials[low].from == code_point ? &mapping->specials[low] : NULL;
}

static uint32_t map_simple(const RtCaseMapping *mapping, uint32_t code_point)
{
    int low = 0, high = mapping->range_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (code_point > mapping->ranges[middle].last) low = middle + 1;
        else high = middle;
    }
    if (low == mapping->range_count) return code_point;
    const RtCaseRange *range = &mapping->ranges[low];
    if (code_point < range->first || (code_point - range->first) % range->step != 0) return code_point;
    return code_point + (uint32_t)range->delta;
}

static void add_code_point(RtText *text, uint32_t code_point)
{
    char bytes[4];
    rt_text_add(text, bytes, (size_t)rt_utf8_encode(code_point, bytes));
}

static void add_mapped(RtText *text, const RtCaseMapping *mapping, uint32_t code_point)
{
    const RtCaseSpecial *special = find_special(mapping, code_point);
    if (!special) add_code_point(text, map_simple(mapping, code_point));
    else
        for (int i = 0; i < 3 && special->to[i]; i++) add_code_point(text, special->to[i]);
}

static RtValue take_text(RtText *text)
{
    RtValue result = rt_make_string(text->bytes, text->size);
    rt_text_free(text);
    return result;
}

RtValue rt_string_upcase(RtValue v, const RtPlace *at)
{
    const RtString *s = rt_expect_string(v, "string-upcase", at);
    if (rt_is_ascii(s)) return map_ascii(v, 'a', 'z');
    RtText text = {0};
    int size;
    for (int64_t i = 0; i < s->size_bytes; i += size) {
        add_mapped(&text, &rt_unicode_upcase, rt_utf8_decode(s->bytes + i, &size));
    }
    return take_text(&text);
}

/* ---- sigma ----------------------------------------------------------------------------------------------------- */

static bool is_cased(uint32_t code_point)
{
    return rt_unicode_in(code_point, rt_unicode_cased, rt_unicode_cased_count);
}

static bool is_case_ignorable(uint32_t code_point)
{
    return rt_unicode_in(code_point, rt_unicode_case_ignorable, rt_unicode_case_ignorable_count);
}

/* True if the next character that counts (accents and apostrophes do not) is a cased letter.  A sigma is cased, so the
 * scans from all sigmas of a text together are linear, forwards and backwards. */
static bool cased_letter_follows(const RtString *s, int64_t offset)
{
    int size;
    for (; offset < s->size_bytes; offset += size) {
        uint32_t code_point = rt_utf8_decode(s->bytes + offset, &size);
        if (!is_case_ignorable(code_point)) return is_cased(code_point);
    }
    return false;
}

static bool cased_letter_precedes(const RtString *s, int64_t offset)
{
    int size;
    while (offset > 0) {
        do offset--;
        while ((s->bytes[offset] & 0xC0) == 0x80);
        uint32_t code_point = rt_utf8_decode(s->bytes + offset, &size);
        if (!is_case_ignorable(code_point)) return is_cased(code_point);
    }
    return false;
}

static bool ends_word(const RtString *s, int64_t begin, int64_t end)
{
    return cased_letter_precedes(s, begin) && !cased_letter_follows(s, end);
}

RtValue rt_string_downcase(RtValue v, const RtPlace *at)
{
    const RtString *s = rt_expect_string(v, "string-downcase", at);
    if (rt_is_ascii(s)) return map_ascii(v, 'A', 'Z');
    RtText text = {0};
    int size;
    for (int64_t i = 0; i < s->size_bytes; i += size) {
        uint32_t code_point = rt_utf8_decode(s->bytes + i, &size);
        if (code_point == CAPITAL_SIGMA && ends_word(s, i, i + size)) add_code_point(&text, SMALL_FINAL_SIGMA);
        else add_mapped(&text, &rt_unicode_downcase, code_point);
    }
    return take_text(&text);
}
