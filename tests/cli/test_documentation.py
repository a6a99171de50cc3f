from collections.abc import Iterator

import typer
from click import Command, Group

from liandong.cli.app import app
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")
COMMON = {"--json", "--workspace", "-w", "--lang", "--help", "--install-completion", "--show-completion"}


def commands(command: Command, path: str) -> Iterator[tuple[str, Command]]:
    """Every command that can be run, with the words that run it."""
    if hasattr(command, "commands"):
        for name, each in command.commands.items():
            yield from commands(each, f"{path} {name}")
    else:
        yield path, command


def section(path: str) -> str:
    """The part of the page that a command's heading opens."""
    _, _, rest = TEXT.partition(f"### `{path}")
    return rest.split("\n#")[0]


def test_every_command_is_documented():
    """Each has a heading of its own on the reference page."""
    every: Group = typer.main.get_command(app)  # type: ignore[assignment] # an app with commands is a group
    assert [path for path, _ in commands(every, "liandong") if not section(path)] == []


def test_every_option_is_documented():
    """Each option stands in its command's section."""
    missing = [
        f"{path} {option}"
        for path, command in commands(typer.main.get_command(app), "liandong")
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("-") and option not in COMMON and option not in section(path)
    ]
    assert missing == []
