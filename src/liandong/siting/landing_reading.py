"""A landing-cost sheet → Comparison: what the project uses, what each park charges, since when, says who."""

from __future__ import annotations

from pathlib import Path

from liandong.errors import InputError, Text
from liandong.figures import Figure
from liandong.siting import fields
from liandong.siting.landing import FEWEST, MOST, Comparison, Item, Line, compare, sourced
from liandong.siting.rows import File, Row, read_rows


def read_landing(path: str | Path) -> Comparison:
    """The comparison of a workbook (.xlsx, see `write_landing_template`) or TOML file.

    Raises InputError or InputErrors with file, sheet, row and column of every fault.
    """
    file = read_rows(path, fields.LANDING_SHEETS)
    quantities = _quantities(file)
    prices = file.of(fields.LANDING_PRICES)
    parks = {row["park"] for row in prices if row["park"]}
    if prices and not FEWEST <= len(parks) <= MOST:
        problem = Text(
            f"请给出 2 到 5 个园区,现有 {len(parks)} 个。", f"Give two to five parks, not {len(parks)}."
        )
        file.faults.append(InputError(problem, file=file.name, sheet=prices[0].title, field="park"))
    lines = [line for row in prices if (line := _line(row, quantities, file.name)) is not None]
    months = {}
    for row in file.of(fields.POWER_ON):
        if row["park"] not in parks:
            row.fault("park", Text("“单价”里没有这个园区。", 'there is no such park in "prices".'))
        months[row["park"]] = _figure(row, "months", "个月", "通电时间", file.name)
    file.finish()
    return compare(file.of(fields.LANDING)[0]["name"], lines, months)


def _quantities(file: File) -> dict[tuple[str, str], Row]:
    found: dict[tuple[str, str], Row] = {}
    for row in file.of(fields.QUANTITIES):
        if (row["item"], row["name"]) in found:
            row.fault("name", Text("同一费用项和名称出现两次。", "this item and name stand twice."))
        found[row["item"], row["name"]] = row
    return found


def _line(row: Row, quantities: dict[tuple[str, str], Row], file: str) -> Line | None:
    if row["item"] is None or row["name"] is None or row["park"] is None:
        return None
    quantity = quantities.get((row["item"], row["name"]))
    if quantity is None:
        row.fault(
            "name",
            Text("“用量”里没有这一费用项和名称。", 'there is no such item and name in "quantities".'),
        )
        return None
    item = Item(row["item"])
    if row["lawful"] is not None and item is not Item.INCENTIVE:
        row.fault("lawful", Text("只有奖补需要填写。", "only incentives have it."))
    unit = quantity["unit"] or ""
    label = fields.LANDING_PRICES.columns[3].label.zh.removesuffix("(元)")
    return Line(
        park=row["park"],
        item=item,
        name=row["name"],
        quantity=_figure(quantity, "quantity", unit, "用量", file),
        price=_figure(row, "price", f"元/{unit}", label, file),
        yearly=quantity["per"] == "year",
        lawful=row["lawful"],
    )


def _figure(row: Row, column: str, unit: str, measure: str, file: str) -> Figure:
    as_of = row["as_of"]
    return sourced(
        row[column],
        unit,
        measure,
        file=f"{file} › {row.title}",
        row=row.number,
        as_of=None if as_of is None else as_of.isoformat(),
    )
