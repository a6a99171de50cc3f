"""Excel in: send a workbook, look at it, confirm, take it back; the examples; the calendar feed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from liandong.errors import InputError, InputErrors, Text
from liandong.office.shell import exporting, given
from liandong.office.shell.access import Request, page
from liandong.office.shell.language import language, pick
from liandong.workspace import calendars, example_projects, project_imports
from liandong.workspace.models import ProjectImport

RECENT = 10
SHOWN = 50


@page("projects.import", methods=("GET", "POST"))
def imports(request: Request) -> HttpResponse:
    """Send a workbook; every fault of every row is told, and nothing is kept before it is confirmed."""
    faults: list[str] = []
    key, name = "", ""
    lines: list[project_imports.Line] = []
    sent = request.FILES.get("file")
    if request.method == "POST":
        try:
            if sent is None:
                raise InputError(Text("请选择文件。", "Choose a file."), field="file")
            name = (sent.name or "")[:200]
            key, lines = project_imports.send(sent.read(), name)
        except InputErrors as error:
            faults = [each.text(language()) for each in error.faults[:SHOWN]]
        except InputError as error:
            faults = [error.text(language())]
    batches = list(ProjectImport.objects.all()[:RECENT])
    context = {
        "title": pick("导入项目", "Import projects"),
        "tab": "imports",
        "faults": faults,
        "key": key,
        "name": name,
        "lines": lines[:SHOWN],
        "number": len(lines),
        "batches": batches,
        "heads": [text.zh for text in project_imports.COLUMNS.values()],
    }
    return render(request, "office/projects/imports.html", context, status=400 if faults else 200)


@page("projects.import", methods=("POST",))
def confirm(request: Request) -> HttpResponse:
    """Keep what was looked at."""
    key, name = given.text(request, "key", 64), given.text(request, "name", 200)
    return given.tried(
        request, reverse("projects:imports"), lambda: project_imports.take_in(request.user, key, name)
    )


@page("projects.import", methods=("POST",))
def undo(request: Request, pk: int) -> HttpResponse:
    """Take an import back."""
    batch = get_object_or_404(ProjectImport, pk=pk)
    return given.tried(request, reverse("projects:imports"), lambda: project_imports.undo(batch))


@page("projects.import")
def template(request: Request) -> HttpResponse:
    """An empty workbook with the headings."""
    heads = [text(language()) for text in project_imports.COLUMNS.values()]
    return exporting.table("projects-template", heads, [], "xlsx")


@page("projects.import", methods=("POST",))
def example(request: Request) -> HttpResponse:
    """A few projects, made up and saying so, to try the office with."""
    example_projects.furnish(request.user)
    messages.success(request, pick("已加入合成示例项目。", "Synthetic example projects are there."))
    return redirect("projects:board")


@page("projects.view")
def calendar(request: Request) -> HttpResponse:
    """What is due, for a calendar program."""
    body = calendars.feed(request.user, language())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="liandong.ics"'
    return response
