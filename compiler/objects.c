/* Reads what objects say of themselves (objects.h) and checks that together they are one program.
 *
 * Input: files of ELF objects and archives of them.  All that could make a wrong program is found here, before the linker runs: whoever
 * was compiled against another version of a module than the one that is given, a module that is missing or there twice.
 */
#include "failure.h"
#include "objects.h"

#include "consair_rt.h"
#include "image.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef CONSAIR_VERSION
#define CONSAIR_VERSION "unknown"
#endif

const char *object_build(Arena *arena)
{
    size_t size = 0;
    const unsigned char *id = image_build_id(&size);
    if (!id || !size) return CONSAIR_VERSION;
    char *text = arena_alloc(arena, 2 * size + 1);
    for (size_t i = 0; i < size; i++) sprintf(text + 2 * i, "%02x", id[i]);
    return text;
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static void add_fact(ObjectFacts *out, const char *path, const char *line, size_t size)
{
    ObjectFact fact = {.object = path};
    for (int i = 0; i < FACT_WORDS; i++) {
        const char *tab = memchr(line, '\t', size);
        size_t length = tab ? (size_t)(tab - line) : size;
        fact.words[i] = object_unescape(out->arena, line, length);
        size_t step = tab ? length + 1 : length;
        line += step;
        size -= step;
    }
    ARENA_PUSH(out->arena, out->facts, out->count, out->capacity, fact);
}

static void read_description(ObjectFacts *out, const char *path, const char *text, size_t size)
{
    while (size > 0) {
        const char *end = memchr(text, '\n', size);
        size_t length = end ? (size_t)(end - text) : size;
        if (length) add_fact(out, path, text, length);
        size_t step = end ? length + 1 : length;
        text += step;
        size -= step;
    }
}

static bool is_inside(uint64_t offset, uint64_t length, size_t size)
{
    return offset <= size && length <= size - offset;
}

/* Objects of other kinds are the linker's affair. */
static void read_elf(ObjectFacts *out, const char *path, const char *bytes, size_t size)
{
    Elf64_Ehdr header;
    if (size < sizeof header || memcmp(bytes, ELFMAG, SELFMAG) != 0) return;
    memcpy(&header, bytes, sizeof header);
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_shentsize != sizeof(Elf64_Shdr)) return;
    if (!is_inside(header.e_shoff, (uint64_t)header.e_shnum * sizeof(Elf64_Shdr), size)) return;
    Elf64_Shdr names, section;
    if (header.e_shstrndx >= header.e_shnum) return;
    memcpy(&names, bytes + header.e_shoff + header.e_shstrndx * sizeof names, sizeof names);
    if (!is_inside(names.sh_offset, names.sh_size, size)) return;
    for (int i = 0; i < header.e_shnum; i++) {
        memcpy(&section, bytes + header.e_shoff + (size_t)i * sizeof section, sizeof section);
        bool is_named = is_inside(section.sh_name, sizeof OBJECT_SECTION, names.sh_size) &&
                        memcmp(bytes + names.sh_offset + section.sh_name, OBJECT_SECTION, sizeof OBJECT_SECTION) == 0;
        if (is_named && section.sh_type == SHT_PROGBITS && is_inside(section.sh_offset, section.sh_size, size))
            read_description(out, path, bytes + section.sh_offset, section.sh_size);
    }
}

/* Members stand one after the other, behind 60 bytes with their size in decimal. */
static void read_archive(ObjectFacts *out, const char *path, const char *bytes, size_t size)
{
    enum { MAGIC_BYTES = 8, HEADER_BYTES = 60, SIZE_AT = 48, SIZE_BYTES = 10 };
    for (size_t at = MAGIC_BYTES; is_inside(at, HEADER_BYTES, size);) {
        char text[SIZE_BYTES + 1] = "";
        memcpy(text, bytes + at + SIZE_AT, SIZE_BYTES);
        unsigned long long length = strtoull(text, NULL, 10);
        at += HEADER_BYTES;
        if (!is_inside(at, length, size)) return;
        read_elf(out, path, bytes + at, length);
        at += length + length % 2;
    }
}

static bool read_file(const char *path, RtText *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    char chunk[16384];
    ssize_t size = 0;
    bool good = fd >= 0 && fstat(fd, &status) == 0;
    while (good && (size = read(fd, chunk, sizeof chunk)) > 0) rt_text_add(out, chunk, (size_t)size);
    good = good && size == 0;
    if (!good) failure("cannot read %s: %s", path, strerror(errno));
    if (fd >= 0) close(fd);
    return good;
}

bool objects_read(ObjectFacts *out, const char *const *paths, int count)
{
    bool good = true;
    for (int i = 0; i < count; i++) {
        RtText file = {0};
        good &= read_file(paths[i], &file);
        if (file.size >= 8 && memcmp(file.bytes, "!<arch>\n", 8) == 0)
            read_archive(out, paths[i], file.bytes, file.size);
        else read_elf(out, paths[i], file.bytes, file.size);
        rt_text_free(&file);
    }
    return good;
}

const ObjectFact *objects_next(const ObjectFacts *facts, const char *kind, const ObjectFact *after)
{
    for (int i = after ? (int)(after - facts->facts) + 1 : 0; i < facts->count; i++)
        if (strcmp(facts->facts[i].words[0], kind) == 0) return &facts->facts[i];
    return NULL;
}

/* ---- checking -------------------------------------------------------------------------------------------------- */

static bool is_same(const char *a, const char *b) { return strcmp(a, b) == 0; }

