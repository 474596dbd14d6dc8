/* Emission of LLVM IR, looked at as text: declarations, literals, branches, calls, cleanup code, static data, and
 * that the optimiser does what the design counts on.  What the code computes is the subject of the language tests.
 */
#include "backend_test.h"
#include "build_core.h"

#include <check.h>

static BackendOptions options = {.optimize = 2, .verify = true, .stack_check = true};
static char *text; /* IR of the test's program */

static void setup(void)
{
    rt_init(0, NULL);
    program_begin();
}

static void teardown(void)
{
    program_end();
    free(text);
    text = NULL;
}

static void emit(bool optimized)
{
    text = emit_ir_text(program, &options, optimized);
    ck_assert_ptr_nonnull(text);
}

/* IR of a source text, which the optional passes leave as it is written. */
static void emit_source(const char *source, bool optimized)
{
    CoreProgram *p = test_program_without(
        "simplify,inline,higher_order,unroll,prune,trmc,patterns,specialize,unfold,types,borrow", source);
    ck_assert_ptr_nonnull(p);
    text = emit_ir_text(p, &options, optimized);
    ck_assert_ptr_nonnull(text);
}

static void expect(const char *part) { ck_assert_msg(strstr(text, part) != NULL, "no %s in:\n%.3000s", part, text); }

static void expect_not(const char *part) { ck_assert_msg(strstr(text, part) == NULL, "%s in:\n%.3000s", part, text); }

static CoreNode *constant(RtValue v) { return core_const(program, NULL, v); }

START_TEST(an_empty_program_is_a_module)
{
    emit(false);
    expect("@consair_program = dso_local constant { ptr, ptr, i64, i8 }");
    expect("@consair_run()");
    expect("target triple = \"x86_64");
    expect("target datalayout");
}
END_TEST

START_TEST(runtime_functions_are_declared_as_c_has_them)
{
    RtValue list = rt_cons(rt_from_int(77), rt_nil());
    rt_make_immortal(list);
    CoreNode *one = integer(1), *any = constant(list); /* what is known to be an integer needs no function */
    toplevel(SEQ(PRIM_CALL(cons, one, one), PRIM_CALL(car, any), PRIM_CALL(cdr, any), PRIM_CALL(add, any, any),
                 PRIM_CALL(sub, any, any), PRIM_CALL(mul, any, any), PRIM_CALL(div, any, any),
                 PRIM_CALL(equal, any, any), PRIM_CALL(lt, any, any), PRIM_CALL(list, one, one, one, one, one),
                 PRIM_CALL(add_n, one), PRIM_CALL(now), nil()));
    emit(false);
    expect("declare hidden { i32, i64 } @rt_cons(i32, i64, i32, i64)");
    static const char *const unary[] = {"rt_car(i32, i64, ptr)", "rt_cdr(i32, i64, ptr)", "rt_list(ptr, i64)",
                                        "rt_add_n(ptr, i64, ptr)", "rt_now()"};
    static const char *const binary[] = {"rt_add", "rt_sub", "rt_mul", "rt_div", "rt_lt"};
    char line[100];
    for (size_t i = 0; i < sizeof unary / sizeof *unary; i++) {
        snprintf(line, sizeof line, "declare hidden { i32, i64 } @%s", unary[i]);
        expect(line);
    }
    for (size_t i = 0; i < sizeof binary / sizeof *binary; i++) {
        snprintf(line, sizeof line, "declare hidden { i32, i64 } @%s(i32, i64, i32, i64, ptr)", binary[i]);
        expect(line);
    }
    expect("declare hidden { i32, i64 } @rt_equal(i32, i64, i32, i64)");
}
END_TEST

/* The value of one top-level constant is returned as it is. */
static void expect_literal(RtValue v, const char *ir)
{
    program_begin();
    toplevel(constant(v));
    emit(false);
    expect(ir);
    teardown();
}

START_TEST(immediate_literals)
{
    program_end();
    expect_literal(rt_from_int(42), "ret { i32, i64 } { i32 2, i64 42 }");
    expect_literal(rt_from_int(INT64_MIN), "ret { i32, i64 } { i32 2, i64 -9223372036854775808 }");
    expect_literal(rt_nil(), "ret { i32, i64 } zeroinitializer");
    expect_literal(rt_true(), "ret { i32, i64 } { i32 1, i64 1 }");
    expect_literal(rt_from_float(3.14), "ret { i32, i64 } { i32 3, i64 4614253070214989087 }");
    expect_literal(rt_from_float(-0.0), "ret { i32, i64 } { i32 3, i64 -9223372036854775808 }");
    expect_literal(rt_make(RT_FLOAT, 0x7ff8000000001234), "ret { i32, i64 } { i32 3, i64 9221120237041095220 }");
    program_begin();
}
END_TEST

