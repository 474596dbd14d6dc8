/* Pass chars: values as code points and as strings, and what is done on code points. */
#include "chars_internal.h"

bool chars_steps_by_one(const CoreNode *substring)
{
    if (substring->u.call.count != 3) return false;
    const CoreNode *start = substring->u.call.args[1], *end = substring->u.call.args[2];
    if (core_is_int(start) && core_is_int(end)) {
        int64_t from = start->u.constant.data;
        return from >= 0 && from < INT64_MAX && end->u.constant.data == from + 1;
    }
    if (start->kind != CORE_LOCAL || !core_is_prim(end, PRIM_add)) return false;
    for (int i = 0; i < 2; i++) {
        const CoreNode *a = end->u.call.args[i], *b = end->u.call.args[1 - i];
        if (core_is_var(a, start->u.local) && core_is_int(b)) return b->u.constant.data == 1;
    }
    return false;
}

static CoreNode *prim_of(Chars *c, const CoreNode *at, int primitive, int count, CoreNode **operands)
{
    CoreNode **args = arena_alloc(c->program->arena, (size_t)count * sizeof *args);
    memcpy(args, operands, (size_t)count * sizeof *args);
    return core_prim(c->program, at->place, primitive, count, args);
}

/* ---- values ------------------------------------------------------------------------------------------------------------ */

static RtValue code_of_constant(RtValue v)
{
    if (v.tag != RT_STRING) return v;
    const RtString *s = rt_as_string(v);
    int size;
    return rt_from_int(s->size_bytes ? (int64_t)rt_utf8_decode(s->bytes, &size) : -1);
}

static void prim_to_code(CoreNode *node)
{
    switch (node->u.call.primitive) {
    case PRIM_string_ref: node->u.call.primitive = PRIM_string_code; break;
    case PRIM_integer_to_char: node->u.call.primitive = PRIM_char_code; break;
    case PRIM_substring: node->u.call.primitive = PRIM_substring_code; break;
    default: break; /* it raises */
    }
}

static void end_to_code(Chars *c, CoreNode **end)
{
    CoreNode *node = *end;
    if (node->kind == CORE_CONST) *end = core_const(c->program, node->place, code_of_constant(node->u.constant));
    else if (node->kind == CORE_PRIM) prim_to_code(node); /* else a variable that is one, or what never gives a value */
}

void chars_to_code(Chars *c, CoreNode **child) { chars_each_end(c, child, end_to_code); }

static CoreNode *string_of(Chars *c, CoreNode *local)
{
    CoreNode *string = prim_of(c, local, PRIM_code_char, 1, &local);
    if (!(char_var(local->u.local)->kinds & CHAR_NIL)) return string;
    CoreNode *test = core_local(c->program, local->place, local->u.local);
    return core_if(c->program, local->place, test, string, core_const(c->program, local->place, rt_nil()));
}

static void end_to_string(Chars *c, CoreNode **end)
{
    const CharVar *state = (*end)->kind == CORE_LOCAL ? char_var((*end)->u.local) : NULL;
    if (state && state->is_code) *end = string_of(c, *end);
}

void chars_to_string(Chars *c, CoreNode **child) { chars_each_end(c, child, end_to_string); }

/* ---- what is done on code points ------------------------------------------------------------------------------------------ */

enum Usage { USAGE_NONE, USAGE_RELATION, USAGE_CODE, USAGE_MEMBER, USAGE_PART, USAGE_APPEND, USAGE_DIGIT };

static bool prim_of_codes(int primitive, int *of_codes)
{
    static const struct {
        int of_strings, of_codes;
    } rows[] = {
        {PRIM_string_eq2, PRIM_num_eq},
        {PRIM_string_eq, PRIM_num_eq},
        {PRIM_string_lt2, PRIM_lt},
        {PRIM_string_lt, PRIM_lt},
        {PRIM_string_gt2, PRIM_gt},
        {PRIM_string_gt, PRIM_gt},
        {PRIM_string_lte2, PRIM_lte},
        {PRIM_string_lte, PRIM_lte},
        {PRIM_string_gte2, PRIM_gte},
        {PRIM_string_gte, PRIM_gte},
        {PRIM_eq, PRIM_eq},
        {PRIM_equal, PRIM_eq},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].of_strings != primitive) continue;
        *of_codes = rows[i].of_codes;
        return true;
    }
    return false;
}

