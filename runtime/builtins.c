/* The builtins as values: for each row of primitives.def a static closure rt_builtin_<id> and the entry behind it.
 *
 * Compiled code calls a primitive's C function directly; the closures are for programs that pass `car` or `+` around.
 * An entry owns its arguments like that of any function.  Operands that the C function only borrows are held in
 * RT_OWNED locals, so they are dropped after the call and also when it raises. Rows of shape N get the argument buffer
 * itself: their functions do not call back into Lisp, so nobody refills it under them.  The place is always NULL,
 * "where the function was called": the caller has set rt_call_place.
 */
#include "internal.h"

/* ---- ownership ------------------------------------------------------------------------------------------------- */

/* What is to be dropped after the call for operand i: the operand if borrowed, else nothing.  `owns` is a literal. */
static inline RtValue held(const char *owns, int i, RtValue operand) { return owns[i] == 'b' ? operand : rt_nil(); }
#define HOLD(owns, i, operand) RtValue held_##operand RT_OWNED = held(owns, i, operand)

typedef struct HeldArgs {
    int64_t count;
} HeldArgs; /* of rt_args */
static inline void drop_held_args(HeldArgs *held_args)
{
    for (int64_t i = 0; i < held_args->count; i++) rt_drop(rt_args[i]);
}
#define HOLD_ARGS(owns, argc)                                                                                          \
    HeldArgs held_args __attribute__((cleanup(drop_held_args))) = {(owns)[0] == 'b' ? (argc) : 0}

/* ---- entries, by shape ----------------------------------------------------------------------------------------- */

#define ENTER(id, ...) static RT_TAILCC RtValue enter_##id(RtClosure *self RT_SELF, __VA_ARGS__)
#define ENTER_GENERIC(id) static RT_TAILCC RtValue enter_##id(RtClosure *self, int64_t argc)
#define IGNORE_SELF (void)self /* immortal: nothing to drop */

#define ENTRY_0(id, function, owns)                                                                                    \
    static RT_TAILCC RtValue enter_##id(RtClosure *self RT_SELF)                                                       \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        return function();                                                                                             \
    }
#define ENTRY_0P(id, function, owns)                                                                                   \
    static RT_TAILCC RtValue enter_##id(RtClosure *self RT_SELF)                                                       \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        return function(NULL);                                                                                         \
    }
#define ENTRY_1(id, function, owns)                                                                                    \
    ENTER(id, RtValue a)                                                                                               \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        HOLD(owns, 0, a);                                                                                              \
        return function(a);                                                                                            \
    }
#define ENTRY_1P(id, function, owns)                                                                                   \
    ENTER(id, RtValue a)                                                                                               \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        HOLD(owns, 0, a);                                                                                              \
        return function(a, NULL);                                                                                      \
    }
#define ENTRY_2(id, function, owns)                                                                                    \
    ENTER(id, RtValue a, RtValue b)                                                                                    \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        HOLD(owns, 0, a);                                                                                              \
        HOLD(owns, 1, b);                                                                                              \
        return function(a, b);                                                                                         \
    }
#define ENTRY_2P(id, function, owns)                                                                                   \
    ENTER(id, RtValue a, RtValue b)                                                                                    \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        HOLD(owns, 0, a);                                                                                              \
        HOLD(owns, 1, b);                                                                                              \
        return function(a, b, NULL);                                                                                   \
    }
#define ENTRY_3(id, function, owns)                                                                                    \
    ENTER(id, RtValue a, RtValue b, RtValue c)                                                                         \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        HOLD(owns, 0, a);                                                                                              \
        HOLD(owns, 1, b);                                                                                              \
        HOLD(owns, 2, c);                                                                                              \
        return function(a, b, c);                                                                                      \
    }
#define ENTRY_3P(id, function, owns)                                                                                   \
    ENTER(id, RtValue a, RtValue b, RtValue c)                                                                         \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        HOLD(owns, 0, a);                                                                                              \
        HOLD(owns, 1, b);                                                                                              \
        HOLD(owns, 2, c);                                                                                              \
        return function(a, b, c, NULL);                                                                                \
    }
#define ENTRY_N(id, function, owns)                                                                                    \
    ENTER_GENERIC(id)                                                                                                  \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        HOLD_ARGS(owns, argc);                                                                                         \
        return function(rt_args, argc);                                                                                \
    }
#define ENTRY_NP(id, function, owns)                                                                                   \
    ENTER_GENERIC(id)                                                                                                  \
    {                                                                                                                  \
        IGNORE_SELF;                                                                                                   \
        HOLD_ARGS(owns, argc);                                                                                         \
        return function(rt_args, argc, NULL);                                                                          \
    }

#define PRIM(id, name, function, shape, min, max, owns, accepts, result, effect, doc) ENTRY_##shape(id, function, owns)
#define PRIM_TAIL(id, name, function, min, max, doc) extern RtGenericEntry function;
#include "primitives.def"
#undef PRIM
#undef PRIM_TAIL

/* ---- codes and closures ---------------------------------------------------------------------------------------- */

#define NAME_OF(id, lisp_name) ((const char *)(lisp_name) ? (lisp_name) : #id)

#define DIRECT(id, lisp_name, parameters)                                                                              \
    static const RtCode code_##id = {.entry = (void *)enter_##id,                                                      \
                                     .lent_entry = (void *)enter_##id,                                                 \
                                     .borrow_entry = (void *)rt_lend_all_##parameters,                                 \
                                     .min_args = parameters,                                                           \
                                     .max_args = parameters,                                                           \
                                     .name = NAME_OF(id, lisp_name),                                                   \
                                     .is_builtin = 1};                                                                 \
    RtClosure rt_builtin_##id = {.count = RT_IMMORTAL, .arity = parameters, .code = &code_##id};
#define GENERIC(id, lisp_name, function, min, max)                                                                     \
    static const RtCode code_##id = {                                                                                  \
        .generic_entry = function, .min_args = min, .max_args = max, .name = NAME_OF(id, lisp_name), .is_builtin = 1}; \
    RtClosure rt_builtin_##id = {.count = RT_IMMORTAL, .arity = -1, .code = &code_##id};

#define CODE_0(id, name, min, max) DIRECT(id, name, 0)
#define CODE_0P(id, name, min, max) DIRECT(id, name, 0)
#define CODE_1(id, name, min, max) DIRECT(id, name, 1)
#define CODE_1P(id, name, min, max) DIRECT(id, name, 1)
#define CODE_2(id, name, min, max) DIRECT(id, name, 2)
#define CODE_2P(id, name, min, max) DIRECT(id, name, 2)
#define CODE_3(id, name, min, max) DIRECT(id, name, 3)
#define CODE_3P(id, name, min, max) DIRECT(id, name, 3)
#define CODE_N(id, name, min, max) GENERIC(id, name, enter_##id, min, max)
#define CODE_NP(id, name, min, max) GENERIC(id, name, enter_##id, min, max)

#define PRIM(id, name, function, shape, min, max, owns, accepts, result, effect, doc) CODE_##shape(id, name, min, max)
#define PRIM_TAIL(id, name, function, min, max, doc) GENERIC(id, name, function, min, max)
#include "primitives.def"
#undef PRIM
#undef PRIM_TAIL
