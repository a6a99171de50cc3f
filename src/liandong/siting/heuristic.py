"""A fast placement for problems of any size: regret insertion, then ruin and recreate with shifts and swaps.

Works on every kind of capacity and wish; promises nothing about the optimum. Its randomness is seeded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from liandong.siting.problem import Bools, Floats, Problem, Relation

_FAR = 1e18
Score = tuple[int, int, float]  # musts left out, minus weight placed, cost


def improve(
    problem: Problem,
    seconds: float,
    *,
    start: Sequence[int | None] | None = None,
    guide: Floats | None = None,
    patience: int = 400,
    seed: int = 1,
    cancel: Callable[[], bool] = lambda: False,
) -> tuple[int | None, ...]:
    """A placement that breaks no rule; projects that found no room are None, musts among them included.

    start: a placement to begin with. guide: (sites, projects) costs to construct by, such as reduced costs.
    patience: rounds without improvement before it ends, if the time lasts.
    """
    ground, random = Ground(problem), np.random.default_rng(seed)
    if start is not None:
        for project, site in enumerate(start):
            if site is not None and ground.prices(project)[site] < _FAR:
                ground.place(project, site)
    ground.insert(guide)
    ground.descend()
    best, best_score = ground.placement(), ground.score()
    ends, idle = perf_counter() + seconds, 0
    while idle < patience and perf_counter() < ends and not cancel():
        ground.ruin(random)
        ground.insert(None, random)
        ground.descend()
        score = ground.score()
        if score < best_score:
            best, best_score, idle = ground.placement(), score, 0
        else:
            idle += 1
            if score[:2] > best_score[:2] or score[2] > best_score[2] + 0.002 * abs(best_score[2]):
                ground.restore(best)
    return best


class Ground:
    """A placement being made: what is where, and what room each capacity has left."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.open = problem, problem.open
        sites, projects = self.open.shape
        held: list[list[tuple[int, int]]] = [[] for _ in range(sites)]
        for number, each in enumerate(problem.capacities):
            for row, site in enumerate(each.sites):
                held[site].append((number, row))
        depth = max(map(len, held), default=0)
        nowhere = len(problem.capacities)
        self.capacity = np.full((sites, depth), nowhere)
        self.use = np.zeros((sites, depth, projects))
        for site, numbers in enumerate(held):
            for slot, (number, row) in enumerate(numbers):
                self.capacity[site, slot] = number
                self.use[site, slot] = problem.capacities[number].use[row]
        self.left = np.array([*(each.room for each in problem.capacities), np.inf])
        self.cost = -problem.cost if problem.maximise else problem.cost
        self.group = np.array(problem.groups)
        self.where = np.full(projects, -1)
        self.wishes: dict[int, list[tuple[int, Relation, float]]] = {}
        for wish in problem.wishes:
            penalty = _FAR if wish.penalty is None else wish.penalty
            self.wishes.setdefault(wish.first, []).append((wish.second, wish.relation, penalty))
            self.wishes.setdefault(wish.second, []).append((wish.first, wish.relation, penalty))

    def placement(self) -> tuple[int | None, ...]:
        """Where everything is now."""
        return tuple(None if site < 0 else int(site) for site in self.where)

    def score(self) -> Score:
        """Lower is better."""
        out = np.flatnonzero(self.where < 0)
        placed = np.flatnonzero(self.where >= 0)
        optional = self.problem.optional
        cost = float(self.cost[self.where[placed], placed].sum())
        for first in self.wishes:
            if self.where[first] >= 0:
                cost += float(self._penalties(first)[self.where[first]]) / 2
        weight = sum(weight for project, weight in optional.items() if self.where[project] >= 0)
        return sum(int(project) not in optional for project in out), -weight, cost

    def fits(self, project: int) -> Bools:
        """(sites,): where there is room; the project must not be placed at the time."""
        room = self.left[self.capacity] >= self.use[:, :, project]
        return np.asarray(room.all(axis=1) & self.open[:, project])

    def prices(self, project: int) -> Floats:
        """(sites,): what placing it costs now, _FAR or more where it cannot go."""
        price = np.where(self.fits(project), self.cost[:, project], _FAR)
        return np.asarray(price + self._penalties(project) if project in self.wishes else price)

    def _penalties(self, project: int) -> Floats:
        penalty = np.zeros(len(self.group))
        for other, relation, amount in self.wishes[project]:
            if self.where[other] >= 0:
                same = self.group == self.group[self.where[other]]
                penalty += np.where(same == (relation is Relation.TOGETHER), 0.0, amount)
        return penalty

    def place(self, project: int, site: int) -> None:
        """Put it there."""
        self.where[project] = site
        np.subtract.at(self.left, self.capacity[site], self.use[site, :, project])

    def remove(self, project: int) -> int:
        """Take it away; returns where it was."""
        site = int(self.where[project])
        self.where[project] = -1
        np.add.at(self.left, self.capacity[site], self.use[site, :, project])
        return site

    def restore(self, placement: Sequence[int | None]) -> None:
        """Return to an earlier placement."""
        for placed in np.flatnonzero(self.where >= 0):
            self.remove(int(placed))
        for project, site in enumerate(placement):
            if site is not None:
                self.place(project, site)

    def insert(self, guide: Floats | None, random: np.random.Generator | None = None) -> None:
        """Place what is out, first those that lose most if their best site fills up; musts before others."""
        out = [int(project) for project in np.flatnonzero(self.where < 0)]
        worth = self.cost if guide is None else guide
        while out:
            room = (self.left[self.capacity][:, :, None] >= self.use[:, :, out]).all(axis=1) & self.open[
                :, out
            ]
            price = np.where(room, worth[:, out], np.inf)
            two = np.partition(price, min(1, len(price) - 1), axis=0)[:2]
            with np.errstate(invalid="ignore"):
                regret = np.where(np.isfinite(two[0]), two[-1] - two[0], -np.inf)
            regret = np.where(np.isnan(regret), -np.inf, np.minimum(regret, 1e12))
            for index, project in enumerate(out):
                weight = self.problem.optional.get(project)
                regret[index] += 1e15 if weight is None else weight * 1e13
            if random is not None:
                regret = regret * random.uniform(0.7, 1.3, len(out))
            position = int(np.argmax(regret))
            chosen = out.pop(position)
            prices = self.prices(chosen)
            if guide is not None:
                prices = np.where(prices < _FAR, guide[:, chosen], _FAR)
            cheapest = int(np.argmin(prices))
            if prices[cheapest] < _FAR:
                self.place(chosen, cheapest)

    def ruin(self, random: np.random.Generator) -> None:
        """Take out all of two or three sites, or some projects at random."""
        placed = np.flatnonzero(self.where >= 0)
        if not len(placed):
            return
        if random.random() < 0.7:
            busy = np.unique(self.where[placed])
            sites = random.choice(busy, min(len(busy), int(random.integers(2, 4))), replace=False)
            gone = placed[np.isin(self.where[placed], sites)]
            gone = gone[random.random(len(gone)) < 0.8]
        else:
            gone = random.choice(placed, max(1, len(placed) // 10), replace=False)
        for project in gone:
            self.remove(int(project))

    def descend(self) -> None:
        """Shift single projects, then swap pairs, while it pays."""
        better = True
        while better:
            better = self._shift() or self._swap()

    def _shift(self) -> bool:
        better = False
        for project in np.flatnonzero(self.where >= 0):
            now = self.remove(int(project))
            prices = self.prices(int(project))
            site = int(np.argmin(prices))
            gain = prices[now] - prices[site] > 1e-9
            self.place(int(project), site if gain else now)
            better |= bool(gain)
        return better

    def _swap(self) -> bool:
        better = False
        for project in np.flatnonzero(self.where >= 0):
            here = int(self.where[project])
            others = np.flatnonzero((self.where >= 0) & (self.where != here))
            there = self.where[others]
            gain = self.cost[here, project] + self.cost[there, others]
            gain = gain - self.cost[there, project] - self.cost[here, others]
            hopeful = others[(gain > 1e-9) & self.open[there, project] & self.open[here, others]]
            for other in hopeful[np.argsort(-gain[np.isin(others, hopeful)])][:5]:
                if self._try_swap(int(project), int(other)):
                    better = True
                    break
        return better

    def _try_swap(self, one: int, other: int) -> bool:
        before = self.score()[2] if self.wishes else 0.0
        here, there = self.remove(one), self.remove(other)
        ahead = self.prices(one)[there]
        if ahead < _FAR:
            self.place(one, there)
            if self.prices(other)[here] < _FAR:
                self.place(other, here)
                if not self.wishes or self.score()[2] < before - 1e-9:
                    return True
                self.remove(other)
            self.remove(one)
        self.place(one, here)
        self.place(other, there)
        return False
