/* What the functions on sequences and nested collections share (collection.c), and builtins with two names.
 *
 * `keys` and `%keys` are one function, but a message must say the name that the program used.  So the function is
 * written once with a parameter `who` (FUNCTION_named), and RT_BOTH_NAMES_... makes the two primitives of it: FUNCTION
 * for the name with the percent sign, FUNCTION_plain for the other.  Functions that never raise need none of this:
 * both rows name the same one.
 */
#ifndef CONSAIR_SEQUENCE_H
#define CONSAIR_SEQUENCE_H

#include "consair_rt.h"

/* A list or anything else that has elements, as a list (not necessarily a proper one); any other value raises. */
RtValue rt_sequence_list(RtValue v_borrow, const char *who, const RtPlace *at);
/* The element of a vector or string, owned; false when there is none, or another type. */
bool rt_element_at_borrow(RtValue v, int64_t index, RtValue *out);
/* What `get` finds, owned; false: nothing. */
bool rt_lookup_borrow(RtValue collection, RtValue key, RtValue *found);
/* `assoc` of one key; consumes. */
RtValue rt_put_named(RtValue collection, RtValue key, RtValue item, const char *who, const RtPlace *at);
/* Raises unless the collection, a map or vector, can get an item for this key. */
void rt_check_assoc_borrow(RtValue collection, RtValue key, const char *who, const RtPlace *at);
RtValue rt_assoc_checked(RtValue collection, RtValue key, RtValue item,
                         const RtPlace *at); /* after that check; consumes all */
RtValue rt_assoc_named(RtValue *args, int64_t count, const char *who, const RtPlace *at); /* consumes */

#define RT_BOTH_NAMES_1P(function, name)                                                                               \
    RtValue function(RtValue a, const RtPlace *at) { return function##_named(a, "%" name, at); }                       \
    RtValue function##_plain(RtValue a, const RtPlace *at) { return function##_named(a, name, at); }
#define RT_BOTH_NAMES_3P(function, name)                                                                               \
    RtValue function(RtValue a, RtValue b, RtValue c, const RtPlace *at)                                               \
    {                                                                                                                  \
        return function##_named(a, b, c, "%" name, at);                                                                \
    }                                                                                                                  \
    RtValue function##_plain(RtValue a, RtValue b, RtValue c, const RtPlace *at)                                       \
    {                                                                                                                  \
        return function##_named(a, b, c, name, at);                                                                    \
    }
#define RT_BOTH_NAMES_NP(function, name)                                                                               \
    RtValue function(RtValue *args, int64_t count, const RtPlace *at)                                                  \
    {                                                                                                                  \
        return function##_named(args, count, "%" name, at);                                                            \
    }                                                                                                                  \
    RtValue function##_plain(RtValue *args, int64_t count, const RtPlace *at)                                          \
    {                                                                                                                  \
        return function##_named(args, count, name, at);                                                                \
    }

#endif
