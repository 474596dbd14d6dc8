/* Dependency files: which files an output was made from, as a rule that Make and Ninja read (depfile.c). */
#ifndef CONSAIR_DEPFILE_H
#define CONSAIR_DEPFILE_H

#include <stdbool.h>

typedef struct DepfileOptions {
    bool wanted; /* -MD, or any of the others */
    bool phony; /* -MP */
    const char *path; /* -MF, or NULL: the output's name with the ending .d */
    const char *target; /* -MT, or NULL: the output */
} DepfileOptions;

void depfile_begin(void); /* from now on files that are read are noted */
/* Writes the rule; false after a message.  *path is where (malloc'd). */
bool depfile_write(const DepfileOptions *o, const char *output, char **path);

#endif
