/* Builds one artefact of a program: IR or assembly text, bitcode, an object file or an executable.
 *
 * Everything is made in memory and written last (output.c), so a failure anywhere leaves no file.
 */
#include "failure.h"
#include "codegen.h"
#include "foreign.h"
#include "link.h"
#include "output.h"

#include <llvm-c/BitWriter.h>

#include <stdlib.h>

static bool write_artefact(const char *path, const void *bytes, size_t size, bool executable)
{
    if (strcmp(path, "-") != 0) return output_write(path, bytes, size, executable);
    rt_flush_output(); /* macros may have printed */
    return output_write_stdout(bytes, size);
}

static bool write_ir(Codegen *g, const char *path)
{
    char *text = LLVMPrintModuleToString(g->module);
    bool written = write_artefact(path, text, strlen(text), false);
    LLVMDisposeMessage(text);
    return written;
}

static bool write_buffer(LLVMMemoryBufferRef buffer, const char *path)
{
    if (!buffer) return false;
    bool written = write_artefact(path, LLVMGetBufferStart(buffer), LLVMGetBufferSize(buffer), false);
    LLVMDisposeMemoryBuffer(buffer);
    return written;
}

/* The linker's "undefined symbol: NAME" is about a C function that some declaration named. */
static bool explain_undefined(void *data, const char *messages)
{
    const CoreProgram *p = data;
    bool found = false;
    for (int i = 0; i < p->foreign_count; i++) {
        const ForeignFunction *f = p->foreign[i];
        char phrase[200];
        snprintf(phrase, sizeof phrase, "undefined symbol: %s\n", f->c_name);
        if (!strstr(messages, phrase)) continue;
        failure_at(f->place, "foreign: no library has a C function %s", f->c_name);
        found = true;
    }
    return found;
}

static LinkRequest link_request(const BackendOptions *o, const char *path, ExplainLink *explain, void *data)
{
    return (LinkRequest){.target = target_or_native(o->target),
                         .with_expander = o->expander_source != NULL,
                         .is_static = o->is_static,
                         .is_image = o->is_image,
                         .strip = o->strip,
                         .debug = o->debug,
                         .is_shared = o->library_name != NULL,
                         .files = o->objects,
                         .file_count = o->object_count,
                         .libraries = o->libraries,
                         .library_count = o->library_count,
                         .output_name = path,
                         .explain = explain,
                         .data = data};
}

static bool write_executable(Codegen *g, CoreProgram *p, const char *path)
{
    LLVMMemoryBufferRef objects[2];
    int count = codegen_objects(g, objects);
    if (!count) return false;
    double start = pipeline_clock();
    LinkBytes executable;
    LinkRequest request = link_request(g->options, path, explain_undefined, p);
    for (int i = 0; i < count; i++) {
        request.objects[i] = LLVMGetBufferStart(objects[i]);
        request.sizes[i] = LLVMGetBufferSize(objects[i]);
    }
    bool good = link_executable(&request, &executable);
    if (!good && request.is_image) {
        request.is_image = false;
        good = link_executable(&request, &executable);
    }
    for (int i = 0; i < count; i++) LLVMDisposeMemoryBuffer(objects[i]);
    if (!good) return false;
    codegen_add_time("link", &start);
    good = write_artefact(path, executable.bytes, executable.size, true);
    free(executable.bytes);
    return good;
}

static bool write_kind(Codegen *g, CoreProgram *p, enum EmitKind kind, const char *path)
{
    switch (kind) {
    case EMIT_LLVM_IR: return write_ir(g, path);
    case EMIT_LLVM_BC: return write_buffer(LLVMWriteBitcodeToMemoryBuffer(g->module), path);
    case EMIT_ASM: return write_buffer(codegen_machine_code(g, LLVMAssemblyFile), path);
    case EMIT_OBJ: return write_buffer(codegen_machine_code(g, LLVMObjectFile), path);
    case EMIT_EXE: return write_executable(g, p, path);
    }
    return false;
}

int build_program(CoreProgram *p, const BackendOptions *o, enum EmitKind kind, const char *path)
{
    bool is_stdout = strcmp(path, "-") == 0;
    if (is_stdout && kind != EMIT_LLVM_IR && kind != EMIT_ASM) {
        failure("only LLVM IR and assembly can be written to standard output; name a file with -o");
        return 1;
    }
    if (!is_stdout && !output_check(path)) return 1;
    Codegen g;
    bool begun = kind == EMIT_EXE ? codegen_begin_objects(&g, p, o, false) : codegen_begin(&g, p, o, false, true);
    if (!begun) return 70;
    bool written = write_kind(&g, p, kind, path);
    int status = written ? 0 : g.failed ? 70 : 1;
    codegen_end(&g);
    return status;
}

int link_program(const BackendOptions *o, const char *path, ExplainLink *explain, void *data)
{
    if (!output_check(path)) return 1;
    LinkBytes executable;
    LinkRequest request = link_request(o, path, explain, data);
    if (!link_executable(&request, &executable)) return 1;
    bool written = write_artefact(path, executable.bytes, executable.size, true);
    free(executable.bytes);
    return written ? 0 : 1;
}
