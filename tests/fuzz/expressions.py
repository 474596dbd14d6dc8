"""Typed random expressions.

`Expressions.make(type, size)` gives the text of an expression of that type with about `size` nodes.  Types are names ('int', 'num',
'float', 'bool', 'str', 'sym', 'list' of numbers, 'ivec', 'fvec', 'vec', 'map', 'set', 'any') and functions ('fn', argument types, result).
Once in a while an expression of another type is given instead, so that the program raises an error there.

Programs end: a loop's bound is a small literal or the length of something, what a call costs is counted with the iterations around
it (`weight`), and products inside loops go through the prelude's `clamp`, which keeps exact numbers short.
"""
import values
from producers import Producers

MOST_WORK = 4000  # nodes that one unit may evaluate, roughly
SHADOWED = ['x', 'y', 'n', 'acc', 'list', 'max', 'f', 'car', 'v', 'xs']


class Expressions(Producers):
    def __init__(self, rng, prefix, error_rate):
        self.rng, self.prefix, self.error_rate = rng, prefix, error_rate
        self.scope = []         # (name, type), the innermost last
        self.functions = []     # (name, argument types, result type, cost)
        self.macros = []        # (name, argument types, result type)
        self.weight, self.work = 1, 0
        self.counter = 0
        self.table = self.table_of_kinds()

    # ---- choices -------------------------------------------------------------------------------------------------------------

    def pick(self, weighted):
        return self.rng.choices([item for _, item in weighted], [weight for weight, _ in weighted])[0]

    def chance(self, probability):
        return self.rng.random() < probability

    def fresh(self, stem):
        """A new name; now and then one that hides a builtin or another variable."""
        self.counter += 1
        if self.chance(0.04):
            return self.rng.choice(SHADOWED)
        return '%s%d' % (stem, self.counter)

    def variables(self, kind):
        return [name for index, (name, t) in enumerate(self.scope)
                if t == kind and all(later != name for later, _ in self.scope[index + 1:])]

    def bound(self, bindings, make):
        """make() with the variables in scope."""
        self.scope += bindings
        text = make()
        del self.scope[len(self.scope) - len(bindings):]
        return text

    def repeated(self, times, make):
        """make() as something that runs so often."""
        self.weight *= times
        text = make()
        self.weight //= times
        return text

    def afford(self, cost):
        return self.work + self.weight * cost <= MOST_WORK

    def split(self, size, parts):
        return [max(0, (size - 1) // parts)] * parts

    # ---- any type ------------------------------------------------------------------------------------------------------------

    def make(self, kind, size):
        self.work += self.weight
        if self.chance(self.error_rate) and not isinstance(kind, tuple) and kind != 'small': # a recursion over it would not end
            return self.wrong(kind, size)
        if isinstance(kind, tuple):
            return self.function_value(kind, size)
        if kind == 'small':
            return values.small(self.rng)
        if size <= 0 or not self.afford(5):
            return self.leaf(kind)
        general = [(2, self.branch), (2, self.let), (1, self.call_lambda), (1, self.traced), (1, self.sequence), (3, self.call),
                   (1, self.use_macro), (1, self.guarded), (2, self.leaf_of), (1, self.call_variable), (1, self.case), (1, self.loop)]
        if self.chance(0.4):
            return self.pick(general)(kind, size)
        return self.pick(self.table[kind])(size)

    def leaf_of(self, kind, _size):
        return self.leaf(kind)

    def leaf(self, kind):
        known = self.variables(kind) + (self.variables('int') + self.variables('float') if kind == 'num' else [])
        if known and self.chance(0.75):
            return self.rng.choice(known)
        return self.literal(kind)

    def literal(self, kind):
        rng = self.rng
        if kind == 'any':
            kind = rng.choice(values.TYPES)
        numbers = ' '.join(values.integer(rng) for _ in range(rng.randint(0, 4)))
        floats = ' '.join(values.floating(rng) for _ in range(rng.randint(0, 4)))
        return {'int': lambda: values.integer(rng), 'num': lambda: values.number(rng), 'float': lambda: values.floating(rng),
                'bool': lambda: rng.choice(['t', 'nil']), 'str': lambda: rng.choice(values.STRINGS),
                'sym': lambda: rng.choice(values.SYMBOLS), 'list': lambda: rng.choice(["'(%s)" % numbers, '(list %s)' % floats, 'nil']),
                'ivec': lambda: '<<%s>>' % numbers, 'fvec': lambda: '<<%s>>' % floats, 'vec': lambda: '<<%s nil "s" %s>>' % (numbers, floats),
                'map': lambda: '{:key 1 "k" 2}', 'set': lambda: '#{1 2.5 :key}'}[kind]()

    def wrong(self, kind, size):
        """Something that raises, or a value of another type."""
        choice = self.rng.randint(0, 6)
        if choice == 0:
            return '(error "unit %s" %s)' % (self.prefix, self.make('any', size // 3))
        if choice == 1:
            return '(car nil)'
        if choice == 2:
            return '(vector-ref %s %s)' % (self.make('vec', size // 3), self.rng.choice(['-1', '99', '1.5', 'nil', '9223372036854775808']))
        if choice == 3:
            return '(quotient %s 0)' % self.make('int', size // 3)
        if choice == 4:
            return '(raise %s)' % self.make('any', size // 3)
        other = self.rng.choice([t for t in values.TYPES if t != kind])
        return self.make(other, size // 2)

    # ---- forms of any type ---------------------------------------------------------------------------------------------------

    def branch(self, kind, size):
        sizes = self.split(size, 3)
        if self.chance(0.3):
            return '(cond (%s %s) (%s %s) (t %s))' % (self.make('bool', sizes[0]), self.make(kind, sizes[1]), self.make('bool', sizes[0] // 2),
                                                   self.make(kind, sizes[1] // 2), self.make(kind, sizes[2]))
        return '(if %s %s %s)' % (self.make('bool', sizes[0]), self.make(kind, sizes[1]), self.make(kind, sizes[2]))

    def let(self, kind, size):
        form, count = self.rng.choice(['let', 'let*']), self.rng.randint(1, 3)
        bindings, texts = [], []
        for _ in range(count):
            of = self.rng.choice(['int', 'int', 'num', 'float', 'list', 'ivec', 'fvec', 'vec', 'str', 'map', kind, ('fn', ('int',), 'int')])
            make = lambda of=of: self.make(of, size // (count + 1))
            text = self.bound(list(bindings), make) if form == 'let*' else make()
            name = self.fresh('v')
            if form == 'let' and name in [n for n, _ in bindings]:
                continue
            bindings.append((name, of))
            texts.append('(%s %s)' % (name, text))
        return '(%s (%s) %s)' % (form, ' '.join(texts), self.bound(bindings, lambda: self.make(kind, size // 2)))

    def call_lambda(self, kind, size):
        types = [self.rng.choice(['int', 'num', 'float', 'list', kind]) for _ in range(self.rng.randint(0, 3))]
        arguments = [self.make(t, size // 4) for t in types]
        return '(%s)' % ' '.join([self.lambda_of(types, kind, size // 2)] + arguments)

    def lambda_of(self, types, result, size):
        names = []
        for _ in types:
            name = self.fresh('p')
            while name in names:
                name = self.fresh('p')
            names.append(name)
        return '(lambda (%s) %s)' % (' '.join(names), self.bound(list(zip(names, types)), lambda: self.make(result, size)))

    def function_value(self, kind, size):
        _, types, result = kind
        makers = [f for f in self.functions if f[2] == kind and self.afford(f[3] + 20)]
        if makers and self.chance(0.5):
            name, arguments, _, cost = self.rng.choice(makers)
            self.work += self.weight * cost
            return '(%s)' % ' '.join([name] + [self.make(t, size // 4) for t in arguments])
        known = self.variables(kind) + [f[0] for f in self.functions if (tuple(f[1]), f[2]) == (types, result) and self.afford(f[3] * 10)]
        if known and self.chance(0.5):
            return self.rng.choice(known)
        if types == ('int', 'int') and self.chance(0.3):
            return self.rng.choice(['+', '-', 'max', 'min'])
        return self.repeated(10, lambda: self.lambda_of(types, result, size // 2))

    def traced(self, kind, size):
        return '(trace %s %s)' % (values.small(self.rng), self.make(kind, size - 1))

    def sequence(self, kind, size):
        return '(progn %s %s)' % (self.make('any', size // 3), self.make(kind, size // 2))

    def guarded(self, kind, size):
        name = self.fresh('e')
        if self.chance(0.5):
            handler = '(progn (println "caught" (error-message %s)) %s)' % (name, self.make(kind, size // 4))
        else:
            handler = self.make(kind, size // 3)
        return '(try %s (catch (%s) %s))' % (self.make(kind, size // 2), name, handler)

    def case(self, kind, size):
        return '(case %s ((0 1 a) %s) ((%s "abc") %s) (else %s))' % (
            self.make('any', size // 4), self.make(kind, size // 4), values.integer(self.rng), self.make(kind, size // 4), self.make(kind, size // 4))

    def call(self, kind, size):
        known = [f for f in self.functions if f[2] == kind and self.afford(f[3])]
        if not known:
            return self.branch(kind, size)
        name, types, _, cost = self.rng.choice(known)
        self.work += self.weight * cost
        arguments = [self.make(t, size // (len(types) + 1)) for t in types]
        if self.chance(self.error_rate / 2):
            arguments = arguments[1:] if self.chance(0.5) else arguments + ['1']
        if self.chance(0.1):
            return '(apply %s (list %s))' % (name, ' '.join(arguments))
        return '(%s)' % ' '.join([name] + arguments)

    def call_variable(self, kind, size):
        known = [(name, t) for name, t in self.scope if isinstance(t, tuple) and t[2] == kind and name in self.variables(t)]
        if not known or not self.afford(50):
            return self.let(kind, size)
        name, (_, types, _) = self.rng.choice(known)
        self.work += self.weight * 20
        return '(%s)' % ' '.join([name] + [self.make(t, size // (len(types) + 1)) for t in types])

    def use_macro(self, kind, size):
        known = [m for m in self.macros if m[2] == kind]
        if not known or not self.afford(20):
            return self.branch(kind, size)
        name, types, _ = self.rng.choice(known)
        return '(%s)' % ' '.join([name] + [self.repeated(3, lambda t=t: self.make(t, size // 4)) for t in types])

    def loop(self, kind, size):
        """A named let or a do with one accumulator of the type."""
        times = self.rng.randint(2, 12)
        if not self.afford(times * 8):
            return self.branch(kind, size)
        i, acc, start = self.fresh('i'), self.fresh('a'), self.make(kind, size // 3)
        if i == acc:
            acc += 'x'
        step = self.repeated(times, lambda: self.bound([(i, 'int'), (acc, kind)], lambda: self.step(kind, acc, size // 2)))
        last = self.bound([(acc, kind)], lambda: self.make(kind, size // 4)) if self.chance(0.3) else acc
        if self.chance(0.5):
            return '(do ((%s 0 (+ %s 1)) (%s %s %s)) ((= %s %d) %s))' % (i, i, acc, start, step, i, times, last)
        name = self.fresh('loop')
        while name in (i, acc):
            name += 'x'
        return '(let %s ((%s %d) (%s %s)) (if (= %s 0) %s (%s (- %s 1) %s)))' % (name, i, times, acc, start, i, last, name, i, step)

    def step(self, kind, acc, size):
        """The next value of an accumulator: it grows slowly."""
        if kind in ('int', 'num', 'float'):
            text = self.make(kind, size)
            if kind == 'int' and self.chance(0.3):
                return '(bitwise-and (+ (* 3 %s) %s) 9223372036854775807)' % (acc, text)
            shape = self.rng.choice(['(+ %s (clamp %s))', '(- %s (clamp %s))', '(clamp (* %s %s))', '(max %s %s)'])
            return shape % (acc, text)
        if kind == 'list':
            return '(cons (clamp %s) %s)' % (self.make('num', size), acc)
        if kind == 'str':
            return '(string-append %s "%d")' % (acc, self.rng.randint(0, 9))
        if kind in ('ivec', 'fvec') and self.chance(0.7):
            return self.update_of(acc, {'ivec': 'int', 'fvec': 'float'}[kind], size)
        hidden = self.scope.pop()  # a value that holds itself twice would double each time
        scalar = self.make('num' if kind == 'vec' else self.rng.choice(['int', 'sym', 'str']), size // 2)
        self.scope.append(hidden)
        return {'map': '(assoc %s %s 1)', 'set': '(conj %s %s)', 'vec': '(conj %s %s)'}.get(kind, '(progn %s %s)') % (acc, scalar)
