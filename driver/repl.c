/* The interactive mode: reads lines, hands complete forms to the session, prints values.
 *
 * On a terminal there are prompts, editing and history, and Ctrl-C stops what runs.  Otherwise standard input is read like a file:
 * values on standard output, one a line, errors on standard error, and at the end status 1 if there was one.
 */
#include "repl.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef CONSAIR_VERSION
#define CONSAIR_VERSION "unknown"
#endif

/* So much of a value is shown.  Even a file wants a limit: a value of a few cells may be a tree of 2^60 leaves. */
enum { TERMINAL_BYTES = 4000, FILE_BYTES = 1 << 20 };

/* ---- printing -------------------------------------------------------------------------------------------------- */

void repl_print(const char *text)
{
    rt_output_add(text, strlen(text)); /* a failure is remembered, and told at the end */
}

static void print_value(const Repl *r, RtValue v)
{
    RtText text = {0};
    if (rt_output_is_in_line()) rt_text_add(&text, "\n", 1); /* the program printed without ending its line */
    size_t before = text.size, limit = r->is_terminal ? TERMINAL_BYTES : FILE_BYTES;
    rt_write_value_borrow(&text, v, limit);
    bool is_cut = text.size - before > limit;
    rt_text_add_text(&text, is_cut ? "\n; cut here: (println *1) prints all of it\n" : "\n");
    rt_output_add(text.bytes, text.size);
    rt_text_free(&text);
}

/* ---- evaluating ------------------------------------------------------------------------------------------------ */

static bool end_of_evaluation(Repl *r, const SessionResult *result)
{
    switch (result->outcome) {
    case SESSION_VALUE:
    case SESSION_END: return true;
    case SESSION_EXIT:
        r->is_over = true;
        r->status = result->status;
        return true;
    case SESSION_INTERRUPTED:
        rt_flush_output();
        fputs("interrupted\n", stderr);
        break;
    case SESSION_ERROR: break;
    }
    r->had_error = true;
    return false;
}

bool repl_evaluate(Repl *r, enum ReplShow show, ReplTimes *times)
{
    SessionResult result;
    do {
        result = session_next(r->session);
        if (result.outcome != SESSION_VALUE) break;
        if (show == SHOW_VALUE) print_value(r, result.value);
        else if (show == SHOW_TYPE) {
            repl_print(rt_type_name(result.value.tag));
            repl_print("\n");
        }
        session_remember(r->session, result.value);
        if (times) {
            times->compile_seconds += result.compile_seconds;
            times->run_seconds += result.run_seconds;
            times->allocated.objects += result.allocated.objects;
            times->allocated.bytes += result.allocated.bytes;
        }
    } while (!r->is_over);
    if (rt_take_interrupt() && result.outcome == SESSION_VALUE) result.outcome = SESSION_INTERRUPTED;
    return end_of_evaluation(r, &result);
}

static bool is_word(const RtText *text, const char *word)
{
    size_t begin = strspn(text->bytes, " \t\r\n"), size = strlen(word);
    if (strncmp(text->bytes + begin, word, size) != 0) return false;
    return text->bytes[begin + size + strspn(text->bytes + begin + size, " \t\r\n")] == 0;
}

static bool is_exit_word(Repl *r)
{
    SessionName name;
    if (!is_word(&r->pending, "exit")) return false;
    return !session_find_name(r->session, "exit", &name) || !name.is_users;
}

static void take_pending(Repl *r, uint32_t first_line)
{
    const char *start = r->pending.bytes + strspn(r->pending.bytes, " \t");
    if (*start == ':') {
        repl_command(r, r->pending.bytes, r->pending.size, first_line);
    } else if (is_exit_word(r)) {
        r->is_over = true;
    } else if (session_open(r->session, "<repl>", r->pending.bytes, r->pending.size, first_line)) {
        repl_evaluate(r, SHOW_VALUE, NULL);
        session_close(r->session);
    } else {
        r->had_error = true;
    }
}

/* ---- the loop -------------------------------------------------------------------------------------------------- */

static void forget_pending(Repl *r)
{
    r->pending.size = 0;
    if (r->pending.bytes) r->pending.bytes[0] = 0;
    r->scan = (FormScan){0};
}

static const char *prompt(const Repl *r)
{
    if (!r->is_terminal) return "";
    if (r->pending.size) return "......> ";
    return session_uses_jit(r->session) ? "consair[jit]> " : "consair> ";
}

/* One line more; a complete text is evaluated. */
static void read_on(Repl *r)
{
    size_t before = r->pending.size;
    rt_flush_output();
    enum LineResult result = line_read(r->lines, prompt(r), &r->pending);
    if (result == LINE_INTERRUPTED) {
        forget_pending(r);
        return;
    }
    if (result == LINE_END) r->is_over = true;
    else r->line++;
    if (r->pending.size > before) scan_text(&r->scan, r->pending.bytes + before, r->pending.size - before);
    bool is_left = result == LINE_END && !r->is_terminal; /* the reader says what is unclosed */
    if (!scan_is_complete(&r->scan) && !is_left) return;
    uint32_t lines = 0;
    for (size_t i = 0; i < r->pending.size; i++) lines += r->pending.bytes[i] == '\n';
    bool has_newline = !r->pending.size || r->pending.bytes[r->pending.size - 1] == '\n';
    if (r->scan.has_content) take_pending(r, r->line - lines - !has_newline);
    forget_pending(r);
}

static void handle_interrupt(int signal_number)
{
    (void)signal_number;
    rt_interrupt();
}

static void start_terminal(const Repl *r)
{
    struct sigaction action = {.sa_handler = handle_interrupt}; /* not restarting: reading a line shall end */
    sigaction(SIGINT, &action, NULL);
    setlocale(LC_CTYPE, "C.UTF-8");
    printf("Consair %s%s.  :help shows the commands, :quit or Ctrl-D leaves.\n", CONSAIR_VERSION,
           session_uses_jit(r->session) ? ", compiling" : "");
    fflush(stdout);
}

int repl_run(const Options *o)
{
    Repl r = {.options = o, .is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)};
    signal(SIGPIPE, SIG_IGN);
    r.session = session_new(&o->compile, &o->backend, o->tier_after);
    if (o->jit && !session_use_jit(r.session, true)) r.had_error = true;
    session_trace_errors(r.session);
    r.lines = line_reader_new(r.is_terminal, options_want_color(o, STDOUT_FILENO), complete_line, &r.session);
    if (r.is_terminal) start_terminal(&r);
    while (!r.is_over) read_on(&r);
    line_reader_free(r.lines);
    session_free(r.session);
    rt_text_free(&r.pending);
    int status = r.status;
    if (!status && r.had_error && !r.is_terminal) status = 1;
    rt_exit(status);
}
