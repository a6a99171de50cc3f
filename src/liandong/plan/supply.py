"""Supply risk: of every supply of a chain, who could serve it and from how far; and what lead firms lack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from liandong.figures import DerivedRef, Evidence, Figure, RecordRef
from liandong.plan.counting import Counter, whole
from liandong.plan.model import Chain, Edge, Node
from liandong.plan.rule import FEW, is_complete
from liandong.reference import distance, division
from liandong.registry import normalise_name

NEAR_KM = 200
"""Suppliers within this distance (great circle) can deliver and return on one day."""


class Risk(StrEnum):
    """How safe a supply is for the city's users.

    FAR: no supplier in the city nor within NEAR_KM. NEARBY: none in the city, some within NEAR_KM. SINGLE:
    one in the city and none near. FEW: fewer than rule.FEW in the city and near together. SECURE: more.
    UNSEEN: the registry has no firm of the trade anywhere, or none of the city.
    """

    FAR = "far"
    NEARBY = "nearby"
    SINGLE = "single"
    FEW = "few"
    SECURE = "secure"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class SupplyRisk:
    """One supply, seen from its users in the city.

    figures: `users` (local firms of the user), `local`, `near` (within NEAR_KM, the city's own included),
    `nearest` (kilometres to the nearest prefecture with a supplier; 0 is the city), `largest_share` (of the
    prefecture with most suppliers, among all observed). sure: whether the data are known to be whole: in a
    sample, a single supplier may have unseen neighbours.
    """

    supplier: str
    user: str
    risk: Risk
    figures: dict[str, Figure]
    sure: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON of a supply."""
        return {
            "supplier": self.supplier,
            "user": self.user,
            "risk": self.risk.value,
            "sure": self.sure,
            "figures": {name: figure.to_dict() for name, figure in self.figures.items()},
        }


@dataclass(frozen=True, slots=True)
class LeadFirm:
    """A lead firm (链主) of a chain: where the registry has it, its nodes, and the supplies of those.

    record: its row; None where the registry has no firm of that name. supplies: risks of the supplies to its
    nodes, the worst first.
    """

    name: str
    record: RecordRef | None
    industry: str | None
    nodes: tuple[str, ...]
    supplies: tuple[SupplyRisk, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of a lead firm."""
        record = {"source": self.record.source, "row": self.record.row} if self.record else None
        return {
            "name": self.name,
            "record": record,
            "industry": self.industry,
            "nodes": list(self.nodes),
            "supplies": [each.to_dict() for each in self.supplies],
        }


def supply_risks(chain: Chain, counter: Counter) -> tuple[SupplyRisk, ...]:
    """The risk of every supply of the chain, in the order of its edges."""
    return tuple(_risk(chain, edge, counter) for edge in chain.edges)


def lead_firms(chain: Chain, counter: Counter, risks: Sequence[SupplyRisk]) -> tuple[LeadFirm, ...]:
    """The chain's lead firms with the nodes that their industry puts them in, and who supplies those."""
    return tuple(_lead_firm(name, chain, counter, risks) for name in chain.leaders)


def _risk(chain: Chain, edge: Edge, counter: Counter) -> SupplyRisk:
    supplier, user = chain.node(edge.supplier), chain.node(edge.user)
    local, near = counter.local(supplier.industries), _near(supplier, counter)
    nearest = _nearest(supplier, counter)
    figures = {
        "users": counter.local(user.industries),
        "local": local,
        "near": near,
        "nearest": nearest,
        "largest_share": _largest_share(supplier, counter),
    }
    if nearest.value is None or not counter.local().value:
        risk = Risk.UNSEEN
    else:
        risk = _level(int(whole(local)), int(whole(near)))
    return SupplyRisk(edge.supplier, edge.user, risk, figures, is_complete(counter.coverage))


def _level(local: int, near: int) -> Risk:
    if near == 0:
        return Risk.FAR
    if local == 0:
        return Risk.NEARBY
    if near == 1:
        return Risk.SINGLE
    return Risk.FEW if near < FEW else Risk.SECURE


def _near(node: Node, counter: Counter) -> Figure:
    """Firms of the prefectures whose seat is within NEAR_KM of the city's."""
    inside = tuple(
        code
        for code in counter.panel.regions
        if code == counter.city or (_kilometres(code, counter.city) or NEAR_KM + 1) <= NEAR_KM
    )
    return counter.within(tuple(sorted({counter.city, *inside})), node.industries)


def _nearest(node: Node, counter: Counter) -> Figure:
    """Kilometres to the nearest prefecture that has a firm of the node."""
    counts = _by_prefecture(node, counter)
    known = [(d, code) for code in counts if (d := _kilometres(code, counter.city)) is not None]
    value, code = min(known, default=(None, ""))
    formula = f"great circle from {counter.city} to the nearest prefecture with such firms"
    inputs: tuple[tuple[str, Figure | Evidence], ...] = (("panel", counter.panel_query()),)
    if code:
        inputs = (*inputs, (division(code).name, counter.within((code,), node.industries)))
    return Figure(
        None if value is None else Decimal(str(round(value, 1))),
        "公里",
        "distance",
        basis=counter.basis,
        coverage=counter.coverage,
        evidence=(DerivedRef(formula, inputs),),
    )


def _largest_share(node: Node, counter: Counter) -> Figure:
    """Share of the prefecture with most firms of the node; unknown where there is none."""
    counts = _by_prefecture(node, counter)
    if not counts:
        return counter.unknown("largest_share", "")
    code = max(counts, key=lambda each: (counts[each], each))
    largest, base = counter.within((code,), node.industries), counter.base(node.industries)
    return Figure(
        whole(largest) / whole(base),
        "",
        "largest_share",
        basis=counter.basis,
        coverage=counter.coverage,
        evidence=(DerivedRef("largest / all", ((division(code).name, largest), ("all", base))),),
    )


def _by_prefecture(node: Node, counter: Counter) -> dict[str, int]:
    """Prefecture → firms of the node, where there are any."""
    panel = counter.panel
    columns = [n for n, code in enumerate(panel.industries) if code.startswith(node.industries)]
    sums = panel.values[:, columns].sum(axis=1) if columns else [0.0] * len(panel.regions)
    return {code: int(firms) for code, firms in zip(panel.regions, sums, strict=True) if firms > 0}


def _kilometres(one: str, other: str) -> float | None:
    return distance(division(one), division(other))


_WORST = [Risk.FAR, Risk.SINGLE, Risk.NEARBY, Risk.FEW, Risk.UNSEEN, Risk.SECURE]


def _lead_firm(name: str, chain: Chain, counter: Counter, risks: Sequence[SupplyRisk]) -> LeadFirm:
    key = normalise_name(name).replace("'", "''")
    found = counter.registry.query(
        f"SELECT industry, source, source_row FROM firms WHERE name_key = '{key}' ORDER BY firm_id LIMIT 1"
    ).to_pylist()
    industry = found[0]["industry"] if found else None
    nodes = tuple(node.name for node in chain.nodes if industry and str(industry).startswith(node.industries))
    supplies = sorted(
        (risk for risk in risks if risk.user in nodes),
        key=lambda risk: (_WORST.index(risk.risk), risk.supplier),
    )
    record = RecordRef(found[0]["source"], found[0]["source_row"]) if found else None
    return LeadFirm(name, record, industry, nodes, tuple(supplies))
