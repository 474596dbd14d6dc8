/* Pass forward: reads of a vector that was just changed elsewhere read its new version.
 *
 * Requires and ensures STAGE_TAIL.  In
 *
 *   (prim vector_set (prim vector_set b 0 X) 1 (... (prim vector_ref b 1) ...))
 *
 * the old version of b is needed after the first change, so that the vector would have to be copied.  The new one has the same
 * item at 1:
 *
 *   (let new (prim vector_set b 0 X) (prim vector_set new 1 (... (prim vector_ref new 1) ...)))
 *
 * Done for constant indices that were not written in between, when all that is still said of b are such reads, so that its life
 * ends with the first change.  The same when the new version is bound by a LET.  The vector is one, and the new version is as
 * long, so a read raises what it raised before.  And where a vector is read to find the item that it gets, that is computed
 * before the vector is taken, which is then its last use.
 *
 * An index that is computed is so before the vector is taken, too, and where the new item is made of what is there, it is one
 * variable: (vector_set v (f i) (... (vector_ref v (f i)) ...)).
 *
 * An item on the heap that is replaced by a change of itself is read before the vector is taken, for the same reason.
 *
 * Two items that change places,
 *
 *   (prim vector_set (prim vector_set v i (... v ...)) j (prim vector_ref v i))
 *
 * are the case where the old version is asked for just what was written.  That is read first: by `peek`, which raises nothing,
 * because when i is no index the inner change raises.
 */
#include "passes.h"

enum { WRITES_MAX = 8, SEARCH_MAX = 400 };

typedef struct Change { /* of one vector, by vector-sets one after the other */
    CoreVar *old;
    int64_t writes[WRITES_MAX];
    int write_count;
} Change;

typedef struct Search {
    const Change *change;
    CoreVar *fresh; /* reads are to read this one; NULL: they are counted */
    int budget, uses, reads;
} Search;

/* Is the node a chain of changes at constant indices of a variable? */
static bool find_change(const CoreNode *node, Change *change)
{
    change->write_count = 0;
    while (core_is_prim(node, PRIM_vector_set)) {
        CoreNode **args = node->u.call.args;
        if (!core_is_int(args[1]) || change->write_count == WRITES_MAX) return false;
        change->writes[change->write_count++] = args[1]->u.constant.data;
        node = args[0];
    }
    if (!change->write_count || node->kind != CORE_LOCAL) return false;
    change->old = node->u.local;
    return true;
}

static bool is_written(const Change *change, int64_t index)
{
    for (int i = 0; i < change->write_count; i++)
        if (change->writes[i] == index) return true;
    return false;
}

static bool is_read(const Search *s, const CoreNode *node)
{
    if (!core_is_prim(node, PRIM_vector_ref)) return false;
    CoreNode **args = node->u.call.args;
    return core_is_var(args[0], s->change->old) && core_is_int(args[1]) &&
           !is_written(s->change, args[1]->u.constant.data);
}

static void search(CoreNode **child, void *data)
{
    Search *s = data;
    CoreNode *node = *child;
    if (s->budget-- <= 0) return;
    if (core_is_var(node, s->change->old)) s->uses++;
    if (is_read(s, node)) {
        s->reads++;
        if (s->fresh) {
            node->u.call.args[0]->u.local = s->fresh;
            node->u.call.args[0]->type = s->fresh->type;
        }
    }
    core_each_child(node, search, s);
}

/* Are all uses of the old version reads that the new one can answer? */
static bool is_replaceable(CoreNode **where, const Change *change)
{
    Search s = {.change = change, .budget = SEARCH_MAX};
    search(where, &s);
    return s.budget > 0 && s.reads > 0 && s.reads == s.uses;
}

static void replace(CoreNode **where, const Change *change, CoreVar *fresh)
{
    Search s = {.change = change, .fresh = fresh, .budget = SEARCH_MAX};
    search(where, &s);
}

static const CoreType *type_of(const CoreNode *node)
{
    while (node->kind == CORE_LET) node = node->u.let.body;
    return node->type;
}

/* Is it a read of the item that the change replaces, and the only use of the vector for the new item?  One on the heap: others are
 * not changed in place. */
