/* Pass fuse (optional): a list that is made only to be taken apart once is not made.
 *
 * Requires and ensures STAGE_CLOSURES.
 *
 *   (sum (squares (range n)))
 *
 * makes two lists, of which each cell is read once and freed.  Where the list that a known function makes, a *producer*, whose
 * results are (cons e (f ...)), is the operand of one that takes it apart, a *consumer*, which looks at its car and goes on with its cdr,
 * both become one function (fuse_steps.c): a loop that hands each element over when it is made.  That function is a producer again if
 * the consumer was one, so what is left of a chain of maps and filters is one loop, in which pass types sees numbers.  Primitives like
 * range and length have functions for this purpose (fuse_lists.c).
 *
 * This is deforestation (Wadler, Deforestation: transforming programs to eliminate trees, 1990), for functions that were written in any
 * way and, unlike foldr/build (Gill, Launchbury, Peyton Jones, A short cut to deforestation, 1993), not in terms of two combinators.
 *
 * In a language with effects the order matters: all that the producer does comes before all that the consumer does.  They may take turns
 * only if nobody can tell (fuse_quiet.c): if what the producer does for an element has no effect, cannot raise and ends, or if that
 * holds for the consumer, which must then also use the whole list.  Whether arithmetic may raise is a question of types, so
 * they are inferred for this pass, if there is anything to fuse.  Recursion of the producer must be known to end, as a list
 * without an end is found when there is no memory left, and a loop would run for ever.  What must be known of operands for that, and that
 * those of range are ints, is asked at run time:
 *
 *   (if (is_int n) (fused 0 n) (sum (squares (range n))))
 *
 * The list must have no other use, and nothing that can be observed may come between its making and its use.
 *
 * Rejected: to fuse while the passes before this one still see lambdas; what a list function is given is then often not known yet.
 */
#include "fuse.h"
#include "cycles.h"
#include "passes.h"
#include "remarks.h"

enum { BUDGET_MIN = 2000, GUARDS_MAX = 8 };

typedef struct Guard { /* what must hold of operands */
    CoreNode *value;
    int test; /* the primitive: it is an int, a string */
    uint32_t tag; /* of what that finds */
    const CoreNode *limit; /* NULL, or one that it is not past */
    bool goes_down;
} Guard;

typedef struct Site { /* a call that may become one of a fused function */
    Fuse *fuse;
    Guard guards[GUARDS_MAX];
    int guard_count;
} Site;

CoreNode *fuse_atom(Fuse *u, const CoreNode *atom)
{
    CoreNode *copy = core_const(u->program, atom->place, rt_nil());
    *copy = *atom;
    return copy;
}

/* ---- producers and consumers ----------------------------------------------------------------------------------- */

static bool ends_in_call(const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CALL_KNOWN: return true;
    case CORE_LET: return ends_in_call(node->u.let.body);
    case CORE_IF: return ends_in_call(node->u.branch.then) || ends_in_call(node->u.branch.otherwise);
    case CORE_PRIM: return core_is_prim(node, PRIM_cons) && ends_in_call(node->u.call.args[1]);
    default: return false;
    }
}

static bool makes_list(CoreNode *node)
{
    trmc_put_call_into_cons(node);
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: return makes_list(node->u.let.body);
    case CORE_SEQ: return makes_list(node->u.call.args[node->u.call.count - 1]);
    case CORE_IF: return makes_list(node->u.branch.then) || makes_list(node->u.branch.otherwise);
    case CORE_PRIM: return core_is_prim(node, PRIM_cons) && ends_in_call(node->u.call.args[1]);
    default: return false;
    }
}

/* The scratch of parameters is a flag while this runs. */
static void look_for_cdr(CoreNode **child, void *data)
{
    const CoreNode *node = *child;
    if (core_is_prim(node, PRIM_cdr) && node->u.call.args[0]->kind == CORE_LOCAL) {
        bool *is_taken = node->u.call.args[0]->u.local->scratch;
        if (is_taken) *is_taken = true;
    }
    core_each_child(*child, look_for_cdr, data);
}

