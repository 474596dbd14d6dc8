/* Pass unpack (optional): a pair or vector of which only parts are read any more is taken apart at once.
 *
 * Requires and ensures STAGE_TAIL, after pass borrow.
 *
 *   (cons (f (car x)) (g (cdr x)))   becomes   (let a (car x) (let d (cdr x) (cons (f a) (g d))))
 *
 * Then x ends before the first call: pass rc lets a unique pair give its halves away without counting, its memory is used
 * again by what is made next, and f and g get what nobody else holds, so they can do the same.  Otherwise x would hold
 * both halves while f runs, f would find its argument shared, and a whole tree would be copied that could be changed in place.
 *
 * A read that comes first in an expression (nothing before it has an effect or may raise) proves what x is.  When every
 * later use of x lies in that expression and is a read that then cannot raise, all of them move there; and so does one that may raise
 * when nothing in between could be noticed, as where the fields of a record are read one after the other.  Nothing is gained
 * without a call, an allocation or a second owner between the reads.  Only variables are taken apart that nobody lends and
 * that are not late.
 *
 * A value may also be asked after a call that could have taken it over:
 *
 *   (let n (insert tree k) (if (car tree) ... n))   becomes   (let p (car tree) (let n (insert tree k) (if p ... n)))
 *
 * What is asked must not raise then, by the type of the variable, but for the case that it is nil.
 *
 * One walk per function against the order of evaluation: a trail has the later uses of all variables; those of the second
 * branch of an IF wait aside while the first one is walked.
 */
#include "passes.h"
#include "types_internal.h"

typedef struct UnpackVar { /* CoreVar.scratch while in scope */
    CoreVar *whole; /* of which it is a part */
    int try_depth;
    int last, oldest; /* indices of its newest and oldest use in the trail, -1: none */
    int whole_uses; /* how many of them are no reads */
} UnpackVar;

enum UseKind { USE_READ, USE_TEST, USE_WHOLE }; /* a part is read, nil or not, anything else */

typedef struct Use {
    CoreVar *var; /* NULL: replaced */
    enum UseKind kind;
    CoreNode *node; /* the read, or the variable as the test of an IF */
    int barriers, events_behind, events; /* that had been met; events without and with the read itself */
    int previous; /* use of the same variable, -1: none */
} Use;

/* An expression being walked. */
typedef struct Frame {
    struct Frame *outer; /* around it */
    bool is_first; /* nothing comes before it there that has an effect or may raise */
    CoreNode **slot;
    CoreNode *node; /* what is there, before anything was put in front of it */
    int begin; /* of the trail, at the end of the expression */
    Use *in_front; /* uses put in front of it: earlier than all in it, so they come on the trail when it is left */
    int in_front_count, in_front_capacity;
} Frame;

typedef struct Unpack {
    CoreProgram *program;
    Arena *arena;
    Use *trail;
    int count, capacity;
    int barriers; /* calls and allocations met */
    int events; /* met: what has an effect or may raise, and where branches begin and end */
    int try_depth;
    bool has_changed;
    CoreVar **aliases;
    int alias_count, alias_capacity;
} Unpack;

static void visit(Unpack *u, CoreNode **slot, Frame *outer, bool is_first);

static UnpackVar *state_of(const CoreVar *var) { return var->scratch; }

/* ---- reads ------------------------------------------------------------------------------------------------------ */

/* (car x), (cdr x) or (vector-ref x CONSTANT) */
static bool is_read(const CoreNode *node)
{
    if (node->kind != CORE_PRIM) return false;
    bool is_half = node->u.call.primitive == PRIM_car || node->u.call.primitive == PRIM_cdr;
    if (!is_half && node->u.call.primitive != PRIM_vector_ref) return false;
    if (is_half || node->u.call.args[0]->kind != CORE_LOCAL) return node->u.call.args[0]->kind == CORE_LOCAL;
    const CoreNode *index = node->u.call.args[1];
    return core_is_int(index) && index->u.constant.data >= 0;
}

static bool is_vector_read(const CoreNode *read) { return read->u.call.primitive == PRIM_vector_ref; }

static int64_t index_of(const CoreNode *read)
{
    if (is_vector_read(read)) return read->u.call.args[1]->u.constant.data;
    return read->u.call.primitive == PRIM_cdr;
}

