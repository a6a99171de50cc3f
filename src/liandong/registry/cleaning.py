"""Rows as read → rows of the registry: vectorised, each distinct value understood once.

A row without a name is rejected. Everything else is kept: a value that cannot be understood becomes unknown
(null) and leaves a remark with row, field and what was found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liandong.reference import find_industry, industries, members
from liandong.registry.codes import check_codes, tidy_codes
from liandong.registry.fields import ColumnMap, header_unit
from liandong.registry.normalising import name_keys
from liandong.registry.places import Places, join
from liandong.registry.schema import CANDIDATES, ROW
from liandong.registry.tables import Batch
from liandong.registry.values import UNREADABLE_DATE, Money, When, parse_date, parse_money, parse_people

_NOTHING = (
    *("", "N/A", "n/a", "NA", "#N/A", "null", "NULL", "None", "nan", "NaN", "\\N"),
    *("-", "--", "—", "——", "/", "*"),
    *("无", "暂无", "暂未公开", "未公开", "不详", "未知", "空"),
)
"""Cells that say nothing."""
_TOTALS = ("合计", "总计", "小计", "共计")
_LONGEST_NAME = 200
_LIST_SIGNS = r"[;；,，、|\n]+"


class Remark(NamedTuple):
    """What was wrong with a field of a row. reason: a code (`missing`, `check`, `unreadable` …)."""

    row: int
    field: str
    reason: str
    found: str | None


@dataclass(slots=True)
class Cleaned:
    """kept: rows of schema ROW. rejected: index into the batch and why. remarks: on rows that are kept."""

    kept: pa.RecordBatch
    rejected: list[tuple[int, Remark]]
    remarks: list[Remark]


@dataclass(slots=True)
class Cleaner:
    """Cleans the batches of one table; what it learnt of distinct values serves the next batch."""

    columns: ColumnMap
    source: str
    places: Places = field(default_factory=Places)
    _dates: dict[str, When] = field(default_factory=dict)
    _money: dict[str, Money] = field(default_factory=dict)
    _people: dict[str, int | None] = field(default_factory=dict)

    def clean(self, batch: Batch) -> Cleaned:
        """The rows of a batch as the registry keeps them."""
        blank, rejected = self._unusable(batch)
        batch = _without(batch, blank | {index for index, _ in rejected})
        remarks: list[Remark] = []
        row = self._code(batch, remarks) | self._texts(batch) | self._founded(batch, remarks)
        row |= self._capital(batch, remarks) | self._insured(batch, remarks) | self._industry(batch, remarks)
        row |= {"source": _constant(self.source, len(batch.rows)), "source_row": batch.rows}
        region = self.places.locate(
            province=self._text(batch, "province"),
            city=self._text(batch, "city"),
            county=self._text(batch, "county"),
            region=self._text(batch, "region_text"),
            address=row["address"],
            uscc=row["uscc"],
            name=row["name"],
        )
        row |= {name: region[name] for name in region.schema.names}
        self._remark_empty(batch, row, remarks)
        columns = [row[name].cast(ROW.field(name).type) for name in ROW.names]
        return Cleaned(pa.RecordBatch.from_arrays(columns, schema=ROW), rejected, remarks)

    def _text(self, batch: Batch, name: str) -> pa.Array:
        """The field's text: of several columns the first that has one; null where there is none."""
        found = [tidy(batch.columns[i]) for i in self.columns.positions.get(name, ())]
        if not found:
            return pa.nulls(len(batch.rows), pa.string())
        return found[0] if len(found) == 1 else pc.coalesce(*found)

    def _unusable(self, batch: Batch) -> tuple[set[int], list[tuple[int, Remark]]]:
        """Blank rows, which are nothing; and rows that are no firms: without a name, totals, the header."""
        names = self._text(batch, "name")
        header = self.columns.header("name")
        faults = (
            ("missing", pc.is_null(names)),
            ("total", pc.or_kleene(pc.is_in(names, pa.array(_TOTALS)), self._totalled(batch))),
            ("header", pc.equal(names, header)),
            ("no_letters", pc.invert(pc.match_substring_regex(names, r"\p{L}"))),
            ("too_long", pc.greater(pc.utf8_length(names), _LONGEST_NAME)),
        )
        found: dict[int, Remark] = {}
        for reason, mask in faults:
            for index in pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist():
                text = (names[index].as_py() or "")[:_LONGEST_NAME] or None
                found.setdefault(index, Remark(batch.rows[index].as_py(), header, reason, text))
        blank = {
            index
            for index, why in found.items()
            if why.reason == "missing" and not any(_filled(column[index].as_py()) for column in batch.columns)
        }
        return blank, sorted((index, why) for index, why in found.items() if index not in blank)

    def _totalled(self, batch: Batch) -> pa.Array:
        """Rows in which some other cell is the word for a total, as in 合计 | … | 共60家.

        Only rows without a code of 18 characters are looked at: a total has none, and nearly every firm has.
        """
        plain = np.full(len(batch.rows), True)
        for position in self.columns.positions.get("uscc", ()):
            length = pc.fill_null(pc.utf8_length(batch.columns[position].cast(pa.string())), 0)
            plain &= length.to_numpy(zero_copy_only=False) != 18
        found = np.full(len(batch.rows), False)
        if plain.any():
            at = pa.array(np.flatnonzero(plain))
            for column in batch.columns:
                cells = pc.utf8_trim_whitespace(column.take(at).cast(pa.string()))
                found[plain] |= pc.is_in(cells, pa.array(_TOTALS)).to_numpy(zero_copy_only=False)
        return pa.array(found)

    def _code(self, batch: Batch, remarks: list[Remark]) -> dict[str, pa.Array]:
        given = self._text(batch, "uscc")
        code = tidy_codes(given)
        problem = check_codes(code)
        wrong = pc.is_valid(problem)
        self._remark(batch, "uscc", wrong, problem, given, remarks)
        return {
            "uscc": pc.if_else(wrong, None, code),
            "uscc_text": pc.if_else(wrong, given, None),
            "uscc_problem": problem,
        }

    def _texts(self, batch: Batch) -> dict[str, pa.Array]:
        name = pc.replace_substring_regex(self._text(batch, "name"), r"\s+", " ")
        row = {
            field: self._text(batch, field) for field in ("address", "kind", "status", "scope", "products")
        }
        row |= {"name": name, "name_key": name_keys(name)}
        for each in ("honours", "aliases"):
            parts = [tidy(batch.columns[i]) for i in self.columns.positions.get(each, ())]
            row[each] = _lists(parts, len(batch.rows))
        stock = pc.utf8_upper(self._text(batch, "stock_code"))
        stock = pc.replace_substring_regex(stock, r"^(?:SZ|SH|BJ)?(\d{6})(?:\.(?:SZ|SH|BJ))?$", r"\1")
        short = pc.fill_null(pc.match_substring_regex(stock, r"^\d{1,5}$"), False)
        row["stock_code"] = pc.if_else(short, pc.utf8_lpad(stock, 6, "0"), stock)
        return row

    def _founded(self, batch: Batch, remarks: list[Remark]) -> dict[str, pa.Array]:
        given = self._text(batch, "founded")
        found, indices = _each(given, self._dates, parse_date)
        day = pc.take(pa.array([when.day for when in found], pa.date32()), indices)
        year = pc.take(pa.array([when.year for when in found], pa.int16()), indices)
        unread = pc.take(pa.array([when == UNREADABLE_DATE for when in found], pa.bool_()), indices)
        reason = _constant("unreadable", len(given))
        self._remark(batch, "founded", pc.and_(unread, pc.is_valid(given)), reason, given, remarks)
        return {"founded": day, "founded_year": year}

    def _capital(self, batch: Batch, remarks: list[Remark]) -> dict[str, pa.Array]:
        given = self._text(batch, "capital_text")
        unit = header_unit(self.columns.header("capital_text")) if given.null_count < len(given) else ""
        found, indices = _each(given, self._money, lambda text: parse_money(text, unit=unit))
        yuan = [float(m.amount) if m.amount is not None and m.currency == "CNY" else None for m in found]
        unread = pc.take(pa.array([money.amount is None for money in found], pa.bool_()), indices)
        reason = _constant("no_amount_or_unit", len(given))
        self._remark(batch, "capital_text", pc.and_(unread, pc.is_valid(given)), reason, given, remarks)
        return {
            "capital": pc.take(pa.array(yuan, pa.float64()), indices),
            "capital_currency": pc.take(pa.array([money.currency for money in found], pa.string()), indices),
            "capital_text": given,
        }

    def _insured(self, batch: Batch, remarks: list[Remark]) -> dict[str, pa.Array]:
        given = self._text(batch, "insured")
        found, indices = _each(given, self._people, parse_people)
        people = pc.take(pa.array(found, pa.int64()), indices)
        unread = pc.and_(pc.is_null(people), pc.is_valid(given))
        self._remark(batch, "insured", unread, _constant("no_count", len(given)), given, remarks)
        return {"insured": people}

    def _industry(self, batch: Batch, remarks: list[Remark]) -> dict[str, pa.Array]:
        """What the source gives: a code or a name of GB/T 4754, taken as stated."""
        parts = [tidy(batch.columns[i]) for i in self.columns.positions.get("industry", ())]
        given = pc.coalesce(*parts) if parts else pa.nulls(len(batch.rows), pa.string())
        codes = pa.nulls(len(batch.rows), pa.string())
        for part in parts:
            distinct = pc.dictionary_encode(part)
            known = [find_industry_code(text) for text in distinct.dictionary.to_pylist()]
            codes = pc.coalesce(codes, pc.take(pa.array(known, pa.string()), distinct.indices))
        stated = pc.is_valid(codes)
        unread = pc.and_(pc.is_valid(given), pc.is_null(codes))
        self._remark(batch, "industry", unread, _constant("unknown_industry", len(given)), given, remarks)
        certain = pc.if_else(stated, pa.scalar(1.0, pa.float32()), None)
        return {
            "industry": codes,
            "industry_confidence": certain,
            "industry_source": pc.if_else(stated, "given", pa.scalar(None, pa.string())),
            "industries": _candidates(codes),
        }

    def _remark(
        self, batch: Batch, name: str, mask: pa.Array, reason: pa.Array, found: pa.Array, out: list[Remark]
    ) -> None:
        for index in pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist():
            out.append(Remark(batch.rows[index].as_py(), name, reason[index].as_py(), found[index].as_py()))

    def _remark_empty(self, batch: Batch, row: dict[str, pa.Array], remarks: list[Remark]) -> None:
        """Rows that say nothing but who and when although the file has columns for more: shifted or cut."""
        present = [f for f in ("kind", "capital_text", "scope", "address") if f in self.columns.positions]
        if len(present) < 3:
            return
        found = [_raw_null(batch.columns[self.columns.positions[name][0]]) for name in present]
        mask = found[0]
        for other in found[1:]:
            mask = pc.and_(mask, other)
        count = len(batch.rows)
        if pc.sum(mask).as_py() == count:  # the file does not fill these columns: nothing is wrong with a row
            return
        self._remark(batch, "row", mask, _constant("nearly_empty", count), row["name"], remarks)


