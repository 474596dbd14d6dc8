/* The allocator and the counts: exact numbers of live objects, reuse, any depth freed, immortality. */
#include "runtime_testing.h"
#include "heap.h"
#include "internal.h"
#include <sys/resource.h>
#include <unistd.h>

enum { MANY = 1000000 };

static int64_t live(void) { return rt_live_objects() - live_before; }

START_TEST(test_sizes)
{
    const size_t sizes[] = {8, 9, 16, 24, 511, 512, 513, 4096, 1000000};
    enum { COUNT = sizeof sizes / sizeof *sizes };
    void *objects[COUNT];
    for (int i = 0; i < COUNT; i++) {
        objects[i] = rt_alloc(sizes[i]);
        ck_assert_uint_eq((uintptr_t)objects[i] % 8, 0);
        memset(objects[i], 0xA5, sizes[i]);
        ck_assert_int_eq(live(), i + 1);
    }
    for (int i = 0; i < COUNT; i++) rt_free(objects[i], sizes[i]);
    ck_assert_int_eq(live(), 0);
}
END_TEST

START_TEST(test_objects_do_not_overlap)
{
    enum { COUNT = 20000 }; /* more than one chunk */
    static uint64_t *objects[COUNT];
    for (uint64_t i = 0; i < COUNT; i++) {
        objects[i] = rt_alloc(40);
        for (int word = 0; word < 5; word++) objects[i][word] = i;
    }
    for (uint64_t i = 0; i < COUNT; i++) {
        for (int word = 0; word < 5; word++) ck_assert_uint_eq(objects[i][word], i);
        rt_free(objects[i], 40);
    }
}
END_TEST

START_TEST(test_last_freed_is_first_reused)
{
    void *a = rt_alloc(24);
    void *b = rt_alloc(24);
    rt_free(a, 24);
    rt_free(b, 24);
    ck_assert_ptr_eq(rt_alloc(24), b);
    ck_assert_ptr_eq(rt_alloc(20), a);
    rt_free(a, 24);
    rt_free(b, 24);
}
END_TEST

/* Objects of 24 bytes are freed in an order that has nothing to do with their addresses. */
static void scatter(void **objects)
{
    for (uint32_t i = 0; i < MANY; i++) objects[i] = rt_alloc(24);
    for (uint64_t i = 0; i < MANY; i++) rt_free(objects[i * 611953 % MANY], 24);
}

/* Takes objects as a loop of so many turns would, and fills them. */
static void take(void **objects, int count)
{
    for (int i = 0; i < count; i++) objects[i] = memset(rt_alloc(24), 0, 24);
    rt_turns_over();
}

static int falls(void **objects, int count)
{
    int found = 0;
    for (int i = 1; i < count; i++) found += (char *)objects[i] < (char *)objects[i - 1];
    return found;
}

START_TEST(test_many_are_handed_out_in_order)
{
    enum { TURNS = 65536, ROUNDS = 4 };
    static void *objects[MANY], *taken[ROUNDS][TURNS];
    scatter(objects);
    for (int i = 0; i < ROUNDS; i++) take(taken[i], TURNS);
    ck_assert_int_gt(falls(taken[0], TURNS), TURNS / 4);
    ck_assert_int_lt(falls(taken[ROUNDS - 1], TURNS), 10); /* chunks are not ordered */
    ck_assert_int_eq(live(), ROUNDS * TURNS);
    for (int i = 0; i < ROUNDS; i++)
        for (int j = 0; j < TURNS; j++) rt_free(taken[i][j], 24);
    ck_assert_int_eq(live(), 0);
}
END_TEST

START_TEST(test_neighbours_are_not_sorted)
{
    static void *objects[MANY];
    take(objects, MANY);
    for (int i = 0; i < MANY; i++) rt_free(objects[i], 24);
    void *last = objects[MANY - 1];
    rt_heap_sort(24, MANY);
    ck_assert_ptr_eq(rt_alloc(24), last); /* falling as they were */
    rt_free(last, 24);
    scatter(objects);
    rt_heap_sort(24, MANY);
    take(objects, MANY);
    ck_assert_int_lt(falls(objects, MANY), 10);
    for (int i = 0; i < MANY; i++) rt_free(objects[i], 24);
}
END_TEST

