#!/bin/sh
# Joins the fragments beside this script, in the order of their names, into ../linux.config (or the file named).
# Buildroot is given the joined file, not the fragments: linux-update-defconfig refuses to save where fragments are in use.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../linux.config}

{
	printf '# Joined from linux/*.config by linux/merge.sh; "make linux-update-defconfig" replaces it by a minimal one.\n'
	for fragment in "$here"/*.config; do
		printf '\n# --- %s\n' "$(basename "$fragment")"
		cat "$fragment"
	done
} >"$out"
