"""Many pages, one statement each, and where they disagree."""

from liandong.facts import extract, reconcile
from tests.facts.sample import page


def test_the_same_statement_on_two_pages_is_one_with_first_and_last_seen():
    """Two sightings, the days of their pages."""
    one, other = page("2024年,许昌地区生产总值3330.1亿元。"), page("去年,全市生产总值3330.1亿元。")
    days = {one.sha256: "2025-02-01", other.sha256: "2025-06-19"}
    found = reconcile([*extract(one), *extract(other)], days)
    assert [(s.value, len(s.facts), s.first_seen, s.last_seen) for s in found.statements] == [
        ("333010000000", 2, "2025-02-01", "2025-06-19")
    ]
    assert found.conflicts == ()


def test_a_rounded_repeat_supports_the_exact_value():
    """3330亿元 repeats 3330.1亿元."""
    one, other = page("2024年,许昌地区生产总值3330.1亿元。"), page("2024年,许昌地区生产总值3330亿元。")
    found = reconcile([*extract(one), *extract(other)])
    assert [(s.value, len(s.facts), len(s.rounded)) for s in found.statements] == [("333010000000", 1, 1)]
    assert found.conflicts == ()


def test_different_values_stand_side_by_side():
    """Neither page is dropped."""
    one, other = page("2024年,许昌高新技术企业549家。"), page("2024年,许昌高新技术企业612家。")
    found = reconcile([*extract(one), *extract(other)])
    assert [[s.value for s in conflict.statements] for conflict in found.conflicts] == [["549", "612"]]


def test_a_plan_does_not_contradict_what_is():
    """Target and count are two statements."""
    both = page("2025年,许昌高新技术企业549家。2025年,许昌力争高新技术企业600家。")
    found = reconcile(extract(both))
    assert sorted(s.value or "" for s in found.statements) == ["549", "600"]
    assert found.conflicts == ()
