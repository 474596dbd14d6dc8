/* Pass higher_order (optional): functions are copied for the functions that they are given.
 *
 * Requires and ensures STAGE_RESOLVE.  A call of a known function with a known function as an argument that it calls,
 * or passes on to one that calls it, becomes a call of a copy without that parameter: in (map (lambda (x) ...) xs) the
 * loop of map then calls the lambda by name, and no closure is made.  The copy of a recursive function calls itself, as
 * such a call has the same function at the same place; so does a group of functions that pass it around, like those of
 * `sort`.
 *
 * Copies for functions of the top level are top-level forms, shared by all calls.  Copies for a function with variables
 * around it are a FIX around the call, where those can be seen.  Within a copy only functions from outside of it count
 * as known; so there are finitely many, and a budget in proportion to the program bounds their size.
 *
 * The copies' callers, wrappers like `map` itself, and the lambdas are then inlined, for which pass inline is called again.
 *
 * Rejected: inlining the loop at the call, which does not help where several functions call each other.
 */
#include "known_calls.h"
#include "passes.h"
#include "remarks.h"
#include "simplify.h"

enum { MAX_FUNCTION_SIZE = 400 }; /* as written, before copies came into it */

typedef struct Known { /* CoreVar.scratch: what the variable is bound to */
    CoreFunction *function; /* NULL: a builtin */
    CoreNode *value; /* LOCAL of the variable that is bound to the lambda, FUNCTION or GLOBAL of a builtin */
} Known;

typedef struct Edge { /* the parameter gets the value of this variable in some call */
    CoreVar *var;
    struct Edge *next;
} Edge;

typedef struct Copy {
    const CoreFunction *of;
    CoreNode **values; /* by parameter; NULL: it stays */
    CoreFunction *function;
    struct Copy *next;
} Copy;

typedef struct Group { /* copies that call each other */
    Copy *copies;
    CoreFunction **functions;
    CoreVar **vars;
    int count, capacity, var_count, var_capacity;
    uint32_t first_var; /* variables from here on are the copies' own */
} Group;

typedef struct Walk {
    const CoreFunction *function;
    const struct Walk *outer;
} Walk;

typedef struct HigherOrder {
    KnownCalls known;
    Compiler *compiler;
    CoreProgram *program;
    Arena *arena;
    PointerMap *large; /* functions that are not copied */
    uint32_t var_limit;
    bool *is_called; /* by variable: it is called as a function, here or where it is passed on to */
    Edge **passed; /* by parameter */
    CoreVar **pending;
    int pending_count, pending_capacity;
    Group shared, *group; /* group: that of the copy being made, or NULL */
    CoreFunction *function; /* being walked */
    const Walk *walk; /* it, and the functions around it */
    CoreFunction *origin; /* top-level form being walked */
    int64_t budget;
    bool has_copies;
} HigherOrder;

/* ---- which parameters are called ------------------------------------------------------------------------------- */

static void note_called(HigherOrder *h, CoreVar *var)
{
    if (var->id >= h->var_limit || h->is_called[var->id]) return;
    h->is_called[var->id] = true;
    ARENA_PUSH(h->arena, h->pending, h->pending_count, h->pending_capacity, var);
}

static void add_size(CoreNode **child, void *data)
{
    int *size = data;
    if (++*size <= MAX_FUNCTION_SIZE) core_each_part(*child, add_size, size);
}

static void note_size(HigherOrder *h, CoreFunction *f)
{
    int size = 0;
    add_size(&f->body, &size);
    if (size > MAX_FUNCTION_SIZE) pointer_map_set(h->large, f, f);
}

static void scan(CoreNode **child, void *data)
{
    HigherOrder *h = data;
    const CoreNode *node = *child;
    if (node->kind == CORE_LAMBDA) note_size(h, node->u.function);
    for (int i = 0; node->kind == CORE_FIX && i < node->u.fix.count; i++) note_size(h, node->u.fix.functions[i]);
    bool calls = node->kind == CORE_CALL || node->kind == CORE_APPLY;
    if (calls && node->u.call.callee->kind == CORE_LOCAL) note_called(h, node->u.call.callee->u.local);
    for (int i = 0; node->kind == CORE_CALL_KNOWN && i < node->u.call.count; i++) {
        const CoreNode *arg = node->u.call.args[i];
        if (arg->kind != CORE_LOCAL) continue;
        Edge *edge = arena_alloc(h->arena, sizeof *edge);
        CoreVar *parameter = node->u.call.function->params[i];
        *edge = (Edge){arg->u.local, h->passed[parameter->id]};
        h->passed[parameter->id] = edge;
    }
    core_each_part(*child, scan, h);
}

