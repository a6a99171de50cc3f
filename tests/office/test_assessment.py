"""Assessment in the office: numbers that equal what the exported rows say, explained down to a project."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from lxml import html

from liandong.assessment import rates
from liandong.assessment.scheme import shipped_text
from liandong.projects import Stage, Step
from liandong.workspace import assessing
from liandong.workspace.models import (
    Account,
    MilestoneRecord,
    ProjectRecord,
    SchemeRecord,
    StagePassage,
)
from liandong.workspace.policies import Role
from tests.office.conftest import Office

SINCE, UNTIL, ON = date(2026, 1, 1), date(2026, 3, 31), date(2026, 9, 30)
PERIOD = f"since={SINCE}&until={UNTIL}&on={ON}"
UNITS = ("招商一局", "招商二局")


@pytest.fixture
def cohort(office: Office) -> Office:
    """Thirty real projects of two units, some signed, started, listed, producing, withdrawn."""
    for number in range(30):
        known = SINCE + timedelta(days=2 * number)
        made = ProjectRecord.objects.create(
            name=f"项目{number:02}",
            kind="new_land",
            party=f"企业{number}",
            unit=UNITS[number % 2],
            park="甲园" if number % 3 else "",
            status="withdrawn" if number % 7 == 3 else "active",
            since=known,
            moved=known,
            created=known,
            by="tests",
        )
        reached = [(Stage.LEAD, 0)]
        reached += [(Stage.SIGNED, 20), (Stage.LANDED, 50)] if number % 4 else []
        reached += [(Stage.STARTED, 90)] if number % 5 == 1 else []
        reached += [(Stage.PRODUCING, 200)] if number % 10 == 1 else []
        for stage, later in reached:
            StagePassage.objects.create(
                project=made, stage=stage.value, on=known + timedelta(days=later), by="t"
            )
        steps = [(Step.CONTRACT, 20)] if number % 4 else [(Step.FRAMEWORK, 5)]
        steps += [(Step.STATISTICS, 120)] if number % 6 == 1 else []
        for step, later in steps:
            day = known + timedelta(days=later)
            MilestoneRecord.objects.create(project=made, step=step.value, done=day, voucher="v")
    return office


def exported(office: Office) -> list[dict[str, str]]:
    """The rows that the office exports, read as a spreadsheet would."""
    body = office.enter(Role.LEADER).get("/assessment/projects/?export=csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def test_every_rate_equals_the_exported_rows(cohort: Office):
    """Counted again from the exported CSV, by code that knows nothing of projects."""
    rows = exported(cohort)
    signed = [row for row in rows if (at := day(row["正式合同"])) and SINCE <= at <= UNTIL]
    known = [row for row in rows if (at := day(row["线索"])) and SINCE <= at <= UNTIL]

    def share(among: list[dict[str, str]], *columns: str) -> Decimal | None:
        came = [row for row in among if any((at := day(row[name])) and at <= ON for name in columns)]
        return Decimal(100 * len(came)) / Decimal(len(among)) if among else None

    expected = {
        "signed": share(known, "正式合同"),
        "landed": share(signed, "落地", "开工", "投产", "达产"),
        "started": share(signed, "开工", "投产", "达产"),
        "statistics": share(signed, "纳统"),
        "producing": share(signed, "投产", "达产"),
        "at_capacity": share(signed, "达产"),
    }
    found = rates(assessing.entries(Account.objects.get(username="leader")), SINCE, UNTIL, ON)
    assert len(signed) > 10
    assert {name: found[name].value for name in expected} == expected


def test_groups_come_to_the_whole(cohort: Office):
    """The units' signed projects are those of all, each once."""
    client = cohort.enter(Role.LEADER)
    page = html.fromstring(client.get(f"/assessment/?{PERIOD}&by=unit").content.decode())
    cells = [
        int(row.xpath("string(./td[1])").strip().split()[0].rstrip("个")) for row in page.xpath("//tbody/tr")
    ]
    whole = int(page.xpath("string(//tfoot/tr/td[1])").strip().split()[0].rstrip("个"))
    assert (sum(cells), whole > 10) == (whole, True)