def tidy(column: pa.Array) -> pa.Array:
    """Text without blanks around it; null where it says nothing (N/A, -, 无 …)."""
    text = pc.utf8_trim_whitespace(_as_text(column))
    return pc.if_else(pc.is_in(text, pa.array(_NOTHING)), pa.scalar(None, pa.string()), text)


def find_industry_code(text: str | None) -> str | None:
    """The code of GB/T 4754 that a cell gives: 3812, C3812, C38, 电机制造; None if it gives none.

    A group of one class, such as 367, is that class, 3670: who looks for the one means the other.
    """
    code = None if text is None else _stated_code(text)
    if code is None:
        return None
    classes = members(code)
    return classes[0] if len(classes) == 1 else code


def _stated_code(text: str) -> str | None:
    plain = text.strip().upper()
    head = plain.split(" ")[0].split("-")[0]
    digits = head[1:] if len(head) > 1 and head[0].isalpha() and head[1:].isdigit() else head
    for code in (digits, head):
        if code.isascii() and find_industry(code):
            return code
    return _industry_names().get(plain) or _industry_names().get(
        plain.lstrip("ABCDEFGHIJKLMNOPQRST0123456789 -")
    )


@cache
def _industry_names() -> dict[str, str]:
    """Name → code of the highest level that bears it."""
    found: dict[str, str] = {}
    for entry in industries():
        if len(found.get(entry.name, "99999")) > len(entry.code):
            found[entry.name] = entry.code
    return found


