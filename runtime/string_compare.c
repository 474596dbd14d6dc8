/* string=? string<? string>? string<=? string>=?: chains of comparisons by code point.
 *
 * The byte order of UTF-8 is the order of the code points, so a comparison is memcmp and then the sizes.  Every operand
 * is checked, also behind the pair that decides.
 */
#include "string_parts.h"

enum Relation { LESS = 1, EQUAL = 2, GREATER = 4 }; /* a set of outcomes for which the test holds */

static int compare(const RtString *a, const RtString *b)
{
    int64_t common = a->size_bytes < b->size_bytes ? a->size_bytes : b->size_bytes;
    int order = memcmp(a->bytes, b->bytes, (size_t)common);
    if (order == 0) order = (a->size_bytes > b->size_bytes) - (a->size_bytes < b->size_bytes);
    return order < 0 ? LESS : order > 0 ? GREATER : EQUAL;
}

static RtValue holds(RtValue *args, int64_t count, int relation, const char *who, const RtPlace *at)
{
    for (int64_t i = 0; i < count; i++) rt_expect_string(args[i], who, at);
    for (int64_t i = 1; i < count; i++) {
        if (!(compare(rt_as_string(args[i - 1]), rt_as_string(args[i])) & relation)) return rt_nil();
    }
    return rt_true();
}

RtValue rt_string_eq(RtValue *args, int64_t count, const RtPlace *at)
{
    return holds(args, count, EQUAL, "string=?", at);
}

RtValue rt_string_lt(RtValue *args, int64_t count, const RtPlace *at)
{
    return holds(args, count, LESS, "string<?", at);
}

RtValue rt_string_gt(RtValue *args, int64_t count, const RtPlace *at)
{
    return holds(args, count, GREATER, "string>?", at);
}

RtValue rt_string_lte(RtValue *args, int64_t count, const RtPlace *at)
{
    return holds(args, count, LESS | EQUAL, "string<=?", at);
}

RtValue rt_string_gte(RtValue *args, int64_t count, const RtPlace *at)
{
    return holds(args, count, GREATER | EQUAL, "string>=?", at);
}
