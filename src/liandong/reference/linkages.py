"""Linkages: the input–output table of China for 2020, 153 sectors, and which industries make up each sector.

Figures are 10,000 yuan at producers' prices of 2020. Two identities hold for every sector: what it delivers
(`intermediate_use + final_use - imports`) and what it takes in (`intermediate_input + value_added`) both
equal its output. Economy computes coefficients and multipliers from these figures; here they are only given.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from liandong.errors import InputError, Text
from liandong.reference.classification import industry, members
from liandong.reference.tables import data_file, read_csv

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

YEAR = 2020
UNIT = "万元"

Basis = Literal["name", "content", "uncertain"]


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of the table with its totals, in 10,000 yuan; the code in the source is given in brackets.

    A row of the table, where the output goes: intermediate_use (TIU), rural_consumption (FU101),
    urban_consumption (FU102), government_consumption (FU103), fixed_capital (FU201), inventories (FU202),
    exports (EX), final_use (TFU, the sum of these six), imports (IM), output (GO).
    A column, what the output is made of: intermediate_input (TII), wages (VA001), net_taxes (VA002, negative
    where subsidies are larger), depreciation (VA003), surplus (VA004), value_added (TVA, their sum).
    """

    code: str
    name: str
    name_en: str
    intermediate_use: float
    rural_consumption: float
    urban_consumption: float
    government_consumption: float
    fixed_capital: float
    inventories: float
    exports: float
    final_use: float
    imports: float
    output: float
    intermediate_input: float
    wages: float
    net_taxes: float
    depreciation: float
    surplus: float
    value_added: float


@dataclass(frozen=True, slots=True)
class SectorMember:
    """A division, group or class that belongs to a sector; `basis` says how sure that is.

    name: same name in both tables; content: obvious member; uncertain: check before use.
    """

    sector: str
    industry: str
    basis: Basis


_COLUMNS = {
    "intermediate_use": "TIU",
    "rural_consumption": "FU101",
    "urban_consumption": "FU102",
    "government_consumption": "FU103",
    "fixed_capital": "FU201",
    "inventories": "FU202",
    "exports": "EX",
    "final_use": "TFU",
    "imports": "IM",
    "output": "GO",
    "intermediate_input": "row_TII",
    "wages": "row_VA001",
    "net_taxes": "row_VA002",
    "depreciation": "row_VA003",
    "surplus": "row_VA004",
    "value_added": "row_TVA",
}


@cache
def sectors() -> tuple[Sector, ...]:
    """All 153 sectors in the order of the table."""
    return tuple(
        Sector(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            **{field: float(row[column]) for field, column in _COLUMNS.items()},
        )
        for row in read_csv("io2020_sectors.csv")
    )


def sector(code: str) -> Sector:
    """The sector of a three-digit code. Raises InputError for a code that the table does not have."""
    found = _by_code().get(code)
    if found is None:
        raise InputError(
            Text(
                f"2020 年投入产出表没有部门“{code}”。部门代码是三位数字,从 001 到 153。",
                f'The input-output table of 2020 has no sector "{code}". '
                "Sectors are three digits, 001 to 153.",
            ),
            field="sector",
        )
    return found


@cache
def flows() -> NDArray[np.float64]:
    """Intermediate flows, (153, 153), read-only: the row's sector delivers to the column's; 10,000 yuan.

    Rows and columns are in the order of `sectors()`; 0 is a cell without delivery.
    """
    import numpy as np

    with data_file("io2020_flows.npz").open("rb") as stream:
        matrix: NDArray[np.float64] = np.load(stream)["flows"]
    matrix.setflags(write=False)
    return matrix


def sector_of(industry_code: str) -> str | None:
    """The sector that an industry belongs to; None where it spans several, or the table leaves it out.

    Raises InputError for a code that GB/T 4754-2017 does not have.
    """
    industry(industry_code)
    belonging = _belonging()
    for length in range(len(industry_code), 1, -1):
        if industry_code[:length] in belonging:
            return belonging[industry_code[:length]].sector
    below = {_of_class(code) for code in members(industry_code)}
    return below.pop() if len(below) == 1 else None


def sector_members(code: str | None = None) -> tuple[SectorMember, ...]:
    """What the sectors are made of, in the order of the table; of one sector, if its code is given."""
    if code is not None:
        sector(code)
    return tuple(each for each in _belonging().values() if code in (None, each.sector))


def sector_classes(code: str) -> tuple[str, ...]:
    """All class codes (four digits) of GB/T 4754-2017 in a sector."""
    gathered = (members(each.industry) for each in sector_members(code))
    return tuple(sorted(found for codes in gathered for found in codes if _of_class(found) == code))


def _of_class(code: str) -> str | None:
    belonging = _belonging()
    found = belonging.get(code) or belonging.get(code[:3]) or belonging.get(code[:2])
    return found.sector if found else None


@cache
def _by_code() -> dict[str, Sector]:
    return {each.code: each for each in sectors()}


@cache
def _belonging() -> dict[str, SectorMember]:
    """Sector member by industry code; no industry stands in two sectors."""
    return {
        row["industry"]: SectorMember(row["sector"], row["industry"], row["basis"])  # type: ignore[arg-type]
        for row in read_csv("io2020_members.csv")
    }
