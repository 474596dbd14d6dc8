/* Calls of functions that are not known when the caller is compiled, and the objects behind them.
 *
 * Compiled code calls a closure of matching arity directly through its `entry`.  Everything else comes here: the
 * arguments wait, owned, in rt_args[0 .. argc-1]; rt_apply_n checks the callee and the number of arguments and
 * tail-calls it.  The buffer is emptied before anything else can run: a callee's first act is to move its arguments
 * out.  It is one buffer and not an argument array of the caller because a tail call must not point into the frame
 * that it leaves.
 */
#include "internal.h"
#include <stdlib.h>

static RtValue first_args[RT_ARGS_MIN];
static int64_t args_capacity = RT_ARGS_MIN;
RtValue *rt_args = first_args;

void rt_args_reserve(int64_t count)
{
    if (count <= args_capacity) return;
    int64_t capacity = args_capacity * 2 > count ? args_capacity * 2 : count;
    RtValue *larger = rt_malloc((size_t)capacity * sizeof *larger);
    memcpy(larger, rt_args, (size_t)args_capacity * sizeof *larger);
    if (rt_args != first_args) free(rt_args);
    rt_args = larger;
    args_capacity = capacity;
}

static void drop_args(int64_t argc)
{
    for (int64_t i = 0; i < argc; i++) rt_drop(rt_args[i]);
}

/* ---- applying -------------------------------------------------------------------------------------------------- */

RT_NORETURN static void refuse_callee(RtValue f, int64_t argc, const RtPlace *at)
{
    RtValue callee RT_OWNED = f;
    drop_args(argc);
    if (f.tag == RT_MACRO) {
        rt_raise_message(at, "cannot apply %s: it is a macro, and was not known when this call was compiled",
                         ((const RtMacro *)rt_object(f))->name);
    }
    rt_raise_message(at, "cannot apply %V: not a function", callee);
}

RT_NORETURN static void refuse_count(RtValue f, int64_t argc, const RtPlace *at)
{
    const RtCode *code = rt_as_closure(f)->code; /* static: outlives the closure */
    drop_args(argc);
    rt_drop(f);
    rt_raise_arity(at, code->name, code->min_args, code->max_args, argc);
}

typedef RT_TAILCC RtValue Entry0(RtClosure *self RT_SELF);
typedef RT_TAILCC RtValue Entry1(RtClosure *self RT_SELF, RtValue a);
typedef RT_TAILCC RtValue Entry2(RtClosure *self RT_SELF, RtValue a, RtValue b);
typedef RT_TAILCC RtValue Entry3(RtClosure *self RT_SELF, RtValue a, RtValue b, RtValue c);
_Static_assert(RT_MAX_DIRECT_ARGS == 3, "enter_direct has one case for each number of arguments");

/* Calls the entry of a function of exactly argc <= RT_MAX_DIRECT_ARGS arguments. */
static RT_TAILCC RtValue enter_direct(RtClosure *self, int64_t argc)
{
    const RtValue *x = rt_args;
    void *entry = self->code->entry; /* newer than the closure's own when the interpreter made that one */
    switch (argc) {
    case 0: return ((Entry0 *)entry)(self);
    case 1: return ((Entry1 *)entry)(self, x[0]);
    case 2: return ((Entry2 *)entry)(self, x[0], x[1]);
    case 3: return ((Entry3 *)entry)(self, x[0], x[1], x[2]);
    default: rt_internal_error("a function of many parameters has no generic entry");
    }
}

/* ---- for callers who keep what they pass ---------------------------------------------------------------------------
 *
 * Entries of functions that have none of their own for them: the closure, and with rt_lend_all the arguments, get counts, which `entry`
 * consumes. */

RT_TAILCC RtValue rt_lend_closure_0(RtClosure *self RT_SELF)
{
    rt_dup(rt_from_object(RT_CLOSURE, self));
    return ((Entry0 *)self->code->entry)(self);
}

RT_TAILCC RtValue rt_lend_closure_1(RtClosure *self RT_SELF, RtValue a)
{
    rt_dup(rt_from_object(RT_CLOSURE, self));
    return ((Entry1 *)self->code->entry)(self, a);
}

RT_TAILCC RtValue rt_lend_closure_2(RtClosure *self RT_SELF, RtValue a, RtValue b)
{
    rt_dup(rt_from_object(RT_CLOSURE, self));
    return ((Entry2 *)self->code->entry)(self, a, b);
}

