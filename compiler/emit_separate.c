/* What the object of a file that was compiled apart has besides its code (separate.c): the module as the runtime and importers see
 * it, entries of its functions for direct calls from other objects, and the description for whoever links it.
 */
#include "emit_internal.h"
#include "objects.h"

static LLVMTypeRef module_struct(ModuleEmitter *m)
{
    return LLVMStructTypeInContext(m->context, (LLVMTypeRef[]){m->ptr, m->ptr, m->i64, m->ptr, m->i64}, 5, false);
}

_Static_assert(offsetof(RtModule, run) == 0 && offsetof(RtModule, globals) == 8 &&
                   offsetof(RtModule, global_count) == 16 && offsetof(RtModule, next) == 24 &&
                   offsetof(RtModule, has_begun) == 32 && sizeof(RtModule) == 40,
               "module_struct mirrors RtModule");

static const char *module_symbol(ModuleEmitter *m, const char *name)
{
    return object_link_name(m->arena, "module", name);
}

void emit_module_constant(ModuleEmitter *m, LLVMValueRef run, LLVMValueRef slots)
{
    LLVMValueRef fields[] = {run, slots, emit_int(m, m->i64, m->slot_count), LLVMConstNull(m->ptr),
                             emit_int(m, m->i64, 0)};
    LLVMValueRef initial = LLVMConstStructInContext(m->context, fields, 5, false);
    LLVMValueRef global = LLVMAddGlobal(m->module, module_struct(m), module_symbol(m, m->program->unit->module));
    LLVMSetInitializer(global, initial);
    LLVMSetVisibility(global, LLVMHiddenVisibility);
}

LLVMValueRef emit_other_module(ModuleEmitter *m, const char *name)
{
    return emit_external_global(m, module_symbol(m, name), module_struct(m));
}

/* ---- the description ------------------------------------------------------------------------------------------- */

void emit_description(ModuleEmitter *m)
{
    const char *target = target_or_native(m->options->backend->target)->name;
    const char *text = arena_format(m->arena, "consair\t%s\t%s\n%s", m->options->backend->build_name, target,
                                    m->program->unit->description);
    LLVMValueRef value = LLVMConstStringInContext2(m->context, text, strlen(text), true);
    LLVMValueRef global = emit_private_constant(m, value, "consair_description");
    LLVMSetSection(global, OBJECT_SECTION);
    LLVMSetAlignment(global, 1);
    /* Linkers leave it out; LLVM must not, although nothing names it. */
    LLVMGlobalSetMetadata(global, LLVMGetMDKindIDInContext(m->context, "exclude", 7),
                          LLVMMDNodeInContext2(m->context, NULL, 0));
    LLVMValueRef used = LLVMAddGlobal(m->module, LLVMArrayType2(m->ptr, 1), "llvm.compiler.used");
    LLVMSetInitializer(used, LLVMConstArray2(m->ptr, &global, 1));
    LLVMSetLinkage(used, LLVMAppendingLinkage);
    LLVMSetSection(used, "llvm.metadata");
}
