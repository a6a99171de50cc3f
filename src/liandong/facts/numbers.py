"""Numbers: Arabic, Chinese and mixed, with multipliers and units, and where they stand.

    1.2万余家 → 12000 家      千亿元 → 100000000000 元      三成 → 30 %      三分之二 → 2/3
    3至5家 → 3~5 家           3.5:48.2:48.3 as written       5%~8% → 5~8 %

`numbers` finds them in a folded text (`documents.fold`), `parse` reads one span again: the gate's arithmetic.
Offsets are those of the text. A value is a decimal string in base units (百 千 万 亿 worked in), a range
`a~b`, a ratio `a:b` or a fraction `a/b`. Numbers in names, grades and dates are not found here: without a
unit of the lexicon a number is nothing, except in a list whose last member has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from liandong.facts.lexicon import any_of, words

_UNITS: dict[str, str] = {
    unit: family for family, units in words("units").items() if family != "per" for unit in units
}
_UNIT = any_of(_UNITS)
_PER = any_of(words("units")["per"])
_SPELLING = {"百分点": "个百分点", "㎡": "平方米", "平米": "平方米", "台（套）": "台(套)"}

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_CHINESE = r"[一二两三四五六七八九十百千万亿][零〇一二两三四五六七八九十百千万亿]*"
_SCALE = r"[十百千万亿]*"
_ENDS = rf"(?:{_UNIT}(?:/(?:{_PER})(?:[/·](?:{_PER}))?)?)"
# what makes of the unit's characters another word: 项目, 人才, 台风, 家庭 …
_NOT_UNIT = (
    r"(?!(?<=项)目(?!组))(?!(?<=人)(?:才|民|均|工|口|大|行))(?!(?<=家)(?:庭|具|电|居))"
    r"(?!(?<=台)(?:州|湾|商|风|资|账))(?!(?<=位)(?:于|列|居))"
)

_NUMBER = re.compile(
    rf"(?P<a>{_ARABIC})\s?(?P<f>[余多])?"
    rf"(?:(?P<s>{_SCALE}?)(?P<g>[余多])?\s?(?P<u>{_ENDS}){_NOT_UNIT}|(?P<bare>{_SCALE})(?P<bareg>[余多])?)"
    rf"|百分之(?P<p>{_CHINESE}|{_ARABIC})"
    rf"|(?P<d>[一二两三四五六七八九十])分之(?P<n>[一二两三四五六七八九十])"
    rf"|(?P<t>[一二两三四五六七八九])成(?P<h>[一二三四五六七八九半])?(?![立为员功长都交本果绩品效果套])"
    rf"|(?P<c>{_CHINESE})(?P<k>[余多])?(?P<v>{_ENDS}){_NOT_UNIT}"
)
_RATIO = re.compile(r"(?<![\d:.])\d+(?:\.\d+)?(?:[:∶]\d+(?:\.\d+)?)+(?![\d:])")
_FRACTION = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?![\d/年月])")
_JOINT = re.compile(r"\s*(?:~|-|—{1,2}|至|到)\s*")
_GLUE = re.compile(r"(?:、|和|及|以及|与|,|,?和)")
_BARE = re.compile(r"[十百千万亿]+\Z")
_REACHES = re.compile(r"(?:超|超过|近|达|达到|破|突破|过|逾|约|上|跨|至|越|规模|实现)\Z")
# 参保人数突破5100万: a count of heads needs no counting word
_HEADCOUNT = re.compile(
    r"(?:人数|户数|用户数?|人口|人次|数量|总数|会员)(?:累计|已|首次|再)*(?:突破|超过|超|达到|达|近|约|为|增至|有)+\Z"
)
_BEFORE = re.compile(r"[A-Za-z0-9.第+×#№]\Z")
_OFTEN = 10  # 每季度召开1次 says how often, not how many
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLASS = re.compile(r"级(?!以上|及以上|数|别|差)")
_GRADE = re.compile(
    r"(?:元|万|亿)(?:级|以[上下]的?(?=\d)|以[上下](?:的)?(?:[一-鿿]{0,6})?(?:项目|企业|产业|镇|村|县|园区|客户|集群)"
    r"|的?[一-鿿]{0,4}(?:项目|企业)(?:有|共|达)?\d)"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Number:
    """A value and where it stands.

    start, end: the value span (digits, multipliers, inner 余 or 多, and the unit if it stands right there).
    unit_start, unit_end: the unit's own characters, in the span or later in the list; None without a unit.
    family: the unit's family in the lexicon, `rank` for an order, `ratio` for a:b and a/b.
    scale: the multiplier that a list carries with the unit. about: the inner 余 or 多.
    cell: a bare number of a table, whose unit stands in the head of its column.
    weak: a lone Chinese digit with a counting word (三家), which is more often a way of speaking.
    """

    start: int
    end: int
    value: str
    unit: str | None
    family: str
    unit_start: int | None = None
    unit_end: int | None = None
    scale: str = ""
    about: str | None = None
    weak: bool = False
    cell: bool = False

    @property
    def carried(self) -> bool:
        """Whether the unit stands behind a later member of the list, or in the head of the column."""
        return self.unit_start is not None and not self.start <= self.unit_start < self.end


def numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """The numbers of a folded text between two offsets, ascending and disjoint, units carried over lists."""
    stop = len(text) if end is None else end
    found = sorted([*_ratios(text, start, stop), *_plain(text, start, stop)], key=lambda n: (n.start, -n.end))
    kept: list[Number] = []
    for number in found:
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return [n for n in _carry(text, _ranges(text, kept)) if n.family and not _is_grade(text, n)]


def parse(text: str, unit: str | None = None) -> Number | None:
    """The one number that is this folded text; `unit` is the unit (with its scale) named elsewhere."""
    found = [n for n in numbers(f"{text}{unit or ''}") if n.start == 0]
    if unit and found and found[0].end == len(text) + len(unit):
        return replace(found[0], end=len(text))
    return found[0] if found and found[0].end == len(text) and not unit else None


def plain(value: Decimal) -> str:
    """A decimal without exponent or trailing zeros: 3328000000, 0.385."""
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text


def chinese(text: str) -> Decimal:
    """The number a Chinese numeral names: 三千五百亿 → 350000000000; a bare multiplier counts once.

    Raises ValueError if the text is not a numeral.
    """
    total = section = digit = Decimal(0)
    seen = False
    for char in text:
        if char in _DIGITS:
            digit, seen = Decimal(_DIGITS[char]), True
        elif char in "十百千":
            section += (digit if digit or (seen and digit) else Decimal(1)) * _POWERS[char]
            digit, seen = Decimal(0), False
        elif char in "万亿":
            section += digit
            total = (
                (total + (section or Decimal(1 if not total else 0))) * _POWERS[char]
                if char == "亿"
                else (total + (section or Decimal(1)) * _POWERS[char])
            )
            section, digit, seen = Decimal(0), Decimal(0), False
        else:
            raise ValueError(text)
    return total + section + digit


def _plain(text: str, start: int, stop: int) -> Iterator[Number]:
    for match in _NUMBER.finditer(text, start, stop):
        if match["a"] is not None:
            number = _arabic(text, match)
        elif match["c"] is not None:
            number = _spelled(text, match)
        else:
            number = _part(match)
        if number is not None:
            yield number


def _arabic(text: str, match: re.Match[str]) -> Number | None:
    if _BEFORE.search(text, max(0, match.start() - 1), match.start()):
        return None
    scale = match["s"] if match["u"] else match["bare"]
    value = Decimal(match["a"].replace(",", "")) * _multiplier(scale)
    about = match["f"] or match["g"] or match["bareg"]
    if match["u"] is None:
        end = match.end("bare") if scale else match.end("a")
        alone = scale and (end == len(text) or text[end] in ",;。、\n")
        heads = alone and _HEADCOUNT.search(text, max(0, match.start() - 12), match.start())
        family = "count" if heads else ""
        return Number(match.start(), end, plain(value), None, family, scale=scale, about=about)
    unit = match["u"]
    if unit == "年" and _YEAR.fullmatch(match["a"]):
        return None
    family = _UNITS[unit.split("/")[0]]
    return Number(
        match.start(),
        match.end(),
        plain(value),
        _SPELLING.get(unit, unit),
        family,
        match.start("u"),
        match.end("u"),
        scale,
        about,
        weak=unit == "次" and value < _OFTEN,
    )


def _spelled(text: str, match: re.Match[str]) -> Number | None:
    numeral, unit = match["c"], match["v"]
    family = _UNITS[unit.split("/")[0]]
    before = text[max(0, match.start() - 3) : match.start()]
    if _BARE.match(numeral) and not _REACHES.search(before):
        return None
    if (
        unit == "次"
        or before.endswith(("第", "十", "“", "‘"))
        or family in ("span", "length", "volume", "compute")
    ):
        return None
    try:
        value = chinese(numeral)
    except ValueError:
        return None
    weak = value < 11 and family not in ("money", "ratio", "area", "mass")
    return Number(
        match.start(),
        match.end(),
        plain(value),
        _SPELLING.get(unit, unit),
        family,
        match.start("v"),
        match.end("v"),
        "",
        match["k"],
        weak,
    )


def _part(match: re.Match[str]) -> Number:
    """百分之五, 三分之二, 三成五: the unit lies in the words themselves."""
    if match["p"] is not None:
        numeral = match["p"]
        value = Decimal(numeral) if numeral[0].isdigit() else chinese(numeral)
        return Number(match.start(), match.end(), plain(value), "%", "share", match.start(), match.end())
    if match["d"] is not None:
        value_text = f"{chinese(match['n'])}/{chinese(match['d'])}"
        return Number(match.start(), match.end(), value_text, None, "ratio")
    tenths = Decimal(_DIGITS[match["t"]]) * 10
    if match["h"]:
        tenths += 5 if match["h"] == "半" else _DIGITS[match["h"]]
    return Number(match.start(), match.end(), plain(tenths), "%", "share", match.start(), match.end())


def _ratios(text: str, start: int, stop: int) -> Iterator[Number]:
    for match in _RATIO.finditer(text, start, stop):
        before = text[max(0, match.start() - 8) : match.start()]
        if (match[0].count(":") + match[0].count("∶") > 1 and "." in match[0]) or re.search(
            "按|比|结构", before
        ):
            yield Number(match.start(), match.end(), match[0].replace("∶", ":"), None, "ratio")
    for match in _FRACTION.finditer(text, start, stop):
        if 0 < int(match[1]) < int(match[2]):
            yield Number(match.start(), match.end(), match[0], None, "ratio")


def _ranges(text: str, found: list[Number]) -> list[Number]:
    """Two numbers joined by ~ or 至 with one unit are one value `a~b`; 1亿2千万元 is one value too."""
    out: list[Number] = []
    for number in found:
        last = out[-1] if out else None
        if last and not last.family and last.end == number.start and last.scale == "亿" and number.family:
            total = Decimal(last.value) + Decimal(number.value)
            out[-1] = replace(number, start=last.start, value=plain(total))
            continue
        if (
            last is not None
            and number.family
            and number.family != "ratio"
            and (not last.family or last.unit == number.unit)
            and not last.value.count("~")
            and _JOINT.fullmatch(text, last.end, number.start)
        ):
            low = Decimal(last.value)
            if not last.family and not last.scale:
                low *= _multiplier(number.scale)
            if low < Decimal(number.value):
                out[-1] = replace(number, start=last.start, value=f"{plain(low)}~{number.value}")
                continue
        out.append(number)
    return out


def _carry(text: str, found: list[Number]) -> list[Number]:
    """Give the members of a 、 list the unit and multiplier of the last one: 58.3、41.5、26.4亿元."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        if here.unit == "个" and after.unit == "个百分点" and "." in here.value:
            here = replace(here, family="")  # 2.8个和0.9个百分点
        if (
            not here.family
            and after.family not in ("", "ratio")
            and _GLUE.fullmatch(text, here.end, after.start)
        ):
            scale = "" if here.scale else after.scale
            out[i] = replace(
                here,
                value=plain(Decimal(here.value) * _multiplier(scale)),
                unit=after.unit,
                family=after.family,
                unit_start=after.unit_start,
                unit_end=after.unit_end,
                scale=here.scale or after.scale,
            )
    return out


def _is_grade(text: str, number: Number) -> bool:
    """亿元以上项目, 千亿级: a class of things, not an amount."""
    at = number.unit_start if number.unit_start is not None else number.end
    if number.family in ("power", "mass", "money", "area") and _CLASS.match(text, number.end):
        return True
    return number.family == "money" and bool(
        _GRADE.match(text, max(at, number.end - 2)) or _GRADE.match(text, at)
    )


def _multiplier(scale: str) -> Decimal:
    product = Decimal(1)
    for char in scale:
        product *= _POWERS[char]
    return product
