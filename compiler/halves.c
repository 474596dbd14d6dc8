/* Large modules in two halves, each optimised and compiled by a process of its own, for two cores.
 *
 * The module is split after emission: both processes have it, and each drops the bodies of the functions that the other
 * one compiles.  A function that both use gets a hidden external name, as do variables, which belong to the first half;
 * constants without identity (texts, places) are in both.  LLVM inlines nothing from the other half, but small functions
 * were inlined before (inline.c), and calls mostly go to functions that are near.
 * Where the cut is depends on the module alone, so the result is the same each time.
 *
 * A process and not a thread: an LLVM module cannot be shared between threads, and writing half of it as bitcode for
 * another context costs more than a fork.  Smaller modules are not split: their functions are better off together.
 */
#define _GNU_SOURCE
#include "halves.h"

#include "codegen.h"
#include "optimize_passes.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORTH_SPLITTING = 10000 /* instructions of a module */ };

static int instruction_count(LLVMValueRef function)
{
    int count = 0;
    for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b))
        for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i)) count++;
    return count;
}

static bool is_internal(LLVMValueRef global)
{
    LLVMLinkage linkage = LLVMGetLinkage(global);
    return linkage == LLVMInternalLinkage || linkage == LLVMPrivateLinkage;
}

/* Names with a dot cannot be those of the runtime or the C library. */
static void share(LLVMValueRef global)
{
    size_t length;
    const char *name = LLVMGetValueName2(global, &length);
    if (!memchr(name, '.', length)) {
        char unique[120];
        int size = snprintf(unique, sizeof unique, "consair.%.*s", (int)length, name);
        LLVMSetValueName2(global, unique, (size_t)size);
    }
    LLVMSetLinkage(global, LLVMExternalLinkage);
    LLVMSetVisibility(global, LLVMHiddenVisibility);
}

static void keep_variables(LLVMModuleRef module, bool second)
{
    for (LLVMValueRef v = LLVMGetFirstGlobal(module), next; v; v = next) {
        next = LLVMGetNextGlobal(v);
        if (LLVMIsDeclaration(v)) continue;
        if (LLVMGetLinkage(v) == LLVMAppendingLinkage) { /* llvm.used: what it lists is in the first half */
            if (second) LLVMDeleteGlobal(v);
            continue;
        }
        bool has_no_identity = LLVMIsGlobalConstant(v) && LLVMGetUnnamedAddress(v) == LLVMGlobalUnnamedAddr;
        if (is_internal(v) && has_no_identity) continue;
        if (is_internal(v)) share(v);
        if (second) LLVMSetInitializer(v, NULL);
    }
}

/* The half of each function: 1 or 2, in a table. */
static void assign(LLVMModuleRef module, int64_t total, PointerMap *halves)
{
    int64_t before = 0;
    for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f)) {
        if (LLVMIsDeclaration(f)) continue;
        pointer_map_set(halves, f, (void *)(intptr_t)(before < total / 2 ? 1 : 2));
        before += instruction_count(f);
    }
}

/* Is it named by code of the other half, or by a constant? */
static bool is_used_by_both(LLVMValueRef function, const PointerMap *halves)
{
    void *half = pointer_map_find(halves, function);
    for (LLVMUseRef use = LLVMGetFirstUse(function); use; use = LLVMGetNextUse(use)) {
        LLVMValueRef user = LLVMIsAInstruction(LLVMGetUser(use));
        if (!user) return true;
        if (pointer_map_find(halves, LLVMGetBasicBlockParent(LLVMGetInstructionParent(user))) != half) return true;
    }
    return false;
}

static void keep_functions(LLVMModuleRef module, bool second, const PointerMap *halves)
{
    for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f))
        if (!LLVMIsDeclaration(f) && is_internal(f) && is_used_by_both(f, halves)) share(f);
    for (LLVMValueRef f = LLVMGetFirstFunction(module), next; f; f = next) {
        next = LLVMGetNextFunction(f);
        if (LLVMIsDeclaration(f)) continue;
        bool is_mine = (pointer_map_find(halves, f) == (void *)(intptr_t)2) == second;
        if (!is_mine) drop_function_body(f);
    }
}

/* Constants that only the other half names; those that others of them name go in the second round. */
static void drop_unused_constants(LLVMModuleRef module)
{
    for (int round = 0; round < 2; round++) {
        for (LLVMValueRef v = LLVMGetFirstGlobal(module), next; v; v = next) {
            next = LLVMGetNextGlobal(v);
            if (is_internal(v) && !LLVMGetFirstUse(v)) LLVMDeleteGlobal(v);
        }
    }
}

bool halves_split(LLVMModuleRef module, OtherHalf *other)
{
    *other = (OtherHalf){0};
    int64_t total = 0;
    for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f)) total += instruction_count(f);
    if (total < WORTH_SPLITTING || sysconf(_SC_NPROCESSORS_ONLN) < 2) return false;
    int file = memfd_create("half", MFD_CLOEXEC);
    if (file < 0) return false;
    rt_flush_output();
    fflush(NULL);
    pid_t parent = getpid(), process = fork();
    if (process < 0) {
        close(file);
        return false;
    }
    bool second = process == 0;
    *other = (OtherHalf){process, file};
    if (second) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(1);
    }
    PointerMap *halves = pointer_map_new();
    assign(module, total, halves);
    keep_functions(module, second, halves);
    pointer_map_free(halves);
    keep_variables(module, second);
    drop_unused_constants(module);
    return second;
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
