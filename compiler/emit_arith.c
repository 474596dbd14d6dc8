/* Primitives on operands whose types are known: instructions instead of calls.
 *
 * An operand is known to be an int or a float when its tag is a constant.  Where pass `types` proved that the result is
 * an int there is no test for overflow; else the rare result beyond 64 bits is made by a cold function of the
 * runtime.  Whatever is not here, or is given other operands, stays a call of the primitive's function.
 */
#include "emit_internal.h"

#include <math.h>

typedef struct Operation {
    FunctionEmitter *f;
    int primitive;
    const EmitValue *values;
    int count;
    const CoreNode *node; /* NULL: nothing is known but the values */
    const RtPlace *place;
} Operation;

static bool is_int(EmitValue v) { return emit_has_tag(v, RT_INT); }
static bool is_float(EmitValue v) { return emit_has_tag(v, RT_FLOAT); }

/* The range of an int operand, or of one that is an int where it matters. */
static CoreType operand_range(const Operation *o, int i)
{
    const CoreNode *arg = o->node ? o->node->u.call.args[i] : NULL;
    if (arg && core_is_int(arg)) return type_int(arg->u.constant.data, arg->u.constant.data);
    if (arg && arg->type && arg->type->tags & TAG_BIT(RT_INT)) return type_int(arg->type->lo, arg->type->hi);
    return type_int(INT64_MIN, INT64_MAX);
}

static const CoreType *result_type(const Operation *o) { return o->node ? o->node->type : NULL; }

/* ---- ints -------------------------------------------------------------------------------------------------------- */

/* (expt x 2) */
static bool is_square(const Operation *o)
{
    return o->primitive == PRIM_expt && o->node && core_is_int(o->node->u.call.args[1]) &&
           o->node->u.call.args[1]->u.constant.data == 2;
}

static LLVMValueRef build_int(ModuleEmitter *m, int primitive, LLVMValueRef a, LLVMValueRef b)
{
    switch (primitive) {
    case PRIM_add: return LLVMBuildNSWAdd(m->builder, a, b, "");
    case PRIM_sub: return LLVMBuildNSWSub(m->builder, a, b, "");
    default: return LLVMBuildNSWMul(m->builder, a, b, "");
    }
}

/* The result of two ints whose sum (difference, product) leaves 64 bits. */
static LLVMValueRef call_overflow(ModuleEmitter *m, int primitive, LLVMValueRef a, LLVMValueRef b)
{
    enum RuntimeFunction id = primitive == PRIM_add   ? RUNTIME_ADD_OVERFLOW
                              : primitive == PRIM_sub ? RUNTIME_SUB_OVERFLOW
                                                      : RUNTIME_MUL_OVERFLOW;
    LLVMValueRef function = emit_runtime_function(m, id);
    LLVMValueRef call = LLVMBuildCall2(m->builder, m->runtime_types[id], function, (LLVMValueRef[]){a, b}, 2, "");
    LLVMSetInstructionCallConv(call, LLVMGetFunctionCallConv(function));
    return LLVMBuildExtractValue(m->builder, call, 1, "big");
}

static EmitValue emit_checked(FunctionEmitter *f, int primitive, LLVMValueRef a, LLVMValueRef b)
{
    ModuleEmitter *m = f->m;
    const char *name = primitive == PRIM_add   ? "llvm.sadd.with.overflow"
                       : primitive == PRIM_sub ? "llvm.ssub.with.overflow"
                                               : "llvm.smul.with.overflow";
    LLVMValueRef pair = emit_intrinsic(m, name, m->i64, (LLVMValueRef[]){a, b}, 2);
    LLVMValueRef result = LLVMBuildExtractValue(m->builder, pair, 0, "");
    LLVMValueRef overflows = LLVMBuildExtractValue(m->builder, pair, 1, "");
    if (emit_restart_if(f, overflows)) return emit_integer(m, result);
    RareCase overflow;
    rare_case_begin(f, &overflow, overflows);
    rare_case_switch(f, &overflow, emit_integer(m, result));
    LLVMValueRef data = call_overflow(m, primitive, a, b);
    return rare_case_finish(f, &overflow, emit_owned(f, emit_int(m, m->i32, RT_BIGINT), data));
}

