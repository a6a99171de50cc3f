"""A chain as a form: its head, and a row for each node."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from liandong.office.chains.words import STAGES, TIERS
from liandong.office.shell.language import pick, say
from liandong.plan import Stage, TierKey
from liandong.workspace.chain_edits import Head, Row

_SEPARATORS = re.compile(r"[、,,;;\n]+")
BLANK_ROWS = 3


class ChainForm(forms.Form):
    """The head of a chain. version: of the plan as read, against lost edits."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, head: Head | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name = head.name if head else None
        if head is None:
            self.fields["name"] = forms.CharField(label=pick("产业链", "Chain"), max_length=80)
        self.fields["english"] = forms.CharField(label=pick("英文名", "English name"), max_length=120)
        self.fields["tier"] = forms.ChoiceField(
            label=pick("梯度", "Tier"), choices=[(key.value, say(TIERS[key.value])) for key in TierKey]
        )
        self.fields["chief"] = forms.CharField(label=pick("链长", "Chief"), max_length=80, required=False)
        self.fields["leaders"] = forms.CharField(
            label=pick("链主企业", "Lead firms"),
            required=False,
            help_text=pick("登记名称,用顿号分开。", "Registered names, with commas between."),
        )
        self.fields["why"] = forms.CharField(
            label=pick("改动理由", "Why you change it"),
            max_length=200,
            help_text=pick(
                "记在改动的每一项上:这是规划者设定的,不是原文所说。",
                "Noted with each change: the planner assigned it, no source states it.",
            ),
        )
        if head is not None:
            self.initial = {
                **self.initial,
                "english": head.english,
                "tier": head.tier.value,
                "chief": head.chief or "",
                "leaders": "、".join(head.leaders),
            }

    def head(self) -> Head:
        """The head as it is to be."""
        data = self.cleaned_data
        return Head(
            self._name or data["name"].strip(),
            data["english"].strip(),
            TierKey(data["tier"]),
            data["chief"].strip() or None,
            listed(data["leaders"]),
        )


class NodeForm(forms.Form):
    """A node in a row."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _cell(pick("环节", "Node"), 14)
        self.fields["stage"] = forms.ChoiceField(
            label=pick("位置", "Stage"),
            choices=[(key.value, say(STAGES[key.value])) for key in Stage],
            initial=Stage.MIDSTREAM.value,
        )
        self.fields["industries"] = _cell(pick("国民经济行业代码", "GB/T 4754 codes"), 14)
        self.fields["words"] = _cell(pick("产品词", "Product words"), 32, required=False)
        self.fields["supplies"] = _cell(pick("供给哪些环节", "Supplies which nodes"), 32, required=False)
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", str(field.label or ""))

    def row(self) -> Row:
        """The node as it is to be."""
        data = self.cleaned_data
        return Row(
            data["was"],
            data["name"].strip(),
            Stage(data["stage"]),
            listed(data["industries"].replace(" ", "、")),
            listed(data["words"]),
            listed(data["supplies"]),
        )


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg] # generic in the stubs alone
    """Rows whose box to remove them says so to who cannot see the heading."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].widget.attrs["aria-label"] = pick("删除", "remove")


Nodes = forms.formset_factory(NodeForm, formset=_Rows, extra=BLANK_ROWS, can_delete=True, max_num=200)


def initial(rows: list[Row]) -> list[dict[str, str]]:
    """Rows as the form first shows them."""
    return [
        {
            "was": row.was,
            "name": row.name,
            "stage": row.stage.value,
            "industries": "、".join(row.industries),
            "words": "、".join(row.words),
            "supplies": "、".join(row.supplies),
        }
        for row in rows
    ]


def listed(text: str) -> tuple[str, ...]:
    """The parts of a list, once each."""
    return tuple(dict.fromkeys(part.strip() for part in _SEPARATORS.split(text) if part.strip()))


def _cell(label: str, size: int, *, required: bool = True) -> forms.CharField:
    widget = forms.TextInput(attrs={"size": size})
    return forms.CharField(label=label, max_length=600, required=required, widget=widget)
