/* libconsair_static.a: what static executables link between GMP and musl.
 *
 * Debian compiles GMP with glibc's checked variants of printf, which musl does not have.  GMP prints only before it
 * aborts, so the plain function is as good.  Nothing here is in the other archives, where the names would hide glibc's.
 */
#include <stdarg.h>
#include <stdio.h>

int __fprintf_chk(FILE *stream, int flag, const char *format, ...) __attribute__((format(printf, 3, 4)));

int __fprintf_chk(FILE *stream, int flag, const char *format, ...)
{
    (void)flag;
    va_list arguments;
    va_start(arguments, format);
    int size = vfprintf(stream, format, arguments);
    va_end(arguments);
    return size;
}
