"""Addresses of the audit log."""

from __future__ import annotations

from django.urls import path

from liandong.office.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.index, name="index"),
    path("verify/", views.verify, name="verify"),
    path("<int:seq>/", views.entry, name="entry"),
]
