/* Literals.  In process they are what the reader made: the constant is its address.  Otherwise each becomes a static
 * object of the module, laid out as value.h says, immortal, never built at start.
 *
 * Input: immortal values.  Output: constants.  An object gets its global when it is first named and its content when
 * all code is emitted, from a worklist, so that depth and length cost no stack.  A list is one array of cells.
 *
 * Only maps and sets are built when the program starts: their layout (a hash table, whose order depends on contents)
 * is the runtime's own.  `build_literals` makes them in an order in which what a map contains comes first, and stores
 * their addresses where other literals refer to them.  A table of their own for each would be faster; they are rare.
 */
#include "emit_internal.h"

#include "collection.h"
#include <llvm-c/Comdat.h>
#include <stdlib.h>

typedef struct Object { /* its content is still to be written */
    RtValue value;
    LLVMValueRef global;
    int64_t cells; /* cons: length of the array */
} Object;

typedef struct Patch { /* 64-bit word at byte `offset` of `global` refers to a map or set */
    LLVMValueRef global;
    uint64_t offset;
} Patch;

typedef struct Collection { /* map or set */
    RtValue value;
    LLVMValueRef slot; /* global i64: its address once it is built */
    Patch *patches;
    int patch_count, patch_capacity;
} Collection;

struct LiteralTable {
    PointerMap *addresses; /* object: constant pointer to its static twin */
    PointerMap *collections; /* object: Collection */
    PointerMap *builtins; /* closure object of this process: PrimInfo */
    Object *queue;
    int queue_count, queue_capacity;
    Collection **found; /* in the order they were met */
    int found_count, found_capacity;
    LLVMValueRef
        *entries; /* what stays although nothing names it: pointers to interned symbols and to what must be linked */
    int entry_count, entry_capacity;
    LLVMTypeRef cons_type, integer_type;
    bool
        is_complete; /* functions of both halves are being emitted: neither may name what the other one does not know */
};

LiteralTable *literals_new(ModuleEmitter *m)
{
    LiteralTable *t = arena_alloc(m->arena, sizeof *t);
    t->addresses = pointer_map_new();
    t->collections = pointer_map_new();
    t->builtins = pointer_map_new();
    for (int i = 0; i < PRIMITIVE_COUNT; i++)
        pointer_map_set(t->builtins, primitives[i].closure, (void *)(uintptr_t)&primitives[i]);
    LLVMTypeRef cons[] = {m->i32, m->i8, m->i8, m->i16, m->i64, m->i64};
    t->cons_type = LLVMStructTypeInContext(m->context, cons, 6, false);
    t->integer_type =
        LLVMStructTypeInContext(m->context, (LLVMTypeRef[]){m->i32, m->i32, m->ptr}, 3, false); /* mpz_t */
    return t;
}

void literals_free(LiteralTable *t)
{
    pointer_map_free(t->addresses);
    pointer_map_free(t->collections);
    pointer_map_free(t->builtins);
}

static bool is_collection(RtValue v)
{
    return v.tag == RT_MAP || v.tag == RT_SET || v.tag == RT_PMAP || v.tag == RT_PSET;
}

/* ---- naming objects -------------------------------------------------------------------------------------------- */

static LLVMTypeRef struct_type(ModuleEmitter *m, LLVMTypeRef *fields, unsigned count)
{
    return LLVMStructTypeInContext(m->context, fields, count, false);
}

/* The static twin has no more room than its length needs. */
static size_t twin_capacity(const RtVector *vector) { return (size_t)rt_round_capacity(vector->length); }

static uint64_t far_tags(const RtVector *vector)
{
    return vector->length > RT_NEAR_TAGS ? (uint64_t)(vector->length - RT_NEAR_TAGS) : 0;
}

