"""The backtest of a workspace: its registry and plan, its windows, and what is learnt on the early ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from liandong.errors import InputError, Text
from liandong.plan import Plan
from liandong.reference import division, resolve_region
from liandong.registry import Registry, expansions
from liandong.targets import Weights, adjust
from liandong.targets.backtesting import Backtest, Scorer, Window, backtest, scorer
from liandong.targets.learning import Learnt, learn
from liandong.targets.past import prepare

SPAN = 5
"""Years of a window."""
FIRST, HELD_OUT = 2000, 2010
"""Founding years from which windows are laid, and from which they are reported but not learnt from."""
LEAST_CONFIDENCE = 0.2
"""Expansions less likely than this are left out; the others count with their confidence."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A backtest with what was learnt before it. learnt_on: windows of learning, none of them reported."""

    found: Backtest
    learnt: Learnt
    learnt_on: tuple[Window, ...]
    source: str
    province: str
    coverage: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong backtest`."""
        return {
            "source": self.source,
            "province": self.province,
            "learnt": {
                "windows": [window.to_dict() for window in self.learnt_on],
                "arrivals": self.learnt.arrivals,
                "expected": round(self.learnt.expected, 1),
                "coefficients": self.learnt.coefficients,
                "points": {name: weight.points for name, weight in self.learnt.weights.items()},
                "uncertainty": {name: weight.uncertainty for name, weight in self.learnt.weights.items()},
            },
            **self.found.to_dict(),
            "coverage": self.coverage,
        }


def run(
    plan: Plan,
    registry: Registry,
    weights: Weights,
    *,
    source: str | None = None,
    held_out: int = HELD_OUT,
    workers: int | None = None,
) -> Proof:
    """Learn on the windows before `held_out`, report on those from it on.

    source: region of the candidates; else the plan's. Windows are laid over years that the city's province
    observes, at most SPAN long. Raises InputError if the registry has nothing to learn from or to report on.
    """
    name = source or "、".join(region.name for region in plan.regions)
    if not name:
        raise InputError(
            Text("请用 --from 指定来源地,如 --from 长三角。", "give a source region, such as --from 长三角."),
            field="region",
        )
    province = f"{plan.city[:2]}0000"
    codes = [code for code in resolve_region(name).codes if code != province]
    regions = sorted({division(code).province for code in codes})
    found = expansions(  # before the firms are read: it needs the most memory
        registry,
        from_regions=codes,
        to_regions=[province],
        kinds=["production"],
        min_confidence=LEAST_CONFIDENCE,
        workers=workers,
    )
    firms = prepare(registry, [*regions, province], workers=workers)
    early = windows(firms, province, FIRST, held_out)
    late = windows(firms, province, held_out, 10_000)
    try:
        learnt = learn(weights, firms, found, early, sources=regions, province=province)
        free = learn(weights, firms, found, early, sources=regions, province=province, cap_size=False)
        ways: dict[str, Scorer] = {
            "learnt": scorer(learnt.weights),
            "weights": scorer(weights),
            "weights_without_need": scorer(adjust(weights, without=["need"])),
            "learnt_size_uncapped": scorer(free.weights),
        }
        proof = backtest(firms, found, late, ways, sources=regions, province=province)
    except ValueError as error:
        raise InputError(
            Text(
                "登记库里没有可用来回测的扩张(需要来源地和本省多年的企业)。",
                "the registry shows no expansions to test on: it needs firms of both regions over years.",
            ),
            field="registry",
        ) from error
    coverage = registry.snapshot.coverage.to_dict()
    return Proof(proof, learnt, tuple(early), name, province, coverage)


def windows(firms: pa.Table, province: str, first: int, before: int) -> list[Window]:
    """Runs of years of which the province has firms, from `first` to before `before`, cut at SPAN years."""
    own = firms.filter(pc.fill_null(pc.equal(firms["province"], province), False))
    years = sorted({year for year in pc.unique(pc.year(own["founded"])).to_pylist() if year is not None})
    found: list[Window] = []
    run: list[int] = []
    for year in [*(each for each in years if first <= each < before), 10_000]:
        if run and (year != run[-1] + 1 or len(run) == SPAN):
            found.append(Window(date(run[0], 1, 1), date(run[-1] + 1, 1, 1)))
            run = []
        run.append(year)
    return found
