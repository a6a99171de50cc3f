"""Briefs of a workspace: what it keeps and computes, put together for the composer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from liandong.briefs import CITY_KINDS, ChainSection, CityBrief, city_brief
from liandong.errors import InputError, Language, Text
from liandong.facts import Fact
from liandong.plan import Diagnosis, Plan
from liandong.reference import divisions
from liandong.registry import Registry
from liandong.targets import Target
from liandong.workspace import analysis, library

if TYPE_CHECKING:
    from liandong.workspace.workspace import Workspace

BRIEFS = tuple(CITY_KINDS)
TARGETS_A_CHAIN = 3
TARGETS = 12


def write(
    workspace: Workspace,
    kind: str,
    *,
    formats: Sequence[str],
    directory: Path,
    language: Language,
    source: str | None,
    template: Path | None = None,
) -> list[Path]:
    """Write the brief of a kind, one file a format. Raises InputError for a kind that there is not."""
    if kind not in BRIEFS:
        known = ", ".join(BRIEFS)
        raise InputError(
            Text(f"没有“{kind}”这种简报。可用:{known}。", f'"{kind}" is not a brief. Known: {known}.'),
            field="KIND",
        )
    content = city_content(workspace, source=source)
    return city_brief(
        content,
        kind=kind,
        language=language,
        formats=tuple(formats),
        directory=directory,
        template=template,
    )


def city_content(workspace: Workspace, *, source: str | None = None, day: date | None = None) -> CityBrief:
    """The content of the city brief: facts, the diagnosis of every chain, the strongest targets.

    source: region of the targets; the plan's source regions if not given. day: date of the brief, else today.
    """
    plan = workspace.plan
    city = divisions.division(plan.city)
    registry = workspace.registry
    diagnoses = analysis.diagnoses(plan, registry)
    facts = workspace.facts()
    named = {fact.page for fact in facts}
    return CityBrief(
        city=city.short if city else plan.name,
        code=plan.city,
        date=(day or date.today()).isoformat(),
        pages=tuple(page for page in workspace.pages() if page.sha256 in named),
        facts=tuple(facts),
        reviewed=frozenset(library.accepted()),
        chains=tuple(ChainSection(plan.chain(each.chain), each) for each in diagnoses),
        targets=_strongest(plan, registry, diagnoses, facts, source) if source or plan.regions else (),
        coverage=(registry.snapshot.coverage,),
        source_region=source or "、".join(region.name for region in plan.regions) or None,
    )


def _strongest(
    plan: Plan, registry: Registry, diagnoses: Sequence[Diagnosis], facts: Sequence[Fact], source: str | None
) -> tuple[Target, ...]:
    """The best few of every chain, best first; a firm wanted by two stands once, where it scores most."""
    best: dict[str, Target] = {}
    for diagnosis in diagnoses:
        for target in analysis.targets(
            plan, registry, diagnosis, node=None, source=source, top=TARGETS_A_CHAIN, facts=facts
        ):
            known = best.get(target.firm.firm_id)
            if known is None or target.score > known.score:
                best[target.firm.firm_id] = target
    ranked = sorted(best.values(), key=lambda target: (-target.score, target.firm.firm_id))
    return tuple(ranked[:TARGETS])
