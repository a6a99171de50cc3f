"""The admission review (准入评审): opinions, scores, vetoes, a conclusion, conditions followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from liandong.errors import Text

VETOES: dict[str, Text] = {
    "industry_policy": Text("产业政策", "industry policy"),
    "environment": Text("生态环境", "environment"),
    "energy": Text("能耗", "energy"),
    "safety": Text("安全生产", "safety"),
    "investment_intensity": Text("投资强度", "investment intensity"),
    "tax_per_mu": Text("亩均税收", "tax per mu"),
    "standing": Text("企业信用", "the firm's standing"),
}


class Conclusion(StrEnum):
    """What a review ends with. `open`: a department has not answered."""

    PASS = "pass"
    CONDITIONAL = "conditional"
    REJECT = "reject"
    OPEN = "open"


class VoteError(ValueError):
    """A vote that the rules of review do not allow."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A department's answer. veto: a key of `VETOES` or "". condition: what must be done, "" for nothing."""

    department: str
    score: Decimal | None
    veto: str = ""
    condition: str = ""
    given: date | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was set, and when it was closed."""

    text: str
    department: str
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A meeting. departments: who is asked. introducing: who brings the project. pass_mark: of 100."""

    departments: tuple[str, ...]
    introducing: str
    opinions: tuple[Opinion, ...] = ()
    pass_mark: Decimal = Decimal(60)

    def voted(self, opinion: Opinion) -> Review:
        """With the opinion, which replaces an earlier one of its department.

        Raises VoteError for the introducing unit (it may present, not vote), for one that was not asked, for
        a score outside 0 to 100 and for a veto that there is not.
        """
        if opinion.department == self.introducing:
            raise VoteError("the introducing unit may present, not vote")
        if opinion.department not in self.departments:
            raise VoteError(f"{opinion.department} was not asked")
        if opinion.score is not None and not 0 <= opinion.score <= 100:
            raise VoteError("a score is between 0 and 100")
        if opinion.veto and opinion.veto not in VETOES:
            raise VoteError(f"there is no veto {opinion.veto}")
        others = tuple(each for each in self.opinions if each.department != opinion.department)
        return Review(self.departments, self.introducing, (*others, opinion), self.pass_mark)

    def conclusion(self) -> Conclusion:
        """One veto rejects; else all must have answered; else the mean score decides, conditions kept."""
        if any(opinion.veto for opinion in self.opinions):
            return Conclusion.REJECT
        asked = set(self.departments) - {self.introducing}
        if asked - {opinion.department for opinion in self.opinions}:
            return Conclusion.OPEN
        scores = [opinion.score for opinion in self.opinions if opinion.score is not None]
        if not scores:
            return Conclusion.OPEN
        if sum(scores) / len(scores) < self.pass_mark:
            return Conclusion.REJECT
        conditional = any(opinion.condition for opinion in self.opinions)
        return Conclusion.CONDITIONAL if conditional else Conclusion.PASS

    def conditions(self) -> tuple[Condition, ...]:
        """What was asked for, all open."""
        return tuple(Condition(o.condition, o.department) for o in self.opinions if o.condition)


def settled(conclusion: Conclusion, conditions: Sequence[Condition]) -> bool:
    """Whether the project may count as reviewed: passed, or conditional with every condition closed."""
    if conclusion is Conclusion.PASS:
        return True
    return conclusion is Conclusion.CONDITIONAL and all(c.closed is not None for c in conditions)
