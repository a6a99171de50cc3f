"""Addresses of the cockpit."""

from __future__ import annotations

from django.urls import path

from liandong.office.cockpit import views

app_name = "cockpit"
urlpatterns = [
    path("", views.index, name="index"),
    path("search/", views.search, name="search"),
    path("language/", views.language, name="language"),
]
