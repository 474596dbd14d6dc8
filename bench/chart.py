"""The results as a picture: for each benchmark a row of bars, seconds relative to the best C, on a logarithmic scale (SVG)."""
import math

import measure
import peers
import report

# what the picture shows: label, the engines it stands for (the best of them), colour
SERIES = [
    ('Consair', [peers.OURS], '#c0392b'),
    ('OCaml', ['ocaml', 'ocaml-table'], '#e08e0b'),
    ('SBCL, declared', ['sbcl-typed'], '#1f618d'),
    ('SBCL', ['sbcl'], '#7fb3d5'),
    ('Chez', ['chez', 'chez-unsafe'], '#7d8c38'),
    ('LuaJIT', ['luajit'], '#8e7cc3'),
]
BAR, GAP, LEFT, WIDTH, TOP = 9, 14, 90, 640, 64
LOWEST, HIGHEST = 0.125, 128.0


def x_of(ratio):
    part = math.log(min(max(ratio, LOWEST), HIGHEST) / LOWEST) / math.log(HIGHEST / LOWEST)
    return LEFT + WIDTH * part


def text(x, y, content, anchor='start', size=11, fill='#222', weight='normal'):
    return ('<text x="%.1f" y="%.1f" font-size="%d" text-anchor="%s" fill="%s" font-weight="%s">%s</text>'
            % (x, y, size, anchor, fill, weight, content))


def ratios(results):
    """{benchmark: [(label, colour, ratio)]} of what was measured."""
    found = {}
    for name, runs in results.items():
        c = report.best(runs, peers.C_ENGINES)
        if not c or name == peers.START_UP:
            continue
        bars = []
        for label, candidates, colour in SERIES:
            engine = report.best(runs, candidates)
            if engine:
                bars.append((label, colour, measure.ratio(runs[engine], runs[c])))
        found[name] = bars
    return found


def axis(bottom):
    lines = []
    power = LOWEST
    while power <= HIGHEST:
        x = x_of(power)
        at_one = power == 1
        lines.append('<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="%s" stroke-width="%s"/>'
                     % (x, TOP - 4, x, bottom, '#222' if at_one else '#ddd', '1.5' if at_one else '1'))
        lines.append(text(x, TOP - 9, 'C' if at_one else ('%g&#215;' % power if power > 1 else '1/%d' % (1 / power)), 'middle',
                          weight='bold' if at_one else 'normal'))
        power *= 2
    return lines


def legend():
    lines, x = [], LEFT
    for label, _, colour in SERIES:
        lines.append('<rect x="%d" y="27" width="10" height="10" fill="%s"/>' % (x, colour))
        lines.append(text(x + 14, 36, label))
        x += 30 + 7 * len(label)
    return lines


def draw(results):
    found = ratios(results)
    body, y = [], TOP + 4
    for name, bars in found.items():
        body.append(text(LEFT - 8, y + BAR * len(bars) / 2 + 4, name, 'end', weight='bold'))
        for label, colour, value in bars:
            x = min(x_of(value), x_of(1))
            body.append('<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"><title>%s: %s, %.2f of the best C</title></rect>'
                        % (x, y, max(abs(x_of(value) - x_of(1)), 1), BAR - 1, colour, name, label, value))
            body.append(text(max(x_of(value), x_of(1)) + 3, y + BAR - 1, '%.2f' % value, size=8, fill='#555'))
            y += BAR
        y += GAP
    title = text(LEFT, 16, 'Seconds relative to the best C (to the left of the line: faster than C), logarithmic', size=13, weight='bold')
    lines = (['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif">' % (LEFT + WIDTH + 50, y + 4),
              '<rect width="100%" height="100%" fill="white"/>', title] + legend() + axis(y - GAP + 4) + body + ['</svg>'])
    return '\n'.join(lines) + '\n'
