"""Pages of accounts."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from liandong.errors import InputError, Text
from liandong.office.accounts import second_factor
from liandong.office.accounts.forms import AccountForm, ResetForm, SetupForm, TokenForm, permission_words
from liandong.office.shell.access import Request, page, public
from liandong.office.shell.language import language, moment, pick, say
from liandong.office.shell.listing import Column, Filter, Listing
from liandong.workspace import accounts, audit, policies
from liandong.workspace.models import Account, SavedView, Token
from liandong.workspace.policies import ROLE_NAMES, Role


def _role(account: Account) -> str:
    return say(ROLE_NAMES[Role(account.role)])


ACCOUNTS = Listing(
    "accounts.accounts",
    Text("账号", "Accounts"),
    columns=(
        Column(
            "username",
            Text("用户名", "user name"),
            lambda each: format_html(
                '<a href="{}" lang="zh">{}</a>', reverse("accounts:account", args=[each.pk]), each.username
            ),
            lambda each: each.username,
            sort="username",
        ),
        Column(
            "name", Text("姓名", "name"), lambda each: format_html('<span lang="zh">{}</span>', each.name)
        ),
        Column(
            "unit", Text("单位", "unit"), lambda each: format_html('<span lang="zh">{}</span>', each.unit)
        ),
        Column("role", Text("角色", "role"), _role, sort="role"),
        Column(
            "second",
            Text("两步验证", "second factor"),
            lambda each: pick("已启用", "in use") if each.second else "—",
        ),
        Column(
            "last_login",
            Text("上次登录", "last visit"),
            lambda each: moment(each.last_login),
            sort="last_login",
        ),
        Column(
            "state",
            Text("状态", "state"),
            lambda each: pick("已停用", "archived") if each.archived else pick("在用", "in use"),
        ),
    ),
    filters=(
        Filter("q", Text("姓名或单位", "name or unit"), lambda rows, text: _named(rows, text)),
        Filter(
            "role",
            Text("角色", "role"),
            lambda rows, value: rows.filter(role=value),
            lambda: [(role.value, say(name)) for role, name in ROLE_NAMES.items()],
        ),
    ),
    order="username",
    template="office/accounts/list.html",
)


def _named(rows: Any, text: str) -> Any:
    return rows.filter(Q(username__icontains=text) | Q(name__icontains=text) | Q(unit__icontains=text))


@page("accounts.view")
def index(request: Request) -> HttpResponse:
    """All accounts."""
    return ACCOUNTS.answer(request, second_factor.noted(Account.objects.all()))


@page("accounts.change", methods=("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """A new account with a temporary password."""
    form = AccountForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = accounts.create(
                data["username"], data["password"], Role(data["role"]), name=data["name"], unit=data["unit"]
            )
        except InputError as error:
            form.add_error(error.field if error.field in form.fields else None, error.problem(language()))
        else:
            messages.success(request, pick("账号已建立。", "The account was made."))
            return redirect("accounts:account", made.pk)
    context = {
        "title": pick("新建账号", "New account"),
        "form": form,
        "button": pick("建立", "Create"),
        "back": reverse("accounts:index"),
    }
    return render(request, "office/accounts/form.html", context)


@page("accounts.change", methods=("GET", "POST"))
def account(request: Request, pk: int) -> HttpResponse:
    """One account: role, unit, password, archive."""
    found = get_object_or_404(Account, pk=pk)
    form = AccountForm(request.POST or None, account=found)
    if form.is_valid():
        data = form.cleaned_data
        accounts.change(
            found, data["version"] or 0, role=Role(data["role"]), name=data["name"], unit=data["unit"]
        )
        messages.success(request, pick("已保存。", "Saved."))
        return redirect("accounts:account", pk)
    context = {
        "title": str(found),
        "account": found,
        "form": form,
        "reset": ResetForm(),
        "second": second_factor.has_one(found),
        "second_required": second_factor.is_required(found),
        "button": pick("保存", "Save"),
    }
    return render(request, "office/accounts/account.html", context)


@page("accounts.change", methods=("POST",))
def archive(request: Request, pk: int) -> HttpResponse:
    """Put an account away."""
    accounts.archive(get_object_or_404(Account, pk=pk))
    messages.success(request, pick("账号已停用。", "The account was archived."))
    return redirect("accounts:index")


@page("accounts.change", methods=("POST",))
def reset(request: Request, pk: int) -> HttpResponse:
    """Give a temporary password."""
    accounts.reset_password(get_object_or_404(Account, pk=pk), request.POST.get("password", ""))
    messages.success(request, pick("临时密码已生效。", "The temporary password holds."))
    return redirect("accounts:account", pk)


@page("accounts.change", methods=("POST",))
def take_second_factor(request: Request, pk: int) -> HttpResponse:
    """Help somebody who lost their phone and their recovery codes."""
    second_factor.take_away(get_object_or_404(Account, pk=pk))
    messages.success(request, pick("两步验证已取消。", "The second factor was taken away."))
    return redirect("accounts:account", pk)


@public
def setup(request: HttpRequest) -> HttpResponse:
    """The first visit: make the administrator."""
    if accounts.any_account():
        return redirect("/")
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with audit.acting(data["username"], request.META.get("REMOTE_ADDR", "")):
                accounts.set_up(data["username"], data["password"], name=data["name"])
        except InputError as error:
            form.add_error(error.field if error.field in form.fields else None, error.problem(language()))
        else:
            messages.success(request, pick("管理员已建立,请登录。", "The administrator was made; sign in."))
            return redirect("account_login")
    context = {
        "title": pick("初次使用:建立管理员", "First visit: make the administrator"),
        "form": form,
        "button": pick("建立", "Create"),
    }
    return render(request, "office/accounts/setup.html", context)


@page("me.view")
def me(request: Request) -> HttpResponse:
    """One's own account: password, second factor, permissions, saved views."""
    granted = [permission_words(each) for each in policies.granted(request.user)]
    context = {
        "title": pick("我的账号", "My account"),
        "granted": granted,
        "views": SavedView.objects.filter(account=request.user),
        "second": second_factor.has_one(request.user),
        "second_required": second_factor.is_required(request.user),
        "sees_tokens": policies.may(request.user, "tokens.view"),
    }
    return render(request, "office/accounts/me.html", context)


