"""Forms of parks: the columns of the sheet, a project's needs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html

from liandong.office.parks.words import choices, label
from liandong.office.shell.language import pick
from liandong.siting.fields import Column
from liandong.siting.rules import Value
from liandong.workspace import parks
from liandong.workspace.models import ParcelRecord, ParkRecord


class PlaceForm(forms.Form):
    """What a park or parcel says of itself; an empty field is unknown."""

    def __init__(self, record: ParkRecord | ParcelRecord, data: Any = None) -> None:
        cells = parks.cells(record)
        self.columns = parks.columns(parks.sheet_of(record))
        start = {each.name: _shown(each, cells.get(each.name)) for each in self.columns}
        for name in parks.OWN:
            start[name] = getattr(record, name)
        super().__init__(data, initial={**start, "version": record.version})
        for column in self.columns:
            self.fields[column.name] = _field(column)
        self.fields["longitude"] = forms.FloatField(label=pick("经度", "Longitude"), required=False)
        self.fields["latitude"] = forms.FloatField(label=pick("纬度", "Latitude"), required=False)
        self.fields["as_of"] = forms.DateField(
            label=pick("数据日期", "As of"), required=False, widget=forms.DateInput(attrs={"type": "date"})
        )
        self.fields["source"] = forms.CharField(label=pick("来源", "Source"), required=False, max_length=500)
        self.fields["note"] = forms.CharField(label=pick("说明", "Note"), required=False, max_length=2000)
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)

    def facts(self) -> dict[str, Value]:
        """The facts as given; what was left empty is left out."""
        found: dict[str, Value] = {}
        for column in self.columns:
            value = self.cleaned_data[column.name]
            if value in (None, ""):
                continue
            if column.kind == "yes":
                value = value == "yes"
            elif column.kind == "list":
                value = tuple(part for part in value.replace("、", ",").replace(",", ",").split(",") if part)
            elif isinstance(value, date):
                value = value.isoformat()
            found[column.name] = value
        return found

    def own(self) -> dict[str, Any]:
        """What has a column of its own."""
        return {name: self.cleaned_data[name] for name in parks.OWN}


class NeedsForm(forms.Form):
    """What a project needs: one line a resource, `电力 6000 千伏安`; empty amounts are unknown."""

    def __init__(self, resources: dict[str, str], start: dict[str, Any], data: Any = None) -> None:
        super().__init__(data, initial=start)
        self.resources = resources
        yes = [("", pick("未知", "unknown")), ("yes", pick("是", "yes")), ("no", pick("否", "no"))]
        self.fields["chemical"] = forms.ChoiceField(
            label=pick("化工项目", "Chemical project"), choices=yes, required=False
        )
        self.fields["investment"] = _number(pick("总投资(万元)", "Total investment (10,000 yuan)"))
        self.fields["tax"] = _number(pick("年税收(万元)", "Tax a year (10,000 yuan)"))
        for number, (name, unit) in enumerate(resources.items()):
            self.fields[f"need{number}"] = _number(format_html('<span lang="zh">{}({})</span>', name, unit))
        self.fields["source"] = forms.CharField(
            label=pick("依据", "Source"),
            required=False,
            max_length=500,
            help_text=pick("如:企业填报表、可研报告。", "Such as the firm's own sheet, a feasibility study."),
        )


def _number(words: str) -> forms.DecimalField:
    return forms.DecimalField(label=words, required=False, min_value=Decimal(0), max_digits=20)


def _field(column: Column) -> forms.Field:
    words = label(column)
    match column.kind:
        case "number":
            return forms.DecimalField(label=words, required=False, max_digits=20)
        case "date":
            widget = forms.DateInput(attrs={"type": "date"})
            return forms.DateField(label=words, required=False, widget=widget)
        case "yes":
            options = [("", pick("未知", "unknown")), ("yes", pick("是", "yes")), ("no", pick("否", "no"))]
            return forms.ChoiceField(label=words, required=False, choices=options)
        case "choice":
            options = [("", pick("未知", "unknown")), *choices(column)]
            return forms.ChoiceField(label=words, required=False, choices=options)
    return forms.CharField(label=words, required=False, max_length=500)


def _shown(column: Column, value: Any) -> Any:
    if column.kind == "yes" and value is not None:
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, tuple) else value
