#!/usr/bin/env python3
"""Puts cut parts together again and looks for overlaps and gaps.

usage: refold.py FOLDER

Each folder in FOLDER holds setting.json and a DXF for each part. The region that the cutter leaves of a part is what
lies inside its path less half the kerf; boards are that region times their thickness, placed by their poses, which are
square to the axes. Held to be true of every setting:

- no two boards share more than a thousandth of a cubic millimetre;
- two boards with a mate stop each other, in each of the six directions, either where they touch already, or after
  exactly the mate's clearance, or not at all; and in as many directions as the joint promises.

The volume that two boards have in common is exact: for boards of one direction the area of an intersection times a
length; for others the integral, along the direction they share, of the product of two widths that are linear between
corners.
"""

import json
import math
import pathlib
import sys

import ezdxf
import numpy as np
from shapely.affinity import affine_transform, translate
from shapely.geometry import Polygon, box

NOTHING = 1e-3  # mm3
STEP = 0.02  # mm: to within this a play is the one stated
FURTHER = (0.05, 0.1, 0.2, 0.4, 0.7)  # mm: stopped here only, a board has more play than stated
REACH = 2  # mm: more than any board is moved
ARC = math.radians(2)

# In how many of six directions at least a pair of boards stops each other, by the joint between them: tabs and lapped
# boards in five, fingers in four, boards that only touch in one.
DIRECTIONS = {
    "desk": {("leg", "top"): 5, ("stretcher", "leg"): 5, ("stretcher", "top"): 5, ("wedge", "stretcher"): 3,
             ("wedge", "leg"): 1},
    "finger_box": {("bottom", "front"): 4, ("bottom", "back"): 4, ("bottom", "side"): 4, ("front", "side"): 4,
                   ("back", "side"): 4, ("ledge", "side"): 5, ("ledge", "front"): 1, ("ledge", "back"): 1,
                   ("lid", "ledge"): 1, ("lid", "side"): 1, ("lid", "back"): 1, ("lid", "front"): 1,
                   ("divider_deep", "front"): 5, ("divider_deep", "back"): 5, ("divider_wide", "side"): 5,
                   ("divider_deep", "bottom"): 1, ("divider_wide", "bottom"): 1,
                   ("divider_deep", "divider_wide"): 5},
}
# Not judged: along x, the slot for a wedge begins inside the leg, so that the wedge bears on the leg and not on the
# slot's end; along y a wedge is stopped by its taper, and shares too little with the tab to be seen after one step.
BY_DESIGN = {("wedge", "stretcher", 0), ("wedge", "stretcher", 1)}


def flattened(entity):
    """The corners of a closed polyline, arcs in chords."""
    if entity.dxftype() == "CIRCLE":
        c, r = entity.dxf.center, entity.dxf.radius
        n = 180
        return [(c.x + r * math.cos(2 * math.pi * i / n), c.y + r * math.sin(2 * math.pi * i / n)) for i in range(n)]
    rows = list(entity.get_points("xyb"))
    assert entity.closed
    points = []
    for (x, y, bulge), (x2, y2, _) in zip(rows, rows[1:] + rows[:1]):
        points.append((x, y))
        if abs(bulge) < 1e-12:
            continue
        sweep = 4 * math.atan(bulge)
        # The centre lies off the middle of the chord, to its left for a counter-clockwise arc of less than half a turn.
        off = (1 - bulge * bulge) / (4 * bulge)
        cx, cy = (x + x2) / 2 - (y2 - y) * off, (y + y2) / 2 + (x2 - x) * off
        r, start = math.hypot(x - cx, y - cy), math.atan2(y - cy, x - cx)
        n = max(2, math.ceil(abs(sweep) / ARC))
        points += [(cx + r * math.cos(start + sweep * i / n), cy + r * math.sin(start + sweep * i / n))
                   for i in range(1, n)]
    return points


