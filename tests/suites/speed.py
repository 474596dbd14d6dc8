"""Instruction counts of the shortened benchmarks: none may grow by more than 5 % (bench/instructions.py).  The layout of consairc."""
import os
import sys
import tempfile

from .common import CONSAIRC, ROOT, parallel

sys.path[:0] = [os.path.join(ROOT, 'bench'), os.path.join(ROOT, 'compiler', 'layout')]
import instructions
import layout

MIB = 1 << 20


def test_layout(report):
    """What compiling small programs calls lies together: 16,000 functions of 65,000, in a third of the code."""
    share, size = layout.spread(os.path.join(ROOT, 'compiler', 'layout', 'order'), 'llvm-nm-19', CONSAIRC)
    report.check('layout: functions found', None if share > 0.9 else 'only %.0f %% (./dev layout)' % (100 * share))
    report.check('layout: together', None if size < 12 * MIB else 'spread over %.1f MiB' % (size / MIB))


def chain(count):
    """Functions that make records and hand them on, each to the one before: what is found of one is news for the next."""
    lines = ['(define (make0 n) (vector 0 nil 1))', '(define (use0 x) (make0 1))']
    for i in range(1, count):
        lines += ['(define (make%d n) (if (= n 0) nil (vector %d (make%d (- n 1)) (list n %d "s" (cons n \'a%d)))))' % (i, i, i, i, i % 7),
                  '(define (use%d x) (if (nil? x) (make%d 2) (let ((y (vector-ref x 1))) (if y (use%d y)'
                  ' (vector (vector-ref x 0) x (cons (vector-ref x 2) (car (vector-ref x 2))))))))' % (i, i, i - 1)]
    return '\n'.join(lines + ['(println (vector-ref (use%d (make%d 3)) 0))' % (count - 1, count - 1), ''])


def test_linear(report):
    """A program three times as long takes the passes three times as many instructions."""
    with tempfile.TemporaryDirectory() as folder:
        def count(functions):
            source = os.path.join(folder, '%d.lisp' % functions)
            with open(source, 'w', encoding='utf-8') as f:
                f.write(chain(functions))
            return instructions.count_run([CONSAIRC, 'check', '--stop-after=frame', source])
        short, long = parallel(count, [400, 1200])
    report.check('passes take linear time', None if long < 3.3 * short else '%d and %d instructions' % (short, long))


def run(report):
    test_layout(report)
    test_linear(report)
    stored = instructions.read_stored()
    with tempfile.TemporaryDirectory() as folder:
        counts = parallel(lambda name: instructions.count(name, folder), instructions.NAMES)
    for name, count in zip(instructions.NAMES, counts):
        report.check('instructions/' + name, instructions.compare(name, stored.get(name), count))