/* A list of so many cells whose order has nothing to do with their addresses. */
static RtCons *scattered_list(void **cells)
{
    for (uint32_t i = 0; i < MANY; i++) cells[i] = rt_alloc(sizeof(RtCons));
    RtCons *list = NULL;
    for (uint64_t i = 0; i < MANY; i++) {
        RtCons *cell = cells[i * 611953 % MANY];
        *cell =
            (RtCons){.count = 1, .car_tag = RT_INT, .cdr_tag = list ? RT_CONS : RT_NIL, .cdr = (int64_t)(intptr_t)list};
        list = cell;
    }
    return list;
}

START_TEST(test_a_wave_is_handed_out_in_order)
{
    enum { TURNS = 65536, ROUNDS = 2 };
    static void *objects[MANY], *used[ROUNDS][TURNS], *taken[TURNS];
    scatter(objects);
    for (int i = 0; i < ROUNDS; i++) take(used[i], TURNS); /* now it is known that many are used */
    for (int i = 0; i < ROUNDS; i++)
        for (int j = 0; j < TURNS; j++) rt_free(used[i][j], 24);
    rt_free_value(RT_CONS, scattered_list(objects));
    take(taken, TURNS);
    ck_assert_int_lt(falls(taken, TURNS), 10);
    for (int j = 0; j < TURNS; j++) rt_free(taken[j], 24);
    ck_assert_int_eq(live(), 0);
}
END_TEST

START_TEST(test_few_stay_in_the_cache)
{
    enum { FEW = 10, LOOKS = 100 };
    static void *objects[MANY], *taken[FEW];
    scatter(objects);
    void *last = objects[(uint64_t)(MANY - 1) * 611953 % MANY];
    for (int i = 0; i < LOOKS; i++) {
        take(taken, FEW);
        ck_assert_ptr_eq(taken[0], last);
        for (int j = FEW - 1; j >= 0; j--) rt_free(taken[j], 24);
    }
}
END_TEST

static int64_t resident_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long long size = 0, resident = 0;
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fscanf(file, "%lld %lld", &size, &resident), 2);
    fclose(file);
    return resident * sysconf(_SC_PAGESIZE);
}

/* A long list goes; what is beyond the memory that may wait goes back to the system, what lives stays. */
START_TEST(test_memory_goes_back)
{
    enum { CELLS = 8000000, KEPT_EVERY = 1000000 };
    int64_t before = resident_bytes();
    RtValue list = rt_nil(), kept = rt_nil();
    for (int64_t i = 0; i < CELLS; i++) {
        list = rt_cons(INT(i), list);
        if (i % KEPT_EVERY == 0) kept = rt_cons(INT(i), kept);
    }
    int64_t full = resident_bytes();
    ck_assert_int_gt(full - before, (int64_t)CELLS * 24 * 9 / 10);
    rt_drop(list);
    ck_assert_int_lt(resident_bytes() - before, (full - before) / 10);
    int64_t expected = CELLS - KEPT_EVERY;
    RtValue rest = kept;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest)), expected -= KEPT_EVERY)
        ck_assert_int_eq(rt_as_cons(rest)->car, expected);
    ck_assert_int_eq(live(), CELLS / KEPT_EVERY);
    list = rt_nil();
    for (int64_t i = 0; i < 100000; i++) list = rt_cons(INT(i), list); /* chunks that went back serve again */
    rt_drop(list);
    rt_drop(kept);
    ck_assert_int_eq(live(), 0);
}
END_TEST

START_TEST(test_trim_keeps_what_lives)
{
    enum { COUNT = 200000 };
    static RtValue cells[COUNT];
    for (int i = 0; i < COUNT; i++) cells[i] = rt_cons(INT(i), rt_nil());
    for (int i = 0; i < COUNT; i++) {
        if (i % 100000) rt_drop(cells[i]);
    }
    ck_assert(rt_heap_trim());
    ck_assert_int_eq(live(), 2);
    for (int i = 0; i < COUNT; i += 100000) {
        ck_assert_int_eq(rt_as_cons(cells[i])->car, i);
        rt_drop(cells[i]);
    }
    ck_assert_int_eq(live(), 0);
}
END_TEST

static int pages_left_small(void)
{
    int count = 0;
    while (!rt_huge_page_pays()) count++;
    return count;
}

