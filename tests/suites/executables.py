"""What consairc build makes: sizes, static executables, no tools needed, start-up, debug information, installation."""
import os
import re
import shutil
import subprocess
import tempfile
import time

from .common import BUILD, CONSAIRC, COUNTS_LINES, ROOT, command

HELLO = '(println "hello")\n'
FIB = '(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))\n(println (fib 20))\n'
DEBUGGED = '''(define (sum-to n acc)
  (if (= n 0)
      acc
      (+ n (sum-to (- n 1) acc))))
(define (start k)
  (sum-to k 0))
(println (start (+ 3 (length (command-line)))))
'''
MIXED = '''(define (deep n) (if (= n 0) 0 (+ 1 (deep (- n 1)))))
(println (deep 1000000) (expt 3 100) 1/3 1.5 (sqrt 2) "\u00e4")
(println (try (car 1) (catch (e) (error-message e))))
(println (getenv "CONSAIR_TEST") (slurp "in.txt"))
(car 7)
'''
LIMITS = [('hello', HELLO, [], 60_000), ('fib', FIB, [], 200_000), ('static hello', HELLO, ['--static'], 200_000)]


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


def build(folder, source, *options):
    write(folder, 'p.lisp', source)
    return command([CONSAIRC, 'build', '-o', 'p', 'p.lisp'] + list(options), cwd=folder)


def test_sizes(report, folder):
    for name, source, options, limit in LIMITS:
        result = build(folder, source, '-s', *options)
        size = os.path.getsize(os.path.join(folder, 'p')) if result.status == 0 else None
        report.check('size of ' + name, None if size and (size <= limit or COUNTS_LINES) else '%s bytes, limit %d; %s' % (size, limit, result.err))


def test_static(report, folder):
    """No shared library, and the same bytes and messages as the dynamic executable."""
    write(folder, 'in.txt', 'text')
    outputs = []
    for options in ([], ['--static'], ['--static', '-O0']):
        result = build(folder, MIXED, *options)
        if result.status != 0:
            report.fail('static', result.err[:300])
            return
        ran = command([os.path.join(folder, 'p')], cwd=folder, env={'CONSAIR_TEST': 'x', 'CONSAIR_RT': 'leaks'})
        outputs.append((ran.status, ran.out, ran.err))
    report.check('static: the same', None if outputs[0] == outputs[1] == outputs[2] else repr(outputs))
    with open(os.path.join(folder, 'p'), 'rb') as f:
        report.check('static: no interpreter', None if b'/lib64/ld-linux' not in f.read() else 'it names the dynamic linker')


def test_plain_machine(report, folder):
    """consairc builds in a root that holds its own files and the C library, and nothing else."""
    if os.geteuid() != 0:
        return # chroot is for root
    root = os.path.join(folder, 'root')
    installed = command(['meson', 'install', '-C', BUILD, '--destdir', root, '--no-rebuild', '--quiet'])
    if installed.status != 0:
        report.fail('install', installed.err[-500:])
        return
    consairc = find_file(root, 'consairc')
    libraries = re.findall(r'(/\S+\.so[.\d]*)', command(['ldd', consairc]).out) + [
        '/lib/x86_64-linux-gnu/libc.so.6', '/lib/x86_64-linux-gnu/libm.so.6']
    for library in set(libraries):
        target = root + library
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy(library, target)
    os.makedirs(root + '/proc', exist_ok=True)
    mounted = command(['mount', '-t', 'proc', 'proc', root + '/proc']).status == 0
    if not mounted:
        os.rmdir(root + '/proc') # the path of consairc itself and of memory files
        return
    try:
        write(root, 'p.lisp', MIXED)
        write(root, 'in.txt', 'text')
        inside = consairc[len(root):]
        for options in ([], ['--static'], ['-O0', '-g']):
            result = command(['chroot', root, inside, 'build', '-o', '/p', '/p.lisp'] + options)
            if result.status != 0:
                report.fail('plain machine ' + ' '.join(options), result.err[:500])
                continue
            ran = command(['chroot', root, '/p'], env={'CONSAIR_TEST': 'x'})
            report.check('plain machine ' + ' '.join(options), None if ran.status == 1 and ran.out.startswith('1000000 ')
                         and 'car: expected a cons, got 7' in ran.err else '%r' % ran.err[:300])
    finally:
        command(['umount', root + '/proc'])


def find_file(folder, name):
    for base, _, names in os.walk(folder):
        if name in names and os.access(os.path.join(base, name), os.X_OK) and 'completions' not in base:
            return os.path.join(base, name)
    return None


def test_install(report, folder):
    """Everything in the usual places, and what is installed works from there."""
    result = command(['meson', 'install', '-C', BUILD, '--destdir', folder, '--no-rebuild', '--quiet'])
    if result.status != 0:
        report.fail('install', (result.out + result.err)[-500:])
        return
    found = sorted(os.path.relpath(os.path.join(base, name), folder) for base, _, names in os.walk(folder) for name in names)
    for wanted in ('bin/consairc', 'lib/consair/libconsair_rt.a', 'lib/consair/libconsair_front.a', 'lib/consair/crt0.o',
                   'lib/consair/libconsair_llvm_aarch64.so', 'lib/consair/libgmp.a', 'lib/consair/libmusl.a', 'lib/consair/libconsair_static.a', 'man/man1/consairc.1',
                   'man/man7/consairc.7', 'bash-completion/completions/consairc', 'zsh/site-functions/_consairc',
                   'fish/vendor_completions.d/consairc.fish'):
        report.check('install ' + wanted, None if any(path.endswith(wanted) for path in found) else 'not among %s' % found)
    consairc = find_file(folder, 'consairc')
    result = command([consairc, '--print=lib-dir'])
    report.check('install: its own files', None if result.out.startswith(folder) else result.out)


