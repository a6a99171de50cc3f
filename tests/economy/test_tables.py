from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from liandong.economy import PanelError, complexity, complexity_table
from liandong.economy.tables import COLUMNS

KINDS: dict[str, tuple[Callable[[dict[str, list[Any]]], Any], Callable[[Any], dict[str, list[Any]]]]] = {
    "pandas": (pd.DataFrame, lambda frame: frame.to_dict("list")),
    "pyarrow": (pa.table, lambda frame: frame.to_pydict()),
    "duckdb": (
        lambda columns: duckdb.from_arrow(pa.table(columns)),
        lambda found: found.to_arrow_table().to_pydict(),
    ),
}


def amounts(seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    rates = np.exp(1 + random.normal(size=(9, 1)) + random.normal(size=(1, 13)) + random.normal(size=(9, 13)))
    return random.poisson(rates).astype(float)


def long(x: np.ndarray, year: int | None = None) -> dict[str, list[Any]]:
    regions, industries = x.shape
    columns = {
        "region": [f"r{r}" for r in range(regions) for _ in range(industries)],
        "industry": [f"i{i:02d}" for _ in range(regions) for i in range(industries)],
        "value": x.ravel().tolist(),
    }
    return columns if year is None else {"year": [year] * x.size, **columns}


@pytest.mark.parametrize("kind", KINDS)
def test_same_kind_comes_out_with_the_columns_of_the_arrays(kind: str):
    """Every column of the table is the indicator of the matrix, spread over its pairs."""
    make, take = KINDS[kind]
    x = amounts(1)
    given = make(long(x))
    out = complexity_table(given, dtype=np.float64)
    assert type(out) is type(given)
    found, columns = complexity(x, dtype=np.float64), take(out)
    assert (columns["region"], columns["industry"]) == (long(x)["region"], long(x)["industry"])
    for name in COLUMNS:
        values = getattr(found, name)
        values = values[:, None] if name in ("diversity", "eci", "coi") else values
        np.testing.assert_array_equal(columns[name], np.broadcast_to(values, x.shape).ravel(), err_msg=name)


@pytest.mark.parametrize("kind", KINDS)
def test_shuffled_rows_without_zeros_give_the_same_pairs(kind: str):
    """Order does not matter, and a pair without a row is none."""
    make, take = KINDS[kind]
    x = amounts(2)
    frame = pd.DataFrame(long(x))
    some = frame[frame["value"] > 0].sample(frac=1, random_state=0)
    whole = take(complexity_table(make(long(x))))
    assert take(complexity_table(make(some.to_dict("list")))) == whole


def test_given_rows_come_back_in_their_order():
    """rows="given" keeps the table and its other columns, and adds the nine."""
    x = amounts(3)
    frame = pd.DataFrame(long(x)).assign(note="n").sample(frac=0.5, random_state=1)
    out = complexity_table(frame, rows="given")
    pd.testing.assert_frame_equal(out[frame.columns], frame.reset_index(drop=True))
    whole = complexity_table(frame).set_index(["region", "industry"])
    np.testing.assert_array_equal(
        out["density"], whole.loc[list(zip(out["region"], out["industry"], strict=True)), "density"]
    )


def test_each_period_stands_by_itself():
    """A period's columns are those of its own table, but for the sign, which follows the period before."""
    first, second = amounts(4), amounts(5)
    columns = {name: long(first, 2001)[name] + long(second, 2002)[name] for name in long(first, 2001)}
    out = complexity_table(pd.DataFrame(columns), period="year")
    for year, x in ((2001, first), (2002, second)):
        alone = complexity_table(pd.DataFrame(long(x)))
        part = out[out["year"] == year].reset_index(drop=True)
        sign = np.sign(part["eci"] @ alone["eci"])
        for name in COLUMNS:
            turned = sign if name == "eci" else 1
            if name in ("rca", "m", "diversity", "ubiquity", "eci", "density"):
                np.testing.assert_allclose(part[name], turned * alone[name], atol=1e-6, err_msg=name)


def test_sign_is_chained_over_periods():
    """Where diversity would turn the sign from one year to the next, the chain keeps it."""
    from tests.economy.test_peers import turning_years

    x, later = turning_years()
    before, alone = complexity(x).eci, complexity(later).eci
    assert before @ alone < 0
    columns = {name: long(x, 1)[name] + long(later, 2)[name] for name in long(x, 1)}
    out = complexity_table(pd.DataFrame(columns), period="year").drop_duplicates(["year", "region"])
    one, two = (out[out["year"] == year]["eci"].to_numpy() for year in (1, 2))
    assert one @ two > 0


def test_types_of_the_keys_stay():
    """Numbers, dates and categories come out as they went in."""
    x = amounts(6)
    frame = pd.DataFrame(long(x, 7))
    frame["region"] = frame["region"].astype("category")
    frame["industry"] = frame["industry"].str[1:].astype(int)
    frame["year"] = pd.Timestamp("2020-01-01")
    out = complexity_table(frame.sample(frac=1, random_state=0), period="year")
    assert out[["year", "region", "industry"]].dtypes.tolist() == [
        frame[name].dtype for name in ("year", "region", "industry")
    ]
    assert out["industry"].tolist() == frame["industry"].tolist()


def test_null_is_unknown_and_rows_without_key_belong_nowhere():
    """A null value gives unknown rca; a row without region is left out of "all" and NaN in "given"."""
    x = amounts(7)
    columns = long(x)
    columns["value"][3] = None
    for name, extra in (("region", None), ("industry", "i00"), ("value", 5.0)):
        columns[name].append(extra)
    table = pa.table(columns)
    out = complexity_table(table).to_pydict()
    assert len(out["rca"]) == x.size
    assert np.isnan(out["rca"][3])
    assert not np.isnan(out["rca"][4])
    given = complexity_table(table, rows="given").to_pydict()
    assert np.isnan([given[name][-1] for name in COLUMNS]).all()


def test_absent_pairs_can_be_unknown():
    """Where not every pair was counted, a pair without a row has no quotient."""
    x = amounts(8)
    columns = {name: values[:-1] for name, values in long(x).items()}
    assert np.isnan(complexity_table(pa.table(columns), absent=np.nan).to_pydict()["rca"][-1])


@pytest.mark.parametrize(
    ("change", "region", "industry", "text"),
    [
        (lambda c: c["value"].__setitem__(15, -2.0), "r1", "i02", "r1 × i02: -2 is not an amount."),
        (lambda c: c["value"].__setitem__(15, np.inf), "r1", "i02", "r1 × i02: inf is not an amount."),
        (lambda c: c["industry"].__setitem__(15, "i01"), "r1", "i01", "r1 × i01: the pair stands twice."),
    ],
)
def test_bad_cells_are_named(change: Callable[[Any], None], region: str, industry: str, text: str):
    """A negative, infinite or repeated cell is named by its labels."""
    columns = long(amounts(9))
    change(columns)
    with pytest.raises(PanelError) as caught:
        complexity_table(pa.table(columns))
    assert (caught.value.region, caught.value.industry, caught.value.text("en")) == (region, industry, text)


def test_a_pair_may_stand_once_in_each_period():
    """Only within one period is a pair repeated."""
    columns = long(amounts(1), 2001)
    with pytest.raises(PanelError):
        complexity_table(pa.table({name: values * 2 for name, values in columns.items()}), period="year")


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        ([1, 2], "list is no data frame."),
        (pa.table({"region": ["a"], "industry": ["b"]}), 'the column "value" is missing.'),
        (
            pa.table({"region": ["a"], "industry": ["b"], "value": ["c"]}),
            'the column "value" is not of numbers.',
        ),
        (
            pa.table({"region": ["a"], "industry": ["b"], "value": [1], "eci": [1]}),
            'the column "eci" is one of the results.',
        ),
    ],
)
def test_bad_tables_are_refused(frame: Any, text: str):
    """What is no frame, lacks a column, or has no numbers says so."""
    with pytest.raises(PanelError) as caught:
        complexity_table(frame)
    assert caught.value.text("en") == text


def test_empty_table_gives_an_empty_one():
    """No rows in, no rows out, with all columns."""
    empty = pa.table(
        {"region": pa.array([], pa.string()), "industry": pa.array([], pa.string()), "value": [1.0][:0]}
    )
    out = complexity_table(empty)
    assert (out.num_rows, out.column_names) == (0, ["region", "industry", "value", *COLUMNS])
