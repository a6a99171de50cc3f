"""Search: by any part of what a firm is known by, mistyped too, filtered and page by page."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.registry import Registry, normalise_name
from liandong.registry.index_building import CHUNK, FOLDER, FORMAT
from liandong.registry.synthetic import generate
from tests.registry.tables import code, write_csv

HEADER = (
    *("企业名称", "统一社会信用代码", "省份", "城市", "行业代码"),
    *("经营范围", "曾用名", "荣誉资质", "登记状态"),
)
ROWS = (
    ("河南森源电气股份有限公司", code(1), "河南", "许昌", "3823", "高压开关柜", "森源", "单项冠军", "存续"),
    ("许继电气股份有限公司", code(2), "河南", "许昌", "3823", "继电保护装置的生产", "", "高企", "存续"),
    ("许昌远东传动轴股份有限公司", code(3), "河南", "许昌", "3670", "传动轴", "", "", "注销"),
    ("上海森源电梯有限公司", code(4, "310115"), "上海", "浦东", "3435", "电梯", "", "", "存续"),
    ("郑州电缆有限公司", code(5, "410100"), "河南", "郑州", "3831", "电线电缆", "", "", "吊销"),
    ("森源小吃店", "", "江苏", "南京", "6210", "小吃", "", "", ""),
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """Six firms."""
    folder = tmp_path_factory.mktemp("search")
    found = Registry(folder / "registry")
    found.import_files([write_csv(folder / "a.csv", ROWS, HEADER)])
    return found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """3,000 invented firms."""
    folder = tmp_path_factory.mktemp("many")
    pq.write_table(generate(3_000, seed=3), folder / "a.parquet")
    found = Registry(folder / "registry")
    found.import_files([folder / "a.parquet"])
    return found


def _names(registry: Registry, text: str, **filters: object) -> list[tuple[str, str]]:
    return [(hit.name, hit.matched) for hit in registry.search(text, **filters)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("森源", [(ROWS[5][0], "name"), (ROWS[0][0], "name"), (ROWS[3][0], "name")]),
        ("传动", [(ROWS[2][0], "name")]),
        (code(2)[10:], [(ROWS[1][0], "code")]),
        ("许昌 森源", [(ROWS[0][0], "place")]),
        ("许昌森源", [(ROWS[0][0], "place")]),
        ("森源 电气", [(ROWS[0][0], "name")]),
        ("郑州", [(ROWS[4][0], "name")]),
        ("电梯、自动扶梯", [(ROWS[3][0], "industry")]),
        ("继电保护装置", [(ROWS[1][0], "scope")]),
        ("森元", [(ROWS[5][0], "similar"), (ROWS[0][0], "similar"), (ROWS[3][0], "similar")]),
        ("许记电气", [(ROWS[1][0], "similar")]),
        ("继许电气", [(ROWS[1][0], "similar")]),
        ("许电气股份", [(ROWS[1][0], "similar"), (ROWS[0][0], "similar")]),
        ("远东转动轴", [(ROWS[2][0], "similar")]),
        ("远懂传洞轴", []),
        ("许X电", [(ROWS[1][0], "similar")]),
        ("没有这家", []),
        ("厂", []),
    ],
)
def test_what_a_text_finds(registry: Registry, text: str, found: list[tuple[str, str]]) -> None:
    """Parts of names, codes, places, trades and scopes; then what sounds or looks alike."""
    assert _names(registry, text) == found


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"regions": ["411000"]}, [0, 1, 2]),
        ({"regions": ["410000"], "status": ["存续", "吊销"]}, [0, 1, 4]),
        ({"industries": ["38"]}, [0, 1, 4]),
        ({"industries": ["C"], "regions": ["310000"]}, [3]),
        ({"honours": ["高新技术企业"]}, [1]),
        ({"honours": ["制造业单项冠军", "高新技术企业"], "industries": ["3823"]}, [0, 1]),
        ({"status": []}, []),
    ],
)
def test_filters_without_a_text(registry: Registry, filters: dict[str, list[str]], rows: list[int]) -> None:
    """All firms that every filter lets through, in the order of the table."""
    assert _names(registry, "", **filters) == [(ROWS[row][0], "filter") for row in rows]


def test_filters_with_a_text(registry: Registry) -> None:
    """A filter holds for every way in which a firm can be found."""
    assert _names(registry, "森源", regions=["310000"]) == [(ROWS[3][0], "name")]
    assert _names(registry, "森元", regions=["310000"]) == [(ROWS[3][0], "similar")]
    assert _names(registry, "保护", regions=["310000"]) == []
    assert _names(registry, code(2), regions=["310000"]) == []


def test_unknown_filters_are_refused(registry: Registry) -> None:
    """A code or title that no list has is an error, not an empty answer."""
    for filters in ({"regions": ["990000"]}, {"industries": ["9999"]}, {"honours": ["无此荣誉"]}):
        with pytest.raises(InputError):
            registry.search("森源", **filters)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        registry.search("")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2_999), st.integers(0, 12), st.integers(1, 6))
def test_every_part_of_a_name_finds_all_that_hold_it(many: Registry, row: int, start: int, size: int) -> None:
    """The index answers as reading every name would, whatever part is looked for."""
    keys = many.query("SELECT name_key FROM firms")["name_key"].to_pylist()
    text = keys[row][start : start + size] or keys[row]
    expected = sorted(key for key in keys if text in key)
    firms = many.index.holding(text)
    assert sorted(key for key in (many.index.text(int(firm))[0] for firm in firms) if text in key) == expected
    first = [normalise_name(hit.name) for hit in many.search(text, limit=5)]
    ranked = sorted(expected, key=lambda key: (not key.startswith(text[0]), len(key)))
    assert [(key[0] == text[0], len(key)) for key in first] == [
        (key[0] == text[0], len(key)) for key in ranked[:5]
    ]


def test_pages_follow_one_another(many: Registry) -> None:
    """Pages put together are the whole list, with a text and without."""
    for filters in ({"text": "机械"}, {"regions": ["410000"]}, {"text": "销售", "industries": None}):
        whole = many.search(limit=60, **filters)  # type: ignore[arg-type]
        pages = [many.search(limit=20, offset=at, **filters) for at in (0, 20, 40)]  # type: ignore[arg-type]
        assert [hit for page in pages for hit in page] == whole


def test_the_index_is_part_of_the_snapshot(tmp_path: Path) -> None:
    """It is there when the snapshot is, and goes back with it."""
    registry = Registry(tmp_path / "registry")
    registry.import_files([write_csv(tmp_path / "a.csv", ROWS[:2], HEADER)])
    assert (registry.snapshot.folder / FOLDER / FORMAT).is_file()
    registry.import_files([write_csv(tmp_path / "b.csv", ROWS[2:], HEADER)])
    assert len(registry.search("森源")) == 3
    registry.undo()
    assert len(registry.search("森源")) == 1


def test_an_index_of_another_format_is_built_anew(tmp_path: Path) -> None:
    """A snapshot without today's index, or with half of one, gets it when it is first searched."""
    registry = Registry(tmp_path / "registry")
    registry.import_files([write_csv(tmp_path / "a.csv", ROWS, HEADER)])
    folder = registry.snapshot.folder / FOLDER
    folder.rename(registry.snapshot.folder / "search-0")
    assert len(Registry(registry.folder).search("森源")) == 3
    (folder / FORMAT).unlink()
    assert len(Registry(registry.folder).search("森源")) == 3
    assert json.loads((folder / FORMAT).read_text(encoding="utf-8"))["rows"] == 6


