#!/bin/sh
# Called by Buildroot with the images folder when every image is made.
set -eu

images=$1
# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

sums=$images/SHA256SUMS
rm -f "$sums"
config_enabled BR2_IPA_BR_CHECKSUMS || exit 0

cd "$images"
for image in bzImage Image rootfs.cpio rootfs.cpio.*; do
	[ ! -f "$image" ] || sha256sum "$image"
done >"$sums.part"
mv "$sums.part" "$sums"
