/* The interpreter on Core built by hand: values, tail calls in every mix, depth, errors; and that nothing leaks,
 * also not when errors end the evaluation somewhere in the middle (random programs).
 */
#include "build_core.h"

#include <check.h>
#include <stdlib.h>

static int64_t live_before;

static void begin(void)
{
    rt_init(0, NULL);
    program_begin();
    live_before = rt_live_objects();
}

static void end(void)
{
    for (int i = 0; i < program->global_count; i++) {
        RtValue *cell = program->globals[i]->cells[WORLD_RUN];
        if (cell->tag != RT_UNBOUND) rt_drop(*cell);
    }
    ck_assert_int_eq(rt_live_objects(), live_before);
    program_end();
}

/* ---- running ------------------------------------------------------------------------------------------------- */

typedef struct Run {
    CoreFunction *form;
    RtValue result;
    char message[200]; /* of the error, or empty */
} Run;

static void run_form(void *data)
{
    Run *run = data;
    run->result = interp_run_toplevel(run->form, WORLD_RUN);
}

static void run_protected(void *data)
{
    Run *run = data;
    RtValue error;
    run->message[0] = 0;
    if (!rt_try(run_form, run, &error)) return;
    run->result = rt_nil();
    RtText text = {0};
    rt_display_value_borrow(&text, rt_as_error(error)->message);
    snprintf(run->message, sizeof run->message, "%s", text.bytes);
    rt_text_free(&text);
    rt_drop(error);
}

/* The form in a new program of the functions made so far. */
static Run run(CoreNode *body)
{
    Run run = {.form = toplevel(body)};
    pass_rc(NULL, program);
    interp_prepare(program);
    program->function_count = 0; /* a pass sees each function once */
    rt_on_lisp_stack(run_protected, &run);
    return run;
}

static void expect_text(CoreNode *body, const char *expected)
{
    Run result = run(body);
    ck_assert_str_eq(result.message, "");
    RtText text = {0};
    rt_write_value_borrow(&text, result.result, 0);
    rt_drop(result.result);
    ck_assert_str_eq(text.bytes, expected);
    rt_text_free(&text);
}

static void expect_error(CoreNode *body, const char *part)
{
    Run result = run(body);
    ck_assert_msg(strstr(result.message, part), "expected an error with '%s', got '%s'", part, result.message);
}

/* ---- functions of several tests ------------------------------------------------------------------------------ */

/* (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) */
static CoreFunction *make_fib(void)
{
    CoreVar *n = var("n");
    CoreFunction *f = function("fib", 0, 1, &n);
    CoreNode *one = CALL_KNOWN(f, PRIM_CALL(sub, local(n), integer(1)));
    CoreNode *two = CALL_KNOWN(f, PRIM_CALL(sub, local(n), integer(2)));
    f->body = if_(PRIM_CALL(lt, local(n), integer(2)), local(n), PRIM_CALL(add, one, two));
    return f;
}

/* (lambda (n) (if (= n 0) nil (cons n (make (- n 1))))): a list by recursion that is not in tail position */
static CoreFunction *make_list_maker(CoreNode *at_zero)
{
    CoreVar *n = var("n");
    CoreFunction *f = function("make", 0, 1, &n);
    CoreNode *rest = CALL_KNOWN(f, PRIM_CALL(sub, local(n), integer(1)));
    f->body = if_(PRIM_CALL(num_eq, local(n), integer(0)), at_zero, PRIM_CALL(cons, local(n), rest));
    return f;
}

static CoreFunction *make_adder(void)
{
    CoreVar *vars[] = {var("a"), var("b"), var("x")};
    CoreFunction *f = function("adder", 2, 1, vars);
    f->body = PRIM_CALL(list, local(vars[0]), local(vars[1]), local(vars[2]));
    return f;
}

/* ---- values and calls ---------------------------------------------------------------------------------------- */

START_TEST(known_calls) { expect_text(CALL_KNOWN(make_fib(), integer(20)), "6765"); }
END_TEST

START_TEST(open_world_calls)
{
    CoreGlobal *fib = global("fib", PRIM_NONE), *add = global("+", PRIM_add_n), *sub = global("-", PRIM_sub_n);
    CoreGlobal *lt = global("<", PRIM_lt_n);
    CoreVar *n = var("n");
    CoreFunction *f = function("fib", 0, 1, &n);
    CoreNode *one = CALL(global_value(fib), CALL(global_value(sub), local(n), integer(1)));
    CoreNode *two = CALL(global_value(fib), CALL(global_value(sub), local(n), integer(2)));
    f->body = if_(CALL(global_value(lt), local(n), integer(2)), local(n), tail(CALL(global_value(add), one, two)));
    CoreNode *define = core_define(program, NULL, fib, function_value(f));
    expect_text(SEQ(define, CALL(global_value(fib), integer(20))), "6765");
}
END_TEST

