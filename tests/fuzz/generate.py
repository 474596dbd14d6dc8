#!/usr/bin/env python3
"""Random Consair programs that end: the same text for the same seed.

usage: tests/fuzz/generate.py SEED [COUNT]

A program is a file of `COUNT` units (default 1), one for each seed from SEED on.  A unit has macros, global values, functions and an
expression, evaluated under `try`; what it prints, or the error's message, data and place, shows what went wrong.  One file in six also
redefines builtins or functions between its units, some end with an error that nothing catches.
"""
import random
import sys

import values
from expressions import Expressions
from macros import Macros
from shapes import Shapes

PRELUDE = """; seeds %d to %d
(define (clamp x)
  (cond ((float? x) x)
        ((and (< -1000000000000000000000000 x) (< x 1000000000000000000000000) (< (denominator x) 1000000)) x)
        (t (remainder (numerator x) 1000000007))))
(define (trace k x) (println "trace" k) x)
(define (shared x) (+ x 1))
(define counter 7)
"""

REDEFINITIONS = [
    '(define (shared x) (- x 1))', '(define shared (lambda (x) (* 2 x)))', '(define (length x) 42)', '(define (max . xs) (car xs))',
    '(define (abs x) (- x))', "(define (reverse x) (list 'reversed x))", '(define counter "seven")', '(define (vector-ref v i) i)',
    '(define (not x) x)', '(define plus +)\n(define (+ . xs) (apply plus 0 xs))', '(define (map f xs) (list f))', '(define car cdr)',
    '(define clamp shared)', '(eval (quote (define counter 8)))', '(println (eval (list (quote shared) 3)))',
]


class Unit(Expressions, Shapes, Macros):
    """One seed's definitions and expression."""

    def __init__(self, seed):
        rng = random.Random(seed)
        super().__init__(rng, 'u%d' % seed, rng.choice([0.002, 0.002, 0.005, 0.03]))
        self.seed = seed
        self.globals = {'counter'}
        self.scope = [('counter', 'int')]
        self.functions = [('shared', ['int'], 'int', 3)]

    def global_value(self):
        name, kind = self.named('value'), self.rng.choice(values.TYPES + [('fn', ('int',), 'int')])
        rate, self.error_rate = self.error_rate, 0
        text = self.make(kind, 8)
        self.error_rate = rate
        if not isinstance(kind, tuple) and self.chance(0.98):
            text = '(try %s (catch (e) %s))' % (text, self.literal(kind))
        text = '(define %s %s)' % (name, text)
        self.globals.add(name)
        self.scope.append((name, kind))
        return text

    def deep(self):
        """Recursion as deep as a program may need; rarely, without end."""
        name = self.named('deep')
        if self.chance(0.1):
            return '(define (%s n) (+ 1 (%s (+ n 1))))\n(println (try (%s 0) (catch (e) (error-message e))))' % (name, name, name)
        body = self.rng.choice(['(+ n (%s (- n 1)))', '(cons n (%s (- n 1)))', '(max n (%s (- n 1)))'])
        length = 'length' if 'cons' in body else 'list'
        return '(define (%s n) (if (= n 0) %s %s))\n(println (%s (%s %d)))' % (
            name, 'nil' if length == 'length' else '0', body % name, length, name, self.rng.choice([1000, 20000, 60000]))

    def definitions(self):
        lines = []
        for _ in range(self.rng.randint(1, 6)):
            kind = self.rng.random()
            if kind < 0.2:
                lines.append(self.pick(self.all_macros())())
            elif kind < 0.35:
                lines.append(self.global_value())
            elif kind < 0.36:
                lines.append(self.deep())
            else:
                lines.append(self.pick(self.all_shapes())())
        return lines

    def text(self):
        lines = self.definitions()
        self.weight, self.work = 1, 0
        kind = self.rng.choice(values.TYPES + ['any', 'int', 'num'])
        expression = self.make(kind, self.rng.randint(10, 40))
        extra = ''.join(' (%s)' % ' '.join([name] + [self.make(t, 4) for t in types])
                        for name, types, _, cost in self.functions[-4:] if self.afford(cost))
        lines.append('(try (println %d %s%s)\n  (catch (e) (if (error? e) (println %d "error" (error-message e) (error-data e) '
                     '(error-place e)) (println %d "raised" e))))' % (self.seed, expression, extra, self.seed, self.seed))
        return '\n'.join(lines)

    def uncaught(self):
        self.error_rate = 0.2
        return '(println %s)' % self.make('any', 20)


def program(seed, count):
    """The text of the file of these seeds."""
    rng = random.Random('file %d' % seed)
    redefines = rng.random() < 0.16
    parts = [PRELUDE % (seed, seed + count - 1)]
    for number in range(seed, seed + count):
        unit = Unit(number)
        parts.append(unit.text())
        if redefines and rng.random() < 4 / count:
            parts.append(rng.choice(REDEFINITIONS))
    if rng.random() < 0.3:
        parts.append(unit.uncaught())
    return '\n'.join(parts) + '\n'


if __name__ == '__main__':
    print(program(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1), end='')
