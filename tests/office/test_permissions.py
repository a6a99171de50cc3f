"""Every page and every REST operation for every role, and for nobody."""

from __future__ import annotations

from typing import Any

import pytest

from liandong.office.api import api
from liandong.office.shell.access import PUBLIC
from liandong.workspace import accounts, policies
from liandong.workspace.models import Account
from liandong.workspace.policies import POLICIES, Role
from tests.office.conftest import Office
from tests.office.inventory import inventory

SIGNS = {
    Role.ADMINISTRATOR: "A", Role.SYSTEM: "s", Role.SECURITY: "c", Role.AUDITOR: "u", Role.LEADER: "L",
    Role.OFFICER: "o", Role.OFFICER_ALL: "O", Role.DISTRICT: "d", Role.TASKFORCE: "t", Role.OUTPOST: "x",
    Role.PARK: "p", Role.DEPARTMENT: "e", Role.AGENT: "g", Role.VIEWER: "v",
}  # fmt: skip
WORKING = "ALoOdtxpegv"
OFFICERS = "AoOdtx"
GRANTED = {
    "cockpit.view": WORKING, "library.view": WORKING, "library.change": OFFICERS,
    "library.export": "AL" + OFFICERS[1:], "city.view": WORKING, "city.export": "AL" + OFFICERS[1:],
    "chains.view": WORKING, "chains.change": "AOt", "chains.export": "AL" + OFFICERS[1:],
    "firms.view": WORKING, "firms.change": OFFICERS, "firms.export": "AL" + OFFICERS[1:],
    "firms.import": "AsO", "targets.view": "ALoOdtxv", "targets.change": "AL" + OFFICERS[1:],
    "targets.export": "AL" + OFFICERS[1:], "jobs.view": "AsLoOdtxpegv", "jobs.change": "As" + OFFICERS[1:],
    "assessment.view": "ALoOdtxpev", "assessment.change": "ALO", "assessment.export": "AL" + OFFICERS[1:],
    "programmes.view": WORKING, "programmes.change": "AOe", "programmes.export": "AL" + OFFICERS[1:],
    "events.view": WORKING, "events.change": OFFICERS, "events.day": OFFICERS + "pg",
    "events.sign": "AL" + OFFICERS[1:], "events.export": "AL" + OFFICERS[1:],
    "leads.view": "ALoOdtxv", "leads.change": OFFICERS, "leads.rule": "AL",
    "leads.export": "AL" + OFFICERS[1:], "projects.view": WORKING, "projects.change": OFFICERS + "pg",
    "projects.note": WORKING[:-1], "projects.review": "AOe", "projects.waive": "AL",
    "projects.instruct": "AL", "projects.import": "AO", "projects.export": "AL" + OFFICERS[1:],
    "parks.view": WORKING, "parks.change": "AOdp", "parks.import": "AOdp", "parks.site": OFFICERS,
    "parks.export": "AL" + OFFICERS[1:] + "p",
    "accounts.view": "Ac", "accounts.change": "Ac", "audit.view": "u", "audit.export": "u",
    "me.view": "AscuLoOdtxpegv", "me.change": "AscuLoOdtxpegv", "tokens.view": "AscLoOdtxpegv",
    "tokens.change": "AscLoOdtxpegv",
}  # fmt: skip
"""Who may do what, written down a second time: a change of the policies must be meant."""


def test_the_policies_are_what_was_agreed():
    """Each permission of the first subjects is granted to exactly these roles."""
    found = {
        f"{name}.{action}": "".join(sign for role, sign in SIGNS.items() if role in roles)
        for name, policy in POLICIES.items()
        for action, roles in policy.grants.items()
        if f"{name}.{action}" in GRANTED
    }
    assert found == {
        name: "".join(s for s in SIGNS.values() if s in signs) for name, signs in GRANTED.items()
    }


def test_rights_and_traces_are_in_different_hands():
    """No role both grants rights and reads the audit log; nobody can change the log."""
    both = POLICIES["accounts"].grants["change"] & POLICIES["audit"].grants["view"]
    assert (both, set(POLICIES["audit"].grants)) == (frozenset(), {"view", "export"})


def test_nobody_comes_in_without_signing_in(office: Office):
    """Every page but the public ones sends a stranger to the login."""
    client = office.enter(None)
    let_in = [
        each.name
        for each in inventory()
        if each.permission != PUBLIC
        for method in each.methods
        if client.generic(method, each.path).headers.get("Location", "").partition("?")[0] != "/enter/"
    ]
    assert let_in == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_its_policies_allow(office: Office, role: Role):
    """What a role may not do is refused by page and method; what it may look at opens."""
    client, account = office.enter(role), Account.objects.get(username=role.value)
    wrong = []
    for each in inventory():
        if each.permission == PUBLIC or each.name == "evidence:figure":
            continue
        allowed = policies.may(account, each.permission)
        for method in each.methods:
            if allowed and method != "GET":
                continue  # what may be done is done in the tests of each subject
            code = client.generic(method, each.path).status_code
            if (code == 403) == allowed or code >= 500 or (allowed and code not in (200, 302)):
                wrong.append((each.name, method, code))
    assert wrong == []


