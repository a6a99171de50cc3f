"""Too many wrong passwords: a page that says so and when to come back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.errors import Text
from liandong.office.shell.language import say

TITLE = Text("暂时锁定", "Locked for now")
WORDS = Text(
    "密码错误次数太多。请 15 分钟后再试,或请管理员重置密码。",
    "Too many wrong passwords. Try again in 15 minutes, or have the administrator reset it.",
)


def locked(request: HttpRequest, original_response: Any = None, credentials: Any = None) -> HttpResponse:
    """429 with what to do."""
    return render(request, "account/locked.html", {"title": say(TITLE), "text": say(WORDS)}, status=429)
