/* How `run` and `eval` execute: engine and cache. */
#ifndef CONSAIR_RUN_H
#define CONSAIR_RUN_H

#include "cache.h"
#include "options.h"

/* Becomes the cached program if there is one.  Otherwise *cache is where this run may leave it, and compile time is watched. */
void run_from_cache(Options *o, Cache *cache);
/* Exit status.  `seconds`: what reading and compiling to Core took. */
int run_program(Compiler *c, CoreProgram *p, const Source *source, Options *o, Cache *cache, double seconds);

#endif
