/* Messages for the user: place, text, the source line and a caret under the column.
 *
 *     fib.lisp:3:8: error: car: expected a cons, got 5
 *     (print (car n))
 *            ^~~~~~~
 *
 * The compiler's diagnostics and the uncaught errors of a running program go through the same function, so they look
 * alike.  Columns and widths count code points; tabs are copied to the caret line so that it lines up whatever the
 * terminal makes of them.
 */
#include "consair_rt.h"
#include "program.h"
#include <unistd.h>

#pragma clang attribute push(__attribute__((minsize)),                                                                 \
                             apply_to = function) /* each executable has it, and runs it once at most */

enum {
    MAX_DATA = 20, /* values behind a message */
    MAX_DATUM_BYTES = 200, /* of each */
    MAX_LINE = 120, /* code points of a source line that are shown */
    BEFORE_COLUMN = 60 /* of which before the column, when the line is cut */
};

const char *const *rt_report_styles;
const char *const rt_terminal_styles[RT_STYLE_COUNT] = {
    [RT_STYLE_PLACE] = "\033[1m",    [RT_STYLE_ERROR] = "\033[1;31m", [RT_STYLE_WARNING] = "\033[1;35m",
    [RT_STYLE_CARET] = "\033[1;32m", [RT_STYLE_END] = "\033[0m",
};

static void add_style(RtText *out, enum RtStyle style)
{
    if (rt_report_styles) rt_text_add_text(out, rt_report_styles[style]);
}

static bool starts_code_point(char byte) { return ((unsigned char)byte & 0xc0) != 0x80; }

static const char *next_code_point(const char *at)
{
    do at++;
    while (*at && !starts_code_point(*at));
    return at;
}

/* Length in code points without a line end. */
static uint32_t line_length(const char *text)
{
    uint32_t length = 0;
    while (*text && *text != '\n' && *text != '\r') {
        text = next_code_point(text);
        length++;
    }
    return length;
}

/* Control characters would disturb the terminal. */
static void add_code_point(RtText *out, const char *at, size_t size)
{
    if ((unsigned char)*at < ' ' && *at != '\t') rt_text_add(out, " ", 1);
    else rt_text_add(out, at, size);
}

static void add_repeated(RtText *out, char byte, uint32_t times)
{
    while (times-- > 0) rt_text_add(out, &byte, 1);
}

/* The part of the line around the column, and the caret line below it. */
static void add_source_line(RtText *out, const RtPlace *at)
{
    uint32_t length = line_length(at->text), first = 0, last = length;
    uint32_t column = at->column ? at->column - 1 : 0;
    if (column > length) column = length; /* just behind the end, as for "unexpected end of line" */
    if (length > MAX_LINE) {
        first = column > BEFORE_COLUMN ? column - BEFORE_COLUMN : 0;
        if (first + MAX_LINE > length) first = length - MAX_LINE;
        last = first + MAX_LINE;
    }
    RtText caret = {0};
    if (first > 0) {
        rt_text_add_text(out, "...");
        rt_text_add_text(&caret, "   ");
    }
    const char *text = at->text;
    for (uint32_t i = 0; i < last; i++) {
        const char *next = next_code_point(text);
        if (i >= first) add_code_point(out, text, (size_t)(next - text));
        if (i >= first && i < column) rt_text_add(&caret, *text == '\t' ? "\t" : " ", 1);
        text = next;
    }
    if (last < length) rt_text_add_text(out, "...");
    rt_text_add(&caret, "^", 1);
    uint32_t width = at->width ? at->width : 1;
    if (width > last - column) width = last > column ? last - column : 1;
    add_repeated(&caret, '~', width - 1);
    rt_text_add(out, "\n", 1);
    add_style(out, RT_STYLE_CARET);
    rt_text_add(out, caret.bytes, caret.size);
    add_style(out, RT_STYLE_END);
    rt_text_add(out, "\n", 1);
    rt_text_free(&caret);
}

void (*rt_report_hook)(const RtPlace *at, const char *severity, const char *message);

static void add_report(RtText *out, const RtPlace *at, const char *severity, const char *message, size_t message_size)
{
    if (rt_report_hook) { /* then there is nothing to print */
        rt_report_hook(at, severity, message);
        return;
    }
    if (at) {
        char position[32];
        add_style(out, RT_STYLE_PLACE);
        rt_text_add_text(out, at->file);
        snprintf(position, sizeof position, ":%u:%u: ", at->line, at->column);
        rt_text_add_text(out, position);
        add_style(out, RT_STYLE_END);
    }
    add_style(out, *severity == 'w' ? RT_STYLE_WARNING : RT_STYLE_ERROR);
    rt_text_add_text(out, severity);
    rt_text_add_text(out, ": ");
    add_style(out, RT_STYLE_END);
    rt_text_add(out, message, message_size);
    rt_text_add(out, "\n", 1);
    if (at && at->text) add_source_line(out, at);
}

void rt_report_place(RtText *out, const RtPlace *at, const char *severity, const char *message)
{
    add_report(out, at, severity, message, strlen(message));
}

/* "message: datum datum"; of builtins the message alone, which names the values already. */
static void add_message(RtText *out, const RtError *error)
{
    const RtString *message = rt_as_string(error->message);
    rt_text_add(out, message->bytes, (size_t)message->size_bytes);
    if (!(error->info & RT_ERROR_SHOWS_DATA)) return;
    int shown = 0;
    for (RtValue data = error->data; data.tag == RT_CONS; data = rt_cdr_of(rt_as_cons(data))) {
        rt_text_add_text(out, shown ? " " : ": ");
        if (shown++ == MAX_DATA) {
            rt_text_add_text(out, "...");
            return;
        }
        rt_write_value_borrow(out, rt_car_of(rt_as_cons(data)), MAX_DATUM_BYTES);
    }
}

void rt_report_error(RtValue error)
{
    RtText text = {0};
    if (error.tag == RT_ERROR && rt_as_error(error)->message.tag == RT_STRING) {
        RtText message = {0};
        add_message(&message, rt_as_error(error));
        add_report(&text, rt_as_error(error)->place, "error", message.size ? message.bytes : "", message.size);
        rt_text_free(&message);
    } else {
        RtText value = {0};
        rt_write_value_borrow(&value, error, 0);
        add_report(&text, NULL, "error", value.bytes, value.size);
        rt_text_free(&value);
    }
    rt_output_flush(); /* what the program printed before comes first */
    rt_write_fully(STDERR_FILENO, text.bytes, text.size);
    rt_text_free(&text);
}

#pragma clang attribute pop
