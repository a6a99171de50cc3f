"""From scores of classes to answers with a probability of being right; groups where a class is undecided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from liandong.registry.classify_scoring import Verdict


class Candidate(NamedTuple):
    """A code of GB/T 4754-2017, class or shorter, and the probability that it is right."""

    code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic weights: intercept, share of the score, its strength, agreement of name and scope."""

    intercept: float
    share: float
    strength: float
    agreed: float

    def probability(self, share: float, strength: float, agreed: float) -> float:
        """The probability that an answer with these features is right."""
        return 1 / (
            1 + exp(-(self.intercept + self.share * share + self.strength * strength + self.agreed * agreed))
        )


CALIBRATION = {
    4: Calibration(-0.60, 0.21, 1.66, 0.28),
    3: Calibration(-1.40, 1.63, 1.41, 0.10),
    2: Calibration(-0.94, 1.70, 1.19, 0.12),
}
"""Per length of a code; fitted to answers judged by hand, for firms that the lexicon was not written from."""
LEAST = 0.15
"""Scores below this are no evidence: the industry stays unknown."""
BACK_OFF = 0.62
"""A class less probable than this gives way to its group or division, if that is more probable by GAIN."""
GAIN = 0.1
MOST = 5


def answers(verdict: Verdict) -> list[Candidate]:
    """The candidates, the answer first; empty where nothing is known."""
    scores = verdict.scores
    total = sum(scores.values())
    best = max(scores.values(), default=0.0)
    if best < LEAST:
        return []
    ranked = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
    strength = min(best, 2.0)
    first = Candidate(ranked[0][0], round(probability(4, best / total, strength, verdict), 4))
    rest = (1 - first.confidence) / max(total - best, 1e-9)
    candidates = [
        first,
        *(Candidate(code, round(score * rest, 4)) for code, score in ranked[1:MOST] if score >= 0.12 * best),
    ]
    shorter = back_off(scores, total, strength, verdict, first)
    return [shorter, *candidates] if shorter else candidates


def back_off(
    scores: dict[str, float], total: float, strength: float, verdict: Verdict, first: Candidate
) -> Candidate | None:
    """A group or division where the class is undecided and it is not."""
    if first.confidence >= BACK_OFF:
        return None
    for length in (3, 2):
        code, score = max(summed(scores.items(), length).items(), key=lambda entry: (entry[1], entry[0]))
        sure = probability(length, score / total, strength, verdict)
        if sure >= first.confidence + GAIN:
            return Candidate(code, round(sure, 4))
    return None


def summed(scores: Iterable[tuple[str, float]], length: int) -> dict[str, float]:
    """Scores of the codes of a length, from those of classes."""
    found: dict[str, float] = {}
    for code, score in scores:
        found[code[:length]] = found.get(code[:length], 0.0) + score
    return found


def probability(length: int, share: float, strength: float, verdict: Verdict) -> float:
    """The calibrated probability of an answer of this length."""
    return CALIBRATION[length].probability(share, strength, verdict.agreed)
