"""What every request passes: its language, and who makes it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from liandong.errors import InputError, Text
from liandong.office.accounts import second_factor
from liandong.office.shell import problems
from liandong.office.shell.language import COOKIE, DJANGO_CODES, say
from liandong.workspace import accounts, audit

Respond = Callable[[HttpRequest], HttpResponse]
SEEN = "seen"
TOUCH_EVERY = 60
_NUL = Text("请求里有空字符(NUL),不能接受。", "The request holds a null character, which is not accepted.")


class Language:
    """Chinese unless the reader has switched: what the browser would like does not count."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the language of the cookie."""
        chosen = "en" if request.COOKIES.get(COOKIE) == "en" else "zh"
        with translation.override(DJANGO_CODES[chosen]):  # type: ignore[index] # one of the two
            request.LANGUAGE_CODE = DJANGO_CODES[chosen]  # type: ignore[index]
            return self._respond(request)


class Characters:
    """No request holds the character NUL: PostgreSQL keeps no text with it, and no person types it."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say what is wrong. Forms refuse it by themselves."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", "") or self._in_json(request):
            return HttpResponse(say(_NUL), status=400, content_type="text/plain; charset=utf-8")
        return self._respond(request)

    def _in_json(self, request: HttpRequest) -> bool:
        return request.content_type == "application/json" and b"\\u0000" in request.body


class Visit:
    """Who acts (for the audit log), how long a session may rest, and errors of the input in words."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the person who asks."""
        person: Any = request.user
        if person.is_authenticated and self._rested_too_long(request):
            logout(request)
            return redirect(settings.LOGIN_URL)
        if not person.is_authenticated and self._needs_setup(request):
            return redirect("accounts:setup")
        name = person.username if person.is_authenticated else "anonymous"
        with audit.acting(name, request.META.get("REMOTE_ADDR", "")):
            return self._must_change(request) or second_factor.missing(request) or self._respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """An error of the input is told in words; any other one is Django's to handle."""
        if isinstance(error, InputError) and not request.path.startswith("/api/"):
            return problems.input_problem(request, error)
        return None

    def _rested_too_long(self, request: HttpRequest) -> bool:
        now, seen = time.time(), request.session.get(SEEN)
        if seen is not None and now - seen > settings.SESSION_IDLE:
            return True
        if seen is None or now - seen > TOUCH_EVERY:  # not at every click: each is a write to the store
            request.session[SEEN] = now
        return False

    def _needs_setup(self, request: HttpRequest) -> bool:
        path = request.path
        outside = path.startswith(("/static/", "/language/")) or path == reverse("accounts:setup")
        return not outside and not accounts.any_account()

    def _must_change(self, request: HttpRequest) -> HttpResponse | None:
        """A password that somebody else has set, or that is too old, is changed before anything else."""
        person: Any = request.user
        if not person.is_authenticated or not accounts.password_is_due(person, settings.PASSWORD_DAYS):
            return None
        allowed = (reverse("account_change_password"), reverse("account_logout"), "/language/", "/static/")
        if request.path.startswith(allowed):
            return None
        return redirect("account_change_password")
