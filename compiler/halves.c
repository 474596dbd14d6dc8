/* A large program in two halves, each emitted, optimised and compiled by a process of its own, for two cores.
 *
 * The processes part when the functions are declared: each goes on with its own ones (FunctionParts.is_elsewhere of the others),
 * so nothing is emitted twice or taken away again.  (They used to part after emission, and each dropped the other one's functions:
 * touching all of that memory, of which a fork makes copies, cost a program of 2,000 functions at -O0 as much as compiling it.)
 * Whatever has an identity is declared before, so that it has one name in both: functions that both use, closures, literals, the
 * globals' storage.  It belongs to the first half, but for functions.  Texts and places have none; each half makes its own.
 *
 * LLVM inlines nothing from the other half, but small functions were inlined before (inline.c), and calls mostly go to functions that
 * are near.  Where the cut is depends on the program alone, so the result is the same each time.
 *
 * A process and not a thread: an LLVM module cannot be shared between threads, and emission uses scratch fields of Core.
 */
#define _GNU_SOURCE
#include "halves.h"

#include "codegen.h"
#include "emit_internal.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the halves -------------------------------------------------------------------------------------------------- */

/* Nodes of Core, two or three instructions each as LLVM gets them.  Smaller programs are better off together. */
enum { WORTH_SPLITTING = 4000 };

/* Names with a dot cannot be those of the runtime or the C library. */
static void share(ModuleEmitter *m, LLVMValueRef global)
{
    size_t length;
    const char *name = LLVMGetValueName2(global, &length);
    if (!memchr(name, '.', length)) {
        name = arena_format(m->arena, "consair.%s", name);
        LLVMSetValueName2(global, name, strlen(name));
    }
    LLVMSetLinkage(global, LLVMExternalLinkage);
    LLVMSetVisibility(global, LLVMHiddenVisibility);
}

/* Declares what the code of the node will name. */
static void declare_named(CoreNode **child, void *data)
{
    ModuleEmitter *m = data;
    CoreNode *node = *child;
    switch ((enum CoreKind)node->kind) {
    case CORE_CONST: emit_literal_declare(m, node->u.constant); break;
    case CORE_FUNCTION: emit_function_closure(m, node->u.function); break;
    case CORE_CLOSURE:
        if (node->u.call.count) emit_function_code(m, node->u.call.function);
        else emit_function_closure(m, node->u.call.function);
        break;
    case CORE_GLOBAL:
        if (node->u.global->definition_count || m->program->open_world) emit_global_slot(m, node->u.global);
        break;
    case CORE_DEFINE:
        if (!node->u.define.global->is_constant) emit_global_slot(m, node->u.define.global);
        break;
    default: break;
    }
    core_each_child(node, declare_named, m);
}

typedef struct Callers {
    bool are_second;
    ModuleEmitter *m;
} Callers;

static void share_callee(CoreNode **child, void *data)
{
    const Callers *callers = data;
    CoreNode *node = *child;
    if (node->kind == CORE_CALL_KNOWN) {
        const FunctionParts *callee = node->u.call.function->engine;
        if (callee->is_second != callers->are_second) share(callers->m, callee->direct);
    }
    core_each_child(node, share_callee, data);
}

/* What compiling the function costs, in nodes: forms are not optimised. */
static int cost_of(const ModuleEmitter *m, const CoreFunction *f)
{
    int size = core_size(f->body);
    return f->is_toplevel && m->options->backend->optimize > 0 ? size / 4 : size;
}

static void assign(const ModuleEmitter *m, CoreFunction **functions, int count, int64_t total)
{
    int64_t before = 0;
    for (int i = 0; i < count; i++) {
        FunctionParts *parts = functions[i]->engine;
        parts->is_second = before >= total / 2;
        before += cost_of(m, functions[i]);
    }
    for (int i = 0; i < count; i++) {
        FunctionParts *parts = functions[i]->engine;
        if (parts->host) parts->is_second = ((FunctionParts *)parts->host->engine)->is_second;
    }
}

