/* Laws of the vector functions and of sorting: random vectors of all kinds against a naive model, an array of values.
 *
 * Every operation is run on a vector that is unique or shared, packed or forced to be plain; the results must be equal
 * in content, hash and text, and shared operands must keep their value.  The fixture counts live objects.
 */
#include "equal.h"
#include "number.h"
#include "runtime_testing.h"
#include "sequence.h"
#include "vector_update.h"

enum { MAX_ITEMS = 40, ROUNDS = 3000 };

static uint64_t state = 20240607;

static int64_t below(int64_t n) { return (int64_t)(next_random(&state) % (uint64_t)n); }

/* flavour 0: ints, 1: floats, 2: numbers of all types, 3: anything. */
static RtValue random_item(int flavour)
{
    switch (flavour == 2 ? below(4) : flavour == 3 ? below(6) : flavour) {
    case 0: return INT(below(20) - 10);
    case 1: return rt_from_float((double)(below(40) - 20) / 4);
    case 2: return value_of("100000000000000000000");
    case 3: return value_of("-7/2");
    case 4: return STRING("text");
    default: return rt_nil();
    }
}

typedef struct Model {
    RtValue items[4 * MAX_ITEMS]; /* owned */
    int64_t count;
} Model;

static void model_drop(Model *m)
{
    while (m->count > 0) rt_drop(m->items[--m->count]);
}

static Model random_model(int flavour)
{
    Model m = {.count = below(MAX_ITEMS)};
    for (int64_t i = 0; i < m.count; i++) m.items[i] = random_item(flavour);
    return m;
}

/* The model as a vector: made by rt_vector, or forced to be plain. */
static RtValue vector_of(const Model *m, bool plain)
{
    RtValue items[4 * MAX_ITEMS];
    for (int64_t i = 0; i < m->count; i++) items[i] = rt_dup(m->items[i]);
    if (!plain) return rt_vector(items, m->count);
    RtVector *v = rt_vector_make(RT_VECTOR_VALUES, m->count);
    for (int64_t i = 0; i < m->count; i++) rt_vector_set_value(v, i, items[i]);
    return rt_from_object(RT_VECTOR, v);
}

static char *text_of(RtValue v)
{
    RtText text = {0};
    rt_write_value_borrow(&text, v, 0);
    return text.bytes;
}

/* Consumes the vector. */
static void assert_is(RtValue v, const Model *m)
{
    RtValue plain = vector_of(m, true);
    char *got = text_of(v), *expected = text_of(plain);
    ck_assert_str_eq(got, expected);
    ck_assert_int_eq(rt_as_vector(v)->length, m->count);
    ck_assert(rt_equal_borrow(v, plain) && rt_equal_borrow(plain, v));
    ck_assert_uint_eq(rt_hash_borrow(v), rt_hash_borrow(plain));
    for (int64_t i = 0; i < m->count; i++) {
        RtValue item = rt_vector_ref(v, INT(i), NULL);
        ck_assert(rt_equal_borrow(item, m->items[i]));
        rt_drop(item);
    }
    free(got);
    free(expected);
    rt_drop(plain);
    rt_drop(v);
}

static uint32_t expected_kind(const Model *m)
{
    for (int64_t i = 1; i < m->count; i++)
        if (m->items[i].tag != m->items[0].tag) return RT_VECTOR_VALUES;
    return m->count ? rt_vector_kind_for(m->items[0]) : RT_VECTOR_VALUES;
}

START_TEST(made_vectors_are_packed)
{
    for (int round = 0; round < ROUNDS; round++) {
        Model m = random_model(round % 4);
        RtValue v = vector_of(&m, false);
        ck_assert_uint_eq(rt_as_vector(v)->kind, expected_kind(&m));
        RtValue again = rt_list_to_vector(rt_vector_to_list(v, NULL), NULL);
        ck_assert_uint_eq(rt_as_vector(again)->kind, expected_kind(&m));
        assert_is(again, &m);
        assert_is(v, &m);
        model_drop(&m);
    }
}
END_TEST

