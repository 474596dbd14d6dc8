/* What is known of a value before the program runs: the lattice of pass `types`.
 *
 * A type is a set of values: those with a tag in `tags`, where ints lie in [lo, hi], vectors have one of the `kinds` and
 * items of type `item`, `length` of them or more but no more than `most`, and a cons is the head of a proper list of
 * `element`s.  The kind of an empty vector does not matter, as nothing can be read from it.  No tag: no value, the code does
 * not get there.  Values never change, so a type once known holds for as long as its variable.
 *
 * Of short vectors and of pairs there is also known where they were made: they belong to one `record`, or `cell`, which
 * says of each field what it can be.  A type names its record, and so do the types of the record's fields: types of trees and
 * lists of records are cycles.  Where vectors of two records meet, these become one (core_record.c).
 *
 * NULL in place of a type says that nothing is known.  Nesting is cut at a small depth, so that types of lists of lists
 * of ... end.
 */
#ifndef CONSAIR_CORE_TYPE_H
#define CONSAIR_CORE_TYPE_H

#include "consair_rt.h"
#include "support.h"

typedef struct CoreRecord CoreRecord;

typedef struct CoreType {
    uint32_t tags; /* set of 1 << enum RtTag */
    uint32_t kinds; /* of vectors and pvecs: set of 1 << enum RtVectorKind */
    int64_t lo, hi; /* of ints */
    int64_t length, most; /* of vectors and pvecs: at least, and at most; most 0: any */
    const struct CoreType *item; /* of vectors and pvecs; NULL: anything */
    const struct CoreType *element; /* NULL: the cons may be any */
    CoreRecord *record; /* to which the vectors belong; NULL: they may come from anywhere */
    CoreRecord *cell; /* the same of pairs, of which it has two fields */
} CoreType;

#define TAG_BIT(tag) (1u << (tag))
#define TAGS_ALL (TAG_BIT(RT_TAG_COUNT) - 1)
#define TAGS_BOOL (TAG_BIT(RT_NIL) | TAG_BIT(RT_BOOL))
#define TAGS_INTEGER (TAG_BIT(RT_INT) | TAG_BIT(RT_BIGINT))
#define TAGS_EXACT (TAGS_INTEGER | TAG_BIT(RT_RATIO))
#define TAGS_NUMBER (TAGS_EXACT | TAG_BIT(RT_FLOAT))
#define TAGS_VECTOR (TAG_BIT(RT_VECTOR) | TAG_BIT(RT_PVEC))
#define TAGS_IMMEDIATE (TAG_BIT(RT_FIRST_HEAP_TAG) - 1)
#define KINDS_ALL ((1u << RT_VECTOR_KIND_COUNT) - 1)
#define TYPE_LENGTH_MAX ((int64_t)1 << 48) /* no sequence is longer: so many addresses there are */

/* How a value of the type travels: tag and data; the data of its only tag; a double; an object's address, or 0 for nil. */
enum CoreRep { REP_VALUE, REP_TAGGED, REP_FLOAT, REP_OPTIONAL };
enum CoreRep type_rep(const CoreType *type);
static inline bool type_is_one_tag(const CoreType *type)
{
    return type && type->tags && !(type->tags & (type->tags - 1));
}
uint32_t type_only_tag(const CoreType *type); /* of a type with one tag; or with one beside that of nil */
static inline bool type_is(const CoreType *type, uint32_t tags) { return type && type->tags && !(type->tags & ~tags); }
static inline bool type_is_int(const CoreType *type) { return type_is(type, TAG_BIT(RT_INT)); }
static inline bool type_is_float(const CoreType *type) { return type_is(type, TAG_BIT(RT_FLOAT)); }
/* How many items every value of the type has, if it is a vector. */
static inline int64_t type_least_length(const CoreType *type) { return type ? type->length : 0; }
/* Of a vector's length, given the type. */
CoreType type_of_length(const CoreType *vector);
/* Has it just one value that is an int? */
static inline bool type_is_one_int(const CoreType *type) { return type_is_int(type) && type->lo == type->hi; }
/* Nothing of the type is ever on the heap. */
static inline bool type_is_immediate(const CoreType *type) { return type_is(type, TAGS_IMMEDIATE); }

