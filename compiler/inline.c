/* Pass inline (optional): bodies of known functions in place of their calls.
 *
 * Requires and ensures STAGE_RESOLVE.  Inlined are functions called from one place only, whose body moves there, and
 * small ones, whose body is copied: parameters become LETs of the arguments, in order.  Then the simplifier runs, which
 * uses what is known of the arguments.  Pass higher_order, which comes next, goes on with two such rounds: the first
 * shows which functions have one call left.
 *
 * Callees come first, so what is inlined is finished.  A function met again while it is being walked is recursive and is
 * not inlined: that breaks every cycle.  The definition of a function of the top level goes away in pass `prune`.  Sizes
 * are bounded: of a function that grows, and of all growth in proportion to the program, so that the compile time stays
 * linear.
 *
 * Places: library code has none, so what of it comes into code that has gets the place of the call.
 */
#include "passes.h"
#include "remarks.h"
#include "simplify.h"

enum {
    SMALL = 28, /* nodes of a function that is copied to each call */
    SMALL_RECORD_MAKER =
        40, /* whose value is a new vector or pair, which need not be made where its parts are wanted */
    SMALL_AT_TOP_LEVEL = 8, /* there it runs once */
    SMALL_WITH_REST = 64, /* where the list of further arguments is made at the call: what asks for their number goes */
    MAX_MOVED = 240, /* of a function with one call; larger ones gain nothing and make large functions */
    MAX_CALLER = 1500 /* a function of this size takes in nothing more */
};

enum State { STATE_NEW, STATE_ACTIVE, STATE_DONE };

typedef struct Callee { /* CoreFunction.scratch */
    enum State state;
    int size; /* when done */
    int calls, values; /* references, by call and otherwise */
    bool is_recursive;
} Callee;

typedef struct Inliner {
    Compiler *compiler;
    CoreProgram *program;
    Arena *arena;
    CoreFunction **functions;
    int function_count, function_capacity;
    CoreVar **vars; /* those bound to functions: their scratch is the function */
    int var_count, var_capacity;
    CoreFunction *function; /* being walked */
    int size; /* of that one, so far */
    int64_t budget;
} Inliner;

/* ---- counting references --------------------------------------------------------------------------------------- */

static Callee *callee_of(Inliner *k, CoreFunction *f)
{
    if (f->scratch) return f->scratch;
    f->scratch = arena_alloc(k->arena, sizeof(Callee));
    ARENA_PUSH(k->arena, k->functions, k->function_count, k->function_capacity, f);
    return f->scratch;
}

static void name_function(Inliner *k, CoreVar *var, CoreFunction *f)
{
    var->scratch = f;
    ARENA_PUSH(k->arena, k->vars, k->var_count, k->var_capacity, var);
}

static void count(CoreNode **child, void *data)
{
    Inliner *k = data;
    CoreNode *node = *child;
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL:
        if (node->u.local->scratch) callee_of(k, node->u.local->scratch)->values++;
        break;
    case CORE_FUNCTION: callee_of(k, node->u.function)->values++; break;
    case CORE_CALL_KNOWN: callee_of(k, node->u.call.function)->calls++; break;
    case CORE_LET:
        if (node->u.let.init->kind == CORE_LAMBDA) name_function(k, node->u.let.var, node->u.let.init->u.function);
        break;
    case CORE_FIX:
        for (int i = 0; i < node->u.fix.count; i++) name_function(k, node->u.fix.vars[i], node->u.fix.functions[i]);
        break;
    default: break;
    }
    core_each_part(node, count, k);
}

/* ---- one call -------------------------------------------------------------------------------------------------- */

static bool is_only_use(const Callee *callee) { return callee->calls == 1 && callee->values == 0; }

/* Is the list of the arguments behind the named ones made at the call? */
static bool knows_rest(const CoreNode *call)
{
    if (!call->u.call.function->has_rest) return false;
    const CoreNode *rest = call->u.call.args[call->u.call.count - 1];
    return core_is_nil(rest) || core_is_prim(rest, PRIM_list) || core_is_prim(rest, PRIM_cons);
}

static bool makes_record(const CoreFunction *f)
{
    const CoreNode *value = f->body;
    while (value->kind == CORE_LET) value = value->u.let.body;
    return core_is_prim(value, PRIM_vector) || core_is_prim(value, PRIM_cons) || core_is_prim(value, PRIM_list);
}

static bool is_worth_it(const Inliner *k, const CoreNode *call)
{
    const Callee *callee = call->u.call.function->scratch;
    if (!callee || callee->state != STATE_DONE || callee->is_recursive) return false;
    if (callee->size > k->budget || k->size + callee->size > MAX_CALLER) return false;
    if (is_only_use(callee) && callee->size <= MAX_MOVED) return true;
    if (knows_rest(call)) return callee->size <= SMALL_WITH_REST;
    if (k->function->is_toplevel) return callee->size <= SMALL_AT_TOP_LEVEL;
    return callee->size <= (makes_record(call->u.call.function) ? SMALL_RECORD_MAKER : SMALL);
}

