"""What happens at the entrance is written to the audit log."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from liandong.workspace import accounts, audit


def _address(request: HttpRequest | None) -> str:
    return "" if request is None else request.META.get("REMOTE_ADDR", "")


@receiver(user_logged_in)
def came_in(request: HttpRequest | None = None, user: Any = None, **_: Any) -> None:
    """Somebody came in."""
    with audit.acting(user.username, _address(request)):
        audit.record("accounts.enter", user.username)


@receiver(user_logged_out)
def left(request: HttpRequest | None = None, user: Any = None, **_: Any) -> None:
    """Somebody left."""
    if user is not None:
        audit.record("accounts.leave", user.username)


@receiver(user_login_failed)
def refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A wrong password."""
    with audit.acting("anonymous", _address(request)):
        audit.record("accounts.refused", str(credentials.get("username", ""))[:80])


@receiver(password_changed)
def changed(request: HttpRequest, user: Any, **_: Any) -> None:
    """Somebody changed their password."""
    accounts.password_changed(user)


@receiver(mfa.authenticator_added)
def second_factor_added(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """A second factor was added."""
    audit.record("accounts.second_factor", user.username, added=str(authenticator.type))


@receiver(mfa.authenticator_reset)
def second_factor_renewed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """New recovery codes were made; the old ones are worth nothing."""
    audit.record("accounts.second_factor", user.username, renewed=str(authenticator.type))


@receiver(mfa.authentication_failed)
def second_factor_refused(request: HttpRequest, user: Any, **_: Any) -> None:
    """A right password, but a wrong code: somebody may have the password of another."""
    with audit.acting("anonymous", _address(request)):
        audit.record("accounts.refused", user.username, by="second factor")


@receiver(mfa.authenticator_used)
def recovery_code_used(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """A recovery code was used up; ordinary codes are part of signing in."""
    if authenticator.type == authenticator.Type.RECOVERY_CODES:
        with audit.acting(user.username, _address(request)):
            audit.record("accounts.recovery_code", user.username)


@receiver(mfa.authenticator_removed)
def second_factor_removed(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """A second factor was removed."""
    audit.record("accounts.second_factor", user.username, removed=str(authenticator.type))
