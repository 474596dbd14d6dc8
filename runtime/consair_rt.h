/* The runtime's interface: what compiled code, the interpreter and the compiler's front end call.
 *
 * Ownership.  A function consumes (takes over one count of) each RtValue argument unless its name ends in _borrow or
 * the row of primitives.def says 'b' for that parameter.  Consumed operands are consumed also when the function
 * raises.  A returned RtValue belongs to the caller.
 * Raising.  Functions with a last parameter `const RtPlace *at` may raise; NULL means "use rt_call_place", the place of the
 * last call of an unknown function.  All others never raise (but see rt_out_of_memory).
 * Unwinding is done by unwind.c over the DWARF tables: C frames are skipped, so C code that holds owned values must not
 * call anything that raises while it holds them (or must use rt_try).
 */
#ifndef CONSAIR_RT_H
#define CONSAIR_RT_H

#include "value.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* The cleanup pads of C code end in a call of _Unwind_Resume.  This makes it rt_resume in every object of ours, so that neither libgcc's
 * unwinder nor a renaming step of the build is needed.  Bitcode (compiled with -DRT_BITCODE) must not carry module-level assembly:
 * hot functions hold nothing that needs a cleanup. */
#if !defined RT_BITCODE && !defined __cplusplus
__asm__(".set _Unwind_Resume, rt_resume");
#endif

#define RT_LIKELY(x) __builtin_expect(!!(x), 1)
#define RT_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define RT_NORETURN __attribute__((noreturn, cold))
/* Slow paths keep the caller's registers: the fast path then needs no spills (2-4 % on generic fib).  LLVM 19 ends a function whose
 * frame is one word with a pop into any register that does not hold the result, also into one that such a function must keep; functions
 * that align their stack end otherwise. */
#if defined __x86_64__
#define RT_SLOW __attribute__((preserve_most, force_align_arg_pointer, cold, noinline))
#else
#define RT_SLOW __attribute__((preserve_most, cold, noinline))
#endif
/* Never raises: what calls it needs no cleanup.  Only functions the bitcode refers to need to be marked. */
#define RT_NOTHROW __attribute__((nothrow))
/* What is left of an operation beyond its fast path, in two functions.  The first gives the result, which consumes the operands;
 * or RT_UNBOUND, nothing is consumed, and the second is to raise the error.  One function for both would have a landing pad and come
 * back to the fast path; LLVM's register allocator then keeps the floats of a loop in memory. */
#define RT_RARE RT_SLOW RT_NOTHROW RtValue
#define RT_FAIL RT_SLOW RT_NORETURN void

/* ---- making and taking apart immediate values ---------------------------------------------------------------- */
static inline RtValue rt_make(uint32_t tag, int64_t data) { return (RtValue){tag, data}; }
/* The data of nil is always 0: compiled code tests it in place of the tag. */
static inline RtValue rt_nil(void) { return rt_make(RT_NIL, 0); }
static inline RtValue rt_true(void) { return rt_make(RT_BOOL, 1); }
static inline RtValue rt_from_bool(bool b) { return b ? rt_true() : rt_nil(); } /* false is nil */
static inline RtValue rt_from_int(int64_t n) { return rt_make(RT_INT, n); }
static inline RtValue rt_from_float(double x)
{
    int64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return rt_make(RT_FLOAT, bits);
}
static inline RtValue rt_from_object(uint32_t tag, const void *object)
{
    return rt_make(tag, (int64_t)(uintptr_t)object);
}
static inline bool rt_is_nil_value(RtValue v) { return v.tag == RT_NIL; }
static inline bool rt_is_truthy(RtValue v) { return v.tag != RT_NIL; }
static inline bool rt_is_heap(RtValue v) { return v.tag >= RT_FIRST_HEAP_TAG; }
static inline void *rt_object(RtValue v) { return (void *)(uintptr_t)v.data; }
static inline double rt_float_bits(RtValue v)
{
    double x;
    memcpy(&x, &v.data, sizeof x);
    return x;
}
/* Getters of the epic: false (and *out untouched) when the value has another type.  Only nil and t are booleans. */
bool rt_to_bool(RtValue v, bool *out);
bool rt_to_int(RtValue v, int64_t *out);
bool rt_to_float(RtValue v, double *out);
const char *rt_type_name(uint32_t tag); /* "cons", "symbol", ...; for reports */

static inline RtCons *rt_as_cons(RtValue v) { return rt_object(v); }
static inline RtString *rt_as_string(RtValue v) { return rt_object(v); }
static inline RtSymbol *rt_as_symbol(RtValue v) { return rt_object(v); }
static inline RtVector *rt_as_vector(RtValue v) { return rt_object(v); }
static inline RtClosure *rt_as_closure(RtValue v) { return rt_object(v); }
static inline RtValue rt_capture(const RtClosure *closure, int64_t i)
{
    const RtCaptures *group = &closure->captures[i / RT_CAPTURES_IN_GROUP];
    return rt_make(group->tags[i % RT_CAPTURES_IN_GROUP], group->data[i % RT_CAPTURES_IN_GROUP]);
}
static inline RtBigint *rt_as_bigint(RtValue v) { return rt_object(v); }
static inline RtRatio *rt_as_ratio(RtValue v) { return rt_object(v); }
static inline RtError *rt_as_error(RtValue v) { return rt_object(v); }
static inline RtEnv *rt_as_env(RtValue v) { return rt_object(v); }
static inline RtValue rt_car_of(const RtCons *c) { return rt_make(c->car_tag, c->car); } /* borrowed */
static inline RtValue rt_cdr_of(const RtCons *c) { return rt_make(c->cdr_tag, c->cdr); } /* borrowed */

