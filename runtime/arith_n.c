/* The operators + - * / = < > <= >= on any number of operands: what `apply` and operators used as values call.
 *
 * Input: an array of owned operands, all consumed on every path.  Arithmetic folds to the left with the binary
 * functions and so raises what, and in the order in which, the chain of binary calls raises that a compiled call
 * consists of; the operands after a step that raises are dropped.  A comparison checks every operand
 * before it compares neighbours, for a false neighbour does not excuse a wrong operand behind it.
 */
#include "number.h"
#include "operands.h"

typedef RtValue BinaryFunction(RtValue a, RtValue b, const RtPlace *at);

static void drop_from(RtValue *args, int64_t from, int64_t count)
{
    for (int64_t i = from; i < count; i++) rt_drop(args[i]);
}

static RtValue check_number(RtValue v, const char *who, const RtPlace *at)
{
    if (!rt_is_number_value(v)) rt_raise_type(at, who, "a number", v);
    return v;
}

static RtValue fold(BinaryFunction *function, RtValue *args, int64_t count, const RtPlace *at)
{
    RtOperands operands RT_OWNED_OPERANDS = {args, 0, count}; /* drops those after a step that raises */
    RtValue result = rt_take_operand(&operands);
    while (operands.next < count) {
        RtValue operand = rt_take_operand(&operands);
        result = function(result, operand, at);
    }
    return result;
}

RtValue rt_add_n(RtValue *args, int64_t count, const RtPlace *at)
{
    if (count == 0) return rt_from_int(0);
    if (count == 1) return check_number(args[0], "+", at);
    return fold(rt_add, args, count, at);
}

RtValue rt_mul_n(RtValue *args, int64_t count, const RtPlace *at)
{
    if (count == 0) return rt_from_int(1);
    if (count == 1) return check_number(args[0], "*", at);
    return fold(rt_mul, args, count, at);
}

RtValue rt_sub_n(RtValue *args, int64_t count, const RtPlace *at)
{
    if (count == 1) return rt_neg(args[0], at);
    return fold(rt_sub, args, count, at);
}

RtValue rt_div_n(RtValue *args, int64_t count, const RtPlace *at)
{
    if (count == 1) return rt_div(rt_from_int(1), args[0], at);
    return fold(rt_div, args, count, at);
}

static void check_all(RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    for (int64_t i = 0; i < count; i++) {
        if (RT_LIKELY(rt_is_number_value(args[i]))) continue;
        drop_from(args, 0, i);
        drop_from(args, i + 1, count);
        rt_raise_type(at, who, "a number", args[i]);
    }
}

/* `holds`: the outcomes (enum RtOrder) for which the relation is true. */
static RtValue compare_neighbours(unsigned holds, RtValue *args, int64_t count, const char *who, const RtPlace *at)
{
    check_all(args, count, who, at);
    bool result = true;
    for (int64_t i = 1; i < count && result; i++) result = (rt_compare_borrow(args[i - 1], args[i]) & holds) != 0;
    drop_from(args, 0, count);
    return rt_from_bool(result);
}

RtValue rt_num_eq_n(RtValue *args, int64_t count, const RtPlace *at)
{
    return compare_neighbours(RT_EQUAL, args, count, "=", at);
}

RtValue rt_lt_n(RtValue *args, int64_t count, const RtPlace *at)
{
    return compare_neighbours(RT_LESS, args, count, "<", at);
}

RtValue rt_gt_n(RtValue *args, int64_t count, const RtPlace *at)
{
    return compare_neighbours(RT_GREATER, args, count, ">", at);
}

RtValue rt_lte_n(RtValue *args, int64_t count, const RtPlace *at)
{
    return compare_neighbours(RT_LESS | RT_EQUAL, args, count, "<=", at);
}

RtValue rt_gte_n(RtValue *args, int64_t count, const RtPlace *at)
{
    return compare_neighbours(RT_GREATER | RT_EQUAL, args, count, ">=", at);
}
