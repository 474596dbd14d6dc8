/* Making and raising error values.
 *
 * Every error is one object: message, offending values, place.  The functions here build it completely, free what
 * they needed for that, and only then raise, so that nothing is left behind in their frames. rt_raise_message formats
 * by itself because it has one conversion more than printf: %V, a value in written form.  The values printed that way
 * are the error's data.
 */
#include "consair_rt.h"
#include "program.h"
#include <stdarg.h>

enum {
    MAX_SHOWN_BYTES = 100, /* of an offending value in a message */
    MAX_DATA = 8 /* values that one message shows */
};

const RtPlace *rt_call_place;
void (*rt_error_hook)(RtValue error, bool is_new, const RtPlace *at);

RtValue rt_make_error(RtValue message, RtValue data, const RtPlace *at)
{
    RtError *error = rt_alloc(sizeof *error);
    *error = (RtError){.count = 1, .message = message, .data = data, .place = at ? at : rt_call_place};
    rt_note_error(rt_from_object(RT_ERROR, error), true, error->place);
    return rt_from_object(RT_ERROR, error);
}

/* Raises with the text (freed) as message and data (consumed). */
RT_NORETURN static void raise_text(const RtPlace *at, RtText *text, RtValue data)
{
    RtValue message = text->size ? rt_make_string(text->bytes, text->size) : rt_make_string("", 0);
    rt_text_free(text);
    rt_raise(rt_make_error(message, data, at));
}

/* ---- formatting ------------------------------------------------------------------------------------------------ */

typedef struct Arguments { /* a va_list that can be handed on by address */
    va_list list;
} Arguments;

/* One conversion of printf's.  `specification` is its text from '%' to the letter, NUL-terminated. */
static void add_conversion(RtText *out, const char *specification, size_t size, Arguments *arguments)
{
    char buffer[64];
    char letter = specification[size - 1];
    int length = 0;
    int longs = 0;
    for (size_t i = 1; i + 1 < size; i++) longs += strchr("lzj", specification[i]) != NULL;
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wformat-nonliteral"
    if (letter == 's') {
        rt_text_add_text(out, va_arg(arguments->list, const char *));
    } else if (letter == 'c' && !longs) {
        buffer[0] = (char)va_arg(arguments->list, int);
        length = 1;
    } else if (strchr("diuxXo", letter) && longs) { /* long, long long, size_t and int64_t are all 64 bits wide */
        length = snprintf(buffer, sizeof buffer, specification, va_arg(arguments->list, long long));
    } else if (strchr("diuxXo", letter)) {
        length = snprintf(buffer, sizeof buffer, specification, va_arg(arguments->list, int));
    } else if (strchr("eEfFgG", letter)) {
        length = snprintf(buffer, sizeof buffer, specification, va_arg(arguments->list, double));
    } else {
        rt_internal_error("rt_raise_message: unknown conversion");
    }
#pragma clang diagnostic pop
    if (length > (int)sizeof buffer - 1) length = (int)sizeof buffer - 1;
    if (length > 0) rt_text_add(out, buffer, (size_t)length);
}

/* Adds the formatted text; the values of %V go to data[0 .. result-1], borrowed. */
static int add_formatted(RtText *out, const char *format, Arguments *arguments, RtValue *data)
{
    int data_count = 0;
    while (*format) {
        size_t plain = strcspn(format, "%");
        rt_text_add(out, format, plain);
        format += plain;
        if (!*format) break;
        size_t size = 1 + strspn(format + 1, "-+ #0123456789.lzj") + 1;
        char letter = format[size - 1];
        char specification[24];
        if (letter == '%') {
            rt_text_add(out, "%", 1);
        } else if (letter == 'V') {
            RtValue value = va_arg(arguments->list, RtValue);
            rt_write_value_borrow(out, value, MAX_SHOWN_BYTES);
            if (data_count < MAX_DATA) data[data_count++] = value;
        } else if (letter && size < sizeof specification) {
            memcpy(specification, format, size);
            specification[size] = '\0';
            add_conversion(out, specification, size, arguments);
        } else {
            rt_internal_error("rt_raise_message: incomplete conversion");
        }
        format += size;
    }
    return data_count;
}

void rt_raise_message(const RtPlace *at, const char *format, ...)
{
    RtText text = {0};
    RtValue shown[MAX_DATA], data = rt_nil();
    Arguments arguments;
    va_start(arguments.list, format);
    int count = add_formatted(&text, format, &arguments, shown);
    va_end(arguments.list);
    while (count > 0) data = rt_cons(rt_dup(shown[--count]), data);
    raise_text(at, &text, data);
}

/* ---- the usual errors ------------------------------------------------------------------------------------------ */

void rt_raise_type(const RtPlace *at, const char *who, const char *expected, RtValue got)
{
    RtText text = {0};
    rt_text_add_text(&text, who);
    rt_text_add_text(&text, ": expected ");
    rt_text_add_text(&text, expected);
    rt_text_add_text(&text, ", got ");
    rt_write_value_borrow(&text, got, MAX_SHOWN_BYTES);
    raise_text(at, &text, rt_cons(got, rt_nil()));
}

void rt_raise_unbound(const RtPlace *at, const char *name) { rt_raise_message(at, "unbound variable: %s", name); }

void rt_raise_arity(const RtPlace *at, const char *who, int64_t min, int64_t max, int64_t got)
{
    const char *plural = (max < 0 ? min : max) == 1 ? "" : "s";
    if (max < 0) rt_raise_message(at, "%s: expected at least %ld argument%s, got %ld", who, min, plural, got);
    if (min != max) rt_raise_message(at, "%s: expected %ld to %ld argument%s, got %ld", who, min, max, plural, got);
    rt_raise_message(at, "%s: expected %ld argument%s, got %ld", who, min, plural, got);
}

void rt_raise_depth(const RtPlace *at)
{
    if (rt_take_interrupt()) {
        rt_was_interrupted = true;
        rt_raise(rt_from_int(RT_STATUS_INTERRUPTED));
    }
    if (rt_memory_is_short) rt_raise_out_of_memory(at);
    char size[32];
    rt_format_size(size, sizeof size, rt_stack_size_bytes());
    rt_raise_message(at, "recursion too deep: the stack of %s is full (CONSAIR_STACK=SIZE sets its size)", size);
}

/* ---- where nothing may be raised ------------------------------------------------------------------------------- */

typedef struct QuietCall {
    RtFunction2 *function;
    RtValue a, b, result;
    const RtPlace *at;
} QuietCall;

static RtValue kept_error;

static void make_call(void *arg)
{
    QuietCall *call = arg;
    call->result = call->function(call->a, call->b, call->at);
}

RtValue rt_call_quietly(RtFunction2 *function, RtValue a, RtValue b, const RtPlace *at)
{
    QuietCall call = {.function = function, .a = a, .b = b, .at = at};
    return rt_try(make_call, &call, &kept_error) ? rt_make(RT_UNBOUND, 0) : call.result;
}

void rt_raise_kept(void)
{
    RtValue error = kept_error;
    kept_error = rt_nil();
    rt_raise(error);
}
