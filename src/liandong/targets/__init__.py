"""Targets: which firms elsewhere would gain from expanding here, ranked, and why.

    plan node ── industries, product words ──┐
    registry ─── candidates, brands ─────────┼──▶ features ──▶ points ──▶ Target (score + contributions)
    diagnosis ── need, capability ───────────┤
    plan ties, programmes ───────────────────┘

The score is a sum: every contribution is its own Figure with evidence, monotone in its feature and capped
by `data/weights.toml`. Unknown contributes nothing and is shown as unknown. What is scored is expanding
capacity, never moving a registered seat.
"""

from liandong.targets.candidates import ORIGINS, candidates
from liandong.targets.presence import BrandBook, BrandNumbers, brands_in
from liandong.targets.ranking import rank
from liandong.targets.setting import Eligibility, Need, Setting
from liandong.targets.stability import Stability
from liandong.targets.target import LABELS, Contribution, Target, TargetFirm
from liandong.targets.weights import Weight, Weights, adjust, dump_weights, load_weights

__all__ = [
    "LABELS",
    "ORIGINS",
    "BrandBook",
    "BrandNumbers",
    "Contribution",
    "Eligibility",
    "Need",
    "Setting",
    "Stability",
    "Target",
    "TargetFirm",
    "Weight",
    "Weights",
    "adjust",
    "brands_in",
    "candidates",
    "dump_weights",
    "load_weights",
    "rank",
]
