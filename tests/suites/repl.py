"""The REPL: language tests typed in form by form, sessions through a pipe and on a pseudo-terminal."""
import os
import pty
import random
import re
import select
import signal
import subprocess
import tempfile
import time

from . import common
from .common import CONSAIRC, ROOT, MESSAGE, command, expectations, lisp_files, parallel

LEAKS = {'CONSAIR_RT': 'leaks', 'CONSAIR_STACK': '256M'}  # filling the default one takes seconds
# A session's input is the program's standard input.
READS_INPUT = re.compile(r'\((read|read-line)[ )]')


# ---- language tests: what a program prints, the REPL prints too, among the values of the forms

def judge_typed(path, result, inserted=None):
    """inserted: how many lines were put in before each line of the file"""
    lines, error = expectations(path)
    if error and inserted:
        error = (error[0] + inserted[error[0] - 1], error[1])
    if result.status is None:
        return result.err
    out = iter(result.out.split('\n'))
    for want in lines:
        if want not in out:
            return 'no line %r, in this order; stdout %r, stderr %r' % (want, result.out[-300:], result.err[-300:])
    if 'live objects' in result.err:
        return result.err[-300:]
    if error is None:
        return None if not result.err and result.status == 0 else 'exit %s, stderr %r' % (result.status, result.err[-300:])
    found = [MESSAGE.match(line) for line in result.err.split('\n')]
    places = [int(m.group(1)) for m in found if m and error[1] in m.group(2)]
    return None if error[0] in places else 'no error %r at line %d: %r' % (error[1], error[0], result.err[-300:])


def is_unfit(text):
    """Takes its input from the same stream, ends the session, needs its folder, or prints parts of lines, between which values would stand."""
    return READS_INPUT.search(text) or any(word in text for word in ('(exit', '(print ', '(import ', '(module '))


def sample(every, first):
    """Language tests, each so many-th; all of them in a full run."""
    paths = lisp_files('tests/lang')
    return paths if getattr(common, 'FULL', False) else paths[first::every]


def typed(report, consairc=CONSAIRC, options=(), paths=None):
    jobs = []
    for path in sample(4, 0) if paths is None else paths:
        with open(path, encoding='utf-8') as f:
            text = f.read()
        if is_unfit(text):
            continue
        jobs.append((path, text))

    def one(job):
        with tempfile.TemporaryDirectory() as folder:
            return job[0], command([consairc, 'repl', '-w'] + list(options), job[1], cwd=folder, env=LEAKS)

    for path, result in parallel(one, jobs):
        report.check('repl %s %s' % (' '.join(options), os.path.relpath(path, ROOT)), judge_typed(path, result))


# ---- the same with the mode switched at random between forms

def is_complete(text):
    """Are all brackets and strings of a program's beginning closed?"""
    depth, i, quoted = 0, 0, False
    while i < len(text):
        c = text[i]
        if quoted:
            i += c == '\\'
            quoted = c != '"'
        elif c == ';':
            i = text.find('\n', i)
            if i < 0:
                return depth <= 0
        elif c == '"':
            quoted = True
        elif c in '([{' or text.startswith('<<', i):
            depth += 1
        elif c in ')]}' or text.startswith('>>', i):
            depth -= 1
        i += 2 if text[i:i + 2] in ('<<', '>>') else 1
    return depth <= 0 and not quoted


def switching(text, seed):
    """The text with :jit lines between its forms, and the number of lines put in before each of its lines."""
    draw, lines, before, inserted = random.Random(seed), [], [], 0
    done = ''
    for line in text.split('\n'):
        if line.startswith('(') and draw.random() < 0.4 and is_complete(done):
            lines.append(draw.choice([':jit on', ':jit off', ':jit']))
            inserted += 1
        before.append(inserted)
        lines.append(line)
        done += line + '\n'
    return '\n'.join(lines), before


