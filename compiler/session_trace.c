/* Shows the calls that were under way when an error was raised, below its report:
 *
 *     <repl>:1:15: error: car: expected a cons, got 5
 *     (define (f l) (car l))
 *                   ^~~~~~~
 *       in f (<repl>:1:15)
 *       in g (<repl>:2:20), 3 times
 *       at top level (<repl>:3:1)
 *
 * An error of the top-level form itself says all with its place.
 */
#include "session_internal.h"

#include "program.h"
#include "trace.h"

#include <unistd.h>

typedef struct Writer {
    RtText text;
    bool has_function;
    int64_t times; /* of the frame that is shown */
} Writer;

static void write_frame(void *data, const char *name, const char *file, unsigned line, unsigned column)
{
    Writer *w = data;
    char number[48];
    rt_text_add_text(&w->text, name ? "  in " : "  at top level");
    if (name) rt_text_add_text(&w->text, name);
    rt_text_add_text(&w->text, " (");
    rt_text_add_text(&w->text, file);
    snprintf(number, sizeof number, ":%u:%u)", line, column);
    rt_text_add_text(&w->text, number);
    if (w->times > 1) {
        snprintf(number, sizeof number, ", %lld times", (long long)w->times);
        rt_text_add_text(&w->text, number);
    }
    rt_text_add_text(&w->text, "\n");
    w->has_function = w->has_function || name;
}

static void write_code(Session *s, uintptr_t return_address, Writer *w)
{
#ifdef CONSAIR_JIT
    if (s->jit) backend_load()->jit_session_find(s->jit, return_address - 1, write_frame, w);
#else
    (void)s, (void)return_address, (void)w;
#endif
}

void session_show_trace(Session *s)
{
    Writer w = {0};
    for (int i = 0; i < trace.count; i++) {
        const TraceFrame *frame = &trace.frames[i];
        const CoreFunction *f = frame->function;
        const RtPlace *at = frame->place;
        w.times = frame->times;
        if (f) write_frame(&w, f->name, at->file, at->line, at->column);
        else write_code(s, frame->code, &w);
    }
    w.times = 1;
    if (trace.place && !trace.left_out)
        write_frame(&w, NULL, trace.place->file, trace.place->line, trace.place->column);
    if (trace.left_out) {
        char line[64];
        snprintf(line, sizeof line, "  ... %lld more\n", (long long)trace.left_out + (trace.place != NULL));
        rt_text_add_text(&w.text, line);
    }
    if (w.has_function) rt_write_fully(STDERR_FILENO, w.text.bytes, w.text.size);
    rt_text_free(&w.text);
}

void session_trace_errors(Session *s)
{
    s->traces = true;
    trace_enable(true);
}
