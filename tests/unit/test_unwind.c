/* The unwinder and the Lisp stack: cleanups in C frames, preserve_most, stack arguments, deep stacks, nesting of rt_try,
 * frames registered as a JIT does, the guard. */
#include "consair_rt.h"
#include <check.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int cleanup_count;
static int64_t cleanup_sum;

static void count_cleanup(int64_t *value)
{
    cleanup_count++;
    cleanup_sum += *value;
}

static void drop_cleanup(RtValue *value) { rt_drop(*value); }

__attribute__((noinline)) static void raise_now(const char *text) { rt_raise_message(NULL, "%s", text); }

static void setup(void)
{
    cleanup_count = 0;
    cleanup_sum = 0;
}

static bool has_message(RtValue error, const char *text)
{
    return error.tag == RT_ERROR && strcmp(rt_as_string(rt_as_error(error)->message)->bytes, text) == 0;
}

static void do_nothing(void *arg) { ++*(int *)arg; }

START_TEST(returns_false_when_nothing_is_raised)
{
    int calls = 0;
    RtValue error = rt_from_int(7);
    ck_assert(!rt_try(do_nothing, &calls, &error));
    ck_assert_int_eq(calls, 1);
    ck_assert_int_eq(error.data, 7);
}
END_TEST

static void raise_arg(void *arg) { raise_now(arg); }

START_TEST(catches_and_takes_the_error)
{
    int64_t live = rt_live_objects();
    RtValue error;
    ck_assert(rt_try(raise_arg, (void *)(uintptr_t)"first", &error));
    ck_assert(has_message(error, "first"));
    ck_assert_int_eq(rt_current_error.tag, RT_NIL);
    rt_drop(error);
    ck_assert_int_eq(rt_live_objects(), live);
}
END_TEST

__attribute__((noinline)) static int64_t descend(int64_t depth)
{
    int64_t local __attribute__((cleanup(count_cleanup))) = depth;
    if (depth == 0) raise_now("bottom");
    else local += descend(depth - 1);
    return local;
}

static void descend_arg(void *arg) { descend(*(int64_t *)arg); }

START_TEST(runs_the_cleanups_of_every_frame)
{
    int64_t depth = 10;
    RtValue error;
    for (int round = 1; round <= 3; round++) {
        ck_assert(rt_try(descend_arg, &depth, &error));
        rt_drop(error);
        ck_assert_int_eq(cleanup_count, 11 * round);
        ck_assert_int_eq(cleanup_sum, 55 * round);
    }
}
END_TEST

static void deep_try(void *arg)
{
    int64_t depth = 100000;
    ck_assert(rt_try(descend_arg, &depth, arg));
}

START_TEST(unwinds_100000_frames_on_the_lisp_stack)
{
    RtValue error;
    rt_on_lisp_stack(deep_try, &error);
    ck_assert(has_message(error, "bottom"));
    rt_drop(error);
    ck_assert_int_eq(cleanup_count, 100001);
    ck_assert_int_eq(rt_stack_limit, 0);
}
END_TEST

/* The caller may keep values in registers that only preserve_most preserves; its cleanup must still see them. */
RT_SLOW static void slow_path(int64_t n)
{
    if (n == 13) raise_now("slow");
}

__attribute__((noinline)) static int64_t live_in_all_registers(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e,
                                                               int64_t n)
{
    int64_t sum __attribute__((cleanup(count_cleanup))) = 0;
    for (int64_t i = 0; i < n; i++) {
        int64_t p = a * i + 1, q = b * i + 2, r = c * i + 3, s = d * i + 4, t = e * i + 5;
        slow_path(i);
        sum += p ^ q ^ r ^ s ^ t;
        a += p;
        b -= q;
        c ^= r;
        d += s;
        e -= t;
    }
    return sum;
}

static void call_registers(void *arg)
{
    int64_t *in = arg;
    live_in_all_registers(in[0], in[1], in[2], in[3], in[4], in[5]);
}

START_TEST(keeps_registers_across_preserve_most)
{
    int64_t in[6] = {3, 5, 7, 11, 13, 13};
    RtValue error;
    ck_assert(!rt_try(call_registers, in, &error)); /* ends just before the raise */
    int64_t expected = cleanup_sum;
    in[5] = 20;
    ck_assert(rt_try(call_registers, in, &error));
    rt_drop(error);
    ck_assert_int_eq(cleanup_sum, 2 * expected);
}
END_TEST

/* Callee-pop convention with arguments on the stack: the pad must find the stack pointer after the pop. */
RT_TAILCC __attribute__((noinline)) static RtValue takes_eight(RtValue a, RtValue b, RtValue c, RtValue d, RtValue e,
                                                               RtValue f, RtValue g, RtValue h)
{
    if (a.data + b.data + c.data + d.data + e.data + f.data + g.data + h.data == 36) raise_now("eight");
    return a;
}

