"""The office of the example, ready to be visited: a copy for every test, on SQLite or on PostgreSQL.

LIANDONG_TEST_STORE=postgresql runs the same tests on a real PostgreSQL.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from liandong.workspace import Workspace, store
from tests.conftest import require

pytest.importorskip("allauth", reason="the office is not installed")

from django.test import Client  # Django is set up by the workspace

from liandong.workspace import accounts, audit, current, jobs, reading
from liandong.workspace.models import Account
from liandong.workspace.policies import Role
from tests.office.furniture import furnish_assessment, furnish_events, furnish_parks, furnish_projects
from tests.workspace.conftest import cluster, new_database  # noqa: F401 # fixtures

PASSWORD = "Correct-Horse-7"
CHAIN = "电力装备"
SECOND_PAGE = """许昌市国民经济运行情况

2024年,许昌市地区生产总值3412.6亿元,比上年增长5.6%。全市高新技术企业601家。
"""


@dataclass(frozen=True)
class Office:
    """A workspace that is open, and clients that visit it."""

    workspace: Workspace
    enter: Callable[..., Client]

    @property
    def folder(self) -> Path:
        """The workspace's folder."""
        return self.workspace.folder


@pytest.fixture(scope="session")
def furnished(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with all tables of the office and an account of each role, made once."""
    folder = tmp_path_factory.mktemp("office") / "xuchang"
    shutil.copytree(made_once, folder)
    Workspace(folder)
    make_accounts()
    store.close_store()
    current.forget()
    return folder


def make_accounts() -> None:
    """One account a role, named like it; hashing a password takes its time, so it is done once."""
    first: Account | None = None
    for role in Role:
        if first is None:
            first = accounts.create(role.value, PASSWORD, role, unit="招商一局", temporary=False)
        else:
            Account.objects.create(
                username=role.value,
                role=role.value,
                unit="招商一局",
                password=first.password,
                password_changed=first.password_changed,
            )
    with audit.acting("administrator"):
        reading.send_text(SECOND_PAGE, published="2025-03-01")
        job = jobs.claim("tests")
        assert job is not None
        jobs.run(job)
        furnish_parks()
        furnish_events()
        furnish_assessment(current.workspace().folder)
    furnish_projects()


@pytest.fixture(scope="session")
def database_template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str | None:
    """The furnished example in a PostgreSQL database to copy; None where SQLite is tested."""
    if os.environ.get("LIANDONG_TEST_STORE", "sqlite") != "postgresql":
        return None
    furnished = request.getfixturevalue("furnished")
    url = new_database(request.getfixturevalue("cluster"), "template_office")
    folder = tmp_path_factory.mktemp("template") / "xuchang"
    shutil.copytree(furnished, folder, ignore=shutil.ignore_patterns("store.sqlite3*"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(store.DATABASE_VARIABLE, url)
        workspace = Workspace(folder)
        workspace.load_plan(folder / "plan.toml")
        workspace.add([folder / "page.txt"])
        make_accounts()
        store.close_store()
        current.forget()
    return "template_office"


@pytest.fixture
def office(
    furnished: Path,
    database_template: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Office]:
    """The furnished example, this test's own; `office.enter(Role.OFFICER)` is a client that has come in."""
    folder = tmp_path / "xuchang"
    shutil.copytree(furnished, folder)
    monkeypatch.delenv(store.DATABASE_VARIABLE, raising=False)
    if database_template is not None:
        name = f"office_{os.getpid()}_{abs(hash(str(tmp_path)))}"
        url = new_database(request.getfixturevalue("cluster"), name, template=database_template)
        monkeypatch.setenv(store.DATABASE_VARIABLE, url)
    workspace = Workspace(folder)
    audit.act_as("tests")

    def enter(role: Role | None = Role.ADMINISTRATOR, language: str = "zh") -> Client:
        client = Client(SERVER_NAME="localhost")
        client.cookies["liandong_language"] = language
        if role is not None:
            client.force_login(
                Account.objects.get(username=role.value),
                "allauth.account.auth_backends.AuthenticationBackend",
            )
        return client

    yield Office(workspace, enter)
    store.close_store()
    current.forget()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    require(found is not None, "Chromium is absent")
    assert found
    return found
