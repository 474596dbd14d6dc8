/* Dependency files: which files an output was made from, as a rule that Make and Ninja read (depfile.c). */
#ifndef CONSAIR_DEPFILE_H
#define CONSAIR_DEPFILE_H

#include "compile.h"

typedef struct DepfileOptions {
    bool wanted; /* -MD, or any of the others */
    bool phony; /* -MP */
    bool interfaces; /* -MI */
    const char *path; /* -MF, or NULL: the output's name with the ending .d */
    const char *target; /* -MT, or NULL: the output */
} DepfileOptions;

void depfile_begin(void); /* from now on files that are read are noted */
/* -MI: in the rule for that output the files of modules, but for the input's own, give way to NAME.ci for each module it needs. */
void depfile_name_interfaces(Compiler *c, const CoreUnit *unit, const char *input, const char *output);
/* Writes the interface of the module that the output is the object of, if it changed; false after a message. */
bool depfile_write_interface(Compiler *c, const CoreUnit *unit, const char *output);
/* Writes the rule; false after a message.  *path is where (malloc'd). */
bool depfile_write(const DepfileOptions *o, const char *output, char **path);

#endif
