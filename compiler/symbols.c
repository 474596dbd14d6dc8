/* Addresses of everything outside a module that its code may name: for the JIT, which does not look into the process.
 *
 * Four sources: primitives.def (functions and their closures), the runtime's other functions and variables (the
 * list below), what the hot functions call when they are inlined (hot_symbols.h, generated from the bitcode), and what
 * LLVM makes calls of (c_functions.def).
 * A name may occur twice, always with the same address.
 */
#include "backend.h"

#include <math.h>

#define HOT_SYMBOL(name) extern char hot_symbol_##name[] __asm__(#name);
#include "hot_symbols.h"
#undef HOT_SYMBOL

#define PRIM(id, name, function, shape, min, max, owns, accepts, result, effect, doc)
#define PRIM_TAIL(id, name, function, min, max, doc) RtGenericEntry function;
#include "primitives.def"
#undef PRIM
#undef PRIM_TAIL

int __gcc_personality_v0(void); /* only its address is used */

#define SYMBOL(name) {#name, (void *)name},
#define VARIABLE(name) {#name, (void *)&name},

const RuntimeSymbol runtime_symbols[] = {
#define PRIM(id, name, function, shape, min, max, owns, accepts, result, effect, doc)                                  \
    SYMBOL(function) VARIABLE(rt_builtin_##id)
#define PRIM_TAIL(id, name, function, min, max, doc) SYMBOL(function) VARIABLE(rt_builtin_##id)
#include "primitives.def"
#undef PRIM
#undef PRIM_TAIL

#define HOT_SYMBOL(name) {#name, hot_symbol_##name},
#include "hot_symbols.h"
#undef HOT_SYMBOL

    /* heap and counts */
    VARIABLE(rt_free_lists) SYMBOL(rt_alloc_refill) SYMBOL(rt_alloc_large) SYMBOL(rt_free_large) SYMBOL(rt_free_value)
        SYMBOL(rt_dup_value) SYMBOL(rt_drop_value) SYMBOL(rt_drop_plain) SYMBOL(rt_open_both) SYMBOL(rt_uncount_shared)
            SYMBOL(rt_open_car) SYMBOL(rt_open_cdr) SYMBOL(rt_open_vector) SYMBOL(rt_open_shell) SYMBOL(rt_free_shell)
                SYMBOL(rt_short_vector) SYMBOL(rt_new_struct) SYMBOL(rt_drop_struct) SYMBOL(rt_own_struct)
                    SYMBOL(rt_open_struct) SYMBOL(rt_open_struct_shell) SYMBOL(rt_free_struct_shell)
                        SYMBOL(rt_copy_numbers) SYMBOL(rt_drop_numbers) SYMBOL(rt_make_immortal)
                            SYMBOL(rt_out_of_memory) SYMBOL(rt_internal_error)
    /* errors */
    VARIABLE(rt_current_error) VARIABLE(rt_call_place) SYMBOL(rt_raise) SYMBOL(rt_resume) SYMBOL(rt_make_error)
        SYMBOL(rt_raise_message) SYMBOL(rt_raise_type) SYMBOL(rt_raise_unbound) SYMBOL(rt_raise_arity)
            SYMBOL(rt_raise_depth) VARIABLE(rt_stack_limit) VARIABLE(rt_memory_is_short) VARIABLE(rt_turns_left)
                SYMBOL(rt_turns_over) VARIABLE(rt_vacant) SYMBOL(__gcc_personality_v0)
    /* calls, closures, literals */
    VARIABLE(rt_args) SYMBOL(rt_args_reserve) SYMBOL(rt_apply_n) SYMBOL(rt_call_value) SYMBOL(rt_make_closure)
        SYMBOL(rt_begin_closure) SYMBOL(rt_enter_closure) SYMBOL(rt_lend_closure_0) SYMBOL(rt_lend_closure_1)
            SYMBOL(rt_lend_closure_2) SYMBOL(rt_lend_closure_3) SYMBOL(rt_lend_all_1) SYMBOL(rt_lend_all_2)
                SYMBOL(rt_lend_all_3) SYMBOL(rt_lend_all_0) SYMBOL(rt_closure_code) SYMBOL(rt_make_env)
                    SYMBOL(rt_spread_list) SYMBOL(rt_list_from_args) SYMBOL(rt_intern) SYMBOL(rt_make_symbol)
                        SYMBOL(rt_make_string)
    /* C functions */
    SYMBOL(rt_foreign_refuse) SYMBOL(rt_foreign_double) SYMBOL(rt_foreign_uint64) SYMBOL(rt_foreign_pointer)
        SYMBOL(rt_foreign_string) SYMBOL(rt_foreign_unsigned) SYMBOL(rt_foreign_text) SYMBOL(rt_foreign_owned_text)
    /* arithmetic */
    SYMBOL(rt_add_overflow) SYMBOL(rt_sub_overflow) SYMBOL(rt_mul_overflow) SYMBOL(rt_call_quietly)
        SYMBOL(rt_raise_kept)
#define C_FUNCTION SYMBOL
#include "c_functions.def"
#undef C_FUNCTION
};

const int runtime_symbol_count = (int)(sizeof runtime_symbols / sizeof *runtime_symbols);
