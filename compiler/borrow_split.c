/* Part of pass borrow: functions of which one version is lent what the other one owns.
 *
 * An evaluator goes down an expression by calls that are lent parts of it, and goes on by a tail call with a part of something of its
 * own, the body of a closure that it calls:
 *
 *   (function ev (e env) ... (call ev (car e) env) ... (tail-call ev (cdr e) env) ...
 *                            (let f (call ev ...) (tail-call ev (cdr f) ...)))
 *
 * Nobody would be left to drop that body if it were lent.  But if all calls had to give what they pass for good, each step into an
 * expression would count its parts, which the expression or the closure holds anyway.  So there are two versions: ev is lent e, as long as
 * it goes on with parts of it, and goes over to ev', which owns e, when it has something of its own.  In ev' e is *late*: it ends only with
 * the last use of a part, so that the calls in between are lent those parts; only tail calls go on in ev'.
 *
 *   (function ev (&e env) ... (call ev &(car e) env) ... (tail-call ev &(cdr e) env) ... (call ev' (cdr f) ...))
 *   (function ev' (e env) ... (call ev &(car e) env) ... (tail-call ev' (cdr e) env) ... (tail-call ev' (cdr f) ...))
 *
 * So is env, which is only handed on or put into something new.  And the closure is late as well, which ends whole: it is mostly shared.
 *
 * Parts of something else are what tells such functions: they are mostly held by others too, so that nothing can be used again.
 * Who goes on with something new rather owns it.
 */
#include "borrow_internal.h"
#include "cycles.h"

enum { LARGEST = 1000 /* nodes */ };

typedef struct Split {
    CoreProgram *program;
    int *components; /* of the graph of calls, by id of functions */
    CoreFunction *function; /* being walked */
    bool *goes_down; /* by id of parameters: a call in a circle, but no tail call, is given a part of it */
    bool *is_split; /* likewise: a tail call is given a part of something else */
    bool *goes_along, *is_handed; /* likewise: it may be lent to all; in a call that is no tail call it is */
    bool has_changed;
    void (*at_call)(struct Split *s, const CoreNode *call);
} Split;

/* ---- who calls whom in circles ------------------------------------------------------------------------------------- */

typedef struct Caller {
    Graph *graph;
    int id;
} Caller;

static void note_call(CoreNode **child, void *data)
{
    Caller *caller = data;
    const CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN) graph_add_edge(caller->graph, caller->id, (int)node->u.call.function->id);
    core_each_child(*child, note_call, caller);
}

static int *find_components(const CoreProgram *p, Arena *arena)
{
    Graph graph = graph_new(arena, (int)p->next_function_id);
    for (int i = 0; i < p->function_count; i++) {
        Caller caller = {&graph, (int)p->functions[i]->id};
        note_call(&p->functions[i]->body, &caller);
    }
    int *sizes;
    return graph_components(&graph, &sizes);
}

/* ---- what calls are given ------------------------------------------------------------------------------------------ */

/* The variable of whose value it is a part, through other variables that are such parts; NULL: none. */
static CoreVar *root_of_part(const CoreNode *node)
{
    bool is_part = false;
    for (; core_gives_part(node); node = node->u.call.args[0]) is_part = true;
    if (node->kind != CORE_LOCAL) return NULL;
    CoreVar *var = node->u.local;
    if (var->scratch) return var->scratch;
    return is_part ? var : NULL;
}

static bool is_param(const CoreFunction *f, const CoreVar *var)
{
    for (int i = 0; i < core_param_count(f); i++)
        if (core_param(f, i) == var) return true;
    return false;
}

static bool is_owned(const CoreVar *var) { return !var->is_borrowed && !var->is_unboxed && !var->is_hole; }

static void look_for_descent(Split *s, const CoreNode *call)
{
    if (call->tail || s->components[call->u.call.function->id] != s->components[s->function->id]) return;
    for (int i = 0; i < call->u.call.count; i++) {
        const CoreVar *root = root_of_part(call->u.call.args[i]);
        if (root && is_param(s->function, root)) s->goes_down[root->id] = true;
    }
}

static void look_for_splits(Split *s, const CoreNode *call)
{
    for (int i = 0; call->tail && i < call->u.call.count; i++) {
        const CoreVar *param = core_param(call->u.call.function, i), *root = root_of_part(call->u.call.args[i]);
        if (!root || !is_owned(root) || s->goes_down[root->id]) continue;
        if (s->goes_down[param->id] && is_owned(param)) s->is_split[param->id] = true;
    }
}

