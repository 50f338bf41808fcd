#!/bin/sh
# extract.sh DEB FOLDER MODULE...: takes the kernel and the named modules, with those they depend on, out of a kernel's package.
# Leaves FOLDER/vmlinuz, FOLDER/modules/VERSION/kernel/... and FOLDER/depends, a line "name path dependency,dependency" each.
set -eu
umask 022

deb=$1
folder=$2
shift 2

all=$folder/unpacked
rm -rf "$all" "$folder/modules" "$folder/depends"
mkdir -p "$all"
dpkg-deb --fsys-tarfile "$deb" |
	tar -x -C "$all" --no-same-owner --wildcards './boot/vmlinuz-*' '*lib/modules/*/kernel/*' '*lib/modules/*/modules.builtin'

cp "$all"/boot/vmlinuz-* "$folder/vmlinuz"
lib=$(find "$all" -type d -path '*lib/modules' -prune)
version=$(ls "$lib")
kept=$folder/modules/$version
mkdir -p "$kept"

# "name path", with the kernel's own spelling of names: _ and - are the same.
(cd "$lib/$version" && find kernel -name '*.ko*') |
	awk '{ name = $0; sub(/.*\//, "", name); sub(/\.ko.*/, "", name); gsub(/-/, "_", name); print name, $0 }' >"$folder/index"

: >"$folder/depends"
todo=$(echo "$*" | tr - _)
while [ -n "$todo" ]; do
	later=
	for name in $todo; do
		! grep -q "^$name " "$folder/depends" || continue
		path=$(sed -n "s/^$name //p" "$folder/index")
		if [ -z "$path" ]; then
			if tr - _ <"$lib/$version/modules.builtin" | grep -q "/$name\.ko\$"; then continue; fi
			echo "error: the kernel $version has no module $name" >&2
			exit 1
		fi
		mkdir -p "$kept/$(dirname "$path")"
		case $path in
		*.ko) cp "$lib/$version/$path" "$kept/$path" ;;
		*.ko.xz) xz --decompress --stdout "$lib/$version/$path" >"$kept/${path%.xz}" && path=${path%.xz} ;;
		*.ko.gz) gzip --decompress --stdout "$lib/$version/$path" >"$kept/${path%.gz}" && path=${path%.gz} ;;
		*) echo "error: cannot read $path of the kernel's package" >&2; exit 1 ;;
		esac
		depends=$(tr '\0' '\n' <"$kept/$path" | sed -n 's/^depends=//p' | head -n 1 | tr - _)
		echo "$name $path $depends" >>"$folder/depends"
		later="$later $(echo "$depends" | tr , ' ')"
	done
	todo=$(echo "$later" | xargs)
done

rm -rf "$all" "$folder/index"
