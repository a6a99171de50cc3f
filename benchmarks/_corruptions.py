"""What people do to a firm's name when they write it down again: the rules of the linkage benchmark.

Fixed before the resolver was tuned, and independent of its grammar: places are those that the register gives
for the row, forms are a short list of endings, the rest of a name is not taken apart. Random numbers come
from a seed; names of the tuning half and of the reporting half begin (behind their place) with different
letters, so that no brand is in both.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import opencc
import pyarrow as pa

FORMS = (
    "集团股份有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "专业合作社", "合作社",
    "经营部", "门市部", "分公司", "公司", "商店", "厂", "店", "部", "行", "场",
)  # fmt: skip
_COMPANIES = ("有限公司", "有限责任公司", "股份有限公司", "公司", "")
_COUNTY = re.compile(r"^[^市县区省]{2,3}(?:市|县|区)")
_TO_TRADITIONAL = opencc.OpenCC("s2t")
_COMMON = "华金新海东天大中南兴泰宏德安江盛源和龙鑫通达明方利丰恒福永建荣长瑞信诚亚光"

SHARE_OF_COPIES = 0.6
"""Of the right side; the rest are other firms, three quarters of them of a brand of the left side."""
HOW_MANY = ((1, 0.5), (2, 0.35), (3, 0.15))
"""Corruptions per copy, with their shares."""


class Parts(NamedTuple):
    """A name in three pieces: the place the register gives, the middle, an ending."""

    place: str
    middle: str
    form: str


def split(name: str, province: str | None, city: str | None) -> Parts:
    """The pieces of a name; place and form may be empty."""
    form = next((each for each in FORMS if name.endswith(each) and len(name) > len(each) + 2), "")
    body = name[: len(name) - len(form)]
    known = [text for text in (province, city) if text and text != "N/A"]
    heads = [a + b for a in known for b in ("省", "市", "")]
    heads = [a + b for a in heads for b in ("", *(c + d for c in known for d in ("市", "")))]
    place = max(
        (head for head in heads if body.startswith(head) and len(body) > len(head) + 1), key=len, default=""
    )
    county = _COUNTY.match(body[len(place) :])
    if county and len(body) - len(place) - county.end() >= 2:
        place += county[0]
    return Parts(place, body[len(place) :], form)


def _abbreviate(parts: Parts, row: dict[str, Any], draw: random.Random) -> Parts:
    middle = parts.middle[:4] if len(parts.middle) > 5 and draw.random() < 0.3 else parts.middle
    return Parts("", middle, "")


def _move(parts: Parts, row: dict[str, Any], draw: random.Random) -> Parts:
    """Another place of the same firm: its province, its city, with or without the suffix, or none."""
    province, city = (text if text and text != "N/A" else "" for text in (row["province"], row["city"]))
    return parts._replace(
        place=draw.choice([province, city, city + "市" if city else "", province + city, ""])
    )


def _bracket(parts: Parts, row: dict[str, Any], draw: random.Random) -> Parts:
    """The place in brackets, behind the brand or before the form; or brackets of another width."""
    if "(" in parts.middle or "（" in parts.middle:
        swap = str.maketrans("()（）", "（）()")
        return parts._replace(middle=parts.middle.translate(swap))
    place = parts.place.removesuffix("市").removesuffix("省")
    if not place:
        return parts
    inside = draw.choice(["（{}）", "({})"]).format(place)
    cut = 2 if draw.random() < 0.5 and len(parts.middle) > 3 else len(parts.middle)
    return Parts("", parts.middle[:cut] + inside + parts.middle[cut:], parts.form)


def _mistype(parts: Parts, row: dict[str, Any], draw: random.Random) -> Parts:
    """One letter of the middle is another one, missing, doubled, or changes places with the next."""
    text = parts.middle
    if len(text) < 3:
        return parts
    at = draw.randrange(len(text) - 1)
    kind = draw.choice(("another", "another", "missing", "doubled", "swapped"))
    if kind == "another":
        text = text[:at] + draw.choice(_COMMON) + text[at + 1 :]
    elif kind == "missing":
        text = text[:at] + text[at + 1 :]
    elif kind == "doubled":
        text = text[: at + 1] + text[at:]
    else:
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return parts._replace(middle=text)


def _traditional(parts: Parts, row: dict[str, Any], draw: random.Random) -> Parts:
    return Parts(*(_TO_TRADITIONAL.convert(text) for text in parts))


def _reform(parts: Parts, row: dict[str, Any], draw: random.Random) -> Parts:
    """Another form: of a company, or a works that became one."""
    if parts.form.endswith("公司") and parts.form != "分公司":
        return parts._replace(form=draw.choice([each for each in _COMPANIES if each != parts.form]))
    if parts.form == "厂":
        return parts._replace(form=draw.choice(["有限公司", ""]))
    return parts


CORRUPTIONS: dict[str, Callable[[Parts, dict[str, Any], random.Random], Parts]] = {
    "bracket": _bracket,
    "place change": _move,
    "typo": _mistype,
    "form change": _reform,
    "abbreviation": _abbreviate,
    "Traditional": _traditional,
}
"""In this order where several meet."""


def corrupt(row: dict[str, Any], draw: random.Random) -> tuple[str, tuple[str, ...]]:
    """A row's name written anew, and what was done to it. A rule that changes nothing is not counted."""
    parts = split(row["name"], row["province"], row["city"])
    count = draw.choices([n for n, _ in HOW_MANY], [share for _, share in HOW_MANY])[0]
    chosen = draw.sample(list(CORRUPTIONS), count)
    done = []
    for kind, rule in CORRUPTIONS.items():
        if kind in chosen:
            changed = rule(parts, row, draw)
            if changed != parts:
                done.append(kind)
            parts = changed
    return "".join(parts), tuple(done)


