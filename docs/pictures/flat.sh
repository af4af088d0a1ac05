#!/usr/bin/env bash
# Draws the pictures of the flat products and of docs/joints.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

draw() {
  local name=$1
  shift
  build/bin/fitwright render "$@" -o "docs/pictures/$name.png"
}

draw desk desk --size 560x400
draw finger_box finger_box --preset resistors --size 560x400
draw coupon coupon --size 560x320
draw joints docs/pictures/joints --size 900x360
