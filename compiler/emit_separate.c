/* What the object of a file that was compiled apart has besides its code (separate.c): the module as the runtime and importers see
 * it, entries of its functions for direct calls from other objects, and the description for whoever links it.
 */
#include "emit_internal.h"
#include "objects.h"

#include <llvm-c/Comdat.h>

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

/* ---- what all objects share ------------------------------------------------------------------------------------ */

void emit_share(ModuleEmitter *m, LLVMValueRef global, const char *kind, const char *name)
{
    const char *symbol = object_link_name(m->arena, kind, name);
    LLVMSetValueName2(global, symbol, strlen(symbol));
    LLVMSetLinkage(global, LLVMLinkOnceODRLinkage);
    LLVMSetVisibility(global, LLVMHiddenVisibility);
    LLVMSetComdat(global, LLVMGetOrInsertComdat(m->module, symbol));
}

/* ---- entries --------------------------------------------------------------------------------------------------- */

bool emit_has_outside_entry(const CoreFunction *f) { return !f->has_rest && f->param_count <= RT_MAX_DIRECT_ARGS; }

/* That of the global's storage with another kind. */
static const char *entry_symbol(ModuleEmitter *m, const CoreGlobal *g)
{
    return arena_format(m->arena, "consair.function.%s", g->link_name + strlen("consair.global."));
}

LLVMValueRef emit_outside_entry(ModuleEmitter *m, const CoreGlobal *g)
{
    const char *name = entry_symbol(m, g);
    LLVMValueRef entry = LLVMGetNamedFunction(m->module, name);
    if (entry) return entry;
    entry = emit_function_new(m, emit_entry_type(m, g->outside_function->param_count), name, CC_TAIL);
    LLVMSetLinkage(entry, LLVMExternalLinkage);
    LLVMSetVisibility(entry, LLVMHiddenVisibility);
    LLVMAddAttributeAtIndex(entry, 1, m->swiftself);
    return entry;
}

/* Of the functions that forms at the end of the unit copy into the storage of their globals. */
void emit_entry_names(ModuleEmitter *m)
{
    for (int i = 0; i < m->program->toplevel_count; i++) {
        const CoreNode *body = m->program->toplevel[i]->body;
        const CoreGlobal *g = body->kind == CORE_DEFINE ? body->u.define.global : NULL;
        if (!g || !g->outside_function || !emit_has_outside_entry(g->outside_function)) continue;
        const CoreNode *value = body->u.define.value;
        if (value->kind != CORE_FUNCTION) rt_internal_error("emit: an exported function is none");
        FunctionParts *parts = value->u.function->engine;
        LLVMTypeRef type = emit_entry_type(m, g->outside_function->param_count);
        LLVMValueRef name = LLVMAddAlias2(m->module, type, 0, parts->entry, entry_symbol(m, g));
        LLVMSetVisibility(name, LLVMHiddenVisibility);
    }
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
