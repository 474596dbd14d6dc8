/* The end of pairs and vectors: what is kept of their parts, and what goes with them.
 *
 * A DROP lists the parts that live on.  A unique whole gives them away without counting, and its memory is free at once: only
 * the other parts are dropped.  A part that is not kept itself, but parts of it are, is taken apart in turn.  That is decided here, where
 * the whole and its parts are known by name; one function of the runtime does it for each shape (hot.c).  Halves of pairs and short
 * vectors are loads and stores here, too.
 */
#include "emit_internal.h"

/* The part of the whole that the variable is or is a part of, or NULL. */
static CoreVar *part_of(CoreVar *var, const CoreVar *whole)
{
    while (var && var->whole != whole) var = var->part == PART_OTHER ? NULL : var->whole;
    return var;
}

/* A part that is kept, or of which parts are: then it is taken apart as well. */
static CoreVar *find_part(const CoreNode *node, const CoreVar *whole, enum CorePart part, int item)
{
    for (int i = 0; i < node->u.drop.kept_count; i++) {
        CoreVar *var = part_of(node->u.drop.kept[i], whole);
        if (var && var->part == part && (part != PART_ITEM || var->item == item)) return var;
    }
    return NULL;
}

static bool is_kept(const CoreNode *node, const CoreVar *var)
{
    for (int i = 0; i < node->u.drop.kept_count; i++)
        if (node->u.drop.kept[i] == var) return true;
    return false;
}

static void end_whole(FunctionEmitter *f, const CoreNode *node, const CoreVar *var);

/* The whole has given the part its count. */
static EmitValue *take_part(FunctionEmitter *f, const CoreNode *node, const CoreVar *part)
{
    EmitValue *binding = emit_binding(f, part);
    emit_become_owned(f, binding);
    if (!is_kept(node, part)) end_whole(f, node, part);
    return binding;
}

/* Is the car of such a pair never counted? */
static bool has_plain_car(const CoreType *pair) { return pair && pair->element && type_is_immediate(pair->element); }

/* What ends a pair of which these halves are wanted.  A car that needs no counting may be wanted as well. */
static enum RuntimeFunction opening(const CoreType *pair, bool with_car, bool with_cdr)
{
    if (with_cdr && (with_car || has_plain_car(pair))) return RUNTIME_OPEN_BOTH;
    return with_car ? RUNTIME_OPEN_CAR : RUNTIME_OPEN_CDR;
}

/* Are parts of the pair's halves kept, but not those themselves? */
static bool has_inner_parts(const CoreNode *node, const CoreVar *car, const CoreVar *cdr)
{
    return (car && !is_kept(node, car)) || (cdr && !is_kept(node, cdr));
}

static uint64_t wanted_items(const CoreNode *node, const CoreVar *vector);

/* Gives a count to what opening the whole, of which the variable is a part, would give one: the part itself if it is kept, or those parts
 * of it that are.  Of several variables for one part only one is asked: the others have got counts of their own. */
static void dup_opened(FunctionEmitter *f, const CoreNode *node, const CoreVar *part)
{
    if (!part) return;
    if (is_kept(node, part)) {
        emit_dup(f, *emit_binding(f, part));
        return;
    }
    CoreVar *car = find_part(node, part, PART_CAR, 0), *cdr = find_part(node, part, PART_CDR, 0);
    dup_opened(f, node, car);
    dup_opened(f, node, cdr);
    for (uint64_t rest = car || cdr ? 0 : wanted_items(node, part); rest; rest &= rest - 1)
        dup_opened(f, node, find_part(node, part, PART_ITEM, __builtin_ctzll(rest)));
}

/* Others hold the pair as well: it stays as it is, and so does what lies between it and the parts that are kept. */
static void leave_shared(FunctionEmitter *f, const CoreNode *node, const CoreVar *pair, EmitValue v)
{
    dup_opened(f, node, find_part(node, pair, PART_CAR, 0));
    dup_opened(f, node, find_part(node, pair, PART_CDR, 0));
    emit_runtime_call(f, RUNTIME_LEAVE_SHARED, (LLVMValueRef[]){v.tag, v.data}, 2);
}

