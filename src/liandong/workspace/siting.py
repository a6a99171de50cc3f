"""The workspace's siting: cases of parks, parcels and projects read from files, placed, and explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liandong.siting import (
    Alternative,
    Conflict,
    Posed,
    Result,
    Status,
    all_second_best,
    assign,
    explain,
    pose,
    present,
    read_case,
    replan,
)


@dataclass(frozen=True, slots=True)
class Sited:
    """A placement with everything that explains it: admissions, conflict, what the second best would cost."""

    posed: Posed
    result: Result
    conflict: Conflict | None
    alternatives: tuple[Alternative, ...]


def site(
    path: Path,
    *,
    rules: Path | None = None,
    day: date | None = None,
    conditional: bool = False,
    keep: bool = False,
    alternatives: bool = False,
    time_limit: float = 60.0,
) -> Sited:
    """Place the projects of a case; see `Workspace.site`."""
    posed = pose(read_case(path, rules=rules), day or date.today(), conditional=conditional)
    problem = posed.problem
    found = replan(problem, present(posed), time_limit) if keep else assign(problem, time_limit)
    return Sited(
        posed,
        found,
        explain(posed.problem, time_limit) if found.status is Status.INFEASIBLE else None,
        all_second_best(found, time_limit) if alternatives and found.objective is not None else (),
    )
