"""Addresses of the library."""

from __future__ import annotations

from django.urls import path

from liandong.office.library import adding, review, views

app_name = "library"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", adding.add, name="add"),
    path("facts/", views.facts, name="facts"),
    path("statements/", views.statements, name="statements"),
    path("conflicts/", views.conflicts, name="conflicts"),
    path("pages/<str:sha256>/", review.page_review, name="page"),
    path("pages/<str:sha256>/original/", views.original, name="original"),
    path("facts/<str:fact>/judge/", review.judge, name="judge"),
    path("facts/<str:fact>/correct/", review.correct, name="correct"),
    path("facts/<str:fact>/merge/", review.merge, name="merge"),
]
