/* Maps, sets, equality, hashing and the sequence functions.
 *
 * The laws are checked against a naive table (two arrays, searched from the front) under random operations with a fixed
 * seed.  Every test ends with as many live objects as it began with.
 */
#include "collection.h"
#include "consair_rt.h"
#include "equal.h"
#include "flat.h"
#include <check.h>
#include <stdlib.h>

static int64_t live_before;

static void note_live(void) { live_before = rt_live_objects(); }
static void check_live(void) { ck_assert_int_eq(rt_live_objects(), live_before); }

static RtValue integer(int64_t n) { return rt_from_int(n); }
static RtValue text(const char *bytes) { return rt_string_from_text(bytes); }
static RtValue list2(RtValue a, RtValue b) { return rt_cons(a, rt_cons(b, rt_nil())); }

static RtValue empty_map(void) { return rt_hash_map(NULL, 0, NULL); }

static RtValue put(RtValue map, RtValue key, RtValue value)
{
    RtValue args[3] = {map, key, value};
    return rt_assoc_n(args, 3, NULL);
}

static RtValue without(RtValue map, RtValue key)
{
    RtValue args[2] = {map, key};
    return rt_dissoc(args, 2, NULL);
}

static RtValue conj(RtValue collection, RtValue item)
{
    RtValue args[2] = {collection, item};
    return rt_conj(args, 2, NULL);
}

static void check_written(RtValue v, const char *expected) /* consumes v */
{
    RtText out = {0};
    rt_write_value_borrow(&out, v, 0);
    ck_assert_str_eq(out.bytes, expected);
    rt_text_free(&out);
    rt_drop(v);
}

static void check_int_at(RtValue map, int64_t key, int64_t expected)
{
    const RtEntry *entry = rt_table_find_borrow(map, integer(key));
    ck_assert_ptr_nonnull(entry);
    ck_assert_int_eq(rt_entry_value(entry).data, expected);
}

/* ---- laws -------------------------------------------------------------------------------------------------------- */

enum { KEY_COUNT = 300, OPERATION_COUNT = 10000, VERSION_COUNT = 20 };

typedef struct Naive { /* keys in insertion order */
    int64_t keys[KEY_COUNT], values[KEY_COUNT];
    int64_t count;
} Naive;

static void naive_put(Naive *n, int64_t key, int64_t value)
{
    int64_t i = 0;
    while (i < n->count && n->keys[i] != key) i++;
    n->keys[i] = key;
    n->values[i] = value;
    if (i == n->count) n->count++;
}

static void naive_remove(Naive *n, int64_t key)
{
    int64_t to = 0;
    for (int64_t i = 0; i < n->count; i++) {
        n->keys[to] = n->keys[i];
        n->values[to] = n->values[i];
        if (n->keys[i] != key) to++;
    }
    n->count = to;
}

static void check_same(RtValue map, const Naive *n)
{
    RtValue entries[2 * KEY_COUNT];
    ck_assert_int_eq(rt_count(map, NULL).data, n->count);
    ck_assert_int_eq(rt_collection_entries_borrow(map, NULL), 2 * n->count);
    rt_collection_entries_borrow(map, entries);
    for (int64_t i = 0; i < n->count; i++) {
        RtValue key = rt_car_of(rt_as_cons(entries[2 * i]));
        ck_assert_int_eq(key.data, n->keys[i]);
        ck_assert_int_eq(entries[2 * i + 1].data, n->values[i]);
        const RtEntry *found = rt_table_find_borrow(map, entries[2 * i]);
        ck_assert_int_eq(rt_entry_value(found).data, n->values[i]);
    }
}

static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

