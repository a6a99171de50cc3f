"""The REST interface with every kind of input: no operation breaks."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from liandong.office.api import api
from tests.office.conftest import Office

SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.method} {each.path}")
def test_no_operation_breaks(office: Office, operation: Any):
    """Whatever is sent, the answer is below 500."""
    client = office.enter()
    codes = set()

    @settings(max_examples=6, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def call(case: Any) -> None:
        query = urlencode(case.query or {}, doseq=True)
        body = case.body if isinstance(case.body, dict | list | str) else {}
        answer = client.generic(
            case.method,
            f"{case.formatted_path}?{query}",
            json.dumps(body, default=str),
            content_type=case.media_type or "application/json",
        )
        codes.add(answer.status_code)
        assert answer.status_code < 500

    call()