void fuse_look_at(Fuse *u, CoreFunction *f)
{
    FuseInfo *info = arena_alloc(u->arena, sizeof *info);
    int count = core_param_count(f);
    info->takes_list = arena_alloc(u->arena, (size_t)count + 1);
    info->makes_list = makes_list(f->body);
    for (int i = 0; i < count; i++) core_param(f, i)->scratch = &info->takes_list[i];
    look_for_cdr(&f->body, NULL);
    for (int i = 0; i < count; i++) core_param(f, i)->scratch = NULL;
    f->scratch = info;
}

typedef struct Edges {
    Graph *graph;
    int from;
} Edges;

static void number_calls(CoreNode **child, void *data)
{
    Edges *edges = data;
    if ((*child)->kind == CORE_CALL_KNOWN)
        graph_add_edge(edges->graph, edges->from, (int)(intptr_t)(*child)->u.call.function->scratch - 1);
    core_each_child(*child, number_calls, data);
}

void fuse_look_at_all(Fuse *u)
{
    CoreProgram *p = u->program;
    Graph graph = graph_new(u->arena, p->function_count);
    for (int i = 0; i < p->function_count; i++) p->functions[i]->scratch = (void *)(intptr_t)(i + 1);
    for (int i = 0; i < p->function_count; i++) {
        Edges edges = {&graph, i};
        number_calls(&p->functions[i]->body, &edges);
    }
    int *sizes, *components = graph_components(&graph, &sizes);
    for (int i = 0; i < p->function_count; i++) {
        fuse_look_at(u, p->functions[i]);
        fuse_info(p->functions[i])->is_mutual = sizes[components[i]] > 1;
    }
}

/* ---- lists that have a name ------------------------------------------------------------------------------------ */

static bool is_list_for_certain(const CoreNode *node)
{
    return core_is_prim(node, PRIM_range) || core_is_prim(node, PRIM_string_to_list);
}

static bool may_make_list(const CoreNode *node)
{
    if (core_is_prim(node, PRIM_elements)) return true;
    if (node->kind == CORE_CALL_KNOWN) return fuse_info(node->u.call.function)->makes_list;
    return is_list_for_certain(node);
}

static bool may_take_list(const CoreNode *node, int operand)
{
    if (node->kind == CORE_CALL_KNOWN) return fuse_info(node->u.call.function)->takes_list[operand];
    if (node->kind == CORE_APPLY) return true;
    return core_is_prim(node, PRIM_elements) || core_is_prim(node, PRIM_length) || core_is_prim(node, PRIM_reverse) ||
           core_is_prim(node, PRIM_append2) || core_is_prim(node, PRIM_list_to_vector);
}

/* The elements of another variable that is a list for certain: it has a scratch (put_into_use). */
static bool is_other_list(const CoreNode *node, const CoreVar *var)
{
    if (!core_is_prim(node, PRIM_elements)) return false;
    const CoreNode *list = node->u.call.args[1];
    return list->kind == CORE_LOCAL && list->u.local->scratch && list->u.local != var;
}

/* Where a consumer is given the variable, if that is the first that is evaluated there. */
static CoreNode **first_use(CoreNode **place, const CoreVar *var)
{
    for (;;) {
        CoreNode *node = *place;
        switch ((enum CoreKind)node->kind) {
        case CORE_LET: place = &node->u.let.init; break;
        case CORE_SEQ: place = &node->u.call.args[0]; break;
        case CORE_IF: place = &node->u.branch.test; break;
        case CORE_CALL_KNOWN:
        case CORE_APPLY:
        case CORE_PRIM: {
            int i = 0;
            bool has_callee = node->kind == CORE_APPLY;
            if (has_callee && !core_is_atom(node->u.call.callee) && node->u.call.callee->kind != CORE_GLOBAL)
                return NULL;
            while (i < node->u.call.count && !core_is_var(node->u.call.args[i], var) &&
                   (core_is_atom(node->u.call.args[i]) || is_other_list(node->u.call.args[i], var)))
                i++;
            if (i == node->u.call.count) return NULL;
            place = &node->u.call.args[i];
            if (core_is_var(*place, var)) return may_take_list(node, i) ? place : NULL;
            break;
        }
        default: return NULL;
        }
    }
}

