"""Recognition (认定): whether a project counts, rule by rule, with the reason; unknown decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from liandong.assessment.entry import Entry
from liandong.assessment.scheme import Scheme, Threshold
from liandong.errors import Text
from liandong.figures import Figure


class Ruling(StrEnum):
    """Whether a project counts; OPEN where something asked for is unknown and nothing refuses it."""

    RECOGNISED = "recognised"
    OPEN = "open"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule's answer. figure: what it looked at, if it is an amount."""

    ruling: Ruling
    text: Text
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Recognition:
    """A project's ruling with every reason, the gravest first."""

    project: str
    ruling: Ruling
    reasons: tuple[Reason, ...]


_GRAVITY = (Ruling.REFUSED, Ruling.OPEN, Ruling.RECOGNISED)


def recognise(entry: Entry, scheme: Scheme) -> Recognition:
    """Whether a project counts under a scheme."""
    reasons = [
        *(
            _amount(entry, each)
            for each in scheme.thresholds
            if not each.kinds or entry.project.kind.value in each.kinds
        ),
        *_exclusions(entry, scheme),
    ]
    reasons.sort(key=lambda each: _GRAVITY.index(each.ruling))
    return Recognition(entry.id, reasons[0].ruling if reasons else Ruling.RECOGNISED, tuple(reasons))


def recognised(entries: Iterable[Entry], scheme: Scheme) -> list[Entry]:
    """The entries that count, each project once."""
    chosen: dict[str, Entry] = {}
    for each in entries:
        if each.id not in chosen and recognise(each, scheme).ruling is Ruling.RECOGNISED:
            chosen[each.id] = each
    return list(chosen.values())


def _amount(entry: Entry, rule: Threshold) -> Reason:
    stated = [
        each
        for each in entry.project.amounts
        if each.measure == rule.measure and each.standing.value == rule.standing and each.unit == rule.unit
    ]
    asked = f"{rule.measure} ≥ {rule.at_least:,f} {rule.unit}"
    known = [each for each in stated if each.value is not None]
    if not known:
        return Reason(Ruling.OPEN, Text(f"{asked}:未知。", f"{asked}: unknown."))
    most = max(known, key=lambda each: each.value or 0)
    assert most.value is not None
    if most.value >= rule.at_least:
        return Reason(Ruling.RECOGNISED, Text(f"{asked}:达到。", f"{asked}: reached."), most)
    return Reason(Ruling.REFUSED, Text(f"{asked}:未达到。", f"{asked}: not reached."), most)


def _exclusions(entry: Entry, scheme: Scheme) -> Iterable[Reason]:
    project = entry.project
    if project.kind.value in scheme.excluded_kinds:
        yield Reason(Ruling.REFUSED, Text("该类型不计。", "its type does not count."))
    if scheme.excluded_industries:
        if not project.industries:
            yield Reason(Ruling.OPEN, Text("行业未知。", "its industry is unknown."))
        elif any(code.startswith(scheme.excluded_industries) for code in project.industries):
            yield Reason(Ruling.REFUSED, Text("该行业不计。", "its industry does not count."))
    if not scheme.later_phases and entry.later_phase is not False:
        unknown = entry.later_phase is None
        yield Reason(
            Ruling.OPEN if unknown else Ruling.REFUSED,
            Text("是否为后续期次未知。", "whether it is a later phase is unknown.")
            if unknown
            else Text("后续期次不计。", "later phases do not count."),
        )
    if not scheme.local_investors and entry.local is not False:
        unknown = entry.local is None
        yield Reason(
            Ruling.OPEN if unknown else Ruling.REFUSED,
            Text("投资方来源地未知。", "where its investor comes from is unknown.")
            if unknown
            else Text("本地投资不计。", "local investors do not count."),
        )
