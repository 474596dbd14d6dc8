/* Part of pass borrow: which borrowed parameters no caller keeps.
 *
 * A caller keeps an operand when it needs the value after the call: it uses the variable later on some path, uses the whole of
 * which the operand is a part as a whole later, has it lent itself, or it is a constant or a global.  Other parts of the same
 * whole that are read later do not keep it where pass `unpack` can read them before the call.  Where it is asked what every caller keeps, a
 * whole of which parts are read later counts as kept: they would be in hand during the call, and all that the callee takes apart be shared,
 * as when a compiler looks for the free variables of an expression and then goes on with its parts.
 *
 * What a caller was given by somebody who keeps it is shared as well: an environment that an evaluator hands on to itself, and at last to
 * the function that searches it.  Each step of that search would take two counts and give one back; lent, it takes none.
 *
 * A list that is made of a few cells in front of one that is kept is as good as kept: the callee would own those cells, and count each step
 * through the rest.  And append copies a list that is needed again, so it need not own it either.
 *
 * What was looked up in something that the caller goes on holding is kept by that (borrow_results.c).
 *
 * All parameters that are taken apart are assumed to be owned; each one that some caller turns out to keep is taken
 * out again, which may show that what its own function passes on is kept, until nothing changes.  So functions that call
 * each other in a circle own what the first caller of all does not need.
 */
#include "borrow_internal.h"

typedef struct VarUse { /* by variable id, of the function being walked */
    CoreVar *whole; /* of which it is a part */
    int try_depth; /* number of TRYs around its binding */
    bool is_global; /* a global's value, a constant, or a part of one or of what is lent: somebody always holds it */
    bool is_live, is_live_whole; /* used later; as something else than a whole of which a part is read */
    bool is_live_half[2]; /* the car, the cdr is read later */
    bool is_live_part; /* a part is read later, not only asked, that can be an object */
} VarUse;

typedef struct Change { /* of a flag that was set */
    bool *flag;
} Change;

typedef struct Keep {
    CoreProgram *program;
    Arena *arena;
    CoreFunction *function; /* being walked */
    VarUse *uses;
    bool *is_taken_apart, *is_passed, *is_candidate; /* by id of parameters */
    bool *is_shared; /* likewise: owned, but some caller keeps it too */
    Change *trail;
    int trail_count, trail_capacity;
    int try_depth;
    CoreFunction **changed; /* what is known of their parameters changed: they are to be walked again */
    int changed_count, changed_capacity;
    bool *is_changed; /* by id of their first parameters */
    bool looks_for_copies;
    bool is_test; /* of the expression to be walked, only nil or not is of interest */
    ResultParts *results; /* by id of functions */
    bool *is_always_kept; /* by id of parameters: no caller is known that does not keep it; NULL: that is not asked */
    bool *
        is_found; /* likewise: some caller keeps it, who does not only hand on what it was given; NULL: that is not asked */
} Keep;

static void look(Keep *k, CoreNode *node);

/* ---- what is live ---------------------------------------------------------------------------------------------- */

static void set_flag(Keep *k, bool *flag)
{
    if (*flag) return;
    *flag = true;
    Change change = {flag};
    ARENA_PUSH(k->arena, k->trail, k->trail_count, k->trail_capacity, change);
}

static void use(Keep *k, const CoreVar *var, bool as_whole)
{
    VarUse *state = &k->uses[var->id];
    set_flag(k, &state->is_live);
    if (as_whole) set_flag(k, &state->is_live_whole);
}

static void clear_flags(Keep *k, int begin, int end)
{
    for (int i = begin; i < end; i++) *k->trail[i].flag = false;
}

/* ---- operands of calls ------------------------------------------------------------------------------------------ */

static bool is_bound_outside_try(const Keep *k, const CoreVar *var)
{
    return k->uses[var->id].try_depth < k->try_depth;
}