/* The LETs around the list that the node makes; NULL: there are none, or it makes no list. */
static CoreNode *last_let_around_list(CoreNode *node)
{
    if (node->kind != CORE_LET) return NULL;
    while (node->u.let.body->kind == CORE_LET) node = node->u.let.body;
    return may_make_list(node->u.let.body) ? node : NULL;
}

/* (let list (let x e made) ...) becomes (let x e (let list made ...)), and so for a call's first operand: where that is now. */
static CoreNode **float_lets(CoreNode **place)
{
    CoreNode *node = *place, **list = NULL;
    if (node->kind == CORE_LET) list = &node->u.let.init;
    bool has_args = node->kind == CORE_CALL_KNOWN || node->kind == CORE_PRIM;
    for (int i = 0; has_args && !list && i < node->u.call.count; i++) {
        if (core_is_atom(node->u.call.args[i])) continue;
        if (!may_take_list(node, i)) return place;
        list = &node->u.call.args[i];
    }
    CoreNode *last = list ? last_let_around_list(*list) : NULL;
    if (!last) return place;
    CoreNode *first = *list;
    *list = last->u.let.body;
    last->u.let.body = node;
    *place = first;
    return &last->u.let.body;
}

/* (let list (f x) ... (g list) ...) becomes ... (g (f x)) ... */
static void put_into_use(CoreNode **child, void *data)
{
    CoreVar *list = (*child)->kind == CORE_LET ? (*child)->u.let.var : NULL;
    if (list && is_list_for_certain((*child)->u.let.init)) list->scratch = list;
    core_each_child(*child, put_into_use, data);
    if (list) list->scratch = NULL;
    CoreNode **place = float_lets(child), *node = *place;
    if (node->kind != CORE_LET || !may_make_list(node->u.let.init)) return;
    CoreNode **use =
        core_uses(node->u.let.body, node->u.let.var) == 1 ? first_use(&node->u.let.body, node->u.let.var) : NULL;
    if (!use) return;
    *use = node->u.let.init;
    *place = node->u.let.body;
}

/* ---- a call ------------------------------------------------------------------------------------------------------ */

static void ask(Site *s, CoreNode *value, const CoreNode *limit, bool goes_down)
{
    s->guards[s->guard_count++] = (Guard){value, PRIM_is_int, RT_INT, limit, goes_down};
}

static void ask_for_string(Site *s, CoreNode *value)
{
    s->guards[s->guard_count++] = (Guard){value, PRIM_is_string, RT_STRING, NULL, false};
}

typedef struct Assumed {
    CoreFunction *from, *to;
    const CoreVar *counter, *limit;
    const CoreType *counter_type, *limit_type;
} Assumed;

static void assume(CoreNode **child, void *data)
{
    const Assumed *a = data;
    CoreNode *node = *child;
    if (core_is_var(node, a->counter)) node->type = a->counter_type;
    if (a->limit && core_is_var(node, a->limit)) node->type = a->limit_type;
    if (node->kind == CORE_CALL_KNOWN && node->u.call.function == a->from) node->u.call.function = a->to;
    core_each_child(node, assume, data);
}

/* A copy of the producer of which it is known that it starts with ints, and ends. */
static void assume_end(Site *s, CoreNode *call, const FuseEnd *end)
{
    Fuse *u = s->fuse;
    CoreProgram *p = u->program;
    CoreFunction *from = call->u.call.function, *f = core_copy_function(p, from);
    f->needs_closure = f->has_rest = false;
    f->result = from->result;
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, f);
    const CoreType *an_int = type_copy(p->arena, type_tags(TAG_BIT(RT_INT)));
    CoreVar *counter = core_param(f, end->counter), *limit = end->limit < 0 ? NULL : core_param(f, end->limit);
    Assumed a = {from, f, counter, limit, an_int, an_int};
    if (!end->needs_order) a.counter_type = type_copy(p->arena, type_tags(TAGS_INTEGER));
    counter->type = a.counter_type;
    if (limit) limit->type = an_int;
    assume(&f->body, &a);
    fuse_look_at(u, f);
    fuse_info(f)->ends = true;
    CoreNode *value = call->u.call.args[end->counter];
    const CoreNode *bound = limit ? call->u.call.args[end->limit] : end->constant;
    ask(s, value, end->needs_order ? bound : NULL, end->goes_down);
    if (limit) ask(s, call->u.call.args[end->limit], NULL, false);
    call->u.call.function = f;
}

