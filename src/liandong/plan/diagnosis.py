"""The diagnosis of a plan's chains: what the city has, what it lacks, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liandong.errors import InputError, Text
from liandong.figures import Coverage, Figure
from liandong.plan.counting import Counted, Counter, FirmCounts
from liandong.plan.measuring import Measures
from liandong.plan.model import Chain, Node, Plan, Stage
from liandong.plan.rule import Advice, Status, advice, is_complete, status
from liandong.plan.supply import LeadFirm, SupplyRisk, lead_firms, supply_risks


@dataclass(frozen=True, slots=True)
class NodeDiagnosis:
    """A node with its status, advice and figures.

    figures: `firms` (local firms), `share` (of the city in the comparison base), `location_quotient` (with
    interval), `shrunk_quotient` (drawn to group and division; the status is read from it),
    `relatedness_density`, `supply_links`, `input_coefficient`. advice: None where nothing is known.
    """

    node: str
    stage: Stage
    industries: tuple[str, ...]
    status: Status
    advice: Advice | None
    figures: Mapping[str, Figure]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of a node."""
        return {
            "node": self.node,
            "stage": self.stage.value,
            "industries": list(self.industries),
            "status": self.status.value,
            "advice": self.advice.value if self.advice else None,
            "figures": {name: figure.to_dict() for name, figure in self.figures.items()},
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the city is compared with: all provinces that the registry observes, and their living firms."""

    regions: tuple[str, ...]
    firms: Figure
    city_firms: Figure
    counted: Counted | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the comparison base."""
        return {
            "regions": list(self.regions),
            "firms": self.firms.to_dict(),
            "city_firms": self.city_firms.to_dict(),
            "counted": self.counted.to_dict() if self.counted else None,
        }


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A chain diagnosed. coverage: what all counts stand on; complete: whether they are known to be whole.

    supplies: the risk of every supply; leaders: the lead firms and what supplies them.
    """

    chain: str
    nodes: tuple[NodeDiagnosis, ...]
    comparison: Comparison
    coverage: Coverage
    complete: bool
    snapshot: str
    supplies: tuple[SupplyRisk, ...] = ()
    leaders: tuple[LeadFirm, ...] = ()

    def node(self, name: str) -> NodeDiagnosis:
        """The node of a name. Raises KeyError."""
        for each in self.nodes:
            if each.node == name:
                return each
        raise KeyError(name)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `liandong diagnose`."""
        return {
            "chain": self.chain,
            "nodes": [node.to_dict() for node in self.nodes],
            "comparison": self.comparison.to_dict(),
            "coverage": self.coverage.to_dict(),
            "complete": self.complete,
            "snapshot": self.snapshot,
            "supplies": [each.to_dict() for each in self.supplies],
            "leaders": [each.to_dict() for each in self.leaders],
        }

    def to_frame(self) -> list[dict[str, Any]]:
        """A row a node, plain numbers for charts and sheets; None is unknown."""
        return [_row(self.chain, node) for node in self.nodes]


def diagnose(plan: Plan, registry: FirmCounts, chain: str | None = None) -> list[Diagnosis]:
    """Diagnose one chain of a plan, or all of them, against the firms of a registry.

    registry: anything with `snapshot` (id, coverage) and `query(sql)`. The city is compared with all
    provinces that the registry observes. A firm counts once in a node, however many codes it matches.
    Firms whose status says that they are struck off are not counted; those of unknown status are
    (`Comparison.counted` says how many).
    Raises InputError for a chain that the plan does not have, a city that is no prefecture.
    """
    if plan.city[4:] != "00":
        raise InputError(
            Text(
                f"“{plan.city}”不是地级市代码。诊断以地级市为单位。",
                f'"{plan.city}" is not the code of a prefecture; diagnoses are made for prefectures.',
            ),
            field="city",
        )
    chosen = plan.chains if chain is None else (require_chain(plan, chain),)
    measures = Measures(Counter(plan.city, registry))
    nodes = [node for each in chosen for node in each.nodes]
    densities = iter(measures.densities(nodes))
    return [_diagnosis(each, measures, [next(densities) for _ in each.nodes]) for each in chosen]


def require_chain(plan: Plan, name: str) -> Chain:
    """The chain of a Chinese or English name. Raises InputError that says which chains there are."""
    try:
        return plan.chain(name)
    except KeyError:
        known = "、".join(each.name for each in plan.chains)
        raise InputError(
            Text(
                f"规划中没有产业链“{name}”。有:{known}。", f'the plan has no chain "{name}"; it has {known}.'
            ),
            field="chain",
        ) from None


def _diagnosis(chain: Chain, measures: Measures, densities: list[Figure]) -> Diagnosis:
    counter = measures.counter
    complete = is_complete(counter.coverage)
    risks = supply_risks(chain, counter)
    return Diagnosis(
        chain=chain.name,
        nodes=tuple(
            _node(chain, node, measures, density, complete)
            for node, density in zip(chain.nodes, densities, strict=True)
        ),
        comparison=Comparison(counter.base_regions, counter.base(), counter.local(), counter.counted),
        coverage=counter.coverage,
        complete=complete,
        snapshot=counter.snapshot,
        supplies=risks,
        leaders=lead_firms(chain, counter, risks),
    )


def _node(chain: Chain, node: Node, measures: Measures, density: Figure, complete: bool) -> NodeDiagnosis:
    figures = {
        "firms": measures.firms(node),
        "share": measures.share(node),
        "location_quotient": measures.quotient(node),
        "shrunk_quotient": measures.shrunk(node),
        "relatedness_density": density,
        "supply_links": measures.supply_links(chain, node),
        "input_coefficient": measures.input_coefficient(chain, node),
    }
    if not measures.counter.local().value:
        # the registry has no firm of the city: it observes nothing here
        figures["firms"] = _withheld(figures["firms"])
    firms = figures["firms"].value
    number = None if firms is None else int(firms)
    quotient = figures["shrunk_quotient"]
    found = status(
        number, _float(quotient.value), _float(quotient.low), _float(quotient.high), complete=complete
    )
    suppliers = [edge.supplier for edge in chain.edges if edge.user == node.name]
    seen = measures.counter.base(node.industries).value
    suggestion = advice(
        found,
        number if seen else None,  # an industry that nobody does in the data says nothing of the city
        supplied_here=any(measures.firms(chain.node(name)).value for name in suppliers),
        supplies=any(edge.supplier == node.name for edge in chain.edges),
    )
    return NodeDiagnosis(node.name, node.stage, node.industries, found, suggestion, figures)


def _withheld(figure: Figure) -> Figure:
    return Figure(
        None,
        figure.unit,
        figure.measure,
        basis=figure.basis,
        coverage=figure.coverage,
        evidence=figure.evidence,
    )


def _row(chain: str, node: NodeDiagnosis) -> dict[str, Any]:
    quotient = node.figures["location_quotient"]
    shrunk = node.figures["shrunk_quotient"]
    firms = node.figures["firms"].value
    return {
        "chain": chain,
        "node": node.node,
        "stage": node.stage.value,
        "status": node.status.value,
        "advice": node.advice.value if node.advice else None,
        "firms": None if firms is None else int(firms),
        "share": _float(node.figures["share"].value),
        "location_quotient": _float(quotient.value),
        "low": _float(quotient.low),
        "high": _float(quotient.high),
        "shrunk_quotient": _float(shrunk.value),
        "shrunk_low": _float(shrunk.low),
        "shrunk_high": _float(shrunk.high),
        "relatedness_density": _float(node.figures["relatedness_density"].value),
        "supply_links": _float(node.figures["supply_links"].value),
        "input_coefficient": _float(node.figures["input_coefficient"].value),
    }


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
