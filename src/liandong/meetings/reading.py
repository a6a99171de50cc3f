"""An event from a file, whatever its kind."""

from __future__ import annotations

from pathlib import Path

from liandong.errors import InputError, Text
from liandong.meetings.dzn import read_dzn
from liandong.meetings.event import Event
from liandong.meetings.toml import read_toml
from liandong.meetings.workbook import read_workbook

READERS = {".dzn": read_dzn, ".toml": read_toml, ".xlsx": read_workbook}


def read_event(path: Path | str) -> Event:
    """The event of a workbook (.xlsx), a .toml or a MiniZinc .dzn file.

    Raises InputError (or InputErrors with all faults of the file) naming sheet, row and field.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = " ".join(sorted(READERS))
        raise InputError(
            Text(f"不认识这种文件。请用 {kinds}。", f"This kind of file is not known. Use {kinds}."),
            file=path.name,
        )
    return reader(path)
