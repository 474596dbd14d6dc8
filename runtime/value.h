/* The Consair value and the layout of every heap object: the data half of the ABI.
 *
 * A value is a tag and 64 bits.  In registers it is {i32, i64} (an 8-bit tag costs up to 20 % in inlined code
 * because both the raw byte and its extension stay live); inside a cons cell or a vector a tag takes one byte.
 * Tags 0-3 live in the data word itself; every tag from RT_CONS up is a pointer to an object that starts with a
 * 32-bit count, so "is on the heap" is one comparison.
 *
 * Truth: nil is the only false value.
 *
 * Counts: a new object has count 1.  A count whose top bit is set is sticky: the object is immortal (literals,
 * interned symbols, static closures, and anything that was ever shared 2^31 times).  Counts are not atomic.
 * (A test build has fewer bits: a count of RT_STICKY or more is sticky.)
 */
#ifndef CONSAIR_VALUE_H
#define CONSAIR_VALUE_H

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct RtValue {
    uint32_t tag;
    int64_t data;
} RtValue;

enum RtTag {
    RT_NIL = 0, /* data 0 */
    RT_BOOL = 1, /* data 1: t */
    RT_INT = 2, /* data: the integer */
    RT_FLOAT = 3, /* data: the bits of the double */
    RT_CONS = 4, /* first heap tag */
    RT_SYMBOL = 5, /* keywords are symbols whose name starts with ':' */
    RT_CLOSURE = 6, /* user functions and builtins */
    RT_STRING = 7,
    RT_VECTOR = 8,
    RT_BIGINT = 9,
    RT_RATIO = 10,
    RT_MAP = 11,
    RT_SET = 12,
    RT_PVEC = 13,
    RT_PMAP = 14,
    RT_PSET = 15,
    RT_REDUCED = 16,
    RT_MACRO = 17,
    RT_ERROR = 18, /* the value `catch` binds */
    RT_ENV = 19, /* environment record shared by the functions of one body; never seen by a program */
    RT_TAG_COUNT = 20,
    RT_STRUCT = RT_TAG_COUNT, /* a vector for which the compiler found a layout; never seen by a program: RtStruct */
    RT_UNBOUND = 255 /* content of a global that has no value yet; never seen by a program, never counted */
};

#define RT_FIRST_HEAP_TAG RT_CONS
#define RT_IMMORTAL 0x80000000u /* count of an object that is never freed */
#ifndef RT_COUNT_BITS
#define RT_COUNT_BITS 31 /* fewer in a test build: then counts stick that never would */
#endif
#if RT_COUNT_BITS < 31
#define RT_STICKY ((1u << RT_COUNT_BITS) - 1)
#else
#define RT_STICKY RT_IMMORTAL
#endif

/* Functions as RT_SLOW (consair_rt.h) that call nothing, unless by a jump at their end: they need no frame. */
#if defined __x86_64__ && !defined RT_STRESS && RT_COUNT_BITS == 31
#define RT_SLOW_LEAF __attribute__((preserve_most, cold, noinline))
#define RT_JUMP __attribute__((musttail)) return
#else
#define RT_SLOW_LEAF RT_SLOW
#define RT_JUMP return
#endif

typedef struct RtObject { /* what every heap object starts with */
    uint32_t any_count; /* see rt_count_of */
    uint32_t info; /* meaning depends on the type */
} RtObject;

typedef struct RtCons { /* 24 bytes; the first word is written by one store */
    uint32_t count;
    uint8_t car_tag;
    uint8_t cdr_tag;
    uint16_t unused;
    int64_t car;
    int64_t cdr;
} RtCons;

enum { /* a capacity is kept in few bits: units << shift, exact below 2^RT_UNIT_BITS */
       RT_SHIFT_BITS = 5,
       RT_UNIT_BITS = 8
};

