/* Pass borrow (optional): parameters that their function only reads stay their caller's.
 *
 * Requires STAGE_TAIL.  Ensures STAGE_TAIL, and is_borrowed on captures and parameters of functions that are only
 * entered by known calls.  A function that is a value as well gets a wrapper, which takes its place there, owns its
 * operands as unknown callers expect it, and drops those that were only lent after the call.
 *
 * The inference is that of Counting Immutable Beans (Ullrich, de Moura, IFL 2019): all parameters start as borrowed; one
 * becomes owned when it, or a part of it (car, cdr, an item of a vector), is used where a value is owned.  Owning pays
 * there: the value moves, and a cell that is taken apart can give its halves away.  What does not count as such a
 * use: a part as the result or as an operand of arithmetic, where one count is cheaper than owning a whole structure.
 * The worklist ends when nothing changes: a parameter that became owned concerns its function and that one's callers.
 *
 * Lending has a price: the structure lives until its last lender returns, and is then freed by a walk of its own.  So a
 * parameter that is taken apart is owned after all when no caller keeps what it passes (borrow_keep.c): then the cells are freed, and
 * used again, while the function goes over them, and a list that is read once needs no second walk.
 *
 * And what every caller keeps is lent all the same: a term that somebody checks, compiles or prints is not used up by that, though it or
 * parts of it go into what is made (a type checker 0.75 of the time, a rewriter of terms 0.9).  It is counted there, by the callers it was
 * counted anyway.
 *
 * Tail calls stay tail calls: what is lent there must not be the function's own, because nobody would be left to drop it.
 * So the callee's parameter becomes owned unless the operand is itself lent from further out.  And a wrapper is no
 * tail call; hence a function that is a value and can leave its frame to an unknown callee owns everything, or a
 * loop through closures would need stack.
 *
 * A new pair that is only lent needs its halves only lent as well: it ends in this function, and pass frame then lays it on the stack.
 *
 * Borrowing also what a function consumes on some paths only would avoid counts on the others; it was left out because
 * the function then cannot reuse what it consumes.
 */
#include "borrow_internal.h"
#include "passes.h"
#include <string.h>

typedef struct FunctionInfo { /* CoreFunction.scratch */
    CoreFunction *function;
    CoreFunction **callers;
    int caller_count, caller_capacity;
    bool is_waiting; /* in the worklist */
    bool leaves; /* a tail call may end in an unknown callee */
    CoreFunction *wrapper;
} FunctionInfo;

typedef struct Borrow {
    CoreProgram *program;
    Arena *arena;
    CoreFunction **worklist;
    int waiting_count, waiting_capacity;
    CoreFunction *function; /* being walked */
    uint8_t *pairs; /* by variable: enum PairUse */
    CoreFunction **owners; /* by id of functions: the version that owns what it is lent, or NULL (borrow_split.c) */
    bool has_redirected; /* calls to such versions: others may be tail calls now */
    uint32_t var_count;
    OwnedParam *kept; /* that every caller keeps */
    int kept_count;
    bool *lends; /* by id of parameters: what is owned of it is counted there, which does not make it owned */
} Borrow;

/* What becomes of a pair that a variable is bound to. */
enum PairUse { PAIR_NONE, PAIR_LENT, PAIR_OWNED };

/* What happens to a value where it is used. */
enum Position {
    POSITION_READ, /* only looked at */
    POSITION_WEAK, /* owned, but not worth owning the whole of which it is a part */
    POSITION_OWNED
};

static FunctionInfo *info_of(const CoreFunction *f) { return f->scratch; }

static void enqueue(Borrow *b, CoreFunction *f)
{
    FunctionInfo *info = info_of(f);
    if (info->is_waiting) return;
    info->is_waiting = true;
    ARENA_PUSH(b->arena, b->worklist, b->waiting_count, b->waiting_capacity, f);
}

/* The captures and parameters of `owner` that variables are, or are parts of, are their scratch; or the variable that is bound to
 * a pair. */
