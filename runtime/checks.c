/* Operand checks of the library functions that are written in Lisp (stdlib/).
 *
 * Such a function gives its name and its operand to one of these, first of all.  They raise with a NULL place, which is
 * the place of the call that led into the library: code of the library has no places of its own, so that an error
 * shows the line of the program that called it (compiler/library.c).
 */
#include "collection.h"
#include "operands.h"

static const char *text_of(RtValue string) { return rt_as_string(string)->bytes; }

RtValue rt_expected(RtValue who, RtValue what, RtValue got, const RtPlace *at)
{
    rt_raise_type(at, text_of(who), text_of(what), rt_dup(got));
}

static bool is_proper_list(RtValue v)
{
    while (v.tag == RT_CONS) v = rt_cdr_of(rt_as_cons(v));
    return v.tag == RT_NIL;
}

static bool has_elements(uint32_t tag)
{
    switch (tag) {
    case RT_STRING:
    case RT_VECTOR:
    case RT_MAP:
    case RT_SET:
    case RT_PVEC:
    case RT_PMAP:
    case RT_PSET: return true;
    default: return false;
    }
}

/* A list is its own list of elements; it is given back as it came, so that its only owner stays the only one. */
RtValue rt_elements(RtValue who, RtValue collection, const RtPlace *at)
{
    if (is_proper_list(collection)) return collection;
    if (!has_elements(collection.tag)) rt_raise_type(at, text_of(who), "a list or another sequence", collection);
    RtValue list = rt_seq(collection, at);
    rt_drop(collection);
    return list;
}

RtValue rt_check_function(RtValue who, RtValue function, const RtPlace *at)
{
    if (function.tag != RT_CLOSURE) rt_raise_type(at, text_of(who), "a function", rt_dup(function));
    return rt_nil();
}

RtValue rt_check_vector(RtValue who, RtValue vector, const RtPlace *at)
{
    if (vector.tag != RT_VECTOR && vector.tag != RT_PVEC) rt_raise_type(at, text_of(who), "a vector", rt_dup(vector));
    return rt_from_int(rt_as_vector(vector)->length);
}

/* Operands: name, least and greatest number of arguments, list of the arguments beyond the least number. */
RtValue rt_check_count(RtValue *args, int64_t count, const RtPlace *at)
{
    (void)count;
    int64_t min = args[1].data, max = args[2].data, got = min;
    for (RtValue rest = args[3]; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) got++;
    if (got > max) rt_raise_arity(at, text_of(args[0]), min, max, got);
    return rt_nil();
}

/* The keys of a path as a list. */
RtValue rt_check_path(RtValue who, RtValue path, const RtPlace *at)
{
    if (path.tag == RT_NIL) rt_raise_type(at, text_of(who), "a path with at least one key", path);
    bool is_vector = path.tag == RT_VECTOR || path.tag == RT_PVEC;
    if (!is_vector && !is_proper_list(path)) rt_raise_type(at, text_of(who), "a list or vector as path", path);
    if (is_vector && rt_as_vector(path)->length == 0)
        rt_raise_type(at, text_of(who), "a path with at least one key", path);
    return rt_elements(who, path, at);
}

/* What `update` may put a value into: a map, nil (the empty map), or a vector, whose key is one of its indices or the
 * one behind them. */
RtValue rt_check_update(RtValue who, RtValue collection, RtValue key, const RtPlace *at)
{
    uint32_t tag = collection.tag;
    if (tag == RT_MAP || tag == RT_PMAP || tag == RT_NIL) return rt_nil();
    if (tag != RT_VECTOR && tag != RT_PVEC) rt_raise_type(at, text_of(who), "a map or a vector", rt_dup(collection));
    if (key.tag != RT_INT) rt_raise_type(at, text_of(who), "an integer index", rt_dup(key));
    int64_t length = rt_as_vector(collection)->length;
    if (key.data < 0 || key.data > length)
        rt_raise_message(at, "%s: index %V out of bounds for length %ld", text_of(who), key, (long)length);
    return rt_nil();
}
