"""Classification of a snapshot: what happens to the registry (the classifier has tests of its own)."""

from __future__ import annotations

from pathlib import Path

import pytest

from liandong.registry import Registry
from tests.registry.tables import code, write_csv

HEADER = ("企业名称", "统一社会信用代码", "经营范围", "行业代码")
ROWS = (
    ("许昌小麦粉有限公司", code(1), "小麦粉的加工", ""),
    ("许昌某某有限公司", code(2), "小麦粉的加工", "1432"),
    ("许昌面粉厂", code(3), "小麦粉的加工", ""),
)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """Three firms, one of which says its industry."""
    found = Registry(tmp_path / "registry")
    found.import_files([write_csv(tmp_path / "a.csv", ROWS, HEADER)])
    return found


def _industries(registry: Registry) -> list[tuple[str, str | None, str | None]]:
    found = registry.firms(columns=("name", "industry", "industry_source")).to_pylist()
    return [(row["name"], row["industry"], row["industry_source"]) for row in found]


def test_firms_get_an_industry_and_keep_what_was_given(registry: Registry) -> None:
    """The firms without an industry are classified, in their places; a given one is taken as stated."""
    report = registry.classify()
    found = _industries(registry)
    assert [(name, (code or "")[:2], source) for name, code, source in found] == [
        ("许昌小麦粉有限公司", "13", "classified"),
        ("许昌某某有限公司", "14", "given"),
        ("许昌面粉厂", "13", "classified"),
    ]
    assert report.to_dict() == {
        "snapshot": registry.snapshot.id,
        "rows": 3,
        "classified": 3,
        "given": 1,
        "unknown": 0,
    }


def test_classification_is_a_snapshot_that_can_be_undone(registry: Registry) -> None:
    """Rows and sources stay; undo brings back the unclassified firms."""
    before = registry.snapshot
    registry.classify()
    after = registry.snapshot
    assert (after.parent, after.made_by, after.rows, after.sources, after.coverage) == (
        before.id,
        "classify",
        3,
        before.sources,
        before.coverage,
    )
    registry.undo()
    assert [industry for _, industry, _ in _industries(registry)] == [None, "1432", None]


def test_only_new_firms_are_classified_after_another_import(registry: Registry, tmp_path: Path) -> None:
    """Industries found before survive an import; a second classification adds the new firms."""
    registry.classify()
    first = _industries(registry)
    registry.import_files(
        [write_csv(tmp_path / "b.csv", [("许昌糕点厂", code(4), "糕点的生产", "")], HEADER)]
    )
    assert _industries(registry)[:3] == first
    assert _industries(registry)[3] == ("许昌糕点厂", None, None)
    assert registry.classify().classified == 4


def test_a_given_industry_replaces_a_classified_one(registry: Registry, tmp_path: Path) -> None:
    """What a later source states of a firm precedes what was read from its name."""
    registry.classify()
    registry.import_files([write_csv(tmp_path / "b.csv", [(*ROWS[0][:3], "3823")], HEADER)])
    assert _industries(registry)[0] == ("许昌小麦粉有限公司", "3823", "given")


def test_progress_ends_with_all_rows(registry: Registry) -> None:
    """A caller is told how many firms are done, and in the end that all are."""
    told: list[tuple[int, int | None]] = []
    registry.classify(progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)
