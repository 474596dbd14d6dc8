/* Deep copies, with fresh variables and functions: of a top-level form, or of one function within its program.
 *
 * The compile-time world evaluates definitions of a program that is itself still to be compiled; the passes change
 * Core in place, so each world needs its own tree.  Globals and constants are shared.  Functions are copied when they
 * are first met, at the place that binds them or, in Core that went through `resolve`, at a reference to a function
 * of another form.  The copy of one function, to be inlined or specialised, shares what is bound outside of it.
 */
#include "core.h"

typedef struct Copier {
    CoreProgram *to;
    PointerMap *copies; /* variable or function -> its copy */
    PointerMap *globals; /* those listed in the program already; NULL: a copy within the program */
} Copier;

static CoreNode *copy_node(Copier *k, const CoreNode *node);

static CoreVar *find_var(const Copier *k, const CoreVar *var)
{
    CoreVar *copy = pointer_map_find(k->copies, var);
    if (copy) return copy;
    if (k->globals) rt_internal_error("core_copy_toplevel: variable used outside its scope");
    return (CoreVar *)(uintptr_t)var; /* bound outside of what is copied */
}

static CoreVar *copy_var(Copier *k, const CoreVar *var)
{
    CoreVar *copy = core_var(k->to, var->name);
    copy->is_hole = var->is_hole;
    copy->is_unboxed = var->is_unboxed;
    copy->is_borrowed = var->is_borrowed;
    copy->is_late = var->is_late;
    copy->part = var->part;
    copy->item = var->item;
    copy->type = var->type;
    if (var->whole) copy->whole = find_var(k, var->whole);
    pointer_map_set(k->copies, var, copy);
    return copy;
}

static CoreVar **copy_vars(Copier *k, CoreVar *const *vars, int count)
{
    CoreVar **copies = arena_alloc(k->to->arena, (size_t)count * sizeof *copies);
    for (int i = 0; i < count; i++) copies[i] = copy_var(k, vars[i]);
    return copies;
}

static void list_global(Copier *k, CoreGlobal *global)
{
    if (!k->globals || pointer_map_find(k->globals, global)) return;
    pointer_map_set(k->globals, global, global);
    ARENA_PUSH(k->to->arena, k->to->globals, k->to->global_count, k->to->global_capacity, global);
}

/* Everything of a function but its body: a body may refer to functions whose copies must exist before. */
static CoreFunction *copy_header(Copier *k, const CoreFunction *f)
{
    CoreFunction *copy = core_function(k->to, f->name, f->place);
    pointer_map_set(k->copies, f, copy);
    copy->doc = f->doc;
    copy->is_toplevel = f->is_toplevel;
    copy->is_library = f->is_library;
    copy->has_rest = f->has_rest;
    copy->param_count = f->param_count;
    copy->params = copy_vars(k, f->params, f->param_count);
    copy->capture_count = f->capture_count;
    copy->captures = copy_vars(k, f->captures, f->capture_count);
    copy->needs_closure = f->needs_closure;
    copy->self_tail_calls = f->self_tail_calls;
    copy->needs_tailcc = f->needs_tailcc;
    copy->generic = f->generic;
    return copy;
}

static CoreFunction *copy_function(Copier *k, const CoreFunction *f)
{
    CoreFunction *copy = pointer_map_find(k->copies, f);
    if (copy) return copy;
    copy = copy_header(k, f);
    copy->body = copy_node(k, f->body);
    return copy;
}

/* The function that a call or a FUNCTION names. */
static CoreFunction *copy_reference(Copier *k, CoreFunction *f)
{
    CoreFunction *copy = pointer_map_find(k->copies, f);
    if (copy) return copy;
    return k->globals ? copy_function(k, f) : f;
}

