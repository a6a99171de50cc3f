"""`plan load`, `dump`, `suggest`, `check`: the city's own scheme as TOML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from liandong.cli.output import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    language,
    pick,
    print_json,
    results,
    say,
)
from liandong.errors import Text
from liandong.plan import Remark, TierKey, dump_chain
from liandong.plan import check as check_plan
from liandong.plan import load as load_plan
from liandong.plan import suggest as suggest_chain
from liandong.workspace import Workspace

app = typer.Typer(help="产业规划:载入、导出、检查 · the city's plan", no_args_is_help=True)

PlanFile = Annotated[Path, typer.Argument(help="plan.toml", show_default=False)]


@app.command()
def load(
    file: PlanFile, workspace: WorkspaceOption = Path(), as_json: JsonOption = False, lang: LangOption = None
) -> None:
    """载入规划(代替原有的) · Load a plan in place of the present one."""
    remarks = Workspace(workspace).load_plan(file)
    _report(remarks, as_json)


@app.command()
def dump(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到文件 · write to a file")] = None,
    workspace: WorkspaceOption = Path(),
    lang: LangOption = None,
) -> None:
    """导出规划 · Print the workspace's plan as TOML."""
    text = Workspace(workspace).dump_plan()
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        say(Text(f"已写出:{output}", f"Written: {output}"))


@app.command()
def suggest(
    name: Annotated[str, typer.Argument(help="产业链名称 · name of the chain", show_default=False)],
    words: Annotated[
        list[str] | None, typer.Option("--word", help="产品词 · a product word (repeatable)")
    ] = None,
    industries: Annotated[
        list[str] | None, typer.Option("--industry", help="GB/T 4754 行业代码 · code (repeatable)")
    ] = None,
    tier: Annotated[TierKey, typer.Option("--tier", help="梯队 · tier")] = TierKey.EMERGING,
    english: Annotated[str | None, typer.Option("--english", help="英文名 · English name")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写到文件 · write to a file")] = None,
    workspace: WorkspaceOption = Path(),
    lang: LangOption = None,
) -> None:
    """为一条链起草环节和供应关系,供人修改 · Draft the nodes and supplies of a chain, for people to edit."""
    opened = Workspace(workspace)
    draft = suggest_chain(
        name,
        opened.registry,
        opened.plan.city,
        words=words or (),
        industries=industries or (),
        tier=tier,
        english=english,
    )
    text = dump_chain(draft)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        say(Text(f"已写出:{output}", f"Written: {output}"))


@app.command()
def check(
    file: Annotated[
        Path | None, typer.Argument(help="plan.toml;不给则检查工作区的 · else the workspace's")
    ] = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """检查规划:口号与清单是否相符、环节是否重叠 · Check a plan: slogans that do not add up, overlaps."""
    plan = load_plan(file) if file is not None else Workspace(workspace).plan
    _report(check_plan(plan), as_json)


def _report(remarks: tuple[Remark, ...], as_json: bool) -> None:
    if as_json:
        print_json([remark.to_dict() for remark in remarks])
        return
    if not remarks:
        say(Text("规划没有问题。", "Nothing to remark on the plan."))
    for remark in remarks:
        results().print(f"{pick('注意', 'note')}: {remark.text(language())}")