def mixed(report, consairc=CONSAIRC):
    jobs = []
    for path in sample(12, 1):
        with open(path, encoding='utf-8') as f:
            text = f.read()
        if is_unfit(text) or 'error-place' in text:
            continue
        jobs.append((path, text))

    def one(job):
        path, text = job
        typed_in, before = switching(text, path.replace(ROOT, ''))
        with tempfile.TemporaryDirectory() as folder:
            return path, before, command([consairc, 'repl', '-w', '--tier-after=0'], typed_in, cwd=folder, env=LEAKS)

    for path, before, result in parallel(one, jobs):
        report.check('repl mixed %s' % os.path.relpath(path, ROOT), judge_typed(path, result, before))


# ---- a pseudo-terminal

class Terminal:
    """consairc on a pseudo-terminal: send keys, wait for what it shows."""

    def __init__(self, args=('repl',), env=None, consairc=CONSAIRC):
        self.home = tempfile.TemporaryDirectory()
        pid, fd = pty.fork()
        if pid == 0:
            full = dict(os.environ, TERM='xterm', HOME=self.home.name, NO_COLOR='1')
            full.pop('XDG_STATE_HOME', None)
            full.update(env or {})
            os.execve(consairc, [consairc] + list(args), full)
        self.pid, self.fd, self.text = pid, fd, ''

    def send(self, text):
        os.write(self.fd, text.encode())

    def wait_for(self, text, timeout=30):
        """True when the text shows up; what came before it is forgotten."""
        end = time.time() + timeout
        while text not in self.text:
            left = end - time.time()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                return False
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                return False
            if not data:
                return False
            # Cursor movements are not part of what it says.
            self.text += re.sub(r'\x1b\[[0-9;?]*[A-Za-z]|\r', '', data.decode('utf-8', 'replace'))
        self.text = self.text.split(text, 1)[1]
        return True

    def finish(self, timeout=20):
        """The exit status, or None."""
        end = time.time() + timeout
        while time.time() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                os.close(self.fd)
                return os.waitstatus_to_exitcode(status)
            if select.select([self.fd], [], [], 0.05)[0]:
                try:
                    os.read(self.fd, 65536)
                except OSError:
                    pass
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
        return None


PROMPT, JIT_PROMPT, MORE = 'consair> ', 'consair[jit]> ', '......> '

# name, arguments, [(keys, text that must appear then), ...]; the session is left by Ctrl-D, with status 0
TERMINAL_CASES = [
    ('value', ['repl'], [('(+ 1 2)\r', '\n3\n'), ('', PROMPT)]),
    ('no arguments', [], [('(* 6 7)\r', '\n42\n'), ('', PROMPT)]),
    ('continuation', ['repl'], [('(list 1\r', MORE), ('"a\r', MORE), ('b" <<2\r', MORE), ('3>>)\r', '(1 "a\\nb" <<2 3>>)'), ('', PROMPT)]),
    ('error', ['repl'], [('(car 5)\r', '<repl>:1:1: error: car: expected a cons, got 5'), ('', '^~~~~~~'), ('', PROMPT)]),
    ('jit on and off', ['repl'], [(':jit on\r', JIT_PROMPT), ('(+ 2 3)\r', '\n5\n'), ('', JIT_PROMPT), (':jit off\r', PROMPT)]),
    ('jit option', ['repl', '--jit'], [('', JIT_PROMPT), (':jit\r', PROMPT), (':jit\r', JIT_PROMPT)]),
    ('interrupt a form', ['repl'], [('(list 1\r', MORE), ('\x03', PROMPT), ('(+ 4 5)\r', '\n9\n')]),
    ('interrupt a loop', ['repl'], [('(define x 5)\r', PROMPT), ('(let f ((i 0)) (f (+ i 1)))\r', '\n'), ('SLEEP', ''), ('\x03', 'interrupted'),
                                    ('', PROMPT), ('x\r', '\n5\n')]),
    ('interrupt a compiled loop', ['repl', '--jit'],
     [('(define x 5)\r', JIT_PROMPT), ('(let f ((i 0)) (f (+ i 1)))\r', '\n'), ('SLEEP', ''), ('\x03', 'interrupted'), ('', JIT_PROMPT),
      ('x\r', '\n5\n')]),
    ('interrupt mutual tail calls', ['repl', '--jit'],
     [('(define (a n) (b n)) (define (b n) (a n))\r', JIT_PROMPT), ('(a 1)\r', '\n'), ('SLEEP', ''), ('\x03', 'interrupted'),
      ('(+ 1 1)\r', '\n2\n')]),
    ('interrupt what catches errors', ['repl'],
     [('(let f () (try (car 5) (catch (e) 1)) (f))\r', '\n'), ('SLEEP', ''), ('\x03', 'interrupted'), ('(+ 1 1)\r', '\n2\n')]),
    ('interrupt read-line', ['repl'], [('(read-line)\r', '\n'), ('SLEEP', ''), ('\x03', PROMPT), ('(+ 1 1)\r', '\n2\n')]),
    ('completion', ['repl'], [('(define my-long-name 77)\r', PROMPT), ('my-lo\t\r', '\n77\n'), (':he\t\r', 'Commands:')]),
    ('completion among many', ['repl'], [('(string-\t\t', 'string-upcase'), ('\x15(vector-le\t', 'vector-length'), (' <<1 2>>)\r', '\n2\n')]),
    ('completion shows the choice', ['repl'], [('(string-pre\t', 'string-prefix?'), (' "a" "ab")\r', '\nt\n')]),
    ('a long value is cut', ['repl'], [('(range 100000)\r', '; cut here'), ('', PROMPT)]),
    ('UTF-8', ['repl'], [('"\u00e4\u20ac\U0001f600"\r', '\n"\u00e4\u20ac\U0001f600"\n'), ('', PROMPT)]),
]


