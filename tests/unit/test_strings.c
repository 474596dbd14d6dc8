/* The string builtins against a naive model: a text as an array of code points.  Random texts over a small alphabet of
 * one to four bytes a character, so that searches find something; and what the programs of tests/lang cannot see:
 * appending in place, sharing, capacity.
 */
#include "runtime_testing.h"

enum { MAX_LENGTH = 700, ROUNDS = 300 };

typedef struct Model {
    uint32_t code_points[MAX_LENGTH];
    int64_t length;
} Model;

static uint64_t random_state = 88172645463325252u;
static int64_t random_below(int64_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int64_t)(random_state % (uint64_t)limit);
}

static Model random_model(int64_t max_length, bool ascii)
{
    static const uint32_t alphabet[] = {'a', 'b', 0xE9, 0x20AC, 0x1F600};
    Model model = {.length = random_below(max_length + 1)};
    for (int64_t i = 0; i < model.length; i++) model.code_points[i] = alphabet[random_below(ascii ? 2 : 5)];
    return model;
}

static RtValue string_of(const Model *model, int64_t begin, int64_t end)
{
    char bytes[4 * MAX_LENGTH];
    size_t size = 0;
    for (int64_t i = begin; i < end; i++) size += (size_t)rt_utf8_encode(model->code_points[i], bytes + size);
    return rt_make_string(bytes, size);
}

static bool occurs_at(const Model *model, const Model *part, int64_t at)
{
    if (at + part->length > model->length) return false;
    return memcmp(model->code_points + at, part->code_points, (size_t)part->length * sizeof(uint32_t)) == 0;
}

/* Both consumed; also checks what every string keeps about itself. */
static void assert_same(RtValue got, RtValue expected)
{
    const RtString *a = rt_as_string(got), *b = rt_as_string(expected);
    ck_assert_uint_eq(got.tag, RT_STRING);
    ck_assert_str_eq(a->bytes, b->bytes);
    ck_assert_int_eq(a->size_bytes, b->size_bytes);
    ck_assert_int_eq(rt_string_code_points(a), rt_string_code_points(b));
    ck_assert_int_eq(a->bytes[a->size_bytes], 0);
    ck_assert_int_ge(rt_string_capacity(a), a->size_bytes);
    rt_drop(got);
    rt_drop(expected);
}

START_TEST(test_offsets_and_slices)
{
    for (int round = 0; round < ROUNDS; round++) {
        Model model = random_model(MAX_LENGTH, round % 4 == 0);
        RtValue s = string_of(&model, 0, model.length);
        int64_t start = random_below(model.length + 1), end = start + random_below(model.length - start + 1);
        RtValue prefix = string_of(&model, 0, start);
        ck_assert_int_eq(rt_string_offset(rt_as_string(s), start), rt_as_string(prefix)->size_bytes);
        rt_drop(prefix);
        RtValue args[] = {s, INT(start), INT(end)};
        assert_same(rt_substring(args, 3, NULL), string_of(&model, start, end));
        if (start < model.length) assert_same(rt_string_ref(s, INT(start), NULL), string_of(&model, start, start + 1));
        rt_drop(s);
    }
}
END_TEST

START_TEST(test_search)
{
    for (int round = 0; round < ROUNDS; round++) {
        Model model = random_model(60, round % 4 == 0), part = random_model(2, round % 4 == 0);
        RtValue s = string_of(&model, 0, model.length), p = string_of(&part, 0, part.length);
        int64_t start = random_below(model.length + 1), expected = start;
        while (expected <= model.length && !occurs_at(&model, &part, expected)) expected++;
        RtValue args[] = {s, p, INT(start)}, found = rt_string_contains(args, 3, NULL);
        if (expected > model.length) ck_assert_uint_eq(found.tag, RT_NIL);
        else ck_assert_int_eq(found.data, expected);
        assert_truth(rt_string_has_prefix(p, s, NULL), occurs_at(&model, &part, 0));
        assert_truth(rt_string_has_suffix(p, s, NULL),
                     part.length <= model.length && occurs_at(&model, &part, model.length - part.length));
        rt_drop(s);
        rt_drop(p);
    }
}
END_TEST

/* Splitting and joining with the same separator gives the text again; with another one it replaces. */
START_TEST(test_split_join_replace)
{
    for (int round = 0; round < ROUNDS; round++) {
        Model model = random_model(200, round % 4 == 0), part = random_model(2, round % 4 == 0);
        if (part.length == 0) continue;
        RtValue s = string_of(&model, 0, model.length), p = string_of(&part, 0, part.length), other = STRING("x\u00e9");
        RtValue pieces = rt_string_split(s, p, NULL);
        RtValue again[] = {pieces, p}, replaced[] = {pieces, other};
        assert_same(rt_string_join(again, 2, NULL), rt_dup(s));
        assert_same(rt_string_replace(s, p, other, NULL), rt_string_join(replaced, 2, NULL));
        rt_drop(pieces);
        rt_drop(s);
        rt_drop(p);
        rt_drop(other);
    }
}
END_TEST

START_TEST(test_append_in_place)
{
    RtValue s = rt_make_string("ab", 2);
    int moves = 0;
    for (int i = 0; i < 10000; i++) {
        int64_t before = s.data;
        RtValue args[] = {s, STRING("\u00e9x")};
        rt_as_string(s)->hash = 1;
        s = rt_string_append(args, 2, NULL);
        ck_assert_uint_eq(rt_as_string(s)->hash, 0);
        moves += s.data != before;
    }
    ck_assert_int_eq(rt_string_code_points(rt_as_string(s)), 20002);
    ck_assert_int_eq(rt_as_string(s)->size_bytes, 30002);
    ck_assert_int_lt(moves, 40);
    rt_drop(s);
}
END_TEST

