/* Between strings and symbols or lists: string->symbol, symbol->string, string->list. */
#include "string_parts.h"

/* As the reader would have it: the names t and nil give these values, a name that begins with a colon is a keyword. */
RtValue rt_string_to_symbol(RtValue v, const RtPlace *at)
{
    const RtString *s = rt_expect_string(v, "string->symbol", at);
    if (s->size_bytes == 1 && s->bytes[0] == 't') return rt_true();
    if (s->size_bytes == 3 && memcmp(s->bytes, "nil", 3) == 0) return rt_nil();
    return rt_intern(s->bytes, (size_t)s->size_bytes);
}

RtValue rt_symbol_to_string(RtValue v, const RtPlace *at)
{
    if (v.tag != RT_SYMBOL) rt_raise_type(at, "symbol->string", "a symbol", rt_dup(v));
    return rt_make_string(rt_as_symbol(v)->name, rt_as_symbol(v)->size_bytes);
}

static RtValue character(const char *bytes, int64_t size)
{
    RtValue known = rt_ascii_characters[bytes[0] & 0x7f];
    return size == 1 && known.tag == RT_STRING ? known : rt_character_string(bytes, (size_t)size);
}

/* Built from its end. */
RtValue rt_string_to_list(RtValue v, const RtPlace *at)
{
    const RtString *s = rt_expect_string(v, "string->list", at);
    RtValue list = rt_nil();
    int64_t end = s->size_bytes;
    for (int64_t begin = end - 1; begin >= 0; begin--) {
        if ((s->bytes[begin] & 0xC0) == 0x80) continue;
        list = rt_cons(character(s->bytes + begin, end - begin), list);
        end = begin;
    }
    return list;
}
