"""Projects, trips and review meetings from a TOML file: every fault is told at once, with its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, get_args

from liandong.briefs.cases import Answer, Case, Check, Hearing, Papers, Problem, Stop, Trip, record_of
from liandong.briefs.letterhead import letterhead_of, read_toml
from liandong.errors import Text
from liandong.figures import Basis, Coverage, Figure, RecordRef, Standing
from liandong.plan.fields import Document, Fields
from liandong.projects import (
    MEASURES,
    STANDINGS,
    VETOES,
    Condition,
    Milestone,
    Opinion,
    Party,
    Project,
    Promise,
    Review,
    Side,
    Stage,
    Status,
    Step,
    Type,
    VoteError,
)

_T = TypeVar("_T", bound=StrEnum)
_REVIEWS = ("diligence", "admission", "fair_competition")


def read_papers(path: str | Path, *, today: str) -> Papers:
    """The content of a file, dated by it or else today (ISO). Raises InputErrors with every fault."""
    path = Path(path)
    text, table = read_toml(path)
    document = Document.of(path.name, text)
    found = _Reader(document, Fields(document, (), table)).papers(today)
    document.finish()
    return found


class _Reader:
    """Reads one file; keeps how its records are called and what its figures stand on."""

    def __init__(self, document: Document, fields: Fields) -> None:
        self._document, self._fields = document, fields
        self._records: dict[RecordRef, str] = {}
        self._coverage: Coverage | None = None

    def papers(self, today: str) -> Papers:
        head = self._fields.table("file")
        day = head.maybe_date("date")
        synthetic = head.has("synthetic") and head.flag("synthetic")
        notes = ("synthetic",) if synthetic else ()
        self._coverage = Coverage(self._document.file, today if day is None else day.isoformat(), notes=notes)
        found = Papers(
            city=head.text("city"),
            date=today if day is None else day.isoformat(),
            month=head.maybe_text("month") or "",
            cases=(),
            synthetic=synthetic,
            letterhead=self._letterhead(),
            records=self._records,
            coverage=self._coverage,
        )
        different = tuple(_different(each) for each in self._fields.tables("different"))
        head.done()
        cases = tuple(self._case(each) for each in self._fields.tables("project"))
        ids = {case.project.id for case in cases}
        trips = tuple(self._trip(each, ids) for each in self._fields.tables("trip"))
        hearings = tuple(self._hearing(each, ids) for each in self._fields.tables("hearing"))
        self._fields.done()
        return replace(found, cases=cases, trips=trips, hearings=hearings, different=different)

    def _letterhead(self) -> Any:
        return letterhead_of(self._fields.table("letterhead")) if self._fields.has("letterhead") else None

    def _case(self, fields: Fields) -> Case:
        place, chain, about = (fields.maybe_text(name) or "" for name in ("place", "chain", "about"))
        project = self._project(fields)
        review, conditions = self._review(fields)
        case = Case(
            project,
            place,
            chain,
            about,
            review,
            conditions,
            checks=tuple(_check(each) for each in fields.tables("check")),
            problems=tuple(_problem(each) for each in fields.tables("problem")),
            passed=frozenset(fields.texts("passed")),
        )
        fields.done()
        where = fields.place
        self._records[record_of(project)] = f"{project.id} {project.name}（{where.file}:{where.line}）"
        return case

    def _project(self, fields: Fields) -> Project:
        name = fields.text("name")
        return Project(
            fields.text("id"),
            name,
            _kind(fields, "type", Type),
            _kind(fields, "stage", Stage),
            Status(fields.choice("status", [each.value for each in Status], default=Status.ACTIVE.value)),
            _party(fields),
            fields.texts("products"),
            fields.texts("industries"),
            fields.maybe_text("region"),
            fields.maybe_text("park"),
            fields.maybe_text("unit") or "",
            fields.texts("shared"),
            fields.maybe_text("event"),
            _reached(fields),
            tuple(_milestone(each) for each in fields.tables("milestone")),
            tuple(self._amount(each, name) for each in fields.tables("amount")),
            tuple(found for each in fields.tables("promise") if (found := _promise(each)) is not None),
            frozenset(fields.texts("reviews")) & frozenset(_REVIEWS),
        )

    def _amount(self, fields: Fields, project: str) -> Figure:
        """An amount leads to its line, told with what shows it. Verified needs its voucher."""
        measure = fields.choice("measure", MEASURES)
        standing = Standing(fields.choice("standing", [each.value for each in STANDINGS]))
        voucher = fields.maybe_text("voucher")
        if standing is Standing.VERIFIED and not voucher:
            fields.wrong(
                "voucher", Text("核实的金额须写明凭据。", "a verified amount must name its voucher.")
            )
        record = RecordRef(fields.place.file, fields.place.line)
        self._records[record] = "，".join(
            filter(None, (f"{project}，{measure}（{STANDINGS[standing].zh}）", voucher))
        )
        names = ("as_of", "in_year", "cumulative")
        figure = Figure(
            fields.maybe_number("value"),
            fields.text("unit"),
            measure,
            standing=standing,
            basis=Basis(*(fields.maybe_text(name) for name in names)),
            currency=fields.maybe_text("currency"),
            coverage=self._coverage,
            evidence=(record,),
        )
        fields.done()
        return figure

    def _review(self, fields: Fields) -> tuple[Review | None, tuple[Condition, ...]]:
        if not fields.has("review"):
            return None, ()
        table = fields.table("review")
        pass_mark = table.maybe_number("pass_mark")
        review = Review(
            table.texts("departments"),
            table.text("introducing"),
            (),
            Decimal(60) if pass_mark is None else pass_mark,
        )
        for each in table.tables("opinion"):
            opinion = Opinion(
                each.text("department"),
                each.maybe_number("score"),
                each.choice("veto", ("", *VETOES), default=""),
                each.maybe_text("condition") or "",
                each.maybe_date("given"),
            )
            each.done()
            try:
                review = review.voted(opinion)
            except VoteError as error:
                each.wrong("department", Text(f"表决无效:{opinion.department}。", f"no valid vote: {error}."))
        conditions = []
        for each in table.tables("condition"):
            conditions.append(
                Condition(each.text("text"), each.text("department"), each.maybe_date("closed"))
            )
            each.done()
        table.done()
        return review, tuple(conditions)

    def _trip(self, fields: Fields, ids: set[str]) -> Trip:
        record = RecordRef(fields.place.file, fields.place.line)
        kind = fields.choice("kind", ("outing", "reception"))
        since = fields.maybe_date("since", required=True) or date.min
        arrangements = tuple(_arrangement(each) for each in fields.tables("arrangement"))
        trip = Trip(
            fields.text("id"),
            "outing" if kind == "outing" else "reception",
            fields.text("title"),
            since,
            fields.maybe_date("until") or since,
            fields.text("purpose"),
            record,
            fields.maybe_text("unit") or "",
            fields.texts("party"),
            fields.texts("hosts"),
            fields.texts("goals"),
            tuple(_stop(each) for each in fields.tables("stop")),
            _known(fields, ids),
            arrangements,
        )
        fields.done()
        self._records[record] = trip.title
        return trip

    def _hearing(self, fields: Fields, ids: set[str]) -> Hearing:
        record = RecordRef(fields.place.file, fields.place.line)
        hearing = Hearing(
            fields.text("id"),
            fields.text("title"),
            fields.maybe_date("on", required=True) or date.min,
            fields.maybe_text("place") or "",
            fields.maybe_text("chair") or "",
            _known(fields, ids),
            record,
        )
        fields.done()
        self._records[record] = hearing.title
        return hearing


def _different(fields: Fields) -> frozenset[str]:
    """Two projects that somebody judged not to be one."""
    ids = frozenset(fields.texts("ids"))
    fields.done()
    return ids


def _arrangement(fields: Fields) -> tuple[str, str]:
    found = (fields.text("what"), fields.text("by"))
    fields.done()
    return found


def _known(fields: Fields, ids: set[str]) -> tuple[str, ...]:
    """Ids of projects that the file has."""
    found = fields.texts("projects")
    for each in found:
        if each not in ids:
            fields.wrong("projects", Text(f"没有项目“{each}”。", f'there is no project "{each}".'))
    return tuple(each for each in found if each in ids)


def _kind(fields: Fields, name: str, kind: type[_T]) -> _T:
    return kind(fields.choice(name, [each.value for each in kind]))


def _party(fields: Fields) -> Party | None:
    if not fields.has("party"):
        return None
    table = fields.table("party")
    found = Party(
        table.text("name"), table.maybe_text("firm_id"), table.maybe_text("uscc"), table.maybe_text("group")
    )
    table.done()
    return found


def _reached(fields: Fields) -> dict[Stage, date]:
    if not fields.has("reached"):
        return {}
    table = fields.table("reached")
    days = {stage: day for stage in Stage if (day := table.maybe_date(stage.value)) is not None}
    table.done()
    return days


def _milestone(fields: Fields) -> Milestone:
    found = Milestone(
        _kind(fields, "step", Step),
        fields.maybe_date("due"),
        fields.maybe_date("done"),
        fields.maybe_text("voucher") or "",
    )
    fields.done()
    return found


def _promise(fields: Fields) -> Promise | None:
    """A promise; None, with a fault, where it is called kept without evidence."""
    kept, evidence = fields.maybe_date("done"), fields.texts("evidence")
    if kept is not None and not evidence:
        fields.wrong(
            "evidence", Text("已兑现的承诺须写明凭据。", "a promise that is kept must name its evidence.")
        )
        kept = None
    found = Promise(
        fields.text("id"),
        _kind(fields, "side", Side),
        fields.text("what"),
        fields.text("document"),
        fields.maybe_text("office") or "",
        fields.maybe_text("condition") or "",
        fields.maybe_date("condition_met"),
        fields.maybe_date("due"),
        kept,
        evidence,
        suspended=fields.maybe_text("suspended") or "",
    )
    fields.done()
    return found


def _check(fields: Fields) -> Check:
    answers: tuple[Answer, ...] = get_args(Answer)
    answer = fields.choice("answer", answers)
    found = Check(
        fields.text("item"),
        next(each for each in answers if each == answer),
        fields.maybe_text("by") or "",
        fields.maybe_date("on"),
        fields.maybe_text("decision") or "",
    )
    fields.done()
    return found


def _problem(fields: Fields) -> Problem:
    found = Problem(
        fields.text("what"),
        fields.text("owner"),
        fields.maybe_date("due"),
        fields.maybe_text("answer") or "",
        fields.maybe_date("answered"),
    )
    fields.done()
    return found


def _stop(fields: Fields) -> Stop:
    found = Stop(
        fields.maybe_date("day", required=True) or date.min,
        fields.maybe_text("time") or "",
        fields.text("place"),
        fields.text("what"),
        fields.maybe_text("firm") or "",
        fields.maybe_text("in_charge") or "",
    )
    fields.done()
    return found
