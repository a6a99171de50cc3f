"""Words and shapes by which a line of a web page shows what it is for. All patterns match folded text.

The words are in `data/furniture.toml`; the shapes that they make are here. Every pattern is used on lines of
bounded length (`lines.LONGEST`).
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_WORDS = tomllib.loads(files("liandong.documents").joinpath("data/furniture.toml").read_text("utf-8"))


def _any(*keys: str) -> str:
    """A group of the fragments of `table.key …`, the longest first: alternation takes the first that fits."""
    return f"(?:{'|'.join(sorted((part for key in keys for part in _at(key)), key=len, reverse=True))})"


def _at(key: str) -> list[str]:
    table, name = key.split(".")
    parts: list[str] = _WORDS[table][name]
    return parts


# ── dates and times ──────────────────────────────────────────────────────────────────────────────────────
_CLOCK = r"\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}秒?|分)?"
_DAY = r"(?:19|20)\d{2} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}(?!\d) ?日?"
_WEEKDAY = r" ?(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}) ?[-/.年] ?(?P<month>\d{1,2}) ?[-/.月] ?(?P<day>\d{1,2})(?!\d) ?日?"
    rf"{_WEEKDAY}(?:[ T]{{0,3}}(?P<hour>\d{{1,2}})[:时点](?P<minute>\d{{1,2}})"
    r"(?:[:分](?P<second>\d{1,2})秒?|分)?)?(?![\d:%])"
)
MOMENT = re.compile(
    rf"{_DAY}{_WEEKDAY}(?:[ T]{{0,3}}{_CLOCK})?"
    rf"|(?<!\d)\d{{1,2}}[-/月]\d{{1,2}}日? {{0,3}}{_CLOCK}"
    rf"|(?:今天|昨天|前天)? ?(?<!\d){_CLOCK}(?!\d)"
    r"|\d{1,3} ?(?:秒|分钟|小时|天|周|个月|年)前|刚刚"
)
TIME_LABEL = re.compile(rf"{_any('masthead.time')} ?:? ?(?=(?:19|20)\d{{2}}|$| )")

# ── who says it ──────────────────────────────────────────────────────────────────────────────────────────
SOURCE_LABEL = re.compile(rf"{_any('masthead.source')} ?: ?")
SOURCE_FIELD = re.compile(SOURCE_LABEL.pattern + r"[^\x01 |;,]{0,30}")
_LEAD = _any("credits.lead")
_ROLE = rf"(?:{_LEAD}{{0,4}}{_any('credits.role')}(?:[/、]{_any('credits.shared')}){{0,3}}[人者员]?)"
CREDIT_LABEL = re.compile(rf"(?P<role>{_ROLE}) ?[:|丨] ?|(?P<spaced>{_ROLE})(?: +|(?<=/[图文]))(?=[一-鿿])")
PREFIX_ROLE = re.compile(rf"{_LEAD}{{0,4}}{_any('credits.before')}|文/图?|图/文?|文/摄")
SUFFIX_ROLE = re.compile(_any("credits.after"))
DATELINE = re.compile(
    r"(?:本报|本网|本台|本刊|[一-鿿A-Za-z0-9·]{0,16}\d{1,2}月\d{1,2}日)(?:[一-鿿]{0,6})?[讯电](?:\s|$)?"
)

# ── page furniture ───────────────────────────────────────────────────────────────────────────────────────
CRUMB_HEAD = re.compile(
    r"(?:(?:[您你]的?|当前|现在|目前|所在)(?:当前|现在|目前|所在|的){0,4}位置[是为]?|首页|主页|Home)"
    r" ?[:>»›/| ]"
)
CRUMB_MARK = re.compile(r" ?(?:>{1,2}|»|›|→|\\) ?")
BUTTON = re.compile(_any("buttons.words", "buttons.english"))
COUNT = re.compile(r"\(? ?\d[\d,.]{0,12} ?[万亿wWkK+]? ?(?:[次人条个篇字页] ?)?\)?|第? ?[A-Z]?\d{1,3}[版页]")
LIST_MARK = re.compile(r"[·•●■◆▪▶►○◇□★☆*+>»›-] ?|[①-⑳] ?|\[?\(?\d{1,2}[.、)\]:] ?(?!\d)")
SECTION = re.compile(
    rf"{_any('section.lead')}{_any('section.link')}?{_any('section.what')}"
    rf"|{_any('section.whole', 'section.english')}",
    re.IGNORECASE,
)
INLINE_LINK = re.compile(rf"{_any('lines.link')} ?(?::|[一-鿿])")
LEGAL = re.compile(_any("lines.legal"), re.IGNORECASE)
CONTACT = re.compile(rf"{_any('lines.contact')}(?: ?:| ?\d{{3}})|{_any('lines.offer')}", re.IGNORECASE)
NOTICE = re.compile(rf"\W{{0,2}}{_any('lines.notice')}\W{{0,2}}(?::|[一-鿿])")
CAPTION = re.compile(rf"[▲△▼↑↓]|{_any('lines.caption')}[^。]*$")
ELLIPSIS = re.compile(r"(?:\.{3,}|…{1,2}|。{3,}|···+)\s*(?:\[?(?:详细|全文|更多|查看|展开)[一-鿿]{0,3}\]?)?$")
ORGANISATION = re.compile(r"[一-鿿()、 ]{2,40}(?:[府局委办厅院会处部室组所社站]|公司|中心|集团|大学|学校)")

# ── sentences ────────────────────────────────────────────────────────────────────────────────────────────
SENTENCE_END = re.compile(r"[。!?;:…][”’\"')\]】》」』]{0,4}$|\.[\"'”’)]{0,4}$")
STOPS = re.compile(r"[。!?;]|[.!?] (?=[A-Z“\"])")
COMMAS = re.compile(r"[,、]")
HAN = re.compile(r"[㐀-鿿豈-﫿]")
WORD = re.compile(r"[A-Za-z]{2,}")
