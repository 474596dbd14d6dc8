/* Pass fuse: what cannot be observed, so that it may run earlier or later than it is written. */
#include "fuse.h"

/* ---- operations ------------------------------------------------------------------------------------------------ */

CoreType fuse_type(Fuse *u, const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: return type_of_constant(u->arena, node->u.constant);
    case CORE_LET: return fuse_type(u, node->u.let.body);
    case CORE_SEQ: return fuse_type(u, node->u.call.args[node->u.call.count - 1]);
    case CORE_IF: {
        CoreType then = fuse_type(u, node->u.branch.then), otherwise = fuse_type(u, node->u.branch.otherwise);
        return type_join(u->arena, &then, &otherwise);
    }
    default: return node->type ? *node->type : type_any();
    }
}

static bool is_nonzero(const CoreType *type) { return type_is_int(type) && (type->lo > 0 || type->hi < 0); }

static bool is_within(const CoreType *vector, const CoreType *index)
{
    return type_is(vector, TAGS_VECTOR) && type_is_int(index) && index->lo >= 0 &&
           index->hi < type_least_length(vector);
}

/* Ints, between which a list can lie. */
static bool is_short_range(Fuse *u, const CoreNode *range)
{
    for (int i = 0; i < range->u.call.count; i++) {
        CoreType type = fuse_type(u, range->u.call.args[i]);
        if (!type_is_int(&type) || type.lo < -FUSE_RANGE_MAX || type.hi > FUSE_RANGE_MAX) return false;
    }
    return range->u.call.count < 3;
}

static bool takes_operands(Fuse *u, const CoreNode *prim, uint32_t tags)
{
    for (int i = 0; i < prim->u.call.count; i++) {
        CoreType type = fuse_type(u, prim->u.call.args[i]);
        uint32_t accepted = tags ? tags : prim_operand_tags(prim->u.call.primitive, i);
        if (!type_is(&type, accepted)) return false;
    }
    return true;
}

/* Can the operation, with operands of these types, neither raise nor be seen? */
static bool operation_is_quiet(Fuse *u, const CoreNode *prim)
{
    const PrimInfo *info = &primitives[prim->u.call.primitive];
    if (info->has_effect) return false;
    if (!prim_takes_place(info)) return true;
    CoreType first = prim->u.call.count > 0 ? fuse_type(u, prim->u.call.args[0]) : type_any();
    CoreType second = prim->u.call.count > 1 ? fuse_type(u, prim->u.call.args[1]) : type_any();
    switch (prim->u.call.primitive) {
    case PRIM_add:
    case PRIM_sub:
    case PRIM_mul:
    case PRIM_neg:
    case PRIM_abs:
    case PRIM_min:
    case PRIM_max:
    case PRIM_num_eq:
    case PRIM_lt:
    case PRIM_gt:
    case PRIM_lte:
    case PRIM_gte:
    case PRIM_inexact:
    case PRIM_sqrt:
    case PRIM_bitwise_and:
    case PRIM_bitwise_ior:
    case PRIM_bitwise_xor:
    case PRIM_bitwise_not:
    case PRIM_vector_length:
    case PRIM_string_eq2:
    case PRIM_string_lt2: return takes_operands(u, prim, 0);
    case PRIM_string_length:
    case PRIM_string_append2: return takes_operands(u, prim, TAG_BIT(RT_STRING));
    case PRIM_floor:
    case PRIM_ceiling:
    case PRIM_truncate:
    case PRIM_round:
    case PRIM_exp:
    case PRIM_sin:
    case PRIM_cos: return takes_operands(u, prim, TAGS_NUMBER);
    case PRIM_quotient:
    case PRIM_remainder:
    case PRIM_modulo: return takes_operands(u, prim, TAGS_INTEGER) && is_nonzero(&second);
    case PRIM_div: return takes_operands(u, prim, TAGS_NUMBER) && is_nonzero(&second);
    case PRIM_car:
    case PRIM_cdr: return type_is(&first, TAG_BIT(RT_CONS));
    case PRIM_vector_ref: return is_within(&first, &second);
    case PRIM_length:
    case PRIM_reverse:
    case PRIM_append2:
    case PRIM_list_to_vector: return type_is_proper_list(&first);
    case PRIM_elements: return type_is_proper_list(&second);
    case PRIM_range: return is_short_range(u, prim);
    default: return false;
    }
}

static bool are_quiet(Fuse *u, const CoreFunction *within, CoreNode *const *nodes, int count)
{
    for (int i = 0; i < count; i++)
        if (!fuse_is_quiet(u, within, nodes[i])) return false;
    return true;
}

