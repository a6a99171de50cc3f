from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import duckdb
import pytest

from liandong.examples import xuchang
from liandong.reference import MANUFACTURING, find_industry
from liandong.reference.divisions import find_division

COLUMNS = [
    "name",
    "stock_code",
    "province",
    "city",
    "founded",
    "industry",
    "industry_basis",
    "products",
    "as_of",
    "source",
    "note",
]
REQUIRED = [column for column in COLUMNS if column not in {"founded", "note"}]
EXCHANGES = {"SH": "上海证券交易所", "SZ": "深圳证券交易所"}

# Firms whose seat in the register's sample is not today's: name → (there, here, why).
MOVED = {"国轩高科股份有限公司": ("南通", "合肥", "注册地由南通迁至合肥")}


@cache
def firms() -> tuple[dict[str, str], ...]:
    with xuchang.FIRMS.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def column(name: str) -> list[str]:
    return [firm[name] for firm in firms()]


def test_the_table_has_its_columns_in_order():
    """The header is name, code, place, founding, industry, products, and what supports them."""
    assert list(firms()[0]) == COLUMNS


def test_the_table_has_at_least_240_firms_of_all_five_provinces():
    """Henan and the four provinces of the delta are all present, Henan with at least 60 firms."""
    places = Counter(column("province"))
    assert set(places) == {"河南", "上海", "江苏", "浙江", "安徽"}
    assert sum(places.values()) >= 240
    assert places["河南"] >= 60


def test_no_firm_stands_twice():
    """Names and stock codes are unique."""
    for key in ("name", "stock_code"):
        assert [value for value, times in Counter(column(key)).items() if times > 1] == []


def test_cells_are_filled_and_clean():
    """Only founding and note may be empty, and no cell begins or ends with a blank."""
    assert [firm["name"] for firm in firms() if not all(firm[each] for each in REQUIRED)] == []
    assert [cell for firm in firms() for cell in firm.values() if cell != cell.strip()] == []


def test_a_row_names_the_exchange_of_its_code_as_source():
    """Every row says where its facts come from, and the exchange agrees with the suffix of the code."""
    assert [
        firm["stock_code"]
        for firm in firms()
        if not firm["source"].startswith(f"{EXCHANGES[firm['stock_code'].rpartition('.')[2]]}上市公司名录")
    ] == []


def test_products_are_one_to_five_short_words():
    """Main products are a hand's pick, joined by 、, each under twenty characters and named once."""
    for firm in firms():
        words = firm["products"].split("、")
        assert (len(words) <= 5, len(set(words)), all(0 < len(word) < 20 for word in words)) == (
            True,
            len(words),
            True,
        ), firm["name"]


def test_every_industry_is_a_class_of_manufacturing():
    """Each code is a four-digit class of GB/T 4754-2017 in divisions 13 to 43."""
    found = {code: find_industry(code) for code in column("industry")}
    assert [
        code
        for code, industry in found.items()
        if industry is None or industry.level != "class" or code[:2] not in MANUFACTURING
    ] == []


def test_every_place_resolves():
    """Each city is found inside its province, as a prefecture, a municipality, or directly under Henan."""
    odd = set()
    for province, city in sorted({(firm["province"], firm["city"]) for firm in firms()}):
        outer, inner = find_division(province), find_division(city, within=find_division(province))
        assert outer is not None, province
        assert inner is not None, city
        assert inner.province == outer.code, city
        if inner.level != "prefecture":
            odd.add(city)
    assert odd == {"上海", "济源"}


def test_the_trades_of_the_plan_have_firms_in_the_delta():
    """Power equipment, superhard materials, environment, elevators, car parts: candidates exist for each."""
    delta = Counter(firm["industry"] for firm in firms() if firm["province"] != "河南")
    trades = ("3821", "3823", "3099", "3591", "3435", "3670", "4210")
    assert [code for code in trades if not delta[code]] == []


@pytest.mark.real
def test_names_and_codes_are_those_of_the_list_of_listed_companies(shared: Path):
    """Every pair of name and code is a row of the list of autumn 2021."""
    with (shared / "data/reference/chain_graph/companies.csv").open(encoding="utf-8", newline="") as lines:
        listed = {(row["full_name"], row["company_code"]) for row in csv.DictReader(lines)}
    assert [
        pair for pair in zip(column("name"), column("stock_code"), strict=True) if pair not in listed
    ] == []


@pytest.mark.real
def test_prefectures_are_those_of_the_register_but_for_moved_seats(shared: Path):
    """Where a firm occurs in the register's sample, its place is the same; moved seats are noted."""
    packs = [str(shared / "data/registry" / f"{name}.parquet") for name in ("henan", "yangtze_delta")]
    registered = dict(
        duckdb.execute(
            """SELECT name, any_value(if(province = '上海', province, city)) FROM read_parquet($packs)
               WHERE name IN (SELECT unnest($names)) AND (city <> 'N/A' OR province = '上海')
               GROUP BY name""",
            {"packs": packs, "names": column("name")},
        ).fetchall()
    )
    assert len(registered) >= 100
    different = {
        firm["name"]: (registered[firm["name"]], firm["city"], firm["note"])
        for firm in firms()
        if registered.get(firm["name"], firm["city"]) != firm["city"]
    }
    assert different == MOVED
