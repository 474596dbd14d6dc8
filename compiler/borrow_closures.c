/* Part of pass borrow: closures that are lent to their code.
 *
 * Who calls a closure and goes on holding it need not give it away: code for that call takes the captures out of the closure without
 * counting them, and neither side counts the closure.  So a function whose closures hold something has a second version with borrowed
 * captures (LEND_CLOSURE); a closure that its caller gives up is entered as before, and gives its captures away if it was the only one.
 * Of a small function there is a third one, for callers who keep the arguments, too (LEND_ALL): most functions only look at some of them.
 * Only functions that strangers may call, as pass types found out, have versions.  Where one has none, the closure and the arguments are
 * counted for the call (rt_lend_*).
 *
 * A function that calls itself, as one that compares two terms, goes on in a copy of itself that only that version for callers who keep
 * everything calls; so it is lent what it goes down, and counts nothing on the way.
 *
 *   (function less (a b) ... (less (cdr a) (cdr b)))
 *   and   (function less' (&a &b) (less'' a b))   (function less'' (a b) ... (less'' (cdr a) (cdr b)))
 *
 * In tail position only that can be lent which this function was lent: a parameter, a capture of a version, or a part of these; else
 * nobody would be left to hold it.
 */
#include "borrow_internal.h"
#include "passes.h"

static const int largest[LEND_COUNT] = {[LEND_CLOSURE] = 120, [LEND_ALL] = 60}; /* nodes */

typedef struct Named {
    CoreProgram *program;
    CoreFunction *function;
    bool calls_itself;
} Named;

/* (call (car x) ...) -> (let c (car x) (call c ...)): a part of what lives on is lent, too. */
static CoreNode *name_part(CoreProgram *p, CoreNode *node, CoreNode **part, const char *name)
{
    CoreNode *value = *part;
    CoreVar *var = core_var(p, name);
    var->type = value->type;
    *part = core_local(p, value->place, var);
    (*part)->type = value->type;
    CoreNode *let = core_let(p, node->place, var, value, node);
    let->type = node->type;
    return let;
}

/* An item of a vector is often put back in another shape, and is then to be taken out before the call. */
static bool is_half(const CoreNode *node) { return core_is_prim(node, PRIM_car) || core_is_prim(node, PRIM_cdr); }

/* Can all operands be lent, if those that they are parts of live on? */
static bool has_halves_only(const CoreNode *call)
{
    for (int i = 0; i < call->u.call.count; i++)
        if (!core_is_atom(call->u.call.args[i]) && !is_half(call->u.call.args[i])) return false;
    return true;
}

static CoreNode *name_parts(CoreProgram *p, CoreNode *call)
{
    CoreNode *node = call;
    int count = has_halves_only(call) ? call->u.call.count : 0;
    for (int i = count - 1; i >= 0; i--)
        if (is_half(call->u.call.args[i])) node = name_part(p, node, &call->u.call.args[i], "a");
    if (core_gives_part(call->u.call.callee)) node = name_part(p, node, &call->u.call.callee, "c");
    return node;
}

static void look_at(CoreNode **child, void *data)
{
    Named *named = data;
    CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN && node->u.call.function == named->function) named->calls_itself = true;
    core_each_child(node, look_at, data);
    if (node->kind == CORE_CALL) *child = name_parts(named->program, node);
}

/* Its body is a call of another copy, which calls itself. */
static void go_on_in_copy(CoreProgram *p, const CoreFunction *f, CoreFunction *version)
{
    CoreFunction *copy = core_add_version(p, f);
    borrow_replace_calls(copy, f, copy);
    int count = core_param_count(version);
    CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) {
        args[i] = core_local(p, NULL, core_param(version, i));
        args[i]->type = core_param(version, i)->type;
    }
    version->body = core_call_known(p, f->place, copy, count, args);
    version->body->type = f->result;
    version->goes_on = copy;
}

static void add_version(CoreProgram *p, CoreFunction *f, enum CoreLending lending, bool calls_itself)
{
    CoreFunction *version = core_add_version(p, f);
    if (calls_itself) go_on_in_copy(p, f, version);
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
    bool has_new_calls = false;
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        Named named = {.program = p, .function = f};
        look_at(&f->body, &named);
        if (!f->escapes || !f->needs_closure || f->has_rest || f->param_count > RT_MAX_DIRECT_ARGS) continue;
        int size = core_size(f->body);
        for (enum CoreLending lending = named.calls_itself ? LEND_ALL : LEND_CLOSURE; lending < LEND_COUNT; lending++)
            if (size <= largest[lending] && can_be_lent_something(f, lending))
                add_version(p, f, lending, named.calls_itself);
        has_new_calls |= named.calls_itself && f->versions[LEND_ALL];
    }
    if (has_new_calls) tail_mark_calls(p);
}

/* Is the function itself lent all that its copy is? */
static bool lends_as_much(const CoreFunction *f, const CoreFunction *copy)
{
    for (int i = 0; i < core_param_count(f); i++)
        if (core_param(f, i)->is_borrowed != core_param(copy, i)->is_borrowed) return false;
    return true;
}

void borrow_take_back_copies(CoreProgram *p)
{
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i], *version = f->versions[LEND_ALL];
        if (f->wraps || !version || !version->goes_on || !lends_as_much(f, version->goes_on)) continue;
        if (version->body->tail && !f->needs_tailcc) continue;
        borrow_replace_function(p, version->goes_on, f);
        version->goes_on = NULL;
    }
}
