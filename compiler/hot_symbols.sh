#!/bin/sh
# Prints HOT_SYMBOL(name) for each symbol that a bitcode file refers to without defining it, for symbols.c.
#
#   hot_symbols.sh LLVM-NM BITCODE
set -eu
"$1" --undefined-only --format=just-symbols "$2" | sort -u | sed 's/.*/HOT_SYMBOL(&)/'
