/* Pass jam: writing the turns side by side: what runs ahead, and the outer loop's second way. */
#include "jam_internal.h"
#include "types.h"

enum { JAM_TURNS_MIN = 20 }; /* of the inner loop */

Copies *jam_copies_of(Writer *w, CoreVar *var)
{
    if (var->scratch) return var->scratch;
    Copies *copies = arena_alloc(w->program->arena, sizeof *copies);
    *copies = (Copies){.varies = false};
    var->scratch = copies;
    ARENA_PUSH(w->program->arena, w->touched, w->touched_count, w->touched_capacity, var);
    return copies;
}

static void forget(Writer *w)
{
    while (w->touched_count) w->touched[--w->touched_count]->scratch = NULL;
}

CoreNode *jam_copy_plain(Writer *w, const CoreNode *node, int copy)
{
    CoreProgram *p = w->program;
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: return core_const(p, node->place, node->u.constant);
    case CORE_LOCAL: return core_local(p, node->place, ((Copies *)node->u.local->scratch)->vars[copy]);
    case CORE_FUNCTION: return core_function_ref(p, node->place, node->u.function);
    case CORE_GLOBAL: return core_global(p, node->place, node->u.global);
    case CORE_LET: {
        CoreNode *init = jam_copy_plain(w, node->u.let.init, copy);
        CoreVar *var = core_var(p, node->u.let.var->name);
        jam_copies_of(w, node->u.let.var)->vars[copy] = var;
        CoreNode *body = jam_copy_plain(w, node->u.let.body, copy);
        node->u.let.var->scratch = NULL; /* bound in here only */
        return core_let(p, node->place, var, init, body);
    }
    case CORE_IF: {
        CoreNode *test = jam_copy_plain(w, node->u.branch.test, copy),
                 *then = jam_copy_plain(w, node->u.branch.then, copy);
        return core_if(p, node->place, test, then, jam_copy_plain(w, node->u.branch.otherwise, copy));
    }
    default: {
        int count = node->u.call.count;
        CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
        for (int i = 0; i < count; i++) args[i] = jam_copy_plain(w, node->u.call.args[i], copy);
        return core_prim(p, node->place, node->u.call.primitive, count, args);
    }
    }
}

void jam_write_let(Writer *w, const RtPlace *at, CoreVar *var, CoreNode *init)
{
    *w->place = core_let(w->program, at, var, init, NULL);
    w->place = &(*w->place)->u.let.body;
}

static CoreNode *prim(CoreProgram *p, int primitive, CoreNode *a, CoreNode *b)
{
    CoreNode **args = arena_alloc(p->arena, 2 * sizeof *args);
    args[0] = a;
    args[1] = b;
    return core_prim(p, NULL, primitive, 2, args);
}

CoreNode *jam_copy_atom(Writer *w, const CoreNode *atom)
{
    return atom->kind == CORE_LOCAL ? core_local(w->program, NULL, atom->u.local)
                                    : core_const(w->program, NULL, atom->u.constant);
}

CoreFunction *jam_function(CoreProgram *p, const CoreFunction *model, int most_params)
{
    CoreFunction *f = core_function(p, model->name, model->place);
    f->is_library = model->is_library;
    f->is_global = model->is_global;
    f->params = arena_alloc(p->arena, ((size_t)most_params + 1) * sizeof *f->params);
    return f;
}

/* ---- what runs ahead --------------------------------------------------------------------------------------------------- */

typedef struct Look {
    bool is_known, is_as_at_first;
} Look;

static void look(CoreNode **child, void *data)
{
    Look *l = data;
    const CoreNode *node = *child;
    core_each_child(*child, look, l);
    if (node->kind != CORE_LOCAL || !node->u.local->scratch) return; /* bound in the expression */
    const Copies *copies = node->u.local->scratch;
    l->is_known &= copies->vars[THIS_TURN] != NULL;
    l->is_as_at_first &= copies->vars[THIS_TURN] == copies->vars[FIRST_TURN];
}

