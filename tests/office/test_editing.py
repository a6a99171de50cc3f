"""Two people at one thing: the second is told, nothing is lost. Lists keep what one chose."""

from __future__ import annotations

import pytest

from liandong.workspace import review, targets
from liandong.workspace.models import (
    Account,
    AuditEntry,
    FactRecord,
    PlanRecord,
    Review,
    SavedView,
    TargetDecision,
)
from liandong.workspace.policies import Role
from tests.office.conftest import CHAIN, Office


def open_fact() -> FactRecord:
    """A fact that nobody has reviewed."""
    return FactRecord.objects.filter(verdict="", kind="indicator")[0]


def test_the_second_reviewer_is_told(office: Office):
    """Who judges a fact that was judged since it was shown gets 409, and the first judgement stays."""
    fact = open_fact()
    first, second = office.enter(Role.OFFICER), office.enter(Role.DISTRICT)
    codes = [
        client.post(f"/library/facts/{fact.pk}/judge/", {"verdict": verdict, "seen": ""}).status_code
        for client, verdict in ((first, "accepted"), (second, "rejected"))
    ]
    fact.refresh_from_db()
    assert (codes, fact.verdict, Review.objects.filter(fact=fact).count()) == ([302, 409], "accepted", 1)


def test_the_second_planner_keeps_both_texts(office: Office):
    """A plan that was saved since it was opened is not overwritten; both texts stand side by side."""
    client = office.enter()
    version = PlanRecord.objects.get().version
    text = client.get("/chains/plan/export/").content.decode()
    one, other = text.replace("电力装备", "电力设备", 1), text + "\n# mine\n"
    codes = [
        client.post("/chains/plan/", {"text": each, "version": version, "do": "save"}).status_code
        for each in (text, other)
    ]
    page = client.post("/chains/plan/", {"text": other, "version": version, "do": "save"}).content.decode()
    assert (codes, "# mine" in page, "id_theirs" in page, one != text) == ([302, 409], True, True, True)


def test_a_plan_with_faults_is_not_saved(office: Office):
    """Every fault is told with its line; the present plan stays."""
    before = PlanRecord.objects.get().version
    answer = office.enter().post(
        "/chains/plan/", {"text": 'city = "许昌"\n', "version": before, "do": "save"}
    )
    assert (answer.status_code, PlanRecord.objects.get().version) == (400, before)


def test_the_second_decision_on_a_target_is_told(office: Office):
    """Two officers assign one firm: the first stands."""
    firm = targets.ranking(CHAIN)[0].firm.firm_id
    officers = [Account.objects.get(username=role.value) for role in (Role.OFFICER, Role.TASKFORCE)]
    codes = [
        office.enter(Role.OFFICER_ALL)
        .post(f"/targets/{CHAIN}/{firm}/decide/", {"status": "assigned", "officer": each.pk, "version": 0})
        .status_code
        for each in officers
    ]
    assert (codes, TargetDecision.objects.get().officer) == ([302, 409], officers[0])


@pytest.mark.parametrize(
    "given",
    [
        {"status": "assigned"},
        {"status": "not_now", "reason": "产能未满"},
        {"status": "not_now", "until": "2027-01-01"},
        {"status": "excluded"},
        {"status": "gone"},
    ],
)
def test_a_decision_says_who_or_why(office: Office, given: dict[str, str]):
    """Without an officer, a reason or a day nothing is decided."""
    firm = targets.ranking(CHAIN)[0].firm.firm_id
    answer = office.enter().post(f"/targets/{CHAIN}/{firm}/decide/", given)
    assert (answer.status_code, TargetDecision.objects.count()) == (400, 0)


def test_the_second_editor_of_an_account_is_told(office: Office):
    """The version that was read is what may be written over."""
    client, account = office.enter(), Account.objects.get(username="viewer")
    given = {"version": account.version, "name": "甲", "unit": "", "role": "viewer"}
    codes = [client.post(f"/accounts/{account.pk}/", {**given, "name": name}).status_code for name in "甲乙"]
    account.refresh_from_db()
    assert (codes, account.name) == ([302, 409], "甲")


def test_a_correction_that_the_page_does_not_hold_is_refused(office: Office):
    """The gate has the last word: 400, with its reasons, and the fact stays as it was."""
    fact = open_fact()
    answer = office.enter().post(
        f"/library/facts/{fact.pk}/correct/",
        {"subject": "月球", "indicator": fact.indicator, "value_text": fact.value_text or "", "seen": ""},
    )
    fact.refresh_from_db()
    assert (answer.status_code, fact.verdict) == (400, "")


def test_a_merged_fact_points_at_the_one_that_stays(office: Office):
    """It counts no more; its review names the other."""
    fact = open_fact()
    other = FactRecord.objects.exclude(pk=fact.pk)[0]
    review.merge(fact.pk, other.pk, seen="")
    fact.refresh_from_db()
    assert (fact.verdict, fact.reviews.get().successor) == ("merged", other)
    assert fact.pk not in [each.id for each in office.workspace.facts()]


def test_a_list_can_be_saved_as_a_view(office: Office):
    """Its filters under a name, one's own."""
    client = office.enter(Role.OFFICER)
    client.post("/accounts/me/views/", {"name": "许昌企业", "listing": "firms.firms", "query": "region=许昌"})
    page = client.get("/firms/").content.decode()
    view = SavedView.objects.get()
    assert (view.account.username, "许昌企业" in page) == ("officer", True)
    assert "许昌企业" not in office.enter(Role.DISTRICT).get("/firms/").content.decode()


def test_every_change_is_in_the_log(office: Office):
    """Who, what, from where, before and after."""
    fact = open_fact()
    office.enter(Role.OFFICER).post(f"/library/facts/{fact.pk}/judge/", {"verdict": "accepted", "seen": ""})
    entry = AuditEntry.objects.filter(action="library.review")[0]
    assert (entry.by, entry.address, entry.subject) == ("officer", "127.0.0.1", fact.pk)
    assert (entry.details["before"], entry.details["after"]) == ("", "accepted")


def test_a_temporary_password_is_changed_first(office: Office):
    """Whoever has one comes no further than the page that changes it."""
    Account.objects.filter(username="leader").update(must_change=True)
    answer = office.enter(Role.LEADER).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/enter/password/")
