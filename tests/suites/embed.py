"""libconsair: the example program, under valgrind too, and that nothing but the API is exported."""
import os
import shutil
import tempfile

from .common import BUILD, ROOT, command

EXAMPLE = os.path.join(ROOT, 'examples', 'embed', 'embed.c')


def run(report):
    flags = command(['pkg-config', '--cflags', '--libs', 'consair-uninstalled'],
                    env={'PKG_CONFIG_PATH': os.path.join(BUILD, 'meson-uninstalled')})
    report.check('embed/pkg-config', None if flags.status == 0 else flags.err[:500])
    libraries = os.path.join(BUILD, 'embed')
    env = {'LD_LIBRARY_PATH': libraries, 'CONSAIR_STACK': '16M'}
    with open(EXAMPLE[:-len('.c')] + '.expected', encoding='utf-8') as f:
        want = f.read()
    with tempfile.TemporaryDirectory() as folder:
        for name in ('clang-19', 'gcc'):
            if not shutil.which(name):
                continue
            program = os.path.join(folder, name)
            made = command([name, '-std=c99', '-pedantic', '-Wall', '-Werror', '-g', EXAMPLE] + flags.out.split() + ['-o', program])
            report.check('embed/compiles with ' + name, None if made.status == 0 else made.err[:1000])
            if made.status != 0:
                continue
            result = command([program], env=env)
            report.check('embed/runs, made by ' + name,
                         None if result.out == want and not result.err and result.status == 0 else
                         'exit %s\n%s%s' % (result.status, result.out, result.err))
        if os.path.exists(os.path.join(folder, 'clang-19')):
            checked = command(['valgrind', '-q', '--error-exitcode=99', '--leak-check=full', '--show-leak-kinds=definite',
                               '--errors-for-leak-kinds=definite', os.path.join(folder, 'clang-19')], env=env, timeout=300)
            report.check('embed/valgrind', None if checked.status == 0 and checked.out == want else checked.err[:2000])
    page = command(['man', '--warnings', '-l', os.path.join(ROOT, 'man', 'consair.3')], env={'LC_ALL': 'C.UTF-8', 'MANROFFSEQ': ''})
    report.check('embed/consair.3 renders', None if page.status == 0 and not page.err else page.err[:500])
    names = command(['nm', '-D', '--defined-only', os.path.join(libraries, 'libconsair.so')])
    foreign = [line for line in names.out.split('\n') if line and not line.split()[-1].startswith('consair_')]
    report.check('embed/exports only the API', None if names.status == 0 and not foreign else '\n'.join(foreign[:10]))
