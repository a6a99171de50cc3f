from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.figures import Figure, QueryRef
from liandong.registry import Registry, Selection
from tests.registry.tables import code, write_csv

HEADER = (
    "企业名称",
    "统一社会信用代码",
    "成立日期",
    "省份",
    "城市",
    "行业代码",
    "经营范围",
    "曾用名",
    "股票代码",
)
ROWS = (
    (
        "许昌森源电气有限公司",
        code(1),
        "1992-10-10",
        "河南",
        "许昌",
        "3823",
        "高压开关柜的制造",
        "森源开关",
        "002358",
    ),
    (
        "许继电气股份有限公司",
        code(2),
        "1993-03-15",
        "河南",
        "许昌",
        "3823",
        "继电保护装置的生产",
        "",
        "000400",
    ),
    ("许昌变压器厂", code(3), "1994-01-01", "河南", "许昌", "3821", "变压器的制造", "", ""),
    ("郑州电缆有限公司", code(4, "410100"), "1994", "河南", "郑州", "383", "电线电缆", "", ""),
    ("济源森源化工有限公司", code(5, "419001"), "", "河南", "济源", "26", "化工", "", ""),
    ("上海森源电梯有限公司", code(6, "310115"), "2001-02-28", "上海", "浦东", "3435", "电梯", "", ""),
    ("南京某某有限公司", code(7, "320100"), "2002-02-28", "江苏", "南京", "", "", "", ""),
    ("无名之地有限公司", "", "", "", "", "3823", "", "", ""),
    ("大制造有限公司", "", "", "江苏", "", "制造业", "", "", ""),
)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """Nine firms, some without a place, a year or an industry."""
    folder = tmp_path_factory.mktemp("registry")
    found = Registry(folder / "registry")
    found.import_files([write_csv(folder / "a.csv", ROWS, HEADER)])
    return found


def _again(registry: Registry, figure: Figure) -> Decimal:
    """The figure's value from its own evidence alone."""
    (reference,) = figure.evidence
    assert isinstance(reference, QueryRef)
    return Decimal(registry.at(reference.snapshot).query(reference.expression)[0][0].as_py())


@pytest.mark.parametrize(
    ("industries", "regions", "firms"),
    [
        (None, None, 9),
        ((), None, 0),
        (("3823",), None, 3),
        (("382",), None, 4),
        (("38",), None, 5),
        (("C",), None, 8),
        (("383", "26"), None, 2),
        (("3831",), None, 0),
        (("38",), ("410000",), 4),
        (("38",), ("411000",), 3),
        (None, ("419001",), 1),
        (None, ("310000",), 1),
        (None, ("310115",), 1),
        (None, ("310000", "320000", "330000", "340000"), 3),
    ],
)
def test_counts_by_industry_and_region(
    registry: Registry, industries: tuple[str, ...] | None, regions: tuple[str, ...] | None, firms: int
) -> None:
    """Codes of any level count the firms under them, and the query of the figure counts the same."""
    figure = registry.count(industries=industries, regions=regions)
    assert (figure.value, _again(registry, figure)) == (Decimal(firms), Decimal(firms))


def test_a_count_says_what_it_stands_on(registry: Registry) -> None:
    """The figure has its unit, its date, its coverage and a query that can be read."""
    figure = registry.count(industries=("38", "3435"), regions=("411000", "310000"))
    snapshot = registry.snapshot
    assert figure == Figure(
        Decimal(4),
        "家",
        "count",
        basis=figure.basis,
        coverage=snapshot.coverage,
        evidence=(
            QueryRef(
                "SELECT count(*) FROM firms WHERE (industry IN ('3435') OR substr(industry, 1, 2) IN ('38')) "
                "AND (province IN ('310000') OR prefecture IN ('411000'))",
                snapshot.id,
                4,
            ),
        ),
    )
    assert figure.basis.as_of == "2002-02-28"


def test_counts_by_year_of_founding(registry: Registry) -> None:
    """Both years are included; a year without a day counts, an unknown year does not."""
    figure = registry.count(regions=("410000",), first_year=1993, last_year=1994)
    assert (figure.value, _again(registry, figure)) == (Decimal(3), Decimal(3))


codes = st.sampled_from(["C", "26", "34", "38", "382", "383", "3435", "3821", "3823", "3831", "0111", "A"])
places = st.sampled_from(["410000", "411000", "410100", "419001", "310000", "310115", "320000", "320100"])


@settings(max_examples=60, deadline=None)
@given(
    st.none() | st.lists(codes, max_size=4),
    st.none() | st.lists(places, max_size=4),
)
def test_one_scan_and_single_queries_agree(
    registry: Registry, industries: list[str] | None, regions: list[str] | None
) -> None:
    """Whatever the selection, the cube's count is that of the figure's own query."""
    figure = registry.counts({"x": Selection.of(industries, regions)})["x"]
    assert figure.value == _again(registry, figure)


def test_unknown_codes_are_refused(registry: Registry) -> None:
    """A code that no standard has is an error, not zero firms."""
    with pytest.raises(InputError, match="3800"):
        registry.count(industries=("3800",))
    with pytest.raises(InputError, match="990000"):
        registry.count(regions=("990000",))


def test_panel_of_prefectures_and_classes(registry: Registry) -> None:
    """Only firms whose prefecture and class are known are in the panel."""
    assert registry.panel().equals(
        pa.table(
            {
                "region": ["310000", "411000", "411000"],
                "industry": ["3435", "3821", "3823"],
                "firms": pa.array([1, 1, 2], pa.int64()),
            }
        )
    )