def terminal_case(case, consairc=CONSAIRC):
    name, args, steps = case
    t = Terminal(args, consairc=consairc)
    why = None
    if not t.wait_for('> '):
        why = 'no prompt: %r' % t.text
    t.text = '> ' + t.text if args != ['repl', '--jit'] else 'consair[jit]> '
    for keys, expected in steps:
        if why:
            break
        if keys == 'SLEEP':
            time.sleep(0.5)
            continue
        t.send(keys)
        if not t.wait_for(expected):
            why = 'after %r no %r: %r' % (keys, expected, t.text[-300:])
    if not steps[-1][1].endswith('> ') and not steps[-1][0].endswith('\t'):
        t.wait_for('consair')  # before that, the terminal would take Ctrl-D for itself
        t.wait_for('> ')
    t.send('\x15')
    t.send('\x04')
    status = t.finish()
    if not why and status != 0:
        why = 'exit %s' % status
    return why


def history(consairc=CONSAIRC):
    with tempfile.TemporaryDirectory() as state:
        for keys, expected in (('(+ 40 2)\r', '\n42\n'), ('\x10\r', '\n42\n')):
            t = Terminal(env={'XDG_STATE_HOME': state}, consairc=consairc)
            t.wait_for(PROMPT)
            t.send(keys)
            found = t.wait_for(expected)
            t.send('\x04')
            if t.finish() != 0 or not found:
                return 'after %r no %r: %r' % (keys, expected, t.text[-300:])
        return None if os.path.exists(os.path.join(state, 'consair', 'history')) else 'no history file'


def interrupts(count, args, consairc=CONSAIRC):
    """Ctrl-C at random moments of running loops: each time the session is there again, with everything in it."""
    t = Terminal(['repl'] + args, consairc=consairc)
    prompt = JIT_PROMPT if '--jit' in args else PROMPT
    draw = random.Random(5)
    loops = ['(let f ((i 0)) (f (+ i 1)))', '(grow 0 nil)', '(map count-down (range 100000))', '(let f () (try (car 5) (catch (e) 1)) (f))']
    try:
        if not t.wait_for(prompt):
            return 'no prompt'
        for form, value in (('(define (grow n l) (if (= n 1000) (grow 0 nil) (grow (+ n 1) (cons n l))))', '\n<lambda>\n'),
                            ('(define (count-down n) (if (= n 0) 0 (count-down (- n 1))))', '\n<lambda>\n'), ('(define kept 4711)', '\n4711\n')):
            t.send(form + '\r')
            if not t.wait_for(value) or not t.wait_for(prompt):
                return 'no answer to %s' % form
        for i in range(count):
            t.send(draw.choice(loops) + '\r')
            if not t.wait_for('\n'):
                return 'round %d: no echo: %r' % (i, t.text)
            time.sleep(draw.random() * draw.choice([0.001, 0.02, 0.1]))
            t.send('\x03')
            if not t.wait_for(prompt):
                return 'round %d: no prompt: %r' % (i, t.text)
            t.send('(list kept (length (list %d 2)))\r' % i)
            if not t.wait_for('\n(4711 2)\n') or not t.wait_for(prompt):
                return 'round %d: no answer: %r' % (i, t.text[-500:])
        t.send('\x04')
        status = t.finish()
        return None if status == 0 else 'exit %s' % status
    finally:
        t.home.cleanup()


