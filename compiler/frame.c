/* Pass frame (optional): pairs that end before their function returns lie in its stack frame.
 *
 * Requires and ensures STAGE_RC.  In
 *
 *   (let cell (prim cons x (dup list)) (let r (call-known f &cell) (drop (cell) r)))
 *
 * the pair is lent to f and then ends.  If f only looks at it, and `list` is lent for all the time that this function runs,
 * nobody will ever count the pair, so it needs no memory of its own, and it need not count what it holds: lists that grow with a
 * recursion (a path, the names in scope, what was placed so far) cost three stores.  `is_in_frame` of the variable says so to who
 * emits code: the pair's count is that of an immortal object, the dup of the list is none, and the variable's end is that of the
 * pair's car.  Core itself stays as it is, and so the interpreter, whose frames hold values only, makes such a pair as any other.
 *
 * The analysis finds parameters that are *confined*: lent, and neither counted, kept, stored nor given on, but for operands of tests,
 * car and member, of calls whose parameters are confined, and as the rest of a pair in a frame; and the same holds for what follows
 * from them by cdr.  (What is in a car is an ordinary value and may be counted.)  All start as confined; one that is used
 * otherwise takes with it those that are passed to it.  A pair in a frame is a local variable for which the same holds.  Linear in the
 * size of the program.
 */
#include "passes.h"
#include "types.h"

typedef struct Confined { /* CoreVar.scratch: of a borrowed parameter, or of a pair that may lie in a frame */
    CoreVar *var;
    bool is_given_up;
    struct Confined **givers; /* what is passed to it */
    int giver_count, giver_capacity;
} Confined;

typedef struct Frame {
    Arena *arena;
    Confined **pairs, **given_up; /* given_up: worklist */
    int pair_count, pair_capacity, given_up_count, given_up_capacity;
} Frame;

static Confined *confine(Frame *f, CoreVar *var)
{
    Confined *confined = arena_alloc(f->arena, sizeof *confined);
    confined->var = var;
    var->scratch = confined;
    return confined;
}

static void give_up(Frame *f, Confined *confined)
{
    if (!confined || confined->is_given_up) return;
    confined->is_given_up = true;
    ARENA_PUSH(f->arena, f->given_up, f->given_up_count, f->given_up_capacity, confined);
}

static void pass_on(Frame *f, Confined *from, Confined *to)
{
    if (!from) return;
    if (!to || to->is_given_up) give_up(f, from);
    else ARENA_PUSH(f->arena, to->givers, to->giver_count, to->giver_capacity, from);
}

static Confined *confined_of(const CoreNode *node) { return node->kind == CORE_LOCAL ? node->u.local->scratch : NULL; }

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

static void walk(CoreNode **child, void *data);

/* What the pair is made of is there as long as this function runs, or is the pair's own. */
static bool is_pair_for_frame(const CoreNode *node)
{
    const CoreVar *var = node->u.let.var;
    if (!core_is_prim(node->u.let.init, PRIM_cons) || var->is_borrowed || var->parts) return false;
    const CoreNode *rest = node->u.let.init->u.call.args[1];
    return rest->kind == CORE_CONST ||
           (rest->kind == CORE_LOCAL && rest->use == USE_DUP && core_is_lent(rest->u.local));
}

/* Does the operation look at its operands and nothing more?  What raises would show them in the error, but car those only that are no
 * pairs, and others what is no list. */
static bool only_looks(const CoreNode *node)
{
    int primitive = node->u.call.primitive;
    switch (primitive) {
    case PRIM_car:
    case PRIM_part_car: return true;
    case PRIM_length: return type_is_proper_list(node->u.call.args[0]->type);
    default: return primitives[primitive].result == RESULT_BOOL && !prim_takes_place(&primitives[primitive]);
    }
}

static void walk_prim(Frame *f, CoreNode *node)
{
    bool is_harmless = only_looks(node);
    for (int i = 0; i < node->u.call.count; i++)
        if (!is_harmless || !core_borrows(node, i)) walk(&node->u.call.args[i], f);
}

