/* Part of pass rc: wholes that end in branches.
 *
 *   (let p (part_car &x) (let q (part_cdr &x) (drop (x) (keep p q) (if (prim eq &p c) (drop (p) A) B))))
 *
 * What only decides which branch is taken needs no count: x may as well end behind the test, with (keep q) in front of A.  Nothing but
 * looking at values happens in between.  But where a whole ends with all its parts it is faster to take it apart: its parts are then
 * dropped by inlined code, and a leaf of a tree needs no call.  So it pays only if each branch keeps something.
 */
#include "rc_branches.h"

/* Does it only look at values, without raising? */
static bool is_plain_test(const CoreNode *node)
{
    if (node->kind == CORE_CONST) return true;
    if (node->kind == CORE_LOCAL) return node->use != USE_MOVE;
    if (node->kind == CORE_IF)
        return is_plain_test(node->u.branch.test) && is_plain_test(node->u.branch.then) &&
               is_plain_test(node->u.branch.otherwise);
    if (node->kind != CORE_PRIM) return false;
    const PrimInfo *info = &primitives[node->u.call.primitive];
    bool is_plain = info->result == RESULT_BOOL && !info->has_effect && !prim_takes_place(info);
    for (int i = 0; is_plain && i < node->u.call.count; i++) is_plain = is_plain_test(node->u.call.args[i]);
    return is_plain;
}

typedef struct Branches {
    CoreVar *const *kept;
    int count;
    bool drops_one, drops_all; /* somewhere */
} Branches;

static bool is_kept(const Branches *b, const CoreVar *var)
{
    for (int i = 0; i < b->count; i++)
        if (b->kept[i] == var) return true;
    return false;
}

/* What the branch, or its own branches, drop at once.  Raising an error is no matter of speed. */
static void look_at_branch(Branches *b, const CoreNode *branch)
{
    if (branch->kind == CORE_IF && is_plain_test(branch->u.branch.test)) {
        look_at_branch(b, branch->u.branch.then);
        look_at_branch(b, branch->u.branch.otherwise);
        return;
    }
    if (branch->kind != CORE_DROP) return;
    int count = 0;
    for (int i = 0; i < branch->u.drop.count; i++) count += is_kept(b, branch->u.drop.vars[i]);
    const CoreNode *body = branch->u.drop.body;
    b->drops_one |= count > 0;
    b->drops_all |= count == b->count && !core_is_prim(body, PRIM_error) && !core_is_prim(body, PRIM_raise);
}

bool rc_pays_in_branches(const CoreNode *node, CoreVar *const *kept, int count)
{
    if (!count || node->kind != CORE_IF || !is_plain_test(node->u.branch.test)) return false;
    Branches b = {.kept = kept, .count = count};
    look_at_branch(&b, node);
    return b.drops_one && !b.drops_all;
}

bool rc_is_quiet(const CoreNode *node)
{
    if (core_is_atom(node)) return true;
    if (!core_is_prim(node, PRIM_add) && !core_is_prim(node, PRIM_sub) && !core_is_prim(node, PRIM_mul)) return false;
    for (int i = 0; i < 2; i++) {
        const CoreNode *arg = node->u.call.args[i];
        bool is_number = core_is_int(arg) || type_is(arg->type, TAGS_NUMBER);
        if (!is_number || !rc_is_quiet(arg)) return false;
    }
    return true;
}

bool rc_is_never_counted(const CoreNode *node)
{
    switch (node->kind) {
    case CORE_CONST:
    case CORE_FUNCTION: return true;
    case CORE_LOCAL: return node->u.local->is_unboxed;
    case CORE_IF:
    case CORE_CALL_KNOWN: return type_is_immediate(node->type);
    case CORE_PRIM: {
        if (type_is_immediate(node->type)) return true;
        enum PrimResult result = primitives[node->u.call.primitive].result;
        return result == RESULT_BOOL || result == RESULT_INT || result == RESULT_NIL;
    }
    default: return false;
    }
}