static EmitValue emit_int_arithmetic(const Operation *o, int primitive, LLVMValueRef a, LLVMValueRef b)
{
    if (type_is_int(result_type(o))) return emit_integer(o->f->m, build_int(o->f->m, primitive, a, b));
    return emit_checked(o->f, primitive, a, b);
}

/* Rests of what is less than one divisor outside of [0, divisor), as indices around a torus are: without dividing.  NULL: others. */
static LLVMValueRef build_near_rest(const Operation *o, const CoreType *x, const CoreType *y, LLVMValueRef a,
                                    LLVMValueRef b)
{
    LLVMBuilderRef builder = o->f->m->builder;
    LLVMValueRef zero = emit_int(o->f->m, o->f->m->i64, 0);
    bool is_near = y->lo > 0 && x->lo >= -y->lo && (__int128)x->hi < (__int128)2 * y->lo;
    if (!is_near || (x->lo < 0 && o->primitive == PRIM_remainder) || o->primitive == PRIM_quotient) return NULL;
    LLVMValueRef rest = a;
    if (x->hi >= y->lo) {
        LLVMValueRef is_above = LLVMBuildICmp(builder, LLVMIntSGE, a, b, "");
        rest = LLVMBuildSelect(builder, is_above, LLVMBuildSub(builder, a, b, ""), rest, "");
    }
    if (x->lo < 0) {
        LLVMValueRef is_below = LLVMBuildICmp(builder, LLVMIntSLT, a, zero, "");
        rest = LLVMBuildSelect(builder, is_below, LLVMBuildAdd(builder, a, b, ""), rest, "");
    }
    return rest;
}

/* Truncating division of ints that cannot overflow and whose divisor is not 0. */
static LLVMValueRef build_division(const Operation *o, LLVMValueRef a, LLVMValueRef b)
{
    LLVMBuilderRef builder = o->f->m->builder;
    CoreType x = operand_range(o, 0), y = operand_range(o, 1);
    LLVMValueRef near = build_near_rest(o, &x, &y, a, b);
    if (near) return near;
    bool is_positive = x.lo >= 0 && y.lo >= 0;
    if (o->primitive == PRIM_quotient)
        return is_positive ? LLVMBuildUDiv(builder, a, b, "") : LLVMBuildSDiv(builder, a, b, "");
    if (is_positive) return LLVMBuildURem(builder, a, b, "");
    LLVMValueRef rest = LLVMBuildSRem(builder, a, b, "");
    if (o->primitive == PRIM_remainder) return rest;
    LLVMValueRef zero = emit_int(o->f->m, o->f->m->i64, 0);
    LLVMValueRef differs = LLVMBuildICmp(builder, LLVMIntSLT, LLVMBuildXor(builder, rest, b, ""), zero, "");
    LLVMValueRef is_rest = LLVMBuildICmp(builder, LLVMIntNE, rest, zero, "");
    LLVMValueRef moved = LLVMBuildAdd(builder, rest, b, "");
    return LLVMBuildSelect(builder, LLVMBuildAnd(builder, differs, is_rest, ""), moved, rest, "");
}

/* Of the primitive, in the rare case of an operation.  Where something is owned, here or where this function is inlined, the call
 * would have a landing pad: RT_RARE says what that does to loops. */
static EmitValue call_function(const Operation *o)
{
    FunctionEmitter *f = o->f;
    ModuleEmitter *m = f->m;
    int primitive = o->primitive;
    bool is_of_four = primitive >= PRIM_add && primitive <= PRIM_div;
    if (!is_of_four && primitives[primitive].shape != SHAPE_2P)
        return emit_prim_call(f, primitive, o->values, o->count, o->place);
    const EmitValue *v = o->values;
    LLVMValueRef args[6] = {NULL, v[0].tag, v[0].data, v[1].tag, v[1].data, emit_place(m, o->place)}, result;
    if (is_of_four) {
        result = emit_runtime_call(f, RUNTIME_ADD_RARE + (unsigned)(primitive - PRIM_add), args + 1, 4);
        emit_fail_if_unbound(f, result, RUNTIME_ADD_FAIL + (unsigned)(primitive - PRIM_add), args + 1, 5);
    } else {
        args[0] = emit_prim_function(m, primitive);
        result = emit_runtime_call(f, RUNTIME_CALL_QUIETLY, args, 6);
        emit_fail_if_unbound(f, result, RUNTIME_RAISE_KEPT, NULL, 0);
    }
    LLVMValueRef tag = LLVMBuildExtractValue(m->builder, result, 0, "");
    return emit_owned(f, tag, LLVMBuildExtractValue(m->builder, result, 1, ""));
}

