"""Numbers against their peers: which labelled values are found in Chinese city pages, and how fast.

    python -m benchmarks facts_peers [SHARED]

The peers are recognisers and converters of numbers; none of them says what a number is a number of, so
the race is on value and unit alone. Everyone gets the same article texts in the same process.
recognizers-text runs all five of its models (number, percentage, ordinal, currency, dimension), the
longest span winning; jionlp its money extractor (it has no other for quantities); cn2an, which finds
nothing by itself, the runs of number characters that a regular expression gives it.

A value is found where a span that overlaps the label's holds the same number (signs aside: a fall is in
the verb); with its unit if the label's unit stands in the span or follows from the peer's type. Precision
is of all numbers given, outside the spans that the labels ignore: dates, names and grades are no values
here, and a peer that is made to give every numeral pays for it. Two thirds of the labelled pages are
those that our grammar was written with; what it does on pages never seen is in `facts_reports`.

Install them only for this: pip install jionlp cn2an recognizers-text-number-with-unit "emoji<1.2". Absent
peers are left out.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import re
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Any

from liandong.documents import Page, Span
from liandong.facts import extract, gate
from liandong.facts.reading import read_page

SHARED = Path(__file__).resolve().parents[2] / "shared"
RUNS = 3
_NUMERAL = re.compile(r"[\d.零〇一二两三四五六七八九十百千万亿]+")
_MONEY = ("元", "美元", "欧元", "港元", "日元")


@dataclass(frozen=True, slots=True)
class Found:
    """A number that a reader gives: characters [start, end) of the article, value, what names the unit."""

    start: int
    end: int
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Article:
    """A labelled article: its text, our Page of it, the values, and spans neither right nor wrong."""

    page: Page
    text: str
    labels: tuple[Found, ...]
    ignored: tuple[tuple[int, int], ...]


Reader = Callable[[Article], list[Found]]


def articles(folder: Path) -> list[Article]:
    """The labelled pages, cut to their articles, offsets with them."""
    out = []
    for path in [*sorted((folder / "dev").glob("*.json")), folder / "xuchang-2025-06-19.json"]:
        data = json.loads(path.read_text("utf-8"))
        text, shift = data["text"][data["body_start"] : data["body_end"]], data["body_start"]
        labels = {
            Found(a - shift, b - shift, fact["value"], fact["unit"] or "")
            for fact in data["facts"]
            if fact["value"] is not None and fact.get("value_span")
            for a, b in [fact["value_span"]]
        }
        page = Page(
            raw=text,
            body=(Span(0, len(text)),),
            sha256=sha256(text.encode()).hexdigest(),
            encoding="utf-8",
            origin=data["id"],
            published=data["published"],
            region=data["region_default"],
        )
        ignored = tuple((a - shift, b - shift) for a, b in data["ignore_spans"])
        out.append(Article(page, text, tuple(sorted(labels, key=lambda f: f.start)), ignored))
    return out


def facts(article: Article) -> list[Found]:
    """Ours: the numbers of the facts."""
    gate._read.cache_clear()  # each run reads the page anew
    return [
        Found(f.value_start, f.value_end, f.value, f.unit or "")
        for f in extract(article.page)
        if f.value is not None and f.value_start is not None and f.value_end is not None
    ]


def numbers(article: Article) -> list[Found]:
    """Ours: the numbers alone, bound to nothing."""
    return [Found(n.start, n.end, n.value, n.unit or "") for n in read_page(article.page).numbers]


def _recognizers() -> Reader:
    culture = importlib.import_module("recognizers_text").Culture.Chinese
    number = importlib.import_module("recognizers_number")
    units = importlib.import_module("recognizers_number_with_unit")
    models = {
        number.NumberRecognizer(culture).get_number_model(): "",
        number.NumberRecognizer(culture).get_percentage_model(): "%",
        number.NumberRecognizer(culture).get_ordinal_model(): "位",
        units.NumberWithUnitRecognizer(culture).get_currency_model(): "",
        units.NumberWithUnitRecognizer(culture).get_dimension_model(): "",
    }

    def read(article: Article) -> list[Found]:
        given = [
            Found(r.start, r.end + 1, (r.resolution or {}).get("value") or "", r.text + unit)
            for model, unit in models.items()
            for r in model.parse(article.text)
        ]
        return _longest(given)

    return read


def _jionlp() -> Reader:
    with contextlib.redirect_stdout(io.StringIO()):
        jio = importlib.import_module("jionlp")

    def read(article: Article) -> list[Found]:
        out = []
        for money in jio.ner.extract_money(article.text, with_parsing=True):
            number = money["detail"]["num"]
            value = "~".join(number) if isinstance(number, list) else number
            start, end = money["offset"]
            out.append(Found(start, end, value, money["text"] + money["detail"]["case"]))
        return out

    return read


def _cn2an() -> Reader:
    convert = importlib.import_module("cn2an").cn2an

    def read(article: Article) -> list[Found]:
        out = []
        for match in _NUMERAL.finditer(article.text):
            with contextlib.suppress(ValueError):
                out.append(Found(match.start(), match.end(), str(convert(match[0], "smart")), ""))
        return out

    return read


def _longest(given: list[Found]) -> list[Found]:
    """The longest of overlapping numbers."""
    kept: list[Found] = []
    for found in sorted(given, key=lambda f: (f.start - f.end, f.start, -len(f.unit))):
        if not any(_overlap(found, other) for other in kept):
            kept.append(found)
    return kept


def peers() -> dict[str, Reader]:
    """The peers that can be loaded."""
    makers = {
        "recognizers-text": _recognizers,
        "jionlp (money)": _jionlp,
        "cn2an (on a pattern's runs)": _cn2an,
    }
    out = {}
    for name, make in makers.items():
        try:
            out[name] = make()
        except ImportError as error:
            print(f"({name} cannot be loaded and is left out: {error})")
    return out


def score(read: Reader, among: list[Article]) -> str:
    """Recall of value, of value with unit, of money; precision; characters a second."""
    value = unit = labels = money = monies = right = given = 0
    for article in among:
        found = read(article)
        labels += len(article.labels)
        for label in article.labels:
            near = [f for f in found if _overlap(f, label) and _same(f.value, label.value)]
            whole = any(label.unit in f.unit for f in near)
            value += bool(near)
            unit += whole
            monies += label.unit in _MONEY
            money += whole and label.unit in _MONEY
        for each in {(f.start, f.end, f.value): f for f in found}.values():
            true = any(_overlap(each, label) and _same(each.value, label.value) for label in article.labels)
            if true or not any(each.start < b and a < each.end for a, b in article.ignored):
                given += 1
                right += true
    rate = _rate(read, among)
    cells = (value / labels, unit / labels, money / monies, right / max(1, given))
    return " | ".join(f"{cell:.3f}" for cell in cells) + f" | {rate:,.0f}"


def _rate(read: Reader, among: list[Article]) -> float:
    """Characters a second, warm, median of the runs."""
    size = sum(len(article.text) for article in among)
    seconds = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        for article in among:
            read(article)
        seconds.append(time.perf_counter() - begun)
    return size / statistics.median(seconds)


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _same(one: str, other: str) -> bool:
    """Equal numbers, signs aside; ranges and ratios part by part."""
    ours, theirs = re.split(r"([~:/])", one), re.split(r"([~:/])", other)
    return len(ours) == len(theirs) and all(map(_equal, ours, theirs))


def _equal(one: str, other: str) -> bool:
    try:
        return abs(Decimal(one.rstrip("%"))) == abs(Decimal(other.rstrip("%")))
    except InvalidOperation:
        return one == other


def rewriting() -> None:
    """What a converter of whole texts does to names."""
    try:
        transform: Any = importlib.import_module("cn2an").transform
    except ImportError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        named = [(name, transform(name, "cn2an")) for name in ("长三角", "一带一路", "三门峡", "千亿元")]
    print("\ncn2an.transform of whole texts: " + ", ".join(f"{a} → {b}" for a, b in named))


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    folder = shared / "data" / "pages"
    if not folder.is_dir():
        print(f"the shared data packs are absent: {shared.name}")
        return
    among = articles(folder)
    size = sum(len(article.text) for article in among)
    labels = sum(len(article.labels) for article in among)
    readers: dict[str, Reader] = {"liandong, facts": facts, "liandong, numbers alone": numbers, **peers()}
    print(f"\n{len(among)} articles, {size:,} characters, {labels} labelled values\n")
    print("| reader | value | value + unit | of money | precision | characters a second |")
    print("|---|---|---|---|---|---|")
    for name, read in readers.items():
        print(f"| {name} | {score(read, among)} |")
    rewriting()


if __name__ == "__main__":
    main()