START_TEST(closures_own_their_captures)
{
    CoreVar *x = var("x"), *f = var("f");
    CoreNode *closure = CLOSURE(make_adder(), local(x), PRIM_CALL(list, local(x)));
    CoreNode *calls = PRIM_CALL(cons, CALL(local(f), integer(3)), CALL(local(f), local(x)));
    expect_text(let(x, PRIM_CALL(cons, integer(1), integer(2)), let(f, closure, calls)),
                "(((1 . 2) ((1 . 2)) 3) (1 . 2) ((1 . 2)) (1 . 2))");
}
END_TEST

START_TEST(rest_parameters)
{
    CoreVar *vars[] = {var("a"), var("rest")};
    CoreFunction *f = function("f", 0, 2, vars);
    f->has_rest = true;
    f->body = PRIM_CALL(cons, local(vars[1]), local(vars[0]));
    CoreVar *g = var("g");
    CoreNode *calls = PRIM_CALL(list, CALL(local(g), integer(1)), CALL(local(g), integer(1), integer(2), integer(3)));
    expect_text(let(g, function_value(f), calls), "((nil . 1) ((2 3) . 1))");
    expect_error(CALL(function_value(f)), "at least 1 argument");
}
END_TEST

START_TEST(apply_spreads_its_list)
{
    CoreVar *x = var("x");
    CoreNode *list = PRIM_CALL(list, integer(4));
    expect_text(APPLY(CLOSURE(make_adder(), integer(1), integer(2)), list), "(1 2 4)");
    expect_text(APPLY(function_value(make_fib()), integer(10), nil()), "55");
    expect_error(let(x, PRIM_CALL(list, integer(1)), APPLY(local(x), local(x), integer(7))), "apply");
}
END_TEST

START_TEST(many_operands)
{
    enum { COUNT = 400 };
    CoreNode *items[COUNT];
    for (int i = 0; i < COUNT; i++) items[i] = PRIM_CALL(list, integer(i));
    expect_text(PRIM_CALL(length, core_prim(program, NULL, PRIM_list, COUNT, copy_nodes(COUNT, items))), "400");
    CoreVar *all = var("all");
    CoreFunction *f = function("f", 0, 1, &all);
    f->has_rest = true;
    f->body = PRIM_CALL(length, local(all));
    expect_text(core_call(program, NULL, function_value(f), COUNT, copy_nodes(COUNT, items)), "400");
}
END_TEST

/* ---- tail calls ---------------------------------------------------------------------------------------------- */

START_TEST(self_tail_call)
{
    CoreVar *vars[] = {var("n"), var("last")};
    CoreFunction *f = function("loop", 0, 2, vars);
    CoreNode *next = PRIM_CALL(sub, local(vars[0]), integer(1)), *last = PRIM_CALL(cons, local(vars[0]), nil());
    CoreNode *again = tail(CALL_KNOWN(f, next, last));
    f->body = if_(PRIM_CALL(num_eq, local(vars[0]), integer(0)), local(vars[1]), again);
    expect_text(CALL_KNOWN(f, integer(1000000), nil()), "(1)");
}
END_TEST

static uintptr_t lowest_frame;

/* A function of another engine: (lambda (f n) (f n)), a tail call. */
static RT_TAILCC RtValue foreign_entry(RtClosure *self, int64_t argc)
{
    (void)self;
    (void)argc;
    uintptr_t frame = (uintptr_t)__builtin_frame_address(0);
    if (frame < lowest_frame) lowest_frame = frame;
    RtValue f = rt_args[0];
    rt_args[0] = rt_args[1];
    return rt_apply_n(f, 1, NULL);
}

static const RtCode foreign_code = {.generic_entry = foreign_entry, .min_args = 2, .max_args = 2, .name = "foreign"};
static RtClosure foreign = {.count = RT_IMMORTAL, .arity = -1, .code = &foreign_code};

/* even -> odd -> foreign -> even, each through a global; even is a closure that captures a list. */
START_TEST(mixed_mutual_tail_calls)
{
    CoreGlobal *even = global("even", PRIM_NONE), *odd = global("odd", PRIM_NONE);
    CoreVar *vars[] = {var("c"), var("n")}, *m = var("m");
    CoreFunction *f = function("even", 1, 1, vars), *g = function("odd", 0, 1, &m);
    CoreNode *next = tail(CALL(global_value(odd), PRIM_CALL(sub, local(vars[1]), integer(1))));
    f->body = if_(PRIM_CALL(num_eq, local(vars[1]), integer(0)), local(vars[0]), next);
    CoreNode *foreign_value = core_const(program, NULL, rt_from_object(RT_CLOSURE, &foreign));
    g->body = tail(CALL(foreign_value, global_value(even), PRIM_CALL(sub, local(m), integer(1))));
    CoreNode *defines = SEQ(core_define(program, NULL, even, CLOSURE(f, PRIM_CALL(list, integer(7)))),
                            core_define(program, NULL, odd, function_value(g)), CALL(global_value(even), integer(20)));
    lowest_frame = UINTPTR_MAX;
    expect_text(defines, "(7)");
    uintptr_t lowest = lowest_frame;
    expect_text(CALL(global_value(even), integer(1000000)), "(7)");
    ck_assert_uint_eq(lowest_frame, lowest);
}
END_TEST