static bool check_builds(const ObjectFacts *facts, const Target *target)
{
    const char *build = object_build(facts->arena);
    bool good = true;
    for (const ObjectFact *f = NULL; (f = objects_next(facts, "consair", f));) {
        if (!is_same(f->words[2], target->name)) {
            failure("%s is made for %s, not for %s", f->object, f->words[2], target->name);
            good = false;
        } else if (!is_same(f->words[1], build)) {
            failure("%s was made by another version of consairc; compile its source again", f->object);
            good = false;
        }
    }
    return good;
}

static bool check_programs(const ObjectFacts *facts)
{
    const ObjectFact *program = objects_next(facts, "program", NULL);
    if (!program) {
        failure("none of the objects is a main program; make one with consairc build --separate");
        return false;
    }
    const ObjectFact *second = objects_next(facts, "program", program);
    if (second) failure("%s and %s are both main programs", program->object, second->object);
    return !second;
}

static const ObjectFact *find_module(const ObjectFacts *facts, const char *name, const ObjectFact *after)
{
    const ObjectFact *f = after;
    while ((f = objects_next(facts, "module", f)) && !is_same(f->words[1], name)) {
    }
    return f;
}

static bool check_doubles(const ObjectFacts *facts)
{
    bool good = true;
    for (const ObjectFact *f = NULL; (f = objects_next(facts, "module", f));) {
        const ObjectFact *second = find_module(facts, f->words[1], f);
        if (!second) continue;
        failure("the module %s is in both %s and %s", f->words[1], f->object, second->object);
        good = false;
    }
    return good;
}

static bool check_imports(const ObjectFacts *facts)
{
    bool good = true;
    for (const ObjectFact *f = NULL; (f = objects_next(facts, "import", f));) {
        if (find_module(facts, f->words[1], NULL)) continue;
        failure_in(f->words[2], "import: no object of the module %s is given; make one with consairc build --module",
                   f->words[1]);
        good = false;
    }
    return good;
}

/* ---- interfaces ------------------------------------------------------------------------------------------------ */

/* The facts of one unit stand behind each other: here those before the next unit's. */
static const ObjectFact *next_of_unit(const ObjectFacts *facts, const ObjectFact *unit, const char *kind,
                                      const ObjectFact *after)
{
    const ObjectFact *found = objects_next(facts, kind, after ? after : unit);
    const ObjectFact *end = objects_next(facts, "consair", unit);
    return found && (!end || found < end) ? found : NULL;
}

/* "a function of 2 arguments" */
static const char *kind_text(Arena *arena, const char *kind)
{
    if (is_same(kind, "macro")) return "a macro";
    if (is_same(kind, "value")) return "a global that is defined once";
    if (is_same(kind, "variable")) return "a global that is defined again";
    const char *number = strchr(kind, ' ');
    if (!number) return kind;
    int count = atoi(number + 1);
    return arena_format(arena, "a function of %s%d argument%s", strchr(number, '+') ? "at least " : "", count,
                        count == 1 ? "" : "s");
}

/* The unit that the fact is one of, which is what names its source: its first two words are behind "consair". */
static const ObjectFact *unit_of(const ObjectFacts *facts, const ObjectFact *fact)
{
    while (fact > facts->facts && !is_same(fact->words[0], "program") && !is_same(fact->words[0], "module")) fact--;
    return fact;
}

static const char *source_of(const ObjectFact *unit) { return unit->words[is_same(unit->words[0], "module") ? 2 : 1]; }

static const char *kind_in(const ObjectFacts *facts, const ObjectFact *module, const char *name)
{
    for (const ObjectFact *f = NULL; (f = next_of_unit(facts, module, "define", f));)
        if (is_same(f->words[1], name)) return f->words[2];
    return NULL;
}

/* Which name that the unit uses is no longer what it was? */
static bool report_changed_name(const ObjectFacts *facts, const ObjectFact *unit, const ObjectFact *module)
{
    for (const ObjectFact *f = NULL; (f = next_of_unit(facts, unit, "name", f));) {
        if (!is_same(f->words[1], module->words[1])) continue;
        const char *kind = kind_in(facts, module, f->words[2]);
        if (kind && is_same(kind, f->words[3])) continue;
        const char *now = kind ? kind_text(facts->arena, kind) : "not there any more";
        failure_in(f->words[4], "%s was %s when %s was made, and is %s in %s; compile %s again", f->words[2],
                   kind_text(facts->arena, f->words[3]), unit->object, now, module->object, source_of(unit));
        return true;
    }
    return false;
}

static bool check_interfaces(const ObjectFacts *facts)
{
    bool good = true;
    for (const ObjectFact *f = NULL; (f = objects_next(facts, "uses", f));) {
        const ObjectFact *module = find_module(facts, f->words[1], NULL), *unit = unit_of(facts, f);
        if (!module) continue; /* told as a missing import of somebody */
        const ObjectFact *interface = next_of_unit(facts, module, "interface", NULL);
        bool has_text = strspn(f->words[3], "0") != strlen(f->words[3]);
        bool same_names = interface && is_same(interface->words[1], f->words[2]);
        if (same_names && (!has_text || is_same(interface->words[2], f->words[3]))) continue;
        good = false;
        if (report_changed_name(facts, unit, module)) continue;
        failure("%s was made for another version of the module %s than %s, with other names or other code "
                "that its macros use; compile %s again",
                unit->object, f->words[1], module->object, source_of(unit));
    }
    return good;
}

bool objects_check(const ObjectFacts *facts, const Target *target)
{
    if (!check_builds(facts, target) || !check_programs(facts) || !check_doubles(facts)) return false;
    return check_imports(facts) && check_interfaces(facts);
}
