"""The REST interface: each subject's router under its name, described by OpenAPI at /api/docs.

Operations are as thin as pages and name the same permissions. A program shows a token (`Authorization: Bearer
ld_…`); a person who has come in may use it from the browser. Lists take `limit` and `offset`.
"""

from __future__ import annotations

from typing import Any

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Swagger

from liandong import __version__
from liandong.errors import InputError
from liandong.office.shell.rest import docs_door
from liandong.office.subjects import SUBJECTS
from liandong.workspace.changes import EditConflictError

api = NinjaAPI(
    title="Liandong",
    version=__version__,
    description="The office's material for programs. Figures carry their evidence.",
    docs=Swagger(settings={"persistAuthorization": False}),
    docs_decorator=docs_door,
    urls_namespace="api",
)

for subject in SUBJECTS:
    module = subject.module("api")
    if module is not None:
        api.add_router(f"/{subject.name}", module.router, tags=[subject.name])


@api.exception_handler(DataError)
@api.exception_handler(OverflowError)
def beyond_the_store(request: HttpRequest, error: Any) -> HttpResponse:
    """A number or a text that no column can hold, such as an id of thirty digits."""
    return api.create_response(request, {"detail": "a value is beyond what the store can hold"}, status=422)


@api.exception_handler(InputError)
def input_error(request: HttpRequest, error: Any) -> HttpResponse:
    """What is wrong with an input, in both languages, with file, sheet, row and field."""
    body = {
        "detail": error.text("en"),
        "zh": error.text("zh"),
        "file": error.file,
        "sheet": error.sheet,
        "row": error.row,
        "field": error.field,
    }
    return api.create_response(request, body, status=409 if isinstance(error, EditConflictError) else 400)
