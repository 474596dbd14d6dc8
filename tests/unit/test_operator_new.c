/* C++'s operators new and delete as LLVM gets them, called from C by their names. */
#include <check.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

extern void *new_object(size_t bytes) __asm__("_Znwm");
extern void *new_or_null(size_t bytes, const void *nothrow) __asm__("_ZnwmRKSt9nothrow_t");
extern void *new_aligned(size_t bytes, size_t alignment) __asm__("_ZnwmSt11align_val_t");
extern void delete_object(void *object) __asm__("_ZdlPv");
extern void delete_sized(void *object, size_t bytes) __asm__("_ZdlPvm");
extern void delete_aligned(void *object, size_t alignment) __asm__("_ZdlPvSt11align_val_t");

START_TEST(objects_are_aligned_and_apart)
{
    enum { COUNT = 4000 };
    static unsigned char *objects[COUNT];
    static size_t sizes[COUNT];
    unsigned seed = 1;
    for (int turn = 0; turn < 20 * COUNT; turn++) {
        seed = seed * 1103515245 + 12345;
        int i = (int)(seed >> 8) % COUNT;
        if (objects[i]) {
            size_t same = 0;
            while (same < sizes[i] && objects[i][same] == (unsigned char)i) same++;
            ck_assert_uint_eq(same, sizes[i]);
            if (turn % 2) delete_object(objects[i]);
            else delete_sized(objects[i], sizes[i]);
        }
        sizes[i] = (seed >> 16) % (turn % 16 ? 200 : 3000);
        objects[i] = new_object(sizes[i]);
        ck_assert_uint_eq((uintptr_t)objects[i] % 16, 0);
        memset(objects[i], i, sizes[i]);
    }
    for (int i = 0; i < COUNT; i++) delete_object(objects[i]);
}
END_TEST

START_TEST(what_was_freed_last_is_given_first)
{
    for (size_t bytes = 0; bytes < 1000; bytes += 7) {
        void *first = new_object(bytes), *second = new_object(bytes);
        ck_assert_ptr_ne(first, second);
        delete_object(first);
        delete_object(second);
        ck_assert_ptr_eq(new_object(bytes), second);
        ck_assert_ptr_eq(new_object(bytes), first);
    }
    delete_object(NULL);
}
END_TEST

START_TEST(alignment_beyond_that_of_malloc)
{
    for (size_t alignment = 8; alignment <= 4096; alignment *= 2) {
        char *object = new_aligned(100, alignment);
        ck_assert_uint_eq((uintptr_t)object % alignment, 0);
        memset(object, 1, 100);
        delete_aligned(object, alignment);
    }
}
END_TEST

START_TEST(too_large_gives_null)
{
    ck_assert_ptr_null(new_or_null(SIZE_MAX, NULL));
    ck_assert_ptr_null(new_or_null(SIZE_MAX - 16, NULL));
    ck_assert_ptr_null(new_or_null(SIZE_MAX / 2, NULL));
}
END_TEST

static void *free_and_allocate(void *object)
{
    delete_object(object);
    return new_object(64);
}

START_TEST(threads_have_lists_of_their_own)
{
    pthread_t thread;
    void *object = new_object(64), *others;
    ck_assert_int_eq(pthread_create(&thread, NULL, free_and_allocate, object), 0);
    void *mine = new_object(64);
    ck_assert_int_eq(pthread_join(thread, &others), 0);
    ck_assert_ptr_eq(others, object);
    ck_assert_ptr_ne(mine, object);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("operator new");
    TCase *tests = tcase_create("operator new");
    tcase_add_test(tests, objects_are_aligned_and_apart);
    tcase_add_test(tests, what_was_freed_last_is_given_first);
    tcase_add_test(tests, alignment_beyond_that_of_malloc);
    tcase_add_test(tests, too_large_gives_null);
    tcase_add_test(tests, threads_have_lists_of_their_own);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
