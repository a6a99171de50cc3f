"""How allauth's entrance serves this office: nobody signs up, second factors follow roles."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from liandong.office.accounts import second_factor
from liandong.office.shell.language import pick


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


class OfficeSecondFactor(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types here
    """Authenticators, and who may do without."""

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Not where the role asks for one."""
        return not second_factor.is_required(authenticator.user)

    def get_totp_label(self, user: Any) -> str:
        """What the phone shows beside the digits: the name that one signs in with."""
        return str(user.username)

    def validation_error(self, code: str, *args: Any) -> Any:
        """In the words of this office where allauth's are not clear."""
        error = super().validation_error(code, *args)
        if code == "incorrect_code":
            error.message = pick(
                "数字不对,或已经用过。请输入验证器上正在显示的数字。",
                "Not the right digits, or used before. Give those that your authenticator shows now.",
            )
        elif code == "cannot_delete_authenticator":
            error.message = pick("您的角色必须使用两步验证。", "Your role must sign in with a second factor.")
        return error
