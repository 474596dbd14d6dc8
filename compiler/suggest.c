/* The nearest known name, by the number of single-letter slips that lead from one to the other.
 *
 * A slip is a letter too many, one too few, a wrong one, or two neighbours exchanged (optimal string alignment).  How
 * many may be forgiven grows with the length: a third of the letters, none in names of one or two, where every name
 * would be near every other.  Letters are bytes: a slip in a non-ASCII letter may count twice.
 */
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 64 }; /* longer names get no suggestion */

static int least(int a, int b) { return a < b ? a : b; }

static int slip_count(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int rows[3][LONGEST + 1];
    int *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_length; j++) row[j] = (int)j;
    for (size_t i = 1; i <= a_length; i++) {
        int *oldest = before;
        before = last;
        last = row;
        row = oldest;
        row[0] = (int)i;
        for (size_t j = 1; j <= b_length; j++) {
            int replaced = last[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(replaced, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return row[b_length];
}

Suggestion suggestion_for(const char *wanted)
{
    size_t length = strlen(wanted);
    int allowed = length < 3 ? 0 : length < 6 ? 1 : (int)length / 3;
    return (Suggestion){.wanted = wanted, .distance = allowed + 1};
}

void suggestion_offer(Suggestion *s, const char *known)
{
    size_t length = strlen(s->wanted), known_length = strlen(known);
    if (length > LONGEST || known_length > LONGEST) return;
    if (abs((int)length - (int)known_length) >= s->distance) return;
    int distance = slip_count(s->wanted, length, known, known_length);
    if (distance >= s->distance) return;
    s->best = known;
    s->distance = distance;
}
