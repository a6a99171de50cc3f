"""Matching: each condition met, failed or unknown; the programme's answer; and whether it is in effect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from liandong.errors import Text
from liandong.figures import Evidence, evidence_to_dict
from liandong.programmes.model import QUALITIES, Comparison, Condition, Programme, Review, Standing
from liandong.programmes.subject import Subject
from liandong.reference import division, find_honour, find_industry


class Outcome(StrEnum):
    """Of a condition: met or failed. Of a programme: qualifies or fails. Unknown of both: open."""

    MET = "met"
    FAILED = "failed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One condition: its outcome, what was found (None: unknown) and where that can be opened."""

    condition: Condition
    outcome: Outcome
    found: str | None
    evidence: Evidence | None

    @property
    def text(self) -> Text:
        """The condition with what was found, in words."""
        asked = in_words(self.condition)
        found = Text("未知", "unknown") if self.found is None else Text(self.found, self.found)
        marks = {
            Outcome.MET: Text("符合", "met"),
            Outcome.FAILED: Text("不符合", "failed"),
            Outcome.OPEN: Text("待核实", "to be found out"),
        }
        mark = marks[self.outcome]
        return Text(f"{asked.zh}:{found.zh},{mark.zh}", f"{asked.en}: {found.en}, {mark.en}")


