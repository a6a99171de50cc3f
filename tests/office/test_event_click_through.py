"""An event by clicks alone, from the invitation to the signing list, in a real Chromium at a real server."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from liandong.workspace import Workspace, current, store
from liandong.workspace.models import ProjectRecord
from liandong.workspace.policies import Role
from tests.office.browser import axe, browser, served
from tests.office.test_accessibility import enter

SHOTS = os.environ.get("LIANDONG_SHOTS")
WORDS = {
    "events": ("活动", "Events"),
    "new": ("新建活动", "New event"),
    "make": ("建立", "Make it"),
    "invitees": ("参会方", "Invitees"),
    "invite": ("邀请", "Invite"),
    "agenda": ("日程与答复", "agenda, answer"),
    "answer": ("记录答复", "Keep the answer"),
    "wishes": ("意愿", "Wishes"),
    "keep": ("登记", "Keep"),
    "schedule": ("排期", "Schedule"),
    "open": ("打开", "Open"),
    "publish": ("发布", "Publish"),
    "check_in": ("签到", "Check-in"),
    "here": ("已到", "here"),
    "absent": ("缺席", "absent"),
    "replan": ("现场重排", "Re-plan from there"),
    "signing": ("签约", "Signing"),
    "list": ("列入", "Put on the list"),
    "follow": ("跟进", "Follow-up"),
    "set": ("布置", "Set it"),
    "stand_in": ("更换带队人", "Name a stand-in"),
}
GUESTS = ("示例甲公司", "示例乙公司", "示例丙公司")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_invitation_to_signing_list(furnished: Path, tmp_path: Path, chromium: str, language: str):
    """Invited, accepted, wished, scheduled, published, checked in by phone, re-planned, signed."""
    word = {name: words[language == "en"] for name, words in WORDS.items()}
    folder = tmp_path / "xuchang"
    shutil.copytree(furnished, folder)
    Workspace(folder)
    project = ProjectRecord.objects.filter(name__startswith="示例项目甲")[0].name
    store.close_store()
    current.forget()
    faults: dict[str, list[str]] = {}
    with served(folder, tmp_path / "serve.log") as address, browser(chromium) as page:

        def look(name: str) -> None:
            faults[name] = axe(page)
            shots = Path(SHOTS) if SHOTS else tmp_path
            page.screenshot(path=str(shots / f"event-{language}-{name}.png"), full_page=True)

        def tab(name: str) -> None:
            follow(page.locator("nav.tabs").get_by_role("link", name=word[name], exact=True))

        enter(page, address, Role.OFFICER)
        page.context.add_cookies([{"name": "liandong_language", "value": language, "url": address}])
        page.goto(address)
        follow(page.locator("nav.side").get_by_role("link", name=word["events"], exact=True))
        follow(page.get_by_role("link", name=word["new"]))
        page.fill("#id_event-name", "秋季对接会(虚构)")
        page.fill("#id_event-day", "2026-10-20")
        page.fill("#id_event-tables", "2")
        look("1-new")
        follow(page.get_by_role("button", name=word["make"], exact=True))
        tab("invitees")
        for guest in GUESTS:
            page.fill("main input[name=name]", guest)
            page.fill("main input[name=delegation] >> nth=0", "长三角")
            follow(page.get_by_role("button", name=word["invite"], exact=True))
        look("2-invitees")
        for guest in GUESTS:
            row = page.locator("table.list tbody tr", has_text=guest)
            follow(row.get_by_role("link", name=word["agenda"]))
            page.select_option("select[name=answer]", "accepted")
            follow(page.get_by_role("button", name=word["answer"]))
            follow(page.locator("p.crumbs a"))
        tab("wishes")
        for first, second in ((GUESTS[0], GUESTS[1]), (GUESTS[0], GUESTS[2])):
            page.select_option("select[name=first]", label=first)
            page.select_option("select[name=second]", label=second)
            follow(page.get_by_role("button", name=word["keep"], exact=True))
        look("3-wishes")
        tab("schedule")
        page.fill("input[name=seconds]", "5")
        follow(page.get_by_role("button", name=word["schedule"], exact=True))
        follow(page.locator("main").get_by_role("link", name=word["open"], exact=True))
        look("4-proposal")
        follow(page.get_by_role("button", name=word["publish"], exact=True))
        expect(page.locator("table.hall")).to_contain_text(GUESTS[0])
        look("5-version")
        page.set_viewport_size({"width": 390, "height": 844})
        tab("check_in")
        for guest, presence in ((GUESTS[0], "here"), (GUESTS[1], "absent")):
            row = page.locator(".guest", has_text=guest)
            follow(row.get_by_role("button", name=word[presence], exact=True))
        expect(page.locator(".guest.absent")).to_contain_text(GUESTS[1])
        look("6-phone")
        follow(page.get_by_role("link", name=GUESTS[2]))
        page.fill("main input[name=name]", "李副总")
        follow(page.get_by_role("button", name=word["stand_in"]))
        expect(page.locator("main")).to_contain_text("李副总")
        look("7-agenda")
        page.set_viewport_size({"width": 1366, "height": 768})
        follow(page.locator("p.crumbs a"))
        tab("schedule")
        follow(page.get_by_role("button", name=word["replan"]))
        follow(page.locator("main").get_by_role("link", name=word["open"], exact=True))
        expect(page.locator("main")).to_contain_text(GUESTS[1])
        look("8-changes")
        follow(page.get_by_role("button", name=word["publish"], exact=True))
        expect(page.locator("h1")).to_contain_text(re.compile("2"))
        tab("signing")
        page.select_option("select[name=project]", label=project)
        page.select_option("select[name=paper]", "formal")
        follow(page.get_by_role("button", name=word["list"]))
        expect(page.locator("table.list tbody tr")).to_contain_text(project)
        look("9-signing")
        tab("follow")
        page.fill("input[name=text]", "寄送土地资料")
        follow(page.get_by_role("button", name=word["set"], exact=True))
        expect(page.locator("table.list")).to_contain_text("寄送土地资料")
        look("10-follow-up")
    assert {name: found for name, found in faults.items() if found} == {}


def follow(control: Locator) -> None:
    """Click, and wait for the page that comes of it."""
    with control.page.expect_navigation(timeout=90_000):
        control.click(timeout=60_000)
