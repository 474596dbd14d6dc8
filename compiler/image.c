/* Images: what the cache of `consairc run` holds.
 *
 * An image is an ELF file without relocations, symbols and libraries.  Its code and data have one place in memory, its calls
 * of the runtime are calls of the runtime in this very build of consairc, which is not position independent either.  So loading
 * it is mapping a few pages, and starting the program is a call; an executable would cost a second start of a process and its
 * libraries, more than all the rest of a short run.
 */
#define _GNU_SOURCE
#include "image.h"

#include <elf.h>
#include <sys/mman.h>

extern const char __ehdr_start[] __attribute__((visibility("hidden"))); /* both made by the linker */
extern const char _end[] __attribute__((visibility("hidden")));

enum { PAGE_BYTES = 4096 };

static uint64_t page_down(uint64_t address) { return address & ~(uint64_t)(PAGE_BYTES - 1); }
static uint64_t page_up(uint64_t address) { return page_down(address + PAGE_BYTES - 1); }
static void *at_address(uint64_t address) { return (void *)(uintptr_t)address; }

/* ---- addresses ------------------------------------------------------------------------------------------------- */

#define C_FUNCTION(name) extern const char consairc_##name[];
#include "c_functions.def"
#undef C_FUNCTION

uint64_t image_address(const char *name, const void *address)
{
    static const struct {
        const char *name, *address;
    } c_functions[] = {
#define C_FUNCTION(name) {#name, consairc_##name},
#include "c_functions.def"
#undef C_FUNCTION
    };
    for (size_t i = 0; i < sizeof c_functions / sizeof *c_functions; i++)
        if (strcmp(name, c_functions[i].name) == 0) address = c_functions[i].address;
    uint64_t number = (uintptr_t)address;
    bool is_fixed = number >= (uintptr_t)__ehdr_start && number < (uintptr_t)_end && number < IMAGE_BASE;
    return is_fixed ? number : 0; /* else a library's, or this consairc is position independent */
}

const unsigned char *image_build_id(size_t *size)
{
    const Elf64_Ehdr *header = (const void *)__ehdr_start;
    const Elf64_Phdr *segments = (const void *)(__ehdr_start + header->e_phoff);
    for (int i = 0; i < header->e_phnum; i++) {
        if (segments[i].p_type != PT_NOTE) continue;
        const char *at = __ehdr_start + segments[i].p_offset, *end = at + segments[i].p_filesz;
        while (at + sizeof(Elf64_Nhdr) <= end) {
            const Elf64_Nhdr *note = (const void *)at;
            const char *name = at + sizeof *note, *content = name + ((note->n_namesz + 3) & ~3u);
            if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && memcmp(name, "GNU", 4) == 0) {
                *size = note->n_descsz;
                return (const unsigned char *)content;
            }
            at = content + ((note->n_descsz + 3) & ~3u);
        }
    }
    return NULL;
}

/* ---- loading --------------------------------------------------------------------------------------------------- */

static bool reserve(const Elf64_Phdr *segments, int count)
{
    uint64_t end = IMAGE_BASE;
    for (int i = 0; i < count; i++) {
        const Elf64_Phdr *s = &segments[i];
        if (s->p_type != PT_LOAD) continue;
        if (s->p_vaddr < IMAGE_BASE || s->p_memsz > IMAGE_END - IMAGE_BASE || s->p_vaddr + s->p_memsz > IMAGE_END)
            return false;
        if (s->p_vaddr + s->p_memsz > end) end = s->p_vaddr + s->p_memsz;
    }
    size_t size = page_up(end) - IMAGE_BASE;
    void *place = mmap(at_address(IMAGE_BASE), size, PROT_NONE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (place == MAP_FAILED) return false;
    if (place == at_address(IMAGE_BASE)) return true;
    munmap(place, size); /* a kernel before 4.17 takes the address for a hint */
    return false;
}

/* The segment's pages from the file, then zeros. */
static bool map_segment(int fd, const Elf64_Phdr *s)
{
    int protection = (s->p_flags & PF_R ? PROT_READ : 0) | (s->p_flags & PF_W ? PROT_WRITE : 0) |
                     (s->p_flags & PF_X ? PROT_EXEC : 0);
    uint64_t begin = page_down(s->p_vaddr), file_end = s->p_vaddr + s->p_filesz, end = page_up(s->p_vaddr + s->p_memsz);
    uint64_t zeros = begin;
    if (s->p_filesz > 0) {
        zeros = page_up(file_end);
        if (mmap(at_address(begin), zeros - begin, protection, MAP_PRIVATE | MAP_FIXED, fd,
                 (off_t)page_down(s->p_offset)) == MAP_FAILED)
            return false;
        if (s->p_memsz > s->p_filesz) memset(at_address(file_end), 0, zeros - file_end);
    }
    return end <= zeros || mmap(at_address(zeros), end - zeros, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
                                0) != MAP_FAILED;
}

/* The program's symbols become those that their names lead to. */
static void add_symbols(const char *bytes)
{
    const Elf64_Ehdr *header = (const void *)bytes;
    const Elf64_Shdr *sections = (const void *)(bytes + header->e_shoff);
    const char *names = bytes + sections[header->e_shstrndx].sh_offset;
    for (int i = 0; i < header->e_shnum; i++) {
        const Elf64_Shdr *s = &sections[i];
        if (strcmp(names + s->sh_name, "consair_symbols") == 0)
            rt_add_symbols(at_address(s->sh_addr), at_address(s->sh_addr + s->sh_size));
    }
}

const RtProgram *image_load(int fd, const char *bytes)
{
    const Elf64_Ehdr *header = (const void *)bytes;
    const Elf64_Phdr *segments = (const void *)(bytes + header->e_phoff);
    if (!reserve(segments, header->e_phnum)) return NULL;
    for (int i = 0; i < header->e_phnum; i++) {
        if (segments[i].p_type == PT_LOAD && !map_segment(fd, &segments[i]))
            return NULL; /* what is mapped harms nobody */
        if (segments[i].p_type == PT_GNU_EH_FRAME) rt_use_frame_table(at_address(segments[i].p_vaddr));
    }
    add_symbols(bytes);
    return at_address(header->e_entry);
}
