/* The passes before rc, each as Core text in and Core text out; the checker runs after each of them. */
#include "parse_core.h"
#include "passes.h"

static Arena *arena;

static void begin(void) { arena = arena_new(); }

static void end(void) { arena_free(arena); }

/* Runs the pipeline with the checks on, up to a pass (NULL: to the end). */
static CoreProgram *run(const char *stop_after, const char *disabled, bool open_world, const char *text)
{
    CompileOptions options = {.check_passes = true, .stop_after = stop_after, .disabled = disabled};
    Compiler *c = compiler_new(&options);
    CoreProgram *p = parse_core(arena, text);
    p->open_world = open_world;
    ck_assert(pipeline_run(c, p) == (!stop_after || open_world));
    compiler_free(c);
    return p;
}

static void expect(const char *pass, const char *text, const char *expected)
{
    bool is_early = strcmp(pass, "resolve") == 0;
    char *got = core_text(run(pass, is_early ? NULL : "simplify", false, text));
    ck_assert_str_eq(got, expected);
    free(got);
}

/* The simplified form of (define m (lambda m (x y) body)). */
static void expect_simple(const char *body, const char *expected)
{
    char *got = core_text(run("simplify", NULL, false, arena_format(arena, "(define m (lambda m (x y) %s))", body)));
    ck_assert_str_eq(got, arena_format(arena, "(function form () () (define m (lambda m (x y) %s)))", expected));
    free(got);
}

/* ---- resolve ---- */

START_TEST(builtin_calls_become_primitives)
{
    expect("resolve", "(call (global car) (call (global +) (const 1) (const 2)))",
           "(function form () () (prim car (prim add (const 1) (const 2))))");
    expect("resolve", "(call (global -) (const 1))", "(function form () () (prim neg (const 1)))");
    expect("resolve", "(call (global +))", "(function form () () (prim add_n))");
    expect("resolve", "(call (global <) (const 1) (const 2) (const 3))",
           "(function form () () (if (prim lt (const 1) (const 2)) (prim lt (const 2) (const 3)) (const nil)))");
    expect("resolve", "(call (global <) (const 1) (const 2) (const 3) (const 4))",
           "(function form () () (prim lt_n (const 1) (const 2) (const 3) (const 4)))");
    expect("resolve", "(call (global append) (const nil) (const nil))",
           "(function form () () (prim append2 (const nil) (const nil)))");
    expect("resolve", "(call (global apply) (global f) (const 1) (const nil))",
           "(function form () () (apply (global f) (const 1) (const nil)))");
    expect("resolve", "(global car)", "(function form () () (global car))");
}
END_TEST

START_TEST(chains_keep_operands_before_the_operation)
{
    expect("resolve", "(call (global +) (call (global f)) (const 2) (const 3))",
           "(function form () () (prim add (prim add (call (global f)) (const 2)) (const 3)))");
    expect("resolve", "(call (global *) (const 1) (call (global f)) (call (global g)) (const 4))",
           "(function form () () (let operand (call (global f)) (let operand.1 (call (global g)) "
           "(prim mul (prim mul (prim mul (const 1) operand) operand.1) (const 4)))))");
}
END_TEST

START_TEST(wrong_counts_stay_generic_calls)
{
    expect("resolve", "(call (global car))", "(function form () () (call (global car)))");
    expect("resolve", "(define f (lambda f (x) x)) (call (global f))",
           "(function form () () (define f (lambda f (x) x))) (function form.1 () () (call (function f)))");
}
END_TEST

START_TEST(constant_globals_are_replaced)
{
    expect("resolve",
           "(define f (lambda f (x) (call (global f) x))) (call (global f) (global f)) (define k (const "
           "42)) (global k)",
           "(function form () () (define f (lambda f (x) (call-known f x)))) (function form.1 () () (call-known f "
           "(function f))) "
           "(function form.2 () () (define k (const 42))) (function form.3 () () (const 42))");
}
END_TEST

