/* The invariants of core.h, checked after a pass; a violation is a bug of the compiler and stops it at once.
 *
 * Shape: kinds that the stage allows, operand counts, scopes, each variable bound once, tail marks and what follows
 * from them.
 *
 * Ownership (after pass rc): a walk in order of evaluation keeps for each variable whether it is owned.  Changes are
 * written to a trail, so that a branch can be undone: both branches of an IF start with the same owned
 * variables and must end with the same.  Body and handler of a TRY must leave the variables around it as they are.
 * What is not owned may be read as long as something holds it: the caller, or the whole of which it is a part.
 * Where a scope ends, its variable must have been given up; in tail position that includes that nothing is owned after
 * the call.
 *
 * Types (after pass types): facts about one value must not contradict each other, or code would take a word for what it is not.
 */
#include "core.h"

#include <stdarg.h>

typedef struct VarCheck { /* CoreVar.scratch while checking */
    CoreVar *var;
    CoreFunction *function; /* that binds it */
    struct VarCheck *whole; /* that holds it while it is not owned itself */
    bool in_scope, is_owned;
    bool is_lent; /* by the caller, or it needs no counting */
    uint32_t order; /* of binding */
    int branch_mark; /* last IF that changed it */
} VarCheck;

typedef struct Change { /* of ownership */
    VarCheck *info;
    bool before, after;
} Change;

typedef struct FunctionCheck { /* CoreFunction.scratch while checking */
    CoreFunction *function;
    bool is_found;
} FunctionCheck;

typedef struct Checker {
    const CoreProgram *program;
    enum CoreStage stage;
    const char *pass;
    Arena *arena;
    CoreFunction *function; /* being checked */
    bool has_self_tail_call;
    VarCheck **vars;
    int var_count, var_capacity;
    FunctionCheck **functions;
    int function_count, function_capacity;
    Change *trail; /* of what became owned or was given up, latest last */
    int trail_count, trail_capacity;
    int next_mark;
} Checker;

enum Position { POSITION_VALUE, POSITION_TAIL, POSITION_BORROW, POSITION_PART };

static void check(Checker *k, CoreNode *node, enum Position position);

static RT_NORETURN void fail(const Checker *k, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void fail(const Checker *k, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char what[200];
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    const char *in = k->function && k->function->name ? k->function->name : "program";
    rt_internal_error(arena_format(k->arena, "pass %s: %s: %s", k->pass, in, what));
}

/* ---- variables and functions ---- */

static bool is_counted(const Checker *k, const CoreVar *var) { return k->stage >= STAGE_RC && !var->is_unboxed; }

static void bind(Checker *k, CoreVar *var)
{
    if (!var) fail(k, "missing variable");
    if (var->scratch) fail(k, "variable %s is bound twice, or a pass left its scratch", var->name);
    VarCheck *info = arena_alloc(k->arena, sizeof *info);
    *info = (VarCheck){.var = var, .function = k->function, .in_scope = true, .order = (uint32_t)k->var_count};
    info->is_owned = is_counted(k, var) && !var->is_borrowed;
    info->is_lent = !info->is_owned;
    var->scratch = info;
    ARENA_PUSH(k->arena, k->vars, k->var_count, k->var_capacity, info);
}

static VarCheck *use(const Checker *k, const CoreVar *var)
{
    VarCheck *info = var->scratch;
    if (!info || !info->in_scope) fail(k, "variable %s is used outside its scope", var->name);
    if (k->stage >= STAGE_CLOSURES && info->function != k->function)
        fail(k, "variable %s belongs to function %s", var->name, info->function->name);
    return info;
}

static void unbind(const Checker *k, const CoreVar *var)
{
    VarCheck *info = use(k, var);
    if (info->is_owned) fail(k, "variable %s is never given up", var->name);
    info->in_scope = false;
}

static void change_owned(Checker *k, VarCheck *info, bool is_owned)
{
    Change change = {info, info->is_owned, is_owned};
    info->is_owned = is_owned;
    ARENA_PUSH(k->arena, k->trail, k->trail_count, k->trail_capacity, change);
}

static void consume(Checker *k, VarCheck *info)
{
    if (!info->is_owned) fail(k, "variable %s is consumed but not owned", info->var->name);
    change_owned(k, info, false);
}

static bool is_held(const VarCheck *info)
{
    for (; info; info = info->whole)
        if (info->is_owned || info->is_lent) return true;
    return false;
}

static FunctionCheck *function_check(Checker *k, CoreFunction *f)
{
    if (!f) fail(k, "missing function");
    if (f->scratch) return f->scratch;
    FunctionCheck *info = arena_alloc(k->arena, sizeof *info);
    info->function = f;
    f->scratch = info;
    ARENA_PUSH(k->arena, k->functions, k->function_count, k->function_capacity, info);
    return info;
}

/* ---- nodes ---- */

static bool is_allowed(const Checker *k, enum CoreKind kind)
{
    switch (kind) {
    case CORE_LAMBDA:
    case CORE_FIX: return k->stage < STAGE_CLOSURES;
    case CORE_FUNCTION:
    case CORE_CALL_KNOWN: return k->stage >= STAGE_RESOLVE;
    case CORE_CLOSURE: return k->stage >= STAGE_CLOSURES;
    case CORE_DROP: return k->stage >= STAGE_RC;
    default: return true;
    }
}

/* ---- types: what is known of a value, wherever it is known ---- */

/* The set of tags that the value of an operand can have; the empty set: it never gives a value. */
static uint32_t tags_of(const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: return TAG_BIT(node->u.constant.tag);
    case CORE_FUNCTION:
    case CORE_CLOSURE: return TAG_BIT(RT_CLOSURE);
    default: return node->type ? node->type->tags : TAGS_ALL;
    }
}

