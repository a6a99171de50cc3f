"""Everybody can work here: axe on every page, the keyboard alone, a phone, and paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from liandong.office.shell.access import PUBLIC
from liandong.workspace.policies import Role
from tests.office.browser import axe, browser, served
from tests.office.conftest import CHAIN, PASSWORD, Office
from tests.office.inventory import Address, inventory

NO_PAGES = {"library:original", "chains:picture", "chains:export", "jobs:badge", "evidence:figure"}
"""Files and a part of a page; a figure is opened as the chain's page links to it."""
PHONE, SCREEN = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
FOCUSED = """() => { const one = document.activeElement; const style = getComputedStyle(one);
  return [one === document.body ? "" : one.dataset.seat ?? "", style.outlineStyle != "none"]; }"""
SEATS = """controls => { let n = 0; for (const one of document.querySelectorAll(controls))
  if (one.checkVisibility() && !one.disabled && !one.closest(".skip")) one.dataset.seat = ++n; return n; }"""


@pytest.fixture
def address(office: Office, tmp_path: Path) -> Iterator[str]:
    """The office of the example, served."""
    with served(office.folder, tmp_path / "serve.log") as address:
        yield address


def enter(page: Page, address: str, role: Role) -> None:
    """Come in as an account of this role."""
    page.context.clear_cookies()
    page.goto(f"{address}/enter/")
    page.fill("#id_login", role.value)
    page.fill("#id_password", PASSWORD)
    page.locator("button.primary").click()
    page.locator("nav.side").wait_for()


def visits(page: Page, address: str) -> Iterator[Address]:
    """Each page of the inventory, opened by somebody who may; strangers see the public ones."""
    pages = [each for each in inventory() if "GET" in each.methods and each.name not in NO_PAGES]
    hidden = [each for each in pages if each.permission.startswith("audit.")]
    public = [each for each in pages if each.permission == PUBLIC]
    shown = [each for each in pages if each not in hidden + public]
    groups: Iterable[tuple[Role | None, list[Address]]] = (
        (None, public), (Role.ADMINISTRATOR, shown), (Role.AUDITOR, hidden)
    )  # fmt: skip
    for role, addresses in groups:
        if role is not None:
            enter(page, address, role)
        for each in addresses:
            page.goto(address + each.path)
            yield each


def test_axe_finds_nothing_serious_and_a_phone_shows_it_whole(office: Office, address: str, chromium: str):
    """On every page of the inventory, and no page is wider than a phone."""
    faults: dict[str, list[str]] = {}
    with browser(chromium) as page:
        for each in visits(page, address):
            found = axe(page)
            page.set_viewport_size(PHONE)
            if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                found.append("wider than a phone")
            page.set_viewport_size(SCREEN)
            if found:
                faults[each.name] = found
    assert faults == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_figure_opens_its_evidence_by_the_keyboard(
    office: Office, address: str, chromium: str, language: str
):
    """Enter opens the drawer beside the chain, Escape closes it; axe finds nothing serious in it."""
    with browser(chromium) as page:
        enter(page, address, Role.OFFICER)
        page.context.add_cookies([{"name": "liandong_language", "value": language, "url": address}])
        page.goto(f"{address}/chains/{CHAIN}/")
        figure = page.locator("main a.figure").first
        figure.focus()
        page.keyboard.press("Enter")
        page.locator("#drawer .evidence").wait_for()
        found = axe(page)
        page.keyboard.press("Escape")
        page.locator("#drawer").wait_for(state="hidden")
        page.goto(address + (figure.get_attribute("href") or ""))
        found += axe(page)
    assert found == []


@pytest.mark.parametrize("path", ["/", "/firms/", f"/targets/{CHAIN}/", "/library/add/"])
def test_tab_reaches_every_control_and_shows_where_it_is(
    office: Office, address: str, chromium: str, path: str
):
    """In the order of the page, each with an outline; the way to the content comes first."""
    with browser(chromium) as page:
        enter(page, address, Role.OFFICER)
        page.goto(address + path)
        page.evaluate("document.activeElement.blur()")
        seats = page.evaluate(SEATS, CONTROLS)
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.className")
        reached, bare = set(), []
        for _ in range(4 * seats):
            page.keyboard.press("Tab")
            seat, outlined = page.evaluate(FOCUSED)
            reached.add(seat)
            bare += [] if outlined else [seat]
            if len(reached - {""}) == seats:
                break
    assert (first, len(reached - {""}), bare) == ("skip", seats, [])
