from pathlib import Path

import pytest

from liandong.errors import InputErrors
from liandong.meetings import read_event, write_template, write_toml


def test_toml_and_workbook_are_the_same_event(tmp_path: Path):
    """An event written as TOML reads as it was."""
    write_template(tmp_path / "event.xlsx")
    event = read_event(tmp_path / "event.xlsx")
    (tmp_path / "event.toml").write_text(write_toml(event), encoding="utf-8")
    assert read_event(tmp_path / "event.toml") == event


def test_an_unknown_item_is_named(tmp_path: Path):
    """A misspelt key is a fault with its table and number, not a silent default."""
    write_template(tmp_path / "event.xlsx")
    path = tmp_path / "event.toml"
    text = write_toml(read_event(tmp_path / "event.xlsx")).replace("priority = 5", "priorty = 5")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_event(path)
    assert [(fault.sheet, fault.row, fault.field) for fault in caught.value.faults] == [
        ("wishes", 1, "priorty")
    ]
