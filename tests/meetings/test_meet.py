import json
from pathlib import Path

import pytest
import typer
from openpyxl import load_workbook
from typer.testing import CliRunner

from liandong.cli.meet import meet
from liandong.errors import InputErrors
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
