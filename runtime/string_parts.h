/* What the files of the string builtins share: checked operands, slices, and the way from indices to bytes.
 *
 * Programs count code points, the runtime counts bytes.  In an ASCII string the two are the same; in any other one
 * rt_string_offset scans from the last place asked for.  Because UTF-8 synchronises itself, searching and comparing
 * work on bytes: a match of valid text in valid text never begins or ends inside a character.
 */
#ifndef CONSAIR_STRING_PARTS_H
#define CONSAIR_STRING_PARTS_H

#include "internal.h"

static inline bool rt_is_ascii(const RtString *s) { return s->continuations == 0; }

/* Of a fresh string for so many bytes: a small one may grow as far as its size class goes. */
static inline int64_t rt_fresh_capacity(int64_t size_bytes)
{
    int64_t capacity = size_bytes | (RT_SIZE_STEP - 1);
    return capacity >> RT_UNIT_BITS == 0 ? capacity : rt_round_capacity(size_bytes);
}
_Static_assert((offsetof(RtString, bytes) + RT_SIZE_STEP) % RT_SIZE_STEP == 0, "with the NUL, that fills an object");

/* Of hot_string.c. */
extern RtValue rt_ascii_characters[128]; /* nil: not made yet; immortal */
RT_SLOW RT_NORETURN void rt_string_expected(RtValue got, const char *who, const RtPlace *at); /* borrows */
RT_SLOW RtValue rt_string_compare_slow(RtValue a, RtValue b, int64_t relation, const RtPlace *at); /* borrows */
RT_SLOW RtValue rt_substring_eq_slow(RtValue *args, int64_t count, const RtPlace *at);
RT_SLOW RtValue rt_string_ref_slow(RtValue v, RtValue index, const RtPlace *at);
/* Pure: the cursor of rt_string_offset is nobody's but the runtime's.  So a loop need not look at the string again after it. */
__attribute__((pure)) RT_RARE rt_string_code_rare(RtValue v, RtValue index);
RT_FAIL rt_string_code_fail(RtValue v, RtValue index, const RtPlace *at);
RT_FAIL rt_substring_code_fail(RtValue v, RtValue start, RtValue end, const RtPlace *at);
RT_RARE rt_code_char_rare(RtValue code);
RT_SLOW RtValue rt_append_code_slow(RtValue v, RtValue code, const RtPlace *at); /* consumes */
RT_SLOW RtValue rt_string_append2_slow(RtValue a, RtValue b, const RtPlace *at); /* consumes */
RT_SLOW void rt_check_code_point(RtValue v, const RtPlace *at); /* borrows; raises what integer->char does */
RT_SLOW RtValue rt_char_to_integer_slow(RtValue v, const RtPlace *at);
RT_SLOW RtValue rt_integer_to_char_slow(RtValue v, const RtPlace *at);

/* The operand as a string, or "WHO: expected a string, got VALUE"; the value stays with the caller. */
static inline const RtString *rt_expect_string(RtValue v, const char *who, const RtPlace *at)
{
    if (RT_UNLIKELY(v.tag != RT_STRING)) rt_raise_type(at, who, "a string", rt_dup(v));
    return rt_as_string(v);
}

/* The index of a code point of `s` that lies before byte `offset`, where a character begins. */
static inline int64_t rt_string_index(const RtString *s, int64_t offset)
{
    return rt_is_ascii(s) ? offset : rt_utf8_length(s->bytes, offset);
}

/* ---- string_index.c ---- */
/* An operand that must be an integer from 0 to `last` ("out of bounds for length" the string's length). */
int64_t rt_expect_index(RtValue index, int64_t last, const RtString *s, const char *who, const RtPlace *at);
/* The bytes from `begin` to `end` as a string; the whole of `v` is `v` itself with one more count. */
RtValue rt_string_slice_borrow(RtValue v, int64_t begin, int64_t end);

/* ---- number_string.c ---- */
void rt_set_exact_borrow(mpq_t exact, RtValue number); /* initialised; number: any but an infinity or NaN */

#endif