START_TEST(forward_references_are_constant_until_something_runs)
{
    expect("resolve", "(define f (lambda f () (call (global g)))) (define g (lambda g () (const 1))) (call (global f))",
           "(function form () () (define f (lambda f () (call-known g)))) (function form.1 () () (define g (lambda g "
           "() (const 1)))) "
           "(function form.2 () () (call-known f))");
    expect("resolve", "(define f (lambda f () (call (global g)))) (call (global f)) (define g (lambda g () (const 1)))",
           "(function form () () (define f (lambda f () (call (global g))))) (function form.1 () () (call-known f)) "
           "(function form.2 () () (define g (lambda g () (const 1))))");
}
END_TEST

START_TEST(redefined_and_conditional_globals_are_slots)
{
    expect("resolve", "(define f (const 1)) (define f (const 2)) (global f)",
           "(function form () () (define f (const 1))) (function form.1 () () (define f (const 2))) "
           "(function form.2 () () (global f))");
    expect("resolve", "(if (global a) (define f (const 1)) (const 2)) (global f)",
           "(function form () () (if (global a) (define f (const 1)) (const 2))) (function form.1 () () (global f))");
    expect("resolve", "(define set (lambda set () (define car (const 1)))) (call (global car) (const nil))",
           "(function form () () (define set (lambda set () (define car (const 1))))) "
           "(function form.1 () () (call (global car) (const nil)))");
}
END_TEST

START_TEST(builtins_can_be_redefined)
{
    expect("resolve", "(define car (lambda car (x) x)) (call (global car) (const 1))",
           "(function form () () (define car (lambda car (x) x))) (function form.1 () () (call-known car (const 1)))");
    expect("resolve", "(call (global car) (const nil)) (define car (lambda car (x) x)) (call (global car) (const 1))",
           "(function form () () (call (global car) (const nil))) (function form.1 () () (define car (lambda car (x) "
           "x))) "
           "(function form.2 () () (call (global car) (const 1)))");
}
END_TEST

START_TEST(rest_parameters_get_a_list)
{
    expect("resolve",
           "(define f (lambda f (a . r) r)) (call (global f) (const 1) (const 2) (const 3)) (call (global "
           "f) (const 1))",
           "(function form () () (define f (lambda f (a . r) r))) "
           "(function form.1 () () (call-known f (const 1) (prim list (const 2) (const 3)))) "
           "(function form.2 () () (call-known f (const 1) (const nil)))");
}
END_TEST

START_TEST(open_world_knows_only_local_functions)
{
    char *got = core_text(run("resolve", NULL, true,
                              "(define f (lambda f (n) (fix ((go (lambda go (i) (call go "
                              "(call (global +) i n))))) (call go n)))) (call (global f) "
                              "(const 1))"));
    ck_assert_ptr_nonnull(strstr(got, "(call (global f) (const 1))"));
    ck_assert_ptr_nonnull(strstr(got, "(tail-call-known go (dup n) (call (global +) i"));
    free(got);
}
END_TEST

/* ---- simplify ---- */

START_TEST(immediate_lambdas_are_bound)
{
    expect_simple(
        "(call (lambda l (a . r) (call x a a r)) (call x) (const 1) y)",
        "(let a (call x) (let part (prim cons y (const nil)) (let r (prim cons (const 1) part) (call x a a r))))");
    expect_simple("(call (lambda l (a) a))", "(call (lambda l (a) a))");
}
END_TEST

START_TEST(bindings_of_values_are_substituted)
{
    expect_simple("(let a x (let b (const 1) (let c a (call c b a))))", "(call x (const 1) x)");
    expect_simple("(let p (global *) (call p x y))", "(prim mul x y)");
    expect_simple("(let a (call x) a)", "(call x)");
}
END_TEST

