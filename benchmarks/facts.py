"""How much of a page is read, how right, and how fast.

    python -m benchmarks facts [SHARED]

The scorer of the labelled pages (`tools/score_facts.py` beside the data) on three sets: the pages that the
grammar was tuned on, the third held out by a fixed hash of the id, and the real page of Xuchang. Pages are
read from their text alone, as the command line does. Throughput: characters per second of reading and
extraction, warm, one core, median of five runs over the work reports of all provinces; the first and last
third of the lengths show whether time grows with the length. The floor is the time of finding
sentences, numbers and times alone, without binding them.
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq

from liandong.documents import Page, Span, read_bytes
from liandong.facts import extract, gate
from liandong.facts.reading import read_page

SHARED = Path(__file__).resolve().parents[2] / "shared"
RUNS = 5


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
    ):
        print(f"\n{name}\n{quality(shared, paths)}")
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
    print(f"  {count:,} facts in {sum(len(page.raw) for page in pages):,} characters of {len(pages)} reports")


if __name__ == "__main__":
    main()
