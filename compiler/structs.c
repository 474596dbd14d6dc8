/* Pass structs: finds the records whose vectors compiled code alone sees, and gives them a layout (struct_layout.c).
 *
 * Requires and ensures STAGE_RC; Core stays as it is, so the interpreter has vectors.  Emission makes structs of them: no length, no
 * tags where the types say them, truth values and small ints in as little as they need (emit_struct.c).
 *
 * The runtime can count and free structs, and nothing more.  So each value of the record must stay where types name the record and no
 * other vector: in variables, captures, results, globals, fields of other structs, and pairs of a cell (core_record.c) that stay in turn
 * where types name the cell.  It may be made, taken apart, read and changed at constant indices, asked for its type and
 * compared by eq.  Whatever else is done with one keeps the whole record a vector: the code is walked once, each value on its way from
 * where it is computed to where it goes, and a record or cell that is met where it is not allowed is refused.  Values that come
 * from somewhere else (literals, other primitives, unknown calls) refuse it as well.  What a refused record or cell holds is refused, too.
 */
#include "passes.h"
#include "remarks.h"
#include "structs.h"
#include "types.h"

typedef struct Candidate { /* a record that may become a struct, or a cell that may hold some */
    CoreRecord *record;
    int length; /* of its vectors; 0: none is made */
    int64_t last; /* the largest index that is read */
    const RtPlace *place; /* where one is made */
    const CoreFunction *maker;
    const char *refusal; /* why it stays a vector, or may not hold structs; or NULL */
    const RtPlace *refusal_place;
    bool is_inner; /* it is refused for what holds it */
} Candidate;

typedef struct Structs {
    Compiler *compiler;
    CoreProgram *program;
    Arena *scratch;
    Candidate *candidates;
    int count;
    const CoreFunction *function; /* which is walked */
} Structs;

#define OTHER_VALUES "it meets other values here"

/* Where a value goes that is only looked at, or not used. */
static const CoreType looked_at, unused;

static CoreRecord *record_of(const CoreType *type)
{
    return type && type->tags & TAG_BIT(RT_VECTOR) ? record_root(type->record) : NULL;
}

static CoreRecord *cell_of(const CoreType *type)
{
    return type && type->tags & TAG_BIT(RT_CONS) ? record_root(type->cell) : NULL;
}

static bool may_be(const CoreType *type, uint32_t tags) { return !type || type->tags & tags; }

/* Neither a record nor what could hold one. */
static bool is_plain(const CoreType *type) { return !may_be(type, TAGS_VECTOR | TAG_BIT(RT_CONS)); }

static void refuse(CoreRecord *record, const CoreNode *at, const char *why)
{
    Candidate *c = record->scratch;
    if (c->refusal) return;
    c->refusal = why;
    c->refusal_place = at ? at->place : NULL;
}

/* Values that may be of record a go to where they may be of record b. */
static void meet(const CoreNode *at, CoreRecord *a, bool may_be_other, CoreRecord *b, const char *why)
{
    if (a == b) return;
    if (a) refuse(a, at, why);
    if (b && may_be_other) refuse(b, at, b->is_cell ? "other pairs come here, too" : "other vectors come here, too");
}

/* A value goes from where it has one type to where it has another one. */
static void go(const CoreNode *at, const CoreType *from, const CoreType *to, const char *why)
{
    if (to == &looked_at || to == &unused) return;
    CoreRecord *record = record_of(from);
    meet(at, record, may_be(from, TAGS_VECTOR), record_of(to), why);
    meet(at, cell_of(from), may_be(from, TAG_BIT(RT_CONS)), cell_of(to), why);
    bool may_be_pvec = record && (from->tags & TAG_BIT(RT_PVEC) || (to && to->tags & TAG_BIT(RT_PVEC)));
    if (may_be_pvec) refuse(record, at, "it can be another kind of vector here");
}

/* The same by way of the node whose type may be narrower, or unknown. */
static void go_by(const CoreNode *node, const CoreType *from, const CoreType *to, const char *why)
{
    const CoreType *by = node->type ? node->type : from;
    if (is_plain(by)) return;
    if (by != from) {
        /* the tags that are left go on */
        CoreType left = from ? type_keep_tags(*from, by->tags) : *by;
        go(node, from ? &left : NULL, by, why);
    }
    go(node, by, to, why);
}