/* What the instructions made, or what the primitive's function makes of the rare operands. */
static EmitValue finish_with_call(const Operation *o, RareCase *rare, EmitValue usual)
{
    FunctionEmitter *f = o->f;
    rare_case_switch(f, rare, usual);
    EmitValue result = call_function(o);
    if (type_is_int(result_type(o))) {
        if (result.item) owned_remove_item(f, result.item);
        result = emit_integer(f->m, result.data);
    }
    return rare_case_finish(f, rare, result);
}

static bool is_division(int primitive)
{
    return primitive == PRIM_quotient || primitive == PRIM_remainder || primitive == PRIM_modulo;
}

/* May the divisor be 0 or -1? */
static bool may_be_hard_divisor(const Operation *o)
{
    CoreType divisor = operand_range(o, 1);
    return divisor.lo <= 0 && divisor.hi >= -1;
}

/* The bit "the divisor is 0 or -1": NULL when it is known to be neither. */
static LLVMValueRef test_divisor(const Operation *o)
{
    ModuleEmitter *m = o->f->m;
    if (!may_be_hard_divisor(o)) return NULL;
    LLVMValueRef one = emit_int(m, m->i64, 1);
    return LLVMBuildICmp(m->builder, LLVMIntULE, LLVMBuildAdd(m->builder, o->values[1].data, one, ""), one, "");
}

static EmitValue emit_division(const Operation *o, LLVMValueRef a, LLVMValueRef b)
{
    LLVMValueRef is_rare = test_divisor(o);
    if (!is_rare) return emit_integer(o->f->m, build_division(o, a, b));
    RareCase rare;
    rare_case_begin(o->f, &rare, is_rare);
    return finish_with_call(o, &rare, emit_integer(o->f->m, build_division(o, a, b)));
}

/* By a count that is negative. */
static LLVMValueRef build_right_shift(ModuleEmitter *m, LLVMValueRef n, LLVMValueRef by)
{
    LLVMValueRef most = emit_int(m, m->i64, 63), count = LLVMBuildSub(m->builder, emit_int(m, m->i64, 0), by, "");
    LLVMValueRef far = LLVMBuildICmp(m->builder, LLVMIntUGT, count, most, "");
    return LLVMBuildAShr(m->builder, n, LLVMBuildSelect(m->builder, far, most, count, ""), "");
}

/* To the left an int gives one when shifting back gives it again. */
static EmitValue emit_shift(const Operation *o)
{
    ModuleEmitter *m = o->f->m;
    LLVMBuilderRef b = m->builder;
    CoreType range = operand_range(o, 1);
    LLVMValueRef n = o->values[0].data, by = o->values[1].data, most = emit_int(m, m->i64, 63);
    if (range.hi <= 0) return emit_integer(m, build_right_shift(m, n, by));
    LLVMValueRef count = LLVMBuildAnd(b, by, most, ""), left = LLVMBuildShl(b, n, count, ""), shifted = left;
    LLVMValueRef is_right = LLVMBuildICmp(b, LLVMIntSLT, by, emit_int(m, m->i64, 0), "");
    if (range.lo < 0) shifted = LLVMBuildSelect(b, is_right, build_right_shift(m, n, by), left, "");
    if (type_is_int(result_type(o))) return emit_integer(m, shifted);
    LLVMValueRef differs = LLVMBuildICmp(b, LLVMIntNE, LLVMBuildAShr(b, left, count, ""), n, "");
    LLVMValueRef is_far = LLVMBuildICmp(b, LLVMIntSGT, by, most, "");
    LLVMValueRef is_rare = LLVMBuildOr(b, differs, is_far, "");
    is_rare = LLVMBuildAnd(b, is_rare, LLVMBuildNot(b, is_right, ""), "");
    if (emit_restart_if(o->f, is_rare)) return emit_integer(m, shifted);
    RareCase rare;
    rare_case_begin(o->f, &rare, is_rare);
    return finish_with_call(o, &rare, emit_integer(m, shifted));
}

