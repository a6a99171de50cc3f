"""Papers on projects from the store: what is kept comes out, with its records, on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from liandong.briefs import WORK_KINDS, work_paper
from liandong.workspace import admission, agreements, amounts, audit, diligence, projects, store
from liandong.workspace.models import Account, ProjectRecord, Task, TripRecord
from liandong.workspace.paperwork import stored_papers
from liandong.workspace.policies import Role

DAY = date(2026, 6, 10)


@dataclass(frozen=True)
class Kept:
    """Two projects that are kept: one with a contract, one with a framework agreement."""

    signed: ProjectRecord
    framed: ProjectRecord


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """A store with what papers are made of."""
    path = tmp_path_factory.mktemp("store") / "store.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(store.DATABASE_VARIABLE, f"sqlite:///{path}")
        store.open_store(f"sqlite:///{path}")
        officer = Account.objects.create(username="zhao", role=Role.OFFICER.value, unit="招商一局")
        department = Account.objects.create(username="sun", role=Role.DEPARTMENT.value, unit="生态环境局")
        with audit.acting("zhao"):
            yield _fill(officer, department)
        store.close_store()


def _fill(officer: Account, department: Account) -> Kept:
    def made(name: str, **more: object) -> ProjectRecord:
        return projects.make(officer, projects.Draft(name, "new_land", f"{name}公司", **more))

    signed, framed = made("变流器", columns={"region": "411003", "chain": "电力装备"}), made("电池包")
    made("示例", synthetic=True)
    projects.set_milestone(signed, 1, "contract", due=None, done=DAY, voucher="合同 2026-1")
    projects.set_milestone(framed, 1, "framework", due=None, done=DAY, voucher="框架协议")
    for record, standing, value in ((signed, "contracted", "3"), (framed, "claimed", "15")):
        amounts.add(record, amounts.Entry("总投资", standing, value, "亿元"))
    diligence.check(signed, "talks", "capital", 0, result="unknown", evidence="未查到")
    meeting = admission.call(signed, ["生态环境局"], held=date(2026, 6, 1))
    admission.vote(department, meeting, "生态环境局", score="82", condition="补充方案")
    admission.conclude(meeting, 1)
    agreements.add(signed, agreements.Draft("government", "service", "安排帮办专员"))
    Task.objects.create(project=signed, kind="problem", text="线路迁改未定", owner=officer, by="zhao")
    TripRecord.objects.create(
        kind="outing", title="赴沪", since=DAY, until=DAY, people="甲、乙", purpose="走访", by="zhao"
    )
    return Kept(signed, framed)


def test_store_becomes_the_content_of_papers(kept):
    """Projects with their place, amounts, checks, review, problems; examples are left out."""
    papers = stored_papers("许昌", "2026-06-30")
    assert [case.project.name for case in papers.cases] == ["变流器", "电池包"]
    assert not papers.synthetic
    case = papers.case(str(kept.signed.pk))
    assert (case.place, case.chain) == ("建安区", "电力装备")
    assert [(each.value, each.standing) for each in case.project.amounts] == [
        (Decimal(300_000_000), "contracted")
    ]
    assert [(check.item, check.answer) for check in case.checks] == [("注册资本与实缴资本", "unknown")]
    assert [condition.text for condition in case.conditions] == ["补充方案"]
    assert [(problem.what, problem.owner) for problem in case.problems] == [("线路迁改未定", "招商一局")]
    assert [trip.party for trip in papers.trips] == [("甲", "乙")]
    assert [hearing.cases for hearing in papers.hearings] == [(str(kept.signed.pk),)]


def test_unreviewed_promise_of_the_store_is_withheld(kept):
    """It is kept but on no paper until its review passed."""
    case = stored_papers("许昌", "2026-06-30").case(str(kept.signed.pk))
    assert (len(case.project.promises), case.promises) == (1, ())


@pytest.mark.parametrize("kind", [kind for kind in WORK_KINDS if kind != "reception"])
def test_every_kind_is_made_of_the_store(kept, kind, tmp_path: Path):
    """Each figure has its record: nothing is refused."""
    [path] = work_paper(stored_papers("许昌", "2026-06-30"), kind=kind, formats=("xlsx",), directory=tmp_path)
    sources = [
        row[2] for row in openpyxl.load_workbook(path).worksheets[-1].iter_rows(min_row=2, values_only=True)
    ]
    assert any("变流器" in text or "赴沪" in text for text in sources)


def test_only_examples_make_papers_that_say_so(kept):
    """Without a real project the example's are used, and marked."""
    ProjectRecord.objects.filter(synthetic=False).update(archived="2026-06-30T00:00:00Z")
    papers = stored_papers("许昌", "2026-06-30")
    ProjectRecord.objects.update(archived=None)
    assert ([case.project.name for case in papers.cases], papers.synthetic) == (["示例"], True)
    assert papers.coverage.notes == ("synthetic",)