static void refuse_all(const CoreType *type, const CoreNode *at, const char *why)
{
    if (record_of(type)) refuse(record_of(type), at, why);
    if (cell_of(type)) refuse(cell_of(type), at, why);
}

/* A value of which nobody knows where it comes from. */
static void come(const CoreNode *node, const CoreType *to)
{
    const char *why = "it comes from elsewhere";
    refuse_all(node->type, node, why);
    go(node, node->type, to, why);
}

/* Whatever walks gives false where the types say that no value comes: what stands behind is never reached. */
static bool walk(Structs *s, CoreNode *node, const CoreType *to, const char *why);

static bool gives_value(const CoreNode *node)
{
    if (node->type) return node->type->tags;
    if (node->kind == CORE_PRIM && prim_never_returns(node->u.call.primitive)) return false;
    if (node->kind == CORE_CALL_KNOWN) return !node->u.call.function->result || node->u.call.function->result->tags;
    for (int i = 0; node->kind == CORE_PRIM && i < node->u.call.count; i++) {
        const CoreNode *operand = node->u.call.args[i];
        const CoreType *type = operand->kind == CORE_LOCAL ? operand->u.local->type : operand->type;
        if (type && !(type->tags & prim_operand_tags(node->u.call.primitive, i))) return false; /* it raises an error */
    }
    return true;
}

/* A value goes to somebody who could do anything with it. */
static bool give(Structs *s, CoreNode *node, const char *why) { return walk(s, node, NULL, why); }

/* The value of such a node, if there is one. */
static bool comes(const CoreNode *node, const CoreType *to)
{
    if (!gives_value(node)) return false;
    come(node, to);
    return true;
}

static void note_maker(const Structs *s, Candidate *c, const CoreNode *node)
{
    int count = node->u.call.count;
    if (c->length && c->length != count) refuse(c->record, node, "it has another length here");
    if (!c->length) {
        c->place = node->place;
        c->maker = s->function;
    }
    c->length = count;
}

static bool walk_vector(Structs *s, CoreNode *node, const CoreType *to, const char *why)
{
    CoreRecord *record = record_of(node->type);
    for (int i = 0; i < node->u.call.count; i++) {
        CoreNode *item = node->u.call.args[i];
        bool is_there = record ? walk(s, item, record->fields[i], "it meets other values in a field")
                               : give(s, item, "it is an item of another vector");
        if (!is_there) return false;
    }
    if (record) note_maker(s, record->scratch, node);
    go(node, node->type, to, why);
    return true;
}

/* If the operand, a variable, is what the operation does not take, an error shows it. */
static void show(const CoreNode *operand, CoreRecord *wrong(const CoreType *type))
{
    CoreRecord *record = wrong(operand->type ? operand->type : operand->u.local->type);
    if (record) refuse(record, operand, "an error could show it");
}

static bool walk_ref(Structs *s, CoreNode *node, const CoreType *to)
{
    CoreNode *vector = node->u.call.args[0], *index = node->u.call.args[1];
    CoreRecord *record = vector->kind == CORE_LOCAL ? record_of(vector->u.local->type) : NULL;
    bool is_field = core_is_int(index) && index->u.constant.data >= 0 && index->u.constant.data < RECORD_FIELDS_MAX;
    if (!record || !is_field) {
        const char *why = record ? "it is read by an index that is not known" : "it is read where anything can be";
        if (!give(s, vector, why)) return false;
        if (!give(s, index, "it is an index")) return false;
        return comes(node, to);
    }
    Candidate *c = record->scratch;
    if (index->u.constant.data > c->last) c->last = index->u.constant.data;
    if (!walk(s, vector, &looked_at, NULL)) return false;
    show(vector, cell_of);
    go_by(node, record->fields[index->u.constant.data], to, OTHER_VALUES);
    return gives_value(node);
}

