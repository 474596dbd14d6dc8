/* Pass appends (optional): a loop that appends to the list which it gives back at last does not walk that list again and again.
 *
 * Requires and ensures STAGE_CLOSURES.
 *
 *   (define (f list xs) (if xs (f (append list (g (car xs))) (cdr xs)) list))
 *
 * takes time in proportion to the square of what it makes, and so does (reduce append nil xs).  A function that does nothing else with
 * such a parameter gets a copy, which is given an *appender* for it: the list together with where it ends (rt_append_at_end).
 *
 *   (f list xs)                   in f:          (f' (appender list) xs)
 *   (f (append list e) xs)        in f':         (f' (append_more list e) xs)
 *   list, (g list)                in f':         (appended list), (g (appended list)), where that is a result
 *   (length list)                 in f':         (length (cdr list)), an appender being a pair of which the cdr is the list
 *
 * What counts is where calls of f stand in f: a call that is no result, or is given another list, stays a call of f.  If anything else is
 * done with the list f stays the way it is: such a loop may need the list as a value in each turn.  An appender that is shared
 * nevertheless, or whose list is, does what append does.
 */
#include "passes.h"
#include "remarks.h"

typedef struct Appends {
    CoreProgram *program;
    Arena *arena;
    CoreFunction *function; /* the one that its calls name */
    CoreFunction *copy; /* being rewritten; NULL: it is only asked whether that can be done */
    int param; /* its number, captures included */
    CoreVar **lists; /* the parameter and what it becomes by append; their scratch is this structure */
    int list_count, list_capacity;
    bool grows, ends; /* there is an append, the list is a result */
} Appends;

static void add_list(Appends *a, CoreVar *list)
{
    list->scratch = a;
    ARENA_PUSH(a->arena, a->lists, a->list_count, a->list_capacity, list);
}

static void forget_lists(Appends *a)
{
    for (int i = 0; i < a->list_count; i++) a->lists[i]->scratch = NULL;
    a->list_count = 0;
}

/* ---- where the list is named ----------------------------------------------------------------------------------- */

typedef struct Search {
    const Appends *appends;
    bool found;
} Search;

static void look_for_list(CoreNode **child, void *data)
{
    Search *search = data;
    if ((*child)->kind == CORE_LOCAL && (*child)->u.local->scratch == search->appends) search->found = true;
    if (!search->found) core_each_child(*child, look_for_list, search);
}

static bool names_list(const Appends *a, CoreNode *node)
{
    Search search = {a, false};
    look_for_list(&node, &search);
    return search.found;
}

/* The list or what it becomes by appends: (append ... (append list e) ... e). */
static bool grows_list(Appends *a, CoreNode *node, const CoreVar *list)
{
    if (core_is_var(node, list)) return true;
    if (!core_is_prim(node, PRIM_append2) || !grows_list(a, node->u.call.args[0], list)) return false;
    if (names_list(a, node->u.call.args[1])) return false;
    a->grows = true;
    if (a->copy) node->u.call.primitive = PRIM_append_more;
    return true;
}

static bool goes_on(Appends *a, CoreNode *call, const CoreVar *list)
{
    for (int i = 0; i < call->u.call.count; i++) {
        CoreNode *arg = call->u.call.args[i];
        if (i == a->param ? !grows_list(a, arg, list) : names_list(a, arg)) return false;
    }
    if (a->copy) call->u.call.function = a->copy;
    return true;
}

static CoreNode *of_appender(Appends *a, int primitive, const CoreNode *list)
{
    CoreNode **args = arena_alloc(a->program->arena, sizeof *args);
    args[0] = core_local(a->program, list->place, list->u.local);
    return core_prim(a->program, list->place, primitive, 1, args);
}

typedef struct Use {
    Appends *appends;
    const CoreVar *list; /* what it is now */
    bool is_last; /* in a result of the function, which may take it over */
    bool can_be; /* nothing but operands that are given a list of their own */
    int count;
} Use;

/* A primitive that only looks at the list reads it where the appender has it. */
static bool can_use(const Use *use, const CoreNode *node, int operand)
{
    if (!core_is_var(node->u.call.args[operand], use->list)) return false;
    if (node->kind == CORE_PRIM && prim_borrows(&primitives[node->u.call.primitive], operand)) return true;
    return use->is_last && node->kind != CORE_CLOSURE;
}

static void look_at_use(CoreNode **child, void *data)
{
    Use *use = data;
    CoreNode *node = *child;
    bool is_list = node->kind == CORE_LOCAL && node->u.local->scratch == use->appends;
    if (is_list) use->can_be = false;
    bool has_args = node->kind == CORE_PRIM || node->kind == CORE_CALL_KNOWN || node->kind == CORE_CALL;
    if (!has_args) {
        core_each_child(node, look_at_use, use);
        return;
    }
    for (int i = 0; i < node->u.call.count; i++) {
        CoreNode **arg = &node->u.call.args[i];
        if (!can_use(use, node, i)) {
            look_at_use(arg, use);
            continue;
        }
        use->count++;
        if (use->appends->copy) *arg = of_appender(use->appends, use->is_last ? PRIM_appended : PRIM_cdr, *arg);
    }
    if (node->kind == CORE_CALL) look_at_use(&node->u.call.callee, use);
}

static bool only_looks(Appends *a, CoreNode *node, const CoreVar *list)
{
    Use use = {a, list, false, true, 0};
    look_at_use(&node, &use);
    return use.can_be;
}

