from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from liandong.errors import InputError
from liandong.registry import Registry
from liandong.registry.cleaning import find_industry_code
from liandong.registry.schema import FIRMS
from tests.registry.tables import HEADER, NARI, ROWS, SENYUAN, XUJI, code, write_csv, write_xlsx


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """An empty registry."""
    return Registry(tmp_path / "registry")


def _names(registry: Registry) -> list[str]:
    return sorted(registry.firms(columns=["name"])["name"].to_pylist())


def test_a_firm_as_the_registry_keeps_it(registry: Registry, tmp_path: Path) -> None:
    """Every field of a row is cleaned, what was found is kept beside it, and the row can be opened."""
    header = (*HEADER, "注册地址", "股票代码", "荣誉资质", "所属行业", "登记状态", "曾用名", "参保人数")
    more = (
        "许昌市长葛市魏武路1号",
        "002358.SZ",
        "高新技术企业;制造业单项冠军",
        "C3823",
        "存续",
        "森源开关",
        "1,204人",
    )
    registry.import_files([write_csv(tmp_path / "a.csv", [(*SENYUAN, *more)], header)])
    table = registry.firms()
    assert table.schema.names == FIRMS.names
    (firm,) = table.to_pylist()
    assert firm == {
        "firm_id": code(1),
        "uscc": code(1),
        "uscc_text": None,
        "uscc_problem": None,
        "name": "河南森源电气股份有限公司",
        "name_key": "河南森源电气股份有限公司",
        "aliases": ["森源开关"],
        "province": "410000",
        "prefecture": "411000",
        "county": "411082",
        "region_text": "河南 许昌",
        "region_source": "address",
        "address": "许昌市长葛市魏武路1号",
        "founded": date(1992, 10, 10),
        "founded_year": 1992,
        "capital": 930_000_000.0,
        "capital_currency": "CNY",
        "capital_text": "9.3亿元",
        "insured": 1204,
        "kind": None,
        "status": "存续",
        "scope": "高压开关柜的制造",
        "stock_code": "002358",
        "products": None,
        "honours": ["高新技术企业", "制造业单项冠军"],
        "industry": "3823",
        "industry_confidence": 1.0,
        "industry_source": "given",
        "industries": [{"code": "3823", "confidence": 1.0}],
        "source": "a.csv",
        "source_row": 2,
        "sources": [{"source": "a.csv", "row": 2}],
    }


def test_snapshots_on_disk_have_the_contracted_schema(registry: Registry, tmp_path: Path) -> None:
    """firms.parquet has the columns and types that other rooms read."""
    registry.import_files([write_csv(tmp_path / "a.csv", ROWS)])
    found = pq.read_schema(registry.snapshot.path)
    assert [(field.name, str(field.type)) for field in found] == [
        (field.name, str(field.type).replace("<item:", "<element:")) for field in FIRMS
    ]


def test_coverage_counts_the_province_years_that_are_there(registry: Registry, tmp_path: Path) -> None:
    """Three firms of two provinces from 1992 to 2001 fill 3 of 20 province-years."""
    registry.import_files([write_csv(tmp_path / "a.csv", ROWS)], notes=("listed_firms_only",))
    coverage = registry.snapshot.coverage
    assert coverage.to_dict() == {
        "source": "a.csv",
        "last_date": "2001-02-28",
        "rows": 3,
        "complete_cells": 3,
        "cells": 20,
        "notes": ["listed_firms_only"],
    }


def test_the_same_bytes_are_imported_once(registry: Registry, tmp_path: Path) -> None:
    """A file already imported, under whatever name, changes nothing."""
    first = registry.import_files([write_csv(tmp_path / "a.csv", ROWS)])
    again = registry.import_files([write_csv(tmp_path / "b.csv", ROWS)])
    assert (again.changed, again.snapshot, again.skipped, again.rows) == (
        False,
        first.snapshot,
        ("b.csv",),
        3,
    )


def test_an_import_adds_to_the_live_snapshot(registry: Registry, tmp_path: Path) -> None:
    """Firms of a second file stand beside those of the first; undo takes the second back."""
    first = registry.import_files([write_csv(tmp_path / "a.csv", [SENYUAN])])
    second = registry.import_files([write_csv(tmp_path / "b.csv", [XUJI, NARI])])
    assert (second.added, second.merged, second.rows) == (2, 0, 3)
    assert _names(registry) == sorted(row[0] for row in ROWS)
    undone = registry.undo()
    assert (undone and undone.id, _names(registry)) == (first.snapshot, [SENYUAN[0]])
    assert registry.undo() is None
    assert Registry(registry.folder).empty


