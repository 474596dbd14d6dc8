/* -MD and its relatives: the rule "output: source, modules, and every file that macros have read".
 *
 * Each file is noted when it is opened, by the runtime's hook; programs themselves are not running meanwhile, so all of it
 * was read to make the output.  The rule is written before the output: when something interrupts the two, Make finds a
 * target older than its source and starts again.  Names are escaped as GCC does it, which Ninja understands too: a
 * blank or # after a backslash, $ twice.
 */
#include "depfile.h"

#include "consair_rt.h"
#include "output.h"

#include <stdlib.h>

static struct {
    char **paths;
    size_t count, capacity;
} inputs;

static void note_input(const char *path)
{
    for (size_t i = 0; i < inputs.count; i++)
        if (strcmp(inputs.paths[i], path) == 0) return;
    if (inputs.count == inputs.capacity) {
        inputs.capacity = inputs.capacity ? 2 * inputs.capacity : 16;
        inputs.paths = realloc(inputs.paths, inputs.capacity * sizeof *inputs.paths);
    }
    char *copy = strdup(path);
    if (!inputs.paths || !copy) rt_out_of_memory();
    inputs.paths[inputs.count++] = copy;
}

void depfile_begin(void) { rt_file_hook = note_input; }

static void add_name(RtText *out, const char *name)
{
    for (; *name; name++) {
        if (*name == ' ' || *name == '\t' || *name == '#') rt_text_add_text(out, "\\");
        if (*name == '$') rt_text_add_text(out, "$");
        rt_text_add(out, name, 1);
    }
}

static void add_rule(RtText *out, const DepfileOptions *o, const char *output)
{
    if (o->target) rt_text_add_text(out, o->target); /* as it is given, like GCC's -MT */
    else add_name(out, output);
    rt_text_add_text(out, ":");
    for (size_t i = 0; i < inputs.count; i++) {
        rt_text_add_text(out, i == 0 ? " " : " \\\n  ");
        add_name(out, inputs.paths[i]);
    }
    rt_text_add_text(out, "\n");
    for (size_t i = 1; o->phony && i < inputs.count; i++) {
        add_name(out, inputs.paths[i]);
        rt_text_add_text(out, ":\n");
    }
}

/* OUTPUT.d, without the ending that the output has; malloc'd. */
static char *default_path(const char *output)
{
    const char *slash = strrchr(output, '/'), *dot = strrchr(output, '.');
    size_t length = dot && dot > (slash ? slash + 1 : output) ? (size_t)(dot - output) : strlen(output);
    char *path = malloc(length + 3);
    if (!path) rt_out_of_memory();
    sprintf(path, "%.*s.d", (int)length, output);
    return path;
}

bool depfile_write(const DepfileOptions *o, const char *output, char **path)
{
    *path = o->path ? strdup(o->path) : default_path(output);
    if (!*path) rt_out_of_memory();
    RtText text = {0};
    add_rule(&text, o, output);
    bool written = output_write(*path, text.bytes, text.size, false);
    rt_text_free(&text);
    return written;
}
