/* Pass fuse: one function of a producer and a consumer of its list.
 *
 * The function is a copy of the producer, of which each result becomes a call of the consumer, with the consumer's other parameters
 * as further ones of its own.  Where something is known of the result, that call is the consumer's body at once:
 *
 *     nil                       the body, in which the list is nil
 *     (cons e (producer x))     (let h e (let y x the body)), where the list is a pair: (car list) is h, and what is called
 *                               with (cdr list) in a consumer's place becomes a call of the function that fuses that one
 *                               with the producer, which is this function itself if the consumer is a loop
 *     (producer x)              a call of the function itself
 *     v                         (consumer v)
 *
 * A rest of the list that is wanted as a list nevertheless is made by a call of the producer.
 */
#include "fuse.h"
#include "passes.h"

enum { PAIRS_MAX = 4, NESTING_MAX = 8 };

typedef struct Rest { /* of a list */
    enum { REST_ATOM, REST_CALL, REST_PAIR } kind;
    CoreNode *atom; /* it; or the first element of it */
    CoreNode *call; /* operands are atoms */
    struct Rest *rest;
} Rest;

typedef struct Binding { /* CoreVar.scratch, in the consumer's body */
    enum { BIND_ATOM, BIND_LIST, BIND_REST } kind;
    CoreNode *atom; /* BIND_LIST: the first element */
    const Rest *rest;
} Binding;

typedef struct Pair {
    CoreFunction *consumer, *producer, *fused;
    int param;
    CoreVar **others; /* by parameter of the consumer */
} Pair;

typedef struct Steps {
    Fuse *fuse;
    CoreProgram *program;
    const RtPlace *consumer_place, *producer_place; /* of what has none of its own */
    Pair pairs[PAIRS_MAX];
    int pair_count, nesting;
    const Pair *pair; /* whose consumer's body is being walked */
    int least, most; /* how often its rest is used on a path */
    bool fails;
    bool recurs; /* some element goes from one function to the other */
    bool turns_are_quiet, uses_all, producers_are_quiet;
    bool ends_are_quiet; /* what the consumer does with the end of the list */
} Steps;

static CoreNode *turn(Steps *s, const Pair *pair, CoreNode *const *others, CoreNode *first, const Rest *rest);
static CoreNode *walk(Steps *s, CoreNode *node);
static const Pair *fuse_pair(Steps *s, CoreFunction *consumer, int param, CoreFunction *producer);

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

typedef struct Lets {
    CoreVar **vars;
    CoreNode **inits;
    int count, capacity, init_count, init_capacity;
} Lets;

static CoreNode *name(Steps *s, Lets *lets, CoreNode *value, const char *name)
{
    if (core_is_atom(value)) return value;
    Arena *arena = s->fuse->arena;
    CoreVar *var = core_var(s->program, name);
    var->type = type_copy(s->program->arena, fuse_type(s->fuse, value));
    ARENA_PUSH(arena, lets->vars, lets->count, lets->capacity, var);
    ARENA_PUSH(arena, lets->inits, lets->init_count, lets->init_capacity, value);
    CoreNode *atom = core_local(s->program, value->place, var);
    atom->type = var->type;
    return atom;
}

/* The body with the values bound around it, but for those that nobody misses. */
static CoreNode *bind(Steps *s, const Lets *lets, CoreNode *body)
{
    for (int i = lets->count - 1; i >= 0; i--) {
        if (core_uses(body, lets->vars[i]) > 0 || !fuse_is_quiet(s->fuse, NULL, lets->inits[i]))
            body = core_let(s->program, body->place, lets->vars[i], lets->inits[i], body);
    }
    return body;
}

static CoreNode *other(Steps *s, const RtPlace *at, CoreVar *var)
{
    CoreNode *node = core_local(s->program, at, var);
    node->type = var->type;
    return node;
}

