"""build --target: objects, assembly and LLVM code for other machines, checked by LLVM's own tools; what it refuses."""
import os
import struct
import tempfile

from .common import CONSAIRC, FULL, ROOT, command, lisp_files, parallel

TARGET = 'aarch64-linux-gnu'
MACHINE = 183 # EM_AARCH64
PROGRAM = '(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))\n(println (fib 20))\n'
# A C function with small integers, and one that tells of an error: what calls look like depends on the architecture.
FOREIGN = '(foreign (isalpha (int8) bool) (toupper (uint16) int16))\n(println (isalpha 65) (toupper 97))\n'
EXAMPLES = ['examples/tour.lisp', 'examples/rbtree.lisp', 'bench/nbody.lisp', 'bench/strings.lisp', 'bench/pidigits.lisp']
SAMPLE = 60 # every so many of the language programs

# name, arguments ({d}: folder with p.lisp), environment, exit status, what standard error contains
REFUSED = [
    ('unknown triple', ['build', '--target=vax-dec-ultrix', 'p.lisp'], {}, 2, "unknown target 'vax-dec-ultrix' (see --print=targets)"),
    ('a slip in a triple', ['build', '--target=aarch64-linux-gn', 'p.lisp'], {}, 2, "did you mean 'aarch64-linux-gnu'?"),
    ('another system', ['build', '--target=aarch64-apple-darwin', 'p.lisp'], {}, 2, "unknown target 'aarch64-apple-darwin'"),
    ('an architecture alone', ['build', '--target=aarch64', 'p.lisp'], {}, 2, "unknown target 'aarch64'"),
    ('no triple', ['build', '--target=', 'p.lisp'], {}, 2, "unknown target ''"),
    ('run', ['run', '--target=' + TARGET, 'p.lisp'], {}, 2, "'run' cannot run code for aarch64-linux-gnu on this machine"),
    ('eval', ['eval', '--target=' + TARGET, '(+ 1 2)'], {}, 2, "'eval' cannot run code for aarch64-linux-gnu"),
    ('repl', ['repl', '--target=' + TARGET], {}, 2, "'repl' cannot run code for aarch64-linux-gnu"),
    ('no runtime', ['build', '--target=' + TARGET, 'p.lisp'], {'CONSAIR_LIB': '{d}/none'}, 1,
     'the runtime for aarch64-linux-gnu is not installed: there is no {d}/none/aarch64-linux-gnu/libconsair_rt.a'),
    ('no runtime for a library', ['build', '-shared', '--target=' + TARGET, 'p.lisp'], {'CONSAIR_LIB': '{d}/none'}, 1,
     'the runtime for aarch64-linux-gnu is not installed'),
    ('half a runtime', ['build', '--target=' + TARGET, 'p.lisp'], {'CONSAIR_LIB': '{d}/half'}, 1,
     'cannot find crt0.o for aarch64-linux-gnu, in {d}/half/aarch64-linux-gnu'),
    ('an error in the program', ['build', '-c', '--target=' + TARGET, 'wrong.lisp'], {}, 1, 'wrong.lisp:1:1: error: if:'),
]


def write(folder, name, text):
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as f:
        f.write(text)


def content(path):
    with open(path, 'rb') as f:
        return f.read()


def build(folder, path, output, *options):
    return command([CONSAIRC, 'build', '-w', *options, path, '-o', os.path.join(folder, output)], timeout=120)


def accepted(tool):
    """None when an LLVM tool had nothing to say."""
    result = command(tool, timeout=120)
    return None if result.status == 0 and not result.err else '%s: %s' % (tool[0], (result.err or result.out)[:500])


def check_object(folder, path, level):
    """None when the object is one for the machine, well formed and each time the same."""
    for output in ('a.o', 'b.o'):
        built = build(folder, path, output, '-c', level, '--target=' + TARGET)
        if built.status != 0 or built.err:
            return built.err[:500]
    first = content(os.path.join(folder, 'a.o'))
    if first != content(os.path.join(folder, 'b.o')):
        return 'another object the second time'
    elf_class, kind, machine = first[4], *struct.unpack('<HH', first[16:20])
    if (first[:4], elf_class, kind, machine) != (b'\x7fELF', 2, 1, MACHINE):
        return 'class %d, type %d, machine %d' % (elf_class, kind, machine)
    return accepted(['llvm-readelf-19', '--all', '--unwind', os.path.join(folder, 'a.o')])


