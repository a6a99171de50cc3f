"""Dates: time words of a page, resolved against the day it was published.

    去年 → 2024      前三季度 → 2024-01/2024-09      截至5月底 → 2025-05-31      2014年以来 → 2014/2024-09
    昨天 → 2023-08-23      到2027年 → 2027      “十四五”期间 → 2021/2025      近日 → unknown

A period is an ISO date, month or year, or `start/end`. What cannot be resolved is None, never guessed: an
undated page resolves 2024年 but not 去年. A time word that names no time at all (近年来, 连续8年) is a
`Time` with period None: it ends what an earlier word governed.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Time:
    """A time word and what it resolves to.

    how: `date` a day or month of an event; `span` a reporting period or year; `cutoff` 截至…; `since` …以来;
    `now` 目前; `target` 到2027年; `none` a word that leaves the time open; `streak` 连续N年, for its own
    clause only.
    """

    start: int
    end: int
    period: str | None
    how: str


_Y = r"(?:(?P<y>(?:19|20)\d\d)年|(?P<r>今|去|上|前|明|本|当|昨)年(?!度|轻|处|会|报))"
_PART = (
    r"(?P<half>上半年|下半年)|(?P<upto>前)?第?(?P<q>[一二两三四1234])个?季度"
    r"|前(?P<n>\d{1,2}|[一二三四五六七八九十]{1,2})个?月|(?P<m1>\d{1,2})月?(?:-|至|~|—|到)(?P<m2>\d{1,2})月(?:份|底|末)?"
    r"|(?P<m>\d{1,2}|元)月(?:(?P<d>\d{1,2})[日号]|(?P<me>底|末)|份?)|(?P<ye>(?<=年)[底末]|年[底末])"
)
_CUT = r"(?P<cut>截至|截止到?|截至到|至)?"
_UNTIL = r"(?P<until>到|至)?"
_TIME = re.compile(
    rf"(?P<plan>[“\"]?(?P<five>十[一二三四五六]五)[”\"]?(?:期间|时期|以来|末|期末|中期))"
    rf"|(?P<y1>(?:19|20)\d\d)年?(?:-|至|~|—|——|到)(?P<y2>(?:19|20)\d\d)年(?!度)"
    rf"|(?:截至|截止到?|截至到)?(?P<now>目前|当前|现阶段|已拥有|现拥有)(?![一-鿿]?已经过去)"
    rf"|(?P<past>过去的?一年|过去这一年)"
    rf"|(?P<open>近日|日前|近期|近来|近年来?|多年来|长期以来|[近过]去?[一二三四五六七八九十\d]{{1,2}}年来?|[一二三四五六七八九十\d]{{1,2}}年来|今后|未来[一二三四五六七八九十\d]{{1,2}}年|历年)"
    rf"|(?P<streak>连续[一二三四五六七八九十\d]{{1,3}}(?:年|个月|个季度|届|次|批))"
    rf"|(?P<day>今天|今日|昨天|昨日|前天|明天|当天|当日)"
    rf"|{_CUT}{_UNTIL}(?:{_Y}(?:全年)?(?:\s?(?:{_PART}))?(?P<since>以来|起|初以来)?"
    rf"|(?:{_PART.replace('?P<', '?P<b_')})(?P<b_since>以来|起)?)"
    rf"|(?P<whole>全年|(?<![\d一二三四五六七八九十两几])年内|本年度|本年|年底前?|年末|岁末|年初)"
    rf"|(?P<month>本月|上月|上个月|当月)"
)
_DATELINE = re.compile(r"(?:讯|电|消息|报道)?[,， ]*(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:讯|电|消息)")
_COMPARED = re.compile(r"(?:比|较|同比|超|与|相比|于|跟|自)\Z")
_YEARS = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "昨": -1, "前": -2, "明": 1}
_CN = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "元": 1}


# 2024年全国…百强市: the year belongs to the list's name
_IN_NAME = re.compile(
    r"(?:全国|中国|国家|全省|[一-鿿]{2,3}省)[^,;。、]{2,24}?"
    r"(?:强|强市|强县|强区|强企业|榜单?|名单|试点|试点城市|奖|案例)(?=[,;。、”]|$)"
)


class Calendar:
    """Resolves the time words of one page.

    published: ISO date or date and time, or None. The dateline (株洲10月18日讯) fixes 今天 and 昨天.
    """

    def __init__(self, published: str | None, text: str = "") -> None:
        self.published = _day(published)
        self.today = self.published
        match = _DATELINE.search(text[:400])
        if match and self.published:
            self.today = self._past(int(match["m"]), int(match["d"]))
        self.dateline = match.span() if match else None

    def times(self, text: str, start: int = 0, end: int | None = None) -> list[Time]:
        """The time words of a folded text between two offsets, ascending and disjoint."""
        stop = len(text) if end is None else end
        return [time for match in _TIME.finditer(text, start, stop) if (time := self._read(text, match))]

    def _read(self, text: str, match: re.Match[str]) -> Time | None:
        if match.end() == match.start():
            return None
        how, period = self._resolve(match)
        compared = bool(_COMPARED.search(text, max(0, match.start() - 2), match.start()))
        if how == "" or (compared and how in ("span", "date") and match["since"] is None):
            return None
        if text.startswith("度", match.end()) and not re.match(
            r"度[,内]", text[match.end() : match.end() + 2]
        ):
            return None
        if how == "span" and _IN_NAME.match(text, match.end()):
            return None
        return Time(match.start(), match.end(), period, how)

    def _resolve(self, match: re.Match[str]) -> tuple[str, str | None]:
        now = self.published
        if match["five"]:
            first = 2001 + 5 * _CN[match["five"][1]]
            if match["plan"].endswith("以来"):
                return "since", self._since(str(first))
            return "span", str(first + 4) if "末" in match["plan"] else f"{first}/{first + 4}"
        if match["y1"]:
            return "span", f"{match['y1']}/{match['y2']}"
        if match["now"]:
            return "now", now.strftime("%Y-%m") if now else None
        if match["past"]:
            return "span", str(now.year - 1) if now else None
        if match["open"]:
            return "none", None
        if match["streak"]:
            return "streak", None
        if match["day"]:
            return "date", self._relative_day(match["day"])
        if match["whole"]:
            return self._year_word(match["whole"])
        if match["month"]:
            return "span", self._month_word(match["month"])
        return self._calendar(match)

    def _calendar(self, match: re.Match[str]) -> tuple[str, str | None]:
        parts = {k.removeprefix("b_"): v for k, v in match.groupdict().items() if v}
        year = self._year(parts)
        since = parts.get("since")
        if "half" in parts:
            months = (1, 6) if parts["half"][0] == "上" else (7, 12)
        elif "n" in parts:
            months = (1, _small(parts["n"]))
        elif "m1" in parts:
            months = (int(parts["m1"]), int(parts["m2"]))
        elif "q" in parts:
            last = 3 * _small(parts["q"])
            months = (1 if "upto" in parts else last - 2, last)
        elif "m" in parts:
            return self._month_or_day(parts, year, bool(since))
        elif "ye" in parts:
            return (
                ("cutoff", f"{year or self._this_year()}-12-31")
                if year or self.published
                else ("cutoff", None)
            )
        else:
            return self._whole_year(parts, year, since)
        if not (1 <= months[0] <= months[1] <= 12):
            return "", None
        year = year or self._year_of_month(months[1])
        return "span", f"{year}-{months[0]:02d}/{year}-{months[1]:02d}" if year else None

    def _month_or_day(self, parts: dict[str, str], year: int | None, since: bool) -> tuple[str, str | None]:
        month = _small(parts["m"])
        if not 1 <= month <= 12:
            return "", None
        cut = "cut" in parts
        if "d" in parts:
            day = int(parts["d"])
            found = _make(year, month, day) if year else self._past(month, day)
            how = "cutoff" if cut else "date"
            return how, found.isoformat() if found else None
        year = year or self._year_of_month(month)
        if year is None:
            return ("cutoff" if cut else "date"), None
        if "me" in parts or cut:
            return "cutoff", f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]}"
        if since:
            return "since", self._since(f"{year}-{month:02d}")
        return "date", f"{year}-{month:02d}"

    def _whole_year(
        self, parts: dict[str, str], year: int | None, since: str | None
    ) -> tuple[str, str | None]:
        if "y" not in parts and "r" not in parts:
            return "", None
        if year is None:
            return "span", None
        if since:
            begin = f"{year}-01" if self.published and year == self.published.year else str(year)
            return "since", self._since(begin)
        if "until" in parts or parts.get("cut") == "至":
            return "target", str(year)
        return "span", str(year)

    def _year(self, parts: dict[str, str]) -> int | None:
        if "y" in parts:
            return int(parts["y"])
        if "r" in parts and self.published:
            return self.published.year + _YEARS[parts["r"]]
        return None

    def _this_year(self) -> int | None:
        return self.published.year if self.published else None

    def _year_of_month(self, month: int) -> int | None:
        """The year of a month named without one: the last such month begun by the day of the page."""
        if self.published is None:
            return None
        return self.published.year if month <= self.published.month else self.published.year - 1

    def _since(self, begin: str) -> str | None:
        return f"{begin}/{self.published:%Y-%m}" if self.published else None

    def _past(self, month: int, day: int) -> date | None:
        """The last such day not more than a month after the page."""
        if self.published is None:
            return None
        found = _make(self.published.year, month, day)
        if found and found > self.published + timedelta(days=31):
            found = _make(self.published.year - 1, month, day)
        return found

    def _relative_day(self, word: str) -> str | None:
        if self.today is None or word in ("当天", "当日"):
            return None
        shift = {"今": 0, "昨": -1, "前": -2, "明": 1}[word[0]]
        return (self.today + timedelta(days=shift)).isoformat()

    def _year_word(self, word: str) -> tuple[str, str | None]:
        year = self._this_year()
        if year is None:
            return "span", None
        return ("span", str(year))

    def _month_word(self, word: str) -> str | None:
        if self.published is None or word == "当月":
            return None
        first = self.published.replace(day=1)
        return f"{first if word == '本月' else first - timedelta(days=1):%Y-%m}"


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published[:10]) if published else None


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _small(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text.startswith("十"):
        return 10 + (_CN[text[1]] if len(text) > 1 else 0)
    return _CN[text[0]]
