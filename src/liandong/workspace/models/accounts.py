"""Who may come in: accounts with one role each, and the tokens of the programs that act for them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from liandong.workspace.models.common import Archivable, Versioned
from liandong.workspace.policies import Role


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their name as Django's login asks for it."""


class Account(AbstractBaseUser, Versioned, Archivable):
    """A person of the office. role: see `policies`; unit: whose content they see where a policy asks."""

    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    unit = models.CharField(max_length=80, blank=True)
    must_change = models.BooleanField(default=False)
    password_changed = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def is_active(self) -> bool:  # type: ignore[override] # a column in Django's class, here it follows
        """Archived accounts cannot come in."""
        return self.archived is None


class Token(Archivable):
    """What a program shows instead of a password: only the hash is kept. scopes: permissions it may use."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(null=True, blank=True)
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created"]

    def __str__(self) -> str:
        return self.name


class SavedView(models.Model):
    """A list as somebody likes to see it: its filters and order under a name."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="views")
    listing = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    query = models.TextField()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "listing", "name"], name="one_view_a_name")
        ]

    def __str__(self) -> str:
        return self.name
