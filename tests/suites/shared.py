"""build -shared: the example library called by C, under valgrind too; what it exports; malformed declarations."""
import os
import shutil
import tempfile

from .common import CONSAIRC, ROOT, command

FOLDER = os.path.join(ROOT, 'examples', 'shared')
MALFORMED = '''(define (f x) x)
(foreign-export)
(foreign-export (f (int)))
(foreign-export (f (double*) int))
(foreign-export (f (integer) int))
(define (g) (foreign-export (f (int) int)))
(foreign-export ((f "f1") (int) int) ((f "f1") (int) double))
'''
TAKEN = '''(define (f x) x)
(foreign-export ((f "write") (int) int)
  ((f "taken_error") () string) ((f "own") (int) int))
'''
RESERVED = """(define (f x) x)
(define (while x) x)
(foreign-export (while (int) int))
(foreign-export ((f "namespace") (int) int) ((f "_Bad") (int) int))
(foreign-export ((f "uint_least8_t") (int) int) ((f "INT8_MAX") (int) int) ((f "__f") (int) int))
(foreign-export ((f "main") (int) int) ((f "asm") (int) int) ((f "f-1") (int) int) ((f "1f") (int) int) ((f "") (int) int))
(foreign-export ((f "international") (int) int) ((f "_f") (int) int) ((f "INTEGER") (int) int) ((f "newer") (int) int))
"""
RESERVED_ERRORS = [':3:18: error: foreign-export: while is a reserved word of C or C++; give another name: (while "c_name")'] + [
    ':%s: error: foreign-export: %s is a reserved word of C or C++; give another name: (f "c_name")' % case for case in [
        ('4:18', 'namespace'), ('4:46', '_Bad'), ('5:18', 'uint_least8_t'), ('5:50', 'INT8_MAX'), ('5:77', '__f'), ('6:18', 'main'),
        ('6:41', 'asm')]] + [
    ':6:63: error: foreign-export: no C function can be called f-1', ':6:85: error: foreign-export: no C function can be called 1f',
    ':6:106: error: foreign-export: no C function can be called ;']
MALFORMED_ERRORS = [':2:1: error: foreign-export: no declaration', ':3:17: error: foreign-export: a declaration must be',
                    ':4:17: error: foreign-export: C cannot pass a vector: double*', ':5:21: error: foreign-export: unknown type integer',
                    ':6:13: error: foreign-export: only at top level', ':7:38: error: foreign-export: there is a C function f1 already']
TAKEN_ERRORS = [':2:17: error: foreign-export: the C library has a function write; give another name: (f "c_name")',
                ':3:3: error: foreign-export: the library itself has a function taken_error; give another name']


KINDS = """(define (same x) x)
(define (quit n) (exit n))
(define (none x) (println x))
(foreign-export ((same "of_bool") (bool) bool) ((same "of_uint64") (uint64) uint64) ((same "of_float") (float) float)
  ((same "of_pointer") (pointer) pointer) ((same "of_string") (string) owned-string) ((same "of_int8") (int8) int8)
  (quit (int) int) (none (string) void) ((same "KINDS_H") (int) int))
"""
KINDS_C = """#include "libkinds.h"
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    int here;
    char *text = of_string("text");
    printf("%d %d %d %d %d %s", of_bool(true), of_bool(false), of_uint64(UINT64_MAX) == UINT64_MAX, of_float(0.5f) == 0.5f,
           of_pointer(&here) == (void *)&here, text);
    free(text);
    printf(" %d %d %s\\n", of_int8(KINDS_H(-128)), quit(3), kinds_error());
    fflush(stdout);
    none("printed");
    return 0;
}
"""
KINDS_OUTPUT = '1 0 1 1 1 text -128 0 exit: a library cannot end the program\nprinted\n'


def check_kinds(report, folder, level):
    """Operands and results of each kind, and a function that calls `exit`."""
    for name, text in (('kinds.lisp', KINDS), ('kinds.c', KINDS_C)):
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
            f.write(text)
    built = command([CONSAIRC, 'build', level, '-shared', 'kinds.lisp', '-o', 'libkinds.so'], cwd=folder)
    made = command([shutil.which('clang-19') or 'gcc', '-Wall', '-Werror', 'kinds.c', '-L.', '-lkinds', '-o', 'kinds'], cwd=folder)
    result = command([os.path.join(folder, 'kinds')], env={'LD_LIBRARY_PATH': folder, 'CONSAIR_STACK': '16M'})
    good = result.status == 0 and result.out == KINDS_OUTPUT
    report.check('shared/kinds of values ' + level, None if good else built.err + made.err + result.out + result.err)


