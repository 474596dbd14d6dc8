/* Lists: everything about chains of conses that is not a single cell.
 *
 * A list is walked once, also where it must be proper: a function that finds an improper tail on its way undoes or
 * drops what it has built and raises with the list as it was. append and reverse take their list over.  As long as the
 * walk meets cells that nobody else sees (count 1, and so all before it) they are relinked in place; from the first
 * shared cell on, the rest is copied.
 */
#include "cells.h"
#include "internal.h"

RT_SLOW RT_NORETURN void rt_cons_expected(RtValue got, const char *who, const RtPlace *at)
{
    rt_raise_type(at, who, "a cons", rt_dup(got));
}

RT_SLOW RT_NORETURN void rt_cons_expected_owned(RtValue got, const char *who, const RtPlace *at)
{
    rt_raise_type(at, who, "a cons", got);
}

static inline void uncount(RtCons *cell)
{
    if (RT_LIKELY(cell->count < RT_STICKY)) cell->count--;
}

/* One function each: they save the few registers that they use. */
RT_SLOW_LEAF void rt_leave_shared(RtCons *cell)
{
    rt_dup(rt_car_of(cell));
    rt_dup(rt_cdr_of(cell));
    uncount(cell);
}

RT_SLOW_LEAF void rt_leave_shared_car(RtCons *cell)
{
    rt_dup(rt_car_of(cell));
    uncount(cell);
}

RT_SLOW_LEAF void rt_leave_shared_cdr(RtCons *cell)
{
    rt_dup(rt_cdr_of(cell));
    uncount(cell);
}

static inline RtValue make_cell(RtCells *cells, RtValue car, RtValue cdr)
{
    RtCons *cell = rt_cells_take(cells);
    rt_cons_init(cell, car, cdr);
    return rt_from_object(RT_CONS, cell);
}

RtValue rt_list(RtValue *args, int64_t count)
{
    RtValue list = rt_nil();
    RtCells cells = rt_cells_begin();
    for (int64_t i = count - 1; i >= 0; i--) list = make_cell(&cells, args[i], list);
    rt_cells_end(&cells);
    return list;
}

RtValue rt_length(RtValue a, const RtPlace *at)
{
    switch (a.tag) {
    case RT_NIL:
    case RT_CONS: break;
    case RT_VECTOR:
    case RT_PVEC: return rt_from_int(rt_as_vector(a)->length);
    case RT_STRING: return rt_from_int(rt_string_code_points(rt_as_string(a)));
    default: rt_raise_type(at, "length", "a list, vector or string", rt_dup(a));
    }
    int64_t length = 0;
    RtValue rest = a;
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) length++;
    if (rest.tag != RT_NIL) rt_raise_type(at, "length", "a proper list", rt_dup(a));
    return rt_from_int(length);
}

RtValue rt_nth(RtValue a, RtValue b, const RtPlace *at)
{
    if (b.tag == RT_BIGINT) return rt_nil(); /* an integer beyond any list */
    if (b.tag != RT_INT) rt_raise_type(at, "nth", "an integer index", rt_dup(b));
    if (b.data < 0) return rt_nil();
    RtValue rest = a;
    for (int64_t i = b.data; i > 0 && rest.tag == RT_CONS; i--) rest = rt_cdr_of(rt_as_cons(rest));
    return rest.tag == RT_CONS ? rt_dup(rt_car_of(rt_as_cons(rest))) : rt_nil();
}

/* ---- append ---------------------------------------------------------------------------------------------------- */

/* Copies the cells of `list` (borrowed, a cons, so there are some); the last copy's cdr becomes `tail` (taken over).  False: the list is
 * improper; nothing was taken and nothing is left of the copy. */
static inline bool copy_onto(RtValue list, RtValue tail, RtValue *out, RtCons **end)
{
    RtCons *last;
    int64_t first, *place = &first; /* of the next cell's address */
    RtCells cells = rt_cells_begin();
    do {
        last = rt_cells_take(&cells);
        rt_cons_init(last, rt_dup(rt_car_of(rt_as_cons(list))), rt_from_object(RT_CONS, NULL)); /* or the tail */
        *place = (int64_t)(uintptr_t)last;
        place = &last->cdr;
        list = rt_cdr_of(rt_as_cons(list));
    } while (list.tag == RT_CONS);
    rt_cells_end(&cells);
    bool is_proper = list.tag == RT_NIL;
    rt_cons_set_cdr(last, is_proper ? tail : rt_nil());
    *out = rt_make(RT_CONS, first);
    *end = last;
    if (!is_proper) rt_drop(*out);
    return is_proper;
}

/* The last of the cells at the list's front that are ours alone; NULL: the first is not. */
static inline RtCons *last_own_cell(RtValue list)
{
    RtCons *last = NULL;
    for (; list.tag == RT_CONS && rt_is_unique(list); list = rt_cdr_of(last)) last = rt_as_cons(list);
    return last;
}

/* first ++ second, `last` being the last own cell of `first`.  Takes both over and gives the joined list, and the cell that `second` hangs
 * on; false: `first`, a cons, is an improper list, it is unchanged and still the caller's, and so is `second`. */
static inline __attribute__((always_inline)) bool join(RtCons *last, RtValue first, RtValue second, RtValue *out,
                                                       RtCons **end)
{
    RtValue rest = last ? rt_cdr_of(last) : first;
    if (rest.tag == RT_CONS) {
        RtValue copy;
        if (!copy_onto(rest, second, &copy, end)) return false;
        rt_drop(rest);
        second = copy;
    } else if (rest.tag != RT_NIL) {
        return false;
    } else {
        *end = last;
    }
    if (last) rt_cons_set_cdr(last, second);
    *out = last ? first : second;
    return true;
}

