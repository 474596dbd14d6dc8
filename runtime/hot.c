/* The small operations that compiled code should not call: this file is also compiled to bitcode, which the optimiser
 * inlines into user code.
 *
 * Hence the rule of this file: only the fast path is here.  Whatever is long or rare (errors, strings, big numbers) is
 * a cold function in another file, called with a convention that keeps the caller's registers.  Accessors borrow their
 * operands, so a caller that keeps the value needs no counting around them.  The bitcode serves all targets, which agree on the layout
 * of objects and on words as operands; who extends a narrower result they do not agree on, so what is called from here returns none.
 */
#include "heap.h"
#include "internal.h"

enum { RT_PLAIN_TURNS = 8 };

RT_NOTHROW void rt_dup_value(RtValue v) { rt_dup(v); }

RT_NOTHROW void rt_drop_value(RtValue v) { rt_drop(v); }

/* Of a list that ends often only the front is ours, and most lists are short: some cells go without a call. */
RT_NOTHROW __attribute__((always_inline)) void rt_drop_plain(RtValue v)
{
    if (!rt_is_heap(v)) return;
    RtCons *cell = rt_as_cons(v);
    for (int turns = RT_PLAIN_TURNS; cell->count == 1; turns--) {
        if (RT_UNLIKELY(turns == 0)) {
            rt_free_plain(cell);
            return;
        }
        uint32_t cdr_tag = cell->cdr_tag;
        RtCons *next = rt_as_cons(rt_cdr_of(cell));
        rt_free(cell, sizeof *cell);
        if (cdr_tag == RT_NIL) return;
        cell = next;
    }
    if (RT_LIKELY(cell->count < RT_STICKY)) cell->count--;
}

/* ---- pairs ----------------------------------------------------------------------------------------------------- */

RtValue rt_cons(RtValue a, RtValue b)
{
    RtCons *cell = rt_alloc(sizeof *cell);
    rt_cons_init(cell, a, b);
    return rt_from_object(RT_CONS, cell);
}

RtValue rt_car(RtValue a, const RtPlace *at)
{
    if (RT_UNLIKELY(a.tag != RT_CONS)) rt_cons_expected(a, "car", at);
    return rt_dup(rt_car_of(rt_as_cons(a)));
}

RtValue rt_cdr(RtValue a, const RtPlace *at)
{
    if (RT_UNLIKELY(a.tag != RT_CONS)) rt_cons_expected(a, "cdr", at);
    return rt_dup(rt_cdr_of(rt_as_cons(a)));
}

/* The cell of a list being built, whose end nobody else sees. */
RtValue rt_extend(RtValue a, RtValue b)
{
    RtValue cell = rt_cons(b, rt_nil());
    rt_cons_set_cdr(rt_as_cons(a), cell);
    return cell;
}

RtValue rt_fill(RtValue a, RtValue b)
{
    rt_cons_set_cdr(rt_as_cons(a), b);
    return rt_nil();
}

/* Many lists that are walked by recursion end here, or one cell before. */
RtValue rt_append_copy(RtValue a, RtValue b, const RtPlace *at)
{
    if (a.tag != RT_CONS) return b;
    const RtCons *cell = rt_as_cons(a);
    if (cell->cdr_tag == RT_NIL) return rt_cons(rt_dup(rt_car_of(cell)), b);
    return rt_append_copied(a, b, at);
}

/* An appender is a pair of a list, its cdr, and the address of a cell of it, 0 at first, behind which the walk to the list's end goes on.
 * That cell and those in front of it were seen by nobody else when they were walked, and so it stays as long as that holds of the
 * appender and of the first one. */
RtValue rt_appender(RtValue a) { return rt_cons(rt_from_int(0), a); }

RtValue rt_append_more(RtValue a, RtValue b, const RtPlace *at)
{
    RtCons *appender = rt_as_cons(a);
    if (appender->cdr_tag != RT_NIL || !rt_is_unique(a)) return rt_append_at_end(a, b, at);
    rt_cons_set_cdr(appender, b); /* the first ones */
    return a;
}

RtValue rt_appended(RtValue a)
{
    RtValue list = rt_cdr_of(rt_as_cons(a));
    rt_open_cdr(a);
    return list;
}

/* Parts are not counted: the whole goes on owning them. */
RtValue rt_part_car(RtValue a, const RtPlace *at)
{
    if (RT_UNLIKELY(a.tag != RT_CONS)) rt_cons_expected(a, "car", at);
    return rt_car_of(rt_as_cons(a));
}

