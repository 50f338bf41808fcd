#!/bin/sh
# list-defconfigs.sh TITLE TREE: the defconfigs of a tree below a title; nothing for a tree without any.
set -eu

title=$1
configs=$2/configs

for file in "$configs"/*_defconfig; do
	[ -f "$file" ] || continue
	[ -z "$title" ] || printf '%s\n' "$title"
	title=
	name=$(basename "$file")
	printf '  %-35s - Build for %s\n' "$name" "${name%_defconfig}"
done
[ -n "$title" ] || echo
