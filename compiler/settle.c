/* Pass settle: items of vectors that are changed and put back are changed where they are.
 *
 * Requires and ensures STAGE_RC.  Pass vacate takes an item out of its slot, so that it is its only owner, and then puts it back:
 *
 *   (let item (prim vector_set (prim unique vacate &whole &i b) &j x) (prim unique vector_set whole &i item))
 *
 * Where all of these change vectors in place, or copies of their own, nothing has to leave the slot:
 *
 *   (let place (prim settle &whole &i b) (seq (prim amend &place &j x) whole))
 *
 * `settle` gives up the owned b, which has come from this very slot or replaces what is there, sees to it that the slot is the only
 * owner of its item (by a copy, if it is not), and gives that as a part of the whole.  `amend` changes it.
 *
 * Done where pass unique has proved that nobody else holds the whole, where types say that both vectors can hold what they get
 * without being stored otherwise, and where b was read from an earlier version of the whole, so that the index is one of it.  Then
 * the only thing that may be raised is that the inner index is wrong, at the same time as before; the whole is lost in either case.
 */
#include "passes.h"

enum { VERSIONS_MAX = 20 };

static void note_inits(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    if (node->kind == CORE_LET) node->u.let.var->scratch = data ? node->u.let.init : NULL;
    core_each_child(node, note_inits, data);
}

/* What the expression gives in the end. */
static const CoreNode *end_of(const CoreNode *node)
{
    for (;;) {
        if (node->kind == CORE_LET) node = node->u.let.body;
        else if (node->kind == CORE_DROP) node = node->u.drop.body;
        else if (node->kind == CORE_SEQ) node = node->u.call.args[node->u.call.count - 1];
        else return node;
    }
}

/* The variable of the first version of the vector: all later ones are as long. */
static const CoreVar *first_version(const CoreVar *var)
{
    for (int i = 0; i < VERSIONS_MAX; i++) {
        const CoreNode *init = var->scratch;
        while (init && (init = end_of(init), core_is_prim(init, PRIM_vector_set))) init = init->u.call.args[0];
        if (!init || init->kind != CORE_LOCAL) return var;
        var = init->u.local;
    }
    return NULL;
}

static bool same_atom(const CoreNode *a, const CoreNode *b)
{
    if (a->kind == CORE_LOCAL) return core_is_var(b, a->u.local);
    return core_is_int(a) && core_is_int(b) && a->u.constant.data == b->u.constant.data;
}

/* Is the operand an item that was read at this index of this vector, or of an earlier version? */
static bool is_own_item(const CoreVar *whole, const CoreNode *index, const CoreNode *item)
{
    const CoreNode *read = item->kind == CORE_LOCAL ? item->u.local->scratch : NULL;
    if (!read || !(core_is_prim(read, PRIM_part_ref) || core_is_prim(read, PRIM_vector_ref))) return false;
    CoreNode **args = read->u.call.args;
    if (args[0]->kind != CORE_LOCAL || !same_atom(args[1], index)) return false;
    const CoreVar *first = first_version(whole);
    return first && first == first_version(args[0]->u.local);
}

/* Stored in one way that is known. */
static bool has_kind(const CoreType *type)
{
    return type && type->tags == TAG_BIT(RT_VECTOR) && type->kinds && !(type->kinds & (type->kinds - 1));
}

static bool keeps_kind(const CoreNode *set)
{
    const CoreType *before = set->u.call.args[0]->type;
    return has_kind(before) && has_kind(set->type) && before->kinds == set->type->kinds;
}

/* (prim vector_set (let t e s) j x) -> (let t e (prim vector_set s j x)), so that the changes of an item follow each other. */
static void float_bindings(CoreNode **where)
{
    while ((*where)->kind == CORE_LET || (*where)->kind == CORE_DROP)
        where = (*where)->kind == CORE_LET ? &(*where)->u.let.body : &(*where)->u.drop.body;
    CoreNode *set = *where, **changed = &set->u.call.args[0];
    if (!core_is_prim(set, PRIM_vector_set)) return;
    float_bindings(changed);
    while ((*changed)->kind == CORE_LET || (*changed)->kind == CORE_DROP) {
        CoreNode *outer = *changed, **body = outer->kind == CORE_LET ? &outer->u.let.body : &outer->u.drop.body;
        *where = outer;
        outer->type = set->type;
        *changed = *body;
        *body = set;
        where = body;
    }
}

