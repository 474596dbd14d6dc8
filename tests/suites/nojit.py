"""A consairc built without LLVM: the interpreter still passes every language test."""
import os
import tempfile

from .common import ROOT, command, judge, lisp_files, parallel, run_program

FOLDER = os.path.join(ROOT, 'build-nojit')
# What a build with LLVM needs to run programs, and to make executables.
WITH_BACKEND = ['driver/consairc', 'compiler/libconsair_llvm.so', 'runtime/libconsair_rt.a', 'runtime/crt0.o', 'compiler/libconsair_front.a']


def build(folder, options, targets=('driver/consairc',)):
    """None when the build folder is ready, else what went wrong."""
    env = {'CC': 'clang-19', 'CXX': 'clang++-19', 'CC_LD': 'lld-19', 'CXX_LD': 'lld-19'}
    if not os.path.exists(os.path.join(folder, 'build.ninja')):
        result = command(['meson', 'setup', folder, ROOT] + options, env=env, timeout=600)
        if result.status != 0:
            return result.out[-2000:] + result.err[-1000:]
    result = command(['ninja', '-C', folder] + list(targets), timeout=1800)
    return None if result.status == 0 else result.out[-3000:]


def run_language_tests(report, label, consairc, engine, env, paths, timeout=60):
    def one(path):
        with tempfile.TemporaryDirectory() as folder:
            return path, run_program(engine, path, folder, env=env, consairc=consairc, timeout=timeout)

    for path, result in parallel(one, paths):
        report.check('%s/%s [%s]' % (label, os.path.relpath(path, ROOT), engine), judge(path, result))


def run(report):
    why = build(FOLDER, ['-Djit=disabled', '--buildtype=release'])
    if why:
        report.fail('nojit: build', why)
        return
    consairc = os.path.join(FOLDER, 'driver', 'consairc')
    result = command([consairc, '--version'])
    report.check('nojit: version', None if 'interpreter only' in result.out else repr(result.out))
    result = command([consairc, 'build', '-', '-o', '/tmp/never'], '1')
    report.check('nojit: build is refused', None if result.status == 1 and 'without LLVM' in result.err else repr(result.err))
    run_language_tests(report, 'nojit', consairc, 'interp', {'CONSAIR_RT': 'leaks'}, lisp_files('tests/lang'))