/* The last index that can be read when the read with this one did not raise. */
static int64_t last_index(const CoreNode *read)
{
    if (!is_vector_read(read)) return 1;
    int64_t length = type_least_length(read->u.call.args[0]->type);
    return length > index_of(read) ? length - 1 : index_of(read);
}

static bool cannot_raise(const CoreNode *read)
{
    const CoreType *type = read->u.call.args[0]->type;
    if (!is_vector_read(read)) return type_is(type, TAG_BIT(RT_CONS));
    return type_is(type, TAGS_VECTOR) && index_of(read) < type_least_length(type);
}

/* ---- the trail -------------------------------------------------------------------------------------------------- */

static void push_use(Unpack *u, Use use)
{
    UnpackVar *state = state_of(use.var);
    use.previous = state->last;
    if (state->last < 0) state->oldest = u->count;
    state->last = u->count;
    if (use.kind == USE_WHOLE) state->whole_uses++;
    ARENA_PUSH(u->arena, u->trail, u->count, u->capacity, use);
}

static void note_use(Unpack *u, CoreVar *var, enum UseKind kind, CoreNode *node)
{
    int behind = u->events;
    if (kind == USE_READ && !cannot_raise(node)) u->events++;
    if (!state_of(var)) return;
    push_use(u, (Use){.var = var,
                      .kind = kind,
                      .node = node,
                      .barriers = u->barriers,
                      .events_behind = behind,
                      .events = u->events});
}

static void note_in_front(Unpack *u, Frame *region, CoreVar *var, enum UseKind kind, CoreNode *node)
{
    Use use = {.var = var, .kind = kind, .node = node};
    ARENA_PUSH(u->arena, region->in_front, region->in_front_count, region->in_front_capacity, use);
}

/* Takes the uses from `begin` on off the trail; gives those of variables that are in scope still, oldest first. */
static Use *take_uses(Unpack *u, int begin, int *count)
{
    Use *taken = arena_alloc(u->arena, ((size_t)(u->count - begin) + 1) * sizeof *taken);
    int kept = u->count - begin;
    *count = 0;
    for (int i = u->count - 1; i >= begin; i--) {
        Use use = u->trail[i];
        if (!use.var || !state_of(use.var)) continue;
        UnpackVar *state = state_of(use.var);
        state->last = use.previous;
        if (use.kind == USE_WHOLE) state->whole_uses--;
        taken[--kept] = use;
        ++*count;
    }
    u->count = begin;
    return taken + kept;
}

/* ---- taking apart ----------------------------------------------------------------------------------------------- */

static bool is_lent(const CoreVar *var)
{
    for (; var; var = state_of(var)->whole)
        if (!state_of(var) || var->is_borrowed) return true;
    return false;
}

/* The smallest expression in which the read comes first and which has all later uses of the variable, or NULL. */
static Frame *find_region(const UnpackVar *state, Frame *frame)
{
    while (state->oldest < frame->begin) {
        if (!frame->is_first) return NULL;
        frame = frame->outer;
    }
    return frame;
}

/* Are all later uses reads that succeed when this one does, and does it pay to have them now? */
static bool is_worthwhile(const Unpack *u, const CoreNode *read, const UnpackVar *state, bool is_bound)
{
    bool pays = !is_bound && !type_is_immediate(read->type), follows = true;
    int events = u->events;
    if (state->whole_uses) return false;
    for (int i = state->last; i >= 0; i = u->trail[i].previous) {
        const CoreNode *later = u->trail[i].node;
        if (u->trail[i].kind != USE_READ || is_vector_read(later) != is_vector_read(read)) return false;
        follows &= u->trail[i].events == events;
        events = u->trail[i].events_behind;
        if (!follows && index_of(later) > last_index(read)) return false;
        pays |= u->trail[i].barriers != u->barriers;
    }
    return pays;
}

typedef struct Part {
    int64_t index;
    CoreVar *var;
    CoreNode *read;
} Part;

static Part *find_part_of(Part *parts, int count, int64_t index)
{
    for (int i = 0; i < count; i++)
        if (parts[i].index == index) return &parts[i];
    return NULL;
}

