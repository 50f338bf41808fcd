#!/bin/sh
# Called by Buildroot with the target folder when every package is installed and the overlays are copied.
# It may run many times over the same folder, so each step also undoes what a former configuration left.
set -eu

target=$1
here=$(dirname "$0")
# shellcheck source=/dev/null
. "$here/lib.sh"

network=$target/etc/systemd/network/80-ipa-dhcp.network
online=$target/etc/systemd/system/systemd-networkd-wait-online.service.d/10-ipa-any.conf
if config_enabled BR2_IPA_BR_DHCP_ALL_NICS; then
	mkdir -p "$(dirname "$network")" "$(dirname "$online")"
	install -m 0644 "$here/files/80-ipa-dhcp.network" "$network"
	install -m 0644 "$here/files/10-ipa-any.conf" "$online"
else
	rm -f "$network" "$online"
fi

getty=$target/etc/systemd/system/getty.target.wants/getty@tty1.service
if config_enabled BR2_IPA_BR_VGA_CONSOLE; then
	mkdir -p "$(dirname "$getty")"
	ln -sf /usr/lib/systemd/system/getty@.service "$getty"
else
	rm -f "$getty"
fi

# No date in it: two builds of the same configuration have the same bytes.
{
	printf 'NAME="%s"\n' "OpenStack Ironic Python Agent ramdisk"
	printf 'VARIANT="%s"\n' "$(config_string BR2_IPA_BR_VARIANT)"
	printf 'BUILT_WITH="%s"\n' "${BR2_VERSION_FULL:-unknown}"
	printf 'KERNEL="%s"\n' "$(config_string BR2_LINUX_KERNEL_VERSION)"
} >"$target/etc/ipa-br-release"
