"""A round of siting in the background: chosen projects on all parcels of chosen parks, and what is proven.

    jobs.enqueue("parks.assign", {"projects": [pk, …], "parks": [pk, …]}) ──▶ SitingRun

A run proposes; placing is decided one by one and asks admission again (`placing.place`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from liandong.errors import InputError, Text
from liandong.siting import Posed, Problem, Result, Status, all_second_best, assign, explain, pose
from liandong.workspace import audit, jobs, parks, placing
from liandong.workspace.jobs import Progress
from liandong.workspace.models import Account, Job, ParcelRecord, ParkRecord, ProjectRecord, SitingRun

MOST_PROJECTS = 60
MOST_PARKS = 10
SECONDS = 30.0


def start(person: Account, projects: Sequence[int], hosts: Sequence[int]) -> Job:
    """Queue a run. Raises InputError for none or too many projects or parks."""
    seen = list(placing.projects(person).filter(pk__in=projects).values_list("pk", flat=True))
    places = list(ParkRecord.objects.filter(pk__in=hosts, archived=None).values_list("pk", flat=True))
    if not 1 <= len(seen) <= MOST_PROJECTS or not 1 <= len(places) <= MOST_PARKS:
        raise InputError(
            Text(
                f"请选 1 到 {MOST_PROJECTS} 个项目、1 到 {MOST_PARKS} 个园区。",
                f"Choose 1 to {MOST_PROJECTS} projects and 1 to {MOST_PARKS} parks.",
            ),
            field="projects",
        )
    return jobs.enqueue("parks.assign", {"projects": seen, "parks": places}, subject=f"{len(seen)}")


@jobs.task("parks.assign", Text("项目选址", "site projects"))
def run(params: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Place the projects at the least cost, and explain it."""
    records = list(
        ProjectRecord.objects.filter(pk__in=params["projects"], archived=None)
        .select_related("siting_needs")
        .order_by("pk")
    )
    hosts = list(ParkRecord.objects.filter(pk__in=params["parks"], archived=None).order_by("name"))
    progress(0, len(records))
    posed = pose(
        parks.case_of(hosts, [parks.project_of(each) for each in records], but=params["projects"]),
        date.today(),
        conditional=True,
    )
    kept, able, stuck = _placeable(posed)
    found = assign(kept, SECONDS)
    progress(len(records) - 1, len(records))
    result = _told(posed, kept, found, [records[number] for number in able])
    result["stuck"] = [_stuck(posed, number, records) for number in stuck]
    made = SitingRun.objects.create(result=result, by=audit.actor().name)
    audit.record("parks.run", made.pk, projects=len(records), parks=len(hosts))
    placed = sum(each["parcel"] is not None for each in result["placements"])
    return {
        "zh": f"{len(records)} 个项目中 {placed} 个有了去处。",
        "en": f"{placed} of {len(records)} projects have a place.",
        "address": f"/parks/runs/{made.pk}/",
    }


def _placeable(posed: Posed) -> tuple[Problem, list[int], list[int]]:
    """The problem of the projects that may go somewhere; their positions, and those of the others."""
    problem = posed.problem
    some: Any = problem.open.any(axis=0)
    keep = [number for number in range(len(problem.projects)) if some[number]]
    smaller = Problem(
        sites=problem.sites,
        projects=tuple(problem.projects[number] for number in keep),
        cost=problem.cost[:, keep],
        capacities=tuple(
            type(each)(each.name, each.sites, each.use[:, keep], each.room) for each in problem.capacities
        ),
        allowed=None if problem.allowed is None else problem.allowed[:, keep],
        groups=problem.groups,
        origin=problem.origin,
    )
    return smaller, keep, [number for number in range(len(problem.projects)) if not some[number]]


def _told(posed: Posed, problem: Problem, found: Result, records: Sequence[ProjectRecord]) -> dict[str, Any]:
    keys = dict(ParcelRecord.objects.filter(name__in=problem.sites).values_list("name", "pk"))
    seconds = {
        each.project: each
        for each in (all_second_best(found, SECONDS) if found.objective is not None else ())
    }
    placements = []
    for number, name in enumerate(problem.projects):
        site = found.sites[number] if found.sites else None
        other = seconds.get(number)
        second = None if other is None or other.site is None else problem.sites[other.site]
        placements.append(
            {
                "project": records[number].pk,
                "name": name,
                "parcel": None if site is None else problem.sites[site],
                "parcel_id": None if site is None else keys[problem.sites[site]],
                "cost": None if site is None else float(problem.cost[site, number]),
                "second": second,
                "extra": None if other is None else other.extra,
            }
        )
    conflict = explain(problem, SECONDS) if found.status is Status.INFEASIBLE else None
    return {
        "status": found.status.value,
        "objective": found.objective,
        "bound": found.bound,
        "proven": found.proven,
        "left_out": [[resource, list(places)] for resource, places in posed.left_out],
        "placements": placements,
        "conflict": [
            {"zh": each.text("zh"), "en": each.text("en")}
            for each in (conflict.requirements if conflict else ())
        ],
    }


def _stuck(posed: Posed, number: int, records: Sequence[ProjectRecord]) -> dict[str, Any]:
    """A project that may go nowhere, with the gravest reason on each parcel."""
    reasons = []
    for at, parcel in enumerate(posed.case.parcels):
        said = posed.admission(number, at)
        first = said.findings[0]
        reasons.append(
            {
                "parcel": parcel.name,
                "verdict": said.verdict.value,
                "zh": first.reason.zh,
                "en": first.reason.en,
                "department": first.department,
            }
        )
    return {"project": records[number].pk, "name": records[number].name, "reasons": reasons}
