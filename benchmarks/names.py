"""Race of name parsers: 300 real company names, read by hand → place, brand, trade, form, branch.

    python benchmarks/names.py [REGISTRY_FOLDER] [--peer PYTHON] [--rows 200000]

REGISTRY_FOLDER holds the Parquet files the names were drawn from: 300 of 3,002,664 rows by
`numpy.random.default_rng(20250619)`, files in order of their names. `names.csv` holds no name: the row, the
first half of the SHA-256 of the name, and where each part stands in it. It was written before any parser was
asked. Rules of the reading: a place is the administrative chain before the brand; a town or district without
its 镇 or 区, with no other brand behind it, is the brand; a name that has none has none; form is the legal
form and what a bracket says of it; branch is what stands behind the form, or the place in brackets or inside
the name of a group's firm. In a trade, 集团 is not counted.

The grammar was tuned on the names with an even number; those with an odd number are the figure to quote.
--peer: a Python with companynameparser, which knows no branch; its suffix stands beside the form.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import subprocess
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from liandong.registry import parse_name
from liandong.registry.names import parse_name as uncached

SHARED = Path(os.environ.get("LIANDONG_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PARTS = ("place", "brand", "trade", "form", "branch")
Parts = tuple[str, ...]
PEER = """
import json, sys, time
import companynameparser as parser
names = json.load(sys.stdin)
parser.parse(names[0])
start = time.process_time()
found = [parser.parse(name) for name in names]
print(json.dumps({"seconds": time.process_time() - start, "found": found}, ensure_ascii=False))
"""


def main() -> None:
    """Print the shares of right parts per half, then the speed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED / "data/registry")
    parser.add_argument("--peer", help="a Python interpreter that has companynameparser")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--half", type=int, choices=(0, 1), action="append")
    chosen = parser.parse_args()
    if not chosen.folder.exists():
        print("the shared data packs are absent: nothing to test on")
        return
    names = pa.concat_tables(
        [pq.read_table(f, columns=["name"]) for f in sorted(chosen.folder.glob("*.parquet"))]
    )
    drawn, labels = labelled(names["name"])
    parsers = {"liandong": [ours(name) for name in drawn]}
    if chosen.peer:
        parsers["companynameparser"] = theirs(chosen.peer, drawn)[0]
    for half in chosen.half or (0, 1):
        report(half, labels, parsers)
    some = names["name"].slice(0, chosen.rows).to_pylist()
    start = time.process_time()
    for name in some:
        uncached.__wrapped__(name)
    print(f"\nliandong: {len(some) / (time.process_time() - start):,.0f} names a second of CPU")
    if chosen.peer:
        few = some[:20_000]
        print(f"companynameparser: {len(few) / theirs(chosen.peer, few)[1]:,.0f} names a second of CPU")


def labelled(names: pa.ChunkedArray) -> tuple[list[str], list[Parts]]:
    """The drawn names and their parts, without blanks; the names must be those that were read."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    drawn = names.take(pa.array([int(row["row"]) for row in rows])).to_pylist()
    for name, row in zip(drawn, rows, strict=True):
        if hashlib.sha256(name.encode()).hexdigest()[:16] != row["sha256"]:
            raise SystemExit(f"row {row['row']} is not the name that was read")
    return drawn, [
        tuple(pieces(name.replace("（", "(").replace("）", ")"), row[part]) for part in PARTS)
        for name, row in zip(drawn, rows, strict=True)
    ]


def pieces(name: str, spans: str) -> str:
    """The characters of spans such as 0-2+5-9."""
    return "".join(name[int(a) : int(b)] for a, b in (span.split("-") for span in spans.split("+") if span))


def ours(name: str) -> Parts:
    """The parts as `parse_name` gives them."""
    found = parse_name(name)
    return tuple((getattr(found, part) or "").replace(" ", "") for part in PARTS)


def theirs(python: str, names: list[str]) -> tuple[list[Parts], float]:
    """The parts as companynameparser gives them, and its seconds of CPU."""
    run = subprocess.run(
        [python, "-c", PEER], input=json.dumps(names), capture_output=True, text=True, check=True
    )
    answer = json.loads(run.stdout)
    return [
        (*(found[part].replace(",", "") for part in ("place", "brand", "trade", "suffix")), "")
        for found in answer["found"]
    ], answer["seconds"]


def report(half: int, labels: list[Parts], parsers: dict[str, list[Parts]]) -> None:
    """One line per parser: all names of a half, and those without a branch."""
    chosen = [at for at in range(len(labels)) if at % 2 == half]
    plain = [at for at in chosen if not labels[at][4]]
    for what, places in (("names", chosen), ("names without a branch", plain)):
        print(f"\nhalf {half}: {len(places)} {what}\n\n| parser | {' | '.join(PARTS)} | all |")
        print("|---" * 7 + "|")
        for name, found in parsers.items():
            right = [same(found[at], labels[at]) for at in places]
            shares = [sum(each) / len(places) for each in (*zip(*right, strict=True), map(all, right))]
            print(f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")


def same(found: Parts, label: Parts) -> list[bool]:
    """Whether each part is the same; 集团 in a trade is not counted."""
    return [
        one.replace("集团", "") == other.replace("集团", "") if part == "trade" else one == other
        for part, one, other in zip(PARTS, found, label, strict=True)
    ]


if __name__ == "__main__":
    main()
