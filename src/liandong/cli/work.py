"""`diagnose`, `targets`: what the city lacks, and whom to court."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from liandong.cli.output import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    language,
    new_table,
    pick,
    print_json,
    results,
)
from liandong.figures import Figure, render, render_number
from liandong.plan import Diagnosis, NodeDiagnosis
from liandong.targets import Target
from liandong.workspace import Workspace

ChainOption = Annotated[str | None, typer.Option("--chain", "-c", help="产业链 · a chain of the plan")]
SIGNS = {"strong": "●", "present": "◐", "weak": "◔", "missing": "○", "unsure": "◌"}
STATUSES = {"strong": "强", "present": "有", "weak": "弱", "missing": "缺", "unsure": "待核"}
ADVICE = {"strengthen": "强链", "fill": "补链", "extend": "延链"}


def diagnose(
    chain: ChainOption = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """产业链诊断:强、弱、缺 · Diagnose the chains: what is strong, weak, missing."""
    opened = Workspace(workspace)
    if chain is not None:
        found = opened.diagnose(chain)
        if as_json:
            print_json(found.to_dict())
        else:
            show_diagnosis(found)
        return
    every = opened.diagnoses()
    if as_json:
        print_json([each.to_dict() for each in every])
        return
    for each in every:
        show_diagnosis(each)


def targets(
    chain: Annotated[str, typer.Option("--chain", "-c", help="产业链 · a chain of the plan")],
    node: Annotated[str | None, typer.Option("--node", "-n", help="环节 · a node of the chain")] = None,
    source: Annotated[
        str | None, typer.Option("--from", help="来源地 · source region, such as 长三角")
    ] = None,
    top: Annotated[int, typer.Option("--top", "-k", min=1, help="多少家 · how many")] = 20,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """靶向企业:值得招引的企业和理由 · Firms to court, ranked, with reasons."""
    found = Workspace(workspace).targets(chain, node=node, source=source, top=top)
    if as_json:
        print_json([target.to_dict() for target in found])
        return
    show_targets(found)


def show_diagnosis(diagnosis: Diagnosis) -> None:
    """One chain as a table: a row a node."""
    table = new_table(
        ("环节", "node"),
        ("状态", "status"),
        ("本地企业", "local firms"),
        ("区位商(区间)", "LQ (interval)"),
        ("关联密度", "density"),
        ("建议", "advice"),
        title=diagnosis.chain,
    )
    for node in diagnosis.nodes:
        figures = node.figures
        status = pick(STATUSES[node.status], node.status)
        table.add_row(
            node.node,
            f"{SIGNS[node.status]} {status}",
            render(figures["firms"], language()),
            interval_text(figures["location_quotient"]),
            render(figures["relatedness_density"], language(), digits=2),
            advice_words(node),
        )
    results().print(table)


def advice_words(node: NodeDiagnosis) -> str:
    """What to do about a node; with a question mark while its status is unsure."""
    if node.advice is None:
        return ""
    return pick(ADVICE[node.advice], node.advice) + ("?" if node.status == "unsure" else "")


def interval_text(figure: Figure) -> str:
    """A value with its interval, two digits: 1.34 (0.92-1.88)."""
    text = render(figure, language(), digits=2)
    if figure.low is None or figure.high is None:
        return text
    low, high = (render_number(bound, language(), digits=2) for bound in (figure.low, figure.high))
    return f"{text} ({low}–{high})"


def show_targets(targets: list[Target]) -> None:
    """Ranked firms with their two strongest reasons."""
    table = new_table(
        ("#", "#"),
        ("企业", "firm"),
        ("所在地", "place"),
        ("环节", "node"),
        ("得分", "score"),
        ("主要理由", "strongest reasons"),
    )
    for rank, target in enumerate(targets, 1):
        reasons = "; ".join(reason(language()) for reason in target.reasons(2))
        table.add_row(
            str(rank), target.firm.name, target.firm.place, target.node, f"{target.score:.1f}", reasons
        )
    results().print(table)
