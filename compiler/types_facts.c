/* What is known of variables at a point of the evaluation over types: a trail of facts, and what tests add to it.
 *
 * A fact is a better type of a variable.  Facts hold from where they are found to the end of the branch; the end of the
 * branch undoes them.  When only one of two branches can be left, its facts hold after both.
 */
#include "types_internal.h"

/* ---- variables -------------------------------------------------------------------------------------------------------- */

void types_bind(Types *t, CoreVar *var, const CoreType *type, const CoreNode *init)
{
    VarState *state = arena_alloc(t->turn, sizeof *state);
    bool tells = init && (types_is_test(init) || core_is_prim(init, PRIM_add) || core_is_prim(init, PRIM_sub));
    *state = (VarState){type, tells ? init : NULL};
    var->scratch = state;
}

void types_know(Types *t, CoreVar *var, CoreType type)
{
    VarState *state = type_state(var);
    if (type_equal(state->now, &type)) return;
    Undo undo = {state, state->now};
    ARENA_PUSH(t->turn, t->trail, t->trail_count, t->trail_capacity, undo);
    state->now = type_copy(t->arena, type);
}

void types_undo(Types *t, int mark)
{
    while (t->trail_count > mark) {
        Undo *undo = &t->trail[--t->trail_count];
        undo->state->now = undo->before;
    }
    while (t->order_count && t->orders[t->order_count - 1].mark >= mark) t->order_count--;
}

void types_begin_facts(Types *t)
{
    t->trail = NULL;
    t->trail_count = t->trail_capacity = t->order_count = 0;
}

void types_take_facts(Types *t, const Types *from)
{
    t->trail = from->trail;
    t->trail_count = from->trail_count;
    t->trail_capacity = from->trail_capacity;
    t->order_count = from->order_count;
    memcpy(t->orders, from->orders, sizeof t->orders);
}

Findings types_found_since(Types *t, int mark)
{
    Findings found = {.count = t->trail_count - mark};
    if (!found.count) return found;
    found.states = arena_alloc(t->turn, (size_t)found.count * sizeof *found.states);
    found.types = arena_alloc(t->turn, (size_t)found.count * sizeof *found.types);
    for (int i = 0; i < found.count; i++) {
        found.states[i] = t->trail[mark + i].state;
        found.types[i] = found.states[i]->now;
    }
    return found;
}

void types_know_findings(Types *t, const Findings *found)
{
    for (int i = 0; i < found->count; i++) {
        Undo undo = {found->states[i], found->states[i]->now};
        ARENA_PUSH(t->turn, t->trail, t->trail_count, t->trail_capacity, undo);
        found->states[i]->now = found->types[i];
    }
}

/* ---- tests ------------------------------------------------------------------------------------------------------------ */

static bool is_length(const CoreNode *node)
{
    return core_is_prim(node, PRIM_vector_length) && node->u.call.args[0]->kind == CORE_LOCAL;
}

static bool is_item(const CoreNode *node)
{
    return core_is_prim(node, PRIM_vector_ref) && node->u.call.args[0]->kind == CORE_LOCAL &&
           core_is_local_or_const(node->u.call.args[1]);
}

const CoreNode *types_moved(const CoreNode *node, int64_t *by)
{
    enum { FARTHEST = 1 << 20 };
    bool is_sum = core_is_prim(node, PRIM_add) || core_is_prim(node, PRIM_sub);
    if (!is_sum || node->u.call.args[0]->kind != CORE_LOCAL || !core_is_int(node->u.call.args[1])) return NULL;
    int64_t n = node->u.call.args[1]->u.constant.data;
    if (n > FARTHEST || n < -FARTHEST) return NULL;
    *by = core_is_prim(node, PRIM_add) ? n : -n;
    return node->u.call.args[0];
}

static bool is_moved(const CoreNode *node)
{
    int64_t by;
    return types_moved(node, &by) != NULL;
}

/* (* x x) */
static bool is_square(const CoreNode *node)
{
    return core_is_prim(node, PRIM_mul) && node->u.call.args[0]->kind == CORE_LOCAL &&
           core_is_var(node->u.call.args[1], node->u.call.args[0]->u.local);
}

CoreType types_of_atom(Types *t, const CoreNode *node)
{
    if (node->kind == CORE_CONST) return type_of_constant(t->arena, node->u.constant);
    if (node->kind == CORE_LOCAL) return *type_state(node->u.local)->now;
    if (is_moved(node)) {
        CoreType operands[2] = {types_of_atom(t, node->u.call.args[0]), types_of_atom(t, node->u.call.args[1])};
        return type_is_int(&operands[0]) ? type_of_prim(t->arena, node->u.call.primitive, operands, 2) : type_any();
    }
    if (is_length(node)) {
        CoreType vector = type_keep_tags(types_of_atom(t, node->u.call.args[0]), TAGS_VECTOR);
        return vector.tags ? type_of_length(&vector) : type_any();
    }
    if (is_item(node)) {
        CoreType operands[2] = {type_keep_tags(types_of_atom(t, node->u.call.args[0]), TAGS_VECTOR),
                                types_of_atom(t, node->u.call.args[1])};
        return operands[0].tags ? type_of_prim(t->arena, PRIM_vector_ref, operands, 2) : type_any();
    }
    return type_any();
}

