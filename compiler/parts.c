/* Pass parts (for speed): results that callers take apart at once are returned as their parts.
 *
 * Requires and ensures STAGE_RC, before pass reuse.
 *
 *   (define (divide a b) (list (quotient a b) (modulo a b)))      (let r (divide x y) ... (car r) ... (car (cdr r)))
 *
 * A known function whose every result was just made, a pair, a list of some length or a vector, need not make it: `parts` of the
 * function says that compiled code returns the parts, in registers as far as there are some, and `parts` of a variable that it holds
 * those of such a result.  Reading a part then costs nothing, and a recursion that makes its result of the parts of another one
 * allocates nothing.  Core stays as it is (but for reads that now can be borrowed), so the interpreter makes and takes apart what
 * it always did.  A caller who needs the result whole makes it of the parts right behind the call (emit_parts.c).
 *
 * Functions and variables between which results go must agree on what they are made of: they are classes (union-find), found
 * optimistically.  All functions and variables begin as members; a function that makes a result in another way is taken out, and so is a
 * variable that is used whole, and who goes with them, until nothing changes.  Of lists only so many cells are apart as each maker makes
 * and no user needs whole: the first one, or more.  Then a class stays if more than twice as many calls take its results apart than need
 * them whole (which could be made in the memory of old ones, pass reuse), where calls on cycles of calls count more and those in forms,
 * which run once, nothing.
 *
 * Where a variable's last use needs the structure whole, it is made there; but the call counts as one that needs it whole.
 *
 * A result may be nil instead; then that is one part more, unless one of them is an object, whose address is then 0.
 *
 * Functions that call each other in tail position, without taking stack, must return the same words.  So must nobody call one in this
 * way who returns something else.
 */
#include "cycles.h"
#include "parts_internal.h"
#include "types.h"

enum { ON_CYCLE = 8, /* calls there weigh so much */ ROUNDS_MAX = 40 };

static Holder *active(Holder *holder) { return holder && !holder->is_out ? holder : NULL; }
static Holder *holder_of_var(const CoreVar *var) { return active(var->scratch); }
static Holder *holder_of_function(const CoreFunction *f) { return active(f->scratch); }
static Holder *holder_of_local(const CoreNode *node)
{
    return node->kind == CORE_LOCAL ? holder_of_var(node->u.local) : NULL;
}

static void refuse(Holder *holder)
{
    if (holder) holder->is_refused = true;
}

/* Its list, from the cell on that the variable holds, is needed whole. */
static void need_whole(Holder *holder, int level)
{
    Holder *class = class_of(holder);
    if (level == 0) refuse(holder);
    else if (level < class->limit) class->limit = level;
}

static int least(int a, int b) { return a < b ? a : b; }

static void join(Holder *a, Holder *b)
{
    a = class_of(a);
    b = class_of(b);
    if (a == b) return;
    b->same = a;
    a->disagrees |= b->disagrees || (a->count && b->count && a->is_vector && a->count != b->count);
    a->count = !a->count || (b->count && b->count < a->count) ? b->count : a->count;
    a->has_function |= b->has_function;
    a->is_vector |= b->is_vector;
    a->is_list |= b->is_list;
    a->is_optional |= b->is_optional;
    a->limit = least(a->limit, b->limit);
    if (b->last > a->last) a->last = b->last;
    a->taken_apart += b->taken_apart;
    a->whole += b->whole;
}

/* ---- makers and readers ------------------------------------------------------------------------------------------------- */

static bool makes_cells(const CoreNode *node)
{
    return core_is_prim(node, PRIM_cons) || (core_is_prim(node, PRIM_list) && node->u.call.count > 0);
}

/* Cells that the expression makes at the front of its list. */
static int made_cells(const CoreNode *node)
{
    int count = 0;
    for (; core_is_prim(node, PRIM_cons); node = node->u.call.args[1]) count++;
    return makes_cells(node) ? count + node->u.call.count : count;
}

static bool is_maker(const CoreNode *node)
{
    bool makes_vector = core_is_prim(node, PRIM_vector) && node->u.call.count > 0 && node->u.call.count <= PARTS_MAX;
    return makes_vector || makes_cells(node);
}

