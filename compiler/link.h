/* From the bytes of an object file to the bytes of an executable; also read by C++. */
#ifndef CONSAIR_LINK_H
#define CONSAIR_LINK_H

#include "target.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct LinkBytes {
    void *bytes; /* malloc'd */
    size_t size;
} LinkBytes;

typedef struct LinkRequest {
    const Target *target; /* never NULL */
    const void *objects[2]; /* the second may be NULL */
    size_t sizes[2];
    bool is_shared; /* a shared library */
    bool with_expander;
    bool is_static; /* with musl instead of the C library of the system */
    bool is_image; /* for this consairc to load, see image.h; without messages: one that cannot be made is no error */
    bool strip; /* no symbols either */
    bool debug; /* keep debug information */
    const char *const *files; /* objects and archives beside those above */
    int file_count;
    const char *const *libraries; /* files that the program itself needs */
    int library_count;
    const char *output_name; /* for messages */
    bool (*explain)(void *data, const char *messages); /* or NULL: may tell the linker's messages better; false: no */
    void *data;
} LinkRequest;

/* link.c: links the object with the runtime.  false after a message on stderr. */
bool link_executable(const LinkRequest *request, LinkBytes *out);

/* link.cpp: runs lld on its arguments (arguments[0] is the name that messages begin with); the executable goes to
 * stdout and messages to the file descriptor.  Can be called once in a process.  Gives lld's exit status. */
int lld_link_elf(const char *const *arguments, size_t count, int message_fd);

/* toolchain.c: path of a file of our own (crt0.o, libconsair_rt.a ...), malloc'd; NULL when it is nowhere.  A target may be
 * NULL, for this machine. */
char *toolchain_file(const Target *target, const char *name);
/* The folder of the files for another machine, malloc'd, whether it exists or not. */
char *toolchain_target_folder(const Target *target);
/* Can executables be made for the target?  false after a message. */
bool toolchain_has_runtime(const Target *target);
/* The same for a part of consairc itself, which $CONSAIR_LIB does not replace. */
char *toolchain_own_file(const char *name);
/* Path of a library of the system, malloc'd; NULL when it is nowhere. */
char *toolchain_system_file(const Target *target, const char *name);

#ifdef __cplusplus
}
#endif
#endif