static void open_halves(FunctionEmitter *f, const CoreNode *node, const CoreVar *pair, EmitValue v)
{
    CoreVar *car = find_part(node, pair, PART_CAR, 0), *cdr = find_part(node, pair, PART_CDR, 0);
    emit_runtime_call(f, opening(pair->type, car != NULL, cdr != NULL), (LLVMValueRef[]){v.tag, v.data}, 2);
    if (car) take_part(f, node, car);
    if (cdr) take_part(f, node, cdr);
}

static LLVMValueRef is_unique(ModuleEmitter *m, EmitValue v)
{
    LLVMValueRef object = LLVMBuildIntToPtr(m->builder, v.data, m->ptr, "");
    LLVMValueRef count = LLVMBuildLoad2(m->builder, m->i32, object, "count");
    return LLVMBuildICmp(m->builder, LLVMIntEQ, count, emit_int(m, m->i32, 1), "");
}

/* The end of a pair of which a half or both are kept, or parts of them. */
static bool open_pair(FunctionEmitter *f, const CoreNode *node, const CoreVar *pair, EmitValue v)
{
    CoreVar *car = find_part(node, pair, PART_CAR, 0), *cdr = find_part(node, pair, PART_CDR, 0);
    if (!car && !cdr) return false;
    owned_remove_item(f, v.item);
    if (!has_inner_parts(node, car, cdr) || node->u.drop.shell) {
        open_halves(f, node, pair, v);
        return true;
    }
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef unique = emit_block(f, "unique"), shared = emit_block(f, "shared"),
                      opened = emit_block(f, "opened");
    LLVMBuildCondBr(m->builder, is_unique(m, v), unique, shared);
    LLVMPositionBuilderAtEnd(m->builder, shared);
    leave_shared(f, node, pair, v);
    LLVMBuildBr(m->builder, opened);
    LLVMPositionBuilderAtEnd(m->builder, unique);
    open_halves(f, node, pair, v);
    LLVMBuildBr(m->builder, opened);
    LLVMPositionBuilderAtEnd(m->builder, opened);
    return true;
}

static uint64_t wanted_items(const CoreNode *node, const CoreVar *vector)
{
    uint64_t wanted = 0;
    for (int i = 0; i < node->u.drop.kept_count; i++) {
        const CoreVar *var = part_of(node->u.drop.kept[i], vector);
        if (var && var->part == PART_ITEM) wanted |= UINT64_C(1) << var->item;
    }
    return wanted;
}

/* Those that need no counting, by the types: whoever ends the vector may leave them out as if they were wanted. */
static uint64_t plain_items(FunctionEmitter *f, const CoreType *vector)
{
    uint64_t plain = 0;
    for (int64_t i = 0; i < RT_NEAR_TAGS && i < type_least_length(vector); i++)
        if (type_is_immediate(type_item_at(f->arena, vector, i))) plain |= UINT64_C(1) << i;
    return plain;
}

/* How many items each vector of the type has, or 0. */
static int64_t only_length(const CoreType *vector)
{
    return vector && vector->length == vector->most ? vector->length : 0;
}

static void take_items(FunctionEmitter *f, const CoreNode *node, const CoreVar *vector, uint64_t wanted)
{
    for (uint64_t rest = wanted; rest; rest &= rest - 1)
        take_part(f, node, find_part(node, vector, PART_ITEM, __builtin_ctzll(rest)));
}

static bool open_vector(FunctionEmitter *f, const CoreNode *node, const CoreVar *vector, EmitValue v)
{
    uint64_t wanted = wanted_items(node, vector);
    const StructLayout *layout = emit_layout(f->m, vector->type);
    if (!wanted) return false;
    owned_remove_item(f, v.item);
    if (layout) {
        emit_open_struct(f, layout, v, wanted);
        take_items(f, node, vector, wanted);
        return true;
    }
    LLVMTypeRef word = f->m->i64;
    int64_t ending = (int64_t)(wanted | plain_items(f, vector->type));
    LLVMValueRef args[4] = {v.tag, v.data, emit_int(f->m, word, ending),
                            emit_int(f->m, word, only_length(vector->type))};
    emit_runtime_call(f, RUNTIME_OPEN_VECTOR, args, 4);
    take_items(f, node, vector, wanted);
    return true;
}

typedef struct Staying { /* items of a shell that some vector made in it has from it */
    const CoreVar *shell;
    uint64_t items;
} Staying;

