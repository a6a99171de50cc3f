"""No page asks the store more than thirty times, however much it shows."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office.conftest import Office
from tests.office.inventory import inventory

MOST = 30


def test_no_page_needs_more_than_thirty_queries(office: Office):
    """Session and account included, nothing kept from a page before."""
    client = office.enter()
    heavy = {}
    for each in inventory():
        if "GET" in each.methods:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(each.path)
            if len(asked) > MOST:
                heavy[each.name] = len(asked)
    assert heavy == {}