START_TEST(laws_and_old_versions)
{
    note_live();
    uint64_t state = 42;
    Naive naive = {.count = 0};
    static Naive old[VERSION_COUNT];
    RtValue map = empty_map(), versions[VERSION_COUNT];
    for (int i = 0; i < VERSION_COUNT; i++) versions[i] = rt_nil();
    for (int i = 0; i < OPERATION_COUNT; i++) {
        int64_t key = next_random(&state) % KEY_COUNT;
        bool removing_phase = i / 1000 % 2;
        RtValue boxed = rt_cons(integer(key), rt_nil()); /* a counted key, so that lost counts show */
        if (next_random(&state) % 10 < (removing_phase ? 8u : 3u)) {
            naive_remove(&naive, key);
            map = without(map, boxed);
        } else {
            naive_put(&naive, key, i);
            map = put(map, boxed, integer(i));
        }
        if (i % 37 == 0) {
            int at = (int)(next_random(&state) % VERSION_COUNT);
            rt_drop(versions[at]);
            versions[at] = rt_dup(map);
            old[at] = naive;
        }
        if (i % 100 == 0) check_same(map, &naive);
    }
    check_same(map, &naive);
    for (int i = 0; i < VERSION_COUNT; i++) {
        check_same(versions[i], &old[i]);
        rt_drop(versions[i]);
    }
    rt_drop(map);
    check_live();
}
END_TEST

START_TEST(equality_does_not_depend_on_history)
{
    note_live();
    enum { COUNT = 1000 };
    RtValue up = empty_map(), down = empty_map();
    for (int64_t i = 0; i < COUNT; i++) up = put(up, integer(i), list2(integer(i), text("v")));
    for (int64_t i = 3 * COUNT; i >= 0; i--) down = put(down, integer(i), list2(integer(i), text("v")));
    for (int64_t i = COUNT; i <= 3 * COUNT; i++) down = without(down, integer(i));
    ck_assert(rt_equal_borrow(up, down));
    ck_assert_uint_eq(rt_hash_borrow(up), rt_hash_borrow(down));
    down = put(down, integer(7), rt_nil());
    ck_assert(!rt_equal_borrow(up, down));
    down = without(down, integer(7));
    ck_assert(!rt_equal_borrow(up, down));
    rt_drop(up);
    rt_drop(down);
    check_live();
}
END_TEST

START_TEST(many_keys)
{
    note_live();
    enum { COUNT = 100000 };
    RtValue map = empty_map();
    for (int64_t i = 0; i < COUNT; i++) map = put(map, integer(i * 7), integer(i));
    ck_assert_int_eq(rt_count(map, NULL).data, COUNT);
    for (int64_t i = 0; i < COUNT; i++) check_int_at(map, i * 7, i);
    ck_assert_ptr_null(rt_table_find_borrow(map, integer(1)));
    for (int64_t i = 0; i < COUNT; i += 2) map = without(map, integer(i * 7));
    for (int64_t i = 0; i < COUNT; i++) {
        if (i % 2) check_int_at(map, i * 7, i);
        else ck_assert_ptr_null(rt_table_find_borrow(map, integer(i * 7)));
    }
    for (int64_t i = 1; i < COUNT; i += 2) map = without(map, integer(i * 7));
    check_written(map, "{}");
    check_live();
}
END_TEST

/* ---- memory ------------------------------------------------------------------------------------------------------ */

START_TEST(unique_collections_are_changed_in_place)
{
    note_live();
    RtValue map = empty_map(), vector = rt_vector(NULL, 0);
    for (int64_t i = 0; i < 1000; i++) {
        map = put(map, integer(i), integer(i));
        vector = conj(vector, integer(i));
    }
    const void *table = rt_object(map), *block = rt_object(vector);
    int64_t live = rt_live_objects();
    for (int64_t i = 0; i < 1000; i++) {
        map = put(map, integer(i), integer(-i));
        vector = put(vector, integer(i), integer(-i));
        ck_assert_int_eq(rt_live_objects(), live);
    }
    ck_assert_ptr_eq(rt_object(map), table);
    ck_assert_ptr_eq(rt_object(vector), block);
    rt_drop(map);
    rt_drop(vector);
    check_live();
}
END_TEST

START_TEST(versions_share_structure)
{
    note_live();
    RtValue map = empty_map();
    for (int64_t i = 0; i < 10000; i++) map = put(map, integer(i), integer(i));
    rt_drop(put(rt_dup(map), integer(5000), rt_nil())); /* now it is a tree */
    int64_t live = rt_live_objects();
    RtValue other = put(rt_dup(map), integer(5000), rt_nil());
    ck_assert_int_le(rt_live_objects() - live, 8);
    check_int_at(map, 5000, 5000);
    rt_drop(other);
    ck_assert_int_eq(rt_live_objects(), live);
    rt_drop(map);
    check_live();
}
END_TEST