START_TEST(set_changes_one_item)
{
    for (int round = 0; round < ROUNDS; round++) {
        Model m = random_model(round % 4), original;
        RtValue v = vector_of(&m, round & 4), kept = rt_dup(v);
        bool shared = round & 8;
        if (!shared) rt_drop(kept);
        original = m;
        for (int64_t i = 0; i < m.count; i++) rt_dup(m.items[i]);
        for (int step = 0; step < 5 && m.count; step++) {
            int64_t index = below(m.count);
            RtValue item = random_item(below(3) ? round % 4 : 3);
            v = rt_vector_set(v, INT(index), rt_dup(item), NULL);
            rt_drop(m.items[index]);
            m.items[index] = item;
        }
        assert_is(v, &m);
        if (shared) assert_is(kept, &original);
        model_drop(&m);
        model_drop(&original);
    }
}
END_TEST

START_TEST(pieces_joined_are_the_whole)
{
    for (int round = 0; round < ROUNDS; round++) {
        Model m = random_model(round % 4);
        RtValue v = vector_of(&m, round & 4);
        int64_t middle = below(m.count + 1), start = below(middle + 1);
        RtValue pieces[3] = {rt_subvector(rt_dup(v), INT(0), INT(start), NULL),
                             rt_subvector(rt_dup(v), INT(start), INT(middle), NULL),
                             rt_subvector(rt_dup(v), INT(middle), INT(m.count), NULL)};
        if (round & 8) pieces[0] = rt_vector_append((RtValue[]){rt_vector(NULL, 0), pieces[0]}, 2, NULL);
        assert_is(rt_vector_append(pieces, 3, NULL), &m);
        RtValue prefix = rt_subvector(v, INT(0), INT(middle), NULL); /* in place, if long enough */
        int64_t count = m.count;
        m.count = middle;
        assert_is(prefix, &m);
        m.count = count;
        model_drop(&m);
    }
}
END_TEST

START_TEST(append_is_concatenation)
{
    for (int round = 0; round < ROUNDS; round++) {
        Model all = {.count = 0};
        RtValue vectors[3];
        for (int i = 0; i < 3; i++) {
            Model m = random_model((int)below(4));
            vectors[i] = vector_of(&m, below(2));
            for (int64_t j = 0; j < m.count; j++) all.items[all.count++] = m.items[j];
        }
        RtValue kept = below(2) ? rt_dup(vectors[0]) : rt_nil();
        assert_is(rt_vector_append(vectors, 3, NULL), &all);
        rt_drop(kept);
        model_drop(&all);
    }
}
END_TEST

START_TEST(an_appended_vector_is_not_changed_by_itself)
{
    RtValue v = rt_vector((RtValue[]){INT(1), STRING("x")}, 2);
    RtValue twice = rt_vector_append((RtValue[]){rt_dup(v), rt_dup(v)}, 2, NULL);
    assert_written(twice, "<<1 \"x\" 1 \"x\">>", "twice");
    assert_written(v, "<<1 \"x\">>", "once");
}
END_TEST

/* ---- sorting ----------------------------------------------------------------------------------------------------- */

static void insert_sorted(Model *m) /* the naive stable sort */
{
    for (int64_t i = 1; i < m->count; i++) {
        RtValue item = m->items[i];
        int64_t place = i;
        for (; place > 0 && rt_compare_borrow(item, m->items[place - 1]) == RT_LESS; place--)
            m->items[place] = m->items[place - 1];
        m->items[place] = item;
    }
}

START_TEST(sorting_is_stable_and_ordered)
{
    for (int round = 0; round < ROUNDS; round++) {
        Model m = random_model(round % 3);
        RtValue v = vector_of(&m, round & 4), kept = rt_dup(v);
        Model original = m;
        for (int64_t i = 0; i < m.count; i++) rt_dup(m.items[i]);
        insert_sorted(&m);
        RtValue list = rt_sort_numbers(rt_vector_to_list(v, NULL), NULL);
        assert_is(rt_list_to_vector(list, NULL), &m);
        if (round & 8) assert_is(kept, &original);
        v = rt_vector_sort_numbers(v, NULL);
        assert_is(v, &m);
        if (!(round & 8)) assert_is(kept, &original);
        model_drop(&m);
        model_drop(&original);
    }
}
END_TEST

