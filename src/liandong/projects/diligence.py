"""Due diligence (尽职调查): what is looked at before talks and before signing, and when it is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from liandong.errors import Text


class Phase(StrEnum):
    """Before talks; again before the formal contract, when months have passed."""

    TALKS = "talks"
    SIGNING = "signing"


PHASE_NAMES: dict[Phase, Text] = {
    Phase.TALKS: Text("洽谈前", "before talks"),
    Phase.SIGNING: Text("签约前", "before signing"),
}
ITEMS: dict[str, Text] = {
    "capital": Text("注册资本与实缴资本", "registered and paid-in capital"),
    "staff": Text("参保人数", "insured staff"),
    "shareholding": Text("股权穿透", "shareholding traced"),
    "dishonesty": Text("失信被执行", "record of dishonesty"),
    "litigation": Text("涉诉情况", "litigation"),
    "abnormal": Text("经营异常", "abnormal operation"),
    "titles": Text("所称资质荣誉(向认定机关核实)", "claimed titles, checked at the issuer"),
    "elsewhere": Text("在外地的签约与履约", "what it signed elsewhere"),
}
RESULT_NAMES: dict[str, Text] = {
    "": Text("未查", "not looked at"),
    "clear": Text("无问题", "clear"),
    "flag": Text("红旗", "red flag"),
    "unknown": Text("查不到", "could not be found out"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of an item. result: "", clear, flag or unknown. decision: in writing, of a red flag."""

    item: str
    result: str
    evidence: str = ""
    checked: date | None = None
    decision: str = ""


def enough(findings: Sequence[Finding]) -> bool:
    """Whether talks or signing may follow: all items looked at, each red flag decided in writing.

    What could not be found out stays unknown: it does not block, and it is never called clear.
    """
    looked = {each.item for each in findings if each.result and each.checked and each.evidence}
    decided = all(each.decision for each in findings if each.result == "flag")
    return looked >= set(ITEMS) and decided