START_TEST(unused_values_go_and_effects_stay)
{
    expect_simple("(let a (call x) y)", "(seq (call x) y)");
    expect_simple("(let a (lambda l () x) y)", "y");
    expect_simple("(seq x (const 1) (call x) (seq (call y) y (global unknown)) (lambda l () x) y)",
                  "(seq (call x) (call y) (global unknown) y)");
    expect_simple("(let f (lambda f (a) a) (call f x))", "(let f (lambda f (a) a) (call-known f x))");
}
END_TEST

START_TEST(tests_are_decided_or_turned)
{
    expect_simple("(if (const nil) (call x) y)", "y");
    expect_simple("(if (const 0) x (call y))", "x");
    expect_simple("(if (call (global not) (call (global nil?) x)) x y)", "(if x x y)");
    expect_simple("(if (call (global not) (call x)) x y)", "(if (call x) y x)");
    expect_simple("(if (lambda l () x) x y)", "x");
}
END_TEST

START_TEST(functions_passed_to_immediate_lambdas_are_known)
{
    expect_simple("(call (lambda l (f) (call f x)) (lambda g (a) (call a)))", "(let f (lambda g (a) (call a)) "
                                                                              "(call-known g x))");
}
END_TEST

/* ---- closures ---- */

START_TEST(lambdas_capture_by_value)
{
    expect("closures", "(define m (lambda m (a b) (lambda f (x) (call a (lambda g () (call x b))))))",
           "(function form () () (define m (function m))) (function m () (a b) :closure (closure f a b)) "
           "(function f (a b) (x) :closure (call a (closure g x b))) (function g (x b) () :closure (call x b))");
    expect("closures", "(define m (lambda m () (lambda f (x) x)))",
           "(function form () () (define m (function m))) (function m () () :closure (function f)) "
           "(function f () (x) :closure x)");
}
END_TEST

START_TEST(functions_only_called_are_lifted)
{
    expect("closures",
           "(define m (lambda m (a b) (fix ((f (lambda f (n) (call g n))) (g (lambda g (n) (if b (call f "
           "n) a))))"
           " (call f (const 3)))))",
           "(function form () () (define m (function m))) (function m () (a b) :closure (call-known f b a (const 3))) "
           "(function f (b a) (n) (call-known g b a n)) (function g (b a) (n) (if b (call-known f b a n) a))");
    expect("closures", "(define m (lambda m (a) (let f (lambda f (x) (call x a)) (lambda g (y) (call f y)))))",
           "(function form () () (define m (function m))) (function m () (a) :closure (closure g a)) "
           "(function f (a) (x) (call x a)) (function g (a) (y) :closure (call-known f a y))");
}
END_TEST

START_TEST(escaping_groups_share_a_record)
{
    expect("closures",
           "(define m (lambda m (a b) (fix ((f (lambda f (n) (if n (call g n) a))) (g (lambda g (n) (if "
           "b (call f n) f))))"
           " (call f g))))",
           "(function form () () (define m (function m))) (function m () (a b) :closure "
           "(let env (prim env a b) (call-known f env (closure g env)))) "
           "(function f (env) (n) :closure (if n (call-known g env n) (prim env_ref env (const 0)))) "
           "(function g (env) (n) :closure (if (prim env_ref env (const 1)) (call-known f env n) (closure f env)))");
}
END_TEST

START_TEST(groups_without_free_variables_are_constants)
{
    expect("closures",
           "(define m (lambda m () (fix ((f (lambda f (n) (call n f))) (g (lambda g (n) (call f g)))) "
           "(call f g))))",
           "(function form () () (define m (function m))) (function m () () :closure (call-known f (function g))) "
           "(function f () (n) :closure (call n (function f))) (function g () (n) :closure (call-known f (function "
           "g)))");
}
END_TEST

