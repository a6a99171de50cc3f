"""Pages of chains: all of them, and one with its nodes in three columns."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from liandong.briefs.vocabulary import coverage_words
from liandong.charts import ChainEdge, ChainNode, chain_picture, to_svg
from liandong.errors import InputError, Language
from liandong.figures import Figure
from liandong.office.chains.words import ADVICE, STAGES, TIERS
from liandong.office.shell import problems
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick, say
from liandong.plan import NodeDiagnosis
from liandong.workspace import chains, current, policies

SCALE = 3.0
"""The location quotient at the right end of its bar."""


@page("chains.view")
def index(request: Request) -> HttpResponse:
    """The plan: tiers, chains with their health."""
    plan = current.plan()
    every = plan.chains if plan else ()
    problem = ""
    try:
        diagnoses = {each.chain: each for each in current.diagnoses()}
    except InputError as error:
        diagnoses, problem = {}, error.text(language())
    context = {
        "title": pick("产业链", "Chains"),
        "plan": plan,
        "problem": problem,
        "tiers": [
            {
                "name": tier.name,
                "word": say(TIERS[tier.key.value]),
                "promised": tier.promised,
                "chains": [
                    {"chain": chain, "diagnosis": diagnoses.get(chain.name)}
                    for chain in every
                    if chain.tier == tier.key
                ],
            }
            for tier in (plan.tiers if plan else ())
        ],
        "may_change": policies.may(request.user, "chains.change"),
        "may_export": policies.may(request.user, "chains.export"),
    }
    return render(request, "office/chains/index.html", context)


@page("chains.view")
def chain(request: Request, chain: str) -> HttpResponse:
    """One chain: nodes by stage, gaps in order, lead firms, who supplies whom."""
    plan = current.plan()
    if plan is None or chain not in [each.name for each in plan.chains]:
        return problems.not_found(request)
    found = chains.picture(chain)
    scheme = plan.chain(chain)
    context = {
        "title": chain,
        "chain": scheme,
        "tier": say(TIERS[scheme.tier.value]),
        "picture": found,
        "columns": [
            {"stage": say(STAGES[stage.value]), "nodes": [node_context(each) for each in nodes]}
            for stage, nodes in (found.columns.items() if found else ())
        ],
        "gaps": [node_context(each) for each in (found.gaps if found else ())],
        "coverage": coverage_words(found.diagnosis.coverage, language()) if found else "",
        "leaders": chains.lead_firms(scheme),
        "sees_targets": policies.may(request.user, "targets.view"),
        "may_change": policies.may(request.user, "chains.change"),
    }
    return render(request, "office/chains/chain.html", context)


@page("chains.view")
def picture(request: Request, chain: str) -> HttpResponse:
    """The chain as a picture: nodes with their status, lines for who supplies whom."""
    found = chains.picture(chain)
    if found is None:
        return problems.not_found(request)
    key = (chain, current.snapshot_id(), current.plan_version(), language())
    return HttpResponse(_svg(*key), content_type="image/svg+xml")


@lru_cache(maxsize=64)
def _svg(chain: str, snapshot: str | None, version: int | None, tongue: Language) -> str:
    found = chains.picture(chain)
    if found is None:
        return ""
    nodes = [
        ChainNode(
            each.node,
            each.stage.value,
            each.status.value,
            _number(each.figures["firms"]),
            _float(each.figures["shrunk_quotient"]),
        )
        for each in found.diagnosis.nodes
    ]
    edges = [ChainEdge(each.supplier, each.user) for each in found.chain.edges]
    return to_svg(chain_picture(nodes, edges, language=tongue))


def node_context(node: NodeDiagnosis) -> dict[str, Any]:
    """A node as its row shows it; the bar's places in percent of its width."""
    quotient = node.figures["shrunk_quotient"]
    return {
        "name": node.node,
        "status": node.status.value,
        "advice": say(ADVICE[node.advice.value]) if node.advice else "",
        "figures": node.figures,
        "bar": _bar(quotient),
    }


def _bar(quotient: Figure) -> dict[str, str] | None:
    if quotient.value is None:
        return None
    places = {
        name: min(float(value), SCALE) / SCALE * 100
        for name, value in (("low", quotient.low), ("value", quotient.value), ("high", quotient.high))
        if value is not None
    }
    low, high = places.get("low", places["value"]), places.get("high", places["value"])
    return {
        "low": f"{low:.1f}",
        "width": f"{max(high - low, 0.5):.1f}",
        "value": f"{places['value']:.1f}",
        "one": f"{100 / SCALE:.1f}",
    }


def _number(figure: Figure) -> int | None:
    return None if figure.value is None else int(figure.value)


def _float(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)
