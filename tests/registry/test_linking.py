from __future__ import annotations

import random
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liandong.errors import InputError
from liandong.registry import link
from tests.registry.tables import code

FIRMS = (
    ("河南森源电气股份有限公司", "许昌", date(1992, 10, 10), "高压开关柜的制造、销售"),
    ("许继电气股份有限公司", "许昌", date(1993, 3, 15), "继电保护装置的生产"),
    ("许昌智能继电器股份有限公司", "许昌", date(2009, 1, 8), "继电器、开关柜的生产"),
    ("国电南瑞科技股份有限公司", "南京", date(2001, 2, 28), "电网自动化设备"),
    ("上海电气（许昌）智能装备有限公司", "许昌", date(2019, 5, 1), "风电设备的制造"),
    ("江苏恒立液压股份有限公司", "常州", date(2005, 6, 2), "液压元件的制造"),
    ("苏州天准科技股份有限公司", "苏州", date(2005, 8, 20), "工业视觉装备"),
    ("合肥鑫源商贸有限公司", "合肥", date(2010, 3, 3), "日用百货销售"),
    ("许昌鑫源商贸有限公司", "许昌", date(2011, 4, 4), "建材销售"),
    ("郑州宇通客车股份有限公司", "郑州", date(1993, 2, 28), "客车的制造"),
)


def table(*rows: tuple[object, ...], side: str = "") -> pa.Table:
    """id, name, city, founded, scope of rows."""
    return pa.table(
        {
            "id": [f"{side}{number}" for number in range(len(rows))],
            "name": pa.array([row[0] for row in rows], pa.string()),
            "city": pa.array([row[1] for row in rows], pa.string()),
            "founded": pa.array([row[2] for row in rows], pa.date32()),
            "scope": pa.array([row[3] for row in rows], pa.string()),
        }
    )


def linked(left: pa.Table, right: pa.Table) -> set[tuple[str, str]]:
    """Pairs of ids."""
    found = link(left, right)
    return set(zip(found["left_id"].to_pylist(), found["right_id"].to_pylist(), strict=True))


@pytest.mark.parametrize(
    "name",
    [
        "河南森源电气股份有限公司",
        "森源电气",
        "森源电气（河南）股份有限公司",
        "許昌森源電氣有限公司",
        "河南省森源电气有限责任公司",
        "河南森源电器股份有限公司",
    ],
)
def test_one_firm_under_many_spellings(name: str):
    """Brackets, Traditional letters, another form, place or letter, or a short name: still the same firm."""
    right = table((name, "许昌", date(1992, 10, 10), None))
    assert linked(table(*FIRMS), right) == {("0", "0")}


def test_a_brand_in_another_city_is_another_firm():
    """合肥鑫源商贸 and 许昌鑫源商贸 are two firms, each found as itself."""
    right = table(("鑫源商贸有限公司", "许昌", None, None), ("鑫源商贸有限公司", "合肥", None, None))
    assert linked(table(*FIRMS), right) == {("8", "0"), ("7", "1")}


def test_different_valid_codes_are_different_firms():
    """The same name with two different valid codes is never linked; with the same code it is."""
    left = table(FIRMS[0]).append_column("uscc", pa.array([code(1)]))
    assert linked(left, table(FIRMS[0]).append_column("uscc", pa.array([code(2)]))) == set()
    assert linked(left, table(FIRMS[0]).append_column("uscc", pa.array([code(1)]))) == {("0", "0")}


def test_a_branch_is_not_its_firm():
    """…有限公司郑州分公司 is not the firm whose branch it is."""
    right = table(("许继电气股份有限公司郑州分公司", "郑州", date(2009, 1, 1), None))
    assert linked(table(*FIRMS), right) == set()


def test_nothing_in_nothing_out():
    """Empty tables link to nothing."""
    empty = table()
    assert linked(empty, table(*FIRMS)) == linked(table(*FIRMS), empty) == linked(empty, empty) == set()