/* Items that are forgotten are not read again, ahead either. */
static const CoreNode *without_forget(const CoreNode *node)
{
    while (core_is_prim(node, PRIM_forget)) node = node->u.call.args[0];
    return node;
}

/* The value in this turn as an atom, written before what comes next; NULL: it cannot be known ahead. */
static CoreNode *write_ahead(Writer *w, const CoreNode *node, const CoreNode *at_first, const char *name)
{
    node = without_forget(node);
    Look l = {true, true};
    if (!jam_is_plain(w->program, node)) return NULL;
    look((CoreNode **)(uintptr_t)&node, &l);
    if (!l.is_known) return NULL;
    if (core_is_local_or_const(node)) return jam_copy_plain(w, node, THIS_TURN);
    if (l.is_as_at_first && at_first) return jam_copy_atom(w, at_first);
    CoreVar *var = core_var(w->program, name);
    jam_write_let(w, node->place, var, jam_copy_plain(w, node, THIS_TURN));
    return core_local(w->program, node->place, var);
}

static void set_copy(Copies *copies, CoreVar *var, int turn)
{
    copies->vars[THIS_TURN] = var;
    if (turn == 0) copies->vars[FIRST_TURN] = var;
}

static void bind_ahead(Writer *w, const CoreNode *let, int turn)
{
    Copies *copies = jam_copies_of(w, let->u.let.var);
    CoreVar *first = turn > 0 ? copies->vars[FIRST_TURN] : NULL;
    CoreNode *at_first = first ? core_local(w->program, NULL, first) : NULL;
    CoreNode *value = write_ahead(w, let->u.let.init, at_first, let->u.let.var->name);
    if (value && value->kind == CORE_CONST) { /* variables stand for variables */
        CoreVar *var = core_var(w->program, let->u.let.var->name);
        jam_write_let(w, let->place, var, value);
        value = core_local(w->program, let->place, var);
    }
    set_copy(copies, value ? value->u.local : NULL, turn);
}

/* (if test go-on nil), or the other way round */
static bool follow_branch(Writer *w, const CoreNode *node, bool is_then)
{
    Look l = {true, true};
    if (!jam_is_plain(w->program, node->u.branch.test)) return false;
    look((CoreNode **)(uintptr_t)&node->u.branch.test, &l);
    if (!l.is_known) return false;
    CoreProgram *p = w->program;
    CoreNode *test = jam_copy_plain(w, node->u.branch.test, THIS_TURN), *none = core_const(p, node->place, rt_nil());
    *w->place = core_if(p, node->place, test, is_then ? NULL : none, is_then ? none : NULL);
    w->place = is_then ? &(*w->place)->u.branch.then : &(*w->place)->u.branch.otherwise;
    return true;
}

/* Writes what is bound on the way to the call, and the tests; false: it cannot be known ahead. */
static bool write_way_to_call(Writer *w, const CoreNode *node, int turn)
{
    const CoreNode *call = w->jam->call;
    while (node != call) {
        const CoreNode *next = NULL;
        switch ((enum CoreKind)node->kind) {
        case CORE_LET:
            next = jam_contains(node->u.let.init, call) ? node->u.let.init : node->u.let.body;
            if (next == node->u.let.body) bind_ahead(w, node, turn);
            break;
        case CORE_IF: {
            bool is_then = jam_contains(node->u.branch.then, call);
            bool is_otherwise = !is_then && jam_contains(node->u.branch.otherwise, call);
            if (is_then == is_otherwise) next = node->u.branch.test;
            else if (follow_branch(w, node, is_then)) next = is_then ? node->u.branch.then : node->u.branch.otherwise;
            break;
        }
        case CORE_SEQ:
        case CORE_PRIM:
        case CORE_CALL_KNOWN:
            for (int i = 0; i < node->u.call.count && !next; i++)
                if (jam_contains(node->u.call.args[i], call)) next = node->u.call.args[i];
            break;
        default: break;
        }
        if (!next) return false;
        node = next;
    }
    return true;
}