static EmitValue emit_extreme(const Operation *o, LLVMIntPredicate better)
{
    LLVMBuilderRef builder = o->f->m->builder;
    LLVMValueRef a = o->values[0].data, b = o->values[1].data;
    return emit_integer(o->f->m, LLVMBuildSelect(builder, LLVMBuildICmp(builder, better, a, b, ""), a, b, ""));
}

/* Two ints. */
static bool emit_ints(const Operation *o, EmitValue *result)
{
    ModuleEmitter *m = o->f->m;
    LLVMValueRef a = o->values[0].data, b = o->values[1].data;
    switch (o->primitive) {
    case PRIM_add:
    case PRIM_sub:
    case PRIM_mul: *result = emit_int_arithmetic(o, o->primitive, a, b); return true;
    case PRIM_quotient:
    case PRIM_remainder:
    case PRIM_modulo: *result = emit_division(o, a, b); return true;
    case PRIM_bitwise_and: *result = emit_integer(m, LLVMBuildAnd(m->builder, a, b, "")); return true;
    case PRIM_bitwise_ior: *result = emit_integer(m, LLVMBuildOr(m->builder, a, b, "")); return true;
    case PRIM_bitwise_xor: *result = emit_integer(m, LLVMBuildXor(m->builder, a, b, "")); return true;
    case PRIM_arithmetic_shift: *result = emit_shift(o); return true;
    case PRIM_min: *result = emit_extreme(o, LLVMIntSLE); return true;
    case PRIM_max: *result = emit_extreme(o, LLVMIntSGE); return true;
    default:
        if (!is_square(o)) return false;
        *result = emit_int_arithmetic(o, PRIM_mul, a, a);
        return true;
    }
}

static LLVMValueRef compare_ints(const Operation *o)
{
    LLVMIntPredicate predicate = o->primitive == PRIM_lt    ? LLVMIntSLT
                                 : o->primitive == PRIM_lte ? LLVMIntSLE
                                 : o->primitive == PRIM_gt  ? LLVMIntSGT
                                 : o->primitive == PRIM_gte ? LLVMIntSGE
                                                            : LLVMIntEQ;
    return LLVMBuildICmp(o->f->m->builder, predicate, o->values[0].data, o->values[1].data, "");
}

/* ---- floats ------------------------------------------------------------------------------------------------------ */

/* Is it a float or an int, though perhaps not known which, as roots of ints are? */
static bool is_int_or_float(const Operation *o, int i)
{
    if (is_int(o->values[i]) || is_float(o->values[i])) return true;
    return o->node && type_is(o->node->u.call.args[i]->type, TAG_BIT(RT_INT) | TAG_BIT(RT_FLOAT));
}

static LLVMValueRef test_int(const Operation *o, int i)
{
    ModuleEmitter *m = o->f->m;
    return LLVMBuildICmp(m->builder, LLVMIntEQ, o->values[i].tag, emit_int(m, m->i32, RT_INT), "");
}

/* A float, or an int, as a double: rounded as the runtime does. */
static LLVMValueRef as_double(const Operation *o, int i)
{
    ModuleEmitter *m = o->f->m;
    if (is_float(o->values[i])) return emit_double(m, o->values[i]);
    LLVMValueRef number = LLVMBuildSIToFP(m->builder, o->values[i].data, m->f64, "");
    if (is_int(o->values[i])) return number;
    return LLVMBuildSelect(m->builder, test_int(o, i), number, emit_double(m, o->values[i]), "");
}

/* The first operand unless the second one is better or the only NaN. */
static EmitValue emit_float_extreme(const Operation *o, LLVMRealPredicate better)
{
    ModuleEmitter *m = o->f->m;
    LLVMValueRef a = emit_double(m, o->values[0]), b = emit_double(m, o->values[1]);
    LLVMValueRef is_first = LLVMBuildOr(m->builder, LLVMBuildFCmp(m->builder, better, a, b, ""),
                                        LLVMBuildFCmp(m->builder, LLVMRealUNO, a, a, ""), "");
    return emit_float(m, LLVMBuildSelect(m->builder, is_first, a, b, ""));
}

