#!/usr/bin/env python3
"""Reads a PNG file of 8-bit RGBA pixels, by the specification alone, and prints what it shows as JSON.

usage: read_png.py FILE

{size: [width, height], corner: [r, g, b, a], middle: [r, g, b, a], transparent: pixels with alpha 0}
"""

import json
import struct
import sys
import zlib
from pathlib import Path

CHANNELS = 4


def chunks(data):
    """Type and content of each chunk; their check sums are held to their content."""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        sys.exit("no PNG signature")
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        if zlib.crc32(kind + content) != checksum:
            sys.exit(f"wrong check sum in {kind}")
        yield kind, content
        at += 12 + length


def paeth(left, above, corner):
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


def unfiltered(kind, line, above):
    """A line as it was before it was filtered (PNG specification, clause 9)."""
    for i in range(len(line)):
        left = line[i - CHANNELS] if i >= CHANNELS else 0
        corner = above[i - CHANNELS] if i >= CHANNELS else 0
        predicted = (0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner))[kind]
        line[i] = (line[i] + predicted) & 255
    return line


def main():
    parts = list(chunks(Path(sys.argv[1]).read_bytes()))
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", parts[0][1])
    if (depth, colour, *rest) != (8, 6, 0, 0, 0) or parts[-1][0] != b"IEND":
        sys.exit("not 8-bit RGBA")
    data = zlib.decompress(b"".join(content for kind, content in parts if kind == b"IDAT"))
    rows, above = [], bytearray(width * CHANNELS)
    for y in range(height):
        start = y * (width * CHANNELS + 1)
        above = unfiltered(data[start], bytearray(data[start + 1 : start + 1 + width * CHANNELS]), above)
        rows.append(above)

    def pixel(x, y):
        return list(rows[y][x * CHANNELS : (x + 1) * CHANNELS])

    print(
        json.dumps(
            {
                "size": [width, height],
                "corner": pixel(0, 0),
                "middle": pixel(width // 2, height // 2),
                "transparent": sum(row[3::CHANNELS].count(0) for row in rows),
            }
        )
    )


if __name__ == "__main__":
    main()
