"""The grammar of Chinese company names: place, brand (字号), trade, form, branch.

    上海 | 电气 | （许昌）| 智能装备 | 有限公司          许昌 | 森源 | 电气 | 股份有限公司 | 郑州分公司
    place brand  branch    trade      form             place brand  trade  form           branch

Words stand in data/names.toml, places come from the reference. A part that a name does not have is None.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from liandong.reference import Division, find_division
from liandong.reference.divisions import candidates
from liandong.registry.classify_acts import ACTS
from liandong.registry.classify_lexicon import terms
from liandong.registry.normalising import narrow
from liandong.registry.synthetic import MARK

_LONGEST_PLACE = 12
_NATION = ("中华人民共和国", "中国", "中华", "国家", "全国")
_NEAR = re.compile(
    r"^[^省市县区()]{0,5}?(?:高新技术产业开发区|经济技术开发区|经济开发区|高新区|开发区|工业园区|街道|镇|乡)"
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_LATIN = re.compile(r"^[A-Za-z0-9&.·\-]{2,}")
_WHOLE = re.compile(
    "(?:集团)?(?:股份|责任)?有限(?:责任)?(?:总)?公司|(?:集团|总)?公司|银行(?:股份有限公司)?"
    "|(?:农村)?信用(?:合作)?联社|(?:基层)?(?:专业|供销|经济|信用)?合作社|供销社|信用社"
)
"""Forms that a branch may stand behind."""
_SHORTEST_BRAND, _LONGEST_BRAND, _LONGEST_BEFORE_TRADE = 2, 4, 6
_FORMAL = "省市县区旗州"
"""How a place ends that is named in full: what follows may be a trade without a brand."""
_LONGEST_TRADE = 6
"""Characters of the terms of trades that are taken from the lexicon of activities."""


@dataclass(frozen=True, slots=True)
class CompanyName:
    """The parts of a name, in half-width signs; None where the name has none.

    place: as written (许昌, 河南省许昌市, 中国). brand: 字号. trade: what it makes or does. form: 有限公司,
    厂, 合作社 … branch: the part of a firm that is meant: a place in brackets, or what follows the form.
    """

    place: str | None
    brand: str | None
    trade: str | None
    form: str | None
    branch: str | None


@lru_cache(maxsize=65536)
def parse_name(name: str) -> CompanyName:
    """The parts of a company name. Never fails: what cannot be told apart is the brand."""
    text = re.sub(r"\s+", " ", narrow(name)).strip().removesuffix(narrow(MARK)).strip()
    text, branch, legal = _brackets(text)
    text, form, behind = _form(text)
    branch = behind or branch
    place, rest = _place(text)
    brand, trade = _brand_and_trade(rest)
    if place and brand and place[-1] in _FORMAL and _all_trade(rest):
        brand, trade = None, rest  # 巍山县客货运输服务
    if trade and branch is None:
        trade, branch = _place_behind(trade)
    if place and brand is None and trade is None and place[-1] not in _FORMAL:
        place, brand = None, place
    if place and _is_minor(place) and trade is None and brand and _all_trade(brand):
        place, brand, trade = None, place, brand  # 东方电气: 东方 is the brand, not the city in Hainan
    form = " ".join(part for part in (form, legal) if part) or None
    return CompanyName(place, brand, trade, form, branch)


def _brackets(text: str) -> tuple[str, str | None, str | None]:
    """The text without its brackets; the place in one; the legal word in one. Others stay, without signs."""
    branch: str | None = None
    legal: str | None = None

    def replace(match: re.Match[str]) -> str:
        nonlocal branch, legal
        inside = match[1].strip()
        if inside in _words("legal"):
            legal = inside
            return ""
        if inside and (inside in _NATION or _is_place(inside)):
            branch = inside
            return ""
        return inside

    return _BRACKET.sub(replace, text).strip(), branch, legal


def _form(text: str) -> tuple[str, str | None, str | None]:
    """What stands before the form, the form, and the branch behind it."""
    cut = _company(text)
    if cut:
        before, form, behind = cut
        return before, form, behind
    for form in _longest_first("forms"):
        if text.endswith(form) and len(text) > len(form):
            return text[: -len(form)], form, None
    return text, None, None


def _company(text: str) -> tuple[str, str, str] | None:
    """A company's form followed by a branch: …有限公司 | 郑州分公司."""
    for match in _WHOLE.finditer(text):
        behind = text[match.end() :].strip()
        if behind and match.start() and behind.endswith(_longest_first("branches")):
            before, form = text[: match.start()], match[0]
            if form.startswith("银行") and form != "银行":
                return before + "银行", form.removeprefix("银行"), behind
            return before, form, behind
    return None


