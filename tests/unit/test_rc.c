/* Pass rc: where the counting operations go, as text, and that large functions take linear time. */
#include "build_core.h"

#include <check.h>
#include <stdlib.h>
#include <time.h>

/* ---- one-line text: x moved, +x dup, &x borrowed, #x not counted --------------------------------------------- */

static void show(FILE *out, const CoreNode *node);

static void show_list(FILE *out, const char *head, CoreNode *const *nodes, int count)
{
    fprintf(out, "(%s", head);
    for (int i = 0; i < count; i++) {
        fputc(' ', out);
        show(out, nodes[i]);
    }
    fputc(')', out);
}

static void show_local(FILE *out, const CoreNode *node)
{
    ck_assert_int_ne(node->use, USE_NONE);
    const CoreVar *v = node->u.local;
    if (v->is_unboxed) ck_assert_int_ne(node->use, USE_MOVE);
    fputs(v->is_unboxed ? "#" : node->use == USE_MOVE ? "" : node->use == USE_DUP ? "+" : "&", out);
    fputs(v->name, out);
}

static void show(FILE *out, const CoreNode *node)
{
    switch (node->kind) {
    case CORE_LOCAL: show_local(out, node); break;
    case CORE_CONST: fprintf(out, "%d", (int)node->u.constant.data); break;
    case CORE_LET:
        fprintf(out, "(let %s ", node->u.let.var->name);
        show(out, node->u.let.init);
        fputc(' ', out);
        show(out, node->u.let.body);
        fputc(')', out);
        break;
    case CORE_IF: {
        CoreNode *parts[] = {node->u.branch.test, node->u.branch.then, node->u.branch.otherwise};
        show_list(out, "if", parts, 3);
        break;
    }
    case CORE_SEQ: show_list(out, "seq", node->u.call.args, node->u.call.count); break;
    case CORE_PRIM: show_list(out, primitives[node->u.call.primitive].id, node->u.call.args, node->u.call.count); break;
    case CORE_CALL_KNOWN: show_list(out, node->u.call.function->name, node->u.call.args, node->u.call.count); break;
    case CORE_CLOSURE: show_list(out, "closure", node->u.call.args, node->u.call.count); break;
    case CORE_TRY:
        fputs("(try ", out);
        show(out, node->u.try_.body);
        fprintf(out, " %s ", node->u.try_.error->name);
        show(out, node->u.try_.handler);
        fputc(')', out);
        break;
    case CORE_DROP:
        fputs("(drop (", out);
        for (int i = 0; i < node->u.drop.count; i++) fprintf(out, "%s%s", i ? " " : "", node->u.drop.vars[i]->name);
        fputs(") ", out);
        if (node->u.drop.kept_count) fputs("(keep", out);
        for (int i = 0; i < node->u.drop.kept_count; i++) fprintf(out, " %s", node->u.drop.kept[i]->name);
        if (node->u.drop.kept_count) fputs(") ", out);
        show(out, node->u.drop.body);
        fputc(')', out);
        break;
    default: fputs("?", out); break;
    }
}

/* The text of function f(x, y) with this body after the pass. */
static void expect(CoreVar *x, CoreVar *y, CoreNode *body, const char *text)
{
    CoreFunction *f = function("f", 0, 2, (CoreVar *[]){x, y});
    f->body = body;
    pass_rc(NULL, program);
    char *got = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&got, &size);
    show(out, f->body);
    fclose(out);
    ck_assert_str_eq(got, text);
    free(got);
    ck_assert_ptr_null(x->scratch);
    ck_assert_ptr_null(y->scratch);
}

/* ---- tests --------------------------------------------------------------------------------------------------- */

START_TEST(last_use_moves)
{
    CoreVar *x = var("x"), *y = var("y");
    expect(x, y, PRIM_CALL(cons, local(x), PRIM_CALL(cons, local(x), local(y))), "(cons +x (cons x y))");
}
END_TEST

START_TEST(unused_parameter_is_dropped_first)
{
    CoreVar *x = var("x"), *y = var("y");
    expect(x, y, local(y), "(drop (x) y)");
}
END_TEST

START_TEST(borrowed_operand_is_dropped_after)
{
    CoreVar *x = var("x"), *y = var("y");
    expect(x, y, PRIM_CALL(car, local(x)), "(drop (y) (take_car x))");
}
END_TEST

START_TEST(borrow_before_last_use)
{
    CoreVar *x = var("x"), *y = var("y");
    expect(x, y, PRIM_CALL(cons, PRIM_CALL(car, local(x)), PRIM_CALL(eq, local(x), local(y))),
           "(cons (car &x) (let r (eq &x &y) (drop (x y) #r)))");
}
END_TEST