/* A value that goes where another type is known: some value must fit. */
static void check_fits(const Checker *k, const CoreNode *value, const CoreType *type, const char *where)
{
    uint32_t tags = tags_of(value);
    if (type && type->tags && tags && !(tags & type->tags))
        fail(k, "%s gets a value of a type that it cannot have", where);
}

/* Strangers pass anything. */
static void check_parameter_types(const Checker *k, const CoreFunction *f)
{
    for (int i = 0; f->escapes && i < f->param_count; i++)
        if (f->params[i]->type && f->params[i]->type->tags != TAGS_ALL)
            fail(k, "strangers call it, but not everything fits %s", f->params[i]->name);
}

static void check_local(Checker *k, const CoreNode *node, enum Position position)
{
    const CoreVar *var = node->u.local;
    VarCheck *info = use(k, var);
    if (var->type && node->type && node->type->tags & ~var->type->tags)
        fail(k, "%s is read as what it cannot be", var->name);
    if (k->stage < STAGE_RC) {
        if (node->use != USE_NONE) fail(k, "use of %s is marked before pass rc", var->name);
        return;
    }
    if (node->use == USE_NONE) fail(k, "use of %s is not marked", var->name);
    if (node->use == USE_BORROW && position != POSITION_BORROW)
        fail(k, "%s is borrowed where a value is owned", var->name);
    if (position == POSITION_BORROW && node->use != USE_BORROW && !var->is_unboxed)
        fail(k, "%s is not borrowed as an operand that is", var->name);
    if (var->is_unboxed) {
        if (node->use == USE_MOVE) fail(k, "%s is never counted but moved", var->name);
        return;
    }
    if (node->use == USE_MOVE) consume(k, info);
    else if (node->use == USE_DUP && !is_held(info)) fail(k, "%s is read but not owned", var->name);
}

static void check_args(Checker *k, const CoreNode *node)
{
    for (int i = 0; i < node->u.call.count; i++) check(k, node->u.call.args[i], POSITION_VALUE);
}

static void check_borrow_is_owned(const Checker *k, const CoreNode *node)
{
    if (node->kind != CORE_LOCAL || node->u.local->is_unboxed) return;
    if (!is_held(use(k, node->u.local))) fail(k, "%s is borrowed but not owned", node->u.local->name);
}

