"""What the log says is said in the reader's words."""

from __future__ import annotations

import re
from pathlib import Path

import liandong
from liandong.office.audit.words import ACTIONS
from liandong.office.templatetags.office import stated
from tests.office.conftest import Office


def test_every_action_that_is_logged_has_its_words():
    """Each action that the program writes into the log has words in both languages."""
    found: set[str] = set()
    for path in Path(liandong.__file__).parent.rglob("*.py"):
        found |= set(re.findall(r'audit\.record\(\s*"([a-z_]+\.[a-z_]+)"', path.read_text("utf-8")))
    assert {action for action in found if not action.endswith(".export")} - set(ACTIONS) == set()


def test_a_value_is_shown_with_the_words_that_bound_it(office: Office):
    """超过千亿元 is not shown as 千亿元."""
    from liandong.workspace.models import FactRecord

    record = FactRecord.objects.get(value_text="千亿元")
    page = office.enter().get(f"/library/pages/{record.page_id}/").content.decode()
    assert (stated(record), "超过 千亿元" in page) == ("超过 千亿元", True)