/* From the outer loop's body to its next turn; false: behind the call it may end. */
static bool write_way_to_turn(Writer *w, int turn)
{
    const CoreNode *node = w->jam->outer->body, *call = w->jam->call;
    bool is_behind = false;
    while (node != w->jam->turn) {
        if (node->kind == CORE_LET) {
            is_behind |= jam_contains(node->u.let.init, call);
            if (is_behind) bind_ahead(w, node, turn);
            node = node->u.let.body;
        } else if (node->kind == CORE_SEQ) {
            const CoreNode *last = node->u.call.args[node->u.call.count - 1];
            is_behind |= jam_contains(node, call) && !jam_contains(last, call);
            node = last;
        } else if (node->kind == CORE_IF && !is_behind && !jam_contains(node->u.branch.test, call)) {
            bool is_then = jam_contains(node->u.branch.then, call);
            node = is_then ? node->u.branch.then : node->u.branch.otherwise;
        } else {
            return false;
        }
    }
    CoreFunction *outer = w->jam->outer;
    int count = core_param_count(outer);
    CoreVar **next = arena_alloc(w->program->arena, ((size_t)count + 1) * sizeof *next);
    for (int i = 0; i < count; i++) {
        CoreNode *value = write_ahead(w, node->u.call.args[i], NULL, core_param(outer, i)->name);
        next[i] = value && value->kind == CORE_LOCAL ? value->u.local : NULL;
    }
    for (int i = 0; i < count; i++) ((Copies *)core_param(outer, i)->scratch)->vars[THIS_TURN] = next[i];
    return true;
}

/* The inner loop's operands in this turn, and its limit. */
static bool write_operands(Writer *w, int turn)
{
    const Reduction *inner = w->jam->inner;
    const CoreNode *call = w->jam->call;
    int count = call->u.call.count;
    CoreNode **operands = arena_alloc(w->program->arena, ((size_t)count + 1) * sizeof *operands);
    w->operands[turn] = operands;
    for (int i = 0; i < count; i++) {
        const CoreNode *at_first = turn > 0 ? w->operands[0][i] : NULL;
        operands[i] = write_ahead(w, call->u.call.args[i], at_first, core_param(inner->function, i)->name);
        if (!operands[i]) return false;
    }
    return true;
}

static bool mentions(const CoreNode *node, const CoreVar *var)
{
    if (core_is_var(node, var)) return true;
    for (int i = 0; node->kind == CORE_PRIM && i < node->u.call.count; i++)
        if (mentions(node->u.call.args[i], var)) return true;
    return false;
}

/* The limit as an atom, given the inner loop's operands in a turn. */
static CoreNode *write_limit(Writer *w, int turn)
{
    const Reduction *inner = w->jam->inner;
    const CoreNode *limit = inner->test->u.call.args[inner->limit];
    CoreProgram *p = w->program;
    if (limit->kind == CORE_CONST) return jam_copy_atom(w, limit);
    for (int i = 0; i < core_param_count(inner->function); i++) {
        CoreVar *param = core_param(inner->function, i);
        if (core_is_var(limit, param)) return jam_copy_atom(w, w->operands[turn][i]);
        if (!mentions(limit, param)) continue;
        Copies *copies = jam_copies_of(w, param);
        const CoreNode *operand = w->operands[turn][i];
        copies->vars[THIS_TURN] = operand->kind == CORE_LOCAL ? operand->u.local : NULL;
        if (operand->kind == CORE_LOCAL) continue;
        copies->vars[THIS_TURN] = core_var(p, param->name);
        jam_write_let(w, NULL, copies->vars[THIS_TURN], jam_copy_atom(w, operand));
    }
    CoreVar *var = core_var(p, "limit");
    jam_write_let(w, NULL, var, jam_copy_plain(w, limit, THIS_TURN));
    return core_local(p, NULL, var);
}