static void own_param(Borrow *b, CoreVar *param, CoreFunction *owner)
{
    if (b->pairs[param->id]) b->pairs[param->id] = PAIR_OWNED;
    if (!param->is_borrowed || owner->lends) return;
    param->is_borrowed = false;
    FunctionInfo *info = info_of(owner);
    enqueue(b, owner);
    for (int i = 0; i < info->caller_count; i++) enqueue(b, info->callers[i]);
}

/* ---- values ---------------------------------------------------------------------------------------------------- */

/* The parameter that the value is or is a part of, or NULL. */
static CoreVar *root_of(const CoreNode *node, bool *is_part)
{
    *is_part = false;
    while (core_gives_part(node)) {
        node = node->u.call.args[0];
        *is_part = true;
    }
    if (node->kind != CORE_LOCAL) return NULL;
    CoreVar *root = node->u.local->scratch;
    if (root != node->u.local) *is_part = true;
    return root;
}

/* A global that nobody changes, or a part of it. */
static bool is_of_global(const Borrow *b, const CoreNode *node)
{
    for (; core_gives_part(node); node = node->u.call.args[0])
        if (node->u.call.count > 1 && !core_is_atom(node->u.call.args[1])) return false;
    return core_is_lent_global(b->program, node);
}

static bool is_lent_from_outside(const Borrow *b, const CoreNode *node)
{
    if (node->kind == CORE_CONST || node->kind == CORE_FUNCTION || is_of_global(b, node)) return true;
    if (node->kind == CORE_LOCAL && node->u.local->is_unboxed) return true;
    bool is_part;
    const CoreVar *root = root_of(node, &is_part);
    return root && root->is_borrowed;
}

/* ---- the walk -------------------------------------------------------------------------------------------------- */

static void walk(Borrow *b, CoreNode *node, enum Position position);

static void use_value(Borrow *b, const CoreNode *node, enum Position position)
{
    bool is_part;
    CoreVar *root = root_of(node, &is_part);
    if (!root || position == POSITION_READ || (is_part && position == POSITION_WEAK)) return;
    if (type_is_immediate(node->type)) return; /* nothing to own */
    if (b->lends[root->id]) return;
    own_param(b, root, b->function);
}

static enum Position operand_position(const PrimInfo *info, int operand)
{
    if (prim_borrows(info, operand)) return POSITION_READ;
    bool is_arithmetic = info->result == RESULT_NUM || info->result == RESULT_BOOL || info->result == RESULT_INT;
    return is_arithmetic ? POSITION_WEAK : POSITION_OWNED;
}

static void walk_prim(Borrow *b, CoreNode *node, enum Position position)
{
    const PrimInfo *info = &primitives[node->u.call.primitive];
    if (core_gives_part(node)) use_value(b, node, position);
    bool is_lent_pair = position == POSITION_READ && core_is_prim(node, PRIM_cons);
    for (int i = 0; i < node->u.call.count; i++)
        walk(b, node->u.call.args[i], is_lent_pair ? POSITION_READ : operand_position(info, i));
}

/* A tail call that has something of its own for a function that is lent it goes over to the version that owns it. */
static CoreFunction *choose_version(Borrow *b, CoreNode *node)
{
    CoreFunction *callee = node->u.call.function, *owner = b->owners ? b->owners[callee->id] : NULL;
    for (int i = 0; owner && node->tail && i < node->u.call.count; i++) {
        if (!core_param(owner, i)->is_late || is_lent_from_outside(b, node->u.call.args[i])) continue;
        FunctionInfo *info = info_of(owner);
        ARENA_PUSH(b->arena, info->callers, info->caller_count, info->caller_capacity, b->function);
        b->has_redirected = true;
        return node->u.call.function = owner;
    }
    return callee;
}

