"""Honour lists: firms found by code or name, and what they hold as of a day."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.registry import Registry
from tests.registry.tables import HEADER, NARI, ROWS, SENYUAN, XUJI, write_csv, write_xlsx

GIANT, CHAMPION, TECH = "专精特新“小巨人”企业", "制造业单项冠军企业", "高新技术企业"


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """Three firms with former names, and two of one name in two cities."""
    found = Registry(tmp_path / "registry")
    twins = [("同名机械厂", "", "", "", "", "河南", city) for city in ("许昌", "郑州")]
    rows = [(*row, "森源电器;森源" if row is SENYUAN else "") for row in (*ROWS, *twins)]
    found.import_files([write_csv(tmp_path / "firms.csv", rows, (*HEADER, "曾用名"))])
    return found


def _held(registry: Registry, title: str, day: str) -> int:
    figure = registry.count(honours=(title,), as_of=date.fromisoformat(day))
    (reference,) = figure.evidence
    assert registry.query(reference.expression)[0][0].as_py() == figure.value  # type: ignore[union-attr]
    assert figure.value is not None
    return int(figure.value)


def test_a_list_finds_firms_by_code_name_and_former_name(registry: Registry, tmp_path: Path) -> None:
    """Title and batch come from the file's name, the date from the option, the term from the regulation."""
    rows = [("许继电气（股份）有限公司", XUJI[1]), ("国电南瑞科技股份有限公司", ""), ("森源电器", "")]
    path = write_csv(tmp_path / "第五批专精特新小巨人.csv", rows, ("企业名称", "统一社会信用代码"))
    report = registry.import_honours([path], day=date(2023, 7, 14))
    assert (report.added, report.open, report.open_file) == (3, {}, None)
    assert registry.honours().drop_columns(["level", "source"]).to_pylist() == [
        {
            "firm_id": firm,
            "title": GIANT,
            "event": "recognised",
            "batch": "第五批",
            "valid_from": date(2023, 7, 14),
            "valid_to": date(2026, 7, 13),
            "revoked": None,
            "source_row": row,
        }
        for firm, row in sorted([(XUJI[1], 2), (NARI[1], 3), (SENYUAN[1], 4)])
    ]


@pytest.mark.parametrize(
    ("day", "firms"),
    [
        ("2022-12-31", 0),
        ("2023-01-01", 2),
        ("2024-05-31", 2),
        ("2024-06-01", 1),
        ("2025-12-31", 1),
        ("2026-01-01", 0),
    ],
)
def test_counts_are_as_of_a_day(registry: Registry, tmp_path: Path, day: str, firms: int) -> None:
    """From the first day to the last, both included; not from the day of revocation on."""
    header = ("企业名称", "荣誉名称", "有效期起", "有效期至", "复核结果", "撤销日期")
    rows = [
        (SENYUAN[0], "单项冠军", "2023-01-01", "2025-12-31", "", ""),
        (XUJI[0], "单项冠军", "2023-01-01", "2025-12-31", "", ""),
        (XUJI[0], "单项冠军", "", "", "撤销", "2024-06-01"),
    ]
    registry.import_honours([write_csv(tmp_path / "a.csv", rows, header)])
    assert _held(registry, CHAMPION, day) == firms
    hits = registry.search(honours=["单项冠军"], as_of=date.fromisoformat(day))
    assert len(hits) == firms


def test_a_re_examination_prolongs_and_a_revocation_does_not_reach_beyond(
    registry: Registry, tmp_path: Path
) -> None:
    """A title recognised anew after it was revoked is held again."""
    header = ("企业名称", "称号", "认定日期", "认定结果")
    rows = [
        (XUJI[0], GIANT, "2019-06-01", "认定"),
        (XUJI[0], GIANT, "2022-06-01", "复核通过"),
        (XUJI[0], GIANT, "2023-01-01", "复核未通过"),
        (XUJI[0], GIANT, "2024-06-01", "重新认定"),
    ]
    registry.import_honours([write_csv(tmp_path / "a.csv", rows, header)])
    days = ("2019-05-31", "2022-05-31", "2022-06-01", "2022-12-31", "2023-01-01", "2024-06-01", "2027-05-31")
    assert [_held(registry, GIANT, day) for day in days] == [0, 1, 1, 1, 0, 1, 1]


