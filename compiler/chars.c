/* Pass chars (for speed): characters that are only looked at are code points.
 *
 * Requires and ensures STAGE_TAIL.
 *
 *   (let c (string_ref s i) (if (string_eq2 c "x") ... (char_to_integer c)))
 *   (let c (string_code s i) (if (num_eq c 120) ... c))
 *
 * A character is a string of one.  To compare two of them means to find both in a table by their bytes, and to read both bytes again.  So
 * variables that are never anything but such a string, "" or nil become ints, or nil: those bound in a function, and parameters of
 * functions of which all calls are known.  They do if somebody compares them with other such values, asks for their code point, or
 * passes them to one that does; where a string is wanted nevertheless it is made again, which for ASCII finds it in the table.
 * (substring s i (+ i 1)) is a character, too, and "" is -1, which is less than every code point as "" is less than every string.
 * Longer parts that are only compared are not made either (substring_eq).  That a variable is not nil is known behind a test that says so.
 * What would raise because of nil is left as it was.
 *
 * First all functions are evaluated until the kinds of parameters grow no more; then uses say which variables are wanted, and
 * these want their sources; then everything is rewritten.  Rejected: a type of its own for types inference, since by then
 * lifetimes and representations of strings are everywhere.
 */
#include "chars_internal.h"

/* ---- what constants and primitives give -------------------------------------------------------------------------------- */

static unsigned kinds_of_constant(RtValue v)
{
    if (v.tag == RT_NIL) return CHAR_NIL;
    if (v.tag != RT_STRING) return CHAR_OTHER;
    int64_t length = rt_string_code_points(rt_as_string(v));
    return length == 1 ? CHAR_ONE : length == 0 ? CHAR_EMPTY : CHAR_OTHER;
}

static unsigned kinds_of_prim(const CoreNode *prim)
{
    switch (prim->u.call.primitive) {
    case PRIM_string_ref:
    case PRIM_integer_to_char: return CHAR_ONE;
    case PRIM_substring: return chars_steps_by_one(prim) ? CHAR_ONE : CHAR_OTHER;
    case PRIM_error:
    case PRIM_raise: return 0;
    default: return CHAR_OTHER;
    }
}

/* ---- tests ---------------------------------------------------------------------------------------------------------------- */

static bool is_constant(const CoreNode *node, bool truth)
{
    return node->kind == CORE_CONST && rt_is_truthy(node->u.constant) == truth;
}

/* The test is known to be true or not: `change` is 1 at the beginning of where that holds, -1 at its end. */
static void assume(const CoreNode *test, bool truth, int change)
{
    if (test->kind == CORE_LOCAL && truth && char_var(test->u.local)) char_var(test->u.local)->tests += change;
    if (core_is_prim(test, PRIM_not) || core_is_prim(test, PRIM_is_nil)) assume(test->u.call.args[0], !truth, change);
    if (test->kind != CORE_IF) return;
    if (truth && is_constant(test->u.branch.otherwise, false)) {
        assume(test->u.branch.test, true, change);
        assume(test->u.branch.then, true, change);
    } else if (!truth && is_constant(test->u.branch.then, true)) {
        assume(test->u.branch.test, false, change);
        assume(test->u.branch.otherwise, false, change);
    }
}

static unsigned look_at_if(Chars *c, CoreNode *node, bool is_test)
{
    chars_look(c, &node->u.branch.test, true);
    assume(node->u.branch.test, true, 1);
    unsigned then = chars_look(c, &node->u.branch.then, is_test);
    assume(node->u.branch.test, true, -1);
    assume(node->u.branch.test, false, 1);
    unsigned otherwise = chars_look(c, &node->u.branch.otherwise, is_test);
    assume(node->u.branch.test, false, -1);
    return then | otherwise;
}

/* ---- variables -------------------------------------------------------------------------------------------------------------- */

static unsigned kinds_of_local(const CoreVar *var)
{
    const CharVar *state = char_var(var);
    if (!state) return CHAR_OTHER;
    return state->tests ? state->kinds & ~(unsigned)CHAR_NIL : state->kinds;
}

static void push_wanted(Chars *c, CoreVar *var)
{
    CharVar *state = char_var(var);
    if (!state || state->is_code || !char_is(state->kinds, CHAR_OR_NIL)) return;
    state->is_code = true;
    ARENA_PUSH(c->arena, c->wanted, c->wanted_count, c->wanted_capacity, var);
}

