/* Helpers of the number tests: values from and to text, operators run on owned and on shared operands, raised errors.
 *
 * The fixture counts live objects before and after each test, so that every test is a memory test too.
 */
#ifndef CONSAIR_NUMBER_TESTING_H
#define CONSAIR_NUMBER_TESTING_H

#include "consair_rt.h"
#include <check.h>
#include <stdlib.h>

typedef RtValue BinaryOperator(RtValue a, RtValue b, const RtPlace *at);
typedef RtValue VariadicOperator(RtValue *args, int64_t count, const RtPlace *at);

static int64_t live_before;

static inline void count_before(void) { live_before = rt_live_objects(); }
static inline void count_after(void) { ck_assert_int_eq(rt_live_objects(), live_before); }

/* "\"..." makes a string, nil and t themselves; all else must be numeric syntax. */
static inline RtValue value_of(const char *text)
{
    if (text[0] == '"') return rt_string_from_text(text + 1);
    if (strcmp(text, "nil") == 0) return rt_nil();
    if (strcmp(text, "t") == 0) return rt_true();
    RtValue v = rt_nil();
    ck_assert_msg(rt_read_number(text, strlen(text), &v) == RT_NUMBER_OK, "not a number: %s", text);
    return v;
}

static inline void assert_written_borrow(RtValue v, const char *expected, const char *what)
{
    RtText text = {0};
    rt_write_value_borrow(&text, v, 0);
    ck_assert_msg(strcmp(text.bytes, expected) == 0, "%s: expected %s, got %s", what, expected, text.bytes);
    rt_text_free(&text);
}

static inline void assert_written(RtValue v, const char *expected, const char *what)
{
    assert_written_borrow(v, expected, what);
    rt_drop(v);
}

static inline void assert_unchanged(RtValue v, const char *text)
{
    RtValue original = value_of(text);
    ck_assert_msg(rt_number_eqv(v, original), "shared operand %s has changed", text);
    rt_drop(v);
    rt_drop(original);
}

/* Runs the operator with all four combinations of unique and shared operands; shared ones must keep their value. */
static inline void assert_binary(BinaryOperator *operator, const char * a_text, const char *b_text,
                                 const char *expected)
{
    char what[200];
    snprintf(what, sizeof what, "%.80s and %.80s", a_text, b_text);
    for (int shared = 0; shared < 4; shared++) {
        RtValue a = value_of(a_text), b = value_of(b_text);
        if (shared & 1) rt_dup(a);
        if (shared & 2) rt_dup(b);
        assert_written(operator(a, b, NULL), expected, what);
        if (shared & 1) assert_unchanged(a, a_text);
        if (shared & 2) assert_unchanged(b, b_text);
    }
}

typedef struct VariadicCall {
    VariadicOperator *operator;
    RtValue *args;
    int64_t count;
    RtValue result;
} VariadicCall;

static void run_variadic(void *arg)
{
    VariadicCall *call = arg;
    call->result = call->operator(call->args, call->count, NULL);
}

/* `operands`: separated by blanks.  `expected`: the written result, or "!" and the error's message. */
static inline void assert_variadic(VariadicOperator *operator, const char * operands, const char *expected)
{
    enum { MAX_OPERANDS = 16 };
    RtValue args[MAX_OPERANDS];
    VariadicCall call = {operator, args, 0, rt_nil()};
    char copy[400];
    snprintf(copy, sizeof copy, "%s", operands);
    for (char *word = strtok(copy, " "); word && call.count < MAX_OPERANDS; word = strtok(NULL, " ")) {
        args[call.count++] = value_of(word);
    }
    RtValue error;
    if (!rt_try(run_variadic, &call, &error)) {
        ck_assert_msg(expected[0] != '!', "%s: no error", operands);
        assert_written(call.result, expected, operands);
        return;
    }
    RtValue message = rt_as_error(error)->message;
    ck_assert_msg(strcmp(rt_as_string(message)->bytes, expected + (expected[0] == '!')) == 0, "%s: %s", operands,
                  rt_as_string(message)->bytes);
    rt_drop(error);
}

typedef struct BinaryCall {
    BinaryOperator *operator;
    RtValue a, b, result;
} BinaryCall;

static void run_binary(void *arg)
{
    BinaryCall *call = arg;
    call->result = call->operator(call->a, call->b, NULL);
}

static inline void assert_binary_raises(BinaryOperator *operator, const char * a, const char *b, const char *message)
{
    for (int shared = 0; shared < 2; shared++) {
        BinaryCall call = {operator, value_of(a), value_of(b), rt_nil()};
        if (shared) {
            rt_dup(call.a);
            rt_dup(call.b);
        }
        RtValue error;
        ck_assert_msg(rt_try(run_binary, &call, &error), "%s and %s: no error", a, b);
        ck_assert_str_eq(rt_as_string(rt_as_error(error)->message)->bytes, message);
        rt_drop(error);
        if (shared) {
            rt_drop(call.a);
            rt_drop(call.b);
        }
    }
}

static inline uint64_t next_random(uint64_t *state) /* splitmix64: the same numbers on every machine */
{
    uint64_t x = *state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static inline int run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

static inline TCase *add_case(Suite *suite, const char *name)
{
    TCase *test_case = tcase_create(name);
    tcase_add_checked_fixture(test_case, count_before, count_after);
    tcase_set_timeout(test_case, 120);
    suite_add_tcase(suite, test_case);
    return test_case;
}

#endif