static void note_maker(Parts *k, Holder *to, CoreNode *node)
{
    bool is_vector = core_is_prim(node, PRIM_vector);
    Holder made = {.is_vector = is_vector, .is_list = !is_vector, .limit = PARTS_MAX - 1};
    made.count = is_vector ? node->u.call.count : made_cells(node) + 1;
    join(to, &made);
    ARENA_PUSH(k->arena, k->makers, k->maker_count, k->maker_capacity, ((Maker){to, node}));
}

enum PartRead parts_read(const CoreNode *node)
{
    if (node->kind != CORE_PRIM) return READ_NONE;
    switch (node->u.call.primitive) {
    case PRIM_car:
    case PRIM_part_car:
    case PRIM_take_car: return READ_CAR;
    case PRIM_cdr:
    case PRIM_part_cdr:
    case PRIM_take_cdr: return READ_CDR;
    case PRIM_vector_ref:
    case PRIM_part_ref: return READ_ITEM;
    default: return READ_NONE;
    }
}

/* What is read gives the next cell, of which the variable of a LET goes on with the parts. */
static Holder *rest_read(const CoreNode *node)
{
    bool is_rest = core_is_prim(node, PRIM_part_cdr) || core_is_prim(node, PRIM_take_cdr);
    return is_rest ? holder_of_local(node->u.call.args[0]) : NULL;
}

/* Is it there at all? */
static bool asks_for_nil(const CoreNode *node)
{
    uint32_t tags;
    bool is_test = node->kind == CORE_PRIM && node->u.call.count == 1 && prim_tests_tags(node->u.call.primitive, &tags);
    return is_test && node->u.call.args[0]->use == USE_BORROW;
}

/* A part of a variable's value. */
static void note_read(Holder *of, const CoreNode *node)
{
    enum PartRead read = parts_read(node);
    Holder *class = class_of(of);
    of->is_read = true;
    if (read != READ_ITEM) {
        class->is_list = true;
        if (read == READ_CDR) need_whole(of, of->level + 1);
        return;
    }
    const CoreNode *index = node->u.call.args[1];
    class->is_vector = true;
    if (!core_is_int(index) || index->u.constant.data < 0 || index->u.constant.data >= PARTS_MAX) refuse(of);
    else if (index->u.constant.data > class->last) class->last = (int)index->u.constant.data;
}

static bool never_comes(const CoreNode *node)
{
    if (node->kind == CORE_PRIM && prim_never_returns(node->u.call.primitive)) return true;
    return node->type && !node->type->tags;
}

/* ---- the walk ----------------------------------------------------------------------------------------------------------- */

static void walk(Parts *k, CoreNode *node, Holder *to);

static void walk_child(CoreNode **child, void *data) { walk(data, *child, NULL); }

static Holder *new_holder(Parts *k)
{
    Holder *holder = arena_alloc(k->arena, sizeof *holder);
    *holder = (Holder){.limit = PARTS_MAX - 1, .last = -1};
    ARENA_PUSH(k->arena, k->holders, k->count, k->capacity, holder);
    return holder;
}

static bool may_be_apart(const CoreType *type)
{
    uint32_t nil = TAG_BIT(RT_NIL);
    if (!type || !(type->tags & ~nil)) return false;
    if (type_is(type, nil | TAG_BIT(RT_VECTOR))) return type->length == type->most;
    return type_is(type, nil | TAG_BIT(RT_CONS));
}

static Holder *holder_of_let(Parts *k, CoreVar *var)
{
    if (!var->scratch && !var->is_hole && may_be_apart(var->type)) {
        Holder *holder = new_holder(k);
        holder->var = var;
        var->scratch = holder;
    }
    Holder *holder = holder_of_var(var);
    if (holder) k->is_idle = false;
    return holder;
}

static void walk_let(Parts *k, CoreNode *node)
{
    CoreVar *var = node->u.let.var;
    CoreNode *init = node->u.let.init;
    Holder *holder = holder_of_let(k, var), *whole = rest_read(init);
    if (holder && whole && type_is(var->type, TAG_BIT(RT_CONS))) {
        class_of(whole)->is_list = true;
        join(holder, whole);
        holder->level = whole->level + 1;
        return;
    }
    walk(k, init, holder);
}