/* Takes the body and the parameters out of a function; what is left is never called. */
static CoreFunction move_out(CoreProgram *p, CoreFunction *f)
{
    CoreFunction moved = *f;
    f->body = core_const(p, NULL, rt_nil());
    f->params = arena_alloc(p->arena, ((size_t)f->param_count + 1) * sizeof *f->params);
    for (int i = 0; i < f->param_count; i++) f->params[i] = core_var(p, moved.params[i]->name);
    return moved;
}

/* The call itself, and operands that take the places of parameters. */
static int replaced_nodes(const CoreNode *call)
{
    int count = 1;
    for (int i = 0; i < call->u.call.count; i++) count += core_is_atom(call->u.call.args[i]);
    return count;
}

static CoreNode *inline_call(Inliner *k, CoreNode *call)
{
    CoreProgram *p = k->program;
    CoreFunction *f = call->u.call.function;
    const Callee *callee = f->scratch;
    if (!is_worth_it(k, call)) return call;
    bool is_moved = is_only_use(callee);
    CoreFunction source = is_moved ? move_out(p, f) : *core_copy_function(p, f);
    CoreNode *body = source.body;
    f->is_dispensable = true;
    if (f->is_library && call->place) core_stamp_place(body, call->place);
    for (int i = f->param_count - 1; i >= 0; i--)
        body = core_let(p, call->place, source.params[i], call->u.call.args[i], body);
    if (!is_moved) k->budget -= callee->size;
    k->size += callee->size - replaced_nodes(call);
    if (call->place && (f->place || f->is_library))
        remark(k->compiler, call->place, k->function, REMARK_INLINED, "%s, %s", f->name,
               callee->calls == 1 ? "which is called only here" : "which is small");
    return body;
}

/* ---- the walk, callees first ----------------------------------------------------------------------------------- */

static void walk_function(Inliner *k, CoreFunction *f);

/* A function defined within the one being walked. */
static void walk_inner(Inliner *k, CoreFunction *f)
{
    walk_function(k, f);
    k->size += callee_of(k, f)->size;
}

static void walk(CoreNode **child, void *data)
{
    Inliner *k = data;
    CoreNode *node = *child;
    k->size += node->kind != CORE_LET;
    if (node->kind == CORE_LAMBDA) walk_inner(k, node->u.function);
    if (node->kind == CORE_LET && node->u.let.init->kind == CORE_LAMBDA) {
        walk(&node->u.let.body, k); /* which walks the function at its first call */
        walk(&node->u.let.init, k);
        return;
    }
    core_each_child(node, walk, k);
    if (node->kind == CORE_FIX)
        for (int i = 0; i < node->u.fix.count; i++) walk_inner(k, node->u.fix.functions[i]);
    if (node->kind != CORE_CALL_KNOWN) return;
    walk_function(k, node->u.call.function);
    *child = inline_call(k, node);
}

static void walk_function(Inliner *k, CoreFunction *f)
{
    Callee *callee = callee_of(k, f);
    if (callee->state == STATE_ACTIVE) callee->is_recursive = true;
    if (callee->state != STATE_NEW) return;
    CoreFunction *outer = k->function;
    int outer_size = k->size;
    callee->state = STATE_ACTIVE;
    k->function = f;
    k->size = 0;
    walk(&f->body, k);
    callee->state = STATE_DONE;
    callee->size = k->size;
    k->function = outer;
    k->size = outer_size;
}

static void inline_round(Inliner *k)
{
    CoreProgram *p = k->program;
    k->arena = arena_new();
    k->functions = NULL;
    k->vars = NULL;
    k->function_count = k->function_capacity = k->var_count = k->var_capacity = 0;
    for (int i = 0; i < p->toplevel_count; i++) count(&p->toplevel[i]->body, k);
    for (int i = 0; i < p->toplevel_count; i++) walk_function(k, p->toplevel[i]);
    for (int i = 0; i < k->function_count; i++) k->functions[i]->scratch = NULL;
    for (int i = 0; i < k->var_count; i++) k->vars[i]->scratch = NULL;
    arena_free(k->arena);
}

void inline_program(Compiler *c, CoreProgram *p, int rounds)
{
    Inliner k = {.compiler = c, .program = p, .budget = 500};
    for (int i = 0; i < p->toplevel_count; i++) k.budget += core_size(p->toplevel[i]->body);
    for (int i = 0; i < rounds; i++) {
        inline_round(&k);
        pass_simplify(c, p);
    }
}

void pass_inline(Compiler *c, CoreProgram *p) { inline_program(c, p, 1); }
