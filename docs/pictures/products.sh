#!/usr/bin/env bash
# Draws docs/pictures/products.png, four of the products that ship, each as one assembled STL; and the pictures of the
# products' own pages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
models=$(mktemp -d)
trap 'rm -rf "$models"' EXIT

# model NAME COLOUR ARGUMENTS...: makes one product and remembers it for the picture.
tiles=()
model() {
  local name=$1 colour=$2
  shift 2
  build/bin/fitwright make "$name" "$@" --force --pose assembled -o "$models/$name.stl" >/dev/null
  tiles+=("$models/$name.stl=$colour")
}

model bookshelf "#d9b382" --set width=912 --set shelves=4
model enclosure "#8fa3b5"
model organiser "#9bbf9b"
model knob "#5d6670" --set mark=yes
/usr/bin/python3 docs/pictures/draw.py docs/pictures/products.png "${tiles[@]}"

for picture in templates/products/*/README.md; do
  grep -q '(picture.png)' "$picture" || continue
  folder=${picture%/README.md}
  build/bin/fitwright render "${folder##*/}" --size 420x300 -o "$models/picture.png"
  /usr/bin/python3 -c 'import sys; from PIL import Image; Image.open(sys.argv[1]).convert("RGB").quantize(64).save(sys.argv[2], optimize=True)' \
    "$models/picture.png" "$folder/picture.png"
done
