/* The table of primitives as data of the compiler: one PrimInfo a row of primitives.def, in the order of enum
 * Primitive.
 *
 * The functions have different types, so they are kept as void *; whoever calls one casts it back by its shape.
 */
#include "core.h"

enum { EFFECT_PURE = false, EFFECT_EFFECT = true };

const PrimInfo primitives[PRIMITIVE_COUNT] = {
#define PRIM(row_id, row_name, row_function, row_shape, row_min, row_max, row_owns, row_accepts, row_result,           \
             row_effect, row_doc)                                                                                      \
    [PRIM_##row_id] = {.id = #row_id,                                                                                  \
                       .name = row_name,                                                                               \
                       .c_name = #row_function,                                                                        \
                       .owns = row_owns,                                                                               \
                       .accepts = row_accepts,                                                                         \
                       .doc = row_doc,                                                                                 \
                       .function = (void *)row_function,                                                               \
                       .closure = &rt_builtin_##row_id,                                                                \
                       .shape = SHAPE_##row_shape,                                                                     \
                       .min = row_min,                                                                                 \
                       .max = row_max,                                                                                 \
                       .result = RESULT_##row_result,                                                                  \
                       .has_effect = EFFECT_##row_effect},
#define PRIM_TAIL(row_id, row_name, row_function, row_min, row_max, row_doc)                                           \
    [PRIM_##row_id] = {.id = #row_id,                                                                                  \
                       .name = row_name,                                                                               \
                       .c_name = #row_function,                                                                        \
                       .owns = "o",                                                                                    \
                       .accepts = "",                                                                                  \
                       .doc = row_doc,                                                                                 \
                       .function = (void *)row_function,                                                               \
                       .closure = &rt_builtin_##row_id,                                                                \
                       .shape = SHAPE_TAIL,                                                                            \
                       .min = row_min,                                                                                 \
                       .max = row_max,                                                                                 \
                       .result = RESULT_ANY,                                                                           \
                       .has_effect = true},
#include "primitives.def"
#undef PRIM
#undef PRIM_TAIL
};

int prim_part_row(int primitive)
{
    switch (primitive) {
    case PRIM_car: return PRIM_part_car;
    case PRIM_cdr: return PRIM_part_cdr;
    case PRIM_vector_ref: return PRIM_part_ref;
    case PRIM_env_ref: return PRIM_part_env;
    default: return PRIM_NONE;
    }
}

int prim_take_row(int primitive)
{
    return primitive == PRIM_car ? PRIM_take_car : primitive == PRIM_cdr ? PRIM_take_cdr : PRIM_NONE;
}

bool prim_never_returns(int primitive)
{
    switch (primitive) {
    case PRIM_error:
    case PRIM_raise:
    case PRIM_fail:
    case PRIM_expected:
    case PRIM_exit: return true;
    default: return false;
    }
}
