#!/usr/bin/env python3
"""How long one waits: starting, first results, forms of a session; consairc against other languages.

usage: latency.py [REPETITIONS] [--write]     (--write: the table becomes bench/LATENCY.md)

All commands of a row run in turn, so that whatever else the machine does hits them alike; the table has the medians in
milliseconds, starting a process included.  A language that is not installed has an empty column; `./dev latency` installs them all.
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
# A session of another language over a pipe: the command, forms, how a form is made to print its value and then "@".
SESSIONS = {
    'sbcl': (['sbcl', '--noinform', '--no-sysinit', '--no-userinit'], ['(+ 1 2)', '(defun sq (x) (* x x))', '(sq 12)', '(mapcar #\'sq (list 1 2 3))'],
             '(progn (format t "~a@~%%" %s) (finish-output))'),
    'chezscheme': (['chezscheme', '-q'], ['(+ 1 2)', '(define sq (lambda (x) (* x x)))', '(sq 12)', '(map sq (list 1 2 3))'],
                   '(begin (write %s) (display "@\\n") (flush-output-port))'),
    'guile': (['guile', '-q'], ['(+ 1 2)', '(define (sq x) (* x x))', '(sq 12)', '(map sq (list 1 2 3))'],
              '(begin (write %s) (display "@\\n") (force-output))'),
    'luajit': (['luajit', '-i'], ['1 + 2', 'function(x) return x * x end', '#{1, 2, 3}', 'math.sqrt(2)'], 'print(%s, "@") io.flush()'),
    'node': (['node', '-i'], ['1 + 2', '(x) => x * x', '[1, 2, 3].length', 'Math.sqrt(2)'], 'console.log(%s, "@")'),
}
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
    master, terminal = pty.openpty()
    start = time.perf_counter()
    p = subprocess.Popen(argv, stdin=terminal, stdout=terminal, stderr=terminal, env=dict(os.environ, TERM='xterm'), start_new_session=True)
    os.close(terminal)
    text = b''
    while prompt not in text and select.select([master], [], [], 30)[0]:
        text += os.read(master, 65536)
    seconds = time.perf_counter() - start
    p.kill()
    p.wait()
    os.close(master)
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


def peer_forms(column, rounds):
    """The median of another language's session, likewise.  A definition has no value: it comes before a form that prints."""
    argv, texts, shown = SESSIONS[column]
    p = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    times = []
    for i in range(rounds + 1):
        for text in texts:
            is_definition = text.startswith('(def')
            line = text + ' ' + shown % '0' if is_definition else shown % text
            start = time.perf_counter()
            p.stdin.write(line.encode() + b'\n')
            p.stdin.flush()
            answer = b''
            while b'@' not in answer:
                piece = os.read(p.stdout.fileno(), 65536)
                if not piece:
                    sys.exit('latency: the session of %s ended after %r' % (column, answer))
                answer += piece
            if i:
                times.append(time.perf_counter() - start)
    p.stdin.close()
    p.kill()
    p.wait()
    return statistics.median(times)


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
    """Seconds of fib(30): from the cache, as an executable, the median of the difference in each round; and of hello world, built."""
    env = dict(os.environ, XDG_CACHE_HOME=os.path.abspath('cache'))
    run = [CONSAIRC, 'run', 'fib.lisp']
    run_once(run, '832040', env)
    wait_for_entries('cache/consair', 1)
    subprocess.run([CONSAIRC, 'build', 'fib.lisp', '-o', 'fib'], check=True)
    commands = {'cached': run, 'executable': [os.path.abspath('fib')]}
    rounds = [[run_once(commands[name], '832040', env) for name in ('cached', 'executable')] for _ in range(3 * repetitions)]
    subprocess.run([CONSAIRC, 'build', '-s', 'hello.lisp', '-o', 'hello'], check=True)
    start = statistics.median(run_once([os.path.abspath('hello')], 'hello') for _ in range(3 * repetitions))
    return [statistics.median(r[0] for r in rounds), statistics.median(r[1] for r in rounds), statistics.median(r[0] - r[1] for r in rounds), start]


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
    interpreted, compiled = forms([], repetitions), forms(['--jit'], repetitions)
    peers = {c: peer_forms(c, repetitions) for c in installed if c in SESSIONS}
    peers['consairc'] = interpreted[0]
    lines.append('| a form of a session | %s |' % ' | '.join('%.2f' % (1e3 * peers[c]) if c in peers else '' for c in LANGUAGES))
    lines.append('')
    lines += ['| milliseconds | |', '|---|--:|']
    second, executable, difference, start = cached(repetitions)
    lines.append('| hello world, the executable: what starting a process costs here | %s |' % cell(start))
    lines.append('| fib(30), a further run, from the cache | %s |' % cell(second))
    lines.append('| fib(30), the executable | %s |' % cell(executable))
    lines.append('| the difference (bar: 2) | %.2f |' % (1e3 * difference))
    for name, found in (('interpreted', interpreted), ('JIT, warm (bar: 1.5)', compiled)):
        lines.append('| a form of a session, %s: median | %.2f |' % (name, 1e3 * found[0]))
        lines.append('| its 95th percentile | %.2f |' % (1e3 * found[1]))
    return '\n'.join(lines) + '\n'


def machine():
    with open('/proc/cpuinfo') as f:
        models = [line.split(':', 1)[1].strip() for line in f if line.startswith('model name')]
    return '%d processors, %s' % (len(models), models[0] if models else 'unknown')


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
            f.write('# How long one waits\n\nMade by `python3 bench/latency.py --write`: medians of %d runs in turn, whole processes, on %s.  '
                    '`consairc` is measured without its cache where the table does not say otherwise.\n\n%s' % (repetitions, machine(), text))


if __name__ == '__main__':
    main()
