/* Pass accumulate (optional): tail recursion modulo addition.  (define (f ...) ... (+ e (f ...))) runs as a loop.
 *
 * Requires and ensures STAGE_TAIL.
 *
 * A function whose result may be a sum with a call of itself as the last thing to be evaluated gets a copy with one more
 * parameter, what was added up so far, and gives back that plus its own result:
 *
 *     v                      in the copy:   (add sum v)
 *     (add e (f x))                         (let sum' (add sum e) (f' x sum'))
 *     (add (f x) atom)                      (let sum' (add sum atom) (f' x sum'))
 *     (let r (f x) (add (add a r) b))       (let sum' (add (add a sum) b) (f' x sum'))
 *     (add (f x) (f y))                     (let sum' (f' x sum) (f' y sum'))
 *
 * It holds through LET, SEQ, IF and several additions.  All calls of the function become calls of the copy with 0; the function itself
 * only stays for those who use it as a value.
 *
 * Only exact numbers are added up in another order without another result: every term must be known to be an int, a
 * bigint or a ratio, so that no addition can raise, either.  Hence this pass infers types for itself, if there are such sums.
 * The order in which terms are evaluated stays.
 *
 * A sum with one call of the function is left alone: if that never ends, as when it is given a negative number to count down from,
 * it must be found to be too deep a recursion, and not run for ever.  With another call in the sum, which stays one, it is.
 *
 * A function that must not take stack for a tail call of another function, because that one may come back, is left alone: the
 * sum would have to wait.  Products are left alone as well: in another order those of large integers can be dear (a
 * product that is split in halves would multiply all factors one by one to what is there).
 */
#include "passes.h"
#include "remarks.h"
#include "types.h"

typedef struct Sums {
    CoreProgram *program;
    CoreFunction *function, *copy; /* calls of the one become calls of the other */
    bool ignores_types; /* which are not known yet */
    bool is_deep; /* another call of the function stays one on the way here */
} Sums;

/* ---- which functions ------------------------------------------------------------------------------------------------- */

static bool is_exact(const Sums *s, const CoreNode *node)
{
    if (s->ignores_types) return true;
    if (node->kind == CORE_CONST) return TAGS_EXACT >> node->u.constant.tag & 1;
    return type_is(node->type, TAGS_EXACT);
}

/* The same of an atom that is to be read earlier, when less is known of it. */
static bool is_always_exact(const Sums *s, const CoreNode *node)
{
    if (node->kind != CORE_LOCAL) return node->kind == CORE_CONST && is_exact(s, node);
    return s->ignores_types || type_is(node->u.local->type, TAGS_EXACT);
}

/* A sum of atoms, in which the variable is added once (var NULL: in which none is missed). */
static bool is_sum_of(const Sums *s, const CoreNode *node, const CoreVar *var)
{
    if (var && core_is_var(node, var)) return true;
    bool adds = core_is_prim(node, PRIM_add);
    if (!adds && !core_is_prim(node, PRIM_sub)) return !var && is_always_exact(s, node);
    const CoreNode *first = node->u.call.args[0], *second = node->u.call.args[1];
    if (is_sum_of(s, first, var)) return is_sum_of(s, second, NULL);
    return var && adds && is_sum_of(s, first, NULL) && is_sum_of(s, second, var);
}

static bool ends_in_self_call(const Sums *s, const CoreNode *node);

/* A sum that need not wait for the last call: what is not evaluated before it are atoms. */
static bool is_open_sum(const Sums *s, const CoreNode *node)
{
    if (node->kind == CORE_LET)
        return ends_in_self_call(s, node->u.let.init) && is_exact(s, node->u.let.init) &&
               is_sum_of(s, node->u.let.body, node->u.let.var);
    bool adds = core_is_prim(node, PRIM_add);
    if (!adds && !core_is_prim(node, PRIM_sub)) return false;
    const CoreNode *first = node->u.call.args[0], *second = node->u.call.args[1];
    if (core_is_atom(second)) return is_always_exact(s, second) && is_exact(s, first) && ends_in_self_call(s, first);
    return adds && is_exact(s, first) && is_exact(s, second) && ends_in_self_call(s, second);
}

static bool ends_in_self_call(const Sums *s, const CoreNode *node)
{
    for (;;) {
        if (is_open_sum(s, node)) return true;
        switch ((enum CoreKind)node->kind) {
        case CORE_CALL_KNOWN: return node->u.call.function == s->function;
        case CORE_LET: node = node->u.let.body; continue;
        case CORE_SEQ: node = node->u.call.args[node->u.call.count - 1]; continue;
        case CORE_IF:
            if (ends_in_self_call(s, node->u.branch.then)) return true;
            node = node->u.branch.otherwise;
            continue;
        default: return false;
        }
    }
}

typedef struct SelfCalls {
    const CoreFunction *function;
    int count;
} SelfCalls;

static void count_self_calls(CoreNode **child, void *data)
{
    SelfCalls *calls = data;
    calls->count += (*child)->kind == CORE_CALL_KNOWN && (*child)->u.call.function == calls->function;
    core_each_child(*child, count_self_calls, calls);
}