def test_an_undone_import_can_be_repeated(registry: Registry, tmp_path: Path) -> None:
    """After undo the same file is new again and gives the same firms."""
    path = write_csv(tmp_path / "a.csv", ROWS)
    registry.import_files([path])
    ids = registry.firms()["firm_id"].to_pylist()
    registry.undo()
    report = registry.import_files([path])
    assert (report.changed, registry.firms()["firm_id"].to_pylist()) == (True, ids)


def test_rows_of_one_code_become_one_firm(registry: Registry, tmp_path: Path) -> None:
    """The newer file gives what it knows, the older what the newer does not; both rows can be opened."""
    registry.import_files([write_csv(tmp_path / "old.csv", [SENYUAN])])
    header = ("企业名称", "统一社会信用代码", "登记状态", "荣誉资质")
    renamed = ("森源集团电气股份有限公司", SENYUAN[1], "存续", "小巨人")
    report = registry.import_files([write_csv(tmp_path / "new.csv", [renamed], header)])
    assert (report.added, report.merged, report.rows) == (0, 1, 1)
    (firm,) = registry.firms().to_pylist()
    kept = (
        "name",
        "aliases",
        "status",
        "honours",
        "scope",
        "prefecture",
        "capital",
        "founded_year",
        "source",
    )
    assert {name: firm[name] for name in kept} == {
        "name": "森源集团电气股份有限公司",
        "aliases": ["河南森源电气股份有限公司"],
        "status": "存续",
        "honours": ["小巨人"],
        "scope": "高压开关柜的制造",
        "prefecture": "411000",
        "capital": 930_000_000.0,
        "founded_year": 1992,
        "source": "new.csv",
    }
    assert firm["sources"] == [{"source": "old.csv", "row": 2}, {"source": "new.csv", "row": 2}]


def test_codes_that_do_not_identify_are_kept_reported_and_counted(registry: Registry, tmp_path: Path) -> None:
    """No row is lost: invalid, legacy, repeated and doubly given codes keep their firms, with a reason."""
    rows = [
        ("甲厂", code(10), "", "", "", "河南", "许昌"),
        ("甲厂", code(10), "", "", "", "河南", "许昌"),  # the same firm again
        ("乙厂", code(11), "", "", "", "河南", "许昌"),
        ("丙厂", code(11), "", "", "", "河南", "许昌"),  # another firm with its code
        ("丁厂", code(12)[:-1] + "?", "", "", "", "河南", "许昌"),
        ("戊厂", "410000100012345", "", "", "", "河南", "许昌"),
        ("己厂", "无", "", "", "", "河南", "许昌"),
        ("己厂", "无", "", "", "", "河南", "许昌"),
    ]
    report = registry.import_files([write_csv(tmp_path / "a.csv", rows)])
    assert (report.rows, report.rejected, report.remarks) == (
        6,
        0,
        {
            ("uscc", "characters"): 1,
            ("uscc", "legacy"): 1,
            ("uscc", "duplicate"): 2,
            ("row", "repeated"): 2,
        },
    )
    found = registry.query(
        "SELECT source_row, uscc, uscc_text, uscc_problem, firm_id = uscc AS by_code "
        "FROM firms ORDER BY source_row"
    ).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        (3, code(10), None, None, True),
        (4, code(11), None, "duplicate", False),
        (5, code(11), None, "duplicate", False),
        (6, None, code(12)[:-1] + "?", "characters", None),
        (7, None, "410000100012345", "legacy", None),
        (9, None, None, None, None),
    ]
    assert (report.merged, len(set(registry.firms()["firm_id"].to_pylist()))) == (2, 6)
    named = registry.query("SELECT unnest(sources).row AS row FROM firms")["row"].to_pylist()
    assert sorted(named) == [2, 3, 4, 5, 6, 7, 8, 9]


