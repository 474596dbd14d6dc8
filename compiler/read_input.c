/* read: the next datum of standard input.
 *
 * The reader works on a whole text, so a scanner finds out first where the datum ends: it takes bytes until all
 * brackets are closed and no string is open, and nothing beyond, so what follows on the line is left for read-line.
 * It knows brackets, strings, comments and the ends of tokens; whether the text is well-formed is the reader's
 * business.
 */
#include "frontend.h"

#include <ctype.h>

enum { RENEW_BYTES = 1 << 20 };

/* A compiler that only reads; made anew when the texts it has read are that large. */
static struct {
    Compiler *c;
    size_t bytes;
} input;

void read_input_free(void)
{
    compiler_free(input.c);
    input.c = NULL;
    input.bytes = 0;
}

/* ---- the scanner ----------------------------------------------------------------------------------------------- */

static void take(RtText *text)
{
    char byte = (char)rt_input_peek();
    rt_text_add(text, &byte, 1);
    rt_input_take();
}

/* Blanks and comments; only those inside of a datum belong to its text. */
static void skip_blank(RtText *text, bool is_inside)
{
    for (bool in_comment = false;;) {
        int byte = rt_input_peek();
        if (byte < 0) return;
        if (byte == ';') in_comment = true;
        if (byte == '\n') in_comment = false;
        if (!in_comment && !isspace(byte)) return;
        if (is_inside) take(text);
        else rt_input_take();
    }
}

static void take_string(RtText *text)
{
    take(text);
    for (bool is_escaped = false;;) {
        int byte = rt_input_peek();
        if (byte < 0) return;
        take(text);
        if (byte == '"' && !is_escaped) return;
        is_escaped = byte == '\\' && !is_escaped;
    }
}

static bool is_one_of(int byte, const char *set) { return byte > 0 && strchr(set, byte); }

static bool ends_token(int byte) { return byte < 0 || isspace(byte) || is_one_of(byte, "()[]{}\"';`,"); }

/* `<<` or `>>`, which are brackets also when no blank stands before them. */
static bool is_doubled(int byte) { return is_one_of(byte, "<>") && rt_input_peek_second() == byte; }

/* The beginning of a set or persistent literal is a token that its bracket follows: "#pvec[". */
static bool take_token(RtText *text)
{
    bool is_marked = rt_input_peek() == '#';
    do take(text);
    while (!ends_token(rt_input_peek()) && !is_doubled(rt_input_peek()));
    return !(is_marked && is_one_of(rt_input_peek(), "[{"));
}

/* Takes the text of one datum.  Errors end it early; the reader tells them. */
static void take_datum(RtText *text)
{
    int64_t depth = 0;
    for (bool is_whole = false; !is_whole;) {
        skip_blank(text, text->size > 0);
        int byte = rt_input_peek();
        if (byte < 0) return;
        bool is_doubled_bracket = is_doubled(byte);
        is_whole = true;
        if (byte == '"') {
            take_string(text);
        } else if (is_one_of(byte, "([{") || (is_doubled_bracket && byte == '<')) {
            depth++;
            take(text);
            if (is_doubled_bracket) take(text);
        } else if (is_one_of(byte, ")]}") || is_doubled_bracket) {
            depth--;
            take(text);
            if (is_doubled_bracket) take(text);
        } else if (is_one_of(byte, "'`,")) {
            take(text);
            if (byte == ',' && rt_input_peek() == '@') take(text);
            is_whole = false; /* its datum follows */
        } else {
            is_whole = take_token(text);
        }
        is_whole = is_whole && depth <= 0;
    }
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

/* Where the text's place is on standard input, as a sentence's end. */
static const char *position(Compiler *c, RtInputPosition start, const RtPlace *at)
{
    int64_t line = start.line, column = start.column;
    if (at && at->line > 1) {
        line += at->line - 1;
        column = at->column;
    } else if (at) {
        column += at->column - 1;
    }
    return arena_format(c->arena, "line %lld, column %lld of standard input", (long long)line, (long long)column);
}

static RtValue read_text(const RtText *text, RtInputPosition start, const char **message)
{
    Compiler *c = input.c;
    size_t offset = 0;
    Form form;
    RtValue datum = rt_nil();
    Source *s = source_from_text(c, "<stdin>", text->bytes, text->size);
    bool ok = s && reader_next(c, s, &offset, &form);
    if (ok) {
        datum = datum_unmark(c, form.datum, false);
        rt_drop(form.datum);
    } else if (c->diagnostic_count > 0) {
        const Diagnostic *d = &c->diagnostics[0];
        *message = arena_format(c->arena, "%s at %s", d->message, position(c, start, d->place));
    } else {
        *message = "no datum";
    }
    c->diagnostic_count = c->error_count = 0;
    while (c->root_count > 0) rt_drop(c->roots[--c->root_count]); /* nobody asks for their places */
    return datum;
}

RtValue read_input(const RtPlace *at)
{
    if (input.bytes > RENEW_BYTES) read_input_free();
    if (!input.c) input.c = compiler_new(NULL);
    RtText text = {0};
    skip_blank(&text, false);
    RtInputPosition start = rt_input_position();
    take_datum(&text);
    input.bytes += text.size;
    const char *message = NULL;
    RtValue datum = rt_intern_text(":eof");
    int error = rt_input_error();
    if (error) message = arena_format(input.c->arena, "cannot read standard input: %s", strerror(error));
    else if (text.size) datum = read_text(&text, start, &message);
    rt_text_free(&text);
    if (message) rt_raise_message(at, "read: %s", message);
    return datum;
}
