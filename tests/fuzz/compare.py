"""Runs a program on engines, at optimisation levels and without single passes, and compares what comes out."""
import functools
import os
import re
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CONSAIRC = os.environ.get('CONSAIRC', os.path.join(ROOT, 'build', 'driver', 'consairc'))
TIMEOUT = 60
ENVIRONMENT = dict(os.environ, CONSAIR_RT='leaks', CONSAIR_STACK='128M')
REFERENCE = 'interp'
QEMU = ['qemu-aarch64', '-L', os.path.join(ROOT, 'build-aarch64', 'sysroot')] # ./dev cross aarch64


@functools.lru_cache(maxsize=None)
def optional_passes():
    """Names of the passes that can be left out, from the compiler."""
    text = subprocess.run([CONSAIRC, 'check', '--help-passes'], capture_output=True, text=True, check=True).stdout
    return re.findall(r'^(\S+)\s+optional', text, re.M)


INTERPRETED_WITHOUT = 4 # passes in turn


def variants(turn, ways):
    """Names of the ways to run file number `turn`.  all: all of them; some, a rotation, since compiling at -O2 takes most of the time:

      every file     the interpreter, both compilers at -O0, the interpreter without each of the next four passes
      in turn        one of the compilers at -O0 without a pass: JIT, executable, JIT, ..., with the next pass each time
      in turn        at -O2: JIT, executable, then JIT and executable without a pass, with the next pass each time

    So 50 files leave out each pass at -O2 once or more, at -O0 three times, in the interpreter fifteen times.  quick: nothing at -O2;
    foreign: executables of another machine."""
    if ways == 'foreign':
        return [REFERENCE, 'aarch64 -O0', 'aarch64 -O2']
    passes = optional_passes()
    engine = ('jit', 'aot')[turn % 2]

    def without(way, number):
        return '%s -fno-%s' % (way, passes[number % len(passes)])

    names = [REFERENCE, 'jit -O0', 'aot -O0']
    if ways == 'all':
        slow = [e + ' -O2' for e in ('jit', 'aot')]
        return names + slow + [without(way, n) for n in range(len(passes)) for way in [REFERENCE, 'jit -O0', 'aot -O0'] + slow]
    names += [without(REFERENCE, INTERPRETED_WITHOUT * turn + n) for n in range(INTERPRETED_WITHOUT)]
    names.append(without(engine + ' -O0', turn))
    if ways == 'some':
        names.append(engine + ' -O2' if turn % 4 < 2 else without(engine + ' -O2', turn // 4 * 2 + turn % 2))
    return names


class Outcome:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def key(self):
        return self.status, self.out, self.err

    def is_crash(self):
        """A signal, an error of the compiler itself, a leak or no end."""
        return (self.status is None or self.status < 0 or self.status >= 70 or b'internal error' in self.err or b'live object' in self.err
                or b'leak' in self.err)


def execute(argv, folder):
    try:
        p = subprocess.run(argv, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, env=ENVIRONMENT, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return Outcome(None, b'', b'no end in %d s' % TIMEOUT)
    return Outcome(p.returncode, p.stdout, p.stderr)


def run(variant, path):
    """The outcome of one way to run the program."""
    engine, *options = variant.split()
    folder, name = os.path.split(path)
    if engine not in ('aot', 'aarch64'):
        return execute([CONSAIRC, 'run', '--check', '--engine=' + engine] + options + [name], folder)
    with tempfile.TemporaryDirectory() as place:
        program = os.path.join(place, 'program')
        runner, target = (QEMU, ['--target=aarch64-linux-gnu']) if engine == 'aarch64' else ([], [])
        built = execute([CONSAIRC, 'build', '--check'] + options + target + [name, '-o', program], folder)
        if built.status != 0:
            return built
        outcome = execute(runner + [program], folder)
        return Outcome(outcome.status, outcome.out, built.err + outcome.err)  # warnings come from the build


def differences(path, names):
    """[(variant, what differs)] from the first of the names; a crash of any is a difference."""
    reference, found = run(names[0], path), []
    if reference.is_crash():
        found.append((names[0], describe_crash(reference)))
    for name in names[1:]:
        outcome = run(name, path)
        if outcome.is_crash():
            found.append((name, describe_crash(outcome)))
        elif outcome.key() != reference.key():
            found.append((name, describe(reference, outcome)))
    return found


def describe_crash(outcome):
    return 'status %s: %s' % (outcome.status, outcome.err[-300:].decode(errors='replace'))


def describe(reference, outcome):
    if reference.status != outcome.status:
        return 'status %s, not %s: %s' % (outcome.status, reference.status, outcome.err[-200:].decode(errors='replace'))
    stream = 'standard output' if reference.out != outcome.out else 'standard error'
    pair = (reference.out, outcome.out) if reference.out != outcome.out else (reference.err, outcome.err)
    wanted, got = (text.decode(errors='replace').split('\n') for text in pair)
    for number, (a, b) in enumerate(zip(wanted + [''] * len(got), got + [''] * len(wanted)), 1):
        if a != b:
            return '%s, line %d:\n  %s\n  %s' % (stream, number, a[:300], b[:300])
    return stream
