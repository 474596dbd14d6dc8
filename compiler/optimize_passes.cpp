// LLVM's standard pipeline without some passes, which its C interface cannot leave out.
//
// Dead argument elimination (LLVM 19) drops parts of a function's result that no caller looks at, also where the function
// ends in a `musttail` call of one whose result has to stay as it is: the types then differ and the module is invalid.
#include "optimize_passes.h"
#include "optimize_pipeline.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/Module.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Target/TargetMachine.h>

#include <chrono>
#include <string>
#include <vector>

using namespace llvm;

// Time of each pass without the passes inside of it.  Managers and adaptors only hold others, so their own time is nothing worth a row.
class PassTimes
{
    using Clock = std::chrono::steady_clock;
    struct Running {
        Clock::time_point start;
        double inner; // seconds
    };
    std::vector<Running> stack;
    StringMap<double> seconds;
    std::vector<StringRef> order; // of first occurrence

    void begin() { stack.push_back({Clock::now(), 0}); }

    void end(StringRef pass)
    {
        double whole = std::chrono::duration<double>(Clock::now() - stack.back().start).count();
        double own = whole - stack.back().inner;
        stack.pop_back();
        if (!stack.empty()) stack.back().inner += whole;
        auto [entry, is_new] = seconds.try_emplace(pass, 0);
        if (is_new) order.push_back(entry->getKey());
        entry->second += own;
    }

  public:
    void watch(PassInstrumentationCallbacks &callbacks)
    {
        callbacks.registerBeforeNonSkippedPassCallback([this](StringRef, Any) { begin(); });
        callbacks.registerAfterPassCallback([this](StringRef pass, Any, const PreservedAnalyses &) { end(pass); });
        callbacks.registerAfterPassInvalidatedCallback(
            [this](StringRef pass, const PreservedAnalyses &) { end(pass); });
        callbacks.registerBeforeAnalysisCallback([this](StringRef, Any) { begin(); });
        callbacks.registerAfterAnalysisCallback([this](StringRef pass, Any) { end(pass); });
    }

    void tell(LLVMPassTime *add_time) const
    {
        for (StringRef pass : order) add_time(pass.str().c_str(), seconds.lookup(pass));
    }
};

// The second one finds functions that a call through a pointer may reach, for what would make use of that: nothing here does.
static bool is_wanted(StringRef pass)
{
    return pass != "DeadArgumentEliminationPass" && pass != "CalledValuePropagationPass";
}

// The function that a pass is asked to work on, NULL for a module or a component of the call graph.
static const Function *function_of(const Any &unit)
{
    if (const auto *loop = any_cast<const Loop *>(&unit)) return (*loop)->getHeader()->getParent();
    const auto *function = any_cast<const Function *>(&unit);
    return function ? *function : nullptr;
}

// Functions of the runtime's bitcode were optimised when it was made, and none of their code stays where it is.
static bool is_of_runtime(const Function &function) { return function.hasAvailableExternallyLinkage(); }

// Passes that take time with the square of the number of blocks, or more: what they know of a value they know for each block.
static bool is_too_dear(StringRef pass, const Function &function)
{
    constexpr unsigned most_blocks =
        1200; // the largest functions of the benchmarks and tests have 900 of 4,000 instructions
    return (pass == "JumpThreadingPass" || pass == "CorrelatedValuePropagationPass") && function.size() > most_blocks;
}

static bool is_worth_running(StringRef pass, const Any &unit)
{
    const Function *function = function_of(unit);
    return is_wanted(pass) &&
           (!function || (!is_of_runtime(*function) && !is_too_dear(pass, *function) && !is_left_as_it_is(*function)));
}

// Before instructions are selected, LLVM goes over a whole function again for each change of its blocks unless it has more than 10,000.
static void limit_preparation()
{
    auto option = cl::getRegisteredOptions().find("cgpp-huge-func");
    if (option != cl::getRegisteredOptions().end()) static_cast<cl::opt<unsigned> *>(option->second)->setValue(500);
}

// Instruction selection of functions that are not optimised leaves out calls that write no memory and whose results nobody wants, though
// they may never return: then what comes behind a call that has no end, nothing at all, would be run.
static void keep_endless_calls(Module &module)
{
    for (Function &function : module)
        if (!function.hasFnAttribute(Attribute::WillReturn)) function.removeFnAttr(Attribute::Memory);
}

void run_llvm_pipeline(LLVMModuleRef module, LLVMTargetMachineRef target, int level, LLVMPassTime *add_time)
{
    static const OptimizationLevel levels[] = {OptimizationLevel::O1, OptimizationLevel::O2, OptimizationLevel::O3};
    PassInstrumentationCallbacks callbacks;
    callbacks.registerShouldRunOptionalPassCallback(
        [](StringRef pass, Any unit) { return is_worth_running(pass, unit); });
    PassTimes times;
    if (add_time) times.watch(callbacks);
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
    limit_preparation();
    leave_huge_functions(*unwrap(module));
    ModulePassManager passes =
        level == 2 ? optimize_pipeline() : builder.buildPerModuleDefaultPipeline(levels[level > 3 ? 2 : level - 1]);
    passes.run(*unwrap(module), modules);
    keep_endless_calls(*unwrap(module));
    if (add_time) times.tell(add_time);
}