/* One is a float, the other one a float or an int. */
static bool emit_floats(const Operation *o, EmitValue *result)
{
    ModuleEmitter *m = o->f->m;
    if (o->primitive == PRIM_min || o->primitive == PRIM_max) {
        if (!is_float(o->values[0]) || !is_float(o->values[1])) return false;
        *result = emit_float_extreme(o, o->primitive == PRIM_min ? LLVMRealOLE : LLVMRealOGE);
        return true;
    }
    if (is_square(o)) {
        LLVMValueRef x = emit_double(m, o->values[0]);
        *result = emit_float(m, LLVMBuildFMul(m->builder, x, x, ""));
        return true;
    }
    if (o->primitive < PRIM_add || o->primitive > PRIM_div) return false;
    LLVMValueRef a = as_double(o, 0), b = as_double(o, 1);
    LLVMValueRef number = o->primitive == PRIM_add   ? LLVMBuildFAdd(m->builder, a, b, "")
                          : o->primitive == PRIM_sub ? LLVMBuildFSub(m->builder, a, b, "")
                          : o->primitive == PRIM_mul ? LLVMBuildFMul(m->builder, a, b, "")
                                                     : LLVMBuildFDiv(m->builder, a, b, "");
    *result = emit_float(m, number);
    return true;
}

_Static_assert(PRIM_sub == PRIM_add + 1 && PRIM_mul == PRIM_add + 2 && PRIM_div == PRIM_add + 3 &&
                   RUNTIME_DIV_RARE == RUNTIME_ADD_RARE + 3 && RUNTIME_DIV_FAIL == RUNTIME_ADD_FAIL + 3,
               "the four operations are neighbours, in the same order");

/* Numbers of different types are compared by exact value: an int must be one that a double can be. */
static bool is_exact_as_double(const Operation *o, int i)
{
    if (is_float(o->values[i])) return true;
    CoreType range = operand_range(o, i);
    return range.lo >= -((int64_t)1 << 53) && range.hi <= (int64_t)1 << 53;
}

static LLVMValueRef compare_floats(const Operation *o)
{
    LLVMRealPredicate predicate = o->primitive == PRIM_lt    ? LLVMRealOLT
                                  : o->primitive == PRIM_lte ? LLVMRealOLE
                                  : o->primitive == PRIM_gt  ? LLVMRealOGT
                                  : o->primitive == PRIM_gte ? LLVMRealOGE
                                                             : LLVMRealOEQ;
    return LLVMBuildFCmp(o->f->m->builder, predicate, as_double(o, 0), as_double(o, 1), "");
}

/* ---- one operand --------------------------------------------------------------------------------------------------- */

/* Of an int: an int, if it is a square, else a float. */
static EmitValue emit_root(const Operation *o)
{
    ModuleEmitter *m = o->f->m;
    LLVMBuilderRef builder = m->builder;
    LLVMValueRef n = o->values[0].data, x = as_double(o, 0);
    LLVMValueRef is_negative = LLVMBuildICmp(builder, LLVMIntSLT, n, emit_int(m, m->i64, 0), "");
    LLVMValueRef root = emit_intrinsic(m, "llvm.sqrt", m->f64, &x, 1);
    LLVMValueRef whole = LLVMBuildFreeze(builder, LLVMBuildFPToSI(builder, root, m->i64, ""), ""); /* poison for NaN */
    LLVMValueRef is_root = LLVMBuildICmp(builder, LLVMIntEQ, LLVMBuildMul(builder, whole, whole, ""), n, "");
    LLVMValueRef is_exact = LLVMBuildAnd(builder, is_root, LLVMBuildNot(builder, is_negative, ""), "");
    root = LLVMBuildSelect(builder, is_negative, LLVMConstReal(m->f64, (double)NAN), root, "");
    LLVMValueRef bits = LLVMBuildBitCast(builder, root, m->i64, "");
    LLVMValueRef tags[2] = {emit_int(m, m->i32, RT_INT), emit_int(m, m->i32, RT_FLOAT)};
    return emit_uncounted(LLVMBuildSelect(builder, is_exact, tags[0], tags[1], ""),
                          LLVMBuildSelect(builder, is_exact, whole, bits, ""));
}