/* Where those parts come from: a closure is mostly held by others as well, and taking it apart would count all that is in it. */
static void mark_origins(Split *s, const CoreNode *call)
{
    for (int i = 0; call->tail && i < call->u.call.count; i++) {
        CoreVar *root = root_of_part(call->u.call.args[i]);
        bool is_split = s->is_split[core_param(call->u.call.function, i)->id];
        if (root && is_owned(root) && is_split && !s->goes_down[root->id]) root->is_late = true;
    }
}

static void walk(CoreNode **child, void *data)
{
    Split *s = data;
    CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN) s->at_call(s, node);
    if (node->kind != CORE_LET) {
        core_each_child(node, walk, s);
        return;
    }
    walk(&node->u.let.init, s);
    node->u.let.var->scratch = root_of_part(node->u.let.init);
    walk(&node->u.let.body, s);
    node->u.let.var->scratch = NULL;
}

static void walk_all(Split *s, void (*at_call)(Split *s, const CoreNode *call))
{
    s->at_call = at_call;
    for (int i = 0; i < s->program->function_count; i++) {
        s->function = s->program->functions[i];
        walk(&s->function->body, s);
    }
}

/* ---- what goes along ------------------------------------------------------------------------------------------------ */

/* An environment is lent as well: what is only looked at, handed on to such a parameter, or put into something new.  Not so what is
 * returned, changed, or given to anybody else, as a table or a list that is built on the way: it is to stay unshared. */
enum Fate { FATE_GOOD, FATE_BAD }; /* of a value where it is used */

static void follow(Split *s, CoreNode *node, enum Fate fate);

static void follow_well(CoreNode **child, void *data) { follow(data, *child, FATE_GOOD); }
static void follow_ill(CoreNode **child, void *data) { follow(data, *child, FATE_BAD); }

static void spoil(Split *s, const CoreVar *var)
{
    if (!s->goes_along[var->id]) return;
    s->goes_along[var->id] = false;
    s->has_changed = true;
}

static bool makes_something(int primitive)
{
    switch (primitive) {
    case PRIM_cons:
    case PRIM_list:
    case PRIM_vector:
    case PRIM_extend:
    case PRIM_fill: return true;
    default: return false;
    }
}

static void follow_call(Split *s, CoreNode *call)
{
    for (int i = 0; i < call->u.call.count; i++) {
        const CoreVar *param = core_param(call->u.call.function, i);
        CoreNode *operand = call->u.call.args[i];
        bool is_good = param->is_borrowed || param->is_unboxed || s->goes_along[param->id] || s->goes_down[param->id];
        if (is_good && operand->kind == CORE_LOCAL && !call->tail) s->is_handed[operand->u.local->id] = true;
        follow(s, operand, is_good ? FATE_GOOD : FATE_BAD);
    }
}

static void follow_prim(Split *s, CoreNode *node)
{
    const PrimInfo *info = &primitives[node->u.call.primitive];
    for (int i = 0; i < node->u.call.count; i++) {
        bool is_good = prim_borrows(info, i) || makes_something(node->u.call.primitive);
        follow(s, node->u.call.args[i], is_good ? FATE_GOOD : FATE_BAD);
    }
}

static void follow(Split *s, CoreNode *node, enum Fate fate)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL:
        if (fate == FATE_BAD) spoil(s, node->u.local);
        return;
    case CORE_PRIM: follow_prim(s, node); return;
    case CORE_CALL_KNOWN: follow_call(s, node); return;
    case CORE_CLOSURE: core_each_child(node, follow_well, s); return;
    case CORE_LET:
        follow(s, node->u.let.init, FATE_BAD);
        follow(s, node->u.let.body, fate);
        return;
    case CORE_IF:
        follow(s, node->u.branch.test, FATE_GOOD);
        follow(s, node->u.branch.then, fate);
        follow(s, node->u.branch.otherwise, fate);
        return;
    case CORE_SEQ:
        for (int i = 0; i < node->u.call.count; i++)
            follow(s, node->u.call.args[i], i < node->u.call.count - 1 ? FATE_GOOD : fate);
        return;
    default: core_each_child(node, follow_ill, s); return;
    }
}

static void find_what_goes_along(Split *s)
{
    const CoreProgram *p = s->program;
    for (int i = 0; i < p->function_count; i++)
        for (int j = 0; j < core_param_count(p->functions[i]); j++)
            s->goes_along[core_param(p->functions[i], j)->id] = is_owned(core_param(p->functions[i], j));
    do {
        s->has_changed = false;
        for (int i = 0; i < p->function_count; i++) follow(s, p->functions[i]->body, FATE_BAD);
    } while (s->has_changed);
}

