/* Helpers of the tests of values, heap, lists, vectors, strings and closures; the fixture of number_testing.h makes
 * each test a memory test too.
 */
#ifndef CONSAIR_RUNTIME_TESTING_H
#define CONSAIR_RUNTIME_TESTING_H

#include "number_testing.h"

#define STRING(text) rt_string_from_text(text)
#define INT(n) rt_from_int(n)

static inline uint32_t count_of(RtValue v) { return *rt_count_of(rt_object(v)); }

/* The list of a ... b. */
static inline RtValue ints(int64_t a, int64_t b)
{
    RtValue list = rt_nil();
    for (int64_t i = b; i >= a; i--) list = rt_cons(INT(i), list);
    return list;
}

/* (a b . tail), all consumed. */
static inline RtValue dotted(RtValue a, RtValue b, RtValue tail) { return rt_cons(a, rt_cons(b, tail)); }

typedef RtValue Unary(RtValue a, const RtPlace *at);
typedef RtValue Binary(RtValue a, RtValue b, const RtPlace *at);

typedef struct Call {
    Unary *unary;
    Binary *binary;
    RtValue a, b, result;
} Call;

static inline void run_call(void *arg)
{
    Call *call = arg;
    call->result = call->unary ? call->unary(call->a, NULL) : call->binary(call->a, call->b, NULL);
}

static inline void assert_raised(bool raised, RtValue error, const char *message)
{
    ck_assert_msg(raised, "no error, expected: %s", message);
    ck_assert_str_eq(rt_as_string(rt_as_error(error)->message)->bytes, message);
    rt_drop(error);
}

/* The operand goes to the function; one that only borrows it leaves it to the caller. */
static inline void assert_unary_raises(Unary *unary, RtValue a, const char *message)
{
    Call call = {.unary = unary, .a = a};
    RtValue error = rt_nil();
    bool raised = rt_try(run_call, &call, &error);
    assert_raised(raised, error, message);
}

static inline void assert_call2_raises(Binary *binary, RtValue a, RtValue b, const char *message)
{
    Call call = {.binary = binary, .a = a, .b = b};
    RtValue error = rt_nil();
    bool raised = rt_try(run_call, &call, &error);
    assert_raised(raised, error, message);
}

static inline void assert_truth(RtValue v, bool expected)
{
    ck_assert_uint_eq(v.tag, expected ? RT_BOOL : RT_NIL);
    ck_assert_int_eq(v.data, expected);
}

#endif
