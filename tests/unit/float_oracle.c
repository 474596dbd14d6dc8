/* For tests/suites/oracle.py, which knows the right answers from elsewhere.
 *
 *   float_oracle print SEED COUNT   random doubles: their bits in hexadecimal and their written form, a line each
 *   float_oracle read               decimal numerals from standard input, a line each: the bits they read as
 */
#include "consair_rt.h"

#include <stdlib.h>

static uint64_t next_random(uint64_t *state) /* xorshift64 (Marsaglia, 2003) */
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Any bits; powers of two, where the neighbours' distance changes; whole numbers; short decimals. */
static double random_double(uint64_t bits, long kind)
{
    if (kind == 2) return (double)((int64_t)bits >> bits % 60);
    if (kind == 3) return (double)(int64_t)(bits % 2000000000) / 1e5;
    if (kind == 1) bits &= 0xfff0000000000000u;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static void print_numbers(uint64_t seed, long count)
{
    for (long i = 0; i < count; i++) {
        double x = random_double(next_random(&seed), i % 4);
        char text[64];
        size_t size = rt_format_float(x, text);
        printf("%016llx %.*s\n", (unsigned long long)rt_from_float(x).data, (int)size, text);
    }
}

static void read_numbers(void)
{
    char line[1200];
    while (fgets(line, sizeof line, stdin)) {
        RtValue v;
        bool is_float = rt_read_number(line, strcspn(line, "\n"), &v) == RT_NUMBER_OK && v.tag == RT_FLOAT;
        printf("%016llx\n", is_float ? (unsigned long long)v.data : 0xffffffffffffffffull);
    }
}

int main(int argc, char **argv)
{
    if (argc == 4) print_numbers(strtoull(argv[2], NULL, 10), strtol(argv[3], NULL, 10));
    else read_numbers();
    return 0;
}
