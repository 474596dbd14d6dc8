/* A session's forms: read, lowered, run, forgotten.
 *
 * Errors.  A form that fails withdraws what lowering had already noted about the names it was to define, so that a mistake in
 * (define (f) ...) leaves the old f, or the macro f, as it was.
 * Memory.  All that reading, lowering and passes make for one text goes to the compiler's arena of evaluations and is given back
 * when the text is closed, unless something that lives on may refer to it: a definition, a macro, a function value, an error value
 * (which names a place).  The places of its data go to a table of their own for the same reason.
 */
#include "session_internal.h"

#include "interp.h"
#include "trace.h"

#include <stdlib.h>

/* ---- life ------------------------------------------------------------------------------------------------------ */

Session *session_new(const CompileOptions *compile, const BackendOptions *backend, int64_t tier_after)
{
    Session *s = calloc(1, sizeof *s);
    if (!s) rt_out_of_memory();
    s->compile = *compile;
    s->backend = *backend;
    s->tier_after = tier_after;
    s->backend.is_interactive = true;
    s->c = compiler_new(&s->compile);
    s->c->evaluations = arena_new();
    s->functions = pointer_map_new();
    compiler_install_expander(s->c);
    /* Compiled code reads a builtin's cell without asking whether there is a value. */
    for (Name *name = s->c->all_names; name; name = name->next)
        if (name->global.primitive != PRIM_NONE)
            *session_cell(name) = rt_from_object(RT_CLOSURE, primitives[name->global.primitive].closure);
    return s;
}

void session_free(Session *s)
{
    rt_end_hook = NULL; /* the compiler that it would free is freed here */
    read_input_free();
    compiler_free(s->c);
#ifdef CONSAIR_JIT
    session_jit_free(s);
#endif
    pointer_map_free(s->functions);
    if (s->names) arena_free(s->names);
    free(s->states);
    free(s);
}

bool session_uses_jit(const Session *s) { return s->uses_jit; }

bool session_use_jit(Session *s, bool wanted)
{
#ifdef CONSAIR_JIT
    s->uses_jit = wanted;
    return true;
#else
    if (wanted) fputs("error: this consairc was built without LLVM (-Djit=disabled): there is no JIT\n", stderr);
    return !wanted;
#endif
}

/* ---- names before a form, for when it fails -------------------------------------------------------------------- */

void session_note_names(Session *s)
{
    s->state_count = 0;
    for (Name *name = s->c->all_names; name; name = name->next) {
        if (s->state_count == s->state_capacity) {
            s->state_capacity = s->state_capacity ? 2 * s->state_capacity : 1024;
            s->states = realloc(s->states, (size_t)s->state_capacity * sizeof *s->states);
            if (!s->states) rt_out_of_memory();
        }
        RtValue cell = *session_cell(name);
        s->states[s->state_count++] = (NameState){name, name->is_defined, name->macro, cell.tag, cell.data};
    }
}

/* A name whose cell is as it was has not been defined; those made since then stand first in the compiler's list. */
void session_withdraw_names(Session *s)
{
    const Name *first = s->state_count ? s->states[0].name : NULL;
    for (Name *name = s->c->all_names; name && name != first; name = name->next) {
        if (session_cell(name)->tag != RT_UNBOUND) continue;
        name->is_defined = false;
        name->macro = NULL;
    }
    for (int i = 0; i < s->state_count; i++) {
        const NameState *state = &s->states[i];
        RtValue cell = *session_cell(state->name);
        if (cell.tag != state->cell_tag || cell.data != state->cell_data) continue;
        state->name->is_defined = state->is_defined;
        state->name->macro = state->macro;
    }
}

/* ---- the open text --------------------------------------------------------------------------------------------- */

static void open_input(Session *s)
{
    Compiler *c = s->c;
    s->input = (Input){.mark = arena_mark(c->evaluations),
                       .kept = c->kept_evaluations,
                       .literals = c->literals,
                       .root_count = c->root_count,
                       .sources = c->sources,
                       .next_offset = c->next_offset,
                       .places = c->places};
    c->places = (PlaceTable){.older = &s->input.places};
    c->arena = c->evaluations;
    c->diagnostics = NULL;
    c->diagnostic_count = c->diagnostic_capacity = c->error_count = 0;
}

void session_close(Session *s)
{
    Compiler *c = s->c;
    bool is_kept = c->kept_evaluations != s->input.kept;
    PlaceTable own = c->places;
    c->places = s->input.places;
    c->arena = c->lasting;
    c->diagnostics = NULL;
    c->diagnostic_count = c->diagnostic_capacity = c->error_count = 0;
    rt_call_place = NULL;
    if (is_kept) {
        place_table_add_all(&c->places, &own);
    } else {
        while (c->root_count > s->input.root_count) rt_drop(c->roots[--c->root_count]);
        c->sources = s->input.sources;
        c->next_offset = s->input.next_offset;
        datum_release_counted(c, s->input.literals);
        arena_release(c->evaluations, &s->input.mark);
    }
    place_table_free(&own);
    s->input = (Input){0};
}

static bool set_source(Session *s, Source *source)
{
    s->input.source = (SourceFile *)source;
    if (source) return true;
    diag_flush(s->c);
    session_close(s);
    return false;
}

bool session_open(Session *s, const char *name, const char *text, size_t size, uint32_t lines_before)
{
    open_input(s);
    Source *source = source_from_text(s->c, name, text, size);
    if (source) source->lines_before = lines_before;
    return set_source(s, source);
}

bool session_open_file(Session *s, const char *path)
{
    open_input(s);
    return set_source(s, source_from_file(s->c, path));
}

/* ---- one form -------------------------------------------------------------------------------------------------- */

