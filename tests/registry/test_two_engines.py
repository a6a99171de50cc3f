"""The same questions on DuckDB and on PySpark: every value is compared."""

from __future__ import annotations

import importlib.util
import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from liandong.errors import InputError
from liandong.registry import Registry, expressions
from liandong.registry.engines import open_engine
from liandong.registry.schema import FIRMS
from liandong.registry.synthetic import generate
from tests.conftest import require
from tests.registry.tables import code, write_csv

HEADER = (
    "企业名称",
    "统一社会信用代码",
    "成立日期",
    "注册资本",
    "省份",
    "城市",
    "行业代码",
    "曾用名",
    "登记状态",
)
ROWS = (
    ("许昌'引号'电气厂", code(1), "1950-01-02", "3.1万元", "河南", "许昌", "3823", "甲;乙", "存续"),
    ("𠮷田机械有限公司", code(2), "1993", "100万美元", "江苏", "南京", "34", "", "注销"),
    ("无地无业有限公司", "", "", "", "", "", "", "", ""),
    ("济源化工有限公司", code(5, "419001"), "2015-3-1", "", "河南", "济源", "26", "", "存续"),
    ("上海电梯有限公司", code(6, "310115"), "2001-02-28", "0.1亿元", "上海", "浦东", "3435", "", "存续"),
    ("重名甲有限公司", code(7), "2001-02-28", "1万元", "河南", "许昌", "制造业", "", "存续"),
    ("重名乙有限公司", code(7), "2001-02-28", "1万元", "河南", "许昌", "3823", "", "存续"),
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Registry, Registry]:
    """One snapshot of real-looking and invented firms, read by either engine."""
    present = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
    require(present, "PySpark or Java is absent: pip install 'liandong[spark]' and Java 17")
    quick = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # a few hundred firms: starting is what takes time
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"--driver-java-options '{quick}' pyspark-shell")
    folder = tmp_path_factory.mktemp("engines")
    made_up = generate(400, seed=4)
    industry = pa.array([("3823", "382", "26", "3435", None)[i % 5] for i in range(400)])
    pq.write_table(made_up.append_column("行业代码", industry), folder / "b.parquet")
    registry = Registry(folder / "registry")
    registry.import_files([write_csv(folder / "a.csv", ROWS, HEADER)])
    registry.import_files([folder / "b.parquet"], allow_mixed=True)
    return registry, Registry(folder / "registry", engine="spark")


def _same(both: tuple[Registry, Registry], sql: str) -> list[dict[str, Any]]:
    duck, spark = (registry.query(sql).to_pylist() for registry in both)
    assert duck == spark
    return duck


@pytest.mark.parametrize(
    ("level", "region"), [("class", "prefecture"), ("group", "county"), ("division", "province")]
)
def test_panels_agree(both: tuple[Registry, Registry], level: Any, region: Any) -> None:
    """Regions, industries and counts are the same in the same order."""
    duck, spark = (registry.panel(level, region) for registry in both)
    assert duck.num_rows > 0
    assert duck.to_pylist() == spark.to_pylist()


def test_statistics_agree(both: tuple[Registry, Registry]) -> None:
    """Every count by place and year, every gap, with the same evidence."""
    duck, spark = (registry.stats().to_dict() for registry in both)
    assert duck == spark


def test_counts_agree(both: tuple[Registry, Registry]) -> None:
    """One figure, its query, and the cube give the same on either engine."""
    for filters in (
        {"industries": ("C",), "regions": ("410000",)},
        {"industries": ("382", "26")},
        {"regions": ("411000", "310000"), "first_year": 1950, "last_year": 2010},
    ):
        duck, spark = (registry.count(**filters) for registry in both)  # type: ignore[arg-type]
        assert duck == spark
        assert duck.value > 0


def test_every_column_of_every_firm_agrees(both: tuple[Registry, Registry]) -> None:
    """Texts, lists, dates before 1970, numbers and the unknown come out alike, whichever engine reads."""
    rows = _same(both, "SELECT * FROM firms ORDER BY firm_id")
    assert (len(rows), list(rows[0])) == (407, FIRMS.names)
    assert date(1950, 1, 2) in {row["founded"] for row in rows}


def test_sql_of_the_house_runs_on_both(both: tuple[Registry, Registry]) -> None:
    """Integer sums, a cast before the division, an explicit order, and names of tables within a query."""
    assert _same(
        both,
        "WITH placed AS (SELECT province, CAST(capital AS BIGINT) AS yuan FROM firms f "
        "WHERE f.province IS NOT NULL) "
        "SELECT province, count(*) AS firms, sum(yuan) AS yuan, "
        "CAST(count(*) AS DOUBLE) / (SELECT count(*) FROM firms) AS share "
        "FROM placed GROUP BY province ORDER BY firms DESC, province",
    )


@pytest.mark.parametrize(
    "sql",
    ["DROP VIEW firms", "SELECT * FROM parquet.`/etc`", "SELECT * FROM elsewhere", "SELECT 1; SELECT 2"],
)
def test_spark_only_reads_firms(both: tuple[Registry, Registry], sql: str) -> None:
    """Whatever writes, reads elsewhere or is no query is refused, as by DuckDB."""
    with pytest.raises(InputError):
        both[1].query(sql)


def test_the_unknown_is_not_what_is_no_number(both: tuple[Registry, Registry], tmp_path: Path) -> None:
    """NaN is a value, null is none: both engines keep them apart, and tally the unknown last of equals."""
    pq.write_table(
        pa.table({"x": [1.0, None, float("nan"), 2.0, None, float("nan")]}), tmp_path / "x.parquet"
    )
    for name in ("duckdb", "spark"):
        engine = open_engine(name, {"firms": tmp_path / "x.parquet"})
        assert engine.run(expressions.missing(engine.table())).to_pylist() == [{"x": 2}]
        tally = engine.run(expressions.tally(engine.table(), "x")).to_pylist()
        assert [(str(row["value"]), row["firms"]) for row in tally] == [
            ("nan", 2),
            ("None", 2),
            ("1.0", 1),
            ("2.0", 1),
        ]
