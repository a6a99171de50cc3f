"""What parks say of themselves: read without projects, with everything a standard parcel or plant states."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from liandong.errors import InputErrors
from liandong.examples import xuchang
from liandong.siting import Verdict, admit_one, read_case, read_parks

DAY = date(2026, 6, 1)
SHEETS = {
    "园区": [("名称", "化工园区"), ("甲园区", "否")],
    "地块": [
        ("名称", "园区", "土地状态", "用地指标", "闲置起", "楼面荷载(千牛/平方米)", "租赁状态", "抵押"),
        ("甲-1", "甲园区", "净地", "已落实", "2025-06-01", None, None, "否"),
        ("甲-2", "甲园区", None, None, None, 10, "空置", None),
    ],
}


def book(path: Path, sheets: dict[str, list[tuple[object, ...]]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
    made.save(path)
    return path


def test_parcels_and_plants_keep_what_is_said_of_them(tmp_path: Path):
    """Land and plants have their own columns; what is left empty is absent, which is unknown."""
    case = read_parks(book(tmp_path / "parks.xlsx", SHEETS))
    assert [(parcel.name, dict(parcel.facts)) for parcel in case.parcels] == [
        (
            "甲-1",
            {"land_status": "clear", "quota": "secured", "idle_since": "2025-06-01", "mortgaged": False},
        ),
        ("甲-2", {"floor_load": Decimal(10), "lease": "vacant"}),
    ]


def test_a_siting_case_is_read_as_parks():
    """The four carriers of the example with their parcels, rooms, prices and rules, without the projects."""
    path = Path(xuchang.__file__).parent / "siting.toml"
    case, whole = read_parks(path), read_case(path)
    assert (case.parks, case.parcels, case.rooms, case.prices, case.rules, case.projects) == (
        whole.parks,
        whole.parcels,
        whole.rooms,
        whole.prices,
        whole.rules,
        (),
    )


def test_a_rule_may_ask_for_any_column(tmp_path: Path):
    """A plant whose floor load is not known is asked about, never admitted."""
    rule = ("R1", "产业", "荷载", "地块.楼面荷载 不低于 8", "禁止", "管委会", "虚构")
    head = ("编号", "方面", "名称", "要求", "不符合时", "决定部门", "依据")
    case = read_parks(book(tmp_path / "parks.xlsx", SHEETS | {"准入规则": [head, rule]}))
    project = read_case(Path(xuchang.__file__).parent / "siting.toml").projects[0]
    first = [
        next(f.verdict for f in admit_one(case, project, parcel, DAY).findings if f.rule is not None)
        for parcel in case.parcels
    ]
    assert first == [Verdict.ASK, Verdict.ADMITTED]


def test_a_park_that_is_not_there_is_a_fault_of_its_row(tmp_path: Path):
    """The fault names sheet, row and column."""
    sheets = SHEETS | {"地块": [("名称", "园区"), ("乙-1", "乙园区")]}
    with pytest.raises(InputErrors) as caught:
        read_parks(book(tmp_path / "parks.xlsx", sheets))
    (fault,) = caught.value.faults
    assert (fault.sheet, fault.row, fault.field) == ("地块", 2, "B 园区")
