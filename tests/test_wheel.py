"""What a newcomer installs: the wheel is whole, and the demo runs from it in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document

from tests.conftest import ROOT

SOURCE = ROOT / "src"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("liandong-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "content")
    return folder / "content"


def test_every_file_of_the_package_ships(installed: Path):
    """Data, example and templates are in the wheel, not only the code."""
    ours = {
        path.relative_to(SOURCE)
        for path in (SOURCE / "liandong").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {path for path in ours if not (installed / path).is_file()} == set()


def test_the_demo_runs_from_the_wheel_in_an_empty_folder(installed: Path, tmp_path: Path):
    """Page, facts, diagnosis, targets and brief, each with its numbers; the brief opens in Word's format."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "LIANDONG_LANG": "en"}
    environment.pop("LIANDONG_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "liandong", "demo"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    steps = ("page → facts", "firm table → registry", "diagnosis", "targets", "brief", "Done")
    positions = [done.stdout.find(step) for step in steps]
    assert min(positions) >= 0
    assert positions == sorted(positions)
    (brief,) = (tmp_path / "liandong-demo" / "briefs").glob("*.docx")
    assert "Xuchang" in "".join(p.text for p in Document(str(brief)).paragraphs) or "许昌" in brief.stem


def test_the_code_that_ran_was_the_wheels(installed: Path, tmp_path: Path):
    """The checkout is out of reach of the test above."""
    code = "import liandong; print(liandong.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).is_relative_to(installed)
