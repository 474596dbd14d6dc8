#!/bin/sh
# Makes a Debian package of a finished build.
#
# usage: packaging/make_deb.sh BUILD-FOLDER OUTPUT-FOLDER
#
# Everything comes from `meson install`; consairc finds its own files beside itself, so they only move from the build's
# prefix to /usr.  The package holds libgmp.a and musl's libc.a, which executables are linked with, and therefore needs no
# development package.  The same commit gives the same package: all times are those of the commit.
set -eu
build=$1 output=$2
root=$(cd "$(dirname "$0")/.." && pwd)
version=$("$build/driver/consairc" --print=version)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 1' HUP INT TERM

meson install -C "$build" --destdir "$tree/all" --no-rebuild --quiet
prefix=$(find "$tree/all" -path '*/bin/consairc' | sed "s|^$tree/all||; s|/bin/consairc$||")
mkdir -p "$tree/deb/DEBIAN" "$tree/deb/usr"
mv "$tree/all$prefix"/* "$tree/deb/usr/"
if [ -d "$tree/deb/usr/man" ]; then
    mkdir -p "$tree/deb/usr/share"
    mv "$tree/deb/usr/man" "$tree/deb/usr/share/"
fi
strip --strip-unneeded "$tree/deb/usr/bin/consairc" "$tree"/deb/usr/lib/consair/libconsair_llvm_*.so
find "$tree/deb/usr/share/man" -type f -exec gzip -9n {} +

# The packages of the shared libraries that consairc and its other back ends need.
depends=$(ldd "$build/driver/consairc" "$tree"/deb/usr/lib/consair/libconsair_llvm_*.so | sed -n 's|.* \(/[^ ]*\) .*|\1|p' | while read -r library; do
    dpkg-query -S "$(realpath "$library")" 2>/dev/null | sed 's/:.*//'
done | sort -u | paste -sd, | sed 's/,/, /g')

doc=$tree/deb/usr/share/doc/consairc
mkdir -p "$doc"
{
    cat "$root/LICENSE"
    echo
    echo "Parts of other programs in this package:"
    echo "  LLVM and lld, in /usr/bin/consairc and /usr/lib/consair/libconsair_llvm_*.so: Apache License 2.0 with LLVM exceptions"
    echo "  GMP, /usr/lib/consair/libgmp.a: GNU LGPL 3 or later (/usr/share/common-licenses/LGPL-3)"
    echo "  musl, /usr/lib/consair/libmusl.a: MIT"
} > "$doc/copyright"

size=$(du -sk "$tree/deb/usr" | cut -f1)
cat > "$tree/deb/DEBIAN/control" <<END
Package: consairc
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: $(git -C "$root" log -1 --format='%an <%ae>')
Installed-Size: $size
Depends: $depends
Section: devel
Priority: optional
Description: compiler, interactive mode and runtime of the Lisp Consair
 consairc runs programs at once, compiled in memory, or makes native
 executables of them.  It needs no other compiler or linker.
END
(cd "$tree/deb" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum > DEBIAN/md5sums)

SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
export SOURCE_DATE_EPOCH
find "$tree/deb" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
chmod -R u=rwX,go=rX "$tree/deb"
mkdir -p "$output"
dpkg-deb --root-owner-group -Zxz --build "$tree/deb" "$output/consairc_${version}_$(dpkg --print-architecture).deb" >&2
