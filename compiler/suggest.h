/* "Did you mean ...?": the known name that is nearest to an unknown one. */
#ifndef CONSAIR_SUGGEST_H
#define CONSAIR_SUGGEST_H

typedef struct Suggestion {
    const char *wanted;
    const char *best; /* NULL: nothing is near enough */
    int distance; /* of best, or the first that is too far */
} Suggestion;

Suggestion suggestion_for(const char *wanted);
void suggestion_offer(Suggestion *s, const char *known); /* of equally near ones the first is kept */

#endif