def test_missing_columns_and_repeated_ids_are_named():
    """A table without name, or with an id twice, is refused with the column's name."""
    with pytest.raises(InputError) as missing:
        link(table(*FIRMS).drop_columns(["name"]), table(*FIRMS))
    assert missing.value.field == "name"
    with pytest.raises(InputError) as twice:
        link(pa.concat_tables([table(FIRMS[0])] * 2), table(*FIRMS))
    assert twice.value.field == "id"


names = st.builds(
    lambda place, brand, trade, form: place + brand + trade + form,
    st.sampled_from(["许昌", "河南", "上海市", "", "合肥"]),
    st.sampled_from(["森源", "鑫源", "恒立", "天准", "许继"]),
    st.sampled_from(["电气", "商贸", "液压", "科技发展"]),
    st.sampled_from(["有限公司", "股份有限公司", "厂", ""]),
)
rows = st.tuples(
    names,
    st.sampled_from([None, "许昌", "合肥", "上海"]),
    st.sampled_from([None, date(2001, 1, 1), date(2010, 5, 5)]),
    st.sampled_from([None, "开关柜的制造", "百货销售"]),
)
tables = st.lists(rows, max_size=6)


@settings(max_examples=8, deadline=None)
@given(tables, tables)
def test_linking_is_symmetric(left: list[tuple[object, ...]], right: list[tuple[object, ...]]):
    """link(a, b) and link(b, a) give the same pairs with the same probabilities."""
    one, other = table(*left, side="l"), table(*right, side="r")
    there = {
        (a, b): p for a, b, p in zip(*link(one, other, min_probability=0.0).to_pydict().values(), strict=True)
    }
    back = {
        (b, a): p for a, b, p in zip(*link(other, one, min_probability=0.0).to_pydict().values(), strict=True)
    }
    assert there.keys() == back.keys()
    assert all(there[pair] == pytest.approx(back[pair]) for pair in there)


@settings(max_examples=6, deadline=None)
@given(tables, tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    left: list[tuple[object, ...]], right: list[tuple[object, ...]], draw: random.Random
):
    """Shuffled tables give the same links."""
    one, other = table(*left, side="l"), table(*right, side="r")
    order = list(range(len(right)))
    draw.shuffle(order)
    shuffled = other.take(pa.array(order, pa.int64()))
    assert linked(one, other) == linked(one, shuffled)


def test_the_race_of_the_benchmark_in_small():
    """Corrupted copies and rivals of one brand elsewhere, made as in the benchmark: F1 at least 0.9."""
    from benchmarks import _corruptions

    draw = random.Random(5)
    cities = ("许昌", "郑州", "南京", "合肥", "苏州", "常州", "洛阳", "无锡")
    brands = ["".join(draw.sample("森源继瑞恒立天准宇通金龙华泰兴达鹏飞凯旋博远智信", 2)) for _ in range(150)]
    trades = ("电气", "机械设备", "液压科技", "商贸", "食品", "建筑工程", "智能装备", "汽车零部件")
    made = {
        f"{(city := draw.choice(cities))}{draw.choice(brands)}{draw.choice(trades)}有限公司": city
        for _ in range(900)
    }
    rows = [
        {
            "uscc": code(number),
            "name": name,
            "founded": date(2000, 1, 1).replace(year=1990 + number % 25, day=1 + number % 28),
            "scope": f"{name[4:8]}的生产、销售;{city}",
            "province": "江苏"
            if city in ("南京", "苏州", "常州", "无锡")
            else "安徽"
            if city == "合肥"
            else "河南",
            "city": city,
        }
        for number, (name, city) in enumerate(made.items())
    ]
    race = _corruptions.make(rows, 400, seed=3)
    found = linked(race.left, race.right)
    hits = len(found & race.truth)
    assert 2 * hits / (len(found) + len(race.truth)) >= 0.9
