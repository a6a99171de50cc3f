"""`registry …`: firm tables in, counts, look-ups and one canonical table out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from liandong.briefs.vocabulary import coverage_words
from liandong.cli import previewing
from liandong.cli.output import (
    JsonOption,
    LangOption,
    WorkspaceOption,
    language,
    new_table,
    parse_mapping,
    pick,
    print_json,
    progress,
    results,
    say,
)
from liandong.errors import Text
from liandong.figures import Figure, render
from liandong.reference import divisions, resolve_region
from liandong.registry import ImportReport, Preview, emerging_industry
from liandong.workspace import Workspace

lists = typer.Typer(help="荣誉名单:导入、计数 · honour lists", no_args_is_help=True)
app = typer.Typer(help="企业登记库:导入、分类、查询、导出 · the registry of firms", no_args_is_help=True)

app.add_typer(lists, name="honours")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Parquet、CSV、Excel", show_default=False)],
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="列名=字段,可重复 · COLUMN=FIELD, repeatable")
    ] = None,
    allow_mixed: Annotated[
        bool,
        typer.Option("--allow-mixed", help="允许合成与真实数据并存 · let synthetic and real rows mix"),
    ] = False,
    note: Annotated[
        list[str] | None,
        typer.Option("--note", help="数据局限,如 listed_firms_only · a limit of the data, repeatable"),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="只看不导入 · show what would be imported; change nothing")
    ] = False,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """导入企业表,全部成功或全不改动 · Import firm tables: all or nothing."""
    pairs = parse_mapping(mapping or [])
    if preview:
        _look(Workspace(workspace), files, pairs, allow_mixed, as_json)
        return
    with progress(Text("导入企业", "importing firms")) as advance:
        report = Workspace(workspace).import_firms(
            files, mapping=pairs or None, notes=note or (), allow_mixed=allow_mixed, progress=advance
        )
    if as_json:
        print_json(report.to_dict())
        return
    if not report.changed:
        say(Text("这些文件早已导入,没有改动。", "These files were imported before; nothing changed."))
        return
    say(
        Text(
            f"登记库现有 {report.rows} 家企业(新增 {report.added},并入已有企业 {report.merged} 行,"
            f"退回 {report.rejected} 行),快照 {report.snapshot}。",
            f"The registry has {report.rows} firms (new {report.added}, rows merged into known firms "
            f"{report.merged}, rejected {report.rejected}), snapshot {report.snapshot}.",
        )
    )
    _say_remarks(report)
    if report.remarks_file:
        say(Text(f"逐行说明:{report.remarks_file}", f"Row by row: {report.remarks_file}"))
    if report.rejected_file:
        say(Text(f"退回的行:{report.rejected_file}", f"Rejected rows: {report.rejected_file}"))


def _look(
    workspace: Workspace, files: list[Path], mapping: dict[str, str], allow_mixed: bool, as_json: bool
) -> None:
    """Show what an import would do."""
    found = workspace.registry.preview_files(files, mapping=mapping or None, allow_mixed=allow_mixed)
    if as_json:
        print_json(found.to_dict())
        return
    previewing.show(found)
    _say_remarks(found)
    for each in found.rejections:
        where = each.file if each.sheet is None else f"{each.file} › {each.sheet}"
        words = reason_words(each.reason)
        said = f": {each.found}" if each.found else ""
        say(
            Text(
                f"  {where} › 第 {each.row} 行 › {each.field}:{words}{said}",
                f"  {where} › row {each.row} › {each.field}: {words}{said}",
            )
        )


def _say_remarks(report: ImportReport | Preview) -> None:
    for (field, reason), rows in sorted(report.remarks.items()):
        words = reason_words(reason)
        say(Text(f"  {field}:{words},{rows} 行", f"  {field}: {words}, {rows} rows"))


@app.command()
def undo(workspace: WorkspaceOption = Path(), as_json: JsonOption = False, lang: LangOption = None) -> None:
    """撤回上一次导入或分类 · Take back the last import or classification."""
    snapshot = Workspace(workspace).registry.undo()
    name = None if snapshot is None else snapshot.id
    if as_json:
        print_json({"snapshot": name})
        return
    if name is None:
        say(Text("登记库已回到空的状态。", "The registry is empty again."))
    else:
        say(Text(f"登记库已回到快照 {name}。", f"The registry is back at snapshot {name}."))


@app.command()
def classify(
    workspace: WorkspaceOption = Path(), as_json: JsonOption = False, lang: LangOption = None
) -> None:
    """按名称和经营范围归入国民经济行业 · Classify firms to GB/T 4754 by name and scope."""
    with progress(Text("行业分类", "classifying")) as advance:
        report = Workspace(workspace).registry.classify(progress=advance)
    if as_json:
        print_json(report.to_dict())
        return
    say(
        Text(
            f"{report.rows} 家中 {report.classified} 家有了行业,{report.unknown} 家不明;"
            f"快照 {report.snapshot}。",
            f"{report.classified} of {report.rows} firms have an industry, {report.unknown} are unknown; "
            f"snapshot {report.snapshot}.",
        )
    )


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="名称、代码、字号、主业 · name, code, brand, trade")],
    limit: Annotated[int, typer.Option(min=1, help="最多几家 · at most")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="略过几家 · left out before")] = 0,
    region: Annotated[
        list[str] | None, typer.Option("--region", help="地区名,可重复 · place, repeatable")
    ] = None,
    industry: Annotated[
        list[str] | None, typer.Option("--industry", help="行业代码,可重复 · GB/T 4754, repeatable")
    ] = None,
    honour: Annotated[
        list[str] | None, typer.Option("--honour", help="荣誉,可重复 · title, repeatable")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="登记状态,可重复 · as registered, repeatable")
    ] = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """查找企业 · Look firms up."""
    places = [code for name in region for code in resolve_region(name).codes] if region else None
    found = Workspace(workspace).registry.search(
        text, limit, regions=places, industries=industry, honours=honour, status=status, offset=offset
    )
    if as_json:
        print_json([firm.to_dict() for firm in found])
        return
    if not found:
        say(Text(f"没有找到“{text}”。", f'Nothing found for "{text}".'))
        return
    table = new_table(("企业", "firm"), ("所在地", "place"), ("行业", "industry"), ("代码", "code"))
    for firm in found:
        table.add_row(firm.name, firm.region_text or "—", firm.industry or "—", firm.uscc or "—")
    results().print(table)


@lists.command("import")
def import_honours(
    files: Annotated[list[Path], typer.Argument(help="荣誉名单 · honour lists", show_default=False)],
    title: Annotated[
        str | None, typer.Option("--title", help="名单没有荣誉列时的荣誉名称 · title of a list without one")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option(
            "--date",
            formats=["%Y-%m-%d"],
            help="名单没有日期时的认定日期 · since when, if a list has no date",
        ),
    ] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help="列名=字段,可重复 · COLUMN=FIELD, repeatable")
    ] = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """导入荣誉名单,按名称或代码找到企业 · Import honour lists: firms are found by name or code."""
    report = Workspace(workspace).registry.import_honours(
        files, title=title, day=day.date() if day else None, mapping=parse_mapping(mapping or [])
    )
    if as_json:
        print_json(report.to_dict())
        return
    say(
        Text(
            f"名单 {report.rows} 行:新增 {report.added},已有 {report.known},"
            f"待补正 {sum(report.open.values())};"
            f"快照 {report.snapshot}。",
            f"{report.rows} rows: {report.added} new, {report.known} known, "
            f"{sum(report.open.values())} to mend; snapshot {report.snapshot}.",
        )
    )
    for reason, rows in report.open.items():
        say(Text(f"  {reason_words(reason)},{rows} 行", f"  {reason_words(reason)}, {rows} rows"))
    if report.open_file:
        say(Text(f"请补正后再导入:{report.open_file}", f"To mend and import again: {report.open_file}"))


@lists.command("count")
def count_honours(
    day: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至哪一天 · as of which day")
    ] = None,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """某一天有效的荣誉各有多少家 · How many firms hold each honour on a day."""
    registry = Workspace(workspace).registry
    as_of = day.date() if day else date.today()
    titles = sorted(set(registry.honours(as_of)["title"].to_pylist()))
    counts = {title: registry.count(honours=(title,), as_of=as_of) for title in titles}
    if as_json:
        print_json({title: figure.to_dict() for title, figure in counts.items()})
        return
    _counts(("荣誉", "honour"), counts, most=None)


@app.command()
def stats(workspace: WorkspaceOption = Path(), as_json: JsonOption = False, lang: LangOption = None) -> None:
    """家数、缺项、覆盖范围 · Counts, missing values, coverage."""
    found = Workspace(workspace).registry.stats()
    if as_json:
        print_json(found.to_dict())
        return
    results().print(
        pick(
            f"{render(found.rows)},快照 {found.snapshot}。{coverage_words(found.coverage, 'zh')}",
            f"{render(found.rows, 'en')}, snapshot {found.snapshot}. {coverage_words(found.coverage, 'en')}",
        )
    )
    _counts(("省份", "province"), {_place(code): each for code, each in found.by_province.items()})
    _counts(("城市", "prefecture"), {_place(code): each for code, each in found.by_prefecture.items()})
    _counts(("成立年份", "founded in"), {str(year): each for year, each in found.by_year.items()}, most=None)
    _counts(("缺项", "not known"), found.missing, most=None)
    _counts(
        ("代码问题", "code problem"), {reason_words(name): each for name, each in found.code_problems.items()}
    )
    _counts(
        ("战略性新兴产业", "strategic emerging industry"),
        {emerging_industry(code).name: each for code, each in found.by_emerging.items()},
    )


@app.command()
def export(
    output: Annotated[Path, typer.Argument(help=".parquet、.csv、.xlsx")],
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """导出规范企业表 · Write the canonical table."""
    path = Workspace(workspace).registry.export(output)
    if as_json:
        print_json({"path": str(path)})
        return
    say(Text(f"已写出:{path}", f"Written: {path}"))


REASONS = {
    "no_amount_or_unit": Text("没有数额或单位", "no amount or unit"),
    "total": Text("合计行", "a row of totals"),
    "header": Text("表头", "a row of headings"),
    "no_letters": Text("不是名称", "no name"),
    "too_long": Text("太长", "too long"),
    "unknown_industry": Text("不是国标行业", "no industry of GB/T 4754"),
    "no_count": Text("不是整数", "no whole number"),
    "nearly_empty": Text("几乎是空行", "nearly empty"),
    "unreadable": Text("无法识别", "cannot be read"),
    "missing": Text("缺少", "missing"),
    "check": Text("校验码不符", "check character does not agree"),
    "length": Text("位数不对", "wrong length"),
    "characters": Text("含有不允许的字符", "characters that a code cannot have"),
    "legacy": Text("旧代码", "code of the old kind"),
    "duplicate": Text("同一代码用于不同企业", "one code for several firms"),
    "repeated": Text("重复行", "the same row again"),
    "unfound": Text("登记库中没有这家企业", "no such firm in the registry"),
    "ambiguous": Text("多家企业同名", "several firms of that name"),
    "unknown_title": Text("没有这项荣誉", "no such honour"),
    "no_date": Text("没有日期", "no date"),
    "no_name": Text("没有企业名称", "no firm's name"),
}


def reason_words(code: str) -> str:
    """A reason of the registry in words; its own name where there are none."""
    return REASONS[code](language()) if code in REASONS else code


def _counts(head: tuple[str, str], counts: Mapping[str, Figure], *, most: int | None = 20) -> None:
    """Names with their numbers of firms; the largest, and how many more there are."""
    known = [(name, each) for name, each in counts.items() if each.value]
    if not known:
        return
    table = new_table(head, ("家数", "firms"))
    for name, each in known[:most]:
        table.add_row(name, render(each, language()))
    results().print(table)
    if most is not None and len(known) > most:
        say(
            Text(
                f"  另有 {len(known) - most} 项(--json 看全部)",
                f"  {len(known) - most} more (--json shows all)",
            )
        )


def _place(code: str) -> str:
    found = divisions.division(code)
    return code if found is None else found.name