static void find_staying(CoreNode **child, void *data)
{
    Staying *s = data;
    const CoreNode *node = *child;
    if (core_is_prim(node, PRIM_refill) && core_is_var(node->u.call.args[0], s->shell))
        for (int i = 0; i < s->shell->item; i++)
            if (core_is_in_shell(s->shell, node->u.call.args[i + 1], i)) s->items |= UINT64_C(1) << i;
    core_each_child(*child, find_staying, data);
}

/* What stays and is not wanted is never counted, though the types may not say so of vectors that could be shorter. */
static LLVMValueRef open_vector_shell(FunctionEmitter *f, const CoreNode *node, EmitValue v, uint64_t wanted)
{
    const CoreVar *shell = node->u.drop.shell;
    Staying made = {.shell = shell};
    CoreNode *body = node->u.drop.body;
    find_staying(&body, &made);
    ModuleEmitter *m = f->m;
    const CoreType *type = shell->whole->type;
    int64_t staying = (int64_t)(wanted | made.items | plain_items(f, type));
    LLVMValueRef args[5] = {v.tag, v.data, emit_int(m, m->i64, shell->item), emit_int(m, m->i64, staying),
                            emit_int(m, m->i64, only_length(type) == shell->item)};
    return emit_runtime_call(f, RUNTIME_OPEN_SHELL, args, 5);
}

/* The memory of the vector stays, with the fields that are kept in it. */
static void open_shell(FunctionEmitter *f, const CoreNode *node, const CoreVar *vector, EmitValue v)
{
    ModuleEmitter *m = f->m;
    const CoreVar *shell = node->u.drop.shell;
    const StructLayout *layout = emit_layout(m, vector->type);
    uint64_t wanted = wanted_items(node, vector);
    owned_remove_item(f, v.item);
    f->allocates = true;
    LLVMValueRef memory = layout ? emit_open_struct_shell(f, layout, v, wanted) : open_vector_shell(f, node, v, wanted);
    LLVMValueRef tag = emit_int(m, m->i32, layout ? RT_STRUCT : RT_VECTOR);
    LLVMValueRef data = LLVMBuildPtrToInt(m->builder, memory, m->i64, "shell");
    EmitValue *binding = emit_binding(f, shell);
    *binding = emit_uncounted(tag, data);
    OwnedItem item = {.tag = tag, .data = data, .shell_length = shell->item, .home = memory, .layout = layout};
    binding->item = owned_push(f, item);
    for (uint64_t rest = wanted; rest; rest &= rest - 1) {
        int index = __builtin_ctzll(rest);
        const EmitValue *part = take_part(f, node, find_part(node, vector, PART_ITEM, index));
        if (!part->item) continue;
        part->item->home = memory;
        part->item->layout = layout;
        part->item->home_index = index;
    }
}

/* The same tag as the old item, which a shell has there also if it is a copy. */
static bool has_tag_there(FunctionEmitter *f, const CoreType *vector, int index, EmitValue item)
{
    const CoreType *old = index < type_least_length(vector) ? type_item_at(f->arena, vector, index) : NULL;
    return type_is_one_tag(old) && type_is_immediate(old) && emit_has_tag(item, emit_only_tag(f->m, old));
}

EmitValue emit_refill(FunctionEmitter *f, const CoreNode *node, const EmitValue *values)
{
    ModuleEmitter *m = f->m;
    const CoreVar *shell = node->u.call.args[0]->u.local;
    LLVMValueRef memory = LLVMBuildIntToPtr(m->builder, values[0].data, m->ptr, "");
    if (values[0].item) owned_leave_shell(f, values[0].item->home);
    for (int i = 0; i < shell->item; i++) {
        if (core_is_in_shell(shell, node->u.call.args[i + 1], i)) continue;
        ItemPlace place = emit_value_place(m, NULL, memory, emit_int(m, m->i64, i));
        if (!has_tag_there(f, shell->whole->type, i, values[i + 1]))
            LLVMBuildStore(m->builder, LLVMBuildTrunc(m->builder, values[i + 1].tag, m->i8, ""), place.tag);
        LLVMBuildStore(m->builder, values[i + 1].data, place.data);
    }
    return emit_owned(f, values[0].tag, values[0].data);
}

