"""Importing firms: send a table, look at what it holds, confirm; take the last import back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from liandong.errors import InputError, Text
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick, say
from liandong.workspace import current, importing, jobs
from liandong.workspace.models import Job

KINDS = ("firms.preview", "firms.import", "firms.classify")
RECENT = 10
REASONS = {
    "missing": Text("缺少", "missing"),
    "total": Text("合计行", "a row of totals"),
    "header": Text("表头", "a row of headings"),
    "no_letters": Text("不是名称", "no name"),
    "too_long": Text("太长", "too long"),
    "unreadable": Text("无法识别", "cannot be read"),
    "no_amount_or_unit": Text("没有数额或单位", "no amount or unit"),
    "no_count": Text("不是整数", "no whole number"),
    "nearly_empty": Text("几乎是空行", "nearly empty"),
    "check": Text("校验码不符", "check character does not agree"),
    "length": Text("位数不对", "wrong length"),
    "characters": Text("含有不允许的字符", "characters that a code cannot have"),
    "legacy": Text("旧代码", "code of the old kind"),
    "duplicate": Text("同一代码用于不同企业", "one code for several firms"),
    "repeated": Text("重复行", "the same row again"),
}


class ImportForm(forms.Form):
    """A table, and what it is limited to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=pick("企业表", "Firm table"),
            widget=forms.ClearableFileInput(attrs={"accept": ",".join(importing.ENDINGS)}),
            help_text=pick(
                "Excel、CSV 或 Parquet;列名按常用写法自动识别。",
                "Excel, CSV or Parquet; columns are known by name.",
            ),
        )
        self.fields["notes"] = forms.MultipleChoiceField(
            label=pick("数据局限", "Limits of the data"),
            required=False,
            choices=[(key, say(words)) for key, words in importing.LIMITS.items()],
            widget=forms.CheckboxSelectMultiple,
            help_text=pick("会随每个数字一起显示。", "Shown with every figure."),
        )


@page("firms.import", methods=("GET", "POST"))
def imports(request: Request) -> HttpResponse:
    """Send a table; below, what was sent lately and what came of it."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            job = importing.send(sent.chunks(), sent.name, notes=tuple(form.cleaned_data["notes"]))
        except InputError as error:
            form.add_error("file", error.problem(language()))
        else:
            return redirect("jobs:job", job.pk)
    recent = Job.objects.filter(kind__in=KINDS)[:RECENT]
    context = {
        "title": pick("导入企业", "Import firms"),
        "form": form,
        "button": pick("预览", "Look at it"),
        "jobs": [
            {"job": each, "told": told(each), "name": say(jobs.KINDS[each.kind].name)} for each in recent
        ],
        "snapshot": current.registry().snapshot if current.snapshot_id() else None,
        "tab": "imports",
        "may_import": True,
    }
    return render(request, "office/firms/imports.html", context)


@page("firms.import", methods=("POST",))
def confirm(request: Request, pk: int) -> HttpResponse:
    """Import what was looked at."""
    return redirect("jobs:job", importing.confirm(get_object_or_404(Job, pk=pk)).pk)


@page("firms.import", methods=("POST",))
def undo(request: Request) -> HttpResponse:
    """Take back the last import."""
    now = importing.undo()
    words = pick("已撤回。登记库现在是快照 {now}。", "Taken back. The registry is at snapshot {now}.")
    messages.success(request, words.format(now=now or "—"))
    return redirect("firms:imports")


@page("firms.import", methods=("POST",))
def classify(request: Request) -> HttpResponse:
    """Give firms their industries, in the background."""
    return redirect("jobs:job", jobs.enqueue("firms.classify", {}).pk)


def told(job: Job) -> dict[str, Any]:
    """A job's report with its reasons in words."""
    result = job.result if isinstance(job.result, dict) else {}
    return {
        "text": result.get(language(), ""),
        "columns": result.get("columns", []),
        "unmapped": result.get("unmapped", []),
        "tables": result.get("tables", []),
        "left_out": result.get("left_out", []),
        "remarks": [(field, _reason(reason), rows) for field, reason, rows in result.get("remarks", [])],
        "rejections": [{**each, "reason": _reason(each["reason"])} for each in result.get("rejections", [])],
        "error": (job.error or {}).get(language(), ""),
        "confirmable": job.kind == "firms.preview" and job.status == Job.Status.DONE,
    }


def _reason(code: str) -> str:
    return say(REASONS[code]) if code in REASONS else code
