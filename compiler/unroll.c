/* Pass unroll (for speed): loops over few elements, of which it is known how many, are written out.
 *
 * Requires and ensures STAGE_RESOLVE.
 *
 *   (vector-map + a b)      of vectors of three elements is a call of vector-map's loop, (loop a b 0 3 <<>>), which is replaced by three
 *                           copies of the loop's body, one behind the other, with its index known in each
 *
 * The simplifier then sees a vector of three parts, which need not be made if it is only read again: points, states of
 * differential equations and the like are computed in registers.  Hence behind pass higher_order, which makes the loops what they are,
 * and followed by another round of inlining.
 *
 * A loop is a function that first compares a parameter with another one or a number, adds 1 to it in its only call of itself, and
 * passes the other one on.  How often it turns is found by running the program with three kinds of values: ints, vectors of a known
 * length, and anything.  Parameters of functions are what all their calls pass; the loops themselves are run once for each call of
 * them, turn by turn, because every one of vector-map's results would otherwise be as long as the longest.
 *
 * Rejected: lengths by pass types, for which a result of vector-map may be empty, because its loop begins with an empty vector.
 */
#include "simplify.h"
#include "unroll_internal.h"

enum { LOOP_SIZE_MAX = 80, UNROLLED_SIZE_MAX = 400, LEFT_SIZE_MAX = 120, GROWTH_MIN = 2000, NESTED_MAX = 3 };

static const Value none = {KIND_NONE, 0}, any = {KIND_ANY, 0};

static bool is_same(Value a, Value b) { return a.kind == b.kind && a.number == b.number; }

static Value join(Value a, Value b)
{
    if (a.kind == KIND_NONE) return b;
    return b.kind == KIND_NONE || is_same(a, b) ? a : any;
}

/* ---- which functions are loops ------------------------------------------------------------------------------------------- */

typedef struct Within { /* a function that is being looked at */
    Unroll *unroll;
    CoreFunction *function;
} Within;

static void look_at(CoreNode **child, void *data);

static void add_function(Unroll *u, CoreFunction *f, bool is_known)
{
    Loop *loop = arena_alloc(u->arena, sizeof *loop);
    *loop = (Loop){.is_known = is_known, .index = -1};
    loop->params = arena_alloc(u->arena, ((size_t)f->param_count + 1) * sizeof *loop->params);
    f->scratch = loop;
    ARENA_PUSH(u->arena, u->functions, u->function_count, u->function_capacity, f);
}

static void look_into(Unroll *u, CoreFunction *f)
{
    Within within = {u, f};
    look_at(&f->body, &within);
    u->budget += ((Loop *)f->scratch)->size;
}

/* A variable's scratch is the function that it names; where it is used otherwise than to be called, strangers may call that. */
static void look_at_fix(const Within *within, CoreNode *node)
{
    for (int i = 0; i < node->u.fix.count; i++) {
        add_function(within->unroll, node->u.fix.functions[i], true);
        node->u.fix.vars[i]->scratch = node->u.fix.functions[i];
    }
    for (int i = 0; i < node->u.fix.count; i++) look_into(within->unroll, node->u.fix.functions[i]);
    look_at(&node->u.fix.body, (void *)(uintptr_t)within);
    for (int i = 0; i < node->u.fix.count; i++) node->u.fix.vars[i]->scratch = NULL;
}

static void look_at_let(const Within *within, CoreNode *node)
{
    CoreNode *init = node->u.let.init;
    if (init->kind == CORE_LAMBDA) {
        add_function(within->unroll, init->u.function, true);
        node->u.let.var->scratch = init->u.function;
        look_into(within->unroll, init->u.function);
    } else {
        look_at(&node->u.let.init, (void *)(uintptr_t)within);
    }
    look_at(&node->u.let.body, (void *)(uintptr_t)within);
    node->u.let.var->scratch = NULL;
}

static void look_at(CoreNode **child, void *data)
{
    const Within *within = data;
    CoreNode *node = *child;
    Loop *loop = within->function->scratch;
    loop->size++;
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL:
        if (node->u.local->scratch) ((Loop *)((CoreFunction *)node->u.local->scratch)->scratch)->is_known = false;
        return;
    case CORE_FUNCTION: ((Loop *)node->u.function->scratch)->is_known = false; return;
    case CORE_FIX: look_at_fix(within, node); return;
    case CORE_LET: look_at_let(within, node); return;
    case CORE_LAMBDA:
        add_function(within->unroll, node->u.function, false);
        look_into(within->unroll, node->u.function);
        return;
    case CORE_CALL_KNOWN:
        if (node->u.call.function == within->function) {
            loop->calls++;
            loop->call = node;
        }
        break;
    default: break;
    }
    core_each_child(node, look_at, data);
}

