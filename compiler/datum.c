/* Data as the front end handles them: building lists, walking collections, literals that are not evaluated yet,
 * constants.
 *
 * All walks are iterative, with their own stacks: data may be nested 10^6 deep. datum_unmark turns the marked lists
 * that stand for map, set and persistent literals (frontend.h) into collections, for quote and for the operands of
 * macros.
 */
#include "frontend.h"

#include <stdlib.h>

RtCons *list_builder_add(ListBuilder *b, RtValue owned)
{
    RtValue value = rt_cons(owned, rt_nil());
    RtCons *cell = rt_as_cons(value);
    if (b->last) {
        b->last->cdr_tag = RT_CONS;
        b->last->cdr = value.data;
    } else {
        b->head = value;
    }
    b->last = cell;
    return cell;
}

RtValue vector_item(RtVector *v, int64_t index) { return rt_vector_item_borrow(v, index); }

bool list_length(RtValue list, int64_t *length)
{
    *length = 0;
    for (; list.tag == RT_CONS; list = list_rest(list)) ++*length;
    return list.tag == RT_NIL;
}

int64_t collection_to_array(Compiler *c, RtValue collection, RtValue **items)
{
    bool has_pairs = collection.tag == RT_MAP || collection.tag == RT_PMAP;
    RtValue list = compiler_root(c, rt_seq(collection, NULL));
    int64_t count;
    list_length(list, &count);
    if (has_pairs) count *= 2;
    *items = arena_alloc(c->arena, (size_t)(count + 1) * sizeof **items);
    int64_t i = 0;
    for (; list.tag == RT_CONS; list = list_rest(list)) {
        if (has_pairs) {
            RtVector *pair = rt_as_vector(list_first(list));
            (*items)[i++] = vector_item(pair, 0);
            (*items)[i++] = vector_item(pair, 1);
        } else {
            (*items)[i++] = list_first(list);
        }
    }
    return count;
}

bool literal_kind(Compiler *c, RtValue v, enum Literal *kind)
{
    if (v.tag != RT_CONS || !c->has_literals) return false;
    RtValue head = list_first(v);
    if (head.tag != RT_SYMBOL || rt_as_symbol(head)->interned) return false;
    for (int i = 0; i < LITERAL_COUNT; i++) {
        if (!same_object(head, c->symbols.markers[i])) continue;
        *kind = (enum Literal)i;
        return true;
    }
    return false;
}

int literal_primitive(enum Literal kind)
{
    static const int primitives_of[LITERAL_COUNT] = {[LITERAL_MAP] = PRIM_hash_map,
                                                     [LITERAL_SET] = PRIM_hash_set,
                                                     [LITERAL_PVEC] = PRIM_pvec,
                                                     [LITERAL_PMAP] = PRIM_pmap,
                                                     [LITERAL_PSET] = PRIM_pset};
    return primitives_of[kind];
}

/* ---- what is inside ---- */

typedef struct Scan {
    RtValue *stack;
    size_t depth, capacity;
    PointerMap *shared; /* objects with several owners that were seen: shared parts are walked once */
    bool has_marker, has_foreign;
} Scan;

static void scan_push(Scan *s, RtValue v)
{
    if (!rt_is_heap(v) || v.tag == RT_STRING || v.tag == RT_BIGINT || v.tag == RT_RATIO || v.tag == RT_MACRO) return;
    RtObject *object = rt_object(v);
    if (*rt_count_of(object) != 1 && v.tag != RT_SYMBOL) {
        if (pointer_map_find(s->shared, object)) return;
        pointer_map_set(s->shared, object, object);
    }
    if (s->depth == s->capacity) {
        s->capacity = s->capacity ? 2 * s->capacity : 64;
        s->stack = realloc(s->stack, s->capacity * sizeof *s->stack);
        if (!s->stack) rt_out_of_memory();
    }
    s->stack[s->depth++] = v;
}

