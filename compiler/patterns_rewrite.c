/* Pass patterns: variants of functions for structures that come as their parts, and calls of them.
 *
 * One walk over each function, against nothing but the scopes of its names: a variable's scratch is what is known of it.  Calls are
 * rewritten where they stand, in the order of evaluation: what an operand does before it makes its structure is done in front of the
 * call then, and operands before it are named.
 */
#include "patterns_internal.h"
#include "remarks.h"
#include "types.h"

typedef struct Known { /* of a variable, as its scratch */
    CoreNode *same; /* the atom that it is another name for, or NULL: */
    Pattern pattern; /* it is a structure */
    int first; /* of which the first parts are gone: what is left of a list */
    CoreNode *const *parts; /* atoms */
    bool is_apart; /* nowhere but in its parts; else: */
    int uses; /* of the variable itself, so far */
} Known;

static void visit(CoreNode **child, void *data);

static CoreNode *copy_atom(Patterns *k, const CoreNode *atom)
{
    CoreNode *copy = arena_alloc(k->program->arena, sizeof *copy);
    *copy = *atom;
    return copy;
}

/* ---- what is known -------------------------------------------------------------------------------------------------- */

/* The structure that a variable or, in a list, what is behind its first elements, is known to be. */
static bool find_structure(const CoreNode *node, Known *structure)
{
    if (node->kind == CORE_LOCAL) {
        const Known *known = node->u.local->scratch;
        if (!known) return false;
        if (known->same) return find_structure(known->same, structure);
        *structure = *known;
        return true;
    }
    if (core_is_prim(node, PRIM_forget)) return find_structure(node->u.call.args[0], structure);
    if (!core_is_prim(node, PRIM_cdr) || !find_structure(node->u.call.args[0], structure)) return false;
    structure->first++;
    return structure->pattern.made == MADE_LIST && structure->first < structure->pattern.count;
}

/* What reading the structure gives: an atom, or NULL: not known, or no part. */
static CoreNode *part_of(Patterns *k, const Known *structure, const CoreNode *read)
{
    int part = pattern_part_read(read), first = structure->first;
    switch ((enum Made)structure->pattern.made) {
    case MADE_PAIR:
        if (part == PART_OF_CAR) return structure->parts[0];
        return part == PART_OF_CDR ? structure->parts[1] : NULL;
    case MADE_LIST:
        if (part == PART_OF_CAR) return structure->parts[first];
        bool is_end = part == PART_OF_CDR && first + 1 == structure->pattern.count;
        return is_end ? core_const(k->program, read->place, rt_nil()) : NULL;
    case MADE_VECTOR: return part >= 0 && part < structure->pattern.count ? structure->parts[part] : NULL;
    case MADE_OTHERWISE: break;
    }
    return NULL;
}

/* The value of a PRIM that reads a known structure or asks what it is: an atom of its own, or NULL. */
static CoreNode *fold(Patterns *k, const CoreNode *node)
{
    Known structure;
    uint32_t tags;
    if (!node->u.call.count || !find_structure(node->u.call.args[0], &structure)) return NULL;
    bool is_vector = structure.pattern.made == MADE_VECTOR;
    if (node->u.call.count == 1 && prim_tests_tags(node->u.call.primitive, &tags)) {
        bool truth = tags >> (is_vector ? RT_VECTOR : RT_CONS) & 1;
        return core_const(k->program, node->place, rt_from_bool(truth));
    }
    if (is_vector && node->u.call.primitive == PRIM_vector_length)
        return core_const(k->program, node->place, rt_from_int(structure.pattern.count));
    CoreNode *part = part_of(k, &structure, node);
    if (!part) return NULL;
    CoreNode *copy = copy_atom(k, part);
    copy->place = node->place;
    return copy;
}

/* A known vector with another part is made of its parts. */
static CoreNode *fold_change(Patterns *k, const CoreNode *node)
{
    Known structure;
    CoreNode *const *args = node->u.call.args;
    if (!core_is_prim(node, PRIM_vector_set) || !core_is_int(args[1]) || !find_structure(args[0], &structure))
        return NULL;
    int64_t count = structure.pattern.count, changed = args[1]->u.constant.data;
    if (structure.pattern.made != MADE_VECTOR || changed < 0 || changed >= count) return NULL;
    CoreNode **parts = arena_alloc(k->program->arena, (size_t)count * sizeof *parts);
    for (int i = 0; i < count; i++) parts[i] = i == changed ? args[2] : copy_atom(k, structure.parts[i]);
    return core_prim(k->program, node->place, PRIM_vector, (int)count, parts);
}

