/* -g: DWARF for functions, lines and arguments.
 *
 * Every function that has a place in a source gets a subprogram under its Lisp name, every instruction the place of the
 * innermost expression around it.  A parameter is shown from a slot on the stack, a struct {tag, data}, in which the
 * function stores what it got (in a loop: what each round begins with); the value may be gone by the time one looks.
 * Library functions have no places and get none of this: a debugger steps over them.  Paths are as the compiler was
 * given them, relative to ".", so the same program gives the same bytes in every folder.
 */
#include "emit_debug.h"

#include <llvm-c/DebugInfo.h>

#include <stdlib.h>

typedef struct DebugFile {
    const char *name;
    LLVMMetadataRef file;
    struct DebugFile *next;
} DebugFile;

struct DebugInfo {
    LLVMDIBuilderRef builder;
    DebugFile *files;
    LLVMMetadataRef unit, value_type, function_type;
};

enum { DWARF_VERSION = 5, DWARF_SIGNED = 5, VALUE_BITS = 128 };

static LLVMMetadataRef file_of(ModuleEmitter *m, const char *name)
{
    struct DebugInfo *d = m->debug;
    for (DebugFile *f = d->files; f; f = f->next)
        if (strcmp(f->name, name) == 0) return f->file;
    DebugFile *f = arena_alloc(m->arena, sizeof *f);
    *f = (DebugFile){name, LLVMDIBuilderCreateFile(d->builder, name, strlen(name), ".", 1), d->files};
    d->files = f;
    return f->file;
}

/* ---- types ---- */

static LLVMMetadataRef tag_type(struct DebugInfo *d, LLVMMetadataRef file)
{
    static const char *const names[RT_STRUCT + 1] = {
        [RT_NIL] = "nil",         [RT_BOOL] = "bool",     [RT_INT] = "int",          [RT_FLOAT] = "float",
        [RT_CONS] = "cons",       [RT_SYMBOL] = "symbol", [RT_CLOSURE] = "function", [RT_STRING] = "string",
        [RT_VECTOR] = "vector",   [RT_BIGINT] = "bigint", [RT_RATIO] = "ratio",      [RT_MAP] = "map",
        [RT_SET] = "set",         [RT_PVEC] = "pvec",     [RT_PMAP] = "pmap",        [RT_PSET] = "pset",
        [RT_REDUCED] = "reduced", [RT_MACRO] = "macro",   [RT_ERROR] = "error",      [RT_ENV] = "environment",
        [RT_STRUCT] = "struct"};
    LLVMMetadataRef elements[RT_STRUCT + 1];
    for (int i = 0; i <= RT_STRUCT; i++)
        elements[i] = LLVMDIBuilderCreateEnumerator(d->builder, names[i], strlen(names[i]), i, true);
    LLVMMetadataRef word = LLVMDIBuilderCreateBasicType(d->builder, "unsigned", 8, 32, 7, LLVMDIFlagZero);
    return LLVMDIBuilderCreateEnumerationType(d->builder, d->unit, "tag", 3, file, 0, 32, 32, elements, RT_STRUCT + 1,
                                              word);
}

static LLVMMetadataRef make_value_type(struct DebugInfo *d, LLVMMetadataRef file)
{
    LLVMMetadataRef data = LLVMDIBuilderCreateBasicType(d->builder, "long", 4, 64, DWARF_SIGNED, LLVMDIFlagZero);
    LLVMMetadataRef fields[] = {
        LLVMDIBuilderCreateMemberType(d->builder, d->unit, "tag", 3, file, 0, 32, 32, 0, LLVMDIFlagZero,
                                      tag_type(d, file)),
        LLVMDIBuilderCreateMemberType(d->builder, d->unit, "data", 4, file, 0, 64, 64, 64, LLVMDIFlagZero, data)};
    return LLVMDIBuilderCreateStructType(d->builder, d->unit, "value", 5, file, 0, VALUE_BITS, 64, LLVMDIFlagZero, NULL,
                                         fields, 2, 0, NULL, "", 0);
}

/* ---- the module ---- */

static void add_flag(ModuleEmitter *m, const char *name, unsigned value)
{
    LLVMAddModuleFlag(m->module, LLVMModuleFlagBehaviorWarning, name, strlen(name),
                      LLVMValueAsMetadata(emit_int(m, m->i32, value)));
}

