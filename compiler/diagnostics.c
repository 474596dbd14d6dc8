/* Diagnostics: errors and warnings about the user's source, collected and printed in source order.
 *
 * Each message is given once a place.  After DIAG_ERROR_LIMIT errors the rest is one line, "too many errors". Files
 * keep the order in which they were first complained about; messages without a place come in the order they were made.
 */
#include "frontend.h"

#include <stdarg.h>
#include <stdlib.h>

static bool same_place(const RtPlace *a, const RtPlace *b)
{
    if (!a || !b) return a == b;
    return a->file == b->file && a->line == b->line && a->column == b->column;
}

static bool same_file(const RtPlace *a, const RtPlace *b) { return a && b ? strcmp(a->file, b->file) == 0 : a == b; }

static void diag_add(Compiler *c, const RtPlace *at, bool is_error, int warning, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (size < 0) rt_internal_error("malformed diagnostic");
    char *message = arena_alloc(c->arena, (size_t)size + 1);
    vsnprintf(message, (size_t)size + 1, format, args);

    Diagnostic d = {.place = at, .message = message, .is_error = is_error, .warning = warning};
    d.sequence = c->diagnostic_count;
    d.file_rank = c->diagnostic_count;
    /* Nobody reads thousands of messages, and each new one is compared with all before. */
    if (c->error_count >= 50 * DIAG_ERROR_LIMIT || (!is_error && c->diagnostic_count >= 50 * DIAG_ERROR_LIMIT)) return;
    for (int i = c->diagnostic_count; i-- > 0;) {
        Diagnostic *other = &c->diagnostics[i];
        if (same_file(other->place, at)) d.file_rank = other->file_rank;
        if (same_place(other->place, at) && strcmp(other->message, message) == 0) return;
    }
    c->error_count += is_error;
    ARENA_PUSH(c->arena, c->diagnostics, c->diagnostic_count, c->diagnostic_capacity, d);
}

void diag_error(Compiler *c, const RtPlace *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag_add(c, at, true, -1, format, args);
    va_end(args);
}

void diag_warning(Compiler *c, enum Warning warning, const RtPlace *at, const char *format, ...)
{
    const WarningOptions *o = &c->options.warnings;
    if (!warning_is_on(o, warning)) return;
    va_list args;
    va_start(args, format);
    diag_add(c, at, o->are_errors, (int)warning, format, args);
    va_end(args);
}

int diag_error_count(const Compiler *c) { return c->error_count; }

static int compare_diagnostics(const void *a, const void *b)
{
    const Diagnostic *x = a, *y = b;
    if (x->file_rank != y->file_rank) return x->file_rank < y->file_rank ? -1 : 1;
    if (x->place && y->place) {
        if (x->place->line != y->place->line) return x->place->line < y->place->line ? -1 : 1;
        if (x->place->column != y->place->column) return x->place->column < y->place->column ? -1 : 1;
    }
    return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

static void add_message(Compiler *c, RtText *text, const Diagnostic *d)
{
    if (c->options.diagnostics_as_json) {
        diag_add_json(text, d);
        return;
    }
    const char *message = d->message;
    if (d->warning >= 0) {
        const char *option = d->is_error ? "error=" : "";
        message = arena_format(c->arena, "%s [-W%s%s]", message, option, warning_rows[d->warning].name);
    }
    rt_report_place(text, d->place, d->is_error ? "error" : "warning", message);
}

void diag_flush(Compiler *c)
{
    if (!c->diagnostic_count) return;
    rt_flush_output();
    qsort(c->diagnostics, (size_t)c->diagnostic_count, sizeof *c->diagnostics, compare_diagnostics);
    RtText text = {0};
    int errors = 0;
    for (int i = 0; i < c->diagnostic_count; i++) {
        const Diagnostic *d = &c->diagnostics[i];
        if (d->is_error && ++errors > DIAG_ERROR_LIMIT) {
            add_message(c, &text, &(Diagnostic){.message = "too many errors", .is_error = true, .warning = -1});
            break;
        }
        add_message(c, &text, d);
    }
    if (text.size > 0) fwrite(text.bytes, 1, text.size, stderr);
    fflush(stderr);
    if (c->diagnostics_copy) rt_text_add(c->diagnostics_copy, text.bytes, text.size);
    rt_text_free(&text);
    c->diagnostic_count = 0;
}

void diag_copy_to(Compiler *c, RtText *copy) { c->diagnostics_copy = copy; }
