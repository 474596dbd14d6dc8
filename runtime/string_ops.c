/* Strings made from strings: string-append, string-join.
 *
 * Each measures its operands first and allocates the result once, so that joining is linear.  string-append writes
 * behind its first operand when nobody else holds it, and gives such a string room for half as much again when it has
 * to grow: building a text piece by piece is then linear too.  Of two operands the first is put in front of the second
 * in the memory of that one, as in writing the digits of a number from the last one on.
 */
#include "operands.h"
#include "sequence.h"
#include "string_parts.h"

/* Most parts are short: those of 4 to 16 bytes are copied as two words, which may overlap. */
static inline char *add_bytes(char *to, const RtString *part)
{
    size_t size = part->size_bytes;
    if (size == 1) {
        *to = part->bytes[0];
    } else if (size - 4 <= 4) {
        memcpy(to, part->bytes, 4);
        memcpy(to + size - 4, part->bytes + size - 4, 4);
    } else if (size - 8 <= 8) {
        memcpy(to, part->bytes, 8);
        memcpy(to + size - 8, part->bytes + size - 8, 8);
    } else {
        memcpy(to, part->bytes, size);
    }
    return to + size;
}

static bool has_room(const RtString *string, int64_t size)
{
    return string->count == 1 && size <= rt_string_capacity(string);
}

/* The first operand, consumed, as a string that is ours alone with room for `size` bytes, and more if it grows. */
static RtString *own_string(RtValue first, int64_t size, bool grows)
{
    RtString *old = rt_as_string(first);
    if (has_room(old, size) && rt_may_change(old, old->size_bytes)) return old;
    RtString *fresh = rt_string_make(grows ? size + size / 2 : size);
    fresh->size_bytes = old->size_bytes;
    rt_string_set_code_points(fresh, rt_string_code_points(old));
    add_bytes(fresh->bytes, old);
    rt_drop(first);
    return fresh;
}

RtValue rt_string_append(RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count};
    int64_t size = 0, length = 0;
    for (int64_t i = 0; i < count; i++) {
        const RtString *part = rt_expect_string(args[i], "string-append", at);
        size += part->size_bytes;
        length += rt_string_code_points(part);
    }
    if (count == 0) return rt_make_string("", 0);
    if (!has_room(rt_as_string(args[0]), size)) rt_ask_objects(size, 2, at);
    RtValue first = rt_take_operand(&operands);
    if (size == rt_as_string(first)->size_bytes) return first;
    RtString *result = own_string(first, size, rt_is_unique(first) || (count == 2 && rt_is_unique(args[1])));
    char *to = result->bytes + result->size_bytes;
    for (int64_t i = 1; i < count; i++) to = add_bytes(to, rt_as_string(args[i]));
    *to = '\0';
    result->size_bytes = size;
    rt_string_set_code_points(result, length);
    result->hash = 0;
    return rt_from_object(RT_STRING, result);
}

static void set_size(RtString *s, int64_t size, int64_t length)
{
    s->size_bytes = size;
    rt_string_set_code_points(s, length);
    s->hash = 0;
}

/* In memory that is there: both are consumed, and the result is `changed`; false when there is none. */
static bool append_in_place(RtValue a, RtValue b, RtValue *changed)
{
    RtString *front = rt_as_string(a), *back = rt_as_string(b);
    int64_t size = front->size_bytes + back->size_bytes;
    int64_t length = rt_string_code_points(front) + rt_string_code_points(back);
    if (has_room(front, size) && rt_may_change(front, front->size_bytes)) {
        *add_bytes(front->bytes + front->size_bytes, back) = '\0';
        set_size(front, size, length);
        rt_drop(b);
        *changed = a;
        return true;
    }
    if (!has_room(back, size) || !rt_may_change(back, back->size_bytes)) return false;
    memmove(back->bytes + front->size_bytes, back->bytes, (size_t)back->size_bytes + 1);
    add_bytes(back->bytes, front);
    set_size(back, size, length);
    if (rt_string_at_cursor == back) rt_string_at_cursor = NULL;
    rt_drop(a);
    *changed = b;
    return true;
}

RT_SLOW RtValue rt_string_append2_slow(RtValue a, RtValue b, const RtPlace *at)
{
    RtValue changed;
    if (a.tag == RT_STRING && b.tag == RT_STRING && append_in_place(a, b, &changed)) return changed;
    return rt_string_append((RtValue[]){a, b}, 2, at);
}

RT_SLOW RtValue rt_append_code_slow(RtValue v, RtValue code, const RtPlace *at)
{
    return rt_string_append((RtValue[]){v, rt_code_char(code)}, 2, at);
}

RtValue rt_string_join(RtValue *args, int64_t count, const RtPlace *at)
{
    static const char who[] = "string-join";
    const RtString *separator = count == 2 ? rt_expect_string(args[1], who, at) : NULL;
    RtValue pieces RT_OWNED = rt_sequence_list(args[0], who, at);
    int64_t size = 0, length = 0, piece_count = 0;
    RtValue rest = pieces;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest)), piece_count++) {
        const RtString *piece = rt_expect_string(rt_car_of(rt_as_cons(rest)), who, at);
        size += piece->size_bytes;
        length += rt_string_code_points(piece);
    }
    if (rest.tag != RT_NIL) rt_raise_type(at, who, "a proper list of strings", rt_dup(args[0]));
    if (separator && piece_count > 1) {
        size += (piece_count - 1) * separator->size_bytes;
        length += (piece_count - 1) * rt_string_code_points(separator);
    }
    rt_ask_objects(size, 1, at);
    RtString *result = rt_string_make(size);
    rt_string_set_code_points(result, length);
    char *to = result->bytes;
    for (rest = pieces; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) {
        to = add_bytes(to, rt_as_string(rt_car_of(rt_as_cons(rest))));
        if (separator && rt_as_cons(rest)->cdr_tag == RT_CONS) to = add_bytes(to, separator);
    }
    return rt_from_object(RT_STRING, result);
}
