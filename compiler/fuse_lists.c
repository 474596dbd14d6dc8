/* Pass fuse: primitives that make or take lists, as functions that the pass can look into. */
#include "fuse.h"
#include "known_calls.h"

static CoreNode *prim(Fuse *u, const RtPlace *at, int primitive, CoreNode *a, CoreNode *b)
{
    CoreNode **args = arena_alloc(u->program->arena, 2 * sizeof *args);
    args[0] = a;
    args[1] = b;
    CoreNode *node = core_prim(u->program, at, primitive, b ? 2 : 1, args);
    return node;
}

static CoreNode *typed(Fuse *u, CoreNode *node, CoreType type)
{
    node->type = type_copy(u->program->arena, type);
    return node;
}

static CoreNode *int_const(Fuse *u, const RtPlace *at, int64_t value)
{
    return core_const(u->program, at, rt_from_int(value));
}

static CoreNode *call(Fuse *u, const RtPlace *at, CoreFunction *f, CoreNode *a, CoreNode *b)
{
    CoreNode **args = arena_alloc(u->program->arena, 2 * sizeof *args);
    args[0] = a;
    args[1] = b;
    return core_call_known(u->program, at, f, b ? 2 : 1, args);
}

static CoreFunction *function(Fuse *u, const char *name, const char *first, const char *second)
{
    CoreFunction *f = core_function(u->program, name, NULL);
    f->params = arena_alloc(u->program->arena, 2 * sizeof *f->params);
    f->params[0] = core_var(u->program, first);
    if (second) f->params[1] = core_var(u->program, second);
    f->param_count = second ? 2 : 1;
    return f;
}

static CoreNode *param(Fuse *u, const RtPlace *at, const CoreFunction *f, int i)
{
    CoreNode *node = core_local(u->program, at, f->params[i]);
    node->type = f->params[i]->type;
    return node;
}

static void finish(Fuse *u, CoreFunction *f, CoreNode *body)
{
    CoreProgram *p = u->program;
    f->body = body;
    ARENA_PUSH(p->arena, p->functions, p->function_count, p->function_capacity, f);
    fuse_look_at(u, f);
}

/* ---- producers ------------------------------------------------------------------------------------------------- */

static bool can_be_int(const CoreNode *node)
{
    if (node->kind == CORE_CONST) return core_is_int(node);
    return !node->type || node->type->tags & TAG_BIT(RT_INT);
}

/* Of ints alone (fuse.c asks for that): (if (< i end) (cons i (range (+ i step) end)) nil) */
static CoreNode *range_call(Fuse *u, const CoreNode *range)
{
    CoreNode **args = range->u.call.args;
    int count = range->u.call.count;
    const RtPlace *at = range->place;
    int64_t step = 1;
    if (count == 3) {
        if (!core_is_int(args[2]) || args[2]->u.constant.data == 0) return NULL;
        step = args[2]->u.constant.data;
    }
    for (int i = 0; i < count; i++)
        if (!can_be_int(args[i])) return NULL;
    CoreFunction *f = function(u, "range", "i", "end");
    f->params[0]->type = f->params[1]->type = type_copy(u->program->arena, type_tags(TAGS_INTEGER));
    CoreNode *test = typed(u, prim(u, at, step > 0 ? PRIM_lt : PRIM_gt, param(u, at, f, 0), param(u, at, f, 1)),
                           type_tags(TAGS_BOOL));
    CoreNode *element = param(u, at, f, 0);
    const CoreType *known = range->type ? range->type->element : NULL;
    element->type = known && type_is_int(known) ? known : type_copy(u->program->arena, type_tags(TAG_BIT(RT_INT)));
    CoreNode *next = prim(u, at, PRIM_add, typed(u, param(u, at, f, 0), *element->type), int_const(u, at, step));
    typed(u, next, type_tags(TAGS_INTEGER));
    CoreNode *rest = call(u, at, f, next, param(u, at, f, 1));
    CoreNode *cons = prim(u, at, PRIM_cons, element, rest);
    finish(u, f, core_if(u->program, at, test, cons, core_const(u->program, at, rt_nil())));
    CoreNode *made = call(u, at, f, count == 1 ? int_const(u, at, 0) : args[0], count == 1 ? args[0] : args[1]);
    made->type = range->type;
    return made;
}