static __attribute__((noinline)) RtValue append_copying(RtValue a, RtValue b, const RtPlace *at, RtCons *last)
{
    RtValue joined;
    RtCons *end;
    if (a.tag != RT_CONS) {
        rt_drop(a);
        return b;
    }
    if (join(last, a, b, &joined, &end)) return joined;
    rt_drop(b);
    rt_raise_type(at, "append", "a proper list", a);
}

/* A list that is ours alone needs no more registers than there are. */
RtValue rt_append2(RtValue a, RtValue b, const RtPlace *at)
{
    if (a.tag == RT_NIL) return b;
    RtCons *last = last_own_cell(a);
    if (!last || last->cdr_tag != RT_NIL) return append_copying(a, b, at, last);
    rt_cons_set_cdr(last, b);
    return a;
}

RtValue rt_append_copied(RtValue list_borrow, RtValue tail, const RtPlace *at)
{
    RtValue joined;
    RtCons *end;
    if (copy_onto(list_borrow, tail, &joined, &end)) return joined;
    rt_drop(tail);
    rt_raise_type(at, "append", "a proper list", rt_dup(list_borrow));
}

RtValue rt_append(RtValue *args, int64_t count, const RtPlace *at)
{
    if (count == 0) return rt_nil();
    RtValue joined = args[count - 1];
    RtCons *end;
    for (int64_t i = count - 2; i >= 0; i--) {
        if (args[i].tag != RT_CONS) {
            rt_drop(args[i]);
        } else if (!join(last_own_cell(args[i]), args[i], joined, &joined, &end)) {
            for (int64_t j = 0; j < i; j++) rt_drop(args[j]);
            rt_drop(joined);
            rt_raise_type(at, "append", "a proper list", args[i]);
        }
    }
    return joined;
}

/* A copy of one that somebody else holds as well, which has not been walked yet. */
static RT_SLOW RtCons *own_appender(RtValue appender)
{
    RtValue list = rt_dup(rt_cdr_of(rt_as_cons(appender)));
    rt_drop(appender);
    return rt_as_cons(rt_appender(list));
}

static RT_SLOW RT_NORETURN void raise_improper(RtCons *appender, RtValue b, const RtPlace *at)
{
    RtValue list = rt_dup(rt_cdr_of(appender));
    rt_drop(rt_from_object(RT_CONS, appender));
    rt_drop(b);
    rt_raise_type(at, "append", "a proper list", list);
}

RtValue rt_append_at_end(RtValue a, RtValue b, const RtPlace *at)
{
    RtCons *appender = RT_LIKELY(rt_is_unique(a)) ? rt_as_cons(a) : own_appender(a), *end = NULL;
    RtCons *last = (RtCons *)appender->car;
    RtValue list = rt_cdr_of(appender);
    if (last && RT_UNLIKELY(!rt_is_unique(list))) last = NULL;
    RtValue rest = last ? rt_cdr_of(last) : list, joined = b;
    if (rest.tag == RT_CONS) {
        if (RT_UNLIKELY(!join(last_own_cell(rest), rest, b, &joined, &end))) raise_improper(appender, b, at);
        appender->car = (int64_t)(uintptr_t)end;
    } else if (last && rest.tag != RT_NIL) {
        raise_improper(appender, b, at);
    } else {
        rt_drop(rest); /* as append does */
    }
    rt_cons_set_cdr(last ? last : appender, joined);
    return rt_from_object(RT_CONS, appender);
}

RtValue rt_qq_splice(RtValue a, RtValue b, const RtPlace *at)
{
    RtValue joined;
    RtCons *end;
    if (a.tag == RT_NIL) return b;
    if (a.tag == RT_CONS && join(last_own_cell(a), a, b, &joined, &end)) return joined;
    rt_drop(b);
    rt_raise_type(at, "unquote-splicing", "a proper list", a);
}

/* ---- reverse --------------------------------------------------------------------------------------------------- */

/* Turns unique cells round in place, from `list` on while they are unique: each is put in front of *front. */
static RtValue turn_unique(RtValue list, RtValue *front)
{
    while (list.tag == RT_CONS && rt_is_unique(list)) {
        RtValue next = rt_cdr_of(rt_as_cons(list));
        rt_cons_set_cdr(rt_as_cons(list), *front);
        *front = list;
        list = next;
    }
    return list;
}

RtValue rt_reverse(RtValue a, const RtPlace *at)
{
    RtValue turned = rt_nil();
    RtValue shared = turn_unique(a, &turned); /* the rest: owned, its first cell shared */
    RtValue reversed = turned;
    RtValue rest = shared;
    RtCells cells = rt_cells_begin();
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest)))
        reversed = make_cell(&cells, rt_dup(rt_car_of(rt_as_cons(rest))), reversed);
    rt_cells_end(&cells);
    if (rest.tag == RT_NIL) {
        rt_drop(shared);
        return reversed;
    }
    /* Improper: the copies go, the turned cells are turned back. */
    while (reversed.data != turned.data) {
        RtCons *copy = rt_as_cons(reversed);
        reversed = rt_cdr_of(copy);
        rt_drop(rt_car_of(copy));
        rt_free(copy, sizeof *copy);
    }
    turn_unique(turned, &shared);
    rt_raise_type(at, "reverse", "a proper list", shared);
}
