/* Pass resolve: what names mean.
 *
 * Requires STAGE_LOWER.  Ensures STAGE_RESOLVE: in a closed world every call of a builtin that the program does not
 * define is PRIM or APPLY, a global that is a constant is replaced by its value or function, and calls of constant
 * functions and of functions bound by LET and FIX are CALL_KNOWN (captures come with pass `closures`).  In an open
 * world (REPL, compile time) nothing is assumed about globals; only the local calls are resolved.
 *
 * A global is constant when its one DEFINE is a whole top-level form whose value is a lambda or a constant, and
 * nothing that runs before that form can read it.  What can run is over-approximated: a form that does more than
 * define a lambda or constant is taken to reach every global mentioned in it and in the function bodies of the
 * globals so reached.  Each body is scanned once, so the pass is linear.  The DEFINE of a constant stays (its value
 * is the form's value), but no GLOBAL reads it.
 */
#include "known_calls.h"
#include "passes.h"

typedef struct GlobalInfo {
    CoreGlobal *global;
    struct Definition *definitions; /* by whole top-level forms of lambdas and constants */
    CoreNode *constant; /* value, when is_constant and not a function */
    bool is_reached; /* some form up to the current one may read it */
} GlobalInfo;

typedef struct Definition {
    CoreNode *value;
    struct Definition *next;
} Definition;

typedef struct Resolver {
    KnownCalls known;
    CoreProgram *program;
    GlobalInfo **globals; /* all met */
    int global_count, global_capacity;
    GlobalInfo **pending; /* reached, their definitions not yet scanned */
    int pending_count, pending_capacity;
    int form; /* index of the top-level form being scanned */
} Resolver;

/* ---- finding constant globals ---- */

static GlobalInfo *global_info(Resolver *r, CoreGlobal *global)
{
    if (global->scratch) return global->scratch;
    GlobalInfo *info = arena_alloc(r->program->arena, sizeof *info);
    info->global = global;
    global->scratch = info;
    global->definition_count = global->outside_definitions;
    global->definition_index = -1;
    global->is_constant = false;
    global->function = NULL;
    ARENA_PUSH(r->program->arena, r->globals, r->global_count, r->global_capacity, info);
    return info;
}

static void count_definitions(CoreNode **node, void *data)
{
    Resolver *r = data;
    if ((*node)->kind == CORE_GLOBAL) global_info(r, (*node)->u.global);
    if ((*node)->kind == CORE_DEFINE) {
        CoreGlobal *global = global_info(r, (*node)->u.define.global)->global;
        global->definition_count++;
        global->definition_index = r->form;
    }
    core_each_part(*node, count_definitions, data);
}

/* A form that runs nothing but the store of a lambda or constant. */
static bool is_plain_definition(const CoreFunction *form)
{
    if (form->body->kind != CORE_DEFINE) return false;
    int kind = form->body->u.define.value->kind;
    return kind == CORE_LAMBDA || kind == CORE_CONST;
}

static void collect_definitions(Resolver *r)
{
    for (int i = 0; i < r->program->global_count; i++) global_info(r, r->program->globals[i]);
    for (r->form = 0; r->form < r->program->toplevel_count; r->form++) {
        CoreFunction *form = r->program->toplevel[r->form];
        count_definitions(&form->body, r);
        if (!is_plain_definition(form)) continue;
        GlobalInfo *info = global_info(r, form->body->u.define.global);
        Definition *definition = arena_alloc(r->program->arena, sizeof *definition);
        *definition = (Definition){form->body->u.define.value, info->definitions};
        info->definitions = definition;
    }
}

static void reach(CoreNode **node, void *data)
{
    Resolver *r = data;
    if ((*node)->kind == CORE_GLOBAL) {
        GlobalInfo *info = global_info(r, (*node)->u.global);
        if (!info->is_reached) {
            info->is_reached = true;
            ARENA_PUSH(r->program->arena, r->pending, r->pending_count, r->pending_capacity, info);
        }
    }
    core_each_part(*node, reach, data);
}

