/* eval at run time: one datum is lowered, goes through the passes as a program of its own in the open world, and is
 * interpreted.
 *
 * Globals are those of the running program: before the first evaluation the compiler's cells are pointed at the
 * program's slots, whatever engine they belong to, so both see each other's definitions.  A datum has no places;
 * whatever may fail in it has the place of the call of eval, which makes the messages the same on all engines.
 * Memory: what lowering and passes make goes to an arena of evaluations, and is given back at the end unless a
 * macro or a definition came into being that may refer to it, or the result may hold a function.  Names stay in the compiler's own arena.
 */
#include "interp.h"
#include "lower.h"

enum { STACK_SHARE = 8 /* an eighth of the stack must be free: lowering recurses on nesting without looking */ };

typedef struct Evaluation {
    Compiler *c;
    RtValue form; /* owned */
    ArenaMark mark;
    uint64_t kept; /* compiler's count of evaluations that left something, at the start */
    const CountedLiteral *literals; /* of before */
    CoreProgram *program;
    bool has_functions; /* which somebody may still hold at the end, unless the result shows that nobody does */
} Evaluation;

/* The compiler's state that lowering another datum would disturb. */
typedef struct Lowering {
    Arena *arena;
    Diagnostic *diagnostics;
    int diagnostic_count, diagnostic_capacity, error_count;
    size_t root_count;
    bool ignores_places;
} Lowering;

/* ---- the program's globals ------------------------------------------------------------------------------------- */

static void bind_globals(Compiler *c)
{
    const RtProgram *running = rt_running_program;
    if (c->bound_program == running) return;
    c->bound_program = running;
    for (int64_t i = 0; running && i < running->global_count; i++) {
        const RtGlobalSlot *slot = &running->globals[i];
        if (slot->name) compiler_global(c, rt_intern_text(slot->name))->cells[WORLD_RUN] = slot->slot;
    }
}

void evaluate_free(Compiler *c)
{
    datum_release_counted(c, NULL);
    for (Name *name = c->all_names; name; name = name->next) {
        RtValue value = name->global.own_cells[WORLD_RUN];
        name->global.own_cells[WORLD_RUN] = rt_make(RT_UNBOUND, 0);
        if (value.tag != RT_UNBOUND) rt_drop(value);
    }
    arena_free(c->evaluations);
}

/* ---- lowering -------------------------------------------------------------------------------------------------- */

static Lowering lowering_begin(Compiler *c)
{
    Lowering saved = {c->arena,       c->diagnostics, c->diagnostic_count, c->diagnostic_capacity,
                      c->error_count, c->root_count,  c->ignores_places};
    c->arena = c->evaluations;
    c->diagnostics = NULL;
    c->diagnostic_count = c->diagnostic_capacity = c->error_count = 0;
    c->ignores_places = true;
    return saved;
}

static void lowering_end(Compiler *c, const Lowering *saved)
{
    c->arena = saved->arena;
    c->diagnostics = saved->diagnostics;
    c->diagnostic_count = saved->diagnostic_count;
    c->diagnostic_capacity = saved->diagnostic_capacity;
    c->error_count = saved->error_count;
    c->ignores_places = saved->ignores_places;
    while (c->root_count > saved->root_count) rt_drop(c->roots[--c->root_count]);
}

static const char *first_error(const Compiler *c)
{
    for (int i = 0; i < c->diagnostic_count; i++)
        if (c->diagnostics[i].is_error) return c->diagnostics[i].message;
    return NULL;
}

/* The names' lists of programs must not grow with the evaluations that are under way. */
static void forget_program(CoreProgram *p)
{
    for (int i = 0; i < p->global_count; i++) {
        ProgramList **link = &((Name *)p->globals[i])->programs;
        while (*link && (*link)->program != p) link = &(*link)->next;
        if (*link) *link = (*link)->next;
    }
}

