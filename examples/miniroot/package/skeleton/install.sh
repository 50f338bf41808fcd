#!/bin/sh
# install.sh ROOT TARGET: the folders and files that a system has before any program, with the settings of the environment.
set -eu
umask 022

root=$1
target=$2

for folder in bin dev etc lib proc root run sbin sys tmp usr/bin usr/sbin var/log; do
	mkdir -p "$target/$folder"
done
chmod 0700 "$target/root"
chmod 1777 "$target/tmp"

(cd "$root" && find . -type f) | while read -r file; do
	mkdir -p "$target/$(dirname "$file")"
	case $file in
	./init | *.sh | */init.d/* | */udhcpc/*) mode=0755 ;;
	*) mode=0644 ;;
	esac
	install -m "$mode" "$root/$file" "$target/$file"
done

echo "$TARGET_HOSTNAME" >"$target/etc/hostname"
printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n' "$TARGET_HOSTNAME" >"$target/etc/hosts"
printf '%s\n\n' "$ISSUE" >"$target/etc/issue"

case $ROOT_LOGIN:$ROOT_PASSWD in
y:) password= ;;
y:'$'*) password=$ROOT_PASSWD ;;
# The salt is fixed: two builds have the same bytes, and this image guards nothing.
y:*) password=$("$BUSYBOX" mkpasswd -m sha256 -S minirootsalt "$ROOT_PASSWD") ;;
*) password='*' ;;
esac
printf 'root:%s:0:0:root:/root:/bin/sh\n' "$password" >"$target/etc/passwd"
printf 'root:x:0:\n' >"$target/etc/group"

{
	echo "::sysinit:/etc/init.d/rcS"
	[ -z "$GETTY_PORT" ] || echo "$GETTY_PORT::respawn:/sbin/getty -L $GETTY_PORT $GETTY_BAUDRATE $GETTY_TERM"
	[ "$GETTY_PORT" != ttyS0 ] || echo "tty1::respawn:/sbin/getty 38400 tty1"
	echo "::ctrlaltdel:/sbin/reboot"
	echo "::shutdown:/bin/sync"
} >"$target/etc/inittab"

if [ "$DHCP" = y ]; then : >"$target/etc/dhcp-every-interface"; else rm -f "$target/etc/dhcp-every-interface"; fi
