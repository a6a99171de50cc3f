"""The figures of a node, each with evidence from which it can be computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

import numpy as np

from liandong.economy import (
    Link,
    Linkages,
    Shrinkage,
    location_quotient,
    proximity,
    rate_interval,
    relatedness_density,
)
from liandong.economy.panel import Array
from liandong.economy.specialisation import JEFFREYS
from liandong.figures import AssumptionRef, Basis, Coverage, DerivedRef, Evidence, Figure, RecordRef, ratio
from liandong.plan.counting import Counter, whole
from liandong.plan.model import Chain, Edge, Node
from liandong.plan.rule import INTERVAL
from liandong.reference import members

_PLACES = Decimal("0.000001")
_NATIONAL_TABLE = Coverage("io2020", last_date="2020", notes=("national_not_regional",))
_LQ = "(local / local_all) / (base / base_all)"
_BOUNDS = (
    "low, high = quantiles (1 ∓ p) / 2 of Gamma(local + 1/2) / expected; "
    "expected = local_all * base / base_all"
)
_SHRUNK = (
    "(k_class * prior + local) / (k_class + e(base)); "
    "prior = (k_group * wide + local_group) / (k_group + e(base_group)); "
    "wide = (k_division + local_division) / (k_division + e(base_division)); "
    "e(b) = local_all * b / base_all; *_group, *_division: the rest of the node's groups, then divisions; "
    "low, high = quantiles (1 ∓ p) / 2 of Gamma(k_class * prior + local) / (k_class + e(base))"
)
_DENSITY = (
    "sum_j phi(n, j) m(city, j) / sum_j phi(n, j) over classes j outside the node n; "
    "m = 1 where the location quotient in the panel is at least 1; "
    "phi(n, j) = sum_r m(r, n) m(r, j) / max(sum_r m(r, n), sum_r m(r, j)); n = "
)


@dataclass(frozen=True)
class Measures:
    """Computes the figures of nodes for one city."""

    counter: Counter

    @cached_property
    def strengths(self) -> tuple[Figure, Figure, Figure]:
        """How many expected firms the word of the levels above is worth: at division, group, class."""
        fitted = Shrinkage.fit(self.counter.panel)
        evidence = DerivedRef(
            "economy.Shrinkage.fit: sum(E^2 mu) / max(sum((x - E mu)^2 - E mu), s) at division, group, "
            "class; s = 1.645 sqrt(sum(E mu + 2 (E mu)^2))",
            (("panel", self.counter.panel_query()),),
        )
        found = (fitted.division, fitted.group, fitted.own)
        return tuple(self._figure(value, "", "shrinkage_strength", evidence) for value in found)  # type: ignore[return-value]

    def firms(self, node: Node) -> Figure:
        """Local firms of the node; a firm counts once however many of its codes it matches."""
        return self.counter.local(node.industries)

    def share(self, node: Node) -> Figure:
        """Share of the city in the node's firms of all observed regions."""
        return ratio(self.firms(node), self.counter.base(node.industries), measure="share_of_base")

    def quotient(self, node: Node) -> Figure:
        """Location quotient with the credible interval of its Poisson rate (Jeffreys' prior)."""
        return self.quotient_of(node.industries)

    def quotient_of(self, industries: tuple[str, ...]) -> Figure:
        """`quotient` of any industries together."""
        local, base = self.counter.local(industries), self.counter.base(industries)
        local_all, base_all = self.counter.local(), self.counter.base()
        inputs = (("local", local), ("local_all", local_all), ("base", base), ("base_all", base_all))
        expected = self._expected(base)
        if expected <= 0:
            return self._unknown("location_quotient", DerivedRef(_LQ, inputs))
        value = (whole(local) / whole(local_all)) / (whole(base) / whole(base_all))
        low, high = _bounds(whole(local), expected, JEFFREYS, 0.0)
        evidence = DerivedRef(f"{_LQ}; {_BOUNDS}; p = {INTERVAL}", inputs)
        return self._known(value, "location_quotient", evidence, low, high)

    def shrunk(self, node: Node) -> Figure:
        """Location quotient drawn towards what the rest of the node's groups and divisions lead to expect."""
        own = node.industries
        groups = tuple(code[:3] for code in own if len(code) >= 3) + tuple(c for c in own if len(c) == 2)
        divisions = tuple(code[:2] for code in own)
        local, base = self.counter.local, self.counter.base
        inputs: dict[str, Figure] = {
            "local": local(own),
            "local_all": local(),
            "base": base(own),
            "base_all": base(),
            "local_group": self._rest(local(groups), local(own)),
            "base_group": self._rest(base(groups), base(own)),
            "local_division": self._rest(local(divisions), local(groups)),
            "base_division": self._rest(base(divisions), base(groups)),
        }
        inputs |= dict(zip(("k_division", "k_group", "k_class"), self.strengths, strict=True))
        x = {name: whole(figure) for name, figure in inputs.items()}
        named = tuple(inputs.items())
        if x["local_all"] == 0 or x["base"] == 0:
            return self._unknown("shrunk_location_quotient", DerivedRef(_SHRUNK, named))

        def expected(count: Decimal) -> Decimal:
            return x["local_all"] * count / x["base_all"]

        wide = (x["k_division"] + x["local_division"]) / (x["k_division"] + expected(x["base_division"]))
        prior = (x["k_group"] * wide + x["local_group"]) / (x["k_group"] + expected(x["base_group"]))
        weight = x["k_class"] + expected(x["base"])
        value = (x["k_class"] * prior + x["local"]) / weight
        low, high = _bounds(x["local"], expected(x["base"]), float(x["k_class"] * prior), float(x["k_class"]))
        evidence = DerivedRef(f"{_SHRUNK}; p = {INTERVAL}", named)
        return self._known(value, "shrunk_location_quotient", evidence, low, high)

    def densities(self, nodes: Iterable[Node]) -> list[Figure]:
        """Relatedness density of each node in the city, its own classes left out."""
        wanted = tuple(nodes)
        found = self._densities(wanted)
        figures = []
        for node, value in zip(wanted, found, strict=True):
            codes = ", ".join(node.industries)
            evidence = DerivedRef(_DENSITY + codes, (("panel", self.counter.panel_query()),))
            if np.isnan(value):
                figures.append(self._unknown("relatedness_density", evidence))
            else:
                figures.append(self._figure(float(value), "", "relatedness_density", evidence))
        return figures

    def supply_links(self, chain: Chain, node: Node) -> Figure:
        """How many of the node's supplies have local firms at the other end."""
        inputs: list[tuple[str, Figure | Evidence]] = []
        linked = 0
        for edge, other in _neighbours(chain, node):
            inputs.append((f"{edge.supplier} → {edge.user}", _edge_evidence(edge)))
            firms = self.firms(chain.node(other))
            inputs.append((other, firms))
            linked += firms.value is not None and firms.value > 0
        formula = f"supplies of {node.name} whose other end has local firms, of {len(inputs) // 2}"
        return Figure(
            Decimal(linked),
            "条",
            "supply_links",
            basis=self._basis,
            coverage=self.counter.coverage,
            evidence=(DerivedRef(formula, tuple(inputs)),),
        )

    def input_coefficient(self, chain: Chain, node: Node) -> Figure:
        """The strongest direct input among the node's supplies: yuan of the supplier per yuan of the user."""
        best: tuple[float, Link, Edge] | None = None
        for edge, _ in _neighbours(chain, node):
            link = _link(chain.node(edge.supplier).industries, chain.node(edge.user).industries)
            if link.direct is not None and (best is None or link.direct > best[0]):
                best = (link.direct, link, edge)
        measure = "input_coefficient"
        if best is None:
            return Figure(None, "", measure, evidence=(DerivedRef("no sector of the table", ()),))
        value, link, edge = best
        formula = (
            f"flows from sectors {'+'.join(link.suppliers)} to {'+'.join(link.users)} "
            "/ output of the users, input-output table of China 2020"
        )
        records = {code: RecordRef("io2020_sectors.csv", int(code)) for code in link.suppliers + link.users}
        way = (f"{edge.supplier} → {edge.user}", _edge_evidence(edge))
        return Figure(
            Decimal(repr(value)).quantize(_PLACES),
            "",
            measure,
            basis=Basis(in_year="2020"),
            coverage=_NATIONAL_TABLE,
            evidence=(DerivedRef(formula, (way, *records.items())),),
        )

    def _densities(self, nodes: tuple[Node, ...]) -> Array:
        panel = self.counter.panel
        if self.counter.city not in panel.regions or not nodes:
            return np.full(len(nodes), np.nan)
        # columns are named by number: two chains may have nodes of the same name
        union = panel.unions({str(n): _within(panel.industries, node) for n, node in enumerate(nodes)})
        m = self.presence
        # a union of classes is compared with the regions' totals of the panel, not of the unions
        with np.errstate(invalid="ignore", divide="ignore"):
            own = union.values / panel.values.sum(axis=1, keepdims=True)
            everywhere = union.values.sum(axis=0) / panel.values.sum()
            of_nodes = np.where(own >= everywhere, 1.0, 0.0) * (union.values > 0)
        phi = proximity(of_nodes, m)
        for n, node in enumerate(nodes):
            inside = set(_within(panel.industries, node))
            phi[n, [code in inside for code in panel.industries]] = np.nan
        row = m[[panel.row(self.counter.city)]]
        return np.asarray(relatedness_density(row, phi)[0])

    @cached_property
    def presence(self) -> Array:
        """(regions, classes) of the panel: 1 where the location quotient is at least 1."""
        quotient = location_quotient(self.counter.panel).value
        with np.errstate(invalid="ignore"):
            return np.asarray((quotient >= 1).astype(np.float64))

    def _rest(self, all_of: Figure, part: Figure) -> Figure:
        """A count without those already counted below it."""
        return Figure(
            whole(all_of) - whole(part),
            all_of.unit,
            all_of.measure,
            basis=all_of.basis,
            coverage=all_of.coverage,
            evidence=(DerivedRef("whole - part", (("whole", all_of), ("part", part))),),
        )

    def _expected(self, base: Figure) -> Decimal:
        everything = whole(self.counter.base())
        return whole(self.counter.local()) * whole(base) / everything if everything else Decimal(0)

    @property
    def _basis(self) -> Basis:
        return Basis(as_of=self.counter.coverage.last_date)

    def _figure(self, value: float, unit: str, measure: str, evidence: Evidence) -> Figure:
        number = Decimal(repr(value)).quantize(_PLACES)
        return Figure(
            number, unit, measure, basis=self._basis, coverage=self.counter.coverage, evidence=(evidence,)
        )

    def _known(self, value: Decimal, measure: str, evidence: Evidence, low: Decimal, high: Decimal) -> Figure:
        return Figure(
            value,
            "",
            measure,
            basis=self._basis,
            coverage=self.counter.coverage,
            evidence=(evidence,),
            low=low,
            high=high,
        )

    def _unknown(self, measure: str, evidence: Evidence) -> Figure:
        return Figure(
            None, "", measure, basis=self._basis, coverage=self.counter.coverage, evidence=(evidence,)
        )


