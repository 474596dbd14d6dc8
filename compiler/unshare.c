/* Pass unshare (optional): loops over vectors that nobody else holds.
 *
 * Requires and ensures STAGE_RC.  A function that changes a vector it is given cannot know whether it may do so in place: each change
 * tests the count, and because a test may fail the vector may be another one in each turn of a loop, so that neither its
 * address nor its length are known from before.  Such functions get a copy for unique vectors.  Calls with operands that pass
 * unique would find to be unique call the copy; a loop tests its vectors in each turn and goes on in the copy,
 * never to come back, as soon as they are unique:
 *
 *     (define (f v i) (if (unique? v) (f.1 v i) ... (f (vector-set v i x) (+ i 1))))
 *
 * The result of a change is unique, so this is at the second turn at the latest.  The copies are made on trust; a call whose
 * operands turn out not to be unique is one of the original again (unique.c), and a copy whose own loop would need
 * that is given up.
 *
 * Left alone: functions that other functions call in tail position (both would need the slower convention), and large ones.
 */
#include "passes.h"
#include "remarks.h"
#include "unique.h"

enum { SIZE_MAX_NODES = 400, ROUNDS_MAX = 20 };

typedef struct Unshare {
    Compiler *compiler;
    CoreProgram *program;
    Arena *arena;
    bool *is_changed; /* by variable: a vector it holds is changed where it was the only one to hold it, perhaps */
    bool grew;
    PointerMap *by_original, *by_copy; /* function -> Version */
    Version **versions;
    int count, capacity;
} Unshare;

/* ---- what is changed ------------------------------------------------------------------------------------------------- */

/* The variable whose value this passes on. */
static CoreVar *moved(const CoreNode *node)
{
    while (node->kind == CORE_LET || node->kind == CORE_DROP)
        node = node->kind == CORE_LET ? node->u.let.body : node->u.drop.body;
    if (core_is_prim(node, PRIM_forget)) return moved(node->u.call.args[0]);
    return node->kind == CORE_LOCAL && node->use == USE_MOVE ? node->u.local : NULL;
}

static void change(Unshare *u, CoreVar *var)
{
    if (!var || u->is_changed[var->id]) return;
    if (var->type && !(var->type->tags & TAG_BIT(RT_VECTOR))) return;
    u->is_changed[var->id] = u->grew = true;
}

static void look_for_changes(CoreNode **child, void *data)
{
    Unshare *u = data;
    CoreNode *node = *child;
    core_each_child(node, look_for_changes, u);
    if (core_is_prim(node, PRIM_vector_set)) change(u, moved(node->u.call.args[0]));
    if (core_is_prim(node, PRIM_vacate)) change(u, node->u.call.args[0]->u.local);
    if (node->kind == CORE_LET && u->is_changed[node->u.let.var->id]) change(u, moved(node->u.let.init));
    for (int i = 0; node->kind == CORE_CALL_KNOWN && i < node->u.call.count; i++)
        if (u->is_changed[core_param(node->u.call.function, i)->id]) change(u, moved(node->u.call.args[i]));
}

static void find_changes(Unshare *u)
{
    CoreProgram *p = u->program;
    u->grew = true;
    for (int round = 0; u->grew && round < ROUNDS_MAX; round++) {
        u->grew = false;
        for (int i = 0; i < p->function_count; i++) look_for_changes(&p->functions[i]->body, u);
    }
}

/* ---- copies ---------------------------------------------------------------------------------------------------------- */

static void count_node(CoreNode **child, void *data)
{
    ++*(int *)data;
    core_each_child(*child, count_node, data);
}

static bool may_copy(CoreFunction *f)
{
    if (f->is_toplevel || f->needs_tailcc || f->wraps) return false;
    int size = 0;
    count_node(&f->body, &size);
    return size <= SIZE_MAX_NODES;
}

/* NULL: no parameter would be unique in the copy and is not otherwise. */
static Version *version_for(Unshare *u, CoreFunction *f)
{
    Version *v = NULL;
    int count = core_param_count(f);
    for (int i = 0; i < count; i++) {
        const CoreVar *param = core_param(f, i);
        if (!u->is_changed[param->id] || param->is_borrowed || !unique_is_shared(param)) continue;
        if (!v) {
            v = arena_alloc(u->arena, sizeof *v);
            *v = (Version){.original = f, .body = f->body};
            v->is_wanted = arena_alloc(u->arena, (size_t)count * sizeof *v->is_wanted);
            memset(v->is_wanted, 0, (size_t)count * sizeof *v->is_wanted);
        }
        v->is_wanted[i] = true;
    }
    return v;
}

static void copy_function(Unshare *u, Version *v)
{
    v->copy = core_add_version(u->program, v->original);
    pointer_map_set(u->by_copy, v->copy, v);
}

/* The test that the vectors are unique. */
static CoreNode *test_of(CoreProgram *p, const Version *v)
{
    const RtPlace *at = v->original->place;
    CoreNode *test = NULL;
    for (int i = core_param_count(v->original); i-- > 0;) {
        if (!v->is_wanted[i]) continue;
        CoreNode **operand = arena_alloc(p->arena, sizeof *operand);
        *operand = core_local(p, at, core_param(v->original, i));
        (*operand)->use = USE_BORROW;
        CoreNode *one = core_prim(p, at, PRIM_is_unique_vector, 1, operand);
        one->type = type_copy(p->arena, type_tags(TAGS_BOOL));
        test = test ? core_if(p, at, one, test, core_const(p, at, rt_nil())) : one;
        test->type = one->type;
    }
    return test;
}

