/* Huge pages: 2 MiB with one fault, where memory has them at hand.
 *
 * Input: memory that nobody touched, most of which is about to be used.  Output: advice to the system, and the first touch.
 * A huge page costs a quarter of what 512 small ones do, as a rule.  But one for which memory must be moved, or which a virtual
 * machine first gets back from its host, costs six times as much, and such pages come one after the other: what a program pays
 * for them can be as much as all its work.  The one idea: nobody can say beforehand, so each first touch is timed, and after a
 * dear one some pages are left small.
 */
#define _GNU_SOURCE
#include "heap.h"
#include <sys/mman.h>
#include <sys/resource.h>

enum { FIRST_PAUSE = 16, LAST_PAUSE = 512 /* huge pages not asked for after a dear one */ };
enum { DEAR = 1500 /* microseconds: 512 small pages take 150 to 1,000 */ };

static uint32_t pause_left, next_pause = FIRST_PAUSE;

bool rt_huge_page_pays(void)
{
    if (!pause_left) return true;
    pause_left--;
    return false;
}

void rt_huge_page_took(int64_t microseconds)
{
    if (microseconds < DEAR) return;
    pause_left = next_pause;
    if (next_pause < LAST_PAUSE) next_pause *= 2;
}

/* The fraction of a second of the processor time so far: not that of others meanwhile. */
static int64_t now(void)
{
    struct rusage used;
    getrusage(RUSAGE_THREAD, &used);
    return used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

static int64_t touch(char *page)
{
    int64_t start = now();
    *(volatile char *)page = *(volatile char *)page;
    int64_t passed = now() - start;
    return passed < 0 ? passed + 1000000 : passed; /* a second was over */
}

/* A block may be larger than what its owner will use, hence half of it is touched, and the rest goes by that. */
void rt_huge_pages(void *block, size_t size_bytes)
{
    size_t skipped = -(uintptr_t)block & (RT_HUGE_PAGE - 1);
    char *low = (char *)block + skipped, *high = (char *)(((uintptr_t)block + size_bytes) & -RT_HUGE_PAGE);
    if (low >= high) return;
    char *middle = low + (high - low) / 2;
    madvise(low, (size_t)(high - low), MADV_HUGEPAGE);
    for (; low < middle && rt_huge_page_pays(); low += RT_HUGE_PAGE) rt_huge_page_took(touch(low));
    if (low < middle || pause_left) madvise(low, (size_t)(high - low), MADV_NOHUGEPAGE);
}
