/* The compiler inside an executable: for macroexpand, eval and read at run time.
 *
 * Such an executable carries its own source text.  consair_expander_init only remembers it; at the first expansion or
 * evaluation the source is read and lowered once more, which registers the program's macros and definitions with a
 * compiler of its own.  The resulting program is not run: what macro functions use is evaluated by the interpreter in
 * the compile-time world, and eval finds the globals of the running program by their names.
 */
#include "frontend.h"

#include <stdlib.h>

static struct {
    const char *name, *text;
    size_t size;
} embedded;

typedef struct EmbeddedFile {
    const char *name, *text;
    size_t size;
    struct EmbeddedFile *next;
} EmbeddedFile;
static EmbeddedFile *files; /* of the modules that the source imports */

void consair_expander_file(const char *file_name, const char *source, int64_t size_bytes)
{
    EmbeddedFile *file = malloc(sizeof *file);
    if (!file) rt_out_of_memory();
    *file = (EmbeddedFile){file_name, source, (size_t)size_bytes, files};
    files = file;
}

const char *embedded_file(const char *name, size_t *size)
{
    for (const EmbeddedFile *file = files; file; file = file->next) {
        if (strcmp(file->name, name) != 0) continue;
        *size = file->size;
        return file->text;
    }
    return NULL;
}

Compiler *runtime_compiler(void)
{
    if (runtime_expander) return runtime_expander;
    Compiler *c = compiler_new(NULL);
    compiler_install_expander(c);
    Source *s = source_from_text(c, embedded.name, embedded.text, embedded.size);
    if (!s || !compile_source(c, s)) rt_internal_error("the program's own source does not compile any more");
    return c;
}

void consair_expander_init(const char *file_name, const char *source, int64_t size_bytes)
{
    embedded.name = file_name;
    embedded.text = source;
    embedded.size = (size_t)size_bytes;
    runtime_hooks_install();
}