/* ---- depth and errors ---------------------------------------------------------------------------------------- */

START_TEST(deep_recursion)
{
    CoreFunction *make = make_list_maker(nil());
    expect_text(PRIM_CALL(length, CALL_KNOWN(make, integer(1000000))), "1000000");
}
END_TEST

START_TEST(endless_recursion_is_an_error)
{
    CoreVar *x = var("x"), *e = var("e");
    CoreFunction *f = function("f", 0, 1, &x);
    f->body = PRIM_CALL(cons, PRIM_CALL(list, local(x)), CALL_KNOWN(f, PRIM_CALL(list, local(x))));
    expect_error(CALL_KNOWN(f, nil()), "recursion too deep");
    expect_text(try_(CALL_KNOWN(f, nil()), e, integer(5)), "5");
}
END_TEST

START_TEST(error_in_nested_calls)
{
    CoreFunction *make = make_list_maker(PRIM_CALL(car, integer(5)));
    CoreNode *nested = PRIM_CALL(list, PRIM_CALL(list, integer(1)), CALL_KNOWN(make, integer(1000)));
    expect_error(nested, "car: expected a cons, got 5");
}
END_TEST

START_TEST(operator_comes_before_operands)
{
    CoreGlobal *nowhere = global("nowhere", PRIM_NONE);
    expect_error(CALL(global_value(nowhere), PRIM_CALL(car, integer(5))), "unbound variable: nowhere");
    expect_error(CALL(integer(7), PRIM_CALL(car, integer(5))), "car");
    expect_error(CALL(integer(7), PRIM_CALL(list, integer(5))), "7");
}
END_TEST

START_TEST(arity_is_checked_after_operands)
{
    CoreFunction *fib = make_fib();
    CoreNode *two = CALL(function_value(fib), PRIM_CALL(list, integer(1)), PRIM_CALL(list, integer(2)));
    expect_error(two, "fib: expected 1 argument, got 2");
    expect_error(CALL(CLOSURE(make_adder(), PRIM_CALL(list, integer(1)), nil())), "expected 1 argument, got 0");
    expect_error(CALL(function_value(fib), PRIM_CALL(car, integer(1)), integer(2)), "car");
}
END_TEST

START_TEST(try_drops_what_the_body_owned)
{
    CoreVar *x = var("x"), *y = var("y"), *e = var("e");
    CoreFunction *make = make_list_maker(PRIM_CALL(car, integer(5)));
    CoreNode *raises = PRIM_CALL(list, local(y), CALL_KNOWN(make, integer(10)), local(y));
    CoreNode *body = let(y, PRIM_CALL(list, local(x)), raises);
    CoreNode *whole = PRIM_CALL(list, PRIM_CALL(list, integer(1)), try_(body, e, local(x)), local(x));
    expect_text(let(x, PRIM_CALL(list, integer(2)), whole), "((1) (2) (2))");
}
END_TEST

/* A catch after a deep recursion must not look at all the stack that was used once. */
START_TEST(many_catches)
{
    CoreVar *n = var("n"), *e = var("e"), *ignored = var("ignored");
    CoreFunction *make = make_list_maker(nil()), *loop = function("loop", 0, 1, &n);
    CoreNode *caught = try_(PRIM_CALL(car, PRIM_CALL(list, PRIM_CALL(add, nil(), integer(1)))), e, integer(0));
    CoreNode *again = SEQ(caught, tail(CALL_KNOWN(loop, PRIM_CALL(sub, local(n), integer(1)))));
    loop->body = if_(PRIM_CALL(num_eq, local(n), integer(0)), integer(3), again);
    expect_text(let(ignored, CALL_KNOWN(make, integer(500000)), CALL_KNOWN(loop, integer(20000))), "3");
}
END_TEST

START_TEST(whole_program)
{
    CoreGlobal *x = global("x", PRIM_NONE);
    toplevel(core_define(program, NULL, x, PRIM_CALL(list, integer(1))));
    toplevel(PRIM_CALL(car, global_value(x)));
    pass_rc(NULL, program);
    ck_assert_int_eq(interp_run_program(program, false, 0, NULL), 0);
}
END_TEST

