from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.registry import Judgement, Registry, Verdict
from tests.registry.tables import HEADER, NARI, SENYUAN, XUJI, code, write_csv

BARE = ("河南森源电气股份有限公司", "", "1992-10-10", "9.3亿元", "高压开关柜的制造", "河南", "许昌")
BRANCH = ("许继电气股份有限公司郑州分公司", code(7), "2001-01-01", "", "销售", "河南", "郑州")
HOLDING = ("许继集团有限公司", code(8), "1996-12-27", "31亿元", "电力装备的研发", "河南", "许昌")


def registry(folder: Path) -> Registry:
    """A registry of two lists that share a firm, once with its code and once without."""
    found = Registry(folder / "registry")
    found.import_files(
        [
            write_csv(folder / "register.csv", [SENYUAN, XUJI, NARI, BRANCH, HOLDING]),
            write_csv(folder / "visits.csv", [BARE], HEADER),
        ]
    )
    return found


def test_resolving_names_the_double_and_can_be_undone(tmp_path: Path):
    """The row without a code gets the coded firm as its canonical one; rows stay; undo takes it back."""
    firms = registry(tmp_path)
    before = firms.snapshot
    report = firms.resolve()
    assert (report.rows, report.joined, report.firms) == (6, 2, 1)
    assert set(firms.identity()["canonical_id"].to_pylist()) == {code(1)}
    assert firms.snapshot.path.read_bytes() == before.path.read_bytes()
    assert firms.search("森源") == firms.at(before.id).search("森源")
    firms.undo()
    assert firms.identity().num_rows == 0


def test_identity_survives_another_import_and_another_resolve(tmp_path: Path):
    """After more files the last resolution still answers, and resolving again keeps its canonical ids."""
    firms = registry(tmp_path)
    firms.resolve()
    known = firms.identity().to_pylist()
    more = ("许昌许继昌南通信设备有限公司", code(9), "1995-01-01", "", "通信设备", "河南", "许昌")
    firms.import_files([write_csv(tmp_path / "more.csv", [more])])
    assert firms.identity().to_pylist() == known
    firms.resolve()
    assert firms.identity().to_pylist() == known


def test_what_people_said_is_heeded(tmp_path: Path):
    """Judged different, the two rows are two firms."""
    firms = registry(tmp_path)
    firms.resolve()
    ids = firms.identity()["firm_id"].to_pylist()
    said = Judgement(ids[0], ids[1], Verdict.DIFFERENT, "tester", datetime(2026, 3, 1, tzinfo=UTC))
    assert firms.resolve([said]).joined == 0


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("许继电气", XUJI[0]),
        ("森源", SENYUAN[0]),
        ("南瑞", NARI[0]),
        ("許繼電氣", XUJI[0]),
        ("许继集团", HOLDING[0]),
    ],
)
def test_a_short_name_finds_its_firm(tmp_path: Path, text: str, first: str):
    """Brand, brand and trade, Traditional letters: the firm itself before its branch."""
    assert registry(tmp_path).find(text)[0].name == first


def test_a_short_name_has_two_letters(tmp_path: Path):
    """One letter means too many firms, and is refused."""
    with pytest.raises(InputError) as refused:
        registry(tmp_path).find("许")
    assert refused.value.field == "text"
    assert registry(tmp_path).find("没有这家") == []