static CoreNode **copy_args(Copier *k, const CoreNode *node)
{
    int count = node->u.call.count;
    CoreNode **args = arena_alloc(k->to->arena, (size_t)count * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = copy_node(k, node->u.call.args[i]);
    return args;
}

static CoreNode *copy_fix(Copier *k, const CoreNode *node)
{
    int count = node->u.fix.count;
    CoreVar **vars = copy_vars(k, node->u.fix.vars, count);
    CoreFunction **functions = arena_alloc(k->to->arena, (size_t)count * sizeof *functions);
    for (int i = 0; i < count; i++) functions[i] = copy_header(k, node->u.fix.functions[i]);
    for (int i = 0; i < count; i++) functions[i]->body = copy_node(k, node->u.fix.functions[i]->body);
    return core_fix(k->to, node->place, count, functions, vars, copy_node(k, node->u.fix.body));
}

static CoreVar **find_vars(Copier *k, CoreVar *const *vars, int count)
{
    CoreVar **found = arena_alloc(k->to->arena, ((size_t)count + 1) * sizeof *found);
    for (int i = 0; i < count; i++) found[i] = find_var(k, vars[i]);
    return found;
}

static CoreNode *copy_drop(Copier *k, const CoreNode *node)
{
    int count = node->u.drop.count, kept = node->u.drop.kept_count;
    CoreVar **vars = find_vars(k, node->u.drop.vars, count);
    CoreNode *copy = core_drop(k->to, node->place, count, vars, copy_node(k, node->u.drop.body));
    copy->u.drop.kept_count = kept;
    copy->u.drop.kept = find_vars(k, node->u.drop.kept, kept);
    if (node->u.drop.shell) copy->u.drop.shell = find_var(k, node->u.drop.shell);
    return copy;
}

/* A binder's variable is copied before its scope and after what is evaluated outside it. */
static CoreNode *copy_binder(Copier *k, const CoreNode *node)
{
    if (node->kind == CORE_LET) {
        CoreNode *init = copy_node(k, node->u.let.init);
        CoreVar *var = copy_var(k, node->u.let.var);
        return core_let(k->to, node->place, var, init, copy_node(k, node->u.let.body));
    }
    CoreNode *body = copy_node(k, node->u.try_.body);
    CoreVar *error = copy_var(k, node->u.try_.error);
    return core_try(k->to, node->place, body, error, copy_node(k, node->u.try_.handler));
}

static CoreNode *copy_node(Copier *k, const CoreNode *node)
{
    CoreProgram *to = k->to;
    const RtPlace *at = node->place;
    CoreNode *copy = NULL;
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: copy = core_const(to, at, node->u.constant); break;
    case CORE_LOCAL: copy = core_local(to, at, find_var(k, node->u.local)); break;
    case CORE_GLOBAL:
        list_global(k, node->u.global);
        copy = core_global(to, at, node->u.global);
        break;
    case CORE_FUNCTION: copy = core_function_ref(to, at, copy_reference(k, node->u.function)); break;
    case CORE_LAMBDA: copy = core_lambda(to, at, copy_function(k, node->u.function)); break;
    case CORE_DEFINE:
        list_global(k, node->u.define.global);
        copy = core_define(to, at, node->u.define.global, copy_node(k, node->u.define.value));
        break;
    case CORE_LET:
    case CORE_TRY: copy = copy_binder(k, node); break;
    case CORE_SEQ: copy = core_seq(to, at, node->u.call.count, copy_args(k, node)); break;
    case CORE_IF: {
        CoreNode *test = copy_node(k, node->u.branch.test), *then = copy_node(k, node->u.branch.then);
        copy = core_if(to, at, test, then, copy_node(k, node->u.branch.otherwise));
        break;
    }
    case CORE_FIX: copy = copy_fix(k, node); break;
    case CORE_CLOSURE:
        copy = core_closure(to, at, copy_reference(k, node->u.call.function), node->u.call.count, copy_args(k, node));
        break;
    case CORE_CALL:
    case CORE_APPLY: {
        CoreNode *callee = copy_node(k, node->u.call.callee);
        copy = core_call(to, at, callee, node->u.call.count, copy_args(k, node));
        break;
    }
    case CORE_CALL_KNOWN:
        copy =
            core_call_known(to, at, copy_reference(k, node->u.call.function), node->u.call.count, copy_args(k, node));
        break;
    case CORE_PRIM: copy = core_prim(to, at, node->u.call.primitive, node->u.call.count, copy_args(k, node)); break;
    case CORE_DROP: copy = copy_drop(k, node); break;
    }
    copy->kind = node->kind;
    copy->use = node->use;
    copy->tail = node->tail;
    copy->is_unique = node->is_unique;
    copy->type = node->type;
    return copy;
}

CoreFunction *core_copy_toplevel(CoreProgram *to, CoreFunction *form)
{
    Copier k = {.to = to, .copies = pointer_map_new(), .globals = pointer_map_new()};
    for (int i = 0; i < to->global_count; i++) pointer_map_set(k.globals, to->globals[i], to->globals[i]);
    CoreFunction *copy = copy_function(&k, form);
    ARENA_PUSH(to->arena, to->toplevel, to->toplevel_count, to->toplevel_capacity, copy);
    pointer_map_free(k.copies);
    pointer_map_free(k.globals);
    return copy;
}

CoreFunction *core_copy_function(CoreProgram *p, const CoreFunction *f)
{
    Copier k = {.to = p, .copies = pointer_map_new()};
    CoreFunction *copy = copy_header(&k, f);
    pointer_map_set(k.copies, f, (void *)(uintptr_t)f); /* its calls of itself stay calls of the original */
    copy->body = copy_node(&k, f->body);
    pointer_map_free(k.copies);
    return copy;
}

CoreFunction *core_add_version(CoreProgram *p, const CoreFunction *f)
{
    CoreFunction *copy = core_copy_function(p, f);
    copy->needs_closure = false;
    copy->is_global = f->is_global;
    copy->is_generic = f->is_generic;
    copy->is_inlined = f->is_inlined;
    copy->result = f->result;
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, copy);
    return copy;
}
