/* libconsair: values from Lisp to C and back.
 *
 * Nothing here raises or runs Lisp code, so no instance is needed: values belong to the runtime, which all instances share.
 */
#include "consair.h"
#include "consair_rt.h"
#include "number.h"
#include "value_of.h"

#include <stdlib.h>

consair_value consair_retain(consair_value v)
{
    rt_dup(value_of(v));
    return v;
}

void consair_release(consair_value v) { rt_drop(value_of(v)); }

/* ---- from Lisp to C -------------------------------------------------------------------------------------------- */

enum consair_type consair_type_of(consair_value v)
{
    switch (v.tag_) {
    case RT_NIL: return CONSAIR_NIL;
    case RT_BOOL: return CONSAIR_TRUE;
    case RT_INT:
    case RT_BIGINT: return CONSAIR_INTEGER;
    case RT_RATIO: return CONSAIR_RATIO;
    case RT_FLOAT: return CONSAIR_FLOAT;
    case RT_STRING: return CONSAIR_STRING;
    case RT_SYMBOL: return CONSAIR_SYMBOL;
    case RT_CONS: return CONSAIR_PAIR;
    case RT_VECTOR:
    case RT_PVEC: return CONSAIR_VECTOR;
    case RT_MAP:
    case RT_PMAP: return CONSAIR_MAP;
    case RT_SET:
    case RT_PSET: return CONSAIR_SET;
    case RT_CLOSURE: return CONSAIR_FUNCTION;
    default: return CONSAIR_OTHER;
    }
}

bool consair_is_true(consair_value v) { return v.tag_ != RT_NIL; }

bool consair_get_int(consair_value v, int64_t *out) { return rt_to_int(value_of(v), out); }

bool consair_get_double(consair_value v, double *out)
{
    if (!rt_is_number_value(value_of(v))) return false;
    *out = rt_number_to_double_borrow(value_of(v));
    return true;
}

bool consair_get_string(consair_value v, const char **bytes, size_t *size)
{
    RtValue value = value_of(v);
    if (value.tag != RT_STRING && value.tag != RT_SYMBOL) return false;
    bool is_string = value.tag == RT_STRING;
    *bytes = is_string ? rt_as_string(value)->bytes : rt_as_symbol(value)->name;
    if (size) *size = is_string ? (size_t)rt_as_string(value)->size_bytes : rt_as_symbol(value)->size_bytes;
    return true;
}

char *consair_text(consair_value v)
{
    RtText text = {0};
    rt_write_value_borrow(&text, value_of(v), 0);
    return text.bytes ? text.bytes : strdup("");
}

bool consair_get_pair(consair_value v, consair_value *first, consair_value *rest)
{
    if (v.tag_ != RT_CONS) return false;
    const RtCons *cell = rt_as_cons(value_of(v));
    if (first) *first = value_to_c(rt_dup(rt_car_of(cell)));
    if (rest) *rest = value_to_c(rt_dup(rt_cdr_of(cell)));
    return true;
}

static bool is_vector(consair_value v) { return v.tag_ == RT_VECTOR || v.tag_ == RT_PVEC; }

bool consair_get_count(consair_value v, size_t *count)
{
    RtValue rest = value_of(v);
    *count = 0;
    if (is_vector(v)) {
        *count = (size_t)rt_as_vector(rest)->length;
        return true;
    }
    for (; rest.tag == RT_CONS; rest = rt_cdr_of(rt_as_cons(rest))) ++*count;
    return rest.tag == RT_NIL;
}

bool consair_get_item(consair_value v, size_t index, consair_value *out)
{
    RtValue rest = value_of(v);
    if (is_vector(v)) {
        if (index >= (size_t)rt_as_vector(rest)->length) return false;
        *out = value_to_c(rt_dup(rt_vector_item_borrow(rt_as_vector(rest), (int64_t)index)));
        return true;
    }
    for (; rest.tag == RT_CONS && index > 0; index--) rest = rt_cdr_of(rt_as_cons(rest));
    if (rest.tag != RT_CONS) return false;
    *out = value_to_c(rt_dup(rt_car_of(rt_as_cons(rest))));
    return true;
}

bool consair_get_doubles(consair_value v, const double **items, size_t *count)
{
    if (!is_vector(v)) return false;
    const RtVector *vector = rt_as_vector(value_of(v));
    if (vector->kind != RT_VECTOR_FLOATS && vector->length > 0) return false;
    *items = vector->items.floats;
    *count = (size_t)vector->length;
    return true;
}

/* ---- from C to Lisp -------------------------------------------------------------------------------------------- */

consair_value consair_nil(void) { return value_to_c(rt_nil()); }
consair_value consair_bool(bool b) { return value_to_c(rt_from_bool(b)); }
consair_value consair_int(int64_t n) { return value_to_c(rt_from_int(n)); }
consair_value consair_double(double x) { return value_to_c(rt_from_float(x)); }

bool consair_number(const char *text, consair_value *out)
{
    RtValue number = rt_nil();
    bool good = rt_read_number(text, strlen(text), &number) == RT_NUMBER_OK;
    *out = value_to_c(good ? number : rt_nil());
    return good;
}

consair_value consair_string(const char *bytes, size_t size)
{
    return value_to_c(rt_make_string_repaired(bytes, size));
}
consair_value consair_symbol(const char *name) { return value_to_c(rt_intern_text(name)); }

consair_value consair_cons(consair_value first, consair_value rest)
{
    return value_to_c(rt_cons(rt_dup(value_of(first)), rt_dup(value_of(rest))));
}

consair_value consair_list(const consair_value *items, size_t count)
{
    RtValue list = rt_nil();
    while (count > 0) list = rt_cons(rt_dup(value_of(items[--count])), list);
    return value_to_c(list);
}

consair_value consair_vector(const consair_value *items, size_t count)
{
    RtValue *values = malloc((count + 1) * sizeof *values);
    if (!values) rt_out_of_memory();
    for (size_t i = 0; i < count; i++) values[i] = rt_dup(value_of(items[i]));
    RtValue vector = rt_vector(values, (int64_t)count);
    free(values);
    return value_to_c(vector);
}

consair_value consair_doubles(const double *items, size_t count)
{
    RtVector *vector = rt_vector_make(RT_VECTOR_FLOATS, (int64_t)count);
    if (count > 0) memcpy(vector->items.floats, items, count * sizeof *items);
    return value_to_c(rt_from_object(RT_VECTOR, vector));
}
