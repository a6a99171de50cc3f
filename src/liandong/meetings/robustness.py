"""How a schedule bears the day: no-shows are drawn at random, and what is left is counted."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from statistics import fmean, quantiles

from liandong.meetings.schedule import Schedule, count_gaps


@dataclass(frozen=True, slots=True)
class Robustness:
    """Over all days: share of the value kept (mean, and what nine days of ten exceed), mean idle gaps."""

    days: int
    no_shows: float
    value_kept: float
    value_kept_low: float
    gaps: float


def simulate(found: Schedule, *, no_shows: float = 0.1, days: int = 200, seed: int = 0) -> Robustness:
    """Draw days on which every participant stays away with the given probability.

    Raises ValueError for a probability outside 0 to 1 or without a schedule of at least one meeting.
    """
    if not 0 <= no_shows <= 1 or days < 2 or not found.placements:
        raise ValueError("a probability, two days and a schedule are needed")
    random = Random(seed)
    event, slots = found.event, found.slots()
    total = sum(event.meetings[meeting].value for meeting in slots)
    kept, gaps = [], []
    for _ in range(days):
        away = {participant.id for participant in event.participants if random.random() < no_shows}
        left = {
            meeting: slot
            for meeting, slot in slots.items()
            if event.meetings[meeting].first not in away and event.meetings[meeting].second not in away
        }
        kept.append(sum(event.meetings[meeting].value for meeting in left) / total)
        gaps.append(count_gaps(event, left))
    return Robustness(days, no_shows, fmean(kept), quantiles(kept, n=10)[0], fmean(gaps))
