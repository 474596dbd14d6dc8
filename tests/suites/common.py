"""What the suites share: running commands, the engines, the expectation format of .lisp tests."""
import concurrent.futures
import os
import re
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get('CONSAIR_BUILD', 'build'))
COUNTS_LINES = 'CONSAIR_BUILD' in os.environ  # a build for coverage (tests/coverage.py): larger and slower
CONSAIRC = os.path.join(BUILD, 'driver', 'consairc')
WORKERS = int(os.environ.get('CONSAIR_WORKERS', os.cpu_count() or 2))  # at a time: run.py sets it
FULL = False  # tests/run.py --full: what takes hours, for the night


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err


def command(argv, stdin='', cwd=None, env=None, timeout=60):
    """Runs argv; Result with text streams.  status: None after a time-out, negative when killed by a signal."""
    full = dict(os.environ, **dict({'XDG_CACHE_HOME': '/dev/null'}, **(env or {})))  # no test depends on earlier runs
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    try:
        p = subprocess.run(argv, input=data, capture_output=True, cwd=cwd, env=full, timeout=timeout)
    except subprocess.TimeoutExpired:
        return Result(None, '', 'no answer in %d s' % timeout)
    return Result(p.returncode, p.stdout.decode('utf-8', 'replace'), p.stderr.decode('utf-8', 'replace'))


def run_program(engine, path, cwd, args=(), env=None, consairc=CONSAIRC, timeout=60):
    """Runs a Lisp file on an engine: interp, jit, jit-O0, aot, aot-O0, or tiersN: interpreted, compiled after N calls."""
    env = dict({'CONSAIR_STACK': '256M'}, **(env or {}))  # filling the default one takes seconds
    name, _, level = engine.partition('-')
    options = ['-' + level] if level else []
    if name in ('interp', 'jit'):
        return command([consairc, 'run', '--engine=' + name] + options + [path] + list(args), cwd=cwd, env=env,
                       timeout=timeout)
    if name.startswith('tiers'):
        return command([consairc, 'run', '--tier-after=' + name[5:]] + options + [path] + list(args), cwd=cwd, env=env,
                       timeout=timeout)
    with tempfile.TemporaryDirectory() as folder:
        exe = os.path.join(folder, 'program')
        built = command([consairc, 'build'] + options + [path, '-o', exe], cwd=cwd, env=env, timeout=timeout)
        if built.status != 0:
            return built
        result = command([exe] + list(args), cwd=cwd, env=env, timeout=timeout)
        return Result(result.status, result.out, built.err + result.err)  # warnings come from the build


MESSAGE = re.compile(r'^.+?:(\d+):\d+: error: (.*)$')
EXPECT = re.compile(r';\s*expect( error)?:\s?(.*)$')


def expectations(path):
    """([stdout line, ...], (line number, message part) or None) from the comments at the ends of a file's lines."""
    lines, error = [], None
    with open(path, encoding='utf-8', newline='\n') as f:
        for number, line in enumerate(f.read().split('\n'), 1):
            found = EXPECT.search(line)
            if not found:
                continue
            if found.group(1):
                error = (number, found.group(2))
            else:
                lines.append(found.group(2))
    return lines, error


def judge(path, result):
    """None when the result is what the file's comments expect, else a text."""
    lines, error = expectations(path)
    if result.status is None:
        return result.err
    out = result.out.split('\n')
    if out and out[-1] == '':
        out.pop()
    if out != lines:
        for i, (got, want) in enumerate(zip(out + [None] * len(lines), lines + [None] * len(out))):
            if got != want:
                return 'output line %d: got %r, expected %r; stderr: %s' % (i + 1, got, want, result.err[:300])
    if error is None:
        return None if result.status == 0 else 'exit %s: %s' % (result.status, result.err[:300])
    if result.status != 1:
        return 'exit %s, expected 1 (error: %s); stderr: %s' % (result.status, error[1], result.err[:300])
    for line in result.err.split('\n'):
        found = MESSAGE.match(line)
        if found and error[1] in found.group(2):
            return None if int(found.group(1)) == error[0] else 'error at the wrong place: %r, expected line %d' % (
                line, error[0])
    return 'stderr %r lacks %r' % (result.err[:300], error[1])


def parallel(function, items):
    """[function(item)] in order, on all cores."""
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(function, items))


def lisp_files(folder):
    found = []
    for base, _, names in os.walk(os.path.join(ROOT, folder)):
        found += [os.path.join(base, name) for name in names if name.endswith('.lisp')]
    return sorted(found)


def write(folder, name, text):
    """The file's path; folders in its name are made."""
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)
    return path