/* Is its count taken from its whole, which is dropped here, or taken from one that is? */
static bool is_opened(const FunctionEmitter *f, const CoreNode *node, const CoreVar *part)
{
    for (;; part = part->whole) {
        if (part->part == PART_OTHER || !part->whole) return false;
        if (find_part(node, part->whole, (enum CorePart)part->part, part->item) != part) return false;
        for (int i = 0; i < node->u.drop.count; i++)
            if (node->u.drop.vars[i] == part->whole) {
                const EmitValue *whole = emit_binding(f, part->whole);
                return whole->item || whole->apart;
            }
    }
}

/* Nil, or a proper list of what is never counted. */
static bool is_plain_list(const CoreType *type)
{
    return type_is(type, TAG_BIT(RT_NIL) | TAG_BIT(RT_CONS)) && has_plain_car(type);
}

/* ---- small vectors of numbers ------------------------------------------------------------------------------------- */

int64_t emit_count_numbers(const CoreType *type)
{
    enum { FEW_NUMBERS = 16 };
    bool is_packed = type_is(type, TAG_BIT(RT_VECTOR)) &&
                     (type->kinds == 1u << RT_VECTOR_INTS || type->kinds == 1u << RT_VECTOR_FLOATS);
    return is_packed && type->length == type->most && type->most <= FEW_NUMBERS ? type->most : 0;
}

EmitValue emit_set_in_copy(FunctionEmitter *f, const EmitValue *values, int kind, int64_t length)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef shared = LLVMBuildIntToPtr(m->builder, values[0].data, m->ptr, "");
    LLVMValueRef args[3] = {shared, emit_int(m, m->i64, kind), emit_int(m, m->i64, length)};
    LLVMValueRef copy = emit_runtime_call(f, RUNTIME_COPY_NUMBERS, args, 3);
    LLVMValueRef item = kind == RT_VECTOR_FLOATS ? emit_double(m, values[2]) : values[2].data;
    LLVMBuildStore(m->builder, item, emit_item_place(m, NULL, copy, values[1].data, kind).data);
    return emit_owned(f, values[0].tag, LLVMBuildPtrToInt(m->builder, copy, m->i64, ""));
}

static void drop_numbers(FunctionEmitter *f, const CoreVar *var, EmitValue v)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef vector = LLVMBuildIntToPtr(m->builder, v.data, m->ptr, ""),
                 kind = emit_int(m, m->i64, __builtin_ctz(var->type->kinds)),
                 length = emit_int(m, m->i64, emit_count_numbers(var->type));
    owned_remove_item(f, v.item);
    emit_runtime_call(f, RUNTIME_DROP_NUMBERS, (LLVMValueRef[]){vector, kind, length}, 3);
}

static void drop(FunctionEmitter *f, const CoreVar *var, EmitValue v)
{
    if (v.item && emit_drop_struct(f, var->type, v)) return;
    if (v.item && emit_count_numbers(var->type)) {
        drop_numbers(f, var, v);
        return;
    }
    if (!v.item || emit_is_immediate(v) || !is_plain_list(var->type)) {
        emit_drop(f, v);
        return;
    }
    owned_remove_item(f, v.item);
    emit_runtime_call(f, RUNTIME_DROP_PLAIN, (LLVMValueRef[]){v.tag, v.data}, 2);
}

/* ---- structures that are there as their parts alone (emit_parts.c) --------------------------------------------------- */

/* What the values own goes over to the variable that goes on with them, of which there is a binding without. */
static void give_parts(FunctionEmitter *f, const EmitValue *values, const Apart *to)
{
    for (int i = 0; i < to->count; i++) {
        to->values[i].item = values[i].item;
        ARENA_PUSH(f->arena, f->kept, f->kept_count, f->kept_capacity, &to->values[i]);
    }
}

static void end_part(FunctionEmitter *f, const CoreNode *node, const Apart *apart, int index, const CoreVar *part)
{
    const EmitValue *value = &apart->values[index];
    if (part && value->item) owned_remove_item(f, value->item);
    if (part) take_part(f, node, part);
    else emit_drop(f, emit_part_of(f, apart, index));
}

