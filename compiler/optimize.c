/* Optimisation of a module by LLVM, with the runtime's hot functions in sight.
 *
 * hot.c and hot_arith.c of the runtime were also compiled to bitcode (hot_module.c), which is part of this program.
 * Its functions are linked into the module as `available_externally`: bodies to inline from, never emitted;
 * whatever is not inlined calls the function in the runtime itself.  The bitcode is read lazily, so only functions
 * that the module names cost anything. After the passes `resume` becomes a call of rt_resume, our own unwinder's;
 * before, the inliner needs the real one.
 */
#include "emit.h"

#include "codegen.h"
#include "optimize_passes.h"

#include <llvm-c/BitReader.h>
#include <llvm-c/Linker.h>

#include <stdlib.h>

extern const char runtime_bitcode[], runtime_bitcode_end[]; /* bitcode.S */
extern const char counting_bitcode[], counting_bitcode_end[];

/* Prepares one definition of the bitcode.  Attributes about the processor would keep it from being inlined. */
static void make_available(LLVMValueRef global)
{
    static const char *const dropped[] = {
        "target-cpu",   "target-features", "tune-cpu", "stack-protector-buffer-size", "min-legal-vector-width",
        "frame-pointer"};
    if (LLVMGetLinkage(global) == LLVMExternalLinkage && !LLVMIsDeclaration(global))
        LLVMSetLinkage(global, LLVMAvailableExternallyLinkage);
    if (!LLVMIsAFunction(global)) return;
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        LLVMRemoveStringAttributeAtIndex(global, LLVMAttributeFunctionIndex, dropped[i], (unsigned)strlen(dropped[i]));
}

bool runtime_bitcode_link(LLVMModuleRef module, bool counts)
{
    const char *begin = counts ? counting_bitcode : runtime_bitcode;
    size_t size = (size_t)((counts ? counting_bitcode_end : runtime_bitcode_end) - begin);
    LLVMMemoryBufferRef buffer = LLVMCreateMemoryBufferWithMemoryRange(begin, size, "hot.bc", false);
    LLVMModuleRef runtime;
    if (LLVMGetBitcodeModuleInContext2(LLVMGetModuleContext(module), buffer, &runtime) != 0) {
        LLVMDisposeMemoryBuffer(buffer);
        backend_internal_error("the runtime's bitcode cannot be read", NULL);
        return false;
    }
    LLVMSetTarget(runtime, LLVMGetTarget(module));
    LLVMSetDataLayout(runtime, LLVMGetDataLayoutStr(module));
    for (LLVMValueRef f = LLVMGetFirstFunction(runtime); f; f = LLVMGetNextFunction(f)) make_available(f);
    for (LLVMValueRef g = LLVMGetFirstGlobal(runtime); g; g = LLVMGetNextGlobal(g)) make_available(g);
    if (LLVMLinkModules2(module, runtime) == 0) return true;
    backend_internal_error("the runtime's bitcode cannot be linked", NULL);
    return false;
}

void optimize_module(LLVMModuleRef module, LLVMTargetMachineRef target, int level, bool time_passes)
{
    if (level > 0) run_llvm_pipeline(module, target, level, time_passes ? pipeline_add_part_time : NULL);
}

static LLVMValueRef resume_function(LLVMModuleRef module, LLVMTypeRef *type)
{
    LLVMContextRef context = LLVMGetModuleContext(module);
    LLVMTypeRef pointer = LLVMPointerTypeInContext(context, 0);
    *type = LLVMFunctionType(LLVMVoidTypeInContext(context), &pointer, 1, false);
    LLVMValueRef function = LLVMGetNamedFunction(module, "rt_resume");
    if (!function) function = LLVMAddFunction(module, "rt_resume", *type);
    unsigned noreturn = LLVMGetEnumAttributeKindForName("noreturn", strlen("noreturn"));
    LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, LLVMCreateEnumAttribute(context, noreturn, 0));
    return function;
}

void lower_resumes(LLVMModuleRef module)
{
    LLVMTypeRef type = NULL;
    LLVMValueRef callee = NULL;
    LLVMBuilderRef builder = LLVMCreateBuilderInContext(LLVMGetModuleContext(module));
    for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f)) {
        for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(f); b; b = LLVMGetNextBasicBlock(b)) {
            LLVMValueRef resume = LLVMGetBasicBlockTerminator(b);
            if (!resume || LLVMGetInstructionOpcode(resume) != LLVMResume) continue;
            if (!callee) callee = resume_function(module, &type);
            LLVMPositionBuilderBefore(builder, resume);
            LLVMValueRef whole = LLVMGetOperand(resume, 0);
            bool is_built = LLVMIsAInsertValueInst(whole) && LLVMIsPoison(LLVMGetOperand(whole, 0));
            LLVMValueRef exception = is_built ? LLVMGetOperand(whole, 1) : LLVMBuildExtractValue(builder, whole, 0, "");
            LLVMBuildCall2(builder, type, callee, &exception, 1, "");
            LLVMBuildUnreachable(builder);
            LLVMInstructionEraseFromParent(resume);
            if (is_built && !LLVMGetFirstUse(whole)) LLVMInstructionEraseFromParent(whole);
        }
    }
    LLVMDisposeBuilder(builder);
}
