/* Programs of the cache: machine code that is linked to one place in memory and to one build of consairc. */
#ifndef CONSAIR_IMAGE_H
#define CONSAIR_IMAGE_H

#include "consair_rt.h"

/* Above the heap that begins behind consairc itself, and near enough for calls of the small code model. */
#define IMAGE_BASE UINT64_C(0x70000000)
#define IMAGE_END UINT64_C(0x7fff0000)

/* Maps the image at the beginning of the file, whose content `bytes` is, to where it belongs.  Gives its program, valid as long as
 * the process; NULL when the place is taken. */
const RtProgram *image_load(int fd, const char *bytes);

/* Where an image finds a function or variable of the runtime or of the C library: the same address in every run; 0: nowhere. */
uint64_t image_address(const char *name, const void *address);

/* The identity of this consairc for which images are made: bytes, NULL if it has none. */
const unsigned char *image_build_id(size_t *size);

#endif
