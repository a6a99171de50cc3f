"""The house itself: its layers, the length of its modules, what the repository may speak of."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "liandong"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def test_rooms_import_only_from_lower_layers():
    """The contracts of import-linter hold."""
    command = [str(Path(sys.executable).with_name("lint-imports"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout if done.returncode else "") == (0, "")


def test_no_module_is_longer_than_five_hundred_lines():
    """A module that has outgrown a screenful of screens does more than one thing."""
    lengths = {str(path.relative_to(SOURCE)): path.read_text("utf-8").count("\n") for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > 500} == {}


@pytest.mark.parametrize(
    "room", sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file())
)
def test_every_room_tells_its_story(room: str):
    """The docstring of a room says what it is for, in more than a line."""
    text = (SOURCE / room / "__init__.py").read_text("utf-8")
    docstring = re.match(r'"""(.*?)"""', text, re.DOTALL)
    assert docstring, "no docstring"
    assert docstring.group(1).count("\n") >= 3


def test_the_package_needs_no_shared_data():
    """What ships never reaches for the data packs of the tests."""
    assert [path.name for path in MODULES if "shared/data" in path.read_text("utf-8")] == []


def test_the_engine_is_imported_without_django():
    """A notebook that only wants indicators or facts pays for no web framework."""
    rooms = ("reference", "figures", "documents", "registry", "charts")
    rooms += ("facts", "economy", "plan", "targets", "briefs")
    code = f"import sys, {', '.join('liandong.' + room for room in rooms)}; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_both_readmes_have_the_same_commands():
    """The Chinese README is kept in step with the English one."""

    def blocks(name: str) -> list[str]:
        return re.findall(r"^(?:make|liandong|pip) [^\n#]*", (ROOT / name).read_text("utf-8"), re.MULTILINE)

    assert [line.split("#")[0].strip() for line in blocks("README.zh-CN.md")] == [
        line.split("#")[0].strip() for line in blocks("README.md")
    ]