/* Operands of PRIM or CALL_KNOWN after pass rc. */
static void check_operands(Checker *k, const CoreNode *node, const char *what)
{
    for (int i = 0; i < node->u.call.count; i++) {
        CoreNode *arg = node->u.call.args[i];
        bool borrows = core_borrows(node, i);
        bool is_lent_global = arg->kind == CORE_GLOBAL && arg->use == USE_BORROW;
        if (borrows && !core_is_atom(arg) && !is_lent_global)
            fail(k, "%s borrows operand %d, which is no variable or constant", what, i);
        check(k, arg, borrows ? POSITION_BORROW : POSITION_VALUE);
    }
    for (int i = 0; i < node->u.call.count; i++)
        if (core_borrows(node, i)) check_borrow_is_owned(k, node->u.call.args[i]);
}

static void check_prim(Checker *k, const CoreNode *node, enum Position position)
{
    int primitive = node->u.call.primitive, count = node->u.call.count;
    if (primitive < 0 || primitive >= PRIMITIVE_COUNT) fail(k, "unknown primitive %d", primitive);
    const PrimInfo *info = &primitives[primitive];
    if (info->shape == SHAPE_TAIL) fail(k, "primitive %s needs APPLY", info->id);
    bool fits = count >= info->min && (info->max < 0 || count <= info->max);
    if (!fits) fail(k, "primitive %s with %d operands", info->id, count);
    if (k->stage < STAGE_RC) {
        check_args(k, node);
        return;
    }
    if (info->result == RESULT_PART && position != POSITION_PART) fail(k, "the result of %s is not owned", info->id);
    check_operands(k, node, info->id);
}

static void check_tail_mark(Checker *k, const CoreNode *node, enum Position position)
{
    bool is_tail = k->stage >= STAGE_TAIL && position == POSITION_TAIL && !k->function->is_toplevel;
    if (node->tail && !is_tail) fail(k, "tail mark on a call that is not last");
    if (is_tail && !node->tail && node->kind != CORE_CALL_KNOWN) fail(k, "last call without tail mark");
    if (!is_tail || !node->tail) return;
    CoreFunction *target = node->kind == CORE_CALL_KNOWN ? node->u.call.function : NULL;
    if (target == k->function) k->has_self_tail_call = true;
    else if (!k->function->needs_tailcc || (target && !target->needs_tailcc))
        fail(k, "tail call without the convention for it");
}

/* Callee and operands.  Who keeps what is lent: the function in whose frame the call is, or who lent it to this one when the frame
 * is left. */
static void check_unknown_call(Checker *k, const CoreNode *node)
{
    CoreNode *callee = node->u.call.callee, **args = node->u.call.args;
    enum CoreLending lending = core_lending(node);
    check(k, callee, lending ? POSITION_BORROW : POSITION_VALUE);
    for (int i = 0; i < node->u.call.count; i++) {
        bool is_borrow = lending == LEND_ALL && args[i]->use == USE_BORROW;
        if (lending == LEND_ALL && args[i]->use == USE_MOVE) fail(k, "a call lends some operands and moves others");
        check(k, args[i], is_borrow ? POSITION_BORROW : POSITION_VALUE);
    }
    if (lending) check_borrow_is_owned(k, callee);
    for (int i = 0; i < node->u.call.count; i++)
        if (args[i]->use == USE_BORROW) check_borrow_is_owned(k, args[i]);
}

