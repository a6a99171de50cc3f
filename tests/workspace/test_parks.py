"""Parks in the store: a sheet in and back out, what is left free, and who may be placed where."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.examples import xuchang
from liandong.siting import Need, Step, Verdict, read_case, read_parks
from liandong.workspace import Workspace, park_imports, parks, placing
from liandong.workspace.changes import EditConflictError
from liandong.workspace.models import (
    AdmissionRule,
    ParcelRecord,
    ParkRecord,
    ProjectRecord,
    SitingRecord,
)

SHEET = Path(xuchang.__file__).parent / "siting.toml"
DAY = date(2026, 6, 1)


@pytest.fixture
def sited(database: str, tmp_path: Path) -> dict[str, ProjectRecord]:
    """The example's parks in an empty store, with its four projects and what they need."""
    workspace = Workspace.create(tmp_path / "w")
    assert workspace.folder.is_dir()
    park_imports.import_file(SHEET)
    made = {}
    for project in read_case(SHEET).projects:
        record = ProjectRecord.objects.create(
            name=project.name,
            kind="new_land",
            party="示例企业",
            industries=list(project.industries),
            since=DAY,
            moved=DAY,
            created=DAY,
            by="tests",
        )
        parks.set_needs(record, project.facts, project.needs, by="tests")
        made[project.name.partition(":")[0]] = record
    return made


def parcel(name: str) -> ParcelRecord:
    return ParcelRecord.objects.get(name=name)


def verdicts(project: ProjectRecord) -> dict[str, str]:
    found = {}
    for park in ParkRecord.objects.order_by("pk"):
        found |= {
            plot.name: said.verdict.value
            for plot, said in placing.admissions(ProjectRecord.objects.get(pk=project.pk), park, DAY)
        }
    return found


def test_the_store_gives_back_the_case(sited: dict[str, ProjectRecord]):
    """Parks, parcels, rooms, prices and rules are those of the sheet."""
    stated = read_parks(SHEET)
    kept = parks.case_of([ParkRecord.objects.get(name=each.name) for each in stated.parks])
    assert sorted(map(repr, kept.rooms)) == sorted(map(repr, stated.rooms))
    assert {(p.place, p.resource): p for p in kept.prices} == {
        (p.place, p.resource): p for p in stated.prices
    }
    assert {(p.name, p.park): dict(p.facts) for p in kept.parcels} == {
        (p.name, p.park): dict(p.facts) for p in stated.parcels
    }
    assert sorted(rule.id for rule in kept.rules) == sorted(rule.id for rule in stated.rules)


def test_verdicts_from_the_store(sited: dict[str, ProjectRecord]):
    """A transformer plant: barred where industry or land forbids, asked where power is unknown."""
    assert verdicts(sited["示例项目甲"]) == {
        "示例地块-带1": "admitted",
        "示例楼宇-圈1": "barred",
        "示例地块-谷1": "admitted",
        "示例地块-谷2": "barred",
        "示例地块-健1": "ask",
    }


@pytest.mark.parametrize(
    ("project", "plot"), [("示例项目甲", "示例楼宇-圈1"), ("示例项目甲", "示例地块-健1")]
)
def test_the_barred_and_the_unknown_are_never_placed(
    sited: dict[str, ProjectRecord], project: str, plot: str
):
    """The refusal names who decides; nothing is kept."""
    with pytest.raises(InputError) as refused:
        placing.place(sited[project], parcel(plot), DAY)
    assert ("示例:" in refused.value.text() or "供电公司" in refused.value.text()) is True
    assert SitingRecord.objects.count() == 0


def test_a_project_without_needs_is_asked_about_everywhere(sited: dict[str, ProjectRecord]):
    """Nothing known of it, nothing admitted."""
    bare = sited["示例项目甲"]
    bare.siting_needs.delete()
    assert set(verdicts(bare).values()) <= {"ask", "barred"}