/* ---- heap.c: objects of up to RT_MAX_SMALL bytes come from LIFO free lists by size class, larger ones from malloc ---- */
#define RT_SIZE_STEP 8
#define RT_MAX_SMALL 512
typedef struct RtFreeObject {
    struct RtFreeObject *next;
} RtFreeObject;
extern RtFreeObject *rt_free_lists[RT_MAX_SMALL / RT_SIZE_STEP + 1];
RT_SLOW RT_NOTHROW void *rt_alloc_refill(size_t size_bytes); /* free list empty: carve more, return one object */
RT_NOTHROW void *rt_alloc_large(size_t size_bytes);
RT_NOTHROW void rt_free_large(void *object, size_t size_bytes);
/* Objects allocated so far by size class ([0]: large ones), for the :time of a session: counted by the runtime's own code and by what a
 * session compiles.  Programs do not count what they inline. */
#if !defined RT_BITCODE || defined RT_COUNTS
#define RT_COUNT_ALLOCATION(class) (rt_allocations[class]++)
#else
#define RT_COUNT_ALLOCATION(class) ((void)0)
#endif
typedef struct RtAllocations {
    int64_t objects, bytes; /* bytes: those of large numbers too */
} RtAllocations;
extern int64_t rt_allocations[RT_MAX_SMALL / RT_SIZE_STEP + 1];
RtAllocations rt_allocated(void);
/* What was allocated since is nobody's business. */
void rt_forget_allocations(const RtAllocations *since);
static inline void *rt_alloc_inline(size_t size_bytes)
{
    if (RT_UNLIKELY(size_bytes > RT_MAX_SMALL)) return rt_alloc_large(size_bytes);
    size_t class = (size_bytes + RT_SIZE_STEP - 1) / RT_SIZE_STEP;
    RT_COUNT_ALLOCATION(class);
    RtFreeObject *object = rt_free_lists[class];
    if (RT_UNLIKELY(!object)) return rt_alloc_refill(size_bytes);
    rt_free_lists[class] = object->next;
    return object;
}
static inline void rt_free_inline(void *object, size_t size_bytes)
{
    if (RT_UNLIKELY(size_bytes > RT_MAX_SMALL)) {
        rt_free_large(object, size_bytes);
        return;
    }
    size_t class = (size_bytes + RT_SIZE_STEP - 1) / RT_SIZE_STEP;
    ((RtFreeObject *)object)->next = rt_free_lists[class];
    rt_free_lists[class] = object;
}
#ifdef RT_STRESS /* stress.c */
RT_NOTHROW void *rt_alloc(size_t size_bytes);
RT_NOTHROW void rt_free(void *object, size_t size_bytes);
#else
/* Uninitialised, aligned to 8 bytes; never NULL.  When memory is short, the next safe point raises (shortage.c). */
static inline void *rt_alloc(size_t size_bytes) { return rt_alloc_inline(size_bytes); }
static inline void rt_free(void *object, size_t size_bytes) { rt_free_inline(object, size_bytes); }
#endif
/* Whoever wants much memory at once asks first, before anything is taken; false: to be raised. */
bool rt_ask_memory(size_t size_bytes);
RT_NORETURN void rt_raise_out_of_memory(const RtPlace *at);
void *rt_malloc(size_t size_bytes); /* never NULL; given back by free */
void *rt_realloc(void *block, size_t size_bytes);
extern bool rt_memory_is_short; /* to be raised at the next safe point, by rt_raise_depth, which withdraws it */
/* Loops that allocate count it down at each turn; below 0, they call rt_turns_over (order.c) and test whether memory is short. */
extern int64_t rt_turns_left;
RT_SLOW RT_NOTHROW void rt_turns_over(void);
int64_t rt_live_objects(void); /* exact; walks the free lists, so only for reports and tests */
RT_NORETURN void rt_out_of_memory(void); /* message, earlier output flushed, exit 1 */
RT_NORETURN void rt_internal_error(const char *what); /* our own bug: message, exit 70 */

/* ---- refcount.c --------------------------------------------------------------------------------------------- */
/* Frees an object whose count reached zero and, iteratively (any depth, no stack), everything it alone owned. */
RT_SLOW_LEAF RT_NOTHROW void rt_free_value(uint32_t tag, void *object);
RT_SLOW RT_NOTHROW void rt_free_plain(RtCons *cell); /* the same, of a proper list whose elements are not counted */
#if RT_COUNT_BITS < 31
RT_NOTHROW void rt_note_stuck(RtValue v); /* its count is exact no longer: no leak (stress.c) */
#endif
/* The count of an object of any type.  As a field of RtObject it would be other memory than the same field of RtCons to a compiler that
 * goes by types: code at -O2 then took a count from before one operation for that after it, and lost one. */
