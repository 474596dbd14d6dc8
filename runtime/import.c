/* Modules that were compiled apart: each runs once, when it is first imported. */
#include "consair_rt.h"
#include "program.h"

void rt_import(RtModule *module)
{
    if (module->has_begun) return;
    module->has_begun = true;
    module->next = rt_modules;
    rt_modules = module;
    rt_drop(module->run());
}
