"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from liandong.office.evidence import views

app_name = "evidence"
urlpatterns = [
    path("fact/<str:fact>/", views.fact, name="fact"),
    path("figure/", views.figure, name="figure"),
]
