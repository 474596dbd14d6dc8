"""Files compiled apart: the same output as whole programs, what cannot be linked, what cannot be compiled apart, Make."""
import os
import tempfile

from .common import CONSAIRC, FULL, ROOT, command, lisp_files, parallel, write

STACK = {'CONSAIR_STACK': '256M', 'CONSAIR_RT': 'leaks'}
NEEDS_WHOLE = (' needs the whole program: it cannot be compiled apart', 'a program that redefines a builtin cannot be compiled apart',
               'a module that is compiled apart runs once', 'needs names of its own')


def build(folder, *words):
    return command([CONSAIRC, 'build'] + list(words), cwd=folder)


def sources_of(depfile):
    """The Lisp files that a rule names, the main program first."""
    with open(depfile, encoding='utf-8') as f:
        words = f.read().replace('\\\n', ' ').split(':', 1)[1].split()
    return [word for word in words if word.endswith('.lisp')]


def build_apart(folder, main, program, options=()):
    """An object for each file, then the program: the result of the step that failed, or of the last."""
    made = build(folder, '--separate', '-MD', '-MF', 'rule.d', main, '-o', 'unit0.o', *options)
    if made.status != 0:
        return made
    objects, text = ['unit0.o'], made.err
    for number, source in enumerate(sources_of(os.path.join(folder, 'rule.d'))[1:], 1):
        objects.append('unit%d.o' % number)
        made = build(folder, '--module', source, '-o', objects[-1], *options)
        if made.status != 0:
            return made
        text += made.err
    made = build(folder, *objects, '-o', program, *[option for option in options if option != '-O0'])
    made.err = text + made.err
    return made


def check_same(report, name, main, options=()):
    """Whole and apart, the program does the same, and leaves no object."""
    with tempfile.TemporaryDirectory() as folder:
        whole = build(folder, main, '-o', 'whole', *options)
        apart = build_apart(folder, main, 'apart', options)
        if apart.status != 0 and whole.status == 0 and any(text in apart.err for text in NEEDS_WHOLE):
            return
        if apart.status != whole.status or whole.status != 0:
            report.check(name, None if apart.status == whole.status and apart.err == whole.err else 'build:\n' + apart.err[:800])
            return
        want = command([os.path.join(folder, 'whole')], cwd=folder, env=STACK)
        got = command([os.path.join(folder, 'apart')], cwd=folder, env=STACK)
        same = (got.status, got.out) == (want.status, want.out) and (got.err == want.err or 'recursion too deep' in want.err)
        report.check(name, None if same else 'exit %s, whole %s\n%s\n%s\n---\n%s\n%s' % (
            got.status, want.status, got.out[:300], got.err[:500], want.out[:300], want.err[:500]))


def check_programs(report):
    """Programs with modules; and others as a module that a program imports."""
    jobs = [(path, None, options) for path in lisp_files('tests/lang/modules') for options in ((), ('-O0',))
            if os.sep + 'library' + os.sep not in path]
    others = [path for path in lisp_files('tests/lang') if os.sep + 'modules' + os.sep not in path]
    step = 1 if FULL else 12
    for i, path in enumerate(others):
        if i % step == 0:
            jobs.append((path, True, () if i % (2 * step) else ('-O0',)))
    with tempfile.TemporaryDirectory() as folder:

        def one(job):
            number, (path, is_module, options) = job
            main = path
            if is_module:
                main = write(folder, '%d/main.lisp' % number, '(import "%s")\n' % path)
            check_same(report, 'separate/%s %s' % (os.path.relpath(path, ROOT), ' '.join(options)), main, options)

        parallel(one, list(enumerate(jobs)))


# ---- what cannot be linked ------------------------------------------------------------------------------------------

UTIL = '''(module util (export area many limit grow))
(define (area w h) (* w h))
(define (many . xs) xs)
(define limit 5)
(defmacro grow (x) `(+ ,x 1))
'''
PLAIN = '''(module plain (export f g))
(define (f x) (list x))
(define g 1)
'''
USER = '''(import util)
(println (util/area 6 7)
  (util/many 1 2) util/limit (util/grow 1))
'''


def compile_all(folder, **files):
    """NAME=TEXT is a module, main=TEXT the program; the messages."""
    text = ''
    for name, source in files.items():
        write(folder, name + '.lisp', source)
    for name in files:
        made = build(folder, '--separate' if name.startswith('main') else '--module', name + '.lisp')
        text += made.err
    return text


