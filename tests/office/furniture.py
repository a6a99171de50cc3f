"""What the office of the tests is furnished with: parks, a project on a parcel, events; all invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from liandong.examples import xuchang
from liandong.meetings import Event, Meeting, Participant, Session, Slot, Table
from liandong.siting import read_case
from liandong.workspace import (
    applying,
    assessing,
    audit,
    diligence,
    events_day,
    events_jobs,
    events_kept,
    example_projects,
    leads,
    park_imports,
    parks,
    pipeline,
    placing,
    siting_runs,
    timeline,
)
from liandong.workspace.models import (
    Account,
    DisputeRecord,
    FilingRecord,
    ParcelRecord,
    ParkRecord,
    ProjectRecord,
    ScheduleRun,
    SuggestionRecord,
)

SHEET = Path(xuchang.__file__).parent / "siting.toml"
DAY = date(2026, 6, 1)
UNIT = "招商一局"


def furnish_parks() -> None:
    """The four carriers, four projects with what they need, one of them placed under a condition, a round."""
    park_imports.import_file(SHEET)
    made = {}
    for project in read_case(SHEET).projects:
        record = ProjectRecord.objects.create(
            name=project.name,
            kind="new_land",
            party="示例企业",
            industries=list(project.industries),
            unit=UNIT,
            synthetic=True,
            since=DAY,
            moved=DAY,
            created=DAY,
            by="tests",
        )
        parks.set_needs(record, project.facts, project.needs, by="tests")
        made[project.name] = record
    placing.place(made["示例项目丙:电池材料"], ParcelRecord.objects.get(name="示例地块-带1"), date.today())
    siting_runs.run(
        {
            "projects": [each.pk for each in made.values()],
            "parks": list(ParkRecord.objects.values_list("pk", flat=True)),
        },
        lambda done, total=None: None,
    )


def furnish_projects() -> None:
    """The synthetic projects of the example, a red flag, a pair judged apart, a dispute between units."""
    officer = Account.objects.get(username="officer")
    with audit.acting("officer"):
        made = example_projects.furnish(officer)
        diligence.check(made[0], "talks", "staff", 0, result="flag", evidence="参保 2 人")
        pipeline.judge_pair(made[0], made[1], same=False, reason="两条产线")
        timeline.tell([Account.objects.get(username="administrator")], "mention", "示例提到", "lead:1")
    filing = FilingRecord.objects.order_by("pk")[0]
    other = FilingRecord.objects.create(
        unit="招商二局", party=filing.party, folded=filing.folded, filed=DAY, evidence="名片", by="tests"
    )
    DisputeRecord.objects.create(earlier=filing, later=other, claim="我方先接触")
    leads.remind()


def fair() -> Event:
    """A small fair: hosts and guests, two tables, six slots of an autumn morning."""
    names = [
        ("H1", "许昌示例电气", "许昌市"),
        ("H2", "许昌示例电机", "许昌市"),
        ("G1", "示例甲公司", "长三角"),
        ("G2", "示例乙公司", "长三角"),
        ("G3", "示例丙公司", "珠三角"),
    ]
    wishes = [("W1", "H1", "G1"), ("W2", "H1", "G2"), ("W3", "H2", "G1"), ("W4", "H2", "G3")]
    start = datetime(2026, 10, 18, 9, 0)
    slots = [start + timedelta(minutes=20 * number) for number in range(6)]
    return Event(
        "示例对接会(虚构)",
        tuple(Participant(code, name, delegation) for code, name, delegation in names),
        tuple(Meeting(code, first, second) for code, first, second in wishes),
        (Table("T1"), Table("T2")),
        tuple(Slot(1, Session.MORNING, each, each + timedelta(minutes=20)) for each in slots),
        place="示例会展中心",
    )


def furnish_events() -> None:
    """A fair with a schedule that was published, a suggestion, a signing, something to follow up."""
    made = events_kept.take_in(fair(), unit=UNIT, synthetic=True)
    events_jobs.arrange({"event": made.pk, "seconds": 5}, lambda done, total=None: None)
    events_kept.publish(ScheduleRun.objects.latest("pk"), "初版")
    first, second = made.invitees.get(code="H1"), made.invitees.get(code="G3")
    SuggestionRecord.objects.create(
        event=made, first=first, second=second, rank=1, score=60.0, reasons=["虚构理由"]
    )
    events_day.sign(made, ProjectRecord.objects.order_by("pk")[0], "framework", "示例签约人")
    events_day.follow_up(made, "示例跟进", wish=made.wishes.first(), owner=None, due=DAY)


PROGRAMMES = """
[[programme]]
name = "虚构设备补助"
english = "an invented grant"
kind = "policy"
subjects = ["project"]
issuer = "虚构单位"
number = "虚构〔2026〕1号"
status = "in_force"
review = "passed"
valid_from = 2026-01-01
assigned = { status = "虚构", review = "虚构", conditions = "虚构" }

[[programme.condition]]
field = "industry"
test = "in"
values = ["38"]

[[programme]]
name = "虚构清理中的补助"
english = "an invented grant under clean-up"
kind = "policy"
subjects = ["project"]
status = "under_clean_up"
review = "unknown"
assigned = { status = "虚构", conditions = "虚构" }

[[programme.condition]]
field = "industry"
test = "in"
values = ["38"]
"""
"""Invented: one in effect, one that may not be promised."""


def furnish_assessment(folder: Path) -> None:
    """A target, a project that two districts share, programmes with an application."""
    project = ProjectRecord.objects.order_by("pk")[0]
    assessing.set_target(DAY.year, "unit", UNIT, "signed", 4)
    for party in ("甲县(虚构)", "乙县(虚构)"):
        assessing.share(project, party, "credit", Decimal(100), agreement="虚构协议")
    path = folder / "programmes-example.toml"
    path.write_text(PROGRAMMES, "utf-8")
    applying.load(path)
    applying.apply("虚构设备补助", project, Decimal(1_000_000), "虚构文件", date(2026, 6, 2))