static bool may_leave(const CoreNode *node)
{
    while (node->kind == CORE_LET || node->kind == CORE_SEQ) {
        node = node->kind == CORE_LET ? node->u.let.body : node->u.call.args[node->u.call.count - 1];
    }
    return node->kind != CORE_CALL_KNOWN;
}

static int param_of(const CoreFunction *f, const CoreNode *node)
{
    for (int i = 0; node->kind == CORE_LOCAL && i < f->param_count; i++)
        if (f->params[i] == node->u.local) return i;
    return -1;
}

static bool adds_one(const CoreFunction *f, const CoreNode *node, int param)
{
    if (!core_is_prim(node, PRIM_add) || !core_is_int(node->u.call.args[1])) return false;
    return param_of(f, node->u.call.args[0]) == param && node->u.call.args[1]->u.constant.data == 1;
}

static void find_shape(const CoreFunction *f, Loop *loop)
{
    const CoreNode *test = f->body->kind == CORE_IF ? f->body->u.branch.test : NULL;
    if (!test || loop->calls != 1 || !core_is_prim(test, PRIM_num_eq)) return;
    if (!unroll_find_call(f, &f->body->u.branch.otherwise) || loop->size > LOOP_SIZE_MAX || f->has_rest) return;
    int index = param_of(f, test->u.call.args[0]), limit = param_of(f, test->u.call.args[1]);
    bool has_limit =
        limit >= 0 ? core_is_var(loop->call->u.call.args[limit], f->params[limit]) : core_is_int(test->u.call.args[1]);
    if (index < 0 || !has_limit || !adds_one(f, loop->call->u.call.args[index], index)) return;
    loop->index = index;
    loop->limit = limit;
    loop->may_leave = may_leave(f->body->u.branch.otherwise);
}

/* The function that a form consists of, or NULL.  Calls name functions, so one that is the value of a constant global is not met
 * otherwise. */
static CoreFunction *function_of_form(const Unroll *u, const CoreFunction *form, bool *is_known)
{
    const CoreNode *body = form->body;
    *is_known = true;
    if (body->kind == CORE_LAMBDA && body->u.function->is_global) return body->u.function;
    if (body->kind != CORE_DEFINE || body->u.define.value->kind != CORE_LAMBDA) return NULL;
    *is_known = body->u.define.global->is_constant && !u->is_open;
    return body->u.define.value->u.function;
}

/* Global functions are there before anything names them. */
static bool begin(Unroll *u)
{
    CoreProgram *p = u->program;
    bool is_known;
    for (int i = 0; i < p->toplevel_count; i++) {
        CoreFunction *f = function_of_form(u, p->toplevel[i], &is_known);
        if (f) add_function(u, f, is_known);
    }
    int globals = u->function_count;
    for (int i = 0; i < globals; i++) look_into(u, u->functions[i]);
    for (int i = 0; i < p->toplevel_count; i++) {
        if (function_of_form(u, p->toplevel[i], &is_known)) continue;
        add_function(u, p->toplevel[i], true);
        look_into(u, p->toplevel[i]);
    }
    bool any_loop = false;
    for (int i = 0; i < u->function_count; i++) {
        CoreFunction *f = u->functions[i];
        Loop *loop = f->scratch;
        find_shape(f, loop);
        any_loop |= loop->index >= 0;
        for (int j = 0; !loop->is_known && j < f->param_count; j++) loop->params[j] = any;
    }
    return any_loop;
}

/* ---- running the program ----------------------------------------------------------------------------------------------- */

static Value run(Unroll *u, CoreNode **child);

static Value run_const(RtValue v)
{
    if (v.tag == RT_INT) return (Value){KIND_INT, v.data};
    if (v.tag == RT_VECTOR) return (Value){KIND_VECTOR, rt_as_vector(v)->length};
    if (v.tag == RT_NIL || v.tag == RT_BOOL) return (Value){KIND_TRUTH, v.tag == RT_BOOL};
    return any;
}

static Value run_comparison(int primitive, Value a, Value b)
{
    if (a.kind == KIND_NONE || b.kind == KIND_NONE) return none;
    if (a.kind != KIND_INT || b.kind != KIND_INT) return any;
    switch (primitive) {
    case PRIM_num_eq: return (Value){KIND_TRUTH, a.number == b.number};
    case PRIM_lt: return (Value){KIND_TRUTH, a.number < b.number};
    case PRIM_gt: return (Value){KIND_TRUTH, a.number > b.number};
    case PRIM_lte: return (Value){KIND_TRUTH, a.number <= b.number};
    default: return (Value){KIND_TRUTH, a.number >= b.number};
    }
}