# ---- bad input: a message, and the session goes on

BAD_INPUTS = [
    ('random bytes', bytes(random.Random(3).randrange(256) for _ in range(20000)).replace(b'(exit', b'(e') + b'\n"\n)\n(+ 20 3)\n', None),
    ('a line of 10 MB', b'(length (list' + b' 1' * 5000000 + b'))\n(+ 20 3)\n', b'5000000\n23\n'),
    ('a string of 10 MB', b'(string-length "' + b'x' * 10000000 + b'")\n(+ 20 3)\n', b'10000000\n23\n'),
    ('too many closed', b')' * 1000 + b'\n(+ 20 3)\n', b'23\n'),
    ('brackets of other kinds', b'(list [1 2) 3]\n(+ 20 3)\n', b'23\n'),
    ('too many opened', b'(' * 100000 + b'\n', b''),
    ('open at the end', b'(+ 20 3)\n(list "a', b'23\n'),
    ('dumps of nonsense', b':dump-ir )\n:dump-ir (if)\n:dump-asm (let ((x)) y z)\n:dump-core (define)\n:expand (\n)\n:type (car 5)\n(+ 20 3)\n', None),
    ('commands without end', b':' + b'x' * 100000 + b'\n:time\n:load\n(+ 20 3)\n', b'23\n'),
]


def bad_input(case, consairc=CONSAIRC):
    name, data, out = case
    result = command([consairc, 'repl', '--jit'], data, env=LEAKS, timeout=120)
    if result.status != 1 and not (result.status == 0 and out and '10 MB' in name):
        return 'exit %s, stderr %r' % (result.status, result.err[-300:])
    if 'internal error' in result.err or 'live objects' in result.err or (result.status == 1 and 'error: ' not in result.err):
        return 'stderr %r' % result.err[-300:]
    if out is not None and result.out != out.decode():
        return 'stdout %r' % result.out[-300:]
    return None if out is not None or 'random' in name or result.out.endswith('23\n') else 'stdout %r' % result.out[-300:]


def without_home(consairc=CONSAIRC):
    """No place for a history: everything else works."""
    for env in ({'HOME': '/nonexistent'}, {'HOME': ''}, {'XDG_STATE_HOME': '/dev/null'}, {'XDG_STATE_HOME': '/proc/1/x'}):
        t = Terminal(env=env, consairc=consairc)
        good = t.wait_for(PROMPT)
        t.send('(+ 40 2)\r')
        good = good and t.wait_for('\n42\n') and t.wait_for(PROMPT)
        t.send('\x04')
        status = t.finish()
        t.home.cleanup()
        if not good or status != 0:
            return '%r: exit %s, %r' % (env, status, t.text[-300:])
    return None


# ---- through a pipe

