"""Interpreter against JIT against executable, on the small programs of bench/engines.

The columns of seconds are whole processes by the clock.  The ratio "interp / jit" compares execution alone: a copy of the program
reads the clock around its forms, which start when all is compiled.
"""
import os
import statistics
import subprocess
import tempfile
import time

import peers

FOLDER = os.path.join(peers.HERE, 'engines')

TIMED = """(define bench-start (current-time))
%s
(spit (car (command-line)) (number->string (- (current-time) bench-start)))
"""


def names():
    return sorted('engines/' + f[:-5] for f in os.listdir(FOLDER) if f.endswith('.lisp'))


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
    """{label: argv}, the executable built; the engines run a copy of the program that reads the clock."""
    source = os.path.join(peers.HERE, name + '.lisp')
    timed = os.path.join(folder, 'timed.lisp')
    with open(source, encoding='utf-8') as f, open(timed, 'w', encoding='utf-8') as out:
        out.write(TIMED % f.read())
    executable = os.path.join(folder, 'executable')
    subprocess.run([peers.CONSAIRC, 'build', source, '-o', executable], check=True)
    return {'interp': [peers.CONSAIRC, 'run', '--engine=interp', timed], 'jit': [peers.CONSAIRC, 'run', timed], 'exe': [executable]}


def measure_engines(name, rounds, progress):
    """{label: [seconds of each round]}; "interp forms" and "jit forms" are by the programs' own clocks."""
    with tempfile.TemporaryDirectory() as folder:
        commands, answers = variants(name, folder), set()
        times = {label: [] for label in list(commands) + ['interp forms', 'jit forms']}
        for number in range(rounds):
            progress('%s, round %d of %d' % (name, number + 1, rounds))
            for label, argv in commands.items():
                if label == 'exe':
                    seconds, out = run_process(argv)
                else:
                    seconds, out, forms = run_timed(argv, folder)
                    times[label + ' forms'].append(forms)
                times[label].append(seconds)
                answers.add(out)
        if len(answers) != 1:
            raise SystemExit('%s: the answers differ: %s' % (name, sorted(answers)))
        return times


def compare(wanted, rounds, progress):
    """{name: {label: [seconds]}}"""
    return {name: measure_engines(name, rounds, progress) for name in wanted}


def table(comparison):
    """Lines of Markdown."""
    lines = ['| program | interp s | jit s | exe s | interp / jit, forms alone | interp / exe |', '|---|---:|---:|---:|---:|---:|']
    for name, times in comparison.items():
        seconds = ['%.3f' % statistics.median(times[label]) for label in ('interp', 'jit', 'exe')]
        lines.append('| %s | %s | %.1f | %.1f |' % (os.path.basename(name), ' | '.join(seconds),
                                                    ratio(times, 'interp forms', 'jit forms'), ratio(times, 'interp', 'exe')))
    return lines


def ratio(times, over, under):
    return statistics.median(a / b for a, b in zip(times[over], times[under]))
