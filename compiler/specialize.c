/* Pass specialize (optional): copies of recursive functions for parameters that are ints, or floats.
 *
 * Requires and ensures STAGE_TAIL.  A parameter that takes part in arithmetic but may be more than an int (anything, when
 * strangers call; a bigint, when a sum may overflow) makes every use of it test its tag, and keeps it from living in a
 * register as a plain number.  So a recursive function gets a variant for which such parameters are assumed to be ints or floats, by
 * what its calls pass.  A call goes to the variant that fits its operands:
 *
 *     (f a b)  =>  (let t b (if (if (is_int a) (is_int t) nil) (f.variant a t) (f a t)))
 *
 * Pass `types` then finds the parameters of the variant to be ints, decides the tests that need not be made, and removes what
 * they make unreachable.  The original is the generic copy.  Its own loop never goes back to a variant: a loop whose sum
 * overflowed leaves the fast copy once, with the bigint, and stays in the other one.  (One copy in which both kinds
 * meet would be as slow as the generic one alone.)  Where strangers can call, a new function with the tests stands in front.
 *
 * Growth is bounded: a few variants a function, functions of moderate size only, and a limit for the program.
 * Rejected: a variant for each combination of operand types met, as in Julia: a program's numbers are ints or floats, and what
 * is neither gains nothing.
 */
#include "cycles.h"
#include "passes.h"
#include "remarks.h"
#include "types.h"

enum { VARIANTS_MAX = 3, FUNCTION_SIZE_MAX = 800, GROWTH_MIN = 4000, WANTED_ROUNDS = 4 };

typedef struct Variant {
    CoreFunction *function;
    uint8_t *assumed; /* for each parameter: RT_INT, RT_FLOAT, or 0: nothing */
} Variant;

typedef struct Candidate { /* CoreFunction.scratch */
    CoreFunction *function, *generic; /* generic: where the unspecialised code is */
    int number, size;
    bool *is_wanted; /* parameters that would gain */
    bool is_recursive, is_worth_it;
    Variant variants[VARIANTS_MAX];
    int variant_count;
} Candidate;

typedef struct Specializer {
    Compiler *compiler;
    CoreProgram *program;
    Arena *arena; /* of this pass alone */
    Candidate *candidate; /* whose function is being looked at */
    bool in_generic; /* calls are rewritten in the generic copy of `candidate` */
    bool changed;
    int budget;
} Specializer;

/* ---- which parameters gain ---------------------------------------------------------------------------------------- */

static bool may_be(const CoreType *type, uint32_t tags) { return !type || type->tags & tags; }

static bool is_number_operand(int primitive, int operand)
{
    uint32_t tags = prim_operand_tags(primitive, operand);
    return tags != TAGS_ALL && !(tags & ~TAGS_NUMBER);
}

/* The variable's scratch is its index + 1 when it is a parameter of the candidate. */
static void want(Specializer *s, const CoreNode *operand)
{
    if (operand->kind != CORE_LOCAL || !operand->u.local->scratch) return;
    int i = (int)(intptr_t)operand->u.local->scratch - 1;
    const CoreType *type = core_param(s->candidate->function, i)->type;
    if (s->candidate->is_wanted[i] || !type || type_is_one_tag(type)) return;
    if (!may_be(type, TAG_BIT(RT_INT) | TAG_BIT(RT_FLOAT))) return;
    s->candidate->is_wanted[i] = s->changed = true;
}

static void find_wanted(CoreNode **child, void *data)
{
    Specializer *s = data;
    CoreNode *node = *child;
    s->candidate->size++;
    for (int i = 0; node->kind == CORE_PRIM && i < node->u.call.count; i++)
        if (is_number_operand(node->u.call.primitive, i)) want(s, node->u.call.args[i]);
    if (node->kind == CORE_CALL_KNOWN) {
        const Candidate *callee = node->u.call.function->scratch;
        for (int i = 0; i < node->u.call.count; i++)
            if (callee->is_wanted[i]) want(s, node->u.call.args[i]);
    }
    core_each_child(node, find_wanted, s);
}