def operations() -> list[tuple[str, str, str]]:
    """Every REST operation: path with examples, method, permission."""
    found = []
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                guards: Any = operation.auth_param or operation.auth_callbacks
                for method in operation.methods:
                    found.append((f"/api{prefix}{path}", method, guards[0].permission))
    return found


def test_every_operation_names_its_permission():
    """No operation of the interface is open."""
    assert [path for path, _, permission in operations() if permission not in policies.permissions()] == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.VIEWER, Role.OFFICER, Role.SECURITY])
def test_a_token_does_what_its_owner_may(office: Office, role: Role):
    """Refused without a token (401), beyond the owner's role (403); opened otherwise."""
    examples = _examples()
    account = Account.objects.get(username=role.value)
    client = office.enter(None)
    granted = policies.granted(account)
    headers = {"Authorization": "Bearer none"}
    if policies.may(account, "tokens.change"):
        headers = {"Authorization": f"Bearer {accounts.issue_token(account, 'test', granted)}"}
    wrong = []
    for path, method, permission in operations():
        address = path
        for name, value in examples.items():
            address = address.replace(name, value)
        stranger = client.generic(method, address).status_code
        allowed = permission in granted and "none" not in headers["Authorization"]
        refused = 401 if "none" in headers["Authorization"] else 403
        code = client.generic(method, address, headers=headers).status_code
        opened = code < 500 and code not in (401, 403)
        if stranger != 401 or (allowed and not opened) or (not allowed and code != refused):
            wrong.append((method, address, stranger, code))
    assert wrong == []


def _examples() -> dict[str, str]:
    pages = {each.name: each.path for each in inventory()}
    return {
        "{sha256}": pages["library:page"].split("/")[3],
        "{fact}": pages["library:judge"].split("/")[3],
        "{int:pk}": "1",
        "{int:job}": "1",
        "{int:project}": "1",
        **{f"{{int:{name}}}": "1" for name in ("lead", "promise", "task", "meeting", "condition", "dispute")},
        "{phase}": "talks",
        "{item}": "staff",
        "{step}": "contract",
        "{clock}": "respond",
        "{int:event}": "1",
        "{int:invitee}": "1",
        "{region}": "许昌",
        "{chain}": "电力装备",
        "{firm_id}": pages["firms:firm"].split("/")[2],
    }


def test_a_scope_narrows_a_token(office: Office):
    """A token for the library cannot read accounts, though its owner may."""
    account = Account.objects.get(username=Role.ADMINISTRATOR.value)
    secret = accounts.issue_token(account, "reader", ["library.view"])
    client, headers = office.enter(None), {"Authorization": f"Bearer {secret}"}
    codes = [
        client.get(path, headers=headers).status_code for path in ("/api/library/facts", "/api/accounts/")
    ]
    assert codes == [200, 403]


def test_the_navigation_shows_what_one_may_open(office: Office):
    """An auditor sees the log and nothing else."""
    page = office.enter(Role.AUDITOR).get("/audit/").content.decode()
    side = page.partition('class="side"')[2].partition("</nav>")[0]
    assert side.count("<a ") == 1


def test_across_units_only_that_something_exists(office: Office):
    """An officer of another unit reads that a firm is courted and by which unit, not by whom."""
    from liandong.workspace import targets

    firm = targets.ranking("电力装备")[0].firm.firm_id
    officer = Account.objects.get(username=Role.OFFICER.value)
    Account.objects.filter(pk=officer.pk).update(unit="招商二局", name="李四秘密")
    officer.refresh_from_db()
    targets.decide(
        targets.Request("电力装备", firm, "变压器", "assigned", officer=officer, reason="机密理由")
    )
    Account.objects.filter(username=Role.DISTRICT.value).update(unit="招商三局")
    for path in (f"/targets/电力装备/{firm}/", "/targets/电力装备/", f"/firms/{firm}/"):
        text = office.enter(Role.DISTRICT).get(path).content.decode().split("<form", 1)[0]
        body = office.enter(Role.DISTRICT).get(path).content.decode()
        assert ("招商二局" in body, "机密理由" in body, "李四秘密" in text) == (True, False, False)