RtValue rt_part_cdr(RtValue a, const RtPlace *at)
{
    if (RT_UNLIKELY(a.tag != RT_CONS)) rt_cons_expected(a, "cdr", at);
    return rt_cdr_of(rt_as_cons(a));
}

/* A pair is taken apart: it ends, and the halves that are wanted have counts of their own.  A unique pair gives them
 * away without counting. */
RT_NOTHROW void rt_open_both(RtValue a)
{
    RtCons *cell = rt_as_cons(a);
    if (cell->count == 1) rt_free(cell, sizeof *cell);
    else rt_leave_shared(cell);
}

RT_NOTHROW void rt_open_car(RtValue a)
{
    RtCons *cell = rt_as_cons(a);
    if (cell->count == 1) {
        RtValue cdr = rt_cdr_of(cell);
        rt_free(cell, sizeof *cell);
        rt_drop(cdr);
    } else {
        rt_leave_shared_car(cell);
    }
}

RT_NOTHROW void rt_open_cdr(RtValue a)
{
    RtCons *cell = rt_as_cons(a);
    if (cell->count == 1) {
        RtValue car = rt_car_of(cell);
        rt_free(cell, sizeof *cell);
        rt_drop(car);
    } else {
        rt_leave_shared_cdr(cell);
    }
}

/* Others hold it as well. */
RT_NOTHROW void rt_uncount_shared(RtValue a)
{
    RtCons *cell = rt_as_cons(a);
    if (RT_LIKELY(cell->count < RT_STICKY)) cell->count--;
}

RtValue rt_take_car(RtValue a, const RtPlace *at)
{
    if (RT_UNLIKELY(a.tag != RT_CONS)) rt_cons_expected_owned(a, "car", at);
    RtValue car = rt_car_of(rt_as_cons(a));
    rt_open_car(a);
    return car;
}

RtValue rt_take_cdr(RtValue a, const RtPlace *at)
{
    if (RT_UNLIKELY(a.tag != RT_CONS)) rt_cons_expected_owned(a, "cdr", at);
    RtValue cdr = rt_cdr_of(rt_as_cons(a));
    rt_open_cdr(a);
    return cdr;
}

/* ---- identity and type tests ----------------------------------------------------------------------------------- */

RtValue rt_eq(RtValue a, RtValue b) { return rt_from_bool(rt_is_eq(a, b)); }

RtValue rt_not(RtValue a) { return rt_from_bool(a.tag == RT_NIL); }

RtValue rt_is_nil(RtValue a) { return rt_from_bool(a.tag == RT_NIL); }

RtValue rt_is_atom(RtValue a) { return rt_from_bool(a.tag != RT_CONS); }

RtValue rt_is_cons(RtValue a) { return rt_from_bool(a.tag == RT_CONS); }

RtValue rt_is_int(RtValue a) { return rt_from_bool(a.tag == RT_INT); }

static inline bool is_one_of(RtValue a, uint32_t tags) { return a.tag < RT_TAG_COUNT && (tags >> a.tag & 1); }

RtValue rt_is_number(RtValue a)
{
    return rt_from_bool(is_one_of(a, 1u << RT_INT | 1u << RT_FLOAT | 1u << RT_BIGINT | 1u << RT_RATIO));
}

RtValue rt_is_vector(RtValue a) { return rt_from_bool(is_one_of(a, 1u << RT_VECTOR | 1u << RT_PVEC)); }

RtValue rt_is_map(RtValue a) { return rt_from_bool(is_one_of(a, 1u << RT_MAP | 1u << RT_PMAP)); }

RtValue rt_is_set(RtValue a) { return rt_from_bool(is_one_of(a, 1u << RT_SET | 1u << RT_PSET)); }

RtValue rt_is_function(RtValue a) { return rt_from_bool(a.tag == RT_CLOSURE); }

RtValue rt_is_string(RtValue a) { return rt_from_bool(a.tag == RT_STRING); }

RtValue rt_is_symbol(RtValue a) { return rt_from_bool(a.tag == RT_SYMBOL && !rt_is_keyword(a)); }

RtValue rt_is_keyword_symbol(RtValue a) { return rt_from_bool(rt_is_keyword(a)); }

/* ---- vectors and environment records --------------------------------------------------------------------------- */