/* The datum as a program that can run, in e->program.  NULL, or the message of an error. */
static RtValue lower_form(Evaluation *e, const RtPlace *at)
{
    Compiler *c = e->c;
    int pending_count = c->pending_count;
    const Macro *macros = c->all_macros;
    Lowering saved = lowering_begin(c);
    CoreProgram *p = core_program_new(c->arena);
    p->open_world = true;
    e->program = p;
    lower_evaluated(c, p, (Form){e->form, at});
    forget_program(p);
    const char *message = first_error(c);
    if (!message) {
        pipeline_run(c, p);
        interp_prepare(p);
        message = first_error(c);
    }
    e->has_functions = p->function_count > p->toplevel_count;
    bool is_kept = pending_count != c->pending_count || macros != c->all_macros;
    c->kept_evaluations += is_kept;
    RtValue error = message ? rt_string_from_text(message) : rt_nil();
    lowering_end(c, &saved);
    return error;
}

/* ---- evaluating ------------------------------------------------------------------------------------------------ */

/* Looks at the first elements only. */
bool evaluation_may_refer(RtValue v)
{
    for (int looked_at = 0; v.tag == RT_CONS; v = rt_cdr_of(rt_as_cons(v))) {
        uint32_t tag = rt_as_cons(v)->car_tag;
        bool is_plain = tag <= RT_FLOAT || tag == RT_SYMBOL || tag == RT_STRING || tag == RT_BIGINT || tag == RT_RATIO;
        if (!is_plain || looked_at++ == 1000) return true;
    }
    if (v.tag == RT_VECTOR) return rt_as_vector(v)->kind == RT_VECTOR_VALUES;
    return v.tag > RT_FLOAT && v.tag != RT_SYMBOL && v.tag != RT_STRING && v.tag != RT_BIGINT && v.tag != RT_RATIO;
}

static void evaluation_end(Evaluation *e)
{
    Compiler *c = e->c;
    c->kept_evaluations += e->has_functions;
    if (c->kept_evaluations == e->kept) {
        datum_release_counted(c, e->literals);
        arena_release(c->evaluations, &e->mark);
    }
    rt_drop(e->form);
}

static RtValue eval_datum(RtValue form, const RtPlace *at)
{
    Compiler *c = runtime_compiler();
    uintptr_t limit = rt_stack_limit + (rt_stack_limit ? rt_stack_size_bytes() / STACK_SHARE : 0);
    if ((uintptr_t)__builtin_frame_address(0) < limit) {
        rt_drop(form);
        rt_raise_depth(at);
    }
    bind_globals(c);
    if (!c->evaluations) {
        c->evaluations = arena_new();
        arena_alloc(c->evaluations, 1); /* its first block stays: else each evaluation would make and free one */
    }
    Evaluation e __attribute__((cleanup(evaluation_end))) = {
        .c = c, .form = form, .mark = arena_mark(c->evaluations), .kept = c->kept_evaluations, .literals = c->literals};
    RtValue message = lower_form(&e, at);
    if (message.tag != RT_NIL) rt_raise(rt_make_error(message, rt_nil(), at));
    RtValue value = rt_nil();
    for (int i = 0; i < e.program->toplevel_count; i++) {
        rt_drop(value);
        value = interp_run_toplevel(e.program->toplevel[i], interp.world);
    }
    e.has_functions =
        e.has_functions && evaluation_may_refer(value); /* values do not change: nothing else can hold one */
    return value;
}

/* ---- installing ------------------------------------------------------------------------------------------------ */

static RtValue expand_form(RtValue form, bool once, const RtPlace *at)
{
    return expand_datum(runtime_compiler(), form, once, at);
}

static void free_at_end(void)
{
    read_input_free();
    compiler_free(runtime_expander);
}

void runtime_hooks_install(void)
{
    rt_expand_hook = expand_form;
    rt_eval_hook = eval_datum;
    rt_read_hook = read_input;
    rt_end_hook = free_at_end;
}

void compiler_install_expander(Compiler *c)
{
    runtime_expander = c;
    runtime_hooks_install();
}
