/* The executable's main: the compiler emits `consair_program` into the same link.  In an object of its own, because
 * consairc has another main and the same runtime.
 */
#include "consair_rt.h"

extern const RtProgram consair_program;

int main(int argc, char **argv) { return rt_run_program(&consair_program, argc, argv); }