def _place(text: str) -> tuple[str | None, str]:
    """The place that a text begins with, and the rest."""
    for nation in _NATION:
        if text.startswith(nation) and len(text) > len(nation):
            return nation, text[len(nation) :]
    if text[-1:] and text[-1] in _FORMAL and len(text) > _SHORTEST_BRAND and _is_place(text):
        return text, ""  # 乐亭县 | 农村信用合作联社
    for size in range(min(_LONGEST_PLACE, len(text) - 1), 1, -1):
        head = text[:size]
        if _is_place(head):
            rest = text[size:]
            if rest[0] in "省市县区" and len(rest) > 2:
                continue
            near = _NEAR.match(rest)
            zone = near and near[0].endswith("区")
            if near and len(rest) - near.end() >= _SHORTEST_BRAND and (zone or head[-1] in _FORMAL):
                return head + near[0], rest[near.end() :]
            return head, rest
    return None, text


def _place_behind(trade: str) -> tuple[str, str | None]:
    """…通信集团 | 河南, 集团 | 抚顺 | 商业城: a place behind 集团 is the part of the group that is meant."""
    if trade.startswith("集团"):
        place, rest = _place(trade[2:])
        if place and place not in _NATION and _all_trade(rest):
            return rest, place
    for size in range(min(4, len(trade) - 2), 1, -1):
        if trade[:-size].endswith("集团") and _is_place(trade[-size:]):
            return trade[:-size], trade[-size:]
    return trade, None


def _brand_and_trade(text: str) -> tuple[str | None, str | None]:
    """The longest end that is made of trade words is the trade; at least two characters are the brand."""
    text = text.strip()
    if not text:
        return None, None
    latin = _LATIN.match(text)
    if latin and latin.end() < len(text):
        return latin[0], text[latin.end() :]
    if len(text) <= _SHORTEST_BRAND:
        return text, None
    group = text.find("集团", _SHORTEST_BRAND, _LONGEST_BRAND + 2)
    if group > 0 and group + 2 < len(text) and not any(_trade_ends(text[:group])[_SHORTEST_BRAND:-1]):
        return text[:group], text[group:]
    ends = _trade_ends(text)
    if ends[0]:  # all of it is trade: the first word is what tells it from others
        first = next((i for i in range(_SHORTEST_BRAND, len(text)) if ends[i]), len(text))
        return text[:first], text[first:] or None
    start = next((i for i in range(_SHORTEST_BRAND, len(text)) if ends[i]), None)
    if start is not None and start <= _LONGEST_BEFORE_TRADE:
        return text[:start], text[start:]
    if len(text) <= _LONGEST_BRAND:
        return text, None
    return text[:_SHORTEST_BRAND], text[_SHORTEST_BRAND:]


def _trade_ends(text: str) -> list[bool]:
    """Per position whether the text from there on is made of trade words alone."""
    words, longest = _trades()
    ends = [False] * len(text) + [True]
    for start in range(len(text) - 1, -1, -1):
        ends[start] = any(
            ends[end] and text[start:end] in words
            for end in range(start + 1, min(len(text), start + longest) + 1)
        )
    return ends


def _all_trade(text: str) -> bool:
    return _trade_ends(text)[0]


@lru_cache(maxsize=65536)  # the same few thousand beginnings of names come again and again
def _is_place(text: str) -> bool:
    return bool(candidates(text)) or (len(text) > 3 and find_division(text) is not None)


def _is_minor(place: str) -> bool:
    """Whether a place is a short name of counties only, and so may be any word."""
    found: tuple[Division, ...] = candidates(place)
    return bool(found) and all(each.level == "county" and each.name != place for each in found)


@cache
def _words(kind: str) -> frozenset[str]:
    text = files("liandong.registry").joinpath("data/names.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind].split())


@cache
def _longest_first(kind: str) -> tuple[str, ...]:
    return tuple(sorted(_words(kind), key=lambda word: (-len(word), word)))


@cache
def _trades() -> tuple[frozenset[str], int]:
    """Words of trades, those of the lexicon of activities with them, and the length of the longest."""
    known = {term for term in terms() if 2 <= len(term) <= _LONGEST_TRADE}
    words = (_words("trades") | known | ACTS.keys()) - _words("brands")
    return words, max(map(len, words))
