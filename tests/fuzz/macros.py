"""Random macros: templates over their operands, computed expansions, recursion (mixed into generate.Unit).

Each method gives the text of a definition and says how it is used: (name, operand types, result).
"""
import re

FIXED = [
    ('and', ['bool', 'bool', 'bool'], 'bool',
     '(defmacro %(name)s xs (cond ((nil? xs) t) ((nil? (cdr xs)) (car xs)) (t `(if ,(car xs) (%(name)s ,@(cdr xs)) nil))))'),
    ('twice', ['int'], 'int', '(defmacro %(name)s (e) (let ((g (gensym))) `(let ((,g ,e)) (+ ,g ,g))))'),
    ('list', ['num', 'num', 'num'], 'list', '(defmacro %(name)s xs `(list ,@(reverse xs)))'),
    ('unless', ['bool', 'int', 'int'], 'int', '(defmacro %(name)s (c a b) (list (quote if) c b a))'),
    ('swap', ['int', 'int'], 'int', '(defmacro %(name)s (a b) `(let ((a ,b) (b ,a)) (- a b)))'),
    ('sum', ['num', 'num'], 'num', '(defmacro %(name)s xs (if (nil? xs) 0 `(+ ,(car xs) (%(name)s ,@(cdr xs)))))'),
]


class Macros:
    def all_macros(self):
        return [(2, self.fixed_macro), (3, self.template_macro), (1, self.power_macro)]

    def fixed_macro(self):
        stem, types, result, text = self.rng.choice(FIXED)
        name = self.named(stem)
        self.macros.append((name, types, result))
        return text % {'name': name}

    def template_macro(self):
        """A template in which the operands stand where variables would."""
        name, result = self.named('macro'), self.rng.choice(['int', 'num', 'list', 'bool', 'float'])
        types = [self.rng.choice(['int', 'num', 'list', 'float']) for _ in range(self.rng.randint(1, 3))]
        names = ['operand%d' % i for i in range(len(types))]
        hidden, self.scope = self.scope, list(zip(names, types))
        body = self.make(result, 10)
        self.scope = hidden
        if '`' in body:  # a template inside would be a level deeper
            body = names[0]
            result = types[0]
        self.macros.append((name, types, result))
        return '(defmacro %s (%s) `%s)' % (name, ' '.join(names), re.sub(r'\b(operand\d)\b', r',\1', body))

    def power_macro(self):
        """Recursion at compile time over a number, through a function that macro bodies call."""
        name, helper = self.named('power'), self.named('halve')
        base = self.named('cube')
        self.macros.append((base, ['int'], 'int'))
        return ("(define (%s n) (quotient n 2))\n(defmacro %s (n x) (if (= n 0) 1 (if (= (remainder n 2) 0) `(%s ,(%s n) (* ,x ,x)) "
                "`(* ,x (%s ,(- n 1) ,x)))))\n(defmacro %s (x) `(clamp (%s 3 (clamp ,x))))") % (helper, name, name, helper, name, base, name)
