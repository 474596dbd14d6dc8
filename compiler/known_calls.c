/* Generic calls made specific: CALL_KNOWN for functions, PRIM and APPLY for builtins.
 *
 * A call with an operand count that its callee does not take stays a generic call, which raises when it runs.
 * Arithmetic of few operands becomes a chain of binary primitives, which have fast paths.  The language evaluates all
 * operands before the operation checks any of them, so operands that can be observed are bound first when the chain
 * would evaluate them late.
 */
#include "known_calls.h"

enum { CHAIN_MAX_OPERANDS = 32 }; /* longer ones would only be code */

static const struct Family {
    int row, unary, binary, ternary;
    bool chains; /* (op a b c) = (op (op a b) c) */
} families[] = {
    {PRIM_add_n, PRIM_NONE, PRIM_add, PRIM_NONE, true},
    {PRIM_sub_n, PRIM_neg, PRIM_sub, PRIM_NONE, true},
    {PRIM_mul_n, PRIM_NONE, PRIM_mul, PRIM_NONE, true},
    {PRIM_div_n, PRIM_NONE, PRIM_div, PRIM_NONE, true},
    {PRIM_num_eq_n, PRIM_NONE, PRIM_num_eq, PRIM_NONE, false},
    {PRIM_lt_n, PRIM_NONE, PRIM_lt, PRIM_NONE, false},
    {PRIM_gt_n, PRIM_NONE, PRIM_gt, PRIM_NONE, false},
    {PRIM_lte_n, PRIM_NONE, PRIM_lte, PRIM_NONE, false},
    {PRIM_gte_n, PRIM_NONE, PRIM_gte, PRIM_NONE, false},
    {PRIM_append, PRIM_NONE, PRIM_append2, PRIM_NONE, false},
    {PRIM_string_append, PRIM_NONE, PRIM_string_append2, PRIM_NONE, false},
    {PRIM_string_eq, PRIM_NONE, PRIM_string_eq2, PRIM_NONE, false},
    {PRIM_string_lt, PRIM_NONE, PRIM_string_lt2, PRIM_NONE, false},
    {PRIM_string_gt, PRIM_NONE, PRIM_string_gt2, PRIM_NONE, false},
    {PRIM_string_lte, PRIM_NONE, PRIM_string_lte2, PRIM_NONE, false},
    {PRIM_string_gte, PRIM_NONE, PRIM_string_gte2, PRIM_NONE, false},
    {PRIM_log, PRIM_log1, PRIM_NONE, PRIM_NONE, false},
    {PRIM_atan, PRIM_atan1, PRIM_atan2, PRIM_NONE, false},
    {PRIM_gcd, PRIM_NONE, PRIM_gcd2, PRIM_NONE, false},
    {PRIM_min, PRIM_NONE, PRIM_min, PRIM_NONE, true},
    {PRIM_max, PRIM_NONE, PRIM_max, PRIM_NONE, true},
    {PRIM_bitwise_and, PRIM_NONE, PRIM_bitwise_and, PRIM_NONE, true},
    {PRIM_bitwise_ior, PRIM_NONE, PRIM_bitwise_ior, PRIM_NONE, true},
    {PRIM_bitwise_xor, PRIM_NONE, PRIM_bitwise_xor, PRIM_NONE, true},
    {PRIM_get, PRIM_NONE, PRIM_get_2, PRIM_get_3, false},
    {PRIM_get_plain, PRIM_NONE, PRIM_get_2, PRIM_get_3, false},
    {PRIM_conj, PRIM_NONE, PRIM_conj_2, PRIM_NONE, false},
    {PRIM_conj_plain, PRIM_NONE, PRIM_conj_2_plain, PRIM_NONE, false},
    {PRIM_assoc, PRIM_NONE, PRIM_NONE, PRIM_put, false},
    {PRIM_assoc_key, PRIM_NONE, PRIM_find_pair, PRIM_put_plain, false},
};

static const struct Family *find_family(int primitive)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (families[i].row == primitive) return &families[i];
    return NULL;
}