static inline uint32_t *rt_count_of(const RtObject *o) { return (uint32_t *)(uintptr_t)o; }
static inline void rt_count_up(RtObject *o, uint32_t tag)
{
    (void)tag;
    uint32_t *count = rt_count_of(o);
    if (RT_UNLIKELY(*count >= RT_STICKY)) return;
    ++*count;
#if RT_COUNT_BITS < 31
    if (*count == RT_STICKY) rt_note_stuck(rt_make(tag, (int64_t)(uintptr_t)o));
#endif
}
static inline RtValue rt_dup(RtValue v)
{
    if (rt_is_heap(v)) rt_count_up(rt_object(v), v.tag);
    return v;
}
static inline void rt_drop(RtValue v)
{
    if (rt_is_heap(v)) {
        RtObject *o = rt_object(v);
        uint32_t *count = rt_count_of(o);
        if (*count == 1) rt_free_value(v.tag, o);
        else if (RT_LIKELY(*count < RT_STICKY)) --*count;
    }
}
static inline bool rt_is_unique(RtValue v) { return *rt_count_of(rt_object(v)) == 1; } /* v on the heap */
RT_NOTHROW void rt_dup_value(RtValue v); /* the same out of line, for code that is not optimised */
RT_NOTHROW void rt_drop_value(RtValue v);
RT_NOTHROW void rt_drop_plain(RtValue v); /* a proper list whose elements are not counted */
void rt_make_immortal(RtValue v); /* everything reachable from v, iteratively; for literals */

/* ---- unwind.c, error.c -------------------------------------------------------------------------------------- */
/* The error in flight; set by rt_raise, taken by whoever catches. */
extern RtValue rt_current_error;
extern const RtPlace *rt_call_place; /* set before each call of an unknown function */
RT_NORETURN void rt_raise(RtValue error); /* consumes; unwinds to the innermost catching pad */
RT_NORETURN void rt_resume(void *exception); /* end of a cleanup pad: go on unwinding */
/* Calls fn(arg); true when it raised, *error is then the error (owned). */
bool rt_try(void (*fn)(void *), void *arg, RtValue *error);
/* What rt_try gave is no error but `exit` on its way to the end (data: the status): to be passed on with rt_raise. */
static inline bool rt_is_exit(RtValue error) { return error.tag == RT_INT; }
/* For who traces errors, if set: an error is about to be raised, for the first time or again; and a frame of code compiled in
 * memory is about to be left, or to run its cleanup (then it comes once more).  Nothing else is spent on traces. */
extern void (*rt_error_hook)(RtValue error_borrowed, bool is_new, const RtPlace *at);
extern void (*rt_frame_hook)(uintptr_t return_address, uintptr_t frame);
static inline void rt_note_error(RtValue error, bool is_new, const RtPlace *at)
{
    if (RT_UNLIKELY(rt_error_hook != NULL)) rt_error_hook(error, is_new, at);
}
/* Our unwinder's view of JIT code: a whole .eh_frame section. */
void rt_register_frames(const void *eh_frame);
void rt_deregister_frames(const void *eh_frame);
/* The .eh_frame_hdr of a program that was loaded: it is searched besides that of this executable. */
void rt_use_frame_table(const void *eh_frame_hdr);
/* Interned symbols of such a program, none of which was interned before (symbol.c). */
void rt_add_symbols(RtSymbol **begin, RtSymbol **end);

RtValue rt_make_error(RtValue message, RtValue data, const RtPlace *at); /* consumes message and data */
/* printf-like, plus %V: an RtValue in written form, cut when long (borrowed). */
RT_NORETURN void rt_raise_message(const RtPlace *at, const char *format, ...);
/* "car: expected a cons, got 5"; consumes the value, which becomes the error's data. */
RT_NORETURN void rt_raise_type(const RtPlace *at, const char *who, const char *expected, RtValue got);
RT_NORETURN void rt_raise_unbound(const RtPlace *at, const char *name); /* "unbound variable: name" */
/* "f: expected 2 arguments, got 1" / "at least 1 argument" / "1 to 2 arguments" */
RT_NORETURN void rt_raise_arity(const RtPlace *at, const char *who, int64_t min, int64_t max, int64_t got);
RT_NORETURN void rt_raise_depth(const RtPlace *at); /* "recursion too deep" */
/* Prints "file:line:col: error: message", the source line and a caret to stderr. */
void rt_report_error(RtValue error_borrowed);
/* The same text for any message ("error", "warning"); place NULL: "error: message" alone. */
struct RtText;
/* If set, gets every message instead of stderr. */
extern void (*rt_report_hook)(const RtPlace *at, const char *severity, const char *message);
void rt_report_place(struct RtText *out, const RtPlace *at, const char *severity, const char *message);
/* Terminal sequences around the parts of a message; NULL, as in executables: none.  (One that consairc starts
 * from its cache is told by the variable CONSAIR_COLOR: start.c.) */
enum RtStyle { RT_STYLE_PLACE, RT_STYLE_ERROR, RT_STYLE_WARNING, RT_STYLE_CARET, RT_STYLE_END, RT_STYLE_COUNT };
extern const char *const *rt_report_styles;
extern const char *const rt_terminal_styles[RT_STYLE_COUNT];

