"""Addresses."""

from __future__ import annotations

from django.urls import path

from liandong.office.chains import views

app_name = "chains"
urlpatterns = [
    path("", views.index, name="index"),
    path("edit/", views.index, name="edit"),
    path("<name:chain>/", views.index, name="chain"),
]
