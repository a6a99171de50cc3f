"""Addresses of parks."""

from __future__ import annotations

from django.urls import path

from liandong.office.parks import importing, landing, runs, siting, views

app_name = "parks"
urlpatterns = [
    path("", views.index, name="index"),
    path("parcels/", views.parcels, name="parcels"),
    path("parcels/<int:pk>/", views.parcel, name="parcel"),
    path("parcels/<int:pk>/edit/", views.edit_parcel, name="edit_parcel"),
    path("rules/", views.rules, name="rules"),
    path("imports/", importing.imports, name="imports"),
    path("imports/example/", importing.example, name="example"),
    path("imports/<int:pk>/confirm/", importing.confirm, name="confirm"),
    path("imports/<int:pk>/undo/", importing.undo, name="undo"),
    path("siting/", siting.projects, name="siting"),
    path("siting/<int:pk>/", siting.project, name="project"),
    path("siting/<int:pk>/needs/", siting.needs, name="needs"),
    path("siting/<int:pk>/place/", siting.place, name="place"),
    path("siting/placed/<int:pk>/release/", siting.release, name="release"),
    path("siting/placed/<int:pk>/check/", siting.check, name="check"),
    path("siting/conditions/<int:pk>/close/", siting.close, name="close"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("landing/", landing.landing, name="landing"),
    path("<int:pk>/", views.park, name="park"),
    path("<int:pk>/edit/", views.edit_park, name="edit_park"),
]