static bool are_characters(const CoreNode *list)
{
    enum { MANY = 16 };
    if (list->kind != CORE_CONST) return false;
    RtValue rest = list->u.constant;
    int count = 0;
    for (; rest.tag == RT_CONS && count <= MANY; rest = rt_cdr_of(rt_as_cons(rest)), count++) {
        RtValue item = rt_car_of(rt_as_cons(rest));
        if (item.tag != RT_STRING || rt_string_code_points(rt_as_string(item)) != 1) return false;
    }
    return rest.tag == RT_NIL && count > 0 && count <= MANY;
}

static bool is_short_text(const CoreNode *text)
{
    enum { MANY = 16 };
    return text->kind == CORE_CONST && text->u.constant.tag == RT_STRING &&
           rt_as_string(text->u.constant)->size_bytes <= MANY;
}

static enum Usage usage_of_relation(const CoreNode *prim, const unsigned *kinds)
{
    bool is_any = prim->u.call.primitive == PRIM_eq || prim->u.call.primitive == PRIM_equal, are_constants = true;
    for (int i = 0; i < 2; i++) {
        if (!char_is(kinds[i], is_any ? CHAR_OR_NIL : CHAR_TEXT)) return USAGE_NONE;
        are_constants = are_constants && prim->u.call.args[i]->kind == CORE_CONST;
    }
    return are_constants || !((kinds[0] | kinds[1]) & CHAR_TEXT) ? USAGE_NONE : USAGE_RELATION;
}

static enum Usage usage_of(const CoreNode *prim, const unsigned *kinds, bool is_test)
{
    int of_codes;
    CoreNode **args = prim->u.call.args;
    switch (prim->u.call.primitive) {
    case PRIM_string_append2: return char_is(kinds[1], CHAR_TEXT) ? USAGE_APPEND : USAGE_NONE;
    case PRIM_char_to_integer: return kinds[0] == CHAR_ONE ? USAGE_CODE : USAGE_NONE;
    case PRIM_string_to_number:
        return prim->u.call.count == 1 && char_is(kinds[0], CHAR_TEXT) ? USAGE_DIGIT : USAGE_NONE;
    case PRIM_member:
        return is_test && char_is(kinds[0], CHAR_OR_NIL) && are_characters(args[1]) ? USAGE_MEMBER : USAGE_NONE;
    case PRIM_string_contains:
        return is_test && prim->u.call.count == 2 && kinds[1] == CHAR_ONE && is_short_text(args[0]) ? USAGE_PART
                                                                                                    : USAGE_NONE;
    default: return prim_of_codes(prim->u.call.primitive, &of_codes) ? usage_of_relation(prim, kinds) : USAGE_NONE;
    }
}

/* The operand as something that can be read more than once; *var: what is to be bound to it, or NULL. */
static CoreNode *atom_of(Chars *c, CoreNode *operand, CoreVar **var)
{
    *var = core_is_local_or_const(operand) ? NULL : core_var(c->program, "code");
    return *var ? core_local(c->program, operand->place, *var) : operand;
}

/* Of a copy of the atom and an int. */
static CoreNode *prim_of_atom(Chars *c, const CoreNode *at, int primitive, const CoreNode *atom, int64_t n)
{
    CoreNode *operands[2] = {core_const(c->program, at->place, rt_nil()),
                             core_const(c->program, at->place, rt_from_int(n))};
    *operands[0] = *atom;
    return prim_of(c, at, primitive, 2, operands);
}

/* Is the code one of these? */
static CoreNode *search(Chars *c, const CoreNode *node, CoreNode *operand, const int64_t *codes, int count)
{
    CoreProgram *p = c->program;
    CoreVar *var;
    CoreNode *code = atom_of(c, operand, &var), *tests = core_const(p, node->place, rt_nil());
    for (int i = count - 1; i >= 0; i--) {
        CoreNode *test = prim_of_atom(c, node, PRIM_eq, code, codes[i]);
        tests = i == count - 1 ? test : core_if(p, node->place, test, core_const(p, node->place, rt_true()), tests);
    }
    return var ? core_let(p, node->place, var, operand, tests) : tests;
}

