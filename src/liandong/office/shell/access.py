"""Who may open a page: every view names the permission that it needs.

@page("library.change", methods=("POST",))
def accept(request, fact): ...
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, cast

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from liandong.office.shell import problems
from liandong.workspace import policies
from liandong.workspace.models import Account

P = ParamSpec("P")
PUBLIC = "public"
"""The permission of pages that need none: coming in, first set-up, the language."""


class Request(HttpRequest):
    """A request of somebody who has come in."""

    user: Account
    htmx: HtmxDetails


class View(Protocol):
    """A view that says what it needs."""

    permission: str
    methods: tuple[str, ...]

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer."""


def page(
    permission: str, *, methods: tuple[str, ...] = ("GET",)
) -> Callable[[Callable[Concatenate[Request, P], HttpResponse]], View]:
    """Let in who has the permission: others are sent to the login, or told that they may not.

    Raises KeyError at import for a permission that no policy knows.
    """
    policies.split(permission)

    def decorate(view: Callable[Concatenate[Request, P], HttpResponse]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_login(request)
            if request.method not in (*methods, "HEAD" if "GET" in methods else ""):
                return HttpResponseNotAllowed(methods)
            if not policies.may(request.user, permission):
                return problems.forbidden(request)
            return view(cast(Request, request), *args, **kwargs)

        marked = cast(View, guarded)
        marked.permission, marked.methods = permission, methods
        return marked

    return decorate


def public(view: Callable[..., HttpResponse]) -> View:
    """Mark a page that anybody may open."""
    marked = cast(View, view)
    marked.permission, marked.methods = PUBLIC, ("GET", "POST")
    return marked


def to_login(request: HttpRequest) -> HttpResponse:
    """To the login, and back afterwards; a fragment takes its whole page there."""
    login = resolve_url("account_login")
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(login)
    return redirect(f"{login}?{urlencode({'next': request.get_full_path()})}")
