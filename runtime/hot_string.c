/* Reading ASCII strings character by character; inlined into user code like hot.c, whose rules hold here as well.
 * A file of its own, so that programs without it link nothing of strings. */
#include "string_parts.h"

RtValue rt_string_length(RtValue v, const RtPlace *at)
{
    if (RT_UNLIKELY(v.tag != RT_STRING)) rt_string_expected(v, "string-length", at);
    return rt_from_int(rt_string_code_points(rt_as_string(v)));
}

RtValue rt_string_ref(RtValue v, RtValue index, const RtPlace *at)
{
    const RtString *s = rt_as_string(v);
    if (RT_LIKELY(v.tag == RT_STRING && index.tag == RT_INT && rt_is_ascii(s)) &&
        RT_LIKELY((uint64_t)index.data < (uint64_t)s->size_bytes)) {
        RtValue character = rt_ascii_characters[s->bytes[index.data] & 0x7f];
        if (RT_LIKELY(character.tag == RT_STRING)) return character;
    }
    return rt_string_ref_slow(v, index, at);
}

RtValue rt_char_to_integer(RtValue v, const RtPlace *at)
{
    const RtString *s = rt_as_string(v);
    if (RT_LIKELY(v.tag == RT_STRING) && RT_LIKELY(s->size_bytes == 1)) return rt_from_int(s->bytes[0]);
    return rt_char_to_integer_slow(v, at);
}