/* (if (< i n) (cons (ITEM whole i) (f whole (+ i 1) n)) nil); nothing in it can raise. */
static CoreFunction *items_function(Fuse *u, const RtPlace *at, const CoreType *whole, int item,
                                    const CoreType *element)
{
    CoreProgram *p = u->program;
    CoreFunction *f = core_function(p, "items", NULL);
    f->param_count = 3;
    f->params = arena_alloc(p->arena, 3 * sizeof *f->params);
    f->params[0] = core_var(p, "whole");
    f->params[1] = core_var(p, "i");
    f->params[2] = core_var(p, "n");
    f->params[0]->type = whole;
    f->params[1]->type = f->params[2]->type = type_copy(p->arena, type_int(0, TYPE_LENGTH_MAX));
    CoreNode **rest = arena_alloc(p->arena, 3 * sizeof *rest);
    rest[0] = param(u, at, f, 0);
    rest[1] = typed(u, prim(u, at, PRIM_add, param(u, at, f, 1), int_const(u, at, 1)), *f->params[1]->type);
    rest[2] = param(u, at, f, 2);
    CoreNode *test = typed(u, prim(u, at, PRIM_lt, param(u, at, f, 1), param(u, at, f, 2)), type_tags(TAGS_BOOL));
    CoreNode *first = prim(u, at, item, param(u, at, f, 0), param(u, at, f, 1));
    first->type = element;
    CoreNode *cons = prim(u, at, PRIM_cons, first, core_call_known(p, at, f, 3, rest));
    finish(u, f, core_if(p, at, test, cons, core_const(p, at, rt_nil())));
    fuse_info(f)->ends = true;
    fuse_info(f)->quiet = QUIET_YES;
    return f;
}

/* (items whole 0 (LENGTH whole)), in a function of its own, because the whole may have no name. */
static CoreNode *items_call(Fuse *u, const CoreNode *made, CoreNode *whole, CoreType type, int length, int item,
                            const CoreType *element)
{
    CoreProgram *p = u->program;
    const RtPlace *at = made->place;
    CoreFunction *f = function(u, "items", "whole", NULL);
    f->params[0]->type = type_copy(p->arena, type);
    CoreFunction *walk = items_function(u, at, f->params[0]->type, item, element);
    CoreNode **args = arena_alloc(p->arena, 3 * sizeof *args);
    args[0] = param(u, at, f, 0);
    args[1] = int_const(u, at, 0);
    args[2] = typed(u, prim(u, at, length, param(u, at, f, 0), NULL), type_int(0, TYPE_LENGTH_MAX));
    finish(u, f, core_call_known(p, at, walk, 3, args));
    fuse_info(f)->makes_list = fuse_info(f)->ends = true;
    fuse_info(f)->quiet = QUIET_YES;
    CoreNode *call_of_it = call(u, at, f, whole, NULL);
    call_of_it->type = made->type;
    return call_of_it;
}

/* Of a vector of numbers: other items would have another owner while they are used. */
static CoreNode *vector_call(Fuse *u, const CoreNode *elements)
{
    CoreNode *vector = elements->u.call.args[1];
    const CoreType *type = vector->type;
    if (!type_is(type, TAGS_VECTOR) || !type_is(type->item, TAGS_NUMBER)) return NULL;
    return items_call(u, elements, vector, *type, PRIM_vector_length, PRIM_vector_ref, type->item);
}

static CoreNode *characters_call(Fuse *u, const CoreNode *list)
{
    const CoreType *character = type_copy(u->program->arena, type_tags(TAG_BIT(RT_STRING)));
    return items_call(u, list, list->u.call.args[0], *character, PRIM_string_length, PRIM_string_ref, character);
}

CoreNode *fuse_producing_call(Fuse *u, const CoreNode *node)
{
    if (core_is_prim(node, PRIM_range)) return range_call(u, node);
    if (core_is_prim(node, PRIM_elements)) return vector_call(u, node);
    return core_is_prim(node, PRIM_string_to_list) ? characters_call(u, node) : NULL;
}

/* ---- consumers ------------------------------------------------------------------------------------------------- */