static void walk_prim(Parts *k, CoreNode *node, Holder *to)
{
    bool asks = asks_for_nil(node), looks = asks || parts_read(node) != READ_NONE;
    Holder *of = looks ? holder_of_local(node->u.call.args[0]) : NULL;
    if (to && is_maker(node)) note_maker(k, to, node);
    else if (to && !never_comes(node)) refuse(to);
    if (of && !asks) note_read(of, node);
    else if (!of) core_each_child(node, walk_child, k);
}

static int weight_of_call(const Parts *k, const Holder *callee)
{
    const CoreFunction *f = k->function;
    bool runs_often = !f->is_toplevel && (f->result || f->lends);
    return !runs_often ? 0 : ((const Holder *)f->scratch)->component == callee->component ? ON_CYCLE : 1;
}

static void walk_known_call(Parts *k, CoreNode *node, Holder *to)
{
    Holder *callee = holder_of_function(node->u.call.function);
    core_each_child(node, walk_child, k);
    if (callee) k->is_idle = false;
    if (!callee) {
        if (!never_comes(node)) refuse(to);
        return;
    }
    int weight = weight_of_call(k, callee);
    if (to) {
        join(to, callee);
        if (to->var) to->calls += weight;
        return;
    }
    class_of(callee)->whole += weight;
    if (node->tail && k->function->needs_tailcc) refuse(callee);
}

static void walk_local(const CoreNode *node, Holder *to)
{
    Holder *holder = holder_of_local(node);
    bool is_last = holder && node->use == USE_MOVE && holder->level == 0;
    if (is_last && to) join(to, holder);
    else if (is_last) holder->is_made = true;
    else if (holder) need_whole(holder, holder->level);
    if (!is_last) refuse(to);
}

static void walk_test(Parts *k, CoreNode *node)
{
    bool only_asks = node->use == USE_BORROW && holder_of_local(node);
    if (!only_asks) walk(k, node, NULL);
}

/* The value of the node goes to the holder, or, with NULL, to somebody who needs it whole. */
static void walk(Parts *k, CoreNode *node, Holder *to)
{
    for (;;) {
        switch ((enum CoreKind)node->kind) {
        case CORE_LET:
            walk_let(k, node);
            node = node->u.let.body;
            continue;
        case CORE_SEQ:
            for (int i = 0; i < node->u.call.count - 1; i++) walk(k, node->u.call.args[i], NULL);
            node = node->u.call.args[node->u.call.count - 1];
            continue;
        case CORE_DROP: node = node->u.drop.body; continue;
        case CORE_IF:
            walk_test(k, node->u.branch.test);
            walk(k, node->u.branch.then, to);
            node = node->u.branch.otherwise;
            continue;
        case CORE_PRIM: walk_prim(k, node, to); return;
        case CORE_CALL_KNOWN: walk_known_call(k, node, to); return;
        case CORE_LOCAL: walk_local(node, to); return;
        case CORE_CONST:
            if (to && core_is_nil(node)) class_of(to)->is_optional = true;
            else refuse(to);
            return;
        default:
            refuse(to);
            core_each_child(node, walk_child, k);
            return;
        }
    }
}

/* ---- rounds ------------------------------------------------------------------------------------------------------------- */

static bool may_return_parts(const CoreFunction *f)
{
    if (f->is_toplevel || f->lends || f->wraps || !may_be_apart(f->result)) return false;
    for (int i = 0; i < LEND_COUNT; i++)
        if (f->versions[i]) return false;
    return !(f->needs_closure && f->needs_tailcc && f->escapes); /* its entry would wait for it */
}

static void add_calls(CoreNode **child, void *data)
{
    struct {
        Graph graph;
        int from;
    } *calls = data;
    if ((*child)->kind == CORE_CALL_KNOWN)
        graph_add_edge(&calls->graph, calls->from, ((const Holder *)(*child)->u.call.function->scratch)->component);
    core_each_child(*child, add_calls, data);
}

static void begin(Parts *k)
{
    CoreProgram *p = k->program;
    struct {
        Graph graph;
        int from;
    } calls = {graph_new(k->arena, p->function_count), 0};
    for (int i = 0; i < p->function_count; i++) {
        Holder *holder = new_holder(k);
        holder->function = p->functions[i];
        holder->component = i;
        holder->is_out = !may_return_parts(p->functions[i]);
        p->functions[i]->scratch = holder;
    }
    for (calls.from = 0; calls.from < p->function_count; calls.from++)
        add_calls(&p->functions[calls.from]->body, &calls);
    int *sizes, *components = graph_components(&calls.graph, &sizes);
    for (int i = 0; i < p->function_count; i++) ((Holder *)p->functions[i]->scratch)->component = components[i];
}

