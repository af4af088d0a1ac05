#!/usr/bin/env python3
"""Draws binary STL files side by side into one PNG: shaded faces, hidden surfaces removed, edges inked.

usage: draw.py OUT.png MODEL.stl=#rrggbb ...

The picture in README.md comes from docs/pictures/products.sh. Needs nothing but Python.
"""

import math
import struct
import sys
import zlib

TILE_WIDTH, TILE_HEIGHT, MARGIN = 420, 520, 24
SAMPLES = 2  # per pixel and direction
TURN, TILT = math.radians(-32), math.radians(24)
LIGHT = (-0.35, -0.75, 0.56)
PAPER, INK = (255, 255, 255), 0.45


def read_stl(path):
    with open(path, "rb") as file:
        data = file.read()
    (count,) = struct.unpack_from("<I", data, 80)
    for i in range(count):
        values = struct.unpack_from("<9f", data, 84 + 50 * i + 12)
        yield values[0:3], values[3:6], values[6:9]


def to_view(point):
    """Right, up and towards the viewer, looking at the front from the right and above."""
    x, y, z = point
    right = math.cos(TURN) * x - math.sin(TURN) * y
    away = math.sin(TURN) * x + math.cos(TURN) * y
    return (right, math.cos(TILT) * z + math.sin(TILT) * away, math.sin(TILT) * z - math.cos(TILT) * away)


def unit_normal(a, b, c):
    u, v = [b[i] - a[i] for i in range(3)], [c[i] - a[i] for i in range(3)]
    n = (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
    size = math.hypot(*n)
    return tuple(x / size for x in n) if size else None


class Tile:
    """Nearest depth and normal of each sample."""

    def __init__(self, triangles):
        self.width, self.height = TILE_WIDTH * SAMPLES, TILE_HEIGHT * SAMPLES
        self.depth = [-math.inf] * (self.width * self.height)
        self.normal = [None] * (self.width * self.height)
        viewed = [([to_view(p) for p in triangle], unit_normal(*triangle)) for triangle in triangles]
        points = [p for triangle, _ in viewed for p in triangle]
        low = [min(p[i] for p in points) for i in range(2)]
        high = [max(p[i] for p in points) for i in range(2)]
        room = (TILE_WIDTH - 2 * MARGIN, TILE_HEIGHT - 2 * MARGIN)
        self.scale = SAMPLES * min(room[i] / (high[i] - low[i]) for i in range(2))
        for triangle, normal in viewed:
            if normal:
                self.fill([self.to_pixel(p, low, high) for p in triangle], normal)

    def to_pixel(self, p, low, high):
        x = self.width / 2 + (p[0] - (low[0] + high[0]) / 2) * self.scale
        y = self.height / 2 - (p[1] - (low[1] + high[1]) / 2) * self.scale
        return x, y, p[2] * self.scale

    def fill(self, corners, normal):
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = corners
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        if area >= 0:  # seen from behind: pixels count downwards
            return
        for y in range(math.ceil(min(ay, by, cy) - 0.5), math.floor(max(ay, by, cy) - 0.5) + 1):
            for x in range(math.ceil(min(ax, bx, cx) - 0.5), math.floor(max(ax, bx, cx) - 0.5) + 1):
                px, py = x + 0.5, y + 0.5
                u = ((bx - px) * (cy - py) - (cx - px) * (by - py)) / area
                v = ((cx - px) * (ay - py) - (ax - px) * (cy - py)) / area
                if u < 0 or v < 0 or u + v > 1:
                    continue
                z = u * az + v * bz + (1 - u - v) * cz
                at = y * self.width + x
                if z > self.depth[at]:
                    self.depth[at], self.normal[at] = z, normal

    def on_edge(self, at):
        """True where the surface bends or breaks towards the sample to the right or below."""
        for other in (at + 1, at + self.width):
            if other >= len(self.normal):
                continue
            here, there = self.normal[at], self.normal[other]
            if (here is None) != (there is None):
                return True
            if here and (sum(p * q for p, q in zip(here, there)) < 0.9 or abs(self.depth[at] - self.depth[other]) > 12):
                return True
        return False

    def colour(self, at, base):
        normal = self.normal[at]
        light = 1.0
        if normal:
            light = 0.62 + 0.38 * max(0.0, sum(n * l for n, l in zip(normal, LIGHT))) + 0.10 * max(0.0, normal[2])
        if self.on_edge(at):
            light *= INK
        return [min(255.0, part * light) for part in (base if normal else PAPER)]

    def rows(self, base):
        """Pixels as rows of RGB bytes, averaged over the samples."""
        for y in range(TILE_HEIGHT):
            row = bytearray()
            for x in range(TILE_WIDTH):
                total = [0.0, 0.0, 0.0]
                for sy in range(SAMPLES):
                    for sx in range(SAMPLES):
                        sample = self.colour((y * SAMPLES + sy) * self.width + x * SAMPLES + sx, base)
                        total = [t + s for t, s in zip(total, sample)]
                row.extend(round(t / SAMPLES**2) for t in total)
            yield bytes(row)


def write_png(path, width, rows):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    raw = b"".join(b"\0" + row for row in rows)
    header = struct.pack(">IIBBBBB", width, len(raw) // (3 * width + 1), 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b""))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    tiles = []
    for argument in sys.argv[2:]:
        path, colour = argument.rsplit("=#", 1)
        base = [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
        tiles.append(list(Tile(list(read_stl(path))).rows(base)))
    write_png(sys.argv[1], TILE_WIDTH * len(tiles), [b"".join(row) for row in zip(*tiles)])


if __name__ == "__main__":
    main()
