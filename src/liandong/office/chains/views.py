"""Pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from liandong.office.shell.access import Request, page


@page("chains.view")
def index(request: Request, **_: Any) -> HttpResponse:
    """The first page."""
    return render(request, "office/base.html", {"title": "chains"})
