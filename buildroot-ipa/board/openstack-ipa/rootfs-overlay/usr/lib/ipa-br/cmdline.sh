# shellcheck shell=sh
# Sourced by the scripts beside it: the kernel command line with the quotes that the kernel itself understands.

# Prints the parameters of the command line in file $1, one a line, without their quotes. Double quotes may stand around
# a whole parameter or around a value; white space inside of them is kept.
cmdline_parameters() {
	rest=$(cat "$1")
	while [ -n "$rest" ]; do
		case $rest in
		[[:space:]]*)
			rest=${rest#?}
			continue
			;;
		esac
		parameter=
		while [ -n "$rest" ]; do
			case $rest in
			[[:space:]]*) break ;;
			\"*)
				rest=${rest#?}
				part=${rest%%\"*}
				case $rest in
				*\"*) rest=${rest#*\"} ;;
				*) rest= ;;
				esac
				;;
			*)
				part=${rest%%[\"[:space:]]*}
				rest=${rest#"$part"}
				;;
			esac
			parameter=$parameter$part
		done
		printf '%s\n' "$parameter"
	done
}

# Prints the values of parameter $2, one a line: "" where it stands alone.
cmdline_values() {
	cmdline_parameters "$1" | while IFS= read -r parameter; do
		case $parameter in
		"$2") echo ;;
		"$2="*) printf '%s\n' "${parameter#*=}" ;;
		esac
	done
}

# Succeeds when parameter $2 is there and does not say no; the last one counts.
cmdline_enabled() {
	values=$(cmdline_values "$1" "$2" && echo end)
	[ "$values" != end ] || return 1
	value=$(printf '%s\n' "$values" | sed '$d' | tail -n 1)
	case $value in
	0 | n | no | N | NO | No | off | false | False | FALSE) return 1 ;;
	esac
}
