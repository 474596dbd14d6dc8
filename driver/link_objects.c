/* build with objects as operands: checks that they are one program, finds the C libraries that they declare, and links them. */
#include "failure.h"
#include "foreign.h"
#include "link.h"
#include "objects.h"
#include "options.h"

#include <stdlib.h>

bool objects_are_foreign(const Options *o)
{
    ObjectFacts facts = {.arena = arena_new()};
    bool good = objects_read(&facts, o->objects, o->object_count);
    const ObjectFact *own = objects_next(&facts, "consair", NULL);
    if (good && own)
        failure("%s was compiled apart, and %s is compiled as a whole: compile it with --separate, too, "
                "and link the objects",
                own->object, o->input);
    arena_free(facts.arena);
    return good && !own;
}

/* The files of the libraries that declarations name. */
static bool add_libraries(Compiler *c, const ObjectFacts *facts, BackendOptions *o)
{
    const CoreProgram nothing = {.arena = facts->arena};
    bool good = foreign_link_files(c, &nothing, &o->libraries, &o->library_count);
    int capacity = o->library_count;
    for (const ObjectFact *f = NULL; (f = objects_next(facts, "foreign", f));) {
        const char *name = f->words[2];
        bool is_new = strcmp(name, "-") != 0;
        for (const ObjectFact *before = NULL;
             is_new && (before = objects_next(facts, "foreign", before)) && before != f;)
            is_new = strcmp(before->words[2], name) != 0;
        if (!is_new) continue;
        char *path = foreign_library_file(compiler_options(c), name, false, true);
        if (!path) failure_in(f->words[3], "foreign: cannot find the library %s", name);
        else
            ARENA_PUSH(facts->arena, o->libraries, o->library_count, capacity,
                       arena_text(facts->arena, path, strlen(path)));
        good &= path != NULL;
        free(path);
    }
    return good;
}

/* The linker's "undefined symbol: NAME" is about a C function that some declaration named. */
static bool explain(void *data, const char *messages)
{
    const ObjectFacts *facts = data;
    bool found = false;
    for (const ObjectFact *f = NULL; (f = objects_next(facts, "foreign", f));) {
        const char *phrase = arena_format(facts->arena, "undefined symbol: %s\n", f->words[1]);
        if (!strstr(messages, phrase)) continue;
        failure_in(f->words[3], "foreign: no library has a C function %s", f->words[1]);
        found = true;
    }
    return found;
}

/* main.o gives main in the current folder. */
static const char *default_output(const ObjectFacts *facts)
{
    const char *path = objects_next(facts, "program", NULL)->object, *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    return arena_text(facts->arena, base, strlen(base) - 2);
}

int link_objects(Compiler *c, Options *o)
{
    ObjectFacts facts = {.arena = compiler_arena(c)};
    const Target *target = target_or_native(o->backend.target);
    if (!objects_read(&facts, o->objects, o->object_count) || !objects_check(&facts, target)) return 1;
    bool has_libraries = add_libraries(c, &facts, &o->backend);
    diag_flush(c);
    if (!has_libraries || !toolchain_has_runtime(o->backend.target)) return 1;
    const Backend *backend = backend_load_for(o->backend.target);
    if (!backend) return 1;
    o->backend.objects = o->objects;
    o->backend.object_count = o->object_count;
    return backend->link_program(&o->backend, o->output ? o->output : default_output(&facts), explain, &facts);
}