START_TEST(immortal_maps_can_be_extended)
{
    note_live();
    RtValue map = empty_map();
    for (int64_t i = 0; i < 100; i++) map = put(map, rt_cons(integer(i), rt_nil()), text("v"));
    rt_make_immortal(map);
    check_live();
    RtValue larger = put(map, text("new"), text("w"));
    larger = without(larger, rt_cons(integer(3), rt_nil()));
    ck_assert_int_eq(rt_count(larger, NULL).data, 100);
    ck_assert_int_eq(rt_count(map, NULL).data, 100);
    for (int64_t i = 0; i < 100; i++) larger = without(larger, rt_cons(integer(i), rt_nil()));
    check_written(larger, "{\"new\" \"w\"}");
    check_live();
}
END_TEST

START_TEST(a_small_removed_key_makes_room)
{
    note_live();
    RtValue queue = rt_hash_set(NULL, 0); /* as a queue: add behind, remove in front */
    for (int64_t i = 0; i < 100000; i++) {
        queue = conj(queue, integer(i));
        if (i < 10) continue;
        RtValue first = rt_first(queue, NULL);
        ck_assert_int_eq(first.data, i - 10);
        RtValue args[2] = {queue, first};
        queue = rt_disj(args, 2, NULL);
    }
    ck_assert_int_eq(rt_count(queue, NULL).data, 10);
    ck_assert_uint_le(rt_as_table(queue)->next, 64);
    rt_drop(queue);
    check_live();
}
END_TEST

/* ---- hashes ------------------------------------------------------------------------------------------------------ */

typedef struct Hashed {
    uint32_t hash;
    int64_t key;
} Hashed;

