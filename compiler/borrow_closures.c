/* Part of pass borrow: closures that are lent to their code.
 *
 * Who calls a closure and goes on holding it need not give it away: code for that call takes the captures out of the closure without
 * counting them, and neither side counts the closure.  So a function whose closures hold something has a second version with borrowed
 * captures (LEND_CLOSURE); a closure that its caller gives up is entered as before, and gives its captures away if it was the only one.
 * Of a small function there is a third one, for callers who keep the arguments, too (LEND_ALL): most functions only look at some of them.
 * Only functions that strangers may call, as pass types found out, have versions.  Where one has none, the closure and the arguments are
 * counted for the call (rt_lend_*).
 *
 * In tail position only that can be lent which this function was lent: a parameter, a capture of a version, or a part of these; else
 * nobody would be left to hold it.
 */
#include "borrow_internal.h"

static const int largest[LEND_COUNT] = {[LEND_CLOSURE] = 120, [LEND_ALL] = 60}; /* nodes */

typedef struct Named {
    CoreProgram *program;
    CoreFunction *function;
    bool calls_itself;
} Named;

/* (call (car x) ...) -> (let c (car x) (call c ...)): a part of what lives on is lent, too. */
static CoreNode *name_callee(CoreProgram *p, CoreNode *node)
{
    CoreNode *callee = node->u.call.callee;
    CoreVar *var = core_var(p, "c");
    var->type = callee->type;
    node->u.call.callee = core_local(p, callee->place, var);
    node->u.call.callee->type = callee->type;
    CoreNode *let = core_let(p, node->place, var, callee, node);
    let->type = node->type;
    return let;
}

static void look_at(CoreNode **child, void *data)
{
    Named *named = data;
    CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN && node->u.call.function == named->function) named->calls_itself = true;
    core_each_child(node, look_at, data);
    if (node->kind == CORE_CALL && core_gives_part(node->u.call.callee)) *child = name_callee(named->program, node);
}

static void add_version(CoreProgram *p, CoreFunction *f, enum CoreLending lending)
{
    CoreFunction *version = core_add_version(p, f);
    int lent_count = lending == LEND_ALL ? core_param_count(f) : f->capture_count;
    version->needs_closure = true;
    version->lends = (uint8_t)lending;
    version->escapes = f->escapes;
    for (int i = 0; i < lent_count; i++) core_param(version, i)->is_borrowed = !core_param(version, i)->is_unboxed;
    f->versions[lending] = version;
}

static bool can_be_lent_something(const CoreFunction *f, enum CoreLending lending)
{
    if (lending == LEND_CLOSURE) return f->capture_count > 0;
    for (int i = 0; i < f->param_count; i++)
        if (!f->params[i]->is_unboxed) return true;
    return false;
}

void borrow_prepare_closures(CoreProgram *p)
{
    int count = p->function_count;
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        Named named = {.program = p, .function = f};
        look_at(&f->body, &named);
        if (!f->escapes || !f->needs_closure || f->has_rest || f->param_count > RT_MAX_DIRECT_ARGS ||
            named.calls_itself)
            continue;
        int size = core_size(f->body);
        for (enum CoreLending lending = LEND_CLOSURE; lending < LEND_COUNT; lending++)
            if (size <= largest[lending] && can_be_lent_something(f, lending)) add_version(p, f, lending);
    }
}
