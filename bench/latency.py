#!/usr/bin/env python3
"""How long one waits: starting, first results, forms of a session; consairc against other languages.

usage: latency.py [REPETITIONS] [--write]     (--write: the table becomes bench/LATENCY.md)

All commands of a row run in turn, so that whatever else the machine does hits them alike; the table has the medians in
milliseconds.  A language that is not installed has an empty column (Debian: sbcl chezscheme guile-3.0 luajit nodejs).
"""
import os
import pty
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONSAIRC = os.path.join(ROOT, 'build', 'driver', 'consairc')
LANGUAGES = ['consairc', 'sbcl', 'chezscheme', 'guile', 'luajit', 'node']

SOURCES = {
    'hello.lisp': '(println "hello")\n',
    'hello.sbcl': '(format t "hello~%")\n',
    'hello.ss': '(display "hello") (newline)\n',
    'hello.lua': 'print("hello")\n',
    'hello.js': 'console.log("hello")\n',
    'fib.lisp': '(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))\n(println (fib 30))\n',
    'fib.sbcl': '(defun fib (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))\n(format t "~a~%" (fib 30))\n',
    'fib.ss': '(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))\n(display (fib 30)) (newline)\n',
    'fib.lua': 'local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end\nprint(fib(30))\n',
    'fib.js': 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }\nconsole.log(fib(30))\n',
}
GUILE = ['guile', '--no-auto-compile']
# row: {column: argv}; files are in the current folder
RUNS = [
    ('run hello', 'hello', {'consairc': [CONSAIRC, 'run', '--no-cache', 'hello.lisp'], 'sbcl': ['sbcl', '--script', 'hello.sbcl'],
                            'chezscheme': ['chezscheme', '--script', 'hello.ss'], 'guile': GUILE + ['hello.ss'],
                            'luajit': ['luajit', 'hello.lua'], 'node': ['node', 'hello.js']}),
    ('evaluate 1', None, {'consairc': [CONSAIRC, 'eval', '1'],
                          'sbcl': ['sbcl', '--non-interactive', '--no-sysinit', '--no-userinit', '--eval', '(print 1)'],
                          'guile': GUILE + ['-c', '(display 1)'], 'luajit': ['luajit', '-e', 'print(1)'], 'node': ['node', '-e', 'console.log(1)']}),
    ('first run of fib(30)', '832040', {'consairc': [CONSAIRC, 'run', '--no-cache', 'fib.lisp'], 'sbcl': ['sbcl', '--script', 'fib.sbcl'],
                                        'chezscheme': ['chezscheme', '--script', 'fib.ss'], 'guile': GUILE + ['fib.ss'],
                                        'luajit': ['luajit', 'fib.lua'], 'node': ['node', 'fib.js']}),
]
PROMPTS = {'consairc': ([CONSAIRC, 'repl'], b'consair>'), 'sbcl': (['sbcl', '--no-sysinit', '--no-userinit'], b'* '),
           'chezscheme': (['chezscheme'], b'> '), 'guile': (['guile', '-q'], b'> '), 'luajit': (['luajit'], b'> '), 'node': (['node'], b'> ')}
FORMS = ['(+ 1 2)', '(define (sq x) (* x x))', '(sq 12)', '(map sq (list 1 2 3))', '(define v (list 1 2 3))', '(car v)',
         '(let loop ((i 0)) (if (< i 10) (loop (+ i 1)) i))', '(fib 15)', '(string-append "a" "b")', '(length v)']
FIB = '(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))'


def run_once(argv, expected, env=None):
    start = time.perf_counter()
    p = subprocess.run(argv, capture_output=True, env=env, timeout=120)
    seconds = time.perf_counter() - start
    if p.returncode != 0 or (expected and expected not in p.stdout.decode()):
        sys.exit('latency: %s: exit %s, %r %r' % (' '.join(argv), p.returncode, p.stdout[-200:], p.stderr[-200:]))
    return seconds


def medians(columns, repetitions, once):
    """{column: median seconds of once(column)}, the columns in turn"""
    times = {column: [] for column in columns}
    for _ in range(repetitions):
        for column in columns:
            times[column].append(once(column))
    return {column: statistics.median(times[column]) for column in columns}