static void scan_one(Compiler *c, Scan *s, RtValue v)
{
    if (v.tag == RT_CONS) {
        scan_push(s, list_rest(v));
        scan_push(s, list_first(v));
    } else if (v.tag == RT_VECTOR) {
        RtVector *vector = rt_as_vector(v);
        for (int64_t i = 0; vector->kind == RT_VECTOR_VALUES && i < vector->length; i++)
            scan_push(s, rt_vector_value(vector, i));
    } else if (v.tag == RT_SYMBOL) {
        if (!rt_as_symbol(v)->interned)
            for (int i = 0; i < LITERAL_COUNT; i++) s->has_marker |= same_object(v, c->symbols.markers[i]);
    } else if (v.tag >= RT_MAP && v.tag <= RT_PSET) {
        RtValue *items;
        int64_t count = collection_to_array(c, v, &items);
        for (int64_t i = 0; i < count; i++) scan_push(s, items[i]);
    } else {
        s->has_foreign = true;
    }
}

static Scan scan_datum(Compiler *c, RtValue datum)
{
    Scan s = {.shared = pointer_map_new()};
    scan_push(&s, datum);
    while (s.depth) scan_one(c, &s, s.stack[--s.depth]);
    free(s.stack);
    pointer_map_free(s.shared);
    return s;
}

/* ---- literals to collections ---- */

typedef struct RebuildFrame {
    RtValue rest; /* list: what is still to do */
    RtVector *vector; /* or a vector */
    int64_t index;
    bool is_literal, at_tail;
    enum Literal literal;
    ListBuilder list;
    size_t first_item; /* vectors and literals: finished items */
} RebuildFrame;

typedef struct Rebuild {
    Compiler *c;
    bool keep_doubtful;
    RebuildFrame *frames;
    size_t depth, frame_capacity;
    RtValue *items;
    size_t item_count, item_capacity;
} Rebuild;

static void *grow(void *array, size_t *capacity, size_t item_size)
{
    *capacity = *capacity ? 2 * *capacity : 64;
    array = realloc(array, *capacity * item_size);
    if (!array) rt_out_of_memory();
    return array;
}

static void rebuild_push(Rebuild *r, RtValue v)
{
    if (r->depth == r->frame_capacity) r->frames = grow(r->frames, &r->frame_capacity, sizeof *r->frames);
    RebuildFrame *f = &r->frames[r->depth++];
    *f = (RebuildFrame){.first_item = r->item_count};
    if (v.tag == RT_VECTOR) {
        f->vector = rt_as_vector(v);
        return;
    }
    f->is_literal = literal_kind(r->c, v, &f->literal);
    f->rest = f->is_literal ? list_rest(v) : v;
}

static bool rebuild_next(Rebuild *r, RebuildFrame *f, RtValue *element)
{
    if (f->vector) {
        if (f->index == f->vector->length) return false;
        *element = vector_item(f->vector, f->index++);
        return true;
    }
    enum Literal ignored;
    if (f->rest.tag == RT_NIL) return false;
    f->at_tail = f->rest.tag != RT_CONS || (f->list.last && literal_kind(r->c, f->rest, &ignored));
    *element = f->at_tail ? f->rest : list_first(f->rest);
    f->rest = f->at_tail ? rt_nil() : list_rest(f->rest);
    return true;
}

static void rebuild_add(Rebuild *r, RebuildFrame *f, RtValue owned)
{
    if (f->vector || f->is_literal) {
        if (r->item_count == r->item_capacity) r->items = grow(r->items, &r->item_capacity, sizeof *r->items);
        r->items[r->item_count++] = owned;
    } else if (f->at_tail) {
        f->list.last->cdr_tag = (uint8_t)owned.tag;
        f->list.last->cdr = owned.data;
    } else {
        list_builder_add(&f->list, owned);
    }
}

