/* Strings: making them, and UTF-8.
 *
 * A string's bytes are always valid UTF-8: whoever brings bytes in from outside checks them with rt_utf8_is_valid, and
 * all other functions here rely on it.  A string knows how many of its bytes begin no code point: where that is none, the
 * text is ASCII and an index is an offset.
 */
#include "string_parts.h"

enum { OFFSET_BLOCK = 256 };

RtString *rt_string_make(int64_t size_bytes)
{
    int64_t capacity = rt_fresh_capacity(size_bytes);
    RtString *s = rt_alloc(rt_string_size_bytes(capacity));
    rt_string_init(s, size_bytes, capacity);
    return s;
}

RtValue rt_make_string(const char *bytes, size_t size_bytes)
{
    RtString *s = rt_string_make((int64_t)size_bytes);
    if (size_bytes > 0) memcpy(s->bytes, bytes, size_bytes);
    rt_string_set_code_points(s, rt_utf8_length(bytes, (int64_t)size_bytes));
    return rt_from_object(RT_STRING, s);
}

RtValue rt_string_from_text(const char *text) { return rt_make_string(text, strlen(text)); }

/* Those of ASCII are made once and shared: texts are taken apart into them. */
RtValue rt_ascii_characters[128];

RtValue rt_character_string(const char *bytes, size_t size_bytes)
{
    if (size_bytes != 1) return rt_make_string(bytes, size_bytes);
    RtValue *shared = &rt_ascii_characters[(unsigned char)bytes[0]];
    if (shared->tag != RT_STRING) {
        *shared = rt_make_string(bytes, 1);
        rt_make_immortal(*shared);
    }
    return *shared;
}

/* ---- from indices to offsets ---------------------------------------------------------------------------------------
 *
 * A loop over a text asks for one index after the other.  So a cursor stays where the last one was found, in the last
 * string asked about, and the next search starts there.  Adding bytes at the end of the string leaves the cursor valid;
 * whoever adds some in front, or gives a string's memory back, resets rt_string_at_cursor.
 */
typedef struct Cursor {
    int64_t offset;
    int64_t begun; /* characters that begin before the offset */
} Cursor;

const RtString *rt_string_at_cursor;
static Cursor last_found;

static bool begins_character(char byte) { return (byte & 0xC0) != 0x80; }

/* Back to where no more than `index` characters have begun. */
static void move_back(Cursor *c, const RtString *s, int64_t index)
{
    while (c->begun - index > OFFSET_BLOCK) {
        c->offset -= OFFSET_BLOCK;
        c->begun -= rt_utf8_length(s->bytes + c->offset, OFFSET_BLOCK);
    }
    while (c->begun > index) c->begun -= begins_character(s->bytes[--c->offset]);
}

/* On to the byte where the character begins. */
static void move_on(Cursor *c, const RtString *s, int64_t index)
{
    while (index - c->begun > OFFSET_BLOCK) { /* blocks before the one in which it begins */
        c->begun += rt_utf8_length(s->bytes + c->offset, OFFSET_BLOCK);
        c->offset += OFFSET_BLOCK;
    }
    for (; c->offset < s->size_bytes; c->offset++) {
        if (!begins_character(s->bytes[c->offset])) continue;
        if (c->begun == index) break;
        c->begun++;
    }
}

int64_t rt_string_offset(const RtString *s, int64_t index)
{
    if (s->continuations == 0) return index;
    Cursor c = {0, 0};
    if (s == rt_string_at_cursor && index > last_found.begun / 2) c = last_found;
    move_back(&c, s, index);
    move_on(&c, s, index);
    rt_string_at_cursor = s;
    last_found = c;
    return c.offset;
}

/* ---- UTF-8 ----------------------------------------------------------------------------------------------------- */

int64_t rt_utf8_length(const char *bytes, int64_t size_bytes)
{
    int64_t length = 0;
    for (int64_t i = 0; i < size_bytes; i++) length += (bytes[i] & 0xC0) != 0x80;
    return length;
}

/* Size of the well-formed sequence that starts here, or 0.  The second byte's range excludes overlong forms (E0, F0),
 * surrogates (ED) and what lies above 10FFFF (F4). */
static size_t sequence_size(const unsigned char *bytes, size_t available)
{
    unsigned char first = bytes[0];
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (available < size) return 0;
    unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (bytes[1] < low || bytes[1] > high) return 0;
    for (size_t i = 2; i < size; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
    }
    return size;
}

bool rt_utf8_is_valid(const char *bytes, size_t size_bytes, int64_t *length)
{
    int64_t code_points = 0;
    for (size_t i = 0; i < size_bytes; code_points++) {
        size_t size = sequence_size((const unsigned char *)bytes + i, size_bytes - i);
        if (size == 0) return false;
        i += size;
    }
    if (length) *length = code_points;
    return true;
}

uint32_t rt_utf8_decode(const char *bytes, int *size_bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    if (b[0] < 0x80) {
        *size_bytes = 1;
        return b[0];
    }
    int size = b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
    uint32_t code_point = b[0] & (0x7Fu >> size);
    for (int i = 1; i < size; i++) code_point = code_point << 6 | (b[i] & 0x3F);
    *size_bytes = size;
    return code_point;
}

int rt_utf8_encode(uint32_t code_point, char bytes[4])
{
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    int size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (int i = size - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    bytes[0] = (char)((0xF00u >> size) | code_point);
    return size;
}

uint32_t rt_hash_bytes(const char *bytes, size_t size_bytes)
{
    uint32_t hash = 2166136261u; /* FNV-1a, with a final mix because tables use the low bits */
    for (size_t i = 0; i < size_bytes; i++) hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    hash ^= hash >> 15;
    return hash ? hash : 1;
}
