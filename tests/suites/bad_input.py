"""Bad input: random bytes, truncated and huge files; a clear error each, no crash, no partial output."""
import os
import random
import tempfile

from .common import CONSAIRC, ROOT, command, parallel

SEED = 19970423
MALFORMED = [
    ('(foreign "libc.so.6" (f int int))', ':1:25: error: foreign: the parameters must be a list of types, got int'),
    ('(foreign (g (' + 40 * 'int ' + ') int))', ':1:13: error: foreign: g has 40 parameters, at most 16 are possible'),
    ('(foreign (5 () int))', ':1:11: error: foreign: the name must be a symbol or (symbol "c_name"), got 5'),
    ('(foreign (("x") () int))', 'the name must be a symbol or (symbol "c_name"), got ("x")'),
    ('(foreign ((g 3) () int))', 'the name must be a symbol or (symbol "c_name"), got (g 3)'),
    ('(defmacro)', ':1:1: error: defmacro: expected a name, parameters and a body'),
    ('(defmacro m (x))', ':1:1: error: defmacro: expected a name, parameters and a body'),
    ('(defmacro m (x) x) (m 1 . 2)', ':1:20: error: m: the call of a macro must be a proper list'),
    ('(if 1 2 . 3)', ':1:1: error: if: the form must be a proper list'),
    ('(let 5 1)', ':1:1: error: let: the bindings must be a list, got 5'),
    ('(let ((x 1) . 5) x)', 'let: the bindings must be a list, got ((x 1) . 5)'),
    ('(letrec)', ':1:1: error: letrec: no bindings or no body'),
    ('(letrec ((f (lambda () 1))))', ':1:1: error: letrec: no bindings or no body'),
    ('(do ((i 0)) 5)', ':1:1: error: do: expected bindings and (test result ...)'),
    ('(do ((i 0 1)))', ':1:1: error: do: expected bindings and (test result ...)'),
    ('(module a (exports b))', ':1:11: error: module: expected (export name ...), got (exports b)'),
    ('(module 5 (export b))', ':1:1: error: module: expected a name and (export name ...), got'),
]
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


def malformed(report):
    for text, message in MALFORMED:
        result = command([CONSAIRC, 'check', '-'], text)
        good = result.status == 1 and message in result.err and result.err.count('error:') == 1
        report.check('bad input: ' + text[:40], None if good else 'exit %s, %r' % (result.status, result.err))


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
    for test in (random_bytes, malformed, truncated, huge, files):
        test(report)
