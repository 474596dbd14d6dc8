/* -MD and its relatives: the rule "output: source, modules, and every file that macros have read".
 *
 * Each file is noted when it is opened, by the runtime's hook; programs themselves are not running meanwhile, so all of it
 * was read to make the output.  The rule is written before the output: when something interrupts the two, Make finds a
 * target older than its source and starts again.  Names are escaped as GCC does it, which Ninja understands too: a
 * blank or # after a backslash, $ twice.
 */
#define _GNU_SOURCE
#include "depfile.h"

#include "consair_rt.h"
#include "output.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

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

/* ---- interfaces ------------------------------------------------------------------------------------------------ */

static const char *interface_path(Compiler *c, const char *module, const char *output)
{
    const char *slash = strrchr(output, '/');
    int folder = slash ? (int)(slash + 1 - output) : 0;
    return arena_format(compiler_arena(c), "%.*s%s.ci", folder, output, module);
}

static void forget_input(const char *path)
{
    for (size_t i = 0; i < inputs.count; i++) {
        if (strcmp(inputs.paths[i], path) != 0) continue;
        free(inputs.paths[i]);
        memmove(&inputs.paths[i], &inputs.paths[i + 1], (--inputs.count - i) * sizeof *inputs.paths);
    }
}

void depfile_name_interfaces(Compiler *c, const CoreUnit *unit, const char *input, const char *output)
{
    int count;
    const Source **sources = module_sources(c, &count);
    for (int i = 0; i < count && !unit->needs_texts; i++)
        if (strcmp(sources[i]->name, input) != 0) forget_input(sources[i]->name);
    for (int i = 0; i < unit->needed_count; i++) note_input(interface_path(c, unit->needed[i], output));
}

static bool has_content(const char *path, const char *text)
{
    size_t size = strlen(text), done = 0;
    FILE *file = fopen(path, "re");
    char chunk[4096];
    bool same = file != NULL;
    for (size_t got; same && (got = fread(chunk, 1, sizeof chunk, file)) > 0; done += got)
        same = done + got <= size && memcmp(text + done, chunk, got) == 0;
    if (file) fclose(file);
    return same && done == size;
}

/* The interface is as old as what it was made from: an importer compiled since, from the same texts, is not made again. */
static void set_time(const char *path)
{
    struct timespec newest = {0};
    struct stat status;
    for (size_t i = 0; i < inputs.count; i++) {
        if (stat(inputs.paths[i], &status) != 0) continue;
        struct timespec t = status.st_mtim;
        if (t.tv_sec > newest.tv_sec || (t.tv_sec == newest.tv_sec && t.tv_nsec > newest.tv_nsec)) newest = t;
    }
    utimensat(AT_FDCWD, path, (struct timespec[]){newest, newest}, 0);
}

bool depfile_write_interface(Compiler *c, const CoreUnit *unit, const char *output)
{
    const char *path = interface_path(c, unit->module, output);
    if (has_content(path, unit->interface)) return true;
    if (!output_write(path, unit->interface, strlen(unit->interface), false)) return false;
    set_time(path);
    return true;
}

/* ---- the rule -------------------------------------------------------------------------------------------------- */

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
