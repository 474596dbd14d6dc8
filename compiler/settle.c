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

/* Is the operand an item that was read at this index of this vector, or of an earlier version? */
static bool is_own_item(const CoreVar *whole, const CoreNode *index, const CoreNode *item)
{
    const CoreNode *read = item->kind == CORE_LOCAL ? item->u.local->scratch : NULL;
    if (!read || !(core_is_prim(read, PRIM_part_ref) || core_is_prim(read, PRIM_vector_ref))) return false;
    CoreNode **args = read->u.call.args;
    if (args[0]->kind != CORE_LOCAL || !core_is_same_atom(args[1], index)) return false;
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
    CoreNode *set = *where;
    if (!core_is_prim(set, PRIM_vector_set)) return;
    CoreNode **changed = &set->u.call.args[0];
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

enum { NAMED_MAX = 8 };

typedef struct Change {
    CoreNode *let; /* of the item */
    CoreNode *vacate, *last; /* the innermost and the outermost operation on the item */
    const CoreVar *named[NAMED_MAX]; /* variables bound to versions of the item in between */
    int named_count;
    CoreVar *place;
} Change;

typedef struct Uses {
    const CoreVar *var;
    int all, reads;
} Uses;

static void count_uses(CoreNode **child, void *data)
{
    Uses *uses = data;
    CoreNode *node = *child;
    if (core_is_var(node, uses->var)) uses->all++;
    bool is_read = core_is_prim(node, PRIM_vector_ref) || core_is_prim(node, PRIM_part_ref);
    if (is_read && type_is_immediate(node->type) && core_is_var(node->u.call.args[0], uses->var)) uses->reads++;
    core_each_child(node, count_uses, data);
}

/* Is the variable bound on the way to the end, and is nothing done with it but that numbers are read, and the next change? */
static bool is_version(CoreNode *init, const CoreVar *var)
{
    const CoreNode *node = init;
    while ((node->kind == CORE_LET && node->u.let.var != var) || node->kind == CORE_DROP)
        node = node->kind == CORE_LET ? node->u.let.body : node->u.drop.body;
    if (node->kind != CORE_LET || !core_is_prim(node->u.let.init, PRIM_vector_set)) return false;
    Uses uses = {.var = var};
    count_uses(&init, &uses);
    return uses.all == uses.reads + 1;
}

/* Down to the operation that takes the item out of its slot. */
static bool find_vacate(Change *c, CoreNode *init)
{
    CoreNode *set = c->last;
    while (core_is_prim(set, PRIM_vector_set)) {
        CoreNode *changed = set->u.call.args[0];
        if (!keeps_kind(set)) return false;
        if (core_is_prim(changed, PRIM_vacate)) {
            c->vacate = changed;
            return changed->is_unique;
        }
        if (!set->is_unique) return false;
        if (changed->kind == CORE_LOCAL) {
            const CoreVar *var = changed->u.local;
            if (changed->use != USE_MOVE || c->named_count == NAMED_MAX || !is_version(init, var)) return false;
            c->named[c->named_count++] = var;
            changed = var->scratch;
        }
        set = changed;
    }
    return false;
}

static bool find_change(Change *c, CoreNode *let)
{
    if (let->kind != CORE_LET || !core_is_prim(let->u.let.body, PRIM_vector_set)) return false;
    const CoreNode *put = let->u.let.body;
    CoreNode **args = put->u.call.args;
    if (!put->is_unique || args[0]->kind != CORE_LOCAL || args[0]->use != USE_MOVE || !keeps_kind(put)) return false;
    if (put->type->kinds != 1u << RT_VECTOR_VALUES || !core_is_var(args[2], let->u.let.var)) return false;
    float_bindings(&let->u.let.init);
    *c = (Change){.let = let, .last = (CoreNode *)(uintptr_t)end_of(let->u.let.init)};
    if (!find_vacate(c, let->u.let.init)) return false;
    CoreNode **taken = c->vacate->u.call.args;
    return core_is_var(taken[0], args[0]->u.local) && core_is_same_atom(taken[1], args[1]) &&
           has_kind(c->vacate->type) && is_own_item(args[0]->u.local, args[1], taken[2]);
}

static CoreNode *lend(CoreProgram *p, const CoreNode *like, CoreVar *place)
{
    CoreNode *node = core_local(p, like->place, place);
    node->use = USE_BORROW;
    node->type = place->type;
    return node;
}

static bool is_named(const Change *c, const CoreVar *var)
{
    for (int i = 0; i < c->named_count; i++)
        if (c->named[i] == var) return true;
    return false;
}

/* Versions are read in the slot. */
static void read_in_place(CoreNode **child, void *data)
{
    const Change *c = data;
    CoreNode *node = *child;
    if (node->kind == CORE_LOCAL && is_named(c, node->u.local)) {
        node->u.local = c->place;
        node->use = USE_BORROW;
        node->type = c->place->type;
    }
    core_each_child(node, read_in_place, data);
}

static int changes_of(const CoreNode *set)
{
    int count = 0;
    for (; core_is_prim(set, PRIM_vector_set); set = set->u.call.args[0]) count++;
    return count;
}

/* The innermost change comes first. */
static int add_amends(CoreProgram *p, const Change *c, CoreNode *set, CoreNode **steps)
{
    if (!core_is_prim(set, PRIM_vector_set)) return 0;
    int count = add_amends(p, c, set->u.call.args[0], steps);
    set->u.call.primitive = PRIM_amend;
    set->u.call.args[0] = lend(p, set, c->place);
    set->type = type_copy(p->arena, type_tags(TAG_BIT(RT_NIL)));
    set->is_unique = false;
    steps[count] = set;
    return count + 1;
}

/* The changes, in the slot, then the rest. */
static CoreNode *change_in_place(CoreProgram *p, const Change *c, CoreNode *set, CoreNode *rest)
{
    const CoreNode *innermost = set;
    while (core_is_prim(innermost, PRIM_vector_set)) innermost = innermost->u.call.args[0];
    bool is_first = innermost == c->vacate;
    int count = changes_of(set);
    CoreNode **steps = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *steps);
    add_amends(p, c, set, steps);
    steps[count] = rest;
    CoreNode *node = core_seq(p, set->place, count + 1, steps);
    node->type = rest->type;
    if (!is_first) return node;
    c->vacate->u.call.primitive = PRIM_settle;
    c->vacate->is_unique = false;
    node = core_let(p, set->place, c->place, c->vacate, node);
    node->type = rest->type;
    return node;
}

