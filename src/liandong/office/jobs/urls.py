"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from liandong.office.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("badge/", views.badge, name="badge"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/restart/", views.restart, name="restart"),
]
