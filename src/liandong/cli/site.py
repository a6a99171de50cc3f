"""`site` and `landing`: where a project may and should go, and what coming there costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from liandong.cli.output import (
    JsonOption,
    LangOption,
    language,
    new_table,
    pick,
    print_json,
    results,
    say,
)
from liandong.errors import Language, Text
from liandong.figures import render
from liandong.siting import (
    VERDICTS,
    Comparison,
    Conflict,
    Posed,
    Result,
    Status,
    Verdict,
    all_second_best,
    assign,
    cost_of,
    explain,
    place_fast,
    pose,
    present,
    read_case,
    read_gap,
    read_landing,
    replan,
    write_comparison,
    write_landing_template,
    write_result,
    write_template,
)

STATUSES = {
    Status.OPTIMAL: Text("已证明最优。", "Proven optimal."),
    Status.FEASIBLE: Text("可行,尚未证明最优。", "Feasible, not proven optimal."),
    Status.INFEASIBLE: Text(
        "无解(已证明)。下列各项不能同时满足:", "Infeasible (proven). These cannot hold together:"
    ),
    Status.UNKNOWN: Text("时限内没有结论。", "No answer within the limit."),
}
CASES = (".xlsx", ".toml")

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="结果写到 .xlsx · write the result to .xlsx")
]
TemplateOption = Annotated[
    Path | None, typer.Option("--template", help="写一个空白工作簿到这里 · write an empty workbook here")
]


def site(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="选址表 xlsx、toml,或公开算例 · a case, or a published instance", show_default=False
        ),
    ] = None,
    rules: Annotated[
        Path | None, typer.Option("--rules", help="准入规则表 xlsx、toml、csv · a rule table of its own")
    ] = None,
    template: TemplateOption = None,
    output: OutputOption = None,
    day: Annotated[
        datetime | None,
        typer.Option("--day", formats=["%Y-%m-%d"], help="按哪天的规则,默认今天 · rules as of"),
    ] = None,
    conditional: Annotated[
        bool, typer.Option("--conditional", help="也安排有条件准入的 · also place what is conditional")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="尽量不动现有地块上的项目 · move as few projects as possible")
    ] = False,
    second: Annotated[
        bool, typer.Option("--second-best", help="算出每处次优要多花多少 · price the second best of each")
    ] = False,
    fast: Annotated[
        bool, typer.Option("--fast", help="只用启发式,不求证明 · heuristic only, no proof")
    ] = False,
    maximise: Annotated[
        bool, typer.Option("--maximise", help="算例的数字是收益 · the instance's costs are gains")
    ] = False,
    time_limit: Annotated[float, typer.Option("--time-limit", help="秒 · seconds", min=0.1)] = 60.0,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """选址:谁准入哪块地,怎样安排最省 · Who may go where, and the cheapest way to place them all."""
    file = _file(file, template, write_template)
    if file is None:
        return
    if file.suffix.lower() in CASES:
        case = read_case(file, rules=rules)
        posed = pose(case, date.today() if day is None else day.date(), conditional=conditional)
        problem = posed.problem
    else:
        posed, problem = None, read_gap(file, maximise=maximise)
    if fast:
        found = place_fast(problem, time_limit)
    elif keep and posed is not None:
        found = replan(problem, present(posed), time_limit)
    else:
        found = assign(problem, time_limit, on_better=None if as_json else _improved)
    conflict = explain(problem, time_limit) if found.status is Status.INFEASIBLE else None
    others = all_second_best(found, time_limit) if second and found.objective is not None else ()
    if output is not None and posed is not None:
        write_result(output, posed, found, alternatives=others, conflict=conflict, language=language())
        say(Text(f"已写出:{output}", f"Written: {output}"))
    if as_json:
        data: dict[str, Any] = found.to_dict()
        data["conflict"] = _conflict(conflict)
        data["second_best"] = [other.to_dict(found) for other in others]
        if posed is not None:
            data["admissions"] = [admission.to_dict() for admission in posed.admissions]
            for number, place in enumerate(found.sites):
                cost = None if place is None else cost_of(posed, number, place).to_dict()
                data["placements"][number]["cost"] = cost
            data["left_out"] = [{"resource": name, "places": list(at)} for name, at in posed.left_out]
        print_json(data)
    else:
        _show(found, posed, conflict)


def landing(
    file: Annotated[
        Path | None, typer.Argument(help="落地成本表 xlsx、toml · a landing-cost sheet", show_default=False)
    ] = None,
    template: TemplateOption = None,
    output: OutputOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """落地成本:两到五个园区,来要花多少、运行要花多少 · What it costs to come to two to five parks."""
    file = _file(file, template, write_landing_template)
    if file is None:
        return
    comparison = read_landing(file)
    if output is not None:
        write_comparison(output, comparison, language())
        say(Text(f"已写出:{output}", f"Written: {output}"))
    if as_json:
        print_json(comparison.to_dict())
    else:
        _show_costs(comparison)


def _file(file: Path | None, template: Path | None, write: Callable[[Path, Language], None]) -> Path | None:
    """The file to work on, None if only a template was asked for, which is written. Neither is an error."""
    if template is not None:
        write(template, language())
        say(Text(f"已写出:{template}", f"Written: {template}"))
    elif file is None:
        raise typer.BadParameter(pick("请给出文件,或用 --template", "give a file, or --template"))
    return file


def _improved(found: Result) -> None:
    bound = "?" if found.bound is None else f"{found.bound:,.0f}"
    say(
        Text(
            f"{found.seconds:.1f} 秒:{found.objective:,.0f}(至少 {bound})",
            f"{found.seconds:.1f} s: {found.objective:,.0f} (at least {bound})",
        )
    )


def _conflict(conflict: Conflict | None) -> dict[str, Any] | None:
    if conflict is None:
        return None
    return {
        "smallest": conflict.smallest,
        "requirements": [
            {"kind": each.kind.value, "zh": each.text.zh, "en": each.text.en}
            for each in conflict.requirements
        ],
    }


def _show(found: Result, posed: Posed | None, conflict: Conflict | None) -> None:
    say(STATUSES[found.status])
    for requirement in conflict.requirements if conflict else ():
        results().print(f"· {requirement.text(language())}", markup=False)
    if found.sites:
        table = new_table(("项目", "project"), ("地块", "site"), ("费用", "cost"))
        for number, place in enumerate(found.sites):
            name = found.problem.projects[number]
            cells = (
                ("—", "—")
                if place is None
                else (
                    found.problem.sites[place],
                    f"{found.problem.cost[place, number]:,.0f}",
                )
            )
            table.add_row(name, *cells)
        results().print(table)
    if posed is None:
        return
    for admission in posed.admissions:
        if admission.verdict is not Verdict.ADMITTED:
            reasons = ";".join(
                f"{finding.reason(language())}" + (f"({finding.department})" if finding.department else "")
                for finding in admission.findings
                if finding.verdict is not Verdict.ADMITTED
            )
            verdict = VERDICTS[admission.verdict](language())
            line = f"{admission.project} → {admission.parcel}: {verdict} — {reasons}"
            results().print(line, markup=False)
    for resource, places in posed.left_out:
        at = "、".join(places)
        say(
            Text(
                f"{resource} 未计入费用:{at} 的价格未知。",
                f"{resource} is not in the costs: its price is unknown at {at}.",
            )
        )


def _show_costs(comparison: Comparison) -> None:
    table = new_table(
        ("园区", "park"),
        ("一次性支出", "once"),
        ("年运行支出", "a year"),
        ("通电", "power"),
        ("未知", "unknown"),
    )
    for park in comparison.parks:
        cells = []
        for yearly in (False, True):
            total = render(park.yearly if yearly else park.once, language())
            cells.append(total + (pick(" (部分)", " (partial)") if park.partial(yearly=yearly) else ""))
        blanks = "、".join(f"{line.item} {line.name}" for line in park.blanks)
        table.add_row(park.park, *cells, render(park.power_on, language()), blanks)
    results().print(table)
