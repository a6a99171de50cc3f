"""Ranking: candidates × needs → the K targets with the highest scores, each with its contributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from liandong.figures import Figure
from liandong.targets import features
from liandong.targets.features import Array
from liandong.targets.presence import BrandBook
from liandong.targets.setting import Eligibility, Need, Setting
from liandong.targets.showing import target_of
from liandong.targets.stability import stabilities
from liandong.targets.target import Target
from liandong.targets.weights import BRANDED

FORERUNNERS = 4
"""Firms per place whose brands are looked into before anything is known of the score to beat."""
INVITED = ("from_tie", "from_honour")
"""Candidates that stand on the list without doing the node's very trade."""


@dataclass(frozen=True)
class Scored:
    """One need's candidates with their feature values and points; those of the brands are filled in later."""

    need: Need
    candidates: pa.Table
    values: dict[str, Array]
    points: dict[str, Array]
    eligibility: Eligibility | None

    @property
    def sums(self) -> Array:
        """Points of everything but the brands."""
        return np.asarray(sum(self.points.values()), dtype=float)


@dataclass(frozen=True, slots=True)
class _Final:
    """A firm at its best node, with all its points. values: of the brand's features."""

    at: int
    row: int
    brand: str | None
    book: BrandBook
    values: dict[str, float]
    points: dict[str, float]

    @property
    def score(self) -> float:
        return round(sum(self.points.values()), 2)


def rank(
    chain: str, needs: Sequence[Need], candidates: pa.Table, setting: Setting, *, top: int = 50
) -> list[Target]:
    """The `top` firms over all needs, best first; a firm appears once, at the node where it scores highest.

    candidates: a table with the columns of the registry's snapshot (and from_… of `candidates`). A firm is
    weighed for the needs that its industry fits at all, one named in a tie or bearing a title for those of
    its division. Ties are broken by firm_id, so that the same input gives the same list.
    """
    kept = _without(candidates, setting)
    scored = [_score(need, table, setting) for need in needs if (table := _fitting(need, kept)).num_rows]
    finals = _finals(scored, setting, top)
    finals.sort(key=lambda each: (-each.score, _firm_id(scored, each)))
    shaken = stabilities([each.points for each in finals], setting, top)
    return [
        target_of(
            chain,
            scored[each.at].need,
            scored[each.at].candidates,
            each.row,
            {name: values[each.row] for name, values in scored[each.at].values.items()} | each.values,
            each.points,
            setting,
            brands=each.book.figures(each.brand) if each.brand else {},
            programmes=_programmes(scored[each.at], each.row),
            stability=stability,
        )
        for each, stability in zip(finals[:top], shaken, strict=True)
    ]


def _without(candidates: pa.Table, setting: Setting) -> pa.Table:
    if not setting.exclude:
        return candidates
    names = pa.array(sorted(setting.exclude), pa.string())
    excluded = pc.or_(
        pc.is_in(candidates["firm_id"], value_set=names), pc.is_in(candidates["name"], value_set=names)
    )
    return candidates.filter(pc.invert(excluded))


def _fitting(need: Need, candidates: pa.Table) -> pa.Table:
    fits = features.fit(candidates, need.codes) > 0
    invited = np.zeros(candidates.num_rows, dtype=bool)
    for name in INVITED:
        if name in candidates.column_names:
            invited |= np.asarray(candidates[name])
    return candidates.filter(pa.array(fits | (invited & features.same_division(candidates, need.codes))))


def _score(need: Need, candidates: pa.Table, setting: Setting) -> Scored:
    rows = candidates.num_rows
    fit = features.fit(candidates, need.codes)
    eligibility = setting.programmes(candidates) if setting.programmes else None
    leaders = np.nan if need.leaders is None else number(need.leaders)
    values = {
        "fit": fit,
        "products": features.products(candidates, need.words),
        "need": np.full(rows, upper(need.quotient)),
        "capability": np.full(rows, number(need.density)),
        "supplier": np.where(fit > 0, leaders, 0.0),
        "partners": features.named(candidates, setting.partners),
        "region_firms": np.full(rows, number(setting.region_firms)),
        "programmes": eligibility.counts if eligibility else np.full(rows, np.nan),
        "listed": features.listed(candidates),
        "honours": features.honours(candidates),
        "capital": features.capital(candidates),
        "experience": features.experience(candidates, setting.as_of),
        "distance": features.distance(candidates, setting.city),
    }
    points = {name: np.round(setting.weights[name].apply(value), 2) for name, value in values.items()}
    return Scored(need, candidates, values, points, eligibility)


