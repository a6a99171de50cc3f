"""What a page of assessment is asked: a period, a day, by what projects are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from liandong.assessment import RATES
from liandong.errors import InputError, Text
from liandong.office.shell.access import Request
from liandong.office.shell.language import pick, say

KEYS = {
    "unit": Text("单位", "unit"),
    "park": Text("园区", "park"),
    "chain": Text("产业链", "chain"),
    "officer": Text("招商员", "officer"),
    "source": Text("来源省份", "source province"),
    "in_park": Text("是否入园", "in a park or not"),
}
BATCH_WORDS = {
    "known": Text("新增线索", "became known"),
    "signed": Text("签约", "signed"),
    "landed": Text("落地", "landed"),
    "started": Text("开工", "started"),
    "producing": Text("投产", "producing"),
    "at_capacity": Text("达产", "at capacity"),
    "withdrawn": Text("签约后终止", "withdrawn after signing"),
}
REACHED_WORDS = {
    "funds": Text("资金到位", "funds in place"),
    "statistics": Text("入库纳统", "entered in statistics"),
    **BATCH_WORDS,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A period (both days included), the day as of which, and the key."""

    since: date
    until: date
    on: date
    by: str

    def query(self, **more: Any) -> str:
        """As the query of an address."""
        given = {"since": self.since, "until": self.until, "on": self.on, "by": self.by} | more
        return urlencode({name: str(value) for name, value in given.items() if value is not None})

    def counted(self, of: str, reached: str | None, group: str | None) -> str:
        """The address of the projects that a number counts."""
        query = self.query(of=of, reached=reached, group=group)
        return f"{reverse('assessment:counted')}?{query}"


def asked(request: Request) -> Asked:
    """What the address says; else this year so far, by unit."""
    today = timezone.localdate()
    since = _day(request, "since", date(today.year, 1, 1))
    until = _day(request, "until", today)
    by = request.GET.get("by", "unit")
    if by not in KEYS:
        raise InputError(Text("不能按此分组。", "Projects cannot be told apart by that."), field="by")
    if until < since:
        raise InputError(Text("结束日期早于开始日期。", "It ends before it begins."), field="until")
    return Asked(since, until, _day(request, "on", max(today, until)), by)


def controls(found: Asked) -> dict[str, Any]:
    """What the form of the period shows."""
    return {
        "asked": found,
        "keys": [(key, say(text)) for key, text in KEYS.items()],
        "key_words": say(KEYS[found.by]),
        "rate_words": [(name, say(text)) for name, text in RATES.items()],
    }


def group_words(by: str, group: str) -> str:
    """A group's name; what is unknown or none says so."""
    if by == "in_park":
        return pick("入园", "in a park") if group == "yes" else pick("未入园", "not in a park")
    return group or pick("未填", "not stated")


def _day(request: Request, name: str, otherwise: date) -> date:
    text = request.GET.get(name, "")
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError:
        raise InputError(
            Text("日期应写成 2026-03-01。", "Write the date as 2026-03-01."), field=name
        ) from None
