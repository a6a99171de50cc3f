"""The list of firms: search and filters over the whole registry."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from liandong.errors import InputError, Text
from liandong.office.firms.words import capital, firm_link, industry, source
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.reference import find_industry, industries
from liandong.workspace import current, firms, policies
from liandong.workspace.firm_rows import FirmRows


def _industries() -> list[tuple[str, str]]:
    """Divisions of manufacturing, which people filter by most."""
    return [
        (each.code, f"{each.code} {each.name}")
        for each in industries("division")
        if each.section == "C" or each.code in ("64", "65", "73")
    ]


def _in_region(rows: FirmRows, text: str) -> FirmRows:
    return rows.but(regions=firms.regions_named(text))


def _in_industry(rows: FirmRows, code: str) -> FirmRows:
    return rows.but(industries=(code,)) if find_industry(code) else rows.but(firm_ids=())


def _tagged(rows: FirmRows, name: str) -> FirmRows:
    ids = set(firms.tagged(name))
    if rows.firm_ids is not None:
        ids &= set(rows.firm_ids)
    return rows.but(firm_ids=tuple(sorted(ids)))


def _of(name: str) -> Any:
    return lambda row: row[name]


FIRMS = Listing(
    "firms.firms",
    Text("企业", "Firms"),
    columns=(
        Column("name", Text("企业", "firm"), firm_link, _of("name"), sort="name"),
        Column("uscc", Text("统一社会信用代码", "credit code"), lambda row: row["uscc"] or "—", _of("uscc")),
        Column(
            "place",
            Text("所在地", "place"),
            lambda row: source(row["region_text"]),
            _of("region_text"),
            sort="region_text",
        ),
        Column(
            "industry",
            Text("行业", "industry"),
            lambda row: industry(row["industry"]),
            _of("industry"),
            sort="industry",
        ),
        Column(
            "founded",
            Text("成立", "founded"),
            lambda row: str(row["founded"] or "—"),
            _of("founded"),
            sort="founded",
        ),
        Column(
            "capital",
            Text("注册资本", "capital"),
            lambda row: capital(row["capital"]),
            _of("capital"),
            sort="capital",
            numeric=True,
        ),
        Column("status", Text("状态", "status"), lambda row: source(row["status"]), _of("status")),
    ),
    filters=(
        Filter("q", Text("名称或代码", "name or code"), lambda rows, text: rows.but(text=text)),
        Filter("region", Text("地区,如 长三角", "region, e.g. Suzhou"), _in_region),
        Filter("industry", Text("行业", "industry"), _in_industry, _industries, source=True),
        Filter(
            "tag",
            Text("标签", "tag"),
            _tagged,
            lambda: [(name, name) for name in firms.tag_names()],
            source=True,
        ),
    ),
    empty=Text("登记库是空的。请先导入企业表。", "The registry is empty. Import a firm table first."),
    template="office/firms/index.html",
)


@page("firms.view")
def index(request: Request) -> HttpResponse:
    """Firms of the registry."""
    snapshot = current.snapshot_id()
    coverage = current.registry().snapshot.coverage if snapshot else None
    told = {
        "coverage": coverage,
        "snapshot": snapshot,
        "may_import": policies.may(request.user, "firms.import"),
        "tab": "firms",
    }
    try:
        return FIRMS.answer(request, FirmRows(), **told)
    except InputError as error:  # a place that nobody knows: say so above the list without it
        if not request.GET.get("region"):
            raise
        messages.error(request, error.text(language()) or pick("地区不明", "unknown region"))
        kept = request.GET.copy()
        del kept["region"]
        request.GET = kept  # type: ignore[assignment] # a copy that was changed is as good
        return FIRMS.answer(request, FirmRows(), **told)