static void write_condition(Writer *w, CoreNode *test)
{
    *w->place = core_if(w->program, NULL, test, NULL, core_const(w->program, NULL, rt_nil()));
    w->place = &(*w->place)->u.branch.then;
}

typedef struct Indexed { /* vectors that the inner loop reads by its counter */
    const Reduction *inner;
    bool *is_read; /* by parameter */
} Indexed;

static void find_indexed(CoreNode **child, void *data)
{
    Indexed *indexed = data;
    const Reduction *inner = indexed->inner;
    const CoreNode *node = *child;
    core_each_child(*child, find_indexed, data);
    if (!core_is_prim(node, PRIM_vector_ref)) return;
    CoreNode **args = node->u.call.args;
    if (!core_is_var(args[1], core_param(inner->function, inner->counter))) return;
    for (int i = 0; i < core_param_count(inner->function); i++)
        if (core_is_var(args[0], core_param(inner->function, i))) indexed->is_read[i] = true;
}

/* The vectors are as long as the loop turns: then it need not look at each index. */
static void write_length_checks(Writer *w, int turn)
{
    CoreProgram *p = w->program;
    const Reduction *inner = w->jam->inner;
    int count = core_param_count(inner->function);
    Indexed indexed = {inner, arena_alloc(p->arena, ((size_t)count + 1) * sizeof(bool))};
    memset(indexed.is_read, 0, (size_t)count * sizeof(bool));
    if (inner->step > 0) find_indexed(&inner->function->body, &indexed);
    for (int i = 0; i < count; i++) {
        const CoreNode *vector = w->operands[turn][i];
        bool is_new = turn == 0 || !core_is_same_atom(w->operands[0][i], vector);
        if (!indexed.is_read[i] || !is_new || vector->kind != CORE_LOCAL) continue;
        CoreNode **args = arena_alloc(p->arena, sizeof *args);
        args[0] = jam_copy_atom(w, vector);
        CoreNode *length = core_prim(p, NULL, PRIM_vector_length, 1, args);
        write_condition(w, prim(p, PRIM_lte, jam_copy_atom(w, w->first_limit), length));
    }
}

/* Can it be left for later without another error? */
static bool can_wait(const CoreNode *node)
{
    if (core_is_atom(node)) return true;
    if (!core_is_prim(node, PRIM_add) && !core_is_prim(node, PRIM_sub)) return false;
    const CoreNode *a = node->u.call.args[0], *b = node->u.call.args[1];
    return a->kind == CORE_LOCAL && type_is_int(a->u.local->type) && core_is_int(b);
}

/* Is the call evaluated before anything that could be seen, or raise another error than what is evaluated for it? */
static bool is_first(const CoreProgram *p, const CoreNode *node, const CoreNode *call)
{
    while (node != call) {
        switch ((enum CoreKind)node->kind) {
        case CORE_LET:
            if (jam_contains(node->u.let.init, call)) node = node->u.let.init;
            else if (jam_is_plain(p, without_forget(node->u.let.init))) node = node->u.let.body;
            else return false;
            break;
        case CORE_IF:
            if (!jam_is_plain(p, node->u.branch.test)) return false;
            node = jam_contains(node->u.branch.then, call) ? node->u.branch.then : node->u.branch.otherwise;
            break;
        case CORE_PRIM:
        case CORE_CALL_KNOWN: {
            int i = 0;
            while (i < node->u.call.count && can_wait(node->u.call.args[i])) i++;
            if (i == node->u.call.count || !jam_contains(node->u.call.args[i], call)) return false;
            node = node->u.call.args[i];
            break;
        }
        default: return false;
        }
    }
    return true;
}

/* Can the limit of the inner loop be compared with the counter without an error? */
static bool is_safe_limit(const Reduction *inner)
{
    const CoreNode *limit = inner->test->u.call.args[inner->limit];
    if (!type_is_int(core_param(inner->function, inner->counter)->type)) return false;
    if (core_is_int(limit)) return true;
    if (limit->kind == CORE_LOCAL) return type_is_int(limit->u.local->type);
    if (!core_is_prim(limit, PRIM_vector_length)) return false;
    const CoreNode *vector = limit->u.call.args[0];
    return vector->kind == CORE_LOCAL && type_is(vector->u.local->type, TAGS_VECTOR);
}

