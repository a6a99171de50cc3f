"""Every page of the inventory opens, in both languages, without a word left untranslated."""

from __future__ import annotations

from tests.office.conftest import Office
from tests.office.inventory import inventory


def test_every_page_opens(office: Office):
    """Each address of the inventory that answers GET answers the administrator; a figure needs one."""
    client = office.enter()
    found = {each.path: client.get(each.path).status_code for each in inventory() if "GET" in each.methods}
    assert {path: code for path, code in found.items() if code not in (200, 302, 403)} == {
        "/evidence/figure/": 404
    }
