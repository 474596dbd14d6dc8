"""The results as Markdown: ratios of ours to the best, seconds and peak memory of every engine."""
import math

import engines
import measure
import peers

INTRODUCTION = """# Benchmarks

Written by `./dev bench`. Seconds %s of whole processes, start-up included (the row `start-up` is the empty program), medians of
%d rounds in which all programs of a benchmark took turns; ratios are medians of the ratios within a round. Our programs
(`bench/NAME.lisp`) carry no annotation; `sbcl-typed` is declared and compiled without checks, `chez-unsafe` is `-O3` without checks.
`clang-pool` and `gcc-pool` have a pool in place of malloc, `c-persistent` is a persistent map in C, C's own row there a mutable table.
Machine: %s.
"""


def best(runs, candidates):
    """The engine among the candidates with the least median of seconds, or None."""
    present = [engine for engine in candidates if engine in runs]
    return min(present, key=lambda engine: measure.median(runs[engine], 'seconds'), default=None)


def ratio_to_best(runs, candidates):
    winner = best(runs, candidates)
    return (measure.ratio(runs[peers.OURS], runs[winner]), winner) if winner else (None, None)


def summary(results):
    """The table of ratios, with their geometric means."""
    lines = ['| benchmark | seconds | to the best C | to the best peer | peak MB | best C\'s MB |', '|---|---:|---:|---:|---:|---:|']
    of_c, of_peers = [], []
    for name, runs in results.items():
        if peers.OURS not in runs:
            continue
        cells = [name, '%.3f' % measure.median(runs[peers.OURS], 'seconds')]
        for candidates, ratios in ((peers.C_ENGINES, of_c), (peers.PEERS, of_peers)):
            value, winner = ratio_to_best(runs, candidates)
            cells.append('%.2f (%s)' % (value, winner) if winner else '-')
            if winner and name != peers.START_UP:
                ratios.append(value)
        winner = best(runs, peers.C_ENGINES)
        cells += [megabytes(runs[peers.OURS]), megabytes(runs[winner]) if winner else '-']
        lines.append('| %s |' % ' | '.join(cells))
    lines.append('| **geometric mean** | | %s | %s | | |' % (mean(of_c), mean(of_peers)))
    return lines


def mean(ratios):
    return '**%.2f**' % math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else '-'


def megabytes(runs):
    return '%.1f' % (measure.median(runs, 'memory') / 1e6)


def full_table(results, cell):
    """One row a benchmark, one column an engine."""
    columns = [engine for engine in peers.ENGINES if any(engine in runs for runs in results.values())]
    lines = ['| | %s |' % ' | '.join(columns), '|---|%s' % ('---:|' * len(columns))]
    for name, runs in results.items():
        lines.append('| %s | %s |' % (name, ' | '.join(cell(runs[e]) if e in runs else '' for e in columns)))
    return lines


def whole(results, comparison, rounds, clock, machine):
    parts = [INTRODUCTION % (clock, rounds, machine)]
    if results:
        parts += ['![ratios to the best C](RESULTS.svg)', '']
        parts += summary(results)
        parts += ['', '## Seconds', ''] + full_table(results, lambda runs: '%.3f' % measure.median(runs, 'seconds'))
        parts += ['', '## Peak memory, MB', ''] + full_table(results, megabytes)
    if comparison:
        parts += ['', '## Interpreter, JIT and executable', '', 'Seconds by the clock; `bench/engines` has the programs.', '']
        parts += engines.table(comparison)
    return '\n'.join(parts)
