/* Pass vacate: an item that is taken out of a vector, changed and put back at its place is changed in place.
 *
 * Requires and ensures STAGE_RC.  In (vector-set v i (vector-set (vector-ref v i) j x)) the inner vector is held by v's slot
 * while it is changed, hence shared and copied, though the slot is overwritten next.  So the slot gives it up first:
 *
 *   (prim vector_set V &i X)  ->  (let whole V (let item X' (prim vector_set whole &i item)))
 *
 * where X' is X with (prim vacate &whole &i b) for each owned operand b that was read from a vector at index i.  The operation
 * decides at run time: when V is unique, has this very b at i, and b has no owner but that slot and the operand, the slot
 * gets a placeholder and b is unique.
 *
 * Why nobody can tell.  Nobody but this activation sees a unique V: `whole` is owned, parts of V that are still read were kept
 * when V moved (so b would have a third owner), and what raises in between drops V.  The slot is not read again: X cannot name
 * `whole`, and the outer operation overwrites it.
 */
#include "passes.h"

enum { SEARCH_MAX = 200 }; /* nodes of one X that are looked at, so that nested ones cost no square */

typedef struct Search {
    CoreProgram *program;
    CoreNode *index; /* the one that is looked for */
    const CoreType *type; /* of the vector */
    CoreVar *whole; /* once something was found */
    int budget;
} Search;

static bool is_same_index(const CoreNode *a, const CoreNode *b)
{
    if (a->kind != b->kind) return false;
    if (a->kind == CORE_LOCAL) return a->u.local == b->u.local;
    return core_is_int(a) && core_is_int(b) && a->u.constant.data == b->u.constant.data;
}

static bool reads_item(const CoreNode *node, const CoreNode *index)
{
    bool is_read = core_is_prim(node, PRIM_vector_ref) || core_is_prim(node, PRIM_part_ref);
    return is_read && is_same_index(node->u.call.args[1], index);
}

/* Is the value, which is owned, an item at the index? */
static bool is_item(const CoreNode *node, const CoreNode *index)
{
    while (node->kind == CORE_LET || node->kind == CORE_DROP)
        node = node->kind == CORE_LET ? node->u.let.body : node->u.drop.body;
    if (node->kind != CORE_LOCAL) return reads_item(node, index);
    const CoreNode *init = node->u.local->scratch;
    return node->use != USE_BORROW && !node->u.local->is_unboxed && init && reads_item(init, index);
}

static const CoreType *type_of(const CoreNode *node)
{
    while (node->kind == CORE_LET || node->kind == CORE_DROP)
        node = node->kind == CORE_LET ? node->u.let.body : node->u.drop.body;
    return node->kind == CORE_LOCAL && !node->type ? node->u.local->type : node->type;
}

static bool may_be_shared(const CoreNode *node) { return !type_is_immediate(type_of(node)); }

/* May it help the operation to be the only owner of the operand?  Primitives that give back their first operand, changed,
 * have a row without a type of the result. */
static bool profits(const CoreNode *node, int operand)
{
    if (core_borrows(node, operand)) return false;
    if (node->kind == CORE_CALL_KNOWN) return true;
    return operand == 0 && primitives[node->u.call.primitive].result == RESULT_ANY;
}

static CoreNode *read(CoreProgram *p, const CoreNode *like, CoreVar *var, uint8_t use)
{
    CoreNode *node = core_local(p, like->place, var);
    node->use = use;
    node->type = var->type;
    return node;
}

static CoreNode *copy_index(CoreProgram *p, const CoreNode *index)
{
    if (index->kind == CORE_CONST) return core_const(p, index->place, index->u.constant);
    CoreNode *copy = core_local(p, index->place, index->u.local);
    copy->use = USE_BORROW;
    copy->type = index->type;
    return copy;
}

static CoreNode *vacated(Search *s, CoreNode *item)
{
    CoreProgram *p = s->program;
    if (!s->whole) {
        s->whole = core_var(p, "whole");
        s->whole->type = s->type; /* the reads that follow have it */
    }
    CoreNode **args = arena_alloc(p->arena, 3 * sizeof *args);
    args[0] = read(p, item, s->whole, USE_BORROW);
    args[1] = copy_index(p, s->index);
    args[2] = item;
    CoreNode *node = core_prim(p, item->place, PRIM_vacate, 3, args);
    node->type = type_of(item);
    return node;
}

static void search(CoreNode **child, void *data)
{
    Search *s = data;
    CoreNode *node = *child;
    if (s->budget-- <= 0) return;
    if (node->kind == CORE_PRIM || node->kind == CORE_CALL_KNOWN) {
        CoreNode **args = node->u.call.args;
        for (int i = 0; i < node->u.call.count; i++)
            if (profits(node, i) && may_be_shared(args[i]) && is_item(args[i], s->index)) args[i] = vacated(s, args[i]);
    }
    core_each_child(node, search, s);
}

static void visit(CoreNode **child, void *data)
{
    CoreProgram *p = data;
    CoreNode *node = *child;
    bool is_set = core_is_prim(node, PRIM_vector_set);
    if (is_set && may_be_shared(node->u.call.args[2])) {
        CoreNode **args = node->u.call.args;
        Search s = {.program = p, .index = args[1], .type = type_of(args[0]), .budget = SEARCH_MAX};
        search(&args[2], &s);
        if (s.whole) {
            CoreVar *item = core_var(p, "item");
            item->type = type_of(args[2]);
            CoreNode *inner = core_let(p, node->place, item, args[2], node);
            *child = core_let(p, node->place, s.whole, args[0], inner);
            args[0] = read(p, node, s.whole, USE_MOVE);
            args[2] = read(p, node, item, USE_MOVE);
            core_each_child(inner, visit, data);
            visit(&(*child)->u.let.init, data);
            return;
        }
    }
    core_each_child(node, visit, data);
}

void pass_vacate(Compiler *c, CoreProgram *p)
{
    (void)c;
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        core_note_inits(f->body);
        visit(&f->body, p);
        core_forget_inits(f->body);
    }
}