static void check_call(Checker *k, const CoreNode *node, enum Position position)
{
    if (node->kind == CORE_CALL_KNOWN) {
        CoreFunction *f = node->u.call.function;
        function_check(k, f);
        if (node->u.call.count != core_param_count(f))
            fail(k, "call of %s with %d operands", f->name, node->u.call.count);
        bool is_reached = node->type && node->type->tags; /* what comes behind a certain error passes nothing */
        for (int i = 0; is_reached && i < node->u.call.count; i++)
            check_fits(k, node->u.call.args[i], core_param(f, i)->type, core_param(f, i)->name);
        if (f->result && node->type && node->type->tags & ~f->result->tags)
            fail(k, "a call of %s gives what it cannot return", f->name);
        if (k->stage >= STAGE_RC) check_operands(k, node, f->name);
        else check_args(k, node);
    } else {
        if (node->kind == CORE_APPLY && node->u.call.count < 1) fail(k, "apply without a list");
        check_unknown_call(k, node);
    }
    check_tail_mark(k, node, position);
}

static void check_function_value(Checker *k, CoreFunction *f, int captures)
{
    function_check(k, f);
    if (k->stage < STAGE_CLOSURES) return;
    if (f->capture_count != captures) fail(k, "value of function %s with %d captures", f->name, captures);
    if (!f->needs_closure) fail(k, "function %s is used as a value without needs_closure", f->name);
}

/* Takes the variables bound since `order` off the trail's part from `begin`; gives the number of the others. */
static int outer_changes(Checker *k, int begin, uint32_t order)
{
    int kept = begin;
    for (int i = begin; i < k->trail_count; i++)
        if (k->trail[i].info->order < order) k->trail[kept++] = k->trail[i];
    k->trail_count = kept;
    return kept - begin;
}

/* The trail has the changes of the first branch in [first, second), undone, and those of the second one after them. */
static void check_branches_agree(Checker *k, int first, int second)
{
    int mark = ++k->next_mark;
    for (int i = second - 1; i >= first; i--) { /* the last change of each variable says how it ended */
        const Change *change = &k->trail[i];
        if (change->info->branch_mark == mark) continue;
        change->info->branch_mark = mark;
        if (change->info->is_owned != change->after)
            fail(k, "%s is %s in one branch only", change->info->var->name, change->after ? "kept" : "given up");
    }
    for (int i = second; i < k->trail_count; i++) {
        const Change *change = &k->trail[i];
        if (change->info->branch_mark == mark) continue;
        change->info->branch_mark = mark;
        if (change->info->is_owned != change->before)
            fail(k, "%s is %s in the second branch only", change->info->var->name,
                 change->before ? "given up" : "kept");
    }
}

static void check_if(Checker *k, const CoreNode *node, enum Position position)
{
    bool may_borrow = node->u.branch.test->kind == CORE_LOCAL && k->stage >= STAGE_RC;
    bool is_borrow = may_borrow && node->u.branch.test->use == USE_BORROW;
    check(k, node->u.branch.test, is_borrow ? POSITION_BORROW : POSITION_VALUE);
    if (is_borrow) check_borrow_is_owned(k, node->u.branch.test);
    int first = k->trail_count;
    uint32_t order = (uint32_t)k->var_count;
    check(k, node->u.branch.then, position);
    int second = first + outer_changes(k, first, order);
    for (int i = second - 1; i >= first; i--) k->trail[i].info->is_owned = k->trail[i].before;
    check(k, node->u.branch.otherwise, position);
    outer_changes(k, second, order);
    check_branches_agree(k, first, second);
    k->trail_count = second;
}

static void check_try(Checker *k, const CoreNode *node)
{
    int begin = k->trail_count;
    uint32_t order = (uint32_t)k->var_count;
    check(k, node->u.try_.body, POSITION_VALUE);
    bind(k, node->u.try_.error);
    check(k, node->u.try_.handler, POSITION_VALUE);
    unbind(k, node->u.try_.error);
    if (outer_changes(k, begin, order) > 0)
        fail(k, "try gives up or keeps %s, bound outside", k->trail[begin].info->var->name);
}