typedef struct Definition {
    CoreGlobal *global;
    CoreFunction *function; /* or NULL: another value */
} Definition;

typedef struct Step {
    Session *s;
    SessionResult result;
    CoreProgram *program;
    Definition *definitions; /* that the form will carry out */
    int definition_count, definition_capacity;
    double start;
} Step;

CoreProgram *session_compile(Session *s, enum ReadResult *read, void (*look)(CoreProgram *, void *), void *data)
{
    Compiler *c = s->c;
    CoreProgram *p = NULL;
    Form form;
    rt_was_interrupted = false;
    c->error_count = 0;
    c->arena = c->evaluations;
    *read = reader_read(c, s->input.source, &s->input.offset, &form);
    if (*read == READ_FORM) {
        p = core_program_new(c->arena);
        p->open_world = true;
        lower_toplevel(c, p, form);
        rt_drop(form.datum);
        if (c->error_count == 0 && look) look(p, data);
        if (c->error_count == 0) pipeline_run(c, p);
    }
    bool failed = c->error_count > 0;
    if (rt_was_interrupted) c->diagnostic_count = 0;
    diag_flush(c);
    c->arena = c->lasting;
    return failed ? NULL : p;
}

/* Finds the functions that the form defines: `define` and `label` of a function are a whole form. */
static void note_functions(CoreProgram *p, void *data)
{
    Step *step = data;
    for (int i = 0; i < p->toplevel_count; i++) {
        const CoreNode *body = p->toplevel[i]->body;
        if (body->kind != CORE_DEFINE) continue;
        const CoreNode *value = body->u.define.value;
        Definition definition = {body->u.define.global, value->kind == CORE_LAMBDA ? value->u.function : NULL};
        ARENA_PUSH(p->arena, step->definitions, step->definition_count, step->definition_capacity, definition);
    }
}

void session_forget(CoreProgram *p)
{
    for (int i = 0; i < p->global_count; i++) {
        ProgramList **link = &((Name *)p->globals[i])->programs;
        while (*link && (*link)->program != p) link = &(*link)->next;
        if (*link) *link = (*link)->next;
    }
}

static bool makes_functions(const CoreProgram *p)
{
    for (int i = 0; i < p->function_count; i++)
        if (p->functions[i]->needs_closure) return true;
    return false;
}

static RtValue interpret(CoreProgram *p)
{
    RtValue value = rt_nil();
    for (int i = 0; i < p->toplevel_count; i++) {
        rt_drop(value);
        value = interp_run_toplevel(p->toplevel[i], WORLD_RUN);
    }
    return value;
}

static void run_step(void *data)
{
    Step *step = data;
    Session *s = step->s;
    Compiler *c = s->c;
    enum ReadResult read;
    int pending_count = c->pending_count;
    const Macro *macros = c->all_macros;
    step->start = pipeline_clock();
    trace_clear(); /* what an error of another form, raised again, refers to may be gone */
    session_note_names(s);
    step->program = session_compile(s, &read, note_functions, step);
    bool is_kept = pending_count != c->pending_count || macros != c->all_macros;
    if (step->program) is_kept = is_kept || makes_functions(step->program);
    c->kept_evaluations += is_kept;
    if (!step->program) {
        step->result.outcome = read == READ_END ? SESSION_END : SESSION_ERROR;
        return;
    }
    interp_prepare(step->program);
    double start = pipeline_clock();
    step->result.compile_seconds = start - step->start;
    step->start = start;
#ifdef CONSAIR_JIT
    session_jit_begin(s, step->program);
#endif
    RtAllocations before = rt_allocated();
    step->result.value = interpret(step->program);
    RtAllocations after = rt_allocated();
    step->result.allocated = (RtAllocations){after.objects - before.objects, after.bytes - before.bytes};
    step->result.run_seconds = pipeline_clock() - step->start;
    step->result.outcome = SESSION_VALUE;
    c->kept_evaluations += evaluation_may_refer(step->result.value);
    for (int i = 0; i < step->definition_count; i++)
        pointer_map_set(s->functions, step->definitions[i].global, step->definitions[i].function);
}

static void step_on_stack(void *data)
{
    Step *step = data;
    Session *s = step->s;
    RtValue error;
    if (!rt_try(run_step, step, &error)) return;
    step->result.outcome = SESSION_ERROR;
    if (rt_is_exit(error)) {
        step->result.outcome = rt_was_interrupted ? SESSION_INTERRUPTED : SESSION_EXIT;
        step->result.status = (int)error.data;
        return;
    }
    rt_report_error(error);
    if (s->traces) session_show_trace(s);
    rt_drop(error);
}

SessionResult session_next(Session *s)
{
    Step step = {.s = s};
    rt_on_lisp_stack(step_on_stack, &step);
#ifdef CONSAIR_JIT
    step.result.compile_seconds += s->compile_seconds;
    step.result.run_seconds -= s->compile_seconds;
    session_jit_end(s, step.program && makes_functions(step.program));
#endif
    if (step.program) session_forget(step.program);
    if (step.result.outcome != SESSION_VALUE && step.result.outcome != SESSION_END) session_withdraw_names(s);
    if (step.result.outcome == SESSION_ERROR && rt_was_interrupted) step.result.outcome = SESSION_INTERRUPTED;
    return step.result;
}

void session_remember(Session *s, RtValue value)
{
    static const char *const names[] = {"*3", "*2", "*1"};
    RtValue *cells[3];
    for (int i = 0; i < 3; i++) cells[i] = session_cell(compiler_name(s->c, rt_intern_text(names[i])));
    RtValue oldest = *cells[0];
    *cells[0] = *cells[1];
    *cells[1] = *cells[2];
    *cells[2] = value;
    if (oldest.tag != RT_UNBOUND) rt_drop(oldest);
}
