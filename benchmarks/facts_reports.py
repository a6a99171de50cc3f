"""Facts of real pages: the work reports of 31 provincial governments, read whole.

    python -m benchmarks facts_reports [SHARED] [--seed N] [--draw N]

What it prints: facts per report and per kind; how many are ungrounded (a check of its own, which shares no
code with the grammar or its gate: the quote by its offsets, the value by a small reader of number words);
characters per second; and facts drawn at random with their sentences, to be judged by a person. The reports
carry no labels: how many of the drawn facts are right is what that person says, not what this prints.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import time
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as parquet

from liandong.documents import Page, read_bytes
from liandong.facts import Fact, Kind, extract

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED, DRAW = 2026, 50

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, *range(3, 10)), strict=True))
_WIDE = str.maketrans("０１２３４５６７８９．，％：∶～－", "0123456789.,%::~-")
_NUMBER = re.compile(
    r"(?:(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<tail>(?:[余多几来]?[十百千万亿])*)"
    r"|(?P<words>[零〇一二两三四五六七八九十百千万亿]+)(?:[余多](?P<more>[万亿]+))?)(?P<tenths>成)?"
)
_HEADING = re.compile(r"^\s*[一二三四五六七八九十]{1,3}、[^\n。]{2,40}", re.M)
_FRACTION = re.compile(r"([零〇一二两三四五六七八九十百]+)分之([零〇一二两三四五六七八九十百]+)")
_FALL = re.compile(r"\A[\u4e00-\u9fff]{0,6}[下减降回缩跌][\u4e00-\u9fff]{0,3}?(?=\d|[一二三四五六七八九十])")


_FALLEN = re.compile(
    r"[下减降回缩跌滑窄][\u4e00-\u9fff]{0,4}?(?:[\d.]+(?:[%％]|个百分点)(?:、|和|及|，|,))+\Z"
)


@dataclass(frozen=True, slots=True)
class Report:
    """One report with what was read in it, and how long that took."""

    province: str
    page: Page
    facts: list[Fact]
    seconds: float


def reports(shared: Path) -> list[Report]:
    """Every report through the product's own door: bytes, page, facts."""
    rows = parquet.read_table(shared / "data" / "pages" / "govreports-2026.parquet").to_pylist()
    out = []
    for row in rows:
        data = row["full_text"].encode()
        begun = time.perf_counter()
        page = read_bytes(
            data, origin=row["province"], published=str(row["publish_date"])[:10], region=row["province"]
        )
        facts = extract(page)
        out.append(Report(row["province"], page, facts, time.perf_counter() - begun))
    return out


def ungrounded(fact: Fact, page: Page) -> str | None:
    """Why the fact is not on the page; None if it is. "unread": this reader cannot say."""
    if page.raw[fact.start : fact.end] != fact.quote:
        return "quote"
    inside = any(kept.start <= fact.start and fact.end <= kept.end for kept in page.body)
    if fact.kind is not Kind.META and not inside:
        return "outside the body"
    if fact.value is None:
        items = (fact.value_text or "").split(";")
        return None if all(_scattered(item, fact.quote) for item in items) else "object"
    if fact.value_start is None or fact.value_end is None:
        return "value without a place"
    if not fact.start <= fact.value_start < fact.value_end <= fact.end:
        return "value outside the quote"
    surface = page.raw[fact.value_start : fact.value_end]
    if fact.value_text != surface:
        return "value_text"
    place = fact.basis.get("unit")
    if place and place.start is not None and place.end is not None and place.start >= fact.value_end:
        surface += page.raw[place.start : place.end]
    if fact.unit and re.search(r"[万亿]", fact.unit):
        return "unit holds a scale"
    read = readings(surface, fact.unit)
    if _FALLEN.search(page.raw[max(0, fact.value_start - 60) : fact.value_start]):
        read = {f"-{value}" for value in read}  # 分别下降67.5%、58.5%: the verb is every member's
    if not read:
        return "unread"
    return None if fact.value in read else f"value: {surface} read as {'/'.join(sorted(read))}"


def _scattered(item: str, quote: str) -> bool:
    """Whether the characters of the item stand in the quote in order (a shared head may lie between)."""
    rest = iter(quote)
    return all(character in rest for character in item)


def readings(surface: str, unit: str | None) -> set[str]:
    """What a number word may mean, as decimal strings in base units: 1.2万余家 → 12000; 65%至80% → 65~80.

    The unit is taken off first: the 千 of 千瓦 and the 百 of 个百分点 are no scale.
    """
    text = surface.translate(_WIDE).replace(" ", "")
    for part in sorted({unit, *re.split("/", unit)} if unit else (), key=len, reverse=True):
        text = text.replace(part, "")
    if text in ("首", "首位", "榜首"):
        return {"1"}
    sign = "-" if _FALL.match(text) else ""
    written = re.match(r"[\d.]+(?:[:/][\d.]+)+", text)
    if written:
        return {written[0]}
    fraction = _FRACTION.match(text)
    if fraction:
        return {f"{_whole(fraction[2])}/{_whole(fraction[1])}"}
    amounts = [_amount(match) for match in _NUMBER.finditer(text)]
    if len(amounts) == 1:
        return {sign + _plain(amounts[0][0] * amounts[0][1])}
    if len(amounts) != 2:
        return set()
    (low, scale), (high, last) = amounts
    return {f"{_plain(low * own)}~{_plain(high * last)}" for own in (scale, last)}


