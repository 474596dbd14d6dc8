/* The form `foreign-export`, the mirror of `foreign`: Lisp functions that C calls in a shared library (build -shared), and the header
 * that declares them.
 *
 *   (foreign-export (name (type ...) result) ...)     name, type, result: as in `foreign`, without vectors
 *
 * Each declaration becomes a form that hands the function over when the library's program runs; in a program that is no library it only
 * looks whether it is one.
 */
#include "foreign.h"
#include "lower.h"

#include <ctype.h>

/* ---- names ----------------------------------------------------------------------------------------------------- */

/* What no function can be called that C and C++ programs declare: keywords of both, and names that the header's includes define. */
static const char *const reserved_words[] = {
    /* C */
    "alignas", "alignof", "auto", "bool", "break", "case", "char", "const", "constexpr", "continue", "default", "do",
    "double", "else", "enum", "extern", "false", "float", "for", "goto", "if", "inline", "int", "long", "nullptr",
    "register", "restrict", "return", "short", "signed", "sizeof", "static", "static_assert", "struct", "switch",
    "thread_local", "true", "typedef", "typeof", "typeof_unqual", "union", "unsigned", "void", "volatile", "while",
    /* C++ */
    "and", "and_eq", "bitand", "bitor", "catch", "char16_t", "char32_t", "char8_t", "class", "co_await", "co_return",
    "co_yield", "compl", "concept", "const_cast", "consteval", "constinit", "decltype", "delete", "dynamic_cast",
    "explicit", "export", "friend", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "operator", "or",
    "or_eq", "private", "protected", "public", "reinterpret_cast", "requires", "static_cast", "template", "this",
    "throw", "try", "typeid", "typename", "using", "virtual", "wchar_t", "xor", "xor_eq",
    /* of C compilers, and the function that is the program's */
    "asm", "linux", "main", "unix"};

static bool begins_with(const char *text, const char *start) { return strncmp(text, start, strlen(start)) == 0; }

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), end_size = strlen(end);
    return size >= end_size && strcmp(text + size - end_size, end) == 0;
}

/* The names that the C standard leaves to the implementation and to stdint.h. */
static bool is_of_implementation(const char *name)
{
    if (name[0] == '_' && (name[1] == '_' || isupper((unsigned char)name[1]))) return true;
    if (begins_with(name, "int") || begins_with(name, "uint")) return ends_with(name, "_t");
    bool is_macro = begins_with(name, "INT") || begins_with(name, "UINT");
    return is_macro &&
           (ends_with(name, "_MAX") || ends_with(name, "_MIN") || ends_with(name, "_WIDTH") || ends_with(name, "_C"));
}

static bool check_c_name(Lower *l, const ForeignFunction *f, const RtPlace *at)
{
    bool is_reserved = is_of_implementation(f->c_name);
    for (size_t i = 0; i < sizeof reserved_words / sizeof *reserved_words; i++)
        is_reserved |= strcmp(f->c_name, reserved_words[i]) == 0;
    if (is_reserved)
        diag_error(l->c, at, "foreign-export: %s is a reserved word of C or C++; give another name: (%s \"c_name\")",
                   f->c_name, f->name);
    return !is_reserved;
}

/* ---- the form -------------------------------------------------------------------------------------------------- */

static CoreNode *lower_one(Lower *l, RtValue datum, const RtPlace *at)
{
    RtValue symbol;
    ForeignFunction *f = foreign_parse(l, "foreign-export", datum, at, &symbol);
    if (!f || !check_c_name(l, f, place_of_first(l, datum, at))) return NULL;
    for (int i = 0; i < f->parameter_count; i++) {
        enum ForeignClass class = f->parameters[i].type->class;
        if (class == FOREIGN_FLOATS || class == FOREIGN_INTS)
            return form_error(l, at, "foreign-export: C cannot pass a vector: %s", f->parameters[i].type->name);
    }
    CoreProgram *p = l->program;
    for (int i = 0; i < p->export_count; i++)
        if (strcmp(p->exports[i]->c_name, f->c_name) == 0)
            return form_error(l, at, "foreign-export: there is a C function %s already", f->c_name);
    ARENA_PUSH(p->arena, p->exports, p->export_count, p->export_capacity, f);
    RtValue name = rt_string_from_text(f->name);
    CoreNode *constant = lower_constant(l, name, at);
    rt_drop(name);
    return lower_prim(l, at, PRIM_foreign_export, 2, constant, lower_expr(l, symbol, at));
}