/* ---- versions ------------------------------------------------------------------------------------------------------ */

static bool is_to_be_split(const Split *s, const CoreFunction *f)
{
    bool is_split = false;
    for (int i = 0; i < core_param_count(f); i++) is_split |= s->is_split[core_param(f, i)->id];
    return is_split && core_size(f->body) <= LARGEST;
}

static bool is_lent(const Split *s, const CoreVar *param)
{
    return s->is_split[param->id] || (s->goes_along[param->id] && s->is_handed[param->id]);
}

static CoreFunction *make_owner(const Split *s, CoreFunction *f)
{
    CoreFunction *owner = core_add_version(s->program, f);
    owner->takes_over = true; /* or each expression that is being evaluated would have two frames */
    for (int i = 0; i < core_param_count(f); i++) core_param(owner, i)->is_late = is_lent(s, core_param(f, i));
    return owner;
}

/* In such a circle what is lent is counted where it is owned: an error or a closure may have the expression or parts of it. */
static void lend_all_in(const Split *s, int component, bool *lends)
{
    for (int i = 0; i < s->program->function_count; i++) {
        const CoreFunction *f = s->program->functions[i];
        for (int j = 0; s->components[f->id] == component && j < core_param_count(f); j++) {
            const CoreVar *param = core_param(f, j);
            if (s->goes_down[param->id] || is_lent(s, param)) lends[param->id] = true;
        }
    }
}

CoreFunction **borrow_split(CoreProgram *p, Arena *arena, bool *lends)
{
    Split s = {.program = p, .components = find_components(p, arena)};
    s.goes_down = arena_alloc(arena, p->next_var_id * sizeof(bool));
    s.is_split = arena_alloc(arena, p->next_var_id * sizeof(bool));
    walk_all(&s, look_for_descent);
    walk_all(&s, look_for_splits);
    s.goes_along = arena_alloc(arena, p->next_var_id * sizeof(bool));
    s.is_handed = arena_alloc(arena, p->next_var_id * sizeof(bool));
    CoreFunction **owners = NULL;
    int count = p->function_count;
    bool is_any_split = false;
    for (int i = 0; i < count; i++) is_any_split |= is_to_be_split(&s, p->functions[i]);
    if (!is_any_split) return NULL;
    walk_all(&s, mark_origins);
    find_what_goes_along(&s);
    uint32_t ids = p->next_function_id + (uint32_t)count;
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        if (!is_to_be_split(&s, f)) continue;
        if (!owners) owners = arena_alloc(arena, ids * sizeof(CoreFunction *));
        owners[f->id] = make_owner(&s, f);
    }
    for (int i = 0; owners && i < count; i++)
        if (owners[p->functions[i]->id]) lend_all_in(&s, s.components[p->functions[i]->id], lends);
    return owners;
}

/* ---- in vain ------------------------------------------------------------------------------------------------------- */

typedef struct Replaced {
    const CoreFunction *old;
    CoreFunction *new;
} Replaced;

static void replace_calls(CoreNode **child, void *data)
{
    const Replaced *r = data;
    CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN && node->u.call.function == r->old) node->u.call.function = r->new;
    core_each_child(node, replace_calls, data);
}

void borrow_replace_calls(CoreFunction *in, const CoreFunction *old, CoreFunction *new)
{
    Replaced r = {old, new};
    replace_calls(&in->body, &r);
}

void borrow_replace_function(CoreProgram *p, const CoreFunction *old, CoreFunction *new)
{
    int kept = 0;
    for (int i = 0; i < p->function_count; i++) {
        if (p->functions[i] == old) continue;
        borrow_replace_calls(p->functions[i], old, new);
        p->functions[kept++] = p->functions[i];
    }
    p->function_count = kept;
}

bool borrow_take_back_splits(CoreProgram *p, CoreFunction **owners)
{
    bool has_changed = false;
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i], *owner = owners[f->id];
        bool is_lent = !owner;
        for (int j = 0; owner && j < core_param_count(f); j++) {
            CoreVar *late = core_param(owner, j);
            if (!late->is_late) continue;
            late->is_late = core_param(f, j)->is_borrowed;
            has_changed |= !late->is_late;
            is_lent |= late->is_late;
        }
        if (is_lent) continue;
        owners[f->id] = NULL;
        borrow_replace_function(p, owner, f);
    }
    return has_changed;
}
