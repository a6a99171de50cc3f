"""Words of leads and projects: what happened on a timeline, what notices say, amounts as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import Text
from liandong.figures import Figure, render
from liandong.office.shell import figures
from liandong.office.shell.language import language, pick, say
from liandong.projects import (
    ITEMS,
    MEASURES,
    RESULT_NAMES,
    STAGE_NAMES,
    STANDINGS,
    STATUS_NAMES,
    STEP_NAMES,
    TYPE_NAMES,
    Stage,
    Status,
    Step,
    Type,
    shipped_clocks,
)
from liandong.reference.divisions import division, is_division
from liandong.workspace import amounts
from liandong.workspace.models import Activity, AmountRecord, Notice, ProjectRecord

CLOCKS = {each.name: each.text for each in shipped_clocks()}
CONCLUSIONS = {
    "": Text("征求意见中", "asking"),
    "pass": Text("通过", "passed"),
    "conditional": Text("有条件通过", "passed with conditions"),
    "reject": Text("不通过", "rejected"),
    "open": Text("征求意见中", "asking"),
}
REVIEWS = {
    "": Text("待审查", "to be reviewed"),
    "passed": Text("通过", "passed"),
    "refused": Text("不通过", "refused"),
}
SIDES = {"government": Text("政府方", "government"), "firm": Text("企业方", "firm")}
TASKS = {
    "task": Text("任务", "task"),
    "problem": Text("问题", "problem"),
    "instruction": Text("批示", "instruction"),
}
GROUNDS = {
    "firm": Text("同一企业", "same firm"),
    "group": Text("同一集团", "same group"),
    "product": Text("同一产品", "same product"),
    "place": Text("同一落地地区", "same place"),
}
_KINDS = {
    "lead": Text("登记线索", "lead noted"),
    "clock": Text("办理", "done"),
    "dropped": Text("不跟进", "not followed"),
    "filed": Text("报备", "filed"),
    "contact": Text("联系企业", "contact"),
    "made": Text("建立项目", "project made"),
    "changed": Text("修改资料", "changed"),
    "stage": Text("进入", "moved to"),
    "status": Text("状态", "status"),
    "milestone": Text("节点", "milestone"),
    "amount": Text("金额", "amount"),
    "promise": Text("新增承诺", "promise added"),
    "mended": Text("修改条款", "clause mended"),
    "taken_out": Text("删去条款", "clause taken out"),
    "reviewed": Text("公平竞争审查", "fair-competition review"),
    "kept": Text("承诺兑现", "promise told of"),
    "suspended": Text("承诺中止", "promise suspended"),
    "diligence": Text("尽职调查", "due diligence"),
    "decided": Text("红旗决定", "decision on a flag"),
    "review_called": Text("发起准入评审", "admission review called"),
    "opinion": Text("部门意见", "opinion"),
    "concluded": Text("评审结论", "review concluded"),
    "condition": Text("条件落实", "condition met"),
    "task": TASKS["task"],
    "problem": TASKS["problem"],
    "instruction": TASKS["instruction"],
    "answered": Text("办结", "answered"),
    "document": Text("文件", "document"),
    "note": Text("记录", "note"),
    "visit": Text("走访", "visit"),
    "call": Text("电话", "call"),
    "meeting": Text("会谈", "meeting"),
    "reception": Text("接待", "reception"),
}
_NOTICES = {
    "lead": Text("给您一条线索", "a lead for you"),
    "mention": Text("提到了您", "you are mentioned"),
    "assigned": Text("项目由您负责", "a project for you"),
    "stage": Text("项目阶段变化", "a project moved"),
    "task": Text("给您一项任务", "a task for you"),
    "problem": Text("请您解决问题", "a problem for you"),
    "instruction": Text("领导批示", "an instruction"),
    "answered": Text("已答复", "answered"),
    "review": Text("请提出评审意见", "your opinion is asked"),
    "concluded": Text("评审有结论", "a review is concluded"),
    "dispute": Text("报备争议", "a dispute over a firm"),
    "ruled": Text("争议已裁定", "a dispute is ruled"),
    "overdue": Text("线索办理超时", "a lead is overdue"),
}


def options(table: Mapping[Any, Text]) -> list[tuple[str, str]]:
    """Choices of a select, in the reader's language."""
    return [(str(key), say(words)) for key, words in table.items()]


