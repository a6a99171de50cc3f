"""programmes.xlsx: a sheet of programmes and a sheet of their conditions, as a bureau keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from liandong.errors import InputError, Language, Text
from liandong.plan.fields import Document, Fields
from liandong.plan.lines import Path as Items

PROGRAMMES = Text("政策项目", "programmes")
CONDITIONS = Text("条件", "conditions")

# Columns by field: the heading in Chinese; the field's own name is the English one.
PROGRAMME_COLUMNS = {
    "name": "名称",
    "english": "英文名",
    "kind": "类别",
    "subjects": "对象",
    "issuer": "发布单位",
    "number": "文号",
    "status": "状态",
    "valid_from": "开始日期",
    "valid_to": "截止日期",
    "legal_basis": "法律依据",
    "review": "公平竞争审查",
    "benefit": "支持内容",
    "amount": "最高金额",
    "unit": "金额单位",
    "source": "来源",
    "quote": "原文",
}
CONDITION_COLUMNS = {
    "programme": "名称",
    "field": "条件项",
    "test": "比较",
    "value": "值",
    "unit": "单位",
    "either": "任一组",
    "note": "原文",
}
WORDS = {
    "kind": {"人才计划": "talent", "基金": "fund", "政策": "policy"},
    "status": {
        "有效": "in_force",
        "暂停": "suspended",
        "清理中": "under_clean_up",
        "废止": "repealed",
        "未知": "unknown",
    },
    "review": {"通过": "passed", "审查中": "pending", "未通过": "failed", "未知": "unknown"},
    "subjects": {"企业": "firm", "项目": "project"},
    "test": {
        "属于": "in",
        "不属于": "not_in",
        "不低于": "at_least",
        "不高于": "at_most",
        "包含": "contains",
        "是否": "is",
    },
    "field": {
        "行业": "industry",
        "所在地": "region",
        "荣誉资质": "honour",
        "名称或经营范围": "words",
        "成立日期": "founded",
        "成立年限": "age",
        "注册资本": "capital",
        "上市": "listed",
        "总投资": "investment",
        "固定资产投资": "fixed_investment",
        "设备投资": "equipment_investment",
        "就业人数": "jobs",
        "年营业收入": "revenue",
        "年税收": "tax",
        "研发投入占比": "research_share",
        "高层次人才": "talents",
    },
}
_LISTED = {"in", "not_in", "contains"}
_BETWEEN = re.compile(r"[;；,，、]")


@dataclass
class _Book:
    """The tables of a workbook with the place of every cell."""

    document: Document
    programmes: list[dict[str, Any]] = field(default_factory=list)

    def note(self, path: Items, sheet: str, row: int) -> None:
        self.document.lines[path] = row
        self.document.sheets[path] = sheet


def workbook_fields(path: Path) -> Fields:
    """The programmes of a workbook as the fields that a TOML file would have.

    Raises InputError for a file that is no workbook, a sheet or column that is missing or not known;
    what stands in the cells is checked by whoever reads the fields.
    """
    try:
        book = load_workbook(path, data_only=True)
    except OSError as error:
        raise InputError(
            Text("无法读取该文件。请检查路径和权限。", f"cannot be read: {error.strerror}."), file=str(path)
        ) from error
    except (BadZipFile, KeyError, ValueError) as error:
        raise InputError(
            Text("打不开这个工作簿。", "this workbook cannot be opened."), file=str(path)
        ) from error
    found = _Book(Document(str(path)))
    at: dict[str, int] = {}
    sheet = _sheet(book, PROGRAMMES, path)
    for row, cells in _rows(sheet, PROGRAMME_COLUMNS, path):
        index = len(found.programmes)
        found.programmes.append(_programme(cells))
        at.setdefault(str(cells.get("name", "")), index)
        found.note(("programme", index), sheet.title, row)
    sheet = _sheet(book, CONDITIONS, path)
    for row, cells in _rows(sheet, CONDITION_COLUMNS, path):
        _condition(found, at, sheet.title, row, cells)
    return Fields(found.document, (), {"programme": found.programmes})


def write_template(path: Path | str, language: Language = "zh") -> None:
    """A workbook with both sheets and every column, and one programme to write over."""
    book = Workbook()
    book.remove(book.active)
    zh = language == "zh"
    for title, columns in ((PROGRAMMES, PROGRAMME_COLUMNS), (CONDITIONS, CONDITION_COLUMNS)):
        page = book.create_sheet(title(language))
        for number, (name, heading) in enumerate(columns.items(), start=1):
            page.cell(1, number, heading if zh else name).font = Font(bold=True)
            page.column_dimensions[get_column_letter(number)].width = 16
        page.freeze_panes = "A2"
        for cells in _EXAMPLE[title.en]:
            words = {v: k for k, v in WORDS.get("field", {}).items()} if zh else {}
            page.append([words.get(value, value) if zh else value for value in (cells[n] for n in columns)])
    book.save(path)


_EXAMPLE: dict[str, list[dict[str, Any]]] = {
    "programmes": [
        dict.fromkeys(PROGRAMME_COLUMNS)
        | {"name": "示例:设备更新支持", "kind": "policy", "subjects": "project", "status": "unknown"}
    ],
    "conditions": [
        dict.fromkeys(CONDITION_COLUMNS)
        | {
            "programme": "示例:设备更新支持",
            "field": "equipment_investment",
            "test": "at_least",
            "value": 500,
            "unit": "万元",
        }
    ],
}


def _sheet(book: Any, label: Text, path: Path) -> Any:
    for name in book.sheetnames:
        if name.strip().lower() in (label.zh, label.en):
            return book[name]
    raise InputError(Text(f"缺少工作表“{label.zh}”。", f'the sheet "{label.en}" is missing.'), file=str(path))


def _rows(page: Any, columns: dict[str, str], path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows that hold anything, by field name, with their number in the sheet."""
    lines = page.iter_rows(values_only=True)
    fields = {heading: name for name, heading in columns.items()} | {name: name for name in columns}
    header: dict[int, str] = {}
    for index, title in enumerate(next(lines, ())):
        text = str(title or "").strip()
        if text and text not in fields:
            known = "、".join(columns.values())
            raise InputError(
                Text(f"不认识“{text}”这一列。可用:{known}。", f'the column "{text}" is not known.'),
                file=str(path),
                sheet=page.title,
                row=1,
                field=get_column_letter(index + 1),
            )
        if text:
            header[index] = fields[text]
    for number, line in enumerate(lines, start=2):
        cells = {header[i]: _plain(cell) for i, cell in enumerate(line) if i in header}
        cells = {name: cell for name, cell in cells.items() if cell not in (None, "")}
        if cells:
            yield number, cells


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        return cell.date()
    return cell if cell is None or isinstance(cell, int | float | date) else str(cell)


