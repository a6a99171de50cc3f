"""parks.toml: the parks of the plan's carriers, as far as anyone states them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from liandong.errors import Text
from liandong.plan.fields import Fields
from liandong.plan.model import Origin, Plan
from liandong.plan.reading import toml_fields, toml_text
from liandong.reference import find_industry, is_division

_NOBODY = Origin()


@dataclass(frozen=True, slots=True)
class Park:
    """A park of a carrier. division: GB/T 2260. industries: GB/T 4754 codes that it is meant for."""

    name: str
    carrier: str
    division: str
    host: str | None = None
    location: str | None = None
    industries: tuple[str, ...] = ()
    origin: Origin = _NOBODY


def load_parks(path: str | Path, plan: Plan) -> tuple[Park, ...]:
    """The parks of a TOML file, checked against the plan that they belong to.

    Raises InputError as `read` does; InputErrors with file, line and field for missing or misspelt fields,
    unknown codes, repeated names, and carriers or sources that the plan does not have.
    """
    fields = toml_fields(toml_text(path), str(path))
    parks = tuple(_park(each, plan) for each in fields.tables("park"))
    names: set[str] = set()
    for number, park in enumerate(parks):
        if park.name in names:
            fields.document.fault(("park", number, "name"), Text("名称重复。", "the name stands twice."))
        names.add(park.name)
    fields.done()
    fields.document.finish()
    return parks


def _park(fields: Fields, plan: Plan) -> Park:
    park = Park(
        name=fields.text("name"),
        carrier=fields.text("carrier"),
        division=fields.text("division"),
        host=fields.maybe_text("host"),
        location=fields.maybe_text("location"),
        industries=fields.texts("industries"),
        origin=fields.origin(),
    )
    fields.done()
    if park.carrier and park.carrier not in {carrier.name for carrier in plan.carriers}:
        _fault(fields, "carrier", park.carrier, "规划中的载体", "a carrier of the plan")
    if park.division and not is_division(park.division):
        _fault(fields, "division", park.division, "行政区划代码", "a division")
    for code in park.industries:
        if find_industry(code) is None:
            _fault(fields, "industries", code, "GB/T 4754-2017 行业代码", "a code of GB/T 4754-2017")
    for stated in park.origin.stated:
        if stated.source not in {source.key for source in plan.sources}:
            _fault(fields, "stated", stated.source, "规划中的来源", "a source of the plan")
    return park


def _fault(fields: Fields, name: str, found: str, zh: str, en: str) -> None:
    fields.document.fault((*fields.path, name), Text(f"“{found}”不是{zh}。", f'"{found}" is not {en}.'))
