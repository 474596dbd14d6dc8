/* What pass parts found is written down: which words functions return, who makes parts, which variables hold them. */
#include "parts_internal.h"
#include "remarks.h"
#include "types.h"

enum {
    WORDS_MAX = 8,
    TAIL_WORDS_MAX = 4 /* of each kind: the tail convention returns no more in registers, and in memory it cannot */
};

/* ---- what is returned --------------------------------------------------------------------------------------------------- */

static const CoreType *type_of_part(Parts *k, const Holder *class, const CoreType *whole, int index)
{
    for (int i = 0; !class->is_vector && i < index && i < class->count - 2; i++) whole = type_half(whole, 1);
    const CoreType *type =
        class->is_vector ? type_item_at(k->program->arena, whole, index) : type_half(whole, index == class->count - 1);
    return type && type->tags ? type : NULL;
}

static CoreNode *example_of_whole(Parts *k, const CoreType *type, int count)
{
    CoreProgram *p = k->program;
    CoreNode **args = arena_alloc(p->arena, (size_t)count * sizeof *args);
    for (int i = 0; i < count; i++) args[i] = core_const(p, NULL, rt_nil());
    CoreNode *node = core_prim(p, NULL, PRIM_vector, count, args);
    node->type = type_copy(p->arena, type_keep_tags(*type, TAG_BIT(RT_VECTOR)));
    return node;
}

static CoreParts *parts_of(Parts *k, const Holder *class, const CoreFunction *f)
{
    Arena *arena = k->program->arena;
    CoreParts *parts = arena_alloc(arena, sizeof *parts);
    *parts = (CoreParts){.is_vector = class->is_vector, .is_optional = class->is_optional, .count = class->count};
    parts->types = arena_alloc(arena, (size_t)class->count * sizeof *parts->types);
    for (int i = 0; i < class->count; i++) parts->types[i] = type_of_part(k, class, f->result, i);
    if (class->is_vector) parts->whole = example_of_whole(k, f->result, class->count);
    return parts;
}

static bool is_same_rep(const CoreType *a, const CoreType *b)
{
    enum CoreRep rep = type_rep(a);
    if (rep != type_rep(b)) return false;
    if (rep == REP_VALUE || rep == REP_FLOAT) return true;
    return type_only_tag(a) == type_only_tag(b) && record_root(a->record) == record_root(b->record);
}

/* Those that return for one another return the same words. */
static void share_types(Holder *class, CoreParts *parts)
{
    for (int i = 0; class->shared && i < parts->count; i++)
        if (!is_same_rep(class->shared->types[i], parts->types[i])) class->shared->types[i] = NULL;
    if (!class->shared) class->shared = parts;
    else parts->types = class->shared->types;
}

static int count_words(const CoreParts *parts, int *floats)
{
    int words = 0;
    *floats = 0;
    for (int i = 0; i < parts->count; i++) {
        enum CoreRep rep = type_rep(parts->types[i]);
        *floats += rep == REP_FLOAT;
        if (core_part_is_nil(parts->types[i])) continue;
        words += rep == REP_VALUE ? 2 : rep != REP_FLOAT;
    }
    return words + parts->is_optional; /* at most */
}

static bool has_room(const CoreFunction *f)
{
    int floats, words = count_words(f->parts, &floats);
    if (f->needs_tailcc) return words <= TAIL_WORDS_MAX && floats <= TAIL_WORDS_MAX;
    return words + floats <= WORDS_MAX;
}

bool parts_describe(Parts *k)
{
    bool any_out = false;
    for (int i = 0; i < k->count; i++) k->holders[i]->shared = NULL;
    for (int i = 0; i < k->count; i++) {
        CoreFunction *f = k->holders[i]->function;
        if (!f || k->holders[i]->is_out) continue;
        CoreParts *parts = parts_of(k, class_of(k->holders[i]), f);
        if (f->needs_tailcc) share_types(class_of(k->holders[i]), parts);
        f->parts = parts;
    }
    for (int i = 0; i < k->count; i++) {
        Holder *holder = k->holders[i];
        if (!holder->function || holder->is_out || has_room(holder->function)) continue;
        holder->is_refused = any_out = true;
    }
    return any_out;
}

/* ---- what is written down ----------------------------------------------------------------------------------------------- */

static void mark_makers(Parts *k)
{
    for (int i = 0; i < k->maker_count; i++) {
        if (k->makers[i].to->is_out) continue;
        CoreNode *node = k->makers[i].node;
        node->is_apart = true;
        for (int cells = class_of(k->makers[i].to)->count - 1; core_is_prim(node, PRIM_cons) && cells > 1; cells--) {
            node = node->u.call.args[1];
            node->is_apart = true;
        }
    }
}

static void explain(Parts *k, const CoreFunction *f)
{
    int count = 0;
    for (int i = 0; i < f->parts->count; i++) count += !core_part_is_nil(f->parts->types[i]);
    remark(k->compiler, NULL, f, REMARK_FAST, "its result is returned in parts, %d of them, and not made", count);
}

static const CoreParts *parts_of_var(Parts *k, const Holder *class, const CoreVar *var)
{
    CoreParts *parts = arena_alloc(k->program->arena, sizeof *parts);
    *parts = (CoreParts){.is_vector = class->is_vector, .is_optional = class->is_optional, .count = class->count};
    if (class->is_vector) parts->whole = example_of_whole(k, var->type, class->count);
    return parts;
}

/* (let v (car &r) (drop (r) ...)): v is what r gives away. */
static void borrow_read(Parts *k, CoreNode *let)
{
    CoreVar *var = let->u.let.var;
    CoreNode *read = let->u.let.init, *drop = let->u.let.body;
    int row = read->kind == CORE_PRIM ? prim_part_row(read->u.call.primitive) : PRIM_NONE;
    if (parts_read(read) == READ_NONE || row == PRIM_NONE || drop->kind != CORE_DROP || var->is_unboxed) return;
    CoreVar *whole = read->u.call.args[0]->kind == CORE_LOCAL ? read->u.call.args[0]->u.local : NULL;
    bool ends = false;
    for (int i = 0; i < drop->u.drop.count; i++) ends |= drop->u.drop.vars[i] == whole;
    if (!whole || !whole->parts || !ends) return;
    read->u.call.primitive = row;
    var->is_borrowed = true;
    var->whole = whole;
    var->part = parts_read(read) == READ_CAR ? PART_CAR : parts_read(read) == READ_CDR ? PART_CDR : PART_ITEM;
    if (var->part == PART_ITEM) var->item = (uint8_t)read->u.call.args[1]->u.constant.data;
    int count = drop->u.drop.kept_count;
    CoreVar **kept = arena_alloc(k->program->arena, ((size_t)count + 1) * sizeof *kept);
    for (int i = 0; i < count; i++) kept[i] = drop->u.drop.kept[i];
    kept[drop->u.drop.kept_count++] = var;
    drop->u.drop.kept = kept;
}

static void borrow_reads(CoreNode **child, void *data)
{
    if ((*child)->kind == CORE_LET) borrow_read(data, *child);
    core_each_child(*child, borrow_reads, data);
}

void parts_write_down(Parts *k)
{
    mark_makers(k);
    for (int i = 0; i < k->count; i++) {
        Holder *holder = k->holders[i];
        if (holder->is_out) continue;
        const Holder *class = class_of(holder);
        if (holder->function) explain(k, holder->function);
        else if (holder->level == 0 || holder->level < class->count - 1)
            holder->var->parts = parts_of_var(k, class, holder->var);
    }
    for (int i = 0; i < k->program->function_count; i++) borrow_reads(&k->program->functions[i]->body, k);
}
