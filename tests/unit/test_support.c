/* Arena, growing arrays and pointer table. */
#include "support.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(arena_gives_zeroed_aligned_memory)
{
    Arena *arena = arena_new();
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *bytes = arena_alloc(arena, size);
        ck_assert_uint_eq((uintptr_t)bytes % 16, 0);
        for (size_t i = 0; i < size; i++) ck_assert_uint_eq(bytes[i], 0);
        memset(bytes, 0xff, size);
    }
    arena_free(arena);
}
END_TEST

START_TEST(arena_keeps_large_and_small_apart)
{
    Arena *arena = arena_new();
    char *first = arena_alloc(arena, 100);
    char *large = arena_alloc(arena, 50 << 20);
    char *second = arena_alloc(arena, 100);
    memset(first, 1, 100);
    memset(large, 2, 50 << 20);
    memset(second, 3, 100);
    ck_assert_int_eq(first[99], 1);
    ck_assert_int_eq(large[(50 << 20) - 1], 2);
    ck_assert_int_eq(second[0], 3);
    ck_assert_ptr_eq(second, first + 112); /* the block goes on after a request of its own */
    arena_free(arena);
}
END_TEST

START_TEST(arena_copies_text)
{
    Arena *arena = arena_new();
    ck_assert_str_eq(arena_text(arena, "abcdef", 3), "abc");
    ck_assert_str_eq(arena_text(arena, NULL, 0), "");
    ck_assert_str_eq(arena_format(arena, "%s-%d", "x", 42), "x-42");
    arena_free(arena);
    arena_free(NULL);
}
END_TEST

START_TEST(pushed_items_stay_in_order)
{
    Arena *arena = arena_new();
    int *items = NULL, count = 0, capacity = 0;
    for (int i = 0; i < 10000; i++) ARENA_PUSH(arena, items, count, capacity, i);
    ck_assert_int_eq(count, 10000);
    for (int i = 0; i < 10000; i++) ck_assert_int_eq(items[i], i);
    arena_free(arena);
}
END_TEST

START_TEST(pointer_map_finds_what_was_set)
{
    enum { COUNT = 20000 };
    static int keys[COUNT];
    PointerMap *map = pointer_map_new();
    ck_assert_ptr_null(pointer_map_find(map, &keys[0]));
    for (int i = 0; i < COUNT; i += 2) pointer_map_set(map, &keys[i], &keys[COUNT - 1 - i]);
    for (int i = 0; i < COUNT; i++)
        ck_assert_ptr_eq(pointer_map_find(map, &keys[i]), i % 2 ? NULL : &keys[COUNT - 1 - i]);
    pointer_map_set(map, &keys[4], &keys[5]);
    ck_assert_ptr_eq(pointer_map_find(map, &keys[4]), &keys[5]);
    pointer_map_free(map);
    pointer_map_free(NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("support");
    TCase *tests = tcase_create("support");
    tcase_add_test(tests, arena_gives_zeroed_aligned_memory);
    tcase_add_test(tests, arena_keeps_large_and_small_apart);
    tcase_add_test(tests, arena_copies_text);
    tcase_add_test(tests, pushed_items_stay_in_order);
    tcase_add_test(tests, pointer_map_finds_what_was_set);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
