/* Writing what a build makes. */
#ifndef CONSAIR_OUTPUT_H
#define CONSAIR_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether `path` can be written, as far as one can tell beforehand; a message on stderr if not. */
bool output_check(const char *path);
/* Writes the file completely or not at all: a temporary file in the same folder takes its place when it is complete.
 * Devices and pipes are written directly.  false after a message on stderr. */
bool output_write(const char *path, const void *bytes, size_t size, bool executable);
bool output_write_stdout(const void *bytes, size_t size);

#endif