void types_know_operand(Types *t, const CoreNode *node, CoreType type)
{
    int64_t by;
    const CoreNode *base = types_moved(node, &by);
    if (node->kind == CORE_LOCAL) types_know(t, node->u.local, type);
    if (!base || !type_is_int(&type)) return;
    CoreType now = types_of_atom(t, base);
    __int128 lo = (__int128)type.lo - by, hi = (__int128)type.hi - by;
    if (!type_is_int(&now)) return;
    if (lo < now.lo) lo = now.lo;
    if (hi > now.hi) hi = now.hi;
    if (lo <= hi) types_know(t, base->u.local, type_int((int64_t)lo, (int64_t)hi));
}

/* It holds as long as what stands behind it on the trail: an entry that changes nothing. */
static void know_order(Types *t, const CoreVar *a, const CoreVar *b, int gap)
{
    if (t->order_count == ORDERS_MAX) return;
    t->orders[t->order_count++] = (Order){a, b, gap, t->trail_count};
    Undo undo = {type_state(a), type_state(a)->now};
    ARENA_PUSH(t->turn, t->trail, t->trail_count, t->trail_capacity, undo);
}

static void know_relation(Types *t, CoreNode **args, enum Relation relation)
{
    if (args[0]->kind != CORE_LOCAL || args[1]->kind != CORE_LOCAL) return;
    const CoreVar *a = args[0]->u.local, *b = args[1]->u.local;
    if (relation == RELATION_LT || relation == RELATION_LTE) know_order(t, a, b, relation == RELATION_LT);
    if (relation == RELATION_GT || relation == RELATION_GTE) know_order(t, b, a, relation == RELATION_GT);
}

void types_know_difference(const Types *t, const CoreNode *sub, CoreType *type)
{
    CoreNode **args = sub->u.call.args;
    if (args[0]->kind != CORE_LOCAL || args[1]->kind != CORE_LOCAL || !(type->tags & TAG_BIT(RT_INT))) return;
    const CoreVar *from = args[0]->u.local, *taken = args[1]->u.local;
    for (int i = 0; i < t->order_count; i++) {
        const Order *o = &t->orders[i];
        if (o->a == taken && o->b == from && type->lo < o->gap && type->hi >= o->gap) type->lo = o->gap;
        if (o->a == from && o->b == taken && type->hi > -o->gap && type->lo <= -o->gap) type->hi = -o->gap;
    }
}

bool types_are_ordered(const Types *t, const CoreVar *a, int64_t more, const CoreVar *b, int direction)
{
    if (a == b) return direction > 0 ? more <= 0 : more >= 0;
    for (int i = 0; i < t->order_count; i++) {
        const Order *o = &t->orders[i];
        if (direction > 0 && o->a == a && o->b == b && more <= o->gap) return true;
        if (direction < 0 && o->a == b && o->b == a && more >= -o->gap) return true;
    }
    return false;
}

static int64_t root_of(int64_t n)
{
    int64_t root = 0;
    for (int64_t bit = (int64_t)1 << 31; bit; bit /= 2)
        if ((__int128)(root + bit) * (root + bit) <= n) root += bit;
    return root;
}

/* x x <= most, as in loops over divisors: an integer x is an int between the roots. */
static void know_root(Types *t, const CoreNode *square, int64_t most)
{
    CoreType x = types_of_atom(t, square->u.call.args[0]), ints = type_keep_tags(x, TAG_BIT(RT_INT));
    CoreType others = type_keep_tags(x, ~(TAG_BIT(RT_INT) | TAG_BIT(RT_BIGINT)));
    if (most < 0 || !ints.tags) return;
    int64_t root = root_of(most);
    if (ints.lo < -root) ints.lo = -root;
    if (ints.hi > root) ints.hi = root;
    x = ints.lo <= ints.hi ? type_join(t->arena, &others, &ints) : others;
    types_know_operand(t, square->u.call.args[0], x);
}

/* Squares that are no greater than an int. */
static void assume_square(Types *t, CoreNode *const *args, enum Relation relation)
{
    bool is_first = is_square(args[0]);
    CoreType limit = types_of_atom(t, args[is_first]);
    if (!type_is_int(&limit)) return;
    enum Relation below = is_first ? RELATION_LT : RELATION_GT, within = is_first ? RELATION_LTE : RELATION_GTE;
    if (relation == below && limit.hi > INT64_MIN) know_root(t, args[!is_first], limit.hi - 1);
    if (relation == within || relation == RELATION_EQ) know_root(t, args[!is_first], limit.hi);
}