START_TEST(test_dear_huge_pages_are_left_alone)
{
    const int64_t second = 1000000; /* in microseconds */ /* no 512 small pages take that long */
    rt_huge_page_took(1);
    ck_assert_int_eq(pages_left_small(), 0);
    rt_huge_page_took(second);
    ck_assert_int_eq(pages_left_small(), 16);
    rt_huge_page_took(second);
    ck_assert_int_eq(pages_left_small(), 32);
    rt_huge_page_took(1); /* memory has become better */
    ck_assert_int_eq(pages_left_small(), 0);
    for (int i = 0; i < 10; i++) {
        rt_huge_page_took(second);
        ck_assert_int_le(pages_left_small(), 512);
    }
    enum { COUNT = 8 }; /* small or huge, it is memory */
    rt_huge_page_took(second);
    for (int i = 0; i < COUNT; i++) {
        size_t size = (size_t)4 << 20;
        void *object = rt_alloc(size);
        memset(object, 0xA5, size);
        rt_free(object, size);
    }
}
END_TEST

START_TEST(test_impossible_memory_is_refused)
{
    ck_assert(rt_ask_memory(1000));
    ck_assert(rt_ask_memory((size_t)1 << 20));
    ck_assert(!rt_ask_memory((size_t)1 << 60));
    rt_fail_request = rt_request_count + 2;
    ck_assert(rt_ask_memory(1000));
    ck_assert(!rt_ask_memory(1000));
    ck_assert(rt_ask_memory(1000));
}
END_TEST

START_TEST(test_counts_go_up_and_down)
{
    RtValue cell = rt_cons(INT(1), STRING("x"));
    ck_assert_uint_eq(count_of(cell), 1);
    rt_dup_value(cell);
    rt_dup(cell);
    ck_assert_uint_eq(count_of(cell), 3);
    rt_drop_value(cell);
    ck_assert_uint_eq(count_of(cell), 2);
    ck_assert(!rt_is_unique(cell));
    rt_drop(cell);
    ck_assert(rt_is_unique(cell));
    ck_assert_int_eq(live(), 2);
    rt_drop(cell);
    ck_assert_int_eq(live(), 0);
    rt_dup_value(INT(1)); /* nothing to count */
    rt_drop_value(rt_nil());
}
END_TEST

START_TEST(test_shared_child_survives)
{
    RtValue shared = ints(1, 3);
    RtValue a = rt_cons(rt_dup(shared), rt_dup(shared));
    RtValue b = rt_cons(INT(0), rt_dup(shared));
    ck_assert_uint_eq(count_of(shared), 4);
    rt_drop(a);
    ck_assert_uint_eq(count_of(shared), 2);
    rt_drop(b);
    ck_assert_uint_eq(count_of(shared), 1);
    assert_written(shared, "(1 2 3)", "shared");
}
END_TEST

START_TEST(test_long_list)
{
    for (int round = 0; round < 3; round++) {
        RtValue list = ints(1, MANY);
        ck_assert_int_eq(live(), MANY);
        rt_drop(list);
        ck_assert_int_eq(live(), 0);
    }
}
END_TEST

static RtValue nest_car(RtValue v) { return rt_cons(v, rt_nil()); }
static RtValue nest_both(RtValue v) { return rt_cons(rt_cons(v, rt_nil()), rt_cons(STRING("x"), rt_nil())); }
static RtValue nest_vector(RtValue v) { return rt_vector((RtValue[]){STRING("x"), v, INT(1)}, 3); }
static RtValue nest_env(RtValue v) { return rt_make_env(&v, 1); }
static RtValue nest_error(RtValue v) { return rt_make_error(STRING("x"), v, NULL); }
static RtValue nest_reduced(RtValue v) { return rt_reduced(v); }
static RtValue nest_closure(RtValue v)
{
    static const RtCode code = {.min_args = 0, .max_args = 0, .name = "f", .capture_count = 1};
    return rt_make_closure(&code, &v, 1);
}
static RtValue nest_everything(RtValue v)
{
    return nest_vector(nest_closure(nest_env(nest_error(nest_reduced(nest_both(nest_car(v)))))));
}

START_TEST(test_deep_nesting)
{
    static RtValue (*const nests[])(RtValue) = {nest_car,   nest_both,    nest_vector, nest_env,
                                                nest_error, nest_reduced, nest_closure};
    RtValue v = rt_nil();
    for (int i = 0; i < MANY; i++) v = nests[_i](v);
    ck_assert_int_ge(live(), MANY);
    rt_drop(v);
    ck_assert_int_eq(live(), 0);
}
END_TEST

