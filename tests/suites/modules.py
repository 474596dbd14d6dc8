"""Modules: where they are looked for, what messages say, the REPL, executables that evaluate, malformed forms."""
import os
import re
import tempfile

from .common import CONSAIRC, command, write

GEOMETRY = '''(module geometry (export area grow))
(define (area w h) (* w h))
(define (secret) 1)
(defmacro grow (x) `(+ ,x (secret)))
'''
USER = '(import geometry :as g)\n(println (g/area 6 7) (g/grow 1))\n'
MALFORMED = '''(import)
(import 5)
(import geometry :as)
(import geometry :as 5)
(import geometry :only x)
(import geometry :only ((area b c)))
(import geometry :rename x)
(import geometry :only (nothing))
(module late)
(list (import geometry))
'''
MALFORMED_ERRORS = [
    ':1:1: error: import: no module', ':2:9: error: import: a module is a name or the path of a file, got 5',
    ':3:18: error: import: nothing follows :as', ':4:22: error: import: a prefix must be a symbol, got 5',
    ':5:24: error: import: expected a list of names, got x', ':6:25: error: import: expected a name or (name new-name), got (area b c)',
    ':7:18: error: import: expected :as, :only, :all or :reload, got :rename',
    ':8:25: error: import: the module geometry does not export nothing',
    ':9:1: error: module: only as the first form of a file', ':10:7: error: import: only at top level']


def check_path(report, folder):
    write(folder, 'lib/geometry.lisp', GEOMETRY)
    user = write(folder, 'programs/user.lisp', USER)
    cases = [('-I', ['-I', 'lib'], {}), ('-I joined', ['-Ilib'], {}), ('second -I', ['-I', 'none', '-I', 'lib'], {}),
             ('CONSAIR_PATH', [], {'CONSAIR_PATH': 'none:lib'})]
    for name, options, env in cases:
        result = command([CONSAIRC, 'run'] + options + [user], cwd=folder, env=env)
        report.check('modules/found by ' + name, None if result.out == '42 2\n' else result.err[:500])
    result = command([CONSAIRC, 'run', user], cwd=folder)
    good = result.status == 1 and ':1:1: error: import: cannot find geometry.lisp' in result.err
    report.check('modules/not found', None if good else result.err[:500])
    write(folder, 'programs/geometry.lisp', GEOMETRY.replace('(* w h)', "'beside"))
    result = command([CONSAIRC, 'run', '-I', 'lib', user], cwd=folder)
    report.check('modules/beside the file comes first', None if result.out == 'beside 2\n' else result.err[:500])


