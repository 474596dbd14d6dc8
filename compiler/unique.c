/* Pass unique: vectors that nobody else can hold when they are changed.
 *
 * Requires and ensures STAGE_RC.  Sets is_unique of each vector-set (and vacate) whose first operand is always the only reference
 * to its vector: the emission changes it in place without a test, so that it stays at one address all through a loop.
 *
 * A value is unique when it comes from an operation that makes a vector, or changed one, and moved from there: through
 * variables, loops, known calls and results.  What takes that away from a variable: a second reference (USE_DUP), or
 * lending it to somebody who may keep one.  Where in its scope does not matter.  Everything is taken for unique at first,
 * and what is found not to be is taken back until nothing changes.  No count is ever changed for a reason that Core does not
 * show, except that an error may hold an operand; hence nothing that is read inside of a TRY is unique.
 */
#include "unique.h"
#include "passes.h"

enum { ROUNDS_MAX = 30 };

typedef struct Unique {
    PointerMap *versions;
    bool changed;
    int try_depth;
} Unique;

/* scratch of variables and, for their results, of functions: set when shared */
static char shared_mark;
static bool is_shared(const void *scratch) { return scratch != NULL; }

static void share(Unique *u, void **scratch)
{
    if (is_shared(*scratch)) return;
    *scratch = &shared_mark;
    u->changed = true;
}

static bool prim_gives_unique(const CoreNode *node);

bool unique_is(const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL: return node->is_unique || (node->use == USE_MOVE && !is_shared(node->u.local->scratch));
    case CORE_LET: return unique_is(node->u.let.body);
    case CORE_DROP: return unique_is(node->u.drop.body);
    case CORE_SEQ: return unique_is(node->u.call.args[node->u.call.count - 1]);
    case CORE_IF: return unique_is(node->u.branch.then) && unique_is(node->u.branch.otherwise);
    case CORE_CALL_KNOWN: return !is_shared(node->u.call.function->scratch);
    case CORE_PRIM: return prim_gives_unique(node);
    default: return false;
    }
}

static bool prim_gives_unique(const CoreNode *node)
{
    switch (node->u.call.primitive) {
    case PRIM_vector:
    case PRIM_make_vector:
    case PRIM_make_plain_vector:
    case PRIM_list_to_vector:
    case PRIM_range_vector:
    case PRIM_vector_set: return true;
    case PRIM_forget: return unique_is(node->u.call.args[0]);
    default: return prim_never_returns(node->u.call.primitive);
    }
}

/* May somebody have a reference to the borrowed operand when the operation is done? */
static bool may_keep(const CoreNode *node, int operand)
{
    if (node->kind == CORE_CALL_KNOWN) return is_shared(core_param(node->u.call.function, operand)->scratch);
    const PrimInfo *info = &primitives[node->u.call.primitive];
    switch (node->u.call.primitive) {
    case PRIM_vector_ref:
    case PRIM_part_ref:
    case PRIM_vacate:
    case PRIM_check_vector: return false;
    default:
        return info->has_effect ||
               !(info->result == RESULT_BOOL || info->result == RESULT_INT || info->result == RESULT_NUM);
    }
}

/* A call of a copy that wants unique operands. */
static void visit_call(Unique *u, CoreNode *call)
{
    Version *v = u->versions ? pointer_map_find(u->versions, call->u.call.function) : NULL;
    bool fits = v && !v->is_given_up;
    for (int i = 0; fits && i < call->u.call.count; i++)
        if (v->is_wanted[i] && !unique_is(call->u.call.args[i])) fits = false;
    if (!v || fits) return;
    if (call->tail) v->is_given_up = true;
    call->u.call.function = v->original;
    u->changed = true;
}

static void visit(CoreNode **child, void *data);

static void visit_operands(Unique *u, CoreNode *node)
{
    if (node->kind == CORE_CALL_KNOWN) visit_call(u, node);
    for (int i = 0; i < node->u.call.count; i++) {
        CoreNode *arg = node->u.call.args[i];
        if (arg->kind == CORE_LOCAL && arg->use == USE_BORROW && may_keep(node, i)) share(u, &arg->u.local->scratch);
        bool passes = node->kind == CORE_CALL_KNOWN && !core_borrows(node, i);
        if (passes && !unique_is(arg)) share(u, &core_param(node->u.call.function, i)->scratch);
    }
}

static void visit(CoreNode **child, void *data)
{
    Unique *u = data;
    CoreNode *node = *child;
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL:
        if (node->use == USE_DUP || (u->try_depth && node->use == USE_BORROW)) share(u, &node->u.local->scratch);
        return;
    case CORE_LET:
        if (!unique_is(node->u.let.init)) share(u, &node->u.let.var->scratch);
        break;
    case CORE_PRIM:
    case CORE_CALL_KNOWN: visit_operands(u, node); break;
    case CORE_CALL:
        for (int i = 0; i < node->u.call.count; i++) /* strangers may keep what they are lent */
            if (node->u.call.args[i]->use == USE_BORROW) share(u, &node->u.call.args[i]->u.local->scratch);
        break;
    case CORE_TRY:
        share(u, &node->u.try_.error->scratch);
        u->try_depth++;
        core_each_child(node, visit, u);
        u->try_depth--;
        return;
    default: break;
    }
    core_each_child(node, visit, u);
}

/* May strangers call it?  Type inference knows when it found the function to be called at all. */
static bool is_open(const CoreFunction *f)
{
    if (f->wraps) f = f->wraps;
    return f->is_toplevel || (f->needs_closure && (f->escapes || !f->result));
}

static void visit_function(Unique *u, CoreFunction *f)
{
    for (int i = 0; is_open(f) && i < core_param_count(f); i++) share(u, &core_param(f, i)->scratch);
    visit(&f->body, u);
    if (!unique_is(f->body)) share(u, &f->scratch);
}

static void mark(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    core_each_child(node, mark, data);
    if (node->kind != CORE_PRIM) return;
    if (node->u.call.primitive == PRIM_vector_set) node->is_unique = unique_is(node->u.call.args[0]);
    if (node->u.call.primitive == PRIM_vacate) node->is_unique = !is_shared(node->u.call.args[0]->u.local->scratch);
}

bool unique_find(CoreProgram *p, PointerMap *versions)
{
    Unique u = {.changed = true, .versions = versions};
    for (int round = 0; u.changed && round < ROUNDS_MAX; round++) {
        u.changed = false;
        for (int i = 0; i < p->function_count; i++) visit_function(&u, p->functions[i]);
    }
    return !u.changed;
}

static void forget(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    core_each_child(node, forget, data);
    if (node->kind == CORE_LET) node->u.let.var->scratch = NULL;
    if (node->kind == CORE_TRY) node->u.try_.error->scratch = NULL;
}

void unique_forget(CoreProgram *p)
{
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        f->scratch = NULL;
        for (int j = 0; j < core_param_count(f); j++) core_param(f, j)->scratch = NULL;
        forget(&f->body, NULL);
    }
}

void pass_unique(Compiler *c, CoreProgram *p)
{
    (void)c;
    bool is_found = unique_find(p, NULL);
    for (int i = 0; is_found && i < p->function_count; i++) mark(&p->functions[i]->body, NULL);
    unique_forget(p);
}