static CoreNode *make_whole(Patterns *k, const RtPlace *at, const Known *structure)
{
    static const int primitive_of[] = {[MADE_PAIR] = PRIM_cons, [MADE_LIST] = PRIM_list, [MADE_VECTOR] = PRIM_vector};
    int count = structure->pattern.count;
    CoreNode **args = arena_alloc(k->program->arena, (size_t)count * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = copy_atom(k, structure->parts[i]);
    return core_prim(k->program, at, primitive_of[structure->pattern.made], count, args);
}

/* ---- variants ------------------------------------------------------------------------------------------------------- */

static bool is_same_patterns(const Pattern *a, const Pattern *b, int count)
{
    for (int i = 0; i < count; i++)
        if (a[i].made != b[i].made || a[i].count != b[i].count) return false;
    return true;
}

typedef struct Expansion { /* of captures or parameters */
    CoreVar **vars;
    int count, capacity;
} Expansion;

static void expand_param(Patterns *k, Expansion *to, CoreVar *param, Pattern pattern)
{
    Arena *arena = k->program->arena;
    if (pattern.made == MADE_OTHERWISE) {
        ARENA_PUSH(arena, to->vars, to->count, to->capacity, param);
        return;
    }
    CoreNode **parts = arena_alloc(arena, pattern.count * sizeof *parts);
    for (int i = 0; i < pattern.count; i++) {
        CoreVar *var = core_var(k->program, param->name);
        parts[i] = core_local(k->program, NULL, var);
        ARENA_PUSH(arena, to->vars, to->count, to->capacity, var);
    }
    Known *known = arena_alloc(k->arena, sizeof *known);
    *known = (Known){.pattern = pattern, .parts = parts, .is_apart = true};
    param->scratch = known;
}

static void expand_params(Patterns *k, CoreFunction *f, const Pattern *patterns)
{
    Expansion captures = {0}, params = {0};
    int count = core_param_count(f);
    for (int i = 0; i < count; i++)
        expand_param(k, i < f->capture_count ? &captures : &params, core_param(f, i), patterns[i]);
    f->captures = captures.vars;
    f->capture_count = captures.count;
    f->params = params.vars;
    f->param_count = params.count;
}

static void explain(Patterns *k, const Callee *callee, const Pattern *patterns)
{
    static const char *const names[] = {[MADE_PAIR] = "a pair", [MADE_LIST] = "a list", [MADE_VECTOR] = "a vector"};
    if (!remarks_wanted(k->compiler)) return;
    const char *text = NULL;
    for (int i = 0; i < core_param_count(callee->function); i++) {
        if (patterns[i].made == MADE_OTHERWISE) continue;
        text = arena_format(k->arena, "%s%s%s is %s", text ? text : "", text ? ", " : "",
                            core_param(callee->function, i)->name, names[patterns[i].made]);
    }
    remark(k->compiler, NULL, callee->function, REMARK_SPECIALIZED,
           "a copy of it for calls where %s that was just made, passed as its parts", text);
}

/* The variant for operands of these patterns, NULL: there is none and cannot be. */
static CoreFunction *find_variant(Patterns *k, Callee *callee, const Pattern *patterns)
{
    enum { PARAMS_MAX = 16 };
    int count = core_param_count(callee->function), params = 0;
    for (int i = 0; i < callee->variant_count; i++)
        if (is_same_patterns(callee->variants[i].patterns, patterns, count)) return callee->variants[i].function;
    for (int i = 0; i < count; i++) params += patterns[i].made == MADE_OTHERWISE ? 1 : patterns[i].count;
    if (callee->variant_count == PATTERN_VARIANTS_MAX || params > PARAMS_MAX || k->budget < callee->size) return NULL;
    k->budget -= callee->size;
    k->has_variants = true;
    explain(k, callee, patterns);
    Variant *variant = &callee->variants[callee->variant_count++];
    variant->patterns = arena_alloc(k->arena, (size_t)count * sizeof *patterns);
    for (int i = 0; i < count; i++) variant->patterns[i] = patterns[i];
    variant->function = core_add_version(k->program, callee->untouched);
    variant->function->is_global = callee->function->is_global;
    expand_params(k, variant->function, patterns);
    return variant->function;
}

/* ---- calls ---------------------------------------------------------------------------------------------------------- */

typedef struct Passing { /* a call that is becoming one of a variant */
    Patterns *k;
    const CoreNode *call;
    const Pattern *patterns;
    CoreFunction *variant;
    CoreNode **args; /* those so far */
    int count;
    int last_early; /* the last operand of which a part is done in front of the call, or -1 */
} Passing;

static CoreNode *pass_from(Passing *p, int index);

static void add_arg(Passing *p, CoreNode *arg) { p->args[p->count++] = arg; }

static CoreNode *finish_call(const Passing *p)
{
    CoreProgram *program = p->k->program;
    CoreNode **args = arena_alloc(program->arena, ((size_t)p->count + 1) * sizeof *args);
    for (int i = 0; i < p->count; i++) args[i] = core_is_atom(p->args[i]) ? copy_atom(p->k, p->args[i]) : p->args[i];
    return core_call_known(program, p->call->place, p->variant, p->count, args);
}

/* The operands from `from` on of the expression that makes the structure, then the rest of the call. */
static CoreNode *pass_all_parts(Passing *p, const CoreNode *made, int from, int index)
{
    for (int i = from; i < made->u.call.count; i++) {
        CoreNode *part = made->u.call.args[i];
        if (core_is_atom(part) || index >= p->last_early) {
            add_arg(p, part);
            continue;
        }
        CoreVar *name = core_var(p->k->program, "part");
        add_arg(p, core_local(p->k->program, part->place, name));
        return core_let(p->k->program, part->place, name, part, pass_all_parts(p, made, i + 1, index));
    }
    return pass_from(p, index + 1);
}

static CoreNode *pass_structure(Passing *p, CoreNode *node, int index)
{
    Known structure;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: node->u.let.body = pass_structure(p, node->u.let.body, index); return node;
    case CORE_SEQ: {
        CoreNode **last = &node->u.call.args[node->u.call.count - 1];
        *last = pass_structure(p, *last, index);
        return node;
    }
    case CORE_IF: {
        int count = p->count;
        node->u.branch.then = pass_structure(p, node->u.branch.then, index);
        p->count = count;
        node->u.branch.otherwise = pass_structure(p, node->u.branch.otherwise, index);
        return node;
    }
    case CORE_LOCAL:
        if (!find_structure(node, &structure)) break;
        for (int i = 0; i < structure.pattern.count; i++) add_arg(p, structure.parts[i]);
        return pass_from(p, index + 1);
    case CORE_PRIM: return pass_all_parts(p, node, 0, index);
    default: break;
    }
    rt_internal_error("pass patterns: no structure");
}

