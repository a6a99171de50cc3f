"""`programmes`: talent plans, funds and policies: load them, list them, ask who qualifies."""

from __future__ import annotations

from datetime import datetime
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
    say,
)
from liandong.errors import Text
from liandong.programmes import Outcome, in_effect, write_template
from liandong.workspace import Workspace

app = typer.Typer(
    help="人才计划、基金、政策:载入、列出、匹配 · talent plans, funds, policies", no_args_is_help=True
)

DayOption = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="日期 · the day; else today")
]
OUTCOMES = {
    Outcome.MET: Text("符合", "qualifies"),
    Outcome.FAILED: Text("不符合", "fails"),
    Outcome.OPEN: Text("待核实", "open"),
}


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="programmes.toml, .xlsx", show_default=False)],
    workspace: WorkspaceOption = Path(),
    lang: LangOption = None,
) -> None:
    """载入政策项目(代替原有的) · Load programmes in place of the present ones."""
    found = Workspace(workspace).load_programmes(file)
    say(Text(f"已载入 {len(found)} 项。", f"{len(found)} programmes loaded."))


@app.command("list")
def show(
    day: DayOption = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """列出政策项目及是否有效 · List the programmes, and whether each is in effect."""
    on = (day or datetime.now()).date()
    found = Workspace(workspace).programmes()
    if as_json:
        print_json(
            [
                {
                    "name": each.name,
                    "kind": each.kind.value,
                    "status": each.status.value,
                    "review": each.review.value,
                    "conditions": len(each.conditions),
                    "hindrances": [{"zh": text.zh, "en": text.en} for text in in_effect(each, on)],
                }
                for each in found
            ]
        )
        return
    table = new_table(("名称", "name"), ("类别", "kind"), ("条件", "conditions"), ("效力", "in effect"))
    for each in found:
        why = "; ".join(text(language()) for text in in_effect(each, on))
        table.add_row(each.name, each.kind.value, str(len(each.conditions)), why or pick("有效", "yes"))
    results().print(table)


@app.command()
def match(
    firm: Annotated[str, typer.Argument(help="企业名称或代码 · name or code of a firm", show_default=False)],
    day: DayOption = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """一家企业符合哪些项目,哪一条不符合 · What a firm qualifies for, and which condition fails."""
    found = Workspace(workspace).qualifies(firm, on=day.date() if day else None)
    if as_json:
        print_json([each.to_dict() for each in found])
        return
    for each in found:
        why = "; ".join(text(language()) for text in each.hindrances)
        end = f" ({why})" if why else ""
        results().print(f"{each.programme.name}: {OUTCOMES[each.outcome](language())}{end}")
        for verdict in each.verdicts:
            results().print(f"  {verdict.text(language())}")


@app.command()
def template(
    output: Annotated[Path, typer.Argument(help=".xlsx", show_default=False)], lang: LangOption = None
) -> None:
    """写出空白的 Excel 表 · Write an empty workbook to fill in."""
    write_template(output, language())
    say(Text(f"已写出:{output}", f"Written: {output}"))
