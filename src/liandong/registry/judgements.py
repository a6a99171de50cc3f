"""What people judge of two firms: the same, different, or not to be said.

Judgements are kept apart from rows, name firms by their `firm_id` (which survives re-import), and are never
deleted: one that is undone stays, marked. The last one that stands counts. They come from anywhere: the
workspace's store, a CSV file, a table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from liandong.errors import InputError, Text

COLUMNS = ("left", "right", "verdict", "score", "by", "at", "undone")


class Verdict(StrEnum):
    """What was judged."""

    SAME = "same"
    """One firm: joined, whatever the resolver thinks, unless their valid codes differ."""
    DIFFERENT = "different"
    """Two firms: never joined, not even by way of a third."""
    UNSURE = "unsure"
    """Not to be said: the resolver does not join these two by their own likeness."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement. left, right: firm_ids, the smaller first. score: 0 … 1, how sure, None if not said.
    by: who (a person, or `resolver`). at: when. undone: when it was taken back, None while it stands.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    at: datetime
    score: float | None = None
    undone: datetime | None = None

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise InputError(Text("判断需要两家不同的企业。", "a judgement needs two firms."), field="right")
        if self.left > self.right:
            left, right = self.right, self.left
            object.__setattr__(self, "left", left)
            object.__setattr__(self, "right", right)
        if self.score is not None and not 0 <= self.score <= 1:
            raise InputError(
                Text(f"把握 {self.score} 不在 0 到 1 之间。", f"the score {self.score} is not in 0 … 1."),
                field="score",
            )
        object.__setattr__(self, "verdict", Verdict(self.verdict))

    @property
    def pair(self) -> tuple[str, str]:
        """The two firms."""
        return self.left, self.right

    def undo(self, at: datetime) -> Judgement:
        """The same judgement, taken back."""
        return replace(self, undone=at)


def standing(judgements: Iterable[Judgement]) -> Mapping[tuple[str, str], Judgement]:
    """Per pair the last judgement that was not undone (of equal times the last one given)."""
    found: dict[tuple[str, str], Judgement] = {}
    for each in judgements:
        if each.undone is None and (each.pair not in found or found[each.pair].at <= each.at):
            found[each.pair] = each
    return found


def read_judgements(path: Path | str) -> list[Judgement]:
    """The judgements of a CSV file with COLUMNS. Raises InputError with file, row and field."""
    path = Path(path)
    found = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            for column in ("left", "right", "verdict"):
                if column not in (reader.fieldnames or ()):
                    raise InputError(
                        Text(f"缺少列“{column}”。", f'there is no column "{column}".'),
                        file=path.name,
                        field=column,
                    )
            for number, row in enumerate(reader, 2):
                found.append(_judgement(row, path.name, number))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Text("文件无法读取。", "the file cannot be read."), file=path.name) from error
    return found


def write_judgements(judgements: Iterable[Judgement], path: Path | str) -> None:
    """Write a CSV file that `read_judgements` reads back."""
    with Path(path).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for each in judgements:
            writer.writerow(
                (
                    each.left,
                    each.right,
                    each.verdict.value,
                    "" if each.score is None else each.score,
                    each.by,
                    each.at.isoformat(),
                    "" if each.undone is None else each.undone.isoformat(),
                )
            )


def _judgement(row: Mapping[str, str | None], file: str, number: int) -> Judgement:
    def wrong(field: str, zh: str, en: str) -> InputError:
        return InputError(Text(zh, en), file=file, row=number, field=field)

    field = "verdict"
    try:
        verdict = Verdict((row["verdict"] or "").strip())
        field = "score"
        score = float(row["score"] or "") if row.get("score") else None
        field = "at"
        at = datetime.fromisoformat(row["at"] or "") if row.get("at") else datetime.min
        field = "undone"
        undone = datetime.fromisoformat(row["undone"] or "") if row.get("undone") else None
    except ValueError as error:
        found = row.get(field)
        raise wrong(
            field,
            f"“{found}”无法识别。verdict 为 same、different 或 unsure,score 为 0 到 1 的数,时间用 ISO 格式。",
            f'"{found}" is not understood. verdict: same, different or unsure; score: a number from 0 to 1; '
            "times in ISO form.",
        ) from error
    left, right = ((row[name] or "").strip() for name in ("left", "right"))
    if not left or not right:
        raise wrong("left" if not left else "right", "缺少企业编号。", "the firm's id is missing.")
    try:
        return Judgement(left, right, verdict, (row.get("by") or "").strip(), at, score, undone)
    except InputError as error:
        raise InputError(error.problem, file=file, row=number, field=error.field) from error
