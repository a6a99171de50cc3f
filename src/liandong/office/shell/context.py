"""What every page shows around its content."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from liandong.office.shell.language import language, say
from liandong.office.subjects import SUBJECTS
from liandong.workspace import current, policies, timeline


def shell(request: HttpRequest) -> dict[str, Any]:
    """Language, navigation, the name of the city."""
    person: Any = getattr(request, "user", None)
    inside = person is not None and person.is_authenticated
    return {
        "language": language(),
        "city_name": current.city_name(),
        "second_factor_roles": current.workspace().configuration.second_factor,
        "navigation": _navigation(request, person) if inside else (),
        "role_name": say(policies.ROLE_NAMES[policies.Role(person.role)]) if inside else "",
        "sees_notices": inside and policies.may(person, "cockpit.view"),
        "unread": timeline.unread(person) if inside else 0,
        "sees_jobs": inside and policies.may(person, "jobs.view"),
    }


def _navigation(request: HttpRequest, person: Any) -> list[dict[str, Any]]:
    entries = []
    for subject in SUBJECTS:
        if subject.entry is None or not policies.may(person, subject.permission):
            continue
        url = _entry(subject.name, subject.entry)
        here = request.path == url if url == "/" else request.path.startswith(url)
        here = here and not request.path.startswith("/accounts/me/")
        entries.append({"name": subject.name, "label": say(subject.label), "url": url, "here": here})
    return entries


@lru_cache
def _entry(name: str, entry: str) -> str:
    return reverse(f"{name}:{entry}")
