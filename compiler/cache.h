/* Executables of programs that were run before, in the user's cache folder. */
#ifndef CONSAIR_CACHE_H
#define CONSAIR_CACHE_H

#include "consair_rt.h"

typedef struct Cache {
    char *folder; /* NULL: there is no place for one */
    char *path; /* of the program's entry */
    RtText key; /* everything that decides what the program is */
    RtText inputs; /* files that macros read */
    RtText warnings; /* what compiling it said */
    bool is_tainted; /* compiling it did something that a cached program could not repeat */
} Cache;

/* `options`: text that names what else the code depends on.  Gives an empty cache when the file cannot be read. */
void cache_open(Cache *c, const char *source_path, const RtText *options);
/* Runs the cached program to the end of the process, after its warnings; returns when there is none that can be used.
 * `stack_size`: of the program, or NULL. */
void cache_run(Cache *c, char **argv, const char *stack_size);
/* While the program is compiled: notes what compile time reads, and whether it does anything else that counts. */
void cache_watch(Cache *c);
void cache_watch_end(void);
bool cache_wants(const Cache *c); /* may the program be stored? */
/* The path under which the code is to be built; cache_store then makes it the entry, or removes it. */
char *cache_new_file(const Cache *c);
void cache_store(const Cache *c, const char *new_file, bool is_built);

#endif