static void look_at(Specializer *s, CoreFunction *f)
{
    s->candidate = f->scratch;
    s->candidate->size = 0;
    for (int i = 0; i < core_param_count(f); i++) core_param(f, i)->scratch = (void *)(intptr_t)(i + 1);
    find_wanted(&f->body, s);
    for (int i = 0; i < core_param_count(f); i++) core_param(f, i)->scratch = NULL;
}

typedef struct CallEdges {
    Graph *graph;
    const Candidate *from;
    bool calls_itself;
} CallEdges;

static void add_edges(CoreNode **child, void *data)
{
    CallEdges *edges = data;
    if ((*child)->kind == CORE_CALL_KNOWN) {
        const Candidate *to = (*child)->u.call.function->scratch;
        graph_add_edge(edges->graph, edges->from->number, to->number);
        if (to == edges->from) edges->calls_itself = true;
    }
    core_each_child(*child, add_edges, data);
}

static void find_recursive(Specializer *s, int count)
{
    CoreProgram *p = s->program;
    Graph graph = graph_new(s->arena, count);
    for (int i = 0; i < count; i++) {
        Candidate *candidate = p->functions[i]->scratch;
        CallEdges edges = {&graph, candidate, false};
        add_edges(&p->functions[i]->body, &edges);
        candidate->is_recursive = edges.calls_itself;
    }
    int *sizes, *components = graph_components(&graph, &sizes);
    for (int i = 0; i < count; i++)
        if (sizes[components[i]] > 1) ((Candidate *)p->functions[i]->scratch)->is_recursive = true;
}

static bool begin(Specializer *s, int count)
{
    CoreProgram *p = s->program;
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        Candidate *candidate = arena_alloc(s->arena, sizeof *candidate);
        *candidate = (Candidate){.function = f, .generic = f, .number = i};
        candidate->is_wanted = arena_alloc(s->arena, (size_t)core_param_count(f) + 1);
        f->scratch = candidate;
    }
    s->changed = true;
    for (int round = 0; s->changed && round < WANTED_ROUNDS; round++) {
        s->changed = false;
        for (int i = 0; i < count; i++) look_at(s, p->functions[i]);
    }
    find_recursive(s, count);
    bool any = false;
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        Candidate *candidate = f->scratch;
        bool gains = false;
        for (int j = 0; j < core_param_count(f); j++) gains = gains || candidate->is_wanted[j];
        candidate->is_worth_it = gains && candidate->is_recursive && candidate->size <= FUNCTION_SIZE_MAX && f->result;
        any = any || candidate->is_worth_it;
        s->budget += candidate->size;
    }
    return any;
}

/* ---- variants ------------------------------------------------------------------------------------------------------- */

static CoreType operand_type(Specializer *s, const CoreNode *node)
{
    if (node->kind == CORE_CONST) return type_of_constant(s->arena, node->u.constant);
    return node->type ? *node->type : type_any();
}

/* What to assume of parameter i when it gets such an operand. */
static uint8_t assumption(const Candidate *candidate, int i, const CoreType *operand)
{
    if (!candidate->is_wanted[i]) return 0;
    if (may_be(operand, TAG_BIT(RT_INT))) return RT_INT;
    return may_be(operand, TAG_BIT(RT_FLOAT)) ? RT_FLOAT : 0;
}

static Variant *find_variant(Candidate *candidate, const uint8_t *assumed)
{
    size_t count = (size_t)core_param_count(candidate->function);
    for (int i = 0; i < candidate->variant_count; i++)
        if (memcmp(candidate->variants[i].assumed, assumed, count) == 0) return &candidate->variants[i];
    return NULL;
}