static bool emit_unary_int(const Operation *o, EmitValue *result)
{
    ModuleEmitter *m = o->f->m;
    LLVMValueRef n = o->values[0].data, zero = emit_int(m, m->i64, 0);
    switch (o->primitive) {
    case PRIM_neg: *result = emit_int_arithmetic(o, PRIM_sub, zero, n); return true;
    case PRIM_bitwise_not: *result = emit_integer(m, LLVMBuildNot(m->builder, n, "")); return true;
    case PRIM_inexact: *result = emit_float(m, as_double(o, 0)); return true;
    case PRIM_sqrt: *result = emit_root(o); return true;
    case PRIM_exact:
    case PRIM_floor:
    case PRIM_ceiling:
    case PRIM_truncate:
    case PRIM_round: *result = emit_integer(m, n); return true; /* the operand itself may be one that was owned */
    case PRIM_abs: {
        if (!type_is_int(result_type(o))) return false;
        LLVMValueRef is_negative = LLVMBuildICmp(m->builder, LLVMIntSLT, n, zero, "");
        LLVMValueRef negated = LLVMBuildNSWSub(m->builder, zero, n, "");
        *result = emit_integer(m, LLVMBuildSelect(m->builder, is_negative, negated, n, ""));
        return true;
    }
    default: return false;
    }
}

/* A float, or an int, as an exact number: an int, if it is whole and fits. */
static EmitValue emit_exact(const Operation *o)
{
    FunctionEmitter *f = o->f;
    ModuleEmitter *m = f->m;
    LLVMValueRef limit = LLVMConstReal(m->f64, 0x1p63), x = emit_double(m, o->values[0]);
    LLVMValueRef n = LLVMBuildFreeze(m->builder, LLVMBuildFPToSI(m->builder, x, m->i64, ""), ""); /* poison beyond */
    LLVMValueRef size = emit_intrinsic(m, "llvm.fabs", m->f64, &x, 1);
    LLVMValueRef fits = LLVMBuildFCmp(m->builder, LLVMRealOLT, size, limit, "");
    LLVMValueRef is_same = LLVMBuildFCmp(m->builder, LLVMRealOEQ, LLVMBuildSIToFP(m->builder, n, m->f64, ""), x, "");
    LLVMValueRef is_usual = LLVMBuildAnd(m->builder, fits, is_same, "");
    if (!is_float(o->values[0])) {
        LLVMValueRef is_an_int = test_int(o, 0);
        n = LLVMBuildSelect(m->builder, is_an_int, o->values[0].data, n, "");
        is_usual = LLVMBuildOr(m->builder, is_an_int, is_usual, "");
    }
    RareCase rare;
    rare_case_begin(f, &rare, LLVMBuildNot(m->builder, is_usual, ""));
    return finish_with_call(o, &rare, emit_integer(m, n));
}

static const char *rounding_of(int primitive)
{
    switch (primitive) {
    case PRIM_floor: return "llvm.floor";
    case PRIM_ceiling: return "llvm.ceil";
    case PRIM_truncate: return "llvm.trunc";
    case PRIM_round: return "llvm.rint"; /* to nearest, ties to even: the mode is never changed */
    default: return NULL;
    }
}

static bool emit_unary_float(const Operation *o, EmitValue *result)
{
    ModuleEmitter *m = o->f->m;
    LLVMValueRef x = emit_double(m, o->values[0]);
    const char *intrinsic;
    switch (o->primitive) {
    case PRIM_neg: *result = emit_float(m, LLVMBuildFNeg(m->builder, x, "")); return true;
    case PRIM_inexact: *result = emit_float(m, x); return true;
    case PRIM_exact: *result = emit_exact(o); return true;
    case PRIM_abs: intrinsic = "llvm.fabs"; break;
    case PRIM_sqrt: intrinsic = "llvm.sqrt"; break;
    default: intrinsic = rounding_of(o->primitive);
    }
    if (!intrinsic) return false;
    *result = emit_float(m, emit_intrinsic(m, intrinsic, m->f64, &x, 1));
    return true;
}

