/* C functions of every type that `foreign` knows, for demo.lisp. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int8_t add_int8(int8_t a, int8_t b);
uint8_t add_uint8(uint8_t a, uint8_t b);
int16_t add_int16(int16_t a, int16_t b);
uint16_t add_uint16(uint16_t a, uint16_t b);
int32_t add_int32(int32_t a, int32_t b);
uint32_t add_uint32(uint32_t a, uint32_t b);
int64_t add_int64(int64_t a, int64_t b);
uint64_t add_uint64(uint64_t a, uint64_t b);
float add_float(float a, float b);
double add_double(double a, double b);
bool is_odd(int n);
bool negate(bool b);
double dot(const double *x, const double *y, size_t n);
int64_t sum_ints(const int64_t *x, size_t n);
void scale(double factor, double *x, size_t n);
int64_t sort_ints(int64_t *x, size_t n);
void swap_vectors(double *x, int64_t *y, size_t n);
const char *greeting(void);
const char *no_text(void);
const char *broken_text(void);
char *repeat(const char *text, int times);
size_t length_or_zero(const char *text);
void *cell_new(int n);
int cell_get(void *cell);
void cell_free(void *cell);
double mixed(int8_t a, double b, int16_t c, float d, int64_t e, double f, uint8_t g, float h, int32_t i, double j,
             uint32_t k, float l, uint64_t m, double n, bool o, double p);
double many_floats(double a, double b, double c, double d, double e, double f, double g, double h, float i, double j,
                   float k, double l);
int64_t many_ints(int8_t a, int16_t b, int32_t c, int64_t d, uint8_t e, uint16_t f, uint32_t g, uint64_t h, int8_t i,
                  int16_t j, int32_t k, int64_t l, uint8_t m, uint16_t n, uint32_t o, uint64_t p);
void nothing(void);

int8_t add_int8(int8_t a, int8_t b) { return (int8_t)(a + b); }
uint8_t add_uint8(uint8_t a, uint8_t b) { return (uint8_t)(a + b); }
int16_t add_int16(int16_t a, int16_t b) { return (int16_t)(a + b); }
uint16_t add_uint16(uint16_t a, uint16_t b) { return (uint16_t)(a + b); }
int32_t add_int32(int32_t a, int32_t b) { return (int32_t)((uint32_t)a + (uint32_t)b); }
uint32_t add_uint32(uint32_t a, uint32_t b) { return a + b; }
int64_t add_int64(int64_t a, int64_t b) { return (int64_t)((uint64_t)a + (uint64_t)b); }
uint64_t add_uint64(uint64_t a, uint64_t b) { return a + b; }
float add_float(float a, float b) { return a + b; }
double add_double(double a, double b) { return a + b; }
bool is_odd(int n) { return n & 1; }
bool negate(bool b) { return !b; }

double dot(const double *x, const double *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

int64_t sum_ints(const int64_t *x, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return sum;
}

void scale(double factor, double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) x[i] *= factor;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int64_t sort_ints(int64_t *x, size_t n)
{
    qsort(x, n, sizeof *x, compare);
    return n > 0 ? x[0] : 0;
}

void swap_vectors(double *x, int64_t *y, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double old = x[i];
        x[i] = (double)y[i];
        y[i] = (int64_t)old;
    }
}

const char *greeting(void) { return "h\xC3\xA9llo"; }
const char *no_text(void) { return NULL; }
const char *broken_text(void) { return "a\xFFz"; }

char *repeat(const char *text, int times)
{
    char *all = calloc(strlen(text) * (size_t)times + 1, 1);
    for (int i = 0; i < times; i++) strcat(all, text);
    return all;
}

size_t length_or_zero(const char *text) { return text ? strlen(text) : 0; }

void *cell_new(int n)
{
    int *cell = malloc(sizeof *cell);
    *cell = n;
    return cell;
}

int cell_get(void *cell) { return *(int *)cell; }
void cell_free(void *cell) { free(cell); }

double mixed(int8_t a, double b, int16_t c, float d, int64_t e, double f, uint8_t g, float h, int32_t i, double j,
             uint32_t k, float l, uint64_t m, double n, bool o, double p)
{
    return a + 2 * b + 3 * c + 4 * (double)d + 5 * (double)e + 6 * f + 7 * g + 8 * (double)h + 9 * i + 10 * j +
           11 * (double)k + 12 * (double)l + 13 * (double)m + 14 * n + 15 * o + 16 * p;
}

double many_floats(double a, double b, double c, double d, double e, double f, double g, double h, float i, double j,
                   float k, double l)
{
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * (double)i + 10 * j + 11 * (double)k + 12 * l;
}

int64_t many_ints(int8_t a, int16_t b, int32_t c, int64_t d, uint8_t e, uint16_t f, uint32_t g, uint64_t h, int8_t i,
                  int16_t j, int32_t k, int64_t l, uint8_t m, uint16_t n, uint32_t o, uint64_t p)
{
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * (int64_t)g + 8 * (int64_t)h + 9 * i + 10 * j + 11 * k +
           12 * l + 13 * m + 14 * n + 15 * (int64_t)o + 16 * (int64_t)p;
}

void nothing(void) {}