static bool only_looks(int primitive)
{
    uint32_t tags;
    if (prim_tests_tags(primitive, &tags)) return true;
    bool is_test = primitive == PRIM_is_plain_vector || primitive == PRIM_is_unique_vector ||
                   primitive == PRIM_is_ints_vector || primitive == PRIM_is_floats_vector;
    return is_test || primitive == PRIM_not || primitive == PRIM_eq || primitive == PRIM_is_shared;
}

/* A field is changed, in a copy or in its place. */
static bool walk_set(Structs *s, CoreNode *node, const CoreType *to)
{
    CoreNode **args = node->u.call.args;
    CoreRecord *record = record_of(node->type);
    bool is_field =
        core_is_int(args[1]) && args[1]->u.constant.data >= 0 && args[1]->u.constant.data < RECORD_FIELDS_MAX;
    if (!record || !is_field) {
        for (int i = 0; i < 3; i++)
            if (!give(s, args[i],
                      i        ? "it is put into another vector"
                      : record ? "it is changed at an index that is not known"
                               : "it is changed where anything can be"))
                return false;
        return comes(node, to);
    }
    int64_t index = args[1]->u.constant.data;
    Candidate *c = record->scratch;
    if (index > c->last) c->last = index;
    if (!walk(s, args[0], node->type, OTHER_VALUES)) return false;
    if (!walk(s, args[2], record->fields[index], "it meets other values in a field")) return false;
    go(node, node->type, to, OTHER_VALUES);
    return gives_value(node);
}

/* What was read from a field comes back, and is no more in there: pass vacate. */
static bool walk_vacate(Structs *s, CoreNode *node, const CoreType *to)
{
    CoreNode **args = node->u.call.args;
    CoreRecord *record = args[0]->kind == CORE_LOCAL ? record_of(args[0]->u.local->type) : NULL;
    bool is_field = record && core_is_int(args[1]);
    if (!walk(s, args[0], is_field ? &looked_at : NULL, "it is changed at an index that is not known")) return false;
    if (!walk(s, args[2], node->type, OTHER_VALUES)) return false;
    go(node, node->type, to, OTHER_VALUES);
    return gives_value(node);
}

/* ---- pairs: those of a cell may hold structs if the types name the cell wherever they are --------------------------- */

static const CoreType *half_of(const CoreRecord *cell, int half) { return cell ? cell->fields[half] : NULL; }

static bool walk_cons(Structs *s, CoreNode *node, const CoreType *to, const char *why)
{
    const CoreRecord *cell = cell_of(node->type);
    for (int i = 0; i < 2; i++)
        if (!walk(s, node->u.call.args[i], half_of(cell, i), "it is in a pair that can be anywhere")) return false;
    go(node, node->type, to, why);
    return true;
}

/* Each pair of it has its own cell. */
static bool walk_list(Structs *s, CoreNode *node, const CoreType *to, const char *why)
{
    const CoreType *pair = node->type;
    for (int i = 0; i < node->u.call.count; i++) {
        const CoreRecord *cell = cell_of(pair);
        if (!walk(s, node->u.call.args[i], half_of(cell, 0), "it is in a list that can be anywhere")) return false;
        pair = half_of(cell, 1);
    }
    go(node, node->type, to, why);
    return true;
}

static const CoreRecord *cell_of_local(const CoreNode *node)
{
    return node->kind == CORE_LOCAL ? cell_of(node->u.local->type) : NULL;
}

static bool walk_half(Structs *s, CoreNode *node, int half, const CoreType *to)
{
    CoreNode *pair = node->u.call.args[0];
    const CoreRecord *cell = cell_of_local(pair);
    if (!walk(s, pair, cell ? &looked_at : NULL, "a part of it is read where nothing is known of it")) return false;
    if (!cell) return comes(node, to);
    show(pair, record_of);
    go_by(node, cell->fields[half], to, OTHER_VALUES);
    return gives_value(node);
}

/* The pair gets a new end: an item in a new pair (extend), or what is given (fill). */
static bool walk_end(Structs *s, CoreNode *node, const CoreType *to)
{
    CoreNode **args = node->u.call.args;
    bool extends = node->u.call.primitive == PRIM_extend;
    const CoreRecord *before = cell_of_local(args[0]);
    if (!walk(s, args[0], before ? &looked_at : NULL, "its end is changed where nothing is known of it")) return false;
    const CoreType *target = extends ? half_of(cell_of(node->type), 0) : half_of(before, 1);
    if (!walk(s, args[1], target, "it is in a list that can be anywhere")) return false;
    if (extends) go(node, node->type, half_of(before, 1), OTHER_VALUES);
    if (extends) go(node, node->type, to, OTHER_VALUES);
    return true;
}

