"""What the whole suite shares: the optional data packs and the rule for parts that may be absent."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def require(present: bool, reason: str) -> None:
    """Skip with a reason where something is absent; fail instead where everything is required."""
    if present:
        return
    if os.environ.get("LIANDONG_REQUIRE") == "all":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data packs beside the checkout; tests that need them skip where they are absent."""
    folder = Path(os.environ.get("LIANDONG_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"the shared data packs are absent: {folder.name}")
    return folder


@pytest.fixture(scope="session")
def libreoffice() -> str:
    """The path of LibreOffice's command."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    require(found is not None, "LibreOffice is absent")
    assert found
    return found