static void check_let(Checker *k, const CoreNode *node, enum Position position)
{
    CoreNode *init = node->u.let.init;
    CoreVar *var = node->u.let.var;
    bool is_part = k->stage >= STAGE_RC && init->kind == CORE_PRIM && init->u.call.primitive >= 0 &&
                   init->u.call.primitive < PRIMITIVE_COUNT && primitives[init->u.call.primitive].result == RESULT_PART;
    bool is_lent_global = k->stage >= STAGE_RC && init->kind == CORE_GLOBAL && init->use == USE_BORROW;
    check(k, init, is_part ? POSITION_PART : is_lent_global ? POSITION_BORROW : POSITION_VALUE);
    check_fits(k, init, var->type, var->name);
    if (k->stage < STAGE_RC && var->is_unboxed && !type_is_immediate(var->type)) /* pass rc adds what is immortal */
        fail(k, "%s is not counted, but can be on the heap", var->name);
    if (is_part && !var->is_borrowed && !var->is_unboxed) fail(k, "%s is a part but counts as owned", var->name);
    if (!is_part && is_lent_global != var->is_borrowed)
        fail(k, "%s is %s", var->name, is_lent_global ? "lent but counts as owned" : "borrowed from nothing");
    bind(k, var);
    if (is_part && !var->is_unboxed && init->u.call.args[0]->kind == CORE_LOCAL) {
        VarCheck *info = var->scratch;
        info->is_lent = false;
        info->whole = use(k, init->u.call.args[0]->u.local);
    }
    check(k, node->u.let.body, position);
    unbind(k, var);
}

static void check_drop(Checker *k, const CoreNode *node, enum Position position)
{
    for (int i = 0; i < node->u.drop.kept_count; i++) {
        VarCheck *info = use(k, node->u.drop.kept[i]);
        if (info->is_owned || !info->var->is_borrowed) fail(k, "%s is kept but owned already", info->var->name);
        if (!is_held(info)) fail(k, "%s is kept but nothing holds it", info->var->name);
        change_owned(k, info, true);
    }
    for (int i = 0; i < node->u.drop.count; i++) {
        VarCheck *info = use(k, node->u.drop.vars[i]);
        if (info->var->is_unboxed) fail(k, "%s is never counted but dropped", info->var->name);
        consume(k, info);
    }
    check(k, node->u.drop.body, position);
}

static void check_function(Checker *k, CoreFunction *f);

static void check_fix(Checker *k, const CoreNode *node, enum Position position)
{
    int count = node->u.fix.count;
    if (count < 1) fail(k, "fix without functions");
    for (int i = 0; i < count; i++) bind(k, node->u.fix.vars[i]);
    for (int i = 0; i < count; i++) check_function(k, node->u.fix.functions[i]);
    check(k, node->u.fix.body, position);
    for (int i = 0; i < count; i++) unbind(k, node->u.fix.vars[i]);
}

static void check_seq(Checker *k, const CoreNode *node, enum Position position)
{
    int last = node->u.call.count - 1;
    if (last < 0) fail(k, "empty sequence");
    for (int i = 0; i < last; i++) check(k, node->u.call.args[i], POSITION_VALUE);
    check(k, node->u.call.args[last], position);
}

static void check_const(const Checker *k, const CoreNode *node)
{
    RtValue value = node->u.constant;
    if (value.tag == RT_UNBOUND) fail(k, "constant without a value");
    if (rt_is_heap(value) && !(*rt_count_of(rt_object(value)) & RT_IMMORTAL)) fail(k, "constant that is not immortal");
}

