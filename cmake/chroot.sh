# shellcheck shell=bash
# Chroots of Debian, for the scripts beside this one, which source it. They run as root in a mount namespace of their
# own (unshare --mount --pid --fork --kill-child): mounts and processes vanish with it, however it ends.

# The mirror that this machine already uses; debootstrap knows a default for the rest.
mirror() {
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u | grep -m1 -E '/debian/?$' || true
}

# bootstrap FOLDER SUITE: a minimal Debian in a folder that is kept for the next time.
bootstrap() {
  mount --make-rprivate /
  if [ ! -e "$1/ready" ]; then
    rm -rf "$1"
    mkdir -p "$1"
    debootstrap --variant=minbase --include=ca-certificates "$2" "$1" "$(mirror)" >&2
    touch "$1/ready"
  fi
}

# make_live FOLDER: what a system needs to run in there.
make_live() {
  cp /etc/resolv.conf "$1/etc/resolv.conf"
  mount -t proc proc "$1/proc"
}

# inside FOLDER [NAME=VALUE...] COMMAND...: runs it there, with a plain environment.
inside() {
  local root=$1
  shift
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} "$@" </dev/null
}
