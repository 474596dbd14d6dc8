"""Files compiled apart: the same output as whole programs, what cannot be linked, what cannot be compiled apart, Make."""
import os
import shutil
import tempfile

from .common import CONSAIRC, FULL, ROOT, command, lisp_files, parallel

STACK = {'CONSAIR_STACK': '256M', 'CONSAIR_RT': 'leaks'}
NEEDS_WHOLE = (' needs the whole program: it cannot be compiled apart', 'a program that redefines a builtin cannot be compiled apart',
               'a module that is compiled apart runs once', 'needs names of its own')


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path


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


def run(report):
    check_programs(report)
