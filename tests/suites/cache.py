"""The cache of `consairc run`: same behaviour from it, nothing wrong out of it, whatever happens to it."""
import os
import random
import tempfile
import time

from .common import CONSAIRC, command, lisp_files, parallel

PROGRAM = '''(defmacro file-text (name) (slurp name))
(define (loop-to n i) (if (= i n) i (loop-to n (+ i 1))))
(println (loop-to 100000 0) (file-text "input.txt") (command-line))
(println (car (read-line)))
'''
WARM = '(define (warm-up i) (if (= i 0) 0 (warm-up (- i 1)))) (warm-up 3000) '  # what runs for so long is stored
CALLS = '(define (loop-to n i) (if (= i n) i (loop-to n (+ i 1))))\n(println (loop-to 100000 0) "%s")\n%s'


class Place:
    """A folder with programs, and a cache of its own."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)  # a run may still store its entry
        self.home = os.path.join(self.folder.name, 'cache')
        self.entries_folder = os.path.join(self.home, 'consair')

    def write(self, name, text):
        with open(os.path.join(self.folder.name, name), 'w') as f:
            f.write(text)

    def run(self, *words, stdin='', home=None):
        return command([CONSAIRC, 'run'] + list(words), stdin, cwd=self.folder.name,
                       env={'XDG_CACHE_HOME': home or self.home, 'CONSAIR_RT': 'leaks'})

    def names(self):
        return sorted(os.listdir(self.entries_folder)) if os.path.isdir(self.entries_folder) else []

    def wait(self, count):
        """The entries, when there are so many; it is another process that stores them."""
        end = time.time() + 60
        while time.time() < end:
            names = self.names()
            if len(names) >= count and not any('.' in name for name in names):
                return [os.path.join(self.entries_folder, name) for name in names]
            time.sleep(0.05)
        return None


def triple(result):
    return result.status, result.out, result.err


def was_used(entry, action):
    """Did the action start the entry?  That sets its time.  (An earlier run may still put another one in its place.)"""
    os.utime(entry, (1, 1))
    file = os.stat(entry).st_ino
    result = action()
    after = os.stat(entry)
    return result, after.st_mtime > 1 and after.st_ino == file


def behaviour(report):
    place = Place()
    place.write('input.txt', 'one')
    place.write('p.lisp', PROGRAM)
    first = place.run('p.lisp', 'a', 'b c', stdin='line\n')
    entries = place.wait(1)
    if not entries:
        report.fail('cache: an entry', 'none; %r' % (triple(first),))
        return
    second, used = was_used(entries[0], lambda: place.run('p.lisp', 'a', 'b c', stdin='line\n'))
    report.check('cache: used', None if used else 'the entry was not started')
    report.check('cache: the same', None if triple(first) == triple(second) and first.status == 1 and 'p.lisp:4:10: error: car' in first.err
                 else '%r, then %r' % (triple(first), triple(second)))
    third, used = was_used(entries[0], lambda: place.run('--print-result', 'p.lisp', stdin='line\n'))
    report.check('cache: options are part of the key', 'used' if used or third.status != 1 else None)
    place.write('input.txt', 'two')
    third, used = was_used(entries[0], lambda: place.run('p.lisp', stdin='line\n'))
    report.check('cache: a file that a macro reads', None if '"two"' not in third.out and ' two ' in third.out and not used else repr(triple(third)))
    place.write('p.lisp', PROGRAM.replace('100000', '99999'))
    third, used = was_used(entries[0], lambda: place.run('p.lisp', stdin='line\n'))
    report.check('cache: a changed program', None if third.out.startswith('99999 two') and not used else repr(triple(third)))


def said_by_options(report):
    """What the options say of messages and of the stack holds for an entry, too."""
    place = Place()
    place.write('p.lisp', '(define (deep n) (if (= n 0) 0 (+ 1 (deep (- n 1)))))\n' + CALLS %
                ('v', '(define (f x) 1)\n(println (f 2) (try (deep 200000) (catch (e) "too deep")) (getenv "CONSAIR_STACK_OPTION"))\n'))
    plain = place.run('p.lisp')
    entries = place.wait(1)
    small, used = was_used(entries[0], lambda: place.run('--stack-size=1M', 'p.lisp'))
    report.check('cache: --stack-size', None if used and plain.out == '100000 v\n1 200000 nil\n' and small.out == '100000 v\n1 too deep nil\n'
                 else '%r, then %r' % (plain.out, small.out))
    for words, status, message in ((['-Wextra'], 0, 'unused-parameter'), (['-Wextra', '-w'], 0, None), (['-Wextra', '-Werror'], 1, 'unused-parameter'),
                                   (['-Wextra', '--diagnostics-format=json'], 0, '{"severity":')):
        results = [place.run(*words, 'p.lisp')]
        if status == 0:
            place.wait(len(place.names()))
        results.append(place.run(*words, 'p.lisp'))
        good = all(r.status == status and (message in r.err if message else not r.err) for r in results)
        report.check('cache: ' + ' '.join(words), None if good else repr([triple(r) for r in results]))


def untouched(report):
    place = Place()
    place.write('p.lisp', CALLS % ('x', ''))
    result = place.run('--no-cache', 'p.lisp')
    report.check('cache: --no-cache', None if result.out == '100000 x\n' and not place.names() else repr(place.names()))
    place.write('p.lisp', '(defmacro loud () (println "expanding") 1)\n(define one (loud))\n' + CALLS % ('x', '(println (+ one (loud)))\n'))
    results = [place.run('p.lisp') for _ in range(2)]
    time.sleep(0.3)
    report.check('cache: a macro that prints', None if all(r.out == 'expanding\nexpanding\n100000 x\n2\n' for r in results) and not place.names()
                 else repr([triple(r) for r in results]))
    for home in ('/dev/null', '/proc/1', os.path.join(place.folder.name, 'p.lisp')):
        place.write('q.lisp', CALLS % ('y', ''))
        result = place.run('q.lisp', home=home)
        report.check('cache: impossible folder ' + os.path.basename(home), None if triple(result) == (0, '100000 y\n', '') else repr(triple(result)))


def damaged(report):
    place = Place()
    place.write('p.lisp', CALLS % ('z', '(exit 3)\n'))
    first = place.run('p.lisp')
    entries = place.wait(1)
    if not entries:
        report.fail('cache: damaged', 'no entry')
        return
    with open(entries[0], 'rb') as f:
        good = f.read()
    draw = random.Random(7)
    cases = [('empty', b''), ('cut', good[:len(good) // 2]), ('without its footer', good[:-8]), ('noise', bytes(draw.randrange(256) for _ in range(5000)))]
    for i in range(12):
        at = draw.randrange(len(good))
        cases.append(('byte %d' % at, good[:at] + bytes([good[at] ^ (1 << draw.randrange(8))]) + good[at + 1:]))
    for name, content in cases:
        with open(entries[0], 'wb') as f:
            f.write(content)
        result, used = was_used(entries[0], lambda: place.run('p.lisp'))
        place.wait(1)
        report.check('cache: damaged, ' + name, None if triple(result) == triple(first) else repr(triple(result)))


def concurrent(report):
    place = Place()
    for i in range(4):
        place.write('p%d.lisp' % i, CALLS % (i, ''))
    results = parallel(lambda i: (i, place.run('p%d.lisp' % i)), [i % 4 for i in range(16)])
    wrong = [triple(r) for i, r in results if triple(r) != (0, '100000 %d\n' % i, '')]
    report.check('cache: concurrent runs', repr(wrong[:3]) if wrong else None)
    entries = place.wait(4)
    report.check('cache: concurrent entries', None if entries and len(entries) == 4 else repr(place.names()))


def bounded(report):
    place = Place()
    os.makedirs(place.entries_folder)
    for i in range(10):
        path = os.path.join(place.entries_folder, '%032x' % i)
        with open(path, 'wb') as f:
            f.truncate(8 << 20)
        os.utime(path, (1000 + i, 1000 + i))
    old = os.path.join(place.entries_folder, 'left.new')
    open(old, 'wb').close()
    os.utime(old, (1000, 1000))
    place.write('p.lisp', CALLS % ('w', ''))
    place.run('p.lisp')
    end = time.time() + 60
    while time.time() < end and (os.path.exists(old) or len(place.names()) > 7):
        time.sleep(0.05)
    names = place.names()
    size = sum(os.stat(os.path.join(place.entries_folder, n)).st_size for n in names)
    good = size <= 48 << 20 and '%032x' % 9 in names and '%032x' % 0 not in names and 'left.new' not in names
    report.check('cache: bounded, the oldest go', None if good else '%d bytes, %r' % (size, names))


def from_entry(name, text):
    """What is wrong when the program runs from its entry; '' when it is none, None when all is well."""
    place = Place()
    with open(os.path.join(place.folder.name, name), 'wb') as f:
        f.write(WARM.encode() + text)
    plain = place.run('--no-cache', name)
    if triple(place.run(name)) != triple(plain):
        return 'with an empty cache: %r' % (triple(plain),)
    if command([CONSAIRC, 'check', name], cwd=place.folder.name).status != 0:
        return ''
    entries = place.wait(1)
    if not entries:
        return 'no entry'
    cached, used = was_used(entries[0], lambda: place.run(name))
    return None if used and triple(cached) == triple(plain) else 'used: %s, %r, not %r' % (used, triple(cached), triple(plain))


def language(report):
    """Every so many-th program of the language tests, and one that needs the expander when it runs."""
    programs = []
    for path in [path for path in lisp_files('tests/lang') if '/foreign/' not in path][4::20]:  # C libraries are never cached
        with open(path, 'rb') as f:
            programs.append((os.path.basename(path), f.read()))
    programs.append(('expander.lisp', b"(defmacro twice (x) (list 'do x x))\n(println (macroexpand '(twice 1)))\n(eval '(println 2))\n"))
    results = parallel(lambda program: (program[0], from_entry(*program)), programs)
    for name, why in results:
        if why != '':
            report.check('cache: language, ' + name, why)


def run(report):
    for test in (behaviour, said_by_options, untouched, damaged, concurrent, bounded, language):
        test(report)
