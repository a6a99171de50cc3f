"""programmes.toml or programmes.xlsx → programmes, each fault with its line, or sheet, row and field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from liandong.errors import InputError, Text
from liandong.plan import Plan
from liandong.plan.fields import Fields
from liandong.plan.reading import toml_fields, toml_text
from liandong.programmes.model import (
    QUALITIES,
    Benefit,
    Comparison,
    Condition,
    Kind,
    Programme,
    Quality,
    Review,
    Standing,
)
from liandong.programmes.workbook import workbook_fields
from liandong.reference import find_honour, find_industry, find_unit, is_division, resolve_region

SUBJECTS = ("firm", "project")


def load(path: str | Path, plan: Plan | None = None) -> tuple[Programme, ...]:
    """The programmes of a TOML file, or of a workbook (.xlsx) with the sheets of `write_template`.

    plan: whose sources the programmes may quote; None admits any key. Raises InputError for a file that
    cannot be read, InputErrors with line (or sheet and row) and field for every fault; nothing is kept then.
    """
    if Path(path).suffix.lower() in (".xlsx", ".xlsm"):
        return _programmes(workbook_fields(Path(path)), plan)
    return parse(toml_text(path), file=str(path), plan=plan)


def parse(text: str, *, file: str = "programmes.toml", plan: Plan | None = None) -> tuple[Programme, ...]:
    """Programmes from TOML text; `file` names it in errors and evidence. Raises as `load` does."""
    return _programmes(toml_fields(text, file), plan)


def _programmes(fields: Fields, plan: Plan | None) -> tuple[Programme, ...]:
    found: list[Programme] = []
    names: set[str] = set()
    for each in fields.tables("programme"):
        programme = _programme(each, plan)
        if programme.name in names:
            each.wrong("name", Text("名称重复。", "the name stands twice."))
        names.add(programme.name)
        found.append(programme)
    fields.done()
    fields.document.finish()
    return tuple(found)


def _programme(fields: Fields, plan: Plan | None) -> Programme:
    programme = Programme(
        name=fields.text("name"),
        english=fields.maybe_text("english") or "",
        kind=Kind(fields.choice("kind", Kind)),
        subjects=_subjects(fields),
        issuer=fields.maybe_text("issuer"),
        number=fields.maybe_text("number"),
        status=Standing(fields.choice("status", Standing, default=Standing.UNKNOWN)),
        valid_from=fields.maybe_date("valid_from"),
        valid_to=fields.maybe_date("valid_to"),
        legal_basis=fields.maybe_text("legal_basis"),
        review=Review(fields.choice("review", Review, default=Review.UNKNOWN)),
        benefit=_benefit(fields),
        conditions=tuple(_condition(each) for each in fields.tables("condition")),
        origin=fields.origin(),
    )
    fields.done()
    if programme.valid_from and programme.valid_to and programme.valid_from > programme.valid_to:
        fields.wrong("valid_to", Text("早于开始日期 valid_from。", "is before valid_from."))
    for condition, each in zip(programme.conditions, fields.tables("condition"), strict=True):
        quality = QUALITIES.get(condition.quality)
        if quality and not set(quality.subjects) & set(programme.subjects):
            text = Text(
                f"“{quality.label.zh}”只用于 {'、'.join(quality.subjects)}。",
                f"{quality.name} is asked of a {' or '.join(quality.subjects)} only.",
            )
            each.wrong("field", text)
    for n, stated in enumerate(programme.origin.stated):
        if plan is not None and stated.source not in {source.key for source in plan.sources}:
            text = Text(
                f"“{stated.source}”不是规划中的来源。", f'"{stated.source}" is no source of the plan.'
            )
            fields.document.fault((*fields.path, "stated", n, "source"), text)
    return programme


def _subjects(fields: Fields) -> tuple[str, ...]:
    given = fields.texts("subjects") or ("firm",)
    for each in given:
        if each not in SUBJECTS:
            fields.wrong(
                "subjects", Text(f"“{each}”不可用。可填:firm, project。", f'"{each}" is not firm or project.')
            )
    return tuple(each for each in given if each in SUBJECTS)


def _benefit(fields: Fields) -> Benefit:
    amount, name = fields.maybe_number("amount"), fields.maybe_text("unit")
    if amount is None:
        if name is not None:
            fields.wrong("unit", Text("只有单位,没有金额 amount。", "a unit without an amount."))
        return Benefit(fields.maybe_text("benefit"))
    unit = find_unit(name) if name else None
    if unit is None:
        text = Text("请在 unit 填写金额的单位,如“万元”。", "give the unit of the amount, such as 万元.")
        fields.wrong("unit" if name else "amount", text)
        return Benefit(fields.maybe_text("benefit"))
    return Benefit(fields.maybe_text("benefit"), amount * unit.multiplier, unit.base)


def _condition(fields: Fields) -> Condition:
    name = fields.choice("field", QUALITIES)
    quality = QUALITIES[name]
    test = Comparison(fields.choice("test", Comparison))
    if test not in quality.tests:
        known = ", ".join(quality.tests)
        fields.wrong(
            "test", Text(f"“{name}”只能用:{known}。", f"{name} takes only: {known}."), unless_faulty=True
        )
        test = quality.tests[0]
    values = _values(fields, quality, test)
    condition = Condition(
        name,
        test,
        values,
        either=fields.maybe_text("either"),
        note=fields.maybe_text("note"),
        origin=fields.origin(),
    )
    fields.done()
    return condition


def _values(fields: Fields, quality: Quality, test: Comparison) -> tuple[str, ...]:
    """The values in the form in which they are compared."""
    if test in (Comparison.AT_LEAST, Comparison.AT_MOST):
        if quality.name == "founded":
            day = fields.maybe_date("value", required=True)
            return ((day or date(1, 1, 1)).isoformat(),)
        return (_in_base(fields, quality, fields.maybe_number("value", required=True) or Decimal(0)),)
    if test is Comparison.IS:
        return ("是" if fields.flag("value") else "否",)
    values = fields.texts("values") if fields.has("values") else _single(fields)
    if not values:
        fields.wrong("values", Text("必须填写。", "must be given."), unless_faulty=True)
    return tuple(found for value in values for found in _checked(fields, quality, value))


def _single(fields: Fields) -> tuple[str, ...]:
    value = fields.maybe_text("value")
    return () if value is None else (value,)


def _in_base(fields: Fields, quality: Quality, value: Decimal) -> str:
    """A number in the quality's base unit; the unit must be written where there is more than one."""
    name = fields.maybe_text("unit") or (quality.unit if quality.unit in ("年", "人", "%") else None)
    unit, base = find_unit(name) if name else None, find_unit(quality.unit)
    if unit is None or base is None or unit.base != base.base:
        text = Text(f"请填写能换算成“{quality.unit}”的单位。", f"give a unit of {quality.unit}.")
        fields.wrong("unit" if name else "value", text)
        return "0"
    return format(value * unit.multiplier / base.multiplier, "f")


def _checked(fields: Fields, quality: Quality, value: str) -> tuple[str, ...]:
    """A code, place or title that is known, in the form in which it is compared; a group's places."""
    if quality.name == "industry" and find_industry(value) is None:
        fields.wrong(
            "values",
            Text(f"“{value}”不是 GB/T 4754-2017 行业代码。", f'"{value}" is no code of GB/T 4754-2017.'),
        )
    if quality.name == "honour":
        honour = find_honour(value)
        return (honour.title if honour else value,)
    if quality.name == "region" and not is_division(value):
        try:
            return resolve_region(value).codes
        except InputError as error:
            fields.wrong("values", error.problem)
    return (value,)
