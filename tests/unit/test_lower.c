/* Lowering, macros and the compile-time world: what forms evaluate to, and the errors of malformed ones. */
#include "front_testing.h"

START_TEST(simple_forms)
{
    ck_evaluates("(if nil 1 2)", "2");
    ck_evaluates("(if nil 1)", "nil");
    ck_evaluates("(cond)", "nil");
    ck_evaluates("(cond (nil) (42))", "42");
    ck_evaluates("(cond (nil 1) (t 2 3))", "3");
    ck_evaluates("(list (and) (and 1 2) (and 1 nil 2) (or) (or nil 3) (or nil nil))", "(t 2 nil nil 3 nil)");
    ck_evaluates("(list (when t 1 2) (when nil 1) (unless nil 3) (unless t 3) (progn) (progn 1 2))",
                 "(2 nil 3 nil nil 2)");
    ck_evaluates("(case 'b ((a) 1) ((b c) 2) (else 3))", "2");
    ck_evaluates("(case \"x\" ((1 \"x\") 'hit) (t 'miss))", "hit");
    ck_evaluates("(case 7 ((1) 2))", "nil");
    ck_evaluates("(do ((i 0 (+ i 1)) (acc nil (cons i acc))) ((= i 3) acc))", "(2 1 0)");
    ck_evaluates("(try (car 5) (catch (e) 'caught))", "caught");
    ck_evaluates("(list (assert 1) (try (assert nil) (catch (e) 'failed)))", "(t failed)");
    ck_evaluates("<<(+ 1 2) 'a>>", "<<3 a>>");
    ck_evaluates("{:a (+ 1 1)}", "{:a 2}");
    ck_evaluates("'{a (b)}", "{a (b)}");
}
END_TEST

START_TEST(bindings)
{
    ck_evaluates("(let ((x 1)) (let ((x 2) (y x)) (list x y)))", "(2 1)");
    ck_evaluates("(let* ((x 1) (y (+ x 1)) (x 5)) (list x y))", "(5 2)");
    ck_evaluates("(let loop ((i 0) (acc nil)) (if (= i 3) acc (loop (+ i 1) (cons i acc))))", "(2 1 0)");
    ck_evaluates("(letrec ((e? (lambda (n) (if (= n 0) t (o? (- n 1))))) (o? (lambda (n) (if (= n 0) nil (e? (- n "
                 "1)))))) (e? 10))",
                 "t");
    ck_evaluates("((lambda (a . rest) (list a rest)) 1 2 3)", "(1 (2 3))");
    ck_evaluates("((lambda args args) 1 2)", "(1 2)");
    ck_evaluates("(define (f x) \"doc\" (* x 2)) (f 4)", "8");
    ck_evaluates("((lambda (car) (car 5)) (lambda (x) (list 'mine x)))", "(mine 5)");
    ck_evaluates("(label when (lambda (x) (* x 10))) (when 4)", "40");
    ck_evaluates("((lambda (if) (if 1 2)) +)", "3");
    ck_fails("(letrec ((a b) (b 1)) a)", "used before its definition");
}
END_TEST

START_TEST(local_definitions)
{
    ck_evaluates("((lambda (n) (label e? (lambda (n) (if (= n 0) t (o? (- n 1)))))"
                 " (label o? (lambda (n) (if (= n 0) nil (e? (- n 1))))) (e? n)) 7)",
                 "nil");
    ck_evaluates("((lambda (k) (label inner (lambda (y) (+ k y)))) 5)", "<lambda>");
    ck_evaluates(
        "(label f (lambda (l) ((label go (lambda (l acc) (cond ((nil? l) acc) (t (go (cdr l) (+ acc (car l)))))))"
        " l 0))) (f '(4 8 15))",
        "27");
    ck_evaluates("((lambda () (+ (label k 5) k)))", "10");
    ck_evaluates("((lambda (x) (label x (+ x 1)) x) 1)", "2");
    ck_evaluates("((lambda () (label n 1) (label n (+ n 10)) (label n (+ n 100)) n))", "111");
    ck_evaluates("((lambda (x) (label f (lambda () v)) (label v (* x 2)) (f)) 4)", "8");
    ck_evaluates("(label go 'global) (label use (lambda (n) ((label go (lambda (i) (cond ((= i 0) 'local) (t (go (- i "
                 "1)))))) n)))"
                 " (list (use 3) go)",
                 "(local global)");
    ck_evaluates("(let ((x 1)) (label y 2) (define (g) (list x y)) (g))", "(1 2)");
    ck_evaluates("((lambda (c) (if c (label x 1)) (if c (label x 2) 0)) t)", "2");
    ck_evaluates("((lambda () (progn (label a 1) (label b 2)) (list a b)))", "(1 2)");
    ck_evaluates("((lambda (car) (list (car 1) (label car 2) car)) (lambda (x) (* x 10)))", "(10 2 2)");
}
END_TEST