static CoreVar *part_name(Unpack *u, const CoreNode *read)
{
    CoreVar *var = core_var(u->program, "part");
    const CoreType *whole = read->u.call.args[0]->type;
    if (!whole) return var;
    CoreType types[2] = {*whole, type_int(index_of(read), index_of(read))};
    uint32_t fitting = is_vector_read(read) ? TAGS_VECTOR : TAG_BIT(RT_CONS);
    types[0] = type_keep_tags(types[0], fitting);
    CoreType type = type_of_prim(u->program->arena, read->u.call.primitive, types, read->u.call.count);
    var->type = type_copy(u->program->arena, type);
    var->is_unboxed = type_is_immediate(var->type);
    return var;
}

/* The variable for what the read gives; `first`: the read that proves what the whole is. */
static CoreVar *part_of(Unpack *u, Part **parts, int *count, int *capacity, const CoreNode *first, CoreNode *read)
{
    int64_t index = index_of(read);
    const Part *found = find_part_of(*parts, *count, index);
    if (found) return found->var;
    CoreNode **args = arena_alloc(u->program->arena, 2 * sizeof *args);
    for (int i = 0; i < read->u.call.count; i++) {
        args[i] = arena_alloc(u->program->arena, sizeof **args);
        *args[i] = *read->u.call.args[i];
    }
    args[0]->type = first->u.call.args[0]->type;
    CoreNode *copy = core_prim(u->program, read->place, read->u.call.primitive, read->u.call.count, args);
    Part part = {index, part_name(u, copy), copy};
    copy->type = part.var->type;
    ARENA_PUSH(u->arena, *parts, *count, *capacity, part);
    return part.var;
}

static void become_local(CoreNode *read, CoreVar *part)
{
    read->kind = CORE_LOCAL;
    read->use = USE_NONE;
    read->u.local = part;
}

static void take_apart(Unpack *u, CoreNode *read, Frame *region)
{
    CoreVar *var = read->u.call.args[0]->u.local;
    UnpackVar *state = state_of(var);
    Part *parts = NULL;
    int count = 0, capacity = 0;
    CoreNode first = *read;
    become_local(read, part_of(u, &parts, &count, &capacity, &first, read));
    for (int i = state->last; i >= 0;) {
        Use *use = &u->trail[i];
        i = use->previous;
        become_local(use->node, part_of(u, &parts, &count, &capacity, &first, use->node));
        use->var = NULL;
    }
    state->last = -1;
    u->has_changed = true;
    CoreNode *body = *region->slot;
    for (int i = count - 1; i >= 0; i--) {
        body = core_let(u->program, first.place, parts[i].var, parts[i].read, body);
        note_in_front(u, region, var, USE_READ, parts[i].read);
    }
    *region->slot = body;
}

/* A LET in front of the region that reads a part of the same whole without asking whether it can, if possible that part; or NULL. */
static CoreNode *read_in_front(const Frame *region, const CoreNode *read)
{
    CoreNode *found = NULL;
    for (CoreNode *node = *region->slot; node != region->node && node->kind == CORE_LET; node = node->u.let.body) {
        const CoreNode *init = node->u.let.init;
        if (!is_read(init) || !core_is_var(init->u.call.args[0], read->u.call.args[0]->u.local)) continue;
        if (is_vector_read(init) != is_vector_read(read) || index_of(read) > last_index(init)) continue;
        if (!found || index_of(init) == index_of(read)) found = node;
    }
    return found;
}

/* What a later read took apart in front of all this: then this part is read there, too. */
static bool join_front(Unpack *u, CoreNode *read, Frame *frame)
{
    CoreNode *front = NULL;
    for (; frame; frame = frame->outer)
        if (frame->in_front_count && (front = read_in_front(frame, read))) break;
    if (!front) return false;
    const CoreNode *first = front->u.let.init;
    if (index_of(first) == index_of(read)) {
        become_local(read, front->u.let.var);
        return true;
    }
    Part *parts = NULL;
    int count = 0, capacity = 0;
    CoreVar *whole = read->u.call.args[0]->u.local;
    become_local(read, part_of(u, &parts, &count, &capacity, first, read));
    front->u.let.body = core_let(u->program, first->place, parts[0].var, parts[0].read, front->u.let.body);
    note_in_front(u, frame, whole, USE_READ, parts[0].read);
    return true;
}

