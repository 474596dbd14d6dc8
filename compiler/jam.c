/* Pass jam (for speed): several turns of a loop around a loop that adds up floats run side by side (unroll and jam).
 *
 * Requires and ensures STAGE_TAIL.
 *
 *     (outer i out):  (if (= i n) out (outer (+ i 1) (vector-set out i (inner 0 0.0 (vector-ref v i)))))
 *     (inner k sum x): (if (= k m) sum (inner (+ k 1) (+ sum (f k x)) x))
 *
 * Sums of floats are added in the order in which they are written, and each addition waits for the one before it.  Sums of several
 * turns do not wait for each other, and share what does not depend on the turn: products of matrices, convolutions, polynomials and the
 * like take a half of the time or less.  So the outer loop gets a second way through its body:
 *
 *     (outer i out):   (let sums (ahead i) (if sums ...four turns, with (vector-ref sums 0) for the call of inner...  ...as above...))
 *     (ahead i):       (try ...the four arguments... (inner-4 0 0.0 0.0 0.0 0.0 x0 x1 x2 x3) (error nil))
 *     (inner-4 k ...): (if (= k m) (vector sum0 sum1 sum2 sum3) (inner-4 (+ k 1) (+ sum0 (f k x0)) ...))
 *
 * What runs ahead only computes: it has no effects, values never change, and the loops are counted.  It gives nil, and the turn runs as it
 * was written, when fewer than four turns are left, when the inner loops are short or do not turn equally often, and on an
 * error, which is then raised where and when it should be.  Other operations in the turn stay where they are.
 *
 * Left alone are inner loops that call or make something, or that have tests which depend on the turn; and outer loops that may end
 * behind the inner one, as sums might be wasted.  Only chains of floats gain; sums of ints take one cycle an addition.
 * A loop must have JAM_TURNS_MIN turns (jam_write.c), as a vector is made for the sums.
 */
#include "jam_internal.h"
#include "remarks.h"
#include "types.h"

enum { INNER_SIZE_MAX = 60, OUTER_SIZE_MAX = 120, STEP_MAX = 1 << 20 };

/* ---- loops that only compute ------------------------------------------------------------------------------------------- */

/* Does it take few cycles?  What takes more than an addition of floats is the longest of all that waits, or keeps a unit busy. */
static bool is_quick(const CoreNode *prim)
{
    switch (prim->u.call.primitive) {
    case PRIM_add:
    case PRIM_sub:
    case PRIM_mul:
    case PRIM_neg:
    case PRIM_abs:
    case PRIM_min:
    case PRIM_max:
    case PRIM_num_eq:
    case PRIM_lt:
    case PRIM_gt:
    case PRIM_lte:
    case PRIM_gte:
    case PRIM_inexact:
    case PRIM_check_vector:
    case PRIM_vector_length: return true;
    default: return core_gives_part(prim) || prim_tests_tags(prim->u.call.primitive, &(uint32_t){0});
    }
}

bool jam_is_plain(const CoreProgram *p, const CoreNode *node)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST:
    case CORE_LOCAL:
    case CORE_FUNCTION: return true;
    case CORE_GLOBAL: return core_is_lent_global(p, node);
    case CORE_LET: return jam_is_plain(p, node->u.let.init) && jam_is_plain(p, node->u.let.body);
    case CORE_IF:
        return jam_is_plain(p, node->u.branch.test) && jam_is_plain(p, node->u.branch.then) &&
               jam_is_plain(p, node->u.branch.otherwise);
    case CORE_PRIM:
        for (int i = 0; i < node->u.call.count; i++)
            if (!jam_is_plain(p, node->u.call.args[i])) return false;
        return is_quick(node);
    default: return false;
    }
}

static bool is_self_call(const CoreFunction *f, const CoreNode *node)
{
    return node->kind == CORE_CALL_KNOWN && node->tail && node->u.call.function == f;
}

/* Is everything plain but for one call of itself, at the end? */
static bool is_plain_loop(Reduction *r, CoreNode *node)
{
    const CoreProgram *p = r->program;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: return jam_is_plain(p, node->u.let.init) && is_plain_loop(r, node->u.let.body);
    case CORE_IF:
        return jam_is_plain(p, node->u.branch.test) && is_plain_loop(r, node->u.branch.then) &&
               is_plain_loop(r, node->u.branch.otherwise);
    case CORE_CALL_KNOWN:
        if (!is_self_call(r->function, node) || r->turn) return false;
        r->turn = node;
        for (int i = 0; i < node->u.call.count; i++)
            if (!jam_is_plain(p, node->u.call.args[i])) return false;
        return true;
    default: return jam_is_plain(p, node);
    }
}

/* Has it the same value in all turns: constants and parameters that are passed on? */
static bool is_invariant(const Reduction *r, const CoreNode *node)
{
    if (node->kind == CORE_CONST) return true;
    int param = core_param_of(r->function, node);
    if (param >= 0) return core_is_var(r->turn->u.call.args[param], node->u.local);
    if (node->kind != CORE_PRIM) return false;
    for (int i = 0; i < node->u.call.count; i++)
        if (!is_invariant(r, node->u.call.args[i])) return false;
    return true;
}

/* What a variable of a LET is bound to (core_note_inits). */
static const CoreNode *bound_to(const CoreNode *node)
{
    bool is_bound = node->kind == CORE_LOCAL && node->u.local->scratch;
    return is_bound ? node->u.local->scratch : node;
}

