#!/usr/bin/env python3
"""Which lines of the C code do the tests execute?

usage: tests/coverage.py [--html] [--write] [--keep] [SUITE...]

Builds with counters in build-coverage, runs a choice of the suites (or those named), and prints with gcovr how many lines of each file
were executed.  --html: pages with every line, build-coverage/html/index.html.  --write: brings the figures of tests/COVERAGE.md
up to date.  --keep: adds to the counters of the runs before.  Failing tests are told and make the exit status 1: slow code may run
into time limits, but what fails was not tested.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys
import time

NAME = 'build-coverage'
os.environ['CONSAIR_BUILD'] = NAME  # the suites look at it when they are imported
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, NAME)
TABLE = os.path.join(ROOT, 'tests', 'COVERAGE.md')
sys.path.insert(0, os.path.join(ROOT, 'tests'))
OPTIONS = ['--buildtype=release', '-Doptimization=1', '-Db_coverage=true', '-Dllvm=shared']
FOLDERS = ['compiler', 'driver', 'embed', 'runtime']
# Left out: what looks at documents and times, and what runs the same code again with other tools.
SUITES = ['unit', 'lang', 'tiers', 'arity', 'dump', 'cli', 'build', 'executables', 'modules', 'separate', 'foreign', 'embed', 'shared', 'outside',
          'repl', 'cache', 'bad_input', 'examples', 'bounds']
ENGINES = ['interp', 'jit', 'aot-O0']  # of the language tests


def output(*argv):
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout


def build():
    """Builds all, and adds what writes the counters to the runtime of executables."""
    environment = dict(os.environ, CC='clang-19', CXX='clang++-19', CC_LD='lld-19', CXX_LD='lld-19')
    if not os.path.exists(os.path.join(FOLDER, 'build.ninja')):
        subprocess.run(['meson', 'setup', FOLDER, ROOT] + OPTIONS, env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(['ninja', '-C', FOLDER, '--quiet'], check=True)
    archive = os.path.join(FOLDER, 'runtime', 'libconsair_rt.a')
    if 'GCDAProfiling' in output('llvm-ar-19', 't', archive):
        return
    writer = output('clang-19', '--print-resource-dir').strip() + '/lib/linux/libclang_rt.profile-x86_64.a'
    script = 'create %s.new\naddlib %s\naddlib %s\nsave\nend\n' % (archive, archive, writer)
    subprocess.run(['llvm-ar-19', '-M'], input=script, text=True, check=True)
    os.replace(archive + '.new', archive)


def run_suites(names):
    """True when all tests passed."""
    import run
    from suites import lang
    lang.ENGINES = ENGINES
    report = run.Report()
    for name in names:
        failed, start = report.failed, time.time()
        module = __import__('suites.' + name, fromlist=['run'])
        module.run(report)
        print('%-10s %5.0f s, %d failed' % (name, time.time() - start, report.failed - failed), flush=True)
    return report.failed == 0


def measure(html):
    """{file: (lines, executed lines)} of the sources of all folders."""
    summary = os.path.join(FOLDER, 'coverage.json')
    argv = ['gcovr', '-r', ROOT, '--object-directory', FOLDER, '--gcov-executable', 'llvm-cov-19 gcov', '-j', str(os.cpu_count() or 1),
            '--exclude', '.*/runtime/coverage[.]c', '--exclude', '.*/build[^/]*/.*', '--json-summary', summary, '--txt', os.path.join(FOLDER, 'coverage.txt')]
    for folder in FOLDERS:
        argv += ['--filter', os.path.join(ROOT, folder) + '/']
    if html:
        os.makedirs(os.path.join(FOLDER, 'html'), exist_ok=True)
        argv += ['--html-details', os.path.join(FOLDER, 'html', 'index.html')]
    subprocess.run(argv + [FOLDER], check=True, cwd=FOLDER)
    with open(summary, encoding='utf-8') as f:
        files = json.load(f)['files']
    return {f['filename']: (f['line_total'], f['line_covered']) for f in files}


def percent(lines, executed):
    return '%.1f' % (100 * executed / lines) if lines else '-'


def sums(files):
    """[(name, files, lines, executed)] of the folders and of all."""
    rows = []
    for folder in FOLDERS + ['']:
        inside = [counts for name, counts in files.items() if name.startswith(folder + '/' if folder else '')]
        rows.append((folder or 'total', len(inside), sum(c[0] for c in inside), sum(c[1] for c in inside)))
    return rows


def show(files):
    for name, (lines, executed) in sorted(files.items()):
        print('%-34s %5d lines %6s %%' % (name, lines, percent(lines, executed)))
    for name, count, lines, executed in sums(files):
        print('%-10s %3d files %6d lines %6d executed %6s %%' % (name, count, lines, executed, percent(lines, executed)))


def write_table(files):
    rows = ['| folder | files | lines | executed | % |', '|---|---:|---:|---:|---:|']
    rows += ['| %s | %d | %d | %d | %s |' % (row + (percent(*row[2:]),)) for row in sums(files)]
    with open(TABLE, encoding='utf-8') as f:
        text = f.read()
    with open(TABLE, 'w', encoding='utf-8') as f:
        f.write(re.sub(r'\| folder.*\n(\|.*\n)+', lambda _: '\n'.join(rows) + '\n', text, count=1))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('--html', action='store_true', help='pages with every line')
    parser.add_argument('--write', action='store_true', help='bring tests/COVERAGE.md up to date')
    parser.add_argument('--keep', action='store_true', help='add to the counters of the runs before')
    parser.add_argument('suites', nargs='*', metavar='SUITE')
    return parser.parse_args()


def main():
    options = arguments()
    build()
    if not options.keep:
        for path in glob.glob(os.path.join(FOLDER, '**', '*.gcda'), recursive=True):
            os.remove(path)
    good = run_suites(options.suites or SUITES)
    files = measure(options.html)
    show(files)
    if options.write:
        write_table(files)
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