def left_by_cutter(path, kerf, round_bit):
    """The region of a part: inside the outer path and outside the inner ones, by more than half the kerf. A bit is
    round; a beam's radius in inner corners is left out of account."""
    outside, inside = [], []
    for entity in ezdxf.readfile(path).modelspace():
        layer = entity.dxf.layer
        if layer == "CUT_OUTSIDE":
            outside.append(Polygon(flattened(entity)))
        elif layer == "CUT_INSIDE" or layer.startswith("DRILL"):
            inside.append(Polygon(flattened(entity)))
        else:
            raise ValueError(f"{path}: layer {layer} is not expected")
    assert len(outside) == 1
    style = dict(join_style=1, resolution=16) if round_bit else dict(join_style=2, mitre_limit=10)
    region = outside[0].buffer(-kerf / 2, **style) if kerf else outside[0]
    for hole in inside:
        region = region.difference(hole.buffer(kerf / 2, **style) if kerf else hole)
    region = region.simplify(1e-4)  # mm: a bit's arcs come in thousands of chords
    assert region.geom_type == "Polygon" and region.is_valid, path
    return region


class Board:
    """A copy of a part in its place: a polygon over two of the axes, an interval along the third."""

    def __init__(self, name, region, z, pose):
        columns = np.array(pose, float)
        axes = columns[:3]
        assert np.allclose(np.abs(axes).sum(axis=1), 1) and np.allclose(np.abs(axes).max(axis=1), 1)
        self.name = name
        self.normal = int(np.argmax(np.abs(axes[2])))
        self.plane = [a for a in range(3) if a != self.normal]
        u, v = self.plane
        origin = columns[3]
        ends = [origin[self.normal] + axes[2][self.normal] * s for s in z]
        self.span = (min(ends), max(ends))
        self.region = affine_transform(region, [axes[0][u], axes[1][u], axes[0][v], axes[1][v], origin[u], origin[v]])
        b = self.region.bounds
        self.low, self.high = np.zeros(3), np.zeros(3)
        self.low[[u, v]], self.high[[u, v]] = b[:2], b[2:]
        self.low[self.normal], self.high[self.normal] = self.span

    def near_to(self, other):
        """What of it lies within a millimetre or two of the other's extent; None when nothing does."""
        low, high = other.low - REACH, other.high + REACH
        if np.any(self.low > high) or np.any(self.high < low):
            return None
        u, v = self.plane
        part = Board.__new__(Board)
        part.__dict__ = dict(self.__dict__)
        part.region = self.region.intersection(box(low[u], low[v], high[u], high[v]))
        return None if part.region.is_empty else part

    def moved(self, axis, by):
        other = Board.__new__(Board)
        other.__dict__ = dict(self.__dict__)
        step = np.zeros(3)
        step[axis] = by
        other.low, other.high = self.low + step, self.high + step
        if axis == self.normal:
            other.span = (self.span[0] + by, self.span[1] + by)
        else:
            u, v = self.plane
            other.region = translate(self.region, step[u], step[v])
        return other


def near(a, b, gap):
    return bool(np.all(a.low < b.high + gap) and np.all(b.low < a.high + gap))


def rings(region):
    """Edges of all rings as x1, y1, x2, y2, the region to their left."""
    polygons = [region] if region.geom_type == "Polygon" else [g for g in getattr(region, "geoms", [])
                                                               if g.geom_type == "Polygon"]
    edges = []
    for polygon in polygons:
        for ring, ccw in [(polygon.exterior, True)] + [(r, False) for r in polygon.interiors]:
            points = np.array(ring.coords)[:, :2]
            if ring.is_ccw != ccw:
                points = points[::-1]
            edges.append(np.hstack([points[:-1], points[1:]]))
    return np.vstack(edges) if edges else np.zeros((0, 4))


def widths(edges, along, places):
    """How much of a line across axis `along` (0 or 1) lies inside the rings, between each place and the next: as
    constant and slope. All corners of the rings are among the places."""
    low, high = edges[:, along], edges[:, 2 + along]
    rise = high - low
    steep = np.abs(rise) > 1e-6  # the others lie between places too near to count
    edges, low, high, rise = edges[steep], low[steep], high[steep], rise[steep]
    other = 1 - along
    # Counter-clockwise, edges on the right go up in y; seen along x they go down.
    sign = np.sign(rise) * (1 if along == 1 else -1)
    slope = (edges[:, 2 + other] - edges[:, other]) / rise
    terms = (sign * (edges[:, other] - slope * low), sign * slope)
    first = np.searchsorted(places, np.minimum(low, high))
    last = np.searchsorted(places, np.maximum(low, high))
    sums = []
    for term in terms:
        change = np.zeros(len(places))
        np.add.at(change, first, term)
        np.add.at(change, last, -term)
        sums.append(np.cumsum(change)[:-1])
    return sums