void debug_begin(ModuleEmitter *m)
{
    const BackendOptions *o = m->options->backend;
    if (!(m->options->in_process ? o->traces : o->debug)) return;
    const CoreProgram *p = m->program;
    const char *name = "-";
    for (int i = 0; i < p->toplevel_count && strcmp(name, "-") == 0; i++)
        if (p->toplevel[i]->place) name = p->toplevel[i]->place->file;
    struct DebugInfo *d = m->debug = arena_alloc(m->arena, sizeof *d);
    d->builder = LLVMCreateDIBuilder(m->module);
    LLVMMetadataRef file = file_of(m, name);
    d->unit = LLVMDIBuilderCreateCompileUnit(d->builder, LLVMDWARFSourceLanguageC, file, "consairc", 8,
                                             m->options->backend->optimize > 0, "", 0, 0, "", 0, LLVMDWARFEmissionFull,
                                             0, true, false, "", 0, "", 0);
    d->value_type = make_value_type(d, file);
    d->function_type = LLVMDIBuilderCreateSubroutineType(d->builder, file, &d->value_type, 1, LLVMDIFlagZero);
    add_flag(m, "Debug Info Version", LLVMDebugMetadataVersion());
    add_flag(m, "Dwarf Version", DWARF_VERSION);
}

void debug_end(ModuleEmitter *m)
{
    if (!m->debug) return;
    LLVMDIBuilderFinalize(m->debug->builder);
    LLVMDisposeDIBuilder(m->debug->builder);
}

/* ---- locations ---- */

static void set_location(ModuleEmitter *m, LLVMMetadataRef location)
{
    LLVMSetCurrentDebugLocation2(m->builder, location);
    LLVMSetCurrentDebugLocation2(m->pad_builder, location);
}

void debug_no_location(ModuleEmitter *m)
{
    if (m->debug) set_location(m, NULL);
}

static LLVMMetadataRef location_of(FunctionEmitter *f, const RtPlace *place)
{
    ModuleEmitter *m = f->m;
    LLVMMetadataRef scope = f->subprogram;
    if (strcmp(place->file, f->core->place->file) != 0)
        scope = LLVMDIBuilderCreateLexicalBlockFile(m->debug->builder, scope, file_of(m, place->file), 0);
    return LLVMDIBuilderCreateDebugLocation(m->context, place->line, place->column, scope, NULL);
}

void debug_begin_function(FunctionEmitter *f)
{
    ModuleEmitter *m = f->m;
    const RtPlace *place = f->core->place;
    if (!m->debug) return;
    debug_no_location(m);
    if (!place) return;
    size_t length;
    const char *name = f->core->name;
    if (f->core->is_toplevel) name = m->options->in_process ? "" : LLVMGetValueName2(f->function, &length);
    LLVMMetadataRef file = file_of(m, place->file);
    f->subprogram = LLVMDIBuilderCreateFunction(m->debug->builder, m->debug->unit, name, strlen(name), "", 0, file,
                                                place->line, m->debug->function_type, true, true, place->line,
                                                LLVMDIFlagPrototyped, m->options->backend->optimize > 0);
    LLVMSetSubprogram(f->function, f->subprogram);
}

void debug_begin_body(FunctionEmitter *f)
{
    if (f->subprogram) set_location(f->m, location_of(f, f->core->place));
}

LLVMMetadataRef debug_enter(FunctionEmitter *f, const CoreNode *node)
{
    if (!f->subprogram) return NULL;
    LLVMMetadataRef before = LLVMGetCurrentDebugLocation2(f->m->builder);
    if (node->place) set_location(f->m, location_of(f, node->place));
    return before;
}

void debug_restore(FunctionEmitter *f, LLVMMetadataRef location)
{
    if (f->subprogram) set_location(f->m, location);
}

/* ---- parameters ---- */

void debug_parameter(FunctionEmitter *f, int index, LLVMValueRef tag, LLVMValueRef data)
{
    ModuleEmitter *m = f->m;
    if (!f->subprogram || m->options->in_process) return;
    const CoreVar *var = core_param(f->core, index);
    LLVMPositionBuilderAtEnd(m->pad_builder, f->entry);
    LLVMValueRef slot = LLVMBuildAlloca(m->pad_builder, m->value_type, var->name);
    LLVMMetadataRef file = file_of(m, f->core->place->file);
    LLVMMetadataRef variable = LLVMDIBuilderCreateParameterVariable(
        m->debug->builder, f->subprogram, var->name, strlen(var->name), (unsigned)index + 1, file, f->core->place->line,
        m->debug->value_type, true, LLVMDIFlagZero);
    LLVMMetadataRef expression = LLVMDIBuilderCreateExpression(m->debug->builder, NULL, 0);
    LLVMDIBuilderInsertDeclareRecordAtEnd(m->debug->builder, slot, variable, expression, location_of(f, f->core->place),
                                          f->entry);
    LLVMValueRef fields[2];
    emit_field_pointers(m, slot, fields);
    LLVMBuildStore(m->builder, tag, fields[0]);
    LLVMBuildStore(m->builder, data, fields[1]);
}