static CoreNode **others_of(Steps *s, const RtPlace *at, const Pair *pair)
{
    int count = core_param_count(pair->consumer);
    CoreNode **others = arena_alloc(s->fuse->arena, ((size_t)count + 1) * sizeof *others);
    for (int i = 0; i < count; i++)
        if (i != pair->param) others[i] = other(s, at, pair->others[i]);
    return others;
}

/* A call of the fused function: for the consumer's operands but the list, and the producer's in the place of that one. */
static CoreNode *call_fused(Steps *s, const RtPlace *at, const Pair *pair, CoreNode *const *others,
                            CoreNode *const *operands)
{
    int made = core_param_count(pair->producer), count = core_param_count(pair->consumer) - 1 + made;
    CoreNode **args = arena_alloc(s->program->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) {
        if (i < pair->param) args[i] = others[i];
        else args[i] = i < pair->param + made ? operands[i - pair->param] : others[i - made + 1];
    }
    CoreNode *call = core_call_known(s->program, at, pair->fused, count, args);
    call->type = pair->consumer->result;
    return call;
}

static CoreNode *call_consumer(Steps *s, const Pair *pair, CoreNode *list)
{
    int count = core_param_count(pair->consumer);
    CoreNode **args = arena_alloc(s->program->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = i == pair->param ? list : other(s, list->place, pair->others[i]);
    if (!fuse_function_is_quiet(s->fuse, pair->consumer)) s->ends_are_quiet = false;
    CoreNode *call = core_call_known(s->program, list->place, pair->consumer, count, args);
    call->type = pair->consumer->result;
    return call;
}

/* ---- results of the producer ----------------------------------------------------------------------------------- */

static Rest *rest_of(Steps *s, Lets *lets, CoreNode *node)
{
    Rest *rest = arena_alloc(s->fuse->arena, sizeof *rest);
    if (core_is_prim(node, PRIM_cons)) {
        *rest = (Rest){.kind = REST_PAIR, .atom = name(s, lets, node->u.call.args[0], "x")};
        rest->rest = rest_of(s, lets, node->u.call.args[1]);
        return rest;
    }
    bool is_call = node->kind == CORE_CALL_KNOWN && fuse_info(node->u.call.function)->makes_list;
    if (!is_call) {
        *rest = (Rest){.kind = REST_ATOM, .atom = name(s, lets, node, "rest")};
        return rest;
    }
    for (int i = 0; i < node->u.call.count; i++)
        node->u.call.args[i] = name(s, lets, node->u.call.args[i], core_param(node->u.call.function, i)->name);
    if (!fuse_function_is_quiet(s->fuse, node->u.call.function))
        s->producers_are_quiet = false; /* it is called later */
    *rest = (Rest){.kind = REST_CALL, .call = node};
    return rest;
}

/* The list of the first element and the node's value, into the consumer. */
static CoreNode *pair_into(Steps *s, const Pair *pair, CoreNode *first, CoreNode *node)
{
    CoreNode **last = node->kind == CORE_SEQ ? &node->u.call.args[node->u.call.count - 1] : NULL;
    Lets lets = {0};
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: node->u.let.body = pair_into(s, pair, first, node->u.let.body); return node;
    case CORE_SEQ: *last = pair_into(s, pair, first, *last); return node;
    case CORE_IF:
        node->u.branch.then = pair_into(s, pair, first, node->u.branch.then);
        node->u.branch.otherwise = pair_into(s, pair, first, node->u.branch.otherwise);
        return node;
    default: {
        const RtPlace *at = node->place;
        const Rest *rest = rest_of(s, &lets, node);
        return bind(s, &lets, turn(s, pair, others_of(s, at, pair), first, rest));
    }
    }
}