static void assume_relation(Types *t, const CoreNode *prim, enum Relation relation)
{
    CoreNode **args = prim->u.call.args;
    if (is_square(args[0]) != is_square(args[1])) {
        assume_square(t, args, relation);
        return;
    }
    CoreType a = types_of_atom(t, args[0]), b = types_of_atom(t, args[1]);
    if (!type_is_int(&a) || !type_is_int(&b)) return;
    if (t->mode == GROWING && args[0]->kind != CORE_CONST && args[1]->kind != CORE_CONST) {
        if (a.lo == a.hi) types_note_limit(t, a.lo);
        if (b.lo == b.hi) types_note_limit(t, b.lo);
    }
    if (relation == RELATION_NE) {
        const FunctionState *f = t->function;
        int direction = types_bound_direction(f->function, f->bounds, f->bound_count, args[0], args[1]);
        if (direction) relation = direction > 0 ? RELATION_LT : RELATION_GT;
    }
    type_compare_ints(relation, &a, &b);
    types_know_operand(t, args[0], a);
    types_know_operand(t, args[1], b);
    know_relation(t, args, relation);
}

/* Values of different tags are never eq. */
static void assume_same(Types *t, CoreNode *const *args)
{
    CoreType a = types_of_atom(t, args[0]), b = types_of_atom(t, args[1]);
    types_know_operand(t, args[0], type_keep_tags(a, b.tags));
    types_know_operand(t, args[1], type_keep_tags(b, a.tags));
}

static void assume_prim(Types *t, const CoreNode *prim, bool truth)
{
    uint32_t tags, kind;
    enum Relation relation;
    int primitive = prim->u.call.primitive;
    CoreNode **args = prim->u.call.args;
    if (prim_tests_tags(primitive, &tags)) {
        if (primitive == PRIM_not || primitive == PRIM_is_nil) types_assume(t, args[0], !truth);
        else types_know_operand(t, args[0], type_keep_tags(types_of_atom(t, args[0]), truth ? tags : ~tags));
    } else if (prim_true_tags(primitive) != TAGS_ALL && truth) {
        types_know_operand(t, args[0], type_keep_tags(types_of_atom(t, args[0]), prim_true_tags(primitive)));
    } else if (primitive == PRIM_eq && truth) {
        assume_same(t, args);
    } else if (prim_relation(primitive, &relation)) {
        assume_relation(t, prim, truth ? relation : relation_negated(relation));
    } else if (prim_tests_kind(primitive, &kind) && truth) {
        CoreType type = types_of_atom(t, args[0]);
        types_know_operand(t, args[0], type_of_vectors_of_kind(t->arena, &type, kind));
    }
}

/* Is that what it gives, whatever it evaluates before? */
static bool is_constant(const CoreNode *node, bool truth)
{
    if (node->kind == CORE_SEQ) node = node->u.call.args[node->u.call.count - 1];
    return node->kind == CORE_CONST && rt_is_truthy(node->u.constant) == truth;
}

/* The test was evaluated, its variables are in scope, and its value was true or not. */
void types_assume(Types *t, const CoreNode *test, bool truth)
{
    switch ((enum CoreKind)test->kind) {
    case CORE_LOCAL: {
        VarState *state = type_state(test->u.local);
        uint32_t nil = TAG_BIT(RT_NIL);
        types_know(t, test->u.local, type_keep_tags(*state->now, truth ? ~nil : nil));
        if (state->init && types_is_test(state->init)) types_assume(t, state->init, truth);
        break;
    }
    case CORE_PRIM: assume_prim(t, test, truth); break;
    case CORE_IF: /* (if a b nil) is true: a and b are; (if a t b) is false: neither is */
        if (truth && is_constant(test->u.branch.otherwise, false)) {
            types_assume(t, test->u.branch.test, true);
            types_assume(t, test->u.branch.then, true);
        } else if (!truth && is_constant(test->u.branch.then, true)) {
            types_assume(t, test->u.branch.test, false);
            types_assume(t, test->u.branch.otherwise, false);
        }
        break;
    default: break;
    }
}

/* Can it be looked at again later to find out what its value says? */
bool types_is_test(const CoreNode *node)
{
    if (node->kind == CORE_LOCAL) return true;
    if (node->kind == CORE_IF)
        return types_is_test(node->u.branch.test) &&
               (is_constant(node->u.branch.otherwise, false) || is_constant(node->u.branch.then, true));
    if (node->kind != CORE_PRIM || primitives[node->u.call.primitive].result != RESULT_BOOL) return false;
    for (int i = 0; i < node->u.call.count; i++) {
        const CoreNode *arg = node->u.call.args[i];
        if (arg->kind != CORE_LOCAL && arg->kind != CORE_CONST && !is_length(arg) && !is_square(arg) &&
            !is_moved(arg) && !is_item(arg) && !(arg->kind == CORE_PRIM && types_is_test(arg)))
            return false;
    }
    return true;
}