static void test_first(CoreProgram *p, Version *v)
{
    CoreFunction *f = v->original;
    int count = core_param_count(f);
    CoreNode **args = arena_alloc(p->arena, (size_t)count * sizeof *args);
    for (int i = 0; i < count; i++) {
        CoreVar *param = core_param(f, i);
        args[i] = core_local(p, f->place, param);
        args[i]->use = param->is_borrowed ? USE_BORROW : param->is_unboxed ? USE_DUP : USE_MOVE;
        args[i]->is_unique = v->is_wanted[i];
    }
    CoreNode *call = core_call_known(p, f->place, v->copy, count, args);
    call->type = f->result;
    f->body = core_if(p, f->place, test_of(p, v), call, v->body);
    f->body->type = f->result;
}

/* ---- calls ----------------------------------------------------------------------------------------------------------- */

typedef struct Redirection {
    const Unshare *unshare;
    const CoreFunction *within;
} Redirection;

static void call_copies(CoreNode **child, void *data)
{
    const Redirection *r = data;
    CoreNode *node = *child;
    core_each_child(node, call_copies, data);
    if (node->kind != CORE_CALL_KNOWN) return;
    const Version *v = pointer_map_find(r->unshare->by_original, node->u.call.function);
    bool is_own_loop = node->tail && node->u.call.function == r->within;
    if (v && !is_own_loop) node->u.call.function = v->copy;
}

static void make_copies(Unshare *u)
{
    CoreProgram *p = u->program;
    int originals = p->function_count;
    for (int i = 0; i < originals; i++) {
        CoreFunction *f = p->functions[i];
        Version *v = may_copy(f) ? version_for(u, f) : NULL;
        if (!v) continue;
        pointer_map_set(u->by_original, f, v);
        ARENA_PUSH(u->arena, u->versions, u->count, u->capacity, v);
    }
    for (int i = 0; i < u->count; i++) copy_function(u, u->versions[i]);
    for (int i = 0; i < p->function_count; i++) {
        Redirection r = {u, p->functions[i]};
        call_copies(&p->functions[i]->body, &r);
    }
    for (int i = 0; i < u->count; i++)
        if (u->versions[i]->original->self_tail_calls) test_first(p, u->versions[i]);
}

/* ---- what is left ---------------------------------------------------------------------------------------------------- */

static bool is_useless(const Version *v)
{
    for (int i = 0; i < core_param_count(v->copy); i++)
        if (v->is_wanted[i] && unique_is_shared(core_param(v->copy, i))) return true;
    return false;
}

static void give_up(Unshare *u, bool all)
{
    for (int i = 0; i < u->count; i++) {
        Version *v = u->versions[i];
        if (v->is_given_up || !(all || is_useless(v))) continue;
        v->is_given_up = u->grew = true;
    }
    for (int i = 0; i < u->count; i++)
        if (u->versions[i]->is_given_up) u->versions[i]->original->body = u->versions[i]->body;
}

static void find_called(CoreNode **child, void *data)
{
    const Unshare *u = data;
    CoreNode *node = *child;
    core_each_child(node, find_called, data);
    Version *v = node->kind == CORE_CALL_KNOWN ? pointer_map_find(u->by_copy, node->u.call.function) : NULL;
    if (!v || v->copy->scratch) return;
    v->copy->scratch = v;
    find_called(&v->copy->body, data);
}

static void drop_uncalled(Unshare *u)
{
    CoreProgram *p = u->program;
    int kept = 0;
    for (int i = 0; i < p->function_count; i++)
        if (!pointer_map_find(u->by_copy, p->functions[i])) find_called(&p->functions[i]->body, u);
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        Version *v = pointer_map_find(u->by_copy, f);
        if (v && !f->scratch) continue;
        f->scratch = NULL;
        p->functions[kept++] = f;
        if (v)
            remark(u->compiler, NULL, v->original, REMARK_SPECIALIZED,
                   "a copy of it for vectors that nobody else holds");
    }
    p->function_count = kept;
}

void pass_unshare(Compiler *c, CoreProgram *p)
{
    Unshare u = {.compiler = c, .program = p, .arena = arena_new()};
    u.is_changed = arena_alloc(u.arena, ((size_t)p->next_var_id + 1) * sizeof *u.is_changed);
    memset(u.is_changed, 0, ((size_t)p->next_var_id + 1) * sizeof *u.is_changed);
    u.by_original = pointer_map_new();
    u.by_copy = pointer_map_new();
    find_changes(&u);
    bool is_found = unique_find(p, NULL);
    if (is_found) make_copies(&u);
    unique_forget(p);
    for (u.grew = u.count > 0; u.grew;) {
        u.grew = false;
        is_found = unique_find(p, u.by_copy);
        give_up(&u, !is_found);
        unique_forget(p);
    }
    if (u.count > 0) drop_uncalled(&u);
    pointer_map_free(u.by_original);
    pointer_map_free(u.by_copy);
    arena_free(u.arena);
}
