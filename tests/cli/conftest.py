"""Commands run in this process, as the shell would run them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from liandong.cli import main
from liandong.workspace import store


@dataclass(frozen=True)
class Done:
    """How a command ended: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON; fails if anything else was printed."""
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """A function that runs one command line."""
    monkeypatch.delenv("LIANDONG_DATABASE_URL", raising=False)

    def command(*arguments: str | Path) -> Done:
        monkeypatch.setenv("LIANDONG_LANG", "zh")
        monkeypatch.setattr(sys, "argv", ["liandong", *map(str, arguments)])
        capfd.readouterr()
        try:
            main()
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        out, err = capfd.readouterr()
        return Done(code, out, err)

    yield command
    store.close_store()
