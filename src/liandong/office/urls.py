"""Every address of the office: the subjects under their own names, the entrance, evidence, REST."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

import liandong.office.shell.names  # noqa: F401 # registers the converter before any address uses it
from liandong.office.api import api
from liandong.office.shell import problems
from liandong.office.subjects import SUBJECTS

handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.broken

urlpatterns: list[URLPattern | URLResolver] = [
    path("enter/", include("liandong.office.accounts.entrance")),
    path("evidence/", include("liandong.office.evidence.urls")),
    path("api/", api.urls),
    *(path(each.prefix, include(f"liandong.office.{each.name}.urls")) for each in SUBJECTS),
]
