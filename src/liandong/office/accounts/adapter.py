"""How allauth's entrance serves this office: nobody signs up, passwords follow the office's rules."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficeAccounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types here
    """Accounts are made by administrators."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see `accounts:new`."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After the password was changed, on to work."""
        return "/"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page that opens says enough."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """A closed network has no mail."""
