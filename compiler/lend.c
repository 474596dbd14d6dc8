/* Pass lend: what a function was given for good but others hold as well is lent on.
 *
 * Requires and ensures STAGE_TAIL, after passes borrow and unpack.  Borrow decides before the program runs: a function that takes a
 * structure apart owns it where no caller keeps it, so that cells are freed, and used again, on the way.  A structure of which others hold
 * a part is another matter, as when derivatives of an expression have parts of it: from the first shared cell on nothing dies, and all
 * that owning brings is two counts up and one down for each cell.  So such a function asks first, and goes on with a copy that is lent the
 * structure, and counts nothing (a fold over derivatives takes 0.57 of the time):
 *
 *   (function size (e) BODY)   becomes   (function size (e) (if (is-shared e) (size' &e) BODY))
 *                              and       (function size' (&e) BODY')
 *
 * where the calls in BODY' are calls of copies wherever they are given e or a part of it.  It asks behind the tests that end the walk;
 * where the end of a unique cell comes next, the one test is the other.  Only for functions that make no objects (map needs counts for
 * the elements anyway, and loops that make something are larger), and that go down one structure, by calls that pass a part of it on;
 * and not for the rests of lists that were made cell by cell where nobody else could get hold of one.
 */
#include "passes.h"
#include "types_internal.h"

enum { LARGEST = 100 /* nodes */ };

typedef struct Lender { /* CoreFunction.scratch */
    int given; /* index of the one parameter that no caller keeps */
    CoreFunction *copy; /* NULL: not yet, or none */
    bool goes_down; /* it passes a part of what it is given on to a lender ... */
    bool goes_into_items; /* one that is no rest of a list */
    bool is_unfit;
} Lender;

typedef struct Lend {
    CoreProgram *program;
    const CoreVar
        *root; /* the parameter, in the function being walked; scratch of variables that are bound to rests of it */
    char item; /* its address: the same for other parts */
    Lender *lender; /* of the function, or of the one it is a copy of */
    bool redirects; /* calls become calls of copies */
} Lend;

/* The index of the only parameter that no caller keeps, or -1. */
static int only_given(const CoreFunction *f)
{
    int found = -1;
    for (int i = 0; i < core_param_count(f); i++) {
        const CoreVar *param = core_param(f, i);
        if (!param->is_given || param->is_borrowed) continue;
        if (found >= 0) return -1;
        found = i;
    }
    return found;
}

static void look_for_making(CoreNode **child, void *data)
{
    bool *makes = data;
    const CoreNode *node = *child;
    if (node->kind == CORE_CALL || node->kind == CORE_APPLY || node->kind == CORE_CLOSURE) *makes = true;
    if (node->kind == CORE_PRIM) {
        enum PrimResult result = primitives[node->u.call.primitive].result;
        *makes |= result == RESULT_CONS || result == RESULT_VECTOR || result == RESULT_STRING;
    }
    core_each_child(*child, look_for_making, makes);
}

static bool makes_objects(CoreFunction *f)
{
    bool makes = false;
    look_for_making(&f->body, &makes);
    return makes;
}

/* ---- what is passed on ------------------------------------------------------------------------------------------ */

enum Origin { ORIGIN_OTHER, ORIGIN_ROOT, ORIGIN_REST, ORIGIN_ITEM }; /* of a value: the structure or a part of it */

static enum Origin origin_of(const Lend *l, const CoreNode *node)
{
    enum Origin part = ORIGIN_ROOT;
    for (; core_gives_part(node); node = node->u.call.args[0])
        if (part != ORIGIN_ITEM) part = core_is_prim(node, PRIM_cdr) ? ORIGIN_REST : ORIGIN_ITEM;
    if (node->kind != CORE_LOCAL) return ORIGIN_OTHER;
    const CoreVar *var = node->u.local;
    if (var == l->root) return part;
    if (var->scratch == l->root) return part == ORIGIN_ITEM ? part : ORIGIN_REST;
    return var->scratch == &l->item ? ORIGIN_ITEM : ORIGIN_OTHER;
}

static void walk(CoreNode **child, void *data);

static void walk_call(Lend *l, CoreNode *node)
{
    const Lender *callee = node->u.call.function->scratch;
    bool is_lender = callee && !callee->is_unfit;
    enum Origin origin = is_lender ? origin_of(l, node->u.call.args[callee->given]) : ORIGIN_OTHER;
    if (origin != ORIGIN_OTHER) {
        l->lender->goes_down |= origin != ORIGIN_ROOT;
        l->lender->goes_into_items |= origin == ORIGIN_ITEM;
        if (l->redirects) node->u.call.function = callee->copy;
    } else if (node->tail) { /* should it come back here, the call of the copy would take stack at each turn */
        l->lender->is_unfit = true;
    }
    core_each_child(node, walk, l);
}