/* The node with its value, a result of the producer, into the consumer. */
static CoreNode *into(Steps *s, const Pair *pair, CoreNode *node)
{
    trmc_put_call_into_cons(node);
    CoreNode **last = node->kind == CORE_SEQ ? &node->u.call.args[node->u.call.count - 1] : NULL;
    Lets lets = {0};
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: node->u.let.body = into(s, pair, node->u.let.body); return node;
    case CORE_SEQ: *last = into(s, pair, *last); return node;
    case CORE_IF:
        node->u.branch.then = into(s, pair, node->u.branch.then);
        node->u.branch.otherwise = into(s, pair, node->u.branch.otherwise);
        return node;
    case CORE_CALL_KNOWN: {
        const Pair *next = fuse_pair(s, pair->consumer, pair->param, node->u.call.function);
        if (!next) return call_consumer(s, pair, node);
        return call_fused(s, node->place, next, others_of(s, node->place, pair), node->u.call.args);
    }
    case CORE_PRIM:
        if (node->u.call.primitive != PRIM_cons) return call_consumer(s, pair, node);
        CoreNode *first = name(s, &lets, node->u.call.args[0], "x");
        return bind(s, &lets, pair_into(s, pair, first, node->u.call.args[1]));
    default:
        if (core_is_nil(node)) return turn(s, pair, others_of(s, node->place, pair), NULL, NULL);
        return call_consumer(s, pair, node);
    }
}

/* ---- the consumer's body ----------------------------------------------------------------------------------------- */

static Binding *binding_of(const CoreNode *node) { return node->kind == CORE_LOCAL ? node->u.local->scratch : NULL; }

static void bind_var(Steps *s, CoreVar *var, Binding binding)
{
    Binding *kept = arena_alloc(s->fuse->arena, sizeof *kept);
    *kept = binding;
    var->scratch = kept;
}

static void use_rest(Steps *s)
{
    s->least++;
    s->most++;
}