static void find_constants(Resolver *r)
{
    for (int i = 0; i < r->program->toplevel_count; i++) {
        CoreFunction *form = r->program->toplevel[i];
        if (!is_plain_definition(form)) {
            reach(&form->body, r);
            while (r->pending_count > 0) {
                GlobalInfo *info = r->pending[--r->pending_count];
                for (Definition *d = info->definitions; d; d = d->next) reach(&d->value, r);
            }
            continue;
        }
        GlobalInfo *info = global_info(r, form->body->u.define.global);
        if (info->global->definition_count != 1 || info->is_reached) continue;
        CoreNode *value = form->body->u.define.value;
        info->global->is_constant = true;
        if (value->kind == CORE_LAMBDA) {
            info->global->function = value->u.function;
            value->u.function->is_global = true;
        } else {
            info->constant = value;
        }
    }
}

/* ---- rewriting; a variable's scratch is the function it is known to be bound to ---- */

static CoreNode *resolve(Resolver *r, CoreNode *node);

static void resolve_child(CoreNode **child, void *data) { *child = resolve(data, *child); }

static CoreFunction *function_of_value(const CoreNode *value)
{
    if (value->kind == CORE_LAMBDA || value->kind == CORE_FUNCTION) return value->u.function;
    return value->kind == CORE_LOCAL ? value->u.local->scratch : NULL;
}

static CoreNode *resolve_global(Resolver *r, CoreNode *node)
{
    CoreGlobal *global = node->u.global;
    if (r->program->open_world || !global->is_constant) return node;
    if (global->function) return core_function_ref(r->program, node->place, global->function);
    GlobalInfo *info = global->scratch;
    return core_const(r->program, node->place, info->constant->u.constant);
}

static CoreNode *resolve_call(Resolver *r, CoreNode *node)
{
    core_each_child(node, resolve_child, r);
    CoreNode *callee = node->u.call.callee;
    if (callee->kind == CORE_GLOBAL && global_is_builtin(r->program, callee->u.global))
        return known_builtin_call(&r->known, node, callee->u.global->primitive);
    if (callee->kind == CORE_GLOBAL && callee->u.global->outside_function)
        known_arity_check(&r->known, node, callee->u.global->outside_function);
    CoreFunction *function = callee->kind == CORE_LAMBDA ? NULL : function_of_value(callee);
    return function ? known_function_call(&r->known, node, function) : node;
}

static void resolve_let(Resolver *r, CoreNode *node)
{
    node->u.let.init = resolve(r, node->u.let.init);
    node->u.let.var->scratch = function_of_value(node->u.let.init);
    node->u.let.body = resolve(r, node->u.let.body);
    node->u.let.var->scratch = NULL;
}

static void resolve_fix(Resolver *r, CoreNode *node)
{
    int count = node->u.fix.count;
    for (int i = 0; i < count; i++) node->u.fix.vars[i]->scratch = node->u.fix.functions[i];
    for (int i = 0; i < count; i++) resolve_child(&node->u.fix.functions[i]->body, r);
    node->u.fix.body = resolve(r, node->u.fix.body);
    for (int i = 0; i < count; i++) node->u.fix.vars[i]->scratch = NULL;
}

static CoreNode *resolve(Resolver *r, CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_GLOBAL: return resolve_global(r, node);
    case CORE_CALL: return resolve_call(r, node);
    case CORE_LAMBDA: resolve_child(&node->u.function->body, r); return node;
    case CORE_LET: resolve_let(r, node); return node;
    case CORE_FIX: resolve_fix(r, node); return node;
    default: core_each_child(node, resolve_child, r); return node;
    }
}

static void forget_globals(Resolver *r)
{
    for (int i = 0; i < r->global_count; i++) r->globals[i]->global->scratch = NULL;
}

void resolve_find_constants(Compiler *c, CoreProgram *p)
{
    Resolver r = {.known = {.compiler = c, .program = p}, .program = p};
    collect_definitions(&r);
    find_constants(&r);
    forget_globals(&r);
}

void pass_resolve(Compiler *c, CoreProgram *p)
{
    /* Compile-time copies of a form would repeat its warnings, so only closed worlds warn. */
    Resolver r = {.known = {.compiler = c, .program = p, .warn = !p->open_world}, .program = p};
    if (!p->open_world) {
        collect_definitions(&r);
        find_constants(&r);
    }
    for (int i = 0; i < p->toplevel_count; i++) resolve_child(&p->toplevel[i]->body, &r);
    forget_globals(&r);
}
