/* Part of pass borrow: what the results of functions are parts of.
 *
 * A function that looks something up in a table that it is lent gives a part of that table.  Whoever calls it and goes on holding the
 * table will find that the result is held by others, too.
 */
#include "borrow_internal.h"

typedef struct Results {
    const CoreProgram *program;
    const CoreFunction *function; /* being walked */
    ResultParts *parts; /* by id of functions */
    bool has_changed;
    int steps_left; /* for one value: what is a part of two others, each of which is one of two again, is not followed for ever */
} Results;

enum { STEPS_MAX = 200 };

static void add(Results *r, ResultParts more)
{
    ResultParts *parts = &r->parts[r->function->id];
    if ((parts->params | more.params) == parts->params && parts->is_other >= more.is_other) return;
    parts->params |= more.params;
    parts->is_other |= more.is_other;
    r->has_changed = true;
}

static const ResultParts other = {0, true};

static ResultParts parts_of_param(const CoreFunction *f, const CoreVar *var)
{
    for (int i = 0; i < core_param_count(f) && i < RESULT_PARAMS_MAX; i++)
        if (core_param(f, i) == var) return var->is_borrowed ? (ResultParts){UINT64_C(1) << i, false} : other;
    return other;
}

/* What the value is a part of; scratch of variables that are bound to something: the node. */
static ResultParts parts_of(Results *r, const CoreNode *node)
{
    for (;;) {
        if (--r->steps_left < 0) return other;
        if (type_is_immediate(node->type)) return (ResultParts){0, false};
        if (core_gives_part(node)) {
            node = node->u.call.args[0];
        } else if (node->kind == CORE_LOCAL && node->u.local->scratch) {
            node = node->u.local->scratch;
        } else {
            break;
        }
    }
    if (node->kind == CORE_LOCAL) return parts_of_param(r->function, node->u.local);
    if (node->kind == CORE_CONST || node->kind == CORE_GLOBAL || node->kind == CORE_FUNCTION)
        return (ResultParts){0, false};
    if (node->kind != CORE_CALL_KNOWN) return other;
    ResultParts of_callee = r->parts[node->u.call.function->id], sum = {0, of_callee.is_other};
    for (int i = 0; i < node->u.call.count && i < RESULT_PARAMS_MAX; i++) {
        if (!(of_callee.params >> i & 1)) continue;
        ResultParts of_operand = parts_of(r, node->u.call.args[i]);
        sum.params |= of_operand.params;
        sum.is_other |= of_operand.is_other;
    }
    return sum;
}

static void look_at_result(Results *r, CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: {
        CoreVar *var = node->u.let.var;
        var->scratch = node->u.let.init;
        look_at_result(r, node->u.let.body);
        var->scratch = NULL;
        return;
    }
    case CORE_IF:
        look_at_result(r, node->u.branch.then);
        look_at_result(r, node->u.branch.otherwise);
        return;
    case CORE_SEQ: look_at_result(r, node->u.call.args[node->u.call.count - 1]); return;
    default:
        r->steps_left = STEPS_MAX;
        add(r, parts_of(r, node));
        return;
    }
}

ResultParts *borrow_find_result_parts(const CoreProgram *p, Arena *arena)
{
    Results r = {.program = p, .has_changed = true};
    r.parts = arena_alloc(arena, (size_t)p->next_function_id * sizeof *r.parts);
    int count = p->function_count;
    for (bool is_forward = true; r.has_changed; is_forward = !is_forward) { /* a chain of calls may go either way */
        r.has_changed = false;
        for (int i = 0; i < count; i++) {
            r.function = p->functions[is_forward ? i : count - 1 - i];
            look_at_result(&r, r.function->body);
        }
    }
    return r.parts;
}
