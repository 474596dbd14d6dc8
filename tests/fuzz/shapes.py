"""Definitions in the shapes that the optimiser looks for: random parts in fixed frames (mixed into generate.Unit).

Each method gives the text of definitions and says what can be called: (name, argument types, result, cost).  The argument type 'small'
is a literal from 0 to 9, so that recursion over it ends.
"""
import values

INT_TO_INT = ('fn', ('int',), 'int')
INTS_TO_INT = ('fn', ('int', 'int'), 'int')


class Shapes:
    def all_shapes(self):
        return [(6, self.plain), (3, self.counting), (3, self.accumulating), (2, self.mutual), (2, self.building), (2, self.walking),
                (2, self.folding), (2, self.filling), (2, self.summing), (2, self.factory), (2, self.captured), (2, self.local_mutual),
                (3, self.overflowing), (1, self.double_recursion), (1, self.higher_order), (1, self.rest), (1, self.resuming),
                (2, self.floating), (1, self.aliasing), (1, self.nested_loops), (2, self.growing), (4, self.piping),
                (4, self.stating), (3, self.mapping), (3, self.jamming), (4, self.parting)]

    def define(self, name, names, types, result, make):
        """(define (name names...) body); its cost is what making the body counted."""
        weight, work, self.weight, self.work = self.weight, self.work, 1, 0
        hidden, self.scope = self.scope, [v for v in self.scope if v[0] not in names and v[0] in self.globals] + list(zip(names, types))
        body = make()
        self.scope = hidden
        cost, self.weight, self.work = self.work + 1, weight, work
        self.functions.append((name, types, result, cost))
        return '(define (%s) %s)' % (' '.join([name] + names), body)

    def named(self, stem):
        self.counter += 1
        return '%s-%s%d' % (self.prefix, stem, self.counter)

    def plain(self):
        types = [self.rng.choice(['int', 'int', 'num', 'float', 'list', 'ivec', 'fvec', 'vec', 'str', 'map', INT_TO_INT])
                 for _ in range(self.rng.randint(0, 5))]
        names = ['p%d' % i for i in range(len(types))]
        result = self.rng.choice(['int', 'int', 'num', 'float', 'bool', 'list', 'ivec', 'fvec', 'vec', 'str', 'map', 'any'])
        return self.define(self.named('f'), names, types, result, lambda: self.make(result, self.rng.randint(5, 30)))

    def counting(self):
        """Recursion that is not a tail call: (op step (f (- n 1)))."""
        name, kind = self.named('count'), self.rng.choice(['int', 'num', 'float'])
        operator = self.rng.choice(['+', '-', 'max', 'min'])

        def body():
            base = self.make(kind, 3)
            step = self.repeated(10, lambda: self.make(kind, 8))
            call = '(%s (- n 1) %s)' % (name, self.repeated(10, lambda: self.make(kind, 4)) if self.chance(0.5) else 'x')
            parts = [step, call] if self.chance(0.5) else [call, step]
            return '(if (<= n 0) %s (clamp (%s %s %s)))' % (base, operator, *parts)
        return self.define(name, ['n', 'x'], ['small', kind], kind, body)

    def accumulating(self):
        """A loop by self tail calls with two accumulators, swapped now and then."""
        name, first, second = self.named('loop'), self.rng.choice(['int', 'num', 'float', 'ivec']), self.rng.choice(['int', 'list', 'float'])

        def body():
            a = self.repeated(10, lambda: self.bound([], lambda: self.step(first, 'a', 8)))
            b = self.repeated(10, lambda: self.bound([], lambda: self.step(second, 'b', 8)))
            stop = '(or (= n 0) %s)' % self.make('bool', 4) if self.chance(0.3) else '(= n 0)'
            arguments = 'b a' if first == second and self.chance(0.5) else '%s %s' % (a, b)
            return '(if %s a (%s (- n 1) %s))' % (stop, name, arguments)
        return self.define(name, ['n', 'a', 'b'], ['small', first, second], first, body)

    def mutual(self):
        """Tail calls between functions of different numbers of parameters."""
        even, odd = self.named('even'), self.named('odd')
        first = self.define(odd, ['n', 'a', 'b', 'c'], ['small', 'int', 'num', 'any'], 'num', lambda: (
            '(if (<= n 0) (clamp (+ a b)) (%s (- n 1) %s))' % (even, self.repeated(5, lambda: self.make('int', 6)))))
        callable_first = self.functions.pop()  # or the second could start the recursion again in each round
        second = self.define(even, ['n', 'a'], ['small', 'int'], 'num', lambda: (
            '(if (<= n 0) a (%s (- n 1) a %s %s))' % (odd, *self.repeated(5, lambda: (self.make('num', 5), self.make('any', 3))))))
        self.functions.append(callable_first)
        return first + '\n' + second

    def building(self):
        """A constructor around the recursive call."""
        name = self.named('build')
        return self.define(name, ['n', 'x'], ['small', 'num'], 'list', lambda: '(if (= n 0) %s (cons %s (%s (- n 1) %s)))' % (
            self.make('list', 3), self.repeated(10, lambda: self.make('num', 8)), name, self.rng.choice(['x', '(+ x 1)', '(- x 1/2)'])))

    def walking(self):
        """map, filter and append by hand: the list is taken apart and built again."""
        name, extra = self.named('walk'), self.make('list', 3)
        keep = self.chance(0.5)

        def body():
            made = self.repeated(10, lambda: self.bound([('x', 'num')], lambda: self.make('num', 8)))
            test = self.repeated(10, lambda: self.bound([('x', 'num')], lambda: self.make('bool', 6)))
            clause = '(%s (%s (cdr xs)))' % (test, name) if keep else ''
            return ('(cond ((nil? xs) %s) (t (let ((x (car xs))) (cond %s (t (cons %s (%s (cdr xs))))))))' % (extra, clause, made, name))
        return self.define(name, ['xs'], ['list'], 'list', body)

    def folding(self):
        name, kind = self.named('fold'), self.rng.choice(['int', 'num', 'float'])
        step = lambda: self.repeated(10, lambda: self.bound([('acc', kind), ('x', 'num')], lambda: self.step(kind, 'acc', 8)))
        return self.define(name, ['xs', 'acc'], ['list', kind], kind, lambda: (
            '(if (nil? xs) acc (let ((x (car xs))) (%s (cdr xs) %s)))' % (name, step())))

    def filling(self):
        """A vector updated in place, element by element; sometimes with an element that does not fit its packed kind."""
        name, (vector, element) = self.named('fill'), self.rng.choice([('ivec', 'int'), ('fvec', 'float'), ('vec', 'any')])
        return self.define(name, ['v', 'i'], [vector, 'small'], vector, lambda: (
            '(if (>= i (vector-length v)) v (%s (vector-set v i %s) (+ i 1)))' % (name, self.repeated(6, lambda: self.bound(
                [], lambda: self.make('num' if self.chance(0.2) else 'int' if element == 'any' else element, 8))))))

    def summing(self):
        name, (vector, element) = self.named('sum'), self.rng.choice([('ivec', 'int'), ('fvec', 'float')])
        start = self.make(element, 2)
        operator = self.rng.choice(['+', '-', 'max', '+'])
        return self.define(name, ['v'], [vector], 'num', lambda: (
            '(do ((i 0 (+ i 1)) (s %s (%s s %s))) ((= i (vector-length v)) s))' % (
                start, operator, self.rng.choice(['(vector-ref v i)', '(* 2 (vector-ref v i))', '(clamp (* (vector-ref v i) (vector-ref v i)))']))))

    def factory(self):
        """A function that gives a closure."""
        types = [self.rng.choice(['int', 'int', 'list', 'float', INT_TO_INT]) for _ in range(self.rng.randint(1, 4))]
        names = ['c%d' % i for i in range(len(types))]
        result = self.rng.choice([INT_TO_INT, INT_TO_INT, INTS_TO_INT, ('fn', ('num',), 'num')])
        return self.define(self.named('make'), names, types, result, lambda: self.lambda_of(list(result[1]), result[2], 12))

    def captured(self):
        """Closures made in a loop, each with its own i, called afterwards."""
        name = self.named('closures')
        return self.define(name, ['n', 'k'], ['small', 'int'], 'num', lambda: (
            '(let loop ((i 0) (fs nil)) (if (= i n) (reduce + 0 (map (lambda (g) (clamp (g i))) fs)) (loop (+ i 1) (cons (lambda (x) %s) fs))))'
            % self.repeated(20, lambda: self.bound([('i', 'int'), ('x', 'int')], lambda: self.make('int', 8)))))

    def local_mutual(self):
        """Local functions that call each other and capture a parameter."""
        name, a, b = self.named('local'), self.fresh('a'), self.fresh('b')
        return self.define(name, ['n', 'k'], ['small', 'int'], 'int', lambda: (
            '(define (%s m x) (if (= m 0) x (%s (- m 1) (+ x (clamp %s)) k))) (define (%s m x y) (if (<= m 0) (- x y) (%s (- m 1) %s))) (%s n k)' % (
                a, b, self.repeated(9, lambda: self.bound([('x', 'int')], lambda: self.make('int', 6))),
                b, a, self.rng.choice(['x', '(+ x y)', '(- x k)']), a)))

    def overflowing(self):
        """A loop whose accumulator or counter passes a limit."""
        start, step = values.edge(self.rng), self.rng.choice([1, -1, 3, values.edge(self.rng)])
        operator = self.rng.choice(['+', '-', '*', '+'])
        if operator == '*':
            start, step = self.rng.choice([(1, 3), (1, -2), (7, 10), (3, 2147483648)])
        times = self.rng.choice([5, 12, 70])
        name, shape = self.named('over'), self.rng.randint(0, 2)
        if shape == 0:
            body = '(do ((i 0 (+ i 1)) (a %d (%s a %d))) ((= i %d) a))' % (start, operator, step, times)
        elif shape == 1:
            body = '(let loop ((i %d) (c 0) (s x)) (if (= c %d) (list i s) (loop (%s i %d) (+ c 1) (+ s i))))' % (
                start, min(times, 12), operator, step)
        else:
            body = '(let loop ((n %d) (a x) (b %d)) (if (= n 0) (- a b) (loop (- n 1) b (%s a b))))' % (min(times, 12), step, '+')
        self.functions.append((name, ['int'], 'num' if shape != 1 else 'list', times * 3))
        return '(define (%s x) %s)' % (name, body)

    def double_recursion(self):
        name = self.named('fib')
        self.functions.append((name, ['small'], 'int', 150))
        return '(define (%s n) (if (< n 2) %s (%s (%s (- n 1)) (%s (- n 2)))))' % (
            name, self.rng.choice(['n', '1', '9223372036854775807', '1/2']), self.rng.choice(['+', '-', 'max']), name, name)

    def higher_order(self):
        twice, compose = self.named('twice'), self.named('compose')
        self.functions += [(twice, [INT_TO_INT, 'int'], 'int', 60), (compose, [INT_TO_INT, INT_TO_INT], INT_TO_INT, 60)]
        return '(define (%s f x) (f (f x)))\n(define (%s f g) (lambda (x) (f (g x))))' % (twice, compose)

    def rest(self):
        name = self.named('rest')
        self.functions.append((name, ['int', 'num', 'num'], 'num', 20))
        return '(define (%s a . more) (if (nil? more) a (%s (+ a 1) more)))' % (name, self.rng.choice(['apply max', 'apply +', 'reduce +']))

    def resuming(self):
        """Errors inside a loop, caught there."""
        name = self.named('resume')
        return self.define(name, ['n', 'v'], ['small', 'ivec'], 'int', lambda: (
            '(let loop ((i 0) (s 0)) (if (= i n) s (loop (+ i 1) (try (+ s (clamp (vector-ref v %s))) (catch (e) (- s 1))))))'
            % self.repeated(9, lambda: self.bound([('i', 'int')], lambda: self.make('int', 4) if self.chance(0.5) else 'i'))))

    def floating(self):
        name = self.named('float')
        return self.define(name, ['n', 'x', 'y'], ['small', 'float', 'float'], 'float', lambda: (
            '(if (= n 0) (- x y) (%s (- n 1) %s %s))' % (name, self.repeated(9, lambda: self.make('float', 8)),
                                                       self.repeated(9, lambda: self.make('float', 6)))))

    def aliasing(self):
        """A vector changed while another name still holds it."""
        name, element = self.named('alias'), self.rng.choice(['int', 'float', 'any'])
        kind = {'int': 'ivec', 'float': 'fvec', 'any': 'vec'}[element]
        return self.define(name, ['v'], [kind], 'vec', lambda: (
            '(let* ((w v) (a (if (empty? v) v (vector-set v 0 %s))) (b (if (empty? w) w (vector-set w 0 %s)))) (vector v a b w))'
            % (self.make(element, 6), self.make(element, 6))))

    def growing(self):
        """A list that grows with a recursion, looked at on the way; sometimes it is kept, given back or part of an error."""
        look, name = self.named('look'), self.named('grow')
        first = self.define(look, ['x', 'seen'], ['num', 'list'], 'int', lambda: (
            "(cond ((nil? seen) 0) ((%s x (car seen)) 1) (t (+ 2 (%s x (cdr seen)))))" % (self.rng.choice(['eq', 'equal?', '=']), look)))

        def body():
            base = self.rng.choice(['(length seen)', '(%s x seen)' % look, '(if (member x seen) 7 8)', '(if (nil? seen) 0 1)',
                                    '(length (reverse seen))', '(car seen)', '(if (eq seen (cdr seen)) 1 2)'])
            item, step = self.repeated(10, lambda: (self.make('num', 6), self.make('num', 4)))
            new = '(cons %s seen)' % item
            call = lambda rest: '(%s (- n 1) %s %s)' % (name, step, rest)
            more = self.rng.choice([
                '(clamp (+ (%s x seen) %s))' % (look, call(new)), '(let ((seen %s)) (clamp (- %s (length seen))))' % (new, call('seen')),
                '(let ((r %s)) (if (< r 0) (%s x seen) r))' % (call(new), look), '(try %s (catch (e) (length seen)))' % call(new),
                '(let ((both (list seen %s))) (length (car both)))' % call(new), '(if (member x seen) x %s)' % call(new),
                '(let ((f (lambda () (length seen))) (r %s)) (clamp (+ r (f))))' % call(new)])
            return '(if (<= n 0) %s %s)' % (base, more)
        return first + '\n' + self.define(name, ['n', 'x', 'seen'], ['small', 'num', 'list'], 'num', body)

    def piping(self):
        """A list made by one function, changed on the way, and taken apart by another one; all may print, raise or end early."""
        make, use = self.named('make'), self.named('use')

        def of_element(kind):
            made = self.repeated(10, lambda: self.bound([('x', 'num')], lambda: self.make(kind, 6)))
            return '(let ((y %s)) (println y) y)' % made if self.chance(0.1) else made
        end = self.rng.choice(['nil', 'nil', 'nil', self.make('list', 3), '1'])
        stop, step = self.rng.choice([('(= x 0)', '(- x 1)'), ('(<= x 0)', '(- x 2)'), ('(> x 9)', '(+ x 1)')])
        skip = '(%s (%s %s))' % (of_element('bool'), make, step) if self.chance(0.3) else ''
        item = '(cond %s (t (cons %s (%s %s))))' % (skip, of_element('num'), make, step)
        first = '(define (%s x) (if %s %s %s))' % (make, stop, end, item)
        turn = self.repeated(10, lambda: self.bound([('acc', 'num'), ('x', 'num')], lambda: self.step('num', 'acc', 6)))
        early = '(%s acc)' % of_element('bool') if self.chance(0.2) else ''
        second = '(define (%s xs acc) (cond ((nil? xs) acc) (t (let ((x (car xs))) (cond %s (t (%s (cdr xs) %s)))))))' % (use, early, use, turn)

        def body():
            text = '(%s %s)' % (make, 'x') if self.chance(0.6) else '(range %s)' % self.rng.choice(['x', '0 x', 'x 9', 'x 0 -2'])
            for _ in range(self.rng.randint(0, 3)):
                text = '(%s (lambda (x) %s) %s)' % (('map', of_element('num'), text) if self.chance(0.6) else ('filter', of_element('bool'), text))
            return self.rng.choice(['(%s %s acc)' % (use, text), '(clamp (reduce + acc %s))' % text, '(length %s)' % text,
                                    '(clamp (apply max %s))' % text, '(%s (reverse %s) acc)' % (use, text)])
        return '\n'.join([first, second, self.define(self.named('pipe'), ['x', 'acc'], ['small', 'num'], 'num', body)])

    def stating(self):
        """A loop whose state is a pair, list or vector of numbers: taken apart, made anew, passed on, changed, printed, given back."""
        name, made = self.named('state'), self.rng.choice(['cons', 'list', 'vector'])
        count = 2 if made == 'cons' else self.rng.randint(1, 4)
        parts = {'cons': ['(car s)', '(cdr s)'], 'list': ['(car %s)' % ('(cdr ' * i + 's' + ')' * i) for i in range(count)],
                 'vector': ['(vector-ref s %d)' % i for i in range(count)]}[made]

        def new():
            names = [('s%d' % i, 'num') for i in range(count)]
            items = [self.rng.choice(parts) if self.chance(0.4) else self.repeated(10, lambda: self.bound(names, lambda: self.make('num', 4)))
                     for _ in parts]
            if self.chance(0.1):
                items[0] = '(let ((y %s)) (println y) y)' % items[0]
            return '(%s %s)' % (made, ' '.join(items))

        def change():
            i = self.rng.randrange(count)
            return '(vector-set s %d (clamp (+ %s %s)))' % (i, self.rng.choice(parts), self.rng.choice(parts))

        def next_state():
            kind = self.rng.random()
            if kind < 0.1:
                return 's'
            if kind < 0.3:
                return '(if (< %s x) %s %s)' % (self.rng.choice(parts), new(), self.rng.choice([new(), 's']))
            if kind < 0.5 and made == 'vector':
                return change()
            return '(let ((z %s)) %s)' % (self.repeated(10, lambda: self.make('num', 3)), new()) if kind < 0.6 else new()

        def body():
            named = ' '.join('(s%d %s)' % (i, part) for i, part in enumerate(parts))
            end = self.rng.choice(parts + ['(length (list s))', '(progn (println s) 1)', '(let ((r (list s))) (clamp %s))' % parts[0]])
            turn = '(%s (- n 1) x %s)' % (name, next_state())
            early = '((nil? s) -1)' if self.chance(0.2) else ''
            if self.chance(0.2):
                turn = '(clamp (+ %s %s))' % (self.rng.choice(parts), turn)
            return '(cond ((<= n 0) %s) %s (t (let (%s) %s)))' % (end, early, named, turn)
        loop = self.define(name, ['n', 'x', 's'], ['small', 'num', 'any'], 'num', body)
        start = '(%s %s)' % (made, ' '.join('x' if self.chance(0.5) else self.rng.choice(['0', '1.5', '9223372036854775807']) for _ in parts))
        return loop + '\n' + self.define(self.named('start'), ['n', 'x'], ['small', 'num'], 'num', lambda: '(%s n x %s)' % (name, start))

    def parting(self):
        """Functions that return a record of their own, by recursion mostly, and callers that take it apart, pass it on or need it whole."""
        name, other, made = self.named('parts'), self.named('other'), self.rng.choice(['cons', 'list', 'vector'])
        count = 2 if made == 'cons' else self.rng.randint(1, 4)
        kinds = [self.rng.choice(['num', 'num', 'list', 'str', 'fvec', 'any']) for _ in range(count)]
        parts = {'cons': ['(car r)', '(cdr r)'], 'list': ['(car %s)' % ('(cdr ' * i + 'r' + ')' * i) for i in range(count)],
                 'vector': ['(vector-ref r %d)' % i for i in range(count)]}[made]
        names = [('q%d' % i, kind) for i, kind in enumerate(kinds)]

        def new(known):
            items = [self.rng.choice([parts[i], 'q%d' % i]) if known and self.chance(0.4) else
                     self.repeated(10, lambda: self.bound(names if known else [], lambda: self.make(kind, 5)))
                     for i, kind in enumerate(kinds)]
            if self.chance(0.1):
                items[0] = '(let ((y %s)) (println y) y)' % items[0]
            return '(%s %s)' % (made, ' '.join(items))

        def apart(record, body):
            """The parts of it have names, or are read where they are used."""
            if self.chance(0.7):
                body = '(let (%s) %s)' % (' '.join('(q%d %s)' % (i, part) for i, part in enumerate(parts)), body)
            else:
                for i, part in enumerate(parts):
                    body = body.replace('q%d' % i, part)
            if self.chance(0.2):
                body = '(if (nil? r) %s %s)' % (self.rng.choice(['nil', 'r', new(False)]), body)
            return '(let ((r %s)) %s)' % (record, body)

        def result():
            kind = self.rng.random()
            if kind < 0.1:
                return self.rng.choice(['r', 'nil', '(progn (println r) r)', '(let ((z r)) z)'])
            test = self.repeated(10, lambda: self.bound(names, lambda: self.make('bool', 4)))
            if kind < 0.35:
                return '(if %s %s %s)' % (test, new(True), self.rng.choice([new(True), 'r', 'nil', '(progn (println r) %s)' % new(True)]))
            return '(if %s (%s (- n 1) x) %s)' % (test, self.rng.choice([name, other]), new(True)) if kind < 0.5 else new(True)

        def body(next_name):
            base = self.rng.choice([new(False), new(False), '(if (< x 1) %s %s)' % (new(False), self.rng.choice(['nil', new(False)]))])
            call = '(%s (- n 1) %s)' % (next_name, self.rng.choice(['x', '(+ x 1)', '(- x 1/2)']))
            if self.chance(0.1):
                call = self.rng.choice(['(try %s (catch (e) %s))' % (call, new(False)), '(if (< x 2) %s %s)' % (call, new(False))])
            return '(if (<= n 0) %s %s)' % (base, apart(call, result()))
        first = self.define(other, ['n', 'x'], ['small', 'num'], 'any', lambda: body(name))
        self.functions.pop()
        second = self.define(name, ['n', 'x'], ['small', 'num'], 'any', lambda: body(self.rng.choice([name, name, other])))
        end = self.rng.choice(['(list %s)' % ' '.join(parts), '(list %s r)' % parts[0], parts[-1], '(progn (println r) %s)' % parts[0], 'r'])
        third = self.define(self.named('start'), ['n', 'x'], ['small', 'num'], 'any', lambda: apart('(%s n x)' % name, end))
        return '\n'.join([first, second, third])

    def mapping(self):
        """Vectors of few elements, mapped, changed in a loop, summed."""
        plus, walk = self.named('plus'), self.named('walk')
        operator = self.rng.choice(['+', '-', 'max', 'list', '(lambda (x y) (clamp (* x y)))'])
        scale = self.repeated(9, lambda: self.bound([('x', 'num')], lambda: self.make('num', 5)))
        first = '(define (%s a b) (vector-map %s a b))' % (plus, operator)
        length = self.rng.choice(['3', '(vector-length v)', '(vector-length w)'])
        step = self.rng.choice(['(vector-set w i %s)', '(if (< i 1) w (vector-set w i %s))']) % self.rng.choice(
            ['(vector-ref v i)', '(vector-ref w (- i 1))', '(list i (vector-ref v i))', 'i'])

        def body():
            base = self.rng.choice(['v', '(vector-ref v 0)', '(vector-fold + 0 v)', '(apply max (vector->list v))', '(list v (%s v v))' % plus])
            more = self.rng.choice(['(%s v (vector-map (lambda (x) %s) v))' % (plus, scale), '(vector-map (lambda (x) %s) v)' % scale,
                                    '(do ((i 0 (+ i 1)) (w v %s)) ((= i %s) w))' % (step, length)])
            return '(if (<= n 0) %s (%s (- n 1) %s))' % (base, walk, more)
        second = self.define(walk, ['n', 'v'], ['small', 'any'], 'any', body)
        elements = ' '.join(self.rng.choice(['x', '1', '2.5', '1/2', '9223372036854775807']) for _ in range(self.rng.randint(0, 5)))
        third = self.define(self.named('start'), ['n', 'x'], ['small', 'num'], 'any', lambda: '(%s n (vector %s))' % (walk, elements))
        return '\n'.join([first, second, third])

    def jamming(self):
        """A loop around a sum of floats over rows, some of them short, or with items that are none; effects and errors between the turns."""
        make, add = self.named('row'), self.named('sum')
        item = self.rng.choice(['(* 0.5 (- i j))', '(* x (+ j 0.25))', '(inexact (* i j))', '(if (= i 3) j 1.5)', '(/ 1.0 (+ i j 1))',
                                '(if (= (+ i j) 27) %s 0.5)' % self.rng.choice(['"s"', '1/2', 'x', '(/ 0.0 0.0)', '9223372036854775807'])])
        length = self.rng.choice(['24', '24', '(+ 22 (remainder i 3))', '(if (= i 4) 3 25)', '(if (= i 6) 0 30)'])
        first = '(define (%s i x) (list->vector (map (lambda (j) %s) (range %s))))' % (make, item, length)
        term = self.rng.choice(['(* (vector-ref row k) (vector-ref v k))', '(* y (vector-ref row k))', '(vector-ref row (- 23 k))',
                                '(let ((q (vector-ref row k))) (if (< q y) (* q q) y))', '(* (vector-ref v k) (- y (vector-ref row k)))'])
        start = '0.0' if self.chance(0.7) else self.rng.choice(['-0.0', 'y', '0', '1/3'])
        end = self.rng.choice(['(= k (vector-length row))', '(>= k 24)', '(= k (vector-length v))', '(> k 22)'])
        operator = self.rng.choice(['+', '+', '+', '-', 'max'])
        if self.chance(0.3):
            each = self.rng.choice(['(* p q)', '(- p (* y q))', '(if (< p q) (progn (println p) q) p)', '(vector-ref v (truncate p))'])
            inner = self.rng.choice(['(vector-map (lambda (p q) %s) row v)' % each,
                                     '(vector-map (lambda (p) (- p y)) (vector-map (lambda (p q) %s) row v))' % each])
            second = '(define (%s row v y) (vector-fold %s %s %s))' % (add, operator, start, inner)
        else:
            second = '(define (%s row v y) (do ((k 0 (+ k 1)) (s %s (%s s %s))) (%s s)))' % (add, start, operator, term, end)

        def body():
            row = '(%s i x)' % make if self.chance(0.1) else '(vector-ref m i)'
            call = '(%s %s (vector-ref m 0) %s)' % (add, row, self.rng.choice(['x', '(* 0.5 i)', '1.5', 'last']))
            shown = '(let ((last x)) (println i) %s)' % call
            each = '(let ((last x)) %s)' % (shown if self.chance(0.2) else call)
            total = '(do ((i 0 (+ i 1)) (last 0.0 (- %s last))) ((%s i n) last))' % (call, self.rng.choice(['=', '>=']))
            text = self.rng.choice(['(map (lambda (i) %s) (range n))' % each, '(vector-map (lambda (i) %s) (list->vector (range n)))' % each,
                                    total, total, '(do ((i 0 (+ i 1)) (out nil (cons %s out))) ((= i n) out))' % each])
            caught = '(try %s (catch (e) (error-message e)))' % text if self.chance(0.5) else text
            known = '(x (inexact (if (number? x) x 0))) ' if self.chance(0.8) else ''
            return '(let* (%s(m (list->vector (map (lambda (i) (%s i x)) (range 10))))) %s)' % (known, make, caught)
        third = self.define(self.named('jam'), ['n', 'x'], ['small', self.rng.choice(['float', 'float', 'num'])], 'any', body)
        return '\n'.join([first, second, third])

    def nested_loops(self):
        """Two loops, the inner over a vector of vectors."""
        name, kind = self.named('nested'), self.rng.choice(['int', 'float'])
        vector = 'ivec' if kind == 'int' else 'fvec'
        return self.define(name, ['a', 'b'], [vector, vector], 'num', lambda: (
            '(let ((m (vector a b a))) (do ((i 0 (+ i 1)) (s %s (do ((j 0 (+ j 1)) (s s (+ s (clamp (* (vector-ref (vector-ref m i) j) %s))))) '
            '((>= j (vector-length (vector-ref m i))) s)))) ((= i 3) s)))' % (self.make(kind, 2), self.make(kind, 3))))