static int self_calls(const Sums *s, CoreNode *node)
{
    SelfCalls calls = {.function = s->function};
    count_self_calls(&node, &calls);
    return calls.count;
}

/* Is there such a sum in tail position, of which a call stays one when the last one is none any more?  `is_deep`: an earlier one does. */
static bool has_open_sum(const Sums *s, CoreNode *node, bool is_deep)
{
    for (;;) {
        if (is_open_sum(s, node)) return is_deep || self_calls(s, node) > 1;
        switch ((enum CoreKind)node->kind) {
        case CORE_LET:
            is_deep |= self_calls(s, node->u.let.init) > 0;
            node = node->u.let.body;
            continue;
        case CORE_SEQ: node = node->u.call.args[node->u.call.count - 1]; continue;
        case CORE_IF:
            if (has_open_sum(s, node->u.branch.then, is_deep)) return true;
            node = node->u.branch.otherwise;
            continue;
        default: return false;
        }
    }
}

typedef struct Leaving {
    const CoreFunction *function;
    bool leaves;
} Leaving;

static void find_leaving(CoreNode **child, void *data)
{
    Leaving *l = data;
    const CoreNode *node = *child;
    bool is_self = node->kind == CORE_CALL_KNOWN && node->u.call.function == l->function;
    if (node->tail && !is_self) l->leaves = true;
    core_each_child(*child, find_leaving, l);
}

/* Has it a tail call of another function that must not take stack? */
static bool leaves_by_tail_call(CoreFunction *f)
{
    Leaving l = {.function = f};
    find_leaving(&f->body, &l);
    return l.leaves;
}

static bool adds_up(const Sums *s)
{
    CoreFunction *f = s->function;
    return !f->is_toplevel && has_open_sum(s, f->body, false) && !leaves_by_tail_call(f);
}

/* ---- rewriting ------------------------------------------------------------------------------------------------- */

static CoreNode *add_to(Sums *s, CoreNode *sum, CoreNode *term)
{
    if (core_is_int(term) && term->u.constant.data == 0) return sum;
    CoreNode **args = arena_alloc(s->program->arena, 2 * sizeof *args);
    args[0] = sum;
    args[1] = term;
    return core_prim(s->program, term->place, PRIM_add, 2, args);
}

static CoreNode *call_copy(Sums *s, const CoreNode *call, CoreNode *sum)
{
    int count = call->u.call.count;
    CoreNode **args = arena_alloc(s->program->arena, ((size_t)count + 1) * sizeof *args);
    memcpy(args, call->u.call.args, (size_t)count * sizeof *args);
    args[count] = sum;
    CoreNode *copy = core_call_known(s->program, call->place, s->copy, count + 1, args);
    copy->type = call->type; /* asked for when another function is rewritten */
    return copy;
}

static CoreNode *into_sum(Sums *s, CoreNode *node, CoreVar *sum);

/* (let sum' first rest), where rest is the node put into sum' */
static CoreNode *sum_and_rest(Sums *s, CoreNode *first, CoreNode *rest)
{
    CoreVar *sum = core_var(s->program, "sum");
    return core_let(s->program, rest->place, sum, first, into_sum(s, rest, sum));
}

/* The sum of atoms with `sum` in the place of the variable. */
static void replace_var(CoreNode *node, const CoreVar *var, CoreVar *sum)
{
    if (core_is_var(node, var)) node->u.local = sum;
    for (int i = 0; node->kind == CORE_PRIM && i < node->u.call.count; i++) replace_var(node->u.call.args[i], var, sum);
}

static CoreNode *put_open_sum(Sums *s, CoreNode *node, CoreVar *sum)
{
    if (node->kind == CORE_LET) {
        replace_var(node->u.let.body, node->u.let.var, sum);
        return sum_and_rest(s, node->u.let.body, node->u.let.init);
    }
    CoreNode *first = node->u.call.args[0], *second = node->u.call.args[1];
    if (!core_is_atom(second)) return sum_and_rest(s, into_sum(s, first, sum), second);
    node->u.call.args[0] = core_local(s->program, node->place, sum);
    return sum_and_rest(s, node, first);
}

static CoreNode *open_sum_into(Sums *s, CoreNode *node, CoreVar *sum)
{
    bool was_deep = s->is_deep;
    s->is_deep = true;
    node = put_open_sum(s, node, sum);
    s->is_deep = was_deep;
    return node;
}

/* (let r (f x) ... (add a r)): what comes in between does not ask for r. */
static bool is_early_term(const Sums *s, CoreNode *let)
{
    const CoreNode *sum = let->u.let.body;
    while (sum->kind == CORE_LET) sum = sum->u.let.body;
    return core_uses(let->u.let.body, let->u.let.var) == 1 && ends_in_self_call(s, let->u.let.init) &&
           is_exact(s, let->u.let.init) && is_sum_of(s, sum, let->u.let.var);
}

