/* Pass specialize (optional): copies of recursive functions for parameters that are ints, or floats, or vectors.
 *
 * Requires and ensures STAGE_TAIL.  A parameter that takes part in arithmetic but may be more than an int (anything, when
 * strangers call; a bigint, when a sum may overflow) makes every use of it test its tag, and keeps it from living in a
 * register as a plain number.  So a recursive function gets a variant for which such parameters are assumed to be ints or floats, by
 * what its calls pass.  A call goes to the variant that fits its operands:
 *
 *     (f a b)  =>  (let t b (if (if (is_int a) (is_int t) nil) (f.variant a t) (f a t)))
 *
 * So does a parameter that is read as a vector but may be something else (rows of a matrix that was made of nils), or may be stored
 * in several ways (a table of sums, any of which might overflow).  A vector of ints that is changed stays one if the new item
 * is an int; then that is tested, and neither the vector's tag nor its kind is looked at again in the loop:
 *
 *     (f (vector_set v i e))  =>  (let t e (if (is_int t) (f.variant (vector_set v i t)) (f (vector_set v i t))))
 *
 * Sums are made after the other operands, behind whose reads of vectors an index is known to be small.
 *
 * A loop's variant may begin a turn anew in the generic copy (specialize_restart.c).
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

enum Assumption { /* of a parameter */
                  ASSUME_NOTHING,
                  ASSUME_INT = RT_INT,
                  ASSUME_FLOAT = RT_FLOAT,
                  ASSUME_VECTOR, /* how it is stored is known, or hopeless */
                  ASSUME_INTS, /* a vector of them */
                  ASSUME_FLOATS,
                  ASSUMPTION_COUNT
};

static const struct {
    uint32_t tag;
    int primitive; /* the test */
    const char *text;
} assumptions_made[ASSUMPTION_COUNT] = {
    [ASSUME_INT] = {RT_INT, PRIM_is_int, "an int"},
    [ASSUME_FLOAT] = {RT_FLOAT, PRIM_is_float, "a float"},
    [ASSUME_VECTOR] = {RT_VECTOR, PRIM_is_plain_vector, "a vector"},
    [ASSUME_INTS] = {RT_VECTOR, PRIM_is_ints_vector, "a vector of ints"},
    [ASSUME_FLOATS] = {RT_VECTOR, PRIM_is_floats_vector, "a vector of floats"},
};

enum Want { WANT_NOTHING, WANT_NUMBER, WANT_VECTOR };

typedef struct Variant {
    CoreFunction *function;
    uint8_t *assumed; /* for each parameter: enum Assumption */
} Variant;

typedef struct Candidate { /* CoreFunction.scratch */
    CoreFunction *function, *generic; /* generic: where the unspecialised code is */
    int number, size;
    uint8_t *wanted; /* for each parameter: enum Want, as what it would gain */
    bool is_recursive, is_worth_it;
    Variant variants[VARIANTS_MAX];
    int variant_count;
} Candidate;