/* The forms of the second half are called by consair_run, which the first one has. */
static void share_functions(ModuleEmitter *m, CoreFunction **functions, int count)
{
    for (int i = 0; i < count; i++) {
        const FunctionParts *parts = functions[i]->engine;
        Callers callers = {parts->is_second, m};
        share_callee(&functions[i]->body, &callers);
        if (!parts->is_second) continue;
        if (functions[i]->is_toplevel) share(m, parts->direct);
        if (parts->entry) share(m, parts->entry);
        if (parts->generic) share(m, parts->generic);
    }
}

static void share_variables(ModuleEmitter *m, bool second)
{
    for (LLVMValueRef v = LLVMGetFirstGlobal(m->module); v; v = LLVMGetNextGlobal(v)) {
        bool has_no_identity = LLVMIsGlobalConstant(v) && LLVMGetUnnamedAddress(v) == LLVMGlobalUnnamedAddr;
        if (LLVMGetLinkage(v) != LLVMInternalLinkage || has_no_identity) continue;
        share(m, v);
        if (second && !LLVMIsDeclaration(v)) LLVMSetInitializer(v, NULL);
    }
}

static void declare_elsewhere(LLVMValueRef function)
{
    if (!function) return;
    LLVMSetLinkage(function, LLVMExternalLinkage);
    LLVMSetVisibility(function, LLVMHiddenVisibility);
}

static void leave_to_other(CoreFunction **functions, int count, bool second)
{
    for (int i = 0; i < count; i++) {
        FunctionParts *parts = functions[i]->engine;
        parts->is_elsewhere = parts->is_second != second;
        if (!parts->is_elsewhere) continue;
        declare_elsewhere(parts->direct);
        declare_elsewhere(parts->entry);
        declare_elsewhere(parts->generic);
    }
}

/* ---- the processes ----------------------------------------------------------------------------------------------- */

/* Forks: true in both processes. */
static bool part(OtherHalf *other)
{
    int file = memfd_create("half", MFD_CLOEXEC);
    if (file < 0) return false;
    rt_flush_output();
    fflush(NULL);
    pid_t parent = getpid(), process = fork();
    if (process < 0) {
        close(file);
        return false;
    }
    *other = (OtherHalf){.process = process, .file = file, .is_here = process == 0};
    if (!other->is_here) return true;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1);
    return true;
}

void halves_split(ModuleEmitter *m, CoreFunction **functions, int count)
{
    OtherHalf *other = m->options->other;
    int64_t total = 0;
    for (int i = 0; other && i < count; i++) total += cost_of(m, functions[i]);
    if (total < WORTH_SPLITTING || sysconf(_SC_NPROCESSORS_ONLN) < 2) return;
    assign(m, functions, count, total);
    for (int i = 0; i < count; i++) declare_named(&functions[i]->body, m);
    if (!part(other)) return;
    bool second = other->is_here;
    share_functions(m, functions, count);
    share_variables(m, second);
    leave_to_other(functions, count, second);
    literals_are_declared(m, second);
}

void halves_deliver(const OtherHalf *other, LLVMMemoryBufferRef object)
{
    if (!object) _exit(1);
    const char *rest = LLVMGetBufferStart(object);
    size_t size = LLVMGetBufferSize(object);
    while (size > 0) {
        ssize_t written = write(other->file, rest, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) _exit(1);
        rest += written;
        size -= (size_t)written;
    }
    _exit(0);
}

static int wait_for(OtherHalf *other)
{
    int status = -1;
    while (waitpid(other->process, &status, 0) < 0 && errno == EINTR) {
    }
    other->process = 0;
    return status;
}

LLVMMemoryBufferRef halves_collect(OtherHalf *other)
{
    LLVMMemoryBufferRef object = NULL;
    struct stat file;
    if (wait_for(other) == 0 && fstat(other->file, &file) == 0 && file.st_size > 0) {
        size_t size = (size_t)file.st_size;
        void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, other->file, 0);
        if (bytes != MAP_FAILED) {
            object = LLVMCreateMemoryBufferWithMemoryRangeCopy(bytes, size, "half");
            munmap(bytes, size);
        }
    }
    close(other->file);
    if (!object) backend_internal_error("half of the program could not be compiled", NULL);
    return object;
}

void halves_cancel(OtherHalf *other)
{
    if (!other->process) return;
    kill(other->process, SIGKILL);
    wait_for(other);
    close(other->file);
}