FIB = '(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))\n'
# name, arguments, input, status, stdout, pattern in stderr (None: empty)
PIPE_CASES = [
    ('all forms of a line', [], '1 2 (+ 1 2)\n', 0, '1\n2\n3\n', None),
    ('no newline at the end', [], '(+ 1 2)', 0, '3\n', None),
    ('definitions survive errors', [], '(define x 1)\n(car x)\n(if)\n(undefined)\n)\nx\n', 1, '1\n1\n',
     r'(?s)<repl>:2:1: error: car.*<repl>:3:1: error: if.*<repl>:4:2: error: unbound variable: undefined.*<repl>:5:1: error: unexpected'),
    ('a failed definition changes nothing', [], "(defmacro m () ''old)\n(define (m) (if))\n(define m (car 5))\n(m)\n", 1,
     '<macro>\nold\n', 'error: if'),
    ('macros of one input are known in the next', [], '(defmacro twice (e) `(list ,e ,e))\n(define (f x) x)\n(twice (f 1))\n', 0,
     '<macro>\n<lambda>\n(1 1)\n', None),
    ('last values', [], '1\n2\n3\n(list *1 *2 *3)\n', 0, '1\n2\n3\n(3 2 1)\n', None),
    ('a value after an unfinished line', [], '(print "x")\n', 0, 'x\nnil\n', None),
    ('unclosed at the end', [], '(+ 1\n', 1, '', r'<repl>:1:1: error: unclosed list'),
    ('exit with a status', [], '(define (f) (exit 7))\n(f)\n1\n', 7, '<lambda>\n', None),
    ('the word exit', [], '1\nexit\n2\n', 0, '1\n', None),
    (':quit', [], '1\n:q\n2\n', 0, '1\n', None),
    ('closures cross the modes', [], '(define (adder n) (lambda (x) (+ x n)))\n(define a (adder 5))\n:jit on\n(a 1)\n(define b (adder 6))\n'
     '(define (adder2 n) (lambda (x) (* x n)))\n(define c (adder2 7))\n:jit off\n(b 1)\n(c 2)\n(map c (list 1 2))\n', 0,
     '<lambda>\n<lambda>\nJIT on: what runs often is compiled\n6\n<lambda>\n<lambda>\n<lambda>\nJIT off: all is interpreted\n'
     '7\n14\n(7 14)\n', None),
    ('redefinition reaches old callers', ['--jit'], '(define (f) 1)\n(define (g) (f))\n(g)\n(define (f) 2)\n(g)\n:jit off\n(define (f) 3)\n(g)\n'
     ':jit on\n(g)\n', 0, '<lambda>\n<lambda>\n1\n<lambda>\n2\nJIT off: all is interpreted\n<lambda>\n3\n'
     'JIT on: what runs often is compiled\n3\n', None),
    ('a builtin redefined reaches compiled callers', ['--jit'], '(define (f x) (+ x 1))\n(f 1)\n(define plus +)\n(define (+ a b) (- a b))\n(f 1)\n'
     '(define + plus)\n(f 1)\n', 0, '<lambda>\n2\n<native-fn>\n<lambda>\n0\n<native-fn>\n2\n', None),
    ('a builtin redefined by an operand', ['--jit'], '(define old +)\n(define (f) (define-it) 1)\n(define (define-it) (eval \'(define + -)))\n'
     '(define (g) (+ (f) 10))\n(g)\n(g)\n', 0, '<native-fn>\n<lambda>\n<lambda>\n<lambda>\n11\n-9\n', None),
    ('a function redefines itself', ['--jit'], "(define (f n) (if (= n 0) (progn (eval '(define (f n) 'new)) (f 5)) (f (- n 1))))\n(f 3)\n(f 3)\n", 0,
     '<lambda>\nnew\nnew\n', None),
    ('operator before operands', ['--jit'], '(define (f) (nothing (car 5)))\n(f)\n', 1, '<lambda>\n', 'unbound variable: nothing'),
    ('names shadowed by the library come back', [], "(define (map f x) 'mine)\n(map car nil)\n", 0, '<lambda>\nmine\n', None),
    ('library functions compiled', ['--jit'], "(map (lambda (x) (* x x)) '(1 2 3))\n(sort '(3 1 2))\n(map car 5)\n", 1, '(1 4 9)\n(1 2 3)\n',
     'map: expected'),
    ('deep recursion', ['--jit'], '(define (f n) (+ 1 (f n)))\n(f 1)\n(+ 1 1)\n', 1, '<lambda>\n2\n', 'recursion too deep'),
    (':type', [], ':type 1/2\n:type (list 1)\n', 0, 'ratio\ncons\n', None),
    (':expand', [], "(defmacro m (x) `(+ ,x 1))\n:expand (m\n5)\n", 0, '<macro>\n(+ 5 1)\n', None),
    (':doc of macros, forms, globals', [], '(defmacro m (x) "Twice." (list (quote list) x x))\n(define x "s")\n:doc m\n:doc if\n:doc x\n:env\n', 0,
     '<macro>\n"s"\n(m x)   [macro]\n  Twice.\n(if test then [else])   [special form]\n  the value of then when test is not nil, else of else\n'
     'x   [global]\n  "s"\nm                        macro (m x)\nx                        "s"\n', None),
    ('no such setting', [], ':jit perhaps\n', 1, '', ':jit: expected on, off or nothing, got perhaps'),
    (':apropos finds nothing', [], ':apropos zzzz\n', 0, 'no name contains that\n', None),
    ('an unclosed form of a command', [], ':expand (list 5\n', 1, '', ':1:9: error: unclosed list'),
    (':env', [], '(define (f a . b) 1)\n(define x "s")\n:env\n', 0,
     '<lambda>\n"s"\nf                        (f a . b)\nx                        "s"\n', None),
    (':doc', [], '(define (f a) "Does it." a)\n:doc f\n:doc nothing\n', 1, '<lambda>\n(f a)   [function]\n  Does it.\n', 'nothing is not defined'),
    (':reset', [], '(define x 1)\n:reset\nx\n', 1, '1\nall definitions are forgotten\n', 'unbound variable: x'),
    (':dump-core has no effect', [], '(define x 1)\n:dump-core (define x 2)\nx\n', 0, None, None),
    ('an unknown command', [], ':frobnicate\n', 1, '', ':frobnicate is no command'),
    ('a missing operand', [], ':type\n', 1, '', ':type wants an operand'),
    ('a surplus operand', [], ':env x\n', 1, '', ':env takes no operand'),
    (':load of nothing', [], ':load /nonexistent\n', 1, '', 'cannot open /nonexistent'),
    ('invalid UTF-8', [], b'"\xff"\n(+ 1 2)\n', 1, '3\n', 'invalid UTF-8'),
    ('an empty input', [], '', 0, '', None),
    ('comments alone', [], '; one\n\n  ; two', 0, '', None),
    ('read-line takes the next line', [], '(read-line)\nhello there\n(+ 1 2)\n', 0, '"hello there"\n3\n', None),
]
# Only a stress build (suite memory_builds) can be told what to refuse.
REFUSED_CASE = ('what the JIT refuses', ['--jit', '--tier-after=0'], '(define (odd) 1)\n(odd)\n(+ 1 2)\n', 0, '<lambda>\n1\n3\n',
                r'^JIT does not yet support odd, falling back to interpreter\n$', {'CONSAIR_JIT_REFUSES': 'odd'})