/* ---- calls (closure.c) --------------------------------------------------------------------------------------- */
#define RT_ARGS_MIN 256 /* rt_args always has room for this many; more: rt_args_reserve first */
extern RtValue *rt_args;
void rt_args_reserve(int64_t count);
/* Any callee, any number of arguments, waiting owned in rt_args[0 .. argc-1].  Consumes f and the arguments, checks that f
 * can be applied and takes argc arguments, and tail-calls it. */
RT_TAILCC RtValue rt_apply_n(RtValue f, int64_t argc, const RtPlace *at);
extern RtGenericEntry rt_apply_entry; /* of the builtin `apply` */
/* From plain C, not a tail call; arguments owned. */
RtValue rt_call_value(RtValue f, const RtValue *args, int64_t argc, const RtPlace *at);
RtValue rt_make_closure(const RtCode *code, const RtValue *captures, int64_t count); /* consumes the captures */
RT_NOTHROW RtClosure *rt_begin_closure(const RtCode *code, int64_t count); /* the captures still to be set */
RT_NOTHROW int64_t rt_enter_closure(RtClosure *closure,
                                    int64_t count); /* consumes it; are its captures the caller's now? */
const RtCode *rt_closure_code(RtValue closure);
/* Entries for callers who keep the closure, or the arguments as well, of functions that have no better ones. */
RT_TAILCC RtValue rt_lend_closure_0(RtClosure *self RT_SELF);
RT_TAILCC RtValue rt_lend_closure_1(RtClosure *self RT_SELF, RtValue a);
RT_TAILCC RtValue rt_lend_closure_2(RtClosure *self RT_SELF, RtValue a, RtValue b);
RT_TAILCC RtValue rt_lend_closure_3(RtClosure *self RT_SELF, RtValue a, RtValue b, RtValue c);
RT_TAILCC RtValue rt_lend_all_0(RtClosure *self RT_SELF);
RT_TAILCC RtValue rt_lend_all_1(RtClosure *self RT_SELF, RtValue a);
RT_TAILCC RtValue rt_lend_all_2(RtClosure *self RT_SELF, RtValue a, RtValue b);
RT_TAILCC RtValue rt_lend_all_3(RtClosure *self RT_SELF, RtValue a, RtValue b, RtValue c);
RtValue rt_make_env(const RtValue *items, int64_t count); /* consumes the items */
/* Appends the elements of the list (consumed) to rt_args from index `argc` on; gives the new count; raises for an improper list
 * after dropping rt_args[0..argc-1], f and the list. */
int64_t rt_spread_list(RtValue f, int64_t argc, RtValue list, const RtPlace *at);
/* Takes rt_args[from .. argc-1] into a fresh list (rest parameters). */
RtValue rt_list_from_args(int64_t from, int64_t argc);

extern RtObject rt_vacant; /* immortal: stands in a slot whose item was taken out */

/* ---- slow halves of hot.c (list.c, vector.c, value.c); operands borrowed -------------------------------------- */
/* "car: expected a cons, got 5" */
RT_SLOW RT_NORETURN void rt_cons_expected(RtValue got, const char *who, const RtPlace *at);
RT_SLOW RT_NORETURN void rt_cons_expected_owned(RtValue got, const char *who, const RtPlace *at); /* consumes */
/* One of several owners of a cell leaves it, and takes both halves, or the one that is wanted, with counts of their own. */
RT_SLOW_LEAF RT_NOTHROW void rt_leave_shared(RtCons *cell);
RT_SLOW_LEAF RT_NOTHROW void rt_leave_shared_car(RtCons *cell);
RT_SLOW_LEAF RT_NOTHROW void rt_leave_shared_cdr(RtCons *cell);
RtValue rt_append_at_end(RtValue appender, RtValue b, const RtPlace *at);
RtValue rt_append_copied(RtValue list_borrow, RtValue tail, const RtPlace *at); /* a cons */
/* hot.c: the last owner may leave as well, then the cell goes.  v is a cons, consumed. */
RT_NOTHROW void rt_open_both(RtValue v);
RT_NOTHROW void rt_uncount_shared(RtValue v);
RT_NOTHROW void rt_open_car(RtValue v);
RT_NOTHROW void rt_open_cdr(RtValue v);
/* The same for a vector, and the items (of the first 64) whose bits are set. */
RT_NOTHROW void rt_open_vector(RtValue v, int64_t wanted, int64_t known_length);
RT_SLOW RT_NOTHROW void rt_open_vector_slow(RtVector *vector, uint64_t wanted);
/* The same, but the memory of a record with so many fields stays, in which the wanted ones are: pass reuse. */
RT_NOTHROW RtVector *rt_open_shell(RtValue v, int64_t length, int64_t wanted, int64_t has_length);
RT_SLOW RT_NOTHROW RtVector *rt_make_shell(RtVector *vector, int64_t length, uint64_t wanted);
RT_NOTHROW void rt_free_shell(RtValue shell, int64_t length);
RT_SLOW RT_NOTHROW void rt_drop_items(RtVector *vector, uint64_t items); /* a set as well; of values */
/* Structs (value.h), for compiled code; `info` is that of the struct, a constant, and `wanted` a set of words. */
RT_NOTHROW RtStruct *rt_new_struct(int64_t info); /* the words are still to be written */
RT_NOTHROW void rt_drop_struct(RtStruct *object); /* NULL: nil */
RT_NOTHROW RtStruct *rt_own_struct(RtStruct *object); /* one that nobody else has: consumes the other */
RT_NOTHROW void rt_open_struct(RtStruct *object, int64_t info, int64_t wanted);
RT_NOTHROW RtStruct *rt_open_struct_shell(RtStruct *object, int64_t info, int64_t wanted);
RT_NOTHROW void rt_free_struct_shell(RtStruct *shell, int64_t info);
RT_SLOW RT_NOTHROW void rt_free_struct(RtStruct *object); /* struct.c */
RT_NOTHROW void rt_vector_replace(RtVector *vector, int64_t index, RtValue item); /* of values; consumes the item */
RT_NOTHROW int64_t
rt_least_row(RtVector *vector); /* that no item, if all are vectors, is shorter than; 0: nothing is known */
RT_SLOW RT_NOTHROW int64_t rt_measure_rows(RtVector *vector); /* the same, from the items; remembers it */
RT_NOTHROW void rt_keep_rows(RtVector *vector, RtValue item); /* what is remembered holds for this item, too */
RT_NOTHROW RtVector *rt_short_vector(int64_t kind, int64_t length); /* a small one; the items still to be set */
RT_NOTHROW RtVector *rt_copy_numbers(RtVector *shared, int64_t kind, int64_t length); /* gives up a count of it */
RT_NOTHROW void rt_drop_numbers(RtVector *vector, int64_t kind, int64_t length);
RT_SLOW RT_NOTHROW int rt_eq_slow(RtValue a, RtValue b); /* same tag, different data: strings, big numbers, closures */
RT_SLOW RT_NOTHROW int rt_equal_slow(RtValue a, RtValue b);