def shared_volume(a, b):
    if not near(a, b, 0):
        return 0.0
    if a.normal == b.normal:
        return a.region.intersection(b.region).area * max(0, min(a.span[1], b.span[1]) - max(a.span[0], b.span[0]))
    common = 3 - a.normal - b.normal
    parts = []
    for one, other in ((a, b), (b, a)):
        across = one.plane.index(other.normal)
        low, high = [-1e6, -1e6], [1e6, 1e6]
        low[across], high[across] = other.span
        edges = rings(one.region.intersection(box(*low, *high)))
        if not len(edges):
            return 0.0
        parts.append((edges, one.plane.index(common)))
    places = np.unique(np.concatenate([e[:, along] for e, along in parts]))
    lengths = np.diff(places)
    lines = [widths(edges, along, places) for edges, along in parts]
    total = 0.0
    for share in (0.5 - math.sqrt(1 / 12), 0.5 + math.sqrt(1 / 12)):  # Gauss: exact for cubics
        at = places[:-1] + lengths * share
        product = lengths / 2
        for constant, slope in lines:
            product = product * (constant + slope * at)
        total += float(product.sum())
    return total


def faults_of_pair(a, b, clearance, promised):
    """What is wrong with the play that board a has against board b."""
    held, faults = 0, []
    a, b = a.near_to(b), b.near_to(a)
    if a is None or b is None:
        return ["boards with a mate do not come near each other"]
    for axis in range(3):
        for way in (1, -1):
            stopped = lambda by: shared_volume(a.moved(axis, way * by), b) > NOTHING
            where = f"{a.name} against {b.name} along {'+' if way > 0 else '-'}{'xyz'[axis]}"
            if stopped(STEP):
                held += 1
            elif (a.name, b.name, axis) in BY_DESIGN:
                continue
            elif clearance > 2 * STEP and stopped(clearance - STEP):
                faults.append(f"{where}: less play than {clearance:g} mm")
            elif stopped(clearance + STEP):
                held += 1
            else:
                loose = [by for by in FURTHER if stopped(clearance + by)]
                if loose:
                    faults.append(f"{where}: up to {clearance + loose[0]:g} mm of play, {clearance:g} is stated")
    if held < promised:
        faults.append(f"{a.name} against {b.name}: stopped in {held} directions of {promised}")
    return faults


def check(folder):
    setting = json.loads((folder / "setting.json").read_text())
    boards = []
    for part in setting["parts"]:
        region = left_by_cutter(folder / part["file"], setting["kerf"], setting["round_bit"])
        x, y = region.bounds[:2]
        region = translate(region, part["corner"][0] - x, part["corner"][1] - y)
        boards += [Board(part["name"], region, part["z"], pose) for pose in part["poses"]]
    faults = []
    for i, a in enumerate(boards):
        for b in boards[i + 1:]:
            near_a, near_b = a.near_to(b), b.near_to(a)
            volume = shared_volume(near_a, near_b) if near_a and near_b else 0
            if volume > NOTHING:
                faults.append(f"{a.name} and {b.name} overlap by {volume:.4f} mm3")
    pairs = 0
    for mate in setting["mates"]:
        promised = DIRECTIONS[setting["product"]][(mate["a"], mate["b"])]
        found = 0
        for a in (x for x in boards if x.name == mate["a"]):
            for b in (x for x in boards if x.name == mate["b"]):
                if near(a, b, mate["clearance"] + STEP):
                    found += 1
                    faults += faults_of_pair(a, b, mate["clearance"], promised)
        if not found:
            faults.append(f"{mate['a']} and {mate['b']} have a mate and do not meet")
        pairs += found
    return faults, pairs


def main(root):
    failed = pairs = 0
    folders = sorted(pathlib.Path(root).iterdir(), key=lambda f: int(f.name))
    for folder in folders:
        faults, met = check(folder)
        pairs += met
        if faults:
            failed += 1
            print((folder / "command").read_text())
            for fault in faults[:6]:
                print("   ", fault)
    print(f"{failed} of {len(folders)} settings do not go together; {pairs} pairs of boards were tried in six directions")
    return failed > 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