__attribute__((noinline)) static int64_t call_eight(int64_t first)
{
    int64_t before __attribute__((cleanup(count_cleanup))) = 1000 + first;
    RtValue v[8];
    for (int i = 0; i < 8; i++) v[i] = rt_from_int(first + i);
    RtValue result = takes_eight(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
    return result.data + before;
}

static void call_eight_arg(void *arg)
{
    int64_t *first = arg;
    *first = call_eight(*first);
}

START_TEST(crosses_calls_with_stack_arguments)
{
    RtValue error;
    int64_t first = 2;
    ck_assert(!rt_try(call_eight_arg, &first, &error));
    ck_assert_int_eq(first, 2 + 1002);
    for (int i = 0; i < 100; i++) {
        first = 1;
        ck_assert(rt_try(call_eight_arg, &first, &error));
        rt_drop(error);
    }
    ck_assert_int_eq(cleanup_count, 101);
}
END_TEST

static void nested(void *arg)
{
    RtValue *inner = arg;
    RtValue held __attribute__((cleanup(drop_cleanup))) = rt_cons(rt_from_int(1), rt_nil());
    ck_assert(rt_try(raise_arg, (void *)(uintptr_t)"inner", inner));
    raise_now("outer"); /* as a handler does */
}

START_TEST(raises_again_from_a_handler)
{
    int64_t live = rt_live_objects();
    RtValue inner, outer;
    ck_assert(rt_try(nested, &inner, &outer));
    ck_assert(has_message(inner, "inner"));
    ck_assert(has_message(outer, "outer"));
    rt_drop(inner);
    rt_drop(outer);
    ck_assert_int_eq(rt_live_objects(), live);
}
END_TEST

static void raise_again(void *arg) { rt_raise(*(RtValue *)arg); }

START_TEST(raises_the_same_error_again)
{
    static const RtPlace place = {"f.lisp", "(x)", 3, 1, 3};
    RtValue error = rt_make_error(rt_string_from_text("kept"), rt_nil(), &place), caught;
    ck_assert(rt_try(raise_again, &error, &caught));
    ck_assert_ptr_eq(rt_object(caught), rt_object(error));
    ck_assert_ptr_eq(rt_as_error(caught)->place, &place);
    rt_drop(caught);
}
END_TEST

static void descend_on_lisp_stack(void *arg) { rt_on_lisp_stack(descend_arg, arg); }

START_TEST(passes_through_the_stack_switch)
{
    int64_t depth = 5;
    RtValue error;
    for (int round = 1; round <= 2; round++) {
        ck_assert(rt_try(descend_on_lisp_stack, &depth, &error));
        ck_assert(has_message(error, "bottom"));
        rt_drop(error);
        ck_assert_int_eq(cleanup_count, 6 * round);
        ck_assert_int_eq(rt_stack_limit, 0);
    }
}
END_TEST

/* ---- code made in memory, with tables registered as a JIT does ---- */

static const uint8_t generated_code[] = {
    0x53, /* push rbx */
    0xff, 0xd7, /* call rdi */
    0x5b, /* pop rbx */
    0xc3 /* ret */
};

/* One CIE, one FDE with absolute addresses, the terminator. */
static void make_tables(uint8_t *out, const void *code)
{
    static const uint8_t cie[] = {
        20,   0,   0, 0,    0,    0,  0, 0,    1,
        'z',  'R', 0, 1,    0x78, 16, 1, 0x00, /* zR, align 1 and -8, column 16, absolute */
        0x0c, 7,   8, 0x90, 1,    0,  0 /* CFA = rsp + 8, return address at CFA - 8 */
    };
    static const uint8_t instructions[] = {0, 0x41, 0x0e, 16, 0x83, 2, 0x43, 0x0e, 8, 0, 0};
    uint64_t begin = (uintptr_t)code, size = sizeof generated_code;
    uint32_t length = 4 + 16 + sizeof instructions, distance = sizeof cie + 4;
    memset(out, 0, 128);
    memcpy(out, cie, sizeof cie);
    out += sizeof cie;
    memcpy(out, &length, 4);
    memcpy(out + 4, &distance, 4);
    memcpy(out + 8, &begin, 8);
    memcpy(out + 16, &size, 8);
    memcpy(out + 24, instructions, sizeof instructions);
}

static void raise_from_generated(void) { raise_now("below generated code"); }

static void call_generated(void *arg)
{
    int64_t local __attribute__((cleanup(count_cleanup))) = 1;
    void (*code)(void (*)(void)) = *(void (**)(void (*)(void)))arg;
    code(raise_from_generated);
    local = 0;
}

START_TEST(crosses_registered_frames)
{
    uint8_t *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(page, MAP_FAILED);
    uint8_t tables[2][128];
    RtValue error;
    for (int i = 1; i >= 0; i--) { /* the second one first: registering sorts */
        memcpy(page + 4096 * i, generated_code, sizeof generated_code);
        make_tables(tables[i], page + 4096 * i);
        rt_register_frames(tables[i]);
    }
    for (int i = 0; i < 2; i++) {
        void *code = page + 4096 * i;
        ck_assert(rt_try(call_generated, &code, &error));
        ck_assert(has_message(error, "below generated code"));
        rt_drop(error);
    }
    ck_assert_int_eq(cleanup_sum, 2);
    rt_deregister_frames(tables[0]);
    void *code = page + 4096;
    ck_assert(rt_try(call_generated, &code, &error));
    rt_drop(error);
    rt_deregister_frames(tables[1]);
    munmap(page, 8192);
}
END_TEST

START_TEST(reports_code_without_tables)
{
    uint8_t *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(page, generated_code, sizeof generated_code);
    RtValue error;
    rt_try(call_generated, &page, &error);
}
END_TEST

START_TEST(reports_an_error_outside_of_any_try) { raise_now("nobody listens"); }
END_TEST

/* ---- the Lisp stack ---- */

static void measure_room(void *arg)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    uintptr_t *used = arg;
    *used = here - rt_stack_limit;
}

