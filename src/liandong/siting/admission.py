"""Admission: may this project come to this parcel, on whose authority, and who has to be asked.

Every aspect (industry catalogue, zoning, chemical park, energy, pollutant totals) needs a rule in force for
the place; an aspect without one is asked, never admitted. Needs and free room are compared too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from liandong.errors import Text
from liandong.siting.case import Case, Parcel, Project, amount_in, years_of
from liandong.siting.rules import ASPECTS, SEVERITY, Aspect, Rule, Value, Verdict

FIRM = "企业 · the firm"
LAND = ("project.need.土地", "project.need.land")  # what investment and tax per mu are divided by


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: what was found, by which rule, who decides. rule None: need was compared with room."""

    verdict: Verdict
    reason: Text
    department: str | None
    rule: Rule | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """The verdict of a project on a parcel with everything found, the gravest first."""

    project: str
    parcel: str
    verdict: Verdict
    findings: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line; findings that admit are left out."""
        return {
            "project": self.project,
            "parcel": self.parcel,
            "verdict": self.verdict.value,
            "findings": [
                {
                    "verdict": finding.verdict.value,
                    "reason": {"zh": finding.reason.zh, "en": finding.reason.en},
                    "department": finding.department,
                    "rule": finding.rule.id if finding.rule else None,
                    "source": finding.rule.source if finding.rule else finding.source,
                    "valid_from": _iso(finding.rule.valid_from) if finding.rule else None,
                    "valid_to": _iso(finding.rule.valid_to) if finding.rule else None,
                }
                for finding in self.findings
                if finding.verdict is not Verdict.ADMITTED
            ],
        }


def admit(case: Case, day: date) -> tuple[Admission, ...]:
    """Every project on every parcel, as of a day, in the order of projects, then parcels."""
    return tuple(
        admit_one(case, project, parcel, day) for project in case.projects for parcel in case.parcels
    )


def admit_one(case: Case, project: Project, parcel: Parcel, day: date) -> Admission:
    """One project on one parcel, as of a day."""
    known = knowledge(case, project, parcel)
    here = [rule for rule in case.rules if not rule.places or {parcel.name, parcel.park} & set(rule.places)]
    findings: list[Finding] = []
    for aspect in Aspect:
        own = [rule for rule in here if rule.aspect is aspect]
        findings += _aspect(aspect, own, known, day)
    findings += _rooms(case, project, parcel)
    findings += _availability(parcel, day)
    ranked = sorted(findings, key=lambda finding: -SEVERITY.index(finding.verdict))
    return Admission(project.name, parcel.name, ranked[0].verdict, tuple(ranked))


def knowledge(case: Case, project: Project, parcel: Parcel) -> dict[str, Value]:
    """The fields that conditions may ask for; what is unknown is None or absent."""
    park = next(park for park in case.parks if park.name == parcel.park)
    known: dict[str, Value] = {
        "project.industry": project.industries or None,
        "park.name": park.name,
        "parcel.name": parcel.name,
    }
    for subject, facts in (("project", project.facts), ("park", park.facts), ("parcel", parcel.facts)):
        known |= {f"{subject}.{name}": value for name, value in facts.items()}
    for need in project.needs:
        known[f"project.need.{need.resource}"] = _most(step.amount for step in need.steps)
    for resource in case.resources:
        rooms = case.rooms_at(parcel, resource)
        least = [_least(step.amount for step in room.steps) for room in rooms]
        known[f"parcel.free.{resource}"] = _least(least)
    land = next((known[name] for name in LAND if known.get(name) is not None), None)
    for name in ("investment", "tax"):
        amount = known.get(f"project.{name}")
        if isinstance(amount, Decimal) and isinstance(land, Decimal) and land > 0:
            known[f"project.{name}_per_mu"] = amount / land
    return known


def _aspect(aspect: Aspect, rules: list[Rule], known: dict[str, Value], day: date) -> list[Finding]:
    valid = [rule for rule in rules if rule.in_force(day)]
    if not valid:
        name = ASPECTS[aspect]
        lapsed = Text("规则已失效或尚未生效", "its rules are not in force") if rules else None
        why = lapsed or Text("没有规则", "there is no rule")
        department = rules[0].department if rules else None
        return [Finding(Verdict.ASK, Text(f"{name.zh}:{why.zh}。", f"{name.en}: {why.en}."), department)]
    findings = []
    for rule in valid:
        verdict, conditions = rule.judge(known)
        if verdict is None:
            continue
        findings.append(Finding(verdict, _reason(rule, verdict, conditions), rule.department, rule))
    if not findings:
        findings.append(
            Finding(
                Verdict.ADMITTED,
                Text(f"{ASPECTS[aspect].zh}:不在限制之列。", f"{ASPECTS[aspect].en}: not restricted."),
                valid[0].department,
                valid[0],
            )
        )
    return findings


def _reason(rule: Rule, verdict: Verdict, conditions: tuple[str, ...]) -> Text:
    which = "; ".join(conditions)
    match verdict:
        case Verdict.ADMITTED:
            return Text(f"{rule.title}:符合。", f"{rule.title}: kept.")
        case Verdict.ASK if conditions:
            return Text(f"{rule.title}:需先弄清“{which}”。", f'{rule.title}: to be known first: "{which}".')
        case Verdict.CONDITIONAL if rule.condition:
            return Text(f"{rule.title}:{rule.condition}", f"{rule.title}: {rule.condition}")
    return Text(f"{rule.title}({which})。", f"{rule.title} ({which}).")


def _availability(parcel: Parcel, day: date) -> list[Finding]:
    """Whether the parcel is to be had on that day: its own term, and the lease of a plant."""
    facts, today = parcel.facts, day.isoformat()
    holder = facts.get("holder")
    whom = holder if isinstance(holder, str) else None
    begins, ends = facts.get("valid_from"), facts.get("valid_to")
    found = []
    if isinstance(begins, str) and today < begins:
        found.append((Verdict.BARRED, Text(f"{begins} 起才可用。", f"to be had from {begins} only.")))
    if isinstance(ends, str) and today > ends:
        found.append((Verdict.BARRED, Text(f"可用期已于 {ends} 结束。", f"was to be had until {ends}.")))
    if facts.get("lease") == "let":
        found.append((Verdict.BARRED, Text("厂房已租出。", "the plant is let.")))
    if facts.get("lease") == "reserved":
        found.append((Verdict.ASK, Text("厂房已被预订。", "the plant is reserved.")))
    return [Finding(verdict, reason, whom) for verdict, reason in found]


def _rooms(case: Case, project: Project, parcel: Parcel) -> list[Finding]:
    """Needs against free room, resource by resource; the whole of both must be known."""
    findings = []
    needs = {need.resource: need for need in project.needs}
    if not needs:
        reason = Text("项目的各项用量都未知。", "none of the project's needs is known.")
        findings.append(Finding(Verdict.ASK, reason, FIRM))
    if not any(room.place in (parcel.name, parcel.park) for room in case.rooms):
        reason = Text(
            f"{parcel.name} 的剩余容量都未知。", f"nothing is known of what {parcel.name} has free."
        )
        findings.append(Finding(Verdict.ASK, reason, None))
    for resource in case.resources:
        rooms, need = case.rooms_at(parcel, resource), needs.get(resource)
        if need is None or any(step.amount is None for step in need.steps):
            if rooms or need is not None:
                reason = Text(f"{resource}:项目用量未知。", f"{resource}: the project's need is unknown.")
                findings.append(Finding(Verdict.ASK, reason, FIRM))
            continue
        if all(step.amount == 0 for step in need.steps):
            continue
        if not rooms:
            reason = Text(f"{resource}:剩余容量未知。", f"{resource}: the free room is unknown.")
            findings.append(Finding(Verdict.ASK, reason, None))
        for room in rooms:
            if any(step.amount is None for step in room.steps):
                reason = Text(
                    f"{resource}:{room.place} 的剩余容量未知。",
                    f"{resource}: what {room.place} has is unknown.",
                )
                findings.append(Finding(Verdict.ASK, reason, room.department, source=room.source))
                continue
            short = next(
                (
                    (year, wanted, had)
                    for year in years_of(case)
                    if (wanted := amount_in(need.steps, year) or Decimal(0))
                    > (had := amount_in(room.steps, year) or Decimal(0))
                ),
                None,
            )
            if short is not None:
                _, wanted, had = short
                reason = Text(
                    f"{resource}:需要 {wanted:f}{room.unit},{room.place} 只有 {had:f}{room.unit}。",
                    f"{resource}: {wanted:f} {room.unit} needed, {room.place} has {had:f} {room.unit}.",
                )
                findings.append(Finding(Verdict.BARRED, reason, room.department, source=room.source))
    return findings


def _most(amounts: Iterable[Decimal | None]) -> Decimal | None:
    found = list(amounts)
    return None if None in found or not found else max(amount for amount in found if amount is not None)


def _least(amounts: Iterable[Decimal | None]) -> Decimal | None:
    found = list(amounts)
    return None if None in found or not found else min(amount for amount in found if amount is not None)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