static uint8_t *assumptions(Specializer *s, const Candidate *candidate, CoreNode *const *args)
{
    uint8_t *assumed = arena_alloc(s->arena, (size_t)core_param_count(candidate->function) + 1);
    for (int i = 0; i < core_param_count(candidate->function); i++) {
        CoreType type = args ? operand_type(s, args[i]) : *core_param(candidate->function, i)->type;
        assumed[i] = assumption(candidate, i, &type);
    }
    return assumed;
}

static bool assumes_nothing(const Candidate *candidate, const uint8_t *assumed)
{
    for (int i = 0; i < core_param_count(candidate->function); i++)
        if (assumed[i]) return false;
    return true;
}

/* args NULL: strangers call. */
static void request(Specializer *s, Candidate *candidate, CoreNode *const *args)
{
    if (!candidate->is_worth_it || candidate->variant_count == VARIANTS_MAX || s->budget < candidate->size) return;
    uint8_t *assumed = assumptions(s, candidate, args);
    if (assumes_nothing(candidate, assumed) || find_variant(candidate, assumed)) return;
    candidate->variants[candidate->variant_count++].assumed = assumed;
    s->budget -= candidate->size;
}

static void request_variants(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN) request(data, node->u.call.function->scratch, node->u.call.args);
    core_each_child(node, request_variants, data);
}

static CoreFunction *copy_of(Specializer *s, Candidate *candidate)
{
    CoreProgram *p = s->program;
    CoreFunction *copy = core_copy_function(p, candidate->function);
    copy->needs_closure = false;
    copy->scratch = NULL;
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, copy);
    return copy;
}

/* ---- calls ------------------------------------------------------------------------------------------------------------ */

static CoreNode **copy_atoms(Specializer *s, CoreNode *const *atoms, int count)
{
    Arena *arena = s->program->arena;
    CoreNode **copies = arena_alloc(arena, ((size_t)count + 1) * sizeof *copies);
    for (int i = 0; i < count; i++) {
        copies[i] = arena_alloc(arena, sizeof *copies[i]);
        *copies[i] = *atoms[i];
    }
    return copies;
}

/* The test that the atoms are what the variant assumes; NULL when there is nothing to test. */
static CoreNode *guard(Specializer *s, const RtPlace *at, const Variant *variant, CoreNode **atoms, int count)
{
    CoreProgram *p = s->program;
    CoreNode *test = NULL;
    for (int i = count - 1; i >= 0; i--) {
        CoreType type = operand_type(s, atoms[i]);
        if (!variant->assumed[i] || type_is(&type, TAG_BIT(variant->assumed[i]))) continue;
        int primitive = variant->assumed[i] == RT_INT ? PRIM_is_int : PRIM_is_float;
        CoreNode *one = core_prim(p, at, primitive, 1, copy_atoms(s, &atoms[i], 1));
        test = test ? core_if(p, at, one, test, core_const(p, at, rt_nil())) : one;
    }
    return test;
}

/* A call of the function with these operands: of the variant when they are what it assumes, else of the generic copy. */
static CoreNode *dispatch(Specializer *s, CoreNode *call, const Variant *variant, CoreFunction *generic)
{
    CoreProgram *p = s->program;
    const RtPlace *at = call->place;
    int count = call->u.call.count;
    CoreNode **atoms = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *atoms);
    CoreVar **vars = arena_alloc(s->arena, ((size_t)count + 1) * sizeof *vars);
    for (int i = 0; i < count; i++) {
        CoreNode *arg = call->u.call.args[i];
        vars[i] = core_is_atom(arg) ? NULL : core_var(p, core_param(variant->function, i)->name);
        atoms[i] = vars[i] ? core_local(p, arg->place, vars[i]) : arg;
        if (vars[i]) atoms[i]->type = arg->type;
    }
    CoreNode *fast = core_call_known(p, at, variant->function, count, copy_atoms(s, atoms, count));
    CoreNode *test = guard(s, at, variant, atoms, count), *result = fast;
    fast->tail = call->tail;
    if (test) {
        CoreNode *slow = core_call_known(p, at, generic, count, atoms);
        slow->tail = call->tail;
        result = core_if(p, at, test, fast, slow);
    }
    for (int i = count - 1; i >= 0; i--)
        if (vars[i]) result = core_let(p, at, vars[i], call->u.call.args[i], result);
    return result;
}

