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
#include <time.h>

enum { SMALL_PAGE = 4096, SMALL_PER_HUGE = RT_HUGE_PAGE / SMALL_PAGE, SAMPLE = 16 /* small pages */ };
enum { FIRST_PAUSE = 16, LAST_PAUSE = 512 /* huge pages not asked for after a dear one */ };
#define LEAST_DEAR INT64_C(500000) /* ns: no huge page that takes less is dear */

static int64_t dear; /* ns; 0: not known yet */
static uint32_t pause_left, next_pause = FIRST_PAUSE;

static void touch(char *place) { *(volatile char *)place = *(volatile char *)place; }

static int64_t now(void) /* of processor time: others may have theirs meanwhile */
{
    struct timespec time = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Twice what as much costs in small pages. */
static int64_t find_dear(void)
{
    char *sample = mmap(NULL, SAMPLE * SMALL_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (sample == MAP_FAILED) return LEAST_DEAR;
    int64_t start = now();
    for (int i = 0; i < SAMPLE; i++) touch(sample + i * SMALL_PAGE);
    int64_t cost = 2 * (now() - start) * SMALL_PER_HUGE / SAMPLE;
    munmap(sample, SAMPLE * SMALL_PAGE);
    return cost > LEAST_DEAR ? cost : LEAST_DEAR;
}

bool rt_huge_page_pays(void)
{
    if (!pause_left) return true;
    pause_left--;
    return false;
}

void rt_huge_page_took(int64_t nanoseconds)
{
    if (!dear) dear = find_dear();
    if (nanoseconds < dear) return;
    pause_left = next_pause;
    if (next_pause < LAST_PAUSE) next_pause *= 2;
}

static void take(char *page)
{
    madvise(page, RT_HUGE_PAGE, MADV_HUGEPAGE);
    int64_t start = now();
    touch(page);
    rt_huge_page_took(now() - start);
}

void rt_huge_page(void *page)
{
    if (rt_huge_page_pays()) {
        take(page);
        return;
    }
    madvise(page, RT_HUGE_PAGE, MADV_NOHUGEPAGE); /* it may have been asked for in an earlier life of these addresses */
    madvise(page, RT_HUGE_PAGE, MADV_POPULATE_WRITE); /* four fifths of what a fault for each costs */
}

/* A block may be larger than what its owner will use, hence half of it is touched, and the rest goes by that. */
void rt_huge_pages(void *block, size_t size_bytes)
{
    char *low = (char *)(((uintptr_t)block + RT_HUGE_PAGE - 1) & ~(uintptr_t)(RT_HUGE_PAGE - 1));
    char *high = (char *)(((uintptr_t)block + size_bytes) & ~(uintptr_t)(RT_HUGE_PAGE - 1));
    if (low >= high) return;
    char *middle = low + (size_t)(high - low) / 2;
    for (; low < middle; low += RT_HUGE_PAGE) {
        if (!rt_huge_page_pays()) break;
        take(low);
    }
    if (low < high) madvise(low, (size_t)(high - low), pause_left ? MADV_NOHUGEPAGE : MADV_HUGEPAGE);
}
