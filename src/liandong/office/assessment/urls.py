"""Addresses of assessment."""

from __future__ import annotations

from django.urls import path

from liandong.office.assessment import keeping, views

app_name = "assessment"
urlpatterns = [
    path("", views.index, name="index"),
    path("points/", views.points, name="points"),
    path("counted/", views.counted, name="counted"),
    path("projects/", views.rows, name="rows"),
    path("projects/<int:pk>/", views.project, name="project"),
    path("targets/", keeping.targets, name="targets"),
    path("targets/set/", keeping.set_target, name="set_target"),
    path("sharing/", keeping.sharing, name="sharing"),
    path("sharing/add/", keeping.share, name="share"),
    path("scheme/", keeping.scheme, name="scheme"),
    path("scheme/change/", keeping.change_scheme, name="change_scheme"),
]
