/* Which warnings there are, and what -W words mean. */
#include "warnings.h"

#include <string.h>

const WarningRow warning_rows[WARNING_COUNT] = {
#define WARNING(id, name, level, what) [WARNING_##id] = {name, LEVEL_##level, what},
#include "warnings.def"
#undef WARNING
};

_Static_assert(WARNING_COUNT <= 32, "a set of warnings is 32 bits");

bool warning_is_on(const WarningOptions *o, enum Warning warning)
{
    uint32_t bit = UINT32_C(1) << warning;
    if (o->all_off || o->off & bit) return false;
    return o->on & bit || warning_rows[warning].level == LEVEL_DEFAULT;
}

static uint32_t up_to_level(enum WarningLevel level)
{
    uint32_t set = 0;
    for (int i = 0; i < WARNING_COUNT; i++)
        if (warning_rows[i].level <= level) set |= UINT32_C(1) << i;
    return set;
}

/* The warnings of a name, or of a group: "unused" is every unused-... */
static uint32_t set_of(const char *word)
{
    if (strcmp(word, "all") == 0) return up_to_level(LEVEL_ALL);
    if (strcmp(word, "extra") == 0) return up_to_level(LEVEL_EXTRA);
    uint32_t set = 0;
    size_t length = strlen(word);
    for (int i = 0; i < WARNING_COUNT; i++) {
        const char *name = warning_rows[i].name;
        if (strncmp(name, word, length) == 0 && (!name[length] || name[length] == '-')) set |= UINT32_C(1) << i;
    }
    return set;
}

bool warnings_set(WarningOptions *o, const char *word)
{
    bool wanted = strncmp(word, "no-", 3) != 0;
    if (!wanted) word += 3;
    if (strcmp(word, "error") == 0) {
        o->are_errors = wanted;
        return true;
    }
    uint32_t set = set_of(word);
    if (wanted) {
        o->on |= set;
        o->off &= ~set;
    } else {
        o->off |= set;
        o->on &= ~set;
    }
    return set != 0;
}
