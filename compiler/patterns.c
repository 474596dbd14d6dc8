/* Pass patterns (for speed): pairs, short lists and vectors that are made only to be taken apart by a function are passed as their parts.
 *
 * Requires and ensures STAGE_TAIL.  Call-pattern specialisation (S. Peyton Jones, 2007).
 *
 *   (f z n)                        reads (vector-ref z 0) and (vector-ref z 1), and calls
 *   (f (vector e1 e2) (- n 1))     which becomes a call of a variant:   (f' e1 e2 (- n 1))
 *
 * In the variant the parts are parameters, so numbers among them live in registers, and what is read is there.  Where the variant
 * gives the structure back or prints it, it makes it of the parts, at most once on each path, and not where the structure goes on to
 * the next turn as well; if it needs it otherwise, there is no variant.  Only recursion that makes structures for itself is worth a copy:
 * the states of loops.  Calls that pass something else go to the original, whose calls find their way to the variant; what is left
 * without calls leaves the program.
 *
 * Behind pass reads, because functions have been inlined and converted there; before pass specialize, which then finds ints and floats
 * among the parts.  A pair that is filled later (pass trmc) must stay one: its cdr was nil when it was made, and such pairs are left
 * alone.
 */
#include "cycles.h"
#include "patterns_internal.h"
#include "types.h"

enum { FUNCTION_SIZE_MAX = 400, GROWTH_MIN = 2000, ROUNDS_MAX = 8 };

Pattern pattern_of_prim(const CoreNode *node)
{
    const Pattern none = {MADE_OTHERWISE, 0};
    if (node->kind != CORE_PRIM || node->u.call.count < 1 || node->u.call.count > PATTERN_PARTS_MAX) return none;
    uint8_t count = (uint8_t)node->u.call.count;
    switch (node->u.call.primitive) {
    case PRIM_vector: return (Pattern){MADE_VECTOR, count};
    case PRIM_list: return (Pattern){MADE_LIST, count};
    case PRIM_cons: return core_is_nil(node->u.call.args[1]) ? none : (Pattern){MADE_PAIR, count};
    default: return none;
    }
}

int pattern_part_read(const CoreNode *node)
{
    if (node->kind != CORE_PRIM) return NO_PART;
    switch (node->u.call.primitive) {
    case PRIM_car: return PART_OF_CAR;
    case PRIM_cdr: return PART_OF_CDR;
    case PRIM_vector_ref: {
        const CoreNode *index = node->u.call.args[1];
        bool is_near = core_is_int(index) && index->u.constant.data >= 0 && index->u.constant.data < PATTERN_PARTS_MAX;
        return is_near ? (int)index->u.constant.data : NO_PART;
    }
    default: return NO_PART;
    }
}

/* ---- which parameters are given structures ------------------------------------------------------------------------------ */

typedef struct Calls {
    Graph graph;
    Callee *from;
} Calls;

static void note_calls(CoreNode **child, void *data)
{
    Calls *calls = data;
    calls->from->size++;
    if ((*child)->kind == CORE_CALL_KNOWN) {
        const Callee *to = (*child)->u.call.function->scratch;
        graph_add_edge(&calls->graph, calls->from->component, to->component);
    }
    core_each_child(*child, note_calls, data);
}

/* The numbers of the functions become those of their components. */
static void find_components(Patterns *k, int count)
{
    CoreFunction **functions = k->program->functions;
    Calls calls = {.graph = graph_new(k->arena, count)};
    for (int i = 0; i < count; i++) ((Callee *)functions[i]->scratch)->component = i;
    for (int i = 0; i < count; i++) {
        calls.from = functions[i]->scratch;
        note_calls(&functions[i]->body, &calls);
        k->budget += calls.from->size;
    }
    int *sizes, *components = graph_components(&calls.graph, &sizes);
    for (int i = 0; i < count; i++) ((Callee *)functions[i]->scratch)->component = components[i];
}

