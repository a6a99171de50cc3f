"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from liandong.office.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/password/", views.reset, name="reset"),
    path("<int:pk>/second-factor/", views.take_second_factor, name="take_second_factor"),
    path("setup/", views.setup, name="setup"),
    path("me/", views.me, name="me"),
    path("me/views/", views.save_view, name="save_view"),
    path("me/views/<int:pk>/drop/", views.drop_view, name="drop_view"),
    path("me/tokens/", views.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", views.revoke, name="revoke"),
]