START_TEST(test_append_in_front)
{
    RtValue s = rt_make_string("ab", 2);
    int moves = 0;
    for (int i = 0; i < 2000; i++) {
        int64_t before = s.data;
        rt_as_string(s)->hash = 1;
        rt_drop(rt_string_ref(s, INT(rt_string_code_points(rt_as_string(s)) - 2), NULL)); /* leaves a cursor */
        s = rt_string_append2(STRING("\u00e9x"), s, NULL);
        ck_assert_uint_eq(rt_as_string(s)->hash, 0);
        RtValue a = rt_string_ref(s, INT(2 * i + 2), NULL);
        assert_same(a, STRING("a"));
        moves += s.data != before;
    }
    ck_assert_int_eq(rt_string_code_points(rt_as_string(s)), 4002);
    ck_assert_int_eq(rt_as_string(s)->size_bytes, 6002);
    ck_assert_int_lt(moves, 40);
    RtValue held = rt_dup(s), longer = rt_string_append2(STRING("y"), s, NULL);
    ck_assert_int_eq(rt_as_string(held)->size_bytes, 6002);
    rt_drop(longer);
    rt_drop(held);
}
END_TEST

START_TEST(test_small_strings_have_room)
{
    RtValue s = rt_make_string("a", 1);
    int64_t before = s.data;
    for (int i = 0; i < 6; i++) s = rt_string_append2(s, STRING("b"), NULL);
    ck_assert_int_eq(s.data, before);
    assert_same(s, STRING("abbbbbb"));
}
END_TEST

START_TEST(test_append_leaves_shared_strings_alone)
{
    RtValue s = rt_make_string("ab", 2), literal = rt_make_string("lit", 3);
    rt_make_immortal(literal);
    RtValue shared[] = {rt_dup(s), rt_dup(s), rt_dup(literal)};
    assert_same(rt_string_append(shared, 3, NULL), STRING("abablit"));
    assert_written_borrow(s, "\"ab\"", "shared");
    RtValue immortal[] = {literal, s};
    assert_same(rt_string_append(immortal, 2, NULL), STRING("litab"));
    assert_written_borrow(literal, "\"lit\"", "immortal");
    RtValue unchanged[] = {literal, STRING("")}, result = rt_string_append(unchanged, 2, NULL);
    ck_assert_int_eq(result.data, literal.data);
}
END_TEST

START_TEST(test_characters_are_shared)
{
    RtValue a = rt_character_string("a", 1), again = rt_integer_to_char(INT('a'), NULL);
    ck_assert_int_eq(a.data, again.data);
    RtValue args[] = {a, rt_character_string("b", 1)};
    assert_same(rt_string_append(args, 2, NULL), STRING("ab"));
    assert_written_borrow(again, "\"a\"", "shared character");
    assert_same(rt_character_string("\u20ac", 3), STRING("\u20ac"));
}
END_TEST

/* Both consumed. */
static bool same_text(RtValue a, RtValue b)
{
    bool same = rt_as_string(a)->size_bytes == rt_as_string(b)->size_bytes && rt_eq(a, b).tag == RT_BOOL;
    rt_drop(a);
    rt_drop(b);
    return same;
}

/* There and back, and mapping twice changes nothing more. */
static bool keeps_laws(int64_t code_point)
{
    RtValue c = rt_integer_to_char(INT(code_point), NULL);
    RtValue upper = rt_string_upcase(c, NULL), lower = rt_string_downcase(c, NULL);
    bool good = rt_char_to_integer(c, NULL).data == code_point;
    good &= rt_utf8_is_valid(rt_as_string(upper)->bytes, (size_t)rt_as_string(upper)->size_bytes, NULL);
    good &= same_text(rt_string_upcase(upper, NULL), rt_dup(upper));
    good &= same_text(rt_string_downcase(lower, NULL), rt_dup(lower));
    rt_drop(upper);
    rt_drop(lower);
    rt_drop(c);
    return good;
}

START_TEST(test_every_code_point)
{
    int64_t bad = -1; /* one assertion for all: each is a message to the test's parent process */
    for (int64_t code_point = 0; code_point <= 0x10FFFF && bad < 0; code_point++) {
        bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
        if (!is_surrogate && !keeps_laws(code_point)) bad = code_point;
    }
    ck_assert_int_eq(bad, -1);
}
END_TEST

/* A float is shown with its exact value correctly rounded, as the C library does. */
START_TEST(test_format_of_floats)
{
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t bits = (uint64_t)random_below(INT64_MAX) * 2 + (uint64_t)(round & 1);
        double x = rt_float_bits(rt_make(RT_FLOAT, (int64_t)bits));
        if (x != x || x - x != 0) continue;
        char template[32], expected[800];
        int digits = (int)random_below(25);
        snprintf(template, sizeof template, "~,%df", digits);
        snprintf(expected, sizeof expected, "%.*f", digits, x);
        RtValue args[] = {STRING(template), rt_from_float(x)};
        assert_same(rt_format(args, 2, NULL), STRING(expected));
        rt_drop(args[0]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("string builtins");
    TCase *tests = add_case(suite, "laws");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_offsets_and_slices);
    tcase_add_test(tests, test_search);
    tcase_add_test(tests, test_split_join_replace);
    tcase_add_test(tests, test_append_in_place);
    tcase_add_test(tests, test_append_in_front);
    tcase_add_test(tests, test_small_strings_have_room);
    tcase_add_test(tests, test_append_leaves_shared_strings_alone);
    tcase_add_test(tests, test_characters_are_shared);
    tcase_add_test(tests, test_every_code_point);
    tcase_add_test(tests, test_format_of_floats);
    return run_suite(suite);
}
