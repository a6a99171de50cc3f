from __future__ import annotations

from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.registry import standing
from liandong.workspace import Workspace


def test_judgements_are_kept_and_can_be_taken_back(tmp_path: Path):
    """Who said what of two firms is kept in the store; taken back, it stays, but no longer stands."""
    workspace = Workspace.create(tmp_path / "city", city="许昌")
    workspace.judge("b", "a", "different", by="tester", score=0.9)
    (kept,) = workspace.judgements()
    assert (kept.pair, kept.verdict.value, kept.by, kept.score) == (("a", "b"), "different", "tester", 0.9)
    assert workspace.undo_judgement("a", "b") == 1
    assert (len(workspace.judgements()), standing(workspace.judgements())) == (1, {})


def test_an_unknown_verdict_is_refused(tmp_path: Path):
    """Only same, different and unsure are verdicts; nothing is kept otherwise."""
    workspace = Workspace.create(tmp_path / "city", city="许昌")
    with pytest.raises(InputError) as refused:
        workspace.judge("a", "b", "maybe", by="tester")
    assert (refused.value.field, workspace.judgements()) == ("verdict", [])
