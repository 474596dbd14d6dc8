"""consairc as a build step: dependency files, Make, Ninja, outputs that are whole or not there, the same bytes each time."""
import os
import shutil
import signal
import subprocess
import tempfile
import time

from .common import CONSAIRC, ROOT, command, write

HELLO = '(println "hello")\n'
SLOW = '(defmacro slow (n) (let loop ((i 0)) (if (< i n) (loop (+ i 1)) `(println ,n))))\n(slow 100000000)\n'


def read(*parts):
    with open(os.path.join(*parts), 'rb') as f:
        return f.read()


def build(folder, *words, **more):
    return command([CONSAIRC, 'build'] + list(words), cwd=folder, **more)


def test_depfiles(report, folder):
    write(folder, 'data/a b#$.txt', 'x\ny\n')
    write(folder, 'p.lisp', '(defmacro m () `(quote ,(read-lines "data/a b#$.txt")))\n(defmacro n () (slurp "other"))\n'
                            '(println (m) (n))\n')
    write(folder, 'other', 'text')
    inputs = ' p.lisp \\\n  data/a\\ b\\#$$.txt \\\n  other\n'
    phony = 'data/a\\ b\\#$$.txt:\nother:\n'
    cases = [
        (['-MD', '-o', 'out', 'p.lisp'], 'out.d', 'out:' + inputs),
        (['-MD', '-c', 'p.lisp'], 'p.d', 'p.o:' + inputs),
        (['-MD', '-MP', '-o', 'a.b/out', 'p.lisp'], 'a.b/out.d', 'a.b/out:' + inputs + phony),
        (['-MF', 'rule', '-MT', 'some target', '-o', 'out', 'p.lisp'], 'rule', 'some target:' + inputs),
        (['-MFrule2', '-S', '-o', '-', 'p.lisp'], 'rule2', '-:' + inputs),
    ]
    os.mkdir(os.path.join(folder, 'a.b'))
    for words, path, expected in cases:
        result = build(folder, *words)
        got = read(folder, path).decode() if result.status == 0 else result.err
        report.check('depfile ' + ' '.join(words), None if got == expected else 'got %r, expected %r' % (got, expected))
    write(folder, 'bad.lisp', '(defmacro n () (slurp "other"))\n(n)\n(if)\n')
    result = build(folder, '-MD', '-o', 'bad', 'bad.lisp')
    report.check('no depfile after an error', None if result.status == 1 and not os.path.exists(os.path.join(folder, 'bad.d'))
                 else 'exit %s' % result.status)
    result = build(folder, '-MD', '-S', '-o', '-', 'p.lisp')
    report.check('depfile without a name', None if result.status == 2 and '-MF' in result.err else repr(result.err[:200]))


def steps(report, name, folder, tool, product, inputs):
    """Builds; nothing to do; each input makes it build again; what it makes runs."""
    path = dict(os.environ, PATH=os.path.dirname(CONSAIRC) + ':' + os.environ['PATH'])
    result = command(tool, cwd=folder, env=path)
    output = os.path.join(folder, product)
    if result.status != 0 or not os.path.exists(output):
        report.fail(name, 'exit %s: %s' % (result.status, (result.out + result.err)[:500]))
        return
    first = os.stat(output).st_mtime_ns
    command(tool, cwd=folder, env=path)
    report.check(name + ': nothing to do', None if os.stat(output).st_mtime_ns == first else 'it was built again')
    for change in inputs:
        before = os.stat(output).st_mtime_ns
        time.sleep(0.02)
        with open(os.path.join(folder, change), 'a', encoding='utf-8') as f:
            f.write('Welcome\n' if change.endswith('.txt') else ';\n')
        command(tool, cwd=folder, env=path)
        report.check(name + ': builds again for ' + os.path.basename(change),
                     None if os.stat(output).st_mtime_ns > before else 'it was not built')
    result = command([output, 'reader'], cwd='/')
    expected = 'Hello, reader!\nGood morning, reader!\nWelcome, reader!\n'
    report.check(name + ': the program', None if result.out == expected else '%r %r' % (result.out, result.err[:300]))


def test_make(report, folder):
    shutil.copytree(os.path.join(ROOT, 'examples', 'make'), os.path.join(folder, 'make'))
    steps(report, 'make', os.path.join(folder, 'make'), ['make', '-s'], 'greet', ['greetings.txt', 'greet.lisp'])


def test_make_apart(report, folder):
    """A program of several files: what changed is compiled again, and who imports it if its interface changed."""
    shutil.copytree(os.path.join(ROOT, 'examples', 'separate'), os.path.join(folder, 'separate'))
    folder = os.path.join(folder, 'separate')
    path = dict(os.environ, PATH=os.path.dirname(CONSAIRC) + ':' + os.environ['PATH'])

    def made():
        result = command(['make'], cwd=folder, env=path)
        lines = [line for line in result.out.split('\n') if line.startswith('consairc')]
        return [line.split()[-1] for line in lines] if result.status == 0 else [result.err]

    def check(name, got, want):
        report.check('make apart: ' + name, None if got == want else '%r, expected %r' % (got, want))

    check('first', made(), ['inventory.o', 'money.o', 'stock.o', 'inventory'])
    check('nothing to do', made(), [])
    result = command([os.path.join(folder, 'inventory')])
    check('the program', result.out, read(folder, 'inventory.expected').decode())
    changes = [('inventory.lisp', '(import money)', '(import money) ;', ['inventory.o', 'inventory']),
               ('stock.lisp', '(car i)', '(car (car (list i)))', ['stock.o', 'inventory']),
               ('money.lisp', '(< n 10)', '(< n 9)', ['money.o', 'inventory']),
               ('stock.lisp', 'export item ', 'export item value ', ['stock.o', 'inventory.o', 'inventory']),
               ('money.lisp', '(cents whole part)', '(cents whole part . none)', ['money.o', 'stock.o', 'inventory.o', 'inventory'])]
    for name, old, new, want in changes:
        time.sleep(0.02)
        text = read(folder, name).decode()
        write(folder, name, text.replace(old, new))
        check('after a change of ' + name, made(), want)
        check('then nothing is left to do', made(), [])
    check('the program again', command([os.path.join(folder, 'inventory')]).out, result.out)


