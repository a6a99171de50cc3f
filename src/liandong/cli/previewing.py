"""How a preview of an import is shown: per table its header, columns and first rows; then the faults."""

from __future__ import annotations

from typing import Any

from liandong.cli.output import new_table, pick, results, say
from liandong.errors import Text
from liandong.registry import Preview

_SHOWN = {
    "name": ("企业", "firm"),
    "uscc": ("代码", "code"),
    "region_text": ("所在地", "place"),
    "founded": ("成立", "founded"),
    "founded_year": ("成立年份", "year founded"),
    "capital": ("注册资本(元)", "capital (yuan)"),
    "insured": ("参保人数", "insured staff"),
    "status": ("状态", "status"),
    "industry": ("行业", "industry"),
    "honours": ("荣誉", "honours"),
}
"""Columns of a row that are shown, where any of the rows has them; `--json` has all."""


def show(preview: Preview) -> None:
    """Print the tables of a preview and what an import of them would come to."""
    for table in preview.tables:
        where = table.file if table.sheet is None else f"{table.file} › {table.sheet}"
        head = (
            ("", "")
            if table.header is None
            else (f",表头在第 {table.header} 行", f", header in row {table.header}")
        )
        results().print(pick(f"{where}{head[0]}", f"{where}{head[1]}"), markup=False)
        columns = new_table(("表中的列", "column"), ("字段", "field"))
        for column, field in table.columns.items():
            columns.add_row(column, field)
        for column in table.unmapped:
            columns.add_row(column, pick("(未使用)", "(not used)"))
        results().print(columns)
        _rows(preview.first.get(table.label, []))
    for file, sheet in preview.left_out:
        say(
            Text(
                f"未使用的工作表(没有企业名称列):{file} › {sheet}",
                f"Sheet not used (no column of names): {file} › {sheet}",
            )
        )
    for file in preview.known:
        say(Text(f"{file} 早已导入,导入时会跳过。", f"{file} was imported before; an import skips it."))
    looked = ("全部", "all") if preview.whole else ("前", "the first")
    say(
        Text(
            f"看了{looked[0]} {preview.read} 行:{preview.rows} 家企业,退回 {preview.rejected} 行。"
            "尚未导入,没有改动。",
            f"Looked at {looked[1]} {preview.read} rows: {preview.rows} firms, "
            f"rows rejected {preview.rejected}. "
            "Nothing is imported, nothing has changed.",
        )
    )


def _rows(rows: list[dict[str, Any]]) -> None:
    """The first rows as they would be kept; a year is shown where no row has a day."""
    known = [name for name in _SHOWN if any(row[name] is not None for row in rows)]
    if "founded" in known:
        known.remove("founded_year")
    if not known:
        return
    table = new_table(
        *(_SHOWN[name] for name in known), title=pick("将这样保存(前几行)", "kept like this (first rows)")
    )
    for row in rows:
        table.add_row(*(_cell(row[name]) for name in known))
    results().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, list):
        return ";".join(value)
    return f"{value:,.0f}" if isinstance(value, float) else str(value)
