// LLVM's standard pipeline without one pass, which its C interface cannot leave out.
//
// Dead argument elimination (LLVM 19) drops parts of a function's result that no caller looks at, also where the function
// ends in a `musttail` call of one whose result has to stay as it is: the types then differ and the module is invalid.
#include "optimize_passes.h"

#include <llvm/IR/Module.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Target/TargetMachine.h>

using namespace llvm;

static bool is_sound(StringRef pass) { return pass != "DeadArgumentEliminationPass"; }

void run_llvm_pipeline(LLVMModuleRef module, LLVMTargetMachineRef target, int level)
{
    static const OptimizationLevel levels[] = {OptimizationLevel::O1, OptimizationLevel::O2, OptimizationLevel::O3};
    PassInstrumentationCallbacks callbacks;
    callbacks.registerShouldRunOptionalPassCallback([](StringRef pass, Any) { return is_sound(pass); });
    PassBuilder builder(reinterpret_cast<TargetMachine *>(target), PipelineTuningOptions(), std::nullopt, &callbacks);
    LoopAnalysisManager loops;
    FunctionAnalysisManager functions;
    CGSCCAnalysisManager components;
    ModuleAnalysisManager modules;
    builder.registerModuleAnalyses(modules);
    builder.registerCGSCCAnalyses(components);
    builder.registerFunctionAnalyses(functions);
    builder.registerLoopAnalyses(loops);
    builder.crossRegisterProxies(loops, functions, components, modules);
    builder.buildPerModuleDefaultPipeline(levels[level > 3 ? 2 : level - 1]).run(*unwrap(module), modules);
}