def prompt_once(column):
    argv, prompt = PROMPTS[column]
    start = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        os.execvpe(argv[0], argv, dict(os.environ, TERM='xterm'))
    text = b''
    while prompt not in text and select.select([fd], [], [], 30)[0]:
        text += os.read(fd, 65536)
    seconds = time.perf_counter() - start
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(fd)
    return seconds


def forms(options, rounds):
    """Medians of a session's answers over a pipe, the first round left out: it is warm then."""
    p = subprocess.Popen([CONSAIRC, 'repl'] + options, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    times = []

    def ask(form):
        start = time.perf_counter()
        p.stdin.write(form.encode() + b'\n')
        p.stdin.flush()
        p.stdout.readline()
        return time.perf_counter() - start
    ask(FIB)
    ask('(fib 25)')
    for i in range(rounds + 1):
        for form in FORMS:
            seconds = ask(form)
            if i:
                times.append(seconds)
    p.stdin.close()
    p.wait()
    return statistics.median(times), sorted(times)[int(0.95 * len(times))]


def wait_for_entries(folder, count):
    """The cache is filled behind the program's back."""
    end = time.time() + 60
    while time.time() < end:
        names = os.listdir(folder) if os.path.isdir(folder) else []
        if len([n for n in names if '.' not in n]) >= count:
            return
        time.sleep(0.02)
    sys.exit('latency: nothing in the cache')


def cached(repetitions):
    """[(name, seconds)] of fib(30): from the cache, and as an executable"""
    env = dict(os.environ, XDG_CACHE_HOME=os.path.abspath('cache'))
    run = [CONSAIRC, 'run', 'fib.lisp']
    run_once(run, '832040', env)
    wait_for_entries('cache/consair', 1)
    subprocess.run([CONSAIRC, 'build', 'fib.lisp', '-o', 'fib'], check=True)
    commands = {'cached': run, 'executable': [os.path.abspath('fib')]}
    found = medians(list(commands), repetitions, lambda name: run_once(commands[name], '832040', env))
    return found['cached'], found['executable']


def cell(seconds):
    return '%.1f' % (1e3 * seconds) if seconds is not None else ''


def table(repetitions):
    installed = [c for c in LANGUAGES if c == 'consairc' or shutil.which(c)]
    lines = ['| milliseconds | ' + ' | '.join(LANGUAGES) + ' |', '|---|' + '--:|' * len(LANGUAGES)]
    for name, expected, commands in RUNS:
        columns = [c for c in installed if c in commands]
        found = medians(columns, repetitions, lambda c: run_once(commands[c], expected))
        lines.append('| %s | %s |' % (name, ' | '.join(cell(found.get(c)) for c in LANGUAGES)))
    found = medians(installed, repetitions, prompt_once)
    lines.append('| prompt ready | %s |' % ' | '.join(cell(found.get(c)) for c in LANGUAGES))
    lines.append('')
    lines += ['| milliseconds | |', '|---|--:|']
    second, executable = cached(repetitions)
    lines.append('| fib(30), a further run, from the cache | %s |' % cell(second))
    lines.append('| fib(30), the executable | %s |' % cell(executable))
    for name, options in (('interpreted', []), ('JIT', ['--jit'])):
        middle, high = forms(options, repetitions)
        lines.append('| a form of a session, %s: median (95th percentile) | %.2f (%.2f) |' % (name, 1e3 * middle, 1e3 * high))
    return '\n'.join(lines) + '\n'


def main():
    arguments = sys.argv[1:]
    write = '--write' in arguments
    numbers = [int(a) for a in arguments if a.isdigit()]
    repetitions = numbers[0] if numbers else 21
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name, text in SOURCES.items():
            with open(name, 'w') as f:
                f.write(text)
        text = table(repetitions)
        os.chdir(ROOT)
    sys.stdout.write(text)
    if write:
        with open(os.path.join(ROOT, 'bench', 'LATENCY.md'), 'w') as f:
            f.write('# How long one waits\n\nMade by `python3 bench/latency.py --write`: medians of %d runs in turn, whole processes.  '
                    '`consairc` is measured without its cache where the table does not say otherwise.\n\n%s' % (repetitions, text))


if __name__ == '__main__':
    main()
