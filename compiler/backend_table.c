/* The back end as consairc sees it.  As a module (-Dllvm=shared) this is its one symbol. */
#include "backend.h"

__attribute__((visibility("default"))) const Backend consair_backend = {
    .jit_run_program = jit_run_program,
    .tier_compile = tier_compile,
    .tier_load = tier_load,
    .jit_session_new = jit_session_new,
    .jit_session_free = jit_session_free,
    .jit_session_load = jit_session_load,
    .jit_session_unload = jit_session_unload,
    .jit_session_find = jit_session_find,
    .build_program = build_program,
    .link_program = link_program,
    .emit_ir_text = emit_ir_text,
    .emit_asm_text = emit_asm_text,
    .version = backend_version,
};