static LLVMTypeRef vector_type(ModuleEmitter *m, const RtVector *vector)
{
    LLVMTypeRef items = LLVMArrayType2(vector->kind == RT_VECTOR_BOOLS ? m->i8 : m->i64, twin_capacity(vector));
    if (vector->kind != RT_VECTOR_VALUES) return struct_type(m, (LLVMTypeRef[]){m->i32, m->i32, m->i64, items}, 4);
    LLVMTypeRef near = LLVMArrayType2(m->i8, RT_NEAR_TAGS), far = LLVMArrayType2(m->i8, far_tags(vector));
    return struct_type(m, (LLVMTypeRef[]){m->i32, m->i32, m->i64, near, items, far}, 6);
}

/* Behind the header of a string's static twin. */
static size_t twin_bytes(const RtString *s)
{
    return rt_string_size_bytes(rt_round_capacity(s->size_bytes)) - offsetof(RtString, bytes);
}

/* The LLVM type of the static object; every one is a plain struct with C's layout. */
static LLVMTypeRef object_type(ModuleEmitter *m, RtValue v)
{
    LLVMTypeRef i32 = m->i32, i64 = m->i64, ptr = m->ptr, integer = m->literals->integer_type;
    switch (v.tag) {
    case RT_SYMBOL: {
        LLVMTypeRef name = LLVMArrayType2(m->i8, (uint64_t)rt_as_symbol(v)->size_bytes + 1);
        return struct_type(m, (LLVMTypeRef[]){i32, i32, i32, i32, ptr, name}, 6);
    }
    case RT_STRING: {
        LLVMTypeRef bytes = LLVMArrayType2(m->i8, twin_bytes(rt_as_string(v)));
        return struct_type(m, (LLVMTypeRef[]){i32, i32, i64, bytes}, 4);
    }
    case RT_VECTOR:
    case RT_PVEC: return vector_type(m, rt_as_vector(v));
    case RT_BIGINT: return struct_type(m, (LLVMTypeRef[]){i32, i32, integer}, 3);
    case RT_RATIO: return struct_type(m, (LLVMTypeRef[]){i32, i32, integer, integer}, 4);
    case RT_MACRO: return struct_type(m, (LLVMTypeRef[]){i32, i32, ptr}, 3);
    default: rt_internal_error("emit: a value that cannot be a literal");
    }
}

static void check_open(const LiteralTable *t)
{
    if (t->is_complete) rt_internal_error("emit: a literal of one half only");
}

static LLVMValueRef add_object(ModuleEmitter *m, RtValue v, LLVMTypeRef type, const char *name, int64_t cells)
{
    LiteralTable *t = m->literals;
    check_open(t);
    LLVMValueRef global = LLVMAddGlobal(m->module, type, name);
    LLVMSetLinkage(global, LLVMInternalLinkage);
    LLVMSetAlignment(global, 8);
    Object object = {v, global, cells};
    ARENA_PUSH(m->arena, t->queue, t->queue_count, t->queue_capacity, object);
    return global;
}

/* All cells from this one up to the end, or to one that has its place already, become one array. */
static LLVMValueRef add_list(ModuleEmitter *m, RtValue list)
{
    LiteralTable *t = m->literals;
    int64_t length = 0;
    for (RtValue v = list; v.tag == RT_CONS && !pointer_map_find(t->addresses, rt_object(v));
         v = rt_cdr_of(rt_as_cons(v)))
        length++;
    LLVMValueRef global = add_object(m, list, LLVMArrayType2(t->cons_type, (uint64_t)length), "list", length);
    RtValue v = list;
    for (int64_t i = 0; i < length; i++) {
        LLVMValueRef offset = emit_int(m, m->i64, i * (int64_t)sizeof(RtCons));
        pointer_map_set(t->addresses, rt_object(v), LLVMConstInBoundsGEP2(m->i8, global, &offset, 1));
        v = rt_cdr_of(rt_as_cons(v));
    }
    return global;
}

static const char *object_name(ModuleEmitter *m, RtValue v)
{
    switch (v.tag) {
    case RT_SYMBOL: return arena_format(m->arena, "symbol.%s", rt_as_symbol(v)->name);
    case RT_STRING: return "string";
    case RT_VECTOR:
    case RT_PVEC: return "vector";
    default: return "literal";
    }
}