/* Of most values the data are all there is to compare; of these, different data may still mean the same. */
#define RT_COMPARED_BY_CONTENT (1u << RT_FLOAT | 1u << RT_CLOSURE | 1u << RT_STRING | 1u << RT_BIGINT | 1u << RT_RATIO)
static inline bool rt_has_content(RtValue v) { return RT_COMPARED_BY_CONTENT >> (v.tag & 31) & 1; }
/* eq.  What is compared is mostly different, symbols that are looked for: that is found out first, and without the tag of b. */
static inline bool rt_is_eq(RtValue a, RtValue b)
{
    if (a.data != b.data && RT_LIKELY(!rt_has_content(a) || !rt_has_content(b))) return false;
    if (a.tag != b.tag) return false;
    if (a.tag == RT_FLOAT) return rt_float_bits(a) == rt_float_bits(b); /* 0.0 eq -0.0; NaN eq nothing */
    return a.data == b.data || rt_eq_slow(a, b);
}
RT_RARE rt_vector_ref_rare(RtValue vector, RtValue index);
RT_FAIL rt_vector_ref_fail(RtValue vector, RtValue index, const RtPlace *at);
RT_RARE rt_part_ref_rare(RtValue vector, RtValue index); /* the item without a count */
RT_SLOW RtValue rt_vector_length_slow(RtValue vector, const RtPlace *at);
/* These consume all but the index; settle not the vector of vectors. */
RT_RARE rt_vector_set_rare(RtValue vector, RtValue index_borrow, RtValue item);
/* The vector at that index, when the vector of vectors and it must be nobody else's; RT_UNBOUND: no memory. */
RT_RARE rt_settle_rare(RtValue vector, RtValue index_borrow, RtValue item);
RT_FAIL rt_vector_set_fail(RtValue vector, RtValue index_borrow, RtValue item, const RtPlace *at);

/* ---- results of two ints that leave 64 bits (arith_slow.c): always bigints ------------------------------------- */
/* Calls a primitive's function, which consumes its operands, from where it must not raise; RT_UNBOUND: it did, and
 * rt_raise_kept is to raise it again at once. */
typedef RtValue RtFunction2(RtValue a, RtValue b, const RtPlace *at);
RT_RARE rt_call_quietly(RtFunction2 *function, RtValue a, RtValue b, const RtPlace *at);
RT_FAIL rt_raise_kept(void);
RT_SLOW RT_NOTHROW RtValue rt_add_overflow(int64_t a, int64_t b);
RT_SLOW RT_NOTHROW RtValue rt_sub_overflow(int64_t a, int64_t b);
RT_SLOW RT_NOTHROW RtValue rt_mul_overflow(int64_t a, int64_t b);

