"""`brief`: documents in which every figure has its source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from liandong.cli.output import JsonOption, LangOption, WorkspaceOption, language, print_json, say
from liandong.errors import Text
from liandong.workspace import BRIEFS, About, Workspace


def brief(
    kind: Annotated[str, typer.Argument(help=", ".join(BRIEFS))] = "city",
    formats: Annotated[
        str | None,
        typer.Option("--format", help="docx,pptx,html,xlsx,pdf; 默认按种类 · by kind if not given"),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="文件夹 · folder")] = Path(),
    template: Annotated[
        Path | None, typer.Option("--template", help="自己的 .docx 或 .pptx 模板 · your own template")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", help="来源地 · source region of the targets")
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option("--since", help="上一份简报,说明变化 · an earlier brief, to tell what changed"),
    ] = None,
    chain: Annotated[str | None, typer.Option("--chain", "-c", help="产业链 · for chain, dossier")] = None,
    node: Annotated[str | None, typer.Option("--node", "-n", help="环节 · a node of the chain")] = None,
    top: Annotated[int | None, typer.Option("--top", "-k", min=1, help="多少家 · how many firms")] = None,
    event: Annotated[Path | None, typer.Option("--event", help="活动文件 · for the handbook")] = None,
    projects: Annotated[
        Path | None,
        typer.Option("--projects", help="项目文件,否则用工作区的项目 · projects.toml, else the store"),
    ] = None,
    month: Annotated[str | None, typer.Option("--month", help="月份 · 2026-06, for monthly")] = None,
    of: Annotated[
        str | None, typer.Option("--of", help="编号,逗号分隔 · ids of projects, a trip or a meeting")
    ] = None,
    signed_at: Annotated[
        str | None, typer.Option("--signed-at", help="只列该活动的签约 · an event, for signings")
    ] = None,
    head: Annotated[
        Path | None, typer.Option("--head", help="公文版头 · letterhead.toml of an official paper")
    ] = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """生成简报,每个数字都有出处 · Write a brief in which every figure has its source."""
    wanted = tuple(part.strip() for part in (formats or "").split(",") if part.strip())
    chosen = tuple(part.strip() for part in (of or "").split(",") if part.strip())
    about = About(chain, node, source, top, event, projects, month, chosen, signed_at, head)
    paths = Workspace(workspace).brief(
        kind,
        formats=wanted,
        directory=output,
        language=language(),
        about=about,
        template=template,
        since=since,
    )
    if as_json:
        print_json([str(path) for path in paths])
        return
    for path in paths:
        say(Text(f"已写出:{path}", f"Written: {path}"))
