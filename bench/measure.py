"""Runs of programs: seconds, peak memory and output of one, medians of many that take turns."""
import os
import statistics
import subprocess
import tempfile


class Run:
    """One run: seconds (of processor time, or by the clock), peak memory in bytes, what was printed."""

    def __init__(self, seconds, memory, output):
        self.seconds, self.memory, self.output = seconds, memory, output


class Failed(Exception):
    """A program ended with an error or did not end."""


CLOCK = {'wall': False}


def use_wall_clock():
    CLOCK['wall'] = True


def run_once(launch, argv, timeout=120):
    """Runs argv under the launcher, which is small so that the memory counted is the program's."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        result = subprocess.run([launch, str(timeout)] + argv, stdin=subprocess.DEVNULL, stdout=out, stderr=errors, check=False)
        errors.seek(0)
        text = errors.read().decode(errors='replace')
        if result.returncode != 0:
            raise Failed('%s: status %d\n%s' % (' '.join(argv), result.returncode, text[-500:]))
        cpu, wall, kilobytes = text.rsplit('\n', 2)[-2].split()
        out.seek(0)
        return Run(float(wall if CLOCK['wall'] else cpu), int(kilobytes) * 1024, out.read().decode().strip())


def interleave(launch, commands, rounds, progress):
    """{label: [Run of each round]} of {label: argv}.  Each round runs every command once; a first round is not counted."""
    runs = {label: [] for label in commands}
    for number in range(rounds + 1):
        for label, argv in commands.items():
            progress('%s, round %d of %d' % (label, number, rounds))
            run = run_once(launch, argv)
            if number > 0:
                runs[label].append(run)
    return runs


def median(runs, field):
    return statistics.median(getattr(run, field) for run in runs)


def ratio(runs, others):
    """The median of the ratios of seconds within a round."""
    return statistics.median(max(a.seconds, 1e-6) / max(b.seconds, 1e-6) for a, b in zip(runs, others))


def build_launcher(folder):
    """The launcher's path."""
    launch = os.path.join(folder, 'launch')
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'launch.c')
    subprocess.run(['clang-19', '-O2', source, '-o', launch], check=True)
    return launch