static void walk_let(Lend *l, CoreNode *node)
{
    walk(&node->u.let.init, l);
    enum Origin origin = core_gives_part(node->u.let.init) ? origin_of(l, node->u.let.init) : ORIGIN_OTHER;
    node->u.let.var->scratch = origin == ORIGIN_REST ? (void *)l->root : origin == ORIGIN_ITEM ? &l->item : NULL;
    walk(&node->u.let.body, l);
    node->u.let.var->scratch = NULL;
}

static void walk(CoreNode **child, void *data)
{
    switch ((enum CoreKind)(*child)->kind) {
    case CORE_CALL_KNOWN: walk_call(data, *child); return;
    case CORE_LET: walk_let(data, *child); return;
    default: core_each_child(*child, walk, data);
    }
}

static void walk_function(CoreProgram *p, CoreFunction *f, Lender *lender, bool redirects)
{
    Lend l = {.program = p, .lender = lender, .redirects = redirects};
    l.root = core_param(f, lender->given);
    walk(&f->body, &l);
}

/* ---- lists that nobody else can hold ----------------------------------------------------------------------------- */

/* A list made on the spot, or cell by cell in a loop, of which no caller keeps anything: to ask would be in vain. */
typedef struct Spines {
    bool *is_open; /* by variable: others may hold cells of the list that it is bound to */
    bool has_changed;
} Spines;

static bool is_closed(const Spines *s, const CoreNode *node)
{
    if (type_is_immediate(node->type)) return true;
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: return node->u.constant.tag < RT_FIRST_HEAP_TAG;
    case CORE_LOCAL: return node->u.local->is_unboxed || !s->is_open[node->u.local->id];
    case CORE_LET: return is_closed(s, node->u.let.body);
    case CORE_SEQ: return is_closed(s, node->u.call.args[node->u.call.count - 1]);
    case CORE_IF: return is_closed(s, node->u.branch.then) && is_closed(s, node->u.branch.otherwise);
    case CORE_PRIM:
        if (core_is_prim(node, PRIM_cons)) return is_closed(s, node->u.call.args[1]);
        if (core_is_prim(node, PRIM_cdr)) return is_closed(s, node->u.call.args[0]);
        return core_is_prim(node, PRIM_list);
    default: return false;
    }
}

static void note_value(Spines *s, const CoreVar *var, const CoreNode *value)
{
    if (s->is_open[var->id] || is_closed(s, value)) return;
    s->is_open[var->id] = s->has_changed = true;
}

static void note_values(CoreNode **child, void *data)
{
    const CoreNode *node = *child;
    if (node->kind == CORE_LET) note_value(data, node->u.let.var, node->u.let.init);
    for (int i = 0; node->kind == CORE_CALL_KNOWN && i < node->u.call.count; i++)
        note_value(data, core_param(node->u.call.function, i), node->u.call.args[i]);
    core_each_child(*child, note_values, data);
}

static Spines find_open(CoreProgram *p, Arena *arena)
{
    Spines s = {.is_open = arena_alloc(arena, p->next_var_id * sizeof(bool)), .has_changed = true};
    for (int i = 0; i < p->function_count; i++) {
        const CoreFunction *f = p->functions[i];
        for (int j = 0; j < core_param_count(f); j++) s.is_open[core_param(f, j)->id] = f->needs_closure;
    }
    while (s.has_changed) {
        s.has_changed = false;
        for (int i = 0; i < p->function_count; i++) note_values(&p->functions[i]->body, &s);
    }
    return s;
}

/* ---- which functions -------------------------------------------------------------------------------------------- */

static void find_lenders(CoreProgram *p, Arena *arena)
{
    bool found = false;
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        int given = only_given(f);
        if (given < 0 || core_size(f->body) > LARGEST || makes_objects(f)) continue;
        Lender *lender = arena_alloc(arena, sizeof *lender);
        *lender = (Lender){.given = given};
        f->scratch = lender;
        found = true;
    }
    if (!found) return;
    Spines spines = find_open(p, arena);
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (int i = 0; i < p->function_count; i++) {
            Lender *lender = p->functions[i]->scratch;
            if (!lender || lender->is_unfit) continue;
            lender->goes_down = false;
            walk_function(p, p->functions[i], lender, false);
            bool may_be_shared =
                lender->goes_into_items || spines.is_open[core_param(p->functions[i], lender->given)->id];
            lender->is_unfit |= !lender->goes_down || !may_be_shared;
            has_changed |= lender->is_unfit;
        }
    }
}

/* ---- copies ----------------------------------------------------------------------------------------------------- */

static void copy_function(CoreProgram *p, CoreFunction *f)
{
    Lender *lender = f->scratch;
    lender->copy = core_add_version(p, f);
    core_param(lender->copy, lender->given)->is_borrowed = true;
}

/* ---- where to ask ------------------------------------------------------------------------------------------------ */