START_TEST(the_verifier_runs)
{
    int before = verifier_calls;
    toplevel(integer(1));
    emit(true);
    ck_assert_int_gt(verifier_calls, before);
}
END_TEST

START_TEST(sums_of_constants_are_folded)
{
    emit_source("(define (f x) (if x (+ 1 2) (f t)))\n(define g f)\n(g 1)", true);
    expect("{ i32 2, i64 3 }");
    expect_not("@rt_add");
}
END_TEST

START_TEST(comparisons_are_folded)
{
    toplevel(if_(PRIM_CALL(lt, integer(1), integer(2)), integer(11), integer(22)));
    emit(true);
    expect("{ i32 2, i64 11 }");
    expect_not("i64 22");
}
END_TEST

START_TEST(car_is_inlined_and_sees_literals)
{
    emit_source("(define (f x) (if x (car '(77)) (f t)))\n(define g f)\n(g 1)", true);
    expect("{ i32 2, i64 77 }");
    expect_not("@rt_car");
}
END_TEST

/* A form runs once: its code is as short as without optimisation. */
START_TEST(forms_are_not_optimised)
{
    RtValue list = rt_cons(rt_from_int(77), rt_nil());
    rt_make_immortal(list);
    toplevel(PRIM_CALL(car, constant(list)));
    emit(true);
    expect("@rt_car");
}
END_TEST

START_TEST(quoted_data_are_static)
{
    emit_source("'(some \"text\" 1/3 123456789012345678901234567890 <<1 x>> (some . 2.5))", false);
    expect("@symbol.some = internal global");
    expect("section \"consair_symbols\"");
    expect("@llvm.used");
    expect("c\"text\\00\"");
    expect("@list = internal constant [");
    expect("i64 -4362896299872285998"); /* low limb of the integer */
    expect_not("@rt_cons");
    ck_assert_ptr_null(strstr(strstr(text, "@symbol.some = "), "\n@symbol.some."));
}
END_TEST

START_TEST(conditions_are_branches_that_meet_in_phis)
{
    emit_source("(define (f x) (cons 1 (cond ((= x 1) 'a) ((= x 2) 'b) (t 'c))))\n(f 3)", false);
    expect("br i1 %test");
    expect("%tag = phi i32");
    expect("join:");
}
END_TEST

START_TEST(lambdas_are_functions_of_flattened_values)
{
    emit_source("(define (f a b c) (+ a (+ b c)))\n(println (f 1 2 3) f)", false);
    expect("@lisp.f(i32 %a.tag, i64 %a, i32 %b.tag, i64 %b, i32 %c.tag, i64 %c)");
    expect(
        "swifttailcc { i32, i64 } @lisp.f.entry(ptr swiftself %self, i32 %0, i64 %1, i32 %2, i64 %3, i32 %4, i64 %5)");
    expect("@lisp.f.closure = internal constant %RtClosure { i32 -2147483648, i8 3, ptr @lisp.f.code }");
}
END_TEST

START_TEST(rest_parameters_have_a_generic_entry)
{
    emit_source("(define (f a . more) more)\n(println f)", false);
    expect("swifttailcc { i32, i64 } @lisp.f.generic(ptr %self, i64 %0)");
    expect("@rt_list_from_args");
    expect("i32 1, i32 -1, ptr");
}
END_TEST

START_TEST(self_tail_calls_are_loops)
{
    emit_source("(define (count n) (if (= n 0) 'done (count (- n 1))))\n(count 5)", false);
    expect("loop:");
    expect("%n.tag2 = phi i32");
    expect_not("musttail");
}
END_TEST

/* Three values of two words each, and a list. */
START_TEST(one_word_more_is_in_the_register_of_closures)
{
    CoreProgram *p = test_program_without("simplify,inline,higher_order,prune,specialize,unfold",
                                          "(define (even a b c xs) (if (eq a b) xs (odd b c a (cons a xs))))\n"
                                          "(define (odd a b c xs) (if (eq b c) xs (even b a c xs)))\n"
                                          "(println (even 1 'b \"c\" nil) (odd 1 'b \"c\" nil))");
    ck_assert_ptr_nonnull(p);
    text = emit_ir_text(p, &options, false);
    expect("@lisp.odd(i32 %a.tag, i64 %a, i32 %b.tag, i64 %b, i32 %c.tag, i64 %c, ptr swiftself %");
    expect("musttail call swifttailcc { i32, i64 } @lisp.odd(");
    expect_not("@rt_args");
}
END_TEST

