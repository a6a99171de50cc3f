"""How much of a page is read, how right, and how fast.

    python -m benchmarks facts [SHARED]

The scorer of the labelled pages (`tools/score_facts.py` beside the data) on three sets: the pages that the
grammar was tuned on, the third held out by a fixed hash of the id, and the real page of Xuchang; then on
the constructed pages of `tests/facts/data` and on labelled passages of the work reports, which are read
whole, batch by batch. Pages are read from their text alone, as the command line does. Throughput: characters
per second of reading and extraction, warm, one core, median of five runs over the work reports of all
provinces; the first and last third of the lengths show whether time grows with the length.
The floor is the time of finding sentences, numbers and times alone, without binding them.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq

from liandong.documents import Page, Span, read_bytes
from liandong.facts import extract, gate
from liandong.facts.reading import read_page

SHARED = Path(__file__).resolve().parents[2] / "shared"
HERE = Path(__file__).resolve().parent
OWN = HERE.parent / "tests" / "facts" / "data"
RUNS = 5
MEMORY_PAGES = 1000
WINDOW = 3000  # characters of a page of the memory run


def held_out(page_id: str) -> bool:
    """The third that is not looked at while the grammar is written."""
    return sha256(page_id.encode()).digest()[0] % 3 == 0


def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_facts", shared / "tools" / "score_facts.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quality(shared: Path, paths: list[Path]) -> str:
    score_facts: Any = scorer(shared)
    score = score_facts.Score()
    for path in paths:
        data = json.loads(path.read_text("utf-8"))
        page = read_bytes(
            data["text"].encode(),
            origin=data["id"],
            published=data["published"],
            region=data["region_default"],
        )
        score.add(score_facts.Page(data, path.name), [fact.to_dict() for fact in extract(page)])
    return str(score_facts.show(score.result()))


def passages(shared: Path, batches: str) -> str:
    """The labelled passages of the reports: facts of the whole report that lie within the passage."""
    score_facts: Any = scorer(shared)
    score = score_facts.Score()
    known = {page.origin: page for page in reports(shared)}
    for label in json.loads((HERE / "data" / "report_passages.json").read_text("utf-8")):
        if label["batch"] not in batches:
            continue
        page, first, last = known[label["province"]], label["offset"], label["offset"] + label["length"]
        text = page.raw[first:last]
        gold = {**_EMPTY, **label, "text": text, "body_end": len(text)}
        gold["facts"] = [{**_BLANK, **fact} for fact in label["facts"]]
        found = [
            _moved(fact.to_dict(), first)
            for fact in extract(page)
            if first <= fact.start and fact.end <= last
        ]
        score.add(score_facts.Page(gold, label["id"]), found)
    return str(score_facts.show(score.result()))


_EMPTY = {"note": "", "synthetic": False, "region_default": None, "body_start": 0, "traps": []}
_BLANK = {"qualifier": None, "region": None}


def _moved(fact: dict[str, Any], by: int) -> dict[str, Any]:
    """The fact with the offsets of the passage."""
    spans = ("start", "end", "value_start", "value_end")
    return {**fact, **{name: fact[name] - by for name in spans if fact[name] is not None}}


def memory(pages: list[Page]) -> list[tuple[int, int]]:
    """Resident kilobytes after a tenth, a third, two thirds and all of a thousand pages, one at a time.

    The pages are windows of the reports, each of another text; nothing of a page is kept.
    """
    marks = {MEMORY_PAGES // 10, MEMORY_PAGES // 3, MEMORY_PAGES * 2 // 3, MEMORY_PAGES}
    seen = []
    for number, page in enumerate(_windows(pages), 1):
        extract(page)
        if number in marks:
            seen.append((number, _resident()))
    return seen


def _windows(pages: list[Page]) -> Iterator[Page]:
    """As many different pages of some thousand characters."""
    for number in range(MEMORY_PAGES):
        page = pages[number % len(pages)]
        first = 300 * (number // len(pages))
        text = page.raw[first : first + WINDOW]
        yield read_bytes(
            text.encode(), origin=f"{page.origin}-{first}", published=page.published, region=page.region
        )


def _resident() -> int:
    """Kilobytes that the process holds now; its highest so far where the system does not say."""
    status = Path("/proc/self/statm")
    if status.is_file():
        return int(status.read_text().split()[1]) * resource.getpagesize() // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def reports(shared: Path) -> list[Page]:
    rows = pq.read_table(shared / "data/pages/govreports-2026.parquet").to_pylist()
    return [
        Page(
            raw=row["full_text"],
            body=(Span(0, len(row["full_text"])),),
            sha256=sha256(row["full_text"].encode()).hexdigest(),
            encoding="utf-8",
            origin=row["province"],
            published=str(row["publish_date"])[:10] if row["publish_date"] else None,
            region=row["province"],
        )
        for row in rows
    ]


def speed(pages: list[Page], work: Callable[[Page], object]) -> float:
    """Characters per second of process time, median of the runs."""
    rates = []
    for _ in range(RUNS):
        gate.forget()
        begun = time.process_time()
        for page in pages:
            work(page)
        rates.append(sum(len(page.raw) for page in pages) / (time.process_time() - begun))
    return statistics.median(rates)


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    dev = sorted((shared / "data/pages/dev").glob("*.json"))
    tuned = [path for path in dev if not held_out(path.stem)]
    for name, paths in (
        (f"dev pages tuned on ({len(tuned)})", tuned),
        (f"dev pages held out ({len(dev) - len(tuned)})", [path for path in dev if held_out(path.stem)]),
        ("Xuchang, a real page", [shared / "data/pages/xuchang-2025-06-19.json"]),
        ("constructed pages", sorted(OWN.glob("*.json"))),
    ):
        print(f"\n{name}\n{quality(shared, paths)}")
    for batches in ("ABC", "D", "E", "F", "G"):
        print(f"\npassages of the work reports, {batches}\n{passages(shared, batches)}")
    pages = sorted(reports(shared), key=lambda page: len(page.raw))
    third = len(pages) // 3
    print("\ncharacters per second of process time, one core")
    for name, chosen in (
        ("all reports", pages),
        ("shortest third", pages[:third]),
        ("longest third", pages[-third:]),
    ):
        whole, floor = speed(chosen, extract), speed(chosen, read_page)
        print(f"  {name:16s} {whole:12,.0f}   floor (finding only) {floor:12,.0f}")
    count = sum(len(extract(page)) for page in pages)
    for number, held in memory(pages):
        print(f"  resident after {number:4d} pages of {WINDOW:,} characters {held:,} kB")
    print(f"  {count:,} facts in {sum(len(page.raw) for page in pages):,} characters of {len(pages)} reports")


if __name__ == "__main__":
    main()
