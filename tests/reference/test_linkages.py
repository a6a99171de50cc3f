from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np
import pytest

from liandong.errors import InputError
from liandong.reference import (
    SectorMember,
    flows,
    industries,
    sector,
    sector_classes,
    sector_members,
    sector_of,
    sectors,
    sources,
)
from liandong.reference.tables import data_file

YUAN = 0.001  # figures are 10,000 yuan and rounded to one yuan: sums agree to some yuan


def column(field: str) -> np.ndarray:
    return np.array([getattr(each, field) for each in sectors()])


def test_there_are_153_sectors():
    """The table has 153 sectors, numbered from 001, and a square of flows."""
    assert [each.code for each in sectors()] == [f"{number:03}" for number in range(1, 154)]
    assert flows().shape == (153, 153)


def test_what_is_delivered_is_the_output():
    """Row identity: intermediate use + final use - imports = output, for every sector."""
    supply = column("intermediate_use") + column("final_use") - column("imports")
    assert np.abs(supply - column("output")).max() < YUAN


def test_what_is_taken_in_is_the_output():
    """Column identity: intermediate input + value added = output, for every sector."""
    assert np.abs(column("intermediate_input") + column("value_added") - column("output")).max() < YUAN


def test_flows_add_up_to_the_totals():
    """Row sums of the flows are the intermediate use, column sums the intermediate input."""
    assert np.abs(flows().sum(axis=1) - column("intermediate_use")).max() < YUAN
    assert np.abs(flows().sum(axis=0) - column("intermediate_input")).max() < YUAN


def test_final_use_and_value_added_are_the_sums_of_their_parts():
    """Six uses make the final use, four incomes the value added."""
    uses = (
        *("rural_consumption", "urban_consumption", "government_consumption"),
        *("fixed_capital", "inventories", "exports"),
    )
    incomes = ("wages", "net_taxes", "depreciation", "surplus")
    assert np.abs(sum(map(column, uses)) - column("final_use")).max() < YUAN
    assert np.abs(sum(map(column, incomes)) - column("value_added")).max() < YUAN


def test_the_flows_cannot_be_changed():
    """The shared matrix is read-only."""
    with pytest.raises(ValueError, match="read-only"):
        flows()[0, 0] = 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("3821", "085"),
        ("382", "085"),
        ("01", "001"),
        ("5611", "117"),
        ("38", None),
        ("C", None),
        ("2541", None),
    ],
)
def test_an_industry_has_one_sector_or_none(code: str, expected: str | None):
    """A code inside one sector gives it; one that spans several, or is left out, gives None."""
    assert sector_of(code) == expected


def test_each_class_lies_in_one_sector():
    """The sectors' classes are all classes but biomass fuels (254) and international organisations (970)."""
    found = sorted(code for each in sectors() for code in sector_classes(each.code))
    everything = [each.code for each in industries("class")]
    assert found == [code for code in everything if code not in ("2541", "2542", "9700")]


def test_the_mapping_says_how_sure_it_is():
    """225 members: 102 by name, 117 by content, 6 uncertain."""
    bases = [each.basis for each in sector_members()]
    assert {basis: bases.count(basis) for basis in set(bases)} == {
        "name": 102,
        "content": 117,
        "uncertain": 6,
    }
    assert sector_members("001") == (SectorMember("001", "01", "name"),)


@pytest.mark.parametrize(
    "ask", [lambda: sector("154"), lambda: sector_members("1"), lambda: sector_of("3700")]
)
def test_unknown_codes_are_refused(ask):
    """A code that the table or the standard does not have raises InputError."""
    with pytest.raises(InputError):
        ask()


def test_every_built_table_has_its_source():
    """Each table names title, issuer, date and route, and is the file that was built."""
    assert [each.table for each in sources()] == [
        "gbt4754_2017.csv",
        "gbt4754_2017_disagreements.csv",
        "io2020_sectors.csv",
        "io2020_members.csv",
        "io2020_flows.npz",
    ]
    for each in sources():
        assert all((each.title, each.issuer, each.dated, each.via, each.built))
        assert hashlib.sha256(data_file(each.table).read_bytes()).hexdigest() == each.sha256


def test_the_flows_equal_the_shared_pack(shared: Path):
    """Every cell of the pack is in the matrix, and nothing else."""
    position = {each.code: index for index, each in enumerate(sectors())}
    expected = np.zeros((153, 153))
    with (shared / "data/reference/io2020_153.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            expected[position[row["from_code"]], position[row["to_code"]]] = float(row["flow_10k_yuan"])
    assert np.array_equal(flows(), expected)
