from __future__ import annotations

import datetime as dt
import runpy
from pathlib import Path

from liandong.reference import sources
from liandong.reference.tables import data_file

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/build_reference_data.py"


def test_the_script_makes_the_shipped_tables(shared: Path, tmp_path: Path):
    """Building from the pack on the recorded date gives the shipped files, byte for byte."""
    built = dt.date.fromisoformat(sources()[0].built)
    runpy.run_path(str(SCRIPT))["build"](shared / "data/reference", tmp_path, built=built)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {name: data_file(name).read_bytes() for name in made}
    assert set(made) == {"sources.toml", *(each.table for each in sources())}
