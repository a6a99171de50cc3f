"""Stage gates as data: what must be there before a project may be called so far."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from liandong.errors import Text
from liandong.projects.clauses import Verdict
from liandong.projects.milestones import STEP_NAMES, STEPS, Step
from liandong.projects.project import Project
from liandong.projects.stages import STAGE_NAMES, STAGES, Stage

Kind = Literal["field", "milestone", "review", "order", "clauses", "reason"]
_FIELDS: dict[str, Text] = {
    "party": Text("投资方", "the investor"),
    "industries": Text("行业", "the industry"),
    "region": Text("落地地区", "where it lands"),
    "park": Text("园区", "the park"),
    "amounts": Text("投资额", "an amount"),
    "promises": Text("双方承诺", "the promises of both sides"),
}
_REVIEWS: dict[str, Text] = {
    "diligence": Text("尽职调查", "due diligence"),
    "diligence_signing": Text("签约前尽职调查", "due diligence before signing"),
    "admission": Text("准入评审", "the admission review"),
    "fair_competition": Text("公平竞争审查", "the fair-competition review"),
}


@dataclass(frozen=True, slots=True)
class Gate:
    """What a stage asks for. fields of the project, steps that are done, reviews that were passed.

    Steps that the project's type does not have are not asked of it.
    """

    stage: Stage
    fields: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, for people and as a kind and a key for programs."""

    kind: Kind
    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Passage:
    """A project's move to a stage. by: who waived what lacked and why, "" where nothing was waived."""

    stage: Stage
    on: date
    waived: tuple[Lack, ...] = ()
    by: str = ""
    reason: str = ""


class GateError(Exception):
    """The project may not pass: `lacks` says why."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        self.lacks = lacks
        super().__init__("; ".join(lack.text("en") for lack in lacks))


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates of a bureau by stage."""

    by_stage: dict[Stage, Gate] = field(default_factory=dict)

    def lacking(self, project: Project, stage: Stage, verdicts: tuple[Verdict, ...] = ()) -> tuple[Lack, ...]:
        """What keeps the project from the stage, the gates of the stages between included.

        verdicts: of the promises' clauses: one that is refused blocks signing and all after it.
        """
        found: list[Lack] = []
        for between in STAGES[project.stage.place + 1 : stage.place + 1]:
            gate = self.by_stage.get(between, Gate(between))
            found += _fields(project, gate) + _steps(project, gate) + _reviews(project, gate)
        if stage.reaches(Stage.SIGNED):
            found += [Lack("clauses", verdict.rule, verdict.text) for verdict in verdicts if verdict.refused]
        return tuple(dict.fromkeys(found))

    def passing(
        self,
        project: Project,
        stage: Stage,
        on: date,
        *,
        verdicts: tuple[Verdict, ...] = (),
        waiver: str = "",
        reason: str = "",
    ) -> Passage:
        """The move, if nothing lacks or if who has the permission waives it with a written reason.

        Refused clauses, the formal contract and the fair-competition review cannot be waived. Raises
        GateError with what lacks.
        """
        lacks = self.lacking(project, stage, verdicts)
        if not lacks:
            return Passage(stage, on)
        firm = tuple(lack for lack in lacks if lack.kind == "clauses" or lack.key in _NEVER_WAIVED)
        if firm or not waiver:
            raise GateError(firm if waiver else lacks)
        if not reason.strip():
            raise GateError((*lacks, _NO_REASON))
        return Passage(stage, on, lacks, waiver, reason.strip())


_NEVER_WAIVED = (Step.CONTRACT.value, "fair_competition")
"""What is called signed has a contract, and national rules ask for the review of every one."""
_NO_REASON = Lack("reason", "reason", Text("越过关口须写明理由。", "passing a gate needs a written reason."))


@lru_cache(maxsize=1)
def shipped_gates() -> Gates:
    """The gates of `data/gates.toml`: the practice that most bureaus share."""
    text = files("liandong.projects").joinpath("data", "gates.toml").read_text("utf-8")
    return read_gates(tomllib.loads(text))


def read_gates(table: dict[str, Any]) -> Gates:
    """Gates from TOML: a table a stage with fields, steps, reviews. Raises ValueError for a name unknown."""
    gates = {}
    for name, row in table.items():
        stage = Stage(name)
        unknown = [n for n in row.get("fields", ()) if n not in _FIELDS]
        unknown += [n for n in row.get("reviews", ()) if n not in _REVIEWS]
        if unknown:
            raise ValueError(f"gates: {name} asks for {', '.join(unknown)}, which there is not")
        steps = tuple(Step(step) for step in row.get("steps", ()))
        gates[stage] = Gate(stage, tuple(row.get("fields", ())), steps, tuple(row.get("reviews", ())))
    return Gates(gates)


def _fields(project: Project, gate: Gate) -> list[Lack]:
    return [
        Lack(
            "field",
            name,
            Text(
                f"{_stage(gate)('zh')}前须填写{_FIELDS[name].zh}。",
                f"{_stage(gate)('en')} needs {_FIELDS[name].en}.",
            ),
        )
        for name in gate.fields
        if not getattr(project, name)
    ]


def _steps(project: Project, gate: Gate) -> list[Lack]:
    return [
        Lack(
            "milestone",
            step.value,
            Text(
                f"{_stage(gate)('zh')}前须完成{STEP_NAMES[step].zh}。",
                f"{_stage(gate)('en')} needs the milestone: {STEP_NAMES[step].en}.",
            ),
        )
        for step in gate.steps
        if step in STEPS[project.kind] and not project.done(step)
    ]


def _reviews(project: Project, gate: Gate) -> list[Lack]:
    return [
        Lack(
            "review",
            name,
            Text(
                f"{_stage(gate)('zh')}前须通过{_REVIEWS[name].zh}。",
                f"{_stage(gate)('en')} needs {_REVIEWS[name].en}.",
            ),
        )
        for name in gate.reviews
        if name not in project.reviews
    ]


def _stage(gate: Gate) -> Text:
    return STAGE_NAMES[gate.stage]