START_TEST(named_lambdas_are_one_object)
{
    expect("closures",
           "(define m (lambda m (a b) (let f (lambda f (x) (call x a)) (call b f (call f b) (lambda g () "
           "f)))))",
           "(function form () () (define m (function m))) (function m () (a b) :closure "
           "(let f (closure f a) (call b f (call-known f a b) (closure g f)))) "
           "(function f (a) (x) :closure (call x a)) (function g (f) () :closure f)");
}
END_TEST

START_TEST(records_nest)
{
    char *got = core_text(run(NULL, NULL, false,
                              "(define m (lambda m (a) (fix ((f (lambda f (x) (fix ((h (lambda h (z) (call a x z h "
                              "f))))"
                              " (call h (const 1)))))) (call a f))))"));
    ck_assert_ptr_nonnull(strstr(got, "(let env (prim env (dup a)) "));
    ck_assert_ptr_nonnull(strstr(got, "(let env.1 (prim env (prim env_ref &env (const 0)) x env) "));
    ck_assert_ptr_nonnull(strstr(got, "(closure h (dup env))"));
    free(got);
}
END_TEST

START_TEST(wide_programs_take_linear_time)
{
    enum { COUNT = 20000 };
    char *text = arena_alloc(arena, COUNT * 80);
    char *to = text;
    for (int i = 0; i < COUNT; i++)
        to += sprintf(to, "(define f%d (lambda f%d (x) (call (global f%d) (lambda l () x)))) ", i, i, (i + 1) % COUNT);
    CoreProgram *p = run(NULL, NULL, false, text);
    ck_assert_int_eq(p->function_count, 5 * COUNT); /* both functions have versions for who lends something */
}
END_TEST

START_TEST(deep_nests_of_captures)
{
    enum { DEPTH = 1000 };
    char *text = arena_alloc(arena, DEPTH * 40);
    char *to = text + sprintf(text, "(define m (lambda m (a) ");
    for (int i = 0; i < DEPTH; i++) to += sprintf(to, "(lambda l (x) ");
    to += sprintf(to, "(call a x)");
    for (int i = 0; i < DEPTH; i++) *to++ = ')';
    strcpy(to, "))");
    CoreProgram *p = run(NULL, NULL, false, text);
    ck_assert_int_eq(p->functions[DEPTH + 1]->capture_count, 1);
}
END_TEST

/* ---- tail ---- */

static CoreFunction *find_function(const CoreProgram *p, const char *name)
{
    for (int i = 0; i < p->function_count; i++)
        if (strcmp(p->functions[i]->name, name) == 0) return p->functions[i];
    ck_abort_msg("no function %s", name);
}

