#!/usr/bin/env python3
"""Builds the libFuzzer harnesses in build-fuzz and runs them for some seconds each, from the texts in tests/fuzz/corpus.

usage: tests/fuzz/harnesses.py [SECONDS]      default: 20
       tests/fuzz/harnesses.py --short        a fixed number of texts from a fixed seed: the same ones on each machine

New texts that reach new code stay in build-fuzz/corpus, so that a later run goes on from them (a short one leaves nothing); one that
crashes is build-fuzz/crash-*.
"""
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, 'build-fuzz')
HARNESSES = {'reader': 20000, 'front_end': 4000} # texts of a short run
OPTIONS = ['--buildtype=debugoptimized', '-Db_sanitize=address,undefined', '-Db_lundef=false', '-Djit=disabled', '-Dfuzzers=true',
           '-Dc_args=-fsanitize=fuzzer-no-link']


def build():
    """Everything again, instrumented for libFuzzer; None, or what went wrong."""
    tools = dict(os.environ, CC='clang-19', CXX='clang++-19', CC_LD='lld-19', CXX_LD='lld-19')
    commands = [['ninja', '-C', BUILD] + ['tests/fuzz/fuzz_' + name for name in HARNESSES]]
    if not os.path.exists(os.path.join(BUILD, 'build.ninja')):
        commands.insert(0, ['meson', 'setup', BUILD, ROOT] + OPTIONS)
    for command in commands:
        result = subprocess.run(command, env=tools, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            return result.stdout[-2000:] + result.stderr[-1000:]
    return None


def fuzz(name, limit, grown):
    """None, or what libFuzzer said about the failure."""
    os.makedirs(grown, exist_ok=True)
    result = subprocess.run([os.path.join(BUILD, 'tests', 'fuzz', 'fuzz_' + name), grown, os.path.join(ROOT, 'tests', 'fuzz', 'corpus'),
                             limit, '-timeout=30', '-ignore_timeouts=1', '-rss_limit_mb=3000', '-max_len=4000',
                             '-seed=1', '-close_fd_mask=1', '-print_final_stats=1', '-artifact_prefix=%s/' % BUILD],
                            stdin=subprocess.DEVNULL, env=dict(os.environ, ASAN_OPTIONS='detect_leaks=0', # what is immortal is not freed
                                      UBSAN_OPTIONS='halt_on_error=1'),
                            capture_output=True, text=True, errors='replace', check=False)
    return None if result.returncode == 0 else 'exit %d: %s' % (result.returncode, result.stderr[-1500:])


def main():
    is_short = sys.argv[1:] == ['--short']
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 and not is_short else 20
    why = build()
    if why:
        sys.exit(why)
    failed = False
    for name, texts in HARNESSES.items():
        if is_short:
            with tempfile.TemporaryDirectory() as grown:
                why = fuzz(name, '-runs=%d' % texts, grown)
        else:
            why = fuzz(name, '-max_total_time=%d' % seconds, os.path.join(BUILD, 'corpus', name))
        print('%s: %s' % (name, why or 'nothing found'))
        failed = failed or why is not None
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