START_TEST(order_of_evaluation)
{
    ck_evaluates("(label log nil) (label note (lambda (x) (label-log x)))"
                 "(label label-log (lambda (x) x))"
                 "((lambda () (list (note 1) (label a (note 2)) (note 3) a)))",
                 "(1 2 3 2)");
    ck_evaluates("((lambda (x) (list x (let* ((y (label z 7)) (w y)) (+ y w)) x)) 1)", "(1 14 1)");
    ck_evaluates("(label g 1) ((lambda () `(,g ,(label g 2) ,g)))", "(1 2 2)");
}
END_TEST

START_TEST(definition_errors)
{
    ck_fails("(lambda () (label v (lambda2 (lambda () v))) v)", "used in its own value");
    ck_fails("(lambda () (label a (list (lambda () b))) (label b 1) a)", "b: used before its definition");
    ck_fails("(lambda () (label f (lambda () v)) (f) (label v 1))", "v: used before its definition");
    ck_fails("(lambda () (println nowhere) (label nowhere 1))", "nowhere: used before its definition");
    ck_fails("(lambda () (g 1) (define (g x) x) 2)", "g: used before its definition");
    ck_fails("(lambda () (define y (g 1)) (define (g x) x) y)", "g: used before its definition");
    ck_fails("(lambda () (define (h) (g 1)) (h) (define (g x) x) 2)", "g: used before its definition");
    ck_fails("(letrec ((y (g 1)) (g (lambda (x) x))) y)", "g: used before its definition");
}
END_TEST

START_TEST(malformed_forms)
{
    ck_fails("(quote)", "quote: expected 1 argument, got 0");
    ck_fails("(if)", "if: expected 2 or 3");
    ck_fails("(cond 5)", "cond: a clause");
    ck_fails("(lambda (1) 1)", "lambda: parameters must be symbols, got 1");
    ck_fails("(lambda (nil) 1)", "parameters must be symbols");
    ck_fails("(lambda (x))", "lambda: no body");
    ck_fails("(label \"name\" 1)", "label: the name must be a symbol");
    ck_fails("(label t 1)", "symbol");
    ck_fails("(label lonely)", "label: expected 2 operands");
    ck_fails("(label a 1 2)", "label: expected 2 operands");
    ck_fails("(defmacro 5 (x) x)", "defmacro: the name must be a symbol");
    ck_fails("(defmacro bad (1) 1)", "defmacro: parameters must be symbols");
    ck_fails("(defmacro cond (x) x)", "cond cannot be redefined");
    ck_fails(",x", "unquote");
    ck_fails("`,@(list 1)", "splicing");
    ck_fails("(let 5)", "let: no bindings");
    ck_fails("(let ((5 1)) 1)", "let: the name of a binding must be a symbol");
    ck_fails("(try 1)", "try: the last form must be (catch");
    ck_fails("(+ 1 . 2)", "proper list");
    ck_fails("(+ 1\n (lambda) (quote))", "lambda");
}
END_TEST

START_TEST(quasiquotes)
{
    ck_evaluates("`plain", "plain");
    ck_evaluates("`(1 ,(+ 1 1) 3)", "(1 2 3)");
    ck_evaluates("`(a ,@(list 1 2) b ,@nil)", "(a 1 2 b)");
    ck_evaluates("`(a . ,(+ 1 2))", "(a . 3)");
    ck_evaluates("`(a (b ,(+ 1 1)) . c)", "(a (b 2) . c)");
    ck_evaluates("`<<1 ,(+ 1 1)>>", "<<1 2>>");
    ck_evaluates("`<<0 ,@(list 1 2)>>", "<<0 1 2>>");
    ck_evaluates("`{a ,(+ 1 1)}", "{a 2}");
    ck_evaluates("``(a ,(b ,(+ 1 2)))", "(quasiquote (a (unquote (b 3))))");
    ck_evaluates("``(p ,,(+ 2 3))", "(quasiquote (p (unquote 5)))");
    ck_evaluates("``(x ,@,(+ 1 1))", "(quasiquote (x (unquote-splicing 2)))");
    ck_evaluates("`(1 2 3 4 5 6 7 8 9 ,(+ 5 5) ,@(list 11) 12)", "(1 2 3 4 5 6 7 8 9 10 11 12)");
    ck_fails("`(1 ,@5 2)", "list");
}
END_TEST

