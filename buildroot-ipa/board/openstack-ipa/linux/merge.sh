#!/bin/sh
# Joins the fragments of the folders beside this script into one file per profile, in the order of the fragments' names.
# Buildroot is given the joined file, not the fragments: linux-update-defconfig refuses to save where fragments are in use.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/..}

join() {
	name=$1
	shift
	{
		printf '# Joined from linux/{%s} by linux/merge.sh: change the fragments, not this file.\n' "$(echo "$@" | tr ' ' ',')"
		for folder in "$@"; do
			for fragment in "$here/$folder"/*.config; do
				printf '%s %s\n' "$(basename "$fragment")" "$folder"
			done
		done | LC_ALL=C sort | while read -r fragment folder; do
			printf '\n# --- %s/%s\n\n' "$folder" "$fragment"
			cat "$here/$folder/$fragment"
		done
	} >"$out/linux-$name.config"
}

join vm base x86_64
join server base x86_64 server
join aarch64-vm base aarch64
