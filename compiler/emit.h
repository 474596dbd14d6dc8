/* Core to LLVM IR.  Only files that include this header see LLVM.
 *
 * IR conventions.  A value is two scalars (i32 tag, i64 data); as a result the struct {i32, i64}.
 *   runtime functions  C convention, `const RtPlace *at` last where the table says so
 *   F.direct           fastcc, or swifttailcc (20) when function->needs_tailcc: (captures..., params...), all owned;
 *                      with swifttailcc six words, and one that may be in the closure's register; others are in rt_args
 *   F.entry            swifttailcc (ptr swiftself self, params...): closure entry; only when function->needs_closure.  It is F.direct
 *                      where there are no known calls, and in versions for those who lend (borrow_closures.c)
 *   F.generic          swifttailcc (ptr self, i64 argc): arguments in rt_args; only for rest parameters or > RT_MAX_DIRECT_ARGS
 *   F.code, F.closure  constant RtCode; immortal RtClosure when there are no captures
 * Errors: a call that may raise while owned values are live is an invoke; pads drop them and resume (rt_resume after the passes).
 * The module defines `consair_program`, a constant RtProgram.
 */
#ifndef CONSAIR_EMIT_H
#define CONSAIR_EMIT_H

#include "backend.h"
#include <llvm-c/Core.h>
#include <llvm-c/TargetMachine.h>

typedef struct EmitOptions {
    bool in_process; /* JIT: literals are pointers into this process; else everything is static data in the module */
    const BackendOptions *backend;
    struct OtherHalf *other; /* NULL: the module must be whole */
} EmitOptions;

/* emit_module.c.  The module belongs to the caller; target gives data layout and triple.  Of a large program only one half may be in it:
 * then there is another process, and o->other tells of it. */
LLVMModuleRef emit_program(LLVMContextRef context, CoreProgram *p, const EmitOptions *o, LLVMTargetMachineRef target);
/* optimize.c */
/* Hot runtime functions, available_externally; counts: those that count allocations. */
bool runtime_bitcode_link(LLVMModuleRef module, bool counts);
/* -O0: only what correctness needs */
void optimize_module(LLVMModuleRef module, LLVMTargetMachineRef target, int level, bool time_passes);
void lower_resumes(LLVMModuleRef module); /* each `resume` becomes a call of rt_resume; after the passes */
/* llvm_target.c */
void initialize_llvm_target(void);
/* target.c */
LLVMTargetMachineRef target_machine_new(const Target *target, int optimize); /* NULL: this machine */
/* Runs the verifier; on failure prints one readable sentence (raw text too when verbose) and gives false. */
bool verify_module(LLVMModuleRef module, bool verbose);
extern int verifier_calls; /* for the tests */

#endif
