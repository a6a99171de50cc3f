"""Facts: a page becomes statements, each with the exact characters that make it.

    Page ── reading ──▶ sentences, numbers, times, places, plan words
                │
             grammar ──▶ proposals ── gate ──▶ facts ── reconcile ──▶ statements, conflicts
                                       ▲
                 proposals of anyone else: a person, a model

The grammar is small modules over lexicons in `data/`; no model, no guess. What does not pass `verify` is no
fact.
"""

from liandong.facts.extraction import extract
from liandong.facts.fact import Fact, Ground, Kind
from liandong.facts.gate import verify
from liandong.facts.html import review_page
from liandong.facts.model_proposals import ProposalError, Proposals, Refusal, propose
from liandong.facts.reconcile import Conflict, Reconciliation, Statement, reconcile

__all__ = [
    "Conflict",
    "Fact",
    "Ground",
    "Kind",
    "ProposalError",
    "Proposals",
    "Reconciliation",
    "Refusal",
    "Statement",
    "extract",
    "propose",
    "reconcile",
    "review_page",
    "verify",
]
