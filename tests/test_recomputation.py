"""Figures computed again from raw rows, by other means than the product's own."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import asin, cos, log10, radians, sin, sqrt
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest
from scipy.stats import gamma

import liandong.targets
from liandong.examples import xuchang
from liandong.figures import DerivedRef, FactRef, Figure, QueryRef, RecordRef
from liandong.plan import Node, parse
from liandong.reference import division
from liandong.workspace import Workspace, store

SEED = 20250619
CITY = "411000"
PARTNERS = ("上海交通大学", "上海理工大学", "国家绿色发展基金", "国泰海通")
WEIGHTS = Path(liandong.targets.__file__).parent / "data" / "weights.toml"


@dataclass
class Case:
    """A workspace with its diagnoses and targets as JSON, and its raw rows behind plain SQL."""

    diagnoses: list[dict[str, Any]]
    targets: list[dict[str, Any]]
    rows: duckdb.DuckDBPyConnection

    @property
    def newest(self) -> date | None:
        """The newest founding date."""
        (day,) = self.rows.execute("SELECT max(founded) FROM firms").fetchone() or (None,)
        return day  # type: ignore[no-any-return] # a DATE column

    def number(self, sql: str) -> Decimal:
        """The one number that a query gives."""
        (value,) = self.rows.execute(sql).fetchone() or (None,)
        return Decimal(value)


def case(folder: Path) -> Case:
    workspace = Workspace(folder)
    diagnoses = [each.to_dict() for each in workspace.diagnoses()]
    targets = [each.to_dict() for each in workspace.targets("电力装备", source="长三角", top=50)]
    rows = duckdb.connect()
    rows.execute("SET threads = 2")
    rows.execute(f"CREATE VIEW firms AS SELECT * FROM read_parquet('{workspace.registry.snapshot.path}')")
    return Case(json.loads(json.dumps(diagnoses)), json.loads(json.dumps(targets)), rows)


@pytest.fixture(scope="module")
def listed(made_once: Path) -> Iterator[Case]:
    """The shipped example."""
    yield case(made_once)
    store.close_store()


@pytest.fixture(scope="module")
def registered(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """The plan of the example over 707,214 registrations of Henan and the Yangtze delta."""
    folder = tmp_path_factory.mktemp("real") / "xuchang"
    workspace = Workspace.create(folder, plan=xuchang.PLAN)
    packs = shared / "data" / "registry"
    workspace.import_firms([packs / "henan.parquet", packs / "yangtze_delta.parquet"], notes=("sampled",))
    workspace.registry.classify()
    yield case(folder)
    store.close_store()


def ten_figures_come_out_the_same(found: Case) -> None:
    nodes = [node for diagnosis in found.diagnoses for node in diagnosis["nodes"]]
    known = [node for node in nodes if node["figures"]["location_quotient"]["value"] is not None]
    for node in random.Random(SEED).sample(known, 10):
        figures = {name: Figure.from_dict(data) for name, data in node["figures"].items()}
        codes = tuple(node["industries"])
        local, base = (
            count(found, codes, f"prefecture = '{CITY}'"),
            count(found, codes, "province IS NOT NULL"),
        )
        local_all, base_all = (
            count(found, (), where) for where in (f"prefecture = '{CITY}'", "province IS NOT NULL")
        )
        quotient, density = figures["location_quotient"], figures["relatedness_density"]
        assert figures["firms"].value == local
        assert float(figures["share"].value) == pytest.approx(float(local / base))
        assert float(quotient.value) == pytest.approx(float((local / local_all) / (base / base_all)))
        expected = float(local_all * base / base_all)
        bounds = gamma.ppf([0.05, 0.95], float(local) + 0.5) / expected
        assert [float(quotient.low), float(quotient.high)] == pytest.approx(bounds, abs=1e-5)
        assert float(density.value) == pytest.approx(relatedness(found, codes), abs=2e-6)


def count(found: Case, codes: tuple[str, ...], where: str) -> Decimal:
    """Firms in industries at or below the codes; with any known industry if there is no code."""
    kinds = " OR ".join(f"starts_with(industry, '{code}')" for code in codes) or "TRUE"
    return found.number(f"SELECT count(*) FROM firms WHERE {where} AND industry IS NOT NULL AND ({kinds})")


def relatedness(found: Case, codes: tuple[str, ...]) -> float:
    """Relatedness density by its definition, in loops over regions and classes."""
    rows = found.rows.execute(
        "SELECT prefecture, industry, count(*) FROM firms "
        "WHERE prefecture IS NOT NULL AND length(industry) = 4 GROUP BY ALL"
    ).fetchall()
    regions, classes = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    x = np.zeros((len(regions), len(classes)))
    for region, industry, firms in rows:
        x[regions.index(region), classes.index(industry)] = firms
    totals, whole = x.sum(axis=1), x.sum()

    def present(values: np.ndarray) -> np.ndarray:
        return (values / totals >= values.sum() / whole) & (values > 0)

    inside = [industry.startswith(codes) for industry in classes]
    node = present(x[:, inside].sum(axis=1))
    city = regions.index(CITY)
    above = below = 0.0
    for j, within in enumerate(inside):
        if within:
            continue
        other = present(x[:, j])
        phi = (node & other).sum() / max(node.sum(), other.sum())
        above, below = above + phi * other[city], below + phi
    return above / below


def every_query_counts_what_it_says(found: Case) -> None:
    figures = [
        figure for part in (found.diagnoses, found.targets) for figure in figures_in(part) if figure.known
    ]
    queries = {
        (evidence.expression, figure.value)
        for figure in figures
        for evidence in figure.evidence
        if isinstance(evidence, QueryRef) and "GROUP BY" not in evidence.expression
    }
    chosen = random.Random(SEED).sample(sorted(queries), min(40, len(queries)))
    assert [(sql, found.number(sql)) for sql, _ in chosen] == chosen


def figures_in(data: object) -> list[Figure]:
    """Every figure, those inside of evidence too."""
    if isinstance(data, dict):
        own = [Figure.from_dict(data)] if {"value", "measure", "evidence"} <= set(data) else []
        return own + [figure for value in data.values() for figure in figures_in(value)]
    return [figure for value in data for figure in figures_in(value)] if isinstance(data, list) else []


def twenty_targets_come_out_the_same(found: Case) -> None:
    """Every contribution of twenty targets: its figure from raw rows, its points from its figure."""
    weights = tomllib.loads(WEIGHTS.read_text("utf-8"))
    nodes = {node.name: node for node in plan_nodes()}
    names = [name for (name,) in found.rows.execute("SELECT name FROM firms").fetchall()]
    for target in random.Random(SEED).sample(found.targets, min(20, len(found.targets))):
        row = raw_row(found, target["firm"])
        figures = {item["name"]: Figure.from_dict(item["figure"]) for item in target["contributions"]}
        node = nodes[target["node"]]
        assert number(figures["fit"]) == pytest.approx(fit(row, node.industries), abs=1e-4)
        assert number(figures["products"]) == words_said(row, node.words)
        assert figures["capital"].value == (None if row["capital"] is None else Decimal(row["capital"]))
        assert figures["listed"].known == (row["stock_code"] is not None)
        assert number(figures["honours"]) == (len(row["honours"]) if row["honours"] is not None else None)
        assert number(figures["experience"]) == years(row["founded"], found.newest)
        assert number(figures["distance"]) == pytest.approx(far(row["prefecture"], CITY), abs=0.01)
        assert number(figures["partners"]) == sum(partner in row["name"] for partner in PARTNERS)
        assert (number(figures["region_firms"]), figures["supplier"].value) == (71, None)
        brands_come_out_the_same(found, figures, names)
        for item in target["contributions"]:
            points = expected_points(item["name"], figures[item["name"]], weights[item["name"]])
            assert float(item["points"]) == pytest.approx(points, abs=0.011), item["name"]
        assert Decimal(target["score"]) == sum(Decimal(item["points"]) for item in target["contributions"])
        assert {type(e) for f in figures.values() if f.known for e in f.evidence} <= {
            QueryRef,
            RecordRef,
            DerivedRef,
            FactRef,
        }


def plan_nodes() -> list[Node]:
    return [node for chain in parse(xuchang.PLAN.read_text("utf-8")).chains for node in chain.nodes]


def number(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)


def fit(row: dict[str, Any], codes: tuple[str, ...]) -> float:
    """Confidence of the class: whole at or below a code, half for a group above, a quarter for a division."""
    own = row["industry"] or "-"
    if any(own.startswith(code) for code in codes):
        match = 1.0
    else:
        match = {3: 0.5, 2: 0.25}.get(len(own), 0) if any(code.startswith(own) for code in codes) else 0.0
    return match * (row["industry_confidence"] or 0.0)


def words_said(row: dict[str, Any], words: tuple[str, ...]) -> int:
    texts = [row[name] or "" for name in ("name", "products", "scope")]
    return sum(any(word in text for text in texts) for word in words)


def years(founded: date | None, newest: date | None) -> int | None:
    """Birthdays since the founding."""
    if founded is None or newest is None:
        return None
    return sum(date(year, 12, 31) >= newest >= _birthday(founded, year) or year < newest.year
               for year in range(founded.year + 1, newest.year + 1))  # fmt: skip


def _birthday(founded: date, year: int) -> date:
    return founded.replace(year=year) if (founded.month, founded.day) != (2, 29) else date(year, 3, 1)


def brands_come_out_the_same(found: Case, figures: dict[str, Figure], names: list[str]) -> None:
    """Names that contain the brand are counted in memory; bearers are read off their rows."""
    for name in ("presence", "expansion", "growth"):
        if not figures[name].known:
            continue
        (evidence,) = figures[name].evidence
        assert isinstance(evidence, DerivedRef)
        inputs = dict(evidence.inputs)
        containing = inputs.pop("containing")
        assert isinstance(containing, Figure)
        (query,) = containing.evidence
        assert isinstance(query, QueryRef)
        brand = query.expression.split("contains(name, '")[1].rstrip("')")
        assert containing.value == sum(brand in each for each in names)
        rows = [raw_record(found, each) for each in inputs.values() if isinstance(each, RecordRef)]
        assert all(brand in row["name"] for row in rows)
        counted = {
            "presence": len([row for row in rows if row["province"] == f"{CITY[:2]}0000"]),
            "expansion": len({row["prefecture"] for row in rows if row["prefecture"]}),
            "growth": len([row for row in rows if lately(row["founded"], found.newest)]),
        }
        if len({row["name"] for row in rows}) == len(rows):  # firms of one name share a line of evidence
            assert number(figures[name]) == counted[name]


def lately(founded: date | None, newest: date | None) -> bool:
    if founded is None or newest is None:
        return False
    months = (newest.year * 12 + newest.month) - (founded.year * 12 + founded.month)
    return founded <= newest and months <= 60


def expected_points(name: str, figure: Figure, weight: dict[str, Any]) -> float:
    """The points of a figure by the weights file, written out."""
    value = figure.high if name == "need" and figure.high is not None else figure.value
    if value is None:
        return 0.0
    low, high, at = weight["zero"], weight["full"], float(value)
    if weight.get("scale") == "log":
        low, high, at = log10(low), log10(high), log10(at) if at > 0 else float("-inf")
    return weight["points"] * min(max((at - low) / (high - low), 0.0), 1.0)


def raw_record(found: Case, record: RecordRef) -> dict[str, Any]:
    answer = found.rows.execute(
        "SELECT name, province, prefecture, founded FROM firms WHERE source = ? AND source_row = ?",
        [record.source, record.row],
    ).fetchall()
    (values,) = answer
    return dict(zip(("name", "province", "prefecture", "founded"), values, strict=True))


def raw_row(found: Case, firm: dict[str, Any]) -> dict[str, Any]:
    """The firm's row, by source and row as its evidence names them."""
    columns = "name, capital, stock_code, prefecture, founded, honours, industry, industry_confidence"
    columns += ", products, scope"
    answer = found.rows.execute(
        f"SELECT {columns} FROM firms WHERE source = ? AND source_row = ?", [firm["source"], firm["row"]]
    ).fetchall()
    (values,) = answer
    row = dict(zip(columns.split(", "), values, strict=True))
    assert row["name"] == firm["name"]
    return row