static void find_called(HigherOrder *h)
{
    h->var_limit = h->program->next_var_id;
    h->is_called = arena_alloc(h->arena, h->var_limit * sizeof *h->is_called);
    h->passed = arena_alloc(h->arena, h->var_limit * sizeof *h->passed);
    for (int i = 0; i < h->program->toplevel_count; i++) scan(&h->program->toplevel[i]->body, h);
    while (h->pending_count > 0)
        for (Edge *e = h->passed[h->pending[--h->pending_count]->id]; e; e = e->next) note_called(h, e->var);
}

static bool takes_function(const HigherOrder *h, const CoreFunction *f, int parameter)
{
    if (f->has_rest && parameter == f->param_count - 1) return false;
    const CoreVar *var = f->params[parameter];
    return var->id < h->var_limit && h->is_called[var->id];
}

/* ---- known functions as arguments ------------------------------------------------------------------------------ */

/* A function that may be built into a copy: LOCAL of a known function, FUNCTION, GLOBAL of a builtin.  NULL: none. */
static CoreNode *known_value(const HigherOrder *h, CoreNode *arg)
{
    if (arg->kind == CORE_FUNCTION) return arg;
    if (arg->kind == CORE_GLOBAL) return global_is_builtin(h->program, arg->u.global) ? arg : NULL;
    const Known *known = arg->kind == CORE_LOCAL ? arg->u.local->scratch : NULL;
    if (!known) return NULL;
    bool is_inner = known->value->kind == CORE_LOCAL && h->group && known->value->u.local->id >= h->group->first_var;
    return is_inner ? NULL : known->value;
}

static bool is_same_value(const CoreNode *a, const CoreNode *b)
{
    if (!a || !b) return a == b;
    if (a->kind != b->kind) return false;
    if (a->kind == CORE_FUNCTION) return a->u.function == b->u.function;
    return a->kind == CORE_GLOBAL ? a->u.global == b->u.global : a->u.local == b->u.local;
}

static Copy *find_copy(const Group *group, const CoreFunction *of, CoreNode **values)
{
    for (Copy *copy = group->copies; copy; copy = copy->next) {
        if (copy->of != of) continue;
        int same = 0;
        while (same < of->param_count && is_same_value(copy->values[same], values[same])) same++;
        if (same == of->param_count) return copy;
    }
    return NULL;
}

/* ---- copies ---------------------------------------------------------------------------------------------------- */

static CoreNode *rewrite(HigherOrder *h, CoreNode *node);

static CoreNode *copy_value(CoreProgram *p, const CoreNode *value)
{
    CoreNode *copy = arena_alloc(p->arena, sizeof *copy);
    *copy = *value;
    return copy;
}

/* A copy of `of`, whose parameters with values are bound in its body instead. */
static Copy *make_copy(HigherOrder *h, Group *group, CoreFunction *of, CoreNode **values)
{
    CoreProgram *p = h->program;
    Copy *copy = arena_alloc(h->arena, sizeof *copy);
    CoreFunction *f = core_copy_function(p, of);
    *copy = (Copy){of, values, f, group->copies};
    group->copies = copy;
    CoreVar **params = f->params;
    int count = f->param_count;
    f->params = arena_alloc(p->arena, (size_t)count * sizeof *f->params);
    f->param_count = 0;
    for (int i = 0; i < count; i++) {
        if (values[i]) f->body = core_let(p, f->place, params[i], copy_value(p, values[i]), f->body);
        else f->params[f->param_count++] = params[i];
    }
    ARENA_PUSH(p->arena, group->functions, group->count, group->capacity, f);
    ARENA_PUSH(p->arena, group->vars, group->var_count, group->var_capacity, core_var(p, f->name));
    Group *outer = h->group;
    CoreFunction *outer_function = h->function;
    h->group = group;
    h->function = f;
    f->body = rewrite(h, f->body);
    h->group = outer;
    h->function = outer_function;
    return copy;
}

/* The call of the copy: without the arguments that it knows. */
static CoreNode *call_copy(HigherOrder *h, const CoreNode *call, const Copy *copy)
{
    CoreNode **args = arena_alloc(h->program->arena, (size_t)call->u.call.count * sizeof *args);
    int count = 0;
    for (int i = 0; i < call->u.call.count; i++)
        if (!copy->values[i]) args[count++] = call->u.call.args[i];
    return core_call_known(h->program, call->place, copy->function, count, args);
}

