/* Before and behind type inference: the states that it keeps of functions, variables, globals and records. */
#include "types_internal.h"

/* Notes who is evaluated again when a result or a global's type grows. */
static void note_uses(CoreNode **child, void *data)
{
    Types *t = data;
    CoreNode *node = *child;
    CoreFunction *user = t->function->function;
    Functions *users = NULL;
    if (node->kind == CORE_CALL_KNOWN) {
        users = &((FunctionState *)node->u.call.function->scratch)->callers;
        t->function->call_count++;
    }
    if (node->kind == CORE_GLOBAL) users = &((GlobalState *)node->u.global->scratch)->readers;
    if (users && !(users->count && users->items[users->count - 1] == user))
        ARENA_PUSH(t->scratch, users->items, users->count, users->capacity, user);
    types_note_limits_of(t, node);
    types_begin_record(t, node);
    core_each_child(node, note_uses, t);
}

static void begin_function(Types *t, CoreFunction *f)
{
    FunctionState *state = arena_alloc(t->scratch, sizeof *state);
    state->function = f;
    state->next_params = arena_alloc(t->scratch, ((size_t)core_param_count(f) + 1) * sizeof(CoreType));
    f->scratch = state;
    f->escapes = false;
    types_find_bounds(t, f, &state->bounds, &state->bound_count);
    types_find_paces(t, f, state);
}

static void end_var(CoreVar *var) { var->scratch = NULL; }

static void end_node(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (node->kind == CORE_LET) end_var(node->u.let.var);
    if (node->kind == CORE_TRY) end_var(node->u.try_.error);
    types_end_record(node);
    core_each_child(node, end_node, data);
}

static void end_function(CoreFunction *f)
{
    f->scratch = NULL;
    for (int i = 0; i < core_param_count(f); i++) end_var(core_param(f, i));
    end_node(&f->body, NULL);
}

void types_begin(Types *t)
{
    CoreProgram *p = t->program;
    types_clear(p);
    t->records = records_new(p->arena, &t->limits);
    t->globals_are_open = p->open_world || p->uses_eval || !p->is_whole;
    for (int i = 0; i < 2; i++)
        t->queues[i].items = arena_alloc(t->scratch, ((size_t)p->function_count + 1) * sizeof(CoreFunction *));
    for (int i = 0; i < p->function_count; i++) begin_function(t, p->functions[i]);
    for (int i = 0; i < p->global_count; i++) p->globals[i]->scratch = arena_alloc(t->scratch, sizeof(GlobalState));
    for (int i = 0; i < p->function_count; i++) {
        t->function = p->functions[i]->scratch;
        note_uses(&p->functions[i]->body, t);
    }
}

void types_end(Types *t)
{
    CoreProgram *p = t->program;
    for (int i = 0; i < p->function_count; i++) end_function(p->functions[i]);
    for (int i = 0; i < p->global_count; i++) p->globals[i]->scratch = NULL;
    records_close(t->records);
    p->records = t->records;
}