static RtValue make_collection(enum Literal kind, RtValue *items, int64_t count)
{
    switch (kind) {
    case LITERAL_MAP: return rt_hash_map(items, count, NULL);
    case LITERAL_SET: return rt_hash_set(items, count);
    case LITERAL_PVEC: return rt_pvec(items, count);
    case LITERAL_PMAP: return rt_pmap(items, count, NULL);
    case LITERAL_PSET: return rt_pset(items, count);
    case LITERAL_COUNT: break;
    }
    return rt_nil();
}

static RtValue rebuild_finish(Rebuild *r, RebuildFrame *f)
{
    int64_t count = (int64_t)(r->item_count - f->first_item);
    RtValue *items = r->items ? r->items + f->first_item : NULL;
    r->item_count = f->first_item;
    if (f->vector) return rt_vector(items, count);
    if (!f->is_literal) return f->list.head;
    RtValue kept = rt_nil();
    if (r->keep_doubtful) {
        ListBuilder list = {0};
        list_builder_add(&list, r->c->symbols.markers[f->literal]);
        for (int64_t i = 0; i < count; i++) list_builder_add(&list, rt_dup(items[i]));
        kept = list.head;
    }
    RtValue collection = make_collection(f->literal, items, count);
    if (!r->keep_doubtful) return collection;
    bool has_pairs = f->literal == LITERAL_MAP || f->literal == LITERAL_PMAP;
    bool is_exact = rt_count(collection, NULL).data == (has_pairs ? count / 2 : count);
    rt_drop(is_exact ? kept : collection);
    return is_exact ? collection : kept;
}

/* keep_doubtful: a literal with equal elements stays as it is, since it may be evaluated later, element by element. */
RtValue datum_unmark(Compiler *c, RtValue datum, bool keep_doubtful)
{
    if (!c->has_literals || !scan_datum(c, datum).has_marker || (datum.tag != RT_CONS && datum.tag != RT_VECTOR))
        return rt_dup(datum);
    Rebuild r = {.c = c, .keep_doubtful = keep_doubtful};
    RtValue result = rt_nil();
    rebuild_push(&r, datum);
    while (r.depth) {
        RebuildFrame *f = &r.frames[r.depth - 1];
        RtValue element;
        if (rebuild_next(&r, f, &element)) {
            if (element.tag == RT_CONS || element.tag == RT_VECTOR) rebuild_push(&r, element);
            else rebuild_add(&r, f, rt_dup(element));
            continue;
        }
        result = rebuild_finish(&r, f);
        if (--r.depth) rebuild_add(&r, &r.frames[r.depth - 1], result);
    }
    free(r.frames);
    free(r.items);
    return result;
}

const RtValue *datum_counted(Compiler *c, RtValue datum)
{
    bool is_evaluated = c->evaluations && c->arena == c->evaluations;
    if (!is_evaluated || !rt_is_heap(datum) || *rt_count_of(rt_object(datum)) & RT_IMMORTAL) return NULL;
    Scan scan = scan_datum(c, datum);
    if (scan.has_foreign) return NULL;
    CountedLiteral *literal = arena_alloc(c->arena, sizeof *literal);
    literal->value = scan.has_marker ? datum_unmark(c, datum, false) : rt_dup(datum);
    literal->older = c->literals;
    c->literals = literal;
    return &literal->value;
}

void datum_release_counted(Compiler *c, const CountedLiteral *until)
{
    while (c->literals != until) {
        RtValue value = c->literals->value;
        c->literals = c->literals->older;
        rt_drop(value);
    }
}

/* Only what a macro computed can hold functions or errors: they exist in this process alone. */
RtValue datum_constant(Compiler *c, RtValue datum, const RtPlace *at)
{
    if (!rt_is_heap(datum)) return datum;
    if (datum.tag != RT_SYMBOL || !rt_as_symbol(datum)->interned) {
        Scan scan = scan_datum(c, datum);
        if (scan.has_foreign) {
            diag_error(c, at, "a function or error value cannot be part of the program text: %s", datum_text(c, datum));
            return rt_nil();
        }
        datum = scan.has_marker ? datum_unmark(c, datum, false) : rt_dup(datum);
        rt_make_immortal(datum);
    }
    return datum;
}
