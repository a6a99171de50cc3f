"""Ranked lists: computed behind the page, weighed anew from what was prepared."""

from __future__ import annotations

import pytest

from liandong.errors import InputError
from liandong.targets import load_weights
from liandong.workspace import analysis, current, ranking
from tests.office.conftest import CHAIN, Office


def test_other_weights_rank_as_if_nothing_had_been_kept(office: Office):
    """What was prepared once gives the same list as a ranking from the beginning with those weights."""
    points = {"distance": 30.0, "presence": 0.0, "growth": 20.0}
    shipped, tried = ranking.ranking(CHAIN), ranking.ranking(CHAIN, points=points)
    plan, diagnosis = current.plan(), current.diagnosis(CHAIN)
    assert plan is not None and diagnosis is not None  # noqa: PT018 # for the types
    anew = analysis.targets(
        plan,
        current.registry(),
        diagnosis,
        node=None,
        source=None,
        top=ranking.TOP,
        facts=ranking._facts_of(plan),
        weights=ranking.weights_with(points),
    )
    assert ([each.to_dict() for each in tried], tried == shipped) == (
        [each.to_dict() for each in anew],
        False,
    )


def test_a_list_that_takes_long_is_waited_for_on_its_page(office: Office, monkeypatch: pytest.MonkeyPatch):
    """Who asks too early sees that it is being computed and asks again; the list then comes as always."""
    client, address = office.enter(), f"/targets/{CHAIN}/"
    with ranking._PREPARING:  # another list is being made
        monkeypatch.setattr(ranking.soon, "__kwdefaults__", {**ranking.soon.__kwdefaults__, "wait": 0.1})
        early = client.get(address).content.decode()
    monkeypatch.undo()
    later = client.get(address).content.decode()
    assert ('hx-trigger="load delay:2s"' in early, ranking.ranking(CHAIN)[0].firm.name in later) == (
        True,
        True,
    )


def test_a_bad_weight_is_refused_before_anything_is_computed(office: Office):
    """Unknown names and points beyond 100."""
    for points in ({"luck": 3.0}, {next(iter(load_weights())): 101.0}):
        with pytest.raises(InputError):
            ranking.soon(CHAIN, points=points)