/* Of an int or a float: ints are whole. */
static bool emit_unary_mixed(const Operation *o, EmitValue *result)
{
    ModuleEmitter *m = o->f->m;
    LLVMValueRef x = emit_double(m, o->values[0]);
    if (o->primitive == PRIM_inexact) *result = emit_float(m, as_double(o, 0));
    else if (o->primitive == PRIM_exact) *result = emit_exact(o);
    else if (rounding_of(o->primitive)) {
        LLVMValueRef whole = emit_intrinsic(m, rounding_of(o->primitive), m->f64, &x, 1);
        LLVMValueRef bits = LLVMBuildBitCast(m->builder, whole, m->i64, "");
        *result =
            emit_uncounted(o->values[0].tag, LLVMBuildSelect(m->builder, test_int(o, 0), o->values[0].data, bits, ""));
    } else return false;
    return true;
}

/* ---- tests --------------------------------------------------------------------------------------------------------- */

static bool emit_comparison(const Operation *o, EmitValue *result)
{
    enum Relation relation;
    if (!prim_relation(o->primitive, &relation)) return false;
    const EmitValue *v = o->values;
    bool ints = is_int(v[0]) && is_int(v[1]);
    bool numbers = is_int_or_float(o, 0) && is_int_or_float(o, 1);
    if (!ints && !(numbers && is_exact_as_double(o, 0) && is_exact_as_double(o, 1))) return false;
    *result = emit_truth(o->f->m, ints ? compare_ints(o) : compare_floats(o));
    return true;
}

/* ---- most likely ints or floats ------------------------------------------------------------------------------------ */

/* Can it be a number of that tag, though this is not known? */
static bool may_be(const Operation *o, int i, uint32_t tag)
{
    if (LLVMIsAConstantInt(o->values[i].tag)) return emit_has_tag(o->values[i], tag);
    const CoreNode *arg = o->node ? o->node->u.call.args[i] : NULL;
    return !arg || !arg->type || (arg->type->tags & TAG_BIT(tag));
}

/* Operations on two ints whose functions are not inlined for their fast path: they take arrays, or are long.  And sums of what is
 * an int or, after an overflow, a bigint: the result's tag is then a value of its own, which the next such operation need
 * not look at; behind an inlined function it is part of a structure, through which LLVM does not see. */
static bool is_guarded(const Operation *o)
{
    for (int i = 0; i < 2; i++)
        if (!may_be(o, i, RT_INT)) return false;
    switch (o->primitive) {
    case PRIM_add:
    case PRIM_sub:
    case PRIM_mul: return !may_be(o, 0, RT_FLOAT) && !may_be(o, 1, RT_FLOAT);
    case PRIM_quotient:
    case PRIM_remainder:
    case PRIM_modulo:
    case PRIM_bitwise_and:
    case PRIM_bitwise_ior:
    case PRIM_bitwise_xor:
    case PRIM_min:
    case PRIM_max:
    case PRIM_arithmetic_shift: return true;
    default: return false;
    }
}

static EmitValue emit_guarded(const Operation *o)
{
    FunctionEmitter *f = o->f;
    ModuleEmitter *m = f->m;
    EmitValue ints[2];
    LLVMValueRef int_tag = emit_int(m, m->i32, RT_INT), is_rare = is_division(o->primitive) ? test_divisor(o) : NULL;
    for (int i = 0; i < 2; i++) {
        ints[i] = emit_integer(m, o->values[i].data);
        if (is_int(o->values[i])) continue;
        LLVMValueRef test = LLVMBuildICmp(m->builder, LLVMIntNE, o->values[i].tag, int_tag, "");
        is_rare = is_rare ? LLVMBuildOr(m->builder, is_rare, test, "") : test;
    }
    RareCase rare;
    rare_case_begin(f, &rare, is_rare);
    Operation on_ints = *o;
    on_ints.values = ints;
    EmitValue result;
    if (is_division(o->primitive)) result = emit_integer(m, build_division(&on_ints, ints[0].data, ints[1].data));
    else if (!emit_ints(&on_ints, &result)) rt_internal_error("emit_guarded: no operation on ints");
    return finish_with_call(o, &rare, result);
}