static void rewrite(CoreNode **child, void *data)
{
    Specializer *s = data;
    CoreNode *node = *child;
    core_each_child(node, rewrite, s);
    if (node->kind != CORE_CALL_KNOWN) return;
    Candidate *callee = node->u.call.function->scratch;
    if (!callee || !callee->variant_count) return;
    Variant *variant = find_variant(callee, assumptions(s, callee, node->u.call.args));
    bool stays = !variant || (s->in_generic && node->tail && callee == s->candidate);
    if (stays) node->u.call.function = callee->generic;
    else *child = dispatch(s, node, variant, callee->generic);
}

/* The function that strangers know becomes the tests alone. */
static void make_entry(Specializer *s, Candidate *candidate)
{
    CoreProgram *p = s->program;
    CoreFunction *f = candidate->function;
    Variant *variant = find_variant(candidate, assumptions(s, candidate, NULL));
    if (!variant) return;
    candidate->generic = copy_of(s, candidate);
    candidate->generic->is_generic = true;
    int count = core_param_count(f);
    CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = core_local(p, f->place, core_param(f, i));
    CoreNode *call = core_call_known(p, f->place, candidate->generic, count, args);
    call->tail = true;
    f->body = dispatch(s, call, variant, candidate->generic);
}

static void explain(Specializer *s, const Candidate *candidate, const Variant *variant)
{
    const CoreFunction *f = candidate->function;
    if (!remarks_wanted(s->compiler)) return;
    const char *text = NULL;
    for (int i = 0; i < core_param_count(f); i++) {
        if (!variant->assumed[i]) continue;
        const char *kind = variant->assumed[i] == RT_INT ? "an int" : "a float";
        text = arena_format(s->arena, "%s%s%s is %s", text ? text : "", text ? ", " : "", core_param(f, i)->name, kind);
    }
    remark(s->compiler, NULL, f, REMARK_SPECIALIZED, "a copy of it for calls where %s", text);
}

static void rewrite_function(Specializer *s, Candidate *candidate, CoreFunction *f, bool is_generic)
{
    s->candidate = candidate;
    s->in_generic = is_generic;
    rewrite(&f->body, s);
}

static void specialize(Specializer *s, int count)
{
    CoreProgram *p = s->program;
    for (int i = 0; i < count; i++) {
        Candidate *candidate = p->functions[i]->scratch;
        if (p->functions[i]->escapes) request(s, candidate, NULL);
        request_variants(&p->functions[i]->body, s);
    }
    for (int i = 0; i < count; i++) {
        Candidate *candidate = p->functions[i]->scratch;
        candidate->function->is_generic = candidate->variant_count > 0;
        for (int j = 0; j < candidate->variant_count; j++) {
            candidate->variants[j].function = copy_of(s, candidate);
            explain(s, candidate, &candidate->variants[j]);
        }
        if (p->functions[i]->escapes && candidate->variant_count) make_entry(s, candidate);
    }
    for (int i = 0; i < count; i++) {
        Candidate *candidate = p->functions[i]->scratch;
        for (int j = 0; j < candidate->variant_count; j++)
            rewrite_function(s, candidate, candidate->variants[j].function, false);
        rewrite_function(s, candidate, candidate->generic, true);
    }
}

void pass_specialize(Compiler *c, CoreProgram *p)
{
    Specializer s = {.compiler = c, .program = p, .arena = arena_new(), .budget = GROWTH_MIN};
    int count = p->function_count;
    types_infer(p);
    bool any = begin(&s, count);
    if (any) specialize(&s, count);
    for (int i = 0; i < count; i++) p->functions[i]->scratch = NULL;
    types_clear(p);
    if (any) tail_mark_calls(p);
    arena_free(s.arena);
}
