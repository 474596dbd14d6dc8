/* From final Core to a finished LLVM module, and from there to machine code in memory: what JIT and builds have in
 * common.
 *
 * codegen_begin: emit, verify, link the hot runtime functions in, run the passes, lower `resume`.  LLVM prints
 * nothing by itself: its diagnostics come to diagnose() and its failures are told in one sentence.
 */
#include "codegen.h"

#include <stdlib.h>

void codegen_add_time(const char *phase, double *start)
{
    double now = pipeline_clock();
    pipeline_add_time(phase, now - *start);
    *start = now;
}

/* Without a handler LLVM would print an error and exit by itself. */
static void diagnose(LLVMDiagnosticInfoRef info, void *data)
{
    Codegen *g = data;
    LLVMDiagnosticSeverity severity = LLVMGetDiagInfoSeverity(info);
    if (severity != LLVMDSError && !(g->options->verbose && severity == LLVMDSWarning)) return;
    char *text = LLVMGetDiagInfoDescription(info);
    if (severity == LLVMDSError) {
        g->failed = true;
        backend_internal_error("LLVM reports an error", text);
    } else {
        fprintf(stderr, "consairc: LLVM warns: %s\n", text);
    }
    LLVMDisposeMessage(text);
}

/* Frames name their personality through a pointer that all objects share.  A module in memory may be too far from the one that
 * came first, so each gets a personality of its own; nobody calls it. */
static void make_own_personality(LLVMModuleRef module)
{
    static unsigned count;
    char name[40];
    LLVMValueRef shared = LLVMGetNamedFunction(module, "__gcc_personality_v0");
    if (!shared) return;
    snprintf(name, sizeof name, "personality.%u", ++count);
    LLVMContextRef context = LLVMGetModuleContext(module);
    LLVMValueRef own = LLVMAddFunction(module, name, LLVMGlobalGetValueType(shared));
    LLVMBuilderRef builder = LLVMCreateBuilderInContext(context);
    LLVMPositionBuilderAtEnd(builder, LLVMAppendBasicBlockInContext(context, own, ""));
    LLVMBuildRet(builder, LLVMConstNull(LLVMInt32TypeInContext(context)));
    LLVMDisposeBuilder(builder);
    for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f))
        if (LLVMHasPersonalityFn(f)) LLVMSetPersonalityFn(f, own);
}

static bool optimize(Codegen *g)
{
    double start = pipeline_clock();
    if (g->options->optimize > 0) {
        if (!runtime_bitcode_link(g->module, g->options->is_interactive)) return false;
        codegen_add_time("bitcode", &start);
    }
    optimize_module(g->module, g->target, g->options->optimize, g->options->time_passes);
    lower_resumes(g->module);
    if (g->options->joins_interpreter) make_own_personality(g->module);
    codegen_add_time("llvm-passes", &start);
    return !g->options->verify || verify_module(g->module, g->options->verbose);
}

/* Everything after emission. */
static bool finish(Codegen *g, bool optimized)
{
    bool good = g->module && (!g->options->verify || verify_module(g->module, g->options->verbose));
    if (good && optimized) good = optimize(g);
    good = good && !g->failed;
    if (g->other.is_here) halves_deliver(&g->other, good ? codegen_machine_code(g, LLVMObjectFile) : NULL);
    if (!good) codegen_end(g);
    return good;
}

static bool begin(Codegen *g, CoreProgram *p, const BackendOptions *o, bool in_process, bool optimized, bool may_split)
{
    double start = pipeline_clock();
    *g = (Codegen){.options = o, .in_process = in_process, .target = target_machine_new(o->target, o->optimize)};
    g->context = LLVMContextCreate();
    LLVMContextSetDiagnosticHandler(g->context, diagnose, g);
    if (may_split) LLVMContextSetDiscardValueNames(g->context, true); /* nobody will read the code */
    codegen_add_time("llvm-setup", &start);
    EmitOptions emit = {.in_process = in_process, .backend = o, .other = may_split ? &g->other : NULL};
    g->module = emit_program(g->context, p, &emit, g->target);
    codegen_add_time("emit", &start);
    return finish(g, optimized);
}

bool codegen_begin(Codegen *g, CoreProgram *p, const BackendOptions *o, bool in_process, bool optimized)
{
    return begin(g, p, o, in_process, optimized, false);
}