static void walk_all(Parts *k)
{
    CoreProgram *p = k->program;
    k->maker_count = 0;
    for (int i = 0; i < k->count; i++) {
        Holder *holder = k->holders[i];
        holder->same = NULL;
        holder->has_function = holder->function != NULL;
        holder->is_read = holder->is_made = false;
        holder->calls = 0;
        holder->is_refused = holder->disagrees = holder->is_optional = holder->is_vector = holder->is_list = false;
        holder->count = holder->level = holder->taken_apart = holder->whole = 0;
        holder->limit = PARTS_MAX - 1;
        holder->last = -1;
    }
    for (int i = 0; i < p->function_count; i++) {
        Holder *holder = p->functions[i]->scratch;
        if (holder->is_idle) continue;
        k->function = p->functions[i];
        k->is_idle = holder->is_out;
        walk(k, k->function->body, active(holder));
        holder->is_idle = k->is_idle;
    }
}

/* Cells beyond those that everybody takes apart are one part. */
static void settle(Holder *class)
{
    if (!class->is_vector) class->count = least(class->count, class->limit + 1);
    bool is_one_kind = class->is_vector != class->is_list;
    bool fits = class->is_vector ? class->count > class->last && class->count <= PARTS_MAX : class->count > 1;
    if (!is_one_kind || !fits) class->disagrees = true;
}

static bool take_out_refused(Parts *k)
{
    bool has_changed = false;
    for (int i = 0; i < k->count; i++) {
        Holder *holder = k->holders[i];
        bool stays = !holder->is_refused && !class_of(holder)->disagrees && (holder->is_read || !holder->is_made);
        if (holder->is_out || stays) continue;
        holder->is_out = has_changed = true;
        if (holder->function) holder->function->parts = NULL;
    }
    return has_changed;
}

static bool refuse_what_does_not_pay(Parts *k)
{
    bool any = false;
    for (int i = 0; i < k->count; i++) {
        Holder *class = k->holders[i];
        bool pays = !class->has_function || class->taken_apart > 2 * class->whole;
        if (class->same || class->is_out || pays) continue;
        class->disagrees = any = true;
    }
    return any || parts_describe(k);
}

/* What a variable holds that is needed whole in the end, on some path, could else have been made in the memory of an old one. */
static void count_calls(const Holder *holder)
{
    Holder *class = class_of((Holder *)(uintptr_t)holder);
    if (holder->is_made) class->whole += holder->calls;
    else class->taken_apart += holder->calls;
}

/* False: there is nothing to be returned in parts. */
static bool find(Parts *k)
{
    for (int round = 0; round < ROUNDS_MAX; round++) {
        walk_all(k);
        for (int i = 0; i < k->count; i++) count_calls(k->holders[i]);
        for (int i = 0; i < k->count; i++)
            if (!k->holders[i]->same) settle(k->holders[i]);
        if (take_out_refused(k)) continue;
        if (!refuse_what_does_not_pay(k)) return true;
        take_out_refused(k);
    }
    for (int i = 0; i < k->count; i++)
        if (k->holders[i]->function) k->holders[i]->function->parts = NULL;
    return false;
}

static void forget(CoreNode **child, void *data)
{
    if ((*child)->kind == CORE_LET) (*child)->u.let.var->scratch = NULL;
    core_each_child(*child, forget, data);
}

static void look(void *data)
{
    Parts *k = data;
    CoreProgram *p = k->program;
    begin(k);
    if (find(k)) parts_write_down(k);
    for (int i = 0; i < p->function_count; i++) {
        p->functions[i]->scratch = NULL;
        forget(&p->functions[i]->body, NULL);
    }
}

void pass_parts(Compiler *c, CoreProgram *p)
{
    if (p->open_world || !p->is_whole || p->unit || p->export_count) return;
    Parts k = {.compiler = c, .program = p, .arena = arena_new()};
    rt_on_lisp_stack(look, &k); /* recursive on the nesting of expressions */
    arena_free(k.arena);
}