def test_classified_firms_share_the_index_of_names(tmp_path: Path) -> None:
    """After a classification the industries are searched anew, and the names as before."""
    registry = Registry(tmp_path / "registry")
    blank = [(*row[:4], "", *row[5:]) for row in ROWS]
    registry.import_files([write_csv(tmp_path / "a.csv", blank, HEADER)])
    before = registry.snapshot.folder / FOLDER
    registry.classify()
    after = registry.snapshot.folder / FOLDER
    assert (before / "postings.npy").samefile(after / "postings.npy")
    expected = [row["name"] for row in registry.firms(industries=("38",), columns=("name",)).to_pylist()]
    assert sorted(hit.name for hit in registry.search(industries=["38"])) == sorted(expected)
    assert len(registry.search("森源")) == 3


def test_scopes_beyond_the_first_part_of_the_index_are_found(tmp_path: Path) -> None:
    """Blocks of firms are numbered through, whole parts of the index and the last one alike."""
    rows = CHUNK + 1_000
    table = generate(3, seed=1).take([0] * rows)
    scopes = ["无"] * rows
    for row, text in ((5, "甲乙丙丁"), (CHUNK - 1, "甲乙丙丁"), (rows - 1, "甲乙丙丁")):
        scopes[row] = f"生产{text};销售"
    names = [f"第{row}厂【合成】" for row in range(rows)]
    table = table.select(["province", "city"]).append_column("name", [names]).append_column("scope", [scopes])
    pq.write_table(table, tmp_path / "a.parquet")
    registry = Registry(tmp_path / "registry")
    registry.import_files([tmp_path / "a.parquet"])
    found = {hit.name for hit in registry.search("甲乙丙丁")}
    assert found == {names[5], names[CHUNK - 1], names[rows - 1]}