/* Of the parts from this index on, which are those of the variable, or of none. */
static void end_cells(FunctionEmitter *f, const CoreNode *node, const CoreVar *var, const Apart *apart, int index)
{
    end_part(f, node, apart, index, var ? find_part(node, var, PART_CAR, 0) : NULL);
    const CoreVar *rest = var ? find_part(node, var, PART_CDR, 0) : NULL;
    if (index == apart->count - 2) end_part(f, node, apart, index + 1, rest);
    else if (rest && is_kept(node, rest)) give_parts(f, apart->values + index + 1, emit_binding(f, rest)->apart);
    else end_cells(f, node, rest, apart, index + 1);
}

static void end_parts(FunctionEmitter *f, const CoreNode *node, const CoreVar *var, const Apart *apart)
{
    if (!apart->shape->is_vector) {
        end_cells(f, node, var, apart, 0);
        return;
    }
    for (int i = 0; i < apart->count; i++) end_part(f, node, apart, i, find_part(node, var, PART_ITEM, i));
}

static void end_whole(FunctionEmitter *f, const CoreNode *node, const CoreVar *var)
{
    EmitValue v = *emit_binding(f, var);
    if (v.apart) {
        end_parts(f, node, var, v.apart);
        return;
    }
    if (var->is_in_frame) {
        emit_end_frame_pair(f, v);
        return;
    }
    bool has_shell = node->u.drop.shell && node->u.drop.shell->whole == var;
    if (v.item && has_shell) open_shell(f, node, var, v);
    else if (!v.item || !(open_pair(f, node, var, v) || open_vector(f, node, var, v))) drop(f, var, v);
}

static void keep(FunctionEmitter *f, EmitValue *binding)
{
    for (int i = 0; binding->apart && i < binding->apart->count; i++) keep(f, &binding->apart->values[i]);
    if (binding->apart) return;
    emit_dup(f, *binding);
    emit_become_owned(f, binding);
}

void emit_drops(FunctionEmitter *f, const CoreNode *node)
{
    for (int i = 0; i < node->u.drop.kept_count; i++) {
        if (is_opened(f, node, node->u.drop.kept[i])) continue;
        keep(f, emit_binding(f, node->u.drop.kept[i]));
    }
    for (int i = 0; i < node->u.drop.count; i++) end_whole(f, node, node->u.drop.vars[i]);
}

static LLVMValueRef cell_field(ModuleEmitter *m, LLVMValueRef cell, int64_t offset)
{
    LLVMValueRef index = emit_int(m, m->i64, offset);
    return LLVMBuildInBoundsGEP2(m->builder, m->i8, cell, &index, 1, "");
}

/* A half of a pair, not counted. */
EmitValue emit_half(FunctionEmitter *f, const CoreNode *node, EmitValue pair, bool is_car)
{
    ModuleEmitter *m = f->m;
    LLVMValueRef cell = LLVMBuildIntToPtr(m->builder, pair.data, m->ptr, ""), tag;
    if (type_is_one_tag(node->type)) {
        tag = emit_int(m, m->i32, emit_only_tag(m, node->type));
    } else {
        LLVMValueRef place = cell_field(m, cell, is_car ? offsetof(RtCons, car_tag) : offsetof(RtCons, cdr_tag));
        tag = LLVMBuildZExt(m->builder, LLVMBuildLoad2(m->builder, m->i8, place, ""), m->i32, "tag");
    }
    LLVMValueRef place = cell_field(m, cell, is_car ? offsetof(RtCons, car) : offsetof(RtCons, cdr));
    return emit_uncounted(tag, LLVMBuildLoad2(m->builder, m->i64, place, ""));
}

bool emit_take_cdr(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result)
{
    const CoreType *pair = node->u.call.args[0]->type;
    if (!type_is(pair, TAG_BIT(RT_CONS)) || !has_plain_car(pair)) return false;
    ModuleEmitter *m = f->m;
    EmitValue cdr = emit_half(f, node, values[0], false);
    emit_runtime_call(f, RUNTIME_OPEN_BOTH, (LLVMValueRef[]){emit_int(m, m->i32, RT_CONS), values[0].data}, 2);
    *result = emit_owned(f, cdr.tag, cdr.data);
    return true;
}

/* ---- the other direction ----------------------------------------------------------------------------------------- */

/* The only way in which vectors of the type are stored; -1: there are several.  Empty ones may be stored in any: this one is freed
 * soonest. */