/* The pairs that the operation gives are those of this list, or NULL. */
static const CoreNode *walk_rest(Frame *f, CoreNode *node)
{
    if (core_is_prim(node, PRIM_part_cdr)) return node->u.call.args[0];
    if (!core_is_prim(node, PRIM_member) || !type_is_proper_list(node->u.call.args[1]->type)) return NULL;
    walk(&node->u.call.args[0], f);
    return node->u.call.args[1];
}

static void walk_let(Frame *f, CoreNode *node)
{
    CoreVar *var = node->u.let.var;
    CoreNode *init = node->u.let.init;
    const CoreNode *list;
    if (is_pair_for_frame(node)) {
        walk(&init->u.call.args[0], f);
        Confined *pair = confine(f, var);
        ARENA_PUSH(f->arena, f->pairs, f->pair_count, f->pair_capacity, pair);
        pass_on(f, confined_of(init->u.call.args[1]), pair);
    } else if ((list = walk_rest(f, init)) != NULL) {
        var->scratch = confined_of(list);
    } else {
        walk(&node->u.let.init, f);
    }
    walk(&node->u.let.body, f);
}

static void walk_known_call(Frame *f, CoreNode *node)
{
    for (int i = 0; i < node->u.call.count; i++) {
        CoreNode *operand = node->u.call.args[i];
        if (!core_borrows(node, i)) walk(&node->u.call.args[i], f);
        else pass_on(f, confined_of(operand), core_param(node->u.call.function, i)->scratch);
    }
}

/* What the test gives is dropped at once. */
static void walk_test(Frame *f, CoreNode *node)
{
    const CoreNode *test = node->u.branch.test;
    if (test->use != USE_BORROW && !walk_rest(f, node->u.branch.test)) walk(&node->u.branch.test, f);
}

/* Whatever reaches a variable here uses its value for something that is not known. */
static void walk(CoreNode **child, void *data)
{
    Frame *f = data;
    CoreNode *node = *child;
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL: give_up(f, confined_of(node)); break;
    case CORE_LET: walk_let(f, node); break;
    case CORE_PRIM: walk_prim(f, node); break;
    case CORE_CALL_KNOWN: walk_known_call(f, node); break;
    case CORE_IF:
        walk_test(f, node);
        walk(&node->u.branch.then, f);
        walk(&node->u.branch.otherwise, f);
        break;
    case CORE_DROP:
        for (int i = 0; i < node->u.drop.kept_count; i++) give_up(f, node->u.drop.kept[i]->scratch);
        walk(&node->u.drop.body, f);
        break;
    default: core_each_child(node, walk, f); break;
    }
}

static void forget(CoreNode **child, void *data)
{
    if ((*child)->kind == CORE_LET) (*child)->u.let.var->scratch = NULL;
    core_each_child(*child, forget, data);
}

void pass_frame(Compiler *c, CoreProgram *p)
{
    (void)c;
    Frame f = {.arena = arena_new()};
    for (int i = 0; i < p->function_count; i++)
        for (int j = 0; j < core_param_count(p->functions[i]); j++)
            if (core_param(p->functions[i], j)->is_borrowed) confine(&f, core_param(p->functions[i], j));
    for (int i = 0; i < p->function_count; i++) walk(&p->functions[i]->body, &f);
    while (f.given_up_count) {
        const Confined *one = f.given_up[--f.given_up_count];
        for (int i = 0; i < one->giver_count; i++) give_up(&f, one->givers[i]);
    }
    for (int i = 0; i < f.pair_count; i++) f.pairs[i]->var->is_in_frame = !f.pairs[i]->is_given_up;
    for (int i = 0; i < p->function_count; i++) {
        forget(&p->functions[i]->body, NULL);
        for (int j = 0; j < core_param_count(p->functions[i]); j++) core_param(p->functions[i], j)->scratch = NULL;
    }
    arena_free(f.arena);
}