/* ---- asking before a call ---------------------------------------------------------------------------------------- */

/* The type of what is not nil, when all that may be asked of that is known to succeed; else false. */
static bool asked_type(const CoreVar *var, CoreType *type)
{
    uint32_t nil = TAG_BIT(RT_NIL);
    if (!var->type || !(type_is(var->type, nil | TAG_BIT(RT_CONS)) || type_is(var->type, nil | TAGS_VECTOR)))
        return false;
    *type = type_keep_tags(*var->type, ~nil);
    return type->tags;
}

static bool can_ask_before(const Unpack *u, const CoreVar *var, const CoreType *type)
{
    const UnpackVar *state = state_of(var);
    if (!state || state->last < 0 || state->whole_uses || state->try_depth != u->try_depth || is_lent(var))
        return false;
    for (int i = state->last; i >= 0; i = u->trail[i].previous) {
        const Use *use = &u->trail[i];
        if (use->kind == USE_TEST) continue;
        bool fits = is_vector_read(use->node) ? type_is(type, TAGS_VECTOR) && index_of(use->node) < type->length
                                              : type_is(type, TAG_BIT(RT_CONS));
        if (!fits) return false;
    }
    return true;
}

/* (let v (if x then nil) body) */
static CoreNode *guarded(Unpack *u, Frame *region, CoreVar *x, CoreVar *v, CoreNode *then, CoreNode *body)
{
    CoreProgram *p = u->program;
    CoreType nil = type_tags(TAG_BIT(RT_NIL)), type = then->type ? *then->type : type_of_constant(p->arena, rt_true());
    CoreNode *test = core_local(p, then->place, x);
    test->type = x->type;
    CoreNode *node = core_if(p, then->place, test, then, core_const(p, then->place, rt_nil()));
    v->type = node->type = type_copy(p->arena, type_join(p->arena, &nil, &type));
    v->is_unboxed = type_is_immediate(v->type);
    note_in_front(u, region, x, USE_TEST, test);
    return core_let(p, then->place, v, node, body);
}

/* All later uses of the variable now, before the region. */
static void ask_now(Unpack *u, CoreVar *x, const CoreType *type, Frame *region)
{
    UnpackVar *state = state_of(x);
    Part *parts = NULL;
    int count = 0, capacity = 0;
    CoreVar *is_there = NULL;
    for (int i = state->last; i >= 0;) {
        Use *use = &u->trail[i];
        i = use->previous;
        use->var = NULL;
        if (use->kind == USE_TEST) {
            if (!is_there) is_there = core_var(u->program, "there");
            use->node->u.local = is_there;
            use->node->type = type_copy(u->program->arena, type_tags(TAG_BIT(RT_NIL) | TAG_BIT(RT_BOOL)));
            continue;
        }
        use->node->u.call.args[0]->type = type;
        CoreNode first = *use->node;
        become_local(use->node, part_of(u, &parts, &count, &capacity, &first, use->node));
    }
    state->last = -1;
    u->has_changed = true;
    CoreNode *body = *region->slot;
    for (int i = count - 1; i >= 0; i--) {
        note_in_front(u, region, x, USE_READ, parts[i].read);
        body = guarded(u, region, x, parts[i].var, parts[i].read, body);
    }
    if (is_there) body = guarded(u, region, x, is_there, core_const(u->program, body->place, rt_true()), body);
    *region->slot = body;
}

/* The call could take over what is only looked at after it. */
static void ask_before_call(Unpack *u, const CoreNode *call, Frame *frame)
{
    for (int i = 0; i < call->u.call.count; i++) {
        const CoreNode *operand = call->u.call.args[i];
        CoreType type;
        if (operand->kind != CORE_LOCAL || core_borrows(call, i)) continue;
        CoreVar *var = operand->u.local;
        if (!asked_type(var, &type) || !can_ask_before(u, var, &type)) continue;
        Frame *region = frame;
        while (state_of(var)->oldest < region->begin) region = region->outer;
        ask_now(u, var, type_copy(u->program->arena, type), region);
    }
}

/* ---- the walk --------------------------------------------------------------------------------------------------- */