static void walk_known_call(Borrow *b, CoreNode *node)
{
    CoreFunction *callee = choose_version(b, node);
    for (int i = 0; i < node->u.call.count; i++) {
        CoreVar *param = core_param(callee, i);
        CoreNode *operand = node->u.call.args[i];
        if (node->tail && !is_lent_from_outside(b, operand)) own_param(b, param, callee);
        walk(b, operand, param->is_borrowed ? POSITION_READ : POSITION_OWNED);
    }
}

static void walk_owned(CoreNode **child, void *data) { walk(data, *child, POSITION_OWNED); }

/* What is owned of a new pair shows in the body. */
static void walk_let_pair(Borrow *b, CoreNode *node, enum Position position)
{
    CoreVar *var = node->u.let.var;
    b->pairs[var->id] = PAIR_LENT;
    var->scratch = var;
    walk(b, node->u.let.body, position);
    var->scratch = NULL;
    walk(b, node->u.let.init, b->pairs[var->id] == PAIR_LENT ? POSITION_READ : POSITION_OWNED);
    b->pairs[var->id] = PAIR_NONE;
}

/* A closure is lent to its code, but there where it would die with the frame that is left. */
static void walk_unknown_call(Borrow *b, CoreNode *node)
{
    CoreNode *callee = node->u.call.callee;
    bool is_lent = !node->tail || is_lent_from_outside(b, callee);
    walk(b, callee, is_lent ? POSITION_READ : POSITION_OWNED);
    for (int i = 0; i < node->u.call.count; i++) walk(b, node->u.call.args[i], POSITION_OWNED);
}

static void walk_let(Borrow *b, CoreNode *node, enum Position position)
{
    if (core_is_prim(node->u.let.init, PRIM_cons)) {
        walk_let_pair(b, node, position);
        return;
    }
    bool is_part;
    CoreVar *root = root_of(node->u.let.init, &is_part);
    bool is_named_part = root && node->u.let.init->kind == CORE_PRIM;
    walk(b, node->u.let.init, is_named_part ? POSITION_READ : POSITION_OWNED);
    node->u.let.var->scratch = is_named_part ? root : NULL;
    walk(b, node->u.let.body, position);
    node->u.let.var->scratch = NULL;
}

/* position: of the node's value */
static void walk(Borrow *b, CoreNode *node, enum Position position)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL: use_value(b, node, position); break;
    case CORE_PRIM: walk_prim(b, node, position); break;
    case CORE_CALL_KNOWN: walk_known_call(b, node); break;
    case CORE_CALL: walk_unknown_call(b, node); break;
    case CORE_LET: walk_let(b, node, position); break;
    case CORE_SEQ: {
        int last = node->u.call.count - 1;
        for (int i = 0; i < last; i++) walk(b, node->u.call.args[i], POSITION_READ);
        walk(b, node->u.call.args[last], position);
        break;
    }
    case CORE_IF:
        walk(b, node->u.branch.test, POSITION_READ);
        walk(b, node->u.branch.then, position);
        walk(b, node->u.branch.otherwise, position);
        break;
    default: core_each_child(node, walk_owned, b); break;
    }
}

static void walk_function(Borrow *b, CoreFunction *f)
{
    b->function = f;
    for (int i = 0; i < core_param_count(f); i++) core_param(f, i)->scratch = core_param(f, i);
    walk(b, f->body, POSITION_WEAK);
    for (int i = 0; i < core_param_count(f); i++) core_param(f, i)->scratch = NULL;
}

/* ---- who calls whom -------------------------------------------------------------------------------------------- */

static void note_calls(CoreNode **child, void *data)
{
    Borrow *b = data;
    const CoreNode *node = *child;
    FunctionInfo *self = info_of(b->function);
    if (node->kind == CORE_CALL_KNOWN) {
        FunctionInfo *callee = info_of(node->u.call.function);
        ARENA_PUSH(b->arena, callee->callers, callee->caller_count, callee->caller_capacity, b->function);
    }
    bool is_unknown = node->kind == CORE_CALL || node->kind == CORE_APPLY;
    if (is_unknown && node->tail) self->leaves = true;
    core_each_child(*child, note_calls, b);
}