/* Tests that the limit is not near, and that of the first turn; false: it is known to be near. */
static bool write_checks(Writer *w, int turn)
{
    CoreProgram *p = w->program;
    const Reduction *inner = w->jam->inner;
    CoreNode *limit = write_limit(w, turn);
    if (turn > 0) {
        if (!core_is_same_atom(w->first_limit, limit))
            write_condition(w, prim(p, PRIM_num_eq, jam_copy_atom(w, w->first_limit), limit));
        write_length_checks(w, turn);
        return true;
    }
    w->first_limit = limit;
    const CoreNode *start = w->operands[0][inner->counter];
    if (core_is_int(start) && core_is_int(limit)) {
        __int128 way = (__int128)limit->u.constant.data - start->u.constant.data;
        if ((inner->step > 0 ? way - inner->step * JAM_TURNS_MIN : inner->step * JAM_TURNS_MIN - way) < 0) return false;
    } else {
        CoreNode *least = core_const(p, NULL, rt_from_int(inner->step * JAM_TURNS_MIN));
        CoreNode *near = prim(p, PRIM_add, jam_copy_atom(w, start), least), *far = jam_copy_atom(w, limit);
        write_condition(w, prim(p, PRIM_lte, inner->step > 0 ? near : far, inner->step > 0 ? far : near));
    }
    /* Short loops are not worth the way into a `try` and out again. */
    if (is_safe_limit(inner) && is_first(p, w->jam->outer->body, w->jam->call)) w->risky = w->place;
    write_length_checks(w, turn);
    return true;
}

static void write_call(Writer *w, CoreFunction *copy)
{
    CoreProgram *p = w->program;
    const CoreFunction *inner = w->jam->inner->function;
    CoreNode **args = arena_alloc(p->arena, (size_t)copy->param_count * sizeof *args);
    int count = 0;
    for (int i = 0; i < core_param_count(inner); i++) {
        const Copies *copies = core_param(inner, i)->scratch;
        for (int j = 0; j < (copies->varies ? JAM_COPIES : 1); j++) args[count++] = jam_copy_atom(w, w->operands[j][i]);
    }
    args[count++] = jam_copy_atom(w, w->first_limit);
    *w->place = core_call_known(p, NULL, copy, count, args);
}

/* The function that runs ahead, with the outer loop's parameters, or NULL. */
static CoreFunction *write_ahead_function(Writer *w, CoreFunction **inner)
{
    CoreProgram *p = w->program;
    CoreFunction *outer = w->jam->outer;
    int count = core_param_count(outer);
    CoreFunction *ahead = jam_function(p, outer, count);
    CoreNode *body = NULL;
    w->place = w->risky = &body;
    for (int i = 0; i < count; i++) {
        CoreVar *var = core_param(outer, i), *copy = core_var(p, var->name);
        set_copy(jam_copies_of(w, var), copy, 0);
        ahead->params[ahead->param_count++] = copy;
    }
    for (int turn = 0; turn < JAM_COPIES; turn++) {
        if (!write_way_to_call(w, outer->body, turn) || !write_operands(w, turn)) return NULL;
        if (!write_checks(w, turn)) return NULL;
        if (turn + 1 < JAM_COPIES && !write_way_to_turn(w, turn)) return NULL;
    }
    forget(w);
    *inner = jam_write_inner(w);
    if (!*inner) return NULL;
    write_call(w, *inner);
    ahead->is_inlined = true; /* most of what it does is to find that there is nothing to do, where loops are short */
    *w->risky = core_try(p, NULL, *w->risky, core_var(p, "error"), core_const(p, NULL, rt_nil()));
    ahead->body = body;
    return ahead;
}

