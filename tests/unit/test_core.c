/* Core itself: printing, copying, and that the checker finds what is wrong. */
#include "parse_core.h"

static Arena *arena;

static void begin(void) { arena = arena_new(); }

static void end(void) { arena_free(arena); }

static void expect_text(const CoreProgram *p, const char *expected)
{
    char *text = core_text(p);
    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(prints_what_was_parsed)
{
    static const char *const texts[] = {
        "(const 42)",
        "(define f (lambda f (x . xs) (call (global g) x xs)))",
        "(let x (const 1) (seq x (if x (const t) (const nil))))",
        "(try (apply (global f) (const 1) (const nil)) e e)",
        "(fix ((f (lambda f (n) (call g n))) (g (lambda g (m) (call f m)))) (call f (const 1)))",
        "(prim cons (const 1) (prim list))",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CoreProgram *p = parse_core(arena, texts[i]);
        core_check(p, STAGE_LOWER, "test");
        expect_text(p, arena_format(arena, "(function form () () %s)", texts[i]));
    }
}
END_TEST

START_TEST(equal_names_are_numbered_in_order_of_binding)
{
    CoreProgram *p = parse_core(arena, "(let x (const 1) (let x x (call (lambda lambda (x) x) (lambda lambda () x))))");
    expect_text(p, "(function form () () (let x (const 1) (let x.1 x "
                   "(call (lambda lambda (x.2) x.2) (lambda lambda.1 () x.1)))))");
}
END_TEST

START_TEST(long_nodes_are_broken_and_chains_stay_small)
{
    CoreProgram *p = core_program_new(arena);
    CoreNode *body = core_const(p, NULL, rt_nil());
    for (int i = 0; i < 20000; i++) {
        CoreVar *var = core_var(p, "some-variable");
        body = core_let(p, NULL, var, core_const(p, NULL, rt_from_int(i)), body);
    }
    CoreFunction *f = core_function(p, "f", NULL);
    f->body = body;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    core_print_function(out, f);
    fclose(out);
    ck_assert_int_eq(text[size - 1], '\n');
    ck_assert_uint_lt(size, 20000 * 140);
    free(text);
}
END_TEST

START_TEST(uses_print_with_their_ownership)
{
    CoreProgram *p = core_program_new(arena);
    CoreFunction *f = core_function(p, "f", NULL);
    CoreVar *x = core_var(p, "x");
    f->params = &x;
    f->param_count = 1;
    CoreNode *args[3] = {core_local(p, NULL, x), core_local(p, NULL, x), core_local(p, NULL, x)};
    args[0]->use = USE_DUP;
    args[1]->use = USE_BORROW;
    args[2]->use = USE_MOVE;
    f->body = core_drop(p, NULL, 1, &x, core_prim(p, NULL, PRIM_list, 3, args));
    f->needs_closure = true;
    ARENA_PUSH(arena, p->functions, p->function_count, p->function_capacity, f);
    expect_text(p, "(function f () (x) :closure (drop (x) (prim list (dup x) &x x)))");
}
END_TEST

START_TEST(copies_are_equal_and_share_nothing)
{
    CoreProgram *p = parse_core(arena, "(fix ((f (lambda f (n . r) (try (call f (global a)) e (let v n (if v r e))))))"
                                       " (define a (call (lambda lambda (x) (seq x f)) (apply f (const 1) (const "
                                       "nil)))))");
    CoreProgram *to = core_program_new(arena);
    CoreFunction *copy = core_copy_toplevel(to, p->toplevel[0]);
    ck_assert_ptr_eq(to->toplevel[0], copy);
    ck_assert_int_eq(to->global_count, 1);
    ck_assert_ptr_eq(to->globals[0], p->globals[0]);
    core_check(to, STAGE_LOWER, "copy");
    char *text = core_text(p);
    expect_text(to, text);
    copy->body->u.fix.functions[0]->body = core_const(to, NULL, rt_nil());
    copy->body->u.fix.vars[0]->name = "changed";
    expect_text(p, text);
    free(text);
}
END_TEST

/* ---- the checker; each case is a program that is wrong, and must end with the status of an internal error ---- */

static CoreNode *local(CoreProgram *p, CoreVar *var, enum CoreUse use)
{
    CoreNode *node = core_local(p, NULL, var);
    node->use = (uint8_t)use;
    return node;
}

static CoreNode **nodes(CoreNode *a, CoreNode *b)
{
    CoreNode **array = arena_alloc(arena, 2 * sizeof *array);
    array[0] = a;
    array[1] = b;
    return array;
}

/* Checks (function f () (x y) body) after pass rc. */
static void check_rc(CoreProgram *p, CoreVar *x, CoreVar *y, CoreNode *body)
{
    CoreFunction *f = core_function(p, "f", NULL);
    CoreVar *params[2] = {x, y};
    f->params = params;
    f->param_count = y ? 2 : 1;
    f->body = body;
    ARENA_PUSH(arena, p->functions, p->function_count, p->function_capacity, f);
    core_check(p, STAGE_RC, "rc");
}

/* (let y (part_car &x) body) */
static CoreNode *part_of(CoreProgram *p, CoreVar *x, CoreVar *y, CoreNode *body)
{
    y->is_borrowed = true;
    return core_let(p, NULL, y, core_prim(p, NULL, PRIM_part_car, 1, nodes(local(p, x, USE_BORROW), NULL)), body);
}

/* (drop () (keep y) body) */
static CoreNode *keep(CoreProgram *p, CoreVar *y, CoreNode *body)
{
    CoreNode *node = core_drop(p, NULL, 0, NULL, body);
    node->u.drop.kept = arena_alloc(arena, sizeof(CoreVar *));
    node->u.drop.kept[0] = y;
    node->u.drop.kept_count = 1;
    return node;
}

START_TEST(accepts_parts_that_are_kept)
{
    CoreProgram *p = core_program_new(arena);
    CoreVar *x = core_var(p, "x"), *y = core_var(p, "y");
    CoreVar **drop = arena_alloc(arena, sizeof *drop);
    *drop = x;
    CoreNode *then = keep(p, y, core_drop(p, NULL, 1, drop, core_const(p, NULL, rt_nil())));
    CoreNode *otherwise = core_seq(p, NULL, 2, nodes(local(p, x, USE_MOVE), core_const(p, NULL, rt_nil())));
    CoreNode *branches = core_if(p, NULL, local(p, y, USE_BORROW), then, keep(p, y, otherwise));
    check_rc(p, x, NULL, part_of(p, x, y, core_seq(p, NULL, 2, nodes(branches, local(p, y, USE_MOVE)))));
}
END_TEST

START_TEST(accepts_exact_ownership)
{
    CoreProgram *p = core_program_new(arena);
    CoreVar *x = core_var(p, "x"), *y = core_var(p, "y");
    CoreVar **drop_y = arena_alloc(arena, sizeof *drop_y);
    *drop_y = y;
    CoreNode *then = core_prim(p, NULL, PRIM_cons, 2, nodes(local(p, y, USE_DUP), local(p, y, USE_MOVE)));
    CoreNode *otherwise = core_drop(p, NULL, 1, drop_y, core_const(p, NULL, rt_nil()));
    CoreVar **drop_x = arena_alloc(arena, sizeof *drop_x);
    *drop_x = x;
    check_rc(p, x, y,
             core_drop(p, NULL, 0, NULL,
                       core_if(p, NULL, local(p, x, USE_BORROW), core_drop(p, NULL, 1, drop_x, then),
                               core_drop(p, NULL, 1, drop_x, otherwise))));
}
END_TEST

START_TEST(finds_wrong_ownership)
{
    if (!freopen("/dev/null", "w", stderr)) ck_abort();
    CoreProgram *p = core_program_new(arena);
    CoreVar *x = core_var(p, "x"), *y = core_var(p, "y");
    CoreVar **drop = arena_alloc(arena, sizeof *drop);
    *drop = x;
    CoreNode *nil = core_const(p, NULL, rt_nil());
    switch (_i) {
    case 0: check_rc(p, x, NULL, nil); break; /* never given up */
    case 1: /* moved twice */
        check_rc(p, x, NULL, core_prim(p, NULL, PRIM_cons, 2, nodes(local(p, x, USE_MOVE), local(p, x, USE_MOVE))));
        break;
    case 2: check_rc(p, x, NULL, core_drop(p, NULL, 1, drop, local(p, x, USE_DUP))); break;
    case 3: check_rc(p, x, NULL, local(p, x, USE_BORROW)); break;
    case 4: check_rc(p, x, NULL, core_if(p, NULL, core_const(p, NULL, rt_true()), local(p, x, USE_MOVE), nil)); break;
    case 5: check_rc(p, x, NULL, core_if(p, NULL, core_const(p, NULL, rt_true()), nil, local(p, x, USE_MOVE))); break;
    case 6: check_rc(p, x, NULL, core_prim(p, NULL, PRIM_car, 1, nodes(local(p, x, USE_MOVE), NULL))); break;
    case 7: /* moved by a later operand before the operation borrows it */
        check_rc(p, x, NULL, core_prim(p, NULL, PRIM_eq, 2, nodes(local(p, x, USE_BORROW), local(p, x, USE_MOVE))));
        break;
    case 8: check_rc(p, x, NULL, core_try(p, NULL, local(p, x, USE_MOVE), y, local(p, y, USE_MOVE))); break;
    case 9: check_rc(p, x, NULL, local(p, x, USE_NONE)); break;
    case 10: check_rc(p, x, NULL, core_try(p, NULL, nil, y, local(p, x, USE_MOVE))); break;
    case 11: /* a part is used after its whole went */
        check_rc(p, x, NULL, part_of(p, x, y, core_drop(p, NULL, 1, drop, local(p, y, USE_DUP))));
        break;
    case 12: /* kept, but never given up */
        check_rc(p, x, NULL, part_of(p, x, y, keep(p, y, core_drop(p, NULL, 1, drop, nil))));
        break;
    case 13: /* kept when the whole is gone already */
        check_rc(p, x, NULL, part_of(p, x, y, core_drop(p, NULL, 1, drop, keep(p, y, local(p, y, USE_MOVE)))));
        break;
    case 14: /* kept in one branch only */
        check_rc(p, x, NULL,
                 part_of(p, x, y,
                         core_if(p, NULL, nil, keep(p, y, core_drop(p, NULL, 1, drop, nil)),
                                 core_drop(p, NULL, 1, drop, nil))));
        break;
    case 15: /* a lent parameter moves */
        x->is_borrowed = true;
        check_rc(p, x, NULL, local(p, x, USE_MOVE));
        break;
    case 16: /* a part is no owned value */
        x->is_borrowed = true;
        check_rc(p, x, NULL, core_prim(p, NULL, PRIM_part_car, 1, nodes(local(p, x, USE_BORROW), NULL)));
        break;
    default: ck_abort();
    }
}
END_TEST
enum { WRONG_OWNERSHIP_CASES = 17 };

START_TEST(finds_wrong_shape)
{
    if (!freopen("/dev/null", "w", stderr)) ck_abort();
    CoreProgram *p = parse_core(arena, "(lambda f (x) x) (let x (const 1) x)");
    CoreFunction *f = p->toplevel[0]->body->u.function;
    enum CoreStage stage = STAGE_RESOLVE;
    switch (_i) {
    case 0: p->toplevel[1]->body = core_local(p, NULL, f->params[0]); break;
    case 1: p->toplevel[1]->body->u.let.var = f->params[0]; break;
    case 2: p->toplevel[1]->body = core_prim(p, NULL, PRIM_cons, 1, nodes(core_const(p, NULL, rt_nil()), NULL)); break;
    case 3: p->toplevel[1]->body = core_call_known(p, NULL, f, 0, NULL); break;
    case 4: p->toplevel[1]->body = core_function_ref(p, NULL, core_function(p, "stranger", NULL)); break;
    case 5: p->toplevel[1]->body = core_seq(p, NULL, 0, NULL); break;
    case 6:
        p->toplevel[1]->body = core_function_ref(p, NULL, f);
        stage = STAGE_LOWER;
        break;
    case 7:
        f->body = core_call(p, NULL, f->body, 0, NULL);
        f->body = core_let(p, NULL, core_var(p, "y"), f->body, core_const(p, NULL, rt_nil()));
        f->body->u.let.init->tail = true;
        break;
    case 8: p->toplevel[1]->body = core_lambda(p, NULL, f); break;
    case 9: p->toplevel[1]->body = core_if(p, NULL, p->toplevel[1]->body, core_const(p, NULL, rt_nil()), NULL); break;
    case 10: {
        CoreNode *one = core_const(p, NULL, rt_from_int(1)), *list = core_const(p, NULL, rt_nil());
        p->toplevel[1]->body = core_prim(p, NULL, PRIM_apply, 2, nodes(one, list));
        break;
    }
    default: ck_abort();
    }
    core_check(p, stage, "test");
}
END_TEST
enum { WRONG_SHAPE_CASES = 11, INTERNAL_ERROR_STATUS = 70 };

static const CoreType *tag_type(uint32_t tags) { return type_copy(arena, type_tags(tags)); }

START_TEST(finds_wrong_types)
{
    if (!freopen("/dev/null", "w", stderr)) ck_abort();
    CoreProgram *p = core_program_new(arena);
    CoreFunction *f = core_function(p, "f", NULL);
    CoreVar *x = core_var(p, "x"), *y = core_var(p, "y");
    f->param_count = 1;
    f->params = &x;
    f->body = core_local(p, NULL, x);
    ARENA_PUSH(arena, p->functions, p->function_count, p->function_capacity, f);
    const CoreType *ints = tag_type(TAG_BIT(RT_INT)), *strings = tag_type(TAG_BIT(RT_STRING));
    CoreNode *text = core_prim(p, NULL, PRIM_list, 0, NULL);
    text->type = strings;
    x->type = ints;
    switch (_i) {
    case 0: f->body->type = strings; break; /* read as what it is not */
    case 1: /* passes what does not fit, where it is known to come back */
        f->body = core_call_known(p, NULL, f, 1, nodes(text, NULL));
        f->body->type = ints;
        break;
    case 2: f->escapes = true; break; /* called by strangers */
    case 3:
        x->type = strings;
        x->is_unboxed = true;
        break;
    case 4:
        y->type = ints;
        f->body = core_let(p, NULL, y, text, f->body);
        break;
    case 5:
        y->type = strings;
        y->is_unboxed = true;
        f->body = core_let(p, NULL, y, text, f->body);
        break;
    case 6: /* gives what it cannot return */
        f->result = ints;
        f->body = core_call_known(p, NULL, f, 1, nodes(f->body, NULL));
        f->body->type = strings;
        break;
    default: ck_abort();
    }
    core_check(p, STAGE_TAIL, "test");
}
END_TEST
enum { WRONG_TYPE_CASES = 7 };

int main(void)
{
    Suite *suite = suite_create("core");
    TCase *tests = tcase_create("core");
    tcase_add_checked_fixture(tests, begin, end);
    tcase_add_test(tests, prints_what_was_parsed);
    tcase_add_test(tests, equal_names_are_numbered_in_order_of_binding);
    tcase_add_test(tests, long_nodes_are_broken_and_chains_stay_small);
    tcase_add_test(tests, uses_print_with_their_ownership);
    tcase_add_test(tests, copies_are_equal_and_share_nothing);
    tcase_add_test(tests, accepts_exact_ownership);
    tcase_add_test(tests, accepts_parts_that_are_kept);
    tcase_add_loop_exit_test(tests, finds_wrong_ownership, INTERNAL_ERROR_STATUS, 0, WRONG_OWNERSHIP_CASES);
    tcase_add_loop_exit_test(tests, finds_wrong_shape, INTERNAL_ERROR_STATUS, 0, WRONG_SHAPE_CASES);
    tcase_add_loop_exit_test(tests, finds_wrong_types, INTERNAL_ERROR_STATUS, 0, WRONG_TYPE_CASES);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
