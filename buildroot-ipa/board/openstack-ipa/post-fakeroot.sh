#!/bin/sh
# Called by Buildroot under fakeroot with the target folder, just before an image is made of it.
set -eu

target=$1
# shellcheck source=/dev/null
. "$(dirname "$0")/lib.sh"

# sshd refuses keys below a folder that others may write to, whatever the umask of the build was.
chmod 0700 "$target/root"
[ ! -d "$target/root/.ssh" ] || chmod -R go-rwx "$target/root/.ssh"

run_user_script post-fakeroot.sh "$@"