/* ---- vectors (vector.c) -------------------------------------------------------------------------------------- */
/* A vector with room for `length` elements (and few more if they are many), all still to be set. */
RtVector *rt_vector_make(enum RtVectorKind kind, int64_t length);
static inline int64_t rt_vector_capacity(const RtVector *v) { return (int64_t)v->capacity_units << v->capacity_shift; }
/* The next capacity that a vector or string can have. */
static inline int64_t rt_round_capacity(int64_t wanted)
{
    if (wanted >> RT_UNIT_BITS == 0) return wanted;
    int shift = 64 - RT_UNIT_BITS - __builtin_clzll((uint64_t)wanted);
    if (shift >= 1 << RT_SHIFT_BITS) rt_out_of_memory();
    return (wanted + (INT64_C(1) << shift) - 1) >> shift << shift;
}
/* Of such a capacity. */
static inline int rt_capacity_shift(int64_t capacity)
{
    return capacity >> RT_UNIT_BITS == 0 ? 0 : __builtin_ctzll((uint64_t)capacity);
}
/* What follows the count; the capacity is one that a vector can have. */
static inline uint32_t rt_vector_info(uint32_t kind, int64_t capacity)
{
    int shift = rt_capacity_shift(capacity);
    return kind | (uint32_t)shift << RT_KIND_BITS | (uint32_t)(capacity >> shift) << (RT_KIND_BITS + RT_SHIFT_BITS);
}
/* Of vectors of values; index in range. */
static inline uint8_t *rt_vector_tag(RtVector *v, int64_t index)
{
    uint8_t *first = (uint8_t *)v + offsetof(RtVector, items.values.tags); /* no array that ends at the near ones */
    return first + index + (index < RT_NEAR_TAGS ? 0 : rt_vector_capacity(v) * (int64_t)sizeof(int64_t));
}
static inline RtValue rt_vector_value(const RtVector *v, int64_t index) /* borrowed */
{
    return rt_make(*rt_vector_tag((RtVector *)v, index), v->items.values.data[index]);
}
static inline void rt_vector_set_value(RtVector *v, int64_t index, RtValue item) /* the old item is nobody's */
{
    *rt_vector_tag(v, index) = (uint8_t)item.tag;
    v->items.values.data[index] = item.data;
}
static inline RtValue rt_vector_item_borrow(const RtVector *v, int64_t index) /* of any kind; index in range */
{
    if (v->kind >= RT_VECTOR_INTS) return rt_make(v->kind, v->items.ints[index]); /* the bits of an int or a float */
    if (v->kind == RT_VECTOR_BOOLS) return rt_from_bool(v->items.bools[index]);
    return rt_vector_value(v, index);
}

/* ---- symbols and strings ------------------------------------------------------------------------------------- */
RtValue rt_intern(const char *name, size_t size_bytes); /* keyword or symbol; never nil or t */
RtValue rt_intern_text(const char *name);
RtValue rt_make_symbol(const char *name, size_t size_bytes); /* fresh, not interned, counted */
static inline int64_t rt_string_capacity(const RtString *s) { return (int64_t)s->capacity_units << s->capacity_shift; }
/* Where the number of code points stands in a string of that capacity, if it must. */
static inline size_t rt_string_count_offset(int64_t capacity_bytes)
{
    size_t end = offsetof(RtString, bytes) + (size_t)capacity_bytes + 1;
    return (end + sizeof(int64_t) - 1) & ~(sizeof(int64_t) - 1);
}
static inline size_t rt_string_size_bytes(int64_t capacity_bytes)
{
    if (capacity_bytes < RT_MANY_CONTINUATIONS) return offsetof(RtString, bytes) + (size_t)capacity_bytes + 1;
    return rt_string_count_offset(capacity_bytes) + sizeof(int64_t);
}
/* Of ASCII, until its code points are set; the bytes are still to come.  The capacity is the next one that the size can have. */
static inline void rt_string_init(RtString *s, int64_t size_bytes, int64_t capacity)
{
    int shift = rt_capacity_shift(capacity);
    uint64_t sizes = (uint64_t)shift << RT_CONTINUATION_BITS |
                     (uint64_t)(capacity >> shift) << (RT_CONTINUATION_BITS + RT_SHIFT_BITS) |
                     (uint64_t)size_bytes << (64 - RT_STRING_SIZE_BITS);
    s->count = 1;
    s->hash = 0;
    memcpy(&s->hash + 1, &sizes, sizeof sizes);
    s->bytes[size_bytes] = '\0';
}
static inline int64_t rt_string_code_points(const RtString *s)
{
    if (RT_LIKELY(s->continuations != RT_MANY_CONTINUATIONS)) return s->size_bytes - (int64_t)s->continuations;
    int64_t count;
    memcpy(&count, (const char *)s + rt_string_count_offset(rt_string_capacity(s)), sizeof count);
    return count;
}
/* Whenever the size has changed. */
static inline void rt_string_set_code_points(RtString *s, int64_t count)
{
    int64_t continuations = s->size_bytes - count;
    bool is_many = continuations >= RT_MANY_CONTINUATIONS;
    s->continuations = is_many ? RT_MANY_CONTINUATIONS : (uint64_t)continuations & RT_MANY_CONTINUATIONS;
    if (is_many) memcpy((char *)s + rt_string_count_offset(rt_string_capacity(s)), &count, sizeof count);
}
RtValue rt_make_string(const char *bytes, size_t size_bytes); /* the bytes must be valid UTF-8 */
RtValue rt_string_from_text(const char *text);
RtValue rt_character_string(const char *bytes, size_t size_bytes); /* of one code point */
RtString *rt_string_make(int64_t size_bytes); /* see rt_string_init; the final NUL is there */
int64_t rt_utf8_length(const char *bytes, int64_t size_bytes); /* code points of valid UTF-8 */
int64_t rt_string_offset(const RtString *s, int64_t index); /* byte offset of a code point, 0 <= index <= length */
/* rt_string_offset remembers something about it: NULL when its memory goes. */
extern const RtString *rt_string_at_cursor;
uint32_t rt_utf8_decode(const char *bytes, int *size_bytes); /* first code point of valid UTF-8 and its size */
int rt_utf8_encode(uint32_t code_point, char bytes[4]); /* gives the size */
uint32_t rt_hash_bytes(const char *bytes, size_t size_bytes); /* never 0 */
RtValue rt_make_string_repaired(const char *bytes, size_t size_bytes); /* malformed UTF-8 becomes U+FFFD (shell.c) */
bool rt_utf8_is_valid(const char *bytes, size_t size_bytes, int64_t *length); /* length in code points, may be NULL */
static inline bool rt_is_keyword(RtValue v) { return v.tag == RT_SYMBOL && rt_as_symbol(v)->name[0] == ':'; }

