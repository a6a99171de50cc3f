"""What the office of the tests is furnished with: parks, a project on a parcel, events; all invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from liandong.examples import xuchang
from liandong.siting import read_case
from liandong.workspace import park_imports, parks, placing, siting_runs
from liandong.workspace.models import ParcelRecord, ParkRecord, ProjectRecord

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
