"""Coming in: first set-up, weak passwords, a session that rests too long."""

from __future__ import annotations

import time

from liandong.workspace.models import Account
from tests.office.conftest import Office


def test_the_first_set_up_happens_once(office: Office):
    """Where there is an account, the page of the first visit sends people on."""
    client = office.enter(None)
    given = {"username": "x", "password": "Xuchang-2026!", "again": "Xuchang-2026!"}
    answer = client.post("/accounts/setup/", given)
    assert (answer.status_code, Account.objects.filter(username="x").exists()) == (302, False)


def test_an_hour_without_a_click_ends_a_session(office: Office):
    """The next click leads to the login."""
    client = office.enter()
    client.get("/")
    session = client.session
    session["seen"] = time.time() - 3601
    session.save()
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/enter/")


def test_weak_passwords_are_refused(office: Office):
    """Too short, too common, of one kind, like the name: no account is made."""
    client = office.enter()
    before = Account.objects.count()
    for password in ("Ab1-xyz", "password123", "abcdefghijkl", "Zhangsan-12"):
        given = {"username": "zhangsan", "name": "", "unit": "", "role": "viewer", "password": password}
        client.post("/accounts/new/", given)
    assert Account.objects.count() == before