typedef struct Specializer {
    Compiler *compiler;
    CoreProgram *program;
    Arena *arena; /* of this pass alone */
    Candidate *candidate; /* whose function is being looked at */
    const Variant
        *within; /* of `candidate`, in whose copy calls are rewritten; NULL: in its generic copy or another function */
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

static bool reads_vector(int primitive, int operand)
{
    return operand == 0 &&
           (primitive == PRIM_vector_ref || primitive == PRIM_vector_set || primitive == PRIM_vector_length);
}

/* Of a vector that may be stored in several ways: items that are ints or bigints are ints until a sum overflows. */
static enum Assumption vector_assumption(const CoreType *type)
{
    bool may_be_ints = type->kinds & 1u << RT_VECTOR_INTS, may_be_floats = type->kinds & 1u << RT_VECTOR_FLOATS;
    if (!type->item || !(type->kinds & (type->kinds - 1))) return ASSUME_VECTOR;
    if (may_be_ints && may_be(type->item, TAG_BIT(RT_INT))) return ASSUME_INTS;
    return may_be_floats && may_be(type->item, TAG_BIT(RT_FLOAT)) ? ASSUME_FLOATS : ASSUME_VECTOR;
}

/* A term whose leaves are numbers: the program asked before it took it for a leaf.  A variant for leaves alone would not be entered. */
static bool is_leaf(const CoreType *type, const CoreType *at_use)
{
    const uint32_t structures = TAG_BIT(RT_CONS) | TAGS_VECTOR;
    return type->tags & structures && !(at_use->tags & structures);
}

static bool gains(const CoreType *type, const CoreType *at_use, enum Want as)
{
    if (as == WANT_NUMBER)
        return !type_is_one_tag(type) && may_be(type, TAG_BIT(RT_INT) | TAG_BIT(RT_FLOAT)) && !is_leaf(type, at_use);
    if (!may_be(type, TAG_BIT(RT_VECTOR))) return false;
    bool is_tested = at_use->tags != type->tags; /* before: a tree that may be nil gains nothing */
    return (!is_tested && !type_is_one_tag(type)) || vector_assumption(type) != ASSUME_VECTOR;
}

/* The variable's scratch is its index + 1 when it is a parameter of the candidate. */
static void want(Specializer *s, const CoreNode *operand, enum Want as)
{
    if (operand->kind != CORE_LOCAL || !operand->u.local->scratch) return;
    int i = (int)(intptr_t)operand->u.local->scratch - 1;
    const CoreType *type = core_param(s->candidate->function, i)->type;
    if (s->candidate->wanted[i] || !type || !operand->type || !gains(type, operand->type, as)) return;
    s->candidate->wanted[i] = (uint8_t)as;
    s->changed = true;
}

static void find_wanted(CoreNode **child, void *data)
{
    Specializer *s = data;
    CoreNode *node = *child;
    s->candidate->size++;
    for (int i = 0; node->kind == CORE_PRIM && i < node->u.call.count; i++) {
        if (is_number_operand(node->u.call.primitive, i)) want(s, node->u.call.args[i], WANT_NUMBER);
        if (reads_vector(node->u.call.primitive, i)) want(s, node->u.call.args[i], WANT_VECTOR);
    }
    if (node->kind == CORE_CALL_KNOWN) {
        const Candidate *callee = node->u.call.function->scratch;
        for (int i = 0; i < node->u.call.count; i++)
            if (callee->wanted[i]) want(s, node->u.call.args[i], callee->wanted[i]);
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
        candidate->wanted = arena_alloc(s->arena, (size_t)core_param_count(f) + 1);
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
        bool gains_any = false;
        for (int j = 0; j < core_param_count(f); j++) gains_any = gains_any || candidate->wanted[j];
        candidate->is_worth_it =
            gains_any && candidate->is_recursive && candidate->size <= FUNCTION_SIZE_MAX && f->result;
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
    uint32_t kind;
    switch ((enum Want)candidate->wanted[i]) {
    case WANT_NOTHING: return ASSUME_NOTHING;
    case WANT_NUMBER:
        if (may_be(operand, TAG_BIT(RT_INT))) return ASSUME_INT;
        return may_be(operand, TAG_BIT(RT_FLOAT)) ? ASSUME_FLOAT : ASSUME_NOTHING;
    case WANT_VECTOR: break;
    }
    enum Assumption assumed = vector_assumption(core_param(candidate->function, i)->type); /* the same for all calls */
    bool is_possible = may_be(operand, TAG_BIT(RT_VECTOR));
    if (is_possible && prim_tests_kind(assumptions_made[assumed].primitive, &kind))
        is_possible = operand->kinds >> kind & 1;
    return is_possible ? (uint8_t)assumed : ASSUME_NOTHING;
}

static bool is_as_assumed(const CoreType *type, uint8_t assumed)
{
    if (!type_is(type, TAG_BIT(assumptions_made[assumed].tag))) return false;
    uint32_t kind;
    return !prim_tests_kind(assumptions_made[assumed].primitive, &kind) || type->kinds == 1u << kind;
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

typedef struct Dispatch { /* a call of a function with variants, being rewritten */
    const Variant *variant;
    CoreNode *call;
    int count;
    CoreNode **atoms; /* operands, named where they are no atoms; NULL: a change of a vector, made last */
    CoreVar **vars; /* the names, or NULL */
    int change; /* the operand that is such a change, or -1 */
    CoreNode *vector, *index, *item; /* its operands, likewise named */
    CoreVar *change_vars[3];
} Dispatch;

static CoreNode *test_of(Specializer *s, uint8_t assumed, CoreNode *atom, CoreNode *others)
{
    CoreProgram *p = s->program;
    const RtPlace *at = atom->place;
    CoreType type = operand_type(s, atom);
    if (!assumed || is_as_assumed(&type, assumed)) return others;
    CoreNode *one = core_prim(p, at, assumptions_made[assumed].primitive, 1, copy_atoms(s, &atom, 1));
    return others ? core_if(p, at, one, others, core_const(p, at, rt_nil())) : one;
}

/* The test that the operands are what the variant assumes; NULL when there is nothing to test. */
static CoreNode *guard(Specializer *s, const Dispatch *d)
{
    CoreNode *test = NULL;
    if (d->change >= 0) {
        uint8_t assumed = d->variant->assumed[d->change];
        test = test_of(s, assumed == ASSUME_INTS ? ASSUME_INT : ASSUME_FLOAT, d->item, test);
        test = test_of(s, assumed, d->vector, test);
    }
    for (int i = d->count - 1; i >= 0; i--)
        if (i != d->change) test = test_of(s, d->variant->assumed[i], d->atoms[i], test);
    return test;
}

/* A number for sure in the code that is being rewritten: arithmetic on it does not raise. */
static bool is_number(Specializer *s, const CoreNode *atom)
{
    CoreType type = operand_type(s, atom);
    if (type_is(&type, TAGS_NUMBER)) return true;
    const CoreFunction *f = s->candidate ? s->candidate->function : NULL;
    if (!s->within || atom->kind != CORE_LOCAL) return false;
    for (int i = 0; i < core_param_count(f); i++) {
        bool is_param = atom->u.local == core_param(s->within->function, i);
        if (is_param) return s->within->assumed[i] == ASSUME_INT || s->within->assumed[i] == ASSUME_FLOAT;
    }
    return false;
}

/* A sum that can as well be made later: it has no effect and does not raise. */
static bool is_sum(Specializer *s, const CoreNode *node)
{
    if (!core_is_prim(node, PRIM_add) && !core_is_prim(node, PRIM_sub)) return false;
    for (int i = 0; i < 2; i++) {
        const CoreNode *arg = node->u.call.args[i];
        if (!core_is_local_or_const(arg) || !is_number(s, arg)) return false;
    }
    return true;
}

static bool is_change_behind_lets(const CoreNode *node)
{
    while (node->kind == CORE_LET) node = node->u.let.body;
    return core_is_prim(node, PRIM_vector_set);
}

/* (f a (let x e (vector_set v x i))) -> (let x e (f a (vector_set v x i))), where what is evaluated before e can as well be evaluated
 * behind it; gives the call. */
static CoreNode *float_lets(Specializer *s, CoreNode **child)
{
    CoreNode **place = child, *call = *child;
    for (int i = 0; i < call->u.call.count; i++) {
        CoreNode **arg = &call->u.call.args[i];
        while ((*arg)->kind == CORE_LET && is_change_behind_lets(*arg)) {
            CoreNode *let = *arg;
            *arg = let->u.let.body;
            let->type = call->type;
            *place = let;
            place = &let->u.let.body;
            *place = call;
        }
        if (!core_is_atom(*arg) && !is_sum(s, *arg)) break;
    }
    return call;
}

/* The operand that changes a vector of which the variant assumes how it is stored, if what is evaluated behind it can as well be
 * evaluated before; or -1. */
static int find_change(Specializer *s, const CoreNode *call, const Variant *variant)
{
    int i = call->u.call.count - 1;
    while (i >= 0 && (core_is_atom(call->u.call.args[i]) || is_sum(s, call->u.call.args[i]))) i--;
    if (i < 0 || !core_is_prim(call->u.call.args[i], PRIM_vector_set)) return -1;
    CoreType type = operand_type(s, call->u.call.args[i]);
    uint8_t assumed = variant->assumed[i];
    bool is_of_kind = assumed == ASSUME_INTS || assumed == ASSUME_FLOATS;
    return is_of_kind && !is_as_assumed(&type, assumed) ? i : -1;
}

/* The operand itself if it is an atom, else a new variable, which is to be bound to it. */
static CoreNode *name_operand(Specializer *s, CoreNode *operand, const char *name, CoreVar **var)
{
    *var = core_is_atom(operand) ? NULL : core_var(s->program, name);
    if (!*var) return operand;
    CoreNode *atom = core_local(s->program, operand->place, *var);
    atom->type = operand->type;
    return atom;
}

static void name_operands(Specializer *s, Dispatch *d)
{
    for (int i = 0; i < d->count; i++) {
        CoreNode *arg = d->call->u.call.args[i];
        if (i != d->change) {
            d->atoms[i] = name_operand(s, arg, core_param(d->variant->function, i)->name, &d->vars[i]);
            continue;
        }
        CoreNode **parts = arg->u.call.args;
        d->vars[i] = NULL;
        d->vector = name_operand(s, parts[0], core_param(d->variant->function, i)->name, &d->change_vars[0]);
        d->index = name_operand(s, parts[1], "index", &d->change_vars[1]);
        d->item = name_operand(s, parts[2], "item", &d->change_vars[2]);
    }
}

static CoreNode *call_of(Specializer *s, const Dispatch *d, CoreFunction *function)
{
    CoreProgram *p = s->program;
    CoreNode **args = arena_alloc(p->arena, ((size_t)d->count + 1) * sizeof *args);
    for (int i = 0; i < d->count; i++) {
        if (i == d->change) {
            CoreNode *const parts[3] = {d->vector, d->index, d->item};
            args[i] = core_prim(p, d->call->u.call.args[i]->place, PRIM_vector_set, 3, copy_atoms(s, parts, 3));
        } else {
            args[i] = *copy_atoms(s, &d->atoms[i], 1);
        }
    }
    CoreNode *call = core_call_known(p, d->call->place, function, d->count, args);
    call->tail = d->call->tail;
    return call;
}

/* The bindings of the operands that are named, sums last: what the others tell of their operands is then known. */
static CoreNode *bind_operands(Specializer *s, const Dispatch *d, CoreNode *body)
{
    CoreProgram *p = s->program;
    const RtPlace *at = d->call->place;
    CoreNode **args = d->call->u.call.args;
    for (int i = d->count - 1; i >= 0; i--)
        if (d->vars[i] && is_sum(s, args[i])) body = core_let(p, at, d->vars[i], args[i], body);
    for (int i = d->count - 1; i >= 0; i--) {
        for (int j = 2; i == d->change && j >= 0; j--)
            if (d->change_vars[j]) body = core_let(p, at, d->change_vars[j], args[i]->u.call.args[j], body);
        if (d->vars[i] && !is_sum(s, args[i])) body = core_let(p, at, d->vars[i], args[i], body);
    }
    return body;
}

/* A call of the function with these operands: of the variant when they are what it assumes, else of the generic copy. */
static CoreNode *dispatch(Specializer *s, CoreNode *call, const Variant *variant, CoreFunction *generic)
{
    CoreProgram *p = s->program;
    Dispatch d = {.variant = variant, .call = call, .count = call->u.call.count};
    d.atoms = arena_alloc(p->arena, ((size_t)d.count + 1) * sizeof *d.atoms);
    d.vars = arena_alloc(s->arena, ((size_t)d.count + 1) * sizeof *d.vars);
    d.change = find_change(s, call, variant);
    name_operands(s, &d);
    CoreNode *result = call_of(s, &d, variant->function), *test = guard(s, &d);
    if (test) result = core_if(p, call->place, test, result, call_of(s, &d, generic));
    return bind_operands(s, &d, result);
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
    if (stays) {
        node->u.call.function = callee->generic;
        return;
    }
    CoreNode **place = child;
    node = float_lets(s, child);
    while (*place != node) place = &(*place)->u.let.body;
    *place = dispatch(s, node, variant, callee->generic);
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
        text = arena_format(s->arena, "%s%s%s is %s", text ? text : "", text ? ", " : "", core_param(f, i)->name,
                            assumptions_made[variant->assumed[i]].text);
    }
    remark(s->compiler, NULL, f, REMARK_SPECIALIZED, "a copy of it for calls where %s", text);
}

/* variant NULL: f is none */
static void rewrite_function(Specializer *s, Candidate *candidate, CoreFunction *f, const Variant *variant,
                             bool is_generic)
{
    s->candidate = candidate;
    s->within = variant;
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
        for (int j = 0; j < candidate->variant_count; j++) {
            CoreFunction *variant = candidate->variants[j].function;
            rewrite_function(s, candidate, variant, &candidate->variants[j], false);
            specialize_add_restart(p, variant, candidate->generic);
        }
        rewrite_function(s, candidate, candidate->generic, NULL, true);
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