START_TEST(test_deep_mixture)
{
    RtValue v = STRING("innermost");
    for (int i = 0; i < MANY / 10; i++) v = nest_everything(v);
    rt_drop(v);
    ck_assert_int_eq(live(), 0);
}
END_TEST

START_TEST(test_wide_tree)
{
    RtValue v = STRING("leaf");
    for (int i = 0; i < 18; i++) v = rt_cons(rt_cons(v, rt_dup(v)), rt_vector((RtValue[]){rt_dup(v), rt_dup(v)}, 2));
    rt_drop(v);
    ck_assert_int_eq(live(), 0);
}
END_TEST

START_TEST(test_leaves_are_freed)
{
    RtValue items[] = {value_of("123456789012345678901234567890"), value_of("1/3"), STRING("text"),
                       rt_make_symbol("s", 1), rt_from_float(1.5)};
    RtVector *floats = rt_vector_make(RT_VECTOR_FLOATS, 3);
    for (int i = 0; i < 3; i++) floats->items.floats[i] = 0.1; /* bits that look like no pointer */
    rt_drop(rt_cons(rt_from_object(RT_VECTOR, floats), rt_list(items, 5)));
    ck_assert_int_eq(live(), 0);
}
END_TEST

START_TEST(test_memory_is_reused)
{
    rt_drop(ints(1, 1000));
    const RtFreeObject *first = rt_free_lists[sizeof(RtCons) / RT_SIZE_STEP];
    for (int round = 0; round < 100; round++) rt_drop(ints(1, 1000));
    ck_assert_ptr_nonnull(first);
    RtValue cell = rt_cons(rt_nil(), rt_nil());
    void *where = rt_object(cell);
    rt_drop(cell);
    cell = rt_cons(rt_nil(), rt_nil());
    ck_assert_ptr_eq(rt_object(cell), where);
    rt_drop(cell);
}
END_TEST

START_TEST(test_immortal)
{
    RtValue list = rt_cons(STRING("a"), rt_cons(rt_vector((RtValue[]){STRING("b"), INT(1)}, 2), rt_nil()));
    RtValue mortal = STRING("c");
    rt_make_immortal(list);
    ck_assert_int_eq(live(), 1);
    for (int i = 0; i < 10; i++) rt_drop(list);
    assert_written(list, "(\"a\" <<\"b\" 1>>)", "immortal");
    RtValue cell = rt_cons(mortal, list);
    rt_drop(cell);
    ck_assert_int_eq(live(), 0);
    rt_make_immortal(list); /* again: not counted twice */
    ck_assert_int_eq(live(), 0);
}
END_TEST

START_TEST(test_immortal_deep)
{
    RtValue v = ints(1, MANY);
    for (int i = 0; i < MANY; i++) v = nest_car(v);
    rt_make_immortal(v);
    ck_assert_int_eq(live(), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("heap");
    TCase *heap = add_case(suite, "allocation");
    tcase_add_test(heap, test_sizes);
    tcase_add_test(heap, test_objects_do_not_overlap);
    tcase_add_test(heap, test_last_freed_is_first_reused);
    tcase_add_test(heap, test_many_are_handed_out_in_order);
    tcase_add_test(heap, test_neighbours_are_not_sorted);
    tcase_add_test(heap, test_a_wave_is_handed_out_in_order);
    tcase_add_test(heap, test_few_stay_in_the_cache);
    tcase_add_test(heap, test_memory_is_reused);
    tcase_add_test(heap, test_memory_goes_back);
    tcase_add_test(heap, test_trim_keeps_what_lives);
    tcase_add_test(heap, test_dear_huge_pages_are_left_alone);
    tcase_add_test(heap, test_impossible_memory_is_refused);
    TCase *counts = add_case(suite, "counts");
    tcase_add_test(counts, test_counts_go_up_and_down);
    tcase_add_test(counts, test_shared_child_survives);
    tcase_add_test(counts, test_leaves_are_freed);
    tcase_add_test(counts, test_immortal);
    TCase *deep = add_case(suite, "depth");
    tcase_add_test(deep, test_long_list);
    tcase_add_loop_test(deep, test_deep_nesting, 0, 7);
    tcase_add_test(deep, test_deep_mixture);
    tcase_add_test(deep, test_wide_tree);
    tcase_add_test(deep, test_immortal_deep);
    return run_suite(suite);
}