def test_a_placed_project_takes_room(sited: dict[str, ProjectRecord]):
    """Two projects that need more land than a parcel has are not both placed there."""
    placing.place(sited["示例项目甲"], parcel("示例地块-谷1"), DAY)
    assert (verdicts(sited["示例项目乙"])["示例地块-谷1"], verdicts(sited["示例项目甲"])["示例地块-谷1"]) == (
        "barred",
        "admitted",
    )


def test_conditions_are_kept_and_closed_with_evidence(sited: dict[str, ProjectRecord]):
    """A conditional admission names its conditions; closing one needs evidence."""
    project = sited["示例项目丙"]
    made = placing.place(project, parcel("示例地块-带1"), DAY)
    (condition,) = made.conditions.all()
    assert (made.verdict, condition.department) == ("conditional", "示例:生态环境局")
    with pytest.raises(InputError):
        placing.close(condition, DAY, " ", version=condition.version)
    placing.close(condition, DAY, "豫环许〔2026〕1号", version=condition.version)
    assert [each.closed for each in made.conditions.all()] == [DAY]


def test_moving_releases_the_earlier_place(sited: dict[str, ProjectRecord]):
    """One place a project; the earlier one stays on record."""
    project = sited["示例项目乙"]
    placing.place(project, parcel("示例地块-谷1"), DAY)
    placing.place(project, parcel("示例地块-谷2"), DAY)
    assert [(each.parcel.name, each.released) for each in project.sitings.order_by("pk")] == [
        ("示例地块-谷1", DAY),
        ("示例地块-谷2", None),
    ]


def test_a_stale_version_places_nothing(sited: dict[str, ProjectRecord]):
    """Who decides on a project that has moved on since is told so."""
    project = sited["示例项目乙"]
    placing.place(project, parcel("示例地块-谷1"), DAY, version=project.version)
    with pytest.raises(EditConflictError):
        placing.place(project, parcel("示例地块-谷2"), DAY, version=project.version)


def test_an_expired_rule_is_asked_about(sited: dict[str, ProjectRecord]):
    """An aspect whose only rule has ended is nobody's admission."""
    AdmissionRule.objects.filter(aspect="pollutants").update(valid_to=date(2026, 1, 1))
    assert verdicts(sited["示例项目甲"])["示例地块-带1"] == "ask"


def test_a_let_plant_is_barred(sited: dict[str, ProjectRecord]):
    """The lease of a plant decides before anything else; a reserved one is asked about."""
    plot = parcel("示例地块-带1")
    for lease, verdict in (("let", "barred"), ("reserved", "ask"), ("vacant", "admitted")):
        plot.refresh_from_db()
        parks.edit(plot, plot.version, parks.facts(plot) | {"lease": lease})
        assert verdicts(sited["示例项目甲"])["示例地块-带1"] == verdict


def test_a_need_in_another_unit_is_unknown(sited: dict[str, ProjectRecord]):
    """Hectares against mu are asked about, not compared."""
    project = sited["示例项目乙"]
    wanted = (Need("土地", "公顷", (Step(Decimal(3)),)), Need("电力", "千伏安", (Step(Decimal(4000)),)))
    parks.set_needs(project, {"chemical": False, "investment": Decimal(20000)}, wanted, by="tests")
    assert verdicts(project)["示例地块-带1"] == Verdict.ASK.value


def test_an_import_is_taken_back(sited: dict[str, ProjectRecord]):
    """Undo leaves nothing of a first import; a second one cannot be undone once it was built on."""
    again = park_imports.import_file(SHEET)
    park_imports.undo(again)
    assert verdicts(sited["示例项目甲"])["示例地块-带1"] == "admitted"
    third = park_imports.import_file(SHEET)
    plot = parcel("示例地块-带1")
    parks.edit(plot, plot.version, {"use": "工业用地"})
    with pytest.raises(InputError):
        park_imports.undo(third)


def test_a_first_import_taken_back_leaves_nothing(database: str, tmp_path: Path):
    """Parks, parcels and rules are gone, the log stays."""
    Workspace.create(tmp_path / "w")
    park_imports.undo(park_imports.import_file(SHEET))
    assert [model.objects.count() for model in (ParkRecord, ParcelRecord, AdmissionRule)] == [0, 0, 0]