/* Constant pointer to the static twin of the object. */
static LLVMValueRef object_address(ModuleEmitter *m, RtValue v)
{
    LiteralTable *t = m->literals;
    const PrimInfo *builtin = v.tag == RT_CLOSURE ? pointer_map_find(t->builtins, rt_object(v)) : NULL;
    if (builtin) return emit_external_global(m, arena_format(m->arena, "rt_builtin_%s", builtin->id), m->closure_type);
    LLVMValueRef address = pointer_map_find(t->addresses, rt_object(v));
    if (address) return address;
    if (v.tag == RT_CONS) return add_list(m, v);
    address = add_object(m, v, object_type(m, v), object_name(m, v), 0);
    bool is_shared = m->program->unit && v.tag == RT_SYMBOL && rt_as_symbol(v)->interned;
    if (is_shared) emit_share(m, address, "symbol", rt_as_symbol(v)->name);
    pointer_map_set(t->addresses, rt_object(v), address);
    return address;
}

static Collection *collection_of(ModuleEmitter *m, RtValue v)
{
    LiteralTable *t = m->literals;
    Collection *c = pointer_map_find(t->collections, rt_object(v));
    if (c) return c;
    check_open(t);
    c = arena_alloc(m->arena, sizeof *c);
    c->value = v;
    c->slot = LLVMAddGlobal(m->module, m->i64, "collection");
    LLVMSetLinkage(c->slot, LLVMInternalLinkage);
    LLVMSetInitializer(c->slot, emit_int(m, m->i64, 0));
    pointer_map_set(t->collections, rt_object(v), c);
    ARENA_PUSH(m->arena, t->found, t->found_count, t->found_capacity, c);
    return c;
}

LLVMValueRef emit_literal_data(ModuleEmitter *m, RtValue v)
{
    if (!rt_is_heap(v) || v.tag == RT_UNBOUND || m->options->in_process) return emit_int(m, m->i64, v.data);
    return LLVMConstPtrToInt(object_address(m, v), m->i64);
}

EmitValue emit_literal(ModuleEmitter *m, RtValue v)
{
    LLVMValueRef data = is_collection(v) && !m->options->in_process
                            ? LLVMBuildLoad2(m->builder, m->i64, collection_of(m, v)->slot, "")
                            : emit_literal_data(m, v);
    return emit_uncounted(emit_int(m, m->i32, v.tag), data);
}

void emit_literal_declare(ModuleEmitter *m, RtValue v)
{
    if (is_collection(v) && !m->options->in_process) collection_of(m, v);
    else emit_literal_data(m, v);
}

void literals_are_declared(ModuleEmitter *m, bool second)
{
    m->literals->is_complete = true;
    if (second) m->literals->queue_count = m->literals->found_count = 0;
}

/* ---- contents -------------------------------------------------------------------------------------------------- */

/* Data word of a value inside a static object, at a byte offset of its global. */
static LLVMValueRef child_data(ModuleEmitter *m, LLVMValueRef global, uint64_t offset, RtValue child)
{
    if (!is_collection(child)) return emit_literal_data(m, child);
    Collection *c = collection_of(m, child);
    Patch patch = {global, offset};
    ARENA_PUSH(m->arena, c->patches, c->patch_count, c->patch_capacity, patch);
    LLVMSetGlobalConstant(global, false);
    return emit_int(m, m->i64, 0);
}

_Static_assert(offsetof(RtCons, car_tag) == 4 && offsetof(RtCons, cdr_tag) == 5 && offsetof(RtCons, car) == 8 &&
                   offsetof(RtCons, cdr) == 16 && sizeof(RtCons) == 24,
               "cons_type mirrors RtCons");

