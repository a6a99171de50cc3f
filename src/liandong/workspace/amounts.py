"""Amounts of projects: kept by measure, standing, period and currency; added only within one kind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.figures import Basis, DerivedRef, Figure, RecordRef, Standing
from liandong.projects import MEASURES, STANDINGS, Key
from liandong.workspace import audit, timeline
from liandong.workspace.models import AmountRecord, ProjectRecord

UNITS: dict[str, tuple[str, str, Decimal]] = {
    "亿元": ("元", "CNY", Decimal(10) ** 8),
    "万元": ("元", "CNY", Decimal(10) ** 4),
    "元": ("元", "CNY", Decimal(1)),
    "万美元": ("美元", "USD", Decimal(10) ** 4),
    "万欧元": ("欧元", "EUR", Decimal(10) ** 4),
    "万港元": ("港元", "HKD", Decimal(10) ** 4),
    "人": ("人", "", Decimal(1)),
    "吨标准煤": ("吨标准煤", "", Decimal(1)),
}
"""As people write it → unit, currency and factor as kept."""
OF_OTHERS = {"jobs": "人", "energy": "吨标准煤"}
"""Measures that are no money."""
PERIODS = {
    "": Text("无期间", "no period"),
    "as_of": Text("截至", "as of"),
    "in_year": Text("年度", "in the year"),
    "cumulative": Text("累计至", "cumulated to"),
}
AXES = ("measure", "standing", "unit", "currency", "as_of", "in_year", "cumulative")
_MOST = Decimal(10) ** 16


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount as it is sent. value: "" for unknown. period: a key of `PERIODS`; when: ISO date or year."""

    measure: str
    standing: str
    value: str
    unit: str
    period: str = ""
    when: str = ""
    source: str = ""
    voucher: str = ""


def add(record: ProjectRecord, entry: Entry) -> AmountRecord:
    """Keep an amount. One of the same kind that was kept before is put away: it stays in the history.

    Raises InputError for a measure, standing, unit or period that there is not, and for a verified amount
    without its voucher.
    """
    values = read(entry)
    with transaction.atomic():
        axes = {name: values[name] for name in AXES}
        AmountRecord.objects.filter(project=record, archived=None, **axes).update(archived=timezone.now())
        made = AmountRecord.objects.create(project=record, by=audit.actor().name, **values)
        ProjectRecord.objects.filter(pk=record.pk).update(moved=timezone.localdate())
        audit.record("projects.amount", f"project:{record.pk}", after=figure(made).to_dict())
        timeline.log("amount", project=record, text=made.source, figure=figure(made).to_dict())
    return made


def read(entry: Entry) -> dict[str, Any]:
    """The columns of an amount. Raises InputError naming the field."""
    if entry.measure not in MEASURES:
        raise InputError(Text("没有这个口径。", "There is no such measure."), field="measure")
    if entry.standing not in [each.value for each in STANDINGS]:
        raise InputError(Text("请选择依据级别。", "Choose how firm it is."), field="standing")
    if entry.unit not in UNITS:
        raise InputError(Text("没有这个单位。", "There is no such unit."), field="unit")
    unit, currency, factor = UNITS[entry.unit]
    if OF_OTHERS.get(entry.measure, "") != ("" if currency else unit):
        raise InputError(Text("单位与口径不符。", "The unit does not fit the measure."), field="unit")
    if entry.standing == Standing.VERIFIED and not entry.voucher.strip():
        raise InputError(
            Text("核实的金额须写明凭证。", "A verified amount names its voucher."), field="voucher"
        )
    if entry.period not in PERIODS or bool(entry.period) != bool(entry.when.strip()):
        raise InputError(
            Text("请填写期间,如 2026 或 2026-06-30。", "Give the period, e.g. 2026."), field="when"
        )
    period = {name: entry.when.strip()[:21] if name == entry.period else "" for name in PERIODS if name}
    return {
        "measure": entry.measure,
        "standing": entry.standing,
        "value": number(entry.value, factor),
        "unit": unit,
        "currency": currency,
        **period,
        "source": entry.source.strip(),
        "voucher": entry.voucher.strip(),
    }


def number(text: str, factor: Decimal = Decimal(1)) -> Decimal | None:
    """A number as typed; None where nothing is. Raises InputError for what is none, or negative."""
    plain = text.strip().replace(",", "").replace("\uff0c", "")
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not 0 <= value * factor < _MOST:
        raise InputError(
            Text(f"“{text}”不是数字。未知请留空。", f'"{text}" is not a number. Leave empty for unknown.'),
            field="value",
        )
    return (value * factor).quantize(Decimal("0.0001"))


def of(record: ProjectRecord) -> list[AmountRecord]:
    """The amounts that stand."""
    return [each for each in record.amounts.all() if each.archived is None]


def figure(amount: AmountRecord) -> Figure:
    """The amount as a figure; its evidence is the project's record."""
    return Figure(
        plain(amount.value),
        amount.unit,
        amount.measure,
        Standing(amount.standing),
        Basis(amount.as_of or None, amount.in_year or None, amount.cumulative or None),
        amount.currency or None,
        evidence=(RecordRef(amount.voucher or amount.source or f"project:{amount.project_id}", 1),),
    )


def plain(value: Decimal | None) -> Decimal | None:
    """A value of the store without its trailing zeros."""
    if value is None:
        return None
    whole = value.quantize(Decimal(1))
    return whole if whole == value else value.normalize()


def totals(projects: Any) -> list[tuple[Key, Figure, int]]:
    """Sums over projects (a queryset), one for each kind of amount with how many: never across kinds.

    Added by the store; equal to `liandong.projects.totals`. An unknown value makes its sum unknown.
    """
    rows = (
        AmountRecord.objects.filter(archived=None, project__in=projects.order_by().values("pk"))
        .order_by()
        .values(*AXES)
        .annotate(sum=Sum("value"), known=Count("value"), all=Count("pk"))
    )
    found = []
    for row in rows:
        key = Key(*(row[name] for name in AXES))
        value = None if row["known"] < row["all"] else plain(Decimal(row["sum"]))
        formula = " · ".join(getattr(key, name) for name in AXES if getattr(key, name))
        found.append(
            (
                key,
                Figure(
                    value,
                    key.unit,
                    key.measure,
                    Standing(key.standing),
                    Basis(key.as_of or None, key.in_year or None, key.cumulative or None),
                    key.currency or None,
                    evidence=(DerivedRef(f"sum({formula}) n={row['all']}", ()),),
                ),
                row["all"],
            )
        )
    return sorted(found, key=lambda each: each[0])


def foremost(amounts: list[AmountRecord]) -> AmountRecord | None:
    """The amount that a card shows: total investment first, the firmest standing."""
    order = {each.value: place for place, each in enumerate(STANDINGS)}
    measures = {name: place for place, name in enumerate(MEASURES)}
    standing = [each for each in amounts if each.archived is None]
    return min(
        standing,
        key=lambda each: (measures[each.measure], -order[Standing(each.standing).value], -each.pk),
        default=None,
    )