def test_package(report, folder):
    """The Debian package: installed and removed again in a root of its own."""
    if os.geteuid() != 0:
        return
    quick = {'DPKG_DEB_COMPRESSOR_LEVEL': '0'} # the usual one takes a minute of processor time
    result = command([os.path.join(ROOT, 'packaging', 'make_deb.sh'), BUILD, folder], timeout=300, env=quick)
    packages = [name for name in os.listdir(folder) if name.endswith('.deb')]
    if result.status != 0 or len(packages) != 1:
        report.fail('package', result.err[-500:])
        return
    root = os.path.join(folder, 'root')
    for needed in ('var/lib/dpkg/updates', 'var/lib/dpkg/info', 'var/lib/dpkg/triggers'):
        os.makedirs(os.path.join(root, needed))
    for empty in ('status', 'available'):
        write(os.path.join(root, 'var/lib/dpkg'), empty, '')
    dpkg = ['dpkg', '--root=' + root, '--force-depends', '--force-not-root', '--force-script-chrootless']
    result = command(dpkg + ['--log=/dev/null', '-i', os.path.join(folder, packages[0])])
    consairc = os.path.join(root, 'usr/bin/consairc')
    ran = command([consairc, 'eval', '(+ 1 2)']) if os.path.exists(consairc) else result
    report.check('package: installed', None if ran.out == '3\n' else result.err[-500:])
    write(folder, 'p.lisp', HELLO)
    built = command([consairc, 'build', '--static', '-o', 'p', 'p.lisp'], cwd=folder)
    report.check('package: builds', None if built.status == 0 else built.err[:300])
    result = command(dpkg + ['--log=/dev/null', '--purge', 'consairc'])
    left = [os.path.join(base, name) for base, _, names in os.walk(os.path.join(root, 'usr')) for name in names]
    report.check('package: removed', None if result.status == 0 and not left else '%s %s' % (result.err[-300:], left[:5]))


def gdb(folder, *commands):
    words = ['gdb', '-nx', '-batch', '-ex', 'set debuginfod enabled off']
    for each in commands:
        words += ['-ex', each]
    return command(words + ['./p'], cwd=folder, timeout=120)


def test_debugger(report, folder):
    if not shutil.which('gdb'):
        report.fail('gdb', 'is missing (Debian package gdb)')
        return
    for level, line in (('-O0', 3), ('-O2', 4)): # optimised, nothing is left of line 3 but its result
        result = build(folder, DEBUGGED, '-g', level)
        if result.status != 0:
            report.fail('gdb ' + level, result.err[:300])
            continue
        result = gdb(folder, 'break p.lisp:%d' % line, 'run', 'bt', 'list 3,3')
        wanted = [r'Breakpoint 1(?:\.\d+)?, sum-to \(n=.*p\.lisp:%d' % line, r'#0 +sum-to \(', r'p\.lisp:[67]\b', r'3\s+acc']
        missing = [w for w in wanted if not re.search(w, result.out)]
        report.check('gdb %s: breakpoint' % level, None if not missing else 'no %s in %s' % (missing, result.out + result.err))
    result = build(folder, DEBUGGED, '-g', '-O0')
    result = gdb(folder, 'break sum-to', 'run', 'print n', 'print acc', 'bt 1')
    good = 'tag = int, data = 3' in result.out and 'tag = int, data = 0' in result.out
    report.check('gdb: arguments', None if good else result.out + result.err)
    ran = command([os.path.join(folder, 'p')])
    report.check('gdb: the program itself', None if ran.out == '6\n' else repr(ran.err))


def fastest(words, folder, times):
    best = None
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, check=True)
        elapsed = time.perf_counter() - start
        best = elapsed if best is None or elapsed < best else best
    return best


def test_start(report, folder):
    """Within a millisecond of a C program, the fastest of many runs of each."""
    build(folder, HELLO)
    write(folder, 'c.c', '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n')
    if command(['clang-19', '-O2', 'c.c', '-o', 'c'], cwd=folder).status != 0:
        return
    ours, theirs = 1.0, 0.0
    for _ in range(4): # one after the other, so that both have the same neighbours
        theirs = fastest(['./c'], folder, 20)
        ours = fastest(['./p'], folder, 20)
        if ours - theirs < 0.001:
            break
    report.check('start-up', None if ours - theirs < 0.001 else '%.2f ms, C %.2f ms' % (ours * 1000, theirs * 1000))


def run(report):
    tests = [test_sizes, test_static, test_install, test_plain_machine, test_package, test_debugger, test_start]
    for test in tests[:-1] if COUNTS_LINES else tests:
        with tempfile.TemporaryDirectory() as folder:
            test(report, folder)
