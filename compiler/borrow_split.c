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

/* ---- versions ------------------------------------------------------------------------------------------------------ */

static bool is_to_be_split(const Split *s, const CoreFunction *f)
{
    bool is_split = false;
    for (int i = 0; i < core_param_count(f); i++) is_split |= s->is_split[core_param(f, i)->id];
    return is_split && core_size(f->body) <= LARGEST;
}

static CoreFunction *make_owner(const Split *s, CoreFunction *f)
{
    CoreFunction *owner = core_add_version(s->program, f);
    owner->takes_over = true; /* or each expression that is being evaluated would have two frames */
    for (int i = 0; i < core_param_count(f); i++) core_param(owner, i)->is_late = s->is_split[core_param(f, i)->id];
    return owner;
}

/* In such a circle what is lent is counted where it is owned: an error or a closure may have the expression or parts of it. */
static void lend_all_in(const Split *s, int component, uint8_t *lending)
{
    for (int i = 0; i < s->program->function_count; i++) {
        const CoreFunction *f = s->program->functions[i];
        for (int j = 0; s->components[f->id] == component && j < core_param_count(f); j++) {
            const CoreVar *param = core_param(f, j);
            if (s->goes_down[param->id]) lending[param->id] = LENDS_ALL;
        }
    }
}

CoreFunction **borrow_split(CoreProgram *p, Arena *arena, uint8_t *lending)
{
    Split s = {.program = p, .components = find_components(p, arena)};
    s.goes_down = arena_alloc(arena, p->next_var_id * sizeof(bool));
    s.is_split = arena_alloc(arena, p->next_var_id * sizeof(bool));
    walk_all(&s, look_for_descent);
    walk_all(&s, look_for_splits);
    CoreFunction **owners = NULL;
    int count = p->function_count;
    uint32_t ids = p->next_function_id + (uint32_t)count;
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        if (!is_to_be_split(&s, f)) continue;
        if (!owners) owners = arena_alloc(arena, ids * sizeof(CoreFunction *));
        owners[f->id] = make_owner(&s, f);
    }
    for (int i = 0; owners && i < count; i++)
        if (owners[p->functions[i]->id]) lend_all_in(&s, s.components[p->functions[i]->id], lending);
    return owners;
}

/* ---- in vain ------------------------------------------------------------------------------------------------------- */

typedef struct Taken {
    CoreFunction *owner, *function;
} Taken;

static void replace_calls(CoreNode **child, void *data)
{
    const Taken *taken = data;
    CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN && node->u.call.function == taken->owner) node->u.call.function = taken->function;
    core_each_child(node, replace_calls, data);
}

static void take_back(CoreProgram *p, CoreFunction *f, CoreFunction *owner)
{
    Taken taken = {owner, f};
    int kept = 0;
    for (int i = 0; i < p->function_count; i++) {
        if (p->functions[i] == owner) continue;
        replace_calls(&p->functions[i]->body, &taken);
        p->functions[kept++] = p->functions[i];
    }
    p->function_count = kept;
}

bool borrow_take_back_splits(CoreProgram *p, CoreFunction **owners)
{
    bool has_changed = false;
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i], *owner = owners[f->id];
        bool is_lent = true;
        for (int j = 0; owner && j < core_param_count(f); j++)
            is_lent &= core_param(f, j)->is_borrowed || !core_param(owner, j)->is_late;
        if (!owner || is_lent) continue;
        owners[f->id] = NULL;
        take_back(p, f, owner);
        has_changed = true;
    }
    return has_changed;
}
