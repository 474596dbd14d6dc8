/* The library written in Lisp: its texts and definitions (library_data.c, made by make_library.py from stdlib/), and
 * how they get into programs (library.c). */
#ifndef CONSAIR_LIBRARY_H
#define CONSAIR_LIBRARY_H

#include <stddef.h>

typedef struct LibraryFile {
    const char *name, *text;
    size_t size;
} LibraryFile;

typedef struct LibraryFunction {
    const char *name;
    const char *usage; /* "(sort xs [less?])" */
    const char *doc; /* NULL: a helper, which only the library sees */
    int file;
    size_t offset; /* of its definition in the text */
} LibraryFunction;

extern const LibraryFile library_files[];
extern const int library_file_count;
extern const LibraryFunction library_functions[]; /* sorted by name (strcmp) */
extern const int library_function_count;

const LibraryFunction *library_find(const char *name); /* of a program's name: NULL for helpers and unknown names */

#ifdef CONSAIR_CORE_H
/* Before passes: does the name mean a library function until the program defines it? */
bool library_has(const CoreGlobal *global);
/* At run or compile time of interpreted code: gives a global without a value the library's, if there is one. */
bool library_demand(CoreGlobal *global, enum World world);
#endif

#endif