/* ---- random programs ----------------------------------------------------------------------------------------- */

typedef struct Generator {
    uint32_t state;
    CoreVar *scope[64];
    int scope_count;
    CoreFunction *pair; /* a plain function of two */
    CoreFunction *triple; /* a closure function with two captures; NULL while its own body is made */
} Generator;

static int pick(Generator *g, int count)
{
    g->state = g->state * 1664525u + 1013904223u;
    return (int)(g->state >> 8) % count;
}

static CoreNode *random_node(Generator *g, int depth);

static CoreNode *random_leaf(Generator *g)
{
    if (g->scope_count && pick(g, 8)) return local(g->scope[pick(g, g->scope_count)]);
    return pick(g, 2) ? nil() : integer(pick(g, 10));
}

static CoreNode *random_binding(Generator *g, int depth, bool is_try)
{
    CoreVar *v = var("v");
    CoreNode *first = random_node(g, depth);
    g->scope[g->scope_count++] = v;
    CoreNode *second = random_node(g, depth);
    g->scope_count--;
    return is_try ? try_(first, v, second) : let(v, first, second);
}

static CoreNode *random_node(Generator *g, int depth)
{
    if (depth == 0 || g->scope_count == 60) return random_leaf(g);
    depth--;
    switch (pick(g, 13)) {
    case 0: return PRIM_CALL(cons, random_node(g, depth), random_node(g, depth));
    case 1: return PRIM_CALL(car, random_node(g, depth));
    case 2: return PRIM_CALL(eq, random_node(g, depth), random_node(g, depth));
    case 3: return PRIM_CALL(list, random_node(g, depth), random_node(g, depth), random_node(g, depth));
    case 4:
    case 5: return if_(random_node(g, depth), random_node(g, depth), random_node(g, depth));
    case 6: return SEQ(random_node(g, depth), random_node(g, depth));
    case 7: return random_binding(g, depth, true);
    case 8: return CALL_KNOWN(g->pair, random_node(g, depth), random_node(g, depth));
    case 9:
        if (!g->triple) return random_leaf(g);
        return CALL(CLOSURE(g->triple, random_node(g, depth), random_node(g, depth)), random_node(g, depth));
    case 10: return PRIM_CALL(length, random_node(g, depth));
    default: return random_binding(g, depth, false);
    }
}

START_TEST(random_programs_do_not_leak)
{
    Generator g = {.state = (uint32_t)_i};
    for (int round = 0; round < 20; round++) {
        CoreVar *x = var("x"), *y = var("y"), *vars[] = {var("a"), var("b"), var("c")};
        program->functions = NULL;
        program->function_count = program->function_capacity = 0;
        program->toplevel_count = 0;
        g.pair = function("pair", 0, 2, (CoreVar *[]){x, y});
        g.triple = NULL;
        g.pair->body = PRIM_CALL(cons, local(x), local(y));
        g.scope_count = 0;
        for (int i = 0; i < 3; i++) g.scope[g.scope_count++] = vars[i];
        CoreNode *triple_body = random_node(&g, 3);
        g.triple = function("triple", 2, 1, vars);
        g.triple->body = triple_body;
        g.triple->needs_closure = true;
        g.scope_count = 0;
        toplevel(random_node(&g, 6));
        pass_tail(NULL, program);
        pass_rc(NULL, program);
        core_check(program, STAGE_RC, "rc");
        interp_prepare(program);
        Run run = {.form = program->toplevel[0]};
        rt_on_lisp_stack(run_protected, &run);
        rt_drop(run.result);
        ck_assert_int_eq(rt_live_objects(), live_before);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("interp");
    TCase *tests = tcase_create("interp");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, known_calls);
    tcase_add_test(tests, open_world_calls);
    tcase_add_test(tests, closures_own_their_captures);
    tcase_add_test(tests, rest_parameters);
    tcase_add_test(tests, apply_spreads_its_list);
    tcase_add_test(tests, many_operands);
    tcase_add_test(tests, self_tail_call);
    tcase_add_test(tests, mixed_mutual_tail_calls);
    tcase_add_test(tests, deep_recursion);
    tcase_add_test(tests, endless_recursion_is_an_error);
    tcase_add_test(tests, error_in_nested_calls);
    tcase_add_test(tests, operator_comes_before_operands);
    tcase_add_test(tests, arity_is_checked_after_operands);
    tcase_add_test(tests, try_drops_what_the_body_owned);
    tcase_add_test(tests, many_catches);
    tcase_add_test(tests, whole_program);
    tcase_add_loop_test(tests, random_programs_do_not_leak, 0, 100);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
