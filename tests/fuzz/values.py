"""Literals at and around every limit of the representation, by type."""

TYPES = ['int', 'num', 'float', 'bool', 'str', 'sym', 'list', 'ivec', 'fvec', 'vec', 'map', 'set']
INTEGERS = [0, 1, -1, 2, 3, 7, 10, -13, 127, 255, 256, 1000]
EDGES = [31, 32, 52, 53, 54, 61, 62, 63, 64, 127, 128]
FLOATS = ['0.0', '-0.0', '1.0', '0.5', '-2.5', '3.141592653589793', '1e16', '1e15', '-1e-7', '1e308', '5e-324', '1e400', '-1e400',
          '+nan.0', '4503599627370496.0', '9007199254740992.0', '9223372036854775808.0', '-9223372036854775808.0', '2147483648.0']
RATIOS = ['1/2', '-1/3', '22/7', '9223372036854775807/2', '-1/9223372036854775808', '36893488147419103233/5']
STRINGS = ['""', '"a"', '"abc"', '"hello, world"', '"\\u{e9}t\\u{e9}"', '"\\u{1F600}x"', '"a\\nb"', '"   "', '"a,b,,c"']
SYMBOLS = ["'a", "'b", "'foo", ':key', ':other', "'t", "'nil"]


def edge(rng):
    """An integer close to a power of two, of either sign."""
    return rng.choice((1, -1)) * ((1 << rng.choice(EDGES)) + rng.randint(-3, 3))


def integer(rng):
    kind = rng.random()
    if kind < 0.55:
        return str(rng.choice(INTEGERS))
    if kind < 0.7:
        return str(rng.randint(-100, 100))
    return str(edge(rng))


def small(rng):
    return str(rng.randint(0, 9))


def floating(rng):
    return rng.choice(FLOATS) if rng.random() < 0.6 else repr(round(rng.uniform(-100, 100), rng.randint(0, 6)))


def number(rng):
    kind = rng.random()
    if kind < 0.5:
        return integer(rng)
    return floating(rng) if kind < 0.8 else rng.choice(RATIOS)
