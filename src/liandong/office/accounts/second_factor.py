"""The second factor: whose role asks for it, who has one, and help for those who lost their phone.

`second_factor = ["administrator", "security"]` in `liandong.toml` names the roles. Who has such
a role and no second factor yet is led to set it up before anything else opens.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from liandong.workspace import audit, current
from liandong.workspace.models import Account

OUTSIDE = ("/enter/", "/language/", "/static/")
"""What opens before it is set up: the entrance with its pages of the second factor."""
_HAS_ONE = "second_factor"


def is_required(person: Account) -> bool:
    """Whether the person's role may not come in by password alone."""
    return person.role in current.workspace().configuration.second_factor


def has_one(person: Account) -> bool:
    """Whether signing in asks the person for it."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def noted(people: QuerySet[Account]) -> QuerySet[Account]:
    """The accounts with an attribute `second`: whether each has one."""
    own = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return people.annotate(second=Exists(own))


def missing(request: HttpRequest) -> HttpResponse | None:
    """Where somebody is led who must have one and has none; None for everybody else."""
    person: Any = request.user
    if not person.is_authenticated or request.path.startswith(OUTSIDE) or not is_required(person):
        return None
    if request.session.get(_HAS_ONE):  # not a query at every click
        return None
    if has_one(person):
        request.session[_HAS_ONE] = True
        return None
    return redirect("mfa_activate_totp")


def take_away(person: Account) -> None:
    """A phone is lost: the next visit needs the password alone (or a new authenticator, where required)."""
    with transaction.atomic():
        if Authenticator.objects.filter(user=person).delete()[0]:
            audit.record("accounts.second_factor", person.username, removed="by an administrator")