CoreType type_any(void);
CoreType type_none(void);
CoreType type_tags(uint32_t tags); /* nothing else known */
CoreType type_int(int64_t lo, int64_t hi);
CoreType type_integer(__int128 lo, __int128 hi); /* ints, and bigints where the range leaves them */
CoreType type_of_constant(Arena *arena, RtValue constant);
bool type_equal(const CoreType *a, const CoreType *b);
CoreType type_join(Arena *arena, const CoreType *a, const CoreType *b);
/* The same, of values that only lie side by side: their records stay two, and that of the result is not known. */
CoreType type_join_apart(Arena *arena, const CoreType *a, const CoreType *b);
/* Values that are of both types. */
CoreType type_meet(const CoreType *a, const CoreType *b);
CoreType type_keep_tags(CoreType type, uint32_t tags); /* those of its values that have one of the tags */
enum { TYPE_LIMITS_MAX = 48, TYPE_WIDENINGS_TO_LIMITS = 8 };
typedef struct TypeLimits { /* to which ranges of ints grow first, in order */
    int64_t values[TYPE_LIMITS_MAX];
    int count;
} TypeLimits;
/* `next` contains `old`; whatever still grows in it goes to a limit, so that no chain of such steps is long.
 * limits: NULL, or these first. */
CoreType type_widen(Arena *arena, const CoreType *old, const CoreType *next, const TypeLimits *limits);
const CoreType *type_copy(Arena *arena, CoreType type);
const CoreType *type_keep(Arena *arena, const CoreType *type); /* copied with all that is inside; NULL stays NULL */

/* ---- core_record.c ---- */

enum { RECORD_FIELDS_MAX = RT_NEAR_TAGS };

struct CoreRecord {
    struct RecordTable *table;
    bool is_cell; /* of pairs */
    CoreRecord *same; /* the record of which this one has become a part, or NULL */
    int number; /* for dumps, from 1; after inference 0: its fields tell nothing that the vectors' items do not */
    const CoreType *fields[RECORD_FIELDS_MAX]; /* what each can be; NULL: no such vector is made */
    const CoreType *next[RECORD_FIELDS_MAX]; /* of a narrowing round */
    uint8_t changes[RECORD_FIELDS_MAX];
    struct CoreFunction **readers; /* type inference: those that are evaluated again when a field grows */
    int reader_count, reader_capacity;
    const struct StructLayout *layout; /* pass structs: of all its vectors, in compiled code; NULL: they are vectors */
    void *scratch; /* of pass structs */
};

typedef struct RecordTable {
    Arena *arena;
    const TypeLimits *limits; /* of fields that grow */
    CoreRecord **items;
    int count, capacity;
    CoreRecord **joined; /* became a part of another one, which has not got their fields yet */
    int joined_count, joined_capacity;
    CoreRecord **changed; /* some field of them grew */
    int changed_count, changed_capacity;
    bool is_open; /* during inference: records may become one */
    bool is_joining;
} RecordTable;

RecordTable *records_new(Arena *arena, const TypeLimits *limits);
CoreRecord *record_new(RecordTable *table);
CoreRecord *record_root(CoreRecord *record); /* the record that it is a part of now; NULL stays NULL */
CoreRecord *record_join(CoreRecord *a, CoreRecord *b); /* NULL when they are two and stay two */
void record_grow(CoreRecord *record, int field, const CoreType *type);
void record_narrow(CoreRecord *record, int field, const CoreType *type);
void records_end_narrowing(RecordTable *table);
void records_close(RecordTable *table); /* numbers those that tell something */
/* What the record of such vectors says of the item at an index in that range; NULL: nothing. */
const CoreType *type_field(Arena *arena, const CoreType *vector, const CoreType *index);
/* The same of the car, 0, or cdr, 1, of such pairs. */
const CoreType *type_half(const CoreType *pair, int half);
/* What is known of the item at a constant index: its type, or NULL. */
const CoreType *type_item_at(Arena *arena, const CoreType *vector, int64_t index);

/* "int[0,9]", "float|cons", "vector<floats>", "any": for dumps. */
const char *type_text(Arena *arena, const CoreType *type);

#endif
