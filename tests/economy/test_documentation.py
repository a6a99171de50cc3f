from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PAGES = Path(__file__).resolve().parents[2] / "docs" / "reference"
FIRST = "economy-specialisation.md"


def run(page: str, names: dict[str, Any]) -> None:
    text = (PAGES / page).read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(block, page, "exec"), names)


@pytest.mark.parametrize("page", sorted(path.name for path in PAGES.glob("economy*.md")))
def test_examples_of_the_documentation_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Every block of every page of the room runs, after the one that makes the example's panel."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    if page not in (FIRST, "economy.md"):
        run(FIRST, names)
    run(page, names)
