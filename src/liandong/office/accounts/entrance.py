"""The entrance: allauth's pages that a closed office has a use for; its others are not there."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

# Names that allauth looks up although nobody signs up by mail here.
CLOSED = (
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_confirm_login_code",
)


def closed(request: HttpRequest, **_: Any) -> HttpResponse:
    """Not here."""
    raise Http404


urlpatterns = [
    path("", views.login, name="account_login"),
    path("leave/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password_change, name="account_change_password"),
    path("second/", include("allauth.mfa.urls")),
    *(path(f"closed/{name}/", closed, name=name) for name in CLOSED),
]
