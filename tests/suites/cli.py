"""The command line: commands, options, exit codes, outputs, standard input and output."""
import os
import re
import shutil
import tempfile

from .common import BUILD, CONSAIRC, ROOT, command

SUMS = '''(define (walk v i s) (if (= i (vector-length v)) s (walk v (+ i 1) (min (+ s (vector-ref v i)) (* s 3)))))
(println (walk (list->vector (range 1 (string->number "90"))) 0 1))
'''
ROWS = '''(define (diagonal m i s) (if (= i (vector-length m)) s (diagonal m (+ i 1) (+ s (vector-ref (vector-ref m i) i)))))
(define (grow v i n) (if (= i n) v (grow (vector-set v i (+ (vector-ref v i) (vector-ref v (- i 1)))) (+ i 1) n)))
(define (grown n) (let loop ((k 0) (m (make-vector n nil))) (if (= k n) m (loop (+ k 1) (vector-set m k (grow (make-vector n k) 1 n))))))
(println (diagonal (grown (string->number "90")) 0 0))
'''
LETTERS = '''(define (count s i n) (if (= i (string-length s)) n (count s (+ i 1) (if (string=? "a" (string-ref s i)) (+ n 1) n))))
(println (count (number->string 12) 0 0))
'''
HELLO = '(println "hello")\n'

