"""Words of parks: cells of a sheet, verdicts, steps of what is free."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liandong.errors import Text
from liandong.office.shell.language import day, language, pick, say
from liandong.siting import VERDICTS, Verdict
from liandong.siting.fields import Column
from liandong.siting.rules import ASPECTS, Aspect
from liandong.workspace import parks
from liandong.workspace.models import ParcelRecord, ParkRecord

KINDS = {"land": Text("土地", "land"), "plant": Text("厂房", "plant")}
LABELS = {
    "chemical_park": "chemical park",
    "zone": "control zone",
    "division": "division code",
    "host": "host park",
    "location": "location",
    "industries": "leading industries",
    "use": "planned use",
    "min_investment_per_mu": "investment intensity, at least (10,000 yuan per mu)",
    "min_tax_per_mu": "tax per mu, at least (10,000 yuan a year)",
    "area": "area (mu)",
    "land_status": "state of the land",
    "quota": "land quota",
    "assessments": "area assessments done",
    "holder": "rights holder",
    "mortgaged": "mortgaged",
    "idle_since": "idle since",
    "min_plot_ratio": "plot ratio, at least",
    "max_energy": "energy, at most (t coal per 10,000 yuan)",
    "max_emission": "emission, at most (kg per 10,000 yuan)",
    "floor_area": "floor area (m²)",
    "floor_load": "floor load (kN/m²)",
    "clear_height": "clear height (m)",
    "grid": "column grid",
    "crane": "crane (t)",
    "fire_class": "fire-risk class",
    "lease": "lease",
    "valid_from": "to be had from",
    "valid_to": "to be had until",
}
"""English words of the sheet's columns; the Chinese ones are the sheet's own."""
ENGLISH = {
    "clear": "clear",
    "serviced": "serviced",
    "raw": "raw",
    "secured": "secured",
    "pending": "pending",
    "none": "none",
    "vacant": "vacant",
    "reserved": "reserved",
    "let": "let",
}
VERDICT_CSS = {
    Verdict.ADMITTED: "strong",
    Verdict.CONDITIONAL: "present",
    Verdict.ASK: "weak",
    Verdict.BARRED: "missing",
}
SIGNS = {Verdict.ADMITTED: "●", Verdict.CONDITIONAL: "◐", Verdict.ASK: "◔", Verdict.BARRED: "○"}


def label(column: Column) -> str:
    """A column's name for people."""
    return pick(column.label.zh, LABELS.get(column.name, column.name))


def choices(column: Column) -> list[tuple[str, str]]:
    """What a choice may be, in the reader's language."""
    found: dict[str, str] = {}
    for words, value in column.words:
        if words != value:
            found.setdefault(value, pick(words, ENGLISH.get(value, value.upper())))
    return list(found.items())


def cell(column: Column, value: Any) -> str | SafeString:
    """A cell as people read it; unknown is a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return pick("是", "yes") if value else pick("否", "no")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if column.kind == "choice":
        return dict(choices(column)).get(str(value), str(value))
    return source("、".join(value) if isinstance(value, tuple) else value)


def facts(record: ParkRecord | ParcelRecord) -> list[tuple[str, str | SafeString]]:
    """All that may be said of a park or parcel, with a dash where nothing is."""
    cells = parks.cells(record)
    shown = parks.columns(parks.sheet_of(record))
    if isinstance(record, ParcelRecord) and record.kind == "land":
        shown = tuple(column for column in shown if column.name not in parks.PLANT_SIGNS)
    return [(label(column), cell(column, cells.get(column.name))) for column in shown]


def verdict(value: str) -> SafeString:
    """A verdict by sign, colour and word."""
    which = Verdict(value)
    return format_html(
        '<span class="status {}">{} {}</span>', VERDICT_CSS[which], SIGNS[which], say(VERDICTS[which])
    )


def aspect(value: str) -> str:
    """An aspect of admission."""
    return say(ASPECTS[Aspect(value)])


def reason(text: Text) -> SafeString:
    """A reason; where it quotes a rule in Chinese, it says so to readers and to what reads aloud."""
    return source(text(language()))


def source(text: object) -> SafeString:
    """Words of a sheet."""
    return format_html('<span lang="zh">{}</span>', text or "—")


def steps(kept: list[list[Any]], unit: str) -> SafeString:
    """What is there, phase by phase: 8,000 → 20,000 (from 2028) kVA."""
    parts = []
    for amount, year in kept:
        number = "—" if amount is None else f"{Decimal(amount).normalize():,f}"
        parts.append(number if year is None else pick(f"{number}({year} 年起)", f"{number} (from {year})"))
    return format_html('{} <span lang="zh">{}</span>', " → ".join(parts), unit)


def parcel_link(parcel: ParcelRecord) -> SafeString:
    """A parcel that opens its sheet."""
    return format_html(
        '<a href="{}" lang="zh">{}</a>', reverse("parks:parcel", args=[parcel.pk]), parcel.name
    )


def park_link(park: ParkRecord) -> SafeString:
    """A park that opens its page."""
    return format_html('<a href="{}" lang="zh">{}</a>', reverse("parks:park", args=[park.pk]), park.name)
