"""Who may call an operation, and how figures and records leave it.

@router.get("/pages", response=list[PageOut], auth=needs("library.view"))
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Schema
from ninja.errors import HttpError
from ninja.pagination import LimitOffsetPagination
from ninja.security import APIKeyCookie, HttpBearer

from liandong.office.shell.access import to_login
from liandong.workspace import accounts, audit, policies

MOST = 1000
FURTHEST = 100_000_000
"""Rows; beyond it a store's own numbers end (SQLite's at 2⁶³, and what is meant is a mistake)."""

Limit = Annotated[int, Query(ge=1, le=MOST)]
Offset = Annotated[int, Query(ge=0, le=FURTHEST)]


class Pages(LimitOffsetPagination):
    """`limit` and `offset` of every list."""

    class Input(Schema):
        """What a caller may ask."""

        limit: int = Field(100, ge=1, le=MOST)
        offset: int = Field(0, ge=0, le=FURTHEST)


class _Bearer(HttpBearer):
    """A token: its owner's permission and its own scope are both needed."""

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The account behind the token. 403 if it may not."""
        found = accounts.token_of(token)
        if found is None:
            return None
        if self.permission not in found.scopes or not policies.may(found.account, self.permission):
            raise HttpError(403, f"the token lacks {self.permission}")
        request.user = found.account
        audit.act_as(found.account.username, request.META.get("REMOTE_ADDR", ""))
        return found.account


class _Session(APIKeyCookie):
    """Somebody who has come in by the browser; changes carry the form's key (CSRF)."""

    param_name = "sessionid"

    def __init__(self, permission: str) -> None:
        super().__init__(csrf=True)
        self.permission = permission

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The account of the session. 403 if it may not."""
        person: Any = request.user
        if not person.is_authenticated:
            return None
        if not policies.may(person, self.permission):
            raise HttpError(403, f"your role lacks {self.permission}")
        return person


def needs(permission: str) -> list[Any]:
    """The `auth=` of an operation. Raises KeyError for a permission that no policy knows."""
    policies.split(permission)
    return [_Bearer(permission), _Session(permission)]


def docs_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description is for people of the office."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.user.is_authenticated else to_login(request)

    return guarded