static void mark_leaving(CoreNode **child, void *data)
{
    Borrow *b = data;
    const CoreNode *node = *child;
    FunctionInfo *self = info_of(b->function);
    if (node->kind == CORE_CALL_KNOWN && node->tail && info_of(node->u.call.function)->leaves && !self->leaves) {
        self->leaves = true;
        for (int i = 0; i < self->caller_count; i++) enqueue(b, self->callers[i]);
    }
    core_each_child(*child, mark_leaving, b);
}

static void enqueue_all(Borrow *b)
{
    for (int i = b->program->function_count - 1; i >= 0; i--) enqueue(b, b->program->functions[i]);
}

/* Runs the step for each function that waits, also for those that it enqueues. */
static void run_worklist(Borrow *b, void (*step)(Borrow *b, CoreFunction *f))
{
    while (b->waiting_count) {
        CoreFunction *f = b->worklist[--b->waiting_count];
        info_of(f)->is_waiting = false;
        step(b, f);
    }
}

static void find_leaving(Borrow *b, CoreFunction *f)
{
    b->function = f;
    mark_leaving(&f->body, b);
}

static void start(Borrow *b)
{
    CoreProgram *p = b->program;
    for (int i = 0; i < p->function_count; i++) {
        FunctionInfo *info = arena_alloc(b->arena, sizeof *info);
        info->function = p->functions[i];
        p->functions[i]->scratch = info;
    }
    for (int i = 0; i < p->function_count; i++) {
        b->function = p->functions[i];
        note_calls(&b->function->body, b);
    }
    enqueue_all(b);
    run_worklist(b, find_leaving);
}

static void infer(Borrow *b)
{
    CoreProgram *p = b->program;
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        const FunctionInfo *info = info_of(f);
        bool can_borrow = info->caller_count && !(f->needs_closure && info->leaves);
        int count = core_param_count(f) - f->has_rest; /* a rest list is fresh: better owned */
        for (int j = 0; can_borrow && j < count; j++)
            core_param(f, j)->is_borrowed = !core_param(f, j)->is_unboxed && !core_param(f, j)->is_late;
    }
    enqueue_all(b);
    run_worklist(b, walk_function);
}

/* Of what every caller keeps nothing can be used again, and each step into it would count a cell that ends and its halves. */
static void lend_what_is_kept(Borrow *b)
{
    b->kept_count = borrow_find_kept(b->program, b->arena, &b->kept);
    for (int i = 0; i < b->kept_count; i++) b->lends[b->kept[i].param->id] = true;
    if (b->kept_count) infer(b);
}

/* Where tail calls pass it for good nevertheless, it ends with the last use of its parts: the calls before are lent them. */
static void end_kept_late(Borrow *b)
{
    for (int i = 0; i < b->kept_count; i++) {
        CoreVar *param = b->kept[i].param;
        if (!param->is_borrowed) param->is_late = true;
    }
}

/* So is what the versions of closures are lent that go on in a copy. */
static void lend_to_versions(Borrow *b)
{
    for (int i = 0; i < b->program->function_count; i++) {
        const CoreFunction *loop = b->program->functions[i]->goes_on;
        for (int j = 0; loop && j < core_param_count(loop); j++) b->lends[core_param(loop, j)->id] = true;
    }
}

static void forget_functions(CoreProgram *p)
{
    for (int i = 0; i < p->function_count; i++) p->functions[i]->scratch = NULL;
}

/* The inference from its start, for calls and functions that have changed. */
static void infer_anew(Borrow *b)
{
    forget_functions(b->program);
    tail_mark_calls(b->program);
    start(b);
    infer(b);
}