START_TEST(last_part_moves_out)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z");
    expect(x, y, let(z, PRIM_CALL(car, local(x)), PRIM_CALL(cons, local(z), local(y))),
           "(let z (take_car x) (cons z y))");
}
END_TEST

START_TEST(let_takes_the_drop)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z");
    expect(x, y, let(z, PRIM_CALL(reverse, local(x)), PRIM_CALL(length, local(y))),
           "(let z (reverse x) (drop (z) (let r (length &y) (drop (y) #r))))");
}
END_TEST

START_TEST(parts_are_kept_where_the_whole_ends)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z"), *w = var("w");
    expect(x, y,
           let(z, PRIM_CALL(car, local(x)),
               let(w, PRIM_CALL(cdr, local(x)), PRIM_CALL(cons, local(w), PRIM_CALL(cons, local(z), local(y))))),
           "(let z (part_car &x) (let w (part_cdr &x) (drop (x) (keep z w) (cons w (cons z y)))))");
}
END_TEST

START_TEST(a_part_is_borrowed_while_its_whole_lives)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z");
    expect(x, y,
           let(z, PRIM_CALL(car, local(x)),
               if_(PRIM_CALL(eq, local(z), local(y)), local(x), PRIM_CALL(cons, local(z), local(y)))),
           "(let z (part_car &x) (if (eq &z &y) (drop (y) x) (drop (x) (keep z) (cons z y))))");
}
END_TEST

START_TEST(a_part_is_kept_before_its_whole_moves)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z");
    expect(x, y, let(z, PRIM_CALL(car, local(x)), PRIM_CALL(cons, local(x), PRIM_CALL(cons, local(z), local(y)))),
           "(let z (part_car &x) (cons (drop () (keep z) x) (cons z y)))");
}
END_TEST

START_TEST(parts_of_parts_are_kept_once)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z"), *w = var("w");
    expect(x, y, let(z, PRIM_CALL(car, local(x)), let(w, PRIM_CALL(vector_ref, local(z), local(y)), local(w))),
           "(let z (take_car x) (let w (part_ref &z &y) (drop (y z) (keep w) w)))");
}
END_TEST

START_TEST(lent_parameters_are_not_counted)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z");
    x->is_borrowed = true;
    expect(x, y, let(z, PRIM_CALL(cdr, local(x)), if_(local(z), PRIM_CALL(cons, local(z), local(y)), local(x))),
           "(let z (part_cdr &x) (if &z (cons +z y) (drop (y) +x)))");
}
END_TEST

START_TEST(unused_let_is_dropped)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z");
    expect(x, y, let(z, PRIM_CALL(cons, local(x), local(y)), integer(1)), "(let z (cons x y) (drop (z) 1))");
}
END_TEST

START_TEST(complex_borrowed_operands_are_bound_in_order)
{
    CoreVar *x = var("x"), *y = var("y");
    expect(x, y, PRIM_CALL(eq, PRIM_CALL(car, local(x)), PRIM_CALL(cons, local(y), local(x))),
           "(let a (part_car &x) (let a (cons y (drop () (keep a) x)) (let r (eq &a &a) (drop (a a) #r))))");
}
END_TEST

START_TEST(branches_drop_what_the_other_uses)
{
    CoreVar *x = var("x"), *y = var("y");
    expect(x, y, if_(local(x), local(x), local(y)), "(if &x (drop (y) x) (drop (x) y))");
}
END_TEST

START_TEST(test_is_dropped_in_both_branches)
{
    CoreVar *x = var("x"), *y = var("y");
    expect(x, y, if_(PRIM_CALL(is_cons, local(x)), integer(1), local(y)),
           "(if (is_cons &x) (drop (x y) 1) (drop (x) y))");
}
END_TEST

START_TEST(live_after_a_branch_is_not_dropped)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z");
    expect(x, y, let(z, if_(local(y), PRIM_CALL(cons, local(x), nil()), nil()), PRIM_CALL(cons, local(z), local(x))),
           "(let z (if &y (drop (y) (cons +x 0)) (drop (y) 0)) (cons z x))");
}
END_TEST

START_TEST(unboxed_variables_are_not_counted)
{
    CoreVar *x = var("x"), *y = var("y"), *z = var("z");
    expect(x, y, let(z, PRIM_CALL(length, local(x)), PRIM_CALL(add, local(z), PRIM_CALL(add, local(z), local(y)))),
           "(let z (length &x) (drop (x) (add #z (add #z y))))");
}
END_TEST

