"""From an assigned target to production by clicks alone, in a real Chromium at a real server."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from liandong.projects import ITEMS, Phase
from liandong.workspace import Workspace, current, store
from liandong.workspace.models import Account
from tests.office.browser import axe, browser, served
from tests.office.conftest import CHAIN, PASSWORD

SHOTS = os.environ.get("LIANDONG_SHOTS")
"""A folder for screenshots; without one they go where the test's files go."""
PHONE, SCREEN = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
WORDS = {
    "targets": ("靶向", "Targets"),
    "projects": ("项目", "Projects"),
    "cockpit": ("驾驶舱", "Cockpit"),
    "assign": ("指派", "Assign"),
    "make_lead": ("生成线索", "Make a lead"),
    "done": ("办结", "Done"),
    "file": ("报备", "File"),
    "to_project": ("立项", "Make it a project"),
    "edit": ("修改", "Edit"),
    "save": ("保存", "Save"),
    "add_amount": ("填报金额", "Add an amount"),
    "overview": ("概览", "Overview"),
    "diligence": ("尽职调查", "Due diligence"),
    "review": ("准入评审", "Admission review"),
    "promises": ("承诺与合同", "Promises"),
    "call": ("发起评审", "Call it"),
    "vote": ("提交意见", "Give it"),
    "conclude": ("形成结论", "Conclude"),
    "met": ("已落实", "Met"),
    "add_promise": ("新增承诺", "Add a promise"),
    "pass": ("审查通过", "Pass"),
    "mend": ("修改条款", "Mend the clause"),
    "move": ("进入", "Move to"),
    "update": ("更新", "update"),
    "kept": ("兑现与结果", "Kept, and its outcome"),
    "sign_out": ("退出", "Sign out"),
    "board": ("看板", "board"),
}
FORBIDDEN = "按企业缴纳增值税的50%给予奖励。"
LAWFUL = "企业符合全省统一的智能化改造政策的,可以按规定申报。"