RtValue rt_vector_length(RtValue a, const RtPlace *at)
{
    if (RT_UNLIKELY(a.tag != RT_VECTOR)) return rt_vector_length_slow(a, at);
    return rt_from_int(rt_as_vector(a)->length);
}

static inline RtValue item_or_raise(RtValue rare, RtValue vector, RtValue index, const RtPlace *at)
{
    if (RT_UNLIKELY(rare.tag == RT_UNBOUND)) rt_vector_ref_fail(vector, index, at);
    return rare;
}

/* `inline` raises what LLVM finds small enough to be inlined; a reader that walks a vector would call it for each item else. */
inline RtValue rt_vector_ref(RtValue a, RtValue b, const RtPlace *at)
{
    const RtVector *vector = rt_as_vector(a);
    if (RT_UNLIKELY(a.tag != RT_VECTOR || b.tag != RT_INT || (uint64_t)b.data >= (uint64_t)vector->length))
        return item_or_raise(rt_vector_ref_rare(a, b), a, b, at);
    return rt_dup(rt_vector_item_borrow(vector, b.data)); /* packed items are immediate: nothing to count */
}

inline RtValue rt_part_ref(RtValue a, RtValue b, const RtPlace *at)
{
    const RtVector *vector = rt_as_vector(a);
    if (RT_UNLIKELY(a.tag != RT_VECTOR || b.tag != RT_INT || (uint64_t)b.data >= (uint64_t)vector->length))
        return item_or_raise(rt_part_ref_rare(a, b), a, b, at);
    return rt_vector_item_borrow(vector, b.data);
}

RtValue rt_peek(RtValue a, RtValue b)
{
    const RtVector *vector = rt_as_vector(a);
    bool is_vector = a.tag == RT_VECTOR || a.tag == RT_PVEC; /* what vector-set takes */
    bool is_inside = is_vector && b.tag == RT_INT && (uint64_t)b.data < (uint64_t)vector->length;
    return RT_LIKELY(is_inside) ? rt_dup(rt_vector_item_borrow(vector, b.data)) : rt_nil();
}

RtValue rt_vector_set(RtValue a, RtValue b, RtValue c, const RtPlace *at)
{
    RtVector *vector = rt_as_vector(a);
    if (RT_LIKELY(a.tag == RT_VECTOR && b.tag == RT_INT && rt_may_change_inlined(vector) &&
                  (uint64_t)b.data < (uint64_t)vector->length)) { /* one exit for all else: cheaper to inline */
        if (vector->kind == RT_VECTOR_VALUES) {
            rt_vector_replace(vector, b.data, c);
            return a;
        }
        if (vector->kind == RT_VECTOR_BOOLS) {
            if (RT_LIKELY(c.tag <= RT_BOOL)) {
                vector->items.bools[b.data] = (uint8_t)c.data;
                return a;
            }
        } else if (RT_LIKELY(c.tag == vector->kind)) {
            vector->items.ints[b.data] = c.data; /* the bits of an int or a float */
            return a;
        }
    }
    RtValue rare = rt_vector_set_rare(a, b, c);
    if (RT_UNLIKELY(rare.tag == RT_UNBOUND)) rt_vector_set_fail(a, b, c, at);
    return rare;
}

/* The bits, of the first tags, that say whether one of the other items is on the heap; a constant where it is inlined. */
static inline uint64_t other_heap_tags(uint64_t wanted)
{
    const uint64_t heap_bits = UINT8_MAX & ~(RT_FIRST_HEAP_TAG - 1);
    uint64_t mask = 0;
    for (int i = 0; i < RT_NEAR_TAGS; i++) mask |= wanted >> i & 1 ? 0 : heap_bits << 8 * i;
    return mask;
}

/* Is it unique, with room for these items alone, and all of them there?  One look at the header. */
static inline bool is_unique_record(const RtVector *vector, int64_t length, bool has_length)
{
    const uint64_t info_bits = (1 << (RT_KIND_BITS + RT_SHIFT_BITS + RT_UNIT_BITS)) - 1;
    uint64_t word;
    memcpy(&word, vector, sizeof word);
    return (word & (info_bits << 32 | UINT32_MAX)) == (1 | (uint64_t)rt_vector_info(RT_VECTOR_VALUES, length) << 32) &&
           (has_length || vector->length == length);
}

/* A vector of values ends of which the wanted items live on. */
static inline void drop_unwanted(RtVector *vector, uint64_t unwanted)
{
    uint64_t tags;
    memcpy(&tags, vector->items.values.tags, sizeof tags);
    if (unwanted && tags & other_heap_tags(~unwanted)) rt_drop_items(vector, unwanted);
}