def half_of(name: str, province: str | None, city: str | None) -> int:
    """0 for tuning, 1 for reporting: by the first two letters behind the place."""
    start = split(name, province, city).middle[:2]
    return hashlib.sha256(start.encode()).digest()[0] % 2


class Race(NamedTuple):
    """Two tables (id, name, uscc, city, founded, scope), the pairs that are one firm, and what was done."""

    left: pa.Table
    right: pa.Table
    truth: set[tuple[str, str]]
    done: dict[str, tuple[str, ...]]


def make(rows: Sequence[dict[str, Any]], size: int, seed: int) -> Race:
    """A race of size × size from rows (uscc, name, founded, scope, province, city) of distinct names."""
    draw = random.Random(seed)
    order = list(rows)
    draw.shuffle(order)
    left, spare = order[:size], order[size:]
    copies = draw.sample(range(size), round(size * SHARE_OF_COPIES))
    truth: set[tuple[str, str]] = set()
    done: dict[str, tuple[str, ...]] = {}
    right: list[dict[str, Any]] = []
    for at in copies:
        name, kinds = corrupt(left[at], draw)
        key = f"r{len(right)}"
        truth.add((f"l{at}", key))
        done[key] = kinds
        right.append(_written(left[at], name, draw))
    others = size - len(right)
    for row in _others(left, spare, others, draw):
        right.append(_written(row, row["name"], draw))
    places = list(range(len(right)))
    return Race(_table(left, "l", range(size)), _table(right, "r", places), truth, done)


def _others(
    left: Sequence[dict[str, Any]], spare: Sequence[dict[str, Any]], count: int, draw: random.Random
) -> list[dict[str, Any]]:
    """Firms that are not on the left: half of a middle that is there in another city, a quarter of a brand
    that is, a quarter any.
    """
    middles: dict[str, set[str]] = defaultdict(set)
    brands: dict[str, set[str]] = defaultdict(set)
    for row in left:
        middle = split(row["name"], row["province"], row["city"]).middle
        middles[middle].add(row["city"] or "")
        brands[middle[:2]].add(row["city"] or "")
    same, similar, any_ = [], [], []
    for row in spare:
        middle = split(row["name"], row["province"], row["city"]).middle
        city = row["city"] or ""
        if middle in middles and city not in middles[middle]:
            same.append(row)
        elif middle[:2] in brands and city not in brands[middle[:2]]:
            similar.append(row)
        else:
            any_.append(row)
    chosen = same[: count // 2]
    chosen += similar[: count * 3 // 4 - len(chosen)]
    chosen += any_[: count - len(chosen)]
    return chosen[:count]


def _written(row: dict[str, Any], name: str, draw: random.Random) -> dict[str, Any]:
    """A row as another list would hold it: columns missing, a code mistyped, a date of the same year."""
    code, city, founded, scope = row["uscc"], row["city"], row["founded"], row["scope"]
    if draw.random() >= 0.25:
        code = None
    elif draw.random() < 0.08:
        at = draw.randrange(8, 17)
        code = code[:at] + draw.choice("0123456789") + code[at + 1 :]
    if draw.random() >= 0.8:
        city = None
    if draw.random() >= 0.6:
        founded = None
    elif founded is not None and draw.random() < 0.1:
        founded += timedelta(days=draw.randrange(-300, 300))
    if draw.random() >= 0.6:
        scope = None
    elif scope and draw.random() < 0.5:
        items = re.split(r"[;;、,,。]", scope)
        scope = "、".join(items[: max(1, len(items) // 2)])
    return {**row, "name": name, "uscc": code, "city": city, "founded": founded, "scope": scope}


def _table(rows: Sequence[dict[str, Any]], side: str, order: Sequence[int]) -> pa.Table:
    columns: dict[str, list[Any]] = {"id": [f"{side}{at}" for at in order]}
    for name in ("name", "uscc", "city", "founded", "scope"):
        columns[name] = [rows[at][name] if rows[at][name] != "N/A" else None for at in order]
    return pa.table({**columns, "founded": pa.array(columns["founded"], pa.date32())})
