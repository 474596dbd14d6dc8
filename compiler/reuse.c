/* Pass reuse: a vector that is made of most of the fields of one that just ended is made in its memory.
 *
 * Requires and ensures STAGE_RC.  Where a record is taken apart and made again with some fields changed,
 *
 *   (drop (n) (keep a b c) ... (prim vector a x c))
 *
 * the old one's memory would be freed, allocated again, and all of it written.  Instead the DROP leaves the `shell`, memory
 * of a record that still has the fields in it, which the variables own:
 *
 *   (let shell (const nil) (drop (n) (keep a b c) (shell shell) ... (prim refill shell a x c)))
 *
 * and `refill` writes what is changed: an operand that is a variable bound to the field at this place is there already.  A path
 * that makes no such vector drops the shell, which frees the memory.  When n is shared, or stored in another way than the new
 * vector, the shell is a copy, so that what follows need not ask.
 *
 * To Core, and to the interpreter, the shell is nil, and refill makes a vector of the other operands: only compiled code
 * has shells (emit_open.c).  See Reinking et al., Perceus (PLDI 2021), on reuse specialization.
 */
#include "passes.h"
#include "structs.h"

enum { NODES_MAX = 3000 }; /* in the scope of a shell: it is searched at each branch */

typedef struct Reuse {
    CoreProgram *program;
    const CoreNode *drop; /* whose shell looks for its vector */
    const CoreVar *vector; /* the one that ends there */
    CoreVar *shell;
    int length;
    bool is_trial; /* nothing is changed */
    int used, unused; /* paths */
} Reuse;

/* Is the operand the field that the shell has at this place? */
bool core_is_in_shell(const CoreVar *shell, const CoreNode *operand, int index)
{
    if (operand->kind != CORE_LOCAL) return false;
    const CoreVar *var = operand->u.local;
    return var->part == PART_ITEM && var->whole == shell->whole && var->item == index;
}

static bool is_of_values(const CoreType *type) { return type && type->kinds == 1u << RT_VECTOR_VALUES; }

static bool fits(const Reuse *r, const CoreNode *node)
{
    bool is_new = core_is_prim(node, PRIM_vector) && !node->is_apart;
    if (!is_new || node->u.call.count > RT_NEAR_TAGS || !is_of_values(node->type)) return false;
    if (type_layout(node->type) != type_layout(r->vector->type)) return false;
    CoreVar shell = {.whole = (CoreVar *)(uintptr_t)r->vector};
    int unchanged = 0;
    for (int i = 0; i < node->u.call.count; i++) unchanged += core_is_in_shell(&shell, node->u.call.args[i], i);
    return unchanged > 0 && (!r->length || r->length == node->u.call.count);
}

typedef struct Found {
    Reuse *reuse;
    const CoreNode *node;
} Found;

static void find_fitting(CoreNode **child, void *data)
{
    Found *found = data;
    if (found->node || (*child)->kind == CORE_TRY) return;
    if (fits(found->reuse, *child)) found->node = *child;
    else core_each_child(*child, find_fitting, data);
}

static const CoreNode *fitting(Reuse *r, CoreNode *node)
{
    Found found = {.reuse = r};
    find_fitting(&node, &found);
    return found.node;
}

static CoreNode *read_shell(const Reuse *r, const CoreNode *at)
{
    CoreNode *node = core_local(r->program, at->place, r->shell);
    node->use = USE_MOVE;
    return node;
}

static void refill(Reuse *r, CoreNode *node)
{
    int count = node->u.call.count;
    CoreNode **args = arena_alloc(r->program->arena, ((size_t)count + 1) * sizeof *args);
    args[0] = read_shell(r, node);
    memcpy(args + 1, node->u.call.args, (size_t)count * sizeof *args);
    node->u.call.primitive = PRIM_refill;
    node->u.call.args = args;
    node->u.call.count = count + 1;
}

/* Lets each path through the expression use the shell or drop it. */
static void place_shell(CoreNode **child, void *data);

typedef struct First { /* the first child with a fitting vector */
    Reuse *reuse;
    CoreNode **child;
} First;

static void find_first(CoreNode **child, void *data)
{
    First *first = data;
    if (!first->child && fitting(first->reuse, *child)) first->child = child;
}

static void place_shell(CoreNode **child, void *data)
{
    Reuse *r = data;
    CoreNode *node = *child;
    bool is_used = fits(r, node), is_unused = !is_used && !fitting(r, node);
    r->used += is_used;
    r->unused += is_unused;
    if (r->is_trial && (is_used || is_unused)) return;
    if (is_unused) {
        CoreVar **vars = arena_alloc(r->program->arena, sizeof *vars);
        vars[0] = r->shell;
        *child = core_drop(r->program, node->place, 1, vars, node);
        return;
    }
    if (is_used) {
        refill(r, node);
        return;
    }
    if (node->kind == CORE_IF && !fitting(r, node->u.branch.test)) {
        place_shell(&node->u.branch.then, r);
        place_shell(&node->u.branch.otherwise, r);
        return;
    }
    First first = {.reuse = r};
    core_each_child(node, find_first, &first);
    place_shell(first.child, r);
}

/* A shared vector would be copied in vain where the shell is not used. */
static bool is_mostly_used(Reuse *r, CoreNode *body)
{
    r->is_trial = true;
    r->used = r->unused = 0;
    place_shell(&body, r);
    r->is_trial = false;
    return r->used >= r->unused;
}

/* Items that are kept must be fields of the record; no two shells of one DROP. */
static bool may_leave_shell(Reuse *r, const CoreVar *vector)
{
    const CoreNode *drop = r->drop;
    r->vector = vector;
    r->length = 0;
    const CoreNode *made = fitting(r, drop->u.drop.body);
    if (!made) return false;
    r->length = made->u.call.count;
    for (int i = 0; i < drop->u.drop.kept_count; i++) {
        const CoreVar *part = drop->u.drop.kept[i];
        if (part->whole == vector && (part->part != PART_ITEM || part->item >= r->length)) return false;
    }
    return is_mostly_used(r, drop->u.drop.body);
}

static void leave_shell(CoreNode **child, void *data)
{
    Reuse *r = data;
    CoreNode *node = *child;
    if (node->kind == CORE_DROP && core_size(node) <= NODES_MAX) {
        r->drop = node;
        for (int i = 0; i < node->u.drop.count; i++) {
            CoreVar *vector = node->u.drop.vars[i];
            if (vector->parts || !may_leave_shell(r, vector)) continue;
            CoreVar *shell = core_var(r->program, "shell");
            shell->whole = vector;
            shell->item = (uint8_t)r->length;
            r->shell = node->u.drop.shell = shell;
            place_shell(&node->u.drop.body, r);
            *child = core_let(r->program, node->place, shell, core_const(r->program, node->place, rt_nil()), node);
            break;
        }
    }
    core_each_child(node, leave_shell, data);
}

void pass_reuse(Compiler *c, CoreProgram *p)
{
    (void)c;
    Reuse r = {.program = p};
    for (int i = 0; i < p->function_count; i++) leave_shell(&p->functions[i]->body, &r);
}
