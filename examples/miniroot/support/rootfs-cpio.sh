#!/bin/sh
# rootfs-cpio.sh TARGET WORK IMAGE [xz|gz]: packs a folder as an initramfs whose bytes depend on the folder's contents alone:
# names in order, every time SOURCE_DATE_EPOCH, owner root (which needs no root), inodes numbered anew.
set -eu
umask 022

target=$1
work=$2
image=$3
compression=${4:-}

# The times are changed in a copy: the target folder is looked at with make's eyes.
rm -rf "$work"
mkdir -p "$work"
cp -a "$target" "$work/target"
find "$work/target" -exec touch --no-dereference --date="@${SOURCE_DATE_EPOCH:-0}" {} +

cd "$work/target"
find . -print0 | LC_ALL=C sort -z |
	cpio --null --create --quiet --format=newc --reproducible --owner=0:0 >"$image.part"
mv "$image.part" "$image"

# The kernel reads no other check of xz than crc32.
case $compression in
xz) xz -9 --threads=1 --check=crc32 --stdout "$image" >"$image.xz.part" && mv "$image.xz.part" "$image.xz" ;;
gz) gzip -9 --no-name --stdout "$image" >"$image.gz.part" && mv "$image.gz.part" "$image.gz" ;;
esac
rm -rf "$work"
