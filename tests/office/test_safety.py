"""What may not be done to the office: scripts in names, formulas in cells, addresses of the inner network."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from liandong.errors import InputError
from liandong.office.shell import exporting
from liandong.workspace import fetching, firms, jobs, reading
from liandong.workspace.models import AuditEntry, FirmTag, Job, PageRecord
from tests.office.conftest import Office
from tests.office.inventory import inventory

ATTACK = '<script>alert(1)</script><img src=x onerror="alert(2)">'


def test_scripts_in_what_people_write_are_text(office: Office):
    """Attempts in a page, a tag and a note show as characters on every page that holds them."""
    client = office.enter()
    reading.send_text(f"许昌{ATTACK}概况\n\n2024年,许昌市高新技术企业{ATTACK}601家。")
    job = jobs.claim("tests")
    assert job is not None
    page = jobs.run(job).result["page"]
    firm = firms.FirmRows()[0:1][0]["firm_id"]
    client.post(f"/firms/{firm}/tag/", {"tag": ATTACK})
    client.post(f"/firms/{firm}/note/", {"text": ATTACK})
    client.post("/accounts/me/views/", {"name": ATTACK, "listing": "firms.firms", "query": "q=1"})
    paths = [f"/library/pages/{page}/", f"/firms/{firm}/", "/library/", "/", "/accounts/me/", "/firms/?q=1"]
    bodies = [client.get(path).content.decode() for path in paths]
    assert [("<script>alert" in body or "<img src=x" in body) for body in bodies] == [False] * len(paths)
    assert "&lt;script&gt;alert(1)" in bodies[1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_exported_cells_are_never_formulas(start: str):
    """A text that begins like a formula is a text in CSV and in Excel."""
    text = f"{start}HYPERLINK(1)"
    raw = exporting.table("t", ["a"], [[text]], "csv").content.decode("utf-8-sig")
    (_, [cell]) = list(csv.reader(io.StringIO(raw)))
    sheet = load_workbook(io.BytesIO(exporting.table("t", ["a"], [[text]], "xlsx").content)).active
    assert (cell[0], sheet["A2"].data_type) == ("'", "s")


def test_an_export_holds_what_was_filtered_and_is_logged(office: Office):
    """The file has the filtered rows; the log says who took what."""
    answer = office.enter().get("/firms/?region=许昌&export=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    entry = AuditEntry.objects.filter(action="firms.export").get()
    assert {"许昌" in row[2] for row in rows[1:]} == {True}
    assert (entry.by, entry.details["rows"], entry.details["filters"]["region"]) == (
        "administrator",
        len(rows) - 1,
        "许昌",
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://192.168.1.1/a", "http://[::1]/",
        "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "file:///etc/passwd",
        "ftp://example.com/", "http://user:pw@example.com/", "http://example.com:22/", "http://2130706433/",
        "http:///x", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_addresses_of_the_inner_network_are_refused(address: str):
    """Neither by their form nor by what their name resolves to."""
    with pytest.raises(InputError):
        fetching.fetch(address)


@pytest.mark.parametrize(
    ("name", "size"), [("a.exe", 3), ("a.doc", 3), ("a.html", 0), ("a.txt", 20 * 1024 * 1024 + 1)]
)
def test_uploads_are_limited_by_kind_and_size(office: Office, name: str, size: int):
    """What is no page, empty or too large is refused, and no job is queued."""
    before = Job.objects.count()
    answer = office.enter().post("/library/add/", {"file": SimpleUploadedFile(name, b"x" * size)})
    assert (answer.status_code, Job.objects.count()) == (200, before)


def test_every_answer_tells_the_browser_to_load_nothing_from_elsewhere(office: Office):
    """The policy allows this origin alone, no inline script, no inline style, no eval."""
    client = office.enter()
    found = {client.get(each.path).headers["Content-Security-Policy"] for each in inventory()[:10]}
    (policy,) = found
    assert ("default-src 'self'" in policy, "unsafe" in policy) == (True, False)


def test_forms_without_their_key_are_refused(office: Office):
    """A form from elsewhere changes nothing."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.cookies = office.enter().cookies
    firm = firms.FirmRows()[0:1][0]["firm_id"]
    answer = client.post(f"/firms/{firm}/tag/", {"tag": "x"})
    assert (answer.status_code, FirmTag.objects.count()) == (403, 0)


def test_an_original_comes_back_byte_for_byte_and_is_never_run(office: Office):
    """As a download of no particular kind."""
    page = PageRecord.objects.order_by("added")[0]
    answer = office.enter().get(f"/library/pages/{page.pk}/original/")
    assert (answer.content, answer["Content-Type"]) == (reading.original(page.pk), "application/octet-stream")
    assert "attachment" in answer["Content-Disposition"]


def test_five_wrong_passwords_lock_the_door(office: Office):
    """The sixth attempt is told to wait, even with the right password."""
    client = office.enter(None)
    for _ in range(5):
        client.post("/enter/", {"login": "leader", "password": "wrong"})
    answer = client.post("/enter/", {"login": "leader", "password": "Correct-Horse-7"})
    assert (answer.status_code, AuditEntry.objects.filter(action="accounts.refused").count()) == (429, 6)


def test_the_settings_for_a_public_address_are_sound(monkeypatch: pytest.MonkeyPatch):
    """`check --deploy` has nothing to say of an office behind https."""
    import os
    import subprocess
    import sys

    environment = {
        **os.environ,
        "LIANDONG_ORIGIN": "https://zs.example.cn",
        "LIANDONG_SECRET_KEY": "k" * 60 + "aB3$",
    }
    environment["DJANGO_SETTINGS_MODULE"] = "liandong.office.settings"
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_null_characters_are_refused(office: Office):
    """In an address, a query or a JSON body: 400, in words, on every store."""
    client = office.enter()
    answers = [
        client.get("/firms/?q=%00"),
        client.get("/api/library/facts?kind=%00"),
        client.post("/api/library/pages", '{"text": "a\\u0000b"}', content_type="application/json"),
    ]
    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert "空字符" in answers[0].content.decode()


def test_numbers_beyond_the_store_are_refused(office: Office):
    """An offset of thirty digits is an error of who asks, not of the server."""
    answer = office.enter().get(f"/api/library/facts?offset={10**30}")
    assert answer.status_code == 422