typedef struct Change {
    CoreNode *let; /* of the item */
    CoreNode *vacate, *last; /* the innermost and the outermost operation on the item */
    int count; /* changes of it */
} Change;

static bool find_change(Change *c, CoreNode *let)
{
    if (let->kind != CORE_LET || !core_is_prim(let->u.let.body, PRIM_vector_set)) return false;
    const CoreNode *put = let->u.let.body;
    CoreNode **args = put->u.call.args;
    if (!put->is_unique || args[0]->kind != CORE_LOCAL || args[0]->use != USE_MOVE || !keeps_kind(put)) return false;
    if (put->type->kinds != 1u << RT_VECTOR_VALUES || !core_is_var(args[2], let->u.let.var)) return false;
    float_bindings(&let->u.let.init);
    *c = (Change){.let = let, .last = (CoreNode *)(uintptr_t)end_of(let->u.let.init)};
    CoreNode *node = c->last;
    for (; core_is_prim(node, PRIM_vector_set); node = node->u.call.args[0], c->count++)
        if (!keeps_kind(node)) return false;
    c->vacate = node;
    if (!c->count || !core_is_prim(node, PRIM_vacate) || !node->is_unique) return false;
    CoreNode **taken = node->u.call.args;
    return core_is_var(taken[0], args[0]->u.local) && same_atom(taken[1], args[1]) && has_kind(node->type) &&
           is_own_item(args[0]->u.local, args[1], taken[2]);
}

static CoreNode *lend(CoreProgram *p, const CoreNode *like, CoreVar *place)
{
    CoreNode *node = core_local(p, like->place, place);
    node->use = USE_BORROW;
    node->type = place->type;
    return node;
}

/* The innermost change comes first. */
static int add_amends(CoreProgram *p, CoreNode *set, CoreVar *place, CoreNode **steps)
{
    if (!core_is_prim(set, PRIM_vector_set)) return 0;
    int count = add_amends(p, set->u.call.args[0], place, steps);
    set->u.call.primitive = PRIM_amend;
    set->u.call.args[0] = lend(p, set, place);
    set->type = type_copy(p->arena, type_tags(TAG_BIT(RT_NIL)));
    set->is_unique = false;
    steps[count] = set;
    return count + 1;
}

static CoreNode *settled(CoreProgram *p, const Change *c)
{
    const CoreNode *put = c->let->u.let.body;
    CoreNode *settle = c->vacate, *whole = put->u.call.args[0];
    CoreVar *place = core_var(p, "place");
    place->type = settle->type;
    place->is_borrowed = true;
    place->whole = whole->u.local;
    place->part = PART_OTHER;
    CoreNode **steps = arena_alloc(p->arena, ((size_t)c->count + 1) * sizeof *steps);
    add_amends(p, c->last, place, steps);
    steps[c->count] = whole;
    settle->u.call.primitive = PRIM_settle;
    settle->is_unique = false;
    whole->type = put->type;
    CoreNode *seq = core_seq(p, put->place, c->count + 1, steps);
    seq->type = put->type;
    CoreNode *let = core_let(p, put->place, place, settle, seq);
    let->type = put->type;
    return let;
}

/* Puts it where the change ended, behind the bindings around that. */
static CoreNode *replace_end(CoreNode *node, const CoreNode *end, CoreNode *by)
{
    if (node == end) return by;
    node->type = by->type;
    if (node->kind == CORE_LET) node->u.let.body = replace_end(node->u.let.body, end, by);
    else if (node->kind == CORE_DROP) node->u.drop.body = replace_end(node->u.drop.body, end, by);
    else {
        CoreNode **last = &node->u.call.args[node->u.call.count - 1];
        *last = replace_end(*last, end, by);
    }
    return node;
}

static void visit(CoreNode **child, void *data)
{
    CoreProgram *p = data;
    Change c;
    while (find_change(&c, *child)) {
        const CoreNode *end = c.last;
        *child = replace_end(c.let->u.let.init, end, settled(p, &c));
    }
    core_each_child(*child, visit, data);
}

void pass_settle(Compiler *c, CoreProgram *p)
{
    (void)c;
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        note_inits(&f->body, p);
        visit(&f->body, p);
        note_inits(&f->body, NULL);
    }
}
