"""Park sheets in: send one, look at what it holds, confirm; take the last one back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from liandong.errors import InputError
from liandong.examples import xuchang
from liandong.office.parks.views import tabs
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick, say
from liandong.workspace import jobs, park_imports
from liandong.workspace.models import Job, ParkImport, ParkRecord

RECENT = 10


class SheetForm(forms.Form):
    """A park sheet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=pick("园区表", "Park sheet"),
            widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.toml"}),
            help_text=pick(
                "工作表:园区、地块、剩余容量、价格、属性、准入规则。留空表示未知。",
                "Sheets: parks, parcels, rooms, prices, facts, rules. Empty is unknown.",
            ),
        )


@page("parks.import", methods=("GET", "POST"))
def imports(request: Request) -> HttpResponse:
    """Send a sheet; below, what was sent lately and what came of it."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            job = park_imports.send(sent.chunks(), sent.name)
        except InputError as error:
            form.add_error("file", error.problem(language()))
        else:
            return redirect("jobs:job", job.pk)
    sent_before = Job.objects.filter(kind__in=("parks.preview", "parks.import"))[:RECENT]
    batches = list(ParkImport.objects.all()[:RECENT])
    last = next((each for each in batches if each.undone is None), None)
    context = {
        "title": pick("导入园区", "Import parks"),
        "form": form,
        "button": pick("预览", "Look at it"),
        "jobs": [_told(each) for each in sent_before],
        "batches": batches,
        "last": last,
        "no_parks": not ParkRecord.objects.exists(),
        **tabs(request, "imports"),
    }
    return render(request, "office/parks/imports.html", context)


@page("parks.import", methods=("POST",))
def confirm(request: Request, pk: int) -> HttpResponse:
    """Take in what was looked at."""
    return redirect("jobs:job", park_imports.confirm(get_object_or_404(Job, pk=pk)).pk)


@page("parks.import", methods=("POST",))
def undo(request: Request, pk: int) -> HttpResponse:
    """Take the last import back."""
    park_imports.undo(get_object_or_404(ParkImport, pk=pk))
    messages.success(request, pick("已撤回。", "Taken back."))
    return redirect("parks:imports")


@page("parks.import", methods=("POST",))
def example(request: Request) -> HttpResponse:
    """The four carriers of the example with invented parcels, which say so; only where none are."""
    if not ParkRecord.objects.exists():
        park_imports.import_file(xuchang.SITING)
    return redirect("parks:index")


def _told(job: Job) -> dict[str, Any]:
    result = job.result if isinstance(job.result, dict) else {}
    return {
        "job": job,
        "name": say(jobs.KINDS[job.kind].name),
        "text": result.get(language(), ""),
        "first": result.get("first", []),
        "error": (job.error or {}).get(language(), ""),
        "confirmable": job.kind == "parks.preview" and job.status == Job.Status.DONE,
    }
