/* Layouts of records that the program sees as vectors, and memory as structs (pass structs). */
#ifndef CONSAIR_STRUCTS_H
#define CONSAIR_STRUCTS_H

#include "core_type.h"

enum StructForm {
    FORM_NIL, /* always nil: nothing */
    FORM_TRUE, /* always t: nothing */
    FORM_BOOL, /* nil or t: a byte */
    FORM_INT, /* of 1, 2, 4 or 8 bytes */
    FORM_FLOAT,
    FORM_STRUCT, /* nil or a struct: its address or 0 */
    FORM_VALUE /* a word, and its tag in a byte elsewhere */
};

typedef struct StructField {
    enum StructForm form;
    int offset, size_bytes;
    int tag_offset; /* FORM_VALUE */
    int word; /* the number of the word, if it may be an object; else -1 */
} StructField;

typedef struct StructLayout {
    int number; /* for dumps, from 1 */
    int count; /* fields */
    int size_bytes;
    uint32_t info; /* of RtStruct */
    StructField fields[RECORD_FIELDS_MAX];
} StructLayout;

/* NULL: it has too many fields that may be objects.  The vectors in fields of which is_struct is true are structs. */
StructLayout *struct_layout_new(Arena *arena, const CoreRecord *record, int count, const bool *is_struct);
bool struct_layout_equal(const StructLayout *a, const StructLayout *b);
/* Of the vectors of the type, or NULL. */
static inline const StructLayout *type_layout(const CoreType *type)
{
    if (!type || !type->record || !(type->tags & TAG_BIT(RT_VECTOR))) return NULL;
    return record_root(type->record)->layout;
}

#endif
