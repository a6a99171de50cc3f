"""The list page: filters as chips, sortable columns, pages, saved views, export of what was filtered.

A subject declares its list once and answers with it:

    FACTS = Listing("library.facts", Text("事实", "Facts"), columns=(...), filters=(...))

    @page("library.view")
    def facts(request):
        return FACTS.answer(request, FactRecord.objects.all())

Filters and order live in the address: back works, and an address can be sent to a colleague.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from liandong.errors import Text
from liandong.office.shell import exporting, problems
from liandong.office.shell.access import Request
from liandong.office.shell.language import say
from liandong.workspace import audit, policies
from liandong.workspace.models import SavedView

PER_PAGE = 50


class Rows(Protocol):
    """What a list can show: a queryset, a list, or anything that counts and slices like them."""

    def __len__(self) -> int:
        """How many there are."""

    def __getitem__(self, key: Any) -> Any:
        """A slice of them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. cell: what is shown of a row. value: what is exported (else what is shown).

    sort: the field of the store that it is sorted by; for rows of a plain list any text, sorted by `value`.
    """

    name: str
    label: Text
    cell: Callable[[Any], str | SafeString]
    value: Callable[[Any], object] | None = None
    sort: str | None = None
    numeric: bool = False
    tight: bool = False

    @property
    def css(self) -> str:
        """How its cells stand: numbers to the right, short words on one line."""
        return "number" if self.numeric else "tight" if self.tight else ""

    def exported(self, row: Any) -> object:
        """What of a row is exported."""
        return self.cell(row) if self.value is None else self.value(row)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter. apply: the rows that a value leaves. choices: (value, words) pairs; None for any text.

    source: the words of the choices are a source's, in its language.
    """

    name: str
    label: Text
    apply: Callable[[Any, str], Any]
    choices: Callable[[], Sequence[tuple[str, str]]] | None = None
    source: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of records. name: `subject.list`. empty: what to do first where there are none.

    order: how it is sorted unless asked otherwise: a column's name, `-` before it for downwards.
    """

    name: str
    title: Text
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    empty: Text = field(default=Text("还没有内容。", "Nothing here yet."))
    order: str | None = None
    template: str = "office/list.html"
    per_page: int = PER_PAGE

    def answer(self, request: Request, rows: Any, **context: Any) -> HttpResponse:
        """The page asked for, or the file if `?export=` asks for one."""
        chosen = {each.name: request.GET.get(each.name, "").strip() for each in self.filters}
        for each in self.filters:
            if chosen[each.name]:
                rows = each.apply(rows, chosen[each.name])
        sort = request.GET.get("sort") or self.order
        rows = self._sorted(rows, sort)
        if "export" in request.GET:
            return self._export(request, rows, chosen)
        page = Paginator(rows, self.per_page).get_page(request.GET.get("page"))
        return render(request, self.template, {**self._context(request, page, chosen, sort), **context})

    def shown(self, request: Request) -> tuple[Column, ...]:
        """The columns that the reader chose (`?column=…`), all if none; the first one always stands."""
        asked = set(request.GET.getlist("column"))
        chosen = tuple(each for each in self.columns[1:] if each.name in asked)
        return (self.columns[0], *chosen) if chosen else self.columns

    def _context(
        self, request: Request, page: Any, chosen: dict[str, str], sort: str | None
    ) -> dict[str, Any]:
        subject, columns = self.name.partition(".")[0], self.shown(request)
        return {
            "title": say(self.title),
            "table_title": say(self.title),
            "listing": self.name,
            "columns": [self._head(column, sort) for column in columns],
            "choosable": [(each.name, say(each.label), each in columns) for each in self.columns[1:]],
            "picked": [each.name for each in columns[1:]] if len(columns) < len(self.columns) else [],
            "kept": [
                (name, value)
                for name, values in request.GET.lists()
                if name not in ("column", "page", "export")
                for value in values
            ],
            "rows": [
                {
                    "record": record,
                    "cells": [(column.css, column.cell(record)) for column in columns],
                }
                for record in page
            ],
            "page": page,
            "total": page.paginator.count,
            "chips": [chip for each in self.filters if (chip := _chip(each, chosen[each.name]))],
            "filters": [_control(each, chosen[each.name]) for each in self.filters],
            "filtered": any(chosen.values()) or len(columns) < len(self.columns),
            "empty": say(self.empty),
            "may_export": _may_export(request, subject),
            "views": SavedView.objects.filter(account=request.user, listing=self.name),
            "keep_query": request.GET.urlencode(),
        }

    def _head(self, column: Column, sort: str | None) -> dict[str, Any]:
        up, down = sort == column.name, sort == f"-{column.name}"
        return {
            "label": say(column.label),
            "numeric": column.numeric,
            "sort": (f"-{column.name}" if up else column.name) if column.sort else None,
            "direction": "ascending" if up else "descending" if down else "none",
        }

    def _sorted(self, rows: Any, sort: str | None) -> Any:
        if sort is None:
            return rows
        down, name = sort.startswith("-"), sort.removeprefix("-")
        column = next((each for each in self.columns if each.name == name and each.sort), None)
        if column is None or column.sort is None:
            return rows
        if hasattr(rows, "order_by"):
            return rows.order_by(f"{'-' if down else ''}{column.sort}", "pk")
        if isinstance(rows, list):
            known = [row for row in rows if column.exported(row) is not None]
            unknown = [row for row in rows if column.exported(row) is None]
            return sorted(known, key=column.exported, reverse=down) + unknown  # type: ignore[arg-type]
        return rows.sorted(column.sort, down)

    def _export(self, request: Request, rows: Any, chosen: dict[str, str]) -> HttpResponse:
        subject = self.name.partition(".")[0]
        if not _may_export(request, subject):
            return problems.forbidden(request)
        columns = self.shown(request)
        heads = [say(column.label) for column in columns]
        number = min(_length(rows), exporting.MOST)
        kind = request.GET["export"]
        cells = ([column.exported(row) for column in columns] for row in _first(rows, exporting.MOST))
        response = exporting.table(self.name.replace(".", "-"), heads, cells, kind)
        audit.record(f"{subject}.export", self.name, rows=number, filters=chosen, format=kind)
        return response


def _may_export(request: Request, subject: str) -> bool:
    return policies.policy(subject).allows(request.user, "export")


def _length(rows: Any) -> int:
    return int(rows.count()) if hasattr(rows, "order_by") else len(rows)


def _first(rows: Any, most: int) -> Iterator[Any]:
    yield from rows[:most]


def _chip(each: Filter, value: str) -> dict[str, str] | None:
    if not value:
        return None
    words = dict(each.choices()).get(value, value) if each.choices else value
    return {"name": each.name, "label": say(each.label), "words": words}


def _control(each: Filter, value: str) -> dict[str, Any]:
    choices = None if each.choices is None else list(each.choices())
    return {
        "name": each.name,
        "label": say(each.label),
        "value": value,
        "choices": choices,
        "source": each.source,
    }