/* Does somebody hold the variable's value also after this point? */
static bool is_held_later(const Keep *k, const CoreVar *var)
{
    for (; var; var = k->uses[var->id].whole)
        if (var->is_borrowed || var->is_late || k->uses[var->id].is_global || k->is_shared[var->id] ||
            (k->is_always_kept && (k->is_found ? k->is_found : k->is_always_kept)[var->id]) ||
            k->uses[var->id].is_live_whole || is_bound_outside_try(k, var))
            return true;
    return false;
}

/* Of cells in front of a list that somebody holds, a callee could own only those. */
static bool extends_list(const CoreNode *node)
{
    return core_is_prim(node, PRIM_cons) || core_is_prim(node, PRIM_append2) || core_is_prim(node, PRIM_append_copy);
}

static bool is_kept(const Keep *k, const CoreNode *operand);

/* A part of what the caller lent, and goes on holding. */
static bool is_result_kept(const Keep *k, const CoreNode *call)
{
    ResultParts parts = k->results[call->u.call.function->id];
    for (int i = 0; i < call->u.call.count && i < RESULT_PARAMS_MAX; i++)
        if (parts.params >> i & 1 && !is_kept(k, call->u.call.args[i])) return false;
    return !parts.is_other;
}

/* Of what is passed as a whole. */
static bool is_whole_needed(const Keep *k, const CoreVar *var)
{
    const VarUse *state = &k->uses[var->id];
    return k->is_always_kept ? state->is_live_part : state->is_live;
}

static bool is_kept(const Keep *k, const CoreNode *operand)
{
    if (extends_list(operand)) return is_kept(k, operand->u.call.args[1]);
    bool is_part = false;
    while (core_gives_part(operand)) {
        operand = operand->u.call.args[0];
        is_part = true;
    }
    switch ((enum CoreKind)operand->kind) {
    case CORE_CONST: return rt_is_heap(operand->u.constant);
    case CORE_FUNCTION:
    case CORE_GLOBAL: return true;
    case CORE_CALL_KNOWN: return is_result_kept(k, operand);
    case CORE_LOCAL:
        if (!is_part && is_whole_needed(k, operand->u.local)) return true;
        return is_held_later(k, operand->u.local);
    default: return false;
    }
}

static void note_change(Keep *k, CoreFunction *callee)
{
    bool *is_changed = &k->is_changed[core_param(callee, 0)->id];
    if (!*is_changed) ARENA_PUSH(k->arena, k->changed, k->changed_count, k->changed_capacity, callee);
    *is_changed = true;
}

static bool is_no_object(const CoreNode *node)
{
    return type_is_immediate(node->type) || (node->kind == CORE_CONST && !rt_is_heap(node->u.constant));
}

static void note_kept(Keep *k, CoreFunction *callee, int number, const CoreNode *operand)
{
    CoreVar *param = core_param(callee, number);
    if (k->is_found) {
        if (k->is_found[param->id] || is_no_object(operand) || !is_kept(k, operand)) return;
        k->is_found[param->id] = true;
        note_change(k, callee);
        return;
    }
    if (k->is_always_kept) {
        if (!k->is_always_kept[param->id] || is_no_object(operand) || is_kept(k, operand)) return;
        k->is_always_kept[param->id] = false;
        note_change(k, callee);
        return;
    }
    if (param->is_borrowed || k->is_shared[param->id] || !is_kept(k, operand)) return;
    if (k->is_candidate[param->id]) param->is_borrowed = true;
    else k->is_shared[param->id] = true;
    k->is_candidate[param->id] = false;
    note_change(k, callee);
}

static void look_at_arg(Keep *k, CoreNode *node, int i)
{
    if (node->kind == CORE_CALL_KNOWN) note_kept(k, node->u.call.function, i, node->u.call.args[i]);
    look(k, node->u.call.args[i]);
}