/* Of a loop written out; code behind turns that may be the last one is run less often. */
static int size_limit(const Loop *loop) { return loop->may_leave ? LEFT_SIZE_MAX : UNROLLED_SIZE_MAX; }

static Value length_of(Value vector)
{
    if (vector.kind == KIND_NONE) return none;
    return vector.kind == KIND_VECTOR ? (Value){KIND_INT, vector.number} : any;
}

static Value run_local(Unroll *u, CoreNode **child)
{
    const CoreNode *node = *child;
    const Value *value = node->u.local->scratch;
    if (value && u->is_last && value->kind == KIND_INT)
        *child = core_const(u->program, node->place, rt_from_int(value->number));
    return value ? *value : any;
}

/* The length of a vector that is a variable's, which is known. */
static Value run_length(Unroll *u, CoreNode **child, Value vector)
{
    const CoreNode *node = *child;
    bool is_pure = node->u.call.args[node->u.call.count - 1]->kind == CORE_LOCAL;
    Value length = length_of(vector);
    if (length.kind == KIND_INT && u->is_last && is_pure)
        *child = core_const(u->program, node->place, rt_from_int(length.number));
    return length;
}

static Value run_prim(Unroll *u, CoreNode **child)
{
    enum { MOST = 3 };
    CoreNode *node = *child;
    Value args[MOST] = {none, none, none};
    for (int i = 0; i < node->u.call.count; i++) {
        Value arg = run(u, &node->u.call.args[i]);
        if (i < MOST) args[i] = arg;
    }
    int primitive = node->u.call.primitive;
    int64_t sum;
    switch (primitive) {
    case PRIM_vector: return (Value){KIND_VECTOR, node->u.call.count};
    case PRIM_make_vector:
        return args[0].kind == KIND_INT ? (Value){KIND_VECTOR, args[0].number} : args[0].kind == KIND_NONE ? none : any;
    case PRIM_vector_set:
    case PRIM_forget: return args[0].kind == KIND_VECTOR || args[0].kind == KIND_NONE ? args[0] : any;
    case PRIM_vector_length: return run_length(u, child, args[0]);
    case PRIM_check_vector: return run_length(u, child, args[1]);
    case PRIM_num_eq:
    case PRIM_lt:
    case PRIM_gt:
    case PRIM_lte:
    case PRIM_gte: return run_comparison(primitive, args[0], args[1]);
    case PRIM_add:
        if (args[0].kind == KIND_NONE || args[1].kind == KIND_NONE) return none;
        if (args[0].kind != KIND_INT || args[1].kind != KIND_INT) return any;
        return __builtin_add_overflow(args[0].number, args[1].number, &sum) ? any : (Value){KIND_INT, sum};
    default: return any;
    }
}

static Value run_if(Unroll *u, CoreNode *node)
{
    Value test = run(u, &node->u.branch.test);
    if (test.kind == KIND_NONE) return none;
    if (test.kind == KIND_TRUTH) return run(u, test.number ? &node->u.branch.then : &node->u.branch.otherwise);
    bool is_true = test.kind != KIND_ANY; /* an int or a vector */
    Value a = run(u, &node->u.branch.then);
    return is_true ? a : join(a, run(u, &node->u.branch.otherwise));
}

static void bind(const CoreFunction *f, const Value *values, void **saved)
{
    for (int i = 0; i < f->param_count; i++) {
        saved[i] = f->params[i]->scratch;
        f->params[i]->scratch = (void *)(uintptr_t)&values[i];
    }
}

static void unbind(const CoreFunction *f, void **saved)
{
    for (int i = 0; i < f->param_count; i++) f->params[i]->scratch = saved[i];
}

/* How often the loop turns with these arguments, -1: not known, or too often.  *result is what it gives. */
static int run_loop(Unroll *u, CoreFunction *f, const Value *args, Value *result)
{
    const Loop *loop = f->scratch;
    size_t count = (size_t)f->param_count;
    Value limit = loop->limit >= 0 ? args[loop->limit] : run_const(f->body->u.branch.test->u.call.args[1]->u.constant);
    Value first = args[loop->index];
    if (limit.kind != KIND_INT || first.kind != KIND_INT || limit.number < first.number) return -1;
    int64_t turns = limit.number - first.number;
    if (first.number < 0 || limit.number > TURNS_MAX || turns * loop->size > size_limit(loop) ||
        u->nested == NESTED_MAX)
        return -1;
    Unroll inner = *u;
    inner.running = f;
    inner.nested++;
    inner.is_last = false;
    inner.next = arena_alloc(u->arena, (count + 1) * sizeof *inner.next);
    Value *values = arena_alloc(u->arena, (count + 1) * sizeof *values);
    void **saved = arena_alloc(u->arena, (count + 1) * sizeof *saved);
    for (size_t i = 0; i < count; i++) values[i] = args[i];
    *result = none;
    for (int64_t turn = 0; turn <= turns; turn++) {
        inner.goes_on = false;
        bind(f, values, saved);
        *result = join(*result, run(&inner, &f->body));
        unbind(f, saved);
        if (!inner.goes_on) break;
        for (size_t i = 0; i < count; i++) values[i] = inner.next[i];
    }
    u->has_changed = inner.has_changed;
    return (int)turns;
}