/* Can it be computed once more, when it did not raise?  `type`: of the variable after that. */
static bool is_repeatable(const CoreNode *node, const CoreVar *var, CoreType *type)
{
    if (core_is_atom(node)) return true;
    if (node->kind != CORE_PRIM || primitives[node->u.call.primitive].has_effect) return false;
    for (int i = 0; i < node->u.call.count; i++)
        if (!is_repeatable(node->u.call.args[i], var, type)) return false;
    bool is_half = core_is_prim(node, PRIM_car) || core_is_prim(node, PRIM_cdr);
    if (is_half && core_is_var(node->u.call.args[0], var)) *type = type_keep_tags(*type, TAG_BIT(RT_CONS));
    return true;
}

/* What the test, a true one or not, tells of the variable. */
static void learn(const CoreNode *test, const CoreVar *var, bool is_true, CoreType *type)
{
    uint32_t nil = TAG_BIT(RT_NIL), cons = TAG_BIT(RT_CONS);
    bool is_cons = core_is_prim(test, PRIM_is_cons), is_nil = core_is_prim(test, PRIM_is_nil);
    if (core_is_var(test, var) ? is_true : is_nil && core_is_var(test->u.call.args[0], var) && !is_true)
        *type = type_keep_tags(*type, ~nil);
    if (is_cons && core_is_var(test->u.call.args[0], var) && is_true) *type = type_keep_tags(*type, cons);
}

static void look_for_lenders(CoreNode **child, void *data)
{
    bool *calls = data;
    const Lender *callee = (*child)->kind == CORE_CALL_KNOWN ? (*child)->u.call.function->scratch : NULL;
    *calls |= callee && !callee->is_unfit;
    core_each_child(*child, look_for_lenders, calls);
}

static bool calls_lenders(CoreNode *node)
{
    bool calls = false;
    look_for_lenders(&node, &calls);
    return calls;
}

/* Past the tests that end the walk, where most is known of the variable; `type`: of it there. */
static CoreNode **find_place(CoreNode **slot, const CoreVar *var, CoreType *type)
{
    bool has_parts = false;
    for (;;) {
        CoreNode *node = *slot;
        CoreType before = *type;
        if (node->kind == CORE_LET && core_gives_part(node->u.let.init) && is_repeatable(node->u.let.init, var, type)) {
            slot = &node->u.let.body;
            has_parts = true;
            continue;
        }
        if (!has_parts && node->kind == CORE_IF && is_repeatable(node->u.branch.test, var, type)) {
            bool then = calls_lenders(node->u.branch.then), otherwise = calls_lenders(node->u.branch.otherwise);
            if (then != otherwise) {
                learn(node->u.branch.test, var, then, type);
                slot = then ? &node->u.branch.then : &node->u.branch.otherwise;
                continue;
            }
        }
        *type = before;
        return slot;
    }
}

static void ask_first(CoreProgram *p, CoreFunction *f)
{
    const Lender *lender = f->scratch;
    int count = core_param_count(f);
    CoreNode **args = arena_alloc(p->arena, (size_t)count * sizeof *args);
    for (int i = 0; i < count; i++) {
        args[i] = core_local(p, f->place, core_param(f, i));
        args[i]->type = core_param(f, i)->type;
    }
    CoreNode *call = core_call_known(p, f->place, lender->copy, count, args);
    call->type = f->result;
    CoreNode **operand = arena_alloc(p->arena, sizeof *operand);
    const CoreVar *given = core_param(f, lender->given);
    CoreType type = given->type ? *given->type : type_tags(TAGS_ALL);
    CoreNode **place = find_place(&f->body, given, &type);
    *operand = core_local(p, f->place, core_param(f, lender->given));
    (*operand)->type = type_copy(p->arena, type);
    CoreNode *test = core_prim(p, f->place, PRIM_is_shared, 1, operand);
    test->type = type_copy(p->arena, type_tags(TAGS_BOOL));
    const CoreType *result = (*place)->type;
    *place = core_if(p, f->place, test, call, *place);
    (*place)->type = result;
}

static bool is_lender(const CoreFunction *f)
{
    const Lender *lender = f->scratch;
    return lender && !lender->is_unfit;
}

void pass_lend(Compiler *c, CoreProgram *p)
{
    (void)c;
    Arena *arena = arena_new();
    find_lenders(p, arena);
    int count = p->function_count;
    for (int i = 0; i < count; i++)
        if (is_lender(p->functions[i])) copy_function(p, p->functions[i]);
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        if (!is_lender(f)) continue;
        Lender *lender = f->scratch;
        walk_function(p, lender->copy, lender, true);
        ask_first(p, f);
    }
    for (int i = 0; i < count; i++) p->functions[i]->scratch = NULL;
    if (p->function_count > count) tail_mark_calls(p);
    arena_free(arena);
}
