"""The library's words: kinds of facts, verdicts, modality."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import Text
from liandong.office.shell.language import say
from liandong.office.templatetags.office import stated
from liandong.workspace.models import FactRecord

KINDS = {
    "indicator": Text("指标", "indicator"),
    "recognition": Text("荣誉", "recognition"),
    "rank": Text("位次", "rank"),
    "program": Text("规划政策", "programme"),
    "carrier": Text("载体", "carrier"),
    "cooperation": Text("合作", "cooperation"),
    "fund": Text("基金", "fund"),
    "project": Text("项目", "project"),
    "event": Text("活动", "event"),
    "person": Text("人物", "person"),
    "positioning": Text("定位", "positioning"),
    "meta": Text("页面信息", "page"),
}
VERDICTS = {
    "open": Text("待核对", "to review"),
    "accepted": Text("已采信", "accepted"),
    "rejected": Text("已否决", "rejected"),
    "merged": Text("已合并", "merged"),
}
MODALITIES = {"actual": Text("实际", "actual"), "planned": Text("计划", "planned")}


def source(text: str | None) -> SafeString:
    """Words of a source, in its own language."""
    return format_html('<span lang="zh">{}</span>', text or "—")


def value_link(record: FactRecord) -> SafeString:
    """A fact's value as written, opening its evidence."""
    return format_html(
        '<a class="figure" data-drawer href="{}" lang="zh">{}</a>',
        reverse("evidence:fact", args=[record.pk]),
        stated(record),
    )


def verdict(record: FactRecord) -> str:
    """What was said of a fact."""
    return say(VERDICTS[record.verdict or "open"])
