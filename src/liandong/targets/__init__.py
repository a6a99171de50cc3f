"""Targets: which firms elsewhere would gain from expanding here, ranked, and why.

    plan node ── industries, product words ──┐
    registry ─── candidates of the source ───┼──▶ features ──▶ points ──▶ Target (score + contributions)
    diagnosis ── need, capability ───────────┤
    plan ties ── partners, regions ──────────┘

The score is a sum: every contribution is its own Figure with evidence, monotone in its feature and capped
by `data/weights.toml`. Unknown contributes nothing and is shown as unknown. What is scored is expanding
capacity, never moving a registered seat.
"""

from liandong.targets.candidates import candidates
from liandong.targets.presence import brands_in
from liandong.targets.ranking import Need, Setting, rank
from liandong.targets.target import Contribution, Target, TargetFirm
from liandong.targets.weights import Weight, Weights, load_weights

__all__ = [
    "Contribution",
    "Need",
    "Setting",
    "Target",
    "TargetFirm",
    "Weight",
    "Weights",
    "brands_in",
    "candidates",
    "load_weights",
    "rank",
]
