"""`registry resolve`, `judge`, `find`: who is who among the firms."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from liandong.cli.output import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    new_table,
    print_json,
    progress,
    results,
    say,
)
from liandong.errors import Text
from liandong.workspace import Workspace

SHOWN = 20


def resolve(
    workspace: WorkspaceOption = Path(), as_json: JsonOption = False, lang: LangOption = None
) -> None:
    """找出登记库中的同一家企业 · Find the rows of the registry that are one firm."""
    space = Workspace(workspace)
    with progress(Text("比对企业", "comparing firms")) as advance:
        report = space.registry.resolve(space.judgements(), progress=advance)
    if as_json:
        print_json(report.to_dict())
        return
    say(
        Text(
            f"{report.rows} 行中 {report.joined} 行属于 {report.firms} 家企业;待人判断 {report.doubts} 对;"
            f"快照 {report.snapshot}。",
            f"Of {report.rows} rows, {report.joined} are {report.firms} firms; {report.doubts} pairs are "
            f"left to people; snapshot {report.snapshot}.",
        )
    )
    for left, right in report.refused:
        say(
            Text(
                f"  判为同一家但不能合并(代码不同,或与另一判断相反):{left} {right}",
                f"  judged the same, but of different codes or against another judgement: {left} {right}",
            )
        )
    doubts = space.registry.doubts()
    if doubts.num_rows:
        table = new_table(("企业", "firm"), ("企业", "firm"), ("概率", "probability"))
        for row in doubts.slice(0, SHOWN).to_pylist():
            table.add_row(row["left_id"], row["right_id"], f"{row['probability']:.2f}")
        results().print(table)


def judge(
    left: Annotated[str, typer.Argument(help="企业编号 · firm id")],
    right: Annotated[str, typer.Argument(help="企业编号 · firm id")],
    verdict: Annotated[str, typer.Argument(help="same、different、unsure,或 undo 撤回 · or undo")],
    by: Annotated[str | None, typer.Option("--by", help="判断人 · who says so")] = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """判断两行是否同一家企业,可撤回 · Say whether two rows are one firm; can be undone."""
    space = Workspace(workspace)
    if verdict == "undo":
        count = space.undo_judgement(left, right)
        if as_json:
            print_json({"undone": count})
        else:
            say(Text(f"已撤回 {count} 条判断。", f"{count} judgements taken back."))
        return
    made = space.judge(left, right, verdict, by=by or getpass.getuser())
    if as_json:
        print_json({"left": made.left, "right": made.right, "verdict": made.verdict.value, "by": made.by})
    else:
        say(Text("已记录;下次 resolve 时生效。", "Kept; the next resolve heeds it."))


def find(
    text: Annotated[str, typer.Argument(help="简称 · short name")],
    limit: Annotated[int, typer.Option(min=1, help="最多几家 · at most")] = 10,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """按简称找企业,按可能性排列 · Firms that a short name may mean, the likeliest first."""
    found = Workspace(workspace).registry.find(text, limit=limit)
    if as_json:
        print_json([firm.to_dict() for firm in found])
        return
    if not found:
        say(Text(f"没有找到“{text}”。", f'Nothing found for "{text}".'))
        return
    table = new_table(("企业", "firm"), ("编号", "id"), ("得分", "score"))
    for firm in found:
        table.add_row(firm.name, firm.firm_id, f"{firm.score:.1f}")
    results().print(table)
