/* Which variables of the functions around it each function needs.
 *
 * A function needs the free variables of its own body, and what the functions need that it calls by name (they get
 * their captures as extra operands) or makes closures of.  A work list passes each new capture of a function on to
 * those users, so the cost is proportional to the result.  The order of captures is that of the first need: stable.
 *
 * Two rounds.  The first treats any mention of a known function as a need of what it captures; a function that then
 * has no captures is closed: it exists once, as a constant.  That tells which FIX groups need an environment record:
 * those with a member that is not closed and is used as a value.  In the second round the members of such a group
 * capture the record and nothing else; a variable from outside the group is an item of the record.  As closures of
 * the group are made from the record and held by nobody in it, counts stay free of cycles.
 */
#include "freevars.h"

typedef struct Capture {
    FunctionInfo *function;
    CoreVar *var;
} Capture;

enum { SMALL_SET = 12 }; /* up to here looking through the items is quicker than a table */

int var_set_position(const VarSet *set, const CoreVar *var)
{
    if (set->positions) return (int)(intptr_t)pointer_map_find(set->positions, var) - 1;
    for (int i = 0; i < set->count; i++)
        if (set->items[i] == var) return i;
    return -1;
}

static bool var_set_add(Arena *arena, VarSet *set, CoreVar *var)
{
    if (var_set_position(set, var) >= 0) return false;
    ARENA_PUSH(arena, set->items, set->count, set->capacity, var);
    if (set->positions) {
        pointer_map_set(set->positions, var, (void *)(intptr_t)set->count);
    } else if (set->count > SMALL_SET) {
        set->positions = pointer_map_new();
        for (int i = 0; i < set->count; i++) pointer_map_set(set->positions, set->items[i], (void *)(intptr_t)(i + 1));
    }
    return true;
}

static void var_set_clear(VarSet *set)
{
    pointer_map_free(set->positions);
    *set = (VarSet){0};
}

/* ---- scan: who binds, uses, calls and makes what ---- */

typedef struct Scan {
    FreeVars *fv;
    FunctionInfo *function;
} Scan;

static void scan(CoreNode **node, void *data);

static FunctionInfo *info_of_function(FreeVars *fv, CoreFunction *f)
{
    if (f->scratch) return f->scratch;
    FunctionInfo *info = arena_alloc(fv->arena, sizeof *info);
    info->function = f;
    f->scratch = info;
    ARENA_PUSH(fv->arena, fv->functions, fv->function_count, fv->function_capacity, info);
    return info;
}

static VarInfo *bind(FreeVars *fv, CoreVar *var, FunctionInfo *home)
{
    VarInfo *info = arena_alloc(fv->arena, sizeof *info);
    info->home = home;
    var->scratch = info;
    ARENA_PUSH(fv->arena, fv->vars, fv->var_count, fv->var_capacity, var);
    return info;
}

static void bind_function(FreeVars *fv, CoreVar *var, FunctionInfo *home, CoreFunction *f, bool is_fix)
{
    VarInfo *info = bind(fv, var, home);
    info->function = info_of_function(fv, f);
    info->is_fix = is_fix;
    ARENA_PUSH(fv->arena, fv->named, fv->named_count, fv->named_capacity, info);
}

static void scan_function(FreeVars *fv, CoreFunction *f, FunctionInfo *parent)
{
    FunctionInfo *info = info_of_function(fv, f);
    info->parent = parent;
    info->depth = parent ? parent->depth + 1 : 0;
    for (int i = 0; i < f->param_count; i++) bind(fv, f->params[i], info);
    Scan inner = {fv, info};
    scan(&f->body, &inner);
}

static void scan_let(Scan *s, CoreNode *node)
{
    CoreNode *init = node->u.let.init;
    if (init->kind == CORE_LAMBDA) {
        bind_function(s->fv, node->u.let.var, s->function, init->u.function, false);
        scan_function(s->fv, init->u.function, s->function);
    } else {
        scan(&node->u.let.init, s);
        bind(s->fv, node->u.let.var, s->function);
    }
    scan(&node->u.let.body, s);
}

static void scan_fix(Scan *s, CoreNode *node)
{
    FreeVars *fv = s->fv;
    Group *group = arena_alloc(fv->arena, sizeof *group);
    group->home = s->function;
    group->fix = node;
    ARENA_PUSH(fv->arena, fv->groups, fv->group_count, fv->group_capacity, group);
    for (int i = 0; i < node->u.fix.count; i++)
        bind_function(fv, node->u.fix.vars[i], s->function, node->u.fix.functions[i], true);
    for (int i = 0; i < node->u.fix.count; i++) scan_function(fv, node->u.fix.functions[i], s->function);
    scan(&node->u.fix.body, s);
}

static void scan(CoreNode **child, void *data)
{
    Scan *s = data;
    CoreNode *node = *child;
    FunctionInfo *f = s->function;
    Arena *arena = s->fv->arena;
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL:
        var_info(node->u.local)->is_value = true;
        ARENA_PUSH(arena, f->locals, f->local_count, f->local_capacity, node);
        break;
    case CORE_LAMBDA:
        scan_function(s->fv, node->u.function, f);
        ARENA_PUSH(arena, f->lambdas, f->lambda_count, f->lambda_capacity, function_info(node->u.function));
        break;
    case CORE_CALL_KNOWN: {
        FunctionInfo *callee = info_of_function(s->fv, node->u.call.function);
        ARENA_PUSH(arena, f->called, f->called_count, f->called_capacity, callee);
        core_each_child(node, scan, s);
        break;
    }
    case CORE_LET: scan_let(s, node); break;
    case CORE_FIX: scan_fix(s, node); break;
    case CORE_TRY:
        bind(s->fv, node->u.try_.error, f);
        core_each_child(node, scan, s);
        break;
    default: core_each_child(node, scan, s); break;
    }
}

