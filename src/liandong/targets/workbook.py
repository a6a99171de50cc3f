"""The lists as a workbook: a sheet per chain, a column per contribution, every number linked to its evidence.

Cells with points lead to the sheet of evidence, where the figure, its formula and its rows and queries are
written out. A text is never read as a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from liandong.errors import Language, Text
from liandong.figures import (
    AssumptionRef,
    DerivedRef,
    Evidence,
    FactRef,
    Figure,
    QueryRef,
    RecordRef,
)
from liandong.targets.target import LABELS, Contribution, Target

_HEAD = (
    Text("名次", "rank"),
    Text("企业", "firm"),
    Text("统一社会信用代码", "credit code"),
    Text("所在地", "place"),
    Text("环节", "node"),
    Text("得分", "score"),
    Text("权重扰动下留在名单的比例", "share of draws on the list"),
    Text("名次区间", "range of ranks"),
)
_EVIDENCE = Text("依据", "evidence")
_EVIDENCE_HEAD = (
    Text("企业", "firm"),
    Text("得分项", "contribution"),
    Text("分值", "points"),
    Text("最高", "most"),
    Text("数值", "value"),
    Text("单位", "unit"),
    Text("截至", "as of"),
    Text("数据来源", "data"),
    Text("依据", "evidence"),
)
UNKNOWN = "?"
_LINK = Font(color="0563C1", underline="single")
_BOLD = Font(bold=True)
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
_MOST_TITLE = 31
_MOST_CELL = 30_000


def write_workbook(
    lists: Mapping[str, Sequence[Target]], path: str | Path, language: Language = "zh"
) -> Path:
    """Write the targets of every chain (name → best first) as .xlsx; returns the path.

    Points that rest on an unknown figure are a question mark: 0 is nothing, ? is not known.
    """
    book = Workbook()
    book.remove(book.active)
    evidence = book.create_sheet(_EVIDENCE(language))
    _heading(evidence, [text(language) for text in _EVIDENCE_HEAD])
    for chain, targets in lists.items():
        page = book.create_sheet(_title(chain, book.sheetnames), index=len(book.sheetnames) - 1)
        _chain(page, targets, evidence, language)
    target = Path(path)
    book.save(target)
    return target


def _chain(page: Any, targets: Sequence[Target], evidence: Any, language: Language) -> None:
    names = list(dict.fromkeys(item.name for target in targets for item in target.contributions))
    _heading(page, [text(language) for text in _HEAD] + [LABELS[name](language) for name in names])
    for rank, target in enumerate(targets, start=1):
        row = rank + 1
        stable = target.stability
        head = (
            rank,
            target.firm.name,
            target.firm.uscc,
            target.firm.place,
            target.node,
            float(target.score),
            stable.share if stable else None,
            f"{stable.low}–{stable.high}" if stable else None,
        )
        for column, value in enumerate(head, start=1):
            _put(page, row, column, value)
        for item in target.contributions:
            at = _state(evidence, target, item, language)
            column = len(_HEAD) + names.index(item.name) + 1
            cell = _put(page, row, column, float(item.points) if item.figure.known else UNKNOWN)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{evidence.title}'!A{at}")
            cell.font = _LINK
    page.freeze_panes = "C2"


def _state(evidence: Any, target: Target, item: Contribution, language: Language) -> int:
    """Write one contribution's figure out; the row where it stands."""
    row = int(evidence.max_row) + 1
    figure = item.figure
    values = (
        target.firm.name,
        LABELS[item.name](language),
        float(item.points),
        float(item.most),
        None if figure.value is None else float(figure.value),
        figure.unit,
        figure.basis.as_of or figure.basis.in_year,
        figure.coverage.source if figure.coverage else None,
        "\n".join(line for each in figure.evidence for line in _lines(each))[:_MOST_CELL],
    )
    for column, value in enumerate(values, start=1):
        _put(evidence, row, column, value)
    return row


def _lines(item: Figure | Evidence, name: str = "") -> list[str]:
    """Evidence written out, one thing a line."""
    before = f"{name}: " if name else ""
    match item:
        case RecordRef(source, row):
            return [f"{before}{source} › {row}"]
        case FactRef(fact):
            return [f"{before}fact {fact}"]
        case QueryRef(expression, snapshot, rows):
            return [f"{before}{expression} [{snapshot}: {rows}]"]
        case AssumptionRef(file, line):
            return [f"{before}{file} › {line}"]
        case DerivedRef(formula, inputs):
            return [f"{before}{formula}", *(line for key, value in inputs for line in _lines(value, key))]
    value = "?" if item.value is None else format(item.value, "f")
    return [f"{before}{value}{item.unit}", *(line for each in item.evidence for line in _lines(each))]


def _heading(page: Any, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts, start=1):
        page.cell(1, column, text).font = _BOLD
        page.column_dimensions[get_column_letter(column)].width = 14
    page.freeze_panes = "A2"


def _put(page: Any, row: int, column: int, value: Any) -> Any:
    cell = page.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # a name that begins with = is a name
    return cell


def _title(chain: str, taken: Sequence[str]) -> str:
    """A sheet's name may be short and plain only, and stands once."""
    plain = chain.translate(_FORBIDDEN)[:_MOST_TITLE] or "—"
    number, title = 1, plain
    while title in taken:
        number += 1
        title = f"{plain[: _MOST_TITLE - 4]} ({number})"
    return title
