#!/usr/bin/env -S consairc run
(println "ran") ; expect: ran
