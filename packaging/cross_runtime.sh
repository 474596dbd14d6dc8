#!/bin/sh
# Makes the runtime that executables for another machine are linked from (consairc build --target).
#
# usage: packaging/cross_runtime.sh ARCHITECTURE WORK-FOLDER OUTPUT-FOLDER
#
# ARCHITECTURE is one that has a folder in runtime/: aarch64.  The files go to OUTPUT-FOLDER/ARCHITECTURE-linux-gnu, which consairc
# looks for in build/lib/consair or PREFIX/lib/consair.  clang compiles for every machine; the C library and GMP of the other one are
# Debian's packages, unpacked in WORK-FOLDER/sysroot and not installed: apt gets folders of its own, so the system does not change.
# WORK-FOLDER can be deleted afterwards, but serves the next call and has the C library that qemu wants (-L WORK-FOLDER/sysroot).
set -eu
cannot_fetch=75 # the exit status then: EX_TEMPFAIL
architecture=$1 work=$2 output=$3
root=$(cd "$(dirname "$0")/.." && pwd)
triple=$architecture-linux-gnu
case $architecture in
    aarch64) debian=arm64 ;;
    *) echo "$0: there is no runtime for $architecture" >&2; exit 2 ;;
esac
packages='libc6 libc6-dev linux-libc-dev libgcc-s1 libgcc-12-dev libgmp10 libgmp-dev musl-dev'

# Unpacks the packages in $sysroot, which exists only when it is complete.
make_sysroot() {
    apt=$work/apt
    rm -rf "$apt" "$sysroot.new"
    mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/packages" "$sysroot.new"
    : > "$apt/status"
    cat > "$apt/apt.conf" <<END
APT::Architecture "$debian";
APT::Architectures { "$debian"; };
APT::Sandbox::User "";
Dir::State "$apt/state";
Dir::State::status "$apt/status";
Dir::Cache "$apt/cache";
END
    export APT_CONFIG="$apt/apt.conf"
    # shellcheck disable=SC2086 # one word a package
    if ! { apt-get update -q -o Acquire::Retries=3 && cd "$apt/packages" && apt-get download -q -o Acquire::Retries=3 $packages; }; then
        echo "$0: the packages of $debian cannot be fetched" >&2
        exit $cannot_fetch
    fi
    cd "$root"
    unset APT_CONFIG
    for package in "$apt/packages"/*.deb; do dpkg-deb -x "$package" "$sysroot.new"; done
    mv "$sysroot.new" "$sysroot"
    rm -rf "$apt"
}

mkdir -p "$work" "$output"
work=$(cd "$work" && pwd)
output=$(cd "$output" && pwd)/$triple
sysroot=$work/sysroot
[ -d "$sysroot" ] || make_sysroot

arguments="'--target=$triple', '--sysroot=$sysroot'"
cat > "$work/cross.new" <<END
[binaries]
c = 'clang-19'
cpp = 'clang++-19'
c_ld = 'lld-19'
cpp_ld = 'lld-19'
ar = 'llvm-ar-19'
strip = 'llvm-strip-19'
[built-in options]
c_args = [$arguments, '-fsigned-char']
c_link_args = [$arguments]
cpp_args = [$arguments]
cpp_link_args = [$arguments]
[properties]
clang_arguments = [$arguments]
[host_machine]
system = 'linux'
cpu_family = '$architecture'
cpu = '$architecture'
endian = 'little'
END
if cmp -s "$work/cross.new" "$work/cross"; then rm "$work/cross.new"; else
    rm -rf "$work/build"
    mv "$work/cross.new" "$work/cross"
fi
[ -f "$work/build/build.ninja" ] ||
    meson setup "$work/build" "$root" --cross-file "$work/cross" --buildtype=release -Djit=disabled
ours='runtime/crt0.o runtime/libconsair_rt.a runtime/libconsair_static.a compiler/libconsair_front.a'
# shellcheck disable=SC2086 # one word a file
ninja -C "$work/build" --quiet $ours

mkdir -p "$output"
for file in $ours; do cp "$work/build/$file" "$output/"; done
libraries=$sysroot/usr/lib/$triple
cp "$libraries/libgmp.a" "$libraries/libgmp.so.10" "$output/"
cp "$sysroot/lib/$triple/libc.so.6" "$sysroot/lib/$triple/libm.so.6" "$sysroot/lib/$triple/ld-linux-$architecture.so.1" "$output/"
cp "$sysroot/usr/lib/$architecture-linux-musl/libc.a" "$output/libmusl.a"
cp "$sysroot/usr/lib/gcc/$triple/12/libgcc.a" "$output/" # arithmetic on long double
echo "$output"