/* What a turn adds to the parameter, or 0. */
static int64_t step_of(const Reduction *r, int param)
{
    const CoreNode *next = bound_to(r->turn->u.call.args[param]);
    bool adds = core_is_prim(next, PRIM_add);
    if (!adds && !core_is_prim(next, PRIM_sub)) return 0;
    const CoreNode *step = next->u.call.args[1];
    if (!core_is_var(next->u.call.args[0], core_param(r->function, param)) || !core_is_int(step)) return 0;
    int64_t by = step->u.constant.data;
    return by < -STEP_MAX || by > STEP_MAX ? 0 : adds ? by : -by;
}

static bool is_counting(Reduction *r, const CoreNode *test)
{
    enum Relation relation;
    if (test->kind != CORE_PRIM || !prim_relation(test->u.call.primitive, &relation)) return false;
    for (r->limit = 0; r->limit < 2; r->limit++) {
        r->counter = core_param_of(r->function, test->u.call.args[1 - r->limit]);
        if (r->counter < 0 || !is_invariant(r, test->u.call.args[r->limit])) continue;
        r->step = step_of(r, r->counter);
        if (r->step) return true;
    }
    return false;
}

static bool find_test(Reduction *r)
{
    const CoreNode *node = r->function->body;
    while (node != r->turn) {
        if (node->kind == CORE_LET) {
            node = node->u.let.body;
            continue;
        }
        r->test = node->u.branch.test;
        if (is_counting(r, r->test)) return true;
        bool goes_on = jam_contains(node->u.branch.then, r->turn);
        node = goes_on ? node->u.branch.then : node->u.branch.otherwise;
    }
    return false;
}

/* Is a float of one turn computed from that of the turn before? */
static bool has_chain(const Reduction *r)
{
    for (int i = 0; i < r->turn->u.call.count; i++) {
        const CoreVar *var = core_param(r->function, i);
        const CoreNode *next = r->turn->u.call.args[i];
        if (type_is_float(var->type) && bound_to(next)->kind != CORE_LOCAL) return true;
    }
    return false;
}

static bool is_reduction(Reduction *r)
{
    CoreFunction *f = r->function;
    if (!f->self_tail_calls || core_size(f->body) > INNER_SIZE_MAX) return false;
    if (!is_plain_loop(r, f->body) || !r->turn) return false;
    core_note_inits(f->body);
    bool is_found = find_test(r) && has_chain(r);
    core_forget_inits(f->body);
    return is_found;
}

/* ---- loops around them ------------------------------------------------------------------------------------------------- */

typedef struct Search {
    const CoreNode *part;
    const CoreFunction *function;
    CoreNode **found;
    int count;
} Search;

static void search(CoreNode **child, void *data)
{
    Search *s = data;
    const CoreNode *node = *child;
    if (node == s->part) s->count++;
    core_each_child(*child, search, s);
    if (node->kind != CORE_CALL_KNOWN || node->u.call.function != s->function) return;
    s->count++;
    if (!s->found) s->found = child;
}

bool jam_contains(const CoreNode *node, const CoreNode *part)
{
    Search s = {.part = part};
    search((CoreNode **)(uintptr_t)&node, &s);
    return s.count > 0;
}

CoreNode **jam_find_call(CoreNode **child, const CoreFunction *function)
{
    Search s = {.function = function};
    search(child, &s);
    return s.found;
}

/* The first call of a loop that only computes, other than the function itself. */
static void find_inner(CoreNode **child, void *data)
{
    Jam *jam = data;
    core_each_child(*child, find_inner, jam);
    const CoreNode *node = *child;
    if (jam->call || node->kind != CORE_CALL_KNOWN || node->u.call.function == jam->outer) return;
    jam->inner = node->u.call.function->scratch;
    if (jam->inner) jam->call = node;
}

static bool is_loop_around(Jam *jam)
{
    CoreFunction *f = jam->outer;
    if (!f->self_tail_calls || core_size(f->body) > OUTER_SIZE_MAX) return false;
    find_inner(&f->body, jam);
    if (!jam->call) return false;
    Search s = {.function = f};
    search(&f->body, &s);
    jam->turn = *s.found;
    return s.count == 1 && jam->turn->tail;
}

static void find_reduction(CoreProgram *p, CoreFunction *f)
{
    Reduction r = {.program = p, .function = f};
    if (!is_reduction(&r)) return;
    Reduction *kept = arena_alloc(p->arena, sizeof *kept);
    *kept = r;
    f->scratch = kept;
}

void pass_jam(Compiler *c, CoreProgram *p)
{
    int count = p->function_count;
    bool any = false;
    for (int i = 0; i < count; i++) find_reduction(p, p->functions[i]);
    for (int i = 0; i < count; i++) {
        Jam jam = {.program = p, .outer = p->functions[i]};
        if (!is_loop_around(&jam) || !jam_write(&jam)) continue;
        remark(c, jam.call->place, jam.outer, REMARK_FAST, "the loop runs for %d turns side by side", JAM_COPIES);
        any = true;
    }
    for (int i = 0; i < p->function_count; i++) p->functions[i]->scratch = NULL;
    if (!any) return;
    tail_mark_calls(p);
    pass_types(c, p); /* of what was added */
}