/* (if xs (let rest (cdr xs) (f rest NEXT)) acc) */
static CoreFunction *fold(Fuse *u, const RtPlace *at, const char *name, CoreType result, int primitive)
{
    CoreFunction *f = function(u, name, "xs", "acc");
    CoreProgram *p = u->program;
    f->params[1]->type = type_copy(p->arena, result);
    CoreNode *x = primitive == PRIM_length ? int_const(u, at, 1) : prim(u, at, PRIM_car, param(u, at, f, 0), NULL);
    CoreNode *acc = param(u, at, f, 1), *next;
    if (primitive == PRIM_reverse) next = prim(u, at, PRIM_cons, x, acc);
    else if (primitive == PRIM_length) next = prim(u, at, PRIM_add, acc, x);
    else next = prim(u, at, primitive, acc, x);
    typed(u, next, result);
    CoreVar *rest = core_var(p, "xs"), *sum = core_var(p, "acc");
    sum->type = acc->type;
    CoreNode *again = call(u, at, f, core_local(p, at, rest), typed(u, core_local(p, at, sum), result));
    CoreNode *turn = core_let(p, at, rest, prim(u, at, PRIM_cdr, param(u, at, f, 0), NULL),
                              core_let(p, at, sum, next, typed(u, again, result)));
    finish(u, f, core_if(p, at, param(u, at, f, 0), turn, param(u, at, f, 1)));
    return f;
}

/* (if xs (cons (car xs) (append (cdr xs) tail)) tail) */
static CoreFunction *append_function(Fuse *u, const RtPlace *at)
{
    CoreFunction *f = function(u, "append", "xs", "tail");
    CoreNode *rest = prim(u, at, PRIM_cdr, param(u, at, f, 0), NULL);
    CoreNode *cons = prim(u, at, PRIM_cons, prim(u, at, PRIM_car, param(u, at, f, 0), NULL),
                          call(u, at, f, rest, param(u, at, f, 1)));
    finish(u, f, core_if(u->program, at, param(u, at, f, 0), cons, param(u, at, f, 1)));
    return f;
}

static const struct Applied { /* of builtins that combine their operands from the left */
    int primitive, combines;
    uint32_t tags; /* of the operands that they take */
} applied[] = {
    {PRIM_add_n, PRIM_add, TAGS_NUMBER},
    {PRIM_mul_n, PRIM_mul, TAGS_NUMBER},
    {PRIM_max, PRIM_max, TAGS_NUMBER},
    {PRIM_min, PRIM_min, TAGS_NUMBER},
    {PRIM_string_append, PRIM_string_append2, TAG_BIT(RT_STRING)},
};

/* (if xs (let first (car xs) (fold (cdr xs) first)) (apply f nil)) */
static CoreNode *apply_call(Fuse *u, CoreNode *apply)
{
    const CoreNode *callee = apply->u.call.callee;
    CoreProgram *p = u->program;
    const RtPlace *at = apply->place;
    if (apply->u.call.count != 1 || callee->kind != CORE_GLOBAL || !global_is_builtin(p, callee->u.global)) return NULL;
    const struct Applied *row = NULL;
    for (size_t i = 0; i < sizeof applied / sizeof *applied; i++)
        if (applied[i].primitive == callee->u.global->primitive) row = &applied[i];
    const CoreType *list = apply->u.call.args[0]->type;
    if (!row || !list || !list->element || !type_is(list->element, row->tags)) return NULL;
    CoreFunction *f = function(u, callee->u.global->name, "xs", NULL);
    CoreFunction *turns = fold(u, at, f->name, type_tags(row->tags), row->combines);
    CoreVar *first = core_var(p, "acc");
    first->type = type_copy(p->arena, type_tags(row->tags));
    CoreNode *rest = prim(u, at, PRIM_cdr, param(u, at, f, 0), NULL);
    CoreNode *again =
        typed(u, call(u, at, turns, rest, typed(u, core_local(p, at, first), *first->type)), *first->type);
    CoreNode *some = core_let(p, at, first, prim(u, at, PRIM_car, param(u, at, f, 0), NULL), again);
    CoreNode **nil = arena_alloc(p->arena, sizeof *nil);
    nil[0] = core_const(p, at, rt_nil());
    CoreNode *none = core_apply(p, at, core_global(p, at, callee->u.global), 1, nil);
    finish(u, f, core_if(p, at, param(u, at, f, 0), some, none));
    return call(u, at, f, apply->u.call.args[0], NULL);
}

