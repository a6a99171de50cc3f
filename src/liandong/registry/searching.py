"""Look-up: a firm by its code, by any part of its name, or by what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pyarrow as pa

from liandong.errors import InputError, Text
from liandong.registry.codes import tidy_code
from liandong.registry.engines import quote
from liandong.registry.normalising import normalise_name

Matched = Literal["code", "stock_code", "name", "alias", "scope"]
"""`scope` also means the products."""
_COLUMNS = "firm_id, uscc, name, region_text, province, prefecture, industry, stock_code, founded, status"


@dataclass(frozen=True, slots=True)
class Hit:
    """A firm found. matched: the field that holds what was looked for."""

    firm_id: str
    uscc: str | None
    name: str
    region_text: str | None
    province: str | None
    prefecture: str | None
    industry: str | None
    stock_code: str | None
    founded: str | None
    status: str | None
    matched: Matched

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong registry search`."""
        return asdict(self)


def search(query: Callable[[str], pa.Table], text: str, limit: int) -> list[Hit]:
    """At most `limit` firms: by code, then stock code, then name (whole, beginning, part; short names first),
    alias, scope. Raises InputError for a text without a letter or digit.
    """
    key, code = normalise_name(text), tidy_code(text)
    if not key:
        raise InputError(
            Text(
                "请输入企业名称、代码或经营范围中的文字。",
                "give a part of a name, a code, or words of a scope.",
            ),
            field="text",
        )
    found: dict[str, Hit] = {}
    for matched, sql in _steps(key, code, text.strip()):
        if len(found) >= limit or any(hit.matched == "code" for hit in found.values()):
            break
        for row in query(f"{sql} LIMIT {limit}").to_pylist():
            day = row.pop("founded")
            hit = Hit(**row, founded=day.isoformat() if day else None, matched=matched)
            found.setdefault(hit.firm_id, hit)
    return list(found.values())[:limit]


def _steps(key: str, code: str, text: str) -> list[tuple[Matched, str]]:
    """Queries from the surest to the widest."""
    select = f"SELECT {_COLUMNS} FROM firms WHERE"
    name = quote(key)
    steps: list[tuple[Matched, str]] = []
    if code.isascii():
        steps.append(("code", f"{select} uscc = {quote(code)} OR firm_id = {quote(text)}"))
        steps.append(("stock_code", f"{select} stock_code = {quote(code.split('.')[0])} ORDER BY firm_id"))
    steps.append(
        (
            "name",
            f"{select} contains(name_key, {name}) "
            f"ORDER BY name_key <> {name}, NOT starts_with(name_key, {name}), "
            "length(name_key), name_key, firm_id",
        )
    )
    steps.append(
        ("alias", f"{select} list_contains(aliases, {quote(text)}) ORDER BY length(name_key), firm_id")
    )
    if len(key) > 1 and not key.isdigit():
        steps.append(
            ("scope", f"{select} contains(products, {quote(text)}) OR contains(scope, {quote(text)})")
        )
    return steps
