/* What module.c and module_import.c share. */
#ifndef CONSAIR_MODULE_INTERNAL_H
#define CONSAIR_MODULE_INTERNAL_H

#include "module.h"

typedef struct Export {
    Name *name; /* as the module writes it */
    const RtPlace *place;
} Export;

typedef struct Prefix { /* PREFIX/NAME means what the module exports as NAME */
    const char *text;
    Module *module;
    struct Prefix *next;
} Prefix;

struct Module {
    const char *path; /* of its file, as messages name it; "": none */
    const char *real_path; /* without links: what makes two files the same */
    const char *name; /* NULL: the root */
    const Source *source; /* of the root: NULL */
    bool is_loading;
    const RtPlace *import_place; /* of the import that loads it */
    Module *importer;
    PointerMap *meanings; /* Name as written -> Name of the global */
    Name **own; /* as written, of the globals that are its own */
    int own_count, own_capacity;
    Export *exports;
    int export_count, export_capacity; /* count -1: there is no list */
    Prefix *prefixes;
    bool has_macros; /* it defines some */
    bool has_templates; /* with names of its own, which may get into other files */
    uint64_t text_hash; /* separate.c; 0: not asked for yet */
    bool is_needed; /* separate.c: by the unit */
    Module *next; /* all of the compiler */
};

Module *module_current(Compiler *c); /* also the root's, made if need be */
Module *module_load_file(Lower *l, const char *path); /* as the first module; NULL after a diagnostic */
Module *module_new(Compiler *c, const char *path, const char *name);
Name *module_own(Compiler *c, Module *m, Name *name); /* its own global of that name, made if it is new */
bool module_is_exported(const Module *m, const Name *name);

#endif
