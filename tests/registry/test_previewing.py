"""A preview: what an import would do, shown without changing anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from liandong.errors import InputError
from liandong.registry import Registry
from liandong.registry.synthetic import generate
from tests.registry.tables import HEADER, NARI, ROWS, SENYUAN, XUJI, write_csv, write_xlsx


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """An empty registry."""
    return Registry(tmp_path / "registry")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_sheets_headers_and_columns_are_shown(registry: Registry, tmp_path: Path) -> None:
    """Each sheet with its header's row and its columns, mapped or not; sheets without firms are named."""
    sheets = {
        "说明": [("本表由市商务局整理",)],
        "在谈": [("在谈企业",), (), (*HEADER, "联系人"), (*SENYUAN, "某人")],
        "已签": [("公司名称", "社保人数", "备注"), (XUJI[0], "120", "")],
    }
    found = registry.preview_files([write_xlsx(tmp_path / "a.xlsx", sheets)])
    assert [(t.sheet, t.header, t.columns, t.unmapped, t.read) for t in found.tables] == [
        (
            "在谈",
            3,
            {
                "企业名称": "name",
                "统一社会信用代码": "uscc",
                "成立日期": "founded",
                "注册资本": "capital_text",
                "经营范围": "scope",
                "省份": "province",
                "城市": "city",
            },
            ("联系人",),
            1,
        ),
        ("已签", 1, {"公司名称": "name", "社保人数": "insured"}, ("备注",), 1),
    ]
    assert (found.left_out, found.rows, found.whole) == ((("a.xlsx", "说明"),), 2, True)


def test_first_rows_are_shown_as_they_would_be_kept(registry: Registry, tmp_path: Path) -> None:
    """The first five rows are those that an import keeps."""
    path = write_csv(
        tmp_path / "a.csv",
        [("", "", "", "", "", "", "2"), *ROWS, *[(f"第{n}厂", *[""] * 6) for n in "一二三"]],
    )
    found = registry.preview_files([path])
    registry.import_files([path])
    sql = "SELECT * EXCLUDE (firm_id, sources) FROM firms ORDER BY source_row LIMIT 5"
    assert found.first == {"a.csv": registry.query(sql).to_pylist()}


def test_faults_are_those_that_an_import_reports(registry: Registry, tmp_path: Path) -> None:
    """Rejected rows, remarks and counts of firms agree with the import that follows."""
    bad = ("甲厂", "没有代码", "某日", "一些钱", "", "", "")
    path = write_csv(tmp_path / "a.csv", [*ROWS, SENYUAN, bad, ("合计", *[""] * 6), ("", *XUJI[1:])])
    found = registry.preview_files([path])
    report = registry.import_files([path])
    assert (found.rows, found.rejected, found.rejections, found.remarks, list(found.tables)) == (
        report.rows,
        report.rejected,
        report.rejections,
        report.remarks,
        list(report.tables),
    )


def test_nothing_is_changed(registry: Registry, tmp_path: Path) -> None:
    """An empty registry has no folder afterwards; a registry has the same files with the same bytes."""
    path = write_csv(tmp_path / "a.csv", ROWS)
    registry.preview_files([path])
    assert not registry.folder.exists()
    registry.import_files([write_csv(tmp_path / "b.csv", [SENYUAN])])
    before, live = _files(registry.folder), registry.snapshot.id
    registry.preview_files([path], sample=None)
    assert (_files(registry.folder), registry.snapshot.id) == (before, live)


def test_a_sample_is_the_first_rows_of_each_table(registry: Registry, tmp_path: Path) -> None:
    """With a sample of two, two rows of each file are looked at, and the preview says that it is not all."""
    paths = [write_csv(tmp_path / "a.csv", ROWS), write_csv(tmp_path / "b.csv", [NARI, XUJI])]
    found = registry.preview_files(paths, sample=2)
    assert ([table.read for table in found.tables], found.rows, found.whole) == ([2, 2], 3, False)
    assert registry.preview_files(paths, sample=3).whole


def test_a_fault_beyond_the_sample_is_not_seen(registry: Registry, tmp_path: Path) -> None:
    """The sample bounds the work: a row behind it is not read; looking at all finds it."""
    path = write_csv(tmp_path / "a.csv", [SENYUAN, XUJI, ("合计", *[""] * 6)])
    assert [registry.preview_files([path], sample=n).rejected for n in (2, None)] == [0, 1]


def test_a_file_without_a_firm_is_shown_with_its_faults(registry: Registry, tmp_path: Path) -> None:
    """What an import refuses for want of any firm can be looked at, to see why."""
    path = write_csv(tmp_path / "a.csv", [("", *SENYUAN[1:]), ("合计", *[""] * 6)])
    found = registry.preview_files([path])
    assert (found.rows, [(each.row, each.reason) for each in found.rejections]) == (
        0,
        [(2, "missing"), (3, "total")],
    )


def test_a_known_file_is_named(registry: Registry, tmp_path: Path) -> None:
    """A file with the bytes of an import before is shown, and that an import would skip it."""
    registry.import_files([write_csv(tmp_path / "a.csv", ROWS)])
    found = registry.preview_files(
        [write_csv(tmp_path / "b.csv", ROWS), write_csv(tmp_path / "c.csv", [NARI])]
    )
    assert (found.known, [table.file for table in found.tables]) == (("b.csv",), ["b.csv", "c.csv"])


def test_a_mapping_is_previewed(registry: Registry, tmp_path: Path) -> None:
    """A column named by --map appears under its field, one left out as not used."""
    path = write_csv(tmp_path / "a.csv", [("甲厂", "河南")], ("甲方", "省份"))
    (table,) = registry.preview_files([path], mapping={"甲方": "name", "省份": ""}).tables
    assert (table.columns, table.unmapped) == ({"甲方": "name"}, ("省份",))


def test_what_an_import_refuses_a_preview_refuses(registry: Registry, tmp_path: Path) -> None:
    """No column of names, and invented firms for a registry of real ones, are refused with the same words."""
    import pyarrow.parquet as pq

    registry.import_files([write_csv(tmp_path / "a.csv", ROWS)])
    pq.write_table(generate(10, seed=1), tmp_path / "made_up.parquet")
    nameless = write_csv(tmp_path / "b.csv", [("许昌",)], ("城市",))
    for path in (nameless, tmp_path / "made_up.parquet"):
        words = []
        for ask in (registry.preview_files, registry.import_files):
            with pytest.raises(InputError) as caught:
                ask([path])
            words.append(caught.value.text("zh"))
        assert words[0] == words[1]


def test_a_preview_is_plain_json(registry: Registry, tmp_path: Path) -> None:
    """What the command line prints can be read back; days are in ISO form, the unknown is left out."""
    data = registry.preview_files([write_csv(tmp_path / "a.csv", [SENYUAN])]).to_dict()
    (table,) = json.loads(json.dumps(data))["tables"]
    assert (table["header"], table["first"][0]["founded"], "insured" in table["first"][0]) == (
        1,
        "1992-10-10",
        False,
    )
