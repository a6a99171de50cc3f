"""The officer's day by clicks alone, in a real Chromium at a real server."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from liandong.examples import xuchang
from liandong.workspace import Workspace, current, store
from tests.office.browser import axe, browser, served

SHOTS = os.environ.get("LIANDONG_SHOTS")
"""A folder for screenshots; without one they go where the test's files go."""
WORDS = {
    "library": ("资料", "Library"),
    "add": ("添加资料", "Add a page"),
    "read": ("读取", "Read it"),
    "open": ("打开", "Open"),
    "city": ("城市", "City"),
    "chains": ("产业链", "Chains"),
    "find": ("找企业", "Find firms"),
    "assign": ("指派", "Assign"),
    "cockpit": ("驾驶舱", "Cockpit"),
    "done": ("已核对 {n} / {all} 条", "{n} of {all} reviewed"),
    "assigned": ("已指派", "assigned"),
}
SOME = 6
"""Facts accepted in the second language: all of them were in the first."""


@pytest.fixture
def empty_office(made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the example's plan and firms, and nothing in its library."""
    monkeypatch.delenv(store.DATABASE_VARIABLE, raising=False)
    folder = tmp_path / "xuchang"
    xuchang.copy_to(folder)
    workspace = Workspace.create(folder, plan=folder / xuchang.PLAN.name)
    workspace.import_firms([folder / xuchang.FIRMS.name], notes=("listed_firms_only",))
    store.close_store()
    current.forget()
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_a_page_to_an_assigned_target(empty_office: Path, tmp_path: Path, chromium: str, language: str):
    """A page is sent, facts accepted, profile and gaps read, a firm assigned; axe finds nothing."""
    word = {name: words[language == "en"] for name, words in WORDS.items()}
    faults: dict[str, list[str]] = {}
    with served(empty_office, tmp_path / "serve.log") as address, browser(chromium) as page:

        def look(name: str) -> None:
            faults[name] = axe(page)
            folder = Path(SHOTS) if SHOTS else tmp_path
            page.screenshot(path=str(folder / f"{language}-{name}.png"))

        _come_in(page, address, language)
        look("1-cockpit-empty")
        _follow(page.get_by_role("link", name=word["library"], exact=True).first)
        _follow(page.get_by_role("link", name=word["add"]).first)
        page.set_input_files("#id_file", str(xuchang.PAGE))
        look("2-add")
        page.get_by_role("button", name=word["read"]).click()
        _follow(page.locator("main").get_by_role("link", name=word["open"], exact=True))
        _accept(page, word["done"], None if language == "zh" else SOME)
        look("3-review")
        _follow(page.get_by_role("link", name=word["city"], exact=True).first)
        expect(page.locator("main a.figure").first).to_be_visible()
        look("4-city")
        page.locator("main a.figure").first.click()
        expect(page.locator("#drawer mark")).to_be_visible()
        look("5-evidence")
        page.keyboard.press("Escape")
        expect(page.locator("#drawer")).to_be_hidden()
        _follow(page.get_by_role("link", name=word["chains"], exact=True).first)
        look("6-chains")
        _follow(page.get_by_role("link", name="电力装备", exact=True))
        look("7-chain")
        _follow(page.get_by_role("link", name=word["find"]).first)
        expect(page.locator("table.list tbody tr").first).to_be_visible()
        look("8-targets")
        firm = page.locator("table.list tbody tr a").first
        name = firm.inner_text()
        firm.click()
        page.locator("#drawer select[name=officer]").select_option(index=1)
        look("9-target")
        page.locator("#drawer").get_by_role("button", name=word["assign"], exact=True).click()
        expect(page.locator("table.list tbody tr", has_text=name)).to_contain_text(word["assigned"])
        _follow(page.get_by_role("link", name=word["cockpit"], exact=True).first)
        expect(page.locator("main")).to_contain_text(name)
        look("10-cockpit")
    assert {name: found for name, found in faults.items() if found} == {}


def _follow(link: Locator) -> None:
    """Click a link and wait for its page: a picture or an audit of a page that is leaving is of neither."""
    with link.page.expect_navigation(timeout=60_000):
        link.click(timeout=60_000)


def _come_in(page: Page, address: str, language: str) -> None:
    """The first visit: make the administrator, sign in, choose the language."""
    page.goto(address)
    if language == "en":
        page.locator(".language button").click()
        expect(page.locator("html[lang=en]")).to_be_attached()
    page.fill("#id_username", "wangmin")
    page.fill("#id_name", "王敏")
    page.fill("#id_password", "Xuchang-2026!")
    page.fill("#id_again", "Xuchang-2026!")
    page.locator("button.primary").click()
    page.fill("#id_login", "wangmin")
    page.fill("#id_password", "Xuchang-2026!")
    page.locator("button.primary").click()
    expect(page.locator("nav.side")).to_be_visible()


def _accept(page: Page, done: str, most: int | None) -> None:
    """One key a fact, as officers do it."""
    expect(page.locator("[data-fact]").first).to_be_visible()
    every = page.locator("[data-fact]").count()
    number = min(every, most or every)
    for at in range(number):
        page.keyboard.press("a")
        expect(page.locator(".fact.v-accepted")).to_have_count(at + 1)
    expect(page.locator("#reviewed")).to_contain_text(done.format(n=number, all=every))