def far(one: str, other: str) -> float:
    """Kilometres by the spherical law of haversines, written out."""
    a, b = division(one), division(other)
    lat1, lat2 = radians(a.latitude), radians(b.latitude)
    lon = radians(b.longitude) - radians(a.longitude)
    return 2 * 6371.0088 * asin(sqrt(sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(lon / 2) ** 2))


def test_ten_figures_of_the_example_from_raw_rows(listed: Case):
    """Counts, shares, quotients, intervals and densities equal an independent computation."""
    ten_figures_come_out_the_same(listed)


def test_queries_of_the_example_count_what_they_say(listed: Case):
    """The SQL in the evidence, run by anyone, gives the figure."""
    every_query_counts_what_it_says(listed)


def test_twenty_targets_of_the_example_from_raw_rows(listed: Case):
    """What is said of a firm stands in its row."""
    twenty_targets_come_out_the_same(listed)


@pytest.mark.soak
def test_ten_figures_of_the_registry_from_raw_rows(registered: Case):
    """The same over 707,214 real firms."""
    ten_figures_come_out_the_same(registered)
    every_query_counts_what_it_says(registered)
    twenty_targets_come_out_the_same(registered)
    coverages = {
        (node["figures"]["firms"]["coverage"]["last_date"], node["figures"]["firms"]["coverage"]["rows"])
        for diagnosis in registered.diagnoses
        for node in diagnosis["nodes"]
    }
    assert coverages == {("2019-05-01", 707214)}


def test_rows_can_be_read_without_the_product(listed: Case, made_once: Path):
    """The snapshot is plain Parquet: any reader counts the same firms."""
    (snapshot,) = made_once.glob("registry/*/firms.parquet")
    assert pq.read_metadata(snapshot).num_rows == listed.number("SELECT count(*) FROM firms")
