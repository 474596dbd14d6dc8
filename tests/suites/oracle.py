"""Floats against an independent oracle: Python's shortest printing and correctly rounded reading, on random values.

ORACLE_COUNT=3000000 tests/run.py oracle tries more than the usual number.
"""
import os
import random
import struct
from decimal import Decimal

from .common import BUILD, ROOT, command

PROGRAM = os.path.join(BUILD, 'tests', 'unit', 'float_oracle')
COUNT = int(os.environ.get('ORACLE_COUNT', '200000'))
SEED = 88172645463325252


def double_of(bits):
    return struct.unpack('<d', struct.pack('<Q', int(bits, 16)))[0]


def digits(text):
    """How many significant digits a numeral has."""
    mantissa = text.lower().split('e')[0].lstrip('-')
    return len(mantissa.replace('.', '').strip('0'))


def printed_well(bits, text):
    x = double_of(bits)
    if x != x:
        return text == '+nan.0'
    if abs(x) == float('inf'):
        return text == ('+inf.0' if x > 0 else '-inf.0')
    is_positional = x == 0 or 1e-4 <= abs(x) < 1e16
    return (double_of(bits) == float(text) and text.startswith('-') == bits.startswith(tuple('89abcdef'))
            and digits(text) == digits(repr(x)) and Decimal(text) == Decimal(repr(x)) and ('e' not in text) == is_positional
            and ('.' in text or 'e' in text))


def random_numeral(generator):
    """Many digits, near a double or half-way between two, any exponent."""
    if generator.random() < 0.5:
        x = double_of('%016x' % generator.getrandbits(64))
        if x != x or abs(x) == float('inf'):
            return '1.5'
        exact = Decimal(x)
        if generator.random() < 0.5:
            exact = (exact + Decimal(struct.unpack('<d', struct.pack('<Q', struct.unpack('<Q', struct.pack('<d', x))[0] ^ 1))[0])) / 2
        return '%.*e' % (generator.randrange(17, 40), exact)
    whole = generator.randrange(10 ** generator.randrange(1, 30))
    return '%d.%de%d' % (whole, generator.randrange(10 ** 9), generator.randrange(-340, 300))


def run(report):
    shown = command([PROGRAM, 'print', str(SEED), str(COUNT)], timeout=3000).out.split('\n')[:-1]
    wrong = [line for line in shown if not printed_well(*line.split(' '))]
    report.check('oracle: %d floats printed' % COUNT,
                 None if len(shown) == COUNT and not wrong else '%d wrong: %s' % (len(wrong), wrong[:5]))
    generator = random.Random(SEED)
    numerals = [random_numeral(generator) for _ in range(COUNT // 4)]
    read = command([PROGRAM, 'read'], '\n'.join(numerals) + '\n', timeout=3000).out.split('\n')[:-1]
    wrong = [n for n, bits in zip(numerals, read) if '%016x' % struct.unpack('<Q', struct.pack('<d', float(n)))[0] != bits]
    report.check('oracle: %d numerals read' % len(numerals),
                 None if len(read) == len(numerals) and not wrong else '%d wrong: %s' % (len(wrong), wrong[:5]))