static bool reads_replaced(const CoreNode *read, const CoreNode *set)
{
    CoreNode **to = set->u.call.args;
    if (to[0]->kind != CORE_LOCAL || !core_is_local_or_const(to[1]) || !core_is_prim(read, PRIM_vector_ref))
        return false;
    CoreNode **from = read->u.call.args;
    if (!core_is_var(from[0], to[0]->u.local) || !core_is_same_atom(from[1], to[1]) || type_is_immediate(read->type))
        return false;
    Change none = {.old = to[0]->u.local};
    Search s = {.change = &none, .budget = SEARCH_MAX};
    search(&to[2], &s);
    return s.uses == 1 && s.budget > 0;
}

/* What is evaluated first in the expression, as an operand; variables and constants beside it are there anyway. */
static CoreNode **first_operand(CoreNode **where)
{
    for (;;) {
        CoreNode *node = *where;
        bool is_operation = node->kind == CORE_PRIM || node->kind == CORE_CALL_KNOWN;
        if (!is_operation || core_is_prim(node, PRIM_vector_ref)) return where;
        int first = 0;
        while (first < node->u.call.count && core_is_local_or_const(node->u.call.args[first])) first++;
        if (first == node->u.call.count) return where;
        where = &node->u.call.args[first];
    }
}

/* (vector_set v i (... (vector_ref v i) ...)) -> (let old (vector_ref v i) (vector_set v i (... old ...))), where the read is what
 * comes first anyway: the change then is the last use of the vector, of which the item is a part until then. */
static CoreNode *read_first(CoreProgram *p, CoreNode *set)
{
    CoreNode **item = &set->u.call.args[2], *let = *item;
    if (let->kind == CORE_LET && reads_replaced(let->u.let.init, set)) {
        *item = let->u.let.body;
        let->u.let.body = set;
        let->type = set->type;
        return let;
    }
    CoreNode **place = first_operand(item), *read = *place;
    if (!reads_replaced(read, set)) return set;
    CoreVar *old = core_var(p, "old");
    old->type = read->type;
    *place = core_local(p, read->place, old);
    (*place)->type = old->type;
    return core_let(p, set->place, old, read, set);
}

/* (vector_set b i (... b ...)) -> (let x (... b ...) (vector_set b i x)), so that the vector is taken when it is read no more.
 * Numbers only: for other items pass vacate wants the vector taken before them. */
static CoreNode *take_last(CoreProgram *p, CoreNode *set)
{
    CoreNode **args = set->u.call.args;
    bool is_number = type_is(type_of(args[2]), TAGS_NUMBER | TAGS_IMMEDIATE);
    if (args[0]->kind != CORE_LOCAL || !core_is_local_or_const(args[1]) || !is_number) return set;
    Change none = {.old = args[0]->u.local};
    Search s = {.change = &none, .budget = SEARCH_MAX};
    if (args[2]->kind != CORE_LOCAL) search(&args[2], &s);
    if (!s.uses) return set;
    CoreVar *item = core_var(p, "item");
    CoreNode *let = core_let(p, set->place, item, args[2], set);
    item->type = type_of(args[2]);
    item->is_unboxed = type_is_immediate(item->type);
    args[2] = core_local(p, set->place, item);
    args[2]->type = item->type;
    return let;
}

/* The same integer arithmetic on the same variables and constants: where the first one did not raise, the second one does not either. */
static bool is_same_sum(const CoreNode *a, const CoreNode *b)
{
    if (core_is_local_or_const(a)) return core_is_same_atom(a, b);
    if (a->kind != CORE_PRIM || b->kind != CORE_PRIM || a->u.call.primitive != b->u.call.primitive) return false;
    if (primitives[a->u.call.primitive].result != RESULT_NUM || primitives[a->u.call.primitive].has_effect)
        return false;
    if (a->u.call.count != b->u.call.count) return false;
    for (int i = 0; i < a->u.call.count; i++)
        if (!is_same_sum(a->u.call.args[i], b->u.call.args[i])) return false;
    return true;
}

typedef struct SharedIndex {
    const CoreNode *vector, *index;
    CoreVar *var;
    CoreProgram *program;
} SharedIndex;