/* From an int up, or down, to another one, of which no list can be too long. */
static void ask_for_range(Site *s, const CoreNode *call)
{
    CoreProgram *p = s->fuse->program;
    bool goes_down = core_is_prim(call->u.call.function->body->u.branch.test, PRIM_gt);
    for (int i = 0; i < 2; i++) {
        bool is_low = (i == 0) != goes_down;
        ask(s, call->u.call.args[i], core_const(p, call->place, rt_from_int(is_low ? -FUSE_RANGE_MAX : FUSE_RANGE_MAX)),
            is_low);
    }
}

static CoreNode *fused_call(Site *s, CoreNode *call);

/* The operand as a call of a producer; NULL: it is none.  What must hold for that is added to the guards. */
static CoreNode *producing(Site *s, CoreNode *node)
{
    Fuse *u = s->fuse;
    while (core_is_prim(node, PRIM_elements) && type_is_proper_list(node->u.call.args[1]->type))
        node = node->u.call.args[1];
    if (s->guard_count > GUARDS_MAX / 2) return NULL;
    CoreNode *call = node;
    if (node->kind == CORE_PRIM) {
        call = fuse_producing_call(u, node);
        if (call && core_is_prim(node, PRIM_range)) ask_for_range(s, call);
        if (call && core_is_prim(node, PRIM_string_to_list)) ask_for_string(s, call->u.call.args[0]);
        return call;
    }
    if (call->kind != CORE_CALL_KNOWN || !fuse_info(call->u.call.function)->makes_list) return NULL;
    CoreNode *made = fused_call(s, call);
    if (made) return made;
    if (fuse_info(call->u.call.function)->ends) return call;
    FuseEnd end = fuse_find_end(call->u.call.function);
    if (!end.is_known) return NULL;
    if (end.counter < 0) return call;
    if (end.limit < 0 && !core_is_int(end.constant)) return NULL;
    CoreNode *own = fuse_atom(u, call); /* the call itself stays as it is */
    assume_end(s, own, &end);
    return own;
}

/* Operands behind the list are now evaluated before it is made. */
static bool may_come_first(const Site *s, const CoreNode *call, int list, const CoreNode *producer)
{
    bool is_free = s->guard_count == 0 && fuse_function_is_quiet(s->fuse, producer->u.call.function);
    for (int i = list + 1; i < call->u.call.count; i++)
        if (!is_free && !fuse_is_quiet(s->fuse, NULL, call->u.call.args[i])) return false;
    return true;
}

static CoreNode *call_of(Fuse *u, const CoreNode *call, int list, CoreFunction *f, const CoreNode *producer)
{
    int made = producer->u.call.count, count = call->u.call.count - 1 + made;
    CoreNode **args = arena_alloc(u->program->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) {
        if (i < list) args[i] = call->u.call.args[i];
        else args[i] = i < list + made ? producer->u.call.args[i - list] : call->u.call.args[i - made + 1];
    }
    CoreNode *fused = core_call_known(u->program, call->place, f, count, args);
    fused->type = call->type;
    return fused;
}

static void explain(Fuse *u, const CoreNode *consumer, const CoreNode *producer)
{
    remark(u->compiler, consumer->place, u->function, REMARK_FAST, "the list that %s makes for %s is never built",
           producer->u.call.function->name, consumer->u.call.function->name);
}