static LLVMValueRef list_content(ModuleEmitter *m, const Object *o)
{
    LiteralTable *t = m->literals;
    LLVMValueRef *cells = malloc((size_t)o->cells * sizeof *cells);
    if (!cells) rt_out_of_memory();
    RtValue v = o->value;
    for (int64_t i = 0; i < o->cells; i++) {
        RtValue car = rt_car_of(rt_as_cons(v)), cdr = rt_cdr_of(rt_as_cons(v));
        uint64_t offset = (uint64_t)i * sizeof(RtCons);
        LLVMValueRef fields[] = {
            emit_int(m, m->i32, RT_IMMORTAL),
            emit_int(m, m->i8, (int8_t)car.tag),
            emit_int(m, m->i8, (int8_t)cdr.tag),
            emit_int(m, m->i16, 0),
            child_data(m, o->global, offset + offsetof(RtCons, car), car),
            child_data(m, o->global, offset + offsetof(RtCons, cdr), cdr),
        };
        cells[i] = LLVMConstStructInContext(m->context, fields, 6, false);
        v = cdr;
    }
    LLVMValueRef content = LLVMConstArray2(t->cons_type, cells, (uint64_t)o->cells);
    free(cells);
    return content;
}

_Static_assert(offsetof(RtVector, items.ints) == 16 && offsetof(RtVector, items.values.tags) == 16 &&
                   offsetof(RtVector, items.values.data) == 16 + RT_NEAR_TAGS,
               "vector_type mirrors RtVector");

static LLVMValueRef item_content(ModuleEmitter *m, const Object *o, int64_t index)
{
    const RtVector *v = rt_as_vector(o->value);
    bool is_room = index >= v->length;
    if (v->kind == RT_VECTOR_BOOLS) return emit_int(m, m->i8, is_room ? 0 : v->items.bools[index]);
    if (is_room) return emit_int(m, m->i64, 0);
    if (v->kind != RT_VECTOR_VALUES) return emit_int(m, m->i64, v->items.ints[index]); /* the bits of any number */
    uint64_t offset = offsetof(RtVector, items.values.data) + (uint64_t)index * sizeof(int64_t);
    return child_data(m, o->global, offset, rt_vector_value(v, index));
}

static LLVMValueRef vector_content(ModuleEmitter *m, const Object *o)
{
    const RtVector *v = rt_as_vector(o->value);
    bool is_of_values = v->kind == RT_VECTOR_VALUES;
    size_t capacity = twin_capacity(v);
    LLVMValueRef *items = malloc((capacity + 1) * sizeof *items);
    char *tags = calloc((size_t)v->length + RT_NEAR_TAGS, 1);
    if (!items || !tags) rt_out_of_memory();
    for (size_t i = 0; i < capacity; i++) items[i] = item_content(m, o, (int64_t)i);
    for (int64_t i = 0; is_of_values && i < v->length; i++) tags[i] = (char)rt_vector_value(v, i).tag;
    LLVMValueRef all = LLVMConstArray2(v->kind == RT_VECTOR_BOOLS ? m->i8 : m->i64, items, capacity);
    LLVMValueRef near = LLVMConstStringInContext2(m->context, tags, RT_NEAR_TAGS, true);
    LLVMValueRef far = LLVMConstStringInContext2(m->context, tags + RT_NEAR_TAGS, far_tags(v), true);
    free(items);
    free(tags);
    LLVMValueRef fields[] = {emit_int(m, m->i32, RT_IMMORTAL),
                             emit_int(m, m->i32, rt_vector_info(v->kind, (int64_t)capacity)),
                             emit_int(m, m->i64, v->length),
                             is_of_values ? near : all,
                             all,
                             far};
    return LLVMConstStructInContext(m->context, fields, is_of_values ? 6 : 4, false);
}

_Static_assert(offsetof(RtString, bytes) == 16 && offsetof(RtSymbol, name) == 24,
               "object_type mirrors RtString, RtSymbol");

