"""Addresses."""

from __future__ import annotations

from django.urls import path

from liandong.office.targets import views

app_name = "targets"
urlpatterns = [
    path("", views.index, name="index"),
    path("mine/", views.index, name="mine"),
    path("<name:chain>/", views.index, name="chain"),
]
