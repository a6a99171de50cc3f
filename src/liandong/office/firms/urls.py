"""Addresses."""

from __future__ import annotations

from django.urls import path

from liandong.office.firms import views

app_name = "firms"
urlpatterns = [
    path("", views.index, name="index"),
    path("imports/", views.index, name="imports"),
    path("<str:firm_id>/", views.index, name="firm"),
]