bool fuse_is_quiet(Fuse *u, const CoreFunction *within, const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST:
    case CORE_LOCAL:
    case CORE_FUNCTION: return true;
    case CORE_GLOBAL: return node->u.global->is_constant;
    case CORE_LET: return fuse_is_quiet(u, within, node->u.let.init) && fuse_is_quiet(u, within, node->u.let.body);
    case CORE_IF:
        return fuse_is_quiet(u, within, node->u.branch.test) && fuse_is_quiet(u, within, node->u.branch.then) &&
               fuse_is_quiet(u, within, node->u.branch.otherwise);
    case CORE_SEQ:
    case CORE_CLOSURE: return are_quiet(u, within, node->u.call.args, node->u.call.count);
    case CORE_CALL_KNOWN:
        return are_quiet(u, within, node->u.call.args, node->u.call.count) &&
               (node->u.call.function == within || fuse_function_is_quiet(u, node->u.call.function));
    case CORE_PRIM: return are_quiet(u, within, node->u.call.args, node->u.call.count) && operation_is_quiet(u, node);
    default: return false;
    }
}

bool fuse_function_is_quiet(Fuse *u, CoreFunction *f)
{
    FuseInfo *info = fuse_info(f);
    if (!info) return false;
    if (info->quiet == QUIET_OPEN) {
        info->quiet = QUIET_ACTIVE;
        FuseEnd end = {.is_known = true, .counter = -1};
        if (!info->ends) end = fuse_find_end(f);
        bool is_quiet = end.is_known && end.counter < 0 && fuse_is_quiet(u, f, f->body);
        info->quiet = is_quiet ? QUIET_YES : QUIET_NO;
    }
    return info->quiet == QUIET_YES;
}

/* ---- recursion that ends --------------------------------------------------------------------------------------- */

typedef struct Descent {
    const CoreFunction *function;
    int param;
    int step; /* the sign of the constant that a counter steps by, unit_only: 1 or -1; 0: the cdr of a list */
    bool unit_only;
    int calls; /* of the function itself */
    bool holds;
    const CoreNode *test; /* calls that it is not known to guard do not count */
} Descent;

static const CoreNode *resolve(const CoreNode *node)
{
    while (node->kind == CORE_LOCAL && node->u.local->scratch) node = node->u.local->scratch;
    return node;
}

static bool goes_down_list(const CoreNode *node, const CoreVar *list)
{
    node = resolve(node);
    if (!core_is_prim(node, PRIM_cdr)) return false;
    return core_is_var(resolve(node->u.call.args[0]), list) || goes_down_list(node->u.call.args[0], list);
}

static bool is_right_step(const Descent *d, const CoreNode *by, int sign)
{
    if (!core_is_int(by) || by->u.constant.data == 0) return false;
    int64_t step = by->u.constant.data;
    if (d->unit_only && step != 1 && step != -1) return false;
    return (step > 0 ? sign : -sign) == d->step;
}

static bool steps(const Descent *d, const CoreNode *node, const CoreVar *counter)
{
    node = resolve(node);
    bool adds = core_is_prim(node, PRIM_add);
    if (!adds && !core_is_prim(node, PRIM_sub)) return false;
    const CoreNode *first = resolve(node->u.call.args[0]), *second = resolve(node->u.call.args[1]);
    if (core_is_var(first, counter)) return is_right_step(d, second, adds ? 1 : -1);
    return adds && core_is_var(second, counter) && is_right_step(d, first, 1);
}

static void look_at_call(CoreNode **child, void *data)
{
    Descent *d = data;
    const CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN && node->u.call.function == d->function) {
        const CoreVar *param = core_param(d->function, d->param);
        const CoreNode *arg = node->u.call.args[d->param];
        d->calls++;
        if (d->step ? !steps(d, arg, param) : !goes_down_list(arg, param)) d->holds = false;
    }
    core_each_child(*child, look_at_call, d);
}

static Descent descent(const CoreFunction *f, int param, int step, bool unit_only, CoreNode *node)
{
    Descent d = {.function = f, .param = param, .step = step, .unit_only = unit_only, .holds = true};
    look_at_call(&node, &d);
    return d;
}

static int calls_itself(const CoreFunction *f, CoreNode *node) { return descent(f, 0, 0, false, node).calls; }

static void look_for_change(CoreNode **child, void *data)
{
    Descent *d = data;
    const CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN && node->u.call.function == d->function &&
        !core_is_var(resolve(node->u.call.args[d->param]), core_param(d->function, d->param)))
        d->holds = false;
    core_each_child(*child, look_for_change, d);
}

static bool stays_the_same(CoreFunction *f, int param)
{
    Descent d = {.function = f, .param = param, .holds = true};
    look_for_change(&f->body, &d);
    return d.holds;
}

static int param_number(const CoreFunction *f, const CoreNode *node)
{
    for (int i = 0; i < core_param_count(f); i++)
        if (core_is_var(node, core_param(f, i))) return i;
    return -1;
}