/* The rest as a value. */
static CoreNode *rest_value(Steps *s, const RtPlace *at, const Rest *rest)
{
    if (rest->kind == REST_ATOM) return fuse_atom(s->fuse, rest->atom);
    if (rest->kind == REST_PAIR) {
        CoreNode **args = arena_alloc(s->program->arena, 2 * sizeof *args);
        args[0] = fuse_atom(s->fuse, rest->atom);
        args[1] = rest_value(s, at, rest->rest);
        return core_prim(s->program, at, PRIM_cons, 2, args);
    }
    int count = rest->call->u.call.count;
    CoreNode **args = arena_alloc(s->program->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = fuse_atom(s->fuse, rest->call->u.call.args[i]);
    CoreNode *call = core_call_known(s->program, rest->call->place, rest->call->u.call.function, count, args);
    call->type = rest->call->type;
    return call;
}

/* What the node is of the list: all of it, its rest or its first element; or nothing, an atom that is NULL. */
static Binding part(const CoreNode *node)
{
    const Binding *b = binding_of(node);
    if (b && b->kind != BIND_ATOM) return *b;
    Binding none = {.kind = BIND_ATOM};
    bool is_car = core_is_prim(node, PRIM_car);
    if (!is_car && !core_is_prim(node, PRIM_cdr)) return none;
    Binding whole = part(node->u.call.args[0]);
    if (whole.kind == BIND_LIST)
        return is_car ? (Binding){.kind = BIND_ATOM, .atom = whole.atom}
                      : (Binding){.kind = BIND_REST, .rest = whole.rest};
    return none;
}

static CoreNode *atom_like(Steps *s, const CoreNode *atom, const CoreNode *as)
{
    CoreNode *copy = fuse_atom(s->fuse, atom);
    if (copy->kind != CORE_LOCAL || !as->type) return copy;
    CoreType both = copy->type ? type_meet(copy->type, as->type) : *as->type;
    if (both.tags) copy->type = type_copy(s->program->arena, both);
    return copy;
}

static CoreNode *part_value(Steps *s, const CoreNode *node, const Binding *b)
{
    if (b->kind == BIND_ATOM) return atom_like(s, b->atom, node);
    if (b->kind == BIND_REST) {
        if (b->rest->kind != REST_ATOM) use_rest(s);
        return rest_value(s, node->place, b->rest);
    }
    if (b->rest->kind != REST_ATOM) use_rest(s);
    const Rest whole = {.kind = REST_PAIR, .atom = b->atom, .rest = (Rest *)(uintptr_t)b->rest};
    CoreNode *value = rest_value(s, node->place, &whole);
    value->type = node->type;
    return value;
}

static void walk_child(CoreNode **child, void *data) { *child = walk(data, *child); }

/* 1: true, 0: false, -1: not known */
static int truth(const CoreNode *test)
{
    if (test->kind == CORE_CONST) return rt_is_truthy(test->u.constant);
    bool is_test = test->kind == CORE_PRIM && !prim_takes_place(&primitives[test->u.call.primitive]) &&
                   test->u.call.count == 1 && core_is_atom(test->u.call.args[0]);
    if (!is_test || !test->type || !test->type->tags) return -1;
    if (test->type->tags == TAG_BIT(RT_NIL)) return 0;
    return test->type->tags & TAG_BIT(RT_NIL) ? -1 : 1;
}

static CoreNode *walk_if(Steps *s, CoreNode *node)
{
    const CoreNode *tested = node->u.branch.test;
    Binding of = part(tested);
    if (of.kind == BIND_LIST) return walk(s, node->u.branch.then);
    CoreNode *test = node->u.branch.test = walk(s, node->u.branch.test);
    int known = truth(test);
    if (known >= 0) return walk(s, known ? node->u.branch.then : node->u.branch.otherwise);
    int least = s->least, most = s->most;
    node->u.branch.then = walk(s, node->u.branch.then);
    int least_then = s->least, most_then = s->most;
    s->least = least;
    s->most = most;
    node->u.branch.otherwise = walk(s, node->u.branch.otherwise);
    if (least_then < s->least) s->least = least_then;
    if (most_then > s->most) s->most = most_then;
    return node;
}

static CoreNode *walk_let(Steps *s, CoreNode *node)
{
    CoreVar *var = node->u.let.var;
    Binding of = part(node->u.let.init);
    if (of.kind == BIND_ATOM && !of.atom) {
        node->u.let.init = walk(s, node->u.let.init);
        of.atom = core_is_atom(node->u.let.init) ? node->u.let.init : NULL;
    }
    if (of.kind == BIND_REST && of.rest->kind == REST_ATOM) of = (Binding){.kind = BIND_ATOM, .atom = of.rest->atom};
    if (of.kind == BIND_ATOM && !of.atom) {
        node->u.let.body = walk(s, node->u.let.body);
        return node;
    }
    bind_var(s, var, of);
    CoreNode *body = walk(s, node->u.let.body);
    var->scratch = NULL;
    return body;
}

static CoreNode *walk_prim(Steps *s, CoreNode *node)
{
    Binding of = part(node);
    if (of.kind != BIND_ATOM || of.atom) return part_value(s, node, &of);
    uint32_t tags;
    bool is_test = prim_tests_tags(node->u.call.primitive, &tags);
    if (is_test) {
        bool is_list = part(node->u.call.args[0]).kind == BIND_LIST;
        if (!is_list) core_each_child(node, walk_child, s);
        const CoreNode *arg = node->u.call.args[0];
        if (is_list || arg->kind == CORE_CONST) {
            uint32_t tag = is_list ? RT_CONS : arg->u.constant.tag;
            return core_const(s->program, node->place, tags >> tag & 1 ? rt_true() : rt_nil());
        }
        return node;
    }
    core_each_child(node, walk_child, s);
    return node;
}

/* The operand that is a rest, as a call of the producer or a pair, of a function that could take its elements; -1: none. */
static int find_rest(const CoreNode *call)
{
    for (int i = 0; i < call->u.call.count; i++) {
        Binding of = part(call->u.call.args[i]);
        bool is_rest = of.kind == BIND_REST && of.rest->kind != REST_ATOM;
        if (is_rest && fuse_info(call->u.call.function)->takes_list[i]) return i;
    }
    return -1;
}

static CoreNode **walk_others(Steps *s, const CoreNode *call, int list)
{
    CoreNode **others = arena_alloc(s->fuse->arena, ((size_t)call->u.call.count + 1) * sizeof *others);
    for (int i = 0; i < call->u.call.count; i++)
        if (i != list) others[i] = walk(s, call->u.call.args[i]);
    return others;
}

static CoreNode *walk_call(Steps *s, CoreNode *node)
{
    int list = find_rest(node);
    if (list >= 0) {
        const Rest *rest = part(node->u.call.args[list]).rest;
        if (rest->kind == REST_CALL) {
            const Pair *next = fuse_pair(s, node->u.call.function, list, rest->call->u.call.function);
            if (next) {
                CoreNode *made = rest_value(s, node->place, rest);
                CoreNode *call = call_fused(s, node->place, next, walk_others(s, node, list), made->u.call.args);
                call->type = node->type;
                s->recurs = true;
                use_rest(s);
                return call;
            }
        } else if (node->u.call.function == s->pair->consumer && list == s->pair->param && s->nesting < NESTING_MAX) {
            Lets lets = {0};
            CoreNode **others = walk_others(s, node, list);
            for (int i = 0; i < node->u.call.count; i++)
                if (i != list) others[i] = name(s, &lets, others[i], core_param(node->u.call.function, i)->name);
            use_rest(s);
            return bind(s, &lets, turn(s, s->pair, others, rest->atom, rest->rest));
        }
    }
    core_each_child(node, walk_child, s);
    return node;
}

static CoreNode *walk(Steps *s, CoreNode *node)
{
    Binding *b = binding_of(node);
    if (b) return part_value(s, node, b);
    switch ((enum CoreKind)node->kind) {
    case CORE_IF: return walk_if(s, node);
    case CORE_LET: return walk_let(s, node);
    case CORE_PRIM: return walk_prim(s, node);
    case CORE_CALL_KNOWN: return walk_call(s, node);
    default: core_each_child(node, walk_child, s); return node;
    }
}

/* The consumer's body for a pair of these, or nil (first NULL). */
static CoreNode *turn(Steps *s, const Pair *pair, CoreNode *const *others, CoreNode *first, const Rest *rest)
{
    CoreFunction *copy = core_copy_function(s->program, pair->consumer);
    const Pair *outer = s->pair;
    int least = s->least, most = s->most;
    s->pair = pair;
    s->nesting++;
    s->least = s->most = 0;
    for (int i = 0; i < core_param_count(copy); i++) {
        Binding binding = {.kind = BIND_ATOM, .atom = i == pair->param ? NULL : others[i]};
        if (i == pair->param && first) binding = (Binding){.kind = BIND_LIST, .atom = first, .rest = rest};
        else if (i == pair->param) binding.atom = core_const(s->program, copy->place, rt_nil());
        bind_var(s, core_param(copy, i), binding);
    }
    core_stamp_place(copy->body, s->consumer_place);
    CoreNode *body = walk(s, copy->body);
    s->fuse->budget -= core_size(body);
    if (s->fuse->budget < 0) s->fails = true;
    if (first && rest->kind != REST_ATOM) {
        if (s->most > 1) s->fails = true;
        if (s->least < 1) s->uses_all = false;
    }
    bool is_quiet = fuse_info(pair->consumer)->turns_are_quiet || fuse_is_quiet(s->fuse, NULL, body);
    if (!is_quiet) *(first ? &s->turns_are_quiet : &s->ends_are_quiet) = false;
    s->nesting--;
    s->pair = outer;
    s->least = least;
    s->most = most;
    return body;
}

/* ---- the function ------------------------------------------------------------------------------------------------ */

static void add_params(Steps *s, Pair *pair)
{
    CoreFunction *f = pair->fused;
    int count = core_param_count(pair->consumer), made = core_param_count(f), next = 0;
    CoreVar **params = arena_alloc(s->program->arena, (size_t)(count + made) * sizeof *params);
    pair->others = arena_alloc(s->fuse->arena, (size_t)count * sizeof *pair->others);
    for (int i = 0; i < count; i++) {
        const CoreVar *param = core_param(pair->consumer, i);
        for (int j = 0; i == pair->param && j < made; j++) params[next++] = core_param(f, j);
        if (i == pair->param) continue;
        CoreVar *var = params[next++] = pair->others[i] = core_var(s->program, param->name);
        var->type = param->type;
    }
    f->params = params;
    f->param_count = next;
    f->capture_count = 0;
    f->has_rest = false; /* only entered by known calls */
    f->needs_closure = false;
}

/* The fused function, made if there is none; NULL: these cannot be fused. */
static const Pair *fuse_pair(Steps *s, CoreFunction *consumer, int param, CoreFunction *producer)
{
    for (int i = 0; i < s->pair_count; i++) {
        const Pair *pair = &s->pairs[i];
        if (pair->consumer == consumer && pair->param == param && pair->producer == producer) return pair;
    }
    FuseInfo *made = fuse_info(producer);
    if (!fuse_info(consumer)->takes_list[param] || !made->makes_list || s->pair_count == PAIRS_MAX || s->fails)
        return NULL;
    if (!made->ends) {
        FuseEnd end = fuse_find_end(producer);
        if (!end.is_known || end.counter >= 0) return NULL;
    }
    if (!fuse_function_is_quiet(s->fuse, producer)) s->producers_are_quiet = false;
    Pair *pair = &s->pairs[s->pair_count++];
    CoreFunction *f = core_copy_function(s->program, producer);
    *pair = (Pair){.consumer = consumer, .producer = producer, .fused = f, .param = param};
    f->name = consumer->name;
    f->place = consumer->place;
    f->is_library = consumer->is_library && !s->consumer_place;
    f->result = consumer->result;
    FuseInfo *info = arena_alloc(s->fuse->arena, sizeof *info);
    f->scratch = info;
    info->quiet = QUIET_YES; /* its own parts are looked at one by one */
    add_params(s, pair);
    info->takes_list = arena_alloc(s->fuse->arena, (size_t)core_param_count(f) + 1);
    core_stamp_place(f->body, s->producer_place);
    f->body = into(s, pair, f->body);
    return pair;
}

/* Is its value what a function that makes a list gives? */
static bool gives_list(const CoreNode *node)
{
    while (node->kind == CORE_LET) node = node->u.let.body;
    return node->kind == CORE_CALL_KNOWN && fuse_info(node->u.call.function)->makes_list;
}

static void add_functions(Steps *s)
{
    CoreProgram *p = s->program;
    bool is_quiet = s->producers_are_quiet && s->turns_are_quiet && s->ends_are_quiet;
    for (int i = s->pair_count - 1; i >= 0; i--) {
        CoreFunction *f = s->pairs[i].fused;
        ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, f);
        fuse_look_at(s->fuse, f);
        FuseInfo *info = fuse_info(f);
        info->makes_list = info->makes_list || gives_list(f->body);
        info->ends = true;
        info->quiet = is_quiet ? QUIET_YES : QUIET_NO;
    }
}

CoreFunction *fuse_functions(Fuse *u, const CoreNode *consuming_call, int param, const CoreNode *producing_call)
{
    Steps s = {.fuse = u,
               .program = u->program,
               .consumer_place = consuming_call->place,
               .producer_place = producing_call->place,
               .turns_are_quiet = true,
               .uses_all = true,
               .ends_are_quiet = true,
               .producers_are_quiet = true};
    const Pair *pair = fuse_pair(&s, consuming_call->u.call.function, param, producing_call->u.call.function);
    bool is_same = s.producers_are_quiet || (s.turns_are_quiet && s.uses_all);
    if (!pair || s.fails || !s.recurs || !is_same) return NULL;
    add_functions(&s);
    return pair->fused;
}