static int kind_of(const CoreType *type, int count)
{
    if (count == 0) return RT_VECTOR_INTS;
    bool is_one = type && type->kinds && !(type->kinds & (type->kinds - 1));
    return is_one ? __builtin_ctz(type->kinds) : -1;
}

/* A new vector of these items, stored in that way. */
static LLVMValueRef make_short_vector(FunctionEmitter *f, const EmitValue *values, int count, int kind)
{
    ModuleEmitter *m = f->m;
    f->allocates = true;
    LLVMValueRef args[2] = {emit_int(m, m->i64, kind), emit_int(m, m->i64, count)};
    LLVMValueRef vector = emit_runtime_call(f, RUNTIME_SHORT_VECTOR, args, 2);
    for (int i = 0; i < count; i++) {
        /* The stores have no type: the memory was another object's, of which reads may be under way. */
        ItemPlace place = emit_item_place(m, NULL, vector, emit_int(m, m->i64, i), kind);
        if (place.tag) LLVMBuildStore(m->builder, LLVMBuildTrunc(m->builder, values[i].tag, m->i8, ""), place.tag);
        LLVMBuildStore(m->builder, kind == RT_VECTOR_FLOATS ? emit_double(m, values[i]) : values[i].data, place.data);
    }
    return LLVMBuildPtrToInt(m->builder, vector, m->i64, "");
}

/* Are all items ints, or all floats?  Then they are packed. */
static LLVMValueRef are_packed(ModuleEmitter *m, const EmitValue *values, int count)
{
    LLVMBuilderRef b = m->builder;
    LLVMValueRef differ = emit_int(m, m->i32, 0), one = emit_int(m, m->i32, 1);
    for (int i = 1; i < count; i++)
        differ = LLVMBuildOr(b, differ, LLVMBuildXor(b, values[i].tag, values[0].tag, ""), "");
    _Static_assert((RT_INT | 1) == RT_FLOAT && (RT_FLOAT | 1) == RT_FLOAT, "one test for both");
    LLVMValueRef is_number =
        LLVMBuildICmp(b, LLVMIntEQ, LLVMBuildOr(b, values[0].tag, one, ""), emit_int(m, m->i32, RT_FLOAT), "");
    return LLVMBuildAnd(b, is_number, LLVMBuildICmp(b, LLVMIntEQ, differ, emit_int(m, m->i32, 0), ""), "packed");
}

/* A record, most likely, whose items could all be numbers: then the runtime makes it. */
static LLVMValueRef make_record(FunctionEmitter *f, const EmitValue *values, int count)
{
    ModuleEmitter *m = f->m;
    LLVMBasicBlockRef packed = emit_block(f, "packed"), record = emit_block(f, "record"), made = emit_block(f, "made");
    LLVMBuildCondBr(m->builder, are_packed(m, values, count), packed, record);
    LLVMPositionBuilderAtEnd(m->builder, packed);
    EmitValue vector = emit_prim_call(f, PRIM_vector, values, count, NULL);
    owned_remove(f, &vector, 1);
    LLVMBuildBr(m->builder, made);
    packed = LLVMGetInsertBlock(m->builder);
    LLVMPositionBuilderAtEnd(m->builder, record);
    LLVMValueRef results[2] = {vector.data, make_short_vector(f, values, count, RT_VECTOR_VALUES)};
    LLVMBasicBlockRef blocks[2] = {packed, LLVMGetInsertBlock(m->builder)};
    LLVMBuildBr(m->builder, made);
    LLVMPositionBuilderAtEnd(m->builder, made);
    LLVMValueRef phi = LLVMBuildPhi(m->builder, m->i64, "vector");
    LLVMAddIncoming(phi, results, blocks, 2);
    return phi;
}

bool emit_short_vector(FunctionEmitter *f, const CoreNode *node, const EmitValue *values, EmitValue *result)
{
    enum { SHORT = 12 };
    int count = node->u.call.count, kind = kind_of(node->type, count);
    LLVMValueRef vector;
    if (kind >= 0 && count <= SHORT) vector = make_short_vector(f, values, count, kind);
    else if (kind < 0 && count <= RT_NEAR_TAGS && !f->is_compact) vector = make_record(f, values, count);
    else return false;
    *result = emit_owned(f, emit_int(f->m, f->m->i32, RT_VECTOR), vector);
    return true;
}
