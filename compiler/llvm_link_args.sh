#!/bin/sh
# Prints the linker arguments for a module or program that contains the LLVM back end and lld, on one line.
#
#   llvm_link_args.sh static|shared llvm-config target
#
# target is the one that LLVM is to make code for: x86, aarch64.
# static  LLVM is part of it, which starts faster, and none of its symbols is exported.  Polly is left out: link.cpp defines the one function of it
#         that LLVM's extension table names.  __register_frame is wrapped so that the unwind tables of JIT code reach our
#         unwinder.
# shared  libLLVM.so, for fast developer builds.  lld exists only as an archive.  libLLVM calls __register_frame by
#         its own name, so ours takes that name and is exported.
# Debian 12: llvm-19-dev liblld-19-dev lld-19 clang-19 libstdc++-12-dev zlib1g-dev libzstd-dev.
set -eu
mode=$1
config=$2
target=$3
common="-fuse-ld=lld-19 -Wl,--gc-sections -Wl,--as-needed -L$("$config" --libdir) -llldELF -llldCommon"
case $mode in
static)
    components="$target orcjit passes irreader bitreader bitwriter linker lto option object debuginfodwarf"
    libraries=
    hidden=liblldELF.a:liblldCommon.a:libstdc++.a:libz.a:libzstd.a
    # shellcheck disable=SC2086 # a list of words
    for library in $("$config" --link-static --libs $components); do
        case $library in
        -lPolly*) ;;
        *)
            libraries="$libraries $library"
            hidden=$hidden:lib${library#-l}.a
            ;;
        esac
    done
    wrapped='-Wl,--wrap=__register_frame -Wl,--wrap=__deregister_frame'
    echo "$common$libraries -l:libstdc++.a -static-libgcc $wrapped -l:libz.a -l:libzstd.a -lm -Wl,--exclude-libs=$hidden"
    ;;
shared)
    renamed=
    for name in __register_frame __deregister_frame; do
        renamed="$renamed -Wl,--defsym=$name=__wrap_$name -Wl,--export-dynamic-symbol=$name"
    done
    echo "$common -lLLVM-19$renamed -lz -lzstd -lm"
    ;;
*)
    echo "usage: $0 static|shared llvm-config target" >&2
    exit 2
    ;;
esac