RT_NOTHROW void rt_open_vector(RtValue a, int64_t wanted, int64_t known_length)
{
    RtVector *vector = rt_as_vector(a);
    int64_t length = known_length;
    if (!length && (wanted & (wanted + 1)) == 0) length = __builtin_popcountll((uint64_t)wanted);
    if (length && length <= RT_NEAR_TAGS) { /* a constant where it is inlined: a record, or it is most likely */
        if (RT_UNLIKELY(!is_unique_record(vector, length, known_length != 0))) {
            rt_open_vector_slow(vector, (uint64_t)wanted);
            return;
        }
        drop_unwanted(vector, ((UINT64_C(1) << length) - 1) & ~(uint64_t)wanted);
        rt_free(vector, rt_vector_size_bytes(RT_VECTOR_VALUES, length));
        return;
    }
    size_t capacity = vector->capacity_units;
    bool is_of_values = vector->kind == RT_VECTOR_VALUES && vector->capacity_shift == 0;
    if (RT_UNLIKELY(vector->count != 1 || !is_of_values || capacity - 1 >= RT_NEAR_TAGS || !vector->length)) {
        rt_open_vector_slow(vector, (uint64_t)wanted);
        return;
    }
    uint64_t tags;
    memcpy(&tags, vector->items.values.tags, sizeof tags);
    if (tags & other_heap_tags((uint64_t)wanted) & UINT64_MAX >> (64 - 8 * vector->length))
        rt_drop_items(vector, ((UINT64_C(1) << vector->length) - 1) & ~(uint64_t)wanted);
    rt_free(vector, offsetof(RtVector, items.values.data) + capacity * sizeof(int64_t));
}

RT_NOTHROW RtVector *rt_open_shell(RtValue a, int64_t length, int64_t wanted, int64_t has_length)
{
    RtVector *vector = rt_as_vector(a);
    uint64_t word, unwanted = ((UINT64_C(1) << length) - 1) & ~(uint64_t)wanted;
    memcpy(&word, vector, sizeof word);
    bool is_record = word == (1 | (uint64_t)rt_vector_info(RT_VECTOR_VALUES, length) << 32) &&
                     (has_length || vector->length == length);
    if (RT_UNLIKELY(!is_record)) return rt_make_shell(vector, length, (uint64_t)wanted);
    drop_unwanted(vector, unwanted);
    return vector;
}

RT_NOTHROW void rt_free_shell(RtValue shell, int64_t length)
{
    rt_free(rt_as_vector(shell), rt_vector_size_bytes(RT_VECTOR_VALUES, length));
}

/* For its caller here it only reads: nobody else looks at what it remembers, and lengths known before need not be read again. */
RT_SLOW RT_NOTHROW __attribute__((pure)) int64_t rt_measure_rows(RtVector *vector);

RT_NOTHROW int64_t rt_least_row(RtVector *vector)
{
    return RT_LIKELY(vector->rows) ? (int64_t)vector->rows - 1 : rt_measure_rows(vector);
}

/* A vector of values, at whose place an item has just come. */
RT_NOTHROW void rt_keep_rows(RtVector *vector, RtValue item)
{
    if (RT_LIKELY(!vector->rows)) return;
    int64_t least = item.tag == RT_VECTOR ? rt_as_vector(item)->length : 0;
    if (least < (int64_t)vector->rows - 1) vector->rows = (uint32_t)least + 1;
}

/* Of a few items, which are to be stored. */
RT_NOTHROW RtVector *rt_short_vector(int64_t kind, int64_t length)
{
    RtVector *vector = rt_alloc(rt_vector_size_bytes((uint32_t)kind, length));
    rt_vector_init(vector, (uint32_t)kind, length, length);
    return vector;
}

/* Of a packed vector of so many numbers: a constant where it is inlined, so that few instructions are left of copy and end.  Loops
 * that change what they are given make one and end one each time. */
RT_NOTHROW RtVector *rt_copy_numbers(RtVector *shared, int64_t kind, int64_t length)
{
    RtVector *copy = rt_short_vector(kind, length);
    memcpy(copy->items.ints, shared->items.ints, (size_t)length * sizeof(int64_t));
    if (RT_LIKELY(shared->count < RT_STICKY)) shared->count--;
    return copy;
}

