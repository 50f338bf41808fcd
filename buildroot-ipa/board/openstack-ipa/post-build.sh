#!/bin/sh
# Called by Buildroot with the target folder when every package is installed and the overlays are copied.
# It may run many times over the same folder, so each step also undoes what a former configuration left.
set -eu

target=$1
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

# install_if SYMBOL FILE DESTINATION: the file is there when the symbol is y, and only then.
install_if() {
	if config_enabled "$1"; then
		install -D -m 0644 "$here/files/$2" "$target/$3"
	else
		rm -f "$target/$3"
	fi
}

units=etc/systemd/system
install_if BR2_IPA_BR_DHCP_ALL_NICS 80-ipa-dhcp.network etc/systemd/network/80-ipa-dhcp.network
install_if BR2_IPA_BR_DHCP_ALL_NICS 10-ipa-any.conf $units/systemd-networkd-wait-online.service.d/10-ipa-any.conf

getty=$target/$units/getty.target.wants/getty@tty1.service
if config_enabled BR2_IPA_BR_VGA_CONSOLE; then
	mkdir -p "$(dirname "$getty")"
	ln -sf /usr/lib/systemd/system/getty@.service "$getty"
else
	rm -f "$getty"
fi

# Buildroot writes root's password anew before each run of this script. "*" fits no password, and unlike "!" it does not
# make sshd refuse keys.
login=development
if config_enabled BR2_IPA_BR_LOGIN_PRODUCTION; then
	login=production
	sed -i 's/^root:[^:]*:/root:*:/' "$target/etc/shadow"
fi
mkdir -p "$target/etc/ipa-br"
printf '# Written by post-build.sh from BR2_IPA_BR_LOGIN_*.\nlogin=%s\n' "$login" >"$target/etc/ipa-br/login.conf"

# GRUB's package leaves the menu of a disk that this image does not have.
rm -rf "$target/boot/grub"

# kbd packs its fonts and keyboard maps with the time in each file.
for folder in consolefonts consoletrans keymaps unimaps; do
	[ -d "$target/usr/share/$folder" ] || continue
	# shellcheck disable=SC2016
	find "$target/usr/share/$folder" -type f -name '*.gz' -exec sh -euc '
		for file; do
			gzip -dc "$file" | gzip -9n >"$file.new"
			touch -r "$file" "$file.new"
			cat "$file.new" >"$file"
			touch -r "$file.new" "$file"
			rm "$file.new"
		done' sh {} +
done

# No date in it: two builds of the same configuration have the same bytes.
{
	printf 'NAME="%s"\n' "OpenStack Ironic Python Agent ramdisk"
	printf 'VARIANT="%s"\n' "$(config_string BR2_IPA_BR_VARIANT)"
	printf 'PROFILE="%s"\n' "$(config_string BR2_IPA_BR_PROFILE)"
	printf 'LOGIN="%s"\n' "$login"
	printf 'REQUIREMENTS_RELEASE="%s"\n' "$(config_string BR2_IPA_BR_REQUIREMENTS_RELEASE)"
	printf 'AGENT="%s"\n' "$(config_string BR2_PACKAGE_PYTHON_IRONIC_PYTHON_AGENT_REPORTED_VERSION)"
	printf 'BUILT_WITH="%s"\n' "${BR2_VERSION_FULL:-unknown}"
	printf 'KERNEL="%s"\n' "$(config_string BR2_LINUX_KERNEL_VERSION)"
} >"$target/etc/ipa-br-release"

if [ -n "${IPA_BR_USER_DIR:-}" ] && [ -d "$IPA_BR_USER_DIR/overlay" ]; then
	rsync -a --exclude .gitkeep --no-owner --no-group --keep-dirlinks "$IPA_BR_USER_DIR/overlay/" "$target/"
fi
run_user_script post-build.sh "$@"
