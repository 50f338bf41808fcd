#!/bin/sh
# download.sh PACKAGE VERSION FILE: has apt download a package and verify it. FILE is there whole or not at all.
set -eu

package=$1
version=$2
file=$3

mkdir -p "$(dirname "$file")"
# A folder of its own for each: two builds may download at the same time.
part=$(mktemp -d "$(dirname "$file")/.part-XXXXXX")
trap 'rm -rf "$part"' EXIT
trap 'exit 130' INT TERM HUP

cd "$part"
# Root's apt would hand the download to the user _apt, who cannot write here.
if ! apt-get --quiet=2 -o APT::Sandbox::User=root download "$package=$version"; then
	# The next build asks apt anew: this version may have been replaced by a newer one.
	rm -f "$BUILD_DIR/.linux-package"
	echo "error: apt cannot download $package $version; run \"apt-get update\" and build again, or set BR2_MINIROOT_KERNEL_DEB to a kernel's .deb" >&2
	exit 1
fi
for deb in *.deb; do mv "$deb" "$file"; done
