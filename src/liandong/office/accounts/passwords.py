"""What a password must hold beside its length."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

from liandong.errors import Text
from liandong.office.shell.language import say

CLASSES = ("[a-z]", "[A-Z]", r"\d", r"[^a-zA-Z\d]")
LEAST = 3
RULE = Text(
    "密码须包含大写字母、小写字母、数字、其他字符中的至少三类。",
    "The password needs three of: small letters, capital letters, digits, other characters.",
)


class MixedValidator:
    """At least three of four kinds of characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password of too few kinds."""
        if sum(bool(re.search(each, password)) for each in CLASSES) < LEAST:
            raise ValidationError(say(RULE), code="password_not_mixed")

    def get_help_text(self) -> str:
        """The rule in words."""
        return say(RULE)
