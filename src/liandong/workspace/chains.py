"""Chains for people: a chain's nodes in three columns, its gaps in order of what filling them would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liandong.errors import InputError, Text
from liandong.plan import Chain, Diagnosis, NodeDiagnosis, Plan, Remark, Stage, check, dump, load
from liandong.workspace import city, current
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import PlanRecord

STAGES = (Stage.UPSTREAM, Stage.MIDSTREAM, Stage.DOWNSTREAM)
_URGENCY = {"missing": 0, "weak": 1, "unsure": 2, "present": 3}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chain with its diagnosis. columns: stage → nodes in the plan's order. gaps: what is not strong, the
    most useful to fill first: missing before weak, then by how much of the chain hangs on it and how near
    the city is to it."""

    chain: Chain
    diagnosis: Diagnosis
    columns: Mapping[Stage, list[NodeDiagnosis]]
    gaps: list[NodeDiagnosis]


def picture(name: str) -> Picture | None:
    """A chain of the plan with its diagnosis; None if the plan has none of that name, or nothing can be
    counted."""
    plan, diagnosis = current.plan(), current.diagnosis(name)
    if plan is None or diagnosis is None:
        return None
    chain = plan.chain(name)
    columns = {stage: [each for each in diagnosis.nodes if each.stage == stage] for stage in STAGES}
    gaps = [each for each in diagnosis.nodes if each.status != "strong" and each.advice is not None]
    return Picture(chain, diagnosis, columns, sorted(gaps, key=lambda each: _order(chain, each)))


def _order(chain: Chain, node: NodeDiagnosis) -> tuple[int, int, float, str]:
    hanging = sum(node.node in (edge.supplier, edge.user) for edge in chain.edges)
    density = node.figures["relatedness_density"].value
    return (_URGENCY[node.status.value], -hanging, -float(density or 0), node.node)


def text() -> str:
    """The plan as TOML; empty if there is none."""
    found = current.plan()
    return "" if found is None else dump(found)


def written(plan: Plan) -> str:
    """Any plan as TOML."""
    return dump(plan)


def remarks(plan: Plan) -> tuple[Remark, ...]:
    """What a check says of a plan."""
    return check(plan)


def read(source: str) -> Plan:
    """A plan from its TOML, checked. Raises InputError with line and field for every fault."""
    return load(source if "\n" in source else source + "\n")


def keep(plan: Plan, version: int) -> None:
    """Put a plan in place of the version that was read. Raises EditConflictError if somebody was quicker."""
    present = PlanRecord.objects.first()
    if (present.version if present else 0) != version:
        if present is None:
            raise InputError(Text("规划已被移除。", "The plan was taken away."))
        raise EditConflictError(present)
    city.keep_plan(plan)


def lead_firms(chain: Chain) -> list[tuple[str, dict[str, object] | None]]:
    """The lead firms that the plan names, each with its row in the registry if it is there by that name."""
    from liandong.workspace.firm_rows import FirmRows

    found = []
    for name in chain.leaders:
        rows = FirmRows(text=name)[0:1]
        found.append((name, rows[0] if rows and rows[0]["name"] == name else None))
    return found
