# shellcheck shell=sh
# Sourced by the scripts beside it. Buildroot exports BR2_CONFIG, the path of the .config in use; external.mk exports
# IPA_BR_USER_DIR.

# Succeeds when the boolean symbol $1 is y.
config_enabled() {
	grep -q "^$1=y\$" "$BR2_CONFIG"
}

# Prints the text of the string symbol $1, or nothing when it has no value.
config_string() {
	sed -n "s/^$1=\"\(.*\)\"\$/\1/p" "$BR2_CONFIG"
}

# Runs the user's script $1, if there is one, with the other arguments.
run_user_script() {
	script=${IPA_BR_USER_DIR:-}/$1
	shift
	[ -n "${IPA_BR_USER_DIR:-}" ] && [ -e "$script" ] || return 0
	"$script" "$@"
}
