#!/usr/bin/env bash
# Builds and tests in a Debian 13 chroot: debian13.sh FOLDER [CTEST ARGS] <source.tar
# Run as root in a mount namespace of its own (unshare --mount --pid --fork): the mounts made here vanish
# with the process, however it ends. The chroot, its packages and its build folder are kept for the next time.
set -euo pipefail

root=$1
shift

# The mirror that this machine already uses; debootstrap knows a default for the rest.
mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u | grep -m1 -E '/debian/?$' || true
}

mount --make-rprivate /
if [ ! -e "$root/ready" ]; then
  rm -rf "$root"
  mkdir -p "$root"
  debootstrap --variant=minbase --include=ca-certificates trixie "$root" "$(mirror)" >&2
  touch "$root/ready"
fi

mkdir -p "$root/src"
find "$root/src" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
tar -x -C "$root/src" --no-same-owner
cp /etc/resolv.conf "$root/etc/resolv.conf"
mount -t proc proc "$root/proc"

exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 CI=true \
  ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
  /src/dev test "$@" </dev/null
