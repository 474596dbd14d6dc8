"""Bad input: random bytes, truncated and huge files; a clear error each, no crash, no partial output."""
import os
import random
import tempfile

from .common import CONSAIRC, ROOT, command, parallel

SEED = 19970423
RANDOM_FILES = 60
TRUNCATIONS = 60


def judge(result, must_fail=False):
    """None when consairc ended like a well-behaved program."""
    if result.status is None:
        return result.err
    if result.status not in (0, 1) or (must_fail and result.status == 0):
        return 'exit %s, stderr %r' % (result.status, result.err[:300])
    if result.status == 1 and 'error:' not in result.err:
        return 'exit 1 without a message'
    return None


def check_bytes(data, must_fail=False, timeout=60):
    return judge(command([CONSAIRC, 'check', '-'], data, timeout=timeout), must_fail)


def random_bytes(report):
    generator = random.Random(SEED)
    alphabets = [bytes(range(256)), b'()<>{}[]#\'`,@"\\;:.- \n0123456789abcdeftlni/+*', b'(label lambda x 1 quote cond )\'`,@<<>>']
    data = [bytes(generator.choice(alphabets[i % 3]) for _ in range(generator.randrange(1, 600))) for i in range(RANDOM_FILES)]
    for i, why in enumerate(parallel(check_bytes, data)):
        report.check('bad input: random bytes %d (seed %d)' % (i, SEED), why)


def truncated(report):
    generator = random.Random(SEED)
    with open(os.path.join(ROOT, 'examples', 'closures-macros.lisp'), 'rb') as f:
        whole = f.read()
    cuts = [generator.randrange(1, len(whole)) for _ in range(TRUNCATIONS)]
    for cut, why in zip(cuts, parallel(lambda n: check_bytes(whole[:n]), cuts)):
        report.check('bad input: truncated at byte %d' % cut, why)


def huge(report):
    cases = [
        ('10^6 open parentheses', b'(' * 10 ** 6, True),
        ('10^6 nested lists', b'(' * 10 ** 6 + b')' * 10 ** 6, True),
        ('10^6 quotes', b"'" * 10 ** 6, True),
        ('10^6 quoted nestings are data', b"'" + b'(' * 10 ** 6 + b')' * 10 ** 6, False),
        ('10^6 open vectors', b'<<' * 10 ** 6, True),
        ('10^6 close parentheses', b')' * 10 ** 6, True),
        ('a line of 100 MB', b'; ' + b'x' * 10 ** 8, False),
        ('a string of 100 MB', b'(label s "' + b'x' * 10 ** 8 + b'")', False),
        ('a symbol of 10 MB', b'y' * 10 ** 7, False),
        ('a number of 10^6 digits', b'(label n ' + b'9' * 10 ** 6 + b')', False),
        ('invalid UTF-8', b'(println "\xff\xfe")', True),
        ('truncated UTF-8', b'(println "\xe2\x82', True),
        ('a NUL byte', b'(println 1)\0(println 2)', True),
        ('10^5 forms in a body', b'((lambda () ' + b'(list 1) ' * 10 ** 5 + b'))', False),
        ('deep calls', b'(+ 1 ' * 20000 + b'1' + b')' * 20000, True),
    ]
    for name, data, must_fail in cases:
        report.check('bad input: ' + name, check_bytes(data, must_fail, timeout=120))


def files(report):
    with tempfile.TemporaryDirectory() as folder:
        report.check('bad input: a folder', judge(command([CONSAIRC, 'run', folder]), True))
        secret = os.path.join(folder, 'secret.lisp')
        with open(secret, 'w') as f:
            f.write('(println 1)')
        os.chmod(secret, 0)
        if not os.access(secret, os.R_OK):
            report.check('bad input: an unreadable file', judge(command([CONSAIRC, 'run', secret]), True))
        elif os.geteuid() == 0:  # root reads everything: ask as somebody else
            os.chmod(folder, 0o755)
            result = command(['setpriv', '--reuid=65534', '--clear-groups', CONSAIRC, 'run', secret])
            report.check('bad input: an unreadable file', judge(result, True))
        out = os.path.join(folder, 'out')
        result = command([CONSAIRC, 'build', '-', '-o', out], b'(println "\xff")')
        left = [n for n in os.listdir(folder) if n != 'secret.lisp']
        report.check('bad input: no partial output', judge(result, True) or (None if not left else 'left %s' % left))


def run(report):
    for test in (random_bytes, truncated, huge, files):
        test(report)