/* Its row for so many operands. */
static int family_row(int primitive, int count)
{
    const struct Family *family = find_family(primitive);
    int row = !family || count < 1 || count > 3 ? PRIM_NONE
              : count == 1                      ? family->unary
              : count == 2                      ? family->binary
                                                : family->ternary;
    return row == PRIM_NONE ? primitive : row;
}

int builtin_row(int primitive, int count)
{
    const PrimInfo *info = &primitives[primitive];
    if (count < info->min || (info->max >= 0 && count > info->max)) return PRIM_NONE;
    return family_row(primitive, count);
}

const char *builtin_name(int row)
{
    const char *name = primitives[row].name;
    for (size_t i = 0; !name && i < sizeof families / sizeof *families; i++)
        if (families[i].unary == row || families[i].binary == row || families[i].ternary == row)
            name = primitives[families[i].row].name;
    return name;
}

bool global_is_builtin(const CoreProgram *p, const CoreGlobal *global)
{
    if (global->primitive == PRIM_NONE) return false;
    return global->is_private || (!p->open_world && global->definition_count == 0);
}

static void warn_count(const KnownCalls *k, const CoreNode *call, const char *name, int min, int max)
{
    if (!k->warn) return;
    int got = call->u.call.count;
    const char *plural = (max < 0 ? min : max) == 1 ? "" : "s";
    char expected[40];
    if (max < 0) snprintf(expected, sizeof expected, "at least %d", min);
    else if (min == max) snprintf(expected, sizeof expected, "%d", min);
    else snprintf(expected, sizeof expected, "%d to %d", min, max);
    diag_warning(k->compiler, WARNING_ARITY, call->place, "%s: expected %s argument%s, got %d", name, expected, plural,
                 got);
}

static int fixed_params(const CoreFunction *f) { return f->param_count - (f->has_rest ? 1 : 0); }

bool function_takes(const CoreFunction *f, int count)
{
    return f->has_rest ? count >= fixed_params(f) : count == f->param_count;
}

void known_arity_check(const KnownCalls *k, const CoreNode *call, const CoreFunction *f)
{
    int fixed = fixed_params(f);
    if (!function_takes(f, call->u.call.count)) warn_count(k, call, f->name, fixed, f->has_rest ? -1 : fixed);
}

CoreNode *known_function_call(const KnownCalls *k, CoreNode *call, CoreFunction *f)
{
    CoreProgram *p = k->program;
    int count = call->u.call.count, fixed = fixed_params(f);
    if (!function_takes(f, count)) {
        warn_count(k, call, f->name, fixed, f->has_rest ? -1 : fixed);
        return call;
    }
    CoreNode **args = call->u.call.args;
    if (f->has_rest) {
        args = arena_alloc(p->arena, (size_t)f->param_count * sizeof *args);
        for (int i = 0; i < fixed; i++) args[i] = call->u.call.args[i];
        args[fixed] = count == fixed ? core_const(p, call->place, rt_nil())
                                     : core_prim(p, call->place, PRIM_list, count - fixed, call->u.call.args + fixed);
    }
    return core_call_known(p, call->place, f, f->param_count, args);
}

static CoreNode *binary(CoreProgram *p, const RtPlace *at, int primitive, CoreNode *left, CoreNode *right)
{
    CoreNode **args = arena_alloc(p->arena, 2 * sizeof *args);
    args[0] = left;
    args[1] = right;
    return core_prim(p, at, primitive, 2, args);
}

/* Its value does not depend on when it is evaluated, and nobody can tell that it was. */
static bool is_trivial(const CoreProgram *p, const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST:
    case CORE_LOCAL:
    case CORE_FUNCTION:
    case CORE_LAMBDA: return true;
    case CORE_GLOBAL: return global_is_builtin(p, node->u.global);
    default: return false;
    }
}

