import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from liandong.meetings import (
    Event,
    Meeting,
    Participant,
    Slot,
    Status,
    Table,
    confirm,
    schedule,
    with_wishes,
)
from liandong.workspace import Workspace, store

PEOPLE = (
    Participant("H1", "许继电气股份有限公司", "许昌市"),
    Participant("H2", "河南黄河旋风股份有限公司", "许昌市"),
    Participant("H3", "许昌智慧岛", "许昌市", sector="电力装备"),
    Participant("G1", "上海海得控制系统股份有限公司", "长三角"),
    Participant("G2", "上海良信电器股份有限公司", "长三角"),
    Participant("G3", "光明乳业股份有限公司", "长三角"),
    Participant("G4", "上海交通大学", "上海"),
    Participant("G5", "国泰海通证券股份有限公司", "上海"),
)


def event(*wishes: Meeting, people: tuple[Participant, ...] = PEOPLE) -> Event:
    slots = tuple(
        Slot(start=datetime(2026, 5, 18, 9, 20 * n), end=datetime(2026, 5, 18, 9, 20 * n + 19))
        for n in range(3)
    )
    return Event("对接会", people, wishes, (Table("T1"), Table("T2"), Table("T3")), slots)


@pytest.fixture
def workspace(made_once: Path, tmp_path: Path) -> Iterator[Workspace]:
    folder = tmp_path / "xuchang"
    shutil.copytree(made_once, folder)
    yield Workspace(folder)
    store.close_store()


def test_courted_guests_meet_who_needs_them(workspace: Workspace):
    """A target meets who buys what its node makes and who carries the chain; the reasons say so first."""
    found = {(s.pair.first, s.pair.second): s.pair.reasons[0] for s in workspace.suggest(event())}
    courted = {pair: why for pair, why in found.items() if pair[1] in ("G1", "G2", "G3")}
    assert courted == {
        ("H1", "G1"): "采购方:直流输电与充换电设备用继电保护与自动化",
        ("H3", "G1"): "承载电力装备的园区",
        ("H3", "G2"): "承载电力装备的园区",
    }


def test_partners_of_a_fact_meet_the_hosts_of_the_city(workspace: Workspace):
    """A university and a fund that the page names with the city meet its hosts; its sentence is why."""
    found = workspace.suggest(event())
    assert {(s.pair.first, s.pair.second) for s in found if s.pair.second in ("G4", "G5")} == {
        (host, guest) for host in ("H1", "H2", "H3") for guest in ("G4", "G5")
    }
    university = next(s.pair for s in found if s.pair.second == "G4")
    assert university.reasons == ("“许昌与上海交通大学合建了联合实验室”",)


def test_investors_meet_who_has_a_project(workspace: Workspace, tmp_path: Path):
    """A host of whom a page states a project meets the guest with money before the others do."""
    page = tmp_path / "project.txt"
    page.write_text(
        "许昌重点项目有序推进\n2025年6月19日\n河南黄河旋风股份有限公司培育钻石项目总投资12亿元,已开工建设。\n",
        encoding="utf-8",
    )
    workspace.add([page])
    found = next(s for s in workspace.suggest(event()) if s.pair.second == "G5")
    assert (found.pair.first, found.pair.score, found.pair.reasons[0]) == (
        "H2",
        50.0,
        "项目:“河南黄河旋风股份有限公司培育钻石项目总投资12亿元”",
    )


def test_what_is_wished_or_too_much_is_not_suggested(workspace: Workspace):
    """A pair that is wished already is left out, and nobody gets more than they still accept."""
    people = tuple(replace(each, most=2) if each.id == "H3" else each for each in PEOPLE)
    found = workspace.suggest(event(Meeting("W1", "G1", "H3"), people=people))
    assert [(s.pair.first, s.pair.second) for s in found if s.pair.first == "H3"] == [("H3", "G2")]


def test_reasons_come_in_english(workspace: Workspace):
    """The language of the reasons is the caller's."""
    found = {(s.pair.first, s.pair.second): s.pair for s in workspace.suggest(event(), language="en")}
    assert found["H3", "G1"].reasons[0] == "carrier of 电力装备"


def test_what_both_accept_is_scheduled(workspace: Workspace):
    """Accepted suggestions become wishes and a proven schedule; what one side declines does not."""
    asked = event()
    answered = [
        s.answered(s.pair.first, True).answered(s.pair.second, s.pair.second != "G2")
        for s in workspace.suggest(asked)
    ]
    found = schedule(with_wishes(asked, answered))
    held = {(m.first, m.second) for m in found.event.meetings}
    assert (found.status, confirm(found), found.unheld) == (Status.OPTIMAL, (), ())
    assert held == {(s.pair.first, s.pair.second) for s in answered if s.pair.second != "G2"}
