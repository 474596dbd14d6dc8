; The empty program: what each run costs before its first form.
