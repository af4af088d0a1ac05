#!/usr/bin/env python3
"""Fits the estimate of print time and filament to PrusaSlicer, and tells how far off it is.

usage: print_times.py fit [COUNT]    generates COUNT parts (108), slices them, prints coefficients for rates.toml
       print_times.py table          slices every printed part of every product and preset, prints a table of errors

Needs a build (build/bin) and prusa-slicer. Slicings are kept in build/print-times, so that a second run is quick.
"""

import json
import random
import re
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / "build" / "bin"
HERE = Path(__file__).resolve().parent
KEPT = ROOT / "build" / "print-times"
KINDS = ("block", "tube", "cup", "plate", "bracket", "disc", "spike", "comb", "dome")
LAYER, WIDTH, INFILL, SLOW_BELOW, LEAST_SPEED = 0.2, 0.45, 0.15, 15, 15
PATHS = ("outer", "inner", "gap", "solid", "sloped", "infill")


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"error: {' '.join(map(str, command))}: {done.stderr}")
    return done.stdout


def sliced(stl):
    """Seconds and mm3 of filament that PrusaSlicer tells; None where it prints nothing."""
    kept = stl.with_suffix(".json")
    if kept.exists():
        return json.loads(kept.read_text())
    gcode = stl.with_suffix(".gcode")
    subprocess.run(["nice", "-n", "15", "prusa-slicer", "--load", HERE / "prusa.ini", "--loglevel", "0",
                    "-g", stl, "-o", gcode], capture_output=True, check=False)
    told = None
    if gcode.exists():
        text = gcode.read_text()
        time = re.search(r"estimated printing time \(normal mode\) = (.*)", text).group(1)
        seconds = sum(int(n) * {"d": 86400, "h": 3600, "m": 60, "s": 1}[u] for n, u in re.findall(r"(\d+)([dhms])", time))
        told = [seconds, float(re.search(r"filament used \[cm3\] = ([\d.]+)", text).group(1)) * 1000]
        gcode.unlink()
    kept.write_text(json.dumps(told))
    return told


def estimated(stls):
    """What Fitwright says of the files: [{file, layers[[layers, *PATHS]], seconds, filament_mm3}]."""
    return [json.loads(line) for line in run(BIN / "fitwright-bench", "print", *stls).splitlines()]


def generated(count):
    stls = []
    for seed in range(count):
        dice = random.Random(seed)
        a, b, c = (round(dice.uniform(*span), 1) for span in ((12, 150), (12, 110), (4, 90)))
        wall = round(0.8 * 8 ** dice.random(), 1)
        values = {"kind": KINDS[seed % len(KINDS)], "a": a, "b": b, "c": c, "wall": min(wall, a / 4, b / 4)}
        stl = KEPT / f"shape-{seed}.stl"
        if not stl.exists():
            run(BIN / "fitwright", "make", HERE / "shapes.lua", "--force", "-o", stl,
                *(word for item in values.items() for word in ("--set", "%s=%s" % item)))
        stls.append(stl)
    return stls


def seconds_of(layers, k):
    start, first, *speeds = k
    _, *lowest, infill = layers[0]
    total = start + first * (sum(lowest) + infill / INFILL) / 1000
    for n, *paths in layers:
        plain = sum(s * p for s, p in zip(speeds, paths)) / 1000
        total += n * max(plain, min(SLOW_BELOW, sum(paths) / LEAST_SPEED))
    return total


def filament_of(layers, k):
    return sum(n * LAYER * WIDTH * sum(f * p for f, p in zip(k, paths)) for n, *paths in layers)


def descend(model, samples, k):
    """Least squares of relative errors, one coefficient after the other, in ever smaller steps."""
    def cost(values):
        return sum((model(layers, values) / truth - 1) ** 2 for layers, truth in samples)

    best, step = cost(k), 0.3
    while step > 0.002:
        improved = False
        for i in range(len(k)):
            for factor in (1 + step, 1 / (1 + step)):
                tried = k[:i] + [k[i] * factor] + k[i + 1:]
                if (now := cost(tried)) < best:
                    k, best, improved = tried, now, True
        if not improved:
            step /= 2
    return k


def errors_text(errors):
    sizes = sorted(abs(e) for e in errors)
    return (f"{len(sizes)} parts: mean error {100 * statistics.mean(sizes):.1f} %, median {100 * statistics.median(sizes):.1f} %, "
            f"{100 * sum(e <= 0.15 for e in sizes) / len(sizes):.0f} % within 15 %, worst {100 * sizes[-1]:.0f} %")


def fit(count):
    samples = []
    for row in estimated(generated(count)):
        if told := sliced(Path(row["file"])):
            samples.append((row["layers"], *told))
    times = [(layers, seconds) for layers, seconds, _ in samples]
    amounts = [(layers, mm3) for layers, _, mm3 in samples]
    time = descend(seconds_of, times, [60.0, 20.0, 40.0, 30.0, 30.0, 15.0, 20.0, 15.0])
    flow = descend(filament_of, amounts, [0.95] * len(PATHS))
    for name, value in zip(("start_s", "first_s_m", *(f"{path}_s_m" for path in PATHS)), time):
        print(f"print_{name} = {value:.4g}")
    for name, value in zip(PATHS, flow):
        print(f"print_flow_{name}_ratio = {value:.4g}")
    print("# time:    ", errors_text([seconds_of(layers, time) / truth - 1 for layers, truth in times]))
    print("# filament:", errors_text([filament_of(layers, flow) / truth - 1 for layers, truth in amounts]))


def table():
    time_errors, amount_errors = [], []
    print(f"{'part':44} {'slicer':>9} {'estimate':>9} {'off':>6} {'cm3':>8} {'estimate':>9} {'off':>6}")
    for product in json.loads(run(BIN / "fitwright", "list", "--json")):
        if "fdm" not in product["processes"]:
            continue
        shown = json.loads(run(BIN / "fitwright", "show", product["id"], "--json"))
        for preset in [None] + [one["name"] for one in shown["presets"]]:
            folder = KEPT / f"{product['id']}-{preset or 'default'}"
            folder.mkdir(parents=True, exist_ok=True)
            if not (stls := sorted(folder.glob("*.stl"))):
                run(BIN / "fitwright", "make", product["id"], *(["--preset", preset] if preset else []), "--process", "fdm",
                    "--force", "--per-part", "-o", folder / "p.stl")
                stls = sorted(folder.glob("*.stl"))
            for row in estimated(stls):
                if not (told := sliced(Path(row["file"]))):
                    continue
                time, amount = row["seconds"] / told[0] - 1, row["filament_mm3"] / told[1] - 1
                time_errors.append(time)
                amount_errors.append(amount)
                name = f"{folder.name} {Path(row['file']).stem.removeprefix('p-')}"
                print(f"{name:44} {told[0] / 60:7.1f} m {row['seconds'] / 60:7.1f} m {100 * time:5.0f} % "
                      f"{told[1] / 1000:7.1f} {row['filament_mm3'] / 1000:9.1f} {100 * amount:5.0f} %")
    print("time:    ", errors_text(time_errors))
    print("filament:", errors_text(amount_errors))


if __name__ == "__main__":
    KEPT.mkdir(parents=True, exist_ok=True)
    if sys.argv[1:2] == ["fit"]:
        fit(int(sys.argv[2]) if len(sys.argv) > 2 else 108)
    elif sys.argv[1:] == ["table"]:
        table()
    else:
        sys.exit(__doc__)