static void remark_copy(const HigherOrder *h, const CoreNode *call, CoreNode **values)
{
    for (int i = 0; i < call->u.call.count; i++) {
        if (!values[i] || !call->place) continue;
        const char *given = values[i]->kind == CORE_GLOBAL     ? values[i]->u.global->name
                            : values[i]->kind == CORE_FUNCTION ? values[i]->u.function->name
                                                               : values[i]->u.local->name;
        remark(h->compiler, call->place, h->function, REMARK_SPECIALIZED, "a copy of %s calls %s directly",
               call->u.call.function->name, given);
    }
}

/* The copies that a call of its own needs, around the call. */
static CoreNode *call_own_copy(HigherOrder *h, CoreNode *call, CoreNode **values)
{
    Group group = {.first_var = h->program->next_var_id};
    const Copy *copy = make_copy(h, &group, call->u.call.function, values);
    CoreNode *body = call_copy(h, call, copy);
    return core_fix(h->program, call->place, group.count, group.functions, group.vars, body);
}

static bool is_closed(const CoreFunction *f, CoreNode **values, int count)
{
    if (!f->is_global) return false;
    for (int i = 0; i < count; i++)
        if (values[i] && values[i]->kind == CORE_LOCAL) return false;
    return true;
}

/* An argument that is a lambda gets a name, by which the copies can call it. */
static CoreVar *name_lambda(HigherOrder *h, CoreNode **arg)
{
    CoreNode *lambda = *arg;
    CoreVar *var = core_var(h->program, lambda->u.function->name);
    Known *known = arena_alloc(h->arena, sizeof *known);
    *known = (Known){lambda->u.function, core_local(h->program, lambda->place, var)};
    var->scratch = known;
    *arg = core_local(h->program, lambda->place, var);
    return var;
}

/* A function that gives itself a new lambda does so in the copy, too: each turn another one, so the copy is no loop. */
static bool is_inside(const HigherOrder *h, const CoreFunction *f)
{
    for (const Walk *walk = h->walk; walk; walk = walk->outer)
        if (walk->function == f) return true;
    return false;
}

static CoreNode *specialize(HigherOrder *h, CoreNode *call)
{
    CoreFunction *f = call->u.call.function;
    int count = call->u.call.count, named_count = 0;
    CoreNode **values = NULL, **lambdas = NULL, **args = NULL;
    CoreVar **named = NULL;
    int size = -1;
    for (int i = 0; i < count; i++) {
        CoreNode *arg = call->u.call.args[i];
        if (!takes_function(h, f, i)) continue;
        bool is_new = arg->kind == CORE_LAMBDA && !h->group && !is_inside(h, f);
        if (!is_new && !known_value(h, arg)) continue;
        if (size < 0) size = core_size(f->body);
        if (h->budget < size || pointer_map_find(h->large, f)) return call;
        if (!values) {
            values = arena_alloc(h->arena, (size_t)count * sizeof *values);
            lambdas = arena_alloc(h->arena, (size_t)count * sizeof *lambdas);
            named = arena_alloc(h->arena, (size_t)count * sizeof *named);
            args = arena_alloc(h->program->arena, (size_t)count * sizeof *args);
            memcpy(args, call->u.call.args, (size_t)count * sizeof *args);
        }
        if (is_new) {
            lambdas[named_count] = arg;
            named[named_count++] = name_lambda(h, &args[i]);
        }
        values[i] = known_value(h, args[i]);
    }
    if (!values) return call;
    call = core_call_known(h->program, call->place, f, count, args); /* the old one may be part of what is copied */
    if (!h->group) remark_copy(h, call, values);
    f->is_dispensable = h->has_copies = true;
    bool closed = is_closed(f, values, count);
    Group *group = closed ? &h->shared : h->group;
    Copy *copy = group ? find_copy(group, f, values) : NULL;
    if (!copy) h->budget -= size;
    if (!copy && group) copy = make_copy(h, group, f, values);
    CoreNode *result = copy ? call_copy(h, call, copy) : call_own_copy(h, call, values);
    for (int i = named_count - 1; i >= 0; i--) {
        result = core_let(h->program, call->place, named[i], lambdas[i], result);
        named[i]->scratch = NULL;
    }
    return result;
}

/* ---- the walk -------------------------------------------------------------------------------------------------- */

static void rewrite_child(CoreNode **child, void *data) { *child = rewrite(data, *child); }

