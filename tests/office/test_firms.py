"""A firm table is looked at, imported, and taken back; two firms are judged, and the judgement undone."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from liandong.workspace import current, firms, jobs
from liandong.workspace.models import FirmTag, Job, Judgement
from tests.office.conftest import Office

TABLE = "企业名称,所在地,统一社会信用代码\n许昌甲乙机械有限公司,许昌市,\n,许昌市,\n合计,,\n".encode()


def work() -> Job:
    """Run the job that waits, as the worker would."""
    job = jobs.claim("tests")
    assert job is not None
    return jobs.run(job)


def test_a_table_is_looked_at_then_imported_then_taken_back(office: Office):
    """The look says what is rejected and changes nothing; the import adds; undo brings the old back."""
    client, before = office.enter(), current.snapshot_id()
    client.post("/firms/imports/", {"file": SimpleUploadedFile("新表.csv", TABLE), "notes": ["sampled"]})
    look = work()
    assert (look.result["rows"], look.result["rejected"], current.snapshot_id()) == (1, 2, before)
    page = client.get("/firms/imports/").content.decode()
    assert ("退回的行" in page, "确认导入" in page, "表头在第 1 行" in page) == (True, True, True)
    first = ["许昌甲乙机械有限公司", None, "许昌市", None, None, None, None]
    assert look.result["tables"] == [{"sheet": None, "header": 1, "first": [first]}]
    client.post(f"/firms/imports/{look.pk}/confirm/")
    done = work()
    found = [row["name"] for row in firms.FirmRows(text="甲乙机械")[0:5]]
    assert (done.status, found) == ("done", ["许昌甲乙机械有限公司"])
    client.post("/firms/imports/undo/")
    assert (current.snapshot_id(), firms.FirmRows(text="甲乙机械")[0:5]) == (before, [])


def test_a_firm_shows_its_insured_staff(office: Office):
    """The profile has the number where a table gave it, a dash where none did."""
    rows = (
        "企业名称,所在地,参保人数\n许昌甲乙机械有限公司,许昌市,1204\n许昌丙丁机械有限公司,许昌市,-\n".encode()
    )
    client = office.enter()
    client.post("/firms/imports/", {"file": SimpleUploadedFile("新表.csv", rows)})
    client.post(f"/firms/imports/{work().pk}/confirm/")
    work()
    found = {row["name"]: row["firm_id"] for row in firms.FirmRows(text="许昌")[0:200]}
    shown = [
        client.get(f"/firms/{found[f'许昌{name}机械有限公司']}/")
        .content.decode()
        .partition("参保人数</dt><dd>")[2]
        for name in ("甲乙", "丙丁")
    ]
    assert [text.partition("</dd>")[0] for text in shown] == ["1,204", "—"]


def test_a_damaged_table_fails_in_words(office: Office):
    """The job says what is wrong, and nothing is imported."""
    before = current.snapshot_id()
    broken = SimpleUploadedFile("坏.xlsx", b"PK\x03\x04 no workbook")
    office.enter().post("/firms/imports/", {"file": broken})
    job = work()
    assert (job.status, bool(job.error and job.error["zh"]), current.snapshot_id()) == (
        "failed",
        True,
        before,
    )


def test_a_judgement_is_made_and_undone(office: Office):
    """It stays in the history when it is taken back."""
    left, right = [row["firm_id"] for row in firms.FirmRows()[0:2]]
    client = office.enter()
    client.post("/firms/duplicates/judge/", {"left": left, "right": right, "verdict": "same"})
    shown = client.get("/firms/duplicates/").content.decode()
    client.post(f"/firms/duplicates/{Judgement.objects.get().pk}/undo/")
    again = client.get("/firms/duplicates/").content.decode()
    assert ("conflict" in shown, "conflict" in again) == (True, False)
    assert Judgement.objects.get().undone > Judgement.objects.get().at


def test_firms_are_found_again_by_their_tag(office: Office):
    """The tag filter leaves the tagged one; a word is on a firm once."""
    firm = firms.FirmRows()[0:1][0]
    client = office.enter()
    for _ in range(2):
        client.post(f"/firms/{firm['firm_id']}/tag/", {"tag": "重点"})
    page = client.get("/firms/?tag=重点").content.decode()
    assert (FirmTag.objects.count(), firm["name"] in page, "1 条" in page) == (1, True, True)


def test_a_place_that_nobody_knows_is_told(office: Office):
    """The list stays, with a word about the place."""
    answer = office.enter().get("/firms/?region=亚特兰蒂斯")
    assert (answer.status_code, "亚特兰蒂斯" in answer.content.decode()) == (200, True)
