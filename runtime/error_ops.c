/* Errors as values: error, raise, their parts, and what a failed assertion raises.
 *
 * An error object is what `catch` binds: message, data, place.  Errors that a program makes itself are marked,
 * because a report shows their data behind the message, while the message of a builtin's error has the offending
 * values in it already. `raise` sends the same object on its way again, so the place stays where the error came
 * from.
 */
#include "operands.h"

/* Raises with the first operand, a string, as message and a list of the others as data; consumes all. */
RT_NORETURN static void raise_operands(const char *who, RtValue *args, int64_t count, const RtPlace *at)
{
    if (args[0].tag != RT_STRING) {
        for (int64_t i = 1; i < count; i++) rt_drop(args[i]);
        rt_raise_type(at, who, "a string as message", args[0]);
    }
    RtValue error = rt_make_error(args[0], rt_list(args + 1, count - 1), at);
    rt_as_error(error)->info |= RT_ERROR_SHOWS_DATA;
    rt_raise(error);
}

RtValue rt_error(RtValue *args, int64_t count, const RtPlace *at) { raise_operands("error", args, count, at); }

RtValue rt_fail(RtValue *args, int64_t count, const RtPlace *at) { raise_operands("assert", args, count, at); }

RtValue rt_raise_value(RtValue error, const RtPlace *at)
{
    if (error.tag != RT_ERROR) rt_raise_type(at, "raise", "an error", error);
    rt_note_error(error, false, at);
    rt_raise(error);
}

/* ---- parts ----------------------------------------------------------------------------------------------------- */

RtValue rt_is_error(RtValue value) { return rt_from_bool(value.tag == RT_ERROR); }

static const RtError *checked(const char *who, RtValue value, const RtPlace *at)
{
    if (value.tag != RT_ERROR) rt_raise_type(at, who, "an error", rt_dup(value));
    return rt_as_error(value);
}

RtValue rt_error_message(RtValue error, const RtPlace *at)
{
    return rt_dup(checked("error-message", error, at)->message);
}

RtValue rt_error_data(RtValue error, const RtPlace *at) { return rt_dup(checked("error-data", error, at)->data); }

RtValue rt_error_place(RtValue error, const RtPlace *at)
{
    const RtPlace *place = checked("error-place", error, at)->place;
    if (!place) return rt_nil();
    RtValue items[] = {rt_make_string_repaired(place->file, strlen(place->file)), rt_from_int(place->line),
                       rt_from_int(place->column)};
    return rt_vector(items, 3);
}
