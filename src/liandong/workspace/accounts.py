"""Accounts: who is made, changed and put away, their passwords and the tokens of their programs."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from liandong.errors import InputError, Text
from liandong.workspace import audit, changes, policies
from liandong.workspace.models import Account, Token
from liandong.workspace.policies import Role

PREFIX = "ld_"


def any_account() -> bool:
    """Whether the office has been set up."""
    return Account.objects.exists()


def create(
    username: str, password: str, role: Role, *, name: str = "", unit: str = "", temporary: bool = True
) -> Account:
    """A new account. temporary: the password must be changed at the first visit.

    Raises InputError if the name is taken or the password too weak.
    """
    account = Account(username=username.strip(), role=role.value, name=name.strip(), unit=unit.strip())
    if not account.username or Account.objects.filter(username=account.username).exists():
        raise InputError(
            Text("这个用户名为空或已被使用。", "This user name is empty or taken."), field="username"
        )
    check_password(password, account)
    account.set_password(password)
    account.must_change, account.password_changed = temporary, timezone.now()
    with transaction.atomic():
        account.save()
        audit.record("accounts.create", account.username, role=account.role, unit=account.unit)
    return account


def set_up(username: str, password: str, *, name: str = "") -> Account:
    """The first account of an office, its administrator. Raises InputError if there is one already."""
    with transaction.atomic():
        if any_account():
            raise InputError(Text("已经初始化过了。", "The office has been set up already."))
        return create(username, password, Role.ADMINISTRATOR, name=name, temporary=False)


def change(account: Account, version: int, *, role: Role, name: str, unit: str) -> None:
    """Change what an account may do. Raises InputError for a change of one's own role, or the last keeper."""
    if role.value != account.role:
        if account.username == audit.actor().name:
            raise InputError(Text("不能更改自己的角色。", "You cannot change your own role."), field="role")
        _keep_one(account)
    changes.save(account, version, "accounts.change", role=role.value, name=name.strip(), unit=unit.strip())


def archive(account: Account) -> None:
    """Put an account away: it cannot come in any more, its traces stay. InputError for the last keeper."""
    if account.username == audit.actor().name:
        raise InputError(Text("不能停用自己的账号。", "You cannot archive your own account."))
    _keep_one(account)
    changes.archive(account, "accounts.archive")


def reset_password(account: Account, password: str) -> None:
    """Give a temporary password, to be changed at the next visit."""
    check_password(password, account)
    account.set_password(password)
    account.must_change, account.password_changed = True, timezone.now()
    with transaction.atomic():
        account.save(update_fields=["password", "must_change", "password_changed"])
        audit.record("accounts.password_reset", account.username)


def password_changed(account: Account) -> None:
    """Note that somebody has changed their own password."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(must_change=False, password_changed=timezone.now())
        audit.record("accounts.password_change", account.username)


def password_is_due(account: Account, days: int) -> bool:
    """Whether a password must be changed now: set by somebody else, or older than so many days."""
    changed = account.password_changed
    return account.must_change or (changed is not None and changed < timezone.now() - timedelta(days=days))


def check_password(password: str, account: Account | None = None) -> None:
    """Raise InputError if a password is too weak, with all reasons."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        words = " ".join(error.messages)  # Django says them in the reader's language
        raise InputError(Text(words, words), field="password") from error


def issue_token(
    account: Account, name: str, scopes: Sequence[str], *, expires: datetime | None = None
) -> str:
    """A new token, told once. Raises InputError for a scope that the account does not have."""
    beyond = [scope for scope in scopes if scope not in policies.granted(account)]
    if beyond or not scopes or not name.strip():
        raise InputError(
            Text("请填写名称,并只选择您自己拥有的权限。", "Give a name, and only permissions of your own."),
            field=", ".join(beyond) or "scopes",
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = Token.objects.create(
            account=account, name=name.strip(), digest=_digest(secret), scopes=list(scopes), expires=expires
        )
        audit.record("tokens.issue", token.pk, name=token.name, scopes=token.scopes, expires=expires)
    return secret


def revoke_token(token: Token) -> None:
    """A token is worth nothing from now on."""
    changes.archive(token, "tokens.revoke")


def token_of(secret: str) -> Token | None:
    """The valid token of a secret; None if it is unknown, expired, revoked, or its owner archived."""
    token = Token.objects.select_related("account").filter(digest=_digest(secret), archived=None).first()
    now = timezone.now()
    if token is None or token.account.archived or (token.expires and token.expires < now):
        return None
    if token.used is None or token.used < now - timedelta(minutes=5):  # not a write at every call
        Token.objects.filter(pk=token.pk).update(used=now)
    return token


def _keep_one(account: Account) -> None:
    """Somebody must stay who can grant rights."""
    keepers = (Role.ADMINISTRATOR.value, Role.SECURITY.value)
    others = Account.objects.filter(role__in=keepers, archived=None).exclude(pk=account.pk)
    if account.role in keepers and not others.exists():
        raise InputError(
            Text("至少要保留一个能授权的账号。", "At least one account that grants rights must stay."),
            field="role",
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
