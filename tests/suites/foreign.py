"""C functions: all types on all engines with a library of our own, missing libraries and functions, -l and -L."""
import os
import re
import shutil
import tempfile

from .common import CONSAIRC, ROOT, command, judge, parallel

ENGINES = ['interp', 'jit', 'jit-O0', 'aot', 'aot-O0']
FOLDER = os.path.join(ROOT, 'tests', 'foreign')

MISSING = '''(foreign "libnone.so.7" (f () int))
(foreign "libm.so.6" (cbrtx (double) double))
(foreign (no-such-function () int))
'''
NOT_LINKED = '(foreign (no-such-function () int))\n(println (no-such-function))\n'
SHORT = '(foreign (greeting () string))\n(println (greeting))\n'


def compiler():
    return shutil.which('clang-19') or shutil.which('gcc')


def run_engine(engine, path, folder, options):
    """On an engine, with the folder as the place of libraries at compile time and at run time."""
    env = {'CONSAIR_RT': 'leaks', 'LD_LIBRARY_PATH': folder}
    name, _, level = engine.partition('-')
    options = (['-' + level] if level else []) + options
    if name != 'aot':
        return command([CONSAIRC, 'run', '--engine=' + name] + options + [path], cwd=folder, env={'CONSAIR_RT': 'leaks'})
    program = os.path.join(folder, engine + '.' + os.path.basename(path) + '.exe')
    built = command([CONSAIRC, 'build'] + options + [path, '-o', program], cwd=folder)
    return built if built.status != 0 else command([program], cwd=folder, env=env)


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def check_types(report, folder):
    path = os.path.join(FOLDER, 'demo.lisp')
    results = parallel(lambda engine: run_engine(engine, path, folder, ['-L', folder]), ENGINES)
    for engine, result in zip(ENGINES, results):
        report.check('foreign/demo.lisp [%s]' % engine, judge(path, result))
        report.check('foreign/demo.lisp [%s] stderr' % engine, None if result.err == results[0].err else result.err[:500])


def check_short_names(report, folder):
    path = write(folder, 'short.lisp', SHORT)
    for engine in ENGINES:
        result = run_engine(engine, path, folder, ['-L' + folder, '-ldemo'])
        report.check('foreign/-l [%s]' % engine, None if result.out == 'héllo\n' else result.err[:500])
    archive = os.path.join(folder, 'archive')
    os.mkdir(archive)
    made = command([compiler(), '-c', '-O1', os.path.join(FOLDER, 'demo.c'), '-o', 'demo.o'], cwd=archive)
    made = command([shutil.which('llvm-ar-19') or 'ar', 'rcs', 'libdemo.a', 'demo.o'], cwd=archive) if made.status == 0 else made
    built = command([CONSAIRC, 'build', path, '-L', archive, '-l', 'demo', '-o', 'static'], cwd=folder)
    result = command([os.path.join(folder, 'static')], cwd=folder)
    report.check('foreign/-l of an archive', None if result.out == 'héllo\n' else made.err + built.err + result.err)
    for name in ('run', 'build'):
        result = command([CONSAIRC, name, '-lnonesuch', path] if name == 'run' else [CONSAIRC, name, path, '-lnonesuch'],
                         cwd=folder)
        good = result.status == 1 and 'cannot find the library nonesuch' in result.err
        report.check('foreign/-l of nothing, ' + name, None if good else result.err[:500])


def check_missing(report, folder):
    path = write(folder, 'missing.lisp', MISSING)
    wanted = [r':1:25: error: foreign: cannot find the library libnone\.so\.7',
              r':2:22: error: foreign: the library libm\.so\.6 has no C function cbrtx',
              r':3:10: error: foreign: no library has a C function no_such_function']
    for engine in ('interp', 'jit'):
        result = run_engine(engine, path, folder, [])
        why = [pattern for pattern in wanted if not re.search(pattern, result.err)]
        report.check('foreign/missing [%s]' % engine, None if result.status == 1 and not why else result.err[:500])
    result = run_engine('aot', path, folder, [])
    good = result.status == 1 and re.search(wanted[0], result.err)
    report.check('foreign/missing library [aot]', None if good else result.err[:500])
    result = run_engine('aot', write(folder, 'link.lisp', NOT_LINKED), folder, [])
    good = result.status == 1 and ':1:10: error: foreign: no library has a C function no_such_function\n' in result.err
    report.check('foreign/missing function [aot]', None if good else result.err[:500])
    report.check('foreign/no file after an error', None if not os.path.exists(os.path.join(folder, 'aot.link.lisp.exe')) else 'there')


def run(report):
    with tempfile.TemporaryDirectory() as folder:
        library = os.path.join(folder, 'libdemo.so')
        made = command([compiler(), '-shared', '-fPIC', '-O1', '-o', library, os.path.join(FOLDER, 'demo.c')])
        report.check('foreign/demo.c compiles', None if made.status == 0 else made.err[:500])
        if made.status == 0:
            check_types(report, folder)
            check_short_names(report, folder)
            check_missing(report, folder)
