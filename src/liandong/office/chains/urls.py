"""Addresses of chains."""

from __future__ import annotations

from django.urls import path

from liandong.office.chains import editing, views

app_name = "chains"
urlpatterns = [
    path("", views.index, name="index"),
    path("plan/", editing.edit, name="edit"),
    path("plan/export/", editing.export, name="export"),
    path("plan/new/", editing.new_chain, name="new"),
    path("<name:chain>/", views.chain, name="chain"),
    path("<name:chain>/edit/", editing.edit_chain, name="edit_chain"),
    path("<name:chain>/picture.svg", views.picture, name="picture"),
]
