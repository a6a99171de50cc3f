"""Projects at the door: gates hold for pages and REST, units see their own, kinds are never added."""

from __future__ import annotations

import io
import json
import re
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import html
from openpyxl import Workbook

from liandong.workspace import accounts, amounts, audit, leads, policies, projects
from liandong.workspace.models import (
    Account,
    AuditEntry,
    LeadRecord,
    OpinionRecord,
    ProjectRecord,
    PromiseRecord,
    ReviewMeeting,
)
from liandong.workspace.policies import Role
from tests.office.conftest import Office
from tests.office.inventory import inventory

TODAY = timezone.localdate().isoformat()


def token(role: Role) -> dict[str, str]:
    """Headers of a program that acts for an account of this role with all that it may."""
    owner = Account.objects.get(username=role.value)
    return {"Authorization": f"Bearer {accounts.issue_token(owner, 'test', policies.granted(owner))}"}


def call(client: Client, method: str, path: str, role: Role, body: Any = None) -> tuple[int, Any]:
    """Status and answer of an operation."""
    answer = client.generic(
        method, f"/api{path}", json.dumps(body or {}), content_type="application/json", headers=token(role)
    )
    return answer.status_code, answer.json()


def bare(**columns: Any) -> ProjectRecord:
    """A project of the officer that has nothing yet."""
    officer = Account.objects.get(username="officer")
    with audit.acting("officer"):
        return projects.make(officer, projects.Draft("空项目", "new_land", "丙公司", columns=columns))


@pytest.mark.parametrize("stage", ["assessed", "signed", "producing"])
def test_gates_hold_through_rest(office: Office, stage: str):
    """A program is told what lacks, as a page is, and nothing moves."""
    project = bare()
    client = office.enter(None)
    code, answer = call(
        client, "POST", f"/projects/{project.pk}/stage", Role.OFFICER, {"stage": stage, "version": 1}
    )
    project.refresh_from_db()
    assert (code, "the industry" in answer["detail"], project.stage) == (400, True, "lead")


def test_an_officer_cannot_waive_through_rest_and_a_leader_cannot_change(office: Office):
    """Waiving is the leader's, moving the officer's, and signing without a contract is nobody's."""
    project, client = bare(), office.enter(None)
    body = {"stage": "signed", "version": 1, "waive": True, "reason": "急"}
    codes = [
        call(client, "POST", f"/projects/{project.pk}/stage", role, body)[0]
        for role in (Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR)
    ]
    assert (codes, ProjectRecord.objects.get(pk=project.pk).stage) == ([400, 403, 400], "lead")


def test_a_refused_clause_cannot_pass_through_rest(office: Office):
    """The same table judges it; the refusal names what is wrong."""
    project, client = bare(), office.enter(None)
    clause = {"side": "government", "kind": "grant", "what": "按企业缴纳增值税的50%给予奖励。"}
    _, made = call(client, "POST", f"/projects/{project.pk}/promises", Role.OFFICER, clause)
    review = {"verdict": "passed", "version": 1, "legal_basis": "市级政策"}
    code, answer = call(client, "POST", f"/projects/promises/{made['id']}/review", Role.ADMINISTRATOR, review)
    assert ([e["rule"] for e in made["verdicts"]], code, "cannot pass" in answer["detail"]) == (
        ["tax_return"], 400, True,
    )  # fmt: skip


@pytest.mark.parametrize("by", ["page", "rest"])
def test_the_introducing_unit_has_no_vote_at_any_door(office: Office, by: str):
    """Its people are refused for every department, whatever their role."""
    meeting = ReviewMeeting.objects.filter(conclusion="").get()
    client = office.enter(Role.ADMINISTRATOR)
    for opinion in meeting.opinions.all():
        body = {"department": opinion.department, "score": "90"}
        if by == "page":
            client.post(f"/projects/meetings/{meeting.pk}/vote/", body)
        else:
            assert (
                call(client, "POST", f"/projects/meetings/{meeting.pk}/votes", Role.ADMINISTRATOR, body)[0]
                == 400
            )
    assert OpinionRecord.objects.filter(meeting=meeting).exclude(given=None).count() == 0


