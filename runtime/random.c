/* Pseudorandom numbers: xoshiro256** (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM
 * Transactions on Mathematical Software 47, 2021), its state filled from a 64-bit seed by splitmix64 (G. Steele,
 * D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014), as the authors of xoshiro advise.
 *
 * What a seed stands for is part of the language: the same numbers on every engine and machine.
 *   (random)     the upper 53 bits of one output, divided by 2^53
 *   (random n)   int: the upper half of the 128-bit product of n and one output; outputs whose lower half falls into
 *                the part that would favour some results are rejected (D. Lemire, "Fast random integer generation in
 *                an interval", ACM Transactions on Modeling and Computer Simulation 29, 2019)
 *   (random n)   bigint: as many outputs as n - 1 has 64-bit words, least significant first, the last one shifted
 *                right to the bits of n - 1; drawn again until less than n
 * A program that never seeds begins with the time.  Not for secrets: outputs tell the state.
 */
#include "number.h"

#include <time.h>

static struct {
    uint64_t state[4];
    bool is_seeded;
} generator;

static uint64_t rotate_left(uint64_t x, int count) { return x << count | x >> (64 - count); }

static void seed_generator(uint64_t seed)
{
    for (int i = 0; i < 4; i++) { /* splitmix64: the four words cannot all be 0, the one forbidden state */
        uint64_t x = seed += 0x9e3779b97f4a7c15u;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
        x = (x ^ x >> 27) * 0x94d049bb133111ebu;
        generator.state[i] = x ^ x >> 31;
    }
    generator.is_seeded = true;
}

static uint64_t next_word(void)
{
    uint64_t *s = generator.state;
    uint64_t output = rotate_left(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate_left(s[3], 45);
    return output;
}

static uint64_t below_word(uint64_t n)
{
    unsigned __int128 product = (unsigned __int128)next_word() * n;
    if ((uint64_t)product < n) {
        uint64_t threshold = (0 - n) % n; /* 2^64 mod n */
        while ((uint64_t)product < threshold) product = (unsigned __int128)next_word() * n;
    }
    return (uint64_t)(product >> 64);
}

static RtValue below_bigint_borrow(mpz_srcptr n)
{
    mpz_t last, result;
    mpz_init(last);
    mpz_sub_ui(last, n, 1);
    size_t size = mpz_size(last);
    int unused_bits = __builtin_clzl(mpz_getlimbn(last, (mp_size_t)size - 1));
    mpz_init(result);
    do {
        mp_limb_t *limbs = mpz_limbs_write(result, (mp_size_t)size);
        for (size_t i = 0; i < size; i++) limbs[i] = next_word();
        limbs[size - 1] >>= unused_bits;
        mpz_limbs_finish(result, (mp_size_t)size);
    } while (mpz_cmp(result, last) > 0);
    mpz_clear(last);
    return rt_integer_from_mpz(result);
}

RtValue rt_random(RtValue *args, int64_t count, const RtPlace *at)
{
    rt_note_effect(NULL);
    if (!generator.is_seeded) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        seed_generator((uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
    }
    if (count == 0) return rt_from_float((double)(next_word() >> 11) * 0x1p-53);
    RtValue n = args[0];
    if (n.tag == RT_INT && n.data > 0) return rt_from_int((int64_t)below_word((uint64_t)n.data));
    if (n.tag != RT_BIGINT || mpz_sgn(rt_as_bigint(n)->z) < 0)
        rt_raise_type(at, "random", "a positive integer", rt_dup(n));
    return below_bigint_borrow(rt_as_bigint(n)->z);
}

/* An integer beyond 64 bits counts modulo 2^64. */
RtValue rt_random_seed(RtValue seed, const RtPlace *at)
{
    rt_check_integers_borrow(&seed, 1, "random-seed", at);
    rt_note_effect(NULL);
    if (seed.tag == RT_INT) {
        seed_generator((uint64_t)seed.data);
    } else {
        mpz_srcptr z = rt_as_bigint(seed)->z;
        uint64_t low = mpz_getlimbn(z, 0);
        seed_generator(mpz_sgn(z) < 0 ? 0 - low : low);
    }
    return rt_nil();
}