START_TEST(other_tail_calls_are_guaranteed)
{
    emit_source("(define (even n) (if (= n 0) t (odd (- n 1))))\n(define (odd n) (if (= n 0) nil (even (- n 1))))\n"
                "(define (call f) (f 1))\n(println (even 10) (call even) (call odd) call)",
                false);
    expect("musttail call swifttailcc { i32, i64 } @lisp.odd(");
    expect("musttail call swifttailcc { i32, i64 } @lisp.even(");
    expect("musttail call swifttailcc { i32, i64 } %entry");
    expect("musttail call swifttailcc { i32, i64 } @rt_apply_n(");
}
END_TEST

START_TEST(functions_that_one_alone_jumps_to_are_its_parts)
{
    static const char source[] =
        "(define (outer n k) (if (= n 0) k (inner (- n 1) k)))\n"
        "(define (inner n k) (if (= n 5) (outer n (+ k 1)) (if (= k 0) (inner n 7) (once n k))))\n"
        "(define (once n k) (outer n (- k 1)))\n";
    emit_source(arena_format(program->arena, "%s(outer 10 0)", source), false);
    expect("@lisp.outer(");
    expect_not("@lisp.inner");
    expect_not("@lisp.once");
    expect_not("musttail");
    free(text);
    emit_source(arena_format(program->arena, "%s(println (outer 10 0) inner)", source), false);
    expect("musttail call swifttailcc { i32, i64 } @lisp.inner(");
    expect_not("@lisp.once");
}
END_TEST

START_TEST(growing_frames_check_the_stack)
{
    static const char source[] = "(define (depth n) (if (= n 0) 0 (+ 1 (depth (- n 1)))))\n(depth 5)";
    emit_source(source, false);
    expect("@llvm.addressofreturnaddress.p0()");
    expect("!invariant.load");
    expect("call void @rt_raise_depth(");
    free(text);
    options.stack_check = false;
    emit_source(source, false);
    options.stack_check = true;
    expect_not("@rt_raise_depth");
}
END_TEST

START_TEST(errors_drop_what_is_owned)
{
    /* x waits in its variable while (car y) may raise. */
    static const char source[] = "(define (f x y) (cons (car y) x))\n(println f (f (list 1) (list 2)))";
    emit_source(source, false);
    expect("invoke { i32, i64 } @rt_take_car("); /* nothing else needs y */
    expect("landingpad { ptr, i32 }\n          cleanup");
    expect("personality ptr @__gcc_personality_v0");
    expect("resume { ptr, i32 }");
    expect_not("invoke { i32, i64 } @rt_cons(");
    free(text);
    emit_source(source, true);
    expect("@rt_resume(");
    expect_not("resume { ptr, i32 }");
}
END_TEST

START_TEST(nothing_owned_needs_no_pad)
{
    emit_source("(define (f x) (+ x 1))\n(f 1)", false);
    expect("call { i32, i64 } @rt_add(");
    expect_not("invoke");
}
END_TEST

START_TEST(try_catches_every_error_of_its_body)
{
    emit_source("(define (f x) (try (car x) (catch (e) e)))\n(f 1)", false);
    expect("landingpad { ptr, i32 }\n          catch ptr null");
    expect("catch:");
    expect("@rt_current_error");
}
END_TEST

START_TEST(many_operands_wait_in_memory)
{
    emit_source("(define (f x) (cons x x))\n(list (f 1) (f 2) (f 3) (f 4) (f 5) (f 6) (f 7) (f 8) (f 9) (f 10) (f 11) "
                "(f 12) (f 13) "
                "(f 14) (f 15) (f 16) (f 17) (f 18) (f 19))",
                false);
    expect("%operands = alloca { i32, i64 }, i32 19");
    int pads = 0;
    for (const char *at = text; (at = strstr(at, "= landingpad")); at++) pads++;
    ck_assert_int_eq(pads, 18); /* nothing is owned during the first call */
}
END_TEST

START_TEST(globals_are_slots_when_they_are_redefined)
{
    emit_source("(label x 1)\n(define (g) x)\n(println (g))\n(label x (list 2))\n(println (g) y)", false);
    expect("@global.x = internal global { i32, i64 } { i32 255, i64 0 }");
    expect("@rt_raise_unbound(");
    expect("@consair_globals = internal constant");
}
END_TEST

