"""What a firm's name says of its trade: the terms near its form, and what kind of business the form is."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from liandong.registry.classify_lexicon import Hit, Lexicon, plain


class Kind(Enum):
    """What the form of a name says of the business."""

    WORKS = "works"  # 厂, 制造, 加工部
    TRADER = "trader"  # 商贸, 贸易, 物资
    SHOP = "shop"  # 店, 门市部, 超市
    COOPERATIVE = "cooperative"
    FARM = "farm"
    COMPANY = "company"


class Trade(NamedTuple):
    """The terms of a name, the one next to its form last. size: characters of the name that were read."""

    kind: Kind
    hits: tuple[Hit, ...]
    size: int


_BRACKETS = re.compile(r"\([^()]*\)")
_PLACE = re.compile(
    r"^(?:中国|中华)?(?:[^\W\d]{2,7}?(?:省|自治区|自治州|(?<!超)(?<!都)市(?!场|政)|县(?!供)|(?<!社)(?<!小)(?<!园)区|镇|乡(?!村)|街道|村(?!镇)))+"
)
_FORM = re.compile(
    r"(?:(?:集团|控股|股份|有限|责任|总|分|子)*公司|集团|股份合作社|农民专业合作社|专业合作社|合作联社|合作社|专业社"
    r"|农民专业|个人独资企业|普通合伙|有限合伙)+"
)
_AFTER_COMPANY = re.compile(r"(?:公司|集团)(?!$)")
_KINDS = (
    (Kind.COOPERATIVE, re.compile(r"合作社|合作联社|专业社$|联合社")),
    (
        Kind.SHOP,
        re.compile(
            r"(?:店|门市部?|超市|商行|药房|商场|商城|经营部|经销处|经销部|服务站|加油站|加气站|销售点|供应站|零售部|柜|专营|专卖|营业部|商店|便利|百货大楼|购物中心|购物广场)(?:\d|第|$|\()|\d+店|大药房"
        ),
    ),
    (Kind.WORKS, re.compile(r"厂|制造|加工部|加工点|作坊|加工场")),
    (
        Kind.TRADER,
        re.compile(
            r"商贸|贸易|经贸|进出口|商业|物资|供销|销售|外贸|经销|批发|营销|商务|国贸|世贸|百货|采购|供应链"
        ),
    ),
    (Kind.FARM, re.compile(r"农场|养殖场|猪场|种植园|牧场|林场|养鸡场|渔场")),
)

_ANY_KIND = re.compile("|".join(words.pattern for _, words in _KINDS))


def read_name(name: str, lexicon: Lexicon) -> Trade:
    """The trade that a registered name states."""
    text = plain(name or "")
    kind = Kind.COMPANY
    if _ANY_KIND.search(text):
        kind = next((kind for kind, words in _KINDS if words.search(text)), kind)
    if "(" in text:
        text = _BRACKETS.sub("", text)
    parts = [part for part in _AFTER_COMPANY.split(text) if part]
    for part in reversed(parts):
        core = _PLACE.sub("", part)
        size = len(_FORM.sub("", core))
        hits = [hit for hit in lexicon.find(core) if hit.end - hit.start > 1 or hit.end >= size]
        if hits:
            return Trade(kind, tuple(hits), size)
    return Trade(kind, (), 0)