START_TEST(large_sorts)
{
    enum { COUNT = 100003 };
    for (int mixed = 0; mixed < 2; mixed++) {
        RtValue list = rt_nil();
        for (int i = 0; i < COUNT; i++) {
            int64_t n = below(COUNT / 2);
            list = rt_cons(mixed && (n & 1) ? rt_from_float((double)n) : INT(n), list);
        }
        list = rt_sort_numbers(list, NULL);
        ck_assert_int_eq(rt_length(list, NULL).data, COUNT);
        for (RtValue rest = list; rt_as_cons(rest)->cdr_tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) {
            RtValue next = rt_car_of(rt_as_cons(rt_cdr_of(rt_as_cons(rest))));
            ck_assert(rt_compare_borrow(rt_car_of(rt_as_cons(rest)), next) != RT_GREATER);
        }
        rt_drop(list);
    }
}
END_TEST

START_TEST(sort_errors)
{
    assert_unary_raises(rt_sort_numbers, INT(5), "sort: expected a list or another sequence, got 5");
    assert_unary_raises(rt_sort_numbers, dotted(INT(1), INT(2), INT(3)), "sort: expected a proper list, got (1 2 . 3)");
    assert_unary_raises(rt_sort_numbers, rt_cons(INT(1), rt_cons(STRING("a"), rt_nil())),
                        "sort: expected a number, got \"a\"");
    assert_unary_raises(rt_vector_sort_numbers, rt_cons(INT(1), rt_nil()), "vector-sort: expected a vector, got (1)");
    assert_unary_raises(rt_vector_sort_numbers, rt_vector((RtValue[]){INT(1), STRING("a")}, 2),
                        "vector-sort: expected a number, got \"a\"");
}
END_TEST

/* ---- range ------------------------------------------------------------------------------------------------------- */

START_TEST(ranges_follow_the_definition)
{
    static const char *const numbers[] = {"-7", "-5/2", "-1", "-0.5", "0", "1/3", "0.1", "2", "7/2", "9", "12.25"};
    enum { NUMBERS = sizeof numbers / sizeof *numbers };
    for (int i = 0; i < NUMBERS * NUMBERS * NUMBERS; i++) {
        RtValue operands[3] = {value_of(numbers[i % NUMBERS]), value_of(numbers[i / NUMBERS % NUMBERS]),
                               value_of(numbers[i / NUMBERS / NUMBERS])};
        enum RtOrder direction = rt_compare_borrow(operands[2], INT(0));
        if (direction != RT_EQUAL) {
            RtValue list = rt_range(operands, 3, NULL), rest = list;
            for (int64_t n = 0;; n++) {
                RtValue step = rt_mul(INT(n), rt_dup(operands[2]), NULL);
                RtValue expected = rt_add(rt_dup(operands[0]), step, NULL);
                enum RtOrder order = rt_compare_borrow(expected, operands[1]);
                bool is_before = order == (direction == RT_GREATER ? RT_LESS : RT_GREATER);
                ck_assert_int_eq(is_before, rest.tag == RT_CONS);
                if (is_before) ck_assert(rt_number_eqv(expected, rt_car_of(rt_as_cons(rest))));
                rt_drop(expected);
                if (!is_before) break;
                rest = rt_cdr_of(rt_as_cons(rest));
            }
            rt_drop(list);
        }
        for (int j = 0; j < 3; j++) rt_drop(operands[j]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("vector_ops");
    TCase *vectors = add_case(suite, "vectors");
    tcase_add_test(vectors, made_vectors_are_packed);
    tcase_add_test(vectors, set_changes_one_item);
    tcase_add_test(vectors, pieces_joined_are_the_whole);
    tcase_add_test(vectors, append_is_concatenation);
    tcase_add_test(vectors, an_appended_vector_is_not_changed_by_itself);
    TCase *sorting = add_case(suite, "sorting and range");
    tcase_add_test(sorting, sorting_is_stable_and_ordered);
    tcase_add_test(sorting, large_sorts);
    tcase_add_test(sorting, sort_errors);
    tcase_add_test(sorting, ranges_follow_the_definition);
    return run_suite(suite);
}