static LLVMValueRef string_content(ModuleEmitter *m, RtValue v)
{
    const RtString *s = rt_as_string(v);
    size_t size = twin_bytes(s);
    RtString *twin = arena_alloc(m->arena, offsetof(RtString, bytes) + size);
    rt_string_init(twin, s->size_bytes, rt_round_capacity(s->size_bytes));
    rt_string_set_code_points(twin, rt_string_code_points(s));
    memcpy(twin->bytes, s->bytes, (size_t)s->size_bytes);
    uint64_t sizes;
    memcpy(&sizes, (const char *)twin + offsetof(RtString, hash) + sizeof twin->hash, sizeof sizes);
    LLVMValueRef fields[] = {emit_int(m, m->i32, RT_IMMORTAL), emit_int(m, m->i32, 0),
                             emit_int(m, m->i64, (int64_t)sizes),
                             LLVMConstStringInContext2(m->context, twin->bytes, size, true)};
    return LLVMConstStructInContext(m->context, fields, 4, false);
}

/* An interned symbol is also listed in a section that the runtime reads before it interns a name for the first time. */
static LLVMValueRef symbol_content(ModuleEmitter *m, const Object *o)
{
    LiteralTable *t = m->literals;
    RtSymbol *s = rt_as_symbol(o->value);
    LLVMValueRef fields[] = {emit_int(m, m->i32, RT_IMMORTAL),
                             emit_int(m, m->i32, s->hash),
                             emit_int(m, m->i32, s->size_bytes),
                             emit_int(m, m->i32, s->interned),
                             LLVMConstNull(m->ptr),
                             LLVMConstStringInContext2(m->context, s->name, s->size_bytes, false)};
    if (s->interned) {
        LLVMValueRef entry = emit_private_constant(m, o->global, "symbol_entry");
        LLVMSetGlobalConstant(entry, false); /* the section is writable in every object */
        LLVMSetSection(entry, "consair_symbols");
        LLVMSetAlignment(entry, 8);
        if (LLVMGetComdat(o->global)) LLVMSetComdat(entry, LLVMGetComdat(o->global)); /* only the symbol that is kept */
        ARENA_PUSH(m->arena, t->entries, t->entry_count, t->entry_capacity, entry);
    }
    return LLVMConstStructInContext(m->context, fields, 6, false);
}

_Static_assert(sizeof(mpz_t) == 16 && sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0, "integer_type mirrors mpz_t");

static LLVMValueRef integer_content(ModuleEmitter *m, const mpz_t z)
{
    size_t count = mpz_size(z);
    LLVMValueRef *limbs = arena_alloc(m->arena, (count + 1) * sizeof *limbs);
    for (size_t i = 0; i < count; i++) limbs[i] = emit_int(m, m->i64, (int64_t)mpz_getlimbn(z, (mp_size_t)i));
    LLVMValueRef array = emit_private_constant(m, LLVMConstArray2(m->i64, limbs, count), "limbs");
    LLVMValueRef fields[] = {emit_int(m, m->i32, (int64_t)count), emit_int(m, m->i32, z->_mp_size), array};
    return LLVMConstStructInContext(m->context, fields, 3, false);
}

static LLVMValueRef number_content(ModuleEmitter *m, RtValue v)
{
    LLVMValueRef fields[4] = {emit_int(m, m->i32, RT_IMMORTAL), emit_int(m, m->i32, 0)};
    if (v.tag == RT_BIGINT) m->has_bigint = true;
    else m->has_ratio = true;
    if (v.tag == RT_BIGINT) {
        fields[2] = integer_content(m, rt_as_bigint(v)->z);
    } else {
        fields[2] = integer_content(m, mpq_numref(rt_as_ratio(v)->q));
        fields[3] = integer_content(m, mpq_denref(rt_as_ratio(v)->q));
    }
    return LLVMConstStructInContext(m->context, fields, v.tag == RT_BIGINT ? 3 : 4, false);
}

/* Only strings (their hash) and symbols (hash and chain) are ever written to; the optimiser may look into the
 * others. */