/* The call with the producers of its lists in it; its operands are those of all of them.  NULL: there are none. */
static CoreNode *fused_call(Site *s, CoreNode *call)
{
    CoreNode *fused = NULL;
    for (int i = 0; i < call->u.call.count; i++) {
        if (!fuse_info(call->u.call.function)->takes_list[i]) continue;
        int guards = s->guard_count;
        CoreNode *producer = producing(s, call->u.call.args[i]);
        CoreFunction *f = NULL;
        if (producer && may_come_first(s, call, i, producer)) f = fuse_functions(s->fuse, call, i, producer);
        if (!f) {
            s->guard_count = guards;
            continue;
        }
        explain(s->fuse, call, producer);
        fused = call = call_of(s->fuse, call, i, f, producer);
        i += producer->u.call.count - 1;
    }
    return fused;
}

/* ---- guards ------------------------------------------------------------------------------------------------------ */

static CoreNode *prim(Site *s, int primitive, const CoreNode *a, const CoreNode *b)
{
    CoreNode **args = arena_alloc(s->fuse->program->arena, 2 * sizeof *args);
    args[0] = fuse_atom(s->fuse, a);
    if (b) args[1] = fuse_atom(s->fuse, b);
    return core_prim(s->fuse->program, a->place, primitive, b ? 2 : 1, args);
}

static bool has_tag(Site *s, const Guard *g)
{
    CoreType type = fuse_type(s->fuse, g->value);
    return type_is(&type, TAG_BIT(g->tag));
}

static bool is_in_order(Site *s, const Guard *g)
{
    CoreType value = fuse_type(s->fuse, g->value), limit = fuse_type(s->fuse, g->limit);
    if (!type_is_int(&value) || !type_is_int(&limit)) return false;
    return g->goes_down ? value.lo >= limit.hi : value.hi <= limit.lo;
}

/* The tests, each behind the ones before it; those of order last, which need ints. */
static CoreNode *all_guards(Site *s)
{
    CoreProgram *p = s->fuse->program;
    CoreNode *all = NULL;
    for (int i = 2 * s->guard_count - 1; i >= 0; i--) {
        const Guard *g = &s->guards[i % s->guard_count];
        CoreNode *test = NULL;
        if (i >= s->guard_count && g->limit) {
            if (!is_in_order(s, g)) test = prim(s, g->goes_down ? PRIM_gte : PRIM_lte, g->value, g->limit);
        } else if (i < s->guard_count && !has_tag(s, g)) {
            test = prim(s, g->test, g->value, NULL);
        }
        if (test && all) all = core_if(p, test->place, test, all, core_const(p, test->place, rt_nil()));
        else if (test) all = test;
    }
    return all;
}

/* The operands get names, in the call as it is, too. */
static CoreNode *guarded(Site *s, CoreNode *original, CoreNode *fused)
{
    CoreProgram *p = s->fuse->program;
    int count = fused->u.call.count;
    CoreNode **inits = arena_alloc(s->fuse->arena, ((size_t)count + 1) * sizeof *inits);
    CoreVar **vars = arena_alloc(s->fuse->arena, ((size_t)count + 1) * sizeof *vars);
    for (int i = 0; i < count; i++) {
        CoreNode *arg = fused->u.call.args[i];
        if (!core_is_atom(arg)) {
            inits[i] = fuse_atom(s->fuse, arg);
            vars[i] = core_var(p, core_param(fused->u.call.function, i)->name);
            const CoreType *type = arg->type;
            *arg = *core_local(p, arg->place, vars[i]);
            arg->type = type;
        }
        fused->u.call.args[i] = fuse_atom(s->fuse, arg);
    }
    CoreNode *test = all_guards(s), *result = fused;
    if (test) result = core_if(p, original->place, test, fused, original);
    for (int i = count - 1; i >= 0; i--)
        if (inits[i]) result = core_let(p, original->place, vars[i], inits[i], result);
    return result;
}