static CoreNode *pass_from(Passing *p, int index)
{
    if (index == p->call->u.call.count) return finish_call(p);
    CoreNode *arg = p->call->u.call.args[index];
    if (p->patterns[index].made != MADE_OTHERWISE) return pass_structure(p, arg, index);
    if (core_is_atom(arg) || index > p->last_early) {
        add_arg(p, arg);
        return pass_from(p, index + 1);
    }
    CoreVar *name = core_var(p->k->program, "operand");
    add_arg(p, core_local(p->k->program, arg->place, name));
    return core_let(p->k->program, arg->place, name, arg, pass_from(p, index + 1));
}

static bool all_atoms(const CoreNode *call, int from)
{
    for (int i = from; i < call->u.call.count; i++)
        if (!core_is_atom(call->u.call.args[i])) return false;
    return true;
}

/* How the structure that an operand gives is made.  Of two ways to make it the rest of the call would be there twice, so that must be
 * little. */
static Pattern pattern_of(const CoreNode *node, bool may_branch)
{
    const Pattern none = {MADE_OTHERWISE, 0};
    Known structure;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: return pattern_of(node->u.let.body, may_branch);
    case CORE_SEQ: return pattern_of(node->u.call.args[node->u.call.count - 1], may_branch);
    case CORE_IF: {
        Pattern a = pattern_of(node->u.branch.then, may_branch), b = pattern_of(node->u.branch.otherwise, may_branch);
        return may_branch && is_same_patterns(&a, &b, 1) ? a : none;
    }
    case CORE_LOCAL: return find_structure(node, &structure) && !structure.first ? structure.pattern : none;
    default: return pattern_of_prim(node);
    }
}

/* What is passed for the structures of a call, or NULL: it stays as it is. */
static Pattern *patterns_of_call(Patterns *k, const CoreNode *call, const Callee *callee)
{
    Pattern *patterns = arena_alloc(k->arena, ((size_t)call->u.call.count + 1) * sizeof *patterns);
    bool any = false;
    for (int i = 0; i < call->u.call.count; i++) {
        Pattern pattern = pattern_of(call->u.call.args[i], all_atoms(call, i + 1));
        if (pattern.made == MADE_OTHERWISE || !callee->gains[pattern_use(pattern)][i]) continue;
        patterns[i] = pattern;
        any = true;
    }
    return any ? patterns : NULL;
}

static int last_early(const CoreNode *call, const Pattern *patterns)
{
    for (int i = call->u.call.count - 1; i >= 0; i--) {
        enum CoreKind kind = call->u.call.args[i]->kind;
        if (patterns[i].made != MADE_OTHERWISE && (kind == CORE_LET || kind == CORE_SEQ || kind == CORE_IF)) return i;
    }
    return -1;
}