@pytest.fixture
def bureau(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The furnished example; the department is no unit of the bureau."""
    monkeypatch.delenv(store.DATABASE_VARIABLE, raising=False)
    folder = tmp_path / "xuchang"
    shutil.copytree(furnished, folder)
    Workspace(folder)
    Account.objects.filter(username="department").update(unit="生态环境局")
    store.close_store()
    current.forget()
    return folder


@dataclass
class Visit:
    """Somebody at the office in one language: what they click, and what axe and a phone find."""

    page: Page
    language: str
    folder: Path
    faults: dict[str, list[str]]

    def word(self, name: str) -> str:
        """The word on the screen."""
        return WORDS[name][self.language == "en"]

    def enter(self, name: str, address: str = "") -> None:
        """Sign in, out before that if somebody else is in."""
        page = self.page
        if address:
            page.goto(address)
            if self.language == "en":
                page.locator(".language button").click()
                expect(page.locator("html[lang=en]")).to_be_attached()
        else:
            page.locator("header details.menu summary").click()
            follow(page.get_by_role("button", name=self.word("sign_out")))
        page.fill("#id_login", name)
        page.fill("#id_password", PASSWORD)
        follow(page.locator("button.primary"))

    def look(self, name: str, *, phone: bool = False) -> None:
        """A picture and an audit of the page, on a phone too where asked."""
        self.faults[name] = axe(self.page)
        path = self.folder / f"{self.language}-{name}.png"
        self.page.screenshot(path=str(path), full_page=True)
        if phone:
            self.page.set_viewport_size(PHONE)
            if self.page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                self.faults[name].append("wider than a phone")
            self.page.screenshot(path=str(path.with_suffix(".phone.png")), full_page=True)
            self.page.set_viewport_size(SCREEN)

    def tab(self, name: str) -> None:
        """A part of the project."""
        follow(self.page.locator("main nav.tabs").get_by_role("link", name=self.word(name)))

    def press(self, name: str, within: str = "main") -> None:
        """A button that sends a form."""
        follow(self.page.locator(within).get_by_role("button", name=self.word(name), exact=True).first)

    def open_project(self, name: str) -> None:
        """By the navigation and the table."""
        follow(self.page.locator("nav.side").get_by_role("link", name=self.word("projects"), exact=True))
        follow(self.page.get_by_role("link", name=name, exact=True).first)

    def move(self) -> None:
        """To the next stage."""
        self.tab("overview")
        follow(self.page.locator("main button.primary[name=stage]"))
        expect(self.page.locator("#messages .success")).to_be_visible()

    def milestones(self, *steps: str) -> None:
        """Done today, with a voucher."""
        self.tab("overview")
        for step in steps:
            form = self.page.locator(f"form.step-{step}")
            self.page.locator("details", has=form).locator("summary").click()
            today = self.page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Shanghai'})")
            form.locator("input[name=done]").fill(today)
            form.locator("input[name=voucher]").fill(f"凭证 {step}")
            follow(form.locator("button"))
            expect(self.page.locator("#messages .success")).to_be_visible()


def follow(control: Locator) -> None:
    """Click and wait for the page that it leads to."""
    with control.page.expect_navigation(timeout=60_000):
        control.click(timeout=60_000)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_an_assigned_target_to_production(bureau: Path, tmp_path: Path, chromium: str, language: str):
    """Lead, filing, diligence, review with a condition, a clause refused and mended, contract, production."""
    faults: dict[str, list[str]] = {}
    with served(bureau, tmp_path / "serve.log") as address, browser(chromium) as page:
        visit = Visit(page, language, Path(SHOTS) if SHOTS else tmp_path, faults)
        name = f"变压器铁芯项目{language}"
        visit.enter("officer", address)
        lead_of_target(visit)
        filed_and_made(visit, name)
        visit.move()
        diligence(visit)
        visit.move()
        told(visit)
        reviewed(visit, name)
        visit.move()
        promised(visit, name)
        visit.milestones("framework", "contract")
        visit.move()
        visit.milestones("company", "filing", "lease")
        visit.move()
        visit.milestones("environment")
        visit.move()
        visit.milestones("completion")
        visit.move()
        visit.look("8-producing", phone=True)
        outcome(visit)
        follow(page.locator("nav.side").get_by_role("link", name=visit.word("projects"), exact=True))
        visit.look("10-table", phone=True)
        follow(page.locator("main nav.tabs a").nth(1))
        expect(page.locator(".lane").nth(7)).to_contain_text(name)
        visit.look("11-board", phone=True)
    assert {name: found for name, found in faults.items() if found} == {}


def lead_of_target(visit: Visit) -> None:
    """Assign the first firm of the list, make a lead of it."""
    page = visit.page
    follow(page.locator("nav.side").get_by_role("link", name=visit.word("targets"), exact=True))
    follow(page.get_by_role("link", name=CHAIN, exact=True).first)
    firm = page.locator("table.list tbody tr a").first.inner_text()
    page.locator("table.list tbody tr a").first.click()
    page.locator("#drawer select[name=officer]").select_option(label="officer · 招商一局")
    visit.press("assign", "#drawer")
    page.get_by_role("link", name=firm, exact=True).first.click()
    visit.press("make_lead", "#drawer")
    expect(page.locator("h1")).to_contain_text(firm)


def filed_and_made(visit: Visit, name: str) -> None:
    """Meet the first clock, file the firm, make a project."""
    page = visit.page
    visit.press("done")
    page.fill("#id_evidence", "会谈纪要 2026-1")
    visit.press("file")
    expect(page.locator("#messages .success")).to_be_visible()
    visit.look("1-lead", phone=True)
    page.fill("#id_name", name)
    page.locator("#id_kind").select_option("rented_plant")
    page.fill("#id_industries", "3821")
    visit.press("to_project")
    expect(page.locator("h1")).to_contain_text(name)
    visit.look("2-project", phone=True)


def diligence(visit: Visit) -> None:
    """Every line of both phases; one could not be found out."""
    visit.tab("diligence")
    for phase in Phase:
        for item in ITEMS:
            form = visit.page.locator(f"#{phase.value}-{item} form").last
            form.locator("select").select_option("unknown" if item == "elsewhere" else "clear")
            form.locator("input[name=evidence]").fill("公示系统查询")
            follow(form.locator("button"))
    visit.look("3-diligence", phone=True)


def told(visit: Visit) -> None:
    """Where it lands and what is to be invested."""
    page = visit.page
    follow(page.locator(".actions").get_by_role("link", name=visit.word("edit")))
    page.fill("#id_region", "许昌")
    page.fill("#id_park", "建安区标准厂房")  # a kept park is chosen by siting alone
    visit.press("save")
    page.get_by_text(visit.word("add_amount")).click()
    form = page.locator("#amounts form")
    form.locator("select[name=standing]").select_option("claimed")
    form.locator("input[name=value]").fill("3")
    follow(form.locator("button"))
    expect(page.locator("#amounts table a.figure")).to_be_visible()


def reviewed(visit: Visit, name: str) -> None:
    """The department asks for one condition; the officer meets it."""
    page = visit.page
    visit.tab("review")
    page.fill("#id_departments", "生态环境局")
    visit.press("call")
    visit.enter("department")
    visit.open_project(name)
    visit.tab("review")
    page.locator("form.vote input[name=score]").fill("82")
    page.locator("form.vote input[name=condition]").fill("补充危废处置方案")
    visit.press("vote")
    visit.look("4-voted", phone=True)
    visit.enter("officer")
    visit.open_project(name)
    visit.tab("review")
    visit.press("conclude")
    page.locator("input[name=evidence]").fill("方案已备案")
    visit.press("met")
    visit.look("5-review", phone=True)


def promised(visit: Visit, name: str) -> None:
    """A forbidden clause cannot pass; mended it does. The firm promises jobs."""
    page = visit.page
    visit.tab("promises")
    follow(page.get_by_role("link", name=visit.word("add_promise")))
    page.locator("#id_kind").select_option("grant")
    page.fill("#id_what", FORBIDDEN)
    visit.press("save")
    follow(page.get_by_role("link", name=visit.word("add_promise")))
    page.locator("#id_side").select_option("firm")
    page.locator("#id_kind").select_option("jobs")
    page.fill("#id_what", "投产首年用工300人")
    page.locator("select[name=measure]").select_option("jobs")
    page.fill("input[name=value]", "300")
    page.locator("select[name=unit]").select_option("人")
    page.fill("input[name=in_year]", "2027")
    visit.press("save")
    department(visit, name)
    page.locator("form.review-form input[name=legal_basis]").first.fill("市级政策")
    visit.press("pass")
    expect(page.locator("#messages .error")).to_be_visible()
    visit.look("6-refused", phone=True)
    visit.enter("officer")
    visit.open_project(name)
    visit.tab("promises")
    follow(page.get_by_role("link", name=visit.word("mend")).first)
    page.fill("#id_what", LAWFUL)
    visit.press("save")
    department(visit, name)
    page.locator("form.review-form input[name=legal_basis]").first.fill("省级智能化改造政策")
    visit.press("pass")
    expect(page.locator("#messages .success")).to_be_visible()
    visit.look("7-passed", phone=True)
    visit.enter("officer")
    visit.open_project(name)


def department(visit: Visit, name: str) -> None:
    """The reviewing department at the promises of the project."""
    visit.enter("department")
    visit.open_project(name)
    visit.tab("promises")


def outcome(visit: Visit) -> None:
    """What came of the promise, beside it."""
    page = visit.page
    visit.tab("promises")
    promise = page.locator("article.promise").last
    promise.get_by_text(visit.word("kept")).click()
    promise.locator("input[name=outcome]").fill("212")
    promise.locator("form.keep input[name=source]").fill("社保清册 2027")
    follow(promise.locator("form.keep button"))
    expect(page.locator("table.outcome a.figure")).to_have_count(2)
    visit.look("9-outcome", phone=True)