static void rewrite_body(HigherOrder *h, CoreFunction *f)
{
    CoreFunction *outer = h->function;
    Walk walk = {f, h->walk};
    h->function = f;
    h->walk = &walk;
    f->body = rewrite(h, f->body);
    h->function = outer;
    h->walk = walk.outer;
}

static Known *known_of_init(HigherOrder *h, CoreVar *var, CoreNode *init)
{
    if (init->kind == CORE_LOCAL) return init->u.local->scratch;
    bool is_builtin = init->kind == CORE_GLOBAL && global_is_builtin(h->program, init->u.global);
    if (init->kind != CORE_LAMBDA && init->kind != CORE_FUNCTION && !is_builtin) return NULL;
    Known *known = arena_alloc(h->arena, sizeof *known);
    *known = (Known){is_builtin ? NULL : init->u.function,
                     init->kind == CORE_LAMBDA ? core_local(h->program, init->place, var) : init};
    return known;
}

static CoreNode *rewrite_call(HigherOrder *h, CoreNode *node)
{
    core_each_child(node, rewrite_child, h);
    const CoreNode *callee = node->u.call.callee;
    const Known *known = callee->kind == CORE_LOCAL ? callee->u.local->scratch : NULL;
    if (!known) return node;
    if (!known->function) return known_builtin_call(&h->known, node, known->value->u.global->primitive);
    CoreNode *call = known_function_call(&h->known, node, known->function);
    return call->kind == CORE_CALL_KNOWN ? specialize(h, call) : call;
}

static CoreNode *rewrite_let(HigherOrder *h, CoreNode *node)
{
    CoreVar *var = node->u.let.var;
    node->u.let.init = rewrite(h, node->u.let.init);
    var->scratch = known_of_init(h, var, node->u.let.init);
    node->u.let.body = rewrite(h, node->u.let.body);
    var->scratch = NULL;
    return node;
}

static CoreNode *rewrite_fix(HigherOrder *h, CoreNode *node)
{
    int count = node->u.fix.count;
    for (int i = 0; i < count; i++) {
        Known *known = arena_alloc(h->arena, sizeof *known);
        CoreVar *var = node->u.fix.vars[i];
        *known = (Known){node->u.fix.functions[i], core_local(h->program, node->place, var)};
        var->scratch = known;
    }
    for (int i = 0; i < count; i++) rewrite_body(h, node->u.fix.functions[i]);
    node->u.fix.body = rewrite(h, node->u.fix.body);
    for (int i = 0; i < count; i++) node->u.fix.vars[i]->scratch = NULL;
    return node;
}

static CoreNode *rewrite(HigherOrder *h, CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CALL: return rewrite_call(h, node);
    case CORE_LET: return rewrite_let(h, node);
    case CORE_FIX: return rewrite_fix(h, node);
    case CORE_LAMBDA: rewrite_body(h, node->u.function); return node;
    case CORE_CALL_KNOWN: core_each_child(node, rewrite_child, h); return specialize(h, node);
    default: core_each_child(node, rewrite_child, h); return node;
    }
}

/* The shared copies as forms in front of the program's. */
static void add_shared(HigherOrder *h)
{
    CoreProgram *p = h->program;
    int count = h->shared.count, total = count + p->toplevel_count;
    if (count == 0) return;
    CoreFunction **forms = arena_alloc(p->arena, (size_t)total * sizeof *forms);
    for (int i = 0; i < count; i++) {
        forms[i] = core_function(p, "toplevel", NULL);
        forms[i]->is_toplevel = true;
        forms[i]->body = core_lambda(p, NULL, h->shared.functions[i]);
        h->shared.functions[i]->is_global = true;
    }
    memcpy(forms + count, p->toplevel, (size_t)p->toplevel_count * sizeof *forms);
    p->toplevel = forms;
    p->toplevel_count = p->toplevel_capacity = total;
}

void pass_higher_order(Compiler *c, CoreProgram *p)
{
    if (p->open_world) return;
    HigherOrder h = {.known = {.compiler = c, .program = p}, .compiler = c, .program = p, .arena = arena_new()};
    h.large = pointer_map_new();
    find_called(&h);
    h.budget = 4000;
    for (int i = 0; i < p->toplevel_count; i++) h.budget += 3 * (int64_t)core_size(p->toplevel[i]->body);
    for (int i = 0; i < p->toplevel_count; i++) rewrite_body(&h, p->toplevel[i]);
    add_shared(&h);
    pointer_map_free(h.large);
    arena_free(h.arena);
    if (pipeline_has(c, "inline")) inline_program(c, p, h.has_copies ? 2 : 1);
    else if (h.has_copies) pass_simplify(c, p);
}