def test_a_number_opens_the_projects_that_it_counts(cohort: Office):
    """From a rate to its projects to one project with its reasons."""
    client = cohort.enter(Role.LEADER)
    page = html.fromstring(client.get(f"/assessment/?{PERIOD}&by=unit").content.decode())
    address = next(
        link for link in page.xpath("//tbody//a/@href") if "reached=started" in link and "group" in link
    )
    listed = html.fromstring(client.get(address).content.decode())
    names = listed.xpath('//table[contains(@class, "list")]//tbody//a/@href')
    one = client.get(names[0]).content.decode()
    assert (len(names) > 2, "正式合同" in one) == (True, True)


def test_examples_give_way_to_real_projects(cohort: Office):
    """Once there is a real project, the invented ones count nowhere."""
    rows = exported(cohort)
    assert {row["项目"][:2] for row in rows} == {"项目"}


def test_an_officer_is_shown_the_own_unit(cohort: Office):
    """The projects of other units are neither listed nor counted."""
    body = cohort.enter(Role.OFFICER).get("/assessment/projects/?export=csv").content.decode("utf-8-sig")
    assert {row["单位"] for row in csv.DictReader(io.StringIO(body))} == {"招商一局"}


def test_the_scheme_is_data(office: Office):
    """A leader puts a scheme in use; a faulty one is refused with its reason; a stale version conflicts."""
    client = office.enter(Role.LEADER)
    bad = client.post("/assessment/scheme/change/", {"text": "name = 1\n", "version": 0})
    text = shipped_text().replace("weight = 1", "weight = 3")
    good = client.post("/assessment/scheme/change/", {"text": text, "version": 0})
    record = SchemeRecord.objects.get()
    client.post("/assessment/scheme/change/", {"text": text, "version": record.version})
    stale = client.post("/assessment/scheme/change/", {"text": text, "version": record.version})
    points = client.get("/assessment/points/").content.decode()
    assert (bad.status_code, good.status_code, stale.status_code, "三个一批" in points) == (
        400,
        302,
        400,
        True,
    )


def test_two_districts_are_credited_and_the_city_counts_one(office: Office):
    """The furnished project is shared in full by two: two credits, one project above."""
    page = html.fromstring(office.enter(Role.LEADER).get("/assessment/sharing/").content.decode())
    assert (
        [
            text.strip()
            for text in page.xpath('//table[@class="plain"]//tbody/tr/td[2]//text()')
            if text.strip()
        ],
        page.xpath('normalize-space(string(//table[@class="plain"]//tfoot//td))'),
    ) == (["1个", "1个"], "1个")


def test_what_is_not_in_effect_is_never_pitched(office: Office):
    """A programme under clean-up is shown with its hindrance, apart from what may be told to the firm."""
    project = ProjectRecord.objects.get(name__startswith="示例项目甲")
    text = office.enter(Role.OFFICER).get(f"/programmes/match/?project={project.pk}").content.decode()
    pitch, _, others = text.partition("其他</h3>")
    assert (
        "虚构设备补助" in pitch,
        "虚构清理中的补助" in pitch,
        "虚构清理中的补助" in others,
        "清理中" in others,
    ) == (True, False, True, True)


def test_what_is_not_in_effect_cannot_be_applied_for(office: Office):
    """The form refuses it though its name be sent by hand."""
    project = ProjectRecord.objects.get(name__startswith="示例项目甲")
    client = office.enter(Role.DEPARTMENT)
    Account.objects.filter(username=Role.DEPARTMENT.value).update(unit="招商一局")
    sent = {"programme": "虚构清理中的补助", "project": project.pk, "promised": "1"}
    assert client.post("/programmes/applications/add/", sent).status_code == 400