/* (list->vector (f i n)) where f makes an element for each i below n: the vector is filled. */
static CoreNode *filled_vector(Fuse *u, CoreNode *node)
{
    Site site = {.fuse = u};
    CoreNode *producer = producing(&site, node->u.call.args[0]);
    FuseEnd end = {.is_known = false};
    if (producer) end = fuse_find_length(producer->u.call.function);
    if (!end.is_known || (end.limit < 0 && !core_is_int(end.constant))) return NULL;
    ask(&site, producer->u.call.args[end.counter], NULL, false);
    if (end.limit >= 0) ask(&site, producer->u.call.args[end.limit], NULL, false);
    CoreNode *fill = fuse_filling_call(u, node, producer, core_const(u->program, node->place, rt_from_int(0)));
    CoreFunction *f = fuse_functions(u, fill, 0, producer);
    if (!f) return NULL;
    explain(u, fill, producer);
    CoreNode *fused = call_of(u, fill, 0, f, producer), *result = guarded(&site, node, fused);
    CoreNode *named =
        core_call_known(u->program, node->place, producer->u.call.function, producer->u.call.count, fused->u.call.args);
    fused->u.call.args[fused->u.call.count - 1] = fuse_length_of(u, named);
    return result;
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

static bool takes_list_that_is_made(const CoreNode *node)
{
    if (node->kind != CORE_CALL_KNOWN && node->kind != CORE_PRIM && node->kind != CORE_APPLY) return false;
    for (int i = 0; i < node->u.call.count; i++)
        if (may_take_list(node, i) && may_make_list(node->u.call.args[i])) return true;
    return false;
}

static CoreNode *fused_list_call(Fuse *u, CoreNode *node)
{
    Site site = {.fuse = u};
    CoreNode *call = node->kind == CORE_CALL_KNOWN ? node : fuse_consuming_call(u, node);
    CoreNode *fused = call ? fused_call(&site, call) : NULL;
    return fused && site.guard_count ? guarded(&site, node, fused) : fused;
}

static void fuse_calls(CoreNode **child, void *data);

static void fuse_operands(CoreNode *node, Fuse *u)
{
    for (; node->kind == CORE_LET; node = node->u.let.body) fuse_calls(&node->u.let.init, u);
    if (node->kind == CORE_CALL_KNOWN) core_each_child(node, fuse_calls, u);
}

static void fuse_calls(CoreNode **child, void *data)
{
    Fuse *u = data;
    CoreNode *node = *child, *fused = NULL;
    if (takes_list_that_is_made(node) && u->budget > 0)
        fused = core_is_prim(node, PRIM_list_to_vector) ? filled_vector(u, node) : fused_list_call(u, node);
    if (fused) fuse_operands(fused, u);
    else core_each_child(node, fuse_calls, u);
    if (fused) *child = fused;
}

static void look_for_site(CoreNode **child, void *data)
{
    if (takes_list_that_is_made(*child)) *(bool *)data = true;
    core_each_child(*child, look_for_site, data);
}

static void forget_all(CoreProgram *p)
{
    for (int i = 0; i < p->function_count; i++) p->functions[i]->scratch = NULL;
}

static void fuse_all(Fuse *u)
{
    CoreProgram *p = u->program;
    int count = p->function_count;
    forget_all(p);
    tail_mark_calls(p);
    types_infer(p);
    fuse_look_at_all(u);
    for (int i = 0; i < count; i++) {
        u->function = p->functions[i];
        fuse_calls(&p->functions[i]->body, u);
    }
    forget_all(p);
    types_clear(p);
    tail_forget_calls(p);
    core_drop_unreached(p);
}

void pass_fuse(Compiler *c, CoreProgram *p)
{
    Fuse u = {.compiler = c, .program = p, .arena = arena_new(), .budget = BUDGET_MIN};
    bool any = false;
    fuse_look_at_all(&u);
    for (int i = 0; i < p->function_count; i++) {
        put_into_use(&p->functions[i]->body, NULL);
        look_for_site(&p->functions[i]->body, &any);
        u.budget += core_size(p->functions[i]->body);
    }
    if (any) fuse_all(&u);
    forget_all(p);
    arena_free(u.arena);
}