static void share_index(CoreNode **child, void *data)
{
    SharedIndex *s = data;
    CoreNode *node = *child, **args = node->u.call.args;
    core_each_child(node, share_index, data);
    if (!core_is_prim(node, PRIM_vector_ref) || !core_is_same_atom(args[0], s->vector)) return;
    if (!is_same_sum(args[1], s->index)) return;
    args[1] = core_local(s->program, args[1]->place, s->var);
    args[1]->type = s->var->type;
}

/* (vector_set v (f i) (... v ...)) -> (let index (f i) (vector_set v index (... v ...))) */
static CoreNode *name_index(CoreProgram *p, CoreNode *set)
{
    CoreNode **args = set->u.call.args;
    if (args[0]->kind != CORE_LOCAL || core_is_local_or_const(args[1]) || args[2]->kind == CORE_LOCAL) return set;
    Change none = {.old = args[0]->u.local};
    Search s = {.change = &none, .budget = SEARCH_MAX};
    search(&args[2], &s);
    if (!s.uses || s.budget <= 0) return set;
    CoreVar *index = core_var(p, "index");
    index->type = type_of(args[1]);
    index->is_unboxed = type_is_immediate(index->type);
    SharedIndex shared = {args[0], args[1], index, p};
    share_index(&args[2], &shared);
    CoreNode *let = core_let(p, set->place, index, args[1], set);
    let->type = set->type;
    args[1] = core_local(p, args[1]->place, index);
    args[1]->type = index->type;
    return let;
}

static bool is_exchange(const CoreNode *set)
{
    const CoreNode *inner = set->u.call.args[0], *read = set->u.call.args[2];
    if (!core_is_prim(inner, PRIM_vector_set) || !core_is_prim(read, PRIM_vector_ref)) return false;
    CoreNode **to = inner->u.call.args, **from = read->u.call.args;
    return to[0]->kind == CORE_LOCAL && core_is_var(from[0], to[0]->u.local) && core_is_same_atom(to[1], from[1]) &&
           read->type;
}

static CoreNode *peek_first(CoreProgram *p, CoreNode *set)
{
    CoreNode *read = set->u.call.args[2];
    CoreType nil = type_tags(TAG_BIT(RT_NIL));
    CoreVar *item = core_var(p, "item");
    read->u.call.primitive = PRIM_peek;
    if (!type_is_immediate(read->type)) read->type = type_copy(p->arena, type_join(p->arena, read->type, &nil));
    item->type = read->type;
    item->is_unboxed = type_is_immediate(item->type);
    set->u.call.args[2] = core_local(p, set->place, item);
    return core_let(p, set->place, item, read, set);
}

static void visit(CoreNode **child, void *data)
{
    CoreProgram *p = data;
    CoreNode *node = *child;
    Change change;
    if (node->kind == CORE_LET && find_change(node->u.let.init, &change) && is_replaceable(&node->u.let.body, &change))
        replace(&node->u.let.body, &change, node->u.let.var);
    bool is_set = core_is_prim(node, PRIM_vector_set);
    if (is_set) {
        *child = name_index(p, node);
        if (*child != node) {
            visit(&(*child)->u.let.init, p);
            child = &(*child)->u.let.body;
        }
    }
    if (is_set && find_change(node->u.call.args[0], &change) && is_replaceable(&node->u.call.args[2], &change)) {
        CoreNode **args = node->u.call.args;
        CoreVar *fresh = core_var(p, "new");
        fresh->type = args[0]->type;
        replace(&args[2], &change, fresh);
        *child = core_let(p, node->place, fresh, args[0], node);
        args[0] = core_local(p, node->place, fresh);
        args[0]->type = fresh->type;
    } else if (is_set && is_exchange(node)) {
        *child = peek_first(p, node);
    } else if (is_set) {
        *child = read_first(p, node);
        if (*child == node) *child = take_last(p, node);
    }
    node = *child;
    core_each_child(node, visit, data);
}

void pass_forward(Compiler *c, CoreProgram *p)
{
    (void)c;
    for (int i = 0; i < p->function_count; i++) visit(&p->functions[i]->body, p);
}