static int by_hash(const void *a, const void *b)
{
    const Hashed *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* So many other keys decide how the two are found: without an index, with one, in a tree. */
static void check_keys_with_one_hash(int64_t x, int64_t y, int64_t others, bool as_tree)
{
    RtValue base = empty_map();
    for (int64_t i = 1; i <= others; i++) base = put(base, integer(-i), integer(i));
    if (as_tree) rt_drop(put(rt_dup(base), integer(-1), rt_nil()));
    RtValue map = put(put(rt_dup(base), integer(x), integer(1)), integer(y), integer(2));
    RtValue swapped = put(put(base, integer(y), integer(2)), integer(x), integer(1));
    if (as_tree) ck_assert(rt_as_table(map)->is_tree);
    check_int_at(map, x, 1);
    check_int_at(map, y, 2);
    if (as_tree) check_int_at(map, -1, 1);
    ck_assert(rt_equal_borrow(map, swapped));
    swapped = put(swapped, integer(x), integer(3));
    ck_assert(!rt_equal_borrow(map, swapped));
    RtValue one = without(rt_dup(map), integer(x));
    ck_assert_ptr_null(rt_table_find_borrow(one, integer(x)));
    check_int_at(one, y, 2);
    check_int_at(map, x, 1);
    map = without(map, integer(x));
    ck_assert_ptr_null(rt_table_find_borrow(map, integer(x)));
    check_int_at(map, y, 2);
    ck_assert(rt_equal_borrow(map, one));
    rt_drop(one);
    rt_drop(map);
    rt_drop(swapped);
}

START_TEST(keys_with_one_hash)
{
    note_live();
    enum { COUNT = 400000 };
    Hashed *all = malloc(COUNT * sizeof *all);
    for (int64_t i = 0; i < COUNT; i++) all[i] = (Hashed){rt_table_hash(integer(i)), i};
    qsort(all, COUNT, sizeof *all, by_hash);
    int pairs = 0;
    for (int64_t i = 1; i < COUNT; i++) {
        if (all[i].hash != all[i - 1].hash) continue;
        pairs++;
        check_keys_with_one_hash(all[i].key, all[i - 1].key, 0, false);
        check_keys_with_one_hash(all[i].key, all[i - 1].key, 20, false);
        check_keys_with_one_hash(all[i].key, all[i - 1].key, 100, false);
        check_keys_with_one_hash(all[i].key, all[i - 1].key, 100, true);
    }
    ck_assert_int_gt(pairs, 0);
    free(all);
    check_live();
}
END_TEST

START_TEST(trie_buckets)
{
    note_live();
    RtTrieNode *root = NULL;
    const RtTrieItem *items;
    for (uint32_t i = 0; i < 100; i++) rt_trie_insert(&root, i % 2 ? 0xdeadbeef : 0x5eadbeef, i);
    ck_assert_uint_eq(rt_trie_find(root, 0xdeadbeef, &items), 50);
    ck_assert_uint_eq(rt_trie_find(root, 0x1eadbeef, &items), 0);
    RtTrieNode *copy = rt_trie_dup(root);
    for (uint32_t i = 1; i < 99; i += 2) rt_trie_remove(&root, 0xdeadbeef, i);
    ck_assert_uint_eq(rt_trie_find(root, 0xdeadbeef, &items), 1);
    ck_assert_uint_eq(rt_slot_entry(items[0].slot), 99);
    ck_assert_uint_eq(rt_trie_find(copy, 0xdeadbeef, &items), 50);
    rt_trie_drop(copy);
    for (uint32_t i = 0; i < 100; i += 2) rt_trie_remove(&root, 0x5eadbeef, i);
    ck_assert_uint_eq(root->size, 1); /* canonical: one slot, in the root */
    ck_assert_uint_eq(root->branches, 0);
    rt_trie_remove(&root, 0xdeadbeef, 99);
    ck_assert_ptr_null(root);
    check_live();
}
END_TEST

enum { CLUSTERED = 3000 };

/* Keys whose hashes have few distinct top bits: long chains, which go round the end of a flat index. */
static void find_clustered(int64_t *keys)
{
    int64_t key = 0;
    for (int i = 0; i < CLUSTERED; key++)
        if ((rt_table_hash(integer(key)) + 0x00200000u) >> 22 == 0) keys[i++] = key;
}

static void check_present(RtValue map, const int64_t *keys, const bool *present)
{
    for (int i = 0; i < CLUSTERED; i++) {
        if (present[i]) check_int_at(map, keys[i], i);
        else ck_assert_ptr_null(rt_table_find_borrow(map, integer(keys[i])));
    }
}

START_TEST(forms_of_a_table)
{
    note_live();
    static int64_t keys[CLUSTERED];
    static bool present[CLUSTERED], shared[CLUSTERED];
    find_clustered(keys);
    RtValue map = empty_map();
    for (int i = 0; i < CLUSTERED; i++) {
        map = put(map, integer(keys[i]), integer(i));
        present[i] = true;
    }
    ck_assert(!rt_as_table(map)->is_tree);
    check_present(map, keys, present);
    for (int i = 0; i < CLUSTERED; i += 1 + i % 3) {
        map = without(map, integer(keys[i]));
        present[i] = false;
    }
    check_present(map, keys, present);
    memcpy(shared, present, sizeof shared);
    RtValue other = rt_dup(map);
    for (int i = 0; i < CLUSTERED; i++) {
        if (present[i]) continue;
        map = put(map, integer(keys[i]), integer(i));
        ck_assert(rt_as_table(other)->is_tree);
        present[i] = true;
    }
    check_present(map, keys, present);
    check_present(other, keys, shared);
    for (int i = CLUSTERED; i <= 5000; i++) map = put(map, integer(-i), integer(i));
    ck_assert(!rt_as_table(map)->is_tree); /* again, at a power of two */
    check_present(map, keys, present);
    ck_assert(!rt_equal_borrow(map, other));
    for (int i = CLUSTERED; i <= 5000; i++) map = without(map, integer(-i));
    for (int i = 0; i < CLUSTERED; i++)
        if (!shared[i]) map = without(map, integer(keys[i]));
    ck_assert(!rt_as_table(map)->is_tree && rt_as_table(other)->is_tree);
    ck_assert(rt_equal_borrow(map, other));
    ck_assert(rt_equal_borrow(other, map));
    rt_drop(map);
    check_present(other, keys, shared);
    rt_drop(other);
    check_live();
}
END_TEST

START_TEST(equal_values_have_equal_hashes)
{
    note_live();
    ck_assert_uint_eq(rt_hash_borrow(rt_from_float(0.0)), rt_hash_borrow(rt_from_float(-0.0)));
    ck_assert_uint_ne(rt_hash_borrow(integer(1)), rt_hash_borrow(rt_from_float(1.0)));
    RtVector *packed = rt_vector_make(RT_VECTOR_INTS, 2);
    packed->items.ints[0] = 1;
    packed->items.ints[1] = 2;
    RtValue ints = rt_from_object(RT_VECTOR, packed), items[2] = {integer(1), integer(2)};
    RtValue plain = rt_vector(items, 2), list = list2(integer(1), integer(2));
    ck_assert(rt_equal_borrow(ints, plain));
    ck_assert_uint_eq(rt_hash_borrow(ints), rt_hash_borrow(plain));
    ck_assert(!rt_equal_borrow(plain, list));
    ck_assert_uint_ne(rt_hash_borrow(plain), rt_hash_borrow(list));
    rt_drop(ints);
    rt_drop(plain);
    rt_drop(list);
    check_live();
}
END_TEST

/* ---- depth ------------------------------------------------------------------------------------------------------- */

static RtValue nested_lists(int64_t depth)
{
    RtValue v = rt_nil();
    while (depth-- > 0) v = rt_cons(v, rt_cons(integer(depth), rt_nil()));
    return v;
}

static RtValue nested_maps(int64_t depth)
{
    RtValue v = integer(1);
    while (depth-- > 0) v = put(empty_map(), integer(0), v);
    return v;
}

START_TEST(deep_and_long_data)
{
    note_live();
    RtValue pairs[3][2] = {{nested_lists(1000000), nested_lists(1000000)}, {nested_maps(200000), nested_maps(200000)}};
    RtValue a = rt_nil(), b = rt_nil();
    for (int64_t i = 0; i < 1000000; i++) {
        a = rt_cons(integer(i), a);
        b = rt_cons(integer(i), b);
    }
    pairs[2][0] = a;
    pairs[2][1] = b;
    for (int i = 0; i < 3; i++) {
        ck_assert(rt_equal_borrow(pairs[i][0], pairs[i][1]));
        ck_assert_uint_eq(rt_hash_borrow(pairs[i][0]), rt_hash_borrow(pairs[i][1]));
        ck_assert(!rt_equal_borrow(pairs[i][0], pairs[(i + 1) % 3][0]));
    }
    for (int i = 0; i < 6; i++) rt_drop(pairs[i / 2][i % 2]);
    check_live();
}
END_TEST

START_TEST(a_shared_tree_equals_itself_at_once)
{
    note_live();
    RtValue tree = rt_nil();
    for (int i = 0; i < 60; i++) tree = rt_cons(rt_dup(tree), tree);
    ck_assert(rt_equal_borrow(tree, tree));
    RtValue a = rt_cons(integer(1), rt_dup(tree)), b = rt_cons(integer(1), tree);
    ck_assert(rt_equal_borrow(a, b));
    rt_drop(a);
    rt_drop(b);
    check_live();
}
END_TEST

/* ---- vectors and errors ------------------------------------------------------------------------------------------ */

START_TEST(packed_vectors_grow_and_unpack)
{
    note_live();
    RtVector *packed = rt_vector_make(RT_VECTOR_FLOATS, 1);
    packed->items.floats[0] = 1.5;
    RtValue v = rt_from_object(RT_VECTOR, packed);
    v = conj(v, rt_from_float(2.5));
    ck_assert_uint_eq(rt_as_vector(v)->kind, RT_VECTOR_FLOATS);
    RtValue kept = rt_dup(v);
    v = put(v, integer(0), text("x"));
    ck_assert_uint_eq(rt_as_vector(v)->kind, RT_VECTOR_VALUES);
    v = conj(v, integer(3));
    check_written(v, "<<\"x\" 2.5 3>>");
    check_written(kept, "<<1.5 2.5>>");
    check_live();
}
END_TEST

typedef RtValue Variadic(RtValue *args, int64_t count, const RtPlace *at);
typedef struct Call {
    Variadic *function;
    RtValue *args;
    int64_t count;
} Call;

static void run_call(void *argument)
{
    Call *call = argument;
    rt_drop(call->function(call->args, call->count, NULL));
}

static void check_error(Variadic *function, RtValue *args, int64_t count, const char *expected)
{
    RtValue error;
    Call call = {function, args, count};
    ck_assert(rt_try(run_call, &call, &error));
    RtString *message = rt_as_string(rt_as_error(error)->message);
    ck_assert_str_eq(message->bytes, expected);
    rt_drop(error);
    check_live();
}

START_TEST(errors_consume_the_operands)
{
    note_live();
    RtValue odd[3] = {text("a"), text("b"), text("c")};
    check_error(rt_hash_map, odd, 3, "%hash-map: expected an even number of arguments, got 3");
    RtValue items[1] = {text("x")};
    RtValue beyond[5] = {rt_vector(items, 1), integer(0), text("y"), integer(2), text("z")};
    check_error(rt_assoc_n, beyond, 5, "%assoc: index 2 out of bounds for length 1");
    RtValue even[4] = {rt_nil(), text("k"), text("v"), integer(2)};
    check_error(rt_assoc_n, even, 4, "%assoc: expected a collection and pairs of key and value, got 4 arguments");
    RtValue not_pair[4] = {empty_map(), rt_cons(text("k"), text("v")), text("no"), text("rest")};
    check_error(rt_conj, not_pair, 4, "%conj: expected a pair or a vector of key and value, got \"no\"");
    RtValue not_set[2] = {list2(text("a"), text("b")), text("a")};
    check_error(rt_disj, not_set, 2, "%disj: expected a set, got (\"a\" \"b\")");
}
END_TEST

START_TEST(sequences)
{
    note_live();
    RtValue word = text("\303\244bc"), map = put(put(empty_map(), integer(1), text("x")), integer(2), rt_nil());
    check_written(rt_seq(word, NULL), "(\"\303\244\" \"b\" \"c\")");
    check_written(rt_next(word, NULL), "(\"b\" \"c\")");
    check_written(rt_seq(map, NULL), "(<<1 \"x\">> <<2 nil>>)");
    check_written(rt_first(map, NULL), "<<1 \"x\">>");
    check_written(rt_rest(map, NULL), "(<<2 nil>>)");
    check_written(rt_keys(map, NULL), "(1 2)");
    check_written(rt_vals(map, NULL), "(\"x\" nil)");
    RtValue nth[3] = {word, integer(2), rt_nil()};
    check_written(rt_nth_of(nth, 2, NULL), "\"c\"");
    rt_drop(word);
    rt_drop(map);
    check_live();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("collection");
    TCase *tcase = tcase_create("collection");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, laws_and_old_versions);
    tcase_add_test(tcase, equality_does_not_depend_on_history);
    tcase_add_test(tcase, many_keys);
    tcase_add_test(tcase, unique_collections_are_changed_in_place);
    tcase_add_test(tcase, versions_share_structure);
    tcase_add_test(tcase, immortal_maps_can_be_extended);
    tcase_add_test(tcase, a_small_removed_key_makes_room);
    tcase_add_test(tcase, keys_with_one_hash);
    tcase_add_test(tcase, trie_buckets);
    tcase_add_test(tcase, forms_of_a_table);
    tcase_add_test(tcase, equal_values_have_equal_hashes);
    tcase_add_test(tcase, deep_and_long_data);
    tcase_add_test(tcase, a_shared_tree_equals_itself_at_once);
    tcase_add_test(tcase, packed_vectors_grow_and_unpack);
    tcase_add_test(tcase, errors_consume_the_operands);
    tcase_add_test(tcase, sequences);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
