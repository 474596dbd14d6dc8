/* Where the fields of a struct lie.
 *
 * Words that may be objects come first, because the header tells of the first words what they hold: those of any type, whose tags are
 * the last bytes of the struct, then structs.  Behind them come other fields, the larger ones first, so that none needs padding.
 */
#include "structs.h"

static int int_size(const CoreType *type)
{
    if (type->lo >= INT8_MIN && type->hi <= INT8_MAX) return 1;
    if (type->lo >= INT16_MIN && type->hi <= INT16_MAX) return 2;
    return type->lo >= INT32_MIN && type->hi <= INT32_MAX ? 4 : 8;
}

static StructField form_of(const CoreType *type, bool is_struct)
{
    enum { WORD = sizeof(int64_t) };
    StructField field = {.form = FORM_VALUE, .size_bytes = WORD, .word = -1};
    if (is_struct && type_is(type, TAG_BIT(RT_NIL) | TAG_BIT(RT_VECTOR))) field.form = FORM_STRUCT;
    else if (type_is_int(type)) field = (StructField){.form = FORM_INT, .size_bytes = int_size(type), .word = -1};
    else if (type_is_float(type)) field.form = FORM_FLOAT;
    else if (type_is(type, TAG_BIT(RT_NIL))) field = (StructField){.form = FORM_NIL, .word = -1};
    else if (type_is(type, TAG_BIT(RT_BOOL))) field = (StructField){.form = FORM_TRUE, .word = -1};
    else if (type_is(type, TAGS_BOOL)) field = (StructField){.form = FORM_BOOL, .size_bytes = 1, .word = -1};
    return field;
}

static bool may_be_object(const StructField *field, const CoreType *type)
{
    return field->form == FORM_STRUCT || (field->form == FORM_VALUE && !type_is_immediate(type));
}

/* The fields of that form which may be objects take the next words. */
static void place_words(StructLayout *layout, const CoreRecord *record, enum StructForm form, enum RtHeld held,
                        int *words)
{
    for (int i = 0; i < layout->count; i++) {
        StructField *field = &layout->fields[i];
        if (field->form != form || !may_be_object(field, record->fields[i])) continue;
        field->word = (*words)++;
        field->offset = layout->size_bytes;
        layout->size_bytes += field->size_bytes;
        if (field->word < RT_STRUCT_HELD_MAX)
            layout->info |= (uint32_t)held << (RT_STRUCT_SIZE_BITS + field->word * RT_HELD_BITS);
    }
}

static void place_plain(StructLayout *layout, int size_bytes)
{
    for (int i = 0; i < layout->count; i++) {
        StructField *field = &layout->fields[i];
        if (field->word >= 0 || field->size_bytes != size_bytes) continue;
        field->offset = layout->size_bytes;
        layout->size_bytes += size_bytes;
    }
}

/* Tags of what is no object lie behind the fields, the others at the end. */
static void place_tags(StructLayout *layout)
{
    int at_end = 0;
    for (int i = 0; i < layout->count; i++) {
        StructField *field = &layout->fields[i];
        if (field->form != FORM_VALUE) continue;
        if (field->word >= 0) at_end++;
        else field->tag_offset = layout->size_bytes++;
    }
    const int word = sizeof(int64_t);
    layout->size_bytes = (layout->size_bytes + at_end + word - 1) / word * word;
    for (int i = 0; i < layout->count; i++) {
        StructField *field = &layout->fields[i];
        if (field->form == FORM_VALUE && field->word >= 0) field->tag_offset = layout->size_bytes - 1 - field->word;
    }
    layout->info |= (uint32_t)(layout->size_bytes / word);
}

StructLayout *struct_layout_new(Arena *arena, const CoreRecord *record, int count, const bool *is_struct)
{
    StructLayout *layout = arena_alloc(arena, sizeof *layout);
    *layout = (StructLayout){.count = count, .size_bytes = offsetof(RtStruct, words)};
    for (int i = 0; i < count; i++) layout->fields[i] = form_of(record->fields[i], is_struct[i]);
    int words = 0;
    place_words(layout, record, FORM_VALUE, RT_HELD_VALUE, &words);
    place_words(layout, record, FORM_STRUCT, RT_HELD_STRUCT, &words);
    if (words > RT_STRUCT_HELD_MAX) return NULL;
    for (int size_bytes = sizeof(int64_t); size_bytes > 0; size_bytes /= 2) place_plain(layout, size_bytes);
    place_tags(layout);
    return layout;
}

bool struct_layout_equal(const StructLayout *a, const StructLayout *b)
{
    if (a->count != b->count || a->size_bytes != b->size_bytes || a->info != b->info) return false;
    for (int i = 0; i < a->count; i++) {
        const StructField *x = &a->fields[i], *y = &b->fields[i];
        if (x->form != y->form || x->size_bytes != y->size_bytes || x->word != y->word) return false;
        if (x->size_bytes && x->offset != y->offset) return false;
    }
    return true;
}
