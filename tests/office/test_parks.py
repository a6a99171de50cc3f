"""Parks in the office: sheets in and out, verdicts with their departments, and no route past admission."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liandong.examples import xuchang
from liandong.workspace import accounts, jobs, park_imports, parks, siting_runs
from liandong.workspace.models import (
    Account,
    Job,
    ParcelRecord,
    ParkImport,
    ParkRecord,
    ProjectRecord,
    SitingRecord,
    SitingRun,
)
from liandong.workspace.policies import Role, granted
from tests.office.conftest import Office
from tests.office.furniture import SHEET

BARRED, ASKED, FREE = "示例楼宇-圈1", "示例地块-健1", "示例地块-谷1"


def project(mark: str = "甲") -> ProjectRecord:
    return ProjectRecord.objects.get(name__startswith=f"示例项目{mark}")


def parcel(name: str) -> ParcelRecord:
    return ParcelRecord.objects.get(name=name)


@pytest.mark.parametrize("plot", [BARRED, ASKED])
@pytest.mark.parametrize("route", ["page", "rest"])
def test_no_route_passes_admission(office: Office, plot: str, route: str):
    """What is barred or has to be asked is refused by page and REST alike, and nothing is kept."""
    found, where = project(), parcel(plot)
    client = office.enter(Role.OFFICER)
    sent = {"parcel": where.pk, "version": found.version}
    if route == "page":
        code = client.post(f"/parks/siting/{found.pk}/place/", sent).status_code
    else:
        owner = Account.objects.get(username=Role.OFFICER.value)
        token = accounts.issue_token(owner, "t", granted(owner))
        code = client.post(
            f"/api/parks/place/{found.pk}",
            sent,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        ).status_code
    assert (code, SitingRecord.objects.filter(project=found).count()) == (400, 0)


def test_a_sheet_that_names_a_place_sites_nobody(office: Office):
    """Importing a case with a project `at` a barred parcel makes no siting: projects are left."""
    text = SHEET.read_text("utf-8").replace(
        'name = "示例项目甲:变压器"\nindustries', f'name = "示例项目甲:变压器"\nat = "{BARRED}"\nindustries'
    )
    before = SitingRecord.objects.count()
    path = Path(office.folder) / "at.toml"
    path.write_text(text, "utf-8")
    park_imports.import_file(path)
    assert (f'at = "{BARRED}"' in text, SitingRecord.objects.count() - before) == (True, 0)


def test_an_admitted_parcel_takes_the_project(office: Office):
    """The page places it and shows the parcel."""
    found, where = project(), parcel(FREE)
    client = office.enter(Role.OFFICER)
    client.post(f"/parks/siting/{found.pk}/place/", {"parcel": where.pk, "version": found.version})
    page = client.get(f"/parks/siting/{found.pk}/").content.decode()
    assert (SitingRecord.objects.get(project=found, released=None).parcel_id, FREE in page) == (
        where.pk,
        True,
    )


def test_the_page_names_rule_source_and_department(office: Office):
    """A verdict is followed by who decides, by which rule, on what authority."""
    host = ParkRecord.objects.get(name="芙蓉湖现代服务业创新圈")
    page = office.enter(Role.OFFICER).get(f"/parks/siting/{project().pk}/?park={host.pk}").content.decode()
    assert [word in page for word in ("不准入", "示例-产业", "示例:园区管委会", "虚构示例")] == [True] * 4


def test_projects_of_other_units_are_not_there(office: Office):
    """An officer of another unit finds neither the project nor its needs; the park says whose it is."""
    placed = project("丙")
    Account.objects.filter(username=Role.DISTRICT.value).update(unit="招商九局")
    client = office.enter(Role.DISTRICT)
    from liandong.workspace.policies import POLICIES

    if "projects" not in POLICIES:
        pytest.skip("projects have no policy yet")
    page = client.get(f"/parks/{parcel('示例地块-带1').park_id}/").content.decode()
    assert (
        client.get(f"/parks/siting/{placed.pk}/").status_code,
        placed.name in page,
        placed.unit in page,
    ) == (404, False, True)


def test_a_sheet_goes_in_by_preview_and_out_by_undo(office: Office):
    """Sent, looked at, confirmed, taken back; the log says each."""
    client = office.enter(Role.PARK)
    text = '[[parks]]\nname = "乙园区"\n\n[[parcels]]\nname = "乙-1"\npark = "乙园区"\nland_status = "净地"\n'
    sent = SimpleUploadedFile("乙.toml", text.encode())
    client.post("/parks/imports/", {"file": sent})
    look = jobs.run(_claimed())
    assert (look.status, ParkRecord.objects.filter(name="乙园区").exists()) == (Job.Status.DONE, False)
    client.post(f"/parks/imports/{look.pk}/confirm/")
    jobs.run(_claimed())
    assert parcel("乙-1").facts == {"land_status": "clear"}
    client.post(f"/parks/imports/{ParkImport.objects.latest('pk').pk}/undo/")
    assert ParkRecord.objects.filter(name="乙园区").exists() is False


def test_faults_of_a_sheet_name_row_and_column(office: Office):
    """A sheet with a parcel of an unknown park is refused whole."""
    text = '[[parks]]\nname = "乙园区"\n\n[[parcels]]\nname = "乙-1"\npark = "丙园区"\n'
    client = office.enter(Role.PARK)
    client.post("/parks/imports/", {"file": SimpleUploadedFile("乙.toml", text.encode())})
    look = jobs.run(_claimed())
    page = client.get("/parks/imports/").content.decode()
    assert (look.status, "丙园区" in page, ParkRecord.objects.filter(name="乙园区").exists()) == (
        Job.Status.FAILED,
        True,
        False,
    )


def test_two_people_edit_a_parcel(office: Office):
    """The second save over an old version is refused with 409, and the first stands."""
    plot = parcel(FREE)
    client = office.enter(Role.PARK)
    first = client.post(f"/parks/parcels/{plot.pk}/edit/", {"use": "工业用地", "version": plot.version})
    second = client.post(f"/parks/parcels/{plot.pk}/edit/", {"use": "商务用地", "version": plot.version})
    plot.refresh_from_db()
    assert (first.status_code, second.status_code, plot.facts) == (302, 409, {"use": "工业用地"})


def test_a_round_says_what_is_proven_and_what_the_second_best_costs(office: Office):
    """The example's round: proven, each placement with its second best; what may go nowhere says why."""
    (run,) = SitingRun.objects.all()
    named = {each["name"]: each["parcel"] for each in run.result["placements"]}
    stuck = [each["name"] for each in run.result["stuck"]]
    assert (run.result["proven"], named, stuck) == (
        True,
        {"示例项目甲:变压器": FREE, "示例项目乙:电机": "示例地块-谷2", "示例项目丙:电池材料": "示例地块-带1"},
        ["示例项目丁:原料药"],
    )


