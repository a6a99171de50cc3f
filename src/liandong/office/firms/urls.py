"""Addresses of firms."""

from __future__ import annotations

from django.urls import path

from liandong.office.firms import importing, judging, profile, views

app_name = "firms"
urlpatterns = [
    path("", views.index, name="index"),
    path("imports/", importing.imports, name="imports"),
    path("imports/<int:pk>/confirm/", importing.confirm, name="confirm"),
    path("imports/undo/", importing.undo, name="undo"),
    path("imports/classify/", importing.classify, name="classify"),
    path("duplicates/", judging.duplicates, name="duplicates"),
    path("duplicates/judge/", judging.judge, name="judge"),
    path("duplicates/<int:pk>/undo/", judging.undo, name="undo_judgement"),
    path("<str:firm_id>/", profile.firm, name="firm"),
    path("<str:firm_id>/tag/", profile.tag, name="tag"),
    path("<str:firm_id>/untag/", profile.untag, name="untag"),
    path("<str:firm_id>/note/", profile.note, name="note"),
]
