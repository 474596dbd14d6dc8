"""programs and their surroundings: standard input, arguments, environment, exit status, output that fails."""
import os
import re
import signal
import subprocess
import tempfile

from .common import CONSAIRC, command

ENGINES = ['interp', 'jit', 'jit-O0', 'aot']
DATA = b"""; comment
(a b ; inside
 ")")"x\\")" {k 1}#pvec[1 2]'q rest of line
foo<<1 2>> -5 nil
#{1 1}
"""
READ = """(define (all n) (let ((x (read))) (if (eq x ':eof) (println 'end) (progn (println x) (all (+ n 1))))))
(println (read) (read)) (println (read) (read) (read)) (println (read-line)) (all 0) (println (read-line))"""
READ_OUT = '(a b ")") x")\n{k 1} #pvec[1 2] (quote q)\n rest of line\nfoo\n<<1 2>>\n-5\nnil\n#{1}\nend\nnil\n'
LINES = """(define (each n) (let ((l (read-line))) (if l (progn (println n l) (each (+ n 1))) (println 'end n))))
(each 0) (println (read-line))"""
MESSAGE = '(define (message f) (try (f) (catch (e) (error-message e))))\n'
RAISES = '(println (message read)) (println (message read-line))'
COUNT = '(define (each n) (let ((l (read-line))) (if l (each (+ n (string-length l))) n))) (println (each 0))'
ENDLESS = "(define (loop n) (println n) (loop (+ n 1)))\n(loop 0)"
CAUGHT = "(define (fill n) (if (= n 0) 'kept (progn (println \"0123456789012345678901234567890123456789\") (fill (- n 1)))))\n" \
         "(try (fill 100000) (catch (e) (spit \"told.txt\" (error-message e))))\n"

# name, program, stdin, arguments, environment, expected (status, stdout, part of stderr)
CASES = [
    ('read', READ, DATA, [], {}, (0, READ_OUT, '')),
    ('read-nothing', '(println (read) (read))', b' ; only a comment', [], {}, (0, ':eof :eof\n', '')),
    ('read-million', "(println (apply + (read)))", b'(' + b'1\n' * 1000000 + b')', [], {}, (0, '1000000\n', '')),
    ('read-deep', "(define x (read)) (println (cons? x))", b'(' * 300000 + b')' * 300000, [], {}, (0, 't\n', '')),
    ('read-unclosed', MESSAGE + RAISES, b'\n\n  (1 (2\n', [], {},
     (0, 'read: unclosed list: unexpected end of the text, expected ) at line 3, column 6 of standard input\nnil\n', '')),
    ('read-surplus', MESSAGE + RAISES, b') rest', [], {}, (0, 'read: unexpected ) at line 1, column 1 of standard input\n rest\n', '')),
    ('read-escape', MESSAGE + RAISES, b'ok "\\q" 1', [], {}, (0, 'ok\n "\\q" 1\n', '')),
    ('read-utf8', MESSAGE + RAISES, b'\xff\nz', [], {}, (0, 'read: invalid UTF-8: byte 0xFF at line 1, column 1 of standard input\n\n', '')),
    ('read-uncaught', '\n(read)', b'>>', [], {}, (1, '', ':2:1: error: read: unexpected >> at line 1, column 1')),
    ('lines', LINES, b'one\n\nzwei \xc3\xb6\nlast', [], {}, (0, '0 one\n1 \n2 zwei ö\n3 last\nend 4\nnil\n', '')),
    ('lines-utf8', MESSAGE + '(println (message read-line) (read-line))', b'\xc3(\nnext\n', [], {},
     (0, 'read-line: cannot read standard input: not valid UTF-8 next\n', '')),
    ('lines-many', COUNT, b'0123456789\n' * 300000, [], {}, (0, '3000000\n', '')),
    ('line-long', COUNT, b'x' * 5000000, [], {}, (0, '5000000\n', '')),
    ('arguments', '(println (command-line))', b'', ['a', 'b c', '', '-x', 'ö'], {}, (0, '("a" "b c" "" "-x" "ö")\n', '')),
    ('environment', '(println (getenv "CONSAIR_TEST"))', b'', [], {'CONSAIR_TEST': 'a=b ö'}, (0, 'a=b ö\n', '')),
    ('exit-7', '(print "out") (try (exit 7) (catch (e) (println "caught")))', b'', [], {}, (7, 'out', '')),
    ('exit-in-eval', "(try (eval '(let ((l (list 1))) (exit 255) l)) (catch (e) 1))", b'', [], {}, (255, '', '')),
    ('exit-in-macro', "(defmacro m () (exit 3))\n(m)", b'', [], {}, (1, '', 'exit: a macro cannot end the program')),
    ('modulo-cons',
     '(define (upto i n) (if (> i n) nil (cons i (upto (+ i 1) n))))\n'
     '(define (each f xs) (if (nil? xs) nil (cons (f (car xs)) (each f (cdr xs)))))\n'
     '(println (length (each (lambda (x) (list x)) (upto 1 200000))))',
     b'', [], {'CONSAIR_STACK': '1M'}, (0, '200000\n', '')),
    ('deep-eval', "(define (down) (+ 1 (eval '(down)))) (println (error? (try (down) (catch (e) e)))) (println (eval '(+ 1 1)))",
     b'', [], {'CONSAIR_STACK': '8M'}, (0, 't\n2\n', '')),
    ('small-stack', "(define (f n) (+ 1 (f n))) (define (g n) (if (= n 0) 'done (progn (try (f 1) (catch (e) e)) (g (- n 1)))))"
     ' (println (g 100))', b'', [], {'CONSAIR_STACK': '1M'}, (0, 'done\n', '')),
    ('full-disk', '(spit "/dev/full" "x")', b'', [], {}, (1, '', 'spit: cannot write "/dev/full": No space left on device')),
    ('full-disk-append', '(spit-append "/dev/full" "x")', b'', [], {}, (1, '', 'No space left on device')),
    ('full-disk-lines', "(println (try (write-lines \"/dev/full\" '(\"x\")) (catch (e) 'caught)))", b'', [], {}, (0, 'caught\n', '')),
]


