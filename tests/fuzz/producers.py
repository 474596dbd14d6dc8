"""What makes a value of one type out of others: a method a kind of expression (mixed into expressions.Expressions)."""
import values


class Producers:
    def table_of_kinds(self):
        """{type: [(weight, method)]}"""
        return {
            'int': [(6, self.arithmetic_int), (3, self.divide), (2, self.bits), (2, self.measure), (2, self.element_int),
                    (1, self.extreme_int), (1, self.shift), (1, self.fold_int), (1, self.text_number), (1, self.rounding)],
            'num': [(6, self.arithmetic_num), (2, self.slash), (1, self.extreme_num), (3, lambda s: self.make('int', s)),
                    (2, lambda s: self.make('float', s)), (1, self.element_num), (1, self.exactness)],
            'float': [(6, self.arithmetic_float), (2, self.float_function), (1, self.to_float), (2, self.element_float)],
            'bool': [(5, self.compare), (3, self.test_type), (2, self.logic), (2, self.equality), (1, self.contains)],
            'str': [(3, self.join), (2, self.part), (2, self.written), (1, self.case_of_text)],
            'sym': [(1, lambda s: self.rng.choice(values.SYMBOLS))],
            'list': [(4, self.list_of), (3, self.build), (3, self.map_list), (2, self.filter_list), (2, self.append), (1, self.tail),
                     (1, self.ranged), (1, self.sort), (1, self.spread)],
            'ivec': self.vectors('ivec', 'int'),
            'fvec': self.vectors('fvec', 'float'),
            'vec': self.vectors('vec', 'any') + [(1, lambda s: self.make(self.rng.choice(['ivec', 'fvec']), s)), (1, self.vector_parts),
                                                 (1, lambda s: '(list->vector %s)' % self.make('list', s))],
            'map': [(2, self.map_literal), (3, self.map_update), (1, self.map_without)],
            'set': [(2, self.set_literal), (2, self.set_update)],
            'any': [(4, lambda s: self.make(self.rng.choice(values.TYPES), s)), (1, self.pair), (1, self.quoted)],
        }

    def operands(self, kind, size, least=2, most=3):
        count = self.rng.randint(least, most)
        return ' '.join(self.make(kind, size // count) for _ in range(count))

    # ---- numbers -------------------------------------------------------------------------------------------------------------

    def product(self, kind, size):
        """Not in loops and functions, which could square again and again, unless one factor is small or the product clamped."""
        if self.chance(0.5):
            return '(* %s %s)' % (self.make(kind, size - 2), self.rng.choice(['2', '3', '-1', '7', '0', '10']))
        return '(clamp (* %s))' % self.operands(kind, size - 1)

    def arithmetic_int(self, size):
        operator = self.rng.choice('++--*')
        if operator == '*':
            return self.product('int', size)
        return '(%s %s)' % (operator, self.operands('int', size, 1 if operator == '-' else 2))

    def arithmetic_num(self, size):
        operator = self.rng.choice('++-*')
        if operator == '*':
            return self.product('num', size)
        return '(%s %s)' % (operator, self.operands('num', size))

    def arithmetic_float(self, size):
        other = self.rng.choice(['int', 'float', 'float'])
        operator = self.rng.choice('+-*/')
        pair = [self.make('float', size // 2), self.make(other, size // 2)]
        self.rng.shuffle(pair)
        return '(%s %s %s)' % (operator, pair[0], pair[1])

    def slash(self, size):
        if self.chance(0.5):
            return '(/ %s %s)' % (self.make('num', size - 2), self.rng.choice(['2', '3', '-7', '0.5', '1.0', '10']))
        return '(clamp (/ %s))' % self.operands('num', size - 1, 1, 2)

    def divide(self, size):
        operator = self.rng.choice(['quotient', 'remainder', 'modulo'])
        divisor = self.rng.choice(['2', '3', '-7', '10', '1', '-1', '9223372036854775807', '-9223372036854775808', ''])
        return '(%s %s %s)' % (operator, self.make('int', size // 2), divisor or self.make('int', size // 3))

    def bits(self, size):
        operator = self.rng.choice(['bitwise-and', 'bitwise-ior', 'bitwise-xor', 'bitwise-not', 'bit-count'])
        count = 1 if operator in ('bitwise-not', 'bit-count') else 2
        return '(%s %s)' % (operator, self.operands('int', size, count, count))

    def shift(self, size):
        return '(arithmetic-shift %s %d)' % (self.make('int', size - 2), self.rng.choice([1, 2, 31, 62, -1, -2, -31, -62, -63, -64, -100, 0]))

    def extreme_int(self, size):
        operator = self.rng.choice(['min', 'max', 'abs', 'gcd', 'lcm'])
        if operator == 'lcm':
            return '(clamp (lcm %s))' % self.operands('int', size, 1, 2)
        most = 1 if operator == 'abs' else 3
        return '(%s %s)' % (operator, self.operands('int', size, 1, most))

    def extreme_num(self, size):
        operator = self.rng.choice(['min', 'max', 'abs'])
        return '(%s %s)' % (operator, self.operands('num', size, 1, 1 if operator == 'abs' else 3))

    def rounding(self, size):
        operator = self.rng.choice(['floor', 'ceiling', 'round', 'truncate'])
        return '(exact (%s (clamp %s)))' % (operator, self.make(self.rng.choice(['num', 'float']), size - 3))

    def exactness(self, size):
        return self.rng.choice(['(inexact %s)', '(numerator (exact (floor %s)))', '(exact (round %s))', '(- %s)']) % self.make('num', size - 2)

    def to_float(self, size):
        return '(inexact %s)' % self.make('num', size - 1)

    def float_function(self, size):
        operator = self.rng.choice(['sqrt', 'floor', 'abs', 'round', '-', 'truncate', 'exp'])
        return '(%s %s)' % (operator, self.make('float', size - 1))

    def text_number(self, size):
        return self.rng.choice(['(string->number (number->string %s))', '(clamp (expt %s 3))', '(exact (inexact %s))']) % self.make('int', size - 2)

    def fold_int(self, size):
        function = self.make(('fn', ('int', 'int'), 'int'), size // 2)
        if self.chance(0.5):
            return '(reduce %s %s %s)' % (function, self.make('int', size // 4), self.list_of_ints(size // 3))
        return '(vector-fold %s %s %s)' % (function, self.make('int', size // 4), self.make('ivec', size // 3))

    def list_of_ints(self, size):
        return '(list %s)' % self.operands('int', size, 1, 4) if self.chance(0.5) else '(range %d)' % self.rng.randint(0, 10)

    # ---- parts of collections ------------------------------------------------------------------------------------------------

    def index(self):
        return self.rng.choice(['0', '0', '1', '2'] + self.variables('int')[-2:])

    def measure(self, size):
        operator, kind = self.rng.choice([('length', 'list'), ('vector-length', 'ivec'), ('vector-length', 'fvec'), ('vector-length', 'vec'),
                                          ('count', 'map'), ('count', 'set'), ('string-length', 'str')])
        return '(%s %s)' % (operator, self.make(kind, size - 1))

    def safe_element(self, kind, size, otherwise):
        """An element of a vector, by a guarded or an unguarded index."""
        vector = self.make(kind, size // 2)
        if self.chance(0.3):
            return '(vector-ref %s %s)' % (vector, self.index())
        name = self.fresh('w')
        return '(let ((%s %s)) (if (< %s (vector-length %s)) (vector-ref %s %s) %s))' % (
            name, vector, '1', name, name, self.rng.choice(['0', '1']), otherwise)

    def element_int(self, size):
        return self.safe_element('ivec', size, '7')

    def element_float(self, size):
        return self.safe_element('fvec', size, '0.25')

    def element_num(self, size):
        return self.rng.choice(['(car (cons %s nil))', '(nth (list 1 %s 2.5) 1)', '(get {:a %s} :a 0)', '(car (list %s 2))',
                                '(unreduced (reduced %s))']) % self.make('num', size - 2)

    # ---- truth ---------------------------------------------------------------------------------------------------------------

    def compare(self, size):
        kind = self.rng.choice(['int', 'int', 'num', 'float'])
        return '(%s %s)' % (self.rng.choice(['<', '>', '<=', '>=', '=']), self.operands(kind, size))

    def test_type(self, size):
        test = self.rng.choice(['nil?', 'atom', 'cons?', 'number?', 'integer?', 'float?', 'string?', 'vector?', 'map?', 'list?', 'not', 'symbol?',
                                'function?', 'empty?'])
        return '(%s %s)' % (test, self.make('any', size - 1))

    def logic(self, size):
        return '(%s %s)' % (self.rng.choice(['and', 'or']), self.operands('bool', size))

    def equality(self, size):
        kind = self.rng.choice(values.TYPES)
        return '(%s %s %s)' % (self.rng.choice(['eq', 'equal?', 'equal?']), self.make(kind, size // 2), self.make(kind, size // 2))

    def contains(self, size):
        return '(contains? %s %s)' % (self.make(self.rng.choice(['map', 'set']), size // 2), self.make('any', size // 3))

    # ---- strings -------------------------------------------------------------------------------------------------------------

    def join(self, size):
        if self.chance(0.5):
            return '(string-append %s)' % self.operands('str', size, 1, 3)
        return '(string-join (map number->string %s) ",")' % self.make('list', size - 4)

    def part(self, size):
        text = self.make('str', size - 2)
        name = self.fresh('s')
        return self.rng.choice(['(let ((%s %s)) (if (< 1 (string-length %s)) (substring %s 1) %s))' % (name, text, name, name, name),
                                '(substring %s 0 1)' % text, '(string-ref %s 0)' % text, '(string-trim %s)' % text,
                                '(string-replace %s "a" "bb")' % text])

    def written(self, size):
        return '(format "%s" %s)' % (self.rng.choice(['~a', '~s']), self.make('any', size - 2))

    def case_of_text(self, size):
        return '(%s %s)' % (self.rng.choice(['string-upcase', 'string-downcase']), self.make('str', size - 1))

    # ---- lists ---------------------------------------------------------------------------------------------------------------

    def list_of(self, size):
        return '(list %s)' % self.operands('num', size, 0, 4) if self.chance(0.9) and size > 1 else 'nil'

    def build(self, size):
        return '(cons %s %s)' % (self.make('num', size // 2), self.make('list', size // 2))

    def map_list(self, size):
        return '(map %s %s)' % (self.make(('fn', ('num',), 'num'), size // 2), self.make('list', size // 2))

    def filter_list(self, size):
        return '(filter %s %s)' % (self.make(('fn', ('num',), 'bool'), size // 2), self.make('list', size // 2))

    def append(self, size):
        return self.rng.choice(['(append %s)' % self.operands('list', size, 1, 2), '(reverse %s)' % self.make('list', size - 1)])

    def tail(self, size):
        name = self.fresh('l')
        return '(let ((%s %s)) (if %s (cdr %s) nil))' % (name, self.make('list', size - 2), name, name)

    def ranged(self, _size):
        return self.rng.choice(['(range %d)' % self.rng.randint(0, 9), '(range 9223372036854775800 9223372036854775810)',
                                '(range 0.0 1.0 0.25)', '(range 5 0 -2)'])

    def sort(self, size):
        return '(sort (map (lambda (z) (if (number? z) (exact (floor (if (float? z) 1 z))) 0)) %s) %s)' % (
            self.make('list', size - 5), self.rng.choice(['<', '>']))

    def spread(self, size):
        return self.rng.choice(['(vector->list %s)' % self.make('ivec', size - 1), '(apply list 1 %s)' % self.make('list', size - 2),
                                '((lambda (h . more) (cons h more)) %s)' % self.operands('num', size, 1, 3),
                                '`(1 ,%s ,@%s)' % (self.make('num', size // 2), self.make('list', size // 2))])

    # ---- vectors -------------------------------------------------------------------------------------------------------------

    def vectors(self, kind, element):
        return [(3, lambda s: self.vector_of(element, s)), (3, lambda s: self.update_of(self.make(kind, s // 2), element, s // 2)),
                (1, lambda s: self.vector_mapped(element, s)), (1, lambda s: self.filled(element, s))]

    def vector_of(self, element, size):
        items = self.operands(element, size, 1, 5)
        return '<<%s>>' % items if self.chance(0.5) else '(vector %s)' % items

    def update_of(self, vector, element, size):
        """The vector with an element replaced; the index fits, mostly."""
        name, value = self.fresh('u'), self.make(element, size)
        if self.chance(0.2):
            return '(vector-set %s %s %s)' % (vector, self.index(), value)
        return '(let ((%s %s)) (if (empty? %s) %s (vector-set %s (modulo %s (vector-length %s)) %s)))' % (
            name, vector, name, name, name, self.make('int', size // 3), name, value)

    def vector_mapped(self, element, size):
        kind = {'int': 'ivec', 'float': 'fvec', 'any': 'vec'}[element]
        return '(vector-map %s %s)' % (self.make(('fn', (element,), element), size // 2), self.make(kind, size // 2))

    def filled(self, element, size):
        return '(make-vector %d %s)' % (self.rng.randint(0, 6), self.make(element, size - 2))

    def vector_parts(self, size):
        return self.rng.choice(['(vector-append %s)' % self.operands('vec', size, 1, 2), '(subvector <<1 2.5 %s>> 1 3)' % self.make('any', size - 3),
                                '(conj %s %s)' % (self.make('vec', size // 2), self.make('any', size // 2))])

    # ---- maps and sets -------------------------------------------------------------------------------------------------------

    def map_literal(self, size):
        return '{:a %s %s %s}' % (self.make('any', size // 3), self.make('int', size // 4), self.make('any', size // 3))

    def map_update(self, size):
        return '(assoc %s %s %s)' % (self.make('map', size // 3), self.make(self.rng.choice(['int', 'sym', 'str', 'any']), size // 4),
                                     self.make('any', size // 3))

    def map_without(self, size):
        return '(dissoc %s %s)' % (self.make('map', size // 2), self.make('any', size // 3))

    def set_literal(self, size):
        return '(hash-set %s)' % self.operands('any', size, 0 if size < 2 else 1, 3)

    def set_update(self, size):
        return '(%s %s %s)' % (self.rng.choice(['conj', 'disj']), self.make('set', size // 2), self.make('any', size // 3))

    # ---- others --------------------------------------------------------------------------------------------------------------

    def pair(self, size):
        return '(cons %s %s)' % (self.make('any', size // 2), self.make('any', size // 2))

    def quoted(self, _size):
        return self.rng.choice(["'(a (b . c) 1/2 \"s\")", "'<<a 1>>", "'{k v}", "'(quote x)", '(list t nil)', '#{}', '{}'])
