"""Diagnosis and targets of a workspace: the plan, the registry, facts and programmes brought together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pyarrow as pa

from liandong.errors import InputError, Text
from liandong.facts import Fact
from liandong.figures import Basis, DerivedRef, Figure
from liandong.plan import Chain, Diagnosis, Node, PartnerKind, Plan, bind, diagnose
from liandong.programmes import Programme
from liandong.reference import resolve_region
from liandong.registry import Registry
from liandong.targets import Need, Setting, Target, Weights, brands_in, candidates, load_weights, rank
from liandong.targets.candidates import USUAL
from liandong.workspace.qualifying import eligibility

DRAWS = 200
"""How often the weights are shaken for the stability of a list."""


def diagnoses(plan: Plan, registry: Registry, chain: str | None = None) -> list[Diagnosis]:
    """The diagnosis of one chain, or of all in the plan's order."""
    return diagnose(plan, registry, chain)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a list is ranked from, whatever the weights: needs of a chain, firms that may fill them."""

    chain: str
    needs: tuple[Need, ...]
    firms: pa.Table
    setting: Setting

    def ranked(self, weights: Weights, top: int) -> list[Target]:
        """The best firms with these weights."""
        return rank(self.chain, self.needs, self.firms, replace(self.setting, weights=weights), top=top)


def targets(
    plan: Plan,
    registry: Registry,
    diagnosis: Diagnosis,
    *,
    node: str | None,
    source: str | None,
    top: int,
    facts: Sequence[Fact],
    programmes: Sequence[Programme] = (),
    weights: Weights | None = None,
    exclude: Collection[str] = (),
    origins: Sequence[str] = USUAL,
    stability: bool = False,
    on: date | None = None,
) -> list[Target]:
    """The best `top` firms for a chain: see `prepared`. weights: the shipped ones if not given."""
    found = prepared(
        plan,
        registry,
        diagnosis,
        node=node,
        source=source,
        facts=facts,
        programmes=programmes,
        exclude=exclude,
        origins=origins,
        stability=stability,
        on=on,
    )
    return found.ranked(weights or load_weights(), top)


def prepared(
    plan: Plan,
    registry: Registry,
    diagnosis: Diagnosis,
    *,
    node: str | None,
    source: str | None,
    facts: Sequence[Fact],
    programmes: Sequence[Programme] = (),
    exclude: Collection[str] = (),
    origins: Sequence[str] = USUAL,
    stability: bool = False,
    on: date | None = None,
) -> Prepared:
    """Firms of the source region for the nodes of a chain that are not strong, or for the one asked for.

    exclude: firm_ids or names left out. origins: ways onto the list
    (targets.ORIGINS). stability: whether to say how firmly each stands. on: the day that programmes are asked
    for, else today.
    """
    scheme = plan.chain(diagnosis.chain)
    wanted = _wanted(scheme, diagnosis, node)
    regions = resolve_region(source or _source_regions(plan)).codes
    codes = sorted({code for each in wanted for code in each.industries})
    coverage = registry.snapshot.coverage
    setting = replace(
        _setting(bind(plan, facts), registry, source),
        programmes=eligibility(programmes, on or date.today(), coverage) if programmes else None,
        exclude=frozenset(exclude),
        draws=DRAWS if stability else 0,
    )
    firms = candidates(registry, codes, regions, plan.city, partners=setting.partners, origins=origins)
    needs = [_need(scheme, each, diagnosis) for each in wanted]
    return Prepared(scheme.name, tuple(needs), firms, setting)


def _source_regions(plan: Plan) -> str:
    """The plan's source regions, joined as `resolve_region` reads them."""
    if not plan.regions:
        raise InputError(
            Text(
                "规划没有写来源地。请在规划中加上 [[region]],或用 --from 指定,如 --from 长三角。",
                "The plan names no source region. Add [[region]], or give --from, such as --from 长三角.",
            ),
            field="region",
        )
    return "、".join(region.name for region in plan.regions)


def _wanted(chain: Chain, diagnosis: Diagnosis, node: str | None) -> list[Node]:
    if node is None:
        open_nodes = [each for each in chain.nodes if diagnosis.node(each.name).status != "strong"]
        return open_nodes or list(chain.nodes)
    try:
        return [chain.node(node)]
    except KeyError:
        known = "、".join(each.name for each in chain.nodes)
        raise InputError(
            Text(
                f"产业链里没有环节“{node}”。有:{known}。", f'the chain has no node "{node}"; it has {known}.'
            ),
            field="node",
        ) from None


def _need(chain: Chain, node: Node, diagnosis: Diagnosis) -> Need:
    figures = diagnosis.node(node.name).figures
    return Need(
        node.name,
        node.industries,
        node.words,
        figures["shrunk_quotient"],
        figures["relatedness_density"],
        _lead_firms(chain, node, diagnosis),
    )


def _lead_firms(chain: Chain, node: Node, diagnosis: Diagnosis) -> Figure | None:
    """Lead firms of the chain in nodes that this one supplies; None where no lead firm is known."""
    if not any(leader.record for leader in diagnosis.leaders):
        return None
    users = {edge.user for edge in chain.edges if edge.supplier == node.name}
    supplied = [leader for leader in diagnosis.leaders if leader.record and users & set(leader.nodes)]
    inputs = tuple((leader.name, leader.record) for leader in supplied if leader.record)
    formula = f"lead firms of {chain.name} in nodes that {node.name} supplies"
    return Figure(
        Decimal(len(supplied)),
        "家",
        "lead_firms_supplied",
        coverage=diagnosis.coverage,
        evidence=(DerivedRef(formula, inputs),),
    )


def _setting(plan: Plan, registry: Registry, source: str | None) -> Setting:
    coverage = registry.snapshot.coverage
    as_of = date.fromisoformat(coverage.last_date) if coverage.last_date else None
    named = (PartnerKind.FIRM, PartnerKind.FUND, PartnerKind.UNIVERSITY)
    return Setting(
        city=plan.city,
        as_of=as_of,
        coverage=coverage,
        region_firms=_region_firms(plan, source),
        brand_counts=brands_in(registry, f"{plan.city[:2]}0000", as_of),
        partners=tuple(tie.partner for tie in plan.ties if tie.kind in named),
    )


def _region_firms(plan: Plan, source: str | None) -> Figure:
    """How many firms of the source region are in the city already, as the plan's source states it."""
    for region in plan.regions:
        if source in (None, region.name) and region.firms is not None:
            evidence = region.origin.evidence(field="firms")
            published = next((each.published for each in plan.sources if each.published), None)
            return Figure(
                Decimal(region.firms), "家", "region_firms", basis=Basis(as_of=published), evidence=evidence
            )
    return Figure(None, "家", "region_firms")