/* Where it is asked what every caller keeps, variables come first: while what stands beside them is computed, they are in hand. */
static void look_at_args(Keep *k, CoreNode *node)
{
    for (int i = node->u.call.count - 1; i >= 0; i--)
        if (!k->is_always_kept || node->u.call.args[i]->kind == CORE_LOCAL) look_at_arg(k, node, i);
    if (!k->is_always_kept) return;
    for (int i = node->u.call.count - 1; i >= 0; i--)
        if (node->u.call.args[i]->kind != CORE_LOCAL) look_at_arg(k, node, i);
}

/* ---- the walk, against the order of evaluation ------------------------------------------------------------------- */

/* Could a read follow another one of the same whole at once?  An item may not be there. */
static bool can_come_earlier(const CoreNode *read)
{
    if (prim_take_row(read->u.call.primitive) != PRIM_NONE) return true; /* a half: the pair has both */
    if (read->u.call.primitive != PRIM_vector_ref || read->u.call.args[1]->kind != CORE_CONST) return false;
    RtValue index = read->u.call.args[1]->u.constant;
    return index.tag == RT_INT && index.data >= 0 && index.data < type_least_length(read->u.call.args[0]->type);
}

/* Will the value, a variable's or a half of it, be asked for again, so that the operation finds it shared? */
static bool is_needed_again(const Keep *k, const CoreNode *operand)
{
    const CoreVar *var = core_whole_of(operand);
    int row = var ? operand->u.call.primitive : PRIM_NONE;
    if (var && (row == PRIM_car || row == PRIM_cdr) && k->uses[var->id].is_live_half[row == PRIM_cdr]) return true;
    if (!var && operand->kind == CORE_LOCAL) {
        var = operand->u.local;
        if (k->uses[var->id].is_live) return true;
    }
    for (; var; var = k->uses[var->id].whole)
        if (k->uses[var->id].is_live_whole || is_bound_outside_try(k, var)) return true;
    return false;
}

static void look_at_prim(Keep *k, CoreNode *node, bool is_test)
{
    CoreNode **args = node->u.call.args;
    const CoreVar *whole = core_whole_of(node);
    if (k->looks_for_copies && core_is_prim(node, PRIM_append2) && is_needed_again(k, args[0]))
        node->u.call.primitive = PRIM_append_copy;
    for (int i = node->u.call.count - 1; i >= (whole ? 1 : 0); i--) look(k, args[i]);
    if (!whole) return;
    use(k, whole, !can_come_earlier(node));
    if (!is_test && !type_is_immediate(node->type)) set_flag(k, &k->uses[whole->id].is_live_part);
    int row = node->u.call.primitive;
    if (row == PRIM_car || row == PRIM_cdr) set_flag(k, &k->uses[whole->id].is_live_half[row == PRIM_cdr]);
}

static bool is_global(const CoreNode *node)
{
    while (core_gives_part(node)) node = node->u.call.args[0];
    return node->kind == CORE_GLOBAL || node->kind == CORE_FUNCTION ||
           (node->kind == CORE_CONST && rt_is_heap(node->u.constant));
}

static void look_at_let(Keep *k, CoreNode *node, bool is_test)
{
    CoreNode *init = node->u.let.init;
    VarUse *state = &k->uses[node->u.let.var->id];
    bool is_of_others = is_global(init) || (init->kind == CORE_CALL_KNOWN && is_result_kept(k, init));
    *state = (VarUse){.whole = core_whole_of(init), .try_depth = k->try_depth, .is_global = is_of_others};
    k->is_test = is_test;
    look(k, node->u.let.body);
    look(k, init);
}

static void look_at_if(Keep *k, CoreNode *node, bool is_test)
{
    int first = k->trail_count;
    k->is_test = is_test;
    look(k, node->u.branch.otherwise);
    int second = k->trail_count;
    clear_flags(k, first, second);
    k->is_test = is_test;
    look(k, node->u.branch.then);
    for (int i = first; i < second; i++) *k->trail[i].flag = true;
    const CoreNode *test = node->u.branch.test;
    if (test->kind == CORE_LOCAL && k->is_always_kept) {
        use(k, test->u.local, false); /* pass unpack may ask before a call */
        return;
    }
    k->is_test = true;
    look(k, node->u.branch.test);
}