static void check(Checker *k, CoreNode *node, enum Position position)
{
    if (!node) fail(k, "missing node");
    if (node->kind > CORE_DROP) fail(k, "unknown kind %d", node->kind);
    if (!is_allowed(k, (enum CoreKind)node->kind)) fail(k, "kind %d is not allowed here", node->kind);
    bool is_lent_global = node->kind == CORE_GLOBAL && node->use == USE_BORROW && position == POSITION_BORROW;
    if (node->kind != CORE_LOCAL && node->use != USE_NONE && !is_lent_global)
        fail(k, "use mark on a node of kind %d", node->kind);
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: check_const(k, node); break;
    case CORE_LOCAL: check_local(k, node, position); break;
    case CORE_GLOBAL:
        if (k->stage >= STAGE_RESOLVE && node->u.global->is_constant && !k->program->open_world)
            fail(k, "constant global %s is read", node->u.global->name);
        break;
    case CORE_FUNCTION: check_function_value(k, node->u.function, 0); break;
    case CORE_CLOSURE:
        check_function_value(k, node->u.call.function, node->u.call.count);
        if (node->u.call.count < 1) fail(k, "closure without captures");
        check_args(k, node);
        break;
    case CORE_DEFINE: check(k, node->u.define.value, POSITION_VALUE); break;
    case CORE_LET: check_let(k, node, position); break;
    case CORE_SEQ: check_seq(k, node, position); break;
    case CORE_IF: check_if(k, node, position); break;
    case CORE_LAMBDA: check_function(k, node->u.function); break;
    case CORE_FIX: check_fix(k, node, position); break;
    case CORE_CALL:
    case CORE_APPLY:
    case CORE_CALL_KNOWN: check_call(k, node, position); break;
    case CORE_PRIM: check_prim(k, node, position); break;
    case CORE_TRY: check_try(k, node); break;
    case CORE_DROP: check_drop(k, node, position); break;
    }
}

/* ---- functions ---- */

static void check_function(Checker *k, CoreFunction *f)
{
    FunctionCheck *info = function_check(k, f);
    if (info->is_found) fail(k, "function %s occurs twice", f->name);
    info->is_found = true;
    CoreFunction *outer = k->function;
    bool outer_self_call = k->has_self_tail_call;
    k->function = f;
    k->has_self_tail_call = false;
    if (f->has_rest && f->param_count < 1) fail(k, "rest parameter is missing");
    if (f->is_toplevel && (f->param_count || f->capture_count)) fail(k, "top-level form with parameters");
    if (k->stage < STAGE_CLOSURES && f->capture_count) fail(k, "captures before pass closures");
    for (int i = 0; i < core_param_count(f); i++) {
        bind(k, core_param(f, i));
        if (k->stage >= STAGE_RC && f->needs_closure && core_param(f, i)->is_borrowed &&
            (!f->lends || (f->lends == LEND_CLOSURE && i >= f->capture_count)))
            fail(k, "a value borrows parameter %s", core_param(f, i)->name);
        if (core_param(f, i)->is_unboxed && !type_is_immediate(core_param(f, i)->type))
            fail(k, "parameter %s is not counted, but can be on the heap", core_param(f, i)->name);
    }
    check_parameter_types(k, f);
    check(k, f->body, POSITION_TAIL);
    for (int i = 0; i < core_param_count(f); i++) unbind(k, core_param(f, i));
    if (f->self_tail_calls != k->has_self_tail_call) fail(k, "self_tail_calls does not tell the truth");
    k->function = outer;
    k->has_self_tail_call = outer_self_call;
}

void core_check(const CoreProgram *p, enum CoreStage stage, const char *pass)
{
    Checker k = {.program = p, .stage = stage, .pass = pass, .arena = arena_new()};
    bool is_flat = stage >= STAGE_CLOSURES;
    int count = is_flat ? p->function_count : p->toplevel_count;
    CoreFunction **functions = is_flat ? p->functions : p->toplevel;
    for (int i = 0; i < count; i++)
        if (functions[i]->scratch) fail(&k, "a pass left the scratch of function %s", functions[i]->name);
    for (int i = 0; i < count; i++) check_function(&k, functions[i]);
    for (int i = 0; i < p->toplevel_count; i++) {
        if (!p->toplevel[i]->is_toplevel) fail(&k, "top-level form that is not marked");
        function_check(&k, p->toplevel[i]);
    }
    for (int i = 0; i < k.function_count; i++)
        if (!k.functions[i]->is_found) fail(&k, "function %s is not in the program", k.functions[i]->function->name);
    for (int i = 0; i < k.var_count; i++) k.vars[i]->var->scratch = NULL;
    for (int i = 0; i < k.function_count; i++) k.functions[i]->function->scratch = NULL;
    arena_free(k.arena);
}
