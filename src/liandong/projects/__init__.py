"""Projects: from lead to production, with promise and outcome side by side.

    Project (type, stage, status, milestones, amounts, promises)
        ├─ gates ──▶ what lacks before the next stage, or a waiver with a written reason
        ├─ clauses ▶ promises that fair-competition rules forbid, with rule and basis
        ├─ totals ─▶ amounts by measure, standing, basis and currency; never across them
        ├─ ledger ─▶ what each side owes: due, overdue, kept
        └─ filings, review, signed_again, rates ▶ who follows, who decides, what is counted once

Pure rules over dataclasses: the store keeps, the office shows. A framework agreement never counts as signed.
"""

from liandong.projects.amounts import (
    MEASURES,
    STANDINGS,
    Key,
    UnverifiedError,
    key_of,
    require_voucher,
    totals,
)
from liandong.projects.clauses import Rule, Verdict, judge, read_rules, shipped_rules
from liandong.projects.clocks import Clock, read_clocks, shipped_clocks
from liandong.projects.diligence import ITEMS, PHASE_NAMES, RESULT_NAMES, Finding, Phase, enough
from liandong.projects.filings import Dispute, Filing, Followed, Terms, disputes, followed
from liandong.projects.gates import Gate, GateError, Gates, Lack, Passage, read_gates, shipped_gates
from liandong.projects.matching import Reference, folded, same
from liandong.projects.milestones import STEP_NAMES, STEPS, Milestone, Step, schedule_of
from liandong.projects.project import Party, Project
from liandong.projects.promises import STATE_NAMES, Promise, Side, State, ledger
from liandong.projects.rates import Cohort, cohort, counted, rate, rates
from liandong.projects.resigning import Suspicion, signed_again
from liandong.projects.review import VETOES, Conclusion, Condition, Opinion, Review, VoteError, settled
from liandong.projects.stages import STAGE_NAMES, STAGES, STATUS_NAMES, TYPE_NAMES, Stage, Status, Type

__all__ = [
    "ITEMS",
    "MEASURES",
    "PHASE_NAMES",
    "RESULT_NAMES",
    "STAGES",
    "STAGE_NAMES",
    "STANDINGS",
    "STATE_NAMES",
    "STATUS_NAMES",
    "STEPS",
    "STEP_NAMES",
    "TYPE_NAMES",
    "VETOES",
    "Clock",
    "Cohort",
    "Conclusion",
    "Condition",
    "Dispute",
    "Filing",
    "Finding",
    "Followed",
    "Gate",
    "GateError",
    "Gates",
    "Key",
    "Lack",
    "Milestone",
    "Opinion",
    "Party",
    "Passage",
    "Phase",
    "Project",
    "Promise",
    "Reference",
    "Review",
    "Rule",
    "Side",
    "Stage",
    "State",
    "Status",
    "Step",
    "Suspicion",
    "Terms",
    "Type",
    "UnverifiedError",
    "Verdict",
    "VoteError",
    "cohort",
    "counted",
    "disputes",
    "enough",
    "folded",
    "followed",
    "judge",
    "key_of",
    "ledger",
    "rate",
    "rates",
    "read_clocks",
    "read_gates",
    "read_rules",
    "require_voucher",
    "same",
    "schedule_of",
    "settled",
    "shipped_clocks",
    "shipped_gates",
    "shipped_rules",
    "signed_again",
    "totals",
]
