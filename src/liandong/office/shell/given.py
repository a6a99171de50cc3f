"""What a form has sent, read as what it should be: a fault is told in words, never an error of the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from liandong.errors import InputError, Text
from liandong.office.shell.language import language, pick
from liandong.workspace.changes import EditConflictError

LONGEST = 5000


def text(request: HttpRequest, name: str, most: int = LONGEST) -> str:
    """A field's text, without spaces around it; "" where there is none."""
    return request.POST.get(name, "").strip()[:most]


def day(request: HttpRequest, name: str) -> date | None:
    """A field's date, None where it is empty. Raises InputError for what is none."""
    return day_of(text(request, name), name)


def day_of(written: str, name: str) -> date | None:
    """A date as written, None for nothing. Raises InputError for what is none."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise InputError(
            Text("日期应写成 2026-03-01。", "Write the date as 2026-03-01."), field=name
        ) from None


def number(request: HttpRequest, name: str) -> int:
    """A field's whole number, 0 where it is empty. Raises InputError for what is none."""
    written = text(request, name, 12)
    if written and not written.isdecimal():
        raise InputError(Text("应为整数。", "A whole number is meant."), field=name)
    return int(written or 0)


def words(request: HttpRequest, name: str) -> list[str]:
    """A field's words, divided by commas, spaces or lines."""
    plain = text(request, name).replace("，", ",").replace("、", ",").replace("\n", ",")  # as people type
    return [each.strip() for each in plain.split(",") if each.strip()]


def tried(
    request: HttpRequest, back: str, do: Callable[[], object], done: Text | None = None
) -> HttpResponse:
    """Do it and go back, saying that it is done or why it is not; who was too late gets 409."""
    try:
        do()
    except EditConflictError:
        raise
    except InputError as error:
        messages.error(request, error.problem(language()))
    else:
        messages.success(request, pick("已保存。", "Saved.") if done is None else done(language()))
    return redirect(back)