void chars_each_end(Chars *c, CoreNode **child, void (*visit)(Chars *c, CoreNode **end))
{
    CoreNode *node = *child;
    switch ((enum CoreKind)node->kind) {
    case CORE_LET: chars_each_end(c, &node->u.let.body, visit); break;
    case CORE_SEQ: chars_each_end(c, &node->u.call.args[node->u.call.count - 1], visit); break;
    case CORE_IF:
        chars_each_end(c, &node->u.branch.then, visit);
        chars_each_end(c, &node->u.branch.otherwise, visit);
        break;
    default: visit(c, child); break;
    }
}

static void want_local(Chars *c, CoreNode **end)
{
    if ((*end)->kind == CORE_LOCAL) push_wanted(c, (*end)->u.local);
}

void chars_want(Chars *c, CoreNode *node)
{
    chars_each_end(c, &node, want_local);
    while (c->wanted_count) {
        CharVar *state = char_var(c->wanted[--c->wanted_count]);
        if (state->init) chars_each_end(c, &state->init, want_local);
        const CharFunction *f = state->function ? state->function->scratch : NULL;
        for (int i = 0; f && i < f->call_count; i++)
            chars_each_end(c, &f->calls[i]->u.call.args[state->number], want_local);
    }
}

static CharVar *new_state(Chars *c, CoreVar *var)
{
    CharVar *state = arena_alloc(c->arena, sizeof *state);
    *state = (CharVar){0};
    var->scratch = state;
    return state;
}

static void coerce(Chars *c, CoreNode **child, const CoreVar *to)
{
    if (c->mode != CHARS_REWRITE) return;
    if (char_var(to) && char_var(to)->is_code) chars_to_code(c, child);
    else chars_to_string(c, child);
}

static unsigned look_at_let(Chars *c, CoreNode *node, bool is_test)
{
    CoreVar *var = node->u.let.var;
    unsigned kinds = chars_look(c, &node->u.let.init, false);
    CharVar *state = char_var(var) ? char_var(var) : new_state(c, var);
    if (c->mode == CHARS_GROW) {
        state->kinds = kinds;
        state->init = node->u.let.init;
    }
    coerce(c, &node->u.let.init, var);
    return chars_look(c, &node->u.let.body, is_test);
}

/* ---- calls -------------------------------------------------------------------------------------------------------------------- */

static void enqueue(Chars *c, CoreFunction *f)
{
    CharFunction *state = f->scratch;
    if (state->is_queued) return;
    state->is_queued = true;
    c->queue[(c->queue_first + c->queue_count++) % c->program->function_count] = f;
}

static void pass_operand(Chars *c, CoreFunction *f, int i, unsigned kinds)
{
    CharVar *state = char_var(core_param(f, i));
    if (c->mode != CHARS_GROW || !state || !(kinds & ~state->kinds)) return;
    state->kinds |= kinds;
    enqueue(c, f);
}

static unsigned look_at_call(Chars *c, CoreNode *node)
{
    CoreFunction *f = node->u.call.function;
    for (int i = 0; i < node->u.call.count; i++) {
        pass_operand(c, f, i, chars_look(c, &node->u.call.args[i], false));
        coerce(c, &node->u.call.args[i], core_param(f, i));
    }
    return CHAR_OTHER;
}

/* Truth is all that some ask for. */
static bool asks_for_truth(int primitive) { return primitive == PRIM_not || primitive == PRIM_is_nil; }

static unsigned look_at_prim(Chars *c, CoreNode **child, bool is_test)
{
    enum { FEW = 3 };
    CoreNode *node = *child;
    unsigned kinds[FEW] = {0}, result = kinds_of_prim(node);
    int primitive = node->u.call.primitive, count = node->u.call.count;
    for (int i = 0; i < count; i++) {
        unsigned kind = chars_look(c, &node->u.call.args[i], asks_for_truth(primitive));
        if (i < FEW) kinds[i] = kind;
    }
    if (c->mode == CHARS_GROW || (count <= FEW && chars_compare(c, child, kinds, is_test))) return result;
    if (c->mode != CHARS_REWRITE || asks_for_truth(primitive)) return result;
    for (int i = 0; i < count; i++) chars_to_string(c, &node->u.call.args[i]);
    return result;
}

static void look_at_operand(CoreNode **child, void *data)
{
    Chars *c = data;
    chars_look(c, child, false);
    if (c->mode == CHARS_REWRITE) chars_to_string(c, child);
}