static void split(Borrow *b)
{
    CoreProgram *p = b->program;
    b->owners = borrow_split(p, b->arena, b->lends);
    if (!b->owners) return;
    bool *lends = arena_alloc(b->arena, p->next_var_id * sizeof(bool));
    memcpy(lends, b->lends, b->var_count * sizeof(bool));
    b->lends = lends;
    b->var_count = p->next_var_id;
    b->pairs = arena_alloc(b->arena, b->var_count);
    do {
        b->has_redirected = false;
        infer_anew(b);
    } while (borrow_take_back_splits(p, b->owners) || b->has_redirected);
    lend_what_is_kept(b);
}

/* Owning what no caller keeps may show more of the same: its function's operands are then its own. */
static void prefer_owning(Borrow *b)
{
    enum { ROUNDS_MAX = 4 };
    for (int round = 0; round < ROUNDS_MAX; round++) {
        OwnedParam *found;
        int count = borrow_find_unkept(b->program, b->arena, &found);
        for (int i = 0; i < count; i++) {
            found[i].param->is_given = true;
            own_param(b, found[i].param, found[i].function);
        }
        if (!count) return;
        run_worklist(b, walk_function);
    }
}

/* ---- wrappers -------------------------------------------------------------------------------------------------- */

static CoreVar **copy_vars(CoreProgram *p, CoreVar *const *vars, int count)
{
    CoreVar **copies = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *copies);
    for (int i = 0; i < count; i++) copies[i] = core_var(p, vars[i]->name);
    return copies;
}

/* (function f (captures) (params) (let result (call-known f captures params) result)): no tail call, so pass rc can
 * drop what was lent. */
static CoreFunction *make_wrapper(CoreProgram *p, CoreFunction *f)
{
    CoreFunction *w = core_function(p, f->name, f->place);
    int count = core_param_count(f);
    w->doc = f->doc;
    w->is_library = f->is_library;
    w->has_rest = f->has_rest;
    w->needs_closure = true;
    w->wraps = f;
    memcpy(w->versions, f->versions, sizeof w->versions);
    w->param_count = f->param_count;
    w->params = copy_vars(p, f->params, f->param_count);
    w->capture_count = f->capture_count;
    w->captures = copy_vars(p, f->captures, f->capture_count);
    CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = core_local(p, NULL, core_param(w, i));
    CoreVar *result = core_var(p, "result");
    CoreNode *call = core_call_known(p, NULL, f, count, args);
    w->body = core_let(p, NULL, result, call, core_local(p, NULL, result));
    f->needs_closure = false;
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, w);
    return w;
}

static bool lends(const CoreFunction *f)
{
    for (int i = 0; i < core_param_count(f); i++)
        if (core_param(f, i)->is_borrowed) return true;
    return false;
}

static void use_wrappers(CoreNode **child, void *data)
{
    CoreNode *node = *child;
    CoreFunction **value = node->kind == CORE_FUNCTION  ? &node->u.function
                           : node->kind == CORE_CLOSURE ? &node->u.call.function
                                                        : NULL;
    if (value && info_of(*value)->wrapper) *value = info_of(*value)->wrapper;
    core_each_child(node, use_wrappers, data);
}

void pass_borrow(Compiler *c, CoreProgram *p)
{
    (void)c;
    Borrow b = {.program = p, .arena = arena_new()};
    borrow_prepare_closures(p);
    borrow_find_copies(p, b.arena);
    b.var_count = p->next_var_id;
    b.lends = arena_alloc(b.arena, b.var_count * sizeof(bool));
    b.pairs = arena_alloc(b.arena, b.var_count);
    lend_to_versions(&b);
    start(&b);
    infer(&b);
    lend_what_is_kept(&b);
    split(&b);
    end_kept_late(&b);
    prefer_owning(&b);
    borrow_take_back_copies(p);
    int count = p->function_count;
    for (int i = 0; i < count; i++) {
        CoreFunction *f = p->functions[i];
        if (f->needs_closure && !f->lends && lends(f)) info_of(f)->wrapper = make_wrapper(p, f);
    }
    for (int i = 0; i < count; i++) use_wrappers(&p->functions[i]->body, NULL);
    forget_functions(p);
    arena_free(b.arena);
}