static bool walk_pair_prim(Structs *s, CoreNode *node, const CoreType *to, const char *why, bool *gives)
{
    switch (node->u.call.primitive) {
    case PRIM_cons: *gives = walk_cons(s, node, to, why); return true;
    case PRIM_list: *gives = walk_list(s, node, to, why); return true;
    case PRIM_car:
    case PRIM_part_car:
    case PRIM_take_car: *gives = walk_half(s, node, 0, to); return true;
    case PRIM_cdr:
    case PRIM_part_cdr:
    case PRIM_take_cdr: *gives = walk_half(s, node, 1, to); return true;
    case PRIM_extend:
    case PRIM_fill: *gives = walk_end(s, node, to); return true;
    default: return false;
    }
}

static bool walk_prim(Structs *s, CoreNode *node, const CoreType *to, const char *why)
{
    int primitive = node->u.call.primitive;
    if (primitive == PRIM_vector) return walk_vector(s, node, to, why);
    if (primitive == PRIM_vector_ref || primitive == PRIM_part_ref) return walk_ref(s, node, to);
    if (primitive == PRIM_vector_set) return walk_set(s, node, to);
    if (primitive == PRIM_vacate) return walk_vacate(s, node, to);
    bool gives;
    if (walk_pair_prim(s, node, to, why, &gives)) return gives;
    const PrimInfo *info = &primitives[primitive];
    const char *use = arena_format(s->scratch, "it is an operand of %s", info->name ? info->name : info->id);
    for (int i = 0; i < node->u.call.count; i++)
        if (!walk(s, node->u.call.args[i], only_looks(primitive) ? &looked_at : NULL, use)) return false;
    return comes(node, to);
}

static bool walk_known_call(Structs *s, CoreNode *node, const CoreType *to)
{
    const CoreFunction *f = node->u.call.function;
    for (int i = 0; i < node->u.call.count; i++)
        if (!walk(s, node->u.call.args[i], core_param(f, i)->type, "the function is given other values as well"))
            return false;
    go_by(node, f->result, to, OTHER_VALUES);
    return gives_value(node) || node->tail;
}

static bool walk_call(Structs *s, CoreNode *node, const CoreType *to)
{
    if (!give(s, node->u.call.callee, "it is called")) return false;
    for (int i = 0; i < node->u.call.count; i++)
        if (!give(s, node->u.call.args[i], "it is given to a function that is not known before the program runs"))
            return false;
    return comes(node, to);
}

/* Entries of closures take captures by their types. */
static bool walk_closure(Structs *s, CoreNode *node)
{
    const CoreFunction *f = node->u.call.function;
    for (int i = 0; i < node->u.call.count; i++) {
        const CoreType *type = core_param(f, i)->type;
        if (!walk(s, node->u.call.args[i], type, "a closure holds it")) return false;
        for (int j = 0; j < LEND_COUNT; j++)
            if (f->versions[j]) go(node, type, core_param(f->versions[j], i)->type, "a closure holds it");
    }
    return true;
}

/* What a variable, a global or a literal gives. */
static bool walk_atom(CoreNode *node, const CoreType *to, const char *why)
{
    if (node->kind == CORE_CONST) {
        CoreType type = type_tags(TAG_BIT(node->u.constant.tag)); /* of no record */
        go(node, &type, to, why);
        return true;
    }
    if (node->kind == CORE_GLOBAL) {
        go(node, node->u.global->type, to, why);
        return true;
    }
    const CoreType *type = node->u.local->type;
    if (!node->type && record_of(type)) node->type = type; /* emission asks the operand itself */
    const CoreType *by = node->type ? node->type : type;
    if (is_plain(by)) return gives_value(node);
    go_by(node, type, to, why);
    return true;
}