START_TEST(conventions_follow_from_tail_calls)
{
    CoreProgram *p = run("tail", NULL, false,
                         "(define loop (lambda loop (n) (if n (call (global loop) (call (global -) n (const 1))) n)))"
                         "(define leaf (lambda leaf (n) (call (global +) n (call (global loop) n))))"
                         "(define target (lambda target (n) n))"
                         "(define other (lambda other (n) (let m (call (global leaf) n) (seq n (call (global target) "
                         "m)))))"
                         "(define unknown (lambda unknown (f) (call f)))"
                         "(define guarded (lambda guarded (f) (try (call f) e (call f))))"
                         "(call (global other) (call (global unknown) (global guarded)))");
    static const struct {
        const char *name;
        bool loops, tailcc;
    } rows[] = {
        {"loop", true, false},   {"leaf", false, false},   {"target", false, false},
        {"other", false, false}, {"unknown", false, true}, {"guarded", false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CoreFunction *f = find_function(p, rows[i].name);
        ck_assert_msg(f->self_tail_calls == rows[i].loops, "self_tail_calls of %s", rows[i].name);
        ck_assert_msg(f->needs_tailcc == rows[i].tailcc, "needs_tailcc of %s", rows[i].name);
    }
    ck_assert(!p->toplevel[p->toplevel_count - 1]->body->tail); /* top-level forms keep their frame */
}
END_TEST

/* ---- pipeline ---- */

START_TEST(pipeline_knows_its_names)
{
    ck_assert(pipeline_knows("simplify", true) && pipeline_knows("simplify", false));
    ck_assert(pipeline_knows("resolve", false) && !pipeline_knows("resolve", true));
    ck_assert(pipeline_knows("read", false) && !pipeline_knows("read", true));
    ck_assert(pipeline_knows("all", false) && !pipeline_knows("nothing", false) && !pipeline_knows("", false));
}
END_TEST

START_TEST(optional_passes_can_be_left_out)
{
    char *got = core_text(run(NULL, "simplify,types", false, "(if (const t) (const 1) (const 2))"));
    ck_assert_str_eq(got, "(function form () () (if (const t) (const 1) (const 2)))");
    free(got);
    got = core_text(run(NULL, NULL, false, "(if (const t) (const 1) (const 2))"));
    ck_assert_str_eq(got, "(function form () () (const 1))");
    free(got);
}
END_TEST

START_TEST(times_add_up_by_name)
{
    pipeline_add_time("read", 1);
    pipeline_add_time("emit", 2);
    pipeline_add_time("read", 1);
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    pipeline_print_times(out);
    fclose(out);
    ck_assert_ptr_nonnull(strstr(text, "read           2.000000   50.0%"));
    ck_assert_ptr_nonnull(strstr(text, "total          4.000000"));
    free(text);
}
END_TEST

static TCase *pass_case(Suite *suite, const char *name)
{
    TCase *tests = tcase_create(name);
    tcase_add_checked_fixture(tests, begin, end);
    tcase_set_timeout(tests, 30);
    suite_add_tcase(suite, tests);
    return tests;
}

int main(void)
{
    Suite *suite = suite_create("passes");
    TCase *resolve = pass_case(suite, "resolve");
    tcase_add_test(resolve, builtin_calls_become_primitives);
    tcase_add_test(resolve, chains_keep_operands_before_the_operation);
    tcase_add_test(resolve, wrong_counts_stay_generic_calls);
    tcase_add_test(resolve, constant_globals_are_replaced);
    tcase_add_test(resolve, forward_references_are_constant_until_something_runs);
    tcase_add_test(resolve, redefined_and_conditional_globals_are_slots);
    tcase_add_test(resolve, builtins_can_be_redefined);
    tcase_add_test(resolve, rest_parameters_get_a_list);
    tcase_add_test(resolve, open_world_knows_only_local_functions);
    TCase *simplify = pass_case(suite, "simplify");
    tcase_add_test(simplify, immediate_lambdas_are_bound);
    tcase_add_test(simplify, bindings_of_values_are_substituted);
    tcase_add_test(simplify, unused_values_go_and_effects_stay);
    tcase_add_test(simplify, tests_are_decided_or_turned);
    tcase_add_test(simplify, functions_passed_to_immediate_lambdas_are_known);
    TCase *closures = pass_case(suite, "closures");
    tcase_add_test(closures, lambdas_capture_by_value);
    tcase_add_test(closures, functions_only_called_are_lifted);
    tcase_add_test(closures, escaping_groups_share_a_record);
    tcase_add_test(closures, groups_without_free_variables_are_constants);
    tcase_add_test(closures, named_lambdas_are_one_object);
    tcase_add_test(closures, records_nest);
    tcase_add_test(closures, wide_programs_take_linear_time);
    tcase_add_test(closures, deep_nests_of_captures);
    TCase *tail = pass_case(suite, "tail");
    tcase_add_test(tail, conventions_follow_from_tail_calls);
    TCase *pipeline = pass_case(suite, "pipeline");
    tcase_add_test(pipeline, pipeline_knows_its_names);
    tcase_add_test(pipeline, optional_passes_can_be_left_out);
    tcase_add_test(pipeline, times_add_up_by_name);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
