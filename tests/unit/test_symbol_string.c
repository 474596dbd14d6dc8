/* Symbols (interned, static, fresh), strings, and the strict UTF-8 check. */
#include "runtime_testing.h"

/* As compiled code has them: static objects listed in a section that the linker must not discard. */
static RtSymbol static_symbol = {.count = RT_IMMORTAL, .size_bytes = 12, .interned = 1, .name = "from-section"};
static RtSymbol *const static_entry __attribute__((used, retain, section("consair_symbols"))) = &static_symbol;

START_TEST(test_intern)
{
    RtValue a = rt_intern_text("alpha");
    ck_assert_uint_eq(a.tag, RT_SYMBOL);
    ck_assert_str_eq(rt_as_symbol(a)->name, "alpha");
    ck_assert_uint_eq(rt_as_symbol(a)->interned, 1);
    ck_assert_int_eq(rt_intern("alphabet", 5).data, a.data);
    ck_assert_int_ne(rt_intern_text("beta").data, a.data);
    rt_drop(a);
    rt_drop(a);
    ck_assert_int_eq(rt_intern_text("alpha").data, a.data);
    ck_assert(!rt_is_keyword(a));
    ck_assert(rt_is_keyword(rt_intern_text(":alpha")));
    ck_assert(!rt_is_keyword(INT(1)));
}
END_TEST

START_TEST(test_many_symbols)
{
    enum { COUNT = 5000 };
    static int64_t addresses[COUNT];
    char name[32];
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof name, "many-%d", i);
        addresses[i] = rt_intern_text(name).data;
    }
    for (int i = 0; i < COUNT; i++) {
        snprintf(name, sizeof name, "many-%d", i);
        ck_assert_int_eq(rt_intern_text(name).data, addresses[i]);
    }
}
END_TEST

START_TEST(test_static_symbol) { ck_assert_ptr_eq(rt_as_symbol(rt_intern_text("from-section")), static_entry); }
END_TEST

START_TEST(test_fresh_symbols)
{
    RtValue fresh = rt_make_symbol("alpha", 5);
    assert_truth(rt_eq(fresh, rt_intern_text("alpha")), false);
    ck_assert_uint_eq(count_of(fresh), 1);
    assert_written(fresh, "alpha", "fresh");
}
END_TEST

START_TEST(test_gensym)
{
    RtValue prefix = STRING("pre");
    RtValue a = rt_gensym(NULL, 0, NULL);
    RtValue b = rt_gensym(&prefix, 1, NULL);
    int64_t number = strtoll(rt_as_symbol(a)->name + 3, NULL, 10);
    char expected[64];
    snprintf(expected, sizeof expected, "g__%lld", (long long)number);
    ck_assert_str_eq(rt_as_symbol(a)->name, expected);
    assert_truth(rt_eq(a, rt_intern_text(expected)), false);
    snprintf(expected, sizeof expected, "pre__%lld", (long long)number + 1);
    ck_assert_str_eq(rt_as_symbol(b)->name, expected);
    rt_drop(a);
    rt_drop(b);
    rt_drop(prefix);
    assert_variadic(rt_gensym, "5", "!gensym: expected a string, got 5");
}
END_TEST

START_TEST(test_strings)
{
    RtValue s = rt_make_string("a\0\u00e9", 4);
    ck_assert_int_eq(rt_as_string(s)->size_bytes, 4);
    ck_assert_int_eq(rt_string_code_points(rt_as_string(s)), 3);
    ck_assert_int_ge(rt_string_capacity(rt_as_string(s)), 4);
    ck_assert_int_eq(rt_as_string(s)->bytes[4], 0);
    rt_drop(s);
    s = rt_make_string("", 0);
    ck_assert_int_eq(rt_string_code_points(rt_as_string(s)), 0);
    rt_drop(s);
    static char large[100000];
    memset(large, 'x', sizeof large);
    s = rt_make_string(large, sizeof large);
    ck_assert_int_eq(rt_string_code_points(rt_as_string(s)), sizeof large);
    rt_drop(s);
}
END_TEST

START_TEST(test_offsets)
{
    RtValue s = STRING("a\u00e9\u20ac\U0001F600z");
    const int64_t offsets[] = {0, 1, 3, 6, 10, 11};
    for (int64_t i = 0; i < 6; i++) ck_assert_int_eq(rt_string_offset(rt_as_string(s), i), offsets[i]);
    rt_drop(s);
    s = STRING("plain");
    ck_assert_int_eq(rt_string_offset(rt_as_string(s), 3), 3);
    rt_drop(s);
}
END_TEST

START_TEST(test_utf8_round_trip)
{
    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        char bytes[4];
        int size = rt_utf8_encode(code_point, bytes), read_size;
        ck_assert_uint_eq(rt_utf8_decode(bytes, &read_size), code_point);
        ck_assert_int_eq(read_size, size);
        bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
        int64_t length = 0;
        ck_assert_int_eq(rt_utf8_is_valid(bytes, (size_t)size, &length), !is_surrogate);
        if (!is_surrogate) ck_assert_int_eq(length, 1);
    }
}
END_TEST

START_TEST(test_invalid_utf8)
{
    static const char *const invalid[] = {
        "\x80",
        "\xBF",
        "a\x80", /* a continuation alone */
        "\xC3",
        "\xE2\x82",
        "\xF0\x9F\x98",
        "\xC3(",
        "\xE2(\xA1", /* cut short */
        "\xC0\xAF",
        "\xC1\xBF",
        "\xE0\x80\xAF",
        "\xE0\x9F\xBF",
        "\xF0\x80\x80\xAF",
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",
        "\xED\xBF\xBF", /* surrogates */
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF", /* above 10FFFF */
    };
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        ck_assert_msg(!rt_utf8_is_valid(invalid[i], strlen(invalid[i]), NULL), "sample %zu", i);
    }
    int64_t length;
    ck_assert(rt_utf8_is_valid("", 0, &length) && length == 0);
    ck_assert(rt_utf8_is_valid("a\0b", 3, &length) && length == 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("symbols and strings");
    TCase *symbols = add_case(suite, "symbols");
    tcase_add_test(symbols, test_intern);
    tcase_add_test(symbols, test_many_symbols);
    tcase_add_test(symbols, test_static_symbol);
    tcase_add_test(symbols, test_fresh_symbols);
    tcase_add_test(symbols, test_gensym);
    TCase *strings = add_case(suite, "strings");
    tcase_add_test(strings, test_strings);
    tcase_add_test(strings, test_offsets);
    tcase_add_test(strings, test_utf8_round_trip);
    tcase_add_test(strings, test_invalid_utf8);
    return run_suite(suite);
}