bool codegen_begin_objects(Codegen *g, CoreProgram *p, const BackendOptions *o, bool in_process)
{
    /* In memory the halves may end up too far from each other for the code model. */
    return begin(g, p, o, in_process, true, !in_process);
}

int codegen_objects(Codegen *g, LLVMMemoryBufferRef objects[2])
{
    objects[0] = codegen_machine_code(g, LLVMObjectFile);
    LLVMDisposeModule(g->module); /* before the linker runs as a fork, which makes memory dear to touch */
    g->module = NULL;
    if (!objects[0]) return 0;
    if (!g->other.process) return 1;
    double start = pipeline_clock();
    objects[1] = halves_collect(&g->other);
    codegen_add_time("other-half", &start);
    if (objects[1]) return 2;
    LLVMDisposeMemoryBuffer(objects[0]);
    g->failed = true;
    return 0;
}

bool codegen_begin_module(Codegen *g, LLVMContextRef context, LLVMModuleRef module, const BackendOptions *o,
                          bool in_process, bool optimized)
{
    *g = (Codegen){.options = o,
                   .context = context,
                   .module = module,
                   .in_process = in_process,
                   .target = target_machine_new(o->target, o->optimize)};
    LLVMContextSetDiagnosticHandler(context, diagnose, g);
    LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(g->target);
    LLVMSetModuleDataLayout(module, layout);
    LLVMDisposeTargetData(layout);
    char *triple = LLVMGetTargetMachineTriple(g->target);
    LLVMSetTarget(module, triple);
    LLVMDisposeMessage(triple);
    return finish(g, optimized);
}

LLVMMemoryBufferRef codegen_machine_code(Codegen *g, LLVMCodeGenFileType kind)
{
    double start = pipeline_clock();
    LLVMMemoryBufferRef code = NULL;
    char *message = NULL;
    if (LLVMTargetMachineEmitToMemoryBuffer(g->target, g->module, kind, &message, &code) != 0) {
        backend_internal_error("LLVM cannot generate machine code", message);
        LLVMDisposeMessage(message);
        g->failed = true;
        return NULL;
    }
    codegen_add_time("codegen", &start);
    if (!g->failed) return code;
    LLVMDisposeMemoryBuffer(code);
    return NULL;
}

void codegen_end(Codegen *g)
{
    halves_cancel(&g->other);
    if (g->module) LLVMDisposeModule(g->module);
    LLVMDisposeTargetMachine(g->target);
    LLVMContextDispose(g->context);
    *g = (Codegen){.options = g->options};
}

char *emit_ir_text(CoreProgram *p, const BackendOptions *o, bool optimized)
{
    Codegen g;
    if (!codegen_begin(&g, p, o, false, optimized)) return NULL;
    char *text = LLVMPrintModuleToString(g.module);
    char *copy = strdup(text);
    LLVMDisposeMessage(text);
    codegen_end(&g);
    return copy;
}

char *emit_asm_text(CoreProgram *p, const BackendOptions *o)
{
    Codegen g;
    if (!codegen_begin(&g, p, o, false, true)) return NULL;
    LLVMMemoryBufferRef code = codegen_machine_code(&g, LLVMAssemblyFile);
    char *copy = code ? strndup(LLVMGetBufferStart(code), LLVMGetBufferSize(code)) : NULL;
    if (code) LLVMDisposeMemoryBuffer(code);
    codegen_end(&g);
    return copy;
}

bool backend_self_test(char *message, size_t size)
{
    LLVMContextRef context = LLVMContextCreate();
    LLVMModuleRef module = LLVMModuleCreateWithNameInContext("test", context);
    size_t length;
    const char *name = LLVMGetModuleIdentifier(module, &length);
    bool same = length == 4 && memcmp(name, "test", 4) == 0;
    snprintf(message, size, same ? "%s works" : "%s: a module named \"test\" has another name", backend_version());
    LLVMDisposeModule(module);
    LLVMContextDispose(context);
    return same;
}

const char *backend_version(void)
{
    static char text[32];
    unsigned major, minor, patch;
    LLVMGetVersion(&major, &minor, &patch); /* of the library, which may be newer than the headers when it is shared */
    snprintf(text, sizeof text, "LLVM %u.%u.%u", major, minor, patch);
    return text;
}
