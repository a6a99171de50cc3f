"""What the whole suite shares: the optional data packs and the rule for parts that may be absent."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("allauth"):
    # One process has one Django: with the office installed, everything is tested under its settings.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liandong.office.settings")

from liandong.examples import xuchang
from liandong.workspace import Workspace, store

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


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as a workspace, made once; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("example") / "xuchang"
    xuchang.copy_to(folder)
    workspace = Workspace.create(folder, plan=folder / xuchang.PLAN.name)
    workspace.add([folder / xuchang.PAGE.name])
    workspace.import_firms([folder / xuchang.FIRMS.name], notes=("listed_firms_only",))
    store.close_store()
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--run-soak` adds the large checks of `make soak`."""
    parser.addoption("--run-soak", action="store_true", help="run the tests marked soak, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The large checks run only where they are asked for."""
    if config.getoption("--run-soak"):
        return
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(pytest.mark.skip(reason="large: make soak runs it"))