def test_a_second_filing_leaks_nothing_but_the_fact(office: Office):
    """Pages and REST of another unit hold the first unit and day, and none of its words."""
    first = LeadRecord.objects.filter(filings__unit="招商一局").order_by("pk")[0]
    LeadRecord.objects.filter(pk=first.pk).update(what="机密内容")
    first.filings.filter(unit="招商一局").update(evidence="机密依据", what="机密内容")
    Account.objects.filter(username="district").update(unit="招商三局")
    district = Account.objects.get(username="district")
    with audit.acting("district"):
        second = leads.make(district, leads.Draft(first.party, "chamber"))
    client = office.enter(Role.DISTRICT)
    page = client.get(f"/leads/{second.pk}/").content.decode()
    sent = client.post(f"/leads/{second.pk}/file/", {"evidence": "名片"}, follow=True).content.decode()
    rest = json.dumps(call(client, "GET", f"/leads/{second.pk}", Role.DISTRICT)[1], ensure_ascii=False)
    told = json.dumps(
        call(client, "POST", f"/leads/{second.pk}/filing", Role.DISTRICT, {"evidence": "名片"})[1],
        ensure_ascii=False,
    )
    client.post(f"/leads/{second.pk}/file/", {"evidence": "名片", "claim": "先接触"})
    dispute = client.get("/leads/disputes/").content.decode()
    texts = (page, sent, rest, told, dispute)
    assert ([("招商一局" in each) for each in texts], [("机密" in each) for each in texts]) == (
        [True] * 5, [False] * 5,
    )  # fmt: skip
    assert client.get(f"/leads/{first.pk}/").status_code == 404


def test_another_units_project_is_not_there(office: Office):
    """No page and no operation on it answers another unit's officer."""
    project = bare()
    Account.objects.filter(username="district").update(unit="招商三局")
    client = office.enter(Role.DISTRICT)
    pages = ["", "edit/", "diligence/", "review/", "promises/"]
    codes = {client.get(f"/projects/{project.pk}/{each}").status_code for each in pages}
    rest = {
        call(client, "GET", f"/projects/{project.pk}{each}", Role.DISTRICT)[0] for each in ("", "/timeline")
    }
    assert (codes, rest, "空项目" in client.get("/projects/").content.decode()) == ({404}, {404}, False)


def test_the_second_edit_is_told_at_every_door(office: Office):
    """A stale version is 409 by page and REST; the first edit stays."""
    project, client = bare(), office.enter(Role.OFFICER)
    page = {"version": 1, "name": "先改", "officer": ""}
    first = client.post(f"/projects/{project.pk}/edit/", page).status_code
    second = client.post(f"/projects/{project.pk}/edit/", {**page, "name": "后改"}).status_code
    rest = call(client, "PATCH", f"/projects/{project.pk}", Role.OFFICER, {"version": 1, "name": "后改"})[0]
    status = client.post(
        f"/projects/{project.pk}/status/", {"version": 1, "status": "stalled", "reason": "等地"}
    ).status_code
    project.refresh_from_db()
    assert (first, second, rest, status, project.name) == (302, 409, 409, 409, "先改")


def test_a_move_that_a_gate_refuses_says_why_on_the_page(office: Office):
    """The reason stands above the project; the stage stays."""
    project = bare()
    page = office.enter(Role.OFFICER).post(
        f"/projects/{project.pk}/stage/", {"stage": "assessed", "version": 1}, follow=True
    )
    assert ("研判前须填写行业" in page.content.decode(), ProjectRecord.objects.get(pk=project.pk).stage) == (
        True, "lead",
    )  # fmt: skip


def test_every_change_of_a_project_is_in_the_log(office: Office):
    """Who, what, before and after."""
    project, client = bare(), office.enter(Role.OFFICER)
    client.post(f"/projects/{project.pk}/edit/", {"version": 1, "name": "改名", "officer": ""})
    entry = AuditEntry.objects.filter(action="projects.change")[0]
    assert (entry.by, entry.details["before"]["name"], entry.details["after"]["name"]) == (
        "officer", "空项目", "改名",
    )  # fmt: skip


def test_synthetic_projects_say_so_wherever_they_are_shown(office: Office):
    """On the page, in the table, on the board, in the export and through REST."""
    project = ProjectRecord.objects.filter(synthetic=True, name__contains="变流器项目").get()
    client = office.enter(Role.OFFICER)
    for path in (f"/projects/{project.pk}/", "/projects/", "/projects/board/", "/projects/?export=csv"):
        assert "合成示例" in client.get(path).content.decode("utf-8-sig"), path
    assert call(client, "GET", f"/projects/{project.pk}", Role.OFFICER)[1]["synthetic"] is True