START_TEST(calls_without_an_end_are_kept)
{
    CoreProgram *p = test_program("(define (f n) (if (< n 0) n (f (remainder (+ n 1) 1000)))) (f 1)");
    ck_assert_ptr_nonnull(p);
    text = emit_ir_text(p, &options, true);
    ck_assert_ptr_nonnull(text);
    expect("@lisp.f");
    /* Instruction selection would leave out calls of what writes nothing, though it need not return. */
    expect_not("nounwind memory(none)");
}
END_TEST

START_TEST(small_vectors_of_numbers_are_copied_and_ended_in_line)
{
    CoreProgram *p = test_program("(define (f v i) (if (= i 3) (vector-ref v 0) (f (vector-set v i i) (+ i 1))))"
                                  "(define v (list->vector (range 3)))"
                                  "(println (f v 0) v)");
    ck_assert_ptr_nonnull(p);
    text = emit_ir_text(p, &options, false);
    expect("call ptr @rt_copy_numbers(");
    expect("call void @rt_drop_numbers(");
}
END_TEST

START_TEST(what_a_turn_stores_the_next_one_need_not_load)
{
    CoreProgram *p = test_program("(define (sums v i) (if (= i 1000) v"
                                  "  (sums (vector-set v i (+ (vector-ref v i) (vector-ref v (- i 1)))) (+ i 1))))"
                                  "(println (sums (make-vector 1000 0.5) 1))");
    ck_assert_ptr_nonnull(p);
    text = emit_ir_text(p, &options, true);
    expect("%store_forwarded = phi double");
}
END_TEST

START_TEST(a_changed_vector_brings_along_whether_it_is_packed)
{
    CoreProgram *p = test_program(
        "(define (f v i) (if (= i 9) v (f (vector-set v i (+ (vector-ref v i) (vector-ref v 9))) (+ i 1))))"
        "(println (f (make-vector 10 5) 0))");
    ck_assert_ptr_nonnull(p);
    text = emit_ir_text(p, &options, false);
    expect("%packed = phi i1");
}
END_TEST

START_TEST(maps_are_built_at_start)
{
    emit_source("(define m '(a {b #{c}}))\nm", false);
    expect("call void @build_literals()");
    const char *set = strstr(text, "@rt_hash_set(ptr"), *map = strstr(text, "@rt_hash_map(ptr");
    ck_assert_ptr_nonnull(set);
    ck_assert_ptr_nonnull(map);
    ck_assert_msg(set < map, "the set is inside the map");
}
END_TEST

START_TEST(literals_of_the_process_are_addresses)
{
    RtValue list = rt_cons(rt_from_int(1), rt_nil());
    rt_make_immortal(list);
    toplevel(constant(list));
    LLVMContextRef context = LLVMContextCreate();
    LLVMTargetMachineRef target = target_machine_new(NULL, 0);
    EmitOptions o = {.in_process = true, .backend = &options};
    LLVMModuleRef module = emit_program(context, program, &o, target);
    ck_assert(verify_module(module, true));
    char *ir = LLVMPrintModuleToString(module);
    char line[100];
    snprintf(line, sizeof line, "ret { i32, i64 } { i32 4, i64 %lld }", (long long)list.data);
    ck_assert_msg(strstr(ir, line) != NULL, "no %s in:\n%.3000s", line, ir);
    LLVMDisposeMessage(ir);
    LLVMDisposeModule(module);
    LLVMDisposeTargetMachine(target);
    LLVMContextDispose(context);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("emit");
    TCase *tests = tcase_create("ir");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    const TTest *all[] = {
        an_empty_program_is_a_module,
        runtime_functions_are_declared_as_c_has_them,
        immediate_literals,
        the_verifier_runs,
        sums_of_constants_are_folded,
        comparisons_are_folded,
        car_is_inlined_and_sees_literals,
        forms_are_not_optimised,
        quoted_data_are_static,
        conditions_are_branches_that_meet_in_phis,
        lambdas_are_functions_of_flattened_values,
        rest_parameters_have_a_generic_entry,
        self_tail_calls_are_loops,
        one_word_more_is_in_the_register_of_closures,
        other_tail_calls_are_guaranteed,
        functions_that_one_alone_jumps_to_are_its_parts,
        growing_frames_check_the_stack,
        errors_drop_what_is_owned,
        nothing_owned_needs_no_pad,
        try_catches_every_error_of_its_body,
        many_operands_wait_in_memory,
        globals_are_slots_when_they_are_redefined,
        calls_without_an_end_are_kept,
        small_vectors_of_numbers_are_copied_and_ended_in_line,
        what_a_turn_stores_the_next_one_need_not_load,
        a_changed_vector_brings_along_whether_it_is_packed,
        maps_are_built_at_start,
        literals_of_the_process_are_addresses,
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) tcase_add_test(tests, all[i]);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
