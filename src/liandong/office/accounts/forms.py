"""Forms of accounts; labels in both languages."""

from __future__ import annotations

from typing import Any

from django import forms

from liandong.errors import Text
from liandong.office.shell.language import pick, say
from liandong.workspace import policies
from liandong.workspace.models import Account
from liandong.workspace.policies import ROLE_NAMES, Role


class SetupForm(forms.Form):
    """The first account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.CharField(label=pick("用户名", "User name"), max_length=80)
        self.fields["name"] = forms.CharField(label=pick("姓名", "Name"), max_length=80, required=False)
        self.fields["password"] = forms.CharField(
            label=pick("密码", "Password"),
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            help_text=pick(
                "至少 10 个字符,大写、小写、数字、其他字符中至少三类。",
                "At least 10 characters, of three kinds: small, capital, digit, other.",
            ),
        )
        self.fields["again"] = forms.CharField(
            label=pick("再次输入密码", "Password again"),
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        )

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        found = super().clean() or {}
        if found.get("password") and found.get("again") and found["password"] != found["again"]:
            self.add_error("again", pick("两次输入不一致。", "The two differ."))
        return found


class AccountForm(forms.Form):
    """Who somebody is and what they may do. version: as read, against lost edits."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        if account is not None:
            kwargs["initial"] = {
                "version": account.version,
                "name": account.name,
                "unit": account.unit,
                "role": account.role,
            }
        super().__init__(*args, **kwargs)
        if account is None:
            self.fields["username"] = forms.CharField(label=pick("用户名", "User name"), max_length=80)
        self.fields["name"] = forms.CharField(label=pick("姓名", "Name"), max_length=80, required=False)
        self.fields["unit"] = forms.CharField(label=pick("单位", "Unit"), max_length=80, required=False)
        self.fields["role"] = forms.ChoiceField(
            label=pick("角色", "Role"), choices=[(role.value, say(ROLE_NAMES[role])) for role in Role]
        )
        if account is None:
            self.fields["password"] = _temporary()


class ResetForm(forms.Form):
    """A temporary password for somebody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = _temporary()


class TokenForm(forms.Form):
    """A token for a program."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=pick("用途", "What for"), max_length=80)
        self.fields["expires"] = forms.DateField(
            label=pick("有效期至", "Valid until"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}),
            help_text=pick("留空则一直有效。", "Without a date it stays valid."),
        )
        self.fields["scopes"] = forms.MultipleChoiceField(
            label=pick("权限", "Permissions"),
            choices=[(each, permission_words(each)) for each in policies.granted(account)],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "checks"}),
        )


ACTIONS = {
    "view": Text("查看", "view"),
    "change": Text("修改", "change"),
    "export": Text("导出", "export"),
    "import": Text("导入", "import"),
}


def permission_words(permission: str) -> str:
    """A permission in words: 资料:修改; library: change."""
    subject, action = policies.split(permission)
    verb = say(ACTIONS[action]) if action in ACTIONS else action
    return f"{say(policies.policy(subject).name)}{pick(':', ': ')}{verb}"


def _temporary() -> forms.CharField:
    return forms.CharField(
        label=pick("临时密码", "Temporary password"),
        help_text=pick("首次登录时必须修改。", "To be changed at the first visit."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
