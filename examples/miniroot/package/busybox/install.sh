#!/bin/sh
# install.sh FOLDER TARGET: BusyBox, and a link for each of its applets.
set -eu
umask 022

folder=$1
target=$2

mkdir -p "$target/bin"
install -m 0755 "$folder/busybox" "$target/bin/busybox"
while read -r applet; do
	case $applet in
	bin/busybox) continue ;;
	*/*) ;;
	*) ln -sfn /bin/busybox "$target/$applet" && continue ;;
	esac
	[ -d "$target/${applet%/*}" ] || mkdir -p "$target/${applet%/*}"
	ln -sfn /bin/busybox "$target/$applet"
done <"$folder/applets"
