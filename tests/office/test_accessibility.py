"""Everybody can work here: axe on every page, the keyboard alone, a phone, and paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from liandong.office.shell.access import PUBLIC
from liandong.workspace import Workspace, current, store
from liandong.workspace.policies import Role
from tests.office.browser import axe, browser, served
from tests.office.conftest import CHAIN, PASSWORD
from tests.office.inventory import Address, inventory

NO_PAGES = {
    "projects:calendar",
    "projects:import_template",
    "library:original",
    "chains:picture",
    "chains:export",
    "jobs:badge",
    "evidence:figure",
    "events:handbook",
}
"""Files and a part of a page; a figure is opened as the chain's page links to it."""
PATIENCE = 90_000
"""Milliseconds: the first page after a start computes the diagnoses, on a machine that does much else."""
PHONE, SCREEN = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
FOCUSED = """() => { const one = document.activeElement; const style = getComputedStyle(one);
  return [one === document.body ? "" : one.dataset.seat ?? "", style.outlineStyle != "none"]; }"""
SEATS = """controls => { let n = 0; for (const one of document.querySelectorAll(controls))
  if (one.checkVisibility() && !one.disabled && !one.closest(".skip")) one.dataset.seat = ++n; return n; }"""


@dataclass(frozen=True)
class House:
    """An office that is served, and its pages."""

    address: str
    pages: list[Address]


@pytest.fixture(scope="module")
def house(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The furnished example, served once for these tests: none of them changes it."""
    folder = tmp_path_factory.mktemp("accessible") / "xuchang"
    shutil.copytree(furnished, folder)
    Workspace(folder)
    pages = [each for each in inventory() if "GET" in each.methods and each.name not in NO_PAGES]
    store.close_store()
    current.forget()
    with served(folder, folder.with_name("serve.log")) as address:
        yield House(address, pages)


def enter(page: Page, address: str, role: Role) -> None:
    """Come in as an account of this role."""
    page.set_default_timeout(PATIENCE)
    page.context.clear_cookies()
    page.goto(f"{address}/enter/")
    page.fill("#id_login", role.value)
    page.fill("#id_password", PASSWORD)
    page.locator("button.primary").click()
    page.locator("nav.side").wait_for()


def visits(page: Page, house: House) -> Iterator[Address]:
    """Each page of the inventory, opened by somebody who may; strangers see the public ones."""
    hidden = [each for each in house.pages if each.permission.startswith("audit.")]
    public = [each for each in house.pages if each.permission == PUBLIC]
    shown = [each for each in house.pages if each not in hidden + public]
    groups: Iterable[tuple[Role | None, list[Address]]] = (
        (None, public), (Role.ADMINISTRATOR, shown), (Role.AUDITOR, hidden)
    )  # fmt: skip
    for role, addresses in groups:
        if role is not None:
            enter(page, house.address, role)
        for each in addresses:
            page.goto(house.address + each.path)
            yield each


def test_axe_finds_nothing_serious_and_a_phone_shows_it_whole(house: House, chromium: str):
    """On every page of the inventory, and no page is wider than a phone."""
    faults: dict[str, list[str]] = {}
    with browser(chromium) as page:
        for each in visits(page, house):
            found = axe(page)
            page.set_viewport_size(PHONE)
            if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                found.append("wider than a phone")
            page.set_viewport_size(SCREEN)
            if found:
                faults[each.name] = found
    assert faults == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_figure_opens_its_evidence_by_the_keyboard(house: House, chromium: str, language: str):
    """Enter opens the drawer beside the chain, Escape closes it; axe finds nothing serious in it."""
    with browser(chromium) as page:
        enter(page, house.address, Role.OFFICER)
        page.context.add_cookies([{"name": "liandong_language", "value": language, "url": house.address}])
        page.goto(f"{house.address}/chains/{CHAIN}/")
        figure = page.locator("main a.figure").first
        figure.focus()
        page.keyboard.press("Enter")
        page.locator("#drawer .evidence").wait_for()
        found = axe(page)
        page.keyboard.press("Escape")
        page.locator("#drawer").wait_for(state="hidden")
        page.goto(house.address + (figure.get_attribute("href") or ""))
        found += axe(page)
    assert found == []


@pytest.mark.parametrize("path", ["/", "/firms/", f"/targets/{CHAIN}/", "/library/add/"])
def test_tab_reaches_every_control_and_shows_where_it_is(house: House, chromium: str, path: str):
    """In the order of the page, each with an outline; the way to the content comes first."""
    with browser(chromium) as page:
        enter(page, house.address, Role.OFFICER)
        page.goto(house.address + path)
        page.wait_for_load_state("networkidle")  # parts that htmx fetches take the place of others
        page.evaluate("document.activeElement.blur()")
        seats = page.evaluate(SEATS, CONTROLS)
        page.keyboard.press("Tab")
        first = page.evaluate("document.activeElement.className")
        reached, outlined = set(), set()
        for _ in range(4 * seats):
            page.keyboard.press("Tab")
            seat, shown = page.evaluate(FOCUSED)
            reached.add(seat)
            outlined |= {seat} if shown else set()
            if len(reached - {""}) == seats:
                break
    assert (first, len(reached - {""}), reached - outlined - {""}) == ("skip", seats, set())