/* (if (< counter limit) ... (f (+ counter 1) ...) ... end) */
static bool counts(CoreFunction *f, const CoreNode *branch, int operand, FuseEnd *end)
{
    const CoreNode *test = branch->u.branch.test;
    enum Relation relation;
    if (test->kind != CORE_PRIM || test->u.call.count != 2 || !prim_relation(test->u.call.primitive, &relation))
        return false;
    const CoreNode *limit = resolve(test->u.call.args[1 - operand]);
    *end = (FuseEnd){.is_known = true, .limit = param_number(f, limit), .constant = limit};
    end->counter = param_number(f, resolve(test->u.call.args[operand]));
    if (end->counter < 0 || (end->limit < 0 && limit->kind != CORE_CONST)) return false;
    if (end->limit >= 0 && !stays_the_same(f, end->limit)) return false;
    bool is_less = relation == RELATION_LT || relation == RELATION_LTE;
    if (operand == 1) is_less = !is_less;
    CoreNode *then = branch->u.branch.then, *otherwise = branch->u.branch.otherwise;
    bool goes_on_below = calls_itself(f, then) > 0;
    CoreNode *going = goes_on_below ? then : otherwise, *ending = goes_on_below ? otherwise : then;
    if (calls_itself(f, ending)) return false;
    if (relation == RELATION_NE) return false;
    if (relation == RELATION_EQ) {
        if (goes_on_below) return false;
        end->needs_order = true;
        if (descent(f, end->counter, 1, true, going).holds) return true;
        end->goes_down = true;
        return descent(f, end->counter, -1, true, going).holds;
    }
    end->goes_down = is_less != goes_on_below;
    end->is_inclusive = (relation == RELATION_LTE || relation == RELATION_GTE) == goes_on_below;
    return descent(f, end->counter, end->goes_down ? -1 : 1, false, going).holds;
}

static bool counts_to_limit(CoreFunction *f, FuseEnd *end)
{
    const CoreNode *node = f->body;
    for (; node->kind == CORE_LET; node = node->u.let.body)
        if (calls_itself(f, node->u.let.init)) return false;
    if (node->kind != CORE_IF || calls_itself(f, node->u.branch.test)) return false;
    return counts(f, node, 0, end) || counts(f, node, 1, end);
}

static bool is_exact(const CoreNode *node)
{
    if (node->kind == CORE_CONST) return TAGS_EXACT >> node->u.constant.tag & 1;
    return node->kind == CORE_LOCAL && type_is(node->u.local->type, TAGS_EXACT);
}

static FuseEnd find_end(CoreFunction *f)
{
    FuseEnd end = {.is_known = true, .counter = -1};
    if (fuse_info(f)->is_mutual) return (FuseEnd){.counter = -1};
    if (calls_itself(f, f->body) == 0) return end;
    for (int i = 0; i < core_param_count(f); i++)
        if (descent(f, i, 0, false, f->body).holds) return end;
    if (!counts_to_limit(f, &end)) return (FuseEnd){.counter = -1};
    const CoreVar *counter = core_param(f, end.counter);
    bool is_sure = !end.needs_order && type_is(counter->type, TAGS_EXACT) &&
                   (end.limit < 0 ? is_exact(end.constant) : type_is(core_param(f, end.limit)->type, TAGS_EXACT));
    if (is_sure) end.counter = -1;
    return end;
}

FuseEnd fuse_find_end(CoreFunction *f)
{
    core_note_inits(f->body);
    FuseEnd end = find_end(f);
    core_forget_inits(f->body);
    return end;
}

/* (let ... (cons e (f ...))) */
static bool makes_one_element(const CoreFunction *f, CoreNode *node)
{
    for (; node->kind == CORE_LET; node = node->u.let.body)
        if (calls_itself(f, node->u.let.init)) return false;
    if (!core_is_prim(node, PRIM_cons) || calls_itself(f, node->u.call.args[0])) return false;
    CoreNode *rest = node->u.call.args[1];
    for (; rest->kind == CORE_LET; rest = rest->u.let.body)
        if (calls_itself(f, rest->u.let.init)) return false;
    return rest->kind == CORE_CALL_KNOWN && rest->u.call.function == f;
}

static FuseEnd find_length(CoreFunction *f)
{
    FuseEnd end, none = {.counter = -1};
    if (!counts_to_limit(f, &end)) return none;
    CoreNode *branch = f->body;
    while (branch->kind == CORE_LET) branch = branch->u.let.body;
    CoreNode *then = branch->u.branch.then, *otherwise = branch->u.branch.otherwise;
    bool is_exact = (core_is_nil(then) && makes_one_element(f, otherwise)) ||
                    (core_is_nil(otherwise) && makes_one_element(f, then));
    int step = end.goes_down ? -1 : 1;
    return is_exact && descent(f, end.counter, step, true, f->body).holds ? end : none;
}

FuseEnd fuse_find_length(CoreFunction *f)
{
    core_note_inits(f->body);
    FuseEnd end = find_length(f);
    core_forget_inits(f->body);
    return end;
}
