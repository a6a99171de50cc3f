"""Who should meet: scored pairs with reasons become suggestions within each side's limit, stable and fair.

Stable: no two who were not suggested to each other would both rather have that than one of their
suggestions (the many-to-many matching of Roth 1984; the score is common to both sides, so going through
the pairs by score finds a stable matching). Fair: among equal scores whoever has fewer suggestions so
far comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from liandong.meetings.event import AskedBy, Meeting


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who might meet. score: higher is better. reasons: why, in order of weight, for people to read."""

    first: str
    second: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair that is suggested. rank counts from 1 over all. accepted: each side's answer, None before it."""

    pair: Pair
    rank: int
    accepted_first: bool | None = None
    accepted_second: bool | None = None

    def answered(self, side: str, accepted: bool) -> Suggestion:
        """The suggestion with one side's answer. Raises ValueError if the side is not in it."""
        if side == self.pair.first:
            return replace(self, accepted_first=accepted)
        if side == self.pair.second:
            return replace(self, accepted_second=accepted)
        raise ValueError(side)


def suggest(
    pairs: Iterable[Pair], *, limit: int = 8, limits: Mapping[str, int] | None = None
) -> tuple[Suggestion, ...]:
    """Ranked suggestions; no one gets more than their limit (`limit` for those whom `limits` does not name).

    Of a pair given twice, in either order, the better score counts. Pairs of someone with themselves
    are refused with ValueError.
    """
    best: dict[frozenset[str], Pair] = {}
    for pair in pairs:
        if pair.first == pair.second:
            raise ValueError(pair.first)
        key = frozenset((pair.first, pair.second))
        if key not in best or pair.score > best[key].score:
            best[key] = pair
    room = {side: (limits or {}).get(side, limit) for key in best for side in key}
    given = dict.fromkeys(room, 0)
    by_score: dict[float, list[Pair]] = {}
    for pair in best.values():
        by_score.setdefault(pair.score, []).append(pair)
    chosen: list[Pair] = []
    for score in sorted(by_score, reverse=True):
        waiting = sorted(by_score[score], key=lambda pair: (pair.first, pair.second))
        while waiting:
            pair = min(waiting, key=lambda p: (given[p.first] + given[p.second], p.first, p.second))
            waiting.remove(pair)
            if given[pair.first] < room[pair.first] and given[pair.second] < room[pair.second]:
                given[pair.first] += 1
                given[pair.second] += 1
                chosen.append(pair)
    return tuple(Suggestion(pair, rank) for rank, pair in enumerate(chosen, start=1))


def wishes(suggestions: Iterable[Suggestion]) -> tuple[Meeting, ...]:
    """The suggestions that a side accepted and none declined, as wishes for the schedule.

    The priority is 5 for the best fifth of the suggestions given here, down to 1 for the last.
    """
    ranked = sorted(suggestions, key=lambda suggestion: suggestion.rank)
    found = []
    for position, suggestion in enumerate(ranked):
        answers = (suggestion.accepted_first, suggestion.accepted_second)
        if False in answers or True not in answers:
            continue
        asked = AskedBy.BOTH if all(answers) else AskedBy.FIRST if answers[0] else AskedBy.SECOND
        found.append(
            Meeting(
                id=f"S{suggestion.rank}",
                first=suggestion.pair.first,
                second=suggestion.pair.second,
                asked_by=asked,
                priority=5 - position * 5 // len(ranked),
            )
        )
    return tuple(found)