def zh(text: object) -> SafeString:
    """Words of people, which stay in their language."""
    return format_html('<span lang="zh">{}</span>', text or "—")


def link(record: ProjectRecord) -> SafeString:
    """A project's name as the way to its page; an example says that it is one."""
    tag = (
        format_html(' <span class="tag">{}</span>', pick("合成示例", "synthetic")) if record.synthetic else ""
    )
    return format_html(
        '<a href="{}" lang="zh">{}</a>{}', reverse("projects:project", args=[record.pk]), record.name, tag
    )


def stage(code: str) -> str:
    """A stage in words."""
    return say(STAGE_NAMES[Stage(code)])


def status(code: str) -> str:
    """A status in words."""
    return say(STATUS_NAMES[Status(code)])


def kind(code: str) -> str:
    """A type in words."""
    return say(TYPE_NAMES[Type(code)])


def measure(code: str) -> str:
    """A measure in words."""
    return say(MEASURES[code]) if code in MEASURES else code


def standing(code: str) -> str:
    """A standing in words."""
    return next((say(words) for each, words in STANDINGS.items() if each.value == code), code)


def period(figure: Figure) -> str:
    """When a figure holds, in words; "" where nobody said."""
    basis = figure.basis
    if basis.in_year:
        return pick(f"{basis.in_year} 年度" if len(basis.in_year) == 4 else basis.in_year, basis.in_year)
    if basis.cumulative:
        return pick(f"累计至 {basis.cumulative}", f"cumulated to {basis.cumulative}")
    return pick(f"截至 {basis.as_of}", f"as of {basis.as_of}") if basis.as_of else ""


def amount(record: AmountRecord | None) -> SafeString | str:
    """An amount with measure, standing and period, never a bare number; it opens its project's amounts."""
    if record is None:
        return "—"
    found = amounts.figure(record)
    return format_html(
        '{} <a class="figure" href="{}#amounts">{}</a> {}',
        measure(record.measure),
        reverse("projects:project", args=[record.project_id]),
        render(found, language()),
        period(found),
    )


def value(record: AmountRecord) -> SafeString:
    """The figure of an amount, in a table that names its measure and standing beside it."""
    return figures.render(amounts.figure(record))


def place(code: str) -> SafeString | str:
    """A division's name."""
    found = division(code) if code and is_division(code) else None
    return zh(found.short) if found else "—"


def timeline(entries: Iterable[Activity]) -> list[dict[str, Any]]:
    """Entries of a timeline with their words."""
    return [
        {
            "entry": each,
            "kind": say(_KINDS[each.kind]) if each.kind in _KINDS else each.kind,
            "told": _told(each),
        }
        for each in entries
    ]


def notice(found: Notice) -> dict[str, Any]:
    """A notice with its words and where it leads."""
    subject, _, number = found.address.partition(":")
    pages = {"project": "projects:project", "lead": "leads:lead"}
    address = reverse(pages[subject], args=[number]) if subject in pages else reverse("leads:disputes")
    return {"notice": found, "kind": say(_NOTICES[found.kind]), "address": address}


def _told(entry: Activity) -> str:
    data = entry.data
    match entry.kind:
        case "stage":
            waived = data.get("waived")
            more = pick(f"(越过 {waived} 项)", f" ({waived} waived)") if waived else ""
            return stage(data["stage"]) + more
        case "status":
            return status(data["status"])
        case "milestone":
            return say(STEP_NAMES[Step(data["step"])])
        case "clock":
            return say(CLOCKS[data["clock"]]) if data["clock"] in CLOCKS else data["clock"]
        case "diligence" | "decided":
            item = say(ITEMS[data["item"]])
            return f"{item}: {say(RESULT_NAMES[data['result']])}" if "result" in data else item
        case "concluded":
            return say(CONCLUSIONS[data["conclusion"]])
        case "reviewed":
            return say(REVIEWS[data["verdict"]])
        case "amount":
            found = Figure.from_dict(data["figure"])
            return f"{measure(found.measure)} {_plain(found)}"
    return ""


def _plain(found: Figure) -> str:
    return render(found, language())