/* Can it be noticed when the operation itself is done? */
static bool is_noticed(const CoreNode *prim)
{
    const PrimInfo *info = &primitives[prim->u.call.primitive];
    return info->has_effect || (prim_takes_place(info) && !(is_read(prim) && cannot_raise(prim)));
}

/* Evaluated later than what comes behind it, it would do the same. */
static bool is_transparent(const CoreNode *node)
{
    if (core_is_atom(node)) return true;
    if (node->kind != CORE_PRIM || is_noticed(node)) return false;
    for (int i = 0; i < node->u.call.count; i++)
        if (!is_transparent(node->u.call.args[i])) return false;
    return true;
}

static void visit_args(Unpack *u, CoreNode *node, Frame *frame, bool is_first)
{
    CoreNode **args = node->u.call.args;
    int leading = 0;
    while (leading < node->u.call.count && is_transparent(args[leading])) leading++;
    for (int i = node->u.call.count - 1; i >= 0; i--) visit(u, &args[i], frame, is_first && i <= leading);
}

static void visit_read(Unpack *u, CoreNode *read, Frame *frame)
{
    CoreVar *var = read->u.call.args[0]->u.local;
    UnpackVar *state = state_of(var);
    bool is_bound = frame->outer && frame->outer->node->kind == CORE_LET && frame->outer->node->u.let.init == read;
    if (state && join_front(u, read, frame)) return;
    if (state && state->last >= 0 && state->try_depth == u->try_depth && !is_lent(var)) {
        Frame *region = find_region(state, frame);
        if (region && is_worthwhile(u, read, state, is_bound)) {
            take_apart(u, read, region);
            return;
        }
    }
    note_use(u, var, USE_READ, read);
}

static bool is_barrier(const CoreNode *node)
{
    const PrimInfo *info = &primitives[node->u.call.primitive];
    bool makes_object = info->result == RESULT_CONS || info->result == RESULT_VECTOR || info->result == RESULT_STRING;
    return makes_object || info->result == RESULT_ANY || info->has_effect;
}

static void visit_prim(Unpack *u, CoreNode *node, Frame *frame)
{
    if (is_read(node)) return visit_read(u, node, frame);
    if (!core_gives_part(node) && is_barrier(node)) u->barriers++;
    if (is_noticed(node)) u->events++;
    visit_args(u, node, frame, true);
}

static void bind(Unpack *u, CoreVar *var, CoreVar *whole)
{
    UnpackVar *state = arena_alloc(u->arena, sizeof *state);
    *state = (UnpackVar){.whole = whole, .try_depth = u->try_depth, .last = -1};
    var->scratch = state;
}

static void visit_let(Unpack *u, CoreNode *node, Frame *frame)
{
    CoreVar *var = node->u.let.var;
    if (!var->is_unboxed && !var->is_late) bind(u, var, core_whole_of(node->u.let.init));
    visit(u, &node->u.let.body, frame, false);
    var->scratch = NULL;
    visit(u, &node->u.let.init, frame, true);
}

static bool ends_in_test(const CoreNode *node)
{
    while (node->kind == CORE_LET) node = node->u.let.body;
    return node->kind == CORE_IF;
}

/* The uses of the branch that is walked first wait aside, hence not those of a chain of tests again at each of them. */
static void visit_if(Unpack *u, CoreNode *node, Frame *frame)
{
    int begin = u->count, waiting;
    CoreNode **first = &node->u.branch.otherwise, **second = &node->u.branch.then;
    if (ends_in_test(*first) && !ends_in_test(*second)) first = second, second = &node->u.branch.otherwise;
    visit(u, first, frame, false);
    Use *uses = take_uses(u, begin, &waiting);
    u->events++;
    visit(u, second, frame, false);
    u->events++;
    for (int i = 0; i < waiting; i++) push_use(u, uses[i]);
    CoreNode *test = node->u.branch.test;
    if (test->kind == CORE_LOCAL) note_use(u, test->u.local, USE_TEST, test);
    else visit(u, &node->u.branch.test, frame, true);
}

static void visit_try(Unpack *u, CoreNode *node, Frame *frame)
{
    u->try_depth++;
    u->events++;
    bind(u, node->u.try_.error, NULL);
    visit(u, &node->u.try_.handler, frame, false);
    node->u.try_.error->scratch = NULL;
    u->events++;
    visit(u, &node->u.try_.body, frame, false);
    u->events++;
    u->try_depth--;
}