RT_TAILCC RtValue rt_lend_closure_3(RtClosure *self RT_SELF, RtValue a, RtValue b, RtValue c)
{
    rt_dup(rt_from_object(RT_CLOSURE, self));
    return ((Entry3 *)self->code->entry)(self, a, b, c);
}

RT_TAILCC RtValue rt_lend_all_0(RtClosure *self RT_SELF) { return rt_lend_closure_0(self); }

RT_TAILCC RtValue rt_lend_all_1(RtClosure *self RT_SELF, RtValue a) { return rt_lend_closure_1(self, rt_dup(a)); }

RT_TAILCC RtValue rt_lend_all_2(RtClosure *self RT_SELF, RtValue a, RtValue b)
{
    return rt_lend_closure_2(self, rt_dup(a), rt_dup(b));
}

RT_TAILCC RtValue rt_lend_all_3(RtClosure *self RT_SELF, RtValue a, RtValue b, RtValue c)
{
    return rt_lend_closure_3(self, rt_dup(a), rt_dup(b), rt_dup(c));
}

RT_TAILCC RtValue rt_apply_n(RtValue f, int64_t argc, const RtPlace *at)
{
    if (at) rt_call_place = at;
    if (RT_UNLIKELY(f.tag != RT_CLOSURE)) refuse_callee(f, argc, at);
    RtClosure *closure = rt_as_closure(f);
    const RtCode *code = closure->code;
    bool fits = argc >= code->min_args && (code->max_args < 0 || argc <= code->max_args);
    if (RT_UNLIKELY(!fits)) refuse_count(f, argc, at);
    if (code->generic_entry) return code->generic_entry(closure, argc);
    return enter_direct(closure, argc);
}

RtValue rt_call_value(RtValue f, const RtValue *args, int64_t argc, const RtPlace *at)
{
    rt_args_reserve(argc);
    if (argc > 0) memcpy(rt_args, args, (size_t)argc * sizeof *args);
    return rt_apply_n(f, argc, at);
}

/* The builtin `apply`: rt_args holds the function, leading arguments, and a list of further ones. */
RT_TAILCC RtValue rt_apply_entry(RtClosure *self, int64_t argc)
{
    (void)self;
    RtValue f = rt_args[0];
    RtValue list = rt_args[argc - 1];
    int64_t leading = argc - 2;
    memmove(rt_args, rt_args + 1, (size_t)leading * sizeof *rt_args);
    int64_t count = rt_spread_list(f, leading, list, NULL);
    return rt_apply_n(f, count, NULL);
}

int64_t rt_spread_list(RtValue f, int64_t argc, RtValue list, const RtPlace *at)
{
    int64_t length = 0;
    RtValue rest = list;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) length++;
    if (rest.tag != RT_NIL) {
        drop_args(argc);
        rt_drop(f);
        rt_raise_type(at, "apply", list.tag == RT_CONS ? "a proper list" : "a list", list);
    }
    rt_args_reserve(argc + length);
    for (rest = list; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) {
        rt_args[argc++] = rt_dup(rt_car_of(rt_as_cons(rest)));
    }
    rt_drop(list);
    return argc;
}

RtValue rt_list_from_args(int64_t from, int64_t argc) { return rt_list(rt_args + from, argc - from); }

/* ---- the objects ----------------------------------------------------------------------------------------------- */

/* A function without captures is a static closure, and its entry does not count itself; so one made here, should
 * anybody ask for it, never dies. */
RtValue rt_make_closure(const RtCode *code, const RtValue *captures, int64_t count)
{
    RtClosure *closure = rt_begin_closure(code, count);
    for (int64_t i = 0; i < count; i++) {
        RtCaptures *group = &closure->captures[i / RT_CAPTURES_IN_GROUP];
        group->tags[i % RT_CAPTURES_IN_GROUP] = (uint8_t)captures[i].tag;
        group->data[i % RT_CAPTURES_IN_GROUP] = captures[i].data;
    }
    RtValue value = rt_from_object(RT_CLOSURE, closure);
    if (count == 0) rt_make_immortal(value);
    return value;
}

const RtCode *rt_closure_code(RtValue closure) { return rt_as_closure(closure)->code; }

RtValue rt_make_env(const RtValue *items, int64_t count)
{
    RtEnv *env = rt_alloc(rt_env_size_bytes(count));
    env->count = 1;
    env->info = 0;
    env->length = count;
    if (count > 0) memcpy(env->items, items, (size_t)count * sizeof *items);
    return rt_from_object(RT_ENV, env);
}

RtValue rt_env(RtValue *args, int64_t count) { return rt_make_env(args, count); }