static bool ends_list(Appends *a, CoreNode *node, const CoreVar *list)
{
    Use use = {a, list, true, true, 0};
    if (core_is_var(node, list)) {
        if (a->copy) *node = *of_appender(a, PRIM_appended, node);
        use.count = 1;
    } else {
        look_at_use(&node, &use);
    }
    if (use.count) a->ends = true;
    return use.can_be && use.count <= 1;
}

/* (if list a b) becomes (if (nil? list) b a), which looks at it without a count. */
static void ask_for_nil(Appends *a, CoreNode *branch)
{
    CoreNode *then = branch->u.branch.then, *test = of_appender(a, PRIM_cdr, branch->u.branch.test);
    CoreNode **args = arena_alloc(a->program->arena, sizeof *args);
    args[0] = test;
    branch->u.branch.test = core_prim(a->program, test->place, PRIM_is_nil, 1, args);
    branch->u.branch.then = branch->u.branch.otherwise;
    branch->u.branch.otherwise = then;
}

static bool tests_list(Appends *a, CoreNode *branch, const CoreVar *list)
{
    if (!core_is_var(branch->u.branch.test, list)) return false;
    if (a->copy) ask_for_nil(a, branch);
    return true;
}

/* Is all that is done with the list in the node, whose value is the function's, what an appender can do?  Rewritten in the copy. */
static bool walk(Appends *a, CoreNode *node, const CoreVar *list)
{
    for (;;) {
        switch ((enum CoreKind)node->kind) {
        case CORE_LET:
            if (core_is_prim(node->u.let.init, PRIM_append2) && grows_list(a, node->u.let.init, list)) {
                list = node->u.let.var;
                add_list(a, node->u.let.var);
            } else if (!only_looks(a, node->u.let.init, list)) {
                return false;
            }
            node = node->u.let.body;
            continue;
        case CORE_SEQ: {
            int last = node->u.call.count - 1;
            for (int i = 0; i < last; i++)
                if (!only_looks(a, node->u.call.args[i], list)) return false;
            node = node->u.call.args[last];
            continue;
        }
        case CORE_IF:
            if (!tests_list(a, node, list) && !only_looks(a, node->u.branch.test, list)) return false;
            if (!walk(a, node->u.branch.then, list)) return false;
            node = node->u.branch.otherwise;
            continue;
        case CORE_CALL_KNOWN:
            if (node->u.call.function == a->function && goes_on(a, node, list)) return true;
            return ends_list(a, node, list);
        default: return ends_list(a, node, list);
        }
    }
}

/* ---- functions ------------------------------------------------------------------------------------------------- */

/* Of a parameter, scratch is a flag while this runs. */
static void look_for_append(CoreNode **child, void *data)
{
    const CoreNode *node = *child;
    if (core_is_prim(node, PRIM_append2) && node->u.call.args[0]->kind == CORE_LOCAL) {
        bool *is_appended_to = node->u.call.args[0]->u.local->scratch;
        if (is_appended_to) *is_appended_to = true;
    }
    core_each_child(*child, look_for_append, data);
}

static bool can_be_rewritten(Appends *a, CoreVar *param)
{
    a->grows = a->ends = false;
    add_list(a, param);
    bool can = walk(a, a->function->body, param);
    forget_lists(a);
    return can && a->grows && a->ends;
}

/* The number of a parameter that can be an appender, or -1. */
static int find_param(Appends *a)
{
    CoreFunction *f = a->function;
    bool *is_appended_to = arena_alloc(a->arena, ((size_t)core_param_count(f) + 1) * sizeof *is_appended_to);
    for (int i = 0; i < core_param_count(f); i++) core_param(f, i)->scratch = &is_appended_to[i];
    look_for_append(&f->body, NULL);
    for (int i = 0; i < core_param_count(f); i++) core_param(f, i)->scratch = NULL;
    for (a->param = f->capture_count; a->param < core_param_count(f); a->param++)
        if (is_appended_to[a->param] && can_be_rewritten(a, core_param(f, a->param))) return a->param;
    return -1;
}

static void call_with_appender(Appends *a)
{
    CoreProgram *p = a->program;
    CoreFunction *f = a->function;
    const RtPlace *at = f->body->place;
    int count = core_param_count(f);
    CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = core_local(p, at, core_param(f, i));
    CoreNode **list = arena_alloc(p->arena, sizeof *list);
    list[0] = args[a->param];
    args[a->param] = core_prim(p, at, PRIM_appender, 1, list);
    f->body = core_call_known(p, at, a->copy, count, args);
}

static void rewrite(Appends *a)
{
    a->copy = core_copy_function(a->program, a->function);
    a->copy->has_rest = false; /* only entered by known calls */
    a->copy->needs_closure = false;
    ARENA_PUSH(a->program->arena, a->program->functions, a->program->function_count, a->program->function_capacity,
               a->copy);
    CoreVar *param = core_param(a->copy, a->param);
    add_list(a, param);
    walk(a, a->copy->body, param);
    forget_lists(a);
    call_with_appender(a);
    a->copy = NULL;
}

void pass_appends(Compiler *c, CoreProgram *p)
{
    Appends a = {.program = p, .arena = arena_new()};
    int count = p->function_count;
    for (int i = 0; i < count; i++) {
        a.function = p->functions[i];
        if (a.function->is_toplevel || find_param(&a) < 0) continue;
        remark(c, NULL, a.function, REMARK_FAST, "the list is appended to where it ends, without a walk to there");
        rewrite(&a);
    }
    arena_free(a.arena);
}
