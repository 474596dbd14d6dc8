/* Reading ASCII strings character by character, and comparing two; inlined into user code like hot.c, whose rules hold here as well.
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

/* ---- code points in place of characters: pass chars ---- */

RtValue rt_string_code(RtValue v, RtValue index, const RtPlace *at)
{
    const RtString *s = rt_as_string(v);
    if (RT_LIKELY(v.tag == RT_STRING && index.tag == RT_INT && rt_is_ascii(s)) &&
        RT_LIKELY((uint64_t)index.data < (uint64_t)s->size_bytes))
        return rt_from_int(s->bytes[index.data] & 0x7f);
    RtValue code = rt_string_code_rare(v, index);
    if (RT_UNLIKELY(code.tag == RT_UNBOUND)) rt_string_code_fail(v, index, at);
    return rt_from_int(code.data);
}

RtValue rt_substring_code(RtValue v, RtValue start, RtValue end, const RtPlace *at)
{
    const RtString *s = rt_as_string(v);
    if (RT_LIKELY(v.tag == RT_STRING && start.tag == RT_INT && rt_is_ascii(s)) &&
        RT_LIKELY((uint64_t)start.data < (uint64_t)s->size_bytes))
        return rt_from_int(s->bytes[start.data] & 0x7f);
    RtValue code = rt_string_code_rare(v, start);
    if (RT_UNLIKELY(code.tag == RT_UNBOUND)) rt_substring_code_fail(v, start, end, at);
    return rt_from_int(code.data);
}

RtValue rt_char_code(RtValue v, const RtPlace *at)
{
    enum { FIRST_SURROGATE = 0xD800 };
    if (RT_UNLIKELY(v.tag != RT_INT || (uint64_t)v.data >= FIRST_SURROGATE)) rt_check_code_point(v, at);
    return rt_from_int(v.data);
}

RtValue rt_code_char(RtValue code)
{
    if (RT_LIKELY((uint64_t)code.data < 128)) {
        RtValue character = rt_ascii_characters[code.data];
        if (RT_LIKELY(character.tag == RT_STRING)) return character;
    }
    return rt_code_char_rare(code);
}

static inline bool can_take_byte(RtString *s)
{
#ifdef RT_STRESS
    if (!rt_may_change(s, s->size_bytes)) return false;
#endif
    return s->count == 1 && s->continuations != RT_MANY_CONTINUATIONS && s->size_bytes < rt_string_capacity(s);
}

/* One of ASCII, for which there is room. */
static inline RtValue add_byte(RtString *s, char byte)
{
    int64_t size = s->size_bytes;
    s->bytes[size] = byte;
    s->bytes[size + 1] = '\0';
    s->size_bytes = size + 1;
    s->hash = 0;
    return rt_from_object(RT_STRING, s);
}

RtValue rt_append_code(RtValue v, RtValue code, const RtPlace *at)
{
    if (RT_LIKELY(v.tag == RT_STRING && (uint64_t)code.data < 128) && RT_LIKELY(can_take_byte(rt_as_string(v))))
        return add_byte(rt_as_string(v), (char)code.data);
    return rt_append_code_slow(v, code, at);
}

RtValue rt_string_append2(RtValue a, RtValue b, const RtPlace *at)
{
    const RtString *part = rt_as_string(b);
    if (RT_LIKELY(a.tag == RT_STRING && b.tag == RT_STRING && part->size_bytes == 1) &&
        RT_LIKELY(part->count >= RT_STICKY && can_take_byte(rt_as_string(a))))
        return add_byte(rt_as_string(a), part->bytes[0]);
    return rt_string_append2_slow(a, b, at);
}

/* ---- characters ---- */

RtValue rt_char_to_integer(RtValue v, const RtPlace *at)
{
    const RtString *s = rt_as_string(v);
    if (RT_LIKELY(v.tag == RT_STRING) && RT_LIKELY(s->size_bytes == 1)) return rt_from_int(s->bytes[0]);
    return rt_char_to_integer_slow(v, at);
}

RtValue rt_integer_to_char(RtValue v, const RtPlace *at)
{
    if (RT_LIKELY(v.tag == RT_INT) && RT_LIKELY((uint64_t)v.data < 128)) {
        RtValue character = rt_ascii_characters[v.data];
        if (RT_LIKELY(character.tag == RT_STRING)) return character;
    }
    return rt_integer_to_char_slow(v, at);
}

/* Of two strings the first bytes (there is always a NUL) and the sizes decide most often. */
RtValue rt_string_eq2(RtValue a, RtValue b, const RtPlace *at)
{
    if (RT_LIKELY(a.tag == RT_STRING && b.tag == RT_STRING)) {
        const RtString *x = rt_as_string(a), *y = rt_as_string(b);
        if (x->size_bytes != y->size_bytes || x->bytes[0] != y->bytes[0]) return rt_nil();
        if (x->size_bytes <= 1) return rt_true();
    }
    return rt_string_compare_slow(a, b, RT_EQUAL, at);
}

RtValue rt_substring_eq(RtValue *args, int64_t count, const RtPlace *at)
{
    const RtString *s = rt_as_string(args[0]), *other = rt_as_string(args[3]);
    int64_t start = args[1].data, end = args[2].data;
    bool are_right =
        args[0].tag == RT_STRING && args[1].tag == RT_INT && args[2].tag == RT_INT && args[3].tag == RT_STRING;
    if (RT_LIKELY(are_right && rt_is_ascii(s)) && RT_LIKELY(start >= 0 && start <= end && end <= s->size_bytes)) {
        if (end - start != other->size_bytes) return rt_nil();
        if (end == start) return rt_true();
        if (s->bytes[start] != other->bytes[0]) return rt_nil();
        return rt_from_bool(memcmp(s->bytes + start, other->bytes, (size_t)(end - start)) == 0);
    }
    return rt_substring_eq_slow(args, count, at);
}

static inline RtValue compare_first(RtValue a, RtValue b, int64_t relation, const RtPlace *at)
{
    if (RT_LIKELY(a.tag == RT_STRING && b.tag == RT_STRING)) {
        const RtString *x = rt_as_string(a), *y = rt_as_string(b);
        uint8_t first_x = (uint8_t)x->bytes[0], first_y = (uint8_t)y->bytes[0];
        if (first_x != first_y) return rt_from_bool((first_x < first_y) == ((relation & RT_LESS) != 0));
        if (x->size_bytes == y->size_bytes && x->size_bytes <= 1) return rt_from_bool((relation & RT_EQUAL) != 0);
    }
    return rt_string_compare_slow(a, b, relation, at);
}

RtValue rt_string_lt2(RtValue a, RtValue b, const RtPlace *at) { return compare_first(a, b, RT_LESS, at); }

RtValue rt_string_gt2(RtValue a, RtValue b, const RtPlace *at) { return compare_first(a, b, RT_GREATER, at); }

RtValue rt_string_lte2(RtValue a, RtValue b, const RtPlace *at) { return compare_first(a, b, RT_LESS | RT_EQUAL, at); }

RtValue rt_string_gte2(RtValue a, RtValue b, const RtPlace *at)
{
    return compare_first(a, b, RT_GREATER | RT_EQUAL, at);
}
