/* Pass unroll: writing a loop out, its body for each turn and what it does at the end, with what is known in each. */
#include "remarks.h"
#include "unroll_internal.h"

CoreNode **unroll_find_call(const CoreFunction *loop, CoreNode **child)
{
    CoreNode *node = *child;
    switch ((enum CoreKind)node->kind) {
    case CORE_CALL_KNOWN: return node->u.call.function == loop ? child : NULL;
    case CORE_LET: return unroll_find_call(loop, &node->u.let.body);
    case CORE_FIX: return unroll_find_call(loop, &node->u.fix.body);
    case CORE_SEQ: return unroll_find_call(loop, &node->u.call.args[node->u.call.count - 1]);
    case CORE_IF: {
        CoreNode **call = unroll_find_call(loop, &node->u.branch.then);
        return call ? call : unroll_find_call(loop, &node->u.branch.otherwise);
    }
    default: return NULL;
    }
}

typedef struct Turn { /* of a loop, being written out */
    CoreProgram *program;
    const CoreVar *limit; /* or NULL */
    int64_t number; /* that it is */
} Turn;

/* Vectors of few elements are taken apart at once (pass unpack): elements need not be forgotten one by one.  And a vector as long as the
 * loop goes is made of parts. */
static void write_turn(CoreNode **child, void *data)
{
    const Turn *turn = data;
    CoreNode *node = *child;
    core_each_child(node, write_turn, data);
    if (core_is_prim(node, PRIM_forget)) *child = node->u.call.args[0];
    if (!core_is_prim(node, PRIM_make_vector) || node->u.call.count != 2) return;
    const CoreNode *length = node->u.call.args[0];
    bool is_limit = turn->limit && core_is_var(length, turn->limit);
    if (!is_limit && !(core_is_int(length) && length->u.constant.data == turn->number)) return;
    CoreProgram *p = turn->program;
    CoreVar *part = core_var(p, "part");
    CoreNode **parts = arena_alloc(p->arena, ((size_t)turn->number + 1) * sizeof *parts);
    for (int64_t i = 0; i < turn->number; i++) parts[i] = core_local(p, node->place, part);
    *child = core_let(p, node->place, part, node->u.call.args[1],
                      core_prim(p, node->place, PRIM_vector, (int)turn->number, parts));
}

typedef struct Changed { /* does the loop change the element of a parameter's vector at its index? */
    const CoreVar *vector, *index;
    bool is_changed;
} Changed;

static void find_change(CoreNode **child, void *data)
{
    Changed *changed = data;
    const CoreNode *node = *child;
    if (core_is_prim(node, PRIM_vector_set) && core_is_var(node->u.call.args[0], changed->vector))
        changed->is_changed |= core_is_var(node->u.call.args[1], changed->index);
    core_each_child(*child, find_change, data);
}

/* A vector most of whose elements the loop changes one after the other is one of known parts from the beginning. */
static CoreNode *apart(Unroll *u, CoreFunction *f, int param, CoreNode *arg, Value value, int turns)
{
    CoreProgram *p = u->program;
    const Loop *loop = f->scratch;
    Changed changed = {f->params[param], f->params[loop->index], false};
    find_change(&f->body, &changed);
    int64_t count = value.number;
    bool is_whole = changed.is_changed && !loop->may_leave;
    if (!is_whole || value.kind != KIND_VECTOR || count < 1 || count > TURNS_MAX || count > 2 * turns) return arg;
    CoreVar *whole = core_var(p, f->params[param]->name);
    CoreNode **parts = arena_alloc(p->arena, (size_t)count * sizeof *parts);
    for (int64_t i = 0; i < count; i++) {
        CoreNode **read = arena_alloc(p->arena, 2 * sizeof *read);
        read[0] = core_local(p, arg->place, whole);
        read[1] = core_const(p, arg->place, rt_from_int(i));
        parts[i] = core_prim(p, arg->place, PRIM_vector_ref, 2, read);
    }
    return core_let(p, arg->place, whole, arg, core_prim(p, arg->place, PRIM_vector, (int)count, parts));
}

CoreNode *unroll_write(Unroll *u, const CoreNode *call, const Value *values, int turns)
{
    CoreProgram *p = u->program;
    CoreFunction *f = call->u.call.function;
    remark(u->compiler, call->place, NULL, REMARK_FAST, "the %d turns of %s are written out", turns, f->name);
    u->has_unrolled = true;
    const Loop *loop = f->scratch;
    u->budget -= turns * loop->size;
    Turn turned = {.program = p, .number = loop->limit >= 0 ? values[loop->limit].number : 0};
    const RtPlace *call_place = call->place;
    CoreNode *whole = NULL, **place = &whole;
    for (int turn = 0;; turn++) {
        CoreFunction *copy = core_copy_function(p, f);
        if (loop->limit >= 0) turned.limit = copy->params[loop->limit];
        write_turn(&copy->body, &turned);
        if (f->is_library) core_stamp_place(copy->body, call_place);
        for (int i = 0; i < call->u.call.count; i++) {
            CoreNode *arg = call->u.call.args[i];
            if (turn == 0) arg = apart(u, f, i, arg, values[i], turns);
            *place = core_let(p, call->place, copy->params[i], arg, NULL);
            place = &(*place)->u.let.body;
        }
        if (turn == turns) {
            *place = copy->body->u.branch.then;
            return whole;
        }
        *place = copy->body->u.branch.otherwise;
        place = unroll_find_call(f, place);
        call = *place;
    }
}
