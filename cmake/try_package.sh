#!/usr/bin/env bash
# Installs, uses and purges the package in a minimal Debian: try_package.sh FOLDER SUITE PACKAGE.deb
# Run it as chroot.sh says. FOLDER keeps the minimal system and the packages it was given; the system that is tried is a
# copy in memory, so each run begins with a clean one. The X server runs outside it: nothing that a display brings along
# can stand in for what the package should have asked for.
set -euo pipefail
# shellcheck source=cmake/chroot.sh
. "$(dirname "${BASH_SOURCE[0]}")/chroot.sh"

folder=$1 suite=$2 package=$3
clean=$folder/$suite archives=$folder/$suite-packages root=$folder/try

step() { printf '\n== %s\n' "$*"; }
try() {
  printf '$ %s\n' "$*"
  inside "$root" "$@"
}
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
install_packages() {
  inside "$root" DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 \
    install --no-install-recommends "$@"
}

# Copies the minimal system into memory and makes it live.
prepare() {
  bootstrap "$clean" "$suite"
  mkdir -p "$root" "$archives/partial"
  mount -t tmpfs -o mode=755,size=8g tmpfs "$root"
  cp -a "$clean/." "$root"
  make_live "$root"
  mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
  mount --bind "$archives" "$root/var/cache/apt/archives"
  cp "$package" "$root/root/"
  inside "$root" apt-get -q update
}

use_command_line() {
  try fitwright --version
  try fitwright list
  try fitwright make bookshelf -o /tmp/x.stl -o /tmp/x.step
  try fitwright make knob --isolated -o /tmp/mine.fitwright
  try fitwright check /tmp/mine.fitwright
  try fitwright render knob -o /tmp/k.png
  ls -l "$root"/tmp/x.stl "$root"/tmp/x.step "$root"/tmp/mine.fitwright "$root"/tmp/k.png
}

# Prints the number of a display that is nobody else's.
start_display() {
  mkdir -p "$root/tmp/.X11-unix"
  mount -t tmpfs -o mode=1777 tmpfs /tmp/.X11-unix
  mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
  Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$root/tmp/display" 2>/dev/null >&2 &
  for _ in $(seq 100); do
    if [ -s "$root/tmp/display" ]; then return; fi
    sleep 0.1
  done
  die "Xvfb did not start"
}

# A signal ends the app as the end of a desktop session does; its engine must not outlive it.
use_app() {
  local app
  try fitwright-app --version
  start_display
  printf '$ fitwright-app /tmp/mine.fitwright\n'
  inside "$root" DISPLAY=":$(cat "$root/tmp/display")" HOME=/tmp/home \
    sh -c 'echo $$ >/tmp/app.pid; exec fitwright-app /tmp/mine.fitwright --probe /tmp/probe.json' &
  wait_for "the app shows the design" grep -qs '"has_model": *true' "$root/tmp/probe.json"
  app=$(cat "$root/tmp/app.pid")
  kill "$app"
  wait_for "the app and its engine end" no_process_of_ours
}

# wait_for WHAT COMMAND...: until it succeeds, half a minute at most.
wait_for() {
  local what=$1
  shift
  for _ in $(seq 300); do
    if "$@"; then
      printf '%s\n' "$what"
      return
    fi
    sleep 0.1
  done
  die "in half a minute it did not happen that $what"
}

no_process_of_ours() { ! grep -qs fitwright "$root"/proc/[0-9]*/comm; }

# Debian's databases of file types and menu entries learn of the package, by triggers of the packages that keep them.
use_desktop() {
  install_packages shared-mime-info desktop-file-utils
  grep -H fitwright "$root/usr/share/mime/globs2" "$root/usr/share/applications/mimeinfo.cache"
}

purge() {
  local left
  inside "$root" apt-get -q -y -o Dpkg::Use-Pty=0 purge fitwright
  left=$(find "$root" -xdev -iname '*fitwright*' ! -path "$root/root/*" ! -path "$root/tmp/*"
    grep -ls fitwright "$root/usr/share/mime/globs2" "$root/usr/share/applications/mimeinfo.cache" || true)
  [ -z "$left" ] || die "purging left: $left"
  printf 'nothing of it is left\n'
}

prepare
step "Install"
install_packages "/root/$(basename "$package")"
# shellcheck disable=SC2016
inside "$root" dpkg-query -W -f '${Package} ${Version}: ${Installed-Size} kB installed\n' fitwright
step "Command line"
use_command_line
step "App"
use_app
step "Desktop"
use_desktop
step "Purge"
purge