/* One operand is a float, of the other one that is not known: the functions do not have the fast path for an int and a float. */
static bool is_half_float(const Operation *o)
{
    if (o->primitive < PRIM_add || o->primitive > PRIM_div) return false;
    int other = is_float(o->values[0]) ? 1 : 0;
    bool is_open = may_be(o, other, RT_INT) || may_be(o, other, RT_FLOAT);
    return is_float(o->values[1 - other]) && is_open && !LLVMIsAConstantInt(o->values[other].tag);
}

static EmitValue emit_half_float(const Operation *o)
{
    FunctionEmitter *f = o->f;
    ModuleEmitter *m = f->m;
    int other = is_float(o->values[0]) ? 1 : 0;
    EmitValue v = o->values[other];
    bool may_be_int = may_be(o, other, RT_INT), may_be_float = may_be(o, other, RT_FLOAT);
    LLVMValueRef is_an_int = LLVMBuildICmp(m->builder, LLVMIntEQ, v.tag, emit_int(m, m->i32, RT_INT), "");
    LLVMValueRef is_a_float = LLVMBuildICmp(m->builder, LLVMIntEQ, v.tag, emit_int(m, m->i32, RT_FLOAT), "");
    LLVMValueRef is_plain = !may_be_float ? is_an_int : is_a_float;
    if (may_be_int && may_be_float) is_plain = LLVMBuildOr(m->builder, is_an_int, is_a_float, "");
    RareCase rare;
    rare_case_begin(f, &rare, LLVMBuildNot(m->builder, is_plain, ""));
    LLVMValueRef as_float = emit_double(m, v), number = as_float;
    if (may_be_int) number = LLVMBuildSIToFP(m->builder, v.data, m->f64, "");
    if (may_be_int && may_be_float) number = LLVMBuildSelect(m->builder, is_an_int, number, as_float, "");
    EmitValue floats[2];
    floats[1 - other] = o->values[1 - other];
    floats[other] = emit_float(m, number);
    Operation on_floats = *o;
    on_floats.values = floats;
    EmitValue result;
    if (!emit_floats(&on_floats, &result)) rt_internal_error("emit_half_float: no operation on floats");
    rare_case_switch(f, &rare, result);
    EmitValue slow = call_function(o);
    if (slow.item) owned_remove_item(f, slow.item); /* a float too, or an error */
    return rare_case_finish(f, &rare, emit_float(m, emit_double(m, slow)));
}

/* Two operands: would it be instructions for the usual case and a call for the rare one? */
static bool has_rare_case(const Operation *o)
{
    if (!is_int(o->values[0]) || !is_int(o->values[1])) return true;
    if (is_division(o->primitive)) return may_be_hard_divisor(o);
    bool may_overflow = (o->primitive >= PRIM_add && o->primitive <= PRIM_mul) || o->primitive == PRIM_arithmetic_shift;
    return may_overflow && !type_is_int(result_type(o));
}

bool emit_known_prim(FunctionEmitter *f, int primitive, const EmitValue *values, int count, const CoreNode *node,
                     const RtPlace *place, EmitValue *result)
{
    Operation o = {f, primitive, values, count, node, place};
    uint32_t tags;
    if (count == 1 && prim_tests_tags(primitive, &tags)) {
        const CoreType *type = node ? node->u.call.args[0]->type : NULL;
        *result = emit_truth(f->m, emit_test_tags(f->m, type, values[0], tags));
        return true;
    }
    if (count == 1 && is_int(values[0])) return emit_unary_int(&o, result);
    if (count == 1 && is_float(values[0])) return emit_unary_float(&o, result);
    if (count == 1 && is_int_or_float(&o, 0)) return emit_unary_mixed(&o, result);
    if (count != 2) return false;
    if (emit_comparison(&o, result)) return true;
    bool a_int = is_int(values[0]), b_int = is_int(values[1]);
    bool are_numbers = (a_int || is_float(values[0])) && (b_int || is_float(values[1]));
    if (are_numbers && !(a_int && b_int)) return emit_floats(&o, result);
    if (f->is_compact && has_rare_case(&o)) return false;
    if (are_numbers) return emit_ints(&o, result);
    if (is_half_float(&o)) *result = emit_half_float(&o);
    else if (is_guarded(&o)) *result = emit_guarded(&o);
    else return false;
    return true;
}
