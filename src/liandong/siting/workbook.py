"""Workbooks out: templates to write over, a placement with its reasons, a comparison of costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from liandong.errors import Language, Text
from liandong.figures import RecordRef
from liandong.siting.alternatives import Alternative
from liandong.siting.explaining import Conflict
from liandong.siting.fields import LANDING_SHEETS, SHEETS, Sheet
from liandong.siting.landing import ITEMS, Comparison, Line
from liandong.siting.posing import Posed
from liandong.siting.problem import Result
from liandong.siting.rules import Verdict
from liandong.siting.sensitivity import break_evens, swings

VERDICTS: Mapping[Verdict, Text] = {
    Verdict.ADMITTED: Text("准入", "admitted"),
    Verdict.CONDITIONAL: Text("有条件准入", "conditional"),
    Verdict.ASK: Text("须询问部门", "ask"),
    Verdict.BARRED: Text("不准入", "barred"),
}
_EXAMPLE_DAY = date(2026, 1, 1)
_EXAMPLE: Mapping[str, Sequence[Sequence[Any]]] = {
    "case": [("示例 · example", 10)],
    "parks": [("甲园区", "否", "重点管控单元", "虚构 · invented")],
    "parcels": [("甲-1", "甲园区", "工业用地", None, None, None)],
    "rooms": [
        ("甲-1", "土地", 100, "亩", None, None, None, None),
        ("甲园区", "电力", None, "千伏安", None, "供电公司", None, None),
    ],
    "prices": [("甲-1", "土地", None, "一次", None, None)],
    "projects": [("项目一", "3812", "否", None, None, "是", 3, None, None)],
    "needs": [("项目一", "土地", 60, "亩", None), ("项目一", "电力", 5000, "千伏安", 2027)],
    "rules": [
        (
            "R1",
            "化工",
            "化工项目须进化工园区(示例,请换成本地规则)",
            None,
            "项目.化工 = 是",
            "园区.化工园区 = 是",
            "禁止",
            None,
            "填写决定部门",
            "填写依据",
            _EXAMPLE_DAY,
            None,
        )
    ],
    "project": [("项目一", "虚构 · invented")],
    "quantities": [
        ("土地", "工业用地", 60, "亩", "一次", None, None),
        ("电费", "峰段", 1000000, "千瓦时", "每年", None, None),
    ],
}


def write_template(path: str | Path, language: Language = "zh") -> None:
    """An empty siting case: every sheet and column, a note on each, and an invented row to write over."""
    _template(path, SHEETS, language)


def write_landing_template(path: str | Path, language: Language = "zh") -> None:
    """An empty landing-cost sheet; see `write_template`."""
    _template(path, LANDING_SHEETS, language)


def _template(path: str | Path, sheets: Sequence[Sheet], language: Language) -> None:
    book = Workbook()
    book.remove(book.active)
    landing = sheets is LANDING_SHEETS
    for sheet in sheets:
        page = book.create_sheet(sheet.label(language))
        for number, column in enumerate(sheet.columns, start=1):
            cell = page.cell(1, number, column.label(language))
            cell.font = Font(bold=column.required)
            if column.note.zh:
                cell.comment = Comment(column.note(language), "Liandong")
            page.column_dimensions[get_column_letter(number)].width = 16
        for row in () if landing and sheet.name == "prices" else _EXAMPLE.get(sheet.name, ()):
            page.append(list(row))
        page.freeze_panes = "A2"
    book.save(path)


def write_result(
    path: str | Path,
    posed: Posed,
    result: Result,
    *,
    alternatives: Sequence[Alternative] = (),
    conflict: Conflict | None = None,
    language: Language = "zh",
) -> None:
    """The result as a workbook: placements with the second best, admissions with every reason, capacities."""
    zh = language == "zh"
    book = Workbook()
    book.remove(book.active)
    problem = posed.problem
    other = {each.project: each for each in alternatives}
    rows = []
    for number, site in enumerate(result.sites):
        second = other.get(number)
        rows.append(
            (
                problem.projects[number],
                None if site is None else problem.sites[site],
                None if site is None else posed.case.parcels[site].park,
                None if site is None else float(problem.cost[site, number]),
                None if second is None or second.site is None else problem.sites[second.site],
                None if second is None else second.extra,
            )
        )
    _sheet(
        book,
        "安排" if zh else "placements",
        ("项目", "地块", "园区", "费用(元)", "次优地块", "次优多花(元)")
        if zh
        else ("project", "parcel", "park", "cost (yuan)", "second best", "extra (yuan)"),
        rows,
    )
    _sheet(
        book,
        "准入" if zh else "admission",
        ("项目", "地块", "结论", "理由", "决定部门", "规则", "依据", "规则失效日期")
        if zh
        else ("project", "parcel", "verdict", "reason", "department", "rule", "source", "valid to"),
        [
            (
                admission.project,
                admission.parcel,
                VERDICTS[finding.verdict](language),
                finding.reason(language),
                finding.department,
                finding.rule.id if finding.rule else None,
                finding.rule.source if finding.rule else finding.source,
                finding.rule.valid_to if finding.rule else None,
            )
            for admission in posed.admissions
            for finding in admission.findings
        ],
    )
    summary: list[tuple[Any, ...]] = [
        ("状态" if zh else "status", result.status.value),
        ("总费用(元)" if zh else "total cost (yuan)", result.objective),
        ("下界" if zh else "bound", result.bound),
        ("已证明" if zh else "proven", "是" if result.proven and zh else str(result.proven)),
    ]
    for resource, places in posed.left_out:
        summary.append((f"未计入:{resource}(价格未知)" if zh else f"left out: {resource}", "、".join(places)))
    for requirement in conflict.requirements if conflict else ():
        summary.append(("冲突" if zh else "conflict", requirement.text(language)))
    _sheet(book, "结论" if zh else "summary", ("项", "值") if zh else ("item", "value"), summary)
    book.save(path)


def write_comparison(path: str | Path, comparison: Comparison, language: Language = "zh") -> None:
    """The landing costs as a workbook: totals, every line with source and date, sensitivity, break-even."""
    zh = language == "zh"
    book = Workbook()
    book.remove(book.active)
    unknown, partial = ("未知", "部分") if zh else ("unknown", "partial")
    totals: list[tuple[Any, ...]] = []
    for park in comparison.parks:
        cells: list[Any] = [park.park]
        for yearly in (False, True):
            total = park.yearly if yearly else park.once
            cells.append(unknown if total.value is None else float(total.value))
            cells.append(partial if park.partial(yearly=yearly) else "")
        cells.append(unknown if park.power_on.value is None else float(park.power_on.value))
        cells.append("、".join(_label(line, language) for line in park.blanks))
        totals.append(tuple(cells))
    heads = (
        ("园区", "一次性支出(元)", "是否完整", "年运行支出(元/年)", "是否完整 ", "通电(月)", "未知项")
        if zh
        else ("park", "once (yuan)", "whole?", "yearly (yuan a year)", "whole? ", "power (months)", "unknown")
    )
    _sheet(book, "合计" if zh else "totals", heads, totals)
    _sheet(
        book,
        "明细" if zh else "lines",
        ("园区", "费用项", "名称", "用量", "单位", "单价", "费用(元)", "计价", "计入", "截至日期", "来源")
        if zh
        else (
            "park",
            "item",
            "name",
            "quantity",
            "unit",
            "price",
            "yuan",
            "per",
            "counts",
            "as of",
            "source",
        ),
        [_line_cells(park.park, line, language) for park in comparison.parks for line in park.lines],
    )
    _sheet(
        book,
        "敏感性" if zh else "sensitivity",
        ("园区", "费用项", "单价降 20% 的合计", "单价升 20% 的合计")
        if zh
        else ("park", "item", "total at -20 %", "total at +20 %"),
        [
            (each.park, f"{ITEMS[each.item](language)} · {each.name}", float(each.low), float(each.high))
            for each in swings(comparison)
        ],
    )
    _sheet(
        book,
        "盈亏平衡" if zh else "break-even",
        ("园区", "对比园区", "费用项", "现单价", "持平单价")
        if zh
        else ("park", "beside", "item", "price now", "price at break-even"),
        [
            (e.park, e.other, f"{ITEMS[e.item](language)} · {e.name}", float(e.present), float(e.price))
            for e in break_evens(comparison)
        ],
    )
    book.save(path)


def _line_cells(park: str, line: Line, language: Language) -> tuple[Any, ...]:
    zh = language == "zh"
    unknown = "未知" if zh else "unknown"
    values = [line.quantity.value, line.price.value, line.cost.value]
    quantity, price, cost = (unknown if value is None else float(value) for value in values)
    refused = "否:未证明合法" if zh else "no: not shown to be lawful"
    sources = [f"{ref.source} › {ref.row}" for ref in line.price.evidence if isinstance(ref, RecordRef)]
    return (
        park,
        ITEMS[line.item](language),
        line.name,
        quantity,
        line.quantity.unit,
        price,
        cost,
        ("每年" if line.yearly else "一次") if zh else ("year" if line.yearly else "once"),
        ("是" if zh else "yes") if line.counts else refused,
        line.price.basis.as_of,
        "; ".join(sources),
    )


def _label(line: Line, language: Language) -> str:
    return f"{ITEMS[line.item](language)} · {line.name}"


def _sheet(book: Workbook, title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    page = book.create_sheet(title)
    page.append(list(heads))
    for cell in page[1]:
        cell.font = Font(bold=True)
    for row in rows:
        page.append([_safe(cell) for cell in row])
    for number in range(1, len(heads) + 1):
        page.column_dimensions[get_column_letter(number)].width = 18
    page.freeze_panes = "A2"


def _safe(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula stays a text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "@") else cell