/* ---- solving ---- */

bool freevars_holds_closure(const VarInfo *info)
{
    return !info->is_fix && info->is_value && !info->function->is_closed;
}

Group *freevars_record_for(const FunctionInfo *f, const CoreVar *var)
{
    const FunctionInfo *member = f->env_member;
    if (!member || member->group->env == var || member->depth <= var_info(var)->home->depth) return NULL;
    return member->group;
}

static void add_use(FreeVars *fv, FunctionInfo *of, FunctionInfo *user)
{
    Use *use = arena_alloc(fv->arena, sizeof *use);
    *use = (Use){user, of->uses};
    of->uses = use;
}

static void add_capture(FreeVars *fv, FunctionInfo *f, CoreVar *var)
{
    if (!var_set_add(fv->arena, &f->captures, var)) return;
    ARENA_PUSH(fv->arena, fv->pending, fv->pending_count, fv->pending_capacity, ((Capture){f, var}));
}

/* The code of f mentions the variable. */
static void need(FreeVars *fv, FunctionInfo *f, CoreVar *var)
{
    while (f != var_info(var)->home) {
        Group *group = freevars_record_for(f, var);
        if (!group) {
            add_capture(fv, f, var);
            return;
        }
        bool is_new = var_set_add(fv->arena, &group->items, var);
        if (f != f->env_member) add_capture(fv, f, group->env);
        if (!is_new) return;
        f = group->home; /* which makes the record */
    }
}

static void add_needs(FreeVars *fv, FunctionInfo *f)
{
    for (int i = 0; i < f->called_count; i++) add_use(fv, f->called[i], f);
    for (int i = 0; i < f->lambda_count; i++) add_use(fv, f->lambdas[i], f);
    for (int i = 0; i < f->local_count; i++) {
        CoreVar *var = f->locals[i]->u.local;
        const VarInfo *info = var_info(var);
        if (info->function && !(fv->is_final && freevars_holds_closure(info))) add_use(fv, info->function, f);
        else need(fv, f, var);
    }
}

static void solve(FreeVars *fv)
{
    for (int i = 0; i < fv->function_count; i++) {
        FunctionInfo *f = fv->functions[i];
        f->uses = NULL;
        var_set_clear(&f->captures);
        if (f->group) add_capture(fv, f, f->group->env);
    }
    for (int i = 0; i < fv->function_count; i++) add_needs(fv, fv->functions[i]);
    for (int i = 0; fv->is_final && i < fv->named_count; i++)
        if (freevars_holds_closure(fv->named[i])) add_use(fv, fv->named[i]->function, fv->named[i]->home);
    for (int i = 0; i < fv->pending_count; i++) {
        Capture capture = fv->pending[i];
        for (Use *use = capture.function->uses; use; use = use->next) need(fv, use->user, capture.var);
    }
    fv->pending_count = 0;
}

/* Gives an environment record to the groups that need one. */
static void choose_records(FreeVars *fv)
{
    for (int i = 0; i < fv->group_count; i++) {
        Group *group = fv->groups[i];
        CoreNode *fix = group->fix;
        bool is_needed = false;
        for (int j = 0; j < fix->u.fix.count; j++)
            is_needed |= var_info(fix->u.fix.vars[j])->is_value && !function_info(fix->u.fix.functions[j])->is_closed;
        if (!is_needed) continue;
        group->env = core_var(fv->program, "env");
        bind(fv, group->env, group->home);
        for (int j = 0; j < fix->u.fix.count; j++) {
            FunctionInfo *member = function_info(fix->u.fix.functions[j]);
            if (!member->is_closed) member->group = group;
        }
    }
}

void freevars_compute(FreeVars *fv, CoreProgram *p)
{
    *fv = (FreeVars){.program = p, .arena = arena_new()};
    for (int i = 0; i < p->toplevel_count; i++) scan_function(fv, p->toplevel[i], NULL);
    solve(fv);
    for (int i = 0; i < fv->function_count; i++) fv->functions[i]->is_closed = fv->functions[i]->captures.count == 0;
    choose_records(fv);
    for (int i = 0; i < fv->function_count; i++) {
        FunctionInfo *f = fv->functions[i];
        for (FunctionInfo *g = f; g && !f->env_member; g = g->parent)
            if (g->group) f->env_member = g;
    }
    fv->is_final = true;
    solve(fv);
}

void freevars_end(FreeVars *fv)
{
    for (int i = 0; i < fv->var_count; i++) fv->vars[i]->scratch = NULL;
    for (int i = 0; i < fv->function_count; i++) {
        var_set_clear(&fv->functions[i]->captures);
        fv->functions[i]->function->scratch = NULL;
    }
    for (int i = 0; i < fv->group_count; i++) var_set_clear(&fv->groups[i]->items);
    arena_free(fv->arena);
}
