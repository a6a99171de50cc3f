"""Ranks with a number: places in an order, as numbers of unit 位."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liandong.facts.numbers import Number, chinese

_ORDER = re.compile(
    r"第(?P<a>\d{1,4}|[一二三四五六七八九十]{1,3})(?P<u>位|名)"
    r"|(?:居|列|位列|位居|排名|排|名列|跃居|跃升至|升至|稳居|蝉联|保持|排在|占据|上升到|均居|均列|总量|数量)[^,;:。!?\d]{0,14}?(?P<b>第(?P<c>\d{1,4}|[一二三四五六七八九十]{1,3})(?:位|名)?)(?![大批届个家条轮次期季代产\d一-鿿]*方阵|[大批届个家条轮次期季代产档梯方阵类线]|书记|责任|时间|现场)"
    r"|(?:居|列|位列|位居|名列|跃居|稳居|排|蝉联|均居|保持)[^,;:。!?\d]{0,14}?(?P<h>首位(?!度)|榜首|之首|第一位|头名)"
    r"|(?<=[国省球界区市洲])(?P<f>第(?P<g>[一二三四五六七八九十]{1,2}|\d{1,3}))(?=[,;。、]|$)"
    r"|第(?P<s>\d{1,3})(?P<t>[个家])(?=[一-鿿])"
    r"|(?<=[国球省界])第(?P<w>[一二三四五六七八九十]{1,3})(?P<x>[个家])(?=[“一-鿿])"
)


def orders(text: str, start: int, end: int) -> Iterator[Number]:
    """第3位, 居全国第二, 首位 → 3, 2, 1 位."""
    for match in _ORDER.finditer(text, start, end):
        if match["a"]:
            span, digits = match.span(), match["a"]
        elif match["b"]:
            span, digits = match.span("b"), match["c"]
        elif match["h"]:
            yield Number(*match.span("h"), "1", "位", "rank", *match.span("h"))
            continue
        elif match["f"]:
            span, digits = match.span("f"), match["g"]
        else:
            span, digits = match.span(), match["s"] or match["w"]
        value = digits if digits.isdigit() else str(chinese(digits))
        yield Number(*span, str(int(value)), "位", "rank", *span)