def check_messages(report, folder):
    write(folder, 'a.lisp', '(import b)\n')
    write(folder, 'b.lisp', '\n(import c)\n')
    write(folder, 'c.lisp', '\n\n(import a)\n')
    main = write(folder, 'main.lisp', '(import a)\n')
    want = ('c.lisp:3:1: error: import: the module a imports itself: '
            'a.lisp:1 imports b, b.lisp:2 imports c, c.lisp:3 imports a\n')
    result = command([CONSAIRC, 'check', 'main.lisp'], cwd=folder)
    report.check('modules/cycle', None if result.status == 1 and want in result.err else result.err[:500])
    result = command([CONSAIRC, 'check', 'a.lisp'], cwd=folder)
    report.check('modules/cycle through the program', None if 'the program imports itself: ' in result.err else result.err[:500])
    write(folder, 'broken.lisp', '(define (f) (if))\n(define (g) (car 5))\n')
    main = write(folder, 'uses.lisp', '(import broken)\n')
    result = command([CONSAIRC, 'check', main], cwd=folder)
    report.check('modules/error in a module', None if 'broken.lisp:1:13: error: if:' in result.err else result.err[:500])
    write(folder, 'fails.lisp', '(define (f x)\n  (car x))\n')
    main = write(folder, 'calls.lisp', '(import fails)\n(fails/f 5)\n')
    for engine in ('jit', 'interp'):
        result = command([CONSAIRC, 'run', '--engine=' + engine, main], cwd=folder)
        good = 'fails.lisp:2:3: error: car: expected a cons, got 5\n' in result.err
        report.check('modules/place of an error at run time [%s]' % engine, None if good else result.err[:500])
    write(folder, 'geometry.lisp', GEOMETRY)
    result = command([CONSAIRC, 'check', write(folder, 'malformed.lisp', MALFORMED)], cwd=folder)
    missing = [text for text in MALFORMED_ERRORS if text not in result.err]
    report.check('modules/malformed forms', None if not missing else '%s\n%s' % (missing, result.err))
    write(folder, 'one/util.lisp', "(define (f) 'one)\n(define (g x) (car x))\n")
    write(folder, 'two/util.lisp', "(define (f) 'two)\n")
    write(folder, 'two/user.lisp', '(import util)\n(define (call) (util/f))\n')
    both = write(folder, 'both.lisp', '(import "one/util.lisp")\n(import "two/user.lisp")\n(println (util/f) (user/call))\n')
    result = command([CONSAIRC, 'run', both], cwd=folder)
    report.check('modules/of the same name', None if result.out == 'one two\n' else result.err[:500])
    clash = write(folder, 'clash.lisp', '(import "one/util.lisp")\n(import "two/util.lisp")\n')
    result = command([CONSAIRC, 'check', clash], cwd=folder)
    good = ':2:1: error: import: util/ means the module in ' in result.err
    report.check('modules/of the same name in one file', None if good else result.err[:500])
    write(folder, 'empty.lisp', '(module empty (export nothing 5))\n')
    result = command([CONSAIRC, 'check', 'empty.lisp'], cwd=folder)
    report.check('modules/exports', None if ':1:31: error: module: an exported name' in result.err else result.err[:500])
    write(folder, 'undefined.lisp', '(module undefined (export nothing))\n')
    for name in ('undefined.lisp', write(folder, 'other.lisp', '(import undefined)')):
        result = command([CONSAIRC, 'check', name], cwd=folder)
        good = 'undefined.lisp:1:27: error: module: exports nothing, which it does not define' in result.err
        report.check('modules/export of nothing', None if good else result.err[:500])


def check_repl(report, folder):
    write(folder, 'geometry.lisp', GEOMETRY)
    change = 'sed -i "s/(\\* w h)/(+ w h)/" geometry.lisp'
    for option in ([], ['--jit']):
        text = ('(import geometry)\n(geometry/area 2 3)\n(define (f) (geometry/area 5 5))\n(f)\n'
                '(import geometry :only (grow))\n(grow 4)\n:doc geometry/area\n(geometry/secret)\n'
                '(shell "%s")\n(import geometry)\n(f)\n(import geometry :reload)\n(f)\n(import no-such)\n(f)\n'
                % change.replace('\\', '\\\\').replace('"', '\\"'))
        result = command([CONSAIRC, 'repl'] + option, text, cwd=folder)
        lines = [line for line in result.out.split('\n') if not line.startswith('((out')]
        want = ['nil', '6', '<lambda>', '25', 'nil', '5', '(geometry/area w h)   [function]', 'nil', '25', 'nil', '10', '10', '']
        good = lines == want and 'does not export secret' in result.err and 'cannot find no-such.lisp' in result.err
        report.check('modules/REPL %s' % ' '.join(option), None if good else '%r\n%s' % (lines, result.err))
        write(folder, 'geometry.lisp', GEOMETRY)


def check_executables(report, folder):
    """They carry what eval needs of the modules."""
    write(folder, 'geometry.lisp', GEOMETRY)
    main = write(folder, 'main.lisp', "(import geometry :as g)\n(println (eval '(g/area 2 3)) (eval '(g/grow 4)))\n")
    for level in ('-O0', '-O2'):
        built = command([CONSAIRC, 'build', level, main, '-o', 'main'], cwd=folder)
        with tempfile.TemporaryDirectory() as empty:
            result = command([os.path.join(folder, 'main')], cwd=empty, env={'CONSAIR_RT': 'leaks'})
        report.check('modules/executable that evaluates ' + level,
                     None if result.out == '6 5\n' and result.status == 0 else built.err + result.err)
    direct = write(folder, 'direct.lisp', '(import geometry :only (area))\n(define (f x) (area x x))\n(println (f 3))\n')
    result = command([CONSAIRC, 'check', '--dump=resolve', direct], cwd=folder)
    report.check('modules/calls are direct', None if re.search(r'\(call-known area', result.err) else result.err[:1000])


def run(report):
    for check in (check_path, check_messages, check_repl, check_executables):
        with tempfile.TemporaryDirectory() as folder:
            check(report, folder)
