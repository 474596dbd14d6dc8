#!/usr/bin/env python3
"""Benchmarks: every bench/NAME.lisp on the interpreter, the JIT and as an executable, and NAME.c when there is one.

usage: bench/run.py [NAME...]

All variants of a benchmark run interleaved, so that the machine's noise hits them alike; a time is the median of five, a ratio
the median of the ratios within a round.  The columns of seconds are whole processes.  The ratio "interp / jit" compares execution
alone: the program reads the clock around its forms, which start when all is compiled.  Answers must agree.
The table goes to standard output and to bench/RESULTS.md.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONSAIRC = os.path.join(ROOT, 'build', 'driver', 'consairc')
ROUNDS = 5


TIMED = """(define bench-start (current-time))
%s
(spit (car (command-line)) (number->string (- (current-time) bench-start)))
"""


def run_process(argv):
    start = time.perf_counter()
    result = subprocess.run(argv, capture_output=True, check=True)
    return time.perf_counter() - start, result.stdout


def run_timed(argv, folder):
    """Whole seconds, output, and the seconds that the program's forms took by its own clock."""
    clock = os.path.join(folder, 'clock')
    seconds, out = run_process(argv + [clock])
    with open(clock, encoding='ascii') as f:
        return seconds, out, int(f.read()) / 1e9


def variants(name, folder):
    """{label: argv}, the executables built; the engines run a copy of the program that reads the clock."""
    source = os.path.join(ROOT, 'bench', name + '.lisp')
    timed = os.path.join(folder, name + '.lisp')
    with open(source, encoding='utf-8') as f, open(timed, 'w', encoding='utf-8') as out:
        out.write(TIMED % f.read())
    exe = os.path.join(folder, name)
    subprocess.run([CONSAIRC, 'build', source, '-o', exe], check=True)
    found = {'interp': [CONSAIRC, 'run', '--engine=interp', timed], 'jit': [CONSAIRC, 'run', timed], 'exe': [exe]}
    c_source = os.path.join(ROOT, 'bench', name + '.c')
    if os.path.exists(c_source):
        subprocess.run(['clang-19', '-O2', c_source, '-o', exe + '.c.out'], check=True)
        found['C'] = [exe + '.c.out']
    return found


def measure(name):
    """{label: [seconds of each round]}; "interp forms" and "jit forms" are by the programs' own clocks."""
    with tempfile.TemporaryDirectory() as folder:
        commands = variants(name, folder)
        times, answers = {label: [] for label in commands}, set()
        times.update({'interp forms': [], 'jit forms': []})
        for _ in range(ROUNDS):
            for label, argv in commands.items():
                if label in ('interp', 'jit'):
                    seconds, out, forms = run_timed(argv, folder)
                    times[label + ' forms'].append(forms)
                else:
                    seconds, out = run_process(argv)
                times[label].append(seconds)
                answers.add(out)
        if len(answers) != 1:
            sys.exit('%s: the answers differ: %s' % (name, sorted(answers)))
        return times


def ratio(times, over, under):
    if over not in times or under not in times:
        return '-'
    return '%.2f' % statistics.median(a / b for a, b in zip(times[over], times[under]))


def main():
    names = sys.argv[1:] or sorted(f[:-5] for f in os.listdir(os.path.join(ROOT, 'bench')) if f.endswith('.lisp'))
    lines = ['| benchmark | interp s | jit s | exe s | interp / jit | interp / exe | exe / C |', '|---|---:|---:|---:|---:|---:|---:|']
    for name in names:
        if sys.stderr.isatty():
            print('%-12s' % name, end='\r', file=sys.stderr, flush=True)
        times = measure(name)
        seconds = ['%.3f' % statistics.median(times[label]) for label in ('interp', 'jit', 'exe')]
        lines.append('| %s | %s | %s | %s | %s |' % (name, ' | '.join(seconds), ratio(times, 'interp forms', 'jit forms'),
                                                     ratio(times, 'interp', 'exe'), ratio(times, 'exe', 'C')))
    print('\n'.join(lines))
    if len(sys.argv) == 1:
        with open(os.path.join(ROOT, 'bench', 'RESULTS.md'), 'w', encoding='utf-8') as f:
            f.write('# Benchmarks\n\nWritten by `./dev bench`: whole processes (start-up and, for `jit`, compilation included), medians of %d '
                    'interleaved rounds.\n\n%s\n' % (ROUNDS, '\n'.join(lines)))


if __name__ == '__main__':
    main()
