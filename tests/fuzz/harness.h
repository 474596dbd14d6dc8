/* What the libFuzzer harnesses share: the bytes become a NUL-terminated text, which is used where Lisp code may run. */
#ifndef CONSAIR_FUZZ_HARNESS_H
#define CONSAIR_FUZZ_HARNESS_H

#include "compile.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use_text(const char *text, size_t size); /* the harness's own */

typedef struct FuzzInput {
    const uint8_t *bytes;
    size_t size;
} FuzzInput;

static void use_input(void *data)
{
    const FuzzInput *input = data;
    char *text = malloc(input->size + 1);
    if (!text) abort();
    memcpy(text, input->bytes, input->size);
    text[input->size] = '\0';
    use_text(text, input->size);
    free(text);
}

static void use_input_or_catch(void *data)
{
    RtValue error;
    if (rt_try(use_input, data, &error)) abort(); /* errors are diagnosed, none is left to raise */
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    rt_init(0, NULL);
    signal(SIGSEGV, SIG_DFL); /* libFuzzer's handler, which keeps the input, does not replace the runtime's */
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzInput input = {data, size};
    rt_on_lisp_stack(use_input_or_catch, &input);
    return 0;
}

#endif