# name, input, patterns that must occur in stdout
SHOWN = [
    (':help', ':h\n', [r':jit \[on\|off\]', r':dump-ir EXPR', r':quit, :q']),
    (':dump-ir', ':dump-ir (+ 1 2)\n', [r'define .*toplevel', r'@rt_add']),
    (':dump-asm', ':dump-asm (+ 1 2)\n', [r'\.text', r'rt_builtin_add_n']),
    (':dump-core', ':dump-core (+ 1 2)\n', [r'\(call \(global \+\) \(const 1\) \(const 2\)\)']),
    (':time', FIB + ':time (fib 15)\n', [r'^<lambda>\n610\n; run [\d.]+ ms, compile [\d.]+ ms, allocated \d+ objects? of \d+ bytes, peak memory [\d.]+ MiB']),
    (':apropos', ':apropos string-\n', [r'string-append', r'string-upcase']),
]


# What was called when an error was raised: the same whether interpreted or compiled.
TRACED = """(define (f l) (car l))
(define (g l) (+ 1 (f l)))
(define (deep n l) (if (= n 0) (g l) (+ 1 (deep (- n 1) l))))
(define (top n) (list (deep n 7) 1))
(list 1 (top 5))
(map f '((1) 2))
(define (tail n) (g n))
(list (tail 1))
(try (list (top 2)) (catch (e) (list 3 (raise e))))
(define (again x) (try (list (g x)) (catch (e) (list 3 (raise e)))))
(list (again 4))
(car 5)
(try (car 5) (catch (e) (g 9)))
(define (a n) (if (= n 0) (car n) (+ 1 (b (- n 1)))))
(define (b n) (if (= n 0) (cdr n) (+ 1 (a (- n 1)))))
(a 100)
(define (in-lambda h) (list (h 1)))
(define (make n) (lambda (x) (* n (car x))))
(in-lambda (make 2))
(define kept (try (g 1) (catch (e) e)))
(f (list 1))
(raise kept)
(define (evaluates x) (list (eval (list 'g x))))
(list (evaluates 3))
"""
IN_F = '  in f (<repl>:1:15)\n'
IN_G = '  in g (<repl>:2:20)\n'
TRACES = [
    IN_F + IN_G + '  in deep (<repl>:3:43), 5 times\n  in top (<repl>:4:23)\n  at top level (<repl>:5:9)\n',
    IN_F + '  at top level (<repl>:6:1)\n',
    IN_F + IN_G + '  at top level (<repl>:8:7)\n',
    IN_F + IN_G + '  in deep (<repl>:3:43), 2 times\n  in top (<repl>:4:23)\n  at top level (<repl>:9:12)\n',
    IN_F + IN_G + '  in again (<repl>:10:30)\n  at top level (<repl>:11:7)\n',
    '',
    IN_F + IN_G + '  at top level (<repl>:13:25)\n',
    '  in a (<repl>:14:27)\n' + '  in b (<repl>:15:40)\n  in a (<repl>:14:40)\n' * 4 + '  in b (<repl>:15:40)\n  ... 92 more\n',
    '  in lambda (<repl>:18:35)\n  in in-lambda (<repl>:17:29)\n  at top level (<repl>:19:1)\n',
    '',
    IN_F + IN_G + '  in evaluates (<repl>:23:29)\n  at top level (<repl>:24:7)\n',
]


