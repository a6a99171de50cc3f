from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from liandong.errors import InputError, InputErrors
from liandong.meetings import (
    AskedBy,
    Event,
    Meeting,
    Pair,
    Participant,
    Slot,
    Suggestion,
    Table,
    read_suggestions,
    suggest,
    with_wishes,
    write_suggestions,
)

EVENT = Event(
    "fair",
    tuple(Participant(name, f"{name} 公司") for name in ("a", "b", "c")),
    (Meeting("S2", "b", "c"),),
    (Table("T1"),),
    (Slot(), Slot()),
)
SUGGESTED = suggest(
    [Pair("a", "b", 9.5, ("一", "二")), Pair("c", "a", 8.0, ("三",)), Pair("b", "c", 7.0)], limit=2
)


def answers(path: Path, *cells: tuple[str, Any]) -> Path:
    book = load_workbook(path)
    for cell, value in cells:
        book.active[cell] = value
    book.save(path)
    return path


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "suggestions.xlsx"
    write_suggestions(EVENT, SUGGESTED, path)
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_suggestions_are_read_back_as_written(tmp_path: Path, language: Any):
    """Pairs, scores, reasons and answers survive the workbook in either language."""
    given = (SUGGESTED[0].answered("a", True).answered("b", False), *SUGGESTED[1:])
    write_suggestions(EVENT, given, tmp_path / "s.xlsx", language)
    assert read_suggestions(tmp_path / "s.xlsx", EVENT) == given


def test_answers_become_wishes(paper: Path):
    """What was accepted is wished by who accepted; a wish there was before stays, and ids stay apart."""
    read = read_suggestions(answers(paper, ("H2", "是"), ("I3", "yes"), ("H4", "是")), EVENT)
    assert with_wishes(EVENT, read).meetings == (
        Meeting("S2", "b", "c"),
        Meeting("S1", "a", "b", AskedBy.FIRST, 5),
        Meeting("S2+", "c", "a", AskedBy.SECOND, 4),
    )


def test_mistakes_are_listed_with_their_place(paper: Path):
    """Unknown participant, unclear answer, repeated pair, a rank that is none: each with its cell."""
    cells = (("B2", "z"), ("H2", "maybe"), ("B4", "a"), ("D4", "c"), ("A4", "third"))
    with pytest.raises(InputErrors) as caught:
        read_suggestions(answers(paper, *cells), EVENT)
    assert [(fault.sheet, fault.row, fault.field) for fault in caught.value.faults] == [
        ("会谈建议", 2, "B 甲方"),
        ("会谈建议", 2, "H 甲方接受"),
        ("会谈建议", 4, "A 名次"),
    ]
    with pytest.raises(InputErrors) as caught:
        read_suggestions(answers(paper, ("B2", "b"), ("D2", "a"), ("H2", None), ("A4", 3)), EVENT)
    assert [(fault.row, fault.field) for fault in caught.value.faults] == [(4, "D 乙方")]


def test_another_workbook_is_refused(paper: Path):
    """Without the sheet or one of its columns nothing is read."""
    answers(paper, ("I1", "备注"))
    with pytest.raises(InputError) as caught:
        read_suggestions(paper, EVENT)
    assert (caught.value.sheet, caught.value.row) == ("会谈建议", 1)
    paper.write_bytes(b"no workbook")
    with pytest.raises(InputError):
        read_suggestions(paper, EVENT)


def test_a_suggestion_without_reasons_has_none(paper: Path):
    """An empty cell of reasons is read as no reasons."""
    assert read_suggestions(paper, EVENT)[2] == Suggestion(Pair("b", "c", 7.0), 3)
