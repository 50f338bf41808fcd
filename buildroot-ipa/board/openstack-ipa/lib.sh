# Sourced by the scripts beside it. Buildroot exports BR2_CONFIG, the path of the .config in use.

# Succeeds when the boolean symbol $1 is y.
config_enabled() {
	grep -q "^$1=y\$" "$BR2_CONFIG"
}

# Prints the text of the string symbol $1, or nothing when it has no value.
config_string() {
	sed -n "s/^$1=\"\(.*\)\"\$/\1/p" "$BR2_CONFIG"
}
