/* Remarks: collected by the passes in whatever order, printed by function and place.
 *
 * A remark belongs to the function that the user wrote, known by its place: all copies that passes make of a function
 * have it too.  Printing sorts and leaves out repetitions.
 */
#include "remarks.h"

#include "frontend.h"

#include <stdarg.h>
#include <stdlib.h>

struct Remark {
    const RtPlace *function_place, *place;
    const char *function_name, *message;
    enum RemarkKind kind;
    int sequence;
};

static const char *const kind_names[] = {
    [REMARK_INLINED] = "inlined", [REMARK_SPECIALIZED] = "specialized", [REMARK_FAST] = "fast",
    [REMARK_GENERIC] = "generic", [REMARK_ALLOCATES] = "allocates",
};

bool remarks_wanted(const Compiler *c) { return c->options.explain; }

void remark(Compiler *c, const RtPlace *at, const CoreFunction *function, enum RemarkKind kind, const char *format, ...)
{
    if (!remarks_wanted(c)) return;
    bool has_function = function && !function->is_toplevel && function->place;
    if (!at && function) at = function->place;
    if (!at) return;
    va_list args;
    va_start(args, format);
    char text[400];
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    Remark r = {.function_place = has_function ? function->place : NULL,
                .function_name = has_function ? function->name : "top level",
                .place = at,
                .message = arena_text(c->lasting, text, strlen(text)),
                .kind = kind,
                .sequence = c->remark_count};
    ARENA_PUSH(c->lasting, c->remarks, c->remark_count, c->remark_capacity, r);
}

static int compare_places(const RtPlace *a, const RtPlace *b)
{
    if (a == b) return 0;
    if (!a || !b) return a ? 1 : -1;
    int files = strcmp(a->file, b->file);
    if (files) return files;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    return 0;
}

static int compare_remarks(const void *a, const void *b)
{
    const Remark *x = a, *y = b;
    int order = compare_places(x->function_place, y->function_place);
    if (!order) order = compare_places(x->place, y->place);
    if (!order) order = (int)x->kind - (int)y->kind;
    if (!order) order = strcmp(x->message, y->message);
    return order ? order : x->sequence - y->sequence;
}

static bool is_repeated(const Remark *a, const Remark *b)
{
    return compare_places(a->function_place, b->function_place) == 0 && compare_places(a->place, b->place) == 0 &&
           a->kind == b->kind && strcmp(a->message, b->message) == 0;
}

void remarks_print(Compiler *c, FILE *out)
{
    if (!c->remark_count) return;
    qsort(c->remarks, (size_t)c->remark_count, sizeof *c->remarks, compare_remarks);
    for (int i = 0; i < c->remark_count; i++) {
        const Remark *r = &c->remarks[i], *previous = i > 0 ? r - 1 : NULL;
        if (previous && is_repeated(previous, r)) continue;
        if (!previous || compare_places(previous->function_place, r->function_place) != 0) {
            const RtPlace *at = r->function_place ? r->function_place : r->place;
            if (r->function_place) fprintf(out, "%s:%d:%d: %s\n", at->file, at->line, at->column, r->function_name);
            else fprintf(out, "%s: %s\n", at->file, r->function_name);
        }
        char where[40];
        snprintf(where, sizeof where, "%d:%d", r->place->line, r->place->column);
        fprintf(out, "  %-8s %-12s %s\n", where, kind_names[r->kind], r->message);
    }
    c->remark_count = 0;
}
