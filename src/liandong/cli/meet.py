"""`meet`: from who wishes to meet whom to who sits where and when."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from liandong.cli.output import JsonOption, LangOption, pick, print_json, results, say
from liandong.errors import Text
from liandong.meetings import Schedule, Status, read_event, schedule

STATUSES = {
    Status.OPTIMAL: Text("已证明最优", "proven optimal"),
    Status.FEASIBLE: Text("可行,未证明最优", "feasible, not proven optimal"),
    Status.INFEASIBLE: Text("无解(已证明)", "infeasible (proven)"),
    Status.UNKNOWN: Text("时限内没有结论", "no answer within the limit"),
}


def meet(
    event: Annotated[Path, typer.Argument(help="活动:xlsx、toml 或 dzn · the event", show_default=False)],
    time_limit: Annotated[float, typer.Option("--time-limit", help="秒 · seconds", min=0.1)] = 60.0,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """排会谈:谁、何时、在哪张桌 · Schedule an event's one-to-one meetings, with proof."""
    found = schedule(read_event(event), time_limit=time_limit, on_better=None if as_json else _improved)
    if as_json:
        print_json(found.to_dict())
        return
    show(found)


def show(found: Schedule) -> None:
    """A schedule for people."""
    say(STATUSES[found.status])
    for reason in found.reasons:
        say(Text(f"· {reason.text.zh}", f"· {reason.text.en}"))
    if found.gaps is None:
        return
    table = Table(pick("时段", "slot"), pick("桌", "table"), pick("会谈", "meeting"), pick("双方", "sides"))
    for placement in sorted(found.placements, key=lambda each: (each.slot, each.table)):
        meeting = found.event.meetings[found.event.position[placement.meeting]]
        table.add_row(
            str(placement.slot),
            found.event.tables[placement.table - 1].name,
            meeting.id,
            found.event.pair(meeting),
        )
    results().print(table)
    say(_summary(found))


def _improved(found: Schedule) -> None:
    say(_summary(found))


def _summary(found: Schedule) -> Text:
    bound = "?" if found.bound is None else str(found.bound)
    total = len(found.event.meetings)
    return Text(
        f"{found.seconds:.1f} 秒:排上 {len(found.placements)}/{total} 场,空档 {found.gaps}(下界 {bound})",
        f"{found.seconds:.1f} s: {len(found.placements)} of {total} meetings held, "
        f"{found.gaps} idle gaps (at least {bound})",
    )
