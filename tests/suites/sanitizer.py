"""ASan and UBSan: the language tests on an instrumented consairc, interpreter and JIT."""
import os

from . import common
from .common import ROOT, lisp_files
from .nojit import WITH_BACKEND, build, run_language_tests

FOLDER = os.path.join(ROOT, 'build-debug')
OPTIONS = ['--buildtype=debugoptimized', '-Db_sanitize=address,undefined', '-Db_lundef=false', '-Dllvm=shared']
# Instrumented frames are several times larger: depth tests want more stack than they get here.  The last one copies for minutes.
SKIPPED = ('million', 'runaway', 'deep-nesting', 'subvector-as-stack')


def run(report):
    why = build(FOLDER, OPTIONS, WITH_BACKEND)
    if why:
        report.fail('sanitizer: build', why)
        return
    env = {'CONSAIR_RT': 'leaks', 'ASAN_OPTIONS': 'detect_leaks=0:detect_stack_use_after_return=0:exitcode=77',
           'UBSAN_OPTIONS': 'halt_on_error=1:print_stacktrace=1:exitcode=78'}
    paths = [p for p in lisp_files('tests/lang') if not any(word in p for word in SKIPPED)]
    consairc = os.path.join(FOLDER, 'driver', 'consairc')
    run_language_tests(report, 'sanitizer', consairc, 'interp', env, paths, timeout=180)
    run_language_tests(report, 'sanitizer', consairc, 'jit', env, paths if common.FULL else paths[::3], timeout=180)