@cache
def national() -> Linkages:
    """The input–output table of China 2020."""
    return Linkages.national()


@cache
def _link(suppliers: tuple[str, ...], users: tuple[str, ...]) -> Link:
    return national().link(_classes(suppliers), _classes(users))


def _classes(codes: tuple[str, ...]) -> list[str]:
    return [each for code in codes for each in members(code)]


def _within(industries: tuple[str, ...], node: Node) -> list[str]:
    return [code for code in industries if code.startswith(node.industries)]


def _neighbours(chain: Chain, node: Node) -> list[tuple[Edge, str]]:
    """The node's edges with the name at their other end."""
    return [
        (edge, edge.user if edge.supplier == node.name else edge.supplier)
        for edge in chain.edges
        if node.name in (edge.supplier, edge.user)
    ]


def _edge_evidence(edge: Edge) -> Evidence:
    place = edge.origin.place
    return next(iter(edge.origin.evidence()), AssumptionRef(place.file, place.line))


def _bounds(local: Decimal, expected: Decimal, shape: float, rate: float) -> tuple[Decimal, Decimal]:
    low, high = rate_interval(
        np.array(float(local)), np.array(float(expected)), INTERVAL, shape=shape, rate=rate
    )
    return (
        Decimal(repr(float(low))).quantize(_PLACES),
        Decimal(repr(float(high))).quantize(_PLACES),
    )