RT_NOTHROW void rt_drop_numbers(RtVector *vector, int64_t kind, int64_t length)
{
    uint32_t info;
    memcpy(&info, (char *)vector + sizeof vector->count, sizeof info);
    if (vector->count != 1) {
        if (RT_LIKELY(vector->count < RT_STICKY)) vector->count--;
    } else if (RT_LIKELY(info == rt_vector_info((uint32_t)kind, length) && rt_deaths_left > 0)) {
        rt_deaths_left--;
        rt_free(vector, rt_vector_size_bytes((uint32_t)kind, length));
    } else {
        rt_free_value(RT_VECTOR, vector);
    }
}

/* The tag stays, which compiled code may take for known. */
static inline void put_vacant(RtVector *vector, int64_t index)
{
    vector->items.values.data[index] = (int64_t)(uintptr_t)&rt_vacant;
}

/* Of pass vacate: a unique vector gives up its item if the only other owner of that is our third operand.  What takes its place can
 * be dropped like the item, whatever is known of its type. */
RtValue rt_vacate(RtValue a, RtValue b, RtValue c)
{
    if (!rt_is_heap(c) || a.tag != RT_VECTOR || b.tag != RT_INT) return c;
    RtVector *vector = rt_as_vector(a);
    if (vector->count != 1 || vector->kind != RT_VECTOR_VALUES || (uint64_t)b.data >= (uint64_t)vector->length)
        return c;
    RtValue held = rt_vector_value(vector, b.data);
    RtObject *item = rt_object(c);
    if (held.data != c.data || held.tag != c.tag || *rt_count_of(item) != 2) return c;
    put_vacant(vector, b.data);
    *rt_count_of(item) = 1;
    return c;
}

RtValue rt_settle(RtValue a, RtValue b, RtValue c, const RtPlace *at)
{
    RtVector *item = rt_as_vector(c);
    RtValue held = rt_vector_value(rt_as_vector(a), b.data);
    if (RT_LIKELY(held.data == c.data && held.tag == c.tag && item->count == 2)) {
        item->count = 1;
        return c;
    }
    RtValue own = rt_settle_rare(a, b, c);
    if (RT_UNLIKELY(own.tag == RT_UNBOUND)) rt_raise_out_of_memory(at);
    return own;
}

RtValue rt_amend(RtValue a, RtValue b, RtValue c, const RtPlace *at)
{
    RtVector *vector = rt_as_vector(a);
    if (RT_UNLIKELY(b.tag != RT_INT || (uint64_t)b.data >= (uint64_t)vector->length))
        rt_vector_set_fail(rt_dup(a), b, c, at);
    if (vector->kind == RT_VECTOR_VALUES) rt_vector_replace(vector, b.data, c);
    else if (vector->kind == RT_VECTOR_BOOLS) vector->items.bools[b.data] = (uint8_t)c.data;
    else vector->items.ints[b.data] = c.data; /* the bits of an int or a float */
    return rt_nil();
}

RtValue rt_restart(void) { return rt_nil(); }

RtValue rt_is_shared(RtValue a) { return rt_from_bool(rt_is_heap(a) && !rt_is_unique(a)); }

RtValue rt_is_unique_vector(RtValue a) { return rt_from_bool(a.tag == RT_VECTOR && rt_is_unique(a)); }

RtValue rt_is_plain_vector(RtValue a) { return rt_from_bool(a.tag == RT_VECTOR); }

static inline RtValue is_of_kind(RtValue a, uint32_t kind)
{
    return rt_from_bool(a.tag == RT_VECTOR && rt_as_vector(a)->kind == kind);
}

RtValue rt_is_ints_vector(RtValue a) { return is_of_kind(a, RT_VECTOR_INTS); }

RtValue rt_is_floats_vector(RtValue a) { return is_of_kind(a, RT_VECTOR_FLOATS); }

RtValue rt_forget(RtValue a, RtValue b)
{
    RtVector *vector = rt_as_vector(a);
    if (vector->count != 1 || vector->kind != RT_VECTOR_VALUES) return a;
    RtValue old = rt_vector_value(vector, b.data);
    if (!rt_is_heap(old)) return a;
    put_vacant(vector, b.data);
    rt_drop(old);
    return a;
}

RtValue rt_env_ref(RtValue a, RtValue b) { return rt_dup(rt_as_env(a)->items[b.data]); }

RtValue rt_part_env(RtValue a, RtValue b) { return rt_as_env(a)->items[b.data]; }