def start(engine, path, folder):
    """The command that runs the program on the engine."""
    name, _, level = engine.partition('-')
    options = ['-' + level] if level else []
    if name != 'aot':
        return [CONSAIRC, 'run', '--engine=' + name] + options + [path], None
    exe = os.path.join(folder, 'program')
    built = command([CONSAIRC, 'build', path, '-o', exe], cwd=folder)
    return [exe], None if built.status == 0 else built


def check(result, expected):
    status, out, err = expected
    if result.status != status:
        return 'exit %s, expected %s; stderr: %s' % (result.status, status, result.err[:300])
    if result.out != out:
        return 'output %r, expected %r' % (result.out[:300], out[:300])
    return None if err in result.err else 'stderr %r lacks %r' % (result.err[:300], err)


def write(folder, text):
    path = os.path.join(folder, 'program.lisp')
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def lost_output(report, engine):
    """A reader that goes away, and a full disk: never exit status 0, and an error the program can catch."""
    for name, text in (('endless', ENDLESS), ('caught', CAUGHT)):
        with tempfile.TemporaryDirectory() as folder:
            argv, failed = start(engine, write(folder, text), folder)
            if failed:
                report.fail('outside/%s/closed-pipe-%s' % (engine, name), failed.err[:300])
                continue
            p = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder)
            p.stdout.readline()
            p.stdout.close()
            err = p.stderr.read().decode('utf-8', 'replace')
            p.wait(timeout=60)
            why = None if p.returncode == -signal.SIGPIPE and err == '' else 'exit %s, stderr %r' % (p.returncode, err[:300])
            if name == 'caught' and not why and not os.path.exists(os.path.join(folder, 'told.txt')):
                why = 'the error was not caught'
            report.check('outside/%s/closed-pipe-%s' % (engine, name), why)
            quoted = ' '.join("'%s'" % word for word in argv)
            refused = command(['sh', '-c', "trap '' PIPE; { %s; echo $? >&2; } | read line" % quoted], cwd=folder)
            report.check('outside/%s/refused-pipe-%s' % (engine, name), None if re.search(r'Broken pipe\n(?:.*\n)*1\n$', refused.err)
                         else 'stderr %r' % refused.err[:300])
            if name == 'caught':
                with open('/dev/full', 'w', encoding='ascii') as full:
                    p = subprocess.run(argv, stdout=full, stderr=subprocess.PIPE, cwd=folder, timeout=60)
                why = None if p.returncode == 1 and b'No space left' in p.stderr else 'exit %s, %r' % (p.returncode, p.stderr[:300])
                report.check('outside/%s/full-output' % engine, why)


def prompt(report, engine):
    """What is printed before a line is asked for is there when the program waits."""
    with tempfile.TemporaryDirectory() as folder:
        argv, _ = start(engine, write(folder, '(print "name? ") (println "hello" (read-line))'), folder)
        p = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        first = os.read(p.stdout.fileno(), 6)
        out, _ = p.communicate(b'you\n', timeout=60)
        good = first == b'name? ' and out == b'hello you\n'
        report.check('outside/%s/prompt' % engine, None if good else '%r, then %r' % (first, out))


def run(report):
    for engine in ENGINES:
        for name, text, stdin, args, env, expected in CASES:
            with tempfile.TemporaryDirectory() as folder:
                argv, failed = start(engine, write(folder, text), folder)
                result = failed or command(argv + args, stdin=stdin, cwd=folder, env=dict(env, CONSAIR_RT='leaks'))
            report.check('outside/%s/%s' % (engine, name), check(result, expected))
        lost_output(report, engine)
        prompt(report, engine)
