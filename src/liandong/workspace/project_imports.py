"""Projects from a workbook: every row is read before one is kept; all come in or none, and can go again."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

from django.db import transaction
from django.utils import timezone
from openpyxl import load_workbook

from liandong.errors import InputError, InputErrors, Text
from liandong.projects import MEASURES, STANDINGS, TYPE_NAMES
from liandong.reference import find_division
from liandong.workspace import amounts, audit, configuration, current, projects
from liandong.workspace.models import Account, ProjectImport, ProjectRecord

MOST_ROWS = 5_000
LARGEST = 10_000_000
COLUMNS: dict[str, Text] = {
    "name": Text("项目名称", "project"),
    "kind": Text("类型", "type"),
    "party": Text("投资方", "investor"),
    "uscc": Text("统一社会信用代码", "credit code"),
    "chain": Text("产业链", "chain"),
    "node": Text("环节", "node"),
    "industries": Text("行业代码", "industry codes"),
    "products": Text("产品", "products"),
    "region": Text("落地地区", "lands in"),
    "park": Text("园区", "park"),
    "measure": Text("口径", "measure"),
    "standing": Text("依据", "standing"),
    "value": Text("数额", "value"),
    "unit": Text("计量单位", "unit of the value"),
    "period": Text("期间类别", "kind of period"),
    "when": Text("期间", "period"),
    "source": Text("出处", "source"),
    "voucher": Text("凭证", "voucher"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can be kept: the project's columns and its amount, if it names one."""

    row: int
    columns: dict[str, Any]
    entry: amounts.Entry | None


def read(data: bytes, name: str) -> list[Line]:
    """The projects of a workbook's first sheet.

    Raises InputErrors with every fault of every row, InputError for a file that is no workbook.
    """
    if len(data) > LARGEST:
        raise InputError(Text("文件太大。", "The file is too large."), file=name)
    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
    except (BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise InputError(Text("不是 Excel 工作簿。", "Not an Excel workbook."), file=name) from error
    rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(max_row=MOST_ROWS + 2, values_only=True)]
    if not rows or len(rows) > MOST_ROWS + 1:
        raise InputError(
            Text(f"应有 1 到 {MOST_ROWS} 行。", f"There should be 1 to {MOST_ROWS} rows."), file=name
        )
    heads = _heads(rows[0], name)
    lines: list[Line] = []
    faults: list[InputError] = []
    for number, row in enumerate(rows[1:], 2):
        cells = {heads[at]: cell for at, cell in enumerate(row) if at in heads}
        if not any(cells.values()):
            continue
        try:
            lines.append(_line(number, cells))
        except InputError as error:
            head = COLUMNS.get(error.field or "")
            field = head.zh if head else error.field
            faults.append(InputError(error.problem, file=name, row=number, field=field))
    if faults:
        raise InputErrors(tuple(faults))
    return lines


def send(data: bytes, name: str) -> tuple[str, list[Line]]:
    """Read a workbook and set it aside to be confirmed; its key and its projects."""
    lines = read(data, name)
    key = hashlib.sha256(data).hexdigest()
    configuration.write_atomically(current.workspace().folder / "files" / key, data)
    return key, lines


def take_in(person: Account, key: str, name: str) -> ProjectImport:
    """Keep the projects of a workbook that was looked at; all or nothing. Raises InputError if it is gone."""
    path = current.workspace().folder / "files" / key
    if len(key) != 64 or not key.isalnum() or not path.is_file():
        raise InputError(Text("请重新选择文件。", "Choose the file again."), file=name)
    lines = read(path.read_bytes(), name)
    with transaction.atomic():
        batch = ProjectImport.objects.create(file=name[:200], rows=len(lines), by=audit.actor().name)
        for line in lines:
            columns = {**line.columns, "batch": batch}
            draft = projects.Draft(
                columns.pop("name"), columns.pop("kind"), columns.pop("party"), columns=columns
            )
            made = projects.make(person, draft)
            if line.entry is not None:
                amounts.add(made, line.entry)
        audit.record("projects.import", batch.pk, file=batch.file, rows=batch.rows)
    return batch


