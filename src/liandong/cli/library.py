"""`init`, `read`, `facts`, `add`: from a page to facts, looked at or kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

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
from liandong.documents import Page
from liandong.documents import read as read_page
from liandong.errors import Text
from liandong.facts import Fact, ProposalError, extract, propose, review_page
from liandong.workspace import Workspace

Pages = Annotated[
    list[Path],
    typer.Argument(
        help="文本、网页、Word、PDF、表格,- 为标准输入 · text, HTML, Word, PDF, tables; - is stdin",
        show_default=False,
    ),
]
Published = Annotated[str | None, typer.Option(help="发布日期 · date of the page, YYYY-MM-DD")]
Region = Annotated[str | None, typer.Option(help="“我市”指哪里 · the place that the page speaks for")]


def init(
    folder: Annotated[Path, typer.Argument(help="新工作区 · folder of the new workspace")],
    plan: Annotated[Path | None, typer.Option(help="产业规划 plan.toml · the city's plan")] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """新建工作区 · Make a new workspace."""
    workspace = Workspace.create(folder, plan=plan)
    if as_json:
        print_json({"workspace": str(workspace.folder), "city": workspace.configuration.city})
        return
    say(Text(f"工作区已建立:{workspace.folder}", f"Workspace made: {workspace.folder}"))


def read(
    pages: Pages,
    published: Published = None,
    region: Region = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """读取页面:标题、时间、来源、署名、正文范围 · Read pages: title, time, source, credits, body."""
    found = [read_page(path, published=published, region=region) for path in pages]
    if as_json:
        print_json([page.to_dict() for page in found])
        return
    for page in found:
        results().print(_summary(page))


def facts(
    pages: Pages,
    published: Published = None,
    region: Region = None,
    html: Annotated[Path | None, typer.Option(help="审阅页 · write a review page here")] = None,
    model: Annotated[str | None, typer.Option(help="另请此模型提议 · let this model propose too")] = None,
    endpoint: Annotated[str, typer.Option(help="模型服务地址 · its OpenAI-compatible address")] = "",
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """提取事实,每条指向原句 · Extract facts, each pointing at its sentence."""
    found = []
    for path in pages:
        page = read_page(path, published=published, region=region)
        stated = extract(page)
        found.append((path, page, [*stated, *_proposed(page, stated, model, endpoint)] if model else stated))
    if html is not None:
        _write_reviews(html, [(page, stated) for _, page, stated in found])
    if as_json:
        print_json([_page_facts(path, page, stated) for path, page, stated in found])
        return
    for _, page, stated in found:
        results().print(_summary(page))
        results().print(fact_table(stated))


def add(
    pages: Pages,
    published: Published = None,
    region: Region = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """读取、提取并存入资料库 · Read, extract and keep (idempotent)."""
    added = Workspace(workspace).add(pages, published=published, region=region)
    if as_json:
        print_json([{"page": item.page.sha256, "new": item.new, "facts": len(item.facts)} for item in added])
        return
    for item in added:
        name, number = item.page.title or item.page.origin, len(item.facts)
        if item.new:
            place = item.page.region or "—"
            say(
                Text(
                    f"已存入:{name}({number} 条事实;“全市”指{place})",
                    f"Kept: {name} ({number} facts; its own city is {place})",
                )
            )
        else:
            say(Text(f"早已存入:{name}({number} 条事实)", f"Already kept: {name} ({number} facts)"))


def _proposed(page: Page, known: list[Fact], model: str, endpoint: str) -> tuple[Fact, ...]:
    """What the model proposes and the gate admits; refusals and unusable answers are told."""
    try:
        proposals = propose(page, endpoint=endpoint, model=model, known=known)
    except ProposalError as error:
        say(Text(error.text("zh"), error.text("en")))
        proposals = error.proposals
    counts = len(proposals.admitted), len(proposals.refused), proposals.repeated
    say(
        Text(
            "模型提议:采纳 {} 条,拒绝 {} 条,重复 {} 条".format(*counts),
            "Proposed by the model: {} admitted, {} refused, {} repeated".format(*counts),
        )
    )
    return proposals.admitted


def fact_table(facts: list[Fact]) -> Table:
    """Facts in page order, as a table for people."""
    table = new_table(
        ("类别", "kind"),
        ("主体", "subject"),
        ("指标", "indicator"),
        ("数值/内容", "value"),
        ("时间", "period"),
        ("性质", "modality"),
    )
    for fact in facts:
        table.add_row(
            fact.kind.value,
            fact.subject,
            fact.indicator,
            fact.value_text or "",
            fact.period or "—",
            fact.modality,
        )
    return table


def _page_facts(path: Path, page: Page, facts: list[Fact]) -> dict[str, Any]:
    return {
        "page": {"path": str(path), "sha256": page.sha256, "title": page.title, "published": page.published},
        "facts": [fact.to_dict() for fact in facts],
    }


def _summary(page: Page) -> str:
    unknown = pick("不明", "unknown")
    lines = [
        page.title or pick("(无标题)", "(no title)"),
        f"  {pick('发布', 'published')}: {page.published or unknown}",
        f"  {pick('来源', 'source')}: {page.source or unknown}",
    ]
    lines += [f"  {credit.role}: {'、'.join(credit.names)}" for credit in page.credits]
    kept = sum(span.end - span.start for span in page.body)
    lines.append(
        pick(f"  正文 {kept} 字,全文 {len(page.raw)} 字", f"  body {kept} of {len(page.raw)} characters")
    )
    return "\n".join(lines)


def _write_reviews(target: Path, found: list[tuple[Page, list[Fact]]]) -> None:
    """One page goes to the file itself, several into a folder of that name."""
    if len(found) == 1:
        target.write_text(review_page(*found[0], language()), encoding="utf-8")
        return
    target.mkdir(parents=True, exist_ok=True)
    for page, facts in found:
        name = f"{Path(page.origin).stem}-{page.sha256[:8]}.html"
        (target / name).write_text(review_page(page, facts, language()), encoding="utf-8")
