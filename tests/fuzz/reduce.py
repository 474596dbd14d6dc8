"""Makes a failing program smaller: drops and simplifies forms as long as it still fails in the same way."""
import re

TOKEN = re.compile(r'''\s+|;[^\n]*|"(?:\\.|[^"\\])*"|,@|<<|>>|#\{|[(){}'`,]|(?:(?!<<|>>)[^\s(){}'`,";])+''')
OPEN, PREFIXES = {'(': ')', '<<': '>>', '{': '}', '#{': '}'}, ("'", '`', ',', ',@')


def parse(text):
    """Forms: a token, or [opening token, form...], or [prefix token, form]."""
    tokens = [t for t in TOKEN.findall(text) if not t.isspace() and not t.startswith(';')]
    position = 0

    def form():
        nonlocal position
        token = tokens[position]
        position += 1
        if token in PREFIXES:
            return [token, form()]
        if token not in OPEN:
            return token
        parts = [token]
        while tokens[position] != OPEN[token]:
            parts.append(form())
        position += 1
        return parts

    forms = []
    while position < len(tokens):
        forms.append(form())
    return forms


def show(form):
    if isinstance(form, str):
        return form
    if form[0] in PREFIXES:
        return form[0] + show(form[1])
    return form[0] + ' '.join(map(show, form[1:])) + OPEN[form[0]]


def show_all(forms):
    return '\n'.join(map(show, forms)) + '\n'


def drop_some(items, fails):
    """The items without as many as can be missed: halves first, then smaller pieces."""
    size = max(1, len(items) // 2)
    while True:
        start = 0
        while start < len(items):
            fewer = items[:start] + items[start + size:]
            if fails(fewer):
                items = fewer
            else:
                start += size
        if size == 1:
            return items
        size //= 2


def places(form, path=()):
    """Paths of all subforms, the outer ones first."""
    yield path
    if isinstance(form, list):
        for index in range(1, len(form)):
            yield from places(form[index], path + (index,))


def at(form, path):
    """The subform there, or None when the form has become too small to have one."""
    for index in path:
        if not isinstance(form, list) or index >= len(form):
            return None
        form = form[index]
    return form


def replaced(form, path, new):
    if not path:
        return new
    copy = list(form)
    copy[path[0]] = replaced(form[path[0]], path[1:], new)
    return copy


def candidates(form):
    """Simpler forms to try in place of one."""
    if isinstance(form, str):
        if form not in ('0', 'nil', '1'):
            yield '0'
        return
    yield from ('0', 'nil')
    if form[0] in PREFIXES:
        return
    for part in form[1:]:
        yield part
        if isinstance(part, list) and part[0] == '(' and len(part) > 1:
            yield from part[1:]
    for index in range(1, len(form)):
        yield form[:index] + form[index + 1:]


def simplify_one(forms, number, fails):
    """Replaces subforms of a top-level form by simpler ones until no replacement fails any more; tells whether one did."""
    changed, progress = False, True
    while progress:
        progress = False
        for path in list(places(forms[number])):
            here = at(forms[number], path)
            for simpler in candidates(here) if here is not None else ():
                trial = forms[:number] + [replaced(forms[number], path, simpler)] + forms[number + 1:]
                if len(show_all(trial)) < len(show_all(forms)) and fails(trial):
                    forms, progress, changed = trial, True, True
                    break
    return forms, changed


def reduce(text, still_fails):
    """A smaller program that still fails."""
    fails = lambda forms: still_fails(show_all(forms))
    forms = parse(text)
    if not fails(forms):
        return text  # it depends on the layout
    changed = True
    while changed:
        changed = False
        forms = drop_some(forms, fails)
        for number in range(len(forms) - 1, -1, -1):
            forms, simpler = simplify_one(forms, number, fails)
            changed = changed or simpler
    return show_all(forms)