unsigned chars_look(Chars *c, CoreNode **child, bool is_test)
{
    CoreNode *node = *child;
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: return kinds_of_constant(node->u.constant);
    case CORE_LOCAL: return kinds_of_local(node->u.local);
    case CORE_LET: return look_at_let(c, node, is_test);
    case CORE_IF: return look_at_if(c, node, is_test);
    case CORE_SEQ: {
        int last = node->u.call.count - 1;
        for (int i = 0; i < last; i++) chars_look(c, &node->u.call.args[i], true);
        return chars_look(c, &node->u.call.args[last], is_test);
    }
    case CORE_PRIM: return look_at_prim(c, child, is_test);
    case CORE_CALL_KNOWN: return look_at_call(c, node);
    default: core_each_child(node, look_at_operand, c); return CHAR_OTHER;
    }
}

/* ---- the program -------------------------------------------------------------------------------------------------------------- */

typedef struct Census {
    Chars *chars;
    bool has_characters;
} Census;

/* Calls are noted before any evaluation: what stands where the code does not get is rewritten as well. */
static void take_census(CoreNode **child, void *data)
{
    Census *census = data;
    CoreNode *node = *child;
    if (node->kind == CORE_PRIM && (kinds_of_prim(node) & CHAR_ONE)) census->has_characters = true;
    if (core_is_prim(node, PRIM_substring)) census->has_characters = true;
    if (node->kind == CORE_CALL_KNOWN) {
        CharFunction *f = node->u.call.function->scratch;
        ARENA_PUSH(census->chars->arena, f->calls, f->call_count, f->call_capacity, node);
    }
    core_each_child(node, take_census, data);
}

static bool begin(Chars *c)
{
    CoreProgram *p = c->program;
    Census census = {.chars = c};
    c->queue = arena_alloc(c->arena, (size_t)p->function_count * sizeof(CoreFunction *));
    for (int i = 0; i < p->function_count; i++) {
        CoreFunction *f = p->functions[i];
        f->scratch = arena_alloc(c->arena, sizeof(CharFunction));
        *(CharFunction *)f->scratch = (CharFunction){0};
        for (int j = 0; !f->needs_closure && j < core_param_count(f); j++) {
            CharVar *state = new_state(c, core_param(f, j));
            state->function = f;
            state->number = j;
            if (core_param(f, j)->is_hole || (f->has_rest && j == core_param_count(f) - 1)) state->kinds = CHAR_OTHER;
        }
    }
    for (int i = 0; i < p->function_count; i++) take_census(&p->functions[i]->body, &census);
    return census.has_characters;
}

static void forget_lets(CoreNode **child, void *data)
{
    if ((*child)->kind == CORE_LET) (*child)->u.let.var->scratch = NULL;
    core_each_child(*child, forget_lets, data);
}

static void end(Chars *c)
{
    for (int i = 0; i < c->program->function_count; i++) {
        CoreFunction *f = c->program->functions[i];
        f->scratch = NULL;
        for (int j = 0; j < core_param_count(f); j++) core_param(f, j)->scratch = NULL;
        forget_lets(&f->body, NULL);
    }
}

static void look_at_all(Chars *c, enum CharMode mode)
{
    c->mode = mode;
    for (int i = 0; i < c->program->function_count; i++) {
        CoreFunction *f = c->program->functions[i];
        chars_look(c, &f->body, false);
        if (mode == CHARS_REWRITE) chars_to_string(c, &f->body);
    }
}

static void grow(Chars *c)
{
    for (int i = 0; i < c->program->function_count; i++) enqueue(c, c->program->functions[i]);
    while (c->queue_count) {
        CoreFunction *f = c->queue[c->queue_first];
        c->queue_first = (c->queue_first + 1) % c->program->function_count;
        c->queue_count--;
        ((CharFunction *)f->scratch)->is_queued = false;
        chars_look(c, &f->body, false);
    }
}

void pass_chars(Compiler *compiler, CoreProgram *p)
{
    (void)compiler;
    Chars c = {.program = p, .arena = arena_new()};
    if (begin(&c)) {
        grow(&c);
        look_at_all(&c, CHARS_WANT);
        look_at_all(&c, CHARS_REWRITE);
        for (int i = 0; i < c.code_count; i++) *c.codes[i] = *c.codes[i]->u.call.args[0];
    }
    end(&c);
    arena_free(c.arena);
}
