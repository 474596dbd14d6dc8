/* Warnings by name: which there are (warnings.def), which are on. */
#ifndef CONSAIR_WARNINGS_H
#define CONSAIR_WARNINGS_H

#include <stdbool.h>
#include <stdint.h>

#define WARNING(id, ...) WARNING_##id,
enum Warning {
#include "warnings.def"
    WARNING_COUNT
};
#undef WARNING
enum WarningLevel { LEVEL_DEFAULT, LEVEL_ALL, LEVEL_EXTRA };

typedef struct WarningRow {
    const char *name;
    enum WarningLevel level;
    const char *what;
} WarningRow;
extern const WarningRow warning_rows[WARNING_COUNT];

typedef struct WarningOptions { /* all zero: the warnings of LEVEL_DEFAULT, as warnings */
    uint32_t on, off; /* bits by enum Warning: asked for, or refused */
    bool all_off; /* -w */
    bool are_errors;
} WarningOptions;

bool warning_is_on(const WarningOptions *o, enum Warning warning);
/* The WORD of -WWORD: all, extra, error, NAME, the beginning of several names (unused), or no- before one of these.
 * False when there is no such warning. */
bool warnings_set(WarningOptions *o, const char *word);

#endif