def test_a_year_alone_is_taken_at_its_surest(registry: Registry, tmp_path: Path) -> None:
    """Recognised in 2023 for three years: surely held from the end of 2023 to the end of 2025."""
    path = write_xlsx(
        tmp_path / "高企.xlsx", {"名单": [("高新技术企业名单",), ("企业名称", "认定年度"), (XUJI[0], 2023)]}
    )
    registry.import_honours([path], title=TECH)
    days = ("2023-12-30", "2023-12-31", "2025-12-31", "2026-01-01")
    assert [_held(registry, TECH, day) for day in days] == [0, 1, 1, 0]


def test_rows_that_are_not_sure_come_back_to_be_mended(registry: Registry, tmp_path: Path) -> None:
    """Each with its row and reason beside its cells; mended, the file is imported, and they count."""
    header = ("企业名称", "城市", "荣誉名称", "认定日期")
    rows = [
        ("同名机械厂", "", GIANT, "2023-07-01"),
        ("同名机械厂", "郑州", GIANT, "2023-07-01"),
        ("没有这家有限公司", "", GIANT, "2023-07-01"),
        (XUJI[0], "", "最美企业", "2023-07-01"),
        (NARI[0], "", GIANT, ""),
        ("", "", GIANT, "2023-07-01"),
    ]
    report = registry.import_honours([write_csv(tmp_path / "名单.csv", rows, header)])
    assert (report.rows, report.added, report.open) == (
        6,
        1,
        {"ambiguous": 1, "unfound": 1, "unknown_title": 1, "no_date": 1, "no_name": 1},
    )
    assert report.open_file
    with report.open_file.open(encoding="utf-8-sig", newline="") as stream:
        open_rows = list(csv.DictReader(stream))
    assert [(row["registry_row"], row["registry_reason"]) for row in open_rows] == [
        ("2", "ambiguous"), ("4", "unfound"), ("5", "unknown_title"), ("6", "no_date"), ("7", "no_name"),
    ]  # fmt: skip
    mended = [{**open_rows[0], "城市": "许昌"}]
    with (tmp_path / "mended.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(mended[0]))
        writer.writeheader()
        writer.writerows(mended)
    assert registry.import_honours([tmp_path / "mended.csv"]).added == 1
    assert _held(registry, GIANT, "2024-01-01") == 2


def test_lists_are_taken_once_and_can_be_undone(registry: Registry, tmp_path: Path) -> None:
    """The same bytes, or the same recognitions in another file, change nothing; undo takes the list back."""
    before = registry.snapshot.id
    header = ("企业名称", "荣誉名称", "认定日期")
    first = registry.import_honours([write_csv(tmp_path / "a.csv", [(XUJI[0], GIANT, "2023-07-01")], header)])
    again = registry.import_honours([tmp_path / "a.csv"])
    other = registry.import_honours(
        [write_csv(tmp_path / "b.csv", [(XUJI[0], GIANT, "2023年7月1日")], header)]
    )
    assert [(each.changed, each.snapshot) for each in (first, again, other)] == [
        (True, first.snapshot),
        (False, first.snapshot),
        (False, first.snapshot),
    ]
    assert (again.skipped, other.known) == (("a.csv",), 1)
    registry.undo()
    assert (registry.snapshot.id, registry.honours().num_rows) == (before, 0)


def test_honours_stay_with_their_firms_through_imports_and_classification(
    registry: Registry, tmp_path: Path
) -> None:
    """What is imported or classified later carries the lists on."""
    path = write_csv(tmp_path / "单项冠军.csv", [(XUJI[0], "2023-07-01")], ("企业名称", "认定日期"))
    registry.import_honours([path])
    registry.import_files([write_csv(tmp_path / "more.csv", [("丙厂", *[""] * 6)], HEADER)])
    registry.classify()
    assert (_held(registry, CHAMPION, "2024-01-01"), len(registry.snapshot.lists)) == (1, 1)
    assert [hit.name for hit in registry.search("许继", honours=[CHAMPION], as_of=date(2024, 1, 1))] == [
        XUJI[0]
    ]


def test_a_list_of_no_known_title_is_refused(registry: Registry, tmp_path: Path) -> None:
    """Without a title anywhere nothing is taken, and the message says how to give one."""
    path = write_csv(tmp_path / "a.csv", [(XUJI[0], "2023-07-01")], ("企业名称", "认定日期"))
    before = registry.snapshot.id
    with pytest.raises(InputError, match="--title"):
        registry.import_honours([path])
    assert registry.snapshot.id == before