@page("me.change", methods=("POST",))
def save_view(request: Request) -> HttpResponse:
    """Keep a list's filters under a name."""
    name, listing = request.POST.get("name", "").strip()[:80], request.POST.get("listing", "")[:40]
    if not name or not listing:
        raise InputError(Text("请填写视图名称。", "Give the view a name."), field="name")
    with transaction.atomic():
        SavedView.objects.update_or_create(
            account=request.user,
            listing=listing,
            name=name,
            defaults={"query": request.POST.get("query", "")[:2000]},
        )
        audit.record("me.view_save", f"{listing}: {name}")
    return redirect(_next(request))


@page("me.change", methods=("POST",))
def drop_view(request: Request, pk: int) -> HttpResponse:
    """Forget a saved view."""
    view = get_object_or_404(SavedView, pk=pk, account=request.user)
    with transaction.atomic():
        audit.record("me.view_drop", f"{view.listing}: {view.name}", query=view.query)
        view.delete()
    referer = request.META.get("HTTP_REFERER", "/")
    return redirect(referer if url_has_allowed_host_and_scheme(referer, {request.get_host()}) else "/")


@page("tokens.change", methods=("GET", "POST"))
def tokens(request: Request) -> HttpResponse:
    """One's tokens; a new one is shown once."""
    form = TokenForm(request.POST or None, account=request.user)
    secret = None
    if form.is_valid():
        data = form.cleaned_data
        end = data["expires"] and timezone.make_aware(datetime.combine(data["expires"], time.max))
        secret = accounts.issue_token(request.user, data["name"], data["scopes"], expires=end)
        form = TokenForm(account=request.user)
    context = {
        "title": pick("访问令牌", "Access tokens"),
        "form": form,
        "button": pick("生成令牌", "Make a token"),
        "secret": secret,
        "tokens": [
            {"token": each, "scopes": [permission_words(scope) for scope in each.scopes]}
            for each in Token.objects.filter(account=request.user)
        ],
    }
    return render(request, "office/accounts/tokens.html", context)


@page("tokens.change", methods=("POST",))
def revoke(request: Request, pk: int) -> HttpResponse:
    """A token is worth nothing from now on."""
    accounts.revoke_token(get_object_or_404(Token, pk=pk, account=request.user, archived=None))
    return redirect("accounts:tokens")


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next", "/")
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/"