def _programme(cells: dict[str, Any]) -> dict[str, Any]:
    table = {name: _word(name, value) for name, value in cells.items()}
    if "subjects" in table:
        table["subjects"] = [
            WORDS["subjects"].get(part.strip(), part.strip())
            for part in _BETWEEN.split(str(table["subjects"]))
        ]
    source, quote = table.pop("source", None), table.pop("quote", None)
    if source is not None or quote is not None:
        stated = {"source": source, "quote": quote}
        table["stated"] = [{name: value for name, value in stated.items() if value is not None}]
    for name in ("name", "number", "issuer", "legal_basis", "benefit"):
        if isinstance(table.get(name), int | float):
            table[name] = str(table[name])
    return table


def _condition(book: _Book, at: dict[str, int], sheet: str, row: int, cells: dict[str, Any]) -> None:
    table = {name: _word(name, value) for name, value in cells.items()}
    name = str(table.pop("programme", ""))
    if name not in at:
        item = ("programme", len(book.programmes), "condition", row)
        book.note(item, sheet, row)
        text = Text(f"“{name}”不在“政策项目”表中。", f'"{name}" is not in the sheet of programmes.')
        book.document.fault((*item, "programme"), text)
        return
    if table.get("test") in _LISTED and "value" in table:
        parts = _BETWEEN.split(str(table.pop("value")))
        table["values"] = [part.strip() for part in parts if part.strip()]
    conditions = book.programmes[at[name]].setdefault("condition", [])
    book.note(("programme", at[name], "condition", len(conditions)), sheet, row)
    conditions.append(table)


def _word(name: str, value: Any) -> Any:
    """The word of the file for a Chinese one."""
    return WORDS.get(name, {}).get(value, value) if isinstance(value, str) else value