def check_example(report, folder, level):
    with open(os.path.join(FOLDER, 'use.expected'), encoding='utf-8') as f:
        want = f.read()
    built = command([CONSAIRC, 'build', level, '-shared', 'geometry.lisp', '-o', os.path.join(folder, 'libgeometry.so')], cwd=FOLDER)
    report.check('shared/built ' + level, None if built.status == 0 and not built.err else built.err[:1000])
    compiler = shutil.which('clang-19') or shutil.which('gcc')
    made = command([compiler, '-std=c99', '-pedantic', '-Wall', '-Werror', '-g', '-I' + folder, os.path.join(FOLDER, 'use.c'), '-L' + folder,
                    '-lgeometry', '-o', os.path.join(folder, 'use')])
    report.check('shared/header and library serve C ' + level, None if made.status == 0 else made.err[:1000])
    env = {'LD_LIBRARY_PATH': folder, 'CONSAIR_STACK': '16M'}
    result = command([os.path.join(folder, 'use')], env=env)
    report.check('shared/called by C ' + level, None if result.out == want and result.status == 0 else result.out + result.err)
    if level == '-O2':
        checked = command(['valgrind', '-q', '--error-exitcode=99', '--leak-check=full', '--show-leak-kinds=definite',
                           '--errors-for-leak-kinds=definite', os.path.join(folder, 'use')], env=env, timeout=300)
        report.check('shared/valgrind', None if checked.status == 0 and checked.out == want else checked.err[:2000])
    names = command(['nm', '-D', '--defined-only', os.path.join(folder, 'libgeometry.so')])
    found = sorted(line.split()[-1] for line in names.out.split('\n') if line)
    report.check('shared/exports what it should ' + level, None if found == [
        'describe', 'even_sides', 'factorial', 'factorial_digits', 'geometry_error', 'triangle_area'] else repr(found))


def run(report):
    with tempfile.TemporaryDirectory() as folder:
        for level in ('-O0', '-O2'):
            check_example(report, folder, level)
            check_kinds(report, folder, level)
        path = os.path.join(folder, 'malformed.lisp')
        with open(path, 'w', encoding='utf-8') as f:
            f.write(MALFORMED)
        result = command([CONSAIRC, 'build', '-shared', path], cwd=folder)
        missing = [text for text in MALFORMED_ERRORS if text not in result.err]
        report.check('shared/malformed declarations', None if result.status == 1 and not missing else '%s\n%s' % (missing, result.err))
        with open(path, 'w', encoding='utf-8') as f:
            f.write(RESERVED)
        result = command([CONSAIRC, 'build', '-shared', path], cwd=folder)
        missing = [text for text in RESERVED_ERRORS if text not in result.err]
        report.check('shared/words of C', None if result.status == 1 and not missing and result.err.count('error:') == len(RESERVED_ERRORS)
                     else '%s\n%s' % (missing, result.err))
        with open(path, 'w', encoding='utf-8') as f:
            f.write(TAKEN)
        result = command([CONSAIRC, 'build', '-shared', path, '-o', 'libtaken.so'], cwd=folder)
        missing = [text for text in TAKEN_ERRORS if text not in result.err]
        good = result.status == 1 and not missing and result.err.count('error:') == 2 and not os.path.exists(os.path.join(folder, 'libtaken.so'))
        report.check('shared/names that are taken', None if good else '%s\n%s' % (missing, result.err))
        with open(path, 'w', encoding='utf-8') as f:
            f.write('(println "starting")\n(car 5)\n(define (f) 1)\n(foreign-export (f () int))\n')
        command([CONSAIRC, 'build', '-shared', path, '-o', 'libbad.so'], cwd=folder)
        with open(os.path.join(folder, 'bad.c'), 'w') as f:
            f.write('#include "libbad.h"\n#include <stdio.h>\nint main(void) { for (int i = 0; i < 2; i++) '
                    '{ int n = f(); printf("%d %s\\n", n, bad_error()); } return 0; }\n')
        made = command([shutil.which('clang-19') or 'gcc', 'bad.c', '-L.', '-lbad', '-o', 'bad'], cwd=folder)
        result = command([os.path.join(folder, 'bad')], env={'LD_LIBRARY_PATH': folder})
        line = '0 %s:2:1: car: expected a cons, got 5\n' % path
        report.check('shared/a program that fails', None if result.out == 'starting\n' + line + line else made.err + result.out + result.err)
