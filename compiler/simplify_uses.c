/* Pass simplify: counts of uses, which expressions can be copied or dropped. */
#include "simplify_internal.h"

#include <stdlib.h>

enum { MAX_DISCARD_DEPTH = 8 }; /* deeper expressions are not looked at for being unused */

/* ---- counts ---------------------------------------------------------------------------------------------------- */

uint32_t *uses_count(Counts *counts, uint32_t id)
{
    if (id >= counts->limit) {
        uint32_t limit = 2 * (id + 32);
        counts->items = realloc(counts->items, limit * sizeof *counts->items);
        if (!counts->items) rt_out_of_memory();
        memset(counts->items + counts->limit, 0, (limit - counts->limit) * sizeof *counts->items);
        counts->limit = limit;
    }
    return &counts->items[id];
}

uint32_t *uses_of_var(Simplifier *s, const CoreVar *var) { return uses_count(&s->var_uses, var->id); }

uint32_t *uses_of_function(Simplifier *s, const CoreFunction *f) { return uses_count(&s->function_uses, f->id); }

void uses_add_node(Simplifier *s, const CoreNode *node, int change)
{
    if (node->kind == CORE_LOCAL) *uses_of_var(s, node->u.local) += (uint32_t)change;
    if (node->kind == CORE_FUNCTION) *uses_of_function(s, node->u.function) += (uint32_t)change;
    if (node->kind == CORE_CALL_KNOWN) *uses_of_function(s, node->u.call.function) += (uint32_t)change;
}

/* The simplified expression is dropped. */
static void forget(CoreNode **child, void *data)
{
    uses_add_node(data, *child, -1);
    core_each_part(*child, forget, data);
}

void uses_forget(Simplifier *s, CoreNode *node) { forget(&node, s); }

/* ---- kinds of expressions -------------------------------------------------------------------------------------- */

/* Values that may be computed any number of times, anywhere. */
bool simplify_is_copyable(const Simplifier *s, const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST:
    case CORE_LOCAL:
    case CORE_FUNCTION: return true;
    case CORE_GLOBAL: return global_is_builtin(s->program, node->u.global);
    default: return false;
    }
}

/* Nobody can tell whether it is computed. */
bool simplify_is_discardable(const Simplifier *s, const CoreNode *node, int depth)
{
    if (depth > MAX_DISCARD_DEPTH) return false;
    switch ((enum CoreKind)node->kind) {
    case CORE_LAMBDA: return true;
    case CORE_IF:
        return simplify_is_discardable(s, node->u.branch.test, depth + 1) &&
               simplify_is_discardable(s, node->u.branch.then, depth + 1) &&
               simplify_is_discardable(s, node->u.branch.otherwise, depth + 1);
    case CORE_PRIM: {
        const PrimInfo *info = &primitives[node->u.call.primitive];
        if (prim_takes_place(info) || info->has_effect) return false;
        for (int i = 0; i < node->u.call.count; i++)
            if (!simplify_is_discardable(s, node->u.call.args[i], depth + 1)) return false;
        return true;
    }
    default: return simplify_is_copyable(s, node);
    }
}

CoreNode *simplify_copy(Simplifier *s, const CoreNode *value, const RtPlace *at)
{
    CoreNode *copy = arena_alloc(s->program->arena, sizeof *copy);
    *copy = *value;
    copy->place = at;
    return copy;
}

CoreNode *simplify_copy_counted(Simplifier *s, const CoreNode *value)
{
    CoreNode *copy = simplify_copy(s, value, value->place);
    uses_add_node(s, copy, 1);
    return copy;
}
