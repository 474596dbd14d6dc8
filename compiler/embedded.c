/* The macro expander inside an executable.
 *
 * An executable that uses macroexpand carries its own source text.  consair_expander_init only remembers it; at the
 * first expansion the source is read and lowered once more, which registers the program's macros and definitions with a
 * compiler of its own.  The resulting program is not run: what macro functions use is evaluated by the interpreter in
 * the compile-time world.
 */
#include "frontend.h"

static struct {
    const char *name, *text;
    size_t size;
} embedded;

static RtValue expand_embedded(RtValue form, bool once, const RtPlace *at)
{
    if (!runtime_expander) {
        Compiler *c = compiler_new(NULL);
        Source *s = source_from_text(c, embedded.name, embedded.text, embedded.size);
        if (!s || !compile_source(c, s)) rt_internal_error("the program's own source does not compile any more");
        compiler_install_expander(c);
    }
    return expand_datum(runtime_expander, form, once, at);
}

void consair_expander_init(const char *file_name, const char *source, int64_t size_bytes)
{
    embedded.name = file_name;
    embedded.text = source;
    embedded.size = (size_t)size_bytes;
    rt_expand_hook = expand_embedded;
}