def test_a_round_that_cannot_be_met_names_the_smallest_conflict(office: Office):
    """Two projects that each need nearly all the land of the only parcel."""
    plot = parcel("示例地块-带1")
    for mark in ("甲", "乙"):
        kept = project(mark).siting_needs
        kept.needs = [["土地", "亩", [["150", None]]], ["电力", "千伏安", [["10", None]]]]
        kept.save()
    SitingRecord.objects.update(released=date.today())
    pks = [project("甲").pk, project("乙").pk]
    kept = project("甲").siting_needs
    kept.facts["investment"] = "60000"
    kept.save()
    kept = project("乙").siting_needs
    kept.facts["investment"] = "60000"
    kept.save()
    siting_runs.run({"projects": pks, "parks": [plot.park_id]}, lambda done, total=None: None)
    result = SitingRun.objects.latest("pk").result
    assert (result["status"], result["proven"], len(result["conflict"])) == ("infeasible", True, 3)


def test_landing_costs_side_by_side(office: Office):
    """A sheet sent gives the comparison and a workbook; a partial total says so."""
    client = office.enter(Role.OFFICER)
    sheet = Path(xuchang.__file__).parent / "landing.toml"
    sent = SimpleUploadedFile("landing.toml", sheet.read_bytes())
    answer = client.post("/parks/landing/", {"file": sent}, follow=True)
    page = answer.content.decode()
    book = client.get(answer.redirect_chain[-1][0] + "&export=xlsx")
    assert ("部分" in page, "不计" in page, book["Content-Type"][-5:], book.content[:2]) == (
        True,
        True,
        "sheet",
        b"PK",
    )


def test_control_values_are_checked_against_what_was_agreed(office: Office):
    """At completion the actual value stands beside the parcel's; a check without voucher is refused."""
    live = SitingRecord.objects.get(released=None)
    client = office.enter(Role.OFFICER)
    sent = {"step": "completion", "control": "investment_per_mu", "actual": "210", "voucher": "验收报告1号"}
    refused = client.post(f"/parks/siting/placed/{live.pk}/check/", sent | {"voucher": ""}).status_code
    client.post(f"/parks/siting/placed/{live.pk}/check/", sent)
    (made,) = live.checks.all()
    assert (refused, made.planned, made.actual) == (400, 200, 210)


def test_needs_are_stated_on_the_page(office: Office):
    """An empty amount stays unknown; a zero is a zero."""
    found = project("乙")
    client = office.enter(Role.OFFICER)
    page = client.get(f"/parks/siting/{found.pk}/needs/").content.decode()
    assert 'name="need0"' in page
    client.post(f"/parks/siting/{found.pk}/needs/", {"need0": "50", "need1": "", "need2": "0"})
    kept = ProjectRecord.objects.get(pk=found.pk).siting_needs
    assert ([(name, steps) for name, _, steps in kept.needs], parks.needs(kept.needs)[0].unit) == (
        [("土地", [["50", None]]), ("燃气", [["0", None]])],
        "亩",
    )


def _claimed() -> Job:
    job = jobs.claim("tests")
    assert job is not None
    return job


@pytest.mark.parametrize("route", ["make", "edit"])
def test_a_park_that_is_kept_is_not_chosen_by_its_name(office: Office, route: str):
    """Neither a new project (nor an import, which makes one) nor an edit writes the park past admission."""
    from liandong.errors import InputError
    from liandong.workspace import projects

    found, officer = project(), Account.objects.get(username=Role.OFFICER.value)
    park = {"park": "芙蓉湖现代服务业创新圈"}
    routes = {
        "edit": lambda: projects.edit(found, found.version, **park),
        "make": lambda: projects.make(officer, projects.Draft("新项目", "new_land", columns=park)),
    }
    with pytest.raises(InputError):
        routes[route]()
    assert ProjectRecord.objects.filter(park=park["park"]).exists() is False


def test_the_example_is_loaded_into_an_empty_office_only(office: Office):
    """Where there are parks it changes nothing; its parks say that all but their names is invented."""
    client, before = office.enter(Role.PARK), ParkRecord.objects.count()
    client.post("/parks/imports/example/")
    notes = set(ParkRecord.objects.values_list("note", flat=True))
    assert (ParkRecord.objects.count(), notes) == (before, {"除名称外均为虚构"})
