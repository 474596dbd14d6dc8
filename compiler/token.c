/* Tokens of the surface syntax (language.md, section 1).
 *
 * Input: a checked source and an offset.  Output: the next token with its extent; atoms come as finished data. A symbol
 * or number is the longest run of constituent characters, classified afterwards, except that `<<` and `>>` always end
 * it. Every character beyond ASCII that is not white space is a constituent.
 */
#include "frontend.h"

/* The code point at p (valid UTF-8). */
static uint32_t decode(const char *p, size_t *length)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] < 0x80) return *length = 1, u[0];
    if (u[0] < 0xE0) return *length = 2, (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu);
    if (u[0] < 0xF0) return *length = 3, (u[0] & 0x0Fu) << 12 | (u[1] & 0x3Fu) << 6 | (u[2] & 0x3Fu);
    return *length = 4, (u[0] & 0x07u) << 18 | (u[1] & 0x3Fu) << 12 | (u[2] & 0x3Fu) << 6 | (u[3] & 0x3Fu);
}

static bool is_space(uint32_t point)
{
    if (point <= ' ') return point == ' ' || (point >= '\t' && point <= '\r');
    return point == 0x85 || point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) ||
           point == 0x2028 || point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000 ||
           point == 0xFEFF;
}

static bool is_letter_or_digit(uint32_t point)
{
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || (point >= '0' && point <= '9');
}

static bool is_constituent(uint32_t point)
{
    if (point >= 0x80) return !is_space(point);
    return is_letter_or_digit(point) || (point && strchr("-_+*!?<>=%/&.$^~:", (int)point));
}

static size_t skip_blank(const Source *s, size_t at)
{
    size_t length;
    if (at == 0) {
        if (s->size >= 3 && memcmp(s->text, "\xEF\xBB\xBF", 3) == 0) at = 3;
        if (s->size - at >= 2 && memcmp(s->text + at, "#!", 2) == 0)
            while (at < s->size && s->text[at] != '\n') at++;
    }
    while (at < s->size) {
        if (s->text[at] == ';') {
            while (at < s->size && s->text[at] != '\n') at++;
        } else if (is_space(decode(s->text + at, &length))) {
            at += length;
        } else {
            break;
        }
    }
    return at;
}

static const RtPlace *place_at(Compiler *c, SourceFile *s, size_t begin, size_t end)
{
    return source_place(c, &s->base, begin, end);
}

static void add_utf8(RtText *out, uint32_t point)
{
    char b[4];
    size_t size = 0;
    if (point < 0x80) {
        b[size++] = (char)point;
    } else if (point < 0x800) {
        b[size++] = (char)(0xC0 | point >> 6);
        b[size++] = (char)(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        b[size++] = (char)(0xE0 | point >> 12);
        b[size++] = (char)(0x80 | (point >> 6 & 0x3F));
        b[size++] = (char)(0x80 | (point & 0x3F));
    } else {
        b[size++] = (char)(0xF0 | point >> 18);
        b[size++] = (char)(0x80 | (point >> 12 & 0x3F));
        b[size++] = (char)(0x80 | (point >> 6 & 0x3F));
        b[size++] = (char)(0x80 | (point & 0x3F));
    }
    rt_text_add(out, b, size);
}

static int hex_digit(char ch)
{
    if (ch >= '0' && ch <= '9') return ch - '0';
    if (ch >= 'a' && ch <= 'f') return ch - 'a' + 10;
    if (ch >= 'A' && ch <= 'F') return ch - 'A' + 10;
    return -1;
}

/* \xHH: `at` is behind the x.  Returns the end, 0 after an error. */
static size_t read_hex_escape(Compiler *c, SourceFile *s, size_t at, RtText *out)
{
    const char *text = s->base.text; /* NUL-terminated, and NUL is no hex digit */
    int high = hex_digit(text[at]), low = high < 0 ? -1 : hex_digit(text[at + 1]);
    if (low < 0) {
        diag_error(c, place_at(c, s, at - 2, at + 2), "bad hex digits: a \\x escape takes exactly two");
        return 0;
    }
    add_utf8(out, (uint32_t)(high * 16 + low));
    return at + 2;
}

/* \u{H...}: `at` is behind the u. */
static size_t read_unicode_escape(Compiler *c, SourceFile *s, size_t at, RtText *out)
{
    const char *text = s->base.text;
    size_t begin = at - 2, end = at;
    uint32_t point = 0;
    int digits = 0;
    if (text[end] == '{') {
        for (end++; hex_digit(text[end]) >= 0; end++, digits++)
            if (point <= 0x10FFFF) point = point * 16 + (uint32_t)hex_digit(text[end]);
        if (digits && text[end] == '}') {
            if (point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF)) {
                add_utf8(out, point);
                return end + 1;
            }
            diag_error(c, place_at(c, s, begin, end + 1),
                       "bad unicode escape: not a code point (surrogate or above 10FFFF)");
            return 0;
        }
    }
    diag_error(c, place_at(c, s, begin, end), "bad unicode escape: expected hex digits in braces, as in \\u{1F600}");
    return 0;
}