/* A variable's vector with another part at a constant place. */
static bool changes_part(const CoreNode *node)
{
    bool is_change = core_is_prim(node, PRIM_vector_set) && node->u.call.args[0]->kind == CORE_LOCAL;
    return is_change && core_is_int(node->u.call.args[1]);
}

/* The scratch of variables of LETs is what they are bound to. */
static bool is_made(const CoreNode *node)
{
    while (node->kind == CORE_LET || node->kind == CORE_SEQ) {
        node = node->kind == CORE_LET ? node->u.let.body : node->u.call.args[node->u.call.count - 1];
    }
    if (node->kind == CORE_IF) return is_made(node->u.branch.then) && is_made(node->u.branch.otherwise);
    if (node->kind == CORE_LOCAL && node->u.local->scratch) node = node->u.local->scratch;
    return pattern_of_prim(node).made != MADE_OTHERWISE || changes_part(node);
}

/* By calls on cycles: what a call from outside gives away once is not worth a copy. */
static void note_given(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    Callee *caller = data;
    core_each_child(node, note_given, data);
    if (node->kind != CORE_CALL_KNOWN) return;
    Callee *callee = node->u.call.function->scratch;
    if (callee->component != caller->component) return;
    for (int i = 0; i < node->u.call.count; i++)
        if (!callee->is_given[i] && is_made(node->u.call.args[i])) callee->is_given[i] = true;
}

typedef struct PassedOn { /* the parameters of a function that are given structures pass them on */
    const Callee *from;
    bool has_changed;
} PassedOn;

static void note_passed_on(CoreNode **child, void *data)
{
    PassedOn *passed = data;
    CoreNode *node = *child;
    core_each_child(node, note_passed_on, data);
    if (node->kind != CORE_CALL_KNOWN) return;
    Callee *to = node->u.call.function->scratch;
    for (int i = 0; i < node->u.call.count; i++) {
        if (to->is_given[i] || node->u.call.args[i]->kind != CORE_LOCAL) continue;
        for (int j = 0; j < core_param_count(passed->from->function); j++) {
            bool is_it =
                passed->from->is_given[j] && core_is_var(node->u.call.args[i], core_param(passed->from->function, j));
            if (is_it) to->is_given[i] = passed->has_changed = true;
        }
    }
}

static bool any_given(const Callee *callee)
{
    for (int i = 0; i < core_param_count(callee->function); i++)
        if (callee->is_given[i]) return true;
    return false;
}

/* ---- which of them gain ------------------------------------------------------------------------------------------------- */

typedef struct
    Paths { /* through an expression: the most uses of a structure on one of them, -1: there is no such path */
    int with_whole; /* where it is needed whole; passing it on counts, too */
    int without; /* where it is at most passed on */
} Paths;

enum { MANY = 1000 };

typedef struct ParamUse { /* one parameter in a function */
    CoreVar *param; /* other names of it have it in scratch */
    enum PatternUse use;
    bool is_read;
} ParamUse;

static int both(int a, int b) { return a < 0 || b < 0 ? -1 : a + b > MANY ? MANY : a + b; }
static int most(int a, int b) { return a > b ? a : b; }

static Paths then(Paths a, Paths b)
{
    int with_whole = most(both(a.with_whole, most(b.with_whole, b.without)), both(a.without, b.with_whole));
    return (Paths){with_whole, both(a.without, b.without)};
}

static Paths either(Paths a, Paths b) { return (Paths){most(a.with_whole, b.with_whole), most(a.without, b.without)}; }

static const Paths no_use = {-1, 0}, passed_on = {-1, 1}, whole_use = {1, -1}, not_to_be = {MANY, -1};

static Paths walk(ParamUse *k, const CoreNode *node, bool is_result);

static bool is_param(const ParamUse *k, const CoreNode *node)
{
    if (core_is_prim(node, PRIM_forget)) return is_param(k, node->u.call.args[0]);
    return node->kind == CORE_LOCAL && (node->u.local == k->param || node->u.local->scratch == k->param);
}

