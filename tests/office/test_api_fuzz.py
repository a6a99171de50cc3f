"""Every REST operation with every kind of input: what is wrong is refused, and nothing breaks the office."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.office.conftest import CHAIN, Office

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

from django.core.wsgi import get_wsgi_application  # noqa: E402 # Django is set up by the workspace
from schemathesis import Case, GenerationMode  # noqa: E402

from liandong.office.api import api  # noqa: E402
from liandong.workspace import accounts, policies, targets  # noqa: E402
from liandong.workspace.models import (  # noqa: E402
    Account,
    DisputeRecord,
    EventRecord,
    FactRecord,
    Invitee,
    Job,
    LeadRecord,
    PageRecord,
    ProjectRecord,
    PromiseRecord,
    ReviewMeeting,
    Task,
)
from liandong.workspace.policies import Role  # noqa: E402

EXAMPLES = 6
"""Inputs for an operation in each of the four ways: as described or against it, with known names or any."""


def test_no_input_breaks_an_operation(office: Office):
    """Inputs that keep to the description, and that do not, are answered without an error of the server."""
    described = schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix="/api/")))
    described.app = get_wsgi_application()
    known = names()
    broken = {}
    for operation in (each.ok() for each in described.get_all_operations()):
        found = attack(operation, known, entrance(office, operation.path))
        if found:
            broken[operation.label] = found[:3]
    assert broken == {}


def attack(operation: Any, known: dict[str, Any], headers: dict[str, str]) -> list[str]:
    """Call an operation with many inputs; those that broke it, to be tried again by hand."""
    parts = [each.name for each in operation.path_parameters]
    ways = [
        operation.as_strategy(generation_mode=mode, path_parameters=fixed)
        for mode in GenerationMode
        for fixed in ([None, {part: known[part] for part in parts}] if parts else [None])
    ]
    broken: list[str] = []

    @settings(
        max_examples=EXAMPLES * len(ways), deadline=None, database=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=st.one_of(ways))
    def answers(case: Case) -> None:
        answer = case.call(headers=headers)
        if answer.status_code >= 500:
            broken.append(case.as_curl_command()[:300])

    answers()
    return broken


def names() -> dict[str, Any]:
    """What is there in the furnished office, by the names of the parts of addresses."""
    return {
        "sha256": PageRecord.objects.values_list("pk", flat=True)[0],
        "fact": FactRecord.objects.values_list("pk", flat=True)[0],
        "region": "许昌",
        "chain": CHAIN,
        "firm_id": targets.ranking(CHAIN)[0].firm.firm_id,
        "job": Job.objects.values_list("pk", flat=True)[0],
        "event": EventRecord.objects.values_list("pk", flat=True)[0],
        "invitee": Invitee.objects.values_list("pk", flat=True)[0],
        "project": ProjectRecord.objects.values_list("pk", flat=True)[0],
        "lead": LeadRecord.objects.values_list("pk", flat=True)[0],
        "promise": PromiseRecord.objects.values_list("pk", flat=True)[0],
        "task": Task.objects.values_list("pk", flat=True)[0],
        "meeting": ReviewMeeting.objects.values_list("pk", flat=True)[0],
        "condition": 1,
        "dispute": DisputeRecord.objects.values_list("pk", flat=True)[0],
        "step": "contract",
        "phase": "talks",
        "item": "staff",
        "clock": "respond",
        "pk": Job.objects.values_list("pk", flat=True)[0],
    }


def entrance(office: Office, path: str) -> dict[str, str]:
    """A token of the administrator; the log is read by the auditor, who comes by the browser."""
    if path.startswith("/api/audit/"):
        return {"Cookie": f"sessionid={office.enter(Role.AUDITOR).cookies['sessionid'].value}"}
    owner = Account.objects.get(username=Role.ADMINISTRATOR.value)
    return {"Authorization": f"Bearer {accounts.issue_token(owner, 'fuzz', policies.granted(owner))}"}
