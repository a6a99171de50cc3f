"""`meet`: from who wishes to meet whom to who sits where and when."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

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
from liandong.errors import InputError, Text
from liandong.meetings import (
    Event,
    Schedule,
    Status,
    read_event,
    read_suggestions,
    schedule,
    to_ical,
    with_wishes,
    write_schedule,
    write_suggestions,
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


def meet(
    event: Annotated[
        Path | None, typer.Argument(help="活动:xlsx、toml 或 dzn · the event", show_default=False)
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="写一个空白工作簿到这里 · write an empty workbook here")
    ] = None,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help="写到 .xlsx 或 .ics · write to .xlsx or .ics")
    ] = None,
    time_limit: Annotated[float, typer.Option("--time-limit", help="秒 · seconds", min=0.1)] = 60.0,
    conflicts: Annotated[
        int | None,
        typer.Option("--conflicts", help="按冲突数而非时间,结果可重复 · a repeatable budget", min=1),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="另一个种子,另一种搜索次序 · another order of search", min=0)
    ] = 0,
    suggest: Annotated[
        Path | None,
        typer.Option("--suggest", help="把建议谁见谁写到这个 .xlsx · write whom to suggest to whom here"),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            "--answers", help="填好答复的建议,接受的并入意愿 · suggestions with the answers filled in"
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", help="每方最多几条建议 · suggestions a side at most", min=1)
    ] = 8,
    workspace: WorkspaceOption = Path(),
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """排会谈:谁、何时、在哪张桌 · Schedule an event's one-to-one meetings, with proof."""
    if template is not None:
        write_template(template, language())
        say(Text(f"已写出:{template}", f"Written: {template}"))
    if event is None:
        if template is None:
            raise typer.BadParameter(pick("请给出活动文件,或用 --template", "give an event, or --template"))
        return
    asked = read_event(event)
    if suggest is not None:
        _suggest(asked, suggest, workspace, limit)
        return
    if answers is not None:
        asked = with_wishes(asked, read_suggestions(answers, asked))
    if not asked.meetings:
        raise InputError(
            Text(
                "没有会谈意愿。请填写意愿,或用 --answers 给出答复过的建议。",
                "There are no wishes. Fill them in, or give answered suggestions with --answers.",
            ),
            file=event.name,
        )
    found = schedule(
        asked,
        time_limit=None if conflicts is not None else time_limit,
        conflicts=conflicts,
        seed=seed,
        on_better=None if as_json else _improved,
    )
    for path in output or ():
        _write(found, path)
    if as_json:
        print_json(found.to_dict())
    else:
        show(found)


def show(found: Schedule) -> None:
    """A schedule for people."""
    say(STATUSES[found.status])
    for reason in found.reasons:
        results().print(f"· {reason.text(language())}", markup=False)
    if found.gaps is None:
        return
    table = Table(pick("时段", "slot"), pick("桌", "table"), pick("会谈", "meeting"), pick("双方", "sides"))
    for placement in sorted(found.placements, key=lambda each: (each.slot, each.table)):
        meeting = found.event.meetings[found.event.position[placement.meeting]]
        start = found.event.slots[placement.slot - 1].start
        table.add_row(
            str(placement.slot) if start is None else f"{start:%m-%d %H:%M}",
            found.event.tables[placement.table - 1].name,
            meeting.id,
            found.event.pair(meeting),
        )
    results().print(table)
    for meeting_id in found.unheld:
        meeting = found.event.meetings[found.event.position[meeting_id]]
        say(Text(f"未排上:{found.event.pair(meeting)}", f"Not held: {found.event.pair(meeting)}"))
    _improved(found)


def _suggest(event: Event, path: Path, folder: Path, limit: int) -> None:
    from liandong.workspace import Workspace  # opens the store, which scheduling does without

    found = Workspace(folder).suggest(event, limit=limit, language=language())
    write_suggestions(event, found, path, language())
    say(Text(f"已写出 {len(found)} 条建议:{path}", f"{len(found)} suggestions written: {path}"))


def _write(found: Schedule, path: Path) -> None:
    if path.suffix.lower() == ".xlsx":
        write_schedule(found, path, language())
    elif path.suffix.lower() == ".ics":
        path.write_text(to_ical(found), encoding="utf-8", newline="")
    else:
        raise InputError(Text("只能写 .xlsx 或 .ics。", "Only .xlsx or .ics can be written."), file=path.name)
    say(Text(f"已写出:{path}", f"Written: {path}"))


def _improved(found: Schedule) -> None:
    bound = "?" if found.bound is None else str(found.bound)
    held, total = len(found.placements), len(found.event.meetings)
    say(
        Text(
            f"{found.seconds:.1f} 秒:排上 {held}/{total} 场,空档 {found.gaps}(至少 {bound})",
            f"{found.seconds:.1f} s: {held} of {total} meetings, {found.gaps} idle gaps (at least {bound})",
        )
    )
