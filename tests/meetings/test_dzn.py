import csv
from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.meetings import Participant, Session, read_event
from liandong.meetings.dzn import parse_dzn

SMALL = """
% three people, two meetings
nBusiness = 3; nMeetings = 2; nTables = 1; nTotalSlots = 4; nMorningSlots = 2;
requested = [|1, 2,1,
|3, 1,3,
|];
meetingsxBusiness = [{1,2,3},
{1,2},
{1,3}];
forbidden = [{0}, {0, 3}, 1..2];
fixed = [0,4];
precedences = [{}, {1}];
"""


def test_rows_of_requested_become_meetings():
    """Meeting i of the event is row i of `requested`, with its session, lock and precedences."""
    event = parse_dzn(SMALL)
    assert [(m.id, m.first, m.second, m.session, m.slot, m.after, m.must) for m in event.meetings] == [
        ("1", "1", "2", Session.MORNING, None, (), True),
        ("2", "3", "1", Session.EITHER, 4, ("1",), True),
    ]


def test_zero_in_a_set_stands_for_nothing():
    """Forbidden slots are those of the set without its 0; ranges are understood."""
    assert parse_dzn(SMALL).participants == (
        Participant("1"),
        Participant("2", unavailable=frozenset({3})),
        Participant("3", unavailable=frozenset({1, 2})),
    )


def test_sessions_follow_the_number_of_morning_slots():
    """The first nMorningSlots are the morning."""
    assert [slot.session for slot in parse_dzn(SMALL).slots] == [Session.MORNING] * 2 + [
        Session.AFTERNOON
    ] * 2


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("nTables = 1;", "", "nTables"),
        ("nTables = 1;", "nTables = many;", "nTables"),
        ("nMorningSlots = 2;", "nMorningSlots = 5;", "nMorningSlots"),
        ("|3, 1,3,", "|3, 9,3,", "requested"),
        ("|3, 1,3,", "|3, 3,3,", "requested"),
        ("|3, 1,3,", "|3, 1,", "requested"),
        ("fixed = [0,4];", "fixed = [0,5];", "fixed"),
        ("fixed = [0,4];", "fixed = [0];", "fixed"),
        ("{0, 3}", "{0, 7}", "forbidden"),
        ("[{}, {1}]", "[{}]", "precedences"),
    ],
)
def test_a_wrong_item_is_named(old: str, new: str, field: str):
    """Missing, misshapen and out-of-range items raise InputError with the name of the item."""
    with pytest.raises(InputError) as caught:
        parse_dzn(SMALL.replace(old, new), origin="e.dzn")
    assert (caught.value.file, caught.value.field) == ("e.dzn", field)


def test_a_file_of_another_kind_is_refused(tmp_path: Path):
    """The suffix says how a file is read; an unknown one is bad input."""
    path = tmp_path / "event.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(InputError) as caught:
        read_event(path)
    assert caught.value.file == "event.pdf"


def test_all_published_instances_can_be_read(shared: Path):
    """The 140 files have the numbers of participants, meetings, tables and slots that their index states."""
    folder = shared / "data" / "b2b"
    with (folder / "index.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    read = {row["file"]: read_event(folder / "instances" / row["file"]) for row in rows}
    assert {
        name: (len(e.participants), len(e.meetings), len(e.tables), len(e.slots)) for name, e in read.items()
    } == {
        row["file"]: tuple(int(row[key]) for key in ("participants", "meetings", "tables", "slots"))
        for row in rows
    }
    assert len(read) == 140