def _amount(match: re.Match[str]) -> tuple[Decimal, int]:
    """A number and the scale that stands right behind it: 1.2万余 → (1.2, 10000)."""
    scale = 10 if match["tenths"] else 1
    for character in (match["tail"] or "") + (match["more"] or ""):
        scale *= _SCALES.get(character, 1)
    return Decimal((match["digits"] or "").replace(",", "") or _whole(match["words"])), scale


def _whole(words: str) -> int:
    """A whole number in Chinese numerals; a scale word alone counts once (千亿 = 1000 × 10^8)."""
    total = section = digit = 0
    for character in words:
        scale = _SCALES.get(character)
        if scale is None:
            digit = _DIGITS[character]
        elif scale < 10**4:
            section, digit = section + (digit or 1) * scale, 0
        else:
            total, section, digit = ((total + section + digit) or 1) * scale, 0, 0
    return total + section + digit


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def sentence(page: Page, fact: Fact) -> str:
    """The sentence around the quote."""
    raw = page.raw
    start = max(raw.rfind(mark, 0, fact.start) for mark in "。\n！？") + 1
    stops = [at for mark in "。\n！？" if (at := raw.find(mark, fact.end)) >= 0]
    return raw[start : min(stops, default=len(raw))].strip()


def heading(page: Page, fact: Fact) -> str:
    """The numbered heading that the quote stands under, for judging what is done and what is planned."""
    found = list(_HEADING.finditer(page.raw, 0, fact.start))
    return found[-1][0].strip() if found else ""


def table(found: list[Report]) -> None:
    """Counts, grounds and speed."""
    facts = [fact for report in found for fact in report.facts]
    kinds = Counter(fact.kind.value for fact in facts)
    per = sorted(len(report.facts) for report in found)
    characters = sum(len(report.page.raw) for report in found)
    seconds = sum(report.seconds for report in found)
    rates = [len(report.page.raw) / report.seconds for report in found]
    faults: Counter[str | None] = Counter()
    for report in found:
        for fact in report.facts:
            why = ungrounded(fact, report.page)
            faults[why] += 1
            if why not in (None, "unread"):
                print(f"UNGROUNDED {report.province} {fact.value} {fact.unit} {why}: {fact.quote}")
    bad = sum(count for why, count in faults.items() if why not in (None, "unread"))
    print(f"\n{len(found)} reports, {characters:,} characters, {len(facts)} facts")
    print(f"facts per report: median {statistics.median(per):.0f}, lowest {per[0]}, highest {per[-1]}")
    print(f"facts per 1,000 characters: {1000 * len(facts) / characters:.1f}")
    print(f"ungrounded: {bad} (values that this check cannot read: {faults['unread']})")
    print(f"characters per second: {characters / seconds:,.0f}; median {statistics.median(rates):,.0f}")
    print("\n| kind | facts | share |\n|---|---|---|")
    for kind, count in kinds.most_common():
        print(f"| {kind} | {count} | {100 * count / len(facts):.1f} % |")
    body = [fact for fact in facts if fact.kind is not Kind.META]
    planned = sum(fact.modality == "planned" for fact in body)
    print(f"\nplanned: {planned} of {len(body)} facts of the bodies")


def draw(found: list[Report], seed: int, count: int) -> None:
    """Facts of the bodies drawn at random, each with its sentence."""
    pool = [(r, f) for r in found for f in r.facts if f.kind is not Kind.META]
    drawn = random.Random(seed).sample(pool, min(count, len(pool)))
    print(f"\n{len(drawn)} facts of {len(pool)}, drawn by seed {seed}")
    for at, (report, fact) in enumerate(drawn, 1):
        parts = (
            fact.subject,
            fact.indicator,
            fact.value_text,
            fact.value,
            fact.unit,
            fact.period,
            fact.modality,
        )
        print(f"\n{at}. {report.province} · {fact.kind} · " + " | ".join(map(str, parts)))
        print(f"   region {fact.region}; qualifier {fact.qualifier}; quote: {fact.quote}")
        print(f"   under: {heading(report.page, fact)}")
        print(f"   {sentence(report.page, fact)}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("shared", nargs="?", type=Path, default=SHARED)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--draw", type=int, default=DRAW)
    given = options.parse_args()
    if not (given.shared / "data" / "pages" / "govreports-2026.parquet").is_file():
        print(f"the shared data packs are absent: {given.shared.name}")
        return
    found = reports(given.shared)
    table(found)
    draw(found, given.seed, given.draw)


if __name__ == "__main__":
    main()