/* All calls together tell what a function's parameters can be. */
static void note_call(Unroll *u, const CoreFunction *f, const Value *args)
{
    Loop *loop = f->scratch;
    for (int i = 0; i < f->param_count; i++) {
        Value joined = join(loop->params[i], args[i]);
        if (is_same(joined, loop->params[i])) continue;
        loop->params[i] = joined;
        u->has_changed = true;
    }
}

static Value run_call(Unroll *u, CoreNode **child)
{
    CoreNode *node = *child;
    CoreFunction *f = node->u.call.function;
    const Loop *loop = f->scratch;
    Value *args = arena_alloc(u->arena, ((size_t)node->u.call.count + 1) * sizeof *args);
    bool is_reached = true;
    for (int i = 0; i < node->u.call.count; i++) {
        args[i] = run(u, &node->u.call.args[i]);
        is_reached = is_reached && args[i].kind != KIND_NONE;
    }
    if (!is_reached) return none;
    if (!loop) return any; /* a function of a loop's copy */
    if (f == u->running) {
        for (int i = 0; i < node->u.call.count; i++) u->next[i] = args[i];
        u->goes_on = true;
        return none;
    }
    note_call(u, f, args); /* also if it is to go: the loop's body is copied as it is for all calls */
    Value result;
    bool may_go = loop->index >= 0 && f != u->function;
    int turns = may_go ? run_loop(u, f, args, &result) : -1;
    if (turns < 0) return loop->result;
    if (!u->is_last || u->budget < turns * loop->size) return result;
    *child = unroll_write(u, node, args, turns);
    return run(u, child); /* loops in it can be written out, too */
}

static Value run_let(Unroll *u, CoreNode *node)
{
    Value *value = arena_alloc(u->arena, sizeof *value);
    *value = run(u, &node->u.let.init);
    node->u.let.var->scratch = value;
    Value result = run(u, &node->u.let.body);
    node->u.let.var->scratch = NULL;
    return result;
}

typedef struct Children {
    Unroll *unroll;
    Value last;
} Children;

static void run_child(CoreNode **child, void *data)
{
    Children *children = data;
    children->last = run(children->unroll, child);
}

static Value run(Unroll *u, CoreNode **child)
{
    CoreNode *node = *child;
    Children children = {u, any};
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: return run_const(node->u.constant);
    case CORE_LOCAL: return run_local(u, child);
    case CORE_LET: return run_let(u, node);
    case CORE_IF: return run_if(u, node);
    case CORE_FIX: return run(u, &node->u.fix.body);
    case CORE_LAMBDA: return any;
    case CORE_PRIM: return run_prim(u, child);
    case CORE_CALL_KNOWN: return run_call(u, child);
    case CORE_SEQ: core_each_child(node, run_child, &children); return children.last;
    default: core_each_child(node, run_child, &children); return any;
    }
}

static void run_function(Unroll *u, CoreFunction *f)
{
    Loop *loop = f->scratch;
    void **saved = arena_alloc(u->arena, ((size_t)f->param_count + 1) * sizeof *saved);
    bind(f, loop->params, saved);
    u->function = f;
    Value result = join(loop->result, run(u, &f->body));
    unbind(f, saved);
    if (is_same(result, loop->result)) return;
    loop->result = result;
    u->has_changed = true;
}

void pass_unroll(Compiler *c, CoreProgram *p)
{
    if (p->open_world) return;
    Unroll u = {.compiler = c, .program = p, .arena = arena_new(), .budget = GROWTH_MIN};
    u.is_open = p->uses_eval || !p->is_whole;
    bool any_loop = begin(&u);
    u.has_changed = any_loop;
    while (u.has_changed) {
        u.has_changed = false;
        for (int i = 0; i < u.function_count; i++) run_function(&u, u.functions[i]);
    }
    u.is_last = true;
    for (int i = 0; any_loop && i < u.function_count; i++) run_function(&u, u.functions[i]);
    for (int i = 0; i < u.function_count; i++) u.functions[i]->scratch = NULL;
    arena_free(u.arena);
    if (!u.has_unrolled) return;
    pass_simplify(c, p); /* so that functions are as small as they look */
    if (pipeline_has(c, "inline")) inline_program(c, p, 1);
}