static CoreNode *chain(CoreProgram *p, const CoreNode *call, int primitive)
{
    int count = call->u.call.count, last = count - 1;
    CoreNode *args[CHAIN_MAX_OPERANDS], *inits[CHAIN_MAX_OPERANDS] = {NULL};
    CoreVar *vars[CHAIN_MAX_OPERANDS];
    memcpy(args, call->u.call.args, (size_t)count * sizeof *args);
    while (last >= 2 && is_trivial(p, args[last])) last--;
    for (int i = 0; last >= 2 && i <= last; i++) {
        if (is_trivial(p, args[i])) continue;
        inits[i] = args[i];
        vars[i] = core_var(p, "operand");
        args[i] = core_local(p, inits[i]->place, vars[i]);
    }
    CoreNode *result = args[0];
    for (int i = 1; i < count; i++) result = binary(p, call->place, primitive, result, args[i]);
    for (int i = count - 1; i >= 0; i--)
        if (inits[i]) result = core_let(p, call->place, vars[i], inits[i], result);
    return result;
}

/* A copy of an operand that is a variable or constant. */
static CoreNode *again(CoreProgram *p, const CoreNode *operand)
{
    CoreNode *copy = core_const(p, operand->place, rt_nil());
    *copy = *operand;
    return copy;
}

/* (op a b c) -> (if (op a b) (op b c) (seq (op b c) nil)): every operand is checked, also behind the pair that decides, unless it is a
 * constant of the right type. */
static CoreNode *compare_three(CoreProgram *p, const CoreNode *call, int primitive, uint32_t tag_of_constants)
{
    CoreNode *args[3], *inits[3] = {NULL};
    CoreVar *vars[3];
    for (int i = 0; i < 3; i++) {
        args[i] = call->u.call.args[i];
        if (core_is_local_or_const(args[i])) continue;
        inits[i] = args[i];
        vars[i] = core_var(p, "operand");
        args[i] = core_local(p, inits[i]->place, vars[i]);
    }
    CoreNode *nil = core_const(p, call->place, rt_nil());
    if (args[2]->kind != CORE_CONST || args[2]->u.constant.tag != tag_of_constants) {
        CoreNode **nodes = arena_alloc(p->arena, 2 * sizeof *nodes);
        nodes[0] = binary(p, call->place, primitive, again(p, args[1]), again(p, args[2]));
        nodes[1] = nil;
        nil = core_seq(p, call->place, 2, nodes);
    }
    CoreNode *second = binary(p, call->place, primitive, again(p, args[1]), args[2]);
    CoreNode *result = core_if(p, call->place, binary(p, call->place, primitive, args[0], args[1]), second, nil);
    for (int i = 2; i >= 0; i--)
        if (inits[i]) result = core_let(p, call->place, vars[i], inits[i], result);
    return result;
}

/* What its operands must be, for a comparison of three; or RT_NIL. */
static uint32_t compared_tag(int primitive)
{
    switch (primitive) {
    case PRIM_num_eq_n:
    case PRIM_lt_n:
    case PRIM_gt_n:
    case PRIM_lte_n:
    case PRIM_gte_n: return RT_INT;
    case PRIM_string_eq:
    case PRIM_string_lt:
    case PRIM_string_gt:
    case PRIM_string_lte:
    case PRIM_string_gte: return RT_STRING;
    default: return RT_NIL;
    }
}

CoreNode *known_builtin_call(const KnownCalls *k, CoreNode *call, int primitive)
{
    CoreProgram *p = k->program;
    const PrimInfo *info = &primitives[primitive];
    int count = call->u.call.count;
    CoreNode **args = call->u.call.args;
    if (count < info->min || (info->max >= 0 && count > info->max)) {
        warn_count(k, call, info->name, info->min, info->max);
        return call;
    }
    if (primitive == PRIM_apply) return core_apply(p, call->place, args[0], count - 1, args + 1);
    const struct Family *family = find_family(primitive);
    if (family && family->chains && count > 2 && count <= CHAIN_MAX_OPERANDS) return chain(p, call, family->binary);
    if (info->shape == SHAPE_TAIL) return call;
    uint32_t compared = compared_tag(primitive);
    if (count == 3 && compared != RT_NIL) return compare_three(p, call, family->binary, compared);
    return core_prim(p, call->place, family_row(primitive, count), count, args);
}
