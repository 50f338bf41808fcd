/**
 * A shell script that stands in for a program of the toolchain. `commands` find the toolchain's folder in `$toolchain`, also where the
 * script is started through a link; `up` is the way to it from the script's own folder.
 */
export function wrapperScript(comment: string, up: string, commands: string): string {
  return `#!/bin/sh
# ${comment}
self=$0
[ ! -L "$self" ] || self=$(readlink -f -- "$self")
case $self in */*) ;; *) self=./$self ;; esac
toolchain=\${self%/*}/${up}
${commands}`;
}
