from __future__ import annotations

from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.examples import xuchang


def test_page_firms_and_readme_are_shipped():
    """The accessors are paths of files in the package."""
    assert [path.is_file() for path in (xuchang.PAGE, xuchang.FIRMS, xuchang.README)] == [True, True, True]


def test_the_readme_names_the_report_and_the_limits():
    """What is retold, what is assigned and that only listed firms are in is said in both languages."""
    text = xuchang.README.read_text(encoding="utf-8")
    words = (
        "大河财立方",
        "2025-06-19",
        "listed firms only",
        "仅含上市公司",
        "assigned by us",
        "按主要产品指定",
    )
    assert [word for word in words if word not in text] == []


def test_a_copy_is_the_same_bytes(tmp_path: Path):
    """Every file but the code is copied, byte for byte."""
    copies = xuchang.copy_to(tmp_path / "new" / "demo")
    assert {path.name: path.read_bytes() for path in copies} == {
        path.name: path.read_bytes()
        for path in xuchang.FOLDER.iterdir()
        if path.is_file() and path.suffix != ".py"
    }


def test_a_copy_never_overwrites(tmp_path: Path):
    """If a name is taken nothing is copied, and the error names the file."""
    (tmp_path / "page.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError) as fault:
        xuchang.copy_to(tmp_path)
    assert fault.value.file == str(tmp_path / "page.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]
    assert (tmp_path / "page.txt").read_text(encoding="utf-8") == "mine"
