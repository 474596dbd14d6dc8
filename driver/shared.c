/* build -shared: what a library is called in C, and the header beside it. */
#define _GNU_SOURCE
#include "foreign.h"
#include "options.h"
#include "output.h"

#include <ctype.h>
#include <dlfcn.h>
#include <stdlib.h>

/* lib/libgeo-metry.so gives geo_metry. */
const char *shared_library_name(Compiler *c, const char *output)
{
    const char *base = strrchr(output, '/');
    base = base ? base + 1 : output;
    if (strncmp(base, "lib", 3) == 0 && base[3]) base += 3;
    size_t size = strcspn(base, ".");
    char *name = arena_format(compiler_arena(c), "%s%.*s", isdigit((unsigned char)*base) ? "_" : "", (int)size, base);
    for (char *p = name; *p; p++)
        if (!isalnum((unsigned char)*p)) *p = '_';
    return name;
}

/* A function that is called like one of the C library would be called by the runtime instead of that. */
bool shared_check_names(Compiler *c, const CoreProgram *program, const char *library)
{
    const char *error_name = arena_format(compiler_arena(c), "%s_error", library);
    for (int i = 0; i < program->export_count; i++) {
        const ForeignFunction *f = program->exports[i];
        const char *owner = strcmp(f->c_name, error_name) == 0 ? "the library itself"
                            : dlsym(RTLD_DEFAULT, f->c_name)   ? "the C library"
                                                               : NULL;
        if (owner)
            diag_error(c, f->place, "foreign-export: %s has a function %s; give another name: (%s \"c_name\")", owner,
                       f->c_name, f->name);
    }
    return diag_error_count(c) == 0;
}

bool shared_write_header(Compiler *c, const CoreProgram *program, const char *output, const char *name)
{
    size_t size = strlen(output);
    if (size > 3 && strcmp(output + size - 3, ".so") == 0) size -= 3;
    const char *path = arena_format(compiler_arena(c), "%.*s.h", (int)size, output);
    RtText text = {0};
    foreign_header(&text, program, name);
    bool written = output_write(path, text.bytes, text.size, false);
    rt_text_free(&text);
    return written;
}