def traces(options, consairc=CONSAIRC):
    result = command([consairc, 'repl'] + options, TRACED, env=LEAKS)
    found = []
    for line in result.err.split('\n'):
        if MESSAGE.match(line):
            found.append('')
        elif line.startswith('  ') and re.match(r'  (in|at|\.\.\.) ', line):
            found[-1] += line + '\n'
    for i, want in enumerate(TRACES):
        got = found[i] if i < len(found) else None
        if got != want:
            return 'error %d: %r, expected %r' % (i, got, want)
    return None if len(found) == len(TRACES) else '%d errors: %r' % (len(found), result.err[-300:])


ALLOCATING = """(define (build n) (let loop ((i 0) (l nil)) (if (= i n) l (loop (+ i 1) (cons i l)))))
(define (len l) (let loop ((l l) (n 0)) (if (nil? l) n (loop (cdr l) (+ n 1)))))
(len (build 100000))
:time (len (build 1000))
:time (+ 1 2)
:time (vector-length (make-vector 1000 7))
:time (quotient (* 100000000000000000000 100000000000000000000) 100000000000000000000000000000)
"""


def allocations(options, consairc=CONSAIRC):
    """:time counts exactly, whatever runs."""
    result = command([consairc, 'repl'] + options, ALLOCATING)
    counts = re.findall(r'allocated (\d+) objects? of (\d+) bytes', result.out)
    want = [('1000', '24000'), ('0', '0'), ('1', '8016')]
    return None if counts[:3] == want and len(counts) == 4 and counts[3][0] != '0' else '%r %r' % (counts, result.err[-300:])


def pipe_case(case, consairc=CONSAIRC):
    name, args, data, status, out, err = case[:6]
    result = command([consairc, 'repl'] + args, data, env=dict(LEAKS, **(case[6] if len(case) > 6 else {})))
    if result.status != status:
        return 'exit %s, stdout %r, stderr %r' % (result.status, result.out[-300:], result.err[-300:])
    if out is not None and result.out != out:
        return 'stdout %r' % result.out[-500:]
    if (result.err if err is None else not re.search(err, result.err)):
        return 'stderr %r' % result.err[-500:]
    return None


