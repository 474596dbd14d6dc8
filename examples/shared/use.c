/* Calls the Lisp functions of geometry.lisp; see there. */
#include "libgeometry.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void show_error(void)
{
    const char *message = geometry_error();
    printf("%s\n", message ? message : "no error");
}

int main(void)
{
    printf("area %g\n", triangle_area(0, 0, 4, 0, 0, 3));
    show_error();
    printf("20! = %" PRId64 "\n", factorial(20));
    printf("25! = %" PRId64 ", ", factorial(25));
    show_error();
    printf("%s\n", describe("a square", 4));
    if (!describe("a line", 2)) show_error();
    printf("%s\n", describe("a triangle", 3));
    char *digits = factorial_digits(30);
    printf("30! = %s\n", digits);
    free(digits);
    printf("%d %d\n", even_sides(3), even_sides(4));
    return 0;
}
