/* The personality routine that frames with landing pads name in their tables.  Our unwinder never calls it, the
 * linker only wants the symbol; an executable is linked without libgcc.  It is LLVM's name for the personality of C
 * because the inliner merges only functions with one and the same personality.  Alone in its file, so that a program
 * that has libgcc keeps that one.
 */
#include <stdlib.h>

int __gcc_personality_v0(void);

int __gcc_personality_v0(void) { abort(); }