enum {
    RT_CONTINUATION_BITS = 11,
    RT_STRING_SIZE_BITS = 64 - RT_CONTINUATION_BITS - RT_SHIFT_BITS - RT_UNIT_BITS,
    RT_MANY_CONTINUATIONS = (1 << RT_CONTINUATION_BITS) - 1
};
typedef struct RtString { /* UTF-8, always valid, with a NUL after the last byte (NUL may also occur inside) */
    uint32_t count;
    uint32_t hash; /* 0: not computed yet */
    uint64_t continuations : RT_CONTINUATION_BITS; /* bytes that begin no code point; see rt_string_code_points */
    uint64_t capacity_shift : RT_SHIFT_BITS; /* bytes that fit before the final NUL */
    uint64_t capacity_units : RT_UNIT_BITS;
    int64_t size_bytes : RT_STRING_SIZE_BITS;
    char bytes[]; /* and, if the continuations are many, the number of code points behind what fits */
} RtString;

typedef struct RtSymbol {
    uint32_t count; /* RT_IMMORTAL when interned; gensyms are counted */
    uint32_t hash;
    uint32_t size_bytes;
    uint32_t interned; /* 1 or 0 */
    struct RtSymbol *next; /* chain in the intern table */
    char name[]; /* NUL-terminated */
} RtSymbol;

enum RtVectorKind {
    RT_VECTOR_VALUES,
    RT_VECTOR_BOOLS,
    RT_VECTOR_INTS = RT_INT, /* of numbers: the tag of each item */
    RT_VECTOR_FLOATS = RT_FLOAT,
    RT_VECTOR_KIND_COUNT
};
enum {
    RT_NEAR_TAGS = 8,
    RT_KIND_BITS = 2, /* with the capacity all that is kept of a dead object's second half word: refcount.c */
    RT_ROWS_BITS = 32 - RT_KIND_BITS - RT_SHIFT_BITS - RT_UNIT_BITS
};
typedef struct RtVector {
    uint32_t count;
    uint32_t kind : RT_KIND_BITS; /* enum RtVectorKind: how the payload is stored; invisible to programs */
    uint32_t capacity_shift : RT_SHIFT_BITS; /* elements that fit */
    uint32_t capacity_units : RT_UNIT_BITS;
    uint32_t rows
        : RT_ROWS_BITS; /* of values: 0, or 1 + what no item, all of them vectors, is shorter than; see emit_rows.c */
    int64_t length;
    union {
        struct { /* 9 bytes an item: the tags lie apart (rt_vector_value, rt_vector_set_value) */
            uint8_t tags[RT_NEAR_TAGS]; /* of the first items; those of the others lie behind the payloads */
            int64_t data[1];
        } values;
        double floats[1];
        int64_t ints[1];
        uint8_t bools[1]; /* 0: nil, 1: t */
    } items; /* as many as the capacity says */
} RtVector;

/* What holds the fields of a record that compiled code alone sees, and of which it knows where each field lies (structs.c of the compiler).
 * Whoever frees it needs to know its size, in words, and which of the first words behind the header are objects. */
enum RtHeld {
    RT_HELD_PLAIN, /* nothing is counted, in this word and those behind it */
    RT_HELD_STRUCT, /* a struct, or 0: nil */
    RT_HELD_VALUE /* of any type: for word i, the byte i + 1 from the end of the struct is the tag */
};
enum {
    RT_STRUCT_SIZE_BITS = 4,
    RT_HELD_BITS = 2,
    RT_STRUCT_HELD_MAX = 7,
    RT_STRUCT_INFO_BITS = RT_STRUCT_SIZE_BITS + RT_STRUCT_HELD_MAX * RT_HELD_BITS
};
typedef struct RtStruct {
    uint32_t count;
    uint32_t info; /* the size, then what each word holds */
    int64_t words[];
} RtStruct;

typedef struct RtBigint { /* never holds a value that fits 64 bits */
    uint32_t count;
    uint32_t info;
    mpz_t z;
} RtBigint;