static void measure_room_nested(void *arg) { rt_on_lisp_stack(measure_room, arg); }

START_TEST(reserves_the_size_asked_for)
{
    uintptr_t room = 0, nested_room = 0;
    setenv("CONSAIR_STACK", "8M", 1);
    rt_on_lisp_stack(measure_room, &room);
    ck_assert_uint_eq(rt_stack_size_bytes(), 8 << 20);
    ck_assert_uint_gt(room, 7 << 20);
    ck_assert_uint_lt(room, 8 << 20);
    rt_on_lisp_stack(measure_room_nested, &nested_room);
    ck_assert_uint_le(nested_room, room); /* the same stack, not its top again */
    ck_assert_uint_gt(nested_room, room - 4096);
}
END_TEST

__attribute__((noinline)) static int64_t fill_stack(int64_t depth)
{
    int64_t local __attribute__((cleanup(count_cleanup))) = depth; /* no tail call */
    if (depth >= 0) local += fill_stack(depth + 1);
    return local;
}

static void fill_stack_arg(void *arg) { *(int64_t *)arg = fill_stack(0); }

START_TEST(ends_the_process_at_the_guard)
{
    int64_t result;
    setenv("CONSAIR_STACK", "1M", 1);
    rt_init(0, NULL);
    rt_on_lisp_stack(fill_stack_arg, &result);
}
END_TEST

/* Frames of 64 KiB of which little is touched: less than the guard, which must not be jumped over. */
__attribute__((noinline)) static int64_t fill_quickly(int64_t depth)
{
    volatile char frame[65536];
    frame[0] = (char)depth;
    return depth < 0 ? 0 : fill_quickly(depth + 1) + frame[0];
}

static void fill_quickly_arg(void *arg) { *(int64_t *)arg = fill_quickly(0); }

static void expect_message(const char *expected)
{
    char text[200] = "";
    rewind(stderr);
    ck_assert(fgets(text, sizeof text, stderr));
    ck_assert_str_eq(text, expected);
}

START_TEST(ends_the_process_at_the_guard_of_the_side_stack)
{
    rt_init(0, NULL);
    ck_assert(freopen("side-stack.err", "w+", stderr));
    pid_t child = fork();
    int64_t result;
    if (child == 0) {
        rt_on_side_stack(fill_quickly_arg, &result);
        _exit(0);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    unlink("side-stack.err");
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 1);
    expect_message("error: too deeply nested to be compiled\n");
}
END_TEST

START_TEST(refuses_a_malformed_size)
{
    setenv("CONSAIR_STACK", "1MB", 1);
    rt_stack_size_bytes();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("unwind");
    TCase *tcase = tcase_create("unwind");
    tcase_add_checked_fixture(tcase, setup, NULL);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, returns_false_when_nothing_is_raised);
    tcase_add_test(tcase, catches_and_takes_the_error);
    tcase_add_test(tcase, runs_the_cleanups_of_every_frame);
    tcase_add_test(tcase, unwinds_100000_frames_on_the_lisp_stack);
    tcase_add_test(tcase, keeps_registers_across_preserve_most);
    tcase_add_test(tcase, crosses_calls_with_stack_arguments);
    tcase_add_test(tcase, raises_again_from_a_handler);
    tcase_add_test(tcase, raises_the_same_error_again);
    tcase_add_test(tcase, passes_through_the_stack_switch);
    tcase_add_test(tcase, crosses_registered_frames);
    SRunner *runner = srunner_create(suite);
    suite_add_tcase(suite, tcase);
    if (srunner_fork_status(runner) == CK_FORK) { /* these change or end the process */
        tcase_add_test(tcase, reserves_the_size_asked_for);
        tcase_add_exit_test(tcase, reports_code_without_tables, 70);
        tcase_add_exit_test(tcase, reports_an_error_outside_of_any_try, 70);
        tcase_add_exit_test(tcase, ends_the_process_at_the_guard, 1);
        tcase_add_test(tcase, ends_the_process_at_the_guard_of_the_side_stack);
        tcase_add_exit_test(tcase, refuses_a_malformed_size, 2);
    }
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
