"""How often a page asks the store: a few times, however much is in it."""

from __future__ import annotations

from itertools import pairwise

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liandong.workspace import accounts, audit, current, firms, jobs
from liandong.workspace.models import (
    Account,
    FactRecord,
    Judgement,
    PageRecord,
    Review,
    SavedView,
    TargetDecision,
)
from liandong.workspace.policies import Role
from tests.office.conftest import CHAIN, Office
from tests.office.inventory import inventory

MOST = 30
COPIES = 3


def test_no_page_asks_the_store_more_than_thirty_times_however_much_is_in_it(office: Office):
    """Each page of the inventory needs at most thirty statements, and no more when every list has grown."""
    _grow("a")
    few = _asked(office)
    _grow("b")
    many = _asked(office)
    over = {name: number for name, number in many.items() if number > MOST}
    grown = {name: (few[name], number) for name, number in many.items() if number > few[name]}
    assert (over, grown, min(many.values()) > 0) == ({}, {}, True)


def _asked(office: Office) -> dict[str, int]:
    """Statements per page, each visited once before: what is kept between visits is not the page's."""
    administrator, auditor = office.enter(), office.enter(Role.AUDITOR)
    found = {}
    for each in inventory():
        if "GET" not in each.methods:
            continue
        client = auditor if each.permission.startswith("audit.") else administrator
        client.get(each.path)
        with CaptureQueriesContext(connection) as seen:
            client.get(each.path)
        found[each.name] = len(seen)
    return found


def _grow(mark: str) -> None:
    """Several times as much of everything that a list shows. mark: a hexadecimal digit, other each time."""
    now, officer = timezone.now(), Account.objects.get(username=Role.ADMINISTRATOR.value)
    facts = list(FactRecord.objects.all())
    for number in range(COPIES):
        page = PageRecord.objects.all()[0]
        page.pk, page.title = f"{mark}{number:063x}", f"第{number}份"
        page.save(force_insert=True)
        made = []
        for at, fact in enumerate(facts):
            fact.pk, fact.reviewed, fact.verdict = f"{mark}{number:05x}{at:010x}", now, "accepted"
            fact.page_id = page.pk if at % 2 else fact.page_id
            made.append(fact)
        FactRecord.objects.bulk_create(made)
        Review.objects.bulk_create(Review(fact_id=each.pk, verdict="accepted", by="tests") for each in made)
    ids = current.registry().firms(limit=40, columns=["firm_id"])["firm_id"].to_pylist()
    ids = ids[:20] if mark == "a" else ids[20:]
    for firm_id, other in pairwise(ids):
        firm = firms.follow(firm_id)
        firms.tag(firm_id, f"标签{len(firm_id)}")
        firms.note(firm_id, "电话")
        Judgement.objects.create(left=firm_id, right=other, verdict="unsure", by="tests")
        TargetDecision.objects.create(
            firm=firm, chain=CHAIN, node="", status="assigned", officer=officer, by="tests"
        )
        jobs.enqueue("library.read", {}, subject=firm_id)
        audit.record("tests.entry", firm_id)
    for number in range(COPIES):
        Account.objects.create(username=f"another{mark}{number}", role=Role.VIEWER.value)
        accounts.issue_token(officer, f"令牌{number}", ["library.view"])
        SavedView.objects.create(
            account=officer, listing="firms.firms", name=f"视图{mark}{number}", query="q=a"
        )