START_TEST(seq_drops_between)
{
    CoreVar *x = var("x"), *y = var("y");
    expect(x, y, SEQ(PRIM_CALL(println, local(x)), local(y)), "(seq (println &x) (drop (x) y))");
}
END_TEST

START_TEST(nothing_is_owned_after_a_tail_call)
{
    CoreVar *x = var("x"), *y = var("y");
    CoreVar *v = var("v");
    CoreFunction *g = function("g", 0, 1, &v);
    g->body = nil();
    expect(x, y, SEQ(PRIM_CALL(println, local(x)), tail(CALL_KNOWN(g, PRIM_CALL(car, local(y))))),
           "(seq (println &x) (drop (x) (g (take_car y))))");
}
END_TEST

START_TEST(try_only_duplicates_outer_variables)
{
    CoreVar *x = var("x"), *y = var("y"), *e = var("e"), *z = var("z");
    expect(x, y, try_(let(z, PRIM_CALL(cons, local(x), nil()), PRIM_CALL(cons, local(z), local(z))), e, local(y)),
           "(let r (try (let z (cons +x 0) (cons +z z)) e (drop (e) +y)) (drop (x y) r))");
}
END_TEST

START_TEST(nested_try_and_branches)
{
    CoreVar *x = var("x"), *y = var("y"), *e = var("e"), *d = var("d");
    CoreNode *inner = try_(if_(local(x), local(y), nil()), e, local(e));
    expect(x, y, let(var("z"), try_(inner, d, local(d)), local(y)),
           "(let z (try (try (if &x +y 0) e e) d d) (drop (x z) y))");
}
END_TEST

START_TEST(variable_used_only_after_a_try_moves)
{
    CoreVar *x = var("x"), *y = var("y"), *e = var("e"), *z = var("z");
    CoreNode *later = PRIM_CALL(cons, local(z), PRIM_CALL(cons, local(x), local(y)));
    expect(x, y, let(z, try_(PRIM_CALL(car, local(x)), e, local(e)), later),
           "(let z (try (car &x) e e) (cons z (cons x y)))");
}
END_TEST

/* 5000 locals in one scope with a branch for each: seconds mean quadratic time. */
START_TEST(many_locals)
{
    enum { COUNT = 5000 };
    CoreVar **vars = malloc(COUNT * sizeof *vars);
    CoreNode *body = nil();
    for (int i = 0; i < COUNT; i++) vars[i] = var("v");
    for (int i = 0; i < COUNT; i++) {
        CoreNode *pair = PRIM_CALL(cons, local(vars[i]), local(vars[COUNT / 2]));
        body = let(var("t"), if_(local(vars[0]), pair, local(vars[COUNT - 1 - i])), body);
    }
    for (int i = COUNT - 1; i >= 0; i--) body = let(vars[i], PRIM_CALL(list, integer(i)), body);
    toplevel(body);
    clock_t start = clock();
    pass_rc(NULL, program);
    ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, 2);
    free(vars);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rc");
    TCase *tests = tcase_create("rc");
    tcase_add_checked_fixture(tests, program_begin, program_end);
    tcase_add_test(tests, last_use_moves);
    tcase_add_test(tests, unused_parameter_is_dropped_first);
    tcase_add_test(tests, borrowed_operand_is_dropped_after);
    tcase_add_test(tests, borrow_before_last_use);
    tcase_add_test(tests, let_takes_the_drop);
    tcase_add_test(tests, last_part_moves_out);
    tcase_add_test(tests, parts_are_kept_where_the_whole_ends);
    tcase_add_test(tests, a_part_is_borrowed_while_its_whole_lives);
    tcase_add_test(tests, a_part_is_kept_before_its_whole_moves);
    tcase_add_test(tests, parts_of_parts_are_kept_once);
    tcase_add_test(tests, lent_parameters_are_not_counted);
    tcase_add_test(tests, unused_let_is_dropped);
    tcase_add_test(tests, complex_borrowed_operands_are_bound_in_order);
    tcase_add_test(tests, branches_drop_what_the_other_uses);
    tcase_add_test(tests, test_is_dropped_in_both_branches);
    tcase_add_test(tests, live_after_a_branch_is_not_dropped);
    tcase_add_test(tests, unboxed_variables_are_not_counted);
    tcase_add_test(tests, seq_drops_between);
    tcase_add_test(tests, nothing_is_owned_after_a_tail_call);
    tcase_add_test(tests, try_only_duplicates_outer_variables);
    tcase_add_test(tests, nested_try_and_branches);
    tcase_add_test(tests, variable_used_only_after_a_try_moves);
    tcase_add_test(tests, many_locals);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