def test_identities_survive_reordering_and_another_import(tmp_path: Path) -> None:
    """The same firms in another order, after another file, in another registry, have the same firm_id."""
    rows = [("甲厂", "", "", "", "", "河南", "许昌"), ("甲厂", "", "", "", "", "河南", "郑州"), SENYUAN]
    one, two = Registry(tmp_path / "one"), Registry(tmp_path / "two")
    one.import_files([write_csv(tmp_path / "a.csv", rows)])
    two.import_files([write_csv(tmp_path / "b.csv", [NARI])])
    (tmp_path / "later").mkdir()
    two.import_files([write_csv(tmp_path / "later" / "a.csv", rows[::-1])])
    sql = "SELECT firm_id, name, prefecture FROM firms WHERE source = 'a.csv' ORDER BY firm_id"
    assert one.query(sql).to_pylist() == two.query(sql).to_pylist()


def test_a_newer_file_of_the_same_name_is_another_source(registry: Registry, tmp_path: Path) -> None:
    """Firms without a code are recognised by file, name and place; the newer file has a label of its own."""
    firm = ("甲厂", "", "", "", "", "河南", "许昌")
    registry.import_files([write_csv(tmp_path / "a.csv", [firm])])
    newer = ("甲厂", "", "2015-03-02", "", "", "河南", "许昌")
    report = registry.import_files([write_csv(tmp_path / "a.csv", [newer])])
    label = registry.snapshot.sources[1].label
    assert (report.rows, report.merged, label == "a.csv") == (1, 1, False)
    assert registry.firms()["sources"].to_pylist() == [
        [{"source": "a.csv", "row": 2}, {"source": label, "row": 2}]
    ]


def test_a_total_beside_its_word_is_no_firm(registry: Registry, tmp_path: Path) -> None:
    """合计 in another column of the row makes 共60家 in the name's column no firm."""
    rows = [SENYUAN, ("共60家", *[""] * 5, "合计"), XUJI]
    report = registry.import_files([write_csv(tmp_path / "a.csv", rows)])
    assert [(each.row, each.reason) for each in report.rejections] == [(3, "total")]


def test_rejected_rows_are_reported_and_can_be_mended(registry: Registry, tmp_path: Path) -> None:
    """Rows without a name come back in a file with row, field and reason, which imports once it is mended."""
    rows = [SENYUAN, ("", *XUJI[1:]), ("合计", *[""] * 6), HEADER, ("12345", *[""] * 6), NARI]
    report = registry.import_files([write_csv(tmp_path / "a.csv", rows)])
    assert [(each.row, each.field, each.reason, each.found) for each in report.rejections] == [
        (3, "企业名称", "missing", None),
        (4, "企业名称", "total", "合计"),
        (5, "企业名称", "header", "企业名称"),
        (6, "企业名称", "no_letters", "12345"),
    ]
    assert (report.rows, report.rejected) == (2, 4)
    assert report.rejected_file is not None
    with report.rejected_file.open(encoding="utf-8-sig", newline="") as stream:
        back = list(csv.DictReader(stream))
    assert {key: back[0][key] for key in ("registry_file", "registry_row", "registry_reason", *HEADER)} == {
        "registry_file": "a.csv",
        "registry_row": "3",
        "registry_reason": "missing",
        **dict(zip(HEADER, ("", *XUJI[1:]), strict=True)),
    }
    back[0]["企业名称"] = XUJI[0]
    mended = [tuple(back[0].values())]
    registry.import_files([write_csv(tmp_path / "mended.csv", mended, tuple(back[0]))])
    assert _names(registry) == sorted(row[0] for row in ROWS)


def test_values_that_cannot_be_understood_leave_a_remark(registry: Registry, tmp_path: Path) -> None:
    """The row stays, the field is unknown, and row, field and what was found are in a file."""
    row = ("甲厂", "", "1992年13月", "一些钱", "", "河南", "许昌")
    report = registry.import_files([write_csv(tmp_path / "a.csv", [row])])
    assert report.remarks == {("capital_text", "no_amount_or_unit"): 1, ("founded", "unreadable"): 1}
    assert report.remarks_file is not None
    with report.remarks_file.open(encoding="utf-8-sig", newline="") as stream:
        lines = [tuple(line.values()) for line in csv.DictReader(stream)]
    assert lines == [
        ("a.csv", "", "2", "founded", "unreadable", "1992年13月"),
        ("a.csv", "", "2", "capital_text", "no_amount_or_unit", "一些钱"),
    ]
    (firm,) = registry.firms(columns=["founded", "capital", "capital_text"]).to_pylist()
    assert firm == {"founded": None, "capital": None, "capital_text": "一些钱"}