KINDS = [
    ("设备投资", "claimed", "1000000.0001", "万元", "", ""),
    ("设备投资", "contracted", "1000000.0010", "万元", "", ""),
    ("注册资本", "claimed", "1000000.0100", "万元", "", ""),
    ("设备投资", "claimed", "1000000.1000", "万元", "in_year", "2025"),
    ("设备投资", "claimed", "1000001.0000", "万元", "in_year", "2026"),
    ("设备投资", "claimed", "1000010.0000", "万元", "cumulative", "2026"),
    ("设备投资", "claimed", "1000100.0000", "万美元", "", ""),
]
"""Amounts that differ in one axis each; their digits tell which of them a sum holds."""


def test_no_door_adds_across_measure_evidence_period_or_currency(office: Office):
    """No page, export or operation shows a sum of two kinds; within a kind the sum is there."""
    for _ in range(2):
        project = bare()
        with audit.acting("officer"):
            for kind in KINDS:
                amounts.add(project, amounts.Entry(*kind, source="测试"))
    values = [Decimal(each[2]) * 10_000 for each in KINDS]
    forbidden = {
        times * sum(chosen)
        for size in range(2, len(values) + 1)
        for chosen in combinations(values, size)
        for times in (1, 2)
    }
    within = {2 * each for each in values}
    client, shown, seen_within = office.enter(), {}, set()
    for path, text in _doors(client):
        numbers = _numbers(text)
        seen_within |= numbers & within
        if numbers & forbidden:
            shown[path] = sorted(numbers & forbidden)[:2]
    assert (shown, seen_within) == ({}, within)


def _doors(client: Client) -> list[tuple[str, str]]:
    """Every page, every export and every list of the interface, as the administrator gets them."""
    paths = [each.path for each in inventory() if "GET" in each.methods]
    ours = [path for path in paths if path.startswith(("/projects/", "/leads/", "/parks/")) or path == "/"]
    ours += [f"/projects/{each.pk}/" for each in ProjectRecord.objects.order_by("-pk")[:2]]
    ours += ["/projects/?export=csv", "/projects/amounts/?export=csv", "/leads/?export=csv"]
    ours += ["/projects/totals/?measure=设备投资", "/projects/amounts/?unit=元&export=csv&sort=standing"]
    found = [(path, client.get(path).content.decode("utf-8-sig", "replace")) for path in ours]
    headers = token(Role.ADMINISTRATOR)
    for path in ("/projects/", "/projects/totals", "/projects/funnel", "/projects/attention", "/cockpit/"):
        for query in ("", "?by=chain", "?group=unit&measure=设备投资"):
            answer = client.get(f"/api{path}{query}", headers=headers)
            found.append((f"/api{path}{query}", answer.content.decode()))
    return found


def _numbers(text: str) -> set[Decimal]:
    """Every number in a text, with 亿 and 万 taken into account."""
    scale = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "": Decimal(1)}
    plain = re.sub(r"<[^>]*>", " ", text)
    return {
        Decimal(number.replace(",", "")) * scale[unit]
        for number, unit in re.findall(r"(\d[\d,]*(?:\.\d+)?)(亿|万|)", plain)
    }


def test_a_brief_of_amounts_keeps_them_apart(office: Office):
    """What briefs and other rooms read of projects are figures of one kind each: adding two kinds raises."""
    from liandong.figures import IncompatibleFiguresError, total

    project = bare()
    with audit.acting("officer"):
        figures = [amounts.figure(amounts.add(project, amounts.Entry(*kind))) for kind in KINDS]
    for pair in combinations(figures, 2):
        with pytest.raises(IncompatibleFiguresError):
            total(pair)


def test_promises_keep_their_office_when_the_officer_changes(office: Office):
    """The ledger names the office that answers, whoever follows the project."""
    promise = PromiseRecord.objects.filter(side="government", office="示例局")[0]
    project = promise.project
    client = office.enter(Role.OFFICER)
    other = Account.objects.get(username="taskforce")
    client.post(
        f"/projects/{project.pk}/edit/",
        {"version": project.version, "name": project.name, "officer": other.pk},
    )
    page = client.get(f"/projects/{project.pk}/promises/").content.decode()
    project.refresh_from_db()
    assert (project.officer, "示例局" in page) == (other, True)


def workbook(*rows: list[object]) -> SimpleUploadedFile:
    """A workbook as an officer sends it."""
    book = Workbook()
    for row in [["项目名称", "类型", "投资方", "落地地区", "口径", "依据", "数额", "计量单位"], *rows]:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return SimpleUploadedFile("项目.xlsx", data.getvalue())