static void look_at_try(Keep *k, CoreNode *node)
{
    k->try_depth++;
    k->uses[node->u.try_.error->id] = (VarUse){.try_depth = k->try_depth};
    look(k, node->u.try_.handler);
    look(k, node->u.try_.body);
    k->try_depth--;
}

static void look(Keep *k, CoreNode *node)
{
    bool is_test = k->is_test;
    k->is_test = false;
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL: use(k, node->u.local, true); return;
    case CORE_DEFINE: look(k, node->u.define.value); return;
    case CORE_LET: look_at_let(k, node, is_test); return;
    case CORE_IF: look_at_if(k, node, is_test); return;
    case CORE_PRIM: look_at_prim(k, node, is_test); return;
    case CORE_CALL_KNOWN:
    case CORE_SEQ:
    case CORE_CLOSURE: look_at_args(k, node); return;
    case CORE_CALL:
    case CORE_APPLY:
        look_at_args(k, node);
        look(k, node->u.call.callee);
        return;
    case CORE_TRY: look_at_try(k, node); return;
    case CORE_CONST:
    case CORE_GLOBAL:
    case CORE_FUNCTION:
    case CORE_LAMBDA:
    case CORE_FIX:
    case CORE_DROP: return;
    }
}

static void look_at_function(Keep *k, CoreFunction *f)
{
    k->function = f;
    for (int i = 0; i < core_param_count(f); i++) k->uses[core_param(f, i)->id] = (VarUse){0};
    look(k, f->body);
    k->trail_count = 0;
}

/* Each parameter changes once, so this takes time in proportion to the program. */
static void look_until_nothing_changes(Keep *k)
{
    bool has_changed;
    do {
        for (int i = 0; i < k->program->function_count; i++) look_at_function(k, k->program->functions[i]);
        has_changed = k->changed_count > 0;
        while (k->changed_count) {
            CoreFunction *f = k->changed[--k->changed_count];
            k->is_changed[core_param(f, 0)->id] = false;
            look_at_function(k, f);
        }
    } while (has_changed);
}

/* ---- candidates ------------------------------------------------------------------------------------------------- */

static void note_node(CoreNode **child, void *data)
{
    Keep *k = data;
    const CoreNode *node = *child;
    const CoreVar *whole = core_whole_of(node);
    if (whole) k->is_taken_apart[whole->id] = true;
    const CoreNode *callee = node->kind == CORE_CALL ? node->u.call.callee : NULL;
    if (callee && callee->kind == CORE_LOCAL)
        k->is_taken_apart[callee->u.local->id] = true; /* it gives its captures away */
    if (node->kind == CORE_CALL_KNOWN && node->u.call.function != k->function)
        for (int i = 0; i < node->u.call.count; i++) k->is_passed[core_param(node->u.call.function, i)->id] = true;
    core_each_child(*child, note_node, k);
}

static bool *flags(const Keep *k) { return arena_alloc(k->arena, k->program->next_var_id * sizeof(bool)); }

static bool may_own(const Keep *k, const CoreVar *param)
{
    return param->is_borrowed && k->is_taken_apart[param->id] && k->is_passed[param->id];
}

static void each_param(CoreProgram *p, void (*visit)(void *data, CoreFunction *f, CoreVar *param), void *data)
{
    for (int i = 0; i < p->function_count; i++)
        for (int j = 0; j < core_param_count(p->functions[i]); j++)
            visit(data, p->functions[i], core_param(p->functions[i], j));
}

static void assume_owned(void *data, CoreFunction *f, CoreVar *param)
{
    Keep *k = data;
    (void)f;
    if (!may_own(k, param)) return;
    k->is_candidate[param->id] = true;
    param->is_borrowed = false;
}

