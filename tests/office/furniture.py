"""What the office of the tests is furnished with: parks, a project on a parcel, events; all invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from liandong.examples import xuchang
from liandong.siting import read_case
from liandong.workspace import (
    audit,
    diligence,
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