GOOD = ["导入项目", "新供地", "丁公司", "许昌", "总投资", "自报", 2.5, "亿元"]


def test_a_workbook_is_looked_at_kept_and_taken_back(office: Office):
    """Nothing is kept by the preview; confirmed it is; taken back it is put away."""
    client = office.enter()
    before = projects.visible(Account.objects.get(username="administrator")).count()
    page = client.post("/projects/imports/", {"file": workbook(GOOD)}).content.decode()
    key = re.search(r'name="key" value="(\w+)"', page)
    assert ProjectRecord.objects.filter(name="导入项目").count() == 0
    client.post("/projects/imports/confirm/", {"key": key[1] if key else "", "name": "项目.xlsx"})
    made = ProjectRecord.objects.get(name="导入项目")
    assert (made.region, amounts.of(made)[0].value) == ("411000", Decimal(250_000_000))
    client.post(f"/projects/imports/{made.batch_id}/undo/")
    assert projects.visible(Account.objects.get(username="administrator")).count() == before


def test_faults_of_every_row_are_told_and_nothing_is_kept(office: Office):
    """Row and field, for all rows at once."""
    rows = [GOOD, ["甲", "买断", "", "", "", "", "", ""], ["乙", "并购", "", "月球", "", "", "", ""]]
    rows.append(["丙", "并购", "", "", "总投资", "核实", 1, "亿元"])
    answer = office.enter().post("/projects/imports/", {"file": workbook(*rows)})
    page = answer.content.decode()
    found = re.findall(r"第 (\d) 行 › (\w+)", page)
    assert (answer.status_code, found) == (400, [("3", "类型"), ("4", "落地地区"), ("5", "凭证")])
    assert ProjectRecord.objects.filter(name="导入项目").count() == 0


def test_what_was_worked_on_is_not_taken_back(office: Office):
    """An imported project that somebody changed stays."""
    client = office.enter()
    page = client.post("/projects/imports/", {"file": workbook(GOOD)}).content.decode()
    key = re.search(r'name="key" value="(\w+)"', page)
    client.post("/projects/imports/confirm/", {"key": key[1] if key else "", "name": "项目.xlsx"})
    made = ProjectRecord.objects.get(name="导入项目")
    client.post(f"/projects/{made.pk}/edit/", {"version": 1, "name": "改过", "officer": ""})
    client.post(f"/projects/imports/{made.batch_id}/undo/")
    made.refresh_from_db()
    assert (made.name, made.archived) == ("改过", None)


def test_the_calendar_holds_what_is_due(office: Office):
    """Lines end as the standard says and none is longer than 75 octets."""
    body = office.enter(Role.OFFICER).get("/projects/calendar/").content
    lines = body.split(b"\r\n")
    assert (lines[0], lines[-2], max(len(each) for each in lines) <= 75) == (
        b"BEGIN:VCALENDAR", b"END:VCALENDAR", True,
    )  # fmt: skip
    assert "示例:寄送政策汇编" in body.replace(b"\r\n ", b"").decode()


def test_a_mention_is_a_notice_until_it_is_read(office: Office):
    """The mark above every page counts it; reading takes it off."""
    project = bare()
    office.enter(Role.OFFICER).post(f"/projects/{project.pk}/note/", {"kind": "note", "text": "@leader 请阅"})
    client = office.enter(Role.LEADER)
    page = client.get("/projects/notices/").content.decode()
    client.post("/projects/notices/read/")
    after = client.get("/projects/notices/").content.decode()
    assert ("@leader 请阅" in page, 'class="unread"' in page, 'class="unread"' in after) == (
        True,
        True,
        False,
    )


def test_every_number_of_the_pipeline_opens_as_many_projects(office: Office):
    """The cockpit's funnel, months and origins lead to tables of just that length."""
    client = office.enter()
    page = html.fromstring(client.get("/projects/screen/").content)
    found = page.xpath("//main//td//a[contains(@href, '/projects/?')]")
    links = [(each.get("href"), each.text_content()) for each in found]
    wrong = []
    for address, number in links:
        total = re.search(r'class="count">(\d+)', client.get(address).content.decode())
        if total is None or total[1] != number.strip():
            wrong.append((address, number, total and total[1]))
    assert (wrong, len(links) >= 18) == ([], True)