/* `at` is behind the backslash. */
static size_t read_escape(Compiler *c, SourceFile *s, size_t at, RtText *out)
{
    static const char letters[] = "ntr\\\"'0", values[] = "\n\t\r\\\"'\0";
    char letter = s->base.text[at];
    if (letter == 'x') return read_hex_escape(c, s, at + 1, out);
    if (letter == 'u') return read_unicode_escape(c, s, at + 1, out);
    const char *found = letter ? strchr(letters, letter) : NULL;
    if (found) {
        rt_text_add(out, &values[found - letters], 1);
        return at + 1;
    }
    size_t length = 0;
    if (at < s->base.size) decode(s->base.text + at, &length);
    diag_error(c, place_at(c, s, at - 1, at + length), "unknown escape \\%.*s in a string",
               letter == '\n' ? 0 : (int)length, s->base.text + at);
    return 0;
}

static Token read_string(Compiler *c, SourceFile *s, size_t begin)
{
    Token token = {.kind = TOKEN_ERROR, .begin = begin, .end = s->base.size};
    const char *text = s->base.text;
    RtText content = {0};
    size_t at = begin + 1;
    for (;;) {
        size_t run = strcspn(text + at, "\"\\");
        if (run) rt_text_add(&content, text + at, run);
        at += run;
        if (text[at] != '\\') break;
        size_t end = at + 1 < s->base.size ? read_escape(c, s, at + 1, &content) : 0;
        if (!end && at + 1 < s->base.size) {
            token.end = at + 1;
            rt_text_free(&content);
            return token;
        }
        at = end ? end : s->base.size;
    }
    if (at < s->base.size) {
        token.kind = TOKEN_DATUM;
        token.end = at + 1;
        token.datum = rt_make_string(content.bytes ? content.bytes : "", content.size);
    } else {
        diag_error(c, place_at(c, s, begin, begin + 1), "unterminated string");
    }
    rt_text_free(&content);
    return token;
}

static size_t constituents_end(const Source *s, size_t at)
{
    size_t length;
    while (at < s->size) {
        const char *p = s->text + at;
        if ((*p == '<' || *p == '>') && p[1] == *p) break;
        if (!is_constituent(decode(p, &length))) break;
        at += length;
    }
    return at;
}