START_TEST(macros)
{
    ck_evaluates("(defmacro m (x) x)", "<macro>");
    ck_evaluates("(defmacro twice (form) `(list ,form ,form)) (twice 4)", "(4 4)");
    ck_evaluates("(label y 31) (defmacro the-y () 'y) (the-y)", "31");
    ck_evaluates("(defmacro a (x) `(b ,x)) (defmacro b (x) `(list ,x)) (a 5)", "(5)");
    ck_evaluates("(defmacro inc (n) `(+ ,n 1)) (label m2 inc) (m2 4)", "5");
    ck_evaluates("(defmacro both () '(progn (defmacro k () 7) (label v (k)))) (both) (list v (k))", "(7 7)");
    ck_evaluates("(defmacro twice (x) `(+ ,x ,x)) ((lambda (twice) (twice 5)) (lambda (n) (* n n)))", "25");
    ck_evaluates("((lambda (x) (defmacro dbl (e) `(* 2 ,e)) (dbl x)) 4)", "8");
    ck_evaluates("(defmacro or (p q) `(cond (,p 'left) (,q 'right))) (or nil 5)", "right");
    ck_evaluates("(defmacro all xs `(list ,@xs)) (all 1 2 3)", "(1 2 3)");
    ck_evaluates("(defmacro lit (x) (list 'quote x)) (lit {a 1})", "{a 1}");
    ck_evaluates("(defmacro m () 5) (label m (lambda () 6)) (m)", "6");
    ck_evaluates(
        "(defmacro m1 (x) `(m2 ,x)) (defmacro m2 (x) `(list ,x)) (list (macroexpand-1 '(m1 5)) (macroexpand '(m1 5)))",
        "((m2 5) (list 5))");
    ck_evaluates("(macroexpand '(no-macro 1))", "(no-macro 1)");
    ck_fails("(defmacro needs2 (a b) a) (needs2 1)", "needs2: expected 2 arguments, got 1");
    ck_fails("(defmacro bad () (car 5)) (bad)", "in the expansion of bad: car");
    ck_fails("(defmacro loop () '(loop)) (loop)", "endless");
    ck_fails("(defmacro grow () '(list (grow))) (grow)", "nested too deeply");
    ck_fails("(lambda (x) (defmacro m () x) 1)", "x: a variable of the running program");
    ck_fails("(defmacro f () (lambda () 1)) (f)", "cannot be part of the program");
}
END_TEST

START_TEST(compile_time_world)
{
    ck_evaluates("(label helper (lambda (l) (reverse l))) (defmacro back (f) (helper f)) (back (3 10 -))", "7");
    ck_evaluates("(label n 1) (label n (+ n 10)) (defmacro now-n () n) (now-n)", "11");
    ck_evaluates("(label f (lambda () 1)) (defmacro m () (f)) (label a (m)) (label f (lambda () 2)) (list a (m))",
                 "(1 2)");
    ck_evaluates("(label old+ +) (label + (lambda (a b) (old+ a (old+ b 1)))) (defmacro m () (+ 1 1)) (m)", "3");
    ck_evaluates("(label table (list 1 2 3)) (label size (length table)) (defmacro m () size) (m)", "3");
    ck_evaluates("(label x 5) (defmacro m () x) (label y (m)) (label x 6) (list y x (m))", "(5 6 6)");
    ck_evaluates(
        "(label boom (lambda () (car 5))) (label v (try (boom) (catch (e) 1))) (label w v) (label h (lambda () 2))"
        "(defmacro m () (h)) (m)",
        "2");
    ck_fails("(label v (car 5)) (defmacro m () v) (m)", "in the expansion of m: car");
    ck_fails("(defmacro m () later) (m) (label later 1)", "unbound");
}
END_TEST

START_TEST(depth_and_length)
{
    RtText text = {0};
    for (int i = 0; i < 20000; i++) rt_text_add_text(&text, "(list ");
    for (int i = 0; i < 20000; i++) rt_text_add_text(&text, ")");
    ck_fails(text.bytes, "nested too deeply");
    rt_text_free(&text);
    rt_text_add_text(&text, "((lambda (x) (cond ");
    for (int i = 0; i < 20000; i++) rt_text_add_text(&text, "((eq x 'b) 1)");
    rt_text_add_text(&text, "(t 'end)) ");
    for (int i = 0; i < 20000; i++) rt_text_add_text(&text, "(eq x 1)");
    rt_text_add_text(&text, ") 'a)");
    ck_evaluates(text.bytes, "nil");
    rt_text_free(&text);
    text = (RtText){0};
    rt_text_add_text(&text, "((lambda (x) ");
    for (int i = 0; i < 20000; i++) rt_text_add_text(&text, "(label x (+ x 1))");
    rt_text_add_text(&text, " x) 0)");
    ck_evaluates(text.bytes, "20000");
    rt_text_free(&text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lower");
    TCase *tests = tcase_create("lower");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, simple_forms);
    tcase_add_test(tests, bindings);
    tcase_add_test(tests, local_definitions);
    tcase_add_test(tests, order_of_evaluation);
    tcase_add_test(tests, definition_errors);
    tcase_add_test(tests, malformed_forms);
    tcase_add_test(tests, quasiquotes);
    tcase_add_test(tests, macros);
    tcase_add_test(tests, compile_time_world);
    tcase_add_test(tests, depth_and_length);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
