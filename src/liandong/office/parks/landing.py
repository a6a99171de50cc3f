"""Landing cost: a sheet in, the parks side by side with sources, sensitivity, and a workbook for the firm."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from liandong.errors import InputError, Text
from liandong.office.parks.views import tabs
from liandong.office.shell import problems
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick, say
from liandong.siting import Comparison, break_evens, read_landing, swings, write_comparison
from liandong.siting.landing import ITEMS
from liandong.workspace import audit, importing, policies

SALT = "liandong.landing"
MOST_BARS = 12


class LandingForm(forms.Form):
    """A sheet of landing costs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=pick("落地成本表", "Landing-cost sheet"),
            widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.toml"}),
            help_text=pick(
                "用量、各园区单价、通电时间,各写来源和日期。",
                "Quantities, each park's prices, months to power; each with source and date.",
            ),
        )


@page("parks.view", methods=("GET", "POST"))
def landing(request: Request) -> HttpResponse:
    """Two to five parks side by side; the workbook with `?export=xlsx`."""
    form = LandingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            if not sent.name.lower().endswith((".xlsx", ".toml")):
                raise InputError(
                    Text("须为 .xlsx 或 .toml。", "It is to be an .xlsx or a .toml."), file=sent.name
                )
            path = importing.keep(sent.chunks(), sent.name)
            read_landing(importing.kept(path))
        except InputError as error:
            form.add_error("file", error.text(language()))
        else:
            query = urlencode({"sheet": signing.dumps(path, salt=SALT)})
            return redirect(f"{reverse('parks:landing')}?{query}")
    context = {
        "title": pick("落地成本", "Landing cost"),
        "form": form,
        "button": pick("比较", "Compare"),
        **tabs(request, "landing"),
    }
    if "sheet" in request.GET:
        try:
            path = signing.loads(request.GET["sheet"], salt=SALT)
        except signing.BadSignature:
            return problems.not_found(request)
        found = read_landing(importing.kept(path))
        if request.GET.get("export") == "xlsx":
            return _workbook(request, found)
        context |= _shown(found) | {"may_export": policies.may(request.user, "parks.export")}
    return render(request, "office/parks/landing.html", context)


def _shown(found: Comparison) -> dict[str, Any]:
    """The comparison for the page: rows of lines by park, totals, bars of the widest swings."""
    names = dict.fromkeys((line.item, line.name, line.yearly) for park in found.parks for line in park.lines)
    rows = []
    for item, name, yearly in names:
        cells = [
            next((x for x in park.lines if (x.item, x.name, x.yearly) == (item, name, yearly)), None)
            for park in found.parks
        ]
        rows.append({"item": say(ITEMS[item]), "name": name, "yearly": yearly, "cells": cells})
    return {
        "comparison": found,
        "parks": [
            {
                "park": park,
                "once_partial": park.partial(yearly=False),
                "yearly_partial": park.partial(yearly=True),
            }
            for park in found.parks
        ],
        "rows": rows,
        "bars": _bars(found),
        "evens": [(say(ITEMS[each.item]), each) for each in break_evens(found)[:MOST_BARS]],
    }


def _bars(found: Comparison) -> list[dict[str, Any]]:
    """The widest swings as bars on one scale: how far a total moves with one price by a fifth."""
    widest = swings(found)[:MOST_BARS]
    scale = max((each.width for each in widest), default=Decimal(0)) or Decimal(1)
    return [
        {
            "words": f"{each.park} · {say(ITEMS[each.item])} · {each.name}",
            "width": f"{100 * each.width / scale:.1f}",
            "low": f"{min(each.low, each.high):,.0f}",
            "high": f"{max(each.low, each.high):,.0f}",
            "yearly": each.yearly,
        }
        for each in widest
    ]


def _workbook(request: Request, found: Comparison) -> HttpResponse:
    """The comparison to hand to the firm."""
    if not policies.may(request.user, "parks.export"):
        return problems.forbidden(request)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "landing-cost.xlsx"
        write_comparison(path, found, language())
        body = path.read_bytes()
    audit.record("parks.export", "landing", project=found.project)
    response = HttpResponse(
        body, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = 'attachment; filename="landing-cost.xlsx"'
    return response