def test_not_available_is_unknown(registry: Registry, tmp_path: Path) -> None:
    """The literal N/A, a dash and an empty cell are unknown, without a remark."""
    report = registry.import_files(
        [write_csv(tmp_path / "a.csv", [("甲厂", "N/A", "N/A", "-", "", "N/A", "N/A")])]
    )
    (firm,) = registry.firms(columns=["uscc", "founded", "capital_text", "scope", "province"]).to_pylist()
    assert (set(firm.values()), report.remarks) == ({None}, {})


def test_several_sheets_of_one_workbook(registry: Registry, tmp_path: Path) -> None:
    """Each row names its sheet, since row numbers begin anew in each."""
    path = write_xlsx(tmp_path / "a.xlsx", {"一": [HEADER, SENYUAN], "二": [("注",), HEADER, XUJI]})
    registry.import_files([path])
    found = registry.query("SELECT source, source_row FROM firms ORDER BY source").to_pylist()
    assert [tuple(row.values()) for row in found] == [("a.xlsx[一]", 2), ("a.xlsx[二]", 3)]


def test_files_of_all_kinds_in_one_import(registry: Registry, tmp_path: Path) -> None:
    """Parquet, GB18030 CSV and Excel make one snapshot together."""
    Registry(tmp_path / "other").import_files([write_csv(tmp_path / "a.csv", [SENYUAN], encoding="gb18030")])
    parquet = Registry(tmp_path / "other").export(tmp_path / "b.parquet")
    excel = write_xlsx(tmp_path / "c.xlsx", {"一": [HEADER, NARI]})
    report = registry.import_files([parquet, write_csv(tmp_path / "d.csv", [XUJI]), excel])
    assert (report.rows, [table.file for table in report.tables]) == (3, ["b.parquet", "d.csv", "c.xlsx"])


def test_an_explicit_mapping_names_the_columns(registry: Registry, tmp_path: Path) -> None:
    """A table whose header says nothing to us is read with {column: field}."""
    path = write_csv(tmp_path / "a.csv", [("甲厂", "许昌")], ("甲方", "何处"))
    registry.import_files([path], mapping={"甲方": "name", "何处": "city"})
    assert registry.firms(columns=["name", "prefecture"]).to_pylist() == [
        {"name": "甲厂", "prefecture": "411000"}
    ]


def test_progress_is_told_in_rows(registry: Registry, tmp_path: Path) -> None:
    """A caller is told rows done, and in the end that all are."""
    told: list[tuple[int, int | None]] = []
    registry.import_files(
        [write_csv(tmp_path / "a.csv", ROWS)], progress=lambda done, total: told.append((done, total))
    )
    assert told == [(3, None), (3, 3)]


def test_a_second_writer_is_refused(registry: Registry, tmp_path: Path) -> None:
    """While one import runs, another is told to wait, and the first is not disturbed."""
    path, other = write_csv(tmp_path / "a.csv", ROWS), write_csv(tmp_path / "b.csv", [SENYUAN])
    refused: list[str] = []

    def meanwhile(done: int, total: int | None) -> None:
        with pytest.raises(InputError) as caught:
            Registry(registry.folder).import_files([other])
        refused.append(caught.value.text("en"))

    registry.import_files([path], progress=meanwhile)
    assert (registry.snapshot.rows, all("wait" in each for each in refused)) == (3, True)


def test_a_report_is_plain_json(registry: Registry, tmp_path: Path) -> None:
    """What the command line prints can be written as JSON and read back."""
    import json

    report = registry.import_files([write_csv(tmp_path / "a.csv", [*ROWS, [""] * 7, ("合计", *[""] * 6)])])
    data = report.to_dict()
    assert json.loads(json.dumps(data)) == json.loads(json.dumps(data))
    assert (data["rows"], data["rejected"], data["tables"][0]["columns"]["企业名称"]) == (3, 1, "name")


@pytest.mark.parametrize(
    ("cell", "code"), [("367", "3670"), ("汽车零部件及配件制造", "3670"), ("382", "382"), ("C38", "38")]
)
def test_a_group_of_one_class_is_that_class(cell: str, code: str) -> None:
    """Who counts 3670 finds the firms whose table says 367 or its name; other groups stay groups."""
    assert find_industry_code(cell) == code
