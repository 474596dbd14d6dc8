"""The programs of one benchmark, ours and the peers', built into a folder: {engine: argv}.

A benchmark is bench/NAME.lisp; the peers' programs for it are in bench/peers/NAME: b.c (where it allocates, with -DPOOL a pool in
place of malloc), b.ml (bh.ml: with a hash table), b.lisp and bt.lisp (Common Lisp, plain and declared), b.scm, b.lua.  An engine
without a program for the benchmark is left out.  The benchmark "start-up" is the empty program.
"""
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
CONSAIRC = os.path.join(os.path.dirname(HERE), 'build', 'driver', 'consairc')
BENCHMARKS = 'fib nqueens bintrees nbody fannkuch matmul sieve pipeline pidigits rbtree strings hashmap'.split()
START_UP = 'start-up'
OURS = 'consair'
C_ENGINES = ['clang', 'gcc', 'clang-pool', 'gcc-pool']
PEERS = ['ocaml', 'ocaml-table', 'sbcl', 'sbcl-typed', 'chez', 'chez-unsafe', 'luajit']
ENGINES = [OURS] + C_ENGINES + ['c-persistent'] + PEERS


def shell(argv, folder):
    result = subprocess.run(argv, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise SystemExit('%s\n%s%s' % (' '.join(argv), result.stdout, result.stderr))


def build_consair(source, folder):
    program = os.path.join(folder, 'consair')
    shell([CONSAIRC, 'build', source, '-o', program], folder)
    return [program]


def build_c(compiler, flags):
    def build(source, folder):
        program = os.path.join(folder, compiler + ''.join(flags))
        shell([compiler, '-O2', '-w'] + flags + [source, '-o', program, '-lm', '-lgmp'], folder)
        return [program]
    return build


def build_ocaml(source, folder):
    program = os.path.join(folder, os.path.basename(source)[:-3] + '.exe')
    copy = os.path.join(folder, os.path.basename(source))
    with open(source, encoding='utf-8') as f, open(copy, 'w', encoding='utf-8') as out:
        out.write(f.read())
    shell(['ocamlfind', 'ocamlopt', '-O3', '-inline', '200', '-package', 'zarith', '-linkpkg', copy, '-o', program], folder)
    return [program]


def build_sbcl(source, folder):
    compiled = os.path.join(folder, os.path.basename(source)[:-5] + '.fasl')
    with open(source, encoding='utf-8') as f:
        text = f.read()
    # A file with declarations is compiled as one block, but SBCL 2.2.9 cannot load such a file with a structure in it.
    block = ":block-compile t :entry-points '(main)" if source.endswith('bt.lisp') and 'defstruct' not in text else ''
    shell(['sbcl', '--noinform', '--non-interactive', '--eval',
           '(compile-file "%s" :output-file "%s" %s)' % (source, compiled, block)], folder)
    return ['sbcl', '--script', compiled]


def build_chez(level):
    def build(source, folder):
        program = os.path.join(folder, 'chez%d' % level)
        with open(source, encoding='utf-8') as f, open(program + '.ss', 'w', encoding='utf-8') as out:
            out.write('(import (chezscheme))\n' + f.read())
        script = program + '.build'
        with open(script, 'w', encoding='utf-8') as out:
            out.write('(optimize-level %d) (compile-program "%s.ss" "%s.so")\n' % (level, program, program))
        shell(['chezscheme', '-q', '--script', script], folder)
        return ['chezscheme', '--program', program + '.so']
    return build


def run_luajit(source, _):
    return ['luajit', source]


# engine: the first of these files that exists, how it is built
HOW = {
    'clang': (['b.c'], build_c('clang-19', [])),
    'gcc': (['b.c'], build_c('gcc', [])),
    'clang-pool': (['b.c'], build_c('clang-19', ['-DPOOL'])),
    'gcc-pool': (['b.c'], build_c('gcc', ['-DPOOL'])),
    'c-persistent': (['hamt.c'], build_c('clang-19', ['-mpopcnt'])),
    'ocaml': (['b.ml'], build_ocaml),
    'ocaml-table': (['bh.ml'], build_ocaml),
    'sbcl': (['b.lisp'], build_sbcl),
    'sbcl-typed': (['bt.lisp'], build_sbcl),
    'chez': (['b.chez.scm', 'b.scm'], build_chez(2)),
    'chez-unsafe': (['b.chez.scm', 'b.scm'], build_chez(3)),
    'luajit': (['b.lua'], run_luajit),
}


def allocates(source):
    with open(source, encoding='utf-8') as f:
        return 'ALLOC(' in f.read()


def find_source(name, engine):
    """Path of the engine's program for the benchmark, or None."""
    if engine == OURS:
        return os.path.join(HERE, name + '.lisp')
    for candidate in HOW[engine][0]:
        source = os.path.join(HERE, 'peers', name, candidate)
        if os.path.exists(source) and (not engine.endswith('-pool') or allocates(source)):
            return source
    return None


def build_all(name, engines, folder):
    """{engine: argv} of the programs of a benchmark."""
    folder = os.path.join(folder, name)
    os.makedirs(folder, exist_ok=True)
    commands = {}
    for engine in engines:
        source = find_source(name, engine)
        if source:
            commands[engine] = (build_consair if engine == OURS else HOW[engine][1])(source, folder)
    return commands