static void write_content(ModuleEmitter *m, const Object *o)
{
    LLVMSetGlobalConstant(o->global, o->value.tag != RT_STRING && o->value.tag != RT_SYMBOL);
    LLVMValueRef content;
    switch (o->value.tag) {
    case RT_CONS: content = list_content(m, o); break;
    case RT_SYMBOL: content = symbol_content(m, o); break;
    case RT_STRING: content = string_content(m, o->value); break;
    case RT_MACRO: {
        LLVMValueRef name = emit_text(m, ((RtMacro *)rt_object(o->value))->name);
        LLVMValueRef fields[] = {emit_int(m, m->i32, RT_IMMORTAL), emit_int(m, m->i32, 0), name};
        content = LLVMConstStructInContext(m->context, fields, 3, false);
        break;
    }
    case RT_VECTOR:
    case RT_PVEC: content = vector_content(m, o); break;
    default: content = number_content(m, o->value); break;
    }
    LLVMSetInitializer(o->global, content);
}

/* ---- maps and sets --------------------------------------------------------------------------------------------- */

/* The keys and values, or elements, borrowed; malloc'd. */
static RtValue *collection_entries(RtValue v, int64_t *count)
{
    if (!rt_collection_entries_borrow) rt_internal_error("emit: maps and sets are not in this build");
    *count = rt_collection_entries_borrow(v, NULL);
    RtValue *entries = malloc(((size_t)*count + 1) * sizeof *entries);
    if (!entries) rt_out_of_memory();
    rt_collection_entries_borrow(v, entries);
    return entries;
}

typedef struct Visit {
    RtValue value;
    bool is_exit; /* everything in the collection is built: build it */
} Visit;

typedef struct Walk {
    Visit *stack;
    int count, capacity;
    PointerMap *visited;
    FunctionEmitter *f; /* of build_literals */
} Walk;

static void walk_push(Walk *w, RtValue v, bool is_exit)
{
    Visit visit = {v, is_exit};
    if (rt_is_heap(v)) ARENA_PUSH(w->f->arena, w->stack, w->count, w->capacity, visit);
}

static void walk_push_children(Walk *w, RtValue v)
{
    if (v.tag == RT_CONS) {
        walk_push(w, rt_cdr_of(rt_as_cons(v)), false);
        walk_push(w, rt_car_of(rt_as_cons(v)), false);
    } else if ((v.tag == RT_VECTOR || v.tag == RT_PVEC) && rt_as_vector(v)->kind == RT_VECTOR_VALUES) {
        for (int64_t i = 0; i < rt_as_vector(v)->length; i++) walk_push(w, rt_vector_value(rt_as_vector(v), i), false);
    } else if (is_collection(v)) {
        int64_t count;
        RtValue *entries = collection_entries(v, &count);
        walk_push(w, v, true);
        for (int64_t i = 0; i < count; i++) walk_push(w, entries[i], false);
        free(entries);
    }
}

/* Calls the constructor and stores the address wherever it is wanted. */
static void emit_build(FunctionEmitter *f, Collection *c)
{
    ModuleEmitter *m = f->m;
    int64_t count;
    RtValue *entries = collection_entries(c->value, &count);
    EmitValue *values = arena_alloc(f->arena, ((size_t)count + 1) * sizeof *values);
    for (int64_t i = 0; i < count; i++) values[i] = emit_literal(m, entries[i]);
    free(entries);
    int constructor = c->value.tag == RT_MAP    ? PRIM_hash_map
                      : c->value.tag == RT_SET  ? PRIM_hash_set
                      : c->value.tag == RT_PMAP ? PRIM_pmap
                                                : PRIM_pset;
    EmitValue built = emit_prim_values(f, constructor, values, (int)count, NULL);
    owned_remove(f, &built, 1);
    emit_runtime_call(f, RUNTIME_MAKE_IMMORTAL, (LLVMValueRef[]){built.tag, built.data}, 2);
    LLVMBuildStore(m->builder, built.data, c->slot);
    for (int i = 0; i < c->patch_count; i++) {
        LLVMValueRef offset = emit_int(m, m->i64, (int64_t)c->patches[i].offset);
        LLVMBuildStore(m->builder, built.data, LLVMConstInBoundsGEP2(m->i8, c->patches[i].global, &offset, 1));
    }
}