CoreNode *fuse_consuming_call(Fuse *u, CoreNode *node)
{
    if (node->kind == CORE_APPLY) return apply_call(u, node);
    bool is_known =
        core_is_prim(node, PRIM_length) || core_is_prim(node, PRIM_reverse) || core_is_prim(node, PRIM_append2);
    if (!is_known || !type_is_proper_list(node->u.call.args[0]->type)) return NULL;
    const RtPlace *at = node->place;
    CoreNode *list = node->u.call.args[0], *made;
    if (core_is_prim(node, PRIM_append2)) {
        made = call(u, at, append_function(u, at), list, node->u.call.args[1]);
    } else if (core_is_prim(node, PRIM_length)) {
        made = call(u, at, fold(u, at, "length", type_int(0, TYPE_LENGTH_MAX), PRIM_length), list, int_const(u, at, 0));
    } else {
        CoreNode *nil = core_const(u->program, at, rt_nil());
        CoreType lists = type_tags(TAG_BIT(RT_NIL) | TAG_BIT(RT_CONS));
        made = call(u, at, fold(u, at, "reverse", lists, PRIM_reverse), list, nil);
    }
    made->type = node->type;
    return made;
}

/* ---- vectors ------------------------------------------------------------------------------------------------------ */

static CoreNode *prim3(Fuse *u, const RtPlace *at, int primitive, CoreNode *a, CoreNode *b, CoreNode *c)
{
    CoreNode **args = arena_alloc(u->program->arena, 3 * sizeof *args);
    args[0] = a;
    args[1] = b;
    args[2] = c;
    return core_prim(u->program, at, primitive, 3, args);
}

/* As vector-map does it: (if xs (let x (car xs) (f (cdr xs) (if (= i 0) (make-vector n x) (vector-set out i x)) (+ i 1) n)) out).
 * An index of a list of n elements is one of the vector. */
static CoreFunction *filling_function(Fuse *u, const RtPlace *at)
{
    static const char *const names[] = {"xs", "out", "i", "n"};
    enum { XS, OUT, I, N, COUNT };
    CoreProgram *p = u->program;
    CoreFunction *f = core_function(p, "list->vector", NULL);
    f->params = arena_alloc(p->arena, COUNT * sizeof *f->params);
    f->param_count = COUNT;
    for (int i = 0; i < COUNT; i++) f->params[i] = core_var(p, names[i]);
    f->params[I]->type = f->params[N]->type = type_copy(p->arena, type_int(0, TYPE_LENGTH_MAX));
    CoreVar *x = core_var(p, "x");
    CoreNode *is_first = prim(u, at, PRIM_num_eq, param(u, at, f, I), int_const(u, at, 0));
    CoreNode *made = prim(u, at, PRIM_make_vector, param(u, at, f, N), core_local(p, at, x));
    CoreNode *set = prim3(u, at, PRIM_vector_set, param(u, at, f, OUT), param(u, at, f, I), core_local(p, at, x));
    CoreNode **args = arena_alloc(p->arena, COUNT * sizeof *args);
    args[XS] = prim(u, at, PRIM_cdr, param(u, at, f, XS), NULL);
    args[OUT] = core_if(p, at, is_first, made, set);
    args[I] = prim(u, at, PRIM_add, param(u, at, f, I), int_const(u, at, 1));
    args[N] = param(u, at, f, N);
    CoreNode *turn =
        core_let(p, at, x, prim(u, at, PRIM_car, param(u, at, f, XS), NULL), core_call_known(p, at, f, COUNT, args));
    finish(u, f, core_if(p, at, param(u, at, f, XS), turn, param(u, at, f, OUT)));
    fuse_info(f)->turns_are_quiet = true;
    return f;
}

CoreNode *fuse_filling_call(Fuse *u, const CoreNode *node, CoreNode *list, CoreNode *length)
{
    CoreProgram *p = u->program;
    const RtPlace *at = node->place;
    CoreNode **args = arena_alloc(p->arena, 4 * sizeof *args);
    args[0] = list;
    args[1] = core_prim(p, at, PRIM_vector, 0, NULL);
    args[2] = int_const(u, at, 0);
    args[3] = length;
    CoreNode *made = core_call_known(p, at, filling_function(u, at), 4, args);
    made->type = node->type;
    return made;
}

/* Of the list that the call makes, given that its counter starts before its limit; NULL: it is not known. */
CoreNode *fuse_length_of(Fuse *u, const CoreNode *call)
{
    FuseEnd end = fuse_find_length(call->u.call.function);
    if (!end.is_known) return NULL;
    const RtPlace *at = call->place;
    CoreNode *counter = fuse_atom(u, call->u.call.args[end.counter]);
    CoreNode *limit = fuse_atom(u, end.limit < 0 ? end.constant : call->u.call.args[end.limit]);
    CoreNode *length = end.goes_down ? prim(u, at, PRIM_sub, counter, limit) : prim(u, at, PRIM_sub, limit, counter);
    return end.is_inclusive ? prim(u, at, PRIM_add, length, int_const(u, at, 1)) : length;
}
