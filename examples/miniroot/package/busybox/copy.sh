#!/bin/sh
# copy.sh PROGRAM FOLDER: copies a BusyBox that needs no shared library, and refuses any other.
set -eu

program=$1
folder=$2

if [ ! -x "$program" ]; then
	echo "error: $program is missing; install it: apt-get install busybox-static" >&2
	exit 1
fi
if ! LC_ALL=C ldd "$program" 2>&1 | grep -q -e 'not a dynamic executable' -e 'statically linked'; then
	echo "error: $program needs shared libraries; install the static one: apt-get install busybox-static" >&2
	exit 1
fi
install -m 0755 "$program" "$folder/busybox"
