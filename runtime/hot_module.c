/* The functions that are worth inlining into user code, as one module: it is compiled to bitcode, not into the archive. */
#define RT_BITCODE /* consair_rt.h: no module-level assembly, user modules would inherit it */
#include "hot.c"
#include "hot_arith.c"
#include "hot_closure.c"
#include "hot_equal.c"
#include "hot_string.c"
#include "hot_struct.c"