def undo(batch: ProjectImport) -> int:
    """Take an import back: its projects are put away. Raises InputError if one has been worked on since."""
    kept = ProjectRecord.objects.filter(batch=batch, archived=None)
    if batch.undone is not None or kept.filter(version__gt=1).exists():
        raise InputError(
            Text("导入的项目已有人修改,不能撤回。", "An imported project was worked on since: it stays.")
        )
    with transaction.atomic():
        number = kept.update(archived=timezone.now())
        ProjectImport.objects.filter(pk=batch.pk).update(undone=timezone.now())
        audit.record("projects.import_undo", batch.pk, rows=number)
    return int(number)


def _heads(cells: Sequence[str], name: str) -> dict[int, str]:
    """Place → column; both languages are known. Raises InputError where a needed column is missing."""
    words = {text(tongue): key for key, text in COLUMNS.items() for tongue in ("zh", "en")}
    found = {at: words[cell] for at, cell in enumerate(cells) if cell in words}
    missing = [COLUMNS[key] for key in ("name", "kind") if key not in found.values()]
    if missing:
        zh, en = "、".join(e.zh for e in missing), ", ".join(e.en for e in missing)
        raise InputError(Text(f"缺少列:{zh}。", f"Columns missing: {en}."), file=name, row=1)
    return found


def _line(number: int, cells: dict[str, str]) -> Line:
    get = cells.get
    if not get("name"):
        raise InputError(Text("请填写项目名称。", "Name the project."), field="name")
    kinds = {word: key for key, text in TYPE_NAMES.items() for word in (key.value, text.zh, text.en)}
    if get("kind") not in kinds:
        zh = "、".join(text.zh for text in TYPE_NAMES.values())
        en = ", ".join(text.en for text in TYPE_NAMES.values())
        raise InputError(Text(f"类型应为:{zh}。", f"The type is one of: {en}."), field="kind")
    region = find_division(cells["region"]) if get("region") else None
    if get("region") and region is None:
        raise InputError(Text("不认识这个地区。", "No known place."), field="region")
    columns = {
        "name": cells["name"][:200], "kind": kinds[cells["kind"]].value, "party": (get("party") or "")[:200],
        "uscc": (get("uscc") or "")[:18], "chain": (get("chain") or "")[:80],
        "node": (get("node") or "")[:80], "park": (get("park") or "")[:200],
        "industries": _words(get("industries") or ""), "products": _words(get("products") or ""),
        "region": region.code if region else "",
    }  # fmt: skip
    return Line(number, columns, _entry(cells))


def _entry(cells: dict[str, str]) -> amounts.Entry | None:
    if not cells.get("measure"):
        if cells.get("value"):
            raise InputError(Text("金额须写明口径。", "An amount names its measure."), field="measure")
        return None
    measures = {word: key for key, text in MEASURES.items() for word in (key, text.zh, text.en)}
    standings = {word: e.value for e, text in STANDINGS.items() for word in (e.value, text.zh, text.en)}
    periods = {word: key for key, text in amounts.PERIODS.items() for word in (key, text.zh, text.en)}
    entry = amounts.Entry(
        measures.get(cells["measure"], ""), standings.get(cells.get("standing", ""), ""),
        cells.get("value", ""), cells.get("unit", ""), periods.get(cells.get("period", ""), "?"),
        *(cells.get(name, "") for name in ("when", "source", "voucher")),
    )  # fmt: skip
    amounts.read(entry)
    return entry


def _words(text: str) -> list[str]:
    return [part.strip() for part in text.replace("、", ",").split(",") if part.strip()]


def _text(cell: object) -> str:
    """A cell as people read it: whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()
