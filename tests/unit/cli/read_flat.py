#!/usr/bin/env python3
"""Measures drawings of flat parts with other people's code.

usage: read_flat.py FILE.dxf|FILE.svg

DXF is read by ezdxf, SVG by xml.etree and the arc formulas of the SVG standard. Prints JSON:
{insunits, errors, size_mm, shapes[{layer, kind, area, length, arcs, colour}]}; areas are not signed.
"""

import json
import math
import re
import sys
import xml.etree.ElementTree


def dxf(path):
    import ezdxf

    document = ezdxf.readfile(path)
    shapes = []
    for entity in document.modelspace():
        kind, layer = entity.dxftype(), entity.dxf.layer
        shape = {"layer": layer, "kind": kind, "colour": document.layers.get(layer).dxf.color}
        if kind == "CIRCLE":
            r = entity.dxf.radius
            shape |= {"area": math.pi * r * r, "length": 2 * math.pi * r, "arcs": 1, "closed": True}
        elif kind == "LWPOLYLINE":
            pieces = list(entity.virtual_entities())
            shape |= {"arcs": sum(p.dxftype() == "ARC" for p in pieces), "closed": bool(entity.closed)}
            shape["area"], shape["length"] = measured(pieces)
        shapes.append(shape)
    return {
        "insunits": document.header.get("$INSUNITS"),
        "errors": len(document.audit().errors),
        "layers": sorted(layer.dxf.name for layer in document.layers),
        "shapes": shapes,
    }


def measured(pieces):
    """Area and length of lines and arcs in any order, by Green's theorem. Arcs run counter-clockwise in DXF, whichever
    way the polyline goes, so ends are matched to the piece before."""
    area = length = 0
    place = None
    for i, piece in enumerate(pieces):
        if piece.dxftype() == "LINE":
            a, b, sweep, r = piece.dxf.start, piece.dxf.end, 0, 0
        else:
            a, b, r = piece.start_point, piece.end_point, piece.dxf.radius
            sweep = math.radians((piece.dxf.end_angle - piece.dxf.start_angle) % 360)
        if place is None:
            after = pieces[(i + 1) % len(pieces)]
            ends = [after.dxf.start, after.dxf.end] if after.dxftype() == "LINE" else [after.start_point, after.end_point]
            backwards = min(a.distance(e) for e in ends) < min(b.distance(e) for e in ends) and sweep
        else:
            backwards = a.distance(place) > b.distance(place)
        if backwards:
            a, b, sweep = b, a, -sweep
        area += (a.x * b.y - a.y * b.x) / 2 + r * r * (sweep - math.sin(sweep)) / 2
        length += abs(sweep) * r if sweep else a.distance(b)
        place = b
    return abs(area), length


def svg(path):
    root = xml.etree.ElementTree.parse(path).getroot()
    shapes = []
    for element in root.iter("{http://www.w3.org/2000/svg}path"):
        area, length, arcs = outline(element.get("d"))
        shapes.append({"layer": element.get("class"), "kind": "path", "area": area, "length": length, "arcs": arcs,
                       "colour": element.get("stroke") or element.get("fill"),
                       "stroke_mm": float(element.get("stroke-width", 0))})
    size = [float(root.get(k).removesuffix("mm")) for k in ("width", "height")]
    assert [float(v) for v in root.get("viewBox").split()] == [0, 0, *size]
    return {"size_mm": size, "shapes": shapes}


def outline(data):
    tokens = re.findall(r"[MLAZ]|-?[\d.]+(?:e-?\d+)?", data)
    area = length = arcs = 0
    at = start = (0.0, 0.0)
    i = 0
    while i < len(tokens):
        command = tokens[i]
        count = {"M": 2, "L": 2, "A": 7, "Z": 0}[command]
        numbers = [float(t) for t in tokens[i + 1:i + 1 + count]]
        i += 1 + count
        to = tuple(numbers[-2:]) if count else start
        if command == "M":
            start = at = to
            continue
        chord = math.dist(at, to)
        area += (at[0] * to[1] - at[1] * to[0]) / 2
        if command == "A":
            r, large, positive = numbers[0], numbers[3], numbers[4]
            sweep = 2 * math.asin(min(1, chord / (2 * r)))
            sweep = (2 * math.pi - sweep if large else sweep) * (1 if positive else -1)
            area += r * r * (sweep - math.sin(sweep)) / 2
            length += abs(sweep) * r
            arcs += 1
        else:
            length += chord
        at = to
    return abs(area), length, arcs


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(json.dumps((svg if sys.argv[1].endswith(".svg") else dxf)(sys.argv[1])))
