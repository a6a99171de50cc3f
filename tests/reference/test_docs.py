from __future__ import annotations

import doctest
from pathlib import Path

from liandong import reference

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/reference-data.md"


def test_the_examples_of_the_page_run():
    """Every example on the reference page gives what the page shows."""
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 15) == (0, True)


def test_the_page_covers_the_room():
    """Every public function is named in the API section of the page."""
    listed = PAGE.read_text(encoding="utf-8").partition("members: [")[2].partition("]")[0].split(", ")
    functions = {name for name in reference.__all__ if name[0].islower()}
    assert functions - set(listed) == {"is_division", "is_industry"}
