/* Pass closures: functions become flat.
 *
 * Requires STAGE_RESOLVE.  Ensures STAGE_CLOSURES: no LAMBDA, no FIX; all functions are in program->functions and
 * mention only their captures, parameters and own variables; CALL_KNOWN passes the callee's captures first;
 * needs_closure is set where a function is used as a value.
 *
 * freevars.c says what each function captures.  A lambda that captures nothing becomes FUNCTION, else CLOSURE, by
 * value.  A function that is only called by name is lifted: it gets its captures as operands.  When a function of a
 * FIX group is used as a value and the group has free variables, these are put in one environment record, which is
 * then the only capture of its members; a member as a value is a fresh CLOSURE over the record.
 */
#include "freevars.h"
#include "passes.h"

typedef struct Converter {
    CoreProgram *program;
    FunctionInfo *function; /* being rewritten */
} Converter;

static CoreNode *convert(Converter *k, CoreNode *node);

static void convert_child(CoreNode **child, void *data) { *child = convert(data, *child); }

/* The value of a variable in the current function. */
static CoreNode *access_var(Converter *k, const RtPlace *at, CoreVar *var)
{
    CoreProgram *p = k->program;
    const VarInfo *info = var_info(var);
    Group *group = k->function == info->home ? NULL : freevars_record_for(k->function, var);
    if (!group) return core_local(p, at, info->current ? info->current : var);
    CoreNode **args = arena_alloc(p->arena, 2 * sizeof *args);
    args[0] = core_local(p, at, var_info(group->env)->current);
    args[1] = core_const(p, at, rt_from_int(var_set_position(&group->items, var)));
    return core_prim(p, at, PRIM_env_ref, 2, args);
}

/* The captures of a function, to be given to it here; room for `extra` more operands behind them. */
static CoreNode **capture_operands(Converter *k, const RtPlace *at, const FunctionInfo *of, int extra)
{
    const VarSet *captures = &of->captures;
    CoreNode **args = arena_alloc(k->program->arena, (size_t)(captures->count + extra) * sizeof *args);
    for (int i = 0; i < captures->count; i++) args[i] = access_var(k, at, captures->items[i]);
    return args;
}

static CoreNode *function_value(Converter *k, const RtPlace *at, FunctionInfo *f)
{
    f->function->needs_closure = true;
    if (f->captures.count == 0) return core_function_ref(k->program, at, f->function);
    return core_closure(k->program, at, f->function, f->captures.count, capture_operands(k, at, f, 0));
}

/* Rewrites a function's body, in which each capture has a variable of its own. */
static void convert_function(Converter *k, CoreFunction *f)
{
    CoreProgram *p = k->program;
    FunctionInfo *info = function_info(f);
    int count = info->captures.count;
    CoreVar **outer = arena_alloc(p->arena, (size_t)count * sizeof *outer);
    f->capture_count = count;
    f->captures = arena_alloc(p->arena, (size_t)count * sizeof *f->captures);
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, f);
    for (int i = 0; i < count; i++) {
        VarInfo *captured = var_info(info->captures.items[i]);
        outer[i] = captured->current;
        f->captures[i] = core_var(p, info->captures.items[i]->name);
        captured->current = f->captures[i];
    }
    Converter inner = {p, info};
    f->body = convert(&inner, f->body);
    for (int i = 0; i < count; i++) var_info(info->captures.items[i])->current = outer[i];
}

static CoreNode *convert_local(Converter *k, CoreNode *node)
{
    const VarInfo *info = var_info(node->u.local);
    if (info->function && !freevars_holds_closure(info)) return function_value(k, node->place, info->function);
    return access_var(k, node->place, node->u.local);
}

static CoreNode *convert_lambda(Converter *k, CoreNode *node)
{
    convert_function(k, node->u.function);
    return function_value(k, node->place, function_info(node->u.function));
}

static CoreNode *convert_let(Converter *k, CoreNode *node)
{
    const VarInfo *info = var_info(node->u.let.var);
    if (info->function && !freevars_holds_closure(info)) {
        convert_function(k, info->function->function);
        return convert(k, node->u.let.body);
    }
    core_each_child(node, convert_child, k);
    return node;
}

static CoreNode *convert_fix(Converter *k, CoreNode *node)
{
    CoreProgram *p = k->program;
    Group *group = NULL;
    for (int i = 0; i < node->u.fix.count; i++) {
        convert_function(k, node->u.fix.functions[i]);
        FunctionInfo *member = function_info(node->u.fix.functions[i]);
        if (member->group) group = member->group;
    }
    CoreNode *body = convert(k, node->u.fix.body);
    if (!group) return body;
    const VarSet *items = &group->items;
    CoreNode **args = arena_alloc(p->arena, (size_t)items->count * sizeof *args);
    for (int i = 0; i < items->count; i++) args[i] = access_var(k, node->place, items->items[i]);
    return core_let(p, node->place, group->env, core_prim(p, node->place, PRIM_env, items->count, args), body);
}

static CoreNode *convert_call_known(Converter *k, CoreNode *node)
{
    core_each_child(node, convert_child, k);
    const FunctionInfo *callee = function_info(node->u.call.function);
    int captures = callee->captures.count, count = node->u.call.count;
    if (captures == 0) return node;
    CoreNode **args = capture_operands(k, node->place, callee, count);
    memcpy(args + captures, node->u.call.args, (size_t)count * sizeof *args);
    return core_call_known(k->program, node->place, node->u.call.function, captures + count, args);
}

static CoreNode *convert(Converter *k, CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL: return convert_local(k, node);
    case CORE_FUNCTION: node->u.function->needs_closure = true; return node;
    case CORE_LAMBDA: return convert_lambda(k, node);
    case CORE_LET: return convert_let(k, node);
    case CORE_FIX: return convert_fix(k, node);
    case CORE_CALL_KNOWN: return convert_call_known(k, node);
    default: core_each_child(node, convert_child, k); return node;
    }
}

/* A form that the compiler made to have a place for a function: nobody sees its value, so that what calls the function is known. */
static void convert_holder(Converter *k, CoreFunction *form)
{
    CoreFunction *held = form->body->u.function;
    form->body = core_const(k->program, NULL, rt_nil());
    convert_function(k, form);
    convert_function(k, held);
}

void pass_closures(Compiler *c, CoreProgram *p)
{
    (void)c;
    FreeVars fv;
    freevars_compute(&fv, p);
    Converter k = {.program = p};
    int last = p->toplevel_count - 1;
    for (int i = 0; i <= last; i++) {
        CoreFunction *form = p->toplevel[i];
        bool is_holder = i < last && !form->place && form->body->kind == CORE_LAMBDA;
        if (is_holder) convert_holder(&k, form);
        else convert_function(&k, form);
    }
    freevars_end(&fv);
}