/* The number that one character is written as: of all that string->number reads, only digits are so short. */
static CoreNode *read_digit(Chars *c, const CoreNode *node)
{
    CoreProgram *p = c->program;
    CoreVar *var;
    CoreNode *operand = node->u.call.args[0], *code = atom_of(c, operand, &var);
    CoreNode *is_digit = core_if(p, node->place, prim_of_atom(c, node, PRIM_gte, code, '0'),
                                 prim_of_atom(c, node, PRIM_lte, code, '9'), core_const(p, node->place, rt_nil()));
    CoreNode *digit = core_if(p, node->place, is_digit, prim_of_atom(c, node, PRIM_sub, code, '0'),
                              core_const(p, node->place, rt_nil()));
    return var ? core_let(p, node->place, var, operand, digit) : digit;
}

static CoreNode *search_list(Chars *c, const CoreNode *node)
{
    RtValue rest = node->u.call.args[1]->u.constant;
    int64_t *codes = NULL;
    int count = 0, capacity = 0;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest)))
        ARENA_PUSH(c->arena, codes, count, capacity, code_of_constant(rt_car_of(rt_as_cons(rest))).data);
    return search(c, node, node->u.call.args[0], codes, count);
}

static CoreNode *search_text(Chars *c, const CoreNode *node)
{
    const RtString *text = rt_as_string(node->u.call.args[0]->u.constant);
    int64_t *codes = NULL;
    int count = 0, capacity = 0, size;
    for (int64_t i = 0; i < text->size_bytes; i += size)
        ARENA_PUSH(c->arena, codes, count, capacity, (int64_t)rt_utf8_decode(text->bytes + i, &size));
    return search(c, node, node->u.call.args[1], codes, count);
}

/* Which operands are taken as code points? */
static bool is_code_of(enum Usage usage, int operand)
{
    switch (usage) {
    case USAGE_MEMBER: return operand == 0;
    case USAGE_PART:
    case USAGE_APPEND: return operand == 1;
    default: return true;
    }
}

static void rewrite(Chars *c, CoreNode **child, enum Usage usage)
{
    CoreNode *node = *child;
    int of_codes = PRIM_NONE;
    for (int i = 0; i < node->u.call.count; i++) {
        if (is_code_of(usage, i)) chars_to_code(c, &node->u.call.args[i]);
        else chars_to_string(c, &node->u.call.args[i]);
    }
    switch (usage) {
    case USAGE_RELATION:
        prim_of_codes(node->u.call.primitive, &of_codes);
        node->u.call.primitive = of_codes;
        break;
    case USAGE_CODE: /* whoever asks for it must not take it for a character: its operand stands there in the end */
        node->u.call.primitive = PRIM_char_code;
        ARENA_PUSH(c->arena, c->codes, c->code_count, c->code_capacity, node);
        break;
    case USAGE_MEMBER: *child = search_list(c, node); break;
    case USAGE_PART: *child = search_text(c, node); break;
    case USAGE_APPEND: node->u.call.primitive = PRIM_append_code; break;
    case USAGE_DIGIT: *child = read_digit(c, node); break;
    case USAGE_NONE: break;
    }
}

/* (string_eq2 (substring s i j) w), in either order, is done without making a string; w is there without being computed. */
static bool compare_part(Chars *c, CoreNode **child)
{
    CoreNode *node = *child, **args = node->u.call.args;
    if (!core_is_prim(node, PRIM_string_eq2)) return false;
    int i = core_is_prim(args[0], PRIM_substring) ? 0 : 1;
    CoreNode *part = args[i], *other = args[1 - i];
    if (!core_is_prim(part, PRIM_substring) || part->u.call.count != 3 || !core_is_local_or_const(other)) return false;
    if (c->mode != CHARS_REWRITE) return true;
    chars_to_string(c, &other);
    CoreNode *operands[4] = {part->u.call.args[0], part->u.call.args[1], part->u.call.args[2], other};
    *child = prim_of(c, part, PRIM_substring_eq, 4, operands);
    return true;
}

bool chars_compare(Chars *c, CoreNode **child, const unsigned *kinds, bool is_test)
{
    enum Usage usage = usage_of(*child, kinds, is_test);
    if (usage == USAGE_NONE) return compare_part(c, child);
    if (c->mode == CHARS_REWRITE) {
        rewrite(c, child, usage);
        return true;
    }
    for (int i = 0; i < (*child)->u.call.count; i++)
        if (is_code_of(usage, i)) chars_want(c, (*child)->u.call.args[i]);
    return true;
}