/* The bindings on the way to the last change stay, but for those of versions. */
static CoreNode *rewrite(CoreProgram *p, const Change *c, CoreNode *node)
{
    CoreNode *put = c->let->u.let.body, *whole = put->u.call.args[0];
    if (node == c->last) {
        whole->type = put->type;
        return change_in_place(p, c, node, whole);
    }
    CoreNode **rest = node->kind == CORE_LET    ? &node->u.let.body
                      : node->kind == CORE_DROP ? &node->u.drop.body
                                                : &node->u.call.args[node->u.call.count - 1];
    *rest = rewrite(p, c, *rest);
    if (node->kind == CORE_LET && is_named(c, node->u.let.var)) return change_in_place(p, c, node->u.let.init, *rest);
    node->type = put->type;
    return node;
}

static CoreNode *settled(CoreProgram *p, Change *c)
{
    CoreVar *place = core_var(p, "place");
    place->type = c->vacate->type;
    place->is_borrowed = true;
    place->whole = c->let->u.let.body->u.call.args[0]->u.local;
    place->part = PART_OTHER;
    c->place = place;
    CoreNode *init = c->let->u.let.init;
    read_in_place(&init, c);
    return rewrite(p, c, init);
}

static void visit(CoreNode **child, void *data)
{
    CoreProgram *p = data;
    Change c;
    while (find_change(&c, *child)) *child = settled(p, &c);
    core_each_child(*child, visit, data);
}

void pass_settle(Compiler *c, CoreProgram *p)
{
    (void)c;
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        core_note_inits(f->body);
        visit(&f->body, p);
        core_forget_inits(f->body);
    }
}