/* All but the last part of the expression, which is the result: its value is that of the whole.  NULL: it is never reached. */
static CoreNode *walk_prefix(Structs *s, CoreNode *node)
{
    for (;;) {
        switch ((enum CoreKind)node->kind) {
        case CORE_LET: {
            const CoreType *type = node->u.let.var->type;
            if (!walk(s, node->u.let.init, type, "the variable has other values as well")) return NULL;
            node = node->u.let.body;
            break;
        }
        case CORE_SEQ:
            for (int i = 0; i < node->u.call.count - 1; i++)
                if (!walk(s, node->u.call.args[i], &unused, NULL)) return NULL;
            node = node->u.call.args[node->u.call.count - 1];
            break;
        case CORE_DROP: node = node->u.drop.body; break;
        default: return node;
        }
    }
}

static bool walk_if(Structs *s, CoreNode *node, const CoreType *to, const char *why)
{
    if (!walk(s, node->u.branch.test, &looked_at, NULL)) return false;
    bool then = walk(s, node->u.branch.then, to, why), otherwise = walk(s, node->u.branch.otherwise, to, why);
    return then || otherwise;
}

/* The value of the node goes to where values have the type `to`, or, with NULL, where nothing is known of them: `why` says where. */
static bool walk(Structs *s, CoreNode *node, const CoreType *to, const char *why)
{
    node = walk_prefix(s, node);
    if (!node) return false;
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST:
    case CORE_LOCAL:
    case CORE_GLOBAL: return walk_atom(node, to, why);
    case CORE_DEFINE: {
        const CoreType *type = node->u.define.global->type;
        if (!walk(s, node->u.define.value, type, "the global has other values as well")) return false;
        go(node, type, to, why);
        return true;
    }
    case CORE_IF: return walk_if(s, node, to, why);
    case CORE_CALL:
    case CORE_APPLY: return walk_call(s, node, to);
    case CORE_CLOSURE: return walk_closure(s, node);
    case CORE_CALL_KNOWN: return walk_known_call(s, node, to);
    case CORE_PRIM: return walk_prim(s, node, to, why);
    case CORE_TRY: {
        bool body = walk(s, node->u.try_.body, to, why), handler = walk(s, node->u.try_.handler, to, why);
        return body || handler;
    }
    case CORE_LET:
    case CORE_SEQ:
    case CORE_DROP:
    case CORE_FUNCTION:
    case CORE_LAMBDA:
    case CORE_FIX: break;
    }
    return true;
}

/* Do strangers call it, and get its result? */
static bool is_strangers(const CoreFunction *f)
{
    return f->escapes || f->lends || f->wraps || (f->needs_closure && !f->result);
}

static void walk_function(Structs *s, CoreFunction *f)
{
    const CoreProgram *p = s->program;
    bool runs = f->wraps ? f->wraps->escapes : f->result || f->lends;
    if (!runs) return;
    s->function = f;
    const CoreType *to = f->result;
    if (f->is_toplevel) to = p->toplevel_count && p->toplevel[p->toplevel_count - 1] == f ? NULL : &unused;
    walk(s, f->body, to, f->is_toplevel ? "it is the program's value" : "the function has other results as well");
    if (!is_strangers(f)) return;
    const char *why =
        arena_format(s->scratch, "%s is called by functions that are not known before the program runs", f->name);
    refuse_all(f->result, f->body, why);
    for (int i = f->capture_count; i < core_param_count(f); i++) refuse_all(core_param(f, i)->type, f->body, why);
}

/* What is in vectors or pairs that can be anywhere can be anywhere itself. */
static void refuse_fields(Structs *s, const Candidate *outer);

static void refuse_inner(Structs *s, const Candidate *outer, const CoreRecord *record)
{
    Candidate *inner = record ? record->scratch : NULL;
    if (!inner || inner->refusal) return;
    inner->refusal = outer->refusal;
    inner->refusal_place = outer->refusal_place;
    if (!outer->record->is_cell && !outer->is_inner)
        inner->refusal = arena_format(s->scratch, "it is a field of a record that stays a vector: %s", outer->refusal);
    inner->is_inner = true;
    refuse_fields(s, inner);
}

