/* The back end for another machine as consairc sees it: nothing of what it makes can run here. */
#include "backend.h"

__attribute__((visibility("default"))) const Backend consair_backend = {
    .build_program = build_program,
    .link_program = link_program,
    .version = backend_version,
};
