(println #{3 1 (+ 1 1) 1} #{} '#{a (b)}) ; expect: #{3 1 2} #{} #{a (b)}
