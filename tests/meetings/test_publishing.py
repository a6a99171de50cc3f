from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.meetings import Placement, diff, publish, read_event, schedule, versions, write_template

NOW = datetime(2026, 5, 17, 18, 0, tzinfo=UTC)


def test_versions_are_numbered_and_kept(tmp_path: Path):
    """Each publication is the next number; earlier ones read as they were published."""
    write_template(tmp_path / "event.xlsx")
    found = schedule(read_event(tmp_path / "event.xlsx"))
    first = publish(found, tmp_path / "published", now=NOW)
    second = publish(
        replace(found, placements=found.placements[:1]), tmp_path / "published", now=NOW, note="丙公司改期"
    )
    assert versions(tmp_path / "published") == (first, second)
    assert (second.number, second.note, first.placements) == (2, "丙公司改期", found.placements)


def test_the_diff_speaks_of_times_and_tables(tmp_path: Path):
    """Moved, added and dropped meetings are told by clock time and table."""
    write_template(tmp_path / "event.xlsx")
    event = read_event(tmp_path / "event.xlsx")
    before = (Placement("W1", 1, 1),)
    after = (Placement("W1", 3, 2), Placement("W2", 2, 1))
    assert [change.text.en for change in diff(event, before, after)] == [
        "甲公司 – 丙公司: added at 09:20 T1",
        "甲公司 – 乙公司: moved from 09:00 T1 to 10:00 T2",
    ]
    assert [change.text.zh for change in diff(event, after, before)] == [
        "甲公司 – 乙公司:从 10:00 T2 改到 09:00 T1",
        "甲公司 – 丙公司:取消(原 09:20 T1)",
    ]


def test_a_file_that_is_no_version_is_named(tmp_path: Path):
    """A damaged version is bad input, not an empty schedule."""
    (tmp_path / "0001.json").write_text("{}")
    with pytest.raises(InputError) as caught:
        versions(tmp_path)
    assert caught.value.file == "0001.json"
