"""The second factor: a code of the time, once each, after the password; recovery codes; who must have it."""

from __future__ import annotations

import base64
import hmac
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client

from liandong.workspace.models import Account, AuditEntry
from liandong.workspace.policies import Role
from tests.office.conftest import PASSWORD, Office
from tests.office.test_languages import untranslated

ACTIVATE = "/enter/second/totp/activate/"
AUTHENTICATE = "/enter/second/authenticate/"


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Codes that were used and wrong tries are kept in memory; each test begins without."""
    cache.clear()
    yield
    cache.clear()


def code(secret: str, steps: int = 0) -> str:
    """What an authenticator shows (RFC 6238, RFC 4226), so many periods of 30 s from now."""
    counter = (int(time.time()) // 30 + steps).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def signed_in(office: Office, name: str = "officer", language: str = "zh") -> Client:
    """Somebody who has given their password at the entrance."""
    client = office.enter(None, language)
    client.post("/enter/", {"login": name, "password": PASSWORD})
    return client


def set_up(client: Client) -> str:
    """Set up an authenticator as a person does; returns its secret."""
    client.post(client.get(ACTIVATE).headers["Location"], {"password": PASSWORD})
    client.get(ACTIVATE)
    secret = str(client.session["mfa.totp.secret"])
    assert client.post(ACTIVATE, {"code": code(secret, -1)}).status_code == 302
    return secret


def where(client: Client, path: str = "/") -> tuple[int, str]:
    """Status of a page, and where it sends one."""
    answer = client.get(path)
    return answer.status_code, answer.headers.get("Location", "").partition("?")[0]


def test_the_test_makes_codes_as_the_standard_does(monkeypatch: pytest.MonkeyPatch):
    """The vector of RFC 6238, appendix B, at 59 s: 94287082, of which the last six digits."""
    monkeypatch.setattr(time, "time", lambda: 59)
    assert code(base64.b32encode(b"12345678901234567890").decode()) == "287082"


def test_signing_in_asks_for_the_code(office: Office):
    """With an authenticator the password alone opens nothing; with its code everything as before."""
    secret = set_up(signed_in(office))
    client = office.enter(None)
    answer = client.post("/enter/", {"login": "officer", "password": PASSWORD})
    assert (answer.headers["Location"], where(client)) == (AUTHENTICATE, (302, "/enter/"))
    client.post(AUTHENTICATE, {"code": code(secret)})
    assert where(client) == (200, "")


def test_a_code_opens_once(office: Office):
    """Whoever has seen the digits cannot use them again."""
    secret = set_up(signed_in(office))
    digits = code(secret)
    signed_in(office).post(AUTHENTICATE, {"code": digits})
    client = signed_in(office)
    page = client.post(AUTHENTICATE, {"code": digits}).content.decode()
    assert (where(client), "已经用过" in page) == ((302, "/enter/"), True)


def test_wrong_codes_are_throttled_and_logged(office: Office):
    """After six wrong codes the right one is refused too; each is in the log with the name."""
    secret = set_up(signed_in(office))
    client = signed_in(office)
    for _ in range(6):
        client.post(AUTHENTICATE, {"code": "000000" if code(secret) != "000000" else "000001"})
    page = client.post(AUTHENTICATE, {"code": code(secret)}).content.decode()
    logged = AuditEntry.objects.filter(action="accounts.refused", subject="officer").count()
    assert (where(client), "次数过多" in page, logged) == ((302, "/enter/"), True, 6)


def test_a_recovery_code_opens_once(office: Office):
    """Without the phone one comes in with a recovery code, once each; the log says so."""
    first = signed_in(office)
    set_up(first)
    page = first.get("/enter/second/recovery-codes/").content.decode()
    codes = page.partition("<pre>")[2].partition("</pre>")[0].split()
    found = []
    for _ in range(2):
        client = signed_in(office)
        client.post(AUTHENTICATE, {"code": codes[0]})
        found.append(where(client))
    logged = AuditEntry.objects.filter(action="accounts.recovery_code", by="officer").count()
    assert (len(codes), found, logged) == (10, [(200, ""), (302, "/enter/")], 1)


def test_a_role_that_must_have_it_sets_it_up_first(office: Office):
    """Nothing opens before; the authenticator cannot be given up; other roles are left alone."""
    settings = office.workspace.configuration
    office.workspace.configuration = replace(settings, second_factor=("officer",))
    client = signed_in(office)
    before = where(client, "/firms/")
    set_up(client)
    client.post("/enter/second/totp/deactivate/")
    assert (before, where(client, "/firms/"), where(signed_in(office, "viewer"))) == (
        (302, ACTIVATE),
        (200, ""),
        (200, ""),
    )
    signed_in(office)
    assert where(signed_in(office)) == (302, "/enter/")


def test_who_lost_the_phone_is_helped(office: Office):
    """An administrator takes the second factor away; both the deed and who did it are in the log."""
    set_up(signed_in(office))
    officer = Account.objects.get(username="officer")
    administrator = office.enter(Role.ADMINISTRATOR)
    listed = "已启用" in administrator.get("/accounts/").content.decode()
    administrator.post(f"/accounts/{officer.pk}/second-factor/")
    last = AuditEntry.objects.filter(action="accounts.second_factor").order_by("-pk")[0]
    assert (listed, where(signed_in(office)), last.by, last.subject) == (
        True,
        (200, ""),
        "administrator",
        "officer",
    )


def test_its_pages_speak_both_languages(office: Office):
    """Setting up, codes, the question at the entrance and its errors hold no Chinese in English."""
    client = signed_in(office, language="en")
    secret = set_up(client)
    second = "/enter/second/"
    opened = ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/")
    pages = [client.get(second + each) for each in opened] + [client.get("/accounts/me/")]
    client.post("/enter/second/totp/deactivate/")
    pages.append(client.get(ACTIVATE))
    pages.append(client.post(ACTIVATE, {"code": "1"}))
    set_up(signed_in(office, "viewer"))
    stranger = signed_in(office, "viewer", "en")
    pages += [stranger.get(AUTHENTICATE), stranger.post(AUTHENTICATE, {"code": "1"})]
    assert len(secret) == 32
    assert [(page.status_code, untranslated(page.content.decode())) for page in pages] == [(200, [])] * 9