/* A number, symbol, keyword, t, nil or the dot. */
static Token read_atom(Compiler *c, SourceFile *s, size_t begin)
{
    const char *text = s->base.text + begin;
    size_t end = constituents_end(&s->base, begin), size = end - begin;
    Token token = {.kind = TOKEN_DATUM, .begin = begin, .end = end};
    if (size == 1 && *text == '.') {
        token.kind = TOKEN_DOT;
        return token;
    }
    switch (rt_read_number(text, size, &token.datum)) {
    case RT_NUMBER_OK: return token;
    case RT_NUMBER_ZERO_DENOMINATOR:
        diag_error(c, place_at(c, s, begin, end), "division by zero in the number %.*s", (int)(size < 60 ? size : 60),
                   text);
        token.kind = TOKEN_ERROR;
        return token;
    case RT_NUMBER_NONE: break;
    }
    if (strchr("&.$^~", *text) || (*text == ':' && size == 1)) {
        const char *why = *text == '.' ? "misplaced dot" : "unexpected character";
        diag_error(c, place_at(c, s, begin, end), "%s: a symbol cannot start with %c", why, *text);
        token.kind = TOKEN_ERROR;
        return token;
    }
    if (size == 1 && *text == 't') token.datum = rt_true();
    else if (size == 3 && memcmp(text, "nil", 3) == 0) token.datum = rt_nil();
    else token.datum = rt_intern(text, size);
    return token;
}

static Token quote_token(RtValue symbol, size_t begin, size_t size)
{
    return (Token){.kind = TOKEN_QUOTE, .begin = begin, .end = begin + size, .datum = symbol};
}

/* Punctuation at `begin`; TOKEN_ERROR without a diagnostic when there is none. */
static Token read_punctuation(Compiler *c, const Source *s, size_t begin)
{
    static const struct {
        const char *text;
        enum Bracket bracket;
    } opens[] = {{"(", BRACKET_LIST},      {"<<", BRACKET_VECTOR},   {"{", BRACKET_MAP},      {"#{", BRACKET_SET},
                 {"#pvec[", BRACKET_PVEC}, {"#pmap{", BRACKET_PMAP}, {"#pset{", BRACKET_PSET}};
    static const char *const closes[] = {")", ">>", "}", "]"};
    const char *p = s->text + begin;
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
        if (strncmp(p, opens[i].text, strlen(opens[i].text)) == 0)
            return (Token){.kind = TOKEN_OPEN,
                           .begin = begin,
                           .end = begin + strlen(opens[i].text),
                           .bracket = opens[i].bracket,
                           .text = opens[i].text};
    for (size_t i = 0; i < sizeof closes / sizeof *closes; i++)
        if (strncmp(p, closes[i], strlen(closes[i])) == 0)
            return (Token){.kind = TOKEN_CLOSE, .begin = begin, .end = begin + strlen(closes[i]), .text = closes[i]};
    if (*p == '\'') return quote_token(c->symbols.quote, begin, 1);
    if (*p == '`') return quote_token(c->symbols.quasiquote, begin, 1);
    if (*p == ',' && p[1] == '@') return quote_token(c->symbols.unquote_splicing, begin, 2);
    if (*p == ',') return quote_token(c->symbols.unquote, begin, 1);
    return (Token){.kind = TOKEN_ERROR, .begin = begin, .end = begin + 1};
}

Token token_next(Compiler *c, SourceFile *s, size_t offset)
{
    size_t begin = skip_blank(&s->base, offset), length;
    if (begin >= s->base.size) return (Token){.kind = TOKEN_END, .begin = s->base.size, .end = s->base.size};
    if (s->base.text[begin] == '"') return read_string(c, s, begin);
    Token token = read_punctuation(c, &s->base, begin);
    if (token.kind != TOKEN_ERROR) return token;
    uint32_t point = decode(s->base.text + begin, &length);
    if (is_constituent(point)) return read_atom(c, s, begin);
    token.end = begin + length;
    if (point < ' ' || point == 0x7F)
        diag_error(c, place_at(c, s, begin, token.end), "unexpected control character 0x%02X", point);
    else
        diag_error(c, place_at(c, s, begin, token.end), "unexpected character %.*s", (int)length, s->base.text + begin);
    return token;
}
