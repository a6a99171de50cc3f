"""What a firm's name says of its trade: the terms near its form, and what kind of business the form is."""

from __future__ import annotations

import re
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from liandong.registry.classify_lexicon import Hit, Lexicon, words


class Kind(IntEnum):
    """What the form of a name says of the business; the first that fits holds."""

    COOPERATIVE = 0
    SHOP = 1  # 店, 门市部, 超市
    WORKS = 2  # 厂, 制造, 加工部
    TRADER = 3  # 商贸, 贸易, 物资
    FARM = 4
    COMPANY = 5


_KINDS = (
    (Kind.COOPERATIVE, r"合作社|合作联社|专业社$|联合社"),
    (
        Kind.SHOP,
        r"(?:店|门市部?|超市|商行|药房|商场|商城|经营部|经销处|经销部|服务站|加油站|加气站|销售点|供应站|零售部|柜|专营|专卖"
        r"|营业部|商店|便利|百货大楼|购物中心|购物广场)(?:\d|第|$|\()|\d+店|大药房",
    ),
    (Kind.WORKS, r"厂|制造|加工部|加工点|作坊|加工场"),
    (
        Kind.TRADER,
        r"商贸|贸易|经贸|进出口|商业|物资|供销|销售|外贸|经销|批发|营销|商务|国贸|世贸|百货|采购|供应链",
    ),
    (Kind.FARM, r"农场|养殖场|猪场|种植园|牧场|林场|养鸡场|渔场"),
)
_SOCIETY = r"供销|消费合作社|信用"
"""Cooperatives that do not farm: what they are is said by the rest of the name."""
_BRACKETS = r"\([^()]*\)"
_PLACE = re.compile(
    r"^(?:中国|中华)?(?:[^\W\d]{2,7}?(?:省|自治区|自治州|(?<!超)(?<!都)市(?!场|政)|县(?!供)|(?<!社)(?<!小)(?<!园)区"
    r"|镇|乡(?!村)|街道|村(?!镇)))+"
)
_PLACE_SIGNS = frozenset("省区州市县镇乡道村")
_COMPANY = re.compile(r"(?:公司|集团)(?!$)")
_FORMS = words("forms")
_FORM_ENDS = tuple({form[-1] for form in _FORMS})


def columns(names: pa.Array) -> tuple[list[str], npt.NDArray[np.int8]]:
    """Names in half-width capitals without what stands in brackets, and the kind of each."""
    text = pc.utf8_upper(pc.utf8_normalize(pc.fill_null(names, ""), form="NFKC"))
    kinds = np.full(len(names), Kind.COMPANY, dtype=np.int8)
    society = _matches(text, _SOCIETY)
    for kind, pattern in reversed(_KINDS):
        found = _matches(text, pattern)
        kinds[found & ~society if kind is Kind.COOPERATIVE else found] = kind
    return pc.replace_substring_regex(text, _BRACKETS, "").to_pylist(), kinds


def terms_of(name: str, lexicon: Lexicon) -> tuple[tuple[Hit, ...], int]:
    """The terms of a name as `columns` gives it, the one next to its form last; how much of it was read."""
    for part in reversed(_parts(name)):
        core = _PLACE.sub("", part) if not _PLACE_SIGNS.isdisjoint(part) else part
        size = _without_form(core)
        hits = tuple(hit for hit in lexicon.find(core) if hit.end - hit.start > 1 or hit.end >= size)
        if hits:
            return hits, size
    return (), 0


def _matches(texts: pa.Array, pattern: str) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False))


def _parts(name: str) -> list[str]:
    """A firm and its branch: what stands before 公司 or 集团, and what behind."""
    if "公司" in name[:-2] or "集团" in name[:-2]:
        return [part for part in _COMPANY.split(name) if part]
    return [name]


def _without_form(core: str) -> int:
    """How long a name is without the words of its legal form at its end."""
    end = len(core)
    while end and core.endswith(_FORM_ENDS, 0, end):
        form = next((form for form in _FORMS if core.endswith(form, 0, end)), None)
        if form is None or (len(form) == 1 and end == len(core)):
            break
        end -= len(form)
    return end
