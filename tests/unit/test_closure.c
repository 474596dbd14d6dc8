/* Closures: representation, calls with any number of arguments, errors, builtins as values, constant stack in tail
 * calls. */
#include "runtime_testing.h"
#include "internal.h"

/* ---- functions as compiled code would have them ---------------------------------------------------------------- */

static RT_TAILCC RtValue enter_none(RtClosure *self RT_SELF)
{
    (void)self;
    return INT(7);
}

/* (lambda (x) (+ x captured)) */
static RT_TAILCC RtValue enter_add_captured(RtClosure *self RT_SELF, RtValue x)
{
    RtValue captured = rt_dup(rt_capture(self, 0));
    rt_drop(rt_from_object(RT_CLOSURE, self));
    return rt_add(x, captured, NULL);
}

static RT_TAILCC RtValue enter_eight(RtClosure *self, int64_t argc)
{
    (void)self;
    return rt_list_from_args(0, argc);
}

/* (lambda (a . rest) rest) */
static RT_TAILCC RtValue enter_rest(RtClosure *self, int64_t argc)
{
    (void)self;
    rt_drop(rt_args[0]);
    return rt_list_from_args(1, argc);
}

/* (lambda (f n) (if (= n 0) 'done (f f (- n 1)))), the call through rt_apply_n */
static RT_TAILCC RtValue enter_countdown(RtClosure *self RT_SELF, RtValue f, RtValue n)
{
    (void)self;
    if (n.data == 0) {
        rt_drop(f);
        return rt_intern_text("done");
    }
    rt_args[0] = f;
    rt_args[1] = INT(n.data - 1);
    return rt_apply_n(f, 2, NULL);
}