/* ---- numbers (integer.c, ratio.c, float.c) --------------------------------------------------------------------- */
/* Code with literals of these kinds calls them first (number.h: RtBigintOps). */
void rt_bigint_prepare(void);
void rt_ratio_prepare(void);
RtValue rt_integer_from_mpz(mpz_t z); /* takes z over (clears or keeps it); int when it fits */
RtValue rt_ratio_from_mpq(mpq_t q); /* canonical q, taken over; integer when the denominator is 1 */
/* Reads one complete numeric token (decimal integer, ratio, float, +inf.0 ...).  RT_NUMBER_NONE: not numeric syntax, hence a symbol. */
enum RtNumberSyntax { RT_NUMBER_NONE, RT_NUMBER_OK, RT_NUMBER_ZERO_DENOMINATOR };
enum RtNumberSyntax rt_read_number(const char *text, size_t size_bytes, RtValue *out);
/* Outcome of a comparison; a relation is the set of outcomes for which it holds. */
enum RtOrder { RT_UNORDERED = 0, RT_LESS = 1, RT_EQUAL = 2, RT_GREATER = 4 };
enum { RT_NUMBER_SIZE = 32 /* bytes of the text of any int or float, with a NUL */ };
/* Shortest digits that read back exactly, language.md section 11; returns the length (buffer of RT_NUMBER_SIZE bytes). */
size_t rt_format_float(double x, char *buffer);
size_t rt_format_int(int64_t n, char *buffer); /* likewise; without a NUL */
size_t rt_int_text_size(int64_t n); /* its two halves, for who wants the text in its place */
void rt_write_int_text(int64_t n, char *to, size_t size);
/* Appends the written form of a number of any type (borrowed). */
struct RtText;
void rt_write_number_borrow(struct RtText *out, RtValue number);
/* Two numbers, borrowed, as `eq` sees them: same type and value (0.0 and -0.0 are the same, NaN is not even itself). */
bool rt_number_eqv(RtValue a, RtValue b);
uint64_t rt_number_hash(RtValue number); /* borrowed; equal for numbers that are eqv */

/* ---- printing (print.c) ---------------------------------------------------------------------------------------- */
typedef struct RtText { /* growing byte buffer, malloc'd */
    char *bytes; /* always NUL-terminated once something was added; NULL before */
    size_t size, capacity;
} RtText;
void rt_text_add(RtText *text, const char *bytes, size_t size);
void rt_text_add_text(RtText *text, const char *c_string);
void rt_text_free(RtText *text);
/* Written form (language.md 11), iteratively: any depth, no stack.  limit_bytes 0: whole; else cut with "...". */
void rt_write_value_borrow(RtText *out, RtValue v, size_t limit_bytes);
void rt_display_value_borrow(RtText *out, RtValue v); /* strings raw */

/* ---- program start and end (start.c, stack.c) ------------------------------------------------------------------ */
typedef struct RtGlobalSlot {
    RtValue *slot;
    const char *name;
} RtGlobalSlot; /* name NULL: its symbol cannot be read */
typedef struct RtProgram {
    RtValue (*run)(void); /* C convention: runs all top-level forms, returns the last value (owned) */
    const RtGlobalSlot *globals; /* dropped at exit when leaks are counted */
    int64_t global_count;
    bool print_result;
} RtProgram;
/* A module that was compiled apart from the program. */
typedef struct RtModule RtModule;
struct RtModule {
    RtValue (*run)(void);
    const RtGlobalSlot *globals;
    int64_t global_count;
    RtModule *next; /* that has begun to run, too */
    bool has_begun;
};
void rt_import(RtModule *module); /* runs it, if nobody did before; raises what it raises */
/* Runs the program on the Lisp stack, reports an uncaught error, flushes, gives the exit status. */
int rt_run_program(const RtProgram *program, int argc, char **argv);
void rt_init(int argc, char **argv); /* idempotent: heap, output, signal stack; argv as (command-line) shall see it */
/* Runs fn(arg) on a reserved stack of rt_stack_size() bytes with a guard; nested calls run on the same stack. */
void rt_on_lisp_stack(void (*fn)(void *), void *arg);
bool rt_is_on_lisp_stack(void);
/* Runs fn on a large stack of its own: the compiler, while Lisp code may have left little of the Lisp stack.  fn raises nothing. */
void rt_on_side_stack(void (*fn)(void *), void *arg);
extern uintptr_t rt_stack_limit; /* a Lisp function whose frame is below this raises "recursion too deep" */
/* Asks the running Lisp code to stop; for a signal handler.  Its next look at rt_stack_limit raises what no program can catch
 * (rt_is_exit), with RT_STATUS_INTERRUPTED. */
