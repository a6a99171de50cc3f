"""Milestones run beside the stages: which a project has depends on its type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from liandong.errors import Text
from liandong.projects.stages import Type


class Step(StrEnum):
    """What is agreed, granted or built on the way."""

    FRAMEWORK = "framework"
    CONTRACT = "contract"
    COMPANY = "company"
    FILING = "filing"
    LAND = "land"
    LEASE = "lease"
    DELIVERY = "delivery"
    ENVIRONMENT = "environment"
    ENERGY = "energy"
    PERMIT = "permit"
    STATISTICS = "statistics"
    COMPLETION = "completion"
    ABOVE_SCALE = "above_scale"


STEP_NAMES: dict[Step, Text] = {
    Step.FRAMEWORK: Text("框架协议", "framework agreement"),
    Step.CONTRACT: Text("正式合同", "formal contract"),
    Step.COMPANY: Text("公司注册", "company registered"),
    Step.FILING: Text("备案/核准", "filed or approved"),
    Step.LAND: Text("摘牌", "land acquired"),
    Step.LEASE: Text("租赁合同", "lease"),
    Step.DELIVERY: Text("股权交割", "transfer of shares"),
    Step.ENVIRONMENT: Text("环评", "environmental assessment"),
    Step.ENERGY: Text("能评", "energy assessment"),
    Step.PERMIT: Text("施工许可", "building permit"),
    Step.STATISTICS: Text("入库纳统", "entered in statistics"),
    Step.COMPLETION: Text("竣工", "completed"),
    Step.ABOVE_SCALE: Text("入规", "above designated size"),
}
_ALWAYS = (Step.FRAMEWORK, Step.CONTRACT, Step.COMPANY, Step.FILING)
_BUILT = (Step.ENVIRONMENT, Step.ENERGY, Step.PERMIT, Step.STATISTICS, Step.COMPLETION, Step.ABOVE_SCALE)
STEPS: dict[Type, tuple[Step, ...]] = {
    Type.NEW_LAND: (*_ALWAYS, Step.LAND, *_BUILT),
    Type.RENTED_PLANT: (
        *_ALWAYS,
        Step.LEASE,
        Step.ENVIRONMENT,
        Step.ENERGY,
        Step.STATISTICS,
        Step.COMPLETION,
        Step.ABOVE_SCALE,
    ),
    Type.EXPANSION: (Step.FRAMEWORK, Step.CONTRACT, Step.FILING, *_BUILT),
    Type.ACQUISITION: (Step.FRAMEWORK, Step.CONTRACT, Step.DELIVERY, Step.STATISTICS, Step.ABOVE_SCALE),
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step with the day it is due, the day it was done, and the voucher that shows it ("" for none)."""

    step: Step
    due: date | None = None
    done: date | None = None
    voucher: str = ""

    def overdue(self, on: date) -> bool:
        """Whether it was due before that day and had not been done by it."""
        return self.due is not None and self.due < on and (self.done is None or self.done > on)


def schedule_of(kind: Type) -> tuple[Milestone, ...]:
    """The milestones of a new project of that type, none due and none done."""
    return tuple(Milestone(step) for step in STEPS[kind])