static void visit_node(Unpack *u, CoreNode *node, Frame *frame)
{
    switch ((enum CoreKind)node->kind) {
    case CORE_LOCAL: note_use(u, node->u.local, USE_WHOLE, node); return;
    case CORE_DEFINE:
        u->events++;
        visit(u, &node->u.define.value, frame, true);
        return;
    case CORE_LET: visit_let(u, node, frame); return;
    case CORE_IF: visit_if(u, node, frame); return;
    case CORE_PRIM: visit_prim(u, node, frame); return;
    case CORE_SEQ:
    case CORE_CLOSURE: visit_args(u, node, frame, true); return;
    case CORE_CALL_KNOWN:
        u->barriers++;
        u->events++;
        ask_before_call(u, node, frame);
        visit_args(u, node, frame, true);
        return;
    case CORE_CALL:
    case CORE_APPLY: {
        u->barriers++;
        u->events++;
        bool is_first_callee = !is_transparent(node->u.call.callee);
        visit_args(u, node, frame, !is_first_callee);
        return visit(u, &node->u.call.callee, frame, is_first_callee);
    }
    case CORE_TRY: visit_try(u, node, frame); return;
    case CORE_GLOBAL: u->events++; return;
    case CORE_CONST:
    case CORE_FUNCTION:
    case CORE_LAMBDA:
    case CORE_FIX:
    case CORE_DROP: return;
    }
}

static void visit(Unpack *u, CoreNode **slot, Frame *outer, bool is_first)
{
    Frame frame = {.outer = outer, .is_first = is_first, .slot = slot, .node = *slot, .begin = u->count};
    visit_node(u, *slot, &frame);
    for (int i = 0; i < frame.in_front_count; i++)
        note_use(u, frame.in_front[i].var, frame.in_front[i].kind, frame.in_front[i].node);
}

/* ---- names for names --------------------------------------------------------------------------------------------- */

/* (let k v body): k is v.  Scratch of k is v then. */
static void replace_alias(CoreNode **child, void *data)
{
    for (CoreNode *node; (node = *child)->kind == CORE_LET && node->u.let.init->kind == CORE_LOCAL;) {
        CoreVar *var = node->u.let.init->u.local;
        node->u.let.var->scratch = var->scratch ? var->scratch : var;
        *child = node->u.let.body;
        ARENA_PUSH(((Unpack *)data)->arena, ((Unpack *)data)->aliases, ((Unpack *)data)->alias_count,
                   ((Unpack *)data)->alias_capacity, node->u.let.var);
    }
    if ((*child)->kind == CORE_LOCAL && (*child)->u.local->scratch) (*child)->u.local = (*child)->u.local->scratch;
    core_each_child(*child, replace_alias, data);
}

/* True if something was taken apart. */
static bool unpack_once(Unpack *u, CoreFunction *f)
{
    int count = core_param_count(f);
    for (int i = 0; i < count; i++) {
        CoreVar *param = core_param(f, i);
        bool is_owned = !param->is_borrowed && !param->is_unboxed && !param->is_hole;
        if (is_owned && !param->is_late) bind(u, param, NULL);
    }
    visit(u, &f->body, NULL, false);
    for (int i = 0; i < count; i++) core_param(f, i)->scratch = NULL;
    u->count = 0;
    if (!u->has_changed) return false;
    u->has_changed = false;
    replace_alias(&f->body, u);
    while (u->alias_count) u->aliases[--u->alias_count]->scratch = NULL;
    return true;
}

/* Of (car (cdr x)), x is taken apart first, and then its cdr, which has a name since. */
static void unpack_function(Unpack *u, CoreFunction *f)
{
    enum { LEVELS_MAX = 4 };
    for (int i = 0; i < LEVELS_MAX && unpack_once(u, f); i++) {
    }
}

void pass_unpack(Compiler *c, CoreProgram *p)
{
    (void)c;
    Unpack u = {.program = p, .arena = arena_new()};
    for (int i = 0; i < p->function_count; i++) unpack_function(&u, p->functions[i]);
    arena_free(u.arena);
}
