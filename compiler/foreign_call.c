/* Calls of C functions by the interpreter: one call that fits every signature.
 *
 * Input: the ForeignFunction and its operands.  Output: its result as a value.
 *
 * The idea: integers and pointers travel in one set of registers, floating-point numbers in another, in the order of the parameters
 * whatever stands between them; what finds no register goes to the stack, a word each, and is removed by the caller.  So one C type
 * that has a parameter for each register and for each word of the stack can call all functions of up to FOREIGN_MAX_PARAMETERS
 * parameters: registers and words that the callee does not know do no harm.  This is the ABI of x86-64 (System V) and of 64-bit ARM.
 * Rejected: libffi, which does the same for more signatures than can be declared here, and which every executable that uses
 * `eval` would have to carry.
 */
#include "foreign.h"

#if defined __aarch64__
enum { INT_REGISTERS = 8 };
#define INTS(x) x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]
#define INT_TYPES int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t
#elif defined __x86_64__
enum { INT_REGISTERS = 6 };
#define INTS(x) x[0], x[1], x[2], x[3], x[4], x[5]
#define INT_TYPES int64_t, int64_t, int64_t, int64_t, int64_t, int64_t
#else
#error "foreign_call.c: say how this machine passes arguments"
#endif
enum { FLOAT_REGISTERS = 8, STACK_WORDS = 10 };
#define FLOATS(x) x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]
#define FLOAT_TYPES double, double, double, double, double, double, double, double
#define WORDS(x) x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8], x[9]
#define WORD_TYPES int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t
_Static_assert(FOREIGN_MAX_PARAMETERS - INT_REGISTERS <= STACK_WORDS, "all integers find a place");

typedef int64_t IntFunction(INT_TYPES, FLOAT_TYPES, WORD_TYPES);
typedef double DoubleFunction(INT_TYPES, FLOAT_TYPES, WORD_TYPES);
typedef float FloatFunction(INT_TYPES, FLOAT_TYPES, WORD_TYPES);

typedef struct Arguments {
    int64_t ints[INT_REGISTERS], words[STACK_WORDS];
    double floats[FLOAT_REGISTERS];
    int int_count, float_count, word_count;
} Arguments;

static void put_int(Arguments *a, int64_t n)
{
    if (a->int_count < INT_REGISTERS) a->ints[a->int_count++] = n;
    else a->words[a->word_count++] = n;
}

/* `bits`: of a double, or of a float in the lower half. */
static void put_float(Arguments *a, int64_t bits)
{
    if (a->float_count < FLOAT_REGISTERS) memcpy(&a->floats[a->float_count++], &bits, sizeof bits);
    else a->words[a->word_count++] = bits;
}

/* The number cut to its bits, as its type reads them. */
static int64_t extend(const ForeignType *type, int64_t n)
{
    int unused = 64 - type->bits;
    uint64_t shifted = (uint64_t)n << unused;
    return type->is_signed ? (int64_t)shifted >> unused : (int64_t)(shifted >> unused);
}

static int64_t int_operand(const ForeignType *type, RtValue v, const char *who, const RtPlace *at)
{
    if (v.tag != RT_INT || extend(type, v.data) != v.data) rt_foreign_refuse(v, who, type->expected, at);
    return v.data;
}

static int64_t float_operand(RtValue v, const char *who, const RtPlace *at)
{
    float x = (float)rt_foreign_double(v, who, at);
    int64_t bits = 0;
    memcpy(&bits, &x, sizeof x);
    return bits;
}

static void put(Arguments *a, const ForeignType *type, RtValue v, const char *who, const RtPlace *at)
{
    switch (type->class) {
    case FOREIGN_BOOL: put_int(a, rt_is_truthy(v)); break;
    case FOREIGN_INT: put_int(a, int_operand(type, v, who, at)); break;
    case FOREIGN_UINT64: put_int(a, rt_foreign_uint64(v, who, at)); break;
    case FOREIGN_FLOAT: put_float(a, float_operand(v, who, at)); break;
    case FOREIGN_DOUBLE: put_float(a, rt_from_float(rt_foreign_double(v, who, at)).data); break;
    case FOREIGN_STRING: put_int(a, (int64_t)(uintptr_t)rt_foreign_string(v, who, at)); break;
    case FOREIGN_POINTER: put_int(a, rt_foreign_pointer(v, who, at)); break;
    case FOREIGN_FLOATS:
    case FOREIGN_INTS: put_int(a, (int64_t)(uintptr_t)rt_as_vector(v)->items.ints); break;
    case FOREIGN_VOID:
    case FOREIGN_OWNED_STRING: rt_internal_error("foreign_call: no type of parameters");
    }
}

__attribute__((no_sanitize("undefined"))) static RtValue call(const ForeignFunction *f, const Arguments *a)
{
    void *address = f->address;
    if (f->result->class == FOREIGN_DOUBLE)
        return rt_from_float(((DoubleFunction *)address)(INTS(a->ints), FLOATS(a->floats), WORDS(a->words)));
    if (f->result->class == FOREIGN_FLOAT)
        return rt_from_float((double)((FloatFunction *)address)(INTS(a->ints), FLOATS(a->floats), WORDS(a->words)));
    int64_t n = ((IntFunction *)address)(INTS(a->ints), FLOATS(a->floats), WORDS(a->words));
    switch (f->result->class) {
    case FOREIGN_BOOL: return rt_from_bool(n & 0xFF);
    case FOREIGN_INT: return rt_from_int(extend(f->result, n));
    case FOREIGN_UINT64: return rt_foreign_unsigned((uint64_t)n);
    case FOREIGN_STRING: return rt_foreign_text((const char *)(uintptr_t)n);
    case FOREIGN_OWNED_STRING: return rt_foreign_owned_text((char *)(uintptr_t)n);
    case FOREIGN_POINTER: return n ? rt_from_int(n) : rt_nil();
    default: return rt_nil();
    }
}

RtValue foreign_call(RtValue *args, int64_t count, const RtPlace *at)
{
    ForeignFunction *f = foreign_of(args[0]);
    const char *message;
    if (!f->address && !foreign_bind(f, &message)) rt_raise_message(at, "%s: %s", f->name, message);
    Arguments a = {.int_count = 0};
    for (int i = 0; i < (int)count - 1; i++) put(&a, f->parameters[i].type, args[i + 1], f->name, at);
    return call(f, &a);
}