/* (foreign-export (name (type ...) result) ...) */
CoreNode *lower_foreign_export(Lower *l, RtValue form, const RtPlace *at)
{
    if (!l->at_toplevel) return form_error(l, at, "foreign-export: only at top level");
    RtValue rest = list_rest(form);
    if (rest.tag != RT_CONS) return form_error(l, at, "foreign-export: no declaration");
    int64_t count;
    list_length(rest, &count);
    CoreNode **nodes = arena_alloc(l->program->arena, (size_t)count * sizeof *nodes);
    int done = 0;
    for (; rest.tag == RT_CONS; rest = list_rest(rest)) {
        CoreNode *node = lower_one(l, list_first(rest), place_of_first(l, rest, at));
        if (node) nodes[done++] = node;
    }
    return done ? core_seq(l->program, at, done, nodes) : lower_nil(l, at);
}

/* ---- the header ------------------------------------------------------------------------------------------------ */

static const char *c_spelling(const ForeignType *type)
{
    static const char *const signed_names[] = {[8] = "int8_t", [16] = "int16_t", [32] = "int32_t", [64] = "int64_t"};
    static const char *const unsigned_names[] = {
        [8] = "uint8_t", [16] = "uint16_t", [32] = "uint32_t", [64] = "uint64_t"};
    switch (type->class) {
    case FOREIGN_VOID: return "void ";
    case FOREIGN_BOOL: return "bool ";
    case FOREIGN_FLOAT: return "float ";
    case FOREIGN_DOUBLE: return "double ";
    case FOREIGN_STRING: return "const char *";
    case FOREIGN_OWNED_STRING: return "char *";
    case FOREIGN_POINTER: return "void *";
    default: return type->is_signed ? signed_names[type->bits] : unsigned_names[type->bits];
    }
}

static void add_type(RtText *out, const ForeignType *type)
{
    const char *spelling = c_spelling(type);
    rt_text_add_text(out, spelling);
    char last = spelling[strlen(spelling) - 1];
    if (last != ' ' && last != '*') rt_text_add_text(out, " ");
}

static void add_prototype(RtText *out, const ForeignFunction *f)
{
    add_type(out, f->result);
    rt_text_add_text(out, f->c_name);
    rt_text_add_text(out, "(");
    for (int i = 0; i < f->parameter_count; i++) {
        char name[8];
        snprintf(name, sizeof name, "%c", 'a' + i);
        if (i > 0) rt_text_add_text(out, ", ");
        add_type(out, f->parameters[i].type);
        rt_text_add_text(out, name);
    }
    rt_text_add_text(out, f->parameter_count ? ");\n" : "void);\n");
}

static bool is_exported_as(const CoreProgram *p, const char *name)
{
    for (int i = 0; i < p->export_count; i++)
        if (strcmp(p->exports[i]->c_name, name) == 0) return true;
    return false;
}

void foreign_header(RtText *out, const CoreProgram *p, const char *library)
{
    char guard[100];
    snprintf(guard, sizeof guard, "%s_H", library);
    for (char *c = guard; *c; c++) *c = (char)toupper((unsigned char)*c);
    while (is_exported_as(p, guard) && strlen(guard) < sizeof guard - 1)
        strcat(guard, "_"); /* a macro hides functions */
    rt_text_add_text(
        out, "/* Made by consairc: functions of the library, written in Lisp.\n *\n"
             " * A call that fails gives 0 or NULL.  A const char * result lasts until the next call.\n */\n#ifndef ");
    rt_text_add_text(out, guard);
    rt_text_add_text(out, "\n#define ");
    rt_text_add_text(out, guard);
    rt_text_add_text(out,
                     "\n\n#include <stdbool.h>\n#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
    for (int i = 0; i < p->export_count; i++) add_prototype(out, p->exports[i]);
    rt_text_add_text(out, "\n/* Why the last call failed; NULL when it did not. */\nconst char *");
    rt_text_add_text(out, library);
    rt_text_add_text(out, "_error(void);\n\n#ifdef __cplusplus\n}\n#endif\n#endif\n");
}