#define RT_STATUS_INTERRUPTED 130
void rt_interrupt(void);
bool rt_interrupt_is_pending(void);
bool rt_take_interrupt(void); /* withdraws the request; was there one? */
extern bool rt_was_interrupted; /* set when the request is raised; cleared by whoever wants to know */
bool rt_set_stack_size(const char *text); /* before the first use of the stack; false: not a size of at least 512K */
size_t rt_stack_size_bytes(void); /* as set, else CONSAIR_STACK=SIZE[K|M|G], else min(1536 MiB, RAM / 4) */
/* Exit: flushes output, checks leaks when CONSAIR_RT has "leaks" (then prints "consair: N live objects" lines by type on stderr and
 * exits 70 if any is left), exits. */
RT_NORETURN void rt_exit(int status);
/* The arguments given to rt_init or rt_run_program; the first is the program's name. */
void rt_command_line(int *argc, char ***argv);
extern void (*rt_output_hook)(const char *bytes, size_t size); /* if set, gets the output instead */
int rt_output_add(const char *bytes, size_t size); /* to standard output, buffered; 0 or errno */
bool rt_output_is_in_line(void); /* the last byte of the output was no newline */
void rt_flush_output(void); /* false result of the write: error on stderr, exit status 1 at the end */

/* Standard input by bytes, for `read`; read-line takes from the same stream (lines.c). */
typedef struct RtInputPosition {
    int64_t line, column;
} RtInputPosition; /* from 1; column in code points */
int rt_input_peek(void); /* -1 at the end or after an error */
int rt_input_peek_second(void); /* the byte after it, likewise */
void rt_input_take(void); /* the byte that rt_input_peek gave */
RtInputPosition rt_input_position(void); /* of the next byte */
int rt_input_error(void); /* errno when the last rt_input_peek failed, else 0 */

/* eval and read at run time, likewise; the form is consumed. */
extern RtValue (*rt_eval_hook)(RtValue form, const RtPlace *at);
extern RtValue (*rt_read_hook)(const RtPlace *at);
extern const RtProgram *rt_running_program; /* by rt_run_program, or NULL */
/* Told, if set, of what a program does that another run may find different: it is about to read the file at that path, or (NULL)
 * anything else: output, input, clock, environment, random numbers. */
extern void (*rt_effect_hook)(const char *input_path);
static inline void rt_note_effect(const char *input_path)
{
    if (RT_UNLIKELY(rt_effect_hook != NULL)) rt_effect_hook(input_path);
}
/* Called when live objects are counted at the end, if set: gives back all that lives outside of the program, also
 * what was made before it started. */
extern void (*rt_end_hook)(void);
/* Called with the path of each source, and of each file that slurp or read-lines has opened, if set: the compiler notes
 * what it was given. */
extern void (*rt_file_hook)(const char *path);
/* macroexpand and macroexpand-1 at run time: set by the front end when it is in the process (form consumed). */
extern RtValue (*rt_expand_hook)(RtValue form, bool once, const RtPlace *at);
/* Defined by libconsair_front.a; an executable that uses macroexpand calls it first.  The text stays alive. */
void consair_expander_file(const char *file_name, const char *source, int64_t size_bytes); /* before it: a module */
void consair_expander_init(const char *file_name, const char *source, int64_t size_bytes);

/* ---- C functions (foreign.c): operands borrowed, `who` is called; see compiler/foreign.h ------------------------- */
extern RtValue (*rt_foreign_hook)(RtValue *args, int64_t count,
                                  const RtPlace *at); /* foreign_call of the interpreter */
RT_NORETURN void rt_foreign_refuse(RtValue v, const char *who, const char *expected, const RtPlace *at);
double rt_foreign_double(RtValue v, const char *who, const RtPlace *at); /* of any number */
int64_t rt_foreign_uint64(RtValue v, const char *who, const RtPlace *at); /* the bits */
int64_t rt_foreign_pointer(RtValue v, const char *who, const RtPlace *at); /* nil: 0 */
const char *rt_foreign_string(RtValue v, const char *who, const RtPlace *at); /* nil: NULL */
RtValue rt_foreign_unsigned(uint64_t n);
RtValue rt_foreign_text(const char *text); /* NULL: nil */
RtValue rt_foreign_owned_text(char *text); /* and frees it */
/* export.c: a call by C of a function that the library exports under that name; *index is -1 at first, then its own.  Consumes the
 * arguments.  The result is a word of the kind given (FOREIGN_KIND); 0 after an error, whose message rt_export_error then gives. */
int64_t rt_export_call(const struct RtProgram *program, const char *name, int64_t *index, RtValue *args, int64_t argc,
                       int64_t kind);
const char *rt_export_error(void);
enum RtForeignVector { RT_FOREIGN_INOUT = 4 }; /* bit in the second operand of foreign_vector, beside an RtVectorKind */

/* ---- primitives: every row of primitives.def, see there ---------------------------------------------------------- */
#include "primitives.h"

#endif