#define DIRECT(id, entry_function, parameters)                                                                         \
    static const RtCode id##_code = {.entry = (void *)entry_function,                                                  \
                                     .lent_entry = (void *)entry_function,                                             \
                                     .borrow_entry = (void *)rt_lend_all_##parameters,                                 \
                                     .min_args = parameters,                                                           \
                                     .max_args = parameters,                                                           \
                                     .name = #id};                                                                     \
    static RtClosure id = {.count = RT_IMMORTAL, .arity = parameters, .code = &id##_code}
DIRECT(none, enter_none, 0);
DIRECT(countdown, enter_countdown, 2);
static const RtCode add_captured_code = {
    .entry = (void *)enter_add_captured, .min_args = 1, .max_args = 1, .name = "adder", .capture_count = 1};
static const RtCode two_captures_code = {
    .entry = (void *)enter_add_captured, .min_args = 1, .max_args = 1, .name = "two", .capture_count = 2};
static const RtCode many_captures_code = {.min_args = 0, .max_args = 0, .name = "many", .capture_count = 20};
static const RtCode eight_code = {.generic_entry = enter_eight, .min_args = 8, .max_args = 8, .name = "eight"};
static RtClosure eight = {.count = RT_IMMORTAL, .arity = -1, .code = &eight_code};
static const RtCode rest_code = {.generic_entry = enter_rest, .min_args = 1, .max_args = -1, .name = "rest"};
static RtClosure rest_closure = {.count = RT_IMMORTAL, .arity = -1, .code = &rest_code};

static RtValue function(RtClosure *closure) { return rt_from_object(RT_CLOSURE, closure); }

#define CALL(f, ...)                                                                                                   \
    rt_call_value(f, (RtValue[]){__VA_ARGS__}, (int64_t)(sizeof((RtValue[]){__VA_ARGS__}) / sizeof(RtValue)), NULL)

typedef struct ValueCall {
    RtValue f;
    const RtValue *args;
    int64_t count;
    const RtPlace *at;
} ValueCall;

static void run_value_call(void *arg)
{
    ValueCall *call = arg;
    rt_drop(rt_call_value(call->f, call->args, call->count, call->at));
}

static void assert_call_raises(RtValue f, const RtValue *args, int64_t count, const char *message)
{
    ValueCall call = {f, args, count, NULL};
    RtValue error = rt_nil();
    bool raised = rt_try(run_value_call, &call, &error);
    assert_raised(raised, error, message);
}

/* ---- representation -------------------------------------------------------------------------------------------- */

START_TEST(test_fields)
{
    RtValue text = STRING("x");
    RtValue closure = rt_make_closure(&two_captures_code, (RtValue[]){INT(5), rt_dup(text)}, 2);
    ck_assert_uint_eq(closure.tag, RT_CLOSURE);
    ck_assert_uint_eq(count_of(closure), 1);
    ck_assert_ptr_eq(rt_closure_code(closure), &two_captures_code);
    ck_assert_int_eq(rt_as_closure(closure)->arity, 1);
    ck_assert_int_eq(rt_capture(rt_as_closure(closure), 0).data, 5);
    ck_assert_int_eq(rt_capture(rt_as_closure(closure), 1).data, text.data);
    ck_assert_uint_eq(rt_capture(rt_as_closure(closure), 1).tag, RT_STRING);
    ck_assert_uint_eq(count_of(text), 2);
    rt_drop(closure);
    ck_assert_uint_eq(count_of(text), 1);
    rt_drop(text);
}
END_TEST

START_TEST(test_many_captures)
{
    enum { COUNT = 20 };
    RtValue texts[COUNT];
    for (int i = 0; i < COUNT; i++) texts[i] = i % 3 ? STRING("x") : INT(i);
    for (int i = 0; i < COUNT; i++) rt_dup(texts[i]);
    RtValue closure = rt_make_closure(&many_captures_code, texts, COUNT);
    for (int i = 0; i < COUNT; i++) {
        ck_assert_uint_eq(rt_capture(rt_as_closure(closure), i).tag, texts[i].tag);
        ck_assert_int_eq(rt_capture(rt_as_closure(closure), i).data, texts[i].data);
    }
    rt_drop(closure);
    for (int i = 0; i < COUNT; i++) {
        if (i % 3) ck_assert_uint_eq(count_of(texts[i]), 1);
        rt_drop(texts[i]);
    }
}
END_TEST

START_TEST(test_without_captures)
{
    RtValue closure = rt_make_closure(&none_code, NULL, 0);
    ck_assert_int_eq(rt_call_value(closure, NULL, 0, NULL).data, 7);
    ck_assert_int_eq(rt_call_value(closure, NULL, 0, NULL).data, 7);
}
END_TEST

START_TEST(test_eq_of_siblings)
{
    RtValue env = rt_make_env((RtValue[]){INT(1)}, 1);
    RtValue other_env = rt_make_env((RtValue[]){INT(1)}, 1);
    RtValue a = rt_make_closure(&add_captured_code, (RtValue[]){rt_dup(env)}, 1);
    RtValue b = rt_make_closure(&add_captured_code, (RtValue[]){env}, 1);
    RtValue c = rt_make_closure(&add_captured_code, (RtValue[]){other_env}, 1);
    RtValue d = rt_make_closure(&add_captured_code, (RtValue[]){INT(1)}, 1);
    RtValue e = rt_make_closure(&add_captured_code, (RtValue[]){INT(1)}, 1);
    assert_truth(rt_eq(a, b), true);
    assert_truth(rt_eq(a, c), false);
    assert_truth(rt_eq(d, e), false);
    assert_truth(rt_eq(d, d), true);
    const RtValue all[] = {a, b, c, d, e};
    for (int i = 0; i < 5; i++) rt_drop(all[i]);
}
END_TEST

/* ---- calls ----------------------------------------------------------------------------------------------------- */

START_TEST(test_calls)
{
    RtValue adder = rt_make_closure(&add_captured_code, (RtValue[]){INT(10)}, 1);
    ck_assert_int_eq(CALL(rt_dup(adder), INT(5)).data, 15);
    ck_assert_uint_eq(count_of(adder), 1);
    ck_assert_int_eq(CALL(adder, INT(7)).data, 17);
    ck_assert_int_eq(rt_call_value(function(&none), NULL, 0, NULL).data, 7);
    assert_written(CALL(function(&eight), INT(1), INT(2), STRING("c"), INT(4), INT(5), INT(6), INT(7), rt_nil()),
                   "(1 2 \"c\" 4 5 6 7 nil)", "eight");
    assert_written(CALL(function(&rest_closure), STRING("a"), INT(2), STRING("c")), "(2 \"c\")", "rest");
    assert_written(CALL(function(&rest_closure), STRING("a")), "nil", "empty rest");
}
END_TEST

START_TEST(test_many_arguments)
{
    enum { COUNT = 10000 };
    static RtValue args[COUNT];
    for (int i = 0; i < COUNT; i++) args[i] = INT(i);
    RtValue list = rt_call_value(function(&rest_closure), args, COUNT, NULL);
    ck_assert_int_eq(rt_length(list, NULL).data, COUNT - 1);
    rt_drop(list);
}
END_TEST

START_TEST(test_tail_calls)
{
    assert_written(CALL(function(&countdown), function(&countdown), INT(5000000)), "done", "countdown");
}
END_TEST

START_TEST(test_place)
{
    static const RtPlace place = {.file = "f.lisp", .line = 3, .column = 4, .width = 1};
    ValueCall call = {INT(7), NULL, 0, &place};
    RtValue error;
    ck_assert(rt_try(run_value_call, &call, &error));
    ck_assert_ptr_eq(rt_as_error(error)->place, &place);
    rt_drop(error);
    RtValue args[] = {rt_nil()};
    call = (ValueCall){function(&rt_builtin_car), args, 1, &place};
    ck_assert(rt_try(run_value_call, &call, &error));
    ck_assert_ptr_eq(rt_as_error(error)->place, &place);
    rt_drop(error);
}
END_TEST

START_TEST(test_call_errors)
{
    RtValue two[] = {STRING("a"), STRING("b")};
    assert_call_raises(INT(7), NULL, 0, "cannot apply 7: not a function");
    assert_call_raises(STRING("f"), two, 2, "cannot apply \"f\": not a function");
    two[0] = STRING("a");
    two[1] = STRING("b");
    assert_call_raises(function(&none), two, 2, "none: expected 0 arguments, got 2");
    assert_call_raises(function(&rest_closure), NULL, 0, "rest: expected at least 1 argument, got 0");
    RtValue adder = rt_make_closure(&add_captured_code, (RtValue[]){STRING("captured")}, 1);
    assert_call_raises(adder, NULL, 0, "adder: expected 1 argument, got 0");
    static RtMacro macro = {.count = RT_IMMORTAL, .name = "when"};
    two[0] = STRING("a");
    assert_call_raises(rt_from_object(RT_MACRO, &macro), two, 1,
                       "cannot apply when: it is a macro, and was not known when this call was compiled");
}
END_TEST

/* ---- apply ----------------------------------------------------------------------------------------------------- */

START_TEST(test_apply)
{
    RtValue apply = function(&rt_builtin_apply);
    assert_written(CALL(apply, function(&rt_builtin_add_n), INT(1), ints(2, 4)), "10", "apply +");
    assert_written(CALL(apply, function(&rt_builtin_list), STRING("a"), INT(2), rt_cons(STRING("c"), rt_nil())),
                   "(\"a\" 2 \"c\")", "apply list");
    assert_written(CALL(apply, function(&rt_builtin_list), rt_nil()), "nil", "apply without arguments");
    assert_written(CALL(apply, apply, dotted(function(&rt_builtin_add_n), ints(1, 3), rt_nil())), "6", "apply apply");
    RtValue list = CALL(apply, function(&rt_builtin_list), ints(1, 100000));
    ck_assert_int_eq(rt_length(list, NULL).data, 100000);
    RtValue shared = CALL(apply, function(&rt_builtin_list), rt_dup(list));
    ck_assert_int_eq(rt_length(shared, NULL).data, 100000);
    rt_drop(shared);
    rt_drop(list);
}
END_TEST

START_TEST(test_apply_errors)
{
    RtValue apply = function(&rt_builtin_apply);
    RtValue args[] = {function(&rt_builtin_list), STRING("a"), INT(5)};
    assert_call_raises(apply, args, 3, "apply: expected a list, got 5");
    args[1] = STRING("a");
    args[2] = rt_cons(STRING("b"), STRING("c"));
    assert_call_raises(apply, args, 3, "apply: expected a proper list, got (\"b\" . \"c\")");
    assert_call_raises(apply, args, 1, "apply: expected at least 2 arguments, got 1");
    args[0] = INT(7);
    args[1] = ints(1, 3);
    assert_call_raises(apply, args, 2, "cannot apply 7: not a function");
}
END_TEST

/* ---- builtins as values ---------------------------------------------------------------------------------------- */

START_TEST(test_builtins)
{
    assert_written(CALL(function(&rt_builtin_car), rt_cons(STRING("a"), STRING("b"))), "\"a\"", "car");
    assert_written(CALL(function(&rt_builtin_cons), STRING("a"), STRING("b")), "(\"a\" . \"b\")", "cons");
    assert_written(CALL(function(&rt_builtin_eq), STRING("a"), STRING("a")), "t", "eq");
    RtValue list = dotted(STRING("a"), STRING("b"), rt_nil());
    assert_written(CALL(function(&rt_builtin_nth), list, INT(1)), "\"b\"", "nth");
    assert_written(CALL(function(&rt_builtin_append), ints(1, 2), ints(3, 4)), "(1 2 3 4)", "append");
    assert_written(rt_call_value(function(&rt_builtin_append), NULL, 0, NULL), "nil", "append of nothing");
    RtValue name = CALL(function(&rt_builtin_gensym), STRING("p"));
    ck_assert_uint_eq(name.tag, RT_SYMBOL);
    rt_drop(name);
    ck_assert_str_eq(rt_builtin_car.code->name, "car");
    ck_assert_uint_eq(rt_builtin_car.code->is_builtin, 1);
    ck_assert_int_eq(rt_builtin_car.arity, 1);
    ck_assert_int_eq(rt_builtin_add_n.arity, -1);
}
END_TEST

/* Borrowed operands are dropped also when the function raises. */
START_TEST(test_builtin_errors)
{
    RtValue args[3] = {STRING("a")};
    assert_call_raises(function(&rt_builtin_car), args, 1, "car: expected a cons, got \"a\"");
    args[0] = rt_vector((RtValue[]){STRING("a")}, 1);
    args[1] = STRING("i");
    assert_call_raises(function(&rt_builtin_vector_ref), args, 2, "vector-ref: expected an integer index, got \"i\"");
    args[0] = STRING("a");
    args[1] = STRING("b");
    assert_call_raises(function(&rt_builtin_car), args, 2, "car: expected 1 argument, got 2");
    args[0] = ints(1, 2);
    assert_call_raises(function(&rt_builtin_gensym), args, 1, "gensym: expected a string, got (1 2)");
    args[0] = ints(1, 2);
    args[1] = STRING("a");
    assert_call_raises(function(&rt_builtin_gensym), args, 2, "gensym: expected 0 to 1 argument, got 2");
    args[0] = rt_cons(INT(1), INT(2));
    args[1] = ints(1, 2);
    assert_call_raises(function(&rt_builtin_append), args, 2, "append: expected a proper list, got (1 . 2)");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("closure");
    TCase *objects = add_case(suite, "representation");
    tcase_add_test(objects, test_fields);
    tcase_add_test(objects, test_many_captures);
    tcase_add_test(objects, test_without_captures);
    tcase_add_test(objects, test_eq_of_siblings);
    TCase *calls = add_case(suite, "calls");
    tcase_add_test(calls, test_calls);
    tcase_add_test(calls, test_many_arguments);
    tcase_add_test(calls, test_tail_calls);
    tcase_add_test(calls, test_place);
    tcase_add_test(calls, test_call_errors);
    TCase *apply = add_case(suite, "apply");
    tcase_add_test(apply, test_apply);
    tcase_add_test(apply, test_apply_errors);
    TCase *builtins = add_case(suite, "builtins as values");
    tcase_add_test(builtins, test_builtins);
    tcase_add_test(builtins, test_builtin_errors);
    return run_suite(suite);
}
