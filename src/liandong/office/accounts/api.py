"""Accounts for programs: who there is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from liandong.office.shell.rest import needs
from liandong.workspace import policies
from liandong.workspace.models import Account

router = Router()


class AccountOut(Schema):
    """An account."""

    id: int
    username: str
    name: str
    unit: str
    role: str
    archived: datetime | None


@router.get("/", response=list[AccountOut], auth=needs("accounts.view"))
@paginate
def list_accounts(request: HttpRequest, role: str | None = None) -> QuerySet[Account]:
    """Accounts by name."""
    found = Account.objects.all()
    return found.filter(role=role) if role else found


@router.get("/me", auth=needs("me.view"))
def me(request: HttpRequest) -> dict[str, Any]:
    """Who one is and may do."""
    person: Any = request.user
    return {
        "username": person.username,
        "role": person.role,
        "unit": person.unit,
        "permissions": policies.granted(person),
    }
