"""The commands, gathered."""

from __future__ import annotations

import sys

import typer

from liandong.cli import identity, library, plan, programmes, registry, work
from liandong.cli.brief import brief
from liandong.cli.courting import backtest, targets
from liandong.cli.demo import demo
from liandong.cli.meet import meet
from liandong.cli.output import language
from liandong.cli.serve import backup, restore, serve
from liandong.cli.site import landing, site
from liandong.errors import InputError

app = typer.Typer(
    name="liandong",
    help="链动:产业转移对接的开放系统 · the open system for industrial-transfer matchmaking",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command("init")(library.init)
app.command("read")(library.read)
app.command("facts")(library.facts)
app.command("add")(library.add)
app.add_typer(plan.app, name="plan")
for command in (identity.resolve, identity.judge, identity.find):
    registry.app.command(command.__name__)(command)
app.add_typer(registry.app, name="registry")
app.command("diagnose")(work.diagnose)
app.command("targets")(targets)
app.command("backtest")(backtest)
app.add_typer(programmes.app, name="programmes")
app.command("site")(site)
app.command("landing")(landing)
app.command("meet")(meet)
app.command("brief")(brief)
app.command("demo")(demo)
app.command("serve")(serve)
app.command("backup")(backup)
app.command("restore")(restore)


def main() -> None:
    """Run the command line: 0 done, 1 the input is bad, 2 the command was not understood."""
    try:
        app()
    except InputError as error:
        sys.stderr.write(f"{error.text(language())}\n")
        sys.exit(1)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"{place}{error.strerror or error}\n")
        sys.exit(1)