def _without(batch: Batch, unwanted: set[int]) -> Batch:
    if not unwanted:
        return batch
    keep = pa.array([i not in unwanted for i in range(len(batch.rows))])
    return Batch([column.filter(keep) for column in batch.columns], batch.rows.filter(keep))


def _filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _as_text(column: pa.Array) -> pa.Array:
    return column if pa.types.is_string(column.type) else pc.cast(column, pa.string())


def _raw_null(column: pa.Array) -> pa.Array:
    """Null or empty in the file itself; a literal N/A is an answer."""
    return pc.fill_null(pc.equal(_as_text(column), ""), True)


def _constant(value: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.string()), count)


def _each(
    texts: pa.Array, known: dict[str, Any], parse: Callable[[str], Any]
) -> tuple[Sequence[Any], pa.Array]:
    """Each distinct text parsed once: results and, per row, the index of its result (null for null)."""
    distinct = pc.dictionary_encode(texts)
    results = []
    for text in distinct.dictionary.to_pylist():
        if text not in known:
            known[text] = parse(text)
        results.append(known[text])
    return results, distinct.indices


def _lists(parts: list[pa.Array], count: int) -> pa.Array:
    """Items of all columns, split at list signs, each once; null where there is none."""
    if not parts or all(part.null_count == count for part in parts):
        return pa.nulls(count, pa.list_(pa.string()))
    split = pc.split_pattern_regex(join(parts, ";"), pattern=_LIST_SIGNS).to_pylist()
    items = [list(dict.fromkeys(item.strip() for item in row or () if item.strip())) or None for row in split]
    return pa.array(items, pa.list_(pa.string()))


def _candidates(codes: pa.Array) -> pa.Array:
    values = [None if code is None else [{"code": code, "confidence": 1.0}] for code in codes.to_pylist()]
    return pa.array(values, CANDIDATES) if codes.null_count < len(codes) else pa.nulls(len(codes), CANDIDATES)