/* ---- the outer loop ---------------------------------------------------------------------------------------------------- */

/* Takes the way to the call: tests on it were made ahead.  Gives the place of the call of the outer loop. */
static CoreNode **take_way(Writer *w, CoreNode **place)
{
    const Jam *jam = w->jam;
    while (*jam_find_call(place, jam->outer) != *place) {
        CoreNode *node = *place;
        if (node->kind == CORE_IF) {
            bool is_then = jam_find_call(&node->u.branch.then, jam->outer) != NULL;
            *place = is_then ? node->u.branch.then : node->u.branch.otherwise;
        } else {
            place = node->kind == CORE_SEQ ? &node->u.call.args[node->u.call.count - 1] : &node->u.let.body;
        }
    }
    return place;
}

/* Plain values which were only operands of the inner loop.  `varies` says that a variable is used. */
static void drop_unused(CoreNode **child, void *data)
{
    Writer *w = data;
    CoreNode *node = *child;
    if (node->kind == CORE_LOCAL && node->u.local->scratch) ((Copies *)node->u.local->scratch)->varies = true;
    if (node->kind != CORE_LET) {
        core_each_child(node, drop_unused, w);
        return;
    }
    const Copies *copies = jam_copies_of(w, node->u.let.var);
    drop_unused(&node->u.let.body, w);
    if (copies->varies || !jam_is_plain(w->program, node->u.let.init)) drop_unused(&node->u.let.init, w);
    else *child = node->u.let.body;
}

/* The parameters of a copy become what the turn before gives: variables, or what is bound here.  Gives the place behind that. */
static CoreNode **bind_params(Writer *w, CoreFunction *copy, const CoreNode *turn, CoreNode **place)
{
    for (int i = 0; i < core_param_count(copy); i++) {
        CoreVar *param = core_param(copy, i), *outer = core_param(w->jam->outer, i);
        CoreNode *value = turn ? turn->u.call.args[i] : core_local(w->program, NULL, outer);
        if (value->kind == CORE_LOCAL) {
            core_rename(copy->body, param, value->u.local);
            continue;
        }
        *place = core_let(w->program, NULL, param, value, NULL);
        place = &(*place)->u.let.body;
    }
    return place;
}

static CoreNode *write_turns(Writer *w, CoreVar *sums)
{
    CoreProgram *p = w->program;
    const Jam *jam = w->jam;
    CoreNode *whole = NULL, **place = &whole, *turn = NULL;
    for (int i = 0; i < JAM_COPIES; i++) {
        CoreFunction *copy = core_copy_function(p, jam->outer);
        CoreNode **call = jam_find_call(&copy->body, jam->inner->function);
        *call = prim(p, PRIM_vector_ref, core_local(p, NULL, sums), core_const(p, NULL, rt_from_int(i)));
        place = bind_params(w, copy, turn, place);
        *place = copy->body;
        place = take_way(w, place);
        turn = *place;
    }
    drop_unused(&whole, w);
    forget(w);
    return whole;
}

static void write_outer(Writer *w, CoreFunction *ahead)
{
    CoreProgram *p = w->program;
    CoreFunction *outer = w->jam->outer;
    int count = core_param_count(outer);
    CoreNode **args = arena_alloc(p->arena, ((size_t)count + 1) * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = core_local(p, NULL, core_param(outer, i));
    CoreVar *sums = core_var(p, "sums");
    CoreNode *turns = write_turns(w, sums);
    outer->body = core_let(p, NULL, sums, core_call_known(p, NULL, ahead, count, args),
                           core_if(p, NULL, core_local(p, NULL, sums), turns, outer->body));
}

bool jam_write(const Jam *jam)
{
    CoreProgram *p = jam->program;
    Writer w = {.jam = jam, .program = p};
    CoreFunction *inner, *ahead = write_ahead_function(&w, &inner);
    forget(&w);
    if (!ahead) return false;
    write_outer(&w, ahead);
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, inner);
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, ahead);
    return true;
}