def check_texts(folder, path, level):
    """Assembly is what clang's assembler reads, LLVM code what its verifier accepts, before and behind the optimiser."""
    options = [level, '--target=' + TARGET]
    for kind, output, tool in (('asm', 'a.s', ['clang-19', '--target=' + TARGET, '-c', '-o', '/dev/null']),
                               ('llvm-ir', 'a.ll', ['opt-19', '-passes=verify', '-disable-output']),
                               ('llvm-bc', 'a.bc', ['opt-19', '-passes=verify', '-disable-output'])):
        built = build(folder, path, output, '--emit=' + kind, *options)
        if built.status != 0 or built.err:
            return '%s: %s' % (kind, built.err[:500])
        why = accepted(tool + [os.path.join(folder, output)])
        if why:
            return why
    text = content(os.path.join(folder, 'a.ll')).decode()
    if 'target triple = "aarch64-' not in text or 'e-m:e-' not in text:
        return text[:300]
    if 'zeroext i1 @rt_' in text:
        return 'a function of the runtime gives a bool: who extends it depends on the architecture'
    return None


def check_program(path):
    with tempfile.TemporaryDirectory() as folder:
        return check_object(folder, path, '-O0') or check_object(folder, path, '-O2') or check_texts(folder, path, '-O2')


def builds_at_all(path):
    return command([CONSAIRC, 'check', '-w', path]).status == 0


def test_programs(report, folder):
    write(folder, 'foreign.lisp', FOREIGN)
    sample = [path for path in lisp_files('tests/lang')[::1 if FULL else SAMPLE] if builds_at_all(path)]
    paths = [os.path.join(ROOT, path) for path in EXAMPLES] + [os.path.join(folder, 'foreign.lisp')] + sample
    for path, why in zip(paths, parallel(check_program, paths)):
        report.check('target/' + os.path.relpath(path, ROOT), why)


def test_small_integers(report, folder):
    """Whoever passes them extends them on x86-64; on AArch64 nobody may rely on that."""
    write(folder, 'foreign.lisp', FOREIGN)
    path = os.path.join(folder, 'foreign.lisp')
    for target, extended in (('x86_64-linux-gnu', True), (TARGET, False)):
        built = build(folder, path, 'f.ll', '--emit=llvm-ir', '--target=' + target)
        text = content(os.path.join(folder, 'f.ll')).decode() if built.status == 0 else built.err
        calls = [line for line in text.split('\n') if ' call ' in line and ('@isalpha' in line or '@toupper' in line)]
        good = len(calls) == 2 and all(('signext' in line or 'zeroext' in line) == extended for line in calls)
        report.check('target/small integers for ' + target, None if good else '\n'.join(calls) or text[:500])


def test_native(report, folder):
    """The triple of this machine, with any vendor, is the same as none."""
    native = command([CONSAIRC, '--print=target']).out.strip()
    architecture = native.split('-')[0]
    path = os.path.join(folder, 'p.lisp')
    for kind in ('exe', 'obj', 'llvm-ir'):
        build(folder, path, 'plain', '--emit=' + kind)
        for triple in (native, architecture + '-linux-gnu', architecture + '-unknown-linux-gnu'):
            built = build(folder, path, 'named', '--emit=' + kind, '--target=' + triple)
            same = built.status == 0 and content(os.path.join(folder, 'plain')) == content(os.path.join(folder, 'named'))
            report.check('target/%s for %s' % (kind, triple), None if same else built.err or 'other bytes')
    ran = command([CONSAIRC, 'run', '--target=' + native, path])
    report.check('target/run for this machine', None if ran.out == '6765\n' and not ran.err else ran.out + ran.err)
    listed = command([CONSAIRC, '--print=targets']).out.split()
    report.check('target/listed', None if sorted(listed) == [TARGET, 'x86_64-linux-gnu'] else repr(listed))
    named = command([CONSAIRC, '--target=arm64-linux-gnu', '--print=target']).out
    report.check('target/alias', None if named == 'aarch64-unknown-linux-gnu\n' else named)


def test_refused(report, folder):
    write(folder, 'wrong.lisp', '(if)\n')
    os.makedirs(os.path.join(folder, 'half', TARGET))
    write(folder, os.path.join('half', TARGET, 'libconsair_rt.a'), '!<arch>\n')
    before = sorted(os.listdir(folder))
    for name, arguments, env, status, message in REFUSED:
        result = command([CONSAIRC] + arguments, cwd=folder, env={k: v.replace('{d}', folder) for k, v in env.items()})
        good = result.status == status and not result.out and message.replace('{d}', folder) in result.err
        report.check('target/' + name, None if good else 'exit %s: %s%s' % (result.status, result.out, result.err))
    report.check('target/no file left', None if sorted(os.listdir(folder)) == before else repr(os.listdir(folder)))


def run(report):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, 'p.lisp', PROGRAM)
        for test in (test_programs, test_small_integers, test_native, test_refused):
            test(report, folder)