def test_panel_of_provinces_and_divisions(registry: Registry) -> None:
    """Firms whose industry is known as a group or division come in; those known as 制造业 do not."""
    rows = registry.panel("division", "province").to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("310000", "34", 1),
        ("410000", "26", 1),
        ("410000", "38", 4),
    ]


def test_a_level_that_there_is_not_is_refused(registry: Registry) -> None:
    """The message lists the levels."""
    with pytest.raises(InputError, match="division, group, class"):
        registry.panel("section")  # type: ignore[arg-type]


def test_the_table_is_an_ibis_table_of_the_snapshot(registry: Registry) -> None:
    """Any expression can be put to it."""
    table = registry.table()
    assert table.filter(table.prefecture == "411000").count().execute() == 3


def test_firms_come_in_the_order_of_their_identity(registry: Registry) -> None:
    """The same selection gives the same firms in the same order, as many as asked for."""
    found = registry.firms(industries=("38",), regions=("411000",), limit=2, columns=("firm_id", "name"))
    assert found.to_pylist() == [
        {"firm_id": code(1), "name": "许昌森源电气有限公司"},
        {"firm_id": code(2), "name": "许继电气股份有限公司"},
    ]


@pytest.mark.parametrize(
    ("text", "names", "matched"),
    [
        ("森源", ["许昌森源电气有限公司", "济源森源化工有限公司", "上海森源电梯有限公司"], "name"),
        ("上海森源电梯", ["上海森源电梯有限公司"], "name"),
        (code(2).lower(), ["许继电气股份有限公司"], "code"),
        ("000400", ["许继电气股份有限公司"], "stock_code"),
        ("002358.SZ", ["许昌森源电气有限公司"], "stock_code"),
        ("森源开关", ["许昌森源电气有限公司"], "alias"),
        ("继电保护", ["许继电气股份有限公司"], "scope"),
        ("没有这家", [], None),
    ],
)
def test_search_finds_firms_by_anything_they_are_known_by(
    registry: Registry, text: str, names: list[str], matched: str | None
) -> None:
    """Code, stock code, part of the name, former name, words of the scope; each hit says which."""
    hits = registry.search(text)
    assert sorted(hit.name for hit in hits) == sorted(names)
    assert {hit.matched for hit in hits} == ({matched} if matched else set())


def test_search_prefers_whole_names_then_short_ones(registry: Registry) -> None:
    """许昌变压器厂 is found before longer names that only hold the text, and `limit` holds."""
    assert [hit.name for hit in registry.search("许昌", limit=2)] == ["许昌变压器厂", "许昌森源电气有限公司"]


@pytest.mark.parametrize("text", ["'; DROP TABLE firms; --", "' OR 1=1 --", "%厂%", "\\厂"])
def test_search_text_is_text(registry: Registry, text: str) -> None:
    """Signs of SQL in a search are looked for, never run; a wildcard is no wildcard."""
    assert [hit.matched for hit in registry.search(text)] == (["name"] if "厂" in text else [])


@pytest.mark.parametrize("text", ["", " ", "%_%", "\\", "（）"])
def test_a_search_without_a_letter_is_refused(registry: Registry, text: str) -> None:
    """Signs alone name no firm."""
    with pytest.raises(InputError) as caught:
        registry.search(text)
    assert caught.value.field == "text"


@pytest.mark.parametrize(
    "sql",
    [
        "DROP VIEW firms",
        "CREATE TABLE x AS SELECT 1",
        "COPY firms TO 'x.csv'",
        "SELECT 1; SELECT 2",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SET threads = 8",
        "SELECT * FROM nothing",
        "",
    ],
)
def test_query_only_reads_firms(registry: Registry, sql: str) -> None:
    """Whatever writes, reads elsewhere, changes settings or is no query is refused."""
    with pytest.raises(InputError):
        registry.query(sql)


def test_statistics_are_figures(registry: Registry) -> None:
    """Counts by place and year, gaps and code problems each have a query that counts them again."""
    stats = registry.stats()
    assert {key: figure.value for key, figure in stats.by_province.items()} == {
        "410000": 5,
        "320000": 2,
        "310000": 1,
    }
    assert {key: figure.value for key, figure in stats.by_year.items()} == {
        1992: 1,
        1993: 1,
        1994: 2,
        2001: 1,
        2002: 1,
    }
    assert (stats.missing["uscc"].value, stats.missing["industry"].value, stats.rows.value) == (2, 1, 9)
    for figure in (
        stats.rows,
        *stats.by_prefecture.values(),
        *stats.by_year.values(),
        *stats.missing.values(),
    ):
        assert _again(registry, figure) == figure.value


def test_a_registry_keeps_its_snapshot(tmp_path: Path) -> None:
    """A reader goes on reading the snapshot it began with; a new reader sees the new one."""
    writer = Registry(tmp_path / "registry")
    writer.import_files([write_csv(tmp_path / "a.csv", ROWS[:2], HEADER)])
    reader = Registry(tmp_path / "registry")
    assert reader.count().value == 2
    writer.import_files([write_csv(tmp_path / "b.csv", ROWS[2:3], HEADER)])
    assert (reader.count().value, Registry(tmp_path / "registry").count().value) == (2, 3)
    assert reader.firms().num_rows == 2


def test_a_snapshot_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Neither an unknown id nor a path out of the folder is read."""
    for name in ("0009-deadbeef", "../elsewhere"):
        with pytest.raises(InputError, match="no snapshot"):
            Registry(tmp_path, snapshot=name)
