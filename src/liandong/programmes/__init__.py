"""Programmes: who qualifies for which talent plan, fund or policy, and which condition fails.

    programmes.toml / .xlsx ── load ──▶ Programme: kind, status, term, review, amount, conditions
    firm (registry row) or project ── Subject ──┐
                                                ├── match ──▶ Match: qualifies / fails / open, and why
    a whole table of firms ─────────────────────┴── qualifying ──▶ how many programmes each row qualifies for

A condition is met, failed or unknown: unknown is not failed and not met. A programme that is suspended,
expired, not yet begun or without a passed fair-competition review is matched and shown, and adds nothing to a
score: it is not in effect.
"""

from liandong.programmes.matching import Match, Outcome, Verdict, in_effect, match, match_all
from liandong.programmes.model import (
    Benefit,
    Comparison,
    Condition,
    Kind,
    Programme,
    Review,
    Standing,
)
from liandong.programmes.reading import load, parse
from liandong.programmes.subject import Subject, firm_subject, project_subject
from liandong.programmes.tabling import Qualifying, qualifying
from liandong.programmes.workbook import write_template
from liandong.programmes.writing import dump

__all__ = [
    "Benefit",
    "Comparison",
    "Condition",
    "Kind",
    "Match",
    "Outcome",
    "Programme",
    "Qualifying",
    "Review",
    "Standing",
    "Subject",
    "Verdict",
    "dump",
    "firm_subject",
    "in_effect",
    "load",
    "match",
    "match_all",
    "parse",
    "project_subject",
    "qualifying",
    "write_template",
]