@dataclass(frozen=True, slots=True)
class Match:
    """A programme and a subject. hindrances: why the programme is not in effect, empty if it is.

    outcome: MET if every condition is met, FAILED if one failed, else OPEN (also where nobody has entered
    the conditions).
    """

    programme: Programme
    subject: Subject
    outcome: Outcome
    verdicts: tuple[Verdict, ...]
    hindrances: tuple[Text, ...]

    @property
    def counts(self) -> bool:
        """Whether it may add to a score: the subject qualifies and the programme is in effect."""
        return self.outcome is Outcome.MET and not self.hindrances

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong programmes match`."""
        return {
            "programme": self.programme.name,
            "kind": self.programme.kind.value,
            "subject": self.subject.name,
            "outcome": self.outcome.value,
            "counts": self.counts,
            "hindrances": [{"zh": text.zh, "en": text.en} for text in self.hindrances],
            "conditions": [
                {
                    "field": verdict.condition.quality,
                    "test": verdict.condition.test.value,
                    "values": list(verdict.condition.values),
                    "outcome": verdict.outcome.value,
                    "found": verdict.found,
                    "evidence": evidence_to_dict(verdict.evidence) if verdict.evidence else None,
                    "text": {"zh": verdict.text.zh, "en": verdict.text.en},
                }
                for verdict in self.verdicts
            ],
            "evidence": [evidence_to_dict(item) for item in self.programme.origin.evidence()],
        }


def match_all(programmes: Iterable[Programme], subject: Subject, on: date) -> list[Match]:
    """The matches of every programme that is for this kind of subject, in the order given."""
    return [match(each, subject, on) for each in programmes if subject.kind in each.subjects]


def match(programme: Programme, subject: Subject, on: date) -> Match:
    """Whether a subject qualifies for a programme, condition by condition. on: the day asked for."""
    verdicts = tuple(_verdict(condition, subject) for condition in programme.conditions)
    outcomes = [verdict.outcome for verdict in verdicts]
    return Match(programme, subject, together(programme, outcomes), verdicts, tuple(in_effect(programme, on)))


def together(programme: Programme, outcomes: Sequence[Outcome]) -> Outcome:
    """The programme's outcome from its conditions' outcomes, in their order.

    Alternatives (one label in `either`) are met if one is, failed if all are.
    """
    groups: dict[str, list[Outcome]] = {}
    for n, (condition, outcome) in enumerate(zip(programme.conditions, outcomes, strict=True)):
        groups.setdefault(f"either {condition.either}" if condition.either else f"alone {n}", []).append(
            outcome
        )
    if not groups:
        return Outcome.OPEN
    answers = {_any(group) for group in groups.values()}
    if Outcome.FAILED in answers:
        return Outcome.FAILED
    return Outcome.OPEN if Outcome.OPEN in answers else Outcome.MET


def _any(outcomes: Sequence[Outcome]) -> Outcome:
    if Outcome.MET in outcomes:
        return Outcome.MET
    return Outcome.OPEN if Outcome.OPEN in outcomes else Outcome.FAILED


def in_effect(programme: Programme, on: date) -> Iterable[Text]:
    """What keeps a programme from being in effect on a day; nothing if it is.

    It must be stated to be in force, the day must lie in its term, and its fair-competition review must have
    been passed: an incentive that was not reviewed may not be promised.
    """
    if programme.status is not Standing.IN_FORCE:
        yield {
            Standing.SUSPENDED: Text("已暂停", "suspended"),
            Standing.UNDER_CLEAN_UP: Text("清理中", "under clean-up"),
            Standing.REPEALED: Text("已废止", "repealed"),
            Standing.UNKNOWN: Text("是否有效未知", "not known to be in force"),
        }[programme.status]
    if programme.valid_from and on < programme.valid_from:
        yield Text(f"{programme.valid_from} 起才有效", f"begins on {programme.valid_from}")
    if programme.valid_to and on > programme.valid_to:
        yield Text(f"已于 {programme.valid_to} 到期", f"expired on {programme.valid_to}")
    if programme.review is not Review.PASSED:
        yield {
            Review.PENDING: Text("公平竞争审查未完成", "fair-competition review pending"),
            Review.FAILED: Text("未通过公平竞争审查", "fair-competition review failed"),
            Review.UNKNOWN: Text("没有公平竞争审查记录", "no fair-competition review on record"),
        }[programme.review]


def _verdict(condition: Condition, subject: Subject) -> Verdict:
    value = subject.values.get(condition.quality)
    found = None if value is None else _shown(condition, value)
    return Verdict(condition, judge(condition, value), found, subject.evidence.get(condition.quality))


def judge(condition: Condition, value: Any) -> Outcome:
    """Whether a value meets a condition; a value of None is unknown."""
    if value is None:
        return Outcome.OPEN
    match condition.test:
        case Comparison.IN | Comparison.NOT_IN:
            inside = _inside(condition, value)
            if inside is Outcome.OPEN or condition.test is Comparison.IN:
                return inside
            return Outcome.FAILED if inside is Outcome.MET else Outcome.MET
        case Comparison.AT_LEAST | Comparison.AT_MOST:
            bound: Any = (
                date.fromisoformat(condition.values[0]) if isinstance(value, date) else condition.number
            )
            met = value >= bound if condition.test is Comparison.AT_LEAST else value <= bound
        case Comparison.CONTAINS:
            met = any(word in value for word in condition.values)
        case Comparison.IS:
            met = value == (condition.values[0] == "是")
    return Outcome.MET if met else Outcome.FAILED


def _inside(condition: Condition, value: Any) -> Outcome:
    """Whether codes, places or titles are among the condition's."""
    match condition.quality:
        case "industry":
            codes = (value,) if isinstance(value, str) else tuple(value)
            return _any([_industry(code, condition.values) for code in codes] or [Outcome.OPEN])
        case "region":
            return _place(value[-1], condition.values)
        case _:
            held = {_title(title) for title in value}
            # a title that is not listed may be held all the same
            return Outcome.MET if held & set(condition.values) else Outcome.OPEN


def _industry(code: str, wanted: Sequence[str]) -> Outcome:
    sections = {each for each in wanted if len(each) == 1}
    own = find_industry(code)
    if code.startswith(tuple(each for each in wanted if len(each) > 1)) or (own and own.section in sections):
        return Outcome.MET
    # a firm known only by a broader code may be inside
    return Outcome.OPEN if any(each.startswith(code) for each in wanted) else Outcome.FAILED


def _place(code: str, wanted: Sequence[str]) -> Outcome:
    """The finest code known; one that is broader than a wanted one may be inside."""
    stems = tuple(_stem(each) for each in wanted)
    if code.startswith(stems):
        return Outcome.MET
    return Outcome.OPEN if any(stem.startswith(_stem(code)) for stem in stems) else Outcome.FAILED


def _stem(code: str) -> str:
    """The digits that a place shares with all places in it."""
    return code[:2] if code.endswith("0000") else code.removesuffix("00")


def _title(title: str) -> str:
    honour = find_honour(title)
    return honour.title if honour else title


def _shown(condition: Condition, value: Any) -> str:
    match condition.quality:
        case "industry":
            codes = (value,) if isinstance(value, str) else tuple(value)
            named = [find_industry(code) for code in codes]
            return "、".join(
                f"{code} {each.name}" if each else code for code, each in zip(codes, named, strict=True)
            )
        case "region":
            places = [division(code) for code in value]
            return "".join(place.short for place in places if place)
        case "honour":
            return "、".join(value)
        case "words":
            return "、".join(word for word in condition.values if word in value) or "—"
        case "listed":
            return "是" if value else "否"
        case _:
            return _amount(value, QUALITIES[condition.quality].unit)


def _amount(value: Any, unit: str) -> str:
    return f"{format(value.normalize(), 'f')}{unit}" if isinstance(value, Decimal) else str(value)


def in_words(condition: Condition) -> Text:
    """The condition as people say it."""
    quality = QUALITIES[condition.quality]
    if condition.note:
        return Text(condition.note, condition.note)
    signs = {
        Comparison.IN: Text("属于", "in"),
        Comparison.NOT_IN: Text("不属于", "not in"),
        Comparison.AT_LEAST: Text("不低于", "at least"),
        Comparison.AT_MOST: Text("不高于", "at most"),
        Comparison.CONTAINS: Text("包含", "contains"),
        Comparison.IS: Text("为", "is"),
    }
    sign = signs[condition.test]
    values = _wanted(condition)
    return Text(f"{quality.label.zh}{sign.zh}{values}", f"{quality.label.en} {sign.en} {values}")


def _wanted(condition: Condition) -> str:
    if condition.quality == "region":
        places = [division(code) for code in condition.values]
        return "、".join(place.short for place in places if place)
    if condition.test in (Comparison.AT_LEAST, Comparison.AT_MOST) and condition.quality != "founded":
        return _amount(condition.number, QUALITIES[condition.quality].unit)
    return "、".join(condition.values)
