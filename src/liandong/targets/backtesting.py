"""The backtest: would the ranking of a day have put on top the firms that then came?

    firms founded before the day ── features ── weights ──▶ ranking for every city
    expansions after the day (production only) ────────────▶ where they stood in it
                                                      │
               lift at 1 % and 5 %, recall at 100, AUC, each with a bootstrap interval, beside baselines

What happened is inferred from names (registry.expansions) and known with a probability only: each expansion
counts with its confidence. Years of which the province has no firm at all are unobserved, not empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liandong.targets.features import Array
from liandong.targets.past import FEATURES, Past, past
from liandong.targets.weights import Weights

SHARES = (0.01, 0.05)
SHORT_LIST = 100
DRAWS = 1000
SEED = 20250619
Scorer = Callable[[Past, str], Array]


@dataclass(frozen=True, slots=True)
class Window:
    """From a day on, until before another."""

    day: date
    until: date

    def to_dict(self) -> dict[str, str]:
        """Both days."""
        return {"day": self.day.isoformat(), "until": self.until.isoformat()}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A firm that came: where it stood among the candidates for its city, by each way of ranking.

    weight: confidence that it did come. inside: way → probability of standing in the first 1 %, 5 % and 100
    (ties are drawn at random). above: way → share of the other candidates that stood below it.
    """

    city: str
    group: str
    weight: float
    candidates: int
    inside: Mapping[str, tuple[float, float, float]]
    above: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its bootstrap interval (5 % to 95 %)."""

    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        """Value and interval, four digits."""
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


@dataclass(frozen=True, slots=True)
class Performance:
    """One way of ranking. lift_1, lift_5: times more arrivals than at random; recall: in the first 100."""

    way: str
    lift_1: Measured
    lift_5: Measured
    recall: Measured
    auc: Measured

    def to_dict(self) -> dict[str, Any]:
        """The JSON of one way."""
        return {
            "way": self.way,
            "lift_at_1_percent": self.lift_1.to_dict(),
            "lift_at_5_percent": self.lift_5.to_dict(),
            "recall_at_100": self.recall.to_dict(),
            "auc": self.auc.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Backtest:
    """What was found. arrivals: of the windows reported; expected: how many of them are true, by confidence.

    ratio: lift at 1 % of the first way over the best single factor, by bootstrap on the same draws.
    """

    windows: tuple[Window, ...]
    unobserved: tuple[int, ...]
    arrivals: tuple[Arrival, ...]
    performances: tuple[Performance, ...]
    ratio: Measured
    best_factor: str

    @property
    def expected(self) -> float:
        """How many arrivals are true, by their confidence."""
        return sum(each.weight for each in self.arrivals)

    def by_city(self) -> dict[str, dict[str, float]]:
        """City → expected arrivals and recall at 100 of every way."""
        found: dict[str, dict[str, float]] = {}
        for city in sorted({each.city for each in self.arrivals}):
            own = [each for each in self.arrivals if each.city == city]
            weight = sum(each.weight for each in own)
            found[city] = {"expected": round(weight, 2)} | {
                one.way: round(sum(e.weight * e.inside[one.way][2] for e in own) / weight, 4)
                for one in self.performances
            }
        return found

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong backtest`."""
        return {
            "windows": [each.to_dict() for each in self.windows],
            "unobserved_years": list(self.unobserved),
            "arrivals": len(self.arrivals),
            "expected": round(self.expected, 1),
            "candidates": sorted({each.candidates for each in self.arrivals}),
            "ways": [each.to_dict() for each in self.performances],
            "best_single_factor": self.best_factor,
            "lift_over_best_single_factor": self.ratio.to_dict(),
            "by_city": self.by_city(),
        }


def scorer(weights: Weights) -> Scorer:
    """The score of the weights, as far as the past can speak of it."""

    def score(known: Past, city: str) -> Array:
        values = known.features(city)
        return np.asarray(sum(weights[name].apply(values[name]) for name in FEATURES), dtype=float)

    return score


def _same_division(known: Past, city: str) -> Array:
    """How strong the candidate's division is in the city."""
    regions, divisions, quotient = known.quotients
    industry = known.firms["industry"].take(pa.array(known.candidates)).to_pylist()
    at = {code: n for n, code in enumerate(divisions)}
    if city not in regions:
        return np.zeros(len(industry))
    row = quotient[regions.index(city)]
    return np.array([row[at[code[:2]]] if code and code[:2] in at else np.nan for code in industry])


BASELINES: dict[str, Scorer] = {
    "random": lambda known, city: np.zeros(len(known.candidates)),
    "same_division": _same_division,
    "biggest": lambda known, city: known.features(city)["capital"],
    "oldest": lambda known, city: known.features(city)["experience"],
    "nearest": lambda known, city: -known.features(city)["distance"],
}
"""Ways that need no model."""


def arrivals(known: Past, expansions: pa.Table, until: date, ways: Mapping[str, Scorer]) -> list[Arrival]:
    """Where the firms that came between the Past's day and `until` stood, by every way.

    expansions: as `registry.expansions` gives them. Only production counts, and only
    parents that were candidates.
    """
    found: list[Arrival] = []
    for city, own in came(known, expansions, until).items():
        scores = {name: _lowest(way(known, city)) for name, way in ways.items()}
        for row, group, confidence in own:
            inside, above = {}, {}
            for name, score in scores.items():
                inside[name], above[name] = _standing(score, row)
            found.append(Arrival(city, group, confidence, len(known.candidates), inside, above))
    return found