typedef struct RtRatio { /* reduced, denominator > 1 */
    uint32_t count;
    uint32_t info;
    mpq_t q;
    mp_limb_t words[2]; /* its limbs, if it is small (ratio_small.c) */
} RtRatio;

/* A place in a source file, static data, pointed to by whatever may raise.  NULL is "unknown". */
typedef struct RtPlace {
    const char *file;
    const char *text; /* the source line without its newline, or NULL */
    uint32_t line; /* from 1 */
    uint32_t column; /* from 1, in code points */
    uint32_t width; /* code points to underline, at least 1 */
} RtPlace;

struct RtClosure;

/* Calling convention of Lisp functions: swifttailcc.  Its C spelling (clang) makes every call in return position to
 * another such function a guaranteed tail call, and flattens each RtValue argument into (i32, i64) at any arity.
 * Such functions take all their arguments in registers: three values, and the closure in one of its own.  What is more
 * goes through rt_args.  A tail call between functions with argument areas of different sizes on the stack would move
 * the return address, and the unwinder could not find the caller's frame. */
#define RT_TAILCC __attribute__((swiftasynccall))
#define RT_SELF __attribute__((swift_context)) /* the parameter of a direct entry that takes the closure */

/* Calls a function of any arity: `argc` owned arguments wait in rt_args[0 .. argc-1].  Consumes them and `self`. */
typedef RT_TAILCC RtValue RtGenericEntry(struct RtClosure *self, int64_t argc);

/* What all closures made from one lambda share; static data. */
typedef struct RtCode {
    /* Direct entry: RT_TAILCC RtValue entry(RtClosure *self RT_SELF, RtValue a1, ..., an), n = min_args.
     * Consumes self (when the function has captures; otherwise self is ignored) and the arguments.
     * NULL when the function can only be entered through generic_entry. */
    void *entry;
    /* The same for who keeps self, and for who keeps self and all arguments: they are not consumed.  NULL where `entry` is. */
    void *lent_entry;
    void *borrow_entry;
    RtGenericEntry *generic_entry; /* NULL: call `entry`; only allowed for fixed arity <= RT_MAX_DIRECT_ARGS */
    int32_t min_args;
    int32_t max_args; /* -1: any number (rest parameter) */
    const char *name; /* for messages; "lambda" for an anonymous function */
    uint32_t is_builtin;
    int32_t capture_count; /* of each of its closures */
    void *data; /* the interpreter's function, or NULL */
} RtCode;
#define RT_MAX_DIRECT_ARGS 3

enum { RT_CAPTURES_IN_GROUP = 8 };
typedef struct RtCaptures {
    uint8_t tags[RT_CAPTURES_IN_GROUP];
    int64_t data[RT_CAPTURES_IN_GROUP]; /* as many as there are */
} RtCaptures;

typedef struct RtClosure {
    uint32_t count;
    int32_t arity : 8; /* exact number of arguments of `entry`, or -1: go through rt_apply_n */
    uint32_t mark : 24; /* RT_CLOSURE_MARK; of reports alone */
    const RtCode *code;
    RtCaptures captures[]; /* one behind the other: where each lies is a constant for compiled code */
} RtClosure;
#define RT_CLOSURE_MARK 0x10CAD5u

typedef struct RtEnv { /* RT_ENV */
    uint32_t count;
    uint32_t info;
    int64_t length;
    RtValue items[];
} RtEnv;

typedef struct RtReduced {
    uint32_t count;
    uint32_t info;
    RtValue value;
} RtReduced;

typedef struct RtMacro { /* a macro as a value: all one can do at run time is print, compare and pass it on */
    uint32_t count;
    uint32_t info;
    const char *name;
} RtMacro;

#define RT_ERROR_SHOWS_DATA 1u /* in info: a report shows the data behind the message */
typedef struct RtError {
    uint32_t count;
    uint32_t info;
    RtValue message; /* string */
    RtValue data; /* list of the offending values */
    const RtPlace *place; /* or NULL */
} RtError;

#endif
