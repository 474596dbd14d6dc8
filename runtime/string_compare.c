/* string=? string<? string>? string<=? string>=?: chains of comparisons by code point.
 *
 * The byte order of UTF-8 is the order of the code points, so a comparison is memcmp and then the sizes.  Every operand
 * is checked, also behind the pair that decides.
 */
#include "string_parts.h"

static int compare(const RtString *a, const RtString *b)
{
    int64_t common = a->size_bytes < b->size_bytes ? a->size_bytes : b->size_bytes;
    int order = memcmp(a->bytes, b->bytes, (size_t)common);
    if (order == 0) order = (a->size_bytes > b->size_bytes) - (a->size_bytes < b->size_bytes);
    return order < 0 ? RT_LESS : order > 0 ? RT_GREATER : RT_EQUAL;
}

static const char *name_of(int relation)
{
    switch (relation) {
    case RT_EQUAL: return "string=?";
    case RT_LESS: return "string<?";
    case RT_GREATER: return "string>?";
    case RT_LESS | RT_EQUAL: return "string<=?";
    default: return "string>=?";
    }
}

static RtValue holds(const RtValue *args, int64_t count, int relation, const RtPlace *at)
{
    for (int64_t i = 0; i < count; i++) rt_expect_string(args[i], name_of(relation), at);
    for (int64_t i = 1; i < count; i++) {
        if (!(compare(rt_as_string(args[i - 1]), rt_as_string(args[i])) & relation)) return rt_nil();
    }
    return rt_true();
}

RT_SLOW RtValue rt_string_compare_slow(RtValue a, RtValue b, int64_t relation, const RtPlace *at)
{
    return holds((RtValue[]){a, b}, 2, (int)relation, at);
}

RtValue rt_string_eq(RtValue *args, int64_t count, const RtPlace *at) { return holds(args, count, RT_EQUAL, at); }

RtValue rt_string_lt(RtValue *args, int64_t count, const RtPlace *at) { return holds(args, count, RT_LESS, at); }

RtValue rt_string_gt(RtValue *args, int64_t count, const RtPlace *at) { return holds(args, count, RT_GREATER, at); }

RtValue rt_string_lte(RtValue *args, int64_t count, const RtPlace *at)
{
    return holds(args, count, RT_LESS | RT_EQUAL, at);
}

RtValue rt_string_gte(RtValue *args, int64_t count, const RtPlace *at)
{
    return holds(args, count, RT_GREATER | RT_EQUAL, at);
}
