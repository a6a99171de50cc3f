"""Pages for what went wrong, in words that say what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from liandong.errors import InputError, Text
from liandong.office.shell.language import language, say
from liandong.workspace.changes import EditConflictError

NOT_FOUND = Text("没有这一页", "There is no such page")
FORBIDDEN = Text("您没有这项权限", "You may not do this")
BROKEN = Text("程序出错了", "Something broke")


def input_problem(request: HttpRequest, error: InputError) -> HttpResponse:
    """The fault of an input: 409 if somebody else was quicker, else 400."""
    status = 409 if isinstance(error, EditConflictError) else 400
    title = Text("没有保存", "Not saved") if status == 409 else Text("做不到", "This cannot be done")
    return _problem(request, status, title, error.text(language()))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _problem(request, 404, NOT_FOUND, say(Text("地址可能写错了。", "The address may be wrong.")))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    text = Text("需要时请联系管理员授权。", "Ask the administrator if you need it.")
    return _problem(request, 403, FORBIDDEN, say(text))


def broken(request: HttpRequest) -> HttpResponse:
    """500: the page must not need anything that may be broken itself."""
    text = Text("错误已记入日志,请告诉系统管理员。", "It is in the log; tell the system administrator.")
    return render(request, "office/broken.html", {"title": say(BROKEN), "text": say(text)}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere."""
    text = Text(
        "表单已过期。请返回,刷新后再提交。", "The form has expired. Go back, reload and submit again."
    )
    return _problem(request, 403, Text("没有保存", "Not saved"), say(text))


def _problem(request: HttpRequest, status: int, title: Text, text: str) -> HttpResponse:
    context = {"title": say(title), "text": text}
    if getattr(request, "htmx", False):
        return render(request, "office/problem_fragment.html", context, status=status)
    return render(request, "office/problem.html", context, status=status)
