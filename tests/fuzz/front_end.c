/* libFuzzer harness: bytes as a program, read, expanded and brought to final Core, each pass checked.
 *
 * Whatever the text, there must be Core or a diagnostic: no crash, no failed check, no leak.  Macro bodies run, so a text that
 * names a function with effects outside the process is passed over.
 */
#include "harness.h"

static bool is_harmless(const char *text)
{
    static const char *const outside[] = {"shell",  "spit",    "slurp", "lines", "exit",
                                          "import", "foreign", "read",  "eval"};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        if (strstr(text, outside[i])) return false;
    return true;
}

static void use_text(const char *text, size_t size)
{
    if (!is_harmless(text)) return;
    CompileOptions options = {.optimize = 2, .check_passes = true};
    Compiler *c = compiler_new(&options);
    Source *source = source_from_text(c, "fuzz.lisp", text, size);
    CoreProgram *p = source ? compile_source(c, source) : NULL;
    if (p) pipeline_run(c, p);
    compiler_free(c);
}
