#!/usr/bin/env python3
"""Benchmarks: Consair against C, OCaml, SBCL, Chez and LuaJIT, and our interpreter against our JIT.

usage: bench/run.py [--rounds N] [--engines A,B,...] [--wall] [--list] [NAME...]

NAME is a benchmark (bench/NAME.lisp and the peers' programs in bench/peers/NAME) or one of bench/engines/NAME.lisp, which compare
interpreter and JIT; no name means all of both.  All programs of a benchmark take turns, so that the machine's noise hits them alike,
and must print the same.  Seconds are processor time of whole processes (--wall: by the clock), medians over the rounds, nothing
subtracted: the row "start-up" is the empty program.  A run of everything writes bench/RESULTS.md and bench/RESULTS.svg.
"""
import argparse
import os
import platform
import sys
import tempfile

import chart
import engines
import measure
import peers
import report

HERE = os.path.dirname(os.path.abspath(__file__))


def progress(text):
    if sys.stderr.isatty():
        print('\r\033[K' + text, end='', file=sys.stderr, flush=True)


def check_answers(name, runs):
    answers = {engine: {run.output for run in of} for engine, of in runs.items()}
    if len(set().union(*answers.values())) != 1:
        sys.exit('%s: the answers differ: %s' % (name, answers))


def measure_benchmark(name, wanted, rounds, launch, folder):
    progress('%s: building' % name)
    commands = peers.build_all(name, wanted, folder)
    runs = measure.interleave(launch, commands, rounds, lambda text: progress('%s: %s' % (name, text)))
    check_answers(name, runs)
    return runs


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('names', nargs='*', metavar='NAME', help='benchmarks; default: all')
    parser.add_argument('--rounds', type=int, default=5, help='how often each program is run and counted (default: 5)')
    parser.add_argument('--engines', default=','.join(peers.ENGINES), help='comma-separated; default: %(default)s')
    parser.add_argument('--wall', action='store_true', help='seconds by the clock in place of processor time')
    parser.add_argument('--list', action='store_true', help='print the names of the benchmarks')
    return parser.parse_args()


def machine():
    with open('/proc/cpuinfo', encoding='utf-8') as f:
        model = next((line.split(':', 1)[1].strip() for line in f if line.startswith('model name')), platform.machine())
    return '%s, %d cores' % (model, os.cpu_count())


def main():
    options = arguments()
    everything = peers.BENCHMARKS + [peers.START_UP] + engines.names()
    if options.list:
        print('\n'.join(everything))
        return
    for name in options.names:
        if name not in everything:
            sys.exit("unknown benchmark '%s'; --list shows them" % name)
    wanted = [e for e in peers.ENGINES if e in options.engines.split(',')]
    names = options.names or everything
    if options.wall:
        measure.use_wall_clock()
    with tempfile.TemporaryDirectory() as folder:
        launch = measure.build_launcher(folder)
        results = {name: measure_benchmark(name, wanted, options.rounds, launch, folder)
                   for name in names if name not in engines.names()}
        comparison = engines.compare([name for name in names if name in engines.names()], options.rounds, progress)
    progress('')
    text = report.whole(results, comparison, options.rounds, 'by the clock' if options.wall else 'of processor time', machine())
    print(text)
    if not options.names and wanted == peers.ENGINES:
        with open(os.path.join(HERE, 'RESULTS.md'), 'w', encoding='utf-8') as f:
            f.write(text + '\n')
        with open(os.path.join(HERE, 'RESULTS.svg'), 'w', encoding='utf-8') as f:
            f.write(chart.draw(results))


if __name__ == '__main__':
    main()
