#!/bin/sh
# Called by Buildroot with the images folder when every image is made.
set -eu

images=$1
# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

run_user_script post-image.sh "$@"

sums=$images/SHA256SUMS
rm -f "$sums"
config_enabled BR2_IPA_BR_CHECKSUMS || exit 0

cd "$images"
for image in bzImage Image rootfs.cpio rootfs.cpio.* rootfs.iso9660; do
	[ ! -f "$image" ] || sha256sum "$image"
done >"$sums.part"
mv "$sums.part" "$sums"
