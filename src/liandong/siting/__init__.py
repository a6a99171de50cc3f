"""Siting: which park and parcel a project may go to, should go to, and what coming there costs.

    rules (with source, validity, department) ─┐
    projects, parks, parcels ─▶ Case ──▶ admit ┴─▶ admitted · conditional · ask · barred
                                                       │ pose
    published instances ──────────▶ Problem ◀──────────┘
                                       │  ▲
              explain ◀── assign ◀─────┘  └─ replan: fewest moves
              (smallest conflict)  └─▶ second_best: what it would cost

Unknown is never admitted. A result says what is proven; `violations` judges any placement without sharing a
line with the code that makes them. `compare` sets the costs of coming to two to five parks side by side.
"""

from liandong.siting.admission import Admission, Finding, admit, admit_one
from liandong.siting.alternatives import Alternative, all_second_best, second_best
from liandong.siting.assigning import assign, place_fast, replan
from liandong.siting.case import Case, Need, Neighbours, Parcel, Park, Price, Project, Room, Step
from liandong.siting.checking import total_cost, violations
from liandong.siting.explaining import Conflict, Requirement, explain
from liandong.siting.gap import read_gap
from liandong.siting.landing import Comparison, Item, Line, ParkCost, compare
from liandong.siting.landing_reading import read_landing
from liandong.siting.occupying import remaining
from liandong.siting.posing import Posed, cost_of, pose, present
from liandong.siting.problem import Capacity, Problem, Relation, Result, Status, Wish
from liandong.siting.reading import facts_of, read_case, read_parks, read_rules
from liandong.siting.rules import Aspect, Condition, Rule, Verdict, parse_conditions
from liandong.siting.sensitivity import BreakEven, Swing, break_evens, swings
from liandong.siting.workbook import (
    VERDICTS,
    write_comparison,
    write_landing_template,
    write_result,
    write_template,
)

__all__ = [
    "VERDICTS",
    "Admission",
    "Alternative",
    "Aspect",
    "BreakEven",
    "Capacity",
    "Case",
    "Comparison",
    "Condition",
    "Conflict",
    "Finding",
    "Item",
    "Line",
    "Need",
    "Neighbours",
    "Parcel",
    "Park",
    "ParkCost",
    "Posed",
    "Price",
    "Problem",
    "Project",
    "Relation",
    "Requirement",
    "Result",
    "Room",
    "Rule",
    "Status",
    "Step",
    "Swing",
    "Verdict",
    "Wish",
    "admit",
    "admit_one",
    "all_second_best",
    "assign",
    "break_evens",
    "compare",
    "cost_of",
    "explain",
    "facts_of",
    "parse_conditions",
    "place_fast",
    "pose",
    "present",
    "read_case",
    "read_gap",
    "read_landing",
    "read_parks",
    "read_rules",
    "remaining",
    "replan",
    "second_best",
    "swings",
    "total_cost",
    "violations",
    "write_comparison",
    "write_landing_template",
    "write_result",
    "write_template",
]
