/* The LLVM libraries are there, are the version we were written for, and work: an empty module keeps its name. */
#include "backend_test.h"

#include <check.h>

START_TEST(test_module_keeps_its_name)
{
    LLVMContextRef context = LLVMContextCreate();
    LLVMModuleRef module = LLVMModuleCreateWithNameInContext("test", context);
    size_t length = 0;
    ck_assert_str_eq(LLVMGetModuleIdentifier(module, &length), "test");
    ck_assert_uint_eq(length, 4);
    LLVMDisposeModule(module);
    LLVMContextDispose(context);
}
END_TEST

START_TEST(test_self_test)
{
    char message[128];
    ck_assert(backend_self_test(message, sizeof message));
    ck_assert_ptr_nonnull(strstr(message, "works"));
}
END_TEST

START_TEST(test_version) { ck_assert_int_eq(strncmp(backend_version(), "LLVM 19.", 8), 0); }
END_TEST

START_TEST(test_target_machine)
{
    LLVMTargetMachineRef target = target_machine_new(NULL, _i);
    char *triple = LLVMGetTargetMachineTriple(target);
    ck_assert_str_eq(triple, "x86_64-pc-linux-gnu");
    LLVMDisposeMessage(triple);
    LLVMDisposeTargetMachine(target);
}
END_TEST

START_TEST(test_verifier_accepts)
{
    LLVMContextRef context = LLVMContextCreate();
    LLVMModuleRef module = LLVMModuleCreateWithNameInContext("good", context);
    int before = verifier_calls;
    ck_assert(verify_module(module, false));
    ck_assert_int_eq(verifier_calls, before + 1);
    LLVMDisposeModule(module);
    LLVMContextDispose(context);
}
END_TEST

static int verify_bad_module(void *data)
{
    LLVMContextRef context = LLVMContextCreate();
    LLVMModuleRef module = LLVMModuleCreateWithNameInContext("bad", context);
    LLVMTypeRef type = LLVMFunctionType(LLVMInt32TypeInContext(context), NULL, 0, false);
    LLVMValueRef function = LLVMAddFunction(module, "no_terminator", type);
    LLVMAppendBasicBlockInContext(context, function, "entry");
    (void)data;
    return verify_module(module, false) ? 1 : 7;
}

START_TEST(test_verifier_rejects_in_one_sentence)
{
    TestResult result = test_in_child(verify_bad_module, NULL);
    ck_assert_int_eq(result.status, 7);
    const char *sentence = "consairc: internal error: the compiler made LLVM code that is not valid: ";
    ck_assert_ptr_nonnull(strstr(result.output, sentence));
    ck_assert_ptr_nonnull(strstr(result.output, "please report"));
}
END_TEST

/* The JIT can resolve whatever the hot functions of the runtime call when they are inlined. */
START_TEST(test_runtime_symbols)
{
    LLVMContextRef context = LLVMContextCreate();
    LLVMModuleRef module = LLVMModuleCreateWithNameInContext("symbols", context);
    for (int i = 0; i < runtime_symbol_count; i++) {
        ck_assert_ptr_nonnull(runtime_symbols[i].name);
        ck_assert_ptr_nonnull(runtime_symbols[i].address);
    }
    LLVMTypeRef type = LLVMFunctionType(LLVMVoidTypeInContext(context), NULL, 0, false);
    LLVMAddFunction(module, "rt_add", type);
    ck_assert(runtime_bitcode_link(module, false));
    ck_assert_int_eq(LLVMGetLinkage(LLVMGetNamedFunction(module, "rt_add")), LLVMAvailableExternallyLinkage);
    LLVMDisposeModule(module);
    LLVMContextDispose(context);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("llvm links");
    TCase *tests = tcase_create("llvm links");
    tcase_add_test(tests, test_module_keeps_its_name);
    tcase_add_test(tests, test_self_test);
    tcase_add_test(tests, test_version);
    tcase_add_loop_test(tests, test_target_machine, 0, 4);
    tcase_add_test(tests, test_verifier_accepts);
    tcase_add_test(tests, test_verifier_rejects_in_one_sentence);
    tcase_add_test(tests, test_runtime_symbols);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
