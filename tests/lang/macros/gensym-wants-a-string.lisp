(gensym 5) ; expect error: gensym
