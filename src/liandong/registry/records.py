"""Any firm table → the columns that identity is decided on.

Texts in one spelling (Simplified, half width, no signs), the parts of the name, the place that the row says
and the one its name says, whether a form or a branch stands in the way of being one firm.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import opencc
import pyarrow as pa
import pyarrow.compute as pc

from liandong.errors import InputError, Text
from liandong.reference import Division, find_division, is_division
from liandong.reference import division as division_of
from liandong.registry.codes import check_codes, tidy_codes
from liandong.registry.keys import name_parts
from liandong.registry.normalising import name_keys

_KINDS = (  # the first that fits; a name without a form has kind 0
    (2, r"合作社|供销社|信用社|联合社|联社"),
    (1, r"公司|集团|银行"),
    (3, r"厂"),
    (4, r"."),
)
_NUMERALS = r"[^0-9一二三四五六七八九十百]+"


def records(table: pa.Table, *, workers: int | None = None) -> pa.Table:
    """The rows of a table as identity sees them, in its order.

    table: id and name, and any of uscc, city (a name or GB/T 2260 code; a firm table's prefecture serves),
    founded (date or ISO text), scope. Raises InputError naming a missing column.

    Columns: id; uscc (valid codes only); key (the name's letters and digits); body (key without place and
    form); place, brand, trade, form, branch (parts, in one spelling); kind (of form: 1 company, 2
    cooperative, 3 works, 4 other, 0 none); numerals; city, home (province and prefecture codes that the row
    and the name give, null where unknown); founded (date); scope.
    """
    for name in ("id", "name"):
        if name not in table.column_names:
            raise InputError(
                Text(
                    f"缺少列“{name}”。需要 id 和 name,可有 uscc、city、founded、scope。",
                    f'there is no column "{name}". Needed: id and name; uscc, city, founded, scope if known.',
                ),
                field=name,
            )
    names = simplified(_text(table, "name"))
    parts = name_parts(names, workers=workers)
    columns = {name: name_keys(_whole(parts[name])) for name in parts.column_names}
    codes = tidy_codes(_text(table, "uscc"))
    valid = pc.and_(pc.is_valid(codes), pc.is_null(check_codes(codes)))
    city = _prefectures(_text(table, "city"))
    home = _prefectures(pc.coalesce(_whole(parts["place"]), _whole(parts["branch"])))
    body = pc.binary_join_element_wise(
        pc.fill_null(columns["brand"], ""), pc.fill_null(columns["trade"], ""), ""
    )
    key = name_keys(names)
    return pa.table(
        {
            "id": table["id"],
            "uscc": pc.if_else(valid, codes, pa.scalar(None, pa.string())),
            "key": key,
            "body": body,
            **columns,
            "kind": _kinds(columns["form"]),
            "numerals": pc.replace_substring_regex(pc.fill_null(columns["branch"], ""), _NUMERALS, ""),
            "city": city[1],
            "city_province": city[0],
            "home": home[1],
            "home_province": home[0],
            "founded": _dates(table),
            "scope": _text(table, "scope"),
        }
    )


def simplified(names: pa.Array) -> pa.Array:
    """Traditional letters as Simplified ones; nulls stay null."""
    if len(names) == 0:
        return names
    converter = opencc.OpenCC("t2s")
    filled = pc.replace_substring_regex(pc.fill_null(names, ""), r"\s+", " ")
    found = converter.convert("\n".join(filled.to_pylist())).split("\n")
    return pc.if_else(pc.is_valid(names), pa.array(found, pa.string()), names)


def _kinds(forms: pa.Array) -> pa.Array:
    found = np.zeros(len(forms), dtype=np.int8)
    for kind, pattern in reversed(_KINDS):
        found[np.asarray(pc.fill_null(pc.match_substring_regex(forms, pattern), False))] = kind
    return pa.array(found)


def _prefectures(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Province and prefecture of each place, looked up once per distinct text."""
    encoded = pc.dictionary_encode(texts)
    found = [_place(text) for text in encoded.dictionary.to_pylist()]
    province = pa.array([each[0] for each in found], pa.string())
    prefecture = pa.array([each[1] for each in found], pa.string())
    return pc.take(province, encoded.indices), pc.take(prefecture, encoded.indices)


@lru_cache(maxsize=65536)
def _place(text: str) -> tuple[str | None, str | None]:
    text = text.strip()
    found: Division | None = None
    if text.isdigit():
        found = division_of(text) if is_division(text) else None
    elif text:
        found = find_division(text)
    return (found.province, found.prefecture) if found else (None, None)


def _text(table: pa.Table, name: str) -> pa.Array:
    """A column as one array of texts without empty ones; nulls where the table has none."""
    if name not in table.column_names:
        return pa.nulls(table.num_rows, pa.string())
    column = _whole(table[name])
    column = column if pa.types.is_string(column.type) else column.cast(pa.string())
    column = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def _dates(table: pa.Table) -> pa.Array:
    if "founded" not in table.column_names:
        return pa.nulls(table.num_rows, pa.date32())
    column = _whole(table["founded"])
    if pa.types.is_date32(column.type):
        return column
    if pa.types.is_temporal(column.type):
        return column.cast(pa.date32(), safe=False)
    if pa.types.is_null(column.type):
        return column.cast(pa.date32())
    written = pc.match_substring_regex(column, r"^\d{4}-\d{2}-\d{2}")
    return pc.cast(
        pc.if_else(written, pc.utf8_slice_codeunits(column, 0, 10), pa.scalar(None, pa.string())), pa.date32()
    )


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
