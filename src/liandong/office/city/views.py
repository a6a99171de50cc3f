"""Pages of cities: a profile in which every statement opens at its sentence, and a comparison."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from liandong.errors import Text
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import pick, say
from liandong.workspace import current, policies, profile

SECTIONS = {
    "indicators": Text("指标", "Indicators"),
    "honours": Text("集群、荣誉与定位", "Clusters, honours, positioning"),
    "talent": Text("人才计划与政策", "Talent plans and policies"),
    "carriers": Text("载体", "Carriers"),
    "cooperation": Text("合作与活动", "Cooperation and events"),
    "funds": Text("基金", "Funds"),
    "projects": Text("项目", "Projects"),
}
MOST_CITIES = 4
MOST_SERIES = 40
"""Series of a section that are shown; the others are counted, and stand in the list of facts."""


@page("city.view")
def index(request: Request) -> HttpResponse:
    """This workspace's city."""
    return _profile(request, current.city_name())


@page("city.view")
def city(request: Request, region: str) -> HttpResponse:
    """Any city that pages speak for."""
    return _profile(request, region)


@page("city.view")
def compare(request: Request) -> HttpResponse:
    """Cities side by side, indicator by indicator."""
    known = profile.regions()
    chosen = [each for each in request.GET.getlist("city") if each in known][:MOST_CITIES] or known[:2]
    context = {
        "title": pick("城市对比", "Compare cities"),
        "known": known,
        "chosen": chosen,
        "rows": profile.compare(chosen),
    }
    return render(request, "office/city/compare.html", context)


def _profile(request: Request, region: str) -> HttpResponse:
    found = profile.of(region)
    context = {
        "title": region or pick("城市", "City"),
        "profile": found,
        "sections": [
            (name, say(words), found.sections[name][:MOST_SERIES], len(found.sections[name][MOST_SERIES:]))
            for name, words in SECTIONS.items()
            if found.sections[name]
        ],
        "others": [each for each in profile.regions() if each != region],
        "may_review": policies.may(request.user, "library.change"),
    }
    return render(request, "office/city/profile.html", context)