/* The sum of atoms without the variable. */
static CoreNode *without_term(Sums *s, CoreNode *node, const CoreVar *var)
{
    if (core_is_var(node, var)) return core_const(s->program, node->place, rt_from_int(0));
    if (node->kind != CORE_PRIM) return node;
    CoreNode **args = node->u.call.args;
    bool adds = core_is_prim(node, PRIM_add);
    for (int i = 0; adds && i < 2; i++)
        if (core_is_var(args[i], var)) return args[1 - i];
    for (int i = 0; i < 2; i++) args[i] = without_term(s, args[i], var);
    return node;
}

/* The term is made by adding to the sum at once: (let sum' (f' x sum) ...) */
static CoreNode *early_term_into(Sums *s, CoreNode *let, CoreVar *sum)
{
    CoreNode **last = &let->u.let.body;
    while ((*last)->kind == CORE_LET) last = &(*last)->u.let.body;
    *last = without_term(s, *last, let->u.let.var);
    return sum_and_rest(s, into_sum(s, let->u.let.init, sum), let->u.let.body);
}

static CoreNode *let_into(Sums *s, CoreNode *let, CoreVar *sum)
{
    bool was_deep = s->is_deep;
    s->is_deep |= self_calls(s, let->u.let.init) > 0;
    if (is_early_term(s, let)) let = early_term_into(s, let, sum);
    else let->u.let.body = into_sum(s, let->u.let.body, sum);
    s->is_deep = was_deep;
    return let;
}

/* The node with its value added to the sum. */
static CoreNode *into_sum(Sums *s, CoreNode *node, CoreVar *sum)
{
    if (is_open_sum(s, node) && (s->is_deep || self_calls(s, node) > 1)) return open_sum_into(s, node, sum);
    CoreNode *before = core_local(s->program, node->place, sum);
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: return let_into(s, node, sum);
    case CORE_SEQ: {
        CoreNode **last = &node->u.call.args[node->u.call.count - 1];
        *last = into_sum(s, *last, sum);
        return node;
    }
    case CORE_IF:
        node->u.branch.then = into_sum(s, node->u.branch.then, sum);
        node->u.branch.otherwise = into_sum(s, node->u.branch.otherwise, sum);
        return node;
    case CORE_CALL_KNOWN:
        if (node->u.call.function == s->function) return call_copy(s, node, before);
        return add_to(s, before, node);
    default: return add_to(s, before, node);
    }
}

static void redirect(CoreNode **child, void *data)
{
    Sums *s = data;
    CoreNode *node = *child;
    core_each_child(node, redirect, s);
    if (node->kind != CORE_CALL_KNOWN || node->u.call.function != s->function) return;
    *child = call_copy(s, node, core_const(s->program, node->place, rt_from_int(0)));
}

static CoreVar *add_param(Sums *s)
{
    CoreFunction *copy = s->copy;
    CoreVar **params = arena_alloc(s->program->arena, ((size_t)copy->param_count + 1) * sizeof *params);
    memcpy(params, copy->params, (size_t)copy->param_count * sizeof *params);
    CoreVar *sum = core_var(s->program, "sum");
    params[copy->param_count++] = sum;
    copy->params = params;
    copy->has_rest = false; /* only entered by known calls */
    copy->needs_closure = false;
    return sum;
}

/* The function itself: a call of the copy. */
static void make_entry(Sums *s)
{
    CoreFunction *f = s->function;
    int count = core_param_count(f);
    CoreNode **args = arena_alloc(s->program->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = core_local(s->program, f->place, core_param(f, i));
    args[count] = core_const(s->program, f->place, rt_from_int(0));
    f->body = core_call_known(s->program, f->place, s->copy, count + 1, args);
}

static void rewrite(Sums *s)
{
    CoreProgram *p = s->program;
    s->copy = core_copy_function(p, s->function);
    s->copy->is_generic = s->function->is_generic;
    s->copy->body = into_sum(s, s->copy->body, add_param(s));
    make_entry(s);
    for (int i = 0; i < p->function_count; i++) redirect(&p->functions[i]->body, s);
    redirect(&s->copy->body, s);
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, s->copy);
}

void pass_accumulate(Compiler *c, CoreProgram *p)
{
    Sums s = {.program = p, .ignores_types = true};
    int count = p->function_count;
    bool any = false;
    for (int i = 0; i < count && !any; i++) {
        s.function = p->functions[i];
        any = adds_up(&s);
    }
    if (!any) return;
    s.ignores_types = false;
    types_infer(p);
    bool *found = arena_alloc(p->arena, (size_t)count * sizeof *found);
    for (int i = 0; i < count; i++) {
        s.function = p->functions[i];
        found[i] = adds_up(&s);
    }
    for (int i = 0; i < count; i++) {
        s.function = p->functions[i];
        if (!found[i]) continue;
        remark(c, NULL, s.function, REMARK_FAST, "the sum is added up on the way, in a loop");
        rewrite(&s);
    }
    types_clear(p);
    tail_mark_calls(p);
}
