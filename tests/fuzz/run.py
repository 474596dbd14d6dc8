#!/usr/bin/env python3
"""Random programs on all engines, at all levels and without each optional pass; what must be the same is compared.

usage: tests/fuzz/run.py [--seeds N | --seconds N] [--seed S] [--units N] [--jobs N] [--ways quick|some|all|foreign] [--mutants]

A file of programs that fails is reduced and kept in build/fuzz/SEED.lisp, with a comment that says how it failed.  Exit status 1 when
there was one.
"""
import argparse
import concurrent.futures
import os
import sys
import tempfile
import time

import compare
import generate
import mutate
import reduce

KEPT = os.path.join(compare.ROOT, 'build', 'fuzz')
REDUCTION_SECONDS = 240


def write(path, text):
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)


def category(outcome_text):
    return 'crash' if outcome_text.startswith('status') and 'not' not in outcome_text.split(':')[0] else 'difference'


def reducer_test(variant, kind, folder, deadline):
    """still_fails(text): the variant differs from the reference, or crashes, as before; false when time is up."""
    path = os.path.join(folder, 'reduced.lisp')
    names = [compare.REFERENCE] if variant == compare.REFERENCE else [compare.REFERENCE, variant]

    def still_fails(text):
        if time.monotonic() > deadline:
            return False
        write(path, text)
        found = compare.differences(path, names)
        return any(name == variant and category(why) == kind and 'no end' not in why for name, why in found)
    return still_fails


def reduce_failure(text, variant, why):
    with tempfile.TemporaryDirectory() as folder:
        test = reducer_test(variant, category(why), folder, time.monotonic() + REDUCTION_SECONDS)
        return reduce.reduce(text, test)


def check(seed, units, ways, source):
    """None, or (variant, what differs) of the first failure of the file of these seeds, kept after reduction."""
    text = source.program(seed, units)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'program.lisp')
        write(path, text)
        found = compare.differences(path, compare.variants(seed // units, ways))
    is_endless = source is mutate and any('no end' in why for _, why in found)
    if not found or is_endless:
        return None
    os.makedirs(KEPT, exist_ok=True)
    variant, why = found[0]
    write(os.path.join(KEPT, '%d.whole.lisp' % seed), text)
    small = reduce_failure(text, variant, why)
    comment = '; %s: %s\n' % (', '.join(name for name, _ in found), why.replace('\n', '\n; '))
    write(os.path.join(KEPT, '%d.lisp' % seed), comment + small)
    return variant, why


def starts(options):
    """First seeds of the files, until the seeds or the seconds are over."""
    end, seed = time.monotonic() + options.seconds, options.seed
    while (seed < options.seed + options.seeds) if options.seeds else (time.monotonic() < end):
        yield seed
        seed += options.units


def check_all(options, report):
    """Calls report(seed, failure) for each file, as they end."""
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        waiting, todo = {}, starts(options)
        while True:
            while len(waiting) < options.jobs:
                seed = next(todo, None)
                if seed is None:
                    break
                waiting[pool.submit(check, seed, options.units, options.ways, options.source)] = seed
            if not waiting:
                return
            done, _ = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                report(waiting.pop(future), future.result())


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('--seeds', type=int, default=0, help='how many programs (default: as many as the seconds allow)')
    parser.add_argument('--seconds', type=float, default=60, help='how long (default: 60)')
    parser.add_argument('--seed', type=int, default=1, help='the first seed (default: 1)')
    parser.add_argument('--units', type=int, default=40, help='programs in one file (default: 40)')
    parser.add_argument('--jobs', type=int, default=os.cpu_count() or 1, help='how many at a time')
    parser.add_argument('--ways', choices=['quick', 'some', 'all', 'foreign'], default='some',
                        help='run each file in every way, in some of those at -O2 in turn (default), in none of those, or under qemu')
    parser.add_argument('--mutants', action='store_true', help='language tests with mistakes put in, one a file, instead')
    options = parser.parse_args()
    options.source = mutate if options.mutants else generate
    if options.mutants:
        options.units = 1
    return options


def main():
    options = arguments()
    counts = {'programs': 0, 'failures': 0}

    def report(seed, failure):
        counts['programs'] += options.units
        if failure:
            counts['failures'] += 1
            print('seed %d: %s: %s\n  reduced: %s' % (seed, *failure, os.path.join(KEPT, '%d.lisp' % seed)), flush=True)
        if sys.stderr.isatty():
            print('\r%d programs' % counts['programs'], end='', file=sys.stderr)

    check_all(options, report)
    print('%d programs, %d failing files' % (counts['programs'], counts['failures']))
    sys.exit(1 if counts['failures'] else 0)


if __name__ == '__main__':
    main()