# So large that it is compiled in two halves: calls, values and errors cross them, and f0, known to both, is one object.
LARGE = '''(define (f0 a b) (remainder (+ a b) 1009))
(define old-f0 (car (list f0)))
''' + ''.join('''(define (f%d a b)
  (let loop ((i 0) (acc (if (eq old-f0 f0) '(a "b") a)))
    (cond ((cons? acc) (loop i (if (equal? acc '(a "b")) b a)))
          ((< i 3) (loop (+ i 1) (remainder (+ (* acc 7) i (length (map (lambda (x) (* x a)) (list b i)))) 1009)))
          (t (try (+ acc (f%d b i) (if (= b 10) (car acc) 0)) (catch (e) (f%d i 1)))))))
''' % (i, i // 2, i // 3) for i in range(1, 240)) + '(println (list %s))\n' % ' '.join('(f%d %d %d)' % (i, i, i % 11)
                                                                                            for i in range(0, 240, 16))

EXPLAINED = r'''(define (caller f x) (f x))
(define twice (lambda (x) (list x x)))
(define (late y) (later y))
(define later (if (command-line) (lambda (y) y) car))
(define (again) 1)
(define (use) (again))
(define again (lambda () 2))
(define (spread f l) (apply f l))
(define (both a b) (append a b (list a)))
(define (record a) (vector a a))
(define (text a) (string-append "x" a))
(define (adder n m) (lambda (x) (+ x n m)))
(define (wrong) (5 6))
(define (computed l) ((car l) 1))
(define (until l) (reduce (lambda (a b) (if (> a 9) (reduced a) (+ a b))) 0 l))
(define (change v) (vector-set v 0 1))
(define (pow x n) (if (= n 0) 1 (* x (pow x (- n 1)))))
(println (pow 2 10) (pow 0.5 3))
(define (counter) (let ((n 0)) (letrec ((even (lambda (k) (if (= k n) t (odd (- k 1))))) (odd (lambda (k) (if (= k n) nil (even (- k 1)))))) (list even odd))))
(println (map caller (list car cdr) (list '(1) '(2))) twice late use spread both record text adder computed until change counter)
(define (under x names) (if (cons? x) (vector (under (cdr x) (cons (car x) names))) (length names)))
(println (under '(1 2) nil))
'''
EXPLANATIONS = [
    '21:62 +fast +cons: a pair in the stack frame',
    '1:22 +generic +calls a function that is computed', '3:18 +generic +calls later through its global: its value is not known',
    '6:15 +generic +calls again through its global: it is defined more than once', '8:22 +generic +apply: the operands are counted',
    '9:20 +allocates +append: pairs for all operands', '9:32 +allocates +list: a list', '10:20 +allocates +vector: a vector',
    '11:18 +allocates +string-append: a string', '12:21 +allocates +a closure of lambda over n, m', '13:17 +generic +this call raises an error',
    '15:53 +allocates +reduced: a wrapper', '17:1 +specialized +a copy of it for calls where x is a float', '17:1 +specialized +a copy .* x is an int',
    '19:73 +inlined +odd, which is called only here', '20:22 +allocates +cons: a pair']

LARGE_OUTPUT = r'^\(0 1407 901 1207 1047 1007 1713 1673 1513 1473 1170 1130 1836 1330 1493\)\n$'

# name, arguments ({d}: scratch folder), stdin, exit status, pattern of stdout, pattern of stderr (None: must be empty)
CASES = [
    ('no command', [], '', 2, '', 'no command'),
    ('unknown command', ['frobnicate'], '', 2, '', "unknown command 'frobnicate'"),
    ('unknown option', ['run', '--nonsense', 'x'], '', 2, '', "unknown option '--nonsense'\n"),
    ('a slip in a command', ['biuld', 'x'], '', 2, '', "unknown command 'biuld'; did you mean 'build'"),
    ('a slip in an option', ['run', '--prnt-result', 'x'], '', 2, '', "did you mean '--print-result'"),
    ('a slip in a value', ['build', '--emit=objj', 'x'], '', 2, '', "unknown value of --emit 'objj'; did you mean 'obj'"),
    ('a value as a word of its own', ['build', '--emit', 'asm', '-o', '-', '-'], HELLO, 0, r'\.text', None),
    ('an option before the command', ['--engine=interp', 'eval', '(+ 1 2)'], '', 0, r'^3\n$', None),
    ('an option of another command before it', ['-c', 'eval', '(+ 1 2)'], '', 2, '', "'-c' is no option of 'eval'"),
    ('no value', ['build', '-o'], '', 2, '', '-o wants an argument'),
    ('colours', ['eval', '--color=always', '(car 5)'], '', 1, '', '^\x1b\\[1m<eval>:1:1: \x1b\\[0m\x1b\\[1;31merror: '),
    ('no colours in a pipe', ['eval', '--color=auto', '(car 5)'], '', 1, '', '^<eval>:1:1: error: '),
    ('the version alone', ['--print=version'], '', 0, r'^\d+\.\d+\.\d+\n$', None),
    ('the target', ['--print=target'], '', 0, '^x86_64-', None),
    ('the folder of libraries', ['--print=lib-dir'], '', 0, '^/', None),
    ('a slip in --print', ['--print=verson'], '', 2, '', "did you mean 'version'"),
    ('help of one command', ['check', '--help'], '', 0, r'(?s)^Usage: consairc check (?!.*--emit)', None),
    ('@ without a file', ['eval', '@{d}/none'], '', 2, '', 'cannot read the arguments in .*none: No such file'),
    ('option of another command', ['check', '-S', 'x'], '', 2, '', "no option of 'check'"),
    ('an operand of the REPL', ['repl', 'x'], '', 2, '', "unexpected operand 'x'"),
    ('the REPL', ['repl'], '(+ 1 2)', 0, r'^3\n$', None),
    ('no operand', ['run'], '', 2, '', 'wants an operand'),
    ('surplus operand', ['check', 'a', 'b'], '', 2, '', "unexpected operand 'b'"),
    ('bad level', ['run', '-O9', 'x'], '', 2, '', '-O9'),
    ('bad engine', ['run', '--engine=warp', 'x'], '', 2, '', "unknown value of --engine 'warp'"),
    ('bad emit', ['build', '--emit=poem', 'x'], '', 2, '', "'poem'"),
    ('bad pass', ['run', '--dump=nothing', 'x'], '', 2, '', "'nothing' is no pass"),
    ('pass that cannot be left out', ['run', '-fno-rc', 'x'], '', 2, '', "'rc' is no optional pass"),
    ('help', ['--help'], '', 0, r'(?s)Usage: consairc.*--print-result.*Exit status', None),
    ('help of a command', ['run', '--help'], '', 0, 'Usage: consairc', None),
    ('version', ['--version'], '', 0, r'^consairc \d+\.\d+.*LLVM 19', None),
    ('list of passes', ['--help-passes'], '', 0, r'(?s)resolve.*closures.*rc', None),
    ('eval', ['eval', '(+ 1 2)'], '', 0, r'^3\n$', None),
    ('eval interpreted', ['eval', '--engine=interp', '(list 1 "a")'], '', 0, r'^\(1 "a"\)\n$', None),
    ('eval of several forms', ['eval', '(label x 2) (* x 21)'], '', 0, r'^2\n42\n$', None),
    ('eval error', ['eval', '(car 5)'], '', 1, '', r'^<eval>:1:1: error: car: expected a cons, got 5\n\(car 5\)\n\^~~~~~~\n$'),
    ('eval of a definition', ['eval', '(define (f x) x)'], '', 0, r'^<lambda>\n$', None),
    ('run stdin', ['run', '-'], HELLO, 0, r'^hello\n$', None),
    ('run stdin interpreted', ['run', '--engine=interp', '-'], HELLO, 0, r'^hello\n$', None),
    ('print result', ['run', '--print-result', '-'], '(+ 1 2)', 0, r'^3\n$', None),
    ('print result of a string', ['run', '--print-result', '-'], '"a\\nb"', 0, r'^"a\\nb"\n$', None),
    ('print result of an empty file', ['run', '--print-result', '-'], '; nothing', 0, '^$', None),
    ('print result nil', ['run', '--print-result', '-'], '()', 0, r'^nil\n$', None),
    ('missing file', ['run', '{d}/none.lisp'], '', 1, '', r'none\.lisp: .*No such file'),
    ('folder as file', ['run', '{d}'], '', 1, '', 'directory'),
    ('check good', ['check', '-'], HELLO, 0, '^$', None),
    ('check bad', ['check', '-'], '(if)', 1, '^$', r':1:1: error: if'),
    ('several errors at once', ['check', '-'], '(if)\n(lambda (1) 2)\n(label 5 6)\n', 1, '^$',
     r'(?s):1:1: error: if.*:2:\d+: error: .*symbol.*:3:\d+: error: label'),
    ('check warns about arity', ['check', '-'], '(define (f x) x)\n(define (g) (f 1 2))\n', 0, '^$', r':2:\d+: warning: f: '),
    ('a warning off', ['check', '-Wno-arity', '-'], '(define (f x) x)\n(define (g) (f 1 2))\n', 0, '^$', None),
    ('all warnings off', ['check', '-w', '-Wall', '-'], '(define (f x) x)\n(define (g) (f 1 2))\n', 0, '^$', None),
    ('warnings as errors', ['build', '-Werror', '-o', '{d}/x', '-'], '(define (f x) x)\n(f 1 2)\n', 1, '^$',
     r'error: f: expected 1 argument, got 2 \[-Werror=arity\]'),
    ('an unbound name', ['check', '-'], "(lenght '(1))\n", 0, '^$',
     r'1:2: warning: lenght is not defined; did you mean length\? \[-Wunbound\]'),
    ('a name that ends in a question mark', ['check', '-'], '(number?? 1)\n', 0, '^$',
     r'1:2: warning: number\?\? is not defined; did you mean number\? \[-Wunbound\]'),
    ('a name that eval may define', ['check', '-'], "(eval '(define x 1)) x\n", 0, '^$', None),
    ('a name that is defined later', ['check', '-Wall', '-'], '(define (f) (g))\n(define (g) (f))\n', 0, '^$', None),
    ('a clause behind t', ['check', '-'], '(cond (t 1) (2 3))\n', 0, '^$', r'1:13: warning: cond: this clause is never reached'),
    ('unused names', ['check', '-Wall', '-'], '(define (f _a b) (let ((x 1) (_y 2)) (label g (lambda () 1)) 3))', 0, '^$',
     r'(?s)^[^\n]*:1:25: warning: x: the variable is never used.*1:45: warning: g: the local function is never used(?!.*warning)'),
    ('unused parameters', ['check', '-Wextra', '-'], '(define (f _a b) 1)\n(f 1 2)', 0, '^$', r'^[^\n]*:1:15: warning: b: the parameter'),
    ('what macros make is not unused', ['check', '-Wall', '-'],
     '(defmacro m (e) `(let ((unused 1)) ,e))\n(println (m 2))', 0, '^$', None),
    ('definitions over others', ['check', '-Wall', '-'], '(define (car x) x)\n(define a 1)\n(define a 2)\n', 0, '^$',
     r'(?s):1:1: warning: car: this takes the name of a builtin.*:3:1: warning: a is defined again'),
    ('a slip in a warning', ['check', '-Wno-arty', '-'], '', 2, '', "unknown warning 'arty'; did you mean 'arity'"),
    ('JSON', ['check', '--diagnostics-format=json', '-'], '(if)\n(lambda)', 1, '^$',
     r'^{"severity":"error","message":"[^"]+","file":"<stdin>","line":1,"column":1,"end_column":5}\n{"severity":"error",.*}\n$'),
    ('JSON: a C function that is in no library', ['build', '--diagnostics-format=json', '-o', '{d}/x', '-'],
     '(foreign (no_such_function (int) int))\n(no_such_function 1)\n', 1, '^$',
     r'^{"severity":"error","message":"foreign: no library[^"]+","file":"<stdin>","line":1,"column":10,"end_column":\d+}\n$'),
    ('JSON: output into a missing folder', ['build', '--diagnostics-format=json', '-o', '{d}/no/such', '-'], HELLO, 1, '^$',
     r'^{"severity":"error","message":"cannot write [^"]+no/such: [^"]+"}\n$'),
    ('JSON: what is no object', ['build', '--diagnostics-format=json', '-o', '{d}/x', '{d}/none.o'], '', 1, '^$',
     r'^{"severity":"error","message":"cannot read [^"]+none\.o: [^"]+"}\n$'),
    ('list of warnings', ['--help-warnings'], '', 0, r'-Wunbound +default', None),
    ('emit IR', ['build', '--emit=llvm-ir', '-o', '-', '-'], HELLO, 0, r'(?s)define .*consair_program|consair_program', None),
    ('searches have one exit', ['build', '--emit=llvm-ir', '-o', '-', '-'],
     '(define (has xs a b) (cond ((nil? xs) nil) ((= (car xs) a) t) ((= (car xs) (+ a b)) t) (t (has (cdr xs) a b))))\n'
     '(define xs (range 9))\n(println (has xs (length xs) 3))', 0, r'= freeze i1 [^\n]*\n +%\S+ = zext i1 [^\n]*\n +%\S+ = or i32', None),
    ('sums that overflow restart the turn', ['build', '--emit=llvm-ir', '-o', '-', '-'], SUMS, 0,
     r'(?s)@lisp\.walk\.1\((?:(?!\n}|rt_\w+_overflow|rt_min).)*\bbr i1 %\w+, label %restart(?:(?!\n}|rt_\w+_overflow|rt_min).)*\n}', None),
    ('rows that may be nil, of ints that may be large', ['build', '--emit=llvm-ir', '-o', '-', '-'], ROWS, 0,
     r'(?s)@lisp\.diagonal\.1\((?:(?!\n}).)*and i64 %header\d*, 12884901888', None),
    ('a loop looks once at a string', ['build', '--emit=llvm-ir', '-o', '-', '-'], LETTERS, 0,
     r'(?s)%sizes\d* = load i64(?:(?!\n}).)*%byte\d* = load i8', None),
    ('emit assembly', ['build', '-S', '-o', '-', '-'], HELLO, 0, r'\.text', None),
    ('object to stdout', ['build', '-c', '-o', '-', '-'], HELLO, 1, '^$', 'error'),
    ('output into a missing folder', ['build', '-o', '{d}/no/such', '-'], HELLO, 1, '^$', 'no/such'),
    ('output onto a folder', ['build', '-o', '{d}', '-'], HELLO, 1, '^$', 'error'),
    ('dump', ['check', '--dump=rc', '-'], '(define (f x) (cons x x))', 0, '^$', r'(?s)after rc.*\(dup x\)'),
    ('stop after', ['run', '--stop-after=resolve', '-'], HELLO, 0, '^$', None),
    ('pass times', ['run', '--time-passes', '-'], HELLO, 0, r'^hello\n$', r'(?s)closures.*rc'),
    ('a large program, interpreted', ['run', '--engine=interp', '-'], LARGE, 0, LARGE_OUTPUT, None),
    ('a large program', ['run', '-O0', '-'], LARGE, 0, LARGE_OUTPUT, None),
    ('a large program, optimised', ['run', '-O1', '-'], LARGE, 0, LARGE_OUTPUT, None),
    ('a large program linked of halves', ['build', '-O0', '-o', '{d}/large', '-'], LARGE, 0, '^$', None),
    ('explain', ['check', '--explain', '-'], '(define (twice f x)\n  (f (f x)))\n(define old twice)\n(define (pair x) (cons x x))\n', 0, '^$',
     r'(?s):1:1: twice\n +2:3 +generic +calls its parameter f.*:4:1: pair\n +4:18 +allocates +cons: a pair\n'),
    ('without an optional pass', ['run', '-fno-simplify', '-'], HELLO, 0, r'^hello\n$', None),
    ('without stack checks', ['run', '-fno-stack-check', '-'], HELLO, 0, r'^hello\n$', None),
    ('compile error exit', ['build', '-o', '{d}/x', '-'], '(if)', 1, '^$', 'error: if'),
    ('options after the file belong to build', ['build', '-', '-o', '{d}/y'], HELLO, 0, '^$', None),
]


def judge(case, result):
    name, _, _, status, out, err = case
    if result.status != status:
        return 'exit %s, expected %d; stdout %r stderr %r' % (result.status, status, result.out[:300], result.err[:300])
    if not re.search(out, result.out):
        return 'stdout %r does not match %r' % (result.out[:300], out)
    if err is None:
        return None if result.err == '' else 'stderr %r, expected none' % result.err[:300]
    return None if re.search(err, result.err) else 'stderr %r does not match %r' % (result.err[:300], err)


def test_levels(report, folder):
    for level in '0123':
        for engine in ('jit', 'interp'):
            result = command([CONSAIRC, 'run', '-O' + level, '--engine=' + engine, '-'], HELLO, cwd=folder)
            report.check('run -O%s %s' % (level, engine), None if result.out == 'hello\n' else repr(result.err[:300]))


def test_kinds(report, folder):
    source = os.path.join(folder, 'prog.lisp')
    with open(source, 'w') as f:
        f.write(HELLO)
    for kind, ending, start in [('llvm-ir', '.ll', b';'), ('llvm-bc', '.bc', b'BC'), ('asm', '.s', b'\t'),
                                ('obj', '.o', b'\x7fELF'), ('exe', '', b'\x7fELF')]:
        result = command([CONSAIRC, 'build', '--emit=' + kind, 'prog.lisp'], cwd=folder)
        path = os.path.join(folder, 'prog' + ending)
        if result.status != 0 or not os.path.exists(path):
            report.fail('build --emit=' + kind, 'exit %s %s' % (result.status, result.err[:300]))
            continue
        with open(path, 'rb') as f:
            report.check('build --emit=' + kind, None if f.read(8).startswith(start) else 'unexpected content')
    left = sorted(os.listdir(folder))
    report.check('no stray files', None if left == ['prog', 'prog.bc', 'prog.lisp', 'prog.ll', 'prog.o', 'prog.s']
                 else 'folder holds %s' % left)
    result = command([os.path.join(folder, 'prog')])
    report.check('built program runs', None if result.out == 'hello\n' else repr(result))
    result = command([CONSAIRC, 'build', '-o', 'broken', '-'], '(println (', cwd=folder)
    report.check('no output after an error', None if result.status == 1 and not os.path.exists(os.path.join(folder, 'broken'))
                 else 'a file was left')


def test_argument_files(report, folder):
    """@FILE: quoting, nesting, a file that names itself, and none in a program's own arguments."""
    def write(name, text):
        with open(os.path.join(folder, name), 'w') as f:
            f.write(text)
    write('inner', '--engine=interp')
    write('words', 'eval\n @inner --\t\'(list "a  b"\'" \'x )\" @words two\\ words')
    result = command([CONSAIRC, '@words', 'last'], cwd=folder)
    report.check('@file', None if result.out == '("a  b" x)\n' else '%r %r' % (result.out, result.err[:300]))
    write('own.lisp', '(println (command-line))')
    result = command([CONSAIRC, 'run', 'own.lisp', '@none'], cwd=folder)
    report.check('@file of a program', None if '@none' in result.out else repr(result.err[:300]))
    write('self', '@self')
    result = command([CONSAIRC, '@self'], cwd=folder)
    report.check('@file that names itself', None if result.status == 2 and 'too many' in result.err else repr(result.err[:300]))


def completions(shell_words):
    """What bash offers for the words, the last of which is being typed."""
    script = os.path.join(BUILD, 'man', 'consairc')
    words = ' '.join("'%s'" % word for word in shell_words)
    code = '. %s; COMP_WORDS=(%s); COMP_CWORD=%d; _consairc; printf "%%s\n" "${COMPREPLY[@]}"' % (
        script, words, len(shell_words) - 1)
    return command(['bash', '-c', code]).out.split('\n')[:-1]


def test_explain(report, folder):
    """Each kind of remark, at its place."""
    result = command([CONSAIRC, 'check', '--explain', '-'], EXPLAINED)
    missing = [pattern for pattern in EXPLANATIONS if not re.search('^  ' + pattern, result.err, re.M)]
    report.check('all remarks', None if result.status == 0 and not missing else '%s: %s' % (missing, result.err))


def test_runtime_words(report, folder):
    """CONSAIR_RT: known words, and a warning for each other one."""
    good = command([CONSAIRC, 'eval', '(+ 1 2)'], env={'CONSAIR_RT': 'leaks,stats,stress,fail=1000000'})
    report.check('words of CONSAIR_RT', None if good.out == '3\n' and re.fullmatch(
        r'consair: peak memory \d+ KiB, of that objects \d+ KiB; 0 live objects at exit\nconsair: \d+ requests for memory\n', good.err)
        else good.out + good.err)
    words = ['frob', 'fail', 'fail=0', 'fail=x', 'fail=99999999999999999999']
    bad = command([CONSAIRC, 'eval', '1'], env={'CONSAIR_RT': ','.join(words)})
    missing = [word for word in words if "unknown word '%s' (" % word not in bad.err]
    report.check('unknown words of CONSAIR_RT', None if bad.out == '1\n' and not missing and bad.err.count('warning:') == len(words)
                 else '%s: %s' % (missing, bad.err))


def test_completions(report, folder):
    cases = [(['consairc', 'bu'], ['build']), (['consairc', 'build', '--em'], ['--emit=']),
             (['consairc', 'build', '--emit', '=', 'o'], ['obj']), (['consairc', 'check', '--emi'], ['']),
             (['consairc', 'run', '--stop-after', '=', 're'], ['resolve', 'reads', 'reuse'])]
    for words, expected in cases:
        got = completions(words)
        report.check('completion of ' + ' '.join(words), None if got == expected else 'got %r' % got)
    for shell, name in [('zsh', '_consairc'), ('fish', 'consairc.fish')]:
        if shutil.which(shell):
            result = command([shell, '-n', os.path.join(BUILD, 'man', name)])
            report.check('completion for ' + shell, None if result.status == 0 and not result.err else result.err[:300])


def test_full_disk(report, folder):
    """Output errors are errors: /dev/full stands for a full disk."""
    if not os.path.exists('/dev/full'):
        return
    exe = os.path.join(folder, 'hello')
    built = command([CONSAIRC, 'build', '-', '-o', exe], HELLO)
    if built.status != 0:
        report.fail('full disk', built.err[:300])
        return
    for name, argv in [('program', exe), ('run', CONSAIRC + ' run ' + os.path.join(folder, 'hello.lisp')),
                       ('emit IR', CONSAIRC + ' build --emit=llvm-ir -o - ' + os.path.join(folder, 'hello.lisp'))]:
        with open(os.path.join(folder, 'hello.lisp'), 'w') as f:
            f.write(HELLO)
        result = command(['sh', '-c', argv + ' > /dev/full'])
        report.check('full disk: ' + name, None if result.status == 1 and 'No space left' in result.err
                     else 'exit %s, stderr %r' % (result.status, result.err[:200]))
    result = command([CONSAIRC, 'run', '-'], '(spit "/dev/full" "x")')
    report.check('full disk: spit', None if result.status == 1 and 'spit' in result.err else repr(result.err[:200]))


def run(report):
    for case in CASES:
        folder = tempfile.mkdtemp()
        try:
            argv = [CONSAIRC] + [a.replace('{d}', folder) for a in case[1]]
            report.check('cli/' + case[0], judge(case, command(argv, case[2], cwd=folder)))
        finally:
            shutil.rmtree(folder)
    for test in (test_levels, test_kinds, test_argument_files, test_completions, test_full_disk, test_explain, test_runtime_words):
        with tempfile.TemporaryDirectory() as folder:
            test(report, folder)
