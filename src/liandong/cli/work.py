"""`diagnose`: what the city has and lacks, what its supplies hang on, and how its rivals stand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
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
from liandong.errors import Text
from liandong.figures import Figure, render, render_number
from liandong.plan import Diagnosis, NodeDiagnosis, Risk, Rivalry, Year
from liandong.reference import division
from liandong.workspace import Workspace

ChainOption = Annotated[str | None, typer.Option("--chain", "-c", help="产业链 · a chain of the plan")]
SIGNS = {"strong": "●", "present": "◐", "weak": "◔", "missing": "○", "unsure": "◌"}
STATUSES = {"strong": "强", "present": "有", "weak": "弱", "missing": "缺", "unsure": "待核"}
RISKS = {
    Risk.FAR: Text("附近没有供应商", "no supplier within reach"),
    Risk.NEARBY: Text("本市没有供应商,附近有", "no supplier in the city, some near"),
    Risk.SINGLE: Text("只有一家供应商", "a single supplier"),
}
"""Supplies that people should hear of."""
SHOWN_YEARS = 12
ADVICE = {"strengthen": "强链", "fill": "补链", "extend": "延链"}


def diagnose(
    chain: ChainOption = None,
    rivals: Annotated[bool, typer.Option("--rivals", help="与对手城市比较 · beside rival cities")] = False,
    rival: Annotated[
        list[str] | None, typer.Option("--rival", help="指定对手城市 · a rival city (repeatable)")
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="按成立年份 · by founding year")] = False,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """产业链诊断:强、弱、缺 · Diagnose the chains: what is strong, weak, missing."""
    opened = Workspace(workspace)
    found = [opened.diagnose(chain)] if chain is not None else opened.diagnoses()
    beside = [opened.compare(each.chain, rival or ()) for each in found] if rivals or rival else []
    years = [opened.history(each.chain) for each in found] if history else []
    if as_json:
        data = [each.to_dict() for each in found]
        for n, each in enumerate(beside):
            data[n]["rivals"] = each.to_dict()
        for n, past in enumerate(years):
            data[n]["history"] = [year.to_dict() for year in past]
        print_json(data[0] if chain is not None else data)
        return
    for diagnosis in found:
        show_diagnosis(diagnosis)
        show_supplies(diagnosis)
    for one in beside:
        show_rivals(one)
    for diagnosis, past in zip(found, years, strict=False):
        show_history(diagnosis.chain, past)


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


def show_supplies(diagnosis: Diagnosis) -> None:
    """What is counted, the supplies at risk, and what lead firms lack."""
    counted = diagnosis.comparison.counted
    if counted and counted.struck_off.value:
        gone, unknown = (render(f, language()) for f in (counted.struck_off, counted.status_unknown))
        results().print(
            pick(
                f"未计入已注销等企业 {gone};状态未知的 {unknown} 已计入。",
                f"Not counted: {gone} struck off; counted though their status is unknown: {unknown}.",
            )
        )
    for risk in diagnosis.supplies:
        if risk.risk in RISKS:
            words = RISKS[risk.risk](language())
            sure = "" if risk.sure else pick("(数据不全,待核)", " (incomplete data)")
            results().print(f"{risk.supplier} → {risk.user}: {words}{sure}")
    for leader in diagnosis.leaders:
        where = "、".join(leader.nodes) or pick("登记库中未找到", "not found in the registry")
        results().print(f"{pick('链主', 'lead firm')} {leader.name}: {where}")


def show_rivals(found: Rivalry) -> None:
    """Location quotients of a chain's nodes, city by city; ▲ where a rival is surely ahead."""
    names = [division(code).short for code in found.cities]
    table = new_table(("环节", "node"), *((name, name) for name in names), title=found.chain)
    for node in dict.fromkeys(cell.node for cell in found.cells):
        ahead = found.ahead(node)
        cells = [
            f"{interval_text(found.cell(node, code).quotient)}{' ▲' if code in ahead else ''}"
            for code in found.cities
        ]
        table.add_row(node, *cells)
    results().print(table)


def show_history(chain: str, years: Sequence[Year]) -> None:
    """Firms of the city by founding year, a row a node; — is a year without data."""
    seen = sorted({each.year for each in years})[-SHOWN_YEARS:]
    table = new_table(("环节", "node"), *((str(year), str(year)) for year in seen), title=chain)
    for node in dict.fromkeys(each.node for each in years):
        of_year = {each.year: each.city for each in years if each.node == node}
        values = [of_year[year].value if year in of_year else Decimal(0) for year in seen]
        table.add_row(node, *("—" if value is None else f"{value:f}" for value in values))
    results().print(table)
