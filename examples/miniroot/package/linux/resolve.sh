#!/bin/sh
# resolve.sh PACKAGE [DEB]: prints version, file name and package of the kernel to use; with DEB, that file's.
# The answer is kept in the build folder: a build that goes on later must not meet another kernel in between.
set -eu

package=$1
deb=$2
kept=$BUILD_DIR/.linux-package

fail() {
	echo "error: $1" >&2
	exit 1
}

if [ -n "$deb" ]; then
	[ -f "$deb" ] || fail "BR2_MINIROOT_KERNEL_DEB: $deb is not there"
	deb=$(realpath "$deb")
	echo "$(dpkg-deb --field "$deb" Version) $(basename "$deb") $deb"
	exit 0
fi

if [ -f "$kept" ] && [ "$(head -n 1 "$kept")" = "$package" ]; then
	sed -n 2p "$kept"
	exit 0
fi

# Prints field $2 of what apt knows of package $1.
field() {
	apt-cache show --no-all-versions "$1" 2>/dev/null | sed -n "s/^$2: //p" | head -n 1
}

# linux-image-amd64 and its like hold no kernel, they depend on the package that does.
real=$package
if [ -z "$(field "$package" Filename)" ]; then
	real=
elif next=$(apt-cache depends --important "$package" | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -n 1) &&
	[ -n "$next" ]; then
	real=$next
fi

if [ -n "$real" ]; then
	version=$(field "$real" Version)
	answer="${version#*:} $(basename "$(field "$real" Filename)") $real"
else
	# Without apt's index a package that was downloaded before will do.
	file=$(find "$BR2_DL_DIR/linux" -maxdepth 1 -name 'linux-image-*.deb' 2>/dev/null | LC_ALL=C sort -V | tail -n 1)
	[ -n "$file" ] || fail "apt knows no package $package, and $BR2_DL_DIR/linux holds none; run \"apt-get update\", or set BR2_MINIROOT_KERNEL_DEB to a kernel's .deb"
	version=$(dpkg-deb --field "$file" Version)
	answer="${version#*:} $(basename "$file") $(dpkg-deb --field "$file" Package)"
fi

mkdir -p "$BUILD_DIR"
printf '%s\n%s\n' "$package" "$answer" >"$kept.new"
mv "$kept.new" "$kept"
echo "$answer"
