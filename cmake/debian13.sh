#!/usr/bin/env bash
# Builds and tests in a Debian 13 chroot: debian13.sh FOLDER [CTEST ARGS] <source.tar
# Run it as chroot.sh says. The chroot, its packages and its build folder are kept for the next time.
set -euo pipefail
# shellcheck source=cmake/chroot.sh
. "$(dirname "${BASH_SOURCE[0]}")/chroot.sh"

root=$1
shift

bootstrap "$root" trixie
mkdir -p "$root/src"
find "$root/src" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
# As of now (-m): a source that changed before its last object was made would count as built; the cache knows the rest.
tar -x -m -C "$root/src" --no-same-owner
make_live "$root"
inside "$root" CI=true /src/dev test "$@"
