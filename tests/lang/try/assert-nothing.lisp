(assert) ; expect error: assert: no expression
