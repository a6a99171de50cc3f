"""Adding a page: a file, pasted text, or an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from liandong.errors import InputError
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick
from liandong.workspace import reading
from liandong.workspace.models import Job


class AddForm(forms.Form):
    """One of three ways in, and what the page does not say itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        endings = ",".join(reading.ENDINGS)
        self.fields["file"] = forms.FileField(
            label=pick("文件", "File"),
            required=False,
            widget=forms.ClearableFileInput(attrs={"accept": endings}),
            help_text=pick(
                "网页、文本、Word、PDF、Excel、CSV,最大 20 MB。",
                "HTML, text, Word, PDF, Excel, CSV, up to 20 MB.",
            ),
        )
        self.fields["text"] = forms.CharField(
            label=pick("或粘贴文字", "Or paste the text"),
            required=False,
            max_length=2_000_000,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 6}),
        )
        self.fields["address"] = forms.CharField(
            label=pick("或网址", "Or an address"),
            required=False,
            max_length=2000,
            widget=forms.URLInput(attrs={"placeholder": "https://"}),
            help_text=pick(
                "只读取公开网址;封闭网络中请用文件。", "Public addresses only; on a closed network use files."
            ),
        )
        self.fields["published"] = forms.DateField(
            label=pick("发布日期", "Published"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}),
            help_text=pick("页面自己写明时留空。", "Leave empty if the page says it."),
        )
        self.fields["region"] = forms.CharField(
            label=pick("所说地区", "The place it speaks for"),
            required=False,
            max_length=40,
            help_text=pick("留空为本市。", "Empty: this city."),
        )

    def clean(self) -> dict[str, Any]:
        """Exactly one way in."""
        found = super().clean() or {}
        given = [name for name in ("file", "text", "address") if found.get(name)]
        if len(given) != 1 and not self.errors:
            raise forms.ValidationError(
                pick("请选择文件、粘贴文字或填写网址,三者取一。", "Give one of a file, a text, an address.")
            )
        return found


@page("library.change", methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    """Send a page; a job reads it."""
    form = AddForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            job = _send(form.cleaned_data)
        except InputError as error:
            form.add_error(None, error.text(language()))
        else:
            return redirect("jobs:job", job.pk)
    context = {
        "title": pick("添加资料", "Add a page"),
        "form": form,
        "button": pick("读取", "Read it"),
        "back": reverse("library:index"),
    }
    return render(request, "office/library/add.html", context)


def _send(data: dict[str, Any]) -> Job:
    told = {
        "published": data["published"].isoformat() if data["published"] else None,
        "region": data["region"] or None,
    }
    if data["file"]:
        return reading.send(data["file"].read(reading.MAX_BYTES + 1), data["file"].name, **told)
    if data["text"]:
        return reading.send_text(data["text"], **told)
    return reading.send_address(data["address"], **told)
