"""Invented firms for tests of scale: marked in every name, never mixed silently with real ones.

The table has the columns of a registration export. Names are put together from a place, two characters, a
trade and a form, and end in a mark that survives any file format; codes have a right check character but the
registering authority 0, which no authority has.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from liandong.reference import all_divisions
from liandong.registry.codes import ALPHABET, LENGTH

MARK = "【合成】"
"""Ends the name of every invented firm."""
SOURCE = "synthetic"
_BRANDS = "瑞泰恒昌隆兴盛华宏远达信诚和顺德嘉润丰源鑫旺金鼎安康永利通博雅睿智创新力"
_TRADES = (
    ("机械设备", "机械设备的制造、销售"),
    ("电气", "输配电及控制设备的生产、销售"),
    ("电子科技", "电子元器件的研发、生产、销售"),
    ("食品", "食品的生产、加工、销售"),
    ("服饰", "服装服饰的加工、销售"),
    ("建材", "建筑材料的生产、批发、零售"),
    ("汽车零部件", "汽车零部件及配件的制造、销售"),
    ("商贸", "日用百货、五金交电的销售"),
    ("物流", "普通货物道路运输、仓储服务"),
    ("信息技术", "软件开发、信息系统集成服务"),
    ("新材料", "新型材料的研发、生产、销售"),
    ("农业开发", "农作物的种植、销售"),
)
_FORMS = ("有限公司", "有限责任公司", "股份有限公司")
_DAYS = (np.datetime64("1990-01-01"), np.datetime64("2024-12-31"))


def generate(rows: int, seed: int) -> pa.Table:
    """Invented firms: name, uscc, founded, capital_text, scope, province, city, source (`synthetic`).

    The same rows and seed give the same table, whatever the machine. Regions, trades, years and capital
    follow no statistics of any place.
    """
    if rows < 0:
        raise ValueError("rows is not negative")
    rng = np.random.default_rng(seed)
    places = all_divisions("prefecture")
    tops = {place.code: place.short for place in all_divisions("province")}
    where = rng.integers(0, len(places), rows)
    what = rng.integers(0, len(_TRADES), rows)
    brands = np.array([a + b for a in _BRANDS for b in _BRANDS])
    serial = np.arange(rows)
    city = pa.array([place.short for place in places]).take(where)
    form = pa.array(_FORMS).take(rng.integers(0, len(_FORMS), rows))
    brand = pa.array(brands).take(rng.integers(0, len(brands), rows))
    trade = pa.array([name for name, _ in _TRADES]).take(what)
    days = rng.integers(0, int((_DAYS[1] - _DAYS[0]).astype(int)), rows)
    capital = pa.array((10 ** rng.integers(1, 5, rows)) * rng.integers(1, 10, rows))
    name = pc.binary_join_element_wise(city, brand, trade, form, MARK, "")
    return pa.table(
        {
            "name": name,
            "uscc": _codes(serial, [places[i].code for i in where]),
            "founded": pa.array(_DAYS[0] + days.astype("timedelta64[D]")),
            "capital_text": pc.binary_join_element_wise(capital.cast(pa.string()), "万元人民币", ""),
            "scope": pa.array([scope for _, scope in _TRADES]).take(what),
            "province": pa.array([tops[place.province] for place in places]).take(where),
            "city": city,
            "source": pa.repeat(pa.scalar(SOURCE), rows),
        }
    )


def is_synthetic(names: pa.Array) -> int:
    """How many of the names carry the mark of invented firms."""
    return int(pc.sum(pc.fill_null(pc.ends_with(names, MARK), False)).as_py() or 0)


def _codes(serial: NDArray[np.int64], places: list[str]) -> pa.Array:
    """Codes 01 + division + nine digits of the serial number + check character."""
    digits = np.zeros((len(serial), LENGTH), dtype=np.int64)
    digits[:, 1] = 1
    digits[:, 2:8] = np.array([[int(char) for char in code] for code in places]).reshape(-1, 6)
    for position in range(9):
        digits[:, 16 - position] = serial // 10**position % 10
    weights = np.array([pow(3, i, 31) for i in range(LENGTH - 1)])
    digits[:, 17] = -(digits[:, :17] @ weights) % 31
    letters = np.array(list(ALPHABET), dtype="S1")
    return pa.array(letters[digits].view(f"S{LENGTH}").ravel().astype(str))