/* A closure keeps them. */
static void note_captures(Keep *k, const CoreFunction *f)
{
    for (int i = 0; f->needs_closure && i < f->capture_count; i++)
        if (!k->is_candidate[f->captures[i]->id]) k->is_shared[f->captures[i]->id] = true;
}

typedef struct Found {
    Keep *keep;
    OwnedParam *items;
    int count, capacity;
} Found;

static void collect(void *data, CoreFunction *f, CoreVar *param)
{
    Found *found = data;
    if (!found->keep->is_candidate[param->id]) return;
    param->is_borrowed = true; /* until the pass itself draws the conclusions */
    OwnedParam item = {f, param};
    ARENA_PUSH(found->keep->arena, found->items, found->count, found->capacity, item);
}

static Keep start(CoreProgram *p, Arena *arena)
{
    Keep k = {.program = p, .arena = arena};
    k.uses = arena_alloc(arena, p->next_var_id * sizeof *k.uses);
    k.is_taken_apart = flags(&k);
    k.is_passed = flags(&k);
    k.is_candidate = flags(&k);
    k.is_shared = flags(&k);
    k.is_changed = flags(&k);
    k.results = borrow_find_result_parts(p, arena);
    return k;
}

void borrow_find_copies(CoreProgram *p, Arena *arena)
{
    Keep k = start(p, arena);
    k.looks_for_copies = true;
    for (int i = 0; i < p->function_count; i++) look_at_function(&k, p->functions[i]);
}

int borrow_find_unkept(CoreProgram *p, Arena *arena, OwnedParam **out)
{
    Keep k = start(p, arena);
    for (int i = 0; i < p->function_count; i++) {
        k.function = p->functions[i];
        note_node(&p->functions[i]->body, &k);
    }
    each_param(p, assume_owned, &k);
    for (int i = 0; i < p->function_count; i++) note_captures(&k, p->functions[i]);
    look_until_nothing_changes(&k);
    Found found = {.keep = &k};
    each_param(p, collect, &found);
    *out = found.items;
    return found.count;
}

static void assume_kept(void *data, CoreFunction *f, CoreVar *param)
{
    const Keep *k = data;
    bool may_escape = f->escapes || (f->needs_closure && !k->program->records); /* without types, nobody knows */
    bool is_owned = !param->is_borrowed && !param->is_unboxed && !param->is_hole && !may_escape;
    k->is_always_kept[param->id] = is_owned && k->is_taken_apart[param->id] && k->is_passed[param->id];
}

static void collect_kept(void *data, CoreFunction *f, CoreVar *param)
{
    Found *found = data;
    OwnedParam item = {f, param};
    if (found->keep->is_always_kept[param->id])
        ARENA_PUSH(found->keep->arena, found->items, found->count, found->capacity, item);
}

/* Those that are left hand on to each other what they are given.  Somebody must be the first: a list that grows in front of nil is nobody
 * else's.  True if there was one that nobody keeps. */
static bool forget_vain_hopes(Keep *k)
{
    bool has_changed = false;
    k->is_found = flags(k);
    look_until_nothing_changes(k);
    for (uint32_t i = 0; i < k->program->next_var_id; i++) {
        has_changed |= k->is_always_kept[i] && !k->is_found[i];
        k->is_always_kept[i] &= k->is_found[i];
    }
    k->is_found = NULL;
    return has_changed;
}

int borrow_find_kept(CoreProgram *p, Arena *arena, OwnedParam **out)
{
    Keep k = start(p, arena);
    k.is_always_kept = flags(&k);
    for (int i = 0; i < p->function_count; i++) {
        k.function = p->functions[i];
        note_node(&p->functions[i]->body, &k);
    }
    each_param(p, assume_kept, &k);
    do look_until_nothing_changes(&k);
    while (forget_vain_hopes(&k));
    Found found = {.keep = &k};
    each_param(p, collect_kept, &found);
    *out = found.items;
    return found.count;
}
