/* Errors of the tool's own work: files, objects, linking.  Each is printed at once, as text or JSON as diagnostics are. */
#ifndef CONSAIR_FAILURE_H
#define CONSAIR_FAILURE_H

#include <stdbool.h>

struct RtPlace;

void failures_as_json(bool wanted);
/* A message may have several lines, and ends without a newline. */
void failure(const char *format, ...) __attribute__((format(printf, 1, 2)));
void failure_at(const struct RtPlace *place, const char *format, ...) __attribute__((format(printf, 2, 3)));
void failure_in(const char *where, const char *format, ...) __attribute__((format(printf, 2, 3))); /* FILE:LINE */

#endif
