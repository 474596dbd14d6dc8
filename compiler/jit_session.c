/* The JIT of a session: one ORC JIT that lives on, and one module for each form.
 *
 * A module knows nothing of the others.  Globals are the compiler's cells, at addresses known when the module is made, so there is
 * nothing to link but the runtime; each module's only symbol is its table of functions, under a name of its own.  A module
 * whose form made no
 * function can be unloaded when it has run; all others stay, because function values point into them.
 */
#include "codegen.h"
#include "jit_lines.h"

#include <llvm-c/Orc.h>

#include <stdlib.h>

struct JitSession {
    BackendOptions options;
    LLVMOrcLLJITRef jit;
    uint64_t module_count;
    JitLines **lines; /* of the modules that are there */
    int lines_count, lines_capacity;
};

JitSession *jit_session_new(const BackendOptions *o)
{
    LLVMDisposeTargetMachine(target_machine_new(NULL, o->optimize)); /* sets LLVM up */
    LLVMOrcLLJITRef jit = jit_make(o);
    if (!jit) return NULL;
    JitSession *s = calloc(1, sizeof *s);
    if (!s) rt_out_of_memory();
    *s = (JitSession){.options = *o, .jit = jit};
    s->options.joins_interpreter = true;
    s->options.traces = true;
    return s;
}

void jit_session_free(JitSession *s)
{
    jit_failed(LLVMOrcDisposeLLJIT(s->jit), "the JIT cannot be stopped");
    for (int i = 0; i < s->lines_count; i++) jit_lines_free(s->lines[i]);
    free(s->lines);
    free(s);
}

static void add_lines(JitSession *s, JitLines *lines)
{
    if (s->lines_count == s->lines_capacity) {
        s->lines_capacity = s->lines_capacity ? 2 * s->lines_capacity : 16;
        s->lines = realloc(s->lines, (size_t)s->lines_capacity * sizeof *s->lines);
        if (!s->lines) rt_out_of_memory();
    }
    s->lines[s->lines_count++] = lines;
}

static void remove_lines(JitSession *s, JitLines *lines)
{
    int i = 0;
    while (s->lines[i] != lines) i++;
    s->lines[i] = s->lines[--s->lines_count];
    jit_lines_free(lines);
}

void jit_session_find(JitSession *s, uintptr_t address, VisitCode *visit, void *data)
{
    for (int i = 0; i < s->lines_count; i++)
        if (jit_lines_find(s->lines[i], address, visit, data)) return;
}

/* The module's machine code, and the name of its table of functions. */
static LLVMMemoryBufferRef generate(JitSession *s, CoreProgram *p, char *name, size_t name_size)
{
    Codegen g;
    snprintf(name, name_size, "consair_functions.%llu", (unsigned long long)++s->module_count);
    if (!codegen_begin(&g, p, &s->options, true, true)) return NULL;
    LLVMSetValueName2(LLVMGetNamedGlobal(g.module, "consair_functions"), name, strlen(name));
    LLVMMemoryBufferRef code = codegen_machine_code(&g, LLVMObjectFile);
    codegen_end(&g);
    return code;
}

const CompiledFunction *jit_session_load(JitSession *s, CoreProgram *p, JitModule *module, const char **reason)
{
    char name[48];
    LLVMMemoryBufferRef code = generate(s, p, name, sizeof name);
    *reason = "a form that LLVM refuses";
    if (!code) return NULL;
    LLVMOrcResourceTrackerRef tracker = LLVMOrcJITDylibCreateResourceTracker(LLVMOrcLLJITGetMainJITDylib(s->jit));
    LLVMOrcExecutorAddress functions;
    LLVMMemoryBufferRef copy =
        LLVMCreateMemoryBufferWithMemoryRangeCopy(LLVMGetBufferStart(code), LLVMGetBufferSize(code), "code");
    bool failed = jit_failed(LLVMOrcLLJITAddObjectFileWithRT(s->jit, tracker, code), "machine code was rejected") ||
                  jit_failed(LLVMOrcLLJITLookup(s->jit, &functions, name), "a form cannot be loaded");
    if (failed) {
        LLVMOrcReleaseResourceTracker(tracker);
        LLVMDisposeMemoryBuffer(copy);
        return NULL;
    }
    const CompiledFunction *table = (const CompiledFunction *)(uintptr_t)functions;
    module->tracker = tracker;
    module->lines = jit_lines_new(copy, name, offsetof(CompiledFunction, enter), (uintptr_t)table->enter);
    add_lines(s, module->lines);
    return table;
}

void jit_session_unload(JitSession *s, JitModule module)
{
    LLVMOrcResourceTrackerRef tracker = module.tracker;
    remove_lines(s, module.lines);
    rt_string_at_cursor = NULL; /* may be one of its literals */
    jit_failed(LLVMOrcResourceTrackerRemove(tracker), "a form cannot be unloaded");
    LLVMOrcReleaseResourceTracker(tracker);
}