def came(known: Past, expansions: pa.Table, until: date) -> dict[str, list[tuple[int, str, float]]]:
    """City → (candidate, brand, confidence) of every firm that came to it, in the order of the cities."""
    ids = known.firms["firm_id"].take(pa.array(known.candidates)).to_pylist()
    at = {firm: n for n, firm in enumerate(ids)}
    found: dict[str, list[tuple[int, str, float]]] = {}
    for parent, place, brand, confidence in _production(expansions, known.day, until):
        if parent in at and place and place[:2] == known.province[:2]:
            found.setdefault(place, []).append((at[parent], brand or parent, confidence))
    return dict(sorted(found.items()))


def backtest(
    firms: pa.Table,
    expansions: pa.Table,
    windows: Sequence[Window],
    ways: Mapping[str, Scorer],
    *,
    sources: Sequence[str],
    province: str,
) -> Backtest:
    """The ways (the one of interest first) beside the baselines, over all windows together.

    firms: of `prepare`. Raises ValueError if nobody came in any window.
    """
    everyone = {**ways, **BASELINES}
    found: list[Arrival] = []
    for window in windows:
        known = past(firms, window.day, sources, province)
        found += arrivals(known, expansions, window.until, everyone)
    if not found:
        raise ValueError("nobody came in these windows")
    draws = _draws([each.group for each in found])
    weights = np.array([each.weight for each in found])
    numbers = {name: _numbers(found, name, weights, draws) for name in everyone}
    first = next(iter(ways))
    best = max((name for name in BASELINES if name != "random"), key=lambda name: numbers[name][0][0])
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = numbers[first][0] / numbers[best][0]
    return Backtest(
        tuple(windows),
        unobserved(firms, province, windows),
        tuple(found),
        tuple(Performance(name, *(_measured(each) for each in numbers[name])) for name in everyone),
        _measured(ratio),
        best,
    )


def unobserved(firms: pa.Table, province: str, windows: Sequence[Window]) -> tuple[int, ...]:
    """Years of the windows in which the province has no firm at all: nothing could be seen to come."""
    own = firms.filter(pc.fill_null(pc.equal(firms["province"], province), False))
    seen = set(pc.unique(pc.year(own["founded"])).to_pylist())
    asked = {
        year for window in windows for year in range(window.day.year, window.until.year) if year not in seen
    }
    return tuple(sorted(asked))


def _production(
    expansions: pa.Table, day: date, until: date
) -> list[tuple[str, str | None, str | None, float]]:
    """Parent, place, brand and confidence of the expansions into production founded in the window."""
    founded = expansions["founded"]
    keep = pc.and_(
        pc.equal(expansions["kind"], "production"),
        pc.and_(
            pc.greater_equal(founded, pa.scalar(day, pa.date32())),
            pc.less(founded, pa.scalar(until, pa.date32())),
        ),
    )
    found = expansions.filter(pc.fill_null(keep, False))
    columns = [found[name].to_pylist() for name in ("parent", "place", "brand", "confidence")]
    return list(zip(*columns, strict=True))


def _lowest(score: Array) -> Array:
    """Unknown is last."""
    return np.nan_to_num(score, nan=-np.inf)


def _standing(score: Array, row: int) -> tuple[tuple[float, float, float], float]:
    """Probability of being in the first 1 %, 5 % and 100, and the share below (ties half)."""
    total = len(score)
    greater = int((score > score[row]).sum())
    equal = int((score == score[row]).sum())
    sizes = (*(share * total for share in SHARES), float(min(SHORT_LIST, total)))
    inside = tuple(float(np.clip((size - greater) / equal, 0, 1)) for size in sizes)
    below = (total - greater - equal + (equal - 1) / 2) / max(total - 1, 1)
    return inside, below  # type: ignore[return-value] # three sizes, three probabilities


def _draws(groups: Sequence[str]) -> NDArray[np.int64]:
    """How often each arrival is drawn: (draws, arrivals); groups whole, the first draw is the data."""
    names, at = np.unique(np.array(groups), return_inverse=True)
    random = np.random.default_rng(SEED)
    drawn = random.multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS)
    return np.concatenate([np.ones((1, len(names)), dtype=np.int64), drawn])[:, at]


def _numbers(
    found: Sequence[Arrival], way: str, weights: Array, draws: NDArray[np.int64]
) -> tuple[Array, Array, Array, Array]:
    """lift at 1 %, lift at 5 %, recall at 100 and AUC in every draw."""
    mass = draws * weights
    inside = np.array([each.inside[way] for each in found])
    above = np.array([each.above[way] for each in found])
    total = mass.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        first, fifth, short = ((mass @ inside) / total[:, None]).T
        return first / SHARES[0], fifth / SHARES[1], short, (mass @ above) / total


def _measured(values: Array) -> Measured:
    """The first value (the data) with the interval of the others."""
    finite = values[1:][np.isfinite(values[1:])]
    low, high = np.quantile(finite, [0.05, 0.95]) if len(finite) else (np.nan, np.nan)
    return Measured(float(values[0]), float(low), float(high))