/* What is left of a list behind its first elements. */
static bool is_rest(const ParamUse *k, const CoreNode *node)
{
    if (k->use != USE_OF_LIST || !core_is_prim(node, PRIM_cdr)) return false;
    return is_param(k, node->u.call.args[0]) || is_rest(k, node->u.call.args[0]);
}

static bool asks_only(const CoreNode *node)
{
    uint32_t tags;
    return node->u.call.primitive == PRIM_vector_length ||
           (node->u.call.count == 1 && prim_tests_tags(node->u.call.primitive, &tags));
}

static Paths walk_args(ParamUse *k, const CoreNode *node)
{
    Paths paths = no_use;
    for (int i = 0; i < node->u.call.count; i++) {
        const CoreNode *arg = node->u.call.args[i];
        const Callee *callee = node->kind == CORE_CALL_KNOWN ? node->u.call.function->scratch : NULL;
        bool goes_on = callee && is_param(k, arg) && callee->gains[k->use][i];
        if (goes_on) k->is_read |= callee->is_read[k->use][i];
        bool is_late = node->kind == CORE_PRIM && primitives[node->u.call.primitive].has_effect;
        paths = then(paths, goes_on ? passed_on : is_late && is_param(k, arg) ? whole_use : walk(k, arg, false));
    }
    return paths;
}

static Paths walk_seq(ParamUse *k, const CoreNode *node, bool is_result)
{
    Paths paths = no_use;
    for (int i = 0; i < node->u.call.count; i++) {
        bool is_last = i == node->u.call.count - 1;
        paths = then(paths, walk(k, node->u.call.args[i], is_result && is_last));
    }
    return paths;
}

static Paths walk_let(ParamUse *k, const CoreNode *node, bool is_result)
{
    CoreVar *var = node->u.let.var;
    bool is_name = is_param(k, node->u.let.init);
    if (is_name) var->scratch = k->param;
    Paths init = is_name ? no_use : walk(k, node->u.let.init, false);
    Paths paths = then(init, walk(k, node->u.let.body, is_result));
    var->scratch = NULL;
    return paths;
}

static Paths walk_prim(ParamUse *k, const CoreNode *node)
{
    if (changes_part(node) && is_param(k, node->u.call.args[0])) {
        k->is_read = true;
        return walk(k, node->u.call.args[2], false);
    }
    bool is_read = pattern_part_read(node) != NO_PART;
    const CoreNode *of = is_read || asks_only(node) ? node->u.call.args[0] : NULL;
    if (!of || !(is_param(k, of) || is_rest(k, of))) return walk_args(k, node);
    k->is_read |= is_read;
    return no_use;
}

/* Only a structure that is the function's result, or that is printed or part of an error, may be made of its parts again. */
static Paths walk(ParamUse *k, const CoreNode *node, bool is_result)
{
    if (is_param(k, node)) return is_result ? whole_use : not_to_be;
    if (is_rest(k, node)) return not_to_be; /* it would be made anew, and was there */
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: return walk_let(k, node, is_result);
    case CORE_SEQ: return walk_seq(k, node, is_result);
    case CORE_IF: {
        Paths test = is_param(k, node->u.branch.test) ? no_use : walk(k, node->u.branch.test, false);
        Paths a = walk(k, node->u.branch.then, is_result), b = walk(k, node->u.branch.otherwise, is_result);
        return then(test, either(a, b));
    }
    case CORE_TRY: return then(walk(k, node->u.try_.body, is_result), walk(k, node->u.try_.handler, is_result));
    case CORE_DEFINE: return walk(k, node->u.define.value, false);
    case CORE_PRIM: return walk_prim(k, node);
    case CORE_CALL:
    case CORE_APPLY: return then(walk(k, node->u.call.callee, false), walk_args(k, node));
    case CORE_CLOSURE:
    case CORE_CALL_KNOWN: return walk_args(k, node);
    default: return no_use;
    }
}

/* Looks at the parameters of the function again, as far as it is known which parameters of others gain and are read.  A structure that
 * would have to be made in vain is not passed in parts; nor is one that nobody reads. */
