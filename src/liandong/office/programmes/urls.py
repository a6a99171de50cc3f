"""Addresses of programmes."""

from __future__ import annotations

from django.urls import path

from liandong.office.programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.index, name="index"),
    path("load/", views.load, name="load"),
    path("match/", views.match, name="match"),
    path("applications/", views.applications, name="applications"),
    path("applications/add/", views.apply, name="apply"),
    path("applications/<int:pk>/decide/", views.decide, name="decide"),
]