def check_linking(report, folder):
    def expect(name, want, *objects, options=()):
        result = build(folder, *objects, '-o', 'out', *options)
        good = result.status == 1 and result.err == want and not os.path.exists(os.path.join(folder, 'out'))
        report.check('separate/' + name, None if good else 'exit %s: %s' % (result.status, result.err[:800]))

    compile_all(folder, util=UTIL, main=USER)
    missing = ('main.lisp:1:1: error: import: no object of the module util is given; '
               'make one with consairc build --module\n')
    expect('missing module', missing, 'main.o')
    expect('no program', 'consairc: error: none of the objects is a main program; make one with consairc build --separate\n', 'util.o')
    expect('two programs', 'consairc: error: main.o and main.o are both main programs\n', 'main.o', 'util.o', 'main.o')
    expect('module twice', 'consairc: error: the module util is in both util.o and util.o\n', 'util.o', 'main.o', 'util.o')
    expect('no file', 'consairc: error: cannot read none.o: No such file or directory\n', 'none.o', 'main.o')
    write(folder, 'whole.lisp', USER)
    expect('whole and apart', 'consairc: error: util.o was compiled apart, and whole.lisp is compiled as a whole: '
           'compile it with --separate, too, and link the objects\n', 'whole.lisp', 'util.o')
    expect('another target', 'consairc: error: main.o is made for x86_64-linux-gnu, not for aarch64-linux-gnu\n'
           'consairc: error: util.o is made for x86_64-linux-gnu, not for aarch64-linux-gnu\n',
           'main.o', 'util.o', options=['--target=aarch64-linux-gnu'])
    damaged = os.path.join(folder, 'damaged.o')
    with open(os.path.join(folder, 'util.o'), 'rb') as f:
        data = f.read()
    at = data.index(b'consair\t') + len('consair\t')
    with open(damaged, 'wb') as f:
        f.write(data[:at] + b'x' * 8 + data[at + 8:])
    expect('another consairc', 'consairc: error: damaged.o was made by another version of consairc; compile its source again\n',
           'main.o', 'damaged.o')
    for size in (3, 100, len(data) // 2, len(data) - 64):
        with open(damaged, 'wb') as f:
            f.write(data[:size])
        result = build(folder, 'main.o', 'damaged.o', '-o', 'out')
        report.check('separate/object of %d bytes' % size, None if result.status == 1 and result.err else repr(result.err))
    result = build(folder, 'main.o', 'util.o')
    ran = command([os.path.join(folder, 'main')], cwd=folder)
    report.check('separate/the output\'s name', None if ran.out == '42 (1 2) 5 2\n' else result.err)


def check_interfaces(report, folder):
    """An object that was compiled against another version of a module is found out."""
    cases = [
        ('area', '(area w h) (* w h)', '(area w h d) (* w h d)',
         'main.lisp:2:11: error: util/area was a function of 2 arguments when main.o was made, and is a function of 3 arguments'),
        ('many', '(many . xs) xs', '(many x . xs) xs', 'main.lisp:3:4: error: util/many was a function of at least 0 arguments '
         'when main.o was made, and is a function of at least 1 argument'),
        ('function', '(area w h) (* w h)', 'area (let ((n 1)) (lambda (w h) (* n w h)))',
         'main.lisp:2:11: error: util/area was a function of 2 arguments when main.o was made, and is a global that is defined once'),
        ('twice', 'limit 5)', 'limit 5)\n(define limit 6)', 'main.lisp:3:19: error: util/limit was a global that is defined once '
         'when main.o was made, and is a global that is defined again'),
        ('gone', '(define limit 5)', '(define (limit) 5)', 'main.lisp:3:19: error: util/limit was a global that is defined once '
         'when main.o was made, and is a function of 0 arguments'),
        ('macro', '`(+ ,x 1)', '`(+ ,x 2)', 'consairc: error: main.o was made for another version of the module util than util.o, '
         'with other names or other code that its macros use'),
    ]
    for name, old, new, want in cases:
        compile_all(folder, util=UTIL, main=USER)
        text = compile_all(folder, util=UTIL.replace(old, new))
        result = build(folder, 'main.o', 'util.o', '-o', 'out')
        good = result.status == 1 and result.err.startswith(want) and result.err.endswith('; compile main.lisp again\n')
        report.check('separate/changed ' + name, None if good else text + result.err)
    compile_all(folder, util=UTIL, main=USER)
    renamed = UTIL.replace('area', 'surface')
    compile_all(folder, util=renamed)
    result = build(folder, 'main.o', 'util.o', '-o', 'out')
    want = 'main.lisp:2:11: error: util/area was a function of 2 arguments when main.o was made, and is not there any more in util.o'
    report.check('separate/changed name', None if result.status == 1 and result.err.startswith(want) else result.err)
    files = {'plain': PLAIN, 'user': '(import plain)\n(defmacro twice (x) `(quote ,(plain/f x)))\n(define (g) (twice 1))\n',
             'main': '(import user)\n(println (user/g))\n'}
    compile_all(folder, **files)
    result = build(folder, 'main.o', 'user.o', 'plain.o', '-o', 'out')
    ran = command([os.path.join(folder, 'out')], cwd=folder) if result.status == 0 else result
    report.check('separate/macro with a function', None if ran.out == '(1)\n' else result.err)
    compile_all(folder, plain=PLAIN.replace('(list x)', '(list x x)'))
    result = build(folder, 'main.o', 'user.o', 'plain.o', '-o', 'none')
    want = 'consairc: error: user.o was made for another version of the module plain than plain.o'
    report.check('separate/changed function of a macro', None if result.status == 1 and want in result.err else result.err)
    files = {'plain': '(module plain (export make))\n(define (secret x) (list x))\n(define (make x) `(secret ,x))\n',
             'user': '(import plain)\n(defmacro wrap (x) (plain/make x))\n', 'main': '(import user)\n(println (user/wrap 5))\n'}
    compile_all(folder, **files)
    result = build(folder, 'main.o', 'user.o', 'plain.o', '-o', 'out2')
    ran = command([os.path.join(folder, 'out2')], cwd=folder) if result.status == 0 else result
    report.check('separate/private name through a template', None if ran.out == '(5)\n' else result.err)
    user = '(import plain)\n(println (plain/f plain/g))\n'
    compile_all(folder, plain=PLAIN, main=user)
    compile_all(folder, plain=PLAIN.replace('(list x)', '(list x x)').replace('g 1', 'g "one"'))
    result = build(folder, 'main.o', 'plain.o', '-o', 'out')
    ran = command([os.path.join(folder, 'out')], cwd=folder) if result.status == 0 else result
    report.check('separate/new bodies fit', None if ran.out == '("one" "one")\n' else result.err)


def check_refusals(report, folder):
    """What needs the whole program."""
    write(folder, 'util.lisp', UTIL)
    write(folder, 'other/util.lisp', PLAIN)
    write(folder, 'both.lisp', '(import "other/util.lisp")\n')
    cases = [
        ('eval', "(import util)\n(println (eval '(+ 1 2)))\n", ':2:11: error: eval needs the whole program: it cannot be compiled apart'),
        ('macroexpand', "(println (macroexpand '(when 1)))\n", ':1:11: error: macroexpand needs the whole program'),
        ('builtin', '(import util)\n(define (map f l) l)\n', ':2:1: error: map: a program that redefines a builtin cannot be compiled '
         'apart from its modules'),
        ('form', '(import util)\n(defmacro when (x) x)\n', ':2:1: error: when: a program that redefines a builtin cannot'),
        ('reload', '(import util :reload)\n', ':1:1: error: import: a module that is compiled apart runs once: no :reload'),
        ('names', '(import util)\n(import both)\n', ' would both be the module util: what is compiled apart needs names of its own'),
        ('symbol', '(import keys)\n(println (keys/a-key))\n', ': a symbol without a spelling cannot be shared by files that are compiled '
         'apart'),
        ('gensym', '(import keys)\n(println (keys/the-key))\n', ': a name without a spelling cannot be shared by files that are compiled apart'),
    ]
    write(folder, 'keys.lisp', '(define key (gensym))\n(defmacro define-it () `(define ,key 1))\n(defmacro the-key () key)\n(define-it)\n'
          '(defmacro a-key () `(quote (1 ,key)))\n(define (mine) (a-key))\n')
    for name, text, want in cases:
        main = write(folder, name + '.lisp', text)
        result = build(folder, '--separate', main, '-o', 'out.o')
        good = result.status == 1 and want in result.err and not os.path.exists(os.path.join(folder, 'out.o'))
        report.check('separate/refused: ' + name, None if good else 'exit %s: %s' % (result.status, result.err[:500]))
    usage = [(['--separate', '--module', 'util.lisp'], 'contradict'), (['--separate', '-shared', 'util.lisp'], 'no shared library'),
             (['--module', '--emit=exe', 'util.lisp'], 'makes an object'), (['--module', 'util.o'], 'takes a source'),
             (['-c', 'util.o'], 'only be linked'), (['-shared', 'util.o'], 'no shared library'), (['-MD', 'util.o'], 'about a source'),
             (['--module', '-'], 'takes a file'),
             (['-MI', 'util.lisp'], 'goes with --separate and --module')]
    for words, want in usage:
        result = build(folder, *words)
        report.check('separate/usage ' + ' '.join(words), None if result.status == 2 and want in result.err else result.err)
    result = build(folder, '--module', 'none.lisp')
    report.check('separate/no module', None if result.status == 1 and 'none.lisp' in result.err else result.err)
    write(folder, 'one.lisp', '(import two)\n')
    write(folder, 'two.lisp', '(import one)\n')
    result = build(folder, '--module', 'one.lisp')
    report.check('separate/cycle', None if 'one.lisp:1 imports two, two.lisp:1 imports one' in result.err else result.err)


def check_details(report, folder):
    """Identity, calls, C objects and archives."""
    text = compile_all(folder, util="(module util (export library symbol keyword area))\n(define (library) map)\n"
                       "(define (symbol) 'a-symbol)\n(define (keyword) :key)\n(define (area w h) (* w h))\n",
                       main="(import util)\n(println (eq map (util/library)) (eq 'a-symbol (util/symbol)) (eq :key (util/keyword)))\n"
                       "(println (util/area 6 7))\n(util/area 1)\n")
    report.check('separate/arity', None if 'main.lisp:4:1: warning: area: expected 2 arguments, got 1 [-Warity]' in text else text)
    made = build(folder, 'main.o', 'util.o', '-o', 'out')
    ran = command([os.path.join(folder, 'out')], cwd=folder, env=STACK)
    report.check('separate/identity', None if ran.out == 't t t\n42\n' and ran.status == 1 else made.err + ran.out + ran.err)
    code = build(folder, '--separate', '--emit=llvm-ir', '-o', '-', 'main.lisp').out
    direct = 'call swifttailcc { i32, i64 } @"consair.function.util#area"(' in code
    report.check('separate/calls are direct', None if direct else code[:1000])
    write(folder, 'c.c', 'long twice(long n) { return 2 * n; }\n')
    command(['clang-19', '-c', 'c.c'], cwd=folder)
    command(['llvm-ar-19', 'rc', 'libutil.a', 'c.o', 'util.o'], cwd=folder)
    compile_all(folder, main='(import util)\n(foreign (twice (long) long))\n(println (util/area 1 (twice 21)))\n')
    made = build(folder, 'main.o', 'libutil.a', '-o', 'out')
    ran = command([os.path.join(folder, 'out')], cwd=folder, env=STACK)
    report.check('separate/archive', None if ran.out == '42\n' and ran.status == 0 else made.err + ran.err)
    made = build(folder, 'main.o', 'util.o', '-o', 'none')
    want = 'main.lisp:2:10: error: foreign: no library has a C function twice\n'
    report.check('separate/no C function', None if made.status == 1 and made.err == want else made.err)
    write(folder, 'whole.lisp', '(foreign (twice (long) long))\n(println (twice 4))\n')
    made = build(folder, 'whole.lisp', 'c.o', '-o', 'out')
    ran = command([os.path.join(folder, 'out')], cwd=folder)
    report.check('separate/C object of a whole program', None if ran.out == '8\n' else made.err + ran.err)
    compile_all(folder, main='(foreign "no-such-library.so" (twice (long) long))\n(println (twice 4))\n')
    made = build(folder, 'main.o', '-o', 'none')
    want = 'main.lisp:1:31: error: foreign: cannot find the library no-such-library.so\n'
    report.check('separate/no library', None if made.status == 1 and made.err == want else made.err)


def run(report):
    for check in (check_linking, check_interfaces, check_refusals, check_details):
        with tempfile.TemporaryDirectory() as folder:
            check(report, folder)
    check_programs(report)
