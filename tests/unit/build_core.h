/* Core built by hand, shared by the tests of the passes and of the interpreter: short constructors without places
 * in one program, and a one-line text of a node with its counting operations.
 */
#ifndef BUILD_CORE_H
#define BUILD_CORE_H

#include "passes.h"

static CoreProgram *program;

static inline void program_begin(void)
{
    program = core_program_new(arena_new());
    program->open_world = true;
}

static inline void program_end(void) { arena_free(program->arena); }

static inline CoreNode **copy_nodes(int count, CoreNode **nodes)
{
    CoreNode **copy = arena_alloc(program->arena, (size_t)count * sizeof *copy + 1);
    if (count) memcpy(copy, nodes, (size_t)count * sizeof *copy);
    return copy;
}

#define NODES(...)                                                                                                     \
    (int)(sizeof((CoreNode *[]){NULL, ##__VA_ARGS__}) / sizeof(CoreNode *)) - 1,                                       \
        copy_nodes((int)(sizeof((CoreNode *[]){NULL, ##__VA_ARGS__}) / sizeof(CoreNode *)) - 1,                        \
                   (CoreNode *[]){NULL, ##__VA_ARGS__} + 1)
#define PRIM_CALL(id, ...) core_prim(program, NULL, PRIM_##id, NODES(__VA_ARGS__))
#define SEQ(...) core_seq(program, NULL, NODES(__VA_ARGS__))
#define CALL(callee, ...) core_call(program, NULL, callee, NODES(__VA_ARGS__))
#define APPLY(callee, ...) core_apply(program, NULL, callee, NODES(__VA_ARGS__))
#define CALL_KNOWN(f, ...) core_call_known(program, NULL, f, NODES(__VA_ARGS__))
#define CLOSURE(f, ...) core_closure(program, NULL, f, NODES(__VA_ARGS__))

static inline CoreVar *var(const char *name) { return core_var(program, name); }

static inline CoreNode *local(CoreVar *v) { return core_local(program, NULL, v); }

static inline CoreNode *integer(int64_t n) { return core_const(program, NULL, rt_from_int(n)); }

static inline CoreNode *nil(void) { return core_const(program, NULL, rt_nil()); }

static inline CoreNode *let(CoreVar *v, CoreNode *init, CoreNode *body)
{
    return core_let(program, NULL, v, init, body);
}

static inline CoreNode *if_(CoreNode *test, CoreNode *then, CoreNode *otherwise)
{
    return core_if(program, NULL, test, then, otherwise);
}

static inline CoreNode *try_(CoreNode *body, CoreVar *error, CoreNode *handler)
{
    return core_try(program, NULL, body, error, handler);
}

static inline CoreNode *function_value(CoreFunction *f)
{
    f->needs_closure = true;
    return core_function_ref(program, NULL, f);
}

static inline CoreNode *tail(CoreNode *call)
{
    call->tail = true;
    return call;
}

/* A function without body yet, so that it can call itself. */
static inline CoreFunction *function(const char *name, int captures, int params, CoreVar **vars)
{
    CoreFunction *f = core_function(program, name, NULL);
    f->capture_count = captures;
    f->param_count = params;
    f->captures = arena_alloc(program->arena, (size_t)(captures + 1) * sizeof *vars);
    f->params = arena_alloc(program->arena, (size_t)(params + 1) * sizeof *vars);
    for (int i = 0; i < captures; i++) f->captures[i] = vars[i];
    for (int i = 0; i < params; i++) f->params[i] = vars[captures + i];
    ARENA_PUSH(program->arena, program->functions, program->function_count, program->function_capacity, f);
    return f;
}

static inline CoreFunction *toplevel(CoreNode *body)
{
    CoreFunction *f = function("toplevel", 0, 0, NULL);
    f->is_toplevel = true;
    f->body = body;
    ARENA_PUSH(program->arena, program->toplevel, program->toplevel_count, program->toplevel_capacity, f);
    return f;
}

static inline CoreGlobal *global(const char *name, int primitive)
{
    CoreGlobal *g = arena_alloc(program->arena, sizeof *g);
    g->symbol = rt_intern_text(name);
    g->name = name;
    g->primitive = primitive;
    for (int world = 0; world < WORLD_COUNT; world++) {
        g->own_cells[world] = rt_make(RT_UNBOUND, 0);
        g->cells[world] = &g->own_cells[world];
    }
    ARENA_PUSH(program->arena, program->globals, program->global_count, program->global_capacity, g);
    return g;
}

static inline CoreNode *global_value(CoreGlobal *g) { return core_global(program, NULL, g); }

#endif