def _finals(scored: Sequence[Scored], setting: Setting, top: int) -> list[_Final]:
    """Every firm that can be among the best, with all its points.

    Brands add at most their weights: whoever is further behind the K-th whole score cannot catch up. The
    first FORERUNNERS per place are asked about at once; their K-th score says who else may have to be. What
    the brand of each adds at most is counted for all; only who can still win has the brand's names read.
    """
    ordered = _ordered(scored)
    most = sum(setting.weights[name].points for name in BRANDED)
    finals: list[_Final] = []
    best: list[float] = []  # the K greatest scores so far
    for firms in (ordered[: FORERUNNERS * top], ordered[FORERUNNERS * top :]):
        hopeful = [each for each in firms if each[0] >= _to_beat(best, top) - most]
        brands = [features.brand(scored[at].candidates["name"][row].as_py()) for _, at, row in hopeful]
        book = setting.brand_counts(sorted({brand for brand in brands if brand}))
        partial = np.array([each[0] for each in hopeful])
        # where the weights are shaken, a firm below the list may come on to it: all that could are asked
        reach = partial + (most if setting.draws else _most_of_brands(brands, book, setting))
        for each in np.argsort(-reach, kind="stable").tolist():
            if reach[each] < _to_beat(best, top):
                break
            _, at, row = hopeful[each]
            finals.append(_final(scored[at], at, row, brands[each], book, setting))
            best = sorted([*best, finals[-1].score], reverse=True)[:top]
    return finals


def _most_of_brands(brands: Sequence[str | None], book: BrandBook, setting: Setting) -> Array:
    """What each brand adds at most: points are monotone in numbers that lie between 0 and `most`."""
    numbers = np.array([book.most(brand) if brand else (0, 0, 0) for brand in brands], dtype=float)
    found = np.zeros(len(brands))
    for name, value in zip(BRANDED, numbers.reshape(-1, len(BRANDED)).T, strict=True):
        ends = (setting.weights[name].apply(each) for each in (value, np.zeros(len(brands))))
        found += np.round(np.maximum(*ends), 2)
    return found


def _to_beat(best: Sequence[float], top: int) -> float:
    """The K-th score so far; nothing has to be beaten before there are K."""
    return best[top - 1] - 1e-9 if len(best) >= top else -np.inf


def _ordered(scored: Sequence[Scored]) -> list[tuple[float, int, int]]:
    """(points without brands, need, row) of every firm at its best need, the most points first."""
    best: dict[str, tuple[float, int, int]] = {}
    for at, part in enumerate(scored):
        sums = part.sums
        for row, firm in enumerate(part.candidates["firm_id"].to_pylist()):
            if firm not in best or sums[row] > best[firm][0]:
                best[firm] = (float(sums[row]), at, row)
    return sorted(best.values(), reverse=True)


def _final(part: Scored, at: int, row: int, brand: str | None, book: BrandBook, setting: Setting) -> _Final:
    numbers = book.numbers(brand) if brand else None
    found = (numbers.presence, numbers.reach, numbers.growth) if numbers else (None, None, None)
    values = {
        name: np.nan if value is None else float(value) for name, value in zip(BRANDED, found, strict=True)
    }
    branded = {
        name: float(np.round(setting.weights[name].apply(np.array([value]))[0], 2))
        for name, value in values.items()
    }
    points = {name: float(column[row]) for name, column in part.points.items()}
    return _Final(at, row, brand, book, values, points | branded)


def _firm_id(scored: Sequence[Scored], final: _Final) -> str:
    return str(scored[final.at].candidates["firm_id"][final.row].as_py())


def _programmes(part: Scored, row: int) -> Figure | None:
    return part.eligibility.figure(row) if part.eligibility else None


def number(figure: Figure) -> float:
    """The value of a figure, NaN where unknown."""
    return float("nan") if figure.value is None else float(figure.value)


def upper(quotient: Figure) -> float:
    """What the quotient is at most: only a node that is scarce even there surely needs firms."""
    return number(quotient) if quotient.high is None else float(quotient.high)
