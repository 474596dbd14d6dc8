"""Mutants: the language tests with a few forms moved, dropped, doubled or replaced; most of them are wrong somewhere.

All engines must say the same of them, and none may crash.
"""
import functools
import os
import random
import re

import reduce

TESTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'lang')
OUTSIDE = re.compile(r'shell|spit|slurp|exit|import|foreign|export|read|lines|random|time|getenv|args|eval|gensym|print-error|doc')
LARGEST = 4000 # characters of a test that is taken
ATOMS = ['nil', 't', '0', '-1', '1', '2', '1/3', '0.5', '1e308', '-0.0', '4611686018427387904', '-9223372036854775808',
         '123456789012345678901234567890', '""', '"x"', "'a", "'()", "'(1 2 3)", '<<1 2>>', '<<1.5 2.5>>', '(lambda (x) x)', 'car', '+',
         '(lambda args args)', '(vector)', '()', '{}', '{:a 1}', '#{1 2}', 'lambda', 'if', 'define', ':k', 'x', 'f']


@functools.lru_cache(1)
def corpus():
    """Forms of each test that touches nothing outside of the process."""
    programs = []
    for folder, _, names in sorted(os.walk(TESTS)):
        for name in sorted(names):
            with open(os.path.join(folder, name), encoding='utf-8', errors='replace') as f:
                text = f.read()
            if not name.endswith('.lisp') or len(text) > LARGEST or OUTSIDE.search(text):
                continue
            try:
                programs.append(reduce.parse(text))
            except (IndexError, KeyError): # a test of unreadable text
                continue
    return programs


def copied(form):
    return list(map(copied, form)) if isinstance(form, list) else form


def any_form(forms, chance):
    """A copy of a random subform of the forms, rather a small one."""
    form = chance.choice(forms)
    while isinstance(form, list) and len(form) > 1 and chance.random() < 0.8:
        form = chance.choice(form[1:])
    return copied(form)


def any_list(forms, chance):
    """A random list among the forms and below, to be changed in place; None when there is none."""
    lists = [f for f in forms if isinstance(f, list) and f[0] not in reduce.PREFIXES and len(f) > 1]
    if not lists:
        return None
    form = chance.choice(lists)
    deeper = any_list(form[1:], chance) if chance.random() < 0.75 else None
    return deeper or form


def mutate(forms, chance):
    """Changes one list of the forms."""
    place = any_list(forms, chance)
    if not place:
        return
    index = chance.randrange(1, len(place))
    kind = chance.randrange(6)
    if kind == 0:
        del place[index]
    elif kind == 1:
        place.insert(index, any_form(forms, chance))
    elif kind == 2:
        other = chance.randrange(1, len(place))
        place[index], place[other] = place[other], place[index]
    elif kind == 3:
        place[index] = chance.choice(ATOMS)
    elif kind == 4:
        place[index] = any_form(chance.choice(corpus()), chance)
    else:
        place[index] = any_form(forms, chance)


def program(seed, units):
    """The text of a mutant; `units` of them would hide each other behind the first error, so it is always one."""
    del units
    chance = random.Random(seed)
    forms = copied(chance.choice(corpus()))
    for _ in range(chance.randint(1, 3)):
        mutate(forms, chance)
    return reduce.show_all(forms)
