"""Addresses of cities."""

from __future__ import annotations

from django.urls import path

from liandong.office.city import views

app_name = "city"
urlpatterns = [
    path("", views.index, name="index"),
    path("compare/", views.compare, name="compare"),
    path("of/<name:region>/", views.city, name="city"),
]
