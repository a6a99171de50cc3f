"""Addresses."""

from __future__ import annotations

from django.urls import path

from liandong.office.city import views

app_name = "city"
urlpatterns = [
    path("", views.index, name="index"),
]
