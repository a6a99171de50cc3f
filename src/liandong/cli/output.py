"""How commands speak: results on stdout, everything else on stderr, in the reader's language."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from liandong.errors import InputError, Language, Text

LANGUAGE_VARIABLE = "LIANDONG_LANG"
PIPE_WIDTH = 132


def language() -> Language:
    """The reader's language: Chinese, unless `--lang` or LIANDONG_LANG says English."""
    return "en" if os.environ.get(LANGUAGE_VARIABLE, "zh").lower().startswith("en") else "zh"


def set_language(value: str | None) -> str | None:
    """The callback of `--lang`: what is asked for holds for the whole run."""
    if value is None:
        return None
    if value not in ("zh", "en"):
        raise typer.BadParameter("zh | en")
    os.environ[LANGUAGE_VARIABLE] = value
    return value


WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", help="工作区文件夹 · the workspace's folder", show_default=True)
]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出 JSON · print JSON and nothing else")]
LangOption = Annotated[
    str | None,
    typer.Option("--lang", help="zh | en", callback=set_language, is_eager=True, metavar="LANG"),
]


def say(text: Text) -> None:
    """A remark for people, on stderr."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(text(language()), markup=False)


def results() -> Console:
    """Where results for people go; a file or pipe gets lines of a fixed width."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def new_table(*heads: tuple[str, str], title: str | None = None) -> Table:
    """An empty table with headings in the reader's language; long texts are folded, never cut."""
    table = Table(title=title)
    for head in heads:
        table.add_column(pick(*head), overflow="fold")
    return table


def print_json(data: Any) -> None:
    """A result for programs."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def pick(zh: str, en: str) -> str:
    """The word of the reader's language."""
    return zh if language() == "zh" else en


def parse_mapping(pairs: list[str]) -> dict[str, str]:
    """`COLUMN=FIELD` options as a dict. Raises InputError naming the option that is no pair."""
    mapping = {}
    for pair in pairs:
        column, equals, field = pair.rpartition("=")
        if not (equals and column and field):
            raise InputError(
                Text(f"“{pair}”应写成 列名=字段。", f'"{pair}" should read COLUMN=FIELD.'), field="--map"
            )
        mapping[column] = field
    return mapping


@contextmanager
def progress(title: Text) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar on stderr: call with what is done and the total, if known. Quiet where nobody looks."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title(language()), total=None)

        def advance(done: int, total: int | None = None) -> None:
            bar.update(task, completed=done, total=total)

        yield advance
