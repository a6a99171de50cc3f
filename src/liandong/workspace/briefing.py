"""Briefs of a workspace: what it keeps and computes, put together for the composer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from liandong.briefs import (
    CITY_KINDS,
    WORK_KINDS,
    ChainSection,
    CityBrief,
    FirmRecord,
    Handbook,
    Letterhead,
    Papers,
    ProductSpace,
    city_brief,
    event_handbook,
    product_space,
    read_letterhead,
    read_papers,
    work_paper,
)
from liandong.economy import Panel
from liandong.errors import InputError, Language, Text
from liandong.facts import Fact
from liandong.figures import QueryRef, RecordRef
from liandong.meetings import read_event, schedule
from liandong.plan import Diagnosis, Plan
from liandong.reference import divisions
from liandong.registry import Registry
from liandong.targets import Target
from liandong.workspace import analysis, library
from liandong.workspace.paperwork import stored_papers

if TYPE_CHECKING:
    from liandong.workspace.workspace import Workspace

BRIEFS = (*CITY_KINDS, "handbook", *WORK_KINDS)
OF_ONE_CHAIN = ("chain", "dossier")
TARGETS_A_CHAIN = 3
TARGETS = 12
_SCHEDULING = 60.0  # seconds at most
_PANEL = (
    "SELECT prefecture, substr(industry, 1, 3) AS industry, count(*) AS firms FROM firms "
    "WHERE prefecture IS NOT NULL AND length(industry) >= 3 GROUP BY ALL"
)
_CELLS = ("uscc", "founded", "capital", "status_cell", "stock_code", "address", "honours_cell", "scope_cell")


@dataclass(frozen=True, slots=True)
class About:
    """What a brief is to be about; None leaves it to the kind.

    chain, node: of the plan. source: region of the targets. top: how many targets. event: file of an event.
    projects: file of projects, trips and meetings; the store's if not given. month: of the monthly report.
    of: ids of the projects, trip or meeting. signed_at: the event of a signing list. letterhead: a file.
    """

    chain: str | None = None
    node: str | None = None
    source: str | None = None
    top: int | None = None
    event: Path | None = None
    projects: Path | None = None
    month: str | None = None
    of: tuple[str, ...] = ()
    signed_at: str | None = None
    letterhead: Path | None = None


def write(
    workspace: Workspace,
    kind: str,
    *,
    about: About,
    formats: Sequence[str],
    directory: Path,
    language: Language,
    template: Path | None = None,
    since: Path | None = None,
) -> list[Path]:
    """Write the brief of a kind, one file a format. Raises InputError for a kind that there is not, and for
    one that needs a chain or an event that was not named.
    """
    if kind not in BRIEFS:
        known = ", ".join(BRIEFS)
        raise InputError(
            Text(f"没有“{kind}”这种简报。可用:{known}。", f'"{kind}" is not a brief. Known: {known}.'),
            field="KIND",
        )
    if kind == "handbook":
        return event_handbook(
            _handbook(about),
            language=language,
            formats=tuple(formats) or ("docx", "html"),
            directory=directory,
            template=template,
            since=since,
        )
    if kind in WORK_KINDS:
        return work_paper(
            papers(workspace, about),
            kind=kind,
            language=language,
            formats=tuple(formats),
            directory=directory,
            template=template,
            since=since,
        )
    letterhead = _letterhead(about)
    content = (
        chain_content(workspace, about)
        if kind in OF_ONE_CHAIN
        else city_content(workspace, source=about.source)
    )
    return city_brief(
        replace(content, letterhead=letterhead),
        kind=kind,
        language=language,
        formats=tuple(formats),
        directory=directory,
        template=template,
        since=since,
    )


def papers(workspace: Workspace, about: About, *, day: date | None = None) -> Papers:
    """The content of a paper on projects: of the file that was named, else of the store."""
    today = (day or date.today()).isoformat()
    if about.projects is None:
        found = stored_papers(_city(workspace.plan), today)
    else:
        found = read_papers(about.projects, today=today)
    return replace(
        found,
        month=about.month or found.month,
        chosen=about.of,
        event=about.signed_at or "",
        letterhead=_letterhead(about) or found.letterhead,
    )


def _letterhead(about: About) -> Letterhead | None:
    return None if about.letterhead is None else read_letterhead(about.letterhead)


def city_content(workspace: Workspace, *, source: str | None = None, day: date | None = None) -> CityBrief:
    """The content of a document on the city: facts, the diagnosis of every chain, the strongest targets.

    source: region of the targets; the plan's source regions if not given. day: date of the brief, else today.
    """
    plan, registry = workspace.plan, workspace.registry
    diagnoses = analysis.diagnoses(plan, registry)
    facts = workspace.facts()
    targets = _strongest(plan, registry, diagnoses, facts, source) if source or plan.regions else ()
    return _content(workspace, diagnoses, facts, targets, source, day or date.today())


def chain_content(workspace: Workspace, about: About, *, day: date | None = None) -> CityBrief:
    """The content of a document on one chain and its targets, with their registrations."""
    if about.chain is None:
        raise InputError(
            Text(
                "这种简报需要指明产业链,如 --chain 电力装备。",
                "this brief needs a chain, such as --chain NAME.",
            ),
            field="chain",
        )
    plan, registry = workspace.plan, workspace.registry
    [diagnosis] = analysis.diagnoses(plan, registry, about.chain)
    facts = workspace.facts()
    targets: Sequence[Target] = ()
    if about.source or plan.regions:
        targets = analysis.targets(
            plan,
            registry,
            diagnosis,
            node=about.node,
            source=about.source,
            top=about.top or TARGETS,
            facts=facts,
        )
    return _content(workspace, [diagnosis], facts, tuple(targets), about.source, day or date.today())


def _content(
    workspace: Workspace,
    diagnoses: Sequence[Diagnosis],
    facts: Sequence[Fact],
    targets: tuple[Target, ...],
    source: str | None,
    day: date,
) -> CityBrief:
    plan, registry = workspace.plan, workspace.registry
    named = {fact.page for fact in facts}
    return CityBrief(
        city=_city(plan),
        code=plan.city,
        date=day.isoformat(),
        pages=tuple(page for page in workspace.pages() if page.sha256 in named),
        facts=tuple(facts),
        reviewed=frozenset(library.accepted()),
        chains=tuple(ChainSection(plan.chain(each.chain), each) for each in diagnoses),
        targets=targets,
        coverage=(registry.snapshot.coverage,),
        source_region=source or "、".join(region.name for region in plan.regions) or None,
        firms=_records(registry, targets),
        space=_space(registry, plan.city),
    )


def _space(registry: Registry, city: str) -> ProductSpace | None:
    """The product space of industry groups over prefectures."""
    rows = registry.panel("group")
    snapshot = registry.snapshot
    query = QueryRef(_PANEL, snapshot.id, sum(rows["firms"].to_pylist()))
    return product_space(Panel.from_table(rows), city, query, snapshot.coverage)


def _city(plan: Plan) -> str:
    division = divisions.division(plan.city)
    return division.short if division else plan.name


def _records(registry: Registry, targets: Sequence[Target]) -> tuple[FirmRecord, ...]:
    """The registrations of the targets as they are written."""
    if not targets:
        return ()
    names = ", ".join("'" + target.firm.firm_id.replace("'", "''") + "'" for target in targets)
    rows = registry.query(f"SELECT * FROM firms WHERE firm_id IN ({names})").to_pylist()
    return tuple(
        FirmRecord(
            row["firm_id"],
            tuple(
                zip(
                    _CELLS,
                    (
                        row["uscc"],
                        row["founded"].isoformat() if row["founded"] else None,
                        row["capital_text"],
                        row["status"],
                        row["stock_code"],
                        row["address"],
                        "、".join(row["honours"] or ()) or None,
                        row["scope"],
                    ),
                    strict=True,
                )
            ),
            RecordRef(row["source"], row["source_row"]),
        )
        for row in rows
    )


def _handbook(about: About) -> Handbook:
    """The event's schedule, made now."""
    if about.event is None:
        raise InputError(
            Text("活动手册需要活动文件,如 --event 活动.xlsx。", "the handbook needs an event: --event FILE."),
            field="event",
        )
    event = read_event(about.event)
    found = schedule(event, time_limit=_SCHEDULING)
    starts = [slot.start for slot in event.slots if slot.start]
    day = min(starts).date() if starts else date.today()
    return Handbook(found, day.isoformat())


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
