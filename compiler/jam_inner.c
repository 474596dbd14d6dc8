/* Pass jam: the inner loop for several turns of the outer one. */
#include "jam_internal.h"

enum {
    VARYING_MAX = 4
}; /* parameters that there are one of for each turn: with more there are no registers for them */

static bool varies(const CoreNode *node);

static void look_for_varying(CoreNode **child, void *data) { *(bool *)data |= varies(*child); }

static bool varies(const CoreNode *node)
{
    if (node->kind == CORE_LOCAL) {
        const Copies *copies = node->u.local->scratch;
        return copies && copies->varies;
    }
    bool any = false;
    core_each_child((CoreNode *)(uintptr_t)node, look_for_varying, &any);
    return any;
}

/* Marks variables that depend on the outer turn; true if there was a new one. */
static bool mark_varying(Writer *w, const CoreNode *node)
{
    if (node->kind == CORE_IF) {
        bool then = mark_varying(w, node->u.branch.then);
        return mark_varying(w, node->u.branch.otherwise) || then;
    }
    bool any = false;
    if (node->kind == CORE_LET) {
        Copies *copies = jam_copies_of(w, node->u.let.var);
        any = !copies->varies && varies(node->u.let.init);
        copies->varies |= any;
        return mark_varying(w, node->u.let.body) || any;
    }
    const Reduction *inner = w->jam->inner;
    for (int i = 0; node == inner->turn && i < node->u.call.count; i++) {
        Copies *copies = jam_copies_of(w, core_param(inner->function, i));
        bool is_new = !copies->varies && varies(node->u.call.args[i]);
        copies->varies |= is_new;
        any |= is_new;
    }
    return any;
}

/* Each variable is bound once for all copies, or once for each. */
static void name_copies(Writer *w, CoreVar *var)
{
    Copies *copies = jam_copies_of(w, var);
    for (int i = 0; i < JAM_COPIES; i++)
        copies->vars[i] = i > 0 && !copies->varies ? copies->vars[0] : core_var(w->program, var->name);
}

static CoreNode *write_test(Writer *w, const CoreNode *test)
{
    CoreNode *copy = jam_copy_plain(w, test, 0);
    const Reduction *inner = w->jam->inner;
    if (test == inner->test) copy->u.call.args[inner->limit] = core_local(w->program, test->place, w->limit);
    return copy;
}

static CoreNode *write_inner_turn(Writer *w, const CoreNode *turn, CoreFunction *copy)
{
    CoreProgram *p = w->program;
    CoreNode **args = arena_alloc(p->arena, (size_t)copy->param_count * sizeof *args);
    int count = 0;
    for (int i = 0; i < turn->u.call.count; i++) {
        const Copies *copies = core_param(w->jam->inner->function, i)->scratch;
        for (int j = 0; j < (copies->varies ? JAM_COPIES : 1); j++)
            args[count++] = jam_copy_plain(w, turn->u.call.args[i], j);
    }
    args[count++] = core_local(p, NULL, w->limit);
    return core_call_known(p, turn->place, copy, count, args);
}

/* The body of the inner loop; NULL: a test depends on the outer turn. */
static CoreNode *write_inner(Writer *w, const CoreNode *node, CoreFunction *copy)
{
    CoreProgram *p = w->program;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: {
        CoreNode *whole = NULL, **place = w->place;
        w->place = &whole;
        name_copies(w, node->u.let.var);
        const Copies *copies = node->u.let.var->scratch;
        for (int i = 0; i < (copies->varies ? JAM_COPIES : 1); i++)
            jam_write_let(w, node->place, copies->vars[i], jam_copy_plain(w, node->u.let.init, i));
        CoreNode **rest = w->place;
        *rest = write_inner(w, node->u.let.body, copy);
        w->place = place;
        return *rest ? whole : NULL;
    }
    case CORE_IF: {
        const CoreNode *test = node->u.branch.test;
        if (test != w->jam->inner->test && varies(test)) return NULL;
        CoreNode *then = write_inner(w, node->u.branch.then, copy);
        CoreNode *otherwise = then ? write_inner(w, node->u.branch.otherwise, copy) : NULL;
        return otherwise ? core_if(p, node->place, write_test(w, test), then, otherwise) : NULL;
    }
    default: break;
    }
    if (node == w->jam->inner->turn) return write_inner_turn(w, node, copy);
    CoreNode **results = arena_alloc(p->arena, JAM_COPIES * sizeof *results);
    for (int i = 0; i < JAM_COPIES; i++) results[i] = jam_copy_plain(w, node, i);
    return core_prim(p, node->place, PRIM_vector, JAM_COPIES, results);
}

static bool is_counter_shared(const Writer *w)
{
    const Copies *copies = core_param(w->jam->inner->function, w->jam->inner->counter)->scratch;
    return !copies->varies;
}

CoreFunction *jam_write_inner(Writer *w)
{
    CoreProgram *p = w->program;
    CoreFunction *inner = w->jam->inner->function;
    int count = core_param_count(inner), varying = 0;
    for (int i = 0; i < count; i++) {
        Copies *copies = jam_copies_of(w, core_param(inner, i));
        for (int j = 1; j < JAM_COPIES; j++) copies->varies |= !core_is_same_atom(w->operands[0][i], w->operands[j][i]);
    }
    while (mark_varying(w, inner->body)) {
    }
    CoreFunction *copy = jam_function(p, inner, JAM_COPIES * count + 1);
    for (int i = 0; i < count; i++) {
        CoreVar *var = core_param(inner, i);
        name_copies(w, var);
        const Copies *copies = var->scratch;
        varying += copies->varies;
        for (int j = 0; j < (copies->varies ? JAM_COPIES : 1); j++) copy->params[copy->param_count++] = copies->vars[j];
    }
    copy->params[copy->param_count++] = w->limit = core_var(p, "limit");
    if (varying > VARYING_MAX || !is_counter_shared(w)) return NULL;
    copy->body = write_inner(w, inner->body, copy);
    return copy->body ? copy : NULL;
}