static void refuse_fields(Structs *s, const Candidate *outer)
{
    for (int i = 0; i < RECORD_FIELDS_MAX; i++) {
        refuse_inner(s, outer, record_of(outer->record->fields[i]));
        refuse_inner(s, outer, cell_of(outer->record->fields[i]));
    }
}

static void explain(Structs *s, const Candidate *c)
{
    if (!c->length) return;
    const StructLayout *layout = c->record->layout;
    size_t size_bytes = offsetof(RtVector, items.values.data) + (size_t)c->length * sizeof(int64_t);
    if (layout) {
        remark(s->compiler, c->place, c->maker, REMARK_FAST, "the record takes %d bytes, %d as a vector",
               layout->size_bytes, (int)size_bytes);
        return;
    }
    const RtPlace *at = c->refusal_place;
    const char *where = at ? arena_format(s->scratch, " (line %u)", at->line) : "";
    remark(s->compiler, c->place, c->maker, REMARK_GENERIC, "the record stays a vector: %s%s", c->refusal, where);
}

/* By itself, whatever its fields hold. */
static void refuse_shape(Structs *s, Candidate *c)
{
    const bool none[RECORD_FIELDS_MAX] = {0};
    bool is_made = c->length > 0;
    for (int i = 0; i < c->length; i++) is_made = is_made && c->record->fields[i];
    if (!is_made) refuse(c->record, NULL, "none is made");
    else if (c->last >= c->length) refuse(c->record, NULL, "an index lies outside of it");
    else if (!struct_layout_new(s->scratch, c->record, c->length, none))
        refuse(c->record, NULL, "too many of its fields are objects");
}

/* Records whose fields lie in the same way share a layout: then one can be made in the memory of the other. */
static const StructLayout *share_layout(const Structs *s, const StructLayout *layout)
{
    for (int i = 0; i < s->count; i++) {
        const StructLayout *other = s->candidates[i].record->layout;
        if (other && struct_layout_equal(other, layout)) return other;
    }
    return layout;
}

static void lay_out(Structs *s, Candidate *c, int *number)
{
    if (c->refusal || c->record->is_cell) return;
    bool is_struct[RECORD_FIELDS_MAX];
    for (int i = 0; i < c->length; i++) {
        const CoreRecord *inner = record_of(c->record->fields[i]);
        is_struct[i] = inner && !((const Candidate *)inner->scratch)->refusal;
    }
    StructLayout *layout = struct_layout_new(s->program->arena, c->record, c->length, is_struct);
    c->record->layout = share_layout(s, layout);
    if (c->record->layout == layout) layout->number = ++*number;
}

static void begin(Structs *s, RecordTable *table)
{
    s->candidates = arena_alloc(s->scratch, ((size_t)table->count + 1) * sizeof *s->candidates);
    for (int i = 0; i < table->count; i++) {
        CoreRecord *record = table->items[i];
        record->layout = NULL;
        if (record->same) continue;
        Candidate *c = &s->candidates[s->count++];
        *c = (Candidate){.record = record};
        record->scratch = c;
    }
}

static void find(void *data)
{
    Structs *s = data;
    CoreProgram *p = s->program;
    for (int i = 0; i < p->function_count; i++) walk_function(s, p->functions[i]);
    int number = 0;
    for (int i = 0; i < s->count; i++)
        if (!s->candidates[i].record->is_cell) refuse_shape(s, &s->candidates[i]);
    for (int i = 0; i < s->count; i++)
        if (s->candidates[i].refusal && !s->candidates[i].is_inner) refuse_fields(s, &s->candidates[i]);
    for (int i = 0; i < s->count; i++) lay_out(s, &s->candidates[i], &number);
    for (int i = 0; i < s->count; i++) explain(s, &s->candidates[i]);
}

void pass_structs(Compiler *c, CoreProgram *p)
{
    if (!p->records || p->open_world || !p->is_whole || p->unit || p->export_count) return;
    Structs s = {.compiler = c, .program = p, .scratch = arena_new()};
    begin(&s, p->records);
    rt_on_lisp_stack(find, &s); /* recursive on the nesting of expressions */
    for (int i = 0; i < s.count; i++) s.candidates[i].record->scratch = NULL;
    arena_free(s.scratch);
}
