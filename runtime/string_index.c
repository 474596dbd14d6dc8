/* Parts of strings by index: string-length, string-ref, substring, and the way between characters and code points.
 *
 * An index takes constant time in an ASCII string.  In other strings it is found by a scan from the last one that was
 * asked for (string.c): next to it, in constant time too.
 */
#include "string_parts.h"

int64_t rt_expect_index(RtValue index, int64_t last, const RtString *s, const char *who, const RtPlace *at)
{
    if (index.tag != RT_INT && index.tag != RT_BIGINT) rt_raise_type(at, who, "an integer index", rt_dup(index));
    if (index.tag == RT_BIGINT || index.data < 0 || index.data > last) {
        rt_raise_message(at, "%s: index %V out of bounds for length %lld", who, index,
                         (long long)rt_string_code_points(s));
    }
    return index.data;
}

RtValue rt_string_slice_borrow(RtValue v, int64_t begin, int64_t end)
{
    const RtString *s = rt_as_string(v);
    if (begin == 0 && end == s->size_bytes) return rt_dup(v);
    if (end - begin == 1) return rt_character_string(s->bytes + begin, 1);
    RtString *slice = rt_string_make(end - begin);
    memcpy(slice->bytes, s->bytes + begin, (size_t)(end - begin));
    rt_string_set_code_points(slice, rt_is_ascii(s) ? end - begin : rt_utf8_length(slice->bytes, end - begin));
    return rt_from_object(RT_STRING, slice);
}

RT_SLOW RT_NORETURN void rt_string_expected(RtValue got, const char *who, const RtPlace *at)
{
    rt_raise_type(at, who, "a string", rt_dup(got));
}

RT_SLOW RtValue rt_string_ref_slow(RtValue v, RtValue index, const RtPlace *at)
{
    const RtString *s = rt_expect_string(v, "string-ref", at);
    int64_t offset = rt_string_offset(s, rt_expect_index(index, rt_string_code_points(s) - 1, s, "string-ref", at));
    int size = 1;
    rt_utf8_decode(s->bytes + offset, &size);
    return rt_character_string(s->bytes + offset, (size_t)size);
}

RT_RARE rt_string_code_rare(RtValue v, RtValue index)
{
    const RtString *s = rt_as_string(v);
    bool is_within =
        v.tag == RT_STRING && index.tag == RT_INT && index.data >= 0 && index.data < rt_string_code_points(s);
    if (!is_within) return rt_make(RT_UNBOUND, 0);
    int size;
    return rt_from_int(rt_utf8_decode(s->bytes + rt_string_offset(s, index.data), &size));
}

RT_FAIL rt_string_code_fail(RtValue v, RtValue index, const RtPlace *at)
{
    rt_string_ref_slow(v, index, at);
    rt_internal_error("string-ref did not raise");
}

RT_FAIL rt_substring_code_fail(RtValue v, RtValue start, RtValue end, const RtPlace *at)
{
    rt_substring((RtValue[]){v, start, end}, 3, at);
    rt_internal_error("substring did not raise");
}

RtValue rt_substring(RtValue *args, int64_t count, const RtPlace *at)
{
    static const char who[] = "substring";
    const RtString *s = rt_expect_string(args[0], who, at);
    int64_t start = rt_expect_index(args[1], rt_string_code_points(s), s, who, at);
    int64_t end =
        count == 3 ? rt_expect_index(args[2], rt_string_code_points(s), s, who, at) : rt_string_code_points(s);
    if (start > end) rt_raise_message(at, "%s: start %V is greater than end %V", who, args[1], args[2]);
    int64_t begin = rt_string_offset(s, start);
    int64_t rest = end == rt_string_code_points(s) ? s->size_bytes : rt_string_offset(s, end);
    return rt_string_slice_borrow(args[0], begin, rest);
}

RT_SLOW RtValue rt_substring_eq_slow(RtValue *args, int64_t count, const RtPlace *at)
{
    RtValue part RT_OWNED = rt_substring(args, count - 1, at);
    return rt_string_compare_slow(part, args[count - 1], RT_EQUAL, at);
}

/* ---- characters ------------------------------------------------------------------------------------------------ */

RT_SLOW RtValue rt_char_to_integer_slow(RtValue v, const RtPlace *at)
{
    if (v.tag != RT_STRING || rt_string_code_points(rt_as_string(v)) != 1) {
        rt_raise_type(at, "char->integer", "a string of one character", rt_dup(v));
    }
    int size;
    return rt_from_int(rt_utf8_decode(rt_as_string(v)->bytes, &size));
}

RT_SLOW void rt_check_code_point(RtValue v, const RtPlace *at)
{
    bool in_range = v.tag == RT_INT && v.data >= 0 && v.data <= 0x10FFFF;
    if (!in_range || (v.data >= 0xD800 && v.data <= 0xDFFF)) {
        rt_raise_type(at, "integer->char", "a code point (0 to 1114111, no surrogate)", rt_dup(v));
    }
}

static RtValue character(uint32_t code)
{
    char bytes[4];
    int size = rt_utf8_encode(code, bytes);
    return rt_character_string(bytes, (size_t)size);
}

RT_RARE rt_code_char_rare(RtValue code)
{
    return code.data < 0 ? rt_make_string("", 0) : character((uint32_t)code.data);
}

RT_SLOW RtValue rt_integer_to_char_slow(RtValue v, const RtPlace *at)
{
    rt_check_code_point(v, at);
    return character((uint32_t)v.data);
}
