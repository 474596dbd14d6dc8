/* A C program that uses Consair as its configuration and extension language.
 *
 *   cc embed.c $(pkg-config --cflags --libs consair) -o embed && ./embed
 */
#include <consair.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show_error(const consair *c)
{
    const consair_error *e = consair_last_error(c);
    if (e->is_exit) printf("the script ended with status %d\n", e->exit_status);
    else if (e->file) printf("%s:%u:%u: %s\n", e->file, e->line, e->column, e->message);
    else printf("%s\n", e->message);
}

/* Evaluates and shows: the value's text belongs to us, and so does the value. */
static void evaluate(consair *c, const char *text)
{
    consair_value value;
    if (!consair_eval(c, "script", text, &value)) {
        show_error(c);
        return;
    }
    char *shown = consair_text(value);
    printf("%s => %s\n", text, shown);
    free(shown);
    consair_release(value);
}

/* Calls the Lisp function `area` with numbers, and takes a number back. */
static void call_area(consair *c)
{
    consair_value area, result, sides[] = {consair_int(6), consair_double(0.5)};
    double size;
    if (!consair_lookup(c, "area", &area)) {
        show_error(c);
        return;
    }
    if (consair_call(c, area, sides, 2, &result) && consair_get_double(result, &size)) printf("area: %g\n", size);
    consair_release(result);
    if (!consair_call(c, area, sides, 1, &result)) show_error(c);
    consair_value words[] = {consair_string("six", 3), consair_int(2)};
    if (!consair_call(c, area, words, 2, &result)) show_error(c);
    consair_release(words[0]);
    consair_release(area);
}

/* A list of strings goes in, a list of integers comes out. */
static void call_lengths(consair *c)
{
    const char *texts[] = {"one", "three", "n\xC3\xA4ive"};
    consair_value strings[3], list, lengths, result, item;
    for (int i = 0; i < 3; i++) strings[i] = consair_string(texts[i], strlen(texts[i]));
    list = consair_list(strings, 3); /* has counts of its own */
    for (int i = 0; i < 3; i++) consair_release(strings[i]);
    if (consair_eval(c, "script", "(lambda (texts) (map string-length texts))", &lengths) &&
        consair_call(c, lengths, &list, 1, &result)) {
        size_t count;
        int64_t n;
        consair_get_count(result, &count);
        for (size_t i = 0; i < count && consair_get_item(result, i, &item); i++) {
            if (consair_get_int(item, &n)) printf("length %" PRId64 "\n", n);
            consair_release(item);
        }
        consair_release(result);
    }
    consair_release(lengths);
    consair_release(list);
}

/* Floats are handed over in one piece each way. */
static void call_scale(consair *c)
{
    const double given[] = {1.5, 2.5, 3.5}, *scaled;
    size_t count;
    consair_value vector = consair_doubles(given, 3), scale, result;
    if (consair_eval(c, "script", "(lambda (v) (vector-map (lambda (x) (* 2.0 x)) v))", &scale) &&
        consair_call(c, scale, &vector, 1, &result) && consair_get_doubles(result, &scaled, &count)) {
        for (size_t i = 0; i < count; i++) printf("scaled %g\n", scaled[i]);
        consair_release(result);
    }
    consair_release(scale);
    consair_release(vector);
}

static void big_numbers(consair *c)
{
    consair_value function, big, result;
    if (!consair_number("123456789012345678901234567890", &big)) return;
    if (consair_lookup(c, "*", &function) && consair_call(c, function, (consair_value[]){big, big}, 2, &result)) {
        char *text = consair_text(result);
        printf("squared: %s\n", text);
        free(text);
        consair_release(result);
    }
    consair_release(function);
    consair_release(big);
}

static void collect(void *data, const char *bytes, size_t size)
{
    char *buffer = data;
    strncat(buffer, bytes, size);
}

int main(void)
{
    consair *c = consair_new();
    if (!c) return 1;
    evaluate(c, "(define (area width height) (* width height))");
    evaluate(c, "(area 3/4 8)");
    evaluate(c, "(list 1 2.5 \"three\" 'four <<5 6>>)");
    evaluate(c, "(area 1)");
    evaluate(c, "(car 5)");
    evaluate(c, "(if)");
    evaluate(c, "(undefined-function 1)");
    evaluate(c, "(list 1 2");
    call_area(c);
    call_lengths(c);
    call_scale(c);
    big_numbers(c);

    char output[100] = "";
    consair_set_output(c, collect, output);
    evaluate(c, "(progn (println \"printed by Lisp\") 'done)");
    consair_set_output(c, NULL, NULL);
    printf("captured: %s", output);

    consair *other = consair_new(); /* with definitions of its own */
    evaluate(other, "(define (area side) (* side side))");
    evaluate(other, "(area 5)");
    evaluate(c, "(area 5 6)");
    consair_free(other);

    evaluate(c, "(exit 7)");
    evaluate(c, "(area 7 8)");
    consair_free(c);
    return 0;
}