/* Operands that are known structures are not visited before it is clear that they are needed whole. */
static void visit_call(CoreNode **child, Patterns *k)
{
    CoreNode *node = *child;
    Callee *callee = node->u.call.function->scratch;
    Known structure;
    bool may_pass = callee && callee->untouched;
    for (int i = 0; i < node->u.call.count; i++) {
        CoreNode *arg = node->u.call.args[i];
        if (!may_pass || arg->kind != CORE_LOCAL || !find_structure(arg, &structure)) visit(&node->u.call.args[i], k);
    }
    if (!may_pass) return;
    const Pattern *patterns = patterns_of_call(k, node, callee);
    CoreFunction *variant = patterns ? find_variant(k, callee, patterns) : NULL;
    for (int i = 0; i < node->u.call.count; i++) {
        bool is_passed = variant && patterns[i].made != MADE_OTHERWISE;
        CoreNode *arg = node->u.call.args[i];
        if (!is_passed && arg->kind == CORE_LOCAL && find_structure(arg, &structure)) visit(&node->u.call.args[i], k);
    }
    if (!variant) return;
    Passing passing = {k, node, patterns, variant, .last_early = last_early(node, patterns)};
    int params = core_param_count(variant);
    passing.args = arena_alloc(k->arena, ((size_t)params + 1) * sizeof *passing.args);
    *child = pass_from(&passing, 0);
}

/* ---- the walk ------------------------------------------------------------------------------------------------------- */

/* A structure of atoms that stays what it is when it was made: no pair that is to be filled. */
static bool is_of_atoms(const CoreNode *node)
{
    if (pattern_of_prim(node).made == MADE_OTHERWISE) return false;
    for (int i = 0; i < node->u.call.count; i++)
        if (!core_is_local_or_const(node->u.call.args[i])) return false;
    return true;
}

static void visit_let(CoreNode **child, Patterns *k)
{
    CoreNode *node = *child;
    Known known = {0};
    if (core_is_local_or_const(node->u.let.init)) {
        known.same = node->u.let.init;
    } else if (!find_structure(node->u.let.init, &known) || !known.is_apart) {
        visit(&node->u.let.init, k);
        CoreNode *init = node->u.let.init;
        known = (Known){.pattern = pattern_of_prim(init), .parts = init->u.call.args};
        if (core_is_local_or_const(init)) known = (Known){.same = init};
        else if (!is_of_atoms(init)) known = (Known){0};
    }
    bool is_known = known.same || known.pattern.made != MADE_OTHERWISE;
    node->u.let.var->scratch = is_known ? &known : NULL;
    visit(&node->u.let.body, k);
    node->u.let.var->scratch = NULL;
    if (is_known && !known.uses) *child = node->u.let.body;
}

static void visit_local(CoreNode **child, Patterns *k)
{
    const RtPlace *at = (*child)->place;
    Known *known = (*child)->u.local->scratch;
    if (!known) return;
    if (known->same) {
        *child = copy_atom(k, known->same);
        (*child)->place = at;
        visit(child, k); /* it may be known itself */
    } else if (known->is_apart) {
        *child = make_whole(k, at, known);
    } else {
        known->uses++;
    }
}

static void visit_if(CoreNode **child, Patterns *k)
{
    CoreNode *node = *child;
    Known structure;
    bool is_true = find_structure(node->u.branch.test, &structure);
    if (!is_true) visit(&node->u.branch.test, k);
    const CoreNode *test = node->u.branch.test;
    if (is_true || test->kind == CORE_CONST) {
        k->has_changed = true;
        *child = is_true || rt_is_truthy(test->u.constant) ? node->u.branch.then : node->u.branch.otherwise;
        visit(child, k);
        return;
    }
    visit(&node->u.branch.then, k);
    visit(&node->u.branch.otherwise, k);
}

/* The first operand, which may be a structure that is not needed whole, last. */
static void visit_prim(CoreNode **child, Patterns *k)
{
    CoreNode *node = *child, *value = NULL;
    for (int i = 1; i < node->u.call.count; i++) visit(&node->u.call.args[i], k);
    for (int round = 0; !value && round < 2; round++) {
        value = fold(k, node);
        if (!value) value = fold_change(k, node);
        if (!value && round == 0 && node->u.call.count) visit(&node->u.call.args[0], k);
    }
    if (value) *child = value;
}

static void visit(CoreNode **child, void *data)
{
    Patterns *k = data;
    CoreNode *node = *child;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: visit_let(child, k); return;
    case CORE_LOCAL: visit_local(child, k); return;
    case CORE_IF: visit_if(child, k); return;
    case CORE_CALL_KNOWN: visit_call(child, k); return;
    case CORE_PRIM: visit_prim(child, k); return;
    default: core_each_child(node, visit, k);
    }
}

void patterns_rewrite(Patterns *k)
{
    CoreProgram *p = k->program;
    for (int i = 0; i < p->function_count; i++) visit(&p->functions[i]->body, k); /* variants come behind the others */
}