def answers_at_once(consairc=CONSAIRC):
    """A program that talks to it through pipes gets each answer before it sends more."""
    p = subprocess.Popen([consairc, 'repl'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        for i in range(3):
            p.stdin.write(b'(+ %d 1)\n' % i)
            p.stdin.flush()
            if not select.select([p.stdout], [], [], 20)[0] or p.stdout.readline() != b'%d\n' % (i + 1):
                return 'no answer to input %d' % i
        p.stdin.close()
        return None if p.wait(20) == 0 else 'exit %s' % p.returncode
    finally:
        p.kill()
        p.stdout.close()


def memory_stays(options, count, form, consairc=CONSAIRC):
    """Peak memory does not follow the number of forms evaluated."""
    peaks = []
    for n in (count, 4 * count):
        result = command([consairc, 'repl'] + options, form * n, env={'CONSAIR_RT': 'stats'}, timeout=300)
        found = re.search(r'peak memory (\d+) KiB', result.err)
        if not found:
            return 'exit %s, stderr %r' % (result.status, result.err[-300:])
        peaks.append(int(found.group(1)))
    return None if peaks[1] < peaks[0] + 2048 else 'peaks %s KiB' % peaks


def with_little_memory(kibibytes, consairc=CONSAIRC):
    """No room for LLVM: the session goes on interpreting."""
    data = FIB + '(fib 23)\n(fib 23)\n(+ 1 2)\n'
    result = command(['sh', '-c', 'ulimit -v %d; exec "$0" repl --jit' % kibibytes, consairc], data, env={'CONSAIR_STACK': '16M'})
    good = result.status == 0 and result.out == '<lambda>\n28657\n28657\n3\n' and 'falling back to interpreter' in result.err
    return None if good else repr((result.status, result.out, result.err))


def load(report, consairc=CONSAIRC):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'defs.lisp')
        with open(path, 'w') as f:
            f.write('(define (double x)\n  (* 2 x))\n(println (double 4))\n')
        result = command([consairc, 'repl'], ':load %s\n(double 21)\n' % path)
        report.check('repl :load', None if (result.out, result.status) == ('8\n42\n', 0) else repr((result.out, result.err)))


def run(report, consairc=CONSAIRC):
    for case in PIPE_CASES:
        report.check('repl pipe: ' + case[0], pipe_case(case, consairc))
    for name, data, patterns in SHOWN:
        result = command([consairc, 'repl'], data)
        missing = [p for p in patterns if not re.search(p, result.out)]
        report.check('repl: ' + name, '%s missing: %r %r' % (missing, result.out[:500], result.err[:300]) if missing else None)
    for options in ([], ['--jit', '--tier-after=0']):
        report.check('repl traces %s' % options, traces(options, consairc))
    for options in ([], ['--jit'], ['--jit', '--tier-after=0'], ['--jit', '--tier-after=0', '-O0']):
        report.check('repl :time counts %s' % options, allocations(options, consairc))
    load(report, consairc)
    for kibibytes in (120000, 260000):
        report.check('repl with %d KiB' % kibibytes, with_little_memory(kibibytes, consairc))
    report.check('repl answers at once', answers_at_once(consairc))
    full = getattr(common, 'FULL', False)
    for options, count in (([], 25000 if full else 5000), (['--jit'], 25000 if full else 1000), (['--jit', '--tier-after=0'], 100)):
        for form in ('(+ 1 2)\n', '(list 1 (car (cons 2 3)))\n', '(let f ((i 0)) (if (< i 3) (f (+ i 1)) i))\n'):
            report.check('repl memory %s %s' % (options, form.strip()), memory_stays(options, count, form, consairc))
    for case in TERMINAL_CASES:
        report.check('repl terminal: ' + case[0], terminal_case(case, consairc))
    report.check('repl terminal: history', history(consairc))
    report.check('repl terminal: no home', without_home(consairc))
    for args in ([], ['--jit']):
        report.check('repl terminal: interrupts %s' % args, interrupts(1000 if full else 15, args, consairc))
    for case in BAD_INPUTS:
        report.check('repl bad input: ' + case[0], bad_input(case, consairc))
    typed(report, consairc)
    typed(report, consairc, ['--jit', '--tier-after=0'], sample(9, 2))
    mixed(report, consairc)
