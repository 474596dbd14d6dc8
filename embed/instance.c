/* libconsair: instances, evaluation and errors.
 *
 * An instance is a session of the interpreter (compiler/session.h), like that of the REPL.  All instances share the runtime: its heap,
 * symbols, output and Lisp stack.  Whichever is called becomes the current one: the compiler behind eval and macroexpand is
 * its own, and what is printed or reported meanwhile goes to it.
 */
#include "consair.h"

#include "interp.h"
#include "session_internal.h"
#include "value_of.h"

#include <stdlib.h>

struct consair {
    Session *session;
    consair_error error;
    char *message, *file, *source_line; /* what error points to */
    bool has_error; /* the call that is under way has reported one: the first counts */
    void (*write)(void *data, const char *bytes, size_t size);
    void *data;
};

static consair *current;

/* ---- errors ---------------------------------------------------------------------------------------------------- */

static char *copy_text(const char *text)
{
    char *copy = text ? strdup(text) : NULL;
    if (text && !copy) rt_out_of_memory();
    return copy;
}

static void clear_error(consair *c)
{
    free(c->message);
    free(c->file);
    free(c->source_line);
    c->message = c->file = c->source_line = NULL;
    c->error = (consair_error){.message = ""};
    c->has_error = false;
}

static void set_error(consair *c, const RtPlace *at, const char *message)
{
    clear_error(c);
    c->has_error = true;
    c->message = copy_text(message);
    c->error.message = c->message;
    if (!at) return;
    c->error.file = c->file = copy_text(at->file);
    c->error.source_line = c->source_line = copy_text(at->text);
    c->error.line = at->line;
    c->error.column = at->column;
}

/* rt_report_hook */
static void take_report(const RtPlace *at, const char *severity, const char *message)
{
    if (strcmp(severity, "error") == 0 && !current->has_error) set_error(current, at, message);
}

static void set_exit(consair *c, int status)
{
    set_error(c, NULL, "exit");
    c->error.is_exit = true;
    c->error.exit_status = status;
}

const consair_error *consair_last_error(const consair *c) { return &c->error; }

/* ---- instances ------------------------------------------------------------------------------------------------- */

static void write_output(const char *bytes, size_t size) { current->write(current->data, bytes, size); }

/* Before anything of the instance runs. */
static void enter(consair *c)
{
    if (current && current != c) rt_flush_output();
    current = c;
    c->has_error = false;
    compiler_install_expander(c->session->c);
    rt_report_hook = take_report;
    rt_output_hook = c->write ? write_output : NULL;
}

/* After it; what was printed must be seen. */
static bool leave(consair *c, bool good)
{
    rt_flush_output();
    return good && !c->has_error;
}

const char *consair_version(void) { return CONSAIR_VERSION; }

consair *consair_new(void)
{
    static char *no_arguments[] = {(char *)"", NULL};
    rt_init(1, no_arguments);
    consair *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    static const CompileOptions compile = {.bind_foreign = true};
    static const BackendOptions backend = {.verify = true, .stack_check = true};
    c->session = session_new(&compile, &backend, -1);
    clear_error(c);
    return c;
}

void consair_free(consair *c)
{
    if (!c) return;
    enter(c);
    session_free(c->session);
    leave(c, true);
    current = NULL;
    rt_report_hook = NULL;
    rt_output_hook = NULL;
    clear_error(c);
    free(c);
}

void consair_set_output(consair *c, void (*write)(void *data, const char *bytes, size_t size), void *data)
{
    if (current == c) rt_flush_output();
    c->write = write;
    c->data = data;
    if (current == c) rt_output_hook = write ? write_output : NULL;
}

/* ---- evaluation ------------------------------------------------------------------------------------------------ */

static void give(consair_value *result, RtValue owned)
{
    if (result) *result = value_to_c(owned);
    else rt_drop(owned);
}

/* The forms of the open text. */
static bool evaluate(consair *c, consair_value *result)
{
    RtValue value = rt_nil();
    SessionResult step;
    while ((step = session_next(c->session)).outcome == SESSION_VALUE) {
        rt_drop(value);
        value = step.value;
    }
    session_close(c->session);
    if (step.outcome == SESSION_EXIT) set_exit(c, step.status);
    bool good = step.outcome == SESSION_END;
    if (!good) {
        rt_drop(value);
        value = rt_nil();
    }
    give(result, value);
    return leave(c, good);
}

bool consair_eval(consair *c, const char *name, const char *text, consair_value *result)
{
    enter(c);
    if (session_open(c->session, name, text, strlen(text), 0)) return evaluate(c, result);
    give(result, rt_nil());
    return leave(c, false);
}

bool consair_eval_file(consair *c, const char *path, consair_value *result)
{
    enter(c);
    if (session_open_file(c->session, path)) return evaluate(c, result);
    give(result, rt_nil());
    return leave(c, false);
}

typedef struct Call {
    RtValue function;
    const consair_value *arguments;
    size_t count;
    const char *name; /* lookup: of the global */
    RtValue result, error;
    bool raised;
} Call;

static void call_function(void *data)
{
    Call *call = data;
    rt_args_reserve((int64_t)call->count);
    for (size_t i = 0; i < call->count; i++) rt_args[i] = rt_dup(value_of(call->arguments[i]));
    call->result = rt_apply_n(rt_dup(call->function), (int64_t)call->count, NULL);
}

static void look_up(void *data)
{
    Call *call = data;
    Name *name = compiler_name(current->session->c, rt_intern_text(call->name));
    call->result = rt_dup(interp_global(&name->global, NULL));
}

/* What the interpreter owned when it raised is on its stack above the mark. */
static void run_protected(Call *call, void (*run)(void *))
{
    interp_stack_init();
    RtValue *mark = interp.high;
    enum World world = interp_set_world(WORLD_RUN);
    call->raised = rt_try(run, call, &call->error);
    if (call->raised) interp_unwind(mark);
    interp.high = mark;
    interp_set_world(world);
}

static void call_protected(void *data) { run_protected(data, call_function); }

static void look_up_protected(void *data) { run_protected(data, look_up); }

static bool finish_call(consair *c, Call *call, consair_value *result)
{
    if (!call->raised) {
        give(result, call->result);
        return leave(c, true);
    }
    if (rt_is_exit(call->error)) {
        set_exit(c, (int)call->error.data);
    } else {
        rt_report_error(call->error);
        rt_drop(call->error);
    }
    give(result, rt_nil());
    return leave(c, false);
}

bool consair_lookup(consair *c, const char *name, consair_value *result)
{
    enter(c);
    rt_call_place = NULL;
    Call call = {.name = name};
    rt_on_lisp_stack(look_up_protected, &call);
    return finish_call(c, &call, result);
}

bool consair_call(consair *c, consair_value function, const consair_value *arguments, size_t count,
                  consair_value *result)
{
    enter(c);
    rt_call_place = NULL;
    Call call = {.function = value_of(function), .arguments = arguments, .count = count};
    rt_on_lisp_stack(call_protected, &call);
    return finish_call(c, &call, result);
}
