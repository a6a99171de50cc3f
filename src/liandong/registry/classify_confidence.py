"""From scores of classes to answers with a probability of being right; groups where a class is undecided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from liandong.registry.classify_batch import Scores, codes, shorter
from liandong.registry.classify_ragged import Floats, Ints, greatest, place_within
from liandong.registry.schema import CANDIDATES


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

    def probability(self, share: Floats, strength: Floats, agreed: Floats) -> Floats:
        """The probability that an answer with these features is right."""
        odds = self.intercept + self.share * share + self.strength * strength + self.agreed * agreed
        return np.asarray(1 / (1 + np.exp(-odds)))


CALIBRATION = {
    4: Calibration(-0.28, 1.25, 0.66, 0.16),
    3: Calibration(-0.09, 1.73, 0.49, 0.28),
    2: Calibration(-0.04, 1.95, 0.39, 0.24),
}
"""Per length of a code; fitted to 240 answers judged by reading, of firms drawn apart from the labelled ones,
before anything was mended that the reading showed. An answer that two coders would dispute counts half."""
LEAST = 0.15
"""Scores below this are no evidence: the industry stays unknown."""
BACK_OFF = 0.68
"""A class less probable than this gives way to its group or division, if that is more probable by GAIN."""
GAIN = 0.1
FAINT = 0.12
"""Classes with less than this part of the best score are no candidates."""
MOST = 5


@dataclass(frozen=True, slots=True)
class Features:
    """What the probability of an answer follows from: per firm, for the best code of a length."""

    code: Ints
    share: Floats
    strength: Floats
    agreed: Floats


def features(scores: Scores, length: int) -> Features:
    """The best code of a length of every firm; -1 without any."""
    firm, code, points = scores.firm, scores.code, scores.points
    total = np.bincount(firm, weights=points, minlength=scores.firms)
    strength = np.minimum(greatest(points, firm, scores.firms), 2.0)
    if length < 4:
        cut, names = shorter(length)
        keys, back = np.unique(firm * len(names) + cut[code], return_inverse=True)
        points = np.bincount(back, weights=points, minlength=len(keys)).astype(float)
        firm, code = keys // len(names), keys % len(names)
    best = greatest(points, firm, scores.firms)
    chosen = np.flatnonzero(points == best[firm])[:: 1 if length < 4 else -1]  # of equals the first class
    found = np.full(scores.firms, -1)
    found[firm[chosen]] = code[chosen]
    return Features(found, best / np.maximum(total, 1e-9), strength, scores.agreed)


def probability(length: int, of: Features) -> Floats:
    """The calibrated probability of the best codes of a length."""
    return CALIBRATION[length].probability(of.share, of.strength, of.agreed)


def answers(scores: Scores) -> pa.Array:
    """The candidates per firm as lists of (code, confidence), the answer first; empty where nothing is known.

    The first is a class, or a group or division where the class is undecided; then follow classes.
    """
    best = features(scores, 4)
    known = greatest(scores.points, scores.firm, scores.firms) >= LEAST
    sure = np.round(probability(4, best), 4)
    firm, code, confidence = _classes(scores, best, sure, known)
    rank = place_within(firm) + 1.0
    names = np.array(codes(), dtype=object)[code]
    undecided = known & (sure < BACK_OFF)
    for length in (3, 2):
        wider = features(scores, length)
        surer = np.round(probability(length, wider), 4)
        chosen = np.flatnonzero(undecided & (surer >= sure + GAIN))
        undecided[chosen] = False
        firm = np.concatenate((firm, chosen))
        rank = np.concatenate((rank, np.zeros(len(chosen))))
        names = np.concatenate((names, np.array(shorter(length)[1], dtype=object)[wider.code[chosen]]))
        confidence = np.concatenate((confidence, surer[chosen]))
    order = np.lexsort((rank, firm))
    ends = np.cumsum(np.bincount(firm, minlength=scores.firms))
    entries = pa.StructArray.from_arrays(
        [pa.array(names[order], pa.string()), pa.array(confidence[order], CANDIDATES.value_type[1].type)],
        fields=list(CANDIDATES.value_type),
    )
    return pa.ListArray.from_arrays(np.concatenate(([0], ends)).astype(np.int32), entries, type=CANDIDATES)


def _classes(
    scores: Scores, best: Features, sure: Floats, known: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints, Floats]:
    """Firm, class and confidence of the classes that are candidates, in order of firm and score."""
    order = np.lexsort((scores.code, -scores.points, scores.firm))
    firm, code, points = scores.firm[order], scores.code[order], scores.points[order]
    top = greatest(points, firm, scores.firms)
    place = place_within(firm)
    kept = known[firm] & (place < MOST) & (points >= FAINT * top[firm])
    firm, code, points, place = firm[kept], code[kept], points[kept], place[kept]
    total = np.bincount(scores.firm, weights=scores.points, minlength=scores.firms)
    rest = (1 - sure) / np.maximum(total - top, 1e-9)
    return firm, code, np.where(place == 0, sure[firm], np.round(points * rest[firm], 4))