/* Depth first, so that a collection comes after those inside it, which may be keys. */
static void emit_build_all(FunctionEmitter *f)
{
    LiteralTable *t = f->m->literals;
    Walk w = {.visited = pointer_map_new(), .f = f};
    for (int i = 0; i < t->found_count; i++) {
        walk_push(&w, t->found[i]->value, false);
        while (w.count) {
            Visit visit = w.stack[--w.count];
            if (visit.is_exit) {
                emit_build(f, pointer_map_find(t->collections, rt_object(visit.value)));
            } else if (!pointer_map_find(w.visited, rt_object(visit.value))) {
                pointer_map_set(w.visited, rt_object(visit.value), t);
                walk_push_children(&w, visit.value);
            }
        }
    }
    pointer_map_free(w.visited);
}

static LLVMValueRef emit_build_function(ModuleEmitter *m)
{
    FunctionEmitter f = {
        .m = m, .function = emit_function_new(m, emit_signature(m, "n"), "build_literals", CC_C), .arena = arena_new()};
    owned_init(&f);
    f.entry = emit_block(&f, "entry");
    LLVMBasicBlockRef body = emit_block(&f, "body");
    LLVMPositionBuilderAtEnd(m->builder, body);
    emit_build_all(&f);
    LLVMBuildRetVoid(m->builder);
    emit_finish_entry(&f, body, NULL);
    arena_free(f.arena);
    return f.function;
}

/* ---- the end --------------------------------------------------------------------------------------------------- */

/* Writes contents until nothing new is named, neither by an object nor by an entry of a collection. */
static void write_all(ModuleEmitter *m)
{
    LiteralTable *t = m->literals;
    for (int next_object = 0, next_collection = 0; next_object < t->queue_count || next_collection < t->found_count;) {
        while (next_object < t->queue_count) {
            Object object = t->queue[next_object++];
            write_content(m, &object);
        }
        if (next_collection == t->found_count) continue;
        int64_t count;
        RtValue *entries = collection_entries(t->found[next_collection++]->value, &count);
        for (int64_t i = 0; i < count; i++) {
            if (is_collection(entries[i])) collection_of(m, entries[i]);
            else emit_literal_data(m, entries[i]);
        }
        free(entries);
    }
}

void emit_end_of_structs(ModuleEmitter *m)
{
    static const char name[] = "end.of.structs";
    LiteralTable *t = m->literals;
    if (m->options->in_process || LLVMGetNamedGlobal(m->module, name)) return;
    LLVMValueRef entry = emit_private_constant(m, emit_runtime_function(m, RUNTIME_FREE_STRUCT), name);
    ARENA_PUSH(m->arena, t->entries, t->entry_count, t->entry_capacity, entry);
}

/* The linker must keep the section although nothing names its words: llvm.used gives it the flag for that. */
static void keep_entries(ModuleEmitter *m)
{
    LiteralTable *t = m->literals;
    if (!t->entry_count) return;
    LLVMValueRef array = LLVMConstArray2(m->ptr, t->entries, (uint64_t)t->entry_count);
    LLVMValueRef used = LLVMAddGlobal(m->module, LLVMTypeOf(array), "llvm.used");
    LLVMSetInitializer(used, array);
    LLVMSetLinkage(used, LLVMAppendingLinkage);
    LLVMSetSection(used, "llvm.metadata");
}

LLVMValueRef literals_finish(ModuleEmitter *m)
{
    m->literals->is_complete = false;
    write_all(m);
    LLVMValueRef build = m->literals->found_count ? emit_build_function(m) : NULL;
    keep_entries(m);
    return build;
}
