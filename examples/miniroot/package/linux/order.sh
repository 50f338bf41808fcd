#!/bin/sh
# order.sh FOLDER: from FOLDER/depends, writes the modules.dep that modprobe reads, and load-order, the names so that each comes
# after those it depends on.
set -eu

folder=$1
version=$(ls "$folder/modules")
kept=$folder/modules/$version

awk -v dep="$kept/modules.dep" -v order="$kept/load-order" '
	{ names[NR] = $1; path[$1] = $2; direct[$1] = $3 }
	function visit(name,   parts, count, i) {
		if (name in seen || !(name in path)) return
		seen[name] = 1
		count = split(direct[name], parts, ",")
		for (i = 1; i <= count; i++) visit(parts[i])
		list[++length_] = name
	}
	END {
		for (n = 1; n <= NR; n++) visit(names[n])
		for (i = 1; i <= length_; i++) print list[i] > order
		for (n = 1; n <= NR; n++) {
			split("", seen); split("", list); length_ = 0
			visit(names[n])
			line = path[names[n]] ":"
			for (i = length_ - 1; i >= 1; i--) line = line " " path[list[i]]
			print line > dep
		}
	}
' "$folder/depends"
