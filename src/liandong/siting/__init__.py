"""Siting: which park and parcel a project may go to, should go to, and what coming there costs.

    rules (with source, validity, department) ─┐
    projects, parks, parcels ─▶ Case ──▶ admit ┴─▶ admitted · conditional · ask · barred
                                                       │
    published instances ──────────▶ Problem ◀──────────┘
                                       │  ▲
              explain ◀── assign ◀─────┘  └─ replan: fewest moves
              (smallest conflict)  └─▶ alternatives: what the second best would cost

Unknown is never admitted. A result says what is proven; `violations` judges any placement without sharing a
line with the code that makes them.
"""

from liandong.siting.assigning import assign, place_fast
from liandong.siting.checking import total_cost, violations
from liandong.siting.gap import read_gap
from liandong.siting.problem import Capacity, Problem, Relation, Result, Status, Wish

__all__ = [
    "Capacity",
    "Problem",
    "Relation",
    "Result",
    "Status",
    "Wish",
    "assign",
    "place_fast",
    "read_gap",
    "total_cost",
    "violations",
]