def test_ninja(report, folder):
    for name in ('make', 'meson'):
        shutil.copytree(os.path.join(ROOT, 'examples', name), os.path.join(folder, name))
    path = dict(os.environ, PATH=os.path.dirname(CONSAIRC) + ':' + os.environ['PATH'])
    result = command(['meson', 'setup', '../b', '.'], cwd=os.path.join(folder, 'meson'), env=path)
    if result.status != 0:
        report.fail('meson', result.out[-500:])
        return
    steps(report, 'ninja', folder, ['ninja', '-C', 'b', '--quiet'], 'b/greet', ['make/greetings.txt', 'make/greet.lisp'])


def test_same_bytes(report, folder):
    """Whatever the folder, the user and the time: the source's name as it was given is all that gets in."""
    program = HELLO + '(define (f x) (car x))\n(try (f 1) (catch (e) (println (error-message e))))\n'
    outputs = []
    for place, more in (('one', {}), ('two/three', {'HOME': '/nowhere', 'USER': 'other', 'TZ': 'Asia/Tokyo', 'LC_ALL': 'C'})):
        inner = os.path.dirname(write(folder, place + '/p.lisp', program))
        for kind in ('exe', 'obj', 'llvm-bc'):
            result = build(inner, '--emit=' + kind, '-o', 'out.' + kind, 'p.lisp', env=more)
            if result.status != 0:
                report.fail('same bytes', result.err[:300])
                return
        outputs.append([read(inner, 'out.' + kind) for kind in ('exe', 'obj', 'llvm-bc')])
    report.check('same bytes', None if outputs[0] == outputs[1] else 'two builds differ')


def test_signals(report, folder):
    """Whenever a signal comes, the folder holds the source and the old output, or the new one as well."""
    write(folder, 'p.lisp', HELLO)
    build(folder, '-o', 'out', 'p.lisp')
    good = read(folder, 'out')
    why = None
    for number in range(12):
        for sent in (signal.SIGTERM, signal.SIGINT):
            p = subprocess.Popen([CONSAIRC, 'build', '-MD', '-o', 'out', 'p.lisp'], cwd=folder)
            time.sleep(0.004 * number)
            p.send_signal(sent)
            if p.wait(timeout=60) not in (0, -sent):
                why = 'exit %d' % p.returncode
            left = sorted(set(os.listdir(folder)) - {'out.d'})
            if left != ['out', 'p.lisp'] or read(folder, 'out') != good:
                why = 'the folder holds %s' % left
    report.check('signals', why)
    write(folder, 'slow.lisp', SLOW)
    p = subprocess.Popen([CONSAIRC, 'build', '-o', 'slow', 'slow.lisp'], cwd=folder)
    time.sleep(0.3)
    p.send_signal(signal.SIGINT)
    report.check('interrupt while a macro runs', None if p.wait(timeout=60) == -signal.SIGINT and not os.path.exists(
        os.path.join(folder, 'slow')) else 'exit %s' % p.returncode)


def test_no_room(report, folder):
    """A limit on the size of files stands for a full disk: the old output stays, nothing else is left."""
    write(folder, 'p.lisp', HELLO)
    write(folder, 'out', 'old')
    result = command(['sh', '-c', 'ulimit -f 8; exec "%s" build -o out p.lisp' % CONSAIRC], cwd=folder)
    good = result.status == 1 and 'File too large' in result.err and read(folder, 'out') == b'old'
    report.check('no room', None if good and sorted(os.listdir(folder)) == ['out', 'p.lisp']
                 else 'exit %s, %r, %s' % (result.status, result.err[:300], os.listdir(folder)))
    os.chmod(folder, 0o500)
    if os.geteuid() != 0: # root may write anywhere
        result = build(folder, '-o', 'new', 'p.lisp')
        report.check('folder without permission', None if result.status == 1 and 'Permission' in result.err else repr(result.err))
    os.chmod(folder, 0o700)


def test_closed_output(report, folder):
    """Standard output that is closed is an error for whoever wants to write there, and nothing else is."""
    write(folder, 'p.lisp', HELLO)
    build(folder, '-o', 'p', 'p.lisp')
    for name, words, wanted in [('compiler', '"%s" build -S -o - p.lisp' % CONSAIRC, 1), ('program', './p', 1),
                                ('help', '"%s" --help' % CONSAIRC, 1), ('quiet', '"%s" check p.lisp' % CONSAIRC, 0)]:
        result = command(['sh', '-c', 'exec %s >&-' % words], cwd=folder)
        report.check('closed output: ' + name, None if result.status == wanted else 'exit %s, %r' % (result.status, result.err))
    result = command(['sh', '-c', '"%s" build -S -o - p.lisp | true; "%s" --help | true' % (CONSAIRC, CONSAIRC)], cwd=folder)
    report.check('closed pipe: compiler', None if result.err == '' else result.err[:300])


def run(report):
    for test in (test_depfiles, test_make, test_make_apart, test_ninja, test_same_bytes, test_signals, test_no_room, test_closed_output):
        with tempfile.TemporaryDirectory() as folder:
            test(report, folder)
