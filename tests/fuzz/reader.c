/* libFuzzer harness: bytes as data, read until their end or the first error, without a crash or a leak. */
#include "harness.h"

static void use_text(const char *text, size_t size)
{
    CompileOptions options = {0};
    Compiler *c = compiler_new(&options);
    Source *source = source_from_text(c, "fuzz.lisp", text, size);
    size_t offset = 0;
    Form form;
    while (source && reader_next(c, source, &offset, &form)) rt_drop(form.datum);
    compiler_free(c);
}
