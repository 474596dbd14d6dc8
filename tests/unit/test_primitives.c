/* The table of primitives: each row must be consistent in itself, and Lisp names must be unique. */
#include "core.h"

#include <check.h>
#include <stdlib.h>

/* Number of value operands the C function takes; -1: an array. */
static int operands_of_shape(enum PrimShape shape)
{
    switch (shape) {
    case SHAPE_0:
    case SHAPE_0P: return 0;
    case SHAPE_1:
    case SHAPE_1P: return 1;
    case SHAPE_2:
    case SHAPE_2P: return 2;
    case SHAPE_3:
    case SHAPE_3P: return 3;
    default: return -1;
    }
}

START_TEST(row_is_consistent)
{
    const PrimInfo *p = &primitives[_i];
    ck_assert_ptr_nonnull(p->id);
    ck_assert_ptr_nonnull(p->c_name);
    ck_assert_ptr_nonnull(p->doc);
    ck_assert_ptr_nonnull(p->function);
    ck_assert_ptr_nonnull(p->closure);
    ck_assert_int_ge(p->min, 0);
    ck_assert_msg(p->max == -1 || p->max >= p->min, "%s: max below min", p->id);
    int operands = operands_of_shape(p->shape);
    if (operands >= 0) {
        ck_assert_msg(p->min == operands && p->max == operands, "%s: counts do not fit the shape", p->id);
        ck_assert_msg(strlen(p->owns) == (size_t)operands, "%s: one ownership letter an operand", p->id);
    } else {
        ck_assert_msg(strlen(p->owns) == 1, "%s: one ownership letter for all operands", p->id);
    }
    ck_assert_msg(strspn(p->owns, "ob") == strlen(p->owns), "%s: ownership letters are o and b", p->id);
    if (p->name) ck_assert_msg(p->doc[0] != '\0', "%s: a public primitive has a doc string", p->id);
}
END_TEST

START_TEST(lisp_names_are_unique)
{
    for (int i = 0; i < PRIMITIVE_COUNT; i++) {
        for (int j = 0; j < i; j++) {
            ck_assert_str_ne(primitives[i].id, primitives[j].id);
            if (primitives[i].name && primitives[j].name) ck_assert_str_ne(primitives[i].name, primitives[j].name);
        }
    }
}
END_TEST

START_TEST(known_rows_are_as_expected)
{
    ck_assert_str_eq(primitives[PRIM_cons].name, "cons");
    ck_assert_str_eq(primitives[PRIM_cons].c_name, "rt_cons");
    ck_assert_ptr_eq(primitives[PRIM_cons].function, (void *)rt_cons);
    ck_assert_ptr_eq(primitives[PRIM_cons].closure, &rt_builtin_cons);
    ck_assert(!prim_borrows(&primitives[PRIM_cons], 1));
    ck_assert(prim_borrows(&primitives[PRIM_car], 0));
    ck_assert(prim_takes_place(&primitives[PRIM_car]));
    ck_assert(!prim_takes_place(&primitives[PRIM_list]));
    ck_assert(prim_is_variadic(&primitives[PRIM_list]));
    ck_assert(primitives[PRIM_println].has_effect && !primitives[PRIM_cons].has_effect);
    ck_assert_int_eq(primitives[PRIM_apply].shape, SHAPE_TAIL);
    ck_assert_ptr_null(primitives[PRIM_env].name);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("primitives");
    TCase *tests = tcase_create("primitives");
    tcase_add_loop_test(tests, row_is_consistent, 0, PRIMITIVE_COUNT);
    tcase_add_test(tests, lisp_names_are_unique);
    tcase_add_test(tests, known_rows_are_as_expected);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
