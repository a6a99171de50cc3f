import json
import shutil
from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner

from liandong.cli.meet import meet
from liandong.errors import InputError, InputErrors
from liandong.meetings import Pair, read_event, read_suggestions, suggest, write_suggestions
from liandong.workspace import store
from tests.meetings.test_dzn import SMALL


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(meet)
    return app


def test_json_numbers_meetings_slots_and_tables_from_one(app: typer.Typer, tmp_path: Path):
    """`--json` prints the contract's keys and nothing else on stdout."""
    path = tmp_path / "small.dzn"
    path.write_text(SMALL.replace("fixed = [0,4]", "fixed = [2,4]"))
    printed = json.loads(CliRunner().invoke(app, [str(path), "--json"]).stdout)
    contract = ("status", "objective", "bound", "proven", "meetings")
    assert {key: printed[key] for key in contract} == {
        "status": "optimal",
        "objective": 1,
        "bound": 1,
        "proven": True,
        "meetings": [{"meeting": 1, "slot": 2, "table": 1}, {"meeting": 2, "slot": 4, "table": 1}],
    }


def test_the_template_can_be_scheduled_and_written(app: typer.Typer, tmp_path: Path):
    """The template is an event; its schedule is written as workbook and calendar."""
    event, sheet, calendar = tmp_path / "e.xlsx", tmp_path / "s.xlsx", tmp_path / "s.ics"
    run = CliRunner().invoke
    assert run(app, ["--template", str(event)]).exit_code == 0
    assert run(app, [str(event), "-o", str(sheet), "-o", str(calendar)]).exit_code == 0
    assert load_workbook(sheet).sheetnames == ["排期", "日程", "未排上"]
    assert calendar.read_bytes().count(b"BEGIN:VEVENT\r\n") == 2


def test_faults_of_the_file_are_raised_for_the_edge(app: typer.Typer, tmp_path: Path):
    """A workbook with mistakes is refused with all of them; nothing is scheduled."""
    path = tmp_path / "e.xlsx"
    CliRunner().invoke(app, ["--template", str(path)])
    book = load_workbook(path)
    book["会谈意愿"]["C2"] = "丁公司"
    book.save(path)
    found = CliRunner().invoke(app, [str(path), "--json"])
    assert isinstance(found.exception, InputErrors)
    assert found.stdout == ""


def test_answers_are_scheduled(app: typer.Typer, tmp_path: Path):
    """What the sides accepted on the workbook of suggestions is scheduled with the wishes of the event."""
    path, paper = tmp_path / "e.xlsx", tmp_path / "s.xlsx"
    run = CliRunner().invoke
    run(app, ["--template", str(path)])
    event = read_event(path)
    write_suggestions(event, [each.answered("B1", True) for each in suggest([Pair("B1", "B2", 7.0)])], paper)
    printed = json.loads(run(app, [str(path), "--answers", str(paper), "--json"]).stdout)
    assert [meeting["meeting"] for meeting in printed["meetings"]] == [1, 2, 3]


def test_an_event_without_wishes_is_not_scheduled(app: typer.Typer, tmp_path: Path):
    """Without wishes and without answers there is nothing to schedule, and the command says so."""
    path = tmp_path / "e.xlsx"
    CliRunner().invoke(app, ["--template", str(path)])
    book = load_workbook(path)
    book["会谈意愿"].delete_rows(2, 2)
    book.save(path)
    found = CliRunner().invoke(app, [str(path), "--json"])
    assert (type(found.exception), found.stdout) == (InputError, "")


def test_suggestions_come_from_the_workspace(app: typer.Typer, made_once: Path, tmp_path: Path):
    """`--suggest` writes what the workspace finds for the event, ready for answers."""
    path, paper, folder = tmp_path / "e.xlsx", tmp_path / "s.xlsx", tmp_path / "xuchang"
    shutil.copytree(made_once, folder)
    run = CliRunner().invoke
    run(app, ["--template", str(path)])
    book = load_workbook(path)
    book["参会方"]["B2"] = "许继电气股份有限公司"
    book["参会方"]["B3"] = "上海海得控制系统股份有限公司"
    book["会谈意愿"].delete_rows(2, 2)
    book.save(path)
    assert run(app, [str(path), "--suggest", str(paper), "-w", str(folder)]).exit_code == 0
    store.close_store()
    found = read_suggestions(paper, read_event(path))
    assert [(each.pair.first, each.pair.second, each.pair.reasons[0]) for each in found] == [
        ("A1", "B1", "采购方:直流输电与充换电设备用继电保护与自动化")
    ]