static bool look_at(Callee *callee)
{
    bool has_changed = false;
    for (enum PatternUse use = 0; use < USE_COUNT; use++) {
        for (int i = 0; i < core_param_count(callee->function); i++) {
            if (!callee->gains[use][i]) continue;
            ParamUse k = {.param = core_param(callee->function, i), .use = use};
            bool gains = walk(&k, callee->function->body, true).with_whole <= 1;
            has_changed |= gains != callee->gains[use][i] || k.is_read != callee->is_read[use][i];
            callee->gains[use][i] = gains;
            callee->is_read[use][i] = k.is_read;
        }
    }
    return has_changed;
}

static bool can_have_variants(const Callee *callee)
{
    return !callee->function->has_rest && callee->size <= FUNCTION_SIZE_MAX;
}

static void begin_gains(Patterns *k, Callee *callee)
{
    size_t count = (size_t)core_param_count(callee->function);
    for (enum PatternUse use = 0; use < USE_COUNT; use++) {
        callee->gains[use] = arena_alloc(k->arena, count * sizeof(bool) + 1);
        callee->is_read[use] = arena_alloc(k->arena, count * sizeof(bool) + 1);
        for (size_t i = 0; i < count && can_have_variants(callee); i++)
            callee->gains[use][i] = callee->is_given[i] && !core_param(callee->function, (int)i)->is_hole;
    }
}

static void find_gains(Patterns *k, int count)
{
    CoreFunction **functions = k->program->functions;
    for (int i = 0; i < count; i++) begin_gains(k, functions[i]->scratch);
    bool has_changed = true;
    for (int round = 0; has_changed; round++) {
        has_changed = false;
        for (int i = 0; i < count; i++) has_changed |= look_at(functions[i]->scratch);
        if (round == ROUNDS_MAX) return; /* what gains is not settled: no variants */
    }
    for (int i = 0; i < count; i++) {
        Callee *callee = functions[i]->scratch;
        for (enum PatternUse use = 0; use < USE_COUNT; use++) {
            for (int j = 0; j < core_param_count(callee->function); j++) {
                callee->gains[use][j] &= callee->is_read[use][j];
                if (callee->gains[use][j] && !callee->untouched)
                    callee->untouched = core_copy_function(k->program, callee->function);
            }
        }
    }
}

/* Is any parameter given a structure?  (Passing it on through more functions than there are rounds is seldom worth it.) */
static bool find_given(Patterns *k, int count)
{
    CoreFunction **functions = k->program->functions;
    for (int i = 0; i < count; i++) {
        Callee *callee = arena_alloc(k->arena, sizeof *callee);
        *callee = (Callee){.function = functions[i]};
        callee->is_given = arena_alloc(k->arena, (size_t)core_param_count(functions[i]) * sizeof(bool) + 1);
        functions[i]->scratch = callee;
    }
    find_components(k, count);
    bool any = false;
    for (int i = 0; i < count; i++) {
        core_note_inits(functions[i]->body);
        note_given(&functions[i]->body, functions[i]->scratch);
        core_forget_inits(functions[i]->body);
    }
    PassedOn passed = {.has_changed = true};
    for (int round = 0; passed.has_changed && round < ROUNDS_MAX; round++) {
        passed.has_changed = false;
        for (int i = 0; i < count; i++) {
            passed.from = functions[i]->scratch;
            if (!any_given(passed.from)) continue;
            any = true;
            note_passed_on(&functions[i]->body, &passed);
        }
    }
    return any;
}

void pass_patterns(Compiler *c, CoreProgram *p)
{
    Patterns k = {.compiler = c, .program = p, .arena = arena_new(), .budget = GROWTH_MIN};
    int count = p->function_count;
    patterns_rewrite(&k);
    if (find_given(&k, count)) {
        find_gains(&k, count);
        patterns_rewrite(&k);
    }
    for (int i = 0; i < p->function_count; i++) p->functions[i]->scratch = NULL;
    arena_free(k.arena);
    if (k.has_variants || k.has_changed) tail_mark_calls(p);
    if (k.has_variants) core_drop_unreached(p);
}
